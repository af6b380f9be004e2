//! Signatures and publications of one hall's sheets.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::sheet::{SheetState, differences};
use super::{
    PublishSheet, SheetFact, SheetPublished, SheetSigned, SheetsWish, SignSheet, SignedBy,
    SigningUnit,
};
use crate::decide::Asked;
use crate::month::Month;
use crate::records::{Register, objection};
use crate::{Event, Refusal, Role, Timestamp};

/// Days that sheets stay in memory after their month. Ours: a year and a month.
const KEEP_DAYS: i64 = 400;

/// A version that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Published {
    /// Its number, from 1.
    pub version: u32,
    /// Points left in all.
    pub total: u32,
    /// SHA-256 of the sheet's canonical JSON.
    pub sha256: String,
    /// The day.
    pub day: NaiveDate,
    /// Who published it.
    pub by: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct SheetMonth {
    signatures: Vec<SheetSigned>,
    last: Option<Box<SheetPublished>>,
    versions: Vec<Published>,
    facts: u32,
}

/// Signatures and publications of one hall's sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheets {
    months: BTreeMap<Month, SheetMonth>,
}

impl Sheets {
    /// Whether the month has a sheet: the hall was open, it has begun, and it is in memory.
    pub(super) fn knows(since: Option<NaiveDate>, month: Month, today: NaiveDate) -> bool {
        let since = since.unwrap_or(today);
        let kept = (today - month.last()).num_days() <= KEEP_DAYS;
        month >= Month::of(since) && month.first() <= today && kept
    }

    pub(super) fn last(&self, month: Month) -> Option<&SheetPublished> {
        self.months.get(&month).and_then(|one| one.last.as_deref())
    }

    pub(super) fn versions(&self, month: Month) -> &[Published] {
        self.months
            .get(&month)
            .map_or(&[], |one| one.versions.as_slice())
    }

    pub(super) fn facts(&self, month: Month) -> u32 {
        self.months.get(&month).map_or(0, |one| one.facts)
    }

    /// The signatures that hold for the points as they stand.
    pub(super) fn signatures(&self, month: Month, changes: u32) -> Vec<SignedBy> {
        let month = self.months.get(&month);
        let signed = month.into_iter().flat_map(|one| &one.signatures);
        let holds = signed.filter(|one| one.changes == changes);
        let mut holds: Vec<_> = holds.map(|one| (one.unit, one)).collect();
        holds.sort_by_key(|(unit, _)| *unit);
        let shown = holds.into_iter().map(|(unit, one)| SignedBy {
            unit,
            by: one.by.clone(),
            day: one.day,
        });
        shown.collect()
    }

    fn sign(asked: &Asked<'_>, wish: &SignSheet) -> Result<Vec<Event>, Refusal> {
        let unit = unit_of(asked)?;
        let state = open_sheet(asked, wish.month)?;
        let by = asked.actor.name.clone();
        for signature in &state.sheet.signatures {
            if signature.unit == unit {
                return Err(objection(
                    "signed_already",
                    "month",
                    format!("{}已经签署", unit.name()),
                    "the unit has signed already",
                ));
            }
            if signature.by == by {
                return Err(objection(
                    "same_person_signs",
                    "month",
                    "两个科室请由不同人员签署",
                    "the two units sign by two persons",
                ));
            }
        }
        let signed = SheetSigned {
            id: wish.id,
            month: wish.month,
            unit,
            changes: asked.hall.records.deductions.changes(wish.month),
            day: asked.today(),
            by,
        };
        Ok(vec![SheetFact::SheetSigned(signed).into()])
    }

    fn publish(&self, asked: &Asked<'_>, wish: &PublishSheet) -> Result<Vec<Event>, Refusal> {
        if unit_of(asked)? != SigningUnit::Management {
            return Err(not_theirs());
        }
        let state = open_sheet(asked, wish.month)?;
        if !state.unsigned.is_empty() {
            let names: Vec<_> = state.unsigned.iter().map(|unit| unit.name()).collect();
            return Err(objection(
                "signatures_missing",
                "month",
                format!("还缺{}签署", names.join("、")),
                "both units sign before the sheet is published",
            ));
        }
        if state.sheet.revision != wish.revision {
            return Err(objection(
                "sheet_changed",
                "revision",
                "得分表刚刚有变化,请刷新后再定稿",
                "the sheet changed meanwhile: look again, then publish",
            ));
        }
        let before = self.last(wish.month);
        let published = SheetPublished {
            id: wish.id,
            differences: before
                .map_or_else(Vec::new, |last| differences(&last.sheet, &state.sheet)),
            sheet: state.sheet,
            sha256: wish.sha256.clone(),
            changes: asked.hall.records.deductions.changes(wish.month),
            day: asked.today(),
            by: asked.actor.name.clone(),
        };
        Ok(vec![SheetFact::SheetPublished(Box::new(published)).into()])
    }
}

fn not_theirs() -> Refusal {
    Refusal::NotYourRole {
        window: None,
        clerk: None,
    }
}

/// The unit that the asker signs for.
fn unit_of(asked: &Asked<'_>) -> Result<SigningUnit, Refusal> {
    if asked.actor.role == Role::Inspector {
        return Ok(SigningUnit::Management);
    }
    if asked.actor.role == Role::Guidance {
        return Ok(SigningUnit::Guidance);
    }
    Err(not_theirs())
}

/// The sheet, when the month is over and its newest version is not frozen.
fn open_sheet(asked: &Asked<'_>, month: Month) -> Result<SheetState, Refusal> {
    let state = asked.hall.score_sheet(month, asked.today());
    let state = state.ok_or_else(|| Refusal::NotFound {
        what: "score_sheet",
        name: format!("{month}"),
    })?;
    if !state.month_over {
        return Err(objection(
            "month_not_over",
            "month",
            format!(
                "{month}月还没有结束,{}起可以签署和定稿",
                month.next().first()
            ),
            format!(
                "{month} is not over: sign and publish from {}",
                month.next().first()
            ),
        ));
    }
    if state.frozen {
        return Err(objection(
            "published_already",
            "month",
            format!(
                "第{}版已经定稿;有新的扣分或申诉结果后可出下一版",
                state.sheet.version
            ),
            format!(
                "version {} is published, and nothing changed since",
                state.sheet.version
            ),
        ));
    }
    Ok(state)
}

impl Register for Sheets {
    type Wish = SheetsWish;
    type Fact = SheetFact;

    fn decide(&self, asked: &Asked<'_>, wish: &SheetsWish) -> Result<Vec<Event>, Refusal> {
        match wish {
            SheetsWish::Sign(wish) => Self::sign(asked, wish),
            SheetsWish::Publish(wish) => self.publish(asked, wish),
        }
    }

    fn apply(&mut self, fact: &SheetFact, _: Timestamp) {
        let month = match fact {
            SheetFact::SheetSigned(signed) => signed.month,
            SheetFact::SheetPublished(published) => published.sheet.month,
        };
        let month = self.months.entry(month).or_default();
        month.facts += 1;
        match fact {
            SheetFact::SheetSigned(signed) => month.signatures.push(signed.clone()),
            SheetFact::SheetPublished(published) => {
                month.versions.push(Published {
                    version: published.sheet.version,
                    total: published.sheet.total,
                    sha256: published.sha256.clone(),
                    day: published.day,
                    by: published.by.clone(),
                });
                month.last = Some(published.clone());
            }
        }
    }

    fn misfit(&self, fact: &SheetFact) -> Option<&'static str> {
        match fact {
            SheetFact::SheetSigned(_) => None,
            SheetFact::SheetPublished(published) => {
                let last = self
                    .last(published.sheet.month)
                    .map_or(0, |last| last.sheet.version);
                (published.sheet.version != last + 1).then_some("versions count up by one")
            }
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.months
            .retain(|month, _| (today - month.last()).num_days() <= KEEP_DAYS);
    }
}
