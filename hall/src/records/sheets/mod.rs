//! 巡查得分表 of a month: what people took off, item by item, signed by both units and frozen.
//!
//! ```text
//! draft (未定稿) ─► signed by 政务服务管理科 and 业务指导科 ─► published, frozen
//!        ▲                                                        │ a deduction or the outcome
//!        └──────────────────── next version ◄─────────────────────┘ of an appeal comes later
//! ```
//!
//! A signature holds for the points as they stood; when they change, it is asked for again.

mod book;
mod sheet;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::evidence::annex::Office;
use crate::evidence::{Article, Item};
use crate::month::Month;
use crate::text::Text;
use crate::{RecordId, TicketId};

pub use book::{Published, Sheets};
pub use sheet::{Difference, ScoreSheet, SheetItem, SheetLine, SheetState};

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum SheetsWish {
    /// Signs for the asker's unit.
    Sign(SignSheet),
    /// Freezes the sheet.
    Publish(PublishSheet),
}

/// Signs for the asker's unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SignSheet {
    /// The id the record will have.
    pub id: RecordId,
    /// The month.
    pub month: Month,
}

/// Freezes the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PublishSheet {
    /// The id the record will have.
    pub id: RecordId,
    /// The month.
    pub month: Month,
    /// The revision of the sheet that the hash was made of.
    pub revision: String,
    /// SHA-256 of the sheet's canonical JSON, made by the shell: 64 hexadecimal digits.
    pub sha256: String,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum SheetFact {
    /// A unit signed.
    SheetSigned(SheetSigned),
    /// The sheet was frozen.
    SheetPublished(Box<SheetPublished>),
}

/// A unit signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSigned {
    /// The record's id.
    pub id: RecordId,
    /// The month.
    pub month: Month,
    /// The unit.
    pub unit: SigningUnit,
    /// How often the points had changed: the signature holds for this count.
    pub changes: u32,
    /// The day.
    pub day: NaiveDate,
    /// Who signed.
    pub by: String,
}

/// The units that sign. **Source**: 附件 考评方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SigningUnit {
    /// 政务服务管理科: every item but 办理流程规范.
    Management,
    /// 业务指导科: 办理流程规范.
    Guidance,
}

impl SigningUnit {
    /// Both, in the order of the annex.
    pub const ALL: [Self; 2] = [Self::Management, Self::Guidance];

    /// Its name.
    pub const fn name(self) -> &'static str {
        self.office().name()
    }

    /// The same in the annex.
    pub const fn office(self) -> Office {
        match self {
            Self::Management => Office::Management,
            Self::Guidance => Office::Guidance,
        }
    }
}

/// A signature as the sheet shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SignedBy {
    /// The unit.
    pub unit: SigningUnit,
    /// Who signed.
    pub by: String,
    /// The day.
    pub day: NaiveDate,
}

/// The sheet was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPublished {
    /// The record's id.
    pub id: RecordId,
    /// The sheet as it was frozen.
    pub sheet: ScoreSheet,
    /// SHA-256 of its canonical JSON.
    pub sha256: String,
    /// What differs from the version before.
    pub differences: Vec<Difference>,
    /// How often the points had changed.
    pub changes: u32,
    /// The day.
    pub day: NaiveDate,
    /// Who published it.
    pub by: String,
}

impl Fact for SheetFact {
    fn id(&self) -> RecordId {
        match self {
            Self::SheetSigned(fact) => fact.id,
            Self::SheetPublished(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::SheetSigned(_) => "sheet_signed",
            Self::SheetPublished(_) => "sheet_published",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        None
    }

    fn sentence(&self) -> Text {
        match self {
            Self::SheetSigned(fact) => Text::new(
                format!("{}签署{}月得分表", fact.unit.name(), fact.month),
                format!("the sheet of {} was signed", fact.month),
            ),
            Self::SheetPublished(fact) => Text::new(
                format!("{}月得分表第{}版定稿", fact.sheet.month, fact.sheet.version),
                format!(
                    "version {} of {} was frozen",
                    fact.sheet.version, fact.sheet.month
                ),
            ),
        }
    }
}
