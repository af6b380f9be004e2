//! What is asked of the register of follow-ups, and what happens in it.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evidence::{Article, Item};
use crate::records::{Fact, Level};
use crate::text::Text;
use crate::{RecordId, TicketId, WindowCode};

/// Where a visitor consented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsentChannel {
    /// The ticket's page on the visitor's phone.
    Phone,
    /// 回访记录表 or by word, entered by a person of the staff.
    Staff,
}

/// A wish of the register. Texts are references into the store of personal data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum FollowUpWish {
    /// A visitor leaves a number and agrees to be called.
    Consent(Consent),
    /// A random sample of those who agreed in a span.
    Draw {
        /// The id the record will have.
        id: RecordId,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
        /// Chance, made by the shell and written down: the same seed draws the same sample.
        seed: u64,
        /// How many: 1 to 200.
        size: u32,
    },
    /// What a call brought.
    Call(CallUp),
}

/// A visitor's consent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Consent {
    /// The id the record will have.
    pub id: RecordId,
    /// Of which visit.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// At which window.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// Where the number is kept.
    pub contact: String,
    /// Through what.
    pub channel: ConsentChannel,
    /// The visitor said yes in so many words.
    pub agreed: bool,
}

/// What a call brought.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallUp {
    /// Whose consent.
    pub id: RecordId,
    /// The id that a case would have.
    pub case: RecordId,
    /// Whether anybody answered.
    pub reached: bool,
    /// How satisfied.
    #[serde(default)]
    pub level: Option<Level>,
    /// What was said.
    #[serde(default)]
    pub text: Option<String>,
    /// Whether something must be put right.
    #[serde(default)]
    pub fix: bool,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum FollowUp {
    /// A visitor agreed to be called.
    Consented(Consented),
    /// A sample was drawn.
    Drawn(SampleDrawn),
    /// A visitor was called.
    Called(FollowUpCalled),
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consented {
    /// The record's id.
    pub id: RecordId,
    /// Of which visit; never shown to people.
    pub ticket: Option<TicketId>,
    /// At which window.
    pub window: Option<WindowCode>,
    /// Where the number is kept; purged after the call.
    pub contact: String,
    /// Through what.
    pub channel: ConsentChannel,
    /// The day.
    pub day: NaiveDate,
    /// `visitor`, or who entered it.
    pub by: String,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleDrawn {
    /// The record's id.
    pub id: RecordId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The seed that drew it.
    pub seed: u64,
    /// Of how many.
    pub of: u32,
    /// Who was drawn, in the order drawn.
    pub chosen: Vec<RecordId>,
    /// The day.
    pub day: NaiveDate,
    /// Who had it drawn.
    pub by: String,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpCalled {
    /// Whose consent.
    pub id: RecordId,
    /// Whether anybody answered.
    pub reached: bool,
    /// How satisfied.
    pub level: Option<Level>,
    /// Where what was said is kept.
    pub text: Option<String>,
    /// Whether something must be put right: a case was opened.
    pub fix: bool,
    /// The day.
    pub day: NaiveDate,
    /// Who called.
    pub by: String,
}

impl Fact for FollowUp {
    fn id(&self) -> RecordId {
        match self {
            Self::Consented(fact) => fact.id,
            Self::Drawn(fact) => fact.id,
            Self::Called(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Consented(_) => "follow_up_consented",
            Self::Drawn(_) => "follow_up_drawn",
            Self::Called(_) => "follow_up_called",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        Some((Article::A22, Item::None))
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Consented(_) => Text::new("办事人同意回访", "a visitor agreed to be called"),
            Self::Drawn(drawn) => {
                let (chosen, of) = (drawn.chosen.len(), drawn.of);
                Text::new(
                    format!("从{of}位同意回访者中随机抽取{chosen}位"),
                    format!("{chosen} of {of} who agreed were drawn"),
                )
            }
            Self::Called(called) if called.reached => {
                let zh = called.level.map_or("", Level::zh);
                Text::new(format!("回访:{zh}"), "a visitor was called")
            }
            Self::Called(_) => Text::new("回访未接通", "nobody answered the call"),
        }
    }
}
