//! The sheet itself: the annex's items in their order, what was taken off each, what is left.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Published, SignedBy, SigningUnit};
use crate::evidence::{Article, Item};
use crate::month::Month;
use crate::plan::Level;
use crate::records::{Deduction, DeductionState, Exposure};
use crate::state::Hall;
use crate::{HallCode, RecordId, WindowCode};

/// The document whose annex the sheet is.
const NORM: &str = "周政办字〔2022〕24号";

/// One month's sheet of one hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScoreSheet {
    /// The hall.
    pub hall: HallCode,
    /// Its name.
    pub name: String,
    /// Its level: which rows of the annex it is looked at by.
    pub level: Level,
    /// The month.
    pub month: Month,
    /// The document whose annex this is.
    pub norm: String,
    /// Counts up with every publication.
    pub version: u32,
    /// Changes with everything that the sheet is made of.
    pub revision: String,
    /// The items, in the order of the annex.
    pub items: Vec<SheetItem>,
    /// Points left in all.
    pub total: u32,
    /// Points in all: 100.
    pub maximum: u32,
    /// The signatures that hold.
    pub signatures: Vec<SignedBy>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SheetItem {
    /// The item.
    pub item: Item,
    /// Its name in the annex.
    pub name: String,
    /// 类别.
    pub category: String,
    /// The unit that scores it.
    pub unit: String,
    /// Its maximum.
    pub maximum: u32,
    /// What was taken off.
    pub deductions: Vec<SheetLine>,
    /// Whether an exposure sets it to 0.
    pub exposed: bool,
    /// Points left; 0 at least. The floor is our assumption: the norm is silent on it.
    pub left: u32,
}

/// One deduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SheetLine {
    /// The deduction.
    pub deduction: RecordId,
    /// The article that was not kept.
    pub article: Article,
    /// The day on which it was seen.
    pub seen: NaiveDate,
    /// The window.
    pub window: Option<WindowCode>,
    /// The points that count.
    pub points: u32,
    /// What set the item to 0.
    pub exposure: Option<Exposure>,
    /// Where the deduction stands.
    pub state: DeductionState,
    /// More of it.
    pub note: Option<String>,
    /// The inspection that it rests on.
    pub inspection: Option<RecordId>,
    /// Rows of the journal that show it.
    pub seqs: Vec<u64>,
    /// SHA-256 of the photos.
    pub photos: Vec<String>,
}

/// What differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Difference {
    /// The deduction.
    pub deduction: RecordId,
    /// Its item.
    pub item: Item,
    /// Its article.
    pub article: Article,
    /// Points that counted before; none when it was not there.
    pub before: Option<u32>,
    /// Points that count now; none when it is not there.
    pub after: Option<u32>,
    /// Where it stands now.
    pub state: DeductionState,
}

/// A month's sheet with everything around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SheetState {
    /// The sheet.
    pub sheet: ScoreSheet,
    /// Whether it is published: otherwise 未定稿.
    pub frozen: bool,
    /// Whether the month is over, so that it can be published.
    pub month_over: bool,
    /// Units whose signature is missing.
    pub unsigned: Vec<SigningUnit>,
    /// Versions that were published, oldest first.
    pub versions: Vec<Published>,
    /// What differs from the version published last, or, when frozen, from the one before it.
    pub differences: Vec<Difference>,
    /// Appeals that are not decided.
    pub open_appeals: u32,
}

impl SheetState {
    /// SHA-256 of the canonical JSON, when frozen.
    pub fn sha256(&self) -> Option<&str> {
        let last = self.versions.last().filter(|_| self.frozen);
        last.map(|published| published.sha256.as_str())
    }
}

impl Hall {
    /// The sheet of a month as it stands on `today`; none for months to come, months before the
    /// hall was first open, and months that are not in memory any more.
    pub fn score_sheet(&self, month: Month, today: NaiveDate) -> Option<SheetState> {
        let book = &self.records.sheets;
        if !super::Sheets::knows(self.records.inspections.since(), month, today) {
            return None;
        }
        let deductions = &self.records.deductions;
        let appealed = |one: &&Deduction| one.state == DeductionState::Appealed;
        let open_appeals = deductions.of(month).filter(appealed).count();
        let changes = deductions.changes(month);
        let last = book.last(month);
        let frozen = last.filter(|last| last.changes == changes);
        let sheet = match frozen {
            Some(frozen) => frozen.sheet.clone(),
            None => self.draft_sheet(month)?,
        };
        let differences = match (frozen, last) {
            (Some(frozen), _) => frozen.differences.clone(),
            (None, Some(last)) => differences(&last.sheet, &sheet),
            (None, None) => Vec::new(),
        };
        let signed = |unit: &SigningUnit| sheet.signatures.iter().any(|one| one.unit == *unit);
        Some(SheetState {
            frozen: frozen.is_some(),
            month_over: month.is_over(today),
            unsigned: SigningUnit::ALL
                .into_iter()
                .filter(|unit| !signed(unit))
                .collect(),
            versions: book.versions(month).to_vec(),
            differences,
            open_appeals: u32::try_from(open_appeals).unwrap_or(u32::MAX),
            sheet,
        })
    }

    fn draft_sheet(&self, month: Month) -> Option<ScoreSheet> {
        let plan = self.plan.as_ref()?;
        let (book, deductions) = (&self.records.sheets, &self.records.deductions);
        let items: Vec<_> = Item::ALL
            .iter()
            .map(|item| self.sheet_item(*item, month))
            .collect();
        let version = book.last(month).map_or(1, |last| last.sheet.version + 1);
        let facts = deductions.facts(month) + book.facts(month);
        Some(ScoreSheet {
            hall: plan.hall.code.clone(),
            name: plan.hall.name.clone(),
            level: plan.hall.level,
            month,
            norm: NORM.into(),
            version,
            revision: format!("{}.{facts}", self.plan_version),
            total: items.iter().map(|item| item.left).sum(),
            maximum: items.iter().map(|item| item.maximum).sum(),
            items,
            signatures: book.signatures(month, deductions.changes(month)),
        })
    }

    fn sheet_item(&self, item: Item, month: Month) -> SheetItem {
        let own = self.records.deductions.of(month);
        let own: Vec<_> = own.filter(|one| one.made.item == item).collect();
        let exposed = own.iter().any(|one| one.exposes());
        let off = own.iter().map(|one| one.counts()).sum();
        let maximum = item.maximum();
        SheetItem {
            item,
            name: item.name().into(),
            category: item
                .category()
                .map_or("", crate::evidence::annex::Category::name)
                .into(),
            unit: item
                .office()
                .map_or("", crate::evidence::annex::Office::name)
                .into(),
            maximum,
            deductions: own.into_iter().map(SheetLine::of).collect(),
            exposed,
            left: if exposed {
                0
            } else {
                maximum.saturating_sub(off)
            },
        }
    }
}

impl SheetLine {
    fn of(one: &Deduction) -> Self {
        Self {
            deduction: one.made.id,
            article: one.made.article,
            seen: one.made.seen,
            window: one.made.window.clone(),
            points: one.counts(),
            exposure: one.made.exposure.clone(),
            state: one.state,
            note: one.made.note.clone(),
            inspection: one.made.inspection,
            seqs: one.made.seqs.clone(),
            photos: one.made.photos.clone(),
        }
    }
}

/// Deductions that are new, gone, or count otherwise than before.
pub(super) fn differences(before: &ScoreSheet, after: &ScoreSheet) -> Vec<Difference> {
    let lines = |sheet: &ScoreSheet| -> Vec<(Item, SheetLine)> {
        let items = sheet.items.iter();
        items
            .flat_map(|item| item.deductions.iter().map(|line| (item.item, line.clone())))
            .collect()
    };
    let (old, new) = (lines(before), lines(after));
    let find = |lines: &[(Item, SheetLine)], id: RecordId| {
        let found = lines.iter().find(|(_, line)| line.deduction == id);
        found.map(|(_, line)| (line.points, line.state))
    };
    let differs = |(item, line): &(Item, SheetLine), before, after| Difference {
        deduction: line.deduction,
        item: *item,
        article: line.article,
        before,
        after,
        state: line.state,
    };
    let mut found = Vec::new();
    for one in &new {
        let was = find(&old, one.1.deduction);
        if was != Some((one.1.points, one.1.state)) {
            found.push(differs(one, was.map(|was| was.0), Some(one.1.points)));
        }
    }
    for one in &old {
        if find(&new, one.1.deduction).is_none() {
            found.push(differs(one, Some(one.1.points), None));
        }
    }
    found
}
