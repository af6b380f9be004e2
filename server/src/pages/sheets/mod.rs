//! The score sheet of a month, and the overview of all halls.

use std::borrow::Borrow;

use askama::Template;
use hall::evidence::annex::{self, Row};
use hall::evidence::{Figure, Item};
use hall::month::Month;
use hall::records::{SheetItem, SheetLine, SigningUnit};
use hall::view::HallName;
use hall::{DateTime, RecordId};

use super::{Viewer, moment, phrases};
use crate::sheets::{Account, District, DistrictRow};

/// What the page of a sheet shows.
#[derive(Debug, Clone)]
pub struct SheetData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The units that the person may sign for.
    pub units: Vec<SigningUnit>,
    /// The sheet with everything beside it.
    pub account: Account,
}

#[derive(Template)]
#[template(path = "pages/sheets/sheet.html")]
struct SheetPage<'a> {
    data: &'a SheetData,
}

/// The page of a sheet.
///
/// # Errors
///
/// When the template cannot be written.
pub fn sheet(data: &SheetData) -> Result<String, askama::Error> {
    SheetPage { data }.render()
}

/// A row of the annex with its item of the sheet.
struct SheetRow<'a> {
    row: &'static Row,
    item: &'a SheetItem,
    /// Rows of the category, on its first.
    spans: Option<usize>,
    category: &'static str,
    maximum: u32,
}

impl SheetData {
    fn month(&self) -> Month {
        self.account.state.sheet.month
    }

    fn rows(&self) -> Vec<SheetRow<'_>> {
        let sheet = &self.account.state.sheet;
        let mut rows: Vec<SheetRow<'_>> = Vec::new();
        for row in annex::rows(sheet.level) {
            let item = sheet.items.iter().find(|item| item.item == row.item);
            let (Some(item), Some(category)) = (item, row.item.category()) else {
                continue;
            };
            let same = |one: &&Row| one.item.category() == Some(category);
            let first = rows
                .last()
                .is_none_or(|last| last.category != category.name());
            rows.push(SheetRow {
                row,
                item,
                spans: first.then(|| annex::rows(sheet.level).filter(same).count()),
                category: category.name(),
                maximum: category.maximum(),
            });
        }
        rows
    }

    fn notes(&self) -> Vec<&'static str> {
        annex::notes(self.account.state.sheet.level).collect()
    }

    /// The name of the one who signed, when somebody did.
    fn signed(&self, unit: impl Borrow<SigningUnit>) -> Option<String> {
        let unit = *unit.borrow();
        let signed = self.account.state.sheet.signatures.iter();
        let mut signed = signed.filter(|one| one.unit == unit);
        signed.next().map(|one| format!("{} {}", one.by, one.day))
    }

    fn may_sign(&self, unit: impl Borrow<SigningUnit>) -> bool {
        let unit = *unit.borrow();
        let state = &self.account.state;
        self.units.contains(&unit) && state.month_over && state.unsigned.contains(&unit)
    }

    fn may_publish(&self) -> bool {
        let state = &self.account.state;
        let ready = state.month_over && state.unsigned.is_empty() && !state.frozen;
        ready && self.units.contains(&SigningUnit::Management)
    }

    fn unit_word(unit: impl Borrow<SigningUnit>) -> &'static str {
        match unit.borrow() {
            SigningUnit::Management => "management",
            SigningUnit::Guidance => "guidance",
        }
    }

    /// Facts of an item that have a value.
    fn figures(&self, item: impl Borrow<Item>) -> Vec<&Figure> {
        let item = *item.borrow();
        let figures = self.account.facts.iter().flat_map(|facts| &facts.figures);
        let own = figures.filter(|figure| figure.item == item && figure.value.is_some());
        own.collect()
    }

    fn value(figure: &Figure) -> String {
        let value = figure.value.map(|value| value.to_string());
        let unit = figure.unit.word();
        format!("{} {unit}", value.unwrap_or_default())
    }

    fn exposure(line: &SheetLine) -> Option<String> {
        let exposure = line.exposure.as_ref()?;
        Some(format!("{}:{}", exposure.level.name().0, exposure.document))
    }

    fn seqs(line: &SheetLine) -> String {
        let seqs: Vec<_> = line.seqs.iter().map(u64::to_string).collect();
        seqs.join("、")
    }

    fn points(points: impl Borrow<Option<u32>>) -> String {
        points
            .borrow()
            .map_or_else(|| "无".to_owned(), |points| points.to_string())
    }

    fn short(id: impl Borrow<RecordId>) -> String {
        let id = id.borrow().to_string();
        id.rsplit('-').next().unwrap_or_default().to_owned()
    }
}

/// What the overview shows.
#[derive(Debug, Clone)]
pub(crate) struct DistrictData {
    /// Who looks.
    pub(crate) viewer: Viewer,
    /// The time of the first hall.
    pub(crate) at: DateTime,
    /// Whether the clock is a pretended one.
    pub(crate) pretend: bool,
    /// The halls.
    pub(crate) district: District,
}

#[derive(Template)]
#[template(path = "pages/sheets/district.html")]
struct DistrictPage<'a> {
    data: &'a DistrictData,
}

/// The overview of all halls.
///
/// # Errors
///
/// When the template cannot be written.
pub(crate) fn district(data: &DistrictData) -> Result<String, askama::Error> {
    DistrictPage { data }.render()
}

impl DistrictData {
    fn left(row: &DistrictRow, item: impl Borrow<Item>) -> String {
        let item = *item.borrow();
        let found = row.items.iter().find(|one| one.item == item);
        found.map_or_else(String::new, |one| one.left.to_string())
    }

    fn is_less(row: &DistrictRow, item: impl Borrow<Item>) -> bool {
        let item = *item.borrow();
        let found = row.items.iter().find(|one| one.item == item);
        found.is_some_and(|one| one.left < one.maximum)
    }

    fn published(row: &DistrictRow) -> String {
        match (row.published, row.version) {
            (true, Some(version)) => format!("第{version}版"),
            (false, Some(_)) => "未定稿".to_owned(),
            (_, None) => "无得分表".to_owned(),
        }
    }
}
