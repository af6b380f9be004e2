//! What is asked of the register of help, and what happens in it.

use alloc::string::String;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{HelpFrom, HelpKind, HelpResult};
use crate::evidence::{Article, Item};
use crate::plan::Level;
use crate::records::Fact;
use crate::text::Text;
use crate::{HallCode, RecordId, ServiceCode, TicketId};

/// A wish of the register. Texts are references into the store of personal data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum HelpWish {
    /// Somebody asks for help.
    Ask(AskHelp),
    /// A helper comes.
    Answer {
        /// The request.
        id: RecordId,
    },
    /// The help is given.
    Complete(CompleteHelp),
    /// Hand it on to another hall.
    Refer {
        /// The request.
        id: RecordId,
        /// To which hall.
        to: HallCode,
        /// Of which level that is.
        level: Level,
    },
    /// The other hall has it.
    Receive {
        /// The request.
        id: RecordId,
    },
    /// The other hall has ended it.
    Return {
        /// The request.
        id: RecordId,
        /// How.
        result: HelpResult,
    },
    /// A helper comes on duty.
    ComeOnDuty {
        /// The id the record will have.
        id: RecordId,
        /// Whether the sash is on (第十四条: 佩戴帮办代办绶带上岗).
        sash: bool,
    },
    /// The helper leaves.
    LeaveDuty,
}

/// A request for help.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AskHelp {
    /// The id the record will have; of a request handed on, the one it has there.
    pub id: RecordId,
    /// What kind, when it was said.
    #[serde(default)]
    pub kind: Option<HelpKind>,
    /// Through what.
    pub from: HelpFrom,
    /// Where in the hall, such as a kiosk's place.
    #[serde(default)]
    pub place: Option<String>,
    /// Whose, when the visitor has a number.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// For which service.
    #[serde(default)]
    pub service: Option<ServiceCode>,
    /// What it is about.
    #[serde(default)]
    pub text: Option<String>,
    /// Where to go, for home visits.
    #[serde(default)]
    pub address: Option<String>,
    /// How to reach the person.
    #[serde(default)]
    pub contact: Option<String>,
    /// From which hall of which level it was handed on.
    #[serde(default)]
    pub referred: Option<(HallCode, Level)>,
}

/// The end of a request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CompleteHelp {
    /// The request.
    pub id: RecordId,
    /// What kind it was; needed when the request did not say.
    #[serde(default)]
    pub kind: Option<HelpKind>,
    /// How it ended.
    pub result: HelpResult,
    /// More about it.
    #[serde(default)]
    pub text: Option<String>,
    /// When somebody went there: home visits only.
    #[serde(default)]
    pub visited: Option<NaiveDate>,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Help {
    /// Somebody asked.
    Asked(HelpAsked),
    /// A helper came.
    Answered(HelpAnswered),
    /// The help was given.
    Completed(HelpCompleted),
    /// It was handed on to another hall.
    Referred(HelpReferred),
    /// The other hall has it.
    Received(HelpReceived),
    /// The other hall has ended it.
    Returned(HelpReturned),
    /// A helper came on duty.
    OnDuty(DutyBegan),
    /// The helper left.
    OffDuty(DutyEnded),
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpAsked {
    /// The record's id, the same in every hall that it is handed on to.
    pub id: RecordId,
    /// What kind, when it was said.
    pub kind: Option<HelpKind>,
    /// Through what.
    pub from: HelpFrom,
    /// Where in the hall.
    pub place: Option<String>,
    /// The visitor's number.
    pub ticket: Option<TicketId>,
    /// For which service.
    pub service: Option<ServiceCode>,
    /// Where what was said is kept.
    pub text: Option<String>,
    /// Where the address is kept; purged at the end.
    pub address: Option<String>,
    /// Where the contact is kept; purged at the end.
    pub contact: Option<String>,
    /// From which hall of which level it was handed on.
    pub referred: Option<(HallCode, Level)>,
    /// The day.
    pub day: NaiveDate,
    /// Who asked, or `visitor`.
    pub by: String,
}

/// A helper came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpAnswered {
    /// The request.
    pub id: RecordId,
    /// How long it had waited.
    pub waited_ms: i64,
    /// The helper.
    pub by: String,
}

/// The help was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpCompleted {
    /// The request.
    pub id: RecordId,
    /// What kind it was.
    pub kind: HelpKind,
    /// How it ended.
    pub result: HelpResult,
    /// Where more about it is kept.
    pub text: Option<String>,
    /// When somebody went there.
    pub visited: Option<NaiveDate>,
    /// The day.
    pub day: NaiveDate,
    /// The helper.
    pub by: String,
}

/// It was handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpReferred {
    /// The request.
    pub id: RecordId,
    /// To which hall.
    pub to: HallCode,
    /// From which level to which.
    pub levels: (Level, Level),
    /// The day.
    pub day: NaiveDate,
    /// Who handed it on.
    pub by: String,
}

/// The other hall has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpReceived {
    /// The request.
    pub id: RecordId,
    /// Which hall.
    pub to: HallCode,
}

/// The other hall has ended it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpReturned {
    /// The request.
    pub id: RecordId,
    /// How.
    pub result: HelpResult,
    /// The day on which this hall heard of it.
    pub day: NaiveDate,
}

/// A helper came on duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyBegan {
    /// The record's id.
    pub id: RecordId,
    /// Whether the sash is on.
    pub sash: bool,
    /// The day.
    pub day: NaiveDate,
    /// The helper.
    pub by: String,
}

/// The helper left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyEnded {
    /// The duty.
    pub id: RecordId,
    /// How long it was.
    pub duty_ms: i64,
    /// The helper.
    pub by: String,
}

impl Fact for Help {
    fn id(&self) -> RecordId {
        match self {
            Self::Asked(fact) => fact.id,
            Self::Answered(fact) => fact.id,
            Self::Completed(fact) => fact.id,
            Self::Referred(fact) => fact.id,
            Self::Received(fact) => fact.id,
            Self::Returned(fact) => fact.id,
            Self::OnDuty(fact) => fact.id,
            Self::OffDuty(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Asked(_) => "help_asked",
            Self::Answered(_) => "help_answered",
            Self::Completed(_) => "help_completed",
            Self::Referred(_) => "help_referred",
            Self::Received(_) => "help_received",
            Self::Returned(_) => "help_returned",
            Self::OnDuty(_) => "helper_came",
            Self::OffDuty(_) => "helper_left",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        Some((Article::A14, Item::F3))
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Asked(asked) => {
                let zh = asked.kind.map_or("帮办代办", HelpKind::zh);
                let en = asked.kind.map_or("help", HelpKind::as_str);
                Text::new(
                    format!("请求{zh}({})", asked.from.zh()),
                    format!("{en} was asked for"),
                )
            }
            Self::Answered(answered) => {
                let seconds = answered.waited_ms / 1000;
                Text::new(
                    format!("帮办人员到场,等候{seconds}秒"),
                    format!("a helper came after {seconds} s"),
                )
            }
            Self::Completed(done) => Text::new(
                format!("{}:{}", done.kind.zh(), done.result.zh()),
                format!("{}: {}", done.kind.as_str(), done.result.as_str()),
            ),
            Self::Referred(referred) => Text::new(
                format!("转{}办理", referred.to),
                format!("handed on to {}", referred.to),
            ),
            Self::Received(received) => Text::new(
                format!("{}已接收", received.to),
                format!("{} has it", received.to),
            ),
            Self::Returned(returned) => Text::new(
                format!("对方反馈:{}", returned.result.zh()),
                format!("the other hall: {}", returned.result.as_str()),
            ),
            Self::OnDuty(_) => Text::new("帮办代办员上岗", "a helper came on duty"),
            Self::OffDuty(_) => Text::new("帮办代办员离岗", "the helper left"),
        }
    }
}
