//! 扣分与申诉: points that people take off by the annex, and what became of appeals against them.
//!
//! ```text
//! deducted ─► stands ─► appealed ─► upheld | reduced | reversed
//! ```
//!
//! Nothing is deleted: a deduction is only reversed, and the reason stays beside it.

mod book;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::evidence::{Article, Item};
use crate::month::Month;
use crate::text::Text;
use crate::{ClerkCode, RecordId, TicketId, WindowCode};

pub use book::Deductions;

/// By whom a hall was exposed. **Source**: 附件 计分办法.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExposureLevel {
    /// 市级及以上媒体.
    Media,
    /// 各级专项明查暗访.
    Special,
}

impl ExposureLevel {
    /// Its name in Chinese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Media => ("市级及以上媒体曝光", "media of city level or above"),
            Self::Special => ("各级专项明查暗访", "special inspection"),
        }
    }
}

/// An exposure: the item has no points in that month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// By whom.
    pub level: ExposureLevel,
    /// The report or notice that says so: title, number or address, 1 to 120 characters.
    pub document: String,
}

/// What became of an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppealOutcome {
    /// 维持: the deduction stands.
    Upheld,
    /// 减扣: fewer points are taken off.
    Reduced,
    /// 撤销: nothing is taken off.
    Reversed,
}

impl AppealOutcome {
    /// Its name in Chinese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Upheld => ("维持", "upheld"),
            Self::Reduced => ("减少扣分", "reduced"),
            Self::Reversed => ("撤销", "reversed"),
        }
    }
}

/// Where a deduction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeductionState {
    /// It counts; nobody appealed.
    Stands,
    /// It counts until the appeal is decided.
    Appealed,
    /// It counts: the appeal was turned down.
    Upheld,
    /// Fewer points count.
    Reduced,
    /// Nothing counts.
    Reversed,
}

impl DeductionState {
    /// Its name in Chinese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Stands => ("已扣分", "stands"),
            Self::Appealed => ("申诉待复核", "appealed"),
            Self::Upheld => ("申诉后维持", "upheld"),
            Self::Reduced => ("申诉后减少", "reduced"),
            Self::Reversed => ("申诉后撤销", "reversed"),
        }
    }
}

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum DeductionsWish {
    /// Takes points off.
    Deduct(Deduct),
    /// Appeals against a deduction.
    Appeal(AskAppeal),
    /// Decides on an appeal.
    Decide(DecideAppeal),
}

/// Takes points off, or sets an item to 0.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Deduct {
    /// The id the record will have.
    pub id: RecordId,
    /// The inspection that it rests on.
    #[serde(default)]
    pub inspection: Option<RecordId>,
    /// The item.
    pub item: Item,
    /// The article that was not kept.
    pub article: Article,
    /// Points, one a breach or missing element; left out for an exposure.
    #[serde(default)]
    pub points: Option<u32>,
    /// Sets the item to 0 for the month.
    #[serde(default)]
    pub exposure: Option<Exposure>,
    /// The day, for what rests on no inspection.
    #[serde(default)]
    pub day: Option<NaiveDate>,
    /// The window, for what rests on no inspection.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// Rows of the journal that show it, beside those of the inspection.
    #[serde(default)]
    pub seqs: Vec<u64>,
    /// SHA-256 of photos, beside those of the inspection.
    #[serde(default)]
    pub photos: Vec<String>,
    /// More of it; no names of visitors.
    #[serde(default)]
    pub note: Option<String>,
}

/// Appeals against a deduction.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AskAppeal {
    /// The deduction.
    pub id: RecordId,
    /// Why; no names of visitors.
    pub text: String,
    /// Rows of the journal that show it.
    #[serde(default)]
    pub seqs: Vec<u64>,
}

/// Decides on an appeal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DecideAppeal {
    /// The deduction.
    pub id: RecordId,
    /// What becomes of it.
    pub outcome: AppealOutcome,
    /// The points that are left, for a reduction.
    #[serde(default)]
    pub points: Option<u32>,
    /// Why.
    pub reason: String,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum DeductionFact {
    /// Points were taken off.
    Deducted(Deducted),
    /// Somebody appealed.
    Appealed(Appeal),
    /// The appeal was decided.
    AppealDecided(AppealDecided),
}

/// Points were taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Deducted {
    /// The record's id.
    pub id: RecordId,
    /// The inspection that it rests on.
    pub inspection: Option<RecordId>,
    /// The item.
    pub item: Item,
    /// The article that was not kept.
    pub article: Article,
    /// Points; 0 for an exposure, which takes all of them.
    pub points: u32,
    /// What set the item to 0.
    pub exposure: Option<Exposure>,
    /// The window.
    pub window: Option<WindowCode>,
    /// The clerk who held it then, where that is known.
    pub clerk: Option<ClerkCode>,
    /// Rows of the journal that show it.
    pub seqs: Vec<u64>,
    /// SHA-256 of the photos.
    pub photos: Vec<String>,
    /// More of it.
    pub note: Option<String>,
    /// The day on which it was seen: of which month it is.
    pub seen: NaiveDate,
    /// The day on which it was entered.
    pub day: NaiveDate,
    /// The last day for an appeal; none while the year's holidays are not known (期限待定).
    pub appeal_until: Option<NaiveDate>,
    /// Who entered it.
    pub by: String,
}

/// Somebody appealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Appeal {
    /// The deduction.
    pub id: RecordId,
    /// Why.
    pub text: String,
    /// Rows of the journal that show it.
    pub seqs: Vec<u64>,
    /// The day.
    pub day: NaiveDate,
    /// Who appealed.
    pub by: String,
}

/// The appeal was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AppealDecided {
    /// The deduction.
    pub id: RecordId,
    /// What became of it.
    pub outcome: AppealOutcome,
    /// The points that are left, for a reduction.
    pub points: Option<u32>,
    /// Why.
    pub reason: String,
    /// The day.
    pub day: NaiveDate,
    /// Who decided.
    pub by: String,
}

/// A deduction as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Deduction {
    /// What was taken off, and why.
    #[serde(flatten)]
    pub made: Deducted,
    /// The appeal.
    pub appeal: Option<Appeal>,
    /// What became of it.
    pub decided: Option<AppealDecided>,
    /// Where it stands.
    pub state: DeductionState,
}

impl Deduction {
    /// The points that count now; an exposure counts as the whole of its item.
    pub fn counts(&self) -> u32 {
        let all = if self.made.exposure.is_some() {
            self.made.item.maximum()
        } else {
            self.made.points
        };
        match self.state {
            DeductionState::Stands | DeductionState::Appealed | DeductionState::Upheld => all,
            DeductionState::Reduced => {
                let left = self.decided.as_ref().and_then(|decided| decided.points);
                left.unwrap_or(all)
            }
            DeductionState::Reversed => 0,
        }
    }

    /// Whether it sets its item to 0.
    pub fn exposes(&self) -> bool {
        self.made.exposure.is_some() && self.state != DeductionState::Reversed
    }

    /// The month whose sheet it stands on.
    pub fn month(&self) -> Month {
        Month::of(self.made.seen)
    }
}

impl Fact for DeductionFact {
    fn id(&self) -> RecordId {
        match self {
            Self::Deducted(fact) => fact.id,
            Self::Appealed(fact) => fact.id,
            Self::AppealDecided(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Deducted(_) => "deducted",
            Self::Appealed(_) => "appealed",
            Self::AppealDecided(_) => "appeal_decided",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        match self {
            Self::Deducted(fact) => Some((fact.article, fact.item)),
            // What follows from a deduction proves nothing of its own.
            Self::Appealed(_) | Self::AppealDecided(_) => None,
        }
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Deducted(fact) => fact.sentence(),
            Self::Appealed(_) => Text::new("对扣分提出申诉", "a deduction was appealed against"),
            Self::AppealDecided(fact) => {
                let (zh, en) = fact.outcome.name();
                Text::new(
                    format!("申诉复核:{zh}"),
                    format!("an appeal was decided: {en}"),
                )
            }
        }
    }
}

impl Deducted {
    fn sentence(&self) -> Text {
        let (name, article) = (self.item.name(), self.article.as_str());
        match &self.exposure {
            Some(exposure) => {
                let (zh, en) = exposure.level.name();
                Text::new(
                    format!("{zh}:“{name}”当月不得分({article})"),
                    format!("{en}: {:?} has no points this month ({article})", self.item),
                )
            }
            None => Text::new(
                format!("“{name}”扣{}分({article})", self.points),
                format!("{:?}: {} points off ({article})", self.item, self.points),
            ),
        }
    }
}
