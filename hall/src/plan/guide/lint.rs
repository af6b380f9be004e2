//! What is missing in a guide, what is vague, and how old it is: leads, never refusals.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Element, Guide};
use crate::ServiceCode;
use crate::plan::Service;

/// Days after which a guide should be looked at again. Ours: once a year.
pub const STALE_DAYS: i64 = 365;

/// Words that leave open what is asked for; each must be named one by one.
///
/// **Source**: 第十五条 names 其他材料 and 有关材料; the others are ours, of the same kind.
const VAGUE: &[&str] = &[
    "其他有关材料",
    "其他相关材料",
    "其他证明材料",
    "相关证明材料",
    "有关证明材料",
    "其他材料",
    "其它材料",
    "有关材料",
    "相关材料",
    "其他资料",
    "其它资料",
    "有关资料",
    "相关资料",
    "其他证明",
    "其它证明",
    "有关证明",
    "相关证明",
    "其他文件",
    "有关文件",
    "相关文件",
    "等相关",
    "等有关",
    "等材料",
    "等资料",
    "等证明",
    "等文件",
];

/// Characters shown before and after a vague term. Ours: enough to find it again.
const AROUND: usize = 8;

/// A vague term and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Vague {
    /// In which element.
    pub element: Element,
    /// The field in the plan, such as `materials[2]`.
    pub field: String,
    /// The character at which it begins, from 0.
    pub at: usize,
    /// The term as it stands there.
    pub term: String,
    /// The text around it.
    pub around: String,
}

/// A service's guide looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GuideLook {
    /// The service's code.
    pub code: ServiceCode,
    /// Its name, the first of the seven elements.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// The guide; an empty one when the plan has none.
    pub guide: Guide,
    /// How many of the seven elements are there, 1 to 7.
    pub present: usize,
    /// What is missing, beyond the seven too.
    pub missing: Vec<Element>,
    /// Vague terms.
    pub vague: Vec<Vague>,
    /// Days since it was brought up to date; none without a date, 0 for a day to come.
    pub age_days: Option<i64>,
    /// Whether it is older than [`STALE_DAYS`].
    pub stale: bool,
    /// Whether applications are taken online alone.
    pub online_only: bool,
    /// Whether visitors are served with a booking alone.
    pub booking_only: bool,
    /// On what law the channel is limited.
    pub channel_basis: Option<String>,
}

impl GuideLook {
    /// Whether all seven elements are there.
    pub const fn is_complete(&self) -> bool {
        self.present == Element::SEVEN.len()
    }
}

/// Looks a service's guide through on `today`.
pub fn look(service: &Service, today: NaiveDate) -> GuideLook {
    let guide = service.guide.clone().unwrap_or_default();
    let seven = Element::SEVEN.into_iter();
    let present = seven
        .filter(|element| service.element(*element).is_some())
        .count();
    let age_days = guide.updated.map(|day| (today - day).num_days().max(0));
    GuideLook {
        code: service.code.clone(),
        name: service.name.clone(),
        name_en: service.name_en.clone(),
        present,
        missing: missing(service, &guide),
        vague: vague(&guide),
        age_days,
        stale: age_days.is_some_and(|age| age > STALE_DAYS),
        online_only: service.online_only,
        booking_only: service.booking_only,
        channel_basis: service.channel_basis.clone(),
        guide,
    }
}

fn missing(service: &Service, guide: &Guide) -> Vec<Element> {
    let lacking: &[Element] = match guide.rongque {
        Some(_) => &[Element::MainMaterials, Element::RongqueConditions],
        None => &[],
    };
    let promised: &[Element] = match guide.promise {
        Some(_) => &[
            Element::PromiseContent,
            Element::PromiseRequirements,
            Element::PromiseLiability,
        ],
        None => &[],
    };
    let wanted = Element::SEVEN.iter().chain(&[Element::Updated]);
    let wanted = wanted.chain(lacking).chain(promised);
    let wanted = wanted.filter(|element| service.element(**element).is_none());
    wanted.copied().collect()
}

fn vague(guide: &Guide) -> Vec<Vague> {
    let mut found = Vec::new();
    let mut find = |element, field: String, text: &str| {
        find_in(text, &mut |at, term, around| {
            let field = field.clone();
            found.push(Vague {
                element,
                field,
                at,
                term,
                around,
            });
        });
    };
    for (element, field, text) in [
        (Element::Basis, "basis", &guide.basis),
        (Element::Conditions, "conditions", &guide.conditions),
    ] {
        find(element, field.into(), text.as_deref().unwrap_or_default());
    }
    for (i, material) in guide.materials.iter().enumerate() {
        find(Element::Materials, format!("materials[{i}]"), material);
    }
    let rongque = guide.rongque.as_ref();
    let promise = guide.promise.as_ref();
    for (element, field, text) in [
        (Element::Criteria, "criteria", guide.criteria.as_ref()),
        (Element::Procedure, "procedure", guide.procedure.as_ref()),
        (Element::Limit, "limit", guide.limit.as_ref()),
        (
            Element::RongqueConditions,
            "rongque.conditions",
            rongque.and_then(|one| one.conditions.as_ref()),
        ),
        (
            Element::PromiseContent,
            "promise.content",
            promise.and_then(|one| one.content.as_ref()),
        ),
        (
            Element::PromiseRequirements,
            "promise.requirements",
            promise.and_then(|one| one.requirements.as_ref()),
        ),
    ] {
        find(element, field.into(), text.map_or("", String::as_str));
    }
    found
}

/// Every vague term of a text, left to right, the longest where several begin; white space within a
/// term does not hide it. A text that ends in 等 leaves its end open too.
fn find_in(text: &str, found: &mut dyn FnMut(usize, String, String)) {
    let all: Vec<char> = text.chars().collect();
    let dense = all.iter().enumerate().filter(|(_, c)| !c.is_whitespace());
    let dense: Vec<(usize, char)> = dense.map(|(at, c)| (at, *c)).collect();
    let around = |from: usize, to: usize| -> String {
        let shown = all.iter().skip(from.saturating_sub(AROUND));
        let length = to + AROUND - from.saturating_sub(AROUND);
        shown.take(length).collect()
    };
    let mut rest = dense.as_slice();
    while let Some((&(from, _), after)) = rest.split_first() {
        let Some(length) = term_at(rest) else {
            rest = after;
            continue;
        };
        let last = rest.get(length - 1).map_or(from, |(at, _)| *at);
        let term = all.iter().skip(from).take(last + 1 - from).collect();
        found(from, term, around(from, last + 1));
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The length of the longest term that the text begins with.
fn term_at(text: &[(usize, char)]) -> Option<usize> {
    let begins = |term: &&&str| {
        let count = term.chars().count();
        count <= text.len() && term.chars().zip(text).all(|(c, (_, at))| c == *at)
    };
    let longest = VAGUE.iter().filter(begins).map(|term| term.chars().count());
    let open_end = matches!(
        text,
        [(_, '等')] | [(_, '等'), (_, '。' | '.' | ';' | '\u{ff1b}')]
    );
    longest.max().or_else(|| open_end.then_some(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guide::{Promise, Rongque};

    fn service(guide: Option<Guide>) -> Service {
        let service = serde_json::json!({ "code": "A", "name": "社会保险" });
        let mut service: Service = serde_json::from_value(service).expect("a service");
        service.guide = guide;
        service
    }

    fn whole() -> Guide {
        let text = |text: &str| Some(String::from(text));
        Guide {
            basis: text("《社会保险法》第五十八条"),
            conditions: text("本区用人单位的职工"),
            materials: ["居民身份证", "劳动合同"].map(String::from).into(),
            criteria: text("材料齐全、信息一致"),
            procedure: text("受理、审核、办结"),
            limit: text("即时办结"),
            updated: NaiveDate::from_ymd_opt(2026, 11, 1),
            ..Guide::default()
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
    }

    fn terms(text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        find_in(text, &mut |at, term, _| found.push((at, term)));
        found
    }

    #[test]
    fn a_whole_guide_has_seven_elements_and_no_leads() {
        let look = look(&service(Some(whole())), today());
        assert_eq!((look.present, look.is_complete()), (7, true));
        assert_eq!(look.missing, []);
        assert_eq!(look.vague, []);
        assert_eq!((look.age_days, look.stale), (Some(23), false));
    }

    #[test]
    fn a_service_without_a_guide_has_its_name_alone() {
        let look = look(&service(None), today());
        assert_eq!((look.present, look.is_complete()), (1, false));
        let [_, rest @ ..] = Element::SEVEN;
        let mut missing = Vec::from(rest);
        missing.push(Element::Updated);
        assert_eq!(look.missing, missing);
        assert_eq!((look.age_days, look.stale), (None, false));
    }

    #[test]
    fn white_space_is_no_element() {
        let guide = Guide {
            criteria: Some("  ".into()),
            ..whole()
        };
        let look = look(&service(Some(guide)), today());
        assert_eq!(look.missing, [Element::Criteria]);
        assert_eq!(look.present, 6);
    }

    #[test]
    fn what_a_promise_or_papers_to_follow_need_is_missed_only_there() {
        let guide = Guide {
            rongque: Some(Rongque {
                materials: Vec::from([String::from("劳动合同")]),
                conditions: None,
            }),
            promise: Some(Promise {
                content: Some("符合条件".into()),
                ..Promise::default()
            }),
            ..whole()
        };
        let look = look(&service(Some(guide)), today());
        let missing = [
            Element::MainMaterials,
            Element::RongqueConditions,
            Element::PromiseRequirements,
            Element::PromiseLiability,
        ];
        assert_eq!(look.missing, missing);
        assert!(look.is_complete(), "the seven are there");
    }

    #[test]
    fn vague_terms_are_found_with_their_place_the_longest_first() {
        assert_eq!(terms("居民身份证"), []);
        assert_eq!(terms("身份证、其他材料"), [(4, "其他材料".into())]);
        assert_eq!(terms("其他有关材料"), [(0, "其他有关材料".into())]);
        assert_eq!(
            terms("户口簿等材料及相关证明"),
            [(3, "等材料".into()), (7, "相关证明".into())]
        );
        assert_eq!(
            terms("其 他\u{3000}材料"),
            [(0, "其 他\u{3000}材料".into())]
        );
        assert_eq!(terms("身份证等"), [(3, "等".into())]);
        assert_eq!(terms("身份证等。"), [(3, "等".into())]);
        assert_eq!(terms("等级证书"), [], "a word that begins with 等");
    }

    #[test]
    fn a_vague_material_names_its_field_and_the_text_around() {
        let mut guide = whole();
        guide
            .materials
            .push("申请人认为需要提交的其他材料原件".into());
        guide.conditions = Some("有关材料齐全".into());
        let look = look(&service(Some(guide)), today());
        let places: Vec<_> = look
            .vague
            .iter()
            .map(|one| (one.field.as_str(), one.at))
            .collect();
        assert_eq!(places, [("conditions", 0), ("materials[2]", 10)]);
        let around: Vec<_> = look.vague.iter().map(|one| one.around.as_str()).collect();
        assert_eq!(around, ["有关材料齐全", "人认为需要提交的其他材料原件"]);
    }

    #[test]
    fn an_old_guide_is_stale_after_a_year_and_a_day_to_come_is_no_age() {
        let on = |date: &str| {
            let guide = Guide {
                updated: Some(date.parse().expect("a day")),
                ..whole()
            };
            let look = look(&service(Some(guide)), today());
            (look.age_days, look.stale)
        };
        assert_eq!(on("2025-11-24"), (Some(365), false));
        assert_eq!(on("2025-11-23"), (Some(366), true));
        assert_eq!(on("2026-12-01"), (Some(0), false));
    }
}
