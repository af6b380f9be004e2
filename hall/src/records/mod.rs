//! 台账: what a hall writes down beside its line of numbers: slips, ratings, help, inspections,
//! deductions and the rest of the floor's paper. Each register is one file; its facts stand in the
//! same journal, in the same chain, under the same rules as every other fact.
//!
//! ```text
//! RecordWish ──► Register::decide ──► Record facts ──► journal ──► Register::apply
//!                        └──► Objection: the field and the rule
//! ```
//!
//! A register keeps in memory what is open and what is recent; the journal keeps all of it for good.

mod briefings;
mod cases;
mod follow_ups;
mod guiding;
mod helps;
mod ratings;
mod tides;
mod within;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::decide::Asked;
use crate::evidence::{Article, Item};
use crate::state::Hall;
use crate::text::Text;
use crate::{Event, RecordId, Refusal, TicketId, Timestamp};

pub use briefings::{
    Briefing, BriefingDay, BriefingFigures, BriefingHeld, BriefingPart, BriefingWish, Briefings,
};
pub use cases::{
    CallBack, Case, CaseAssigned, CaseCalled, CaseClosed, CaseFigures, CaseFile, CaseFinding,
    CaseFound, CaseNoted, CaseOpened, CaseScope, CaseSource, CaseWay, CaseWish, Cases, OpenCase,
    TeamCount,
};
pub use follow_ups::{
    CallUp, Consent, ConsentChannel, Consented, FollowUp, FollowUpCalled, FollowUpFigures,
    FollowUpFile, FollowUpWish, FollowUps, SampleDrawn,
};
pub use guiding::{Guided, GuidedTo, Guiding, GuidingWish, Guidings};
pub use helps::{
    AskHelp, CompleteHelp, Duty, DutyBegan, DutyEnded, Help, HelpAnswered, HelpAsked,
    HelpCompleted, HelpFigures, HelpFile, HelpFrom, HelpKind, HelpReceived, HelpReferred,
    HelpResult, HelpReturned, HelpWish, Helps, Referrals,
};
pub use ratings::{
    Dimension, Dimensions, Level, RATE_WITHIN_WORKDAYS, Rating, RatingChannel, RatingFigures,
    RatingGiven, RatingWish, Ratings,
};
pub(crate) use tides::look;
pub use tides::{
    Answered, Lock, Measured, Proposal, ProposalState, Proposed, Tide, TideMove, TideWish, Tides,
};

/// One register: chooses what follows from a wish, and takes in what was chosen.
pub(crate) trait Register {
    /// What may be asked of it.
    type Wish;
    /// What happens in it.
    type Fact: Fact;

    /// Chooses. Changes nothing; reads the rest of the hall through `asked`.
    fn decide(&self, asked: &Asked<'_>, wish: &Self::Wish) -> Result<Vec<Event>, Refusal>;

    /// Takes one fact in. Makes no choices and cannot fail.
    fn apply(&mut self, fact: &Self::Fact, at: Timestamp);

    /// Why the fact does not fit what the register holds; none when it does.
    fn misfit(&self, fact: &Self::Fact) -> Option<&'static str>;

    /// Drops what is closed and older than its time: a new day has opened.
    fn forget(&mut self, today: NaiveDate);
}

/// What can be said of every fact of a register.
pub(crate) trait Fact {
    /// What it is about: a record made by the first fact with this id.
    fn id(&self) -> RecordId;
    /// The ticket it belongs to, if any.
    fn ticket(&self) -> Option<TicketId>;
    /// Its own name, `snake_case`, unique among all registers.
    fn name(&self) -> &'static str;
    /// What it is evidence for; none for facts that prove nothing.
    fn evidence(&self) -> Option<(Article, Item)>;
    /// What happened, as a sentence for inspectors; codes of windows and services, no names.
    fn sentence(&self) -> Text;
}

/// Says what every register is made of; a register not named here does not exist.
macro_rules! registers {
    ($($(#[$doc:meta])* $name:ident in $field:ident: $register:ty, $fact:ty, $wish:ty;)*) => {
        /// The registers of one hall: a fold of their facts.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Records {
            $($(#[$doc])* pub $field: $register,)*
        }

        /// A fact of a register, as it stands in the journal under the kind `record`.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "register", rename_all = "snake_case")]
        pub enum Record {
            $($(#[$doc])* $name($fact),)*
        }

        /// A wish of a register, checked at the edge for shape.
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(tag = "register", rename_all = "snake_case")]
        pub enum RecordWish {
            $($(#[$doc])* $name($wish),)*
        }

        $(impl From<$fact> for Event {
            fn from(fact: $fact) -> Self {
                Self::Record(Box::new(Record::$name(fact)))
            }
        }

        impl From<$wish> for RecordWish {
            fn from(wish: $wish) -> Self {
                Self::$name(wish)
            }
        })*

        impl Records {
            /// Takes one fact in.
            pub(crate) fn apply(&mut self, record: &Record, at: Timestamp) {
                match record {
                    $(Record::$name(fact) => self.$field.apply(fact, at),)*
                }
            }

            /// Why the fact does not fit; none when it does.
            pub(crate) fn misfit(&self, record: &Record) -> Option<&'static str> {
                match record {
                    $(Record::$name(fact) => self.$field.misfit(fact),)*
                }
            }

            /// A new day has opened.
            pub(crate) fn forget(&mut self, today: NaiveDate) {
                $(self.$field.forget(today);)*
            }
        }

        impl Record {
            fn fact(&self) -> &dyn Fact {
                match self {
                    $(Self::$name(fact) => fact,)*
                }
            }
        }

        /// Decides a wish of a register.
        pub(crate) fn decide(asked: &Asked<'_>, wish: &RecordWish) -> Result<Vec<Event>, Refusal> {
            let records = &asked.hall.records;
            match wish {
                $(RecordWish::$name(wish) => records.$field.decide(asked, wish),)*
            }
        }
    };
}

registers! {
    /// 引导分流: who was shown to self-service or to the online way.
    Guiding in guidings: Guidings, Guiding, GuidingWish;
    /// 好差评: what visitors say of a visit.
    Rating in ratings: Ratings, Rating, RatingWish;
    /// 帮办代办: who asks for help, and who comes.
    Help in helps: Helps, Help, HelpWish;
    /// 班前早会, 工间调度, 班后小结.
    Briefing in briefings: Briefings, Briefing, BriefingWish;
    /// 回访: who agreed to be called, who was drawn, what the call brought.
    FollowUp in follow_ups: FollowUps, FollowUp, FollowUpWish;
    /// 差评, 投诉, 12345, 意见建议, 通报: what asks for an answer.
    Case in cases: Cases, Case, CaseWish;
    /// 潮汐窗口: proposals, answers, locks, and what came of it.
    Tide in tides: Tides, Tide, TideWish;
}

impl Record {
    /// The record that the fact is about.
    pub fn id(&self) -> RecordId {
        self.fact().id()
    }

    /// The ticket that the fact belongs to, if any.
    pub fn ticket(&self) -> Option<TicketId> {
        self.fact().ticket()
    }

    /// The fact's own name, `snake_case`.
    pub fn name(&self) -> &'static str {
        self.fact().name()
    }

    /// What the fact is evidence for: article and item; none for facts that prove nothing.
    pub fn evidence(&self) -> Option<(Article, Item)> {
        self.fact().evidence()
    }

    /// What happened, as a sentence for inspectors.
    pub fn sentence(&self) -> Text {
        self.fact().sentence()
    }
}

impl Hall {
    /// The hall's registers.
    pub fn records(&self) -> &Records {
        &self.records
    }
}

/// What a register does not take: the field, and the rule in a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// Its stable name, `snake_case`.
    #[serde(skip)]
    pub code: &'static str,
    /// The field of the wish that it is about.
    pub field: &'static str,
    /// The rule.
    #[serde(skip)]
    pub text: Text,
}

/// A refusal of a register.
pub(crate) fn objection(
    code: &'static str,
    field: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Refusal {
    Refusal::Record(Box::new(Objection {
        code,
        field,
        text: Text::new(zh, en),
    }))
}
