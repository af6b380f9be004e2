//! What is asked of the register of briefings, and what happens in it.

use alloc::string::String;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evidence::{Article, Item};
use crate::records::Fact;
use crate::text::Text;
use crate::{RecordId, TicketId};

/// Which of the three. **Source**: 第二十四条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BriefingPart {
    /// 班前早会布置.
    Before,
    /// 工间调度推进.
    Midday,
    /// 下班之前小结.
    After,
}

impl BriefingPart {
    /// All three, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Before, Self::Midday, Self::After];

    /// Reads its name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == text)
    }

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        if matches!(self, Self::Before) {
            "before"
        } else if matches!(self, Self::Midday) {
            "midday"
        } else {
            "after"
        }
    }

    /// Its name in the norm.
    pub const fn zh(self) -> &'static str {
        if matches!(self, Self::Before) {
            "班前早会"
        } else if matches!(self, Self::Midday) {
            "工间调度"
        } else {
            "班后小结"
        }
    }
}

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BriefingWish {
    /// The id the record will have.
    pub id: RecordId,
    /// Which of the three.
    pub part: BriefingPart,
    /// Where the note is kept, outside the journal.
    pub text: String,
    /// Whether it adds to what was held today.
    #[serde(default)]
    pub addition: bool,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Briefing {
    /// It was held.
    Held(BriefingHeld),
}

/// A briefing, or an addition to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefingHeld {
    /// The record's id.
    pub id: RecordId,
    /// The day.
    pub day: NaiveDate,
    /// Which of the three.
    pub part: BriefingPart,
    /// Where the note is kept.
    pub text: String,
    /// Whether it adds to an earlier one of the day.
    pub addition: bool,
    /// Who held it.
    pub by: String,
}

impl Fact for Briefing {
    fn id(&self) -> RecordId {
        let Self::Held(held) = self;
        held.id
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Held(_) => "briefing_held",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        Some((Article::A24, Item::None))
    }

    fn sentence(&self) -> Text {
        let Self::Held(held) = self;
        let (zh, en) = (held.part.zh(), held.part.as_str());
        if held.addition {
            return Text::new(
                format!("{zh}补充"),
                format!("the briefing `{en}` was added to"),
            );
        }
        Text::new(
            format!("{zh}已召开"),
            format!("the briefing `{en}` was held"),
        )
    }
}
