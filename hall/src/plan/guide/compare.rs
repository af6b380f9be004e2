//! The hall's guides beside those of the provincial platform, element by element.
//!
//! **Source**: 第十五条 s3: 标准统一.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::Serialize;

use super::Element;
use crate::ServiceCode;
use crate::plan::Service;

/// One row of the platform's export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlatformGuide {
    /// The row in the file, the heading being 1.
    pub row: u32,
    /// 事项编码.
    pub code: String,
    /// 事项名称.
    pub name: String,
    /// 设定依据, empty when the cell is.
    pub basis: String,
    /// 受理条件.
    pub conditions: String,
    /// 申请材料, one a line or between semicolons.
    pub materials: String,
    /// 审查标准.
    pub criteria: String,
    /// 办理程序.
    pub procedure: String,
    /// 办结时限.
    pub limit: String,
    /// 更新日期.
    pub updated: Option<NaiveDate>,
}

/// On which side a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// On both, and not the same.
    Both,
    /// In the hall alone.
    OnlyHere,
    /// On the platform alone.
    OnlyThere,
}

/// Where the two differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Difference {
    /// The hall's service; none when only the platform has it.
    pub service: Option<ServiceCode>,
    /// Its name, the hall's own where the hall has it.
    pub name: String,
    /// In which element; the name alone when one side lacks the whole service.
    pub element: Element,
    /// Which side has a text.
    pub side: Side,
    /// The hall's text; of materials, those that the platform does not ask for.
    pub here: Option<String>,
    /// The platform's text; of materials, those that the hall does not ask for.
    pub there: Option<String>,
    /// The row in the file.
    pub row: Option<u32>,
}

/// Every difference, in the order of the hall's services, then of the file.
///
/// A row belongs to the service of its code, else to the one of its name.
pub fn compare(services: &[Service], rows: &[PlatformGuide]) -> Vec<Difference> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for service in services {
        let by_code = rows.iter().find(|row| row.code == service.code.as_str());
        let same_name = |row: &&PlatformGuide| plain(&row.name) == plain(&service.name);
        let Some(row) = by_code.or_else(|| rows.iter().find(same_name)) else {
            let here = Some(service.name.clone());
            found.push(difference(service, Element::Name, None, (here, None)));
            continue;
        };
        known.insert(row.row);
        found.extend(differences(service, row));
    }
    let strangers = rows.iter().filter(|row| !known.contains(&row.row));
    found.extend(strangers.map(|row| Difference {
        service: None,
        name: row.name.clone(),
        element: Element::Name,
        side: Side::OnlyThere,
        here: None,
        there: Some(row.name.clone()),
        row: Some(row.row),
    }));
    found
}

fn differences(service: &Service, row: &PlatformGuide) -> Vec<Difference> {
    let updated = row.updated.map(|day| format!("{day}"));
    let mut found = Vec::new();
    for (element, there) in [
        (Element::Name, Some(row.name.clone())),
        (Element::Basis, Some(row.basis.clone())),
        (Element::Conditions, Some(row.conditions.clone())),
        (Element::Materials, Some(row.materials.clone())),
        (Element::Criteria, Some(row.criteria.clone())),
        (Element::Procedure, Some(row.procedure.clone())),
        (Element::Limit, Some(row.limit.clone())),
        (Element::Updated, updated),
    ] {
        let here = service.element(element);
        let there = there.filter(|text| !text.trim().is_empty());
        let sides = if element == Element::Materials {
            unlike_materials(here.as_deref(), there.as_deref())
        } else {
            unlike(here, there)
        };
        found.extend(sides.map(|sides| difference(service, element, Some(row.row), sides)));
    }
    found
}

type Sides = (Option<String>, Option<String>);

fn difference(
    service: &Service,
    element: Element,
    row: Option<u32>,
    (here, there): Sides,
) -> Difference {
    let side = match (&here, &there) {
        (Some(_), None) => Side::OnlyHere,
        (None, Some(_)) => Side::OnlyThere,
        (Some(_), Some(_)) | (None, None) => Side::Both,
    };
    Difference {
        service: Some(service.code.clone()),
        name: service.name.clone(),
        element,
        side,
        here,
        there,
        row,
    }
}

/// Both texts when they do not say the same.
fn unlike(here: Option<String>, there: Option<String>) -> Option<Sides> {
    let said = |text: &Option<String>| text.as_deref().map(plain);
    (said(&here) != said(&there)).then_some((here, there))
}

/// The materials that only one side asks for.
fn unlike_materials(here: Option<&str>, there: Option<&str>) -> Option<Sides> {
    let (ours, theirs) = (materials(here), materials(there));
    let only = |some: &[String], others: &[String]| {
        let others: BTreeSet<_> = others.iter().map(|one| plain(one)).collect();
        let only = some.iter().filter(|one| !others.contains(&plain(one)));
        let only: Vec<_> = only.map(String::as_str).collect();
        (!only.is_empty()).then(|| only.join("\n"))
    };
    let sides = (only(&ours, &theirs), only(&theirs, &ours));
    (sides.0.is_some() || sides.1.is_some()).then_some(sides)
}

/// A list of materials taken apart: one a line or between semicolons, without their numbers.
fn materials(text: Option<&str>) -> Vec<String> {
    let parts = text
        .unwrap_or_default()
        .split(['\n', '\r', ';', '\u{ff1b}']);
    let parts = parts.map(|part| without_number(part.trim()).trim());
    parts
        .filter(|part| !part.is_empty())
        .map(String::from)
        .collect()
}

/// `1.身份证`, `2、身份证`, `(3)身份证` and `④身份证` without their numbers.
fn without_number(text: &str) -> &str {
    let circled = text.strip_prefix(|c| ('\u{2460}'..='\u{2473}').contains(&c));
    if let Some(rest) = circled {
        return rest;
    }
    let inner = text.strip_prefix(['(', '\u{ff08}']).unwrap_or(text);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == inner.len() {
        return text;
    }
    let ends: &[char] = &['.', '、', ')', '\u{ff09}', '\u{ff0e}'];
    rest.strip_prefix(ends).unwrap_or(text)
}

/// A text without what does not change its meaning: white space, the width of marks, the last stop.
fn plain(text: &str) -> String {
    let dense = text.chars().filter(|c| !c.is_whitespace());
    let narrow = dense.map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    });
    let text: String = narrow.collect();
    let text = text.trim_end_matches(['。', '.', ';', ',']);
    String::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services() -> Vec<Service> {
        serde_json::from_value(serde_json::json!([
            { "code": "A", "name": "社会保险", "guide": { "basis": "《社会保险法》", "conditions": "本区职工",
              "materials": ["居民身份证", "劳动合同"], "criteria": "材料齐全", "procedure": "受理、审核",
              "limit": "5个工作日", "updated": "2026-11-01" } },
            { "code": "B", "name": "医疗保障" }
        ]))
        .expect("services")
    }

    fn row() -> PlatformGuide {
        PlatformGuide {
            row: 2,
            code: "A".into(),
            name: "社会保险".into(),
            basis: "《社会保险法》。".into(),
            conditions: "本区 职工".into(),
            materials: "1.劳动合同\u{ff1b}2.居民身份证".into(),
            criteria: "材料齐全".into(),
            procedure: "受理、审核\n".into(),
            limit: "\u{ff15}个工作日".into(),
            updated: NaiveDate::from_ymd_opt(2026, 11, 1),
        }
    }

    fn told(rows: &[PlatformGuide]) -> Vec<(String, Element, Side)> {
        let found = compare(&services(), rows);
        let told = found
            .into_iter()
            .map(|one| (one.name, one.element, one.side));
        told.collect()
    }

    #[test]
    fn what_says_the_same_in_other_marks_and_order_is_no_difference() {
        assert_eq!(
            told(&[row()]),
            [("医疗保障".into(), Element::Name, Side::OnlyHere)]
        );
    }

    #[test]
    fn a_service_of_another_code_is_found_by_its_name() {
        let by_name = PlatformGuide {
            code: "11370306004224711T".into(),
            ..row()
        };
        assert_eq!(told(&[by_name]).len(), 1);
    }

    #[test]
    fn each_element_that_differs_is_named_with_both_texts() {
        let other = PlatformGuide {
            limit: "10个工作日".into(),
            criteria: String::new(),
            materials: "居民身份证;社保登记表".into(),
            updated: None,
            ..row()
        };
        let found = compare(&services(), &[other]);
        let of = |element| {
            let one = found.iter().find(|one| one.element == element);
            let one = one.expect("it differs");
            (one.side, one.here.as_deref(), one.there.as_deref())
        };
        assert_eq!(
            of(Element::Limit),
            (Side::Both, Some("5个工作日"), Some("10个工作日"))
        );
        assert_eq!(
            of(Element::Criteria),
            (Side::OnlyHere, Some("材料齐全"), None)
        );
        assert_eq!(
            of(Element::Materials),
            (Side::Both, Some("劳动合同"), Some("社保登记表"))
        );
        assert_eq!(
            of(Element::Updated),
            (Side::OnlyHere, Some("2026-11-01"), None)
        );
        assert_eq!(
            found.len(),
            5,
            "and the service that the platform does not have"
        );
    }

    #[test]
    fn a_row_of_no_service_is_only_there() {
        let stranger = PlatformGuide {
            row: 3,
            code: "X9".into(),
            name: "临时身份证".into(),
            ..PlatformGuide::default()
        };
        let told = told(&[row(), stranger]);
        assert_eq!(
            told.last(),
            Some(&("临时身份证".into(), Element::Name, Side::OnlyThere))
        );
    }

    #[test]
    fn a_material_that_begins_with_a_figure_keeps_it() {
        let of = |text: &str| materials(Some(text));
        assert_eq!(of("1、身份证\n(2)合同;③照片"), ["身份证", "合同", "照片"]);
        assert_eq!(of("2寸照片;2026年度年报"), ["2寸照片", "2026年度年报"]);
        assert_eq!(of(" ; \n"), Vec::<String>::new());
    }
}
