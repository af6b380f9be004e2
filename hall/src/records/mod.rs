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

mod deductions;
mod guiding;
mod inspections;
mod sheets;
mod tides;
mod upkeep;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::decide::Asked;
use crate::evidence::annex::Office;
use crate::evidence::{Article, Item};
use crate::state::Hall;
use crate::text::Text;
use crate::{Event, RecordId, Refusal, Role, TicketId, Timestamp};

pub use deductions::{
    Appeal, AppealDecided, AppealOutcome, AskAppeal, DecideAppeal, Deduct, Deducted, Deduction,
    DeductionFact, DeductionState, Deductions, DeductionsWish, Exposure, ExposureLevel,
};
pub use guiding::{Guided, GuidedTo, Guiding, GuidingWish, Guidings};
pub use inspections::{
    EndPatrol, Inspect, Inspection, InspectionFact, Inspections, InspectionsWish, Partner, Patrol,
    PatrolDay, PatrolMonth, PatrolStarted, ReportVisit, Seen, Source, StartPatrol, VisitReport,
    article_of,
};
pub use sheets::{
    Difference, PublishSheet, Published, ScoreSheet, SheetFact, SheetItem, SheetLine, SheetState,
    Sheets, SheetsWish, SignSheet, SignedBy, SigningUnit,
};

pub(crate) use tides::look;
pub use tides::{
    Answered, Lock, Measured, Proposal, ProposalState, Proposed, Tide, TideMove, TideWish, Tides,
};
pub use upkeep::{
    CheckElement, Consumable, DailyCheck, Due, DueKind, ELEMENTS, Element, ElementChecked,
    ElementKind, ElementState, Remedy, Upkeep, UpkeepFact, UpkeepFault, UpkeepWish, elements,
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
    /// 巡查记录: patrols, what they saw, and the visits of supervisors.
    Inspections in inspections: Inspections, InspectionFact, InspectionsWish;
    /// 扣分与申诉: points taken off, and what became of appeals.
    Deductions in deductions: Deductions, DeductionFact, DeductionsWish;
    /// 巡查得分表: signatures and publications of monthly sheets.
    Sheets in sheets: Sheets, SheetFact, SheetsWish;
    /// 设施用品与检查: elements, consumables, loans, daily checks, faults.
    Upkeep in upkeep: Upkeep, UpkeepFact, UpkeepWish;
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

/// Refuses when the item is scored by the other unit: 业务指导科 scores 办理流程规范 and nothing else.
///
/// **Source**: 附件 考评方式.
fn may_score(asked: &Asked<'_>, item: Item) -> Result<(), Refusal> {
    let unit = match item.office() {
        Some(Office::Guidance) => Role::Guidance,
        Some(Office::Management) | None => Role::Inspector,
    };
    if asked.actor.role == unit {
        return Ok(());
    }
    let (name, office) = (item.name(), item.office().unwrap_or(Office::Management));
    Err(objection(
        "wrong_unit",
        "item",
        format!("“{name}”由{}评定", office.name()),
        format!("{item:?} is scored by {}", unit.as_str()),
    ))
}

/// There is no such record in memory.
fn no_record(what: &'static str, id: RecordId) -> Refusal {
    Refusal::NotFound {
        what,
        name: format!("{id}"),
    }
}
