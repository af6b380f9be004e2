//! 告知单: what a visitor is told to bring, all at once (第七条(八), 第八条(二)2, 3), and 容缺受理,
//! accepted on a signed promise before every paper is there (第十七条).
//!
//! ```text
//! told (一次性告知单) ──► told again, following the first: papers that are new are a lead
//!
//! rongque accepted ──► papers supplied ──► completed, in time or late ──► finished
//!        └─ past the last day ──► proposed to a manager ──► withdrawn, with a notice
//! ```
//!
//! No clock closes a slip: what is overdue waits for a person.

mod decide;
mod fact;
mod finish;
mod papers;
mod print;
mod view;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::Deserialize;

use super::Register;
use crate::decide::Asked;
use crate::{Event, RecordId, Refusal, ServiceCode, TicketId, Timestamp, WindowCode};

pub use fact::{
    Completed, Given, Lack, LackKind, NoticeWay, Place, PrintAsked, PrintReported, Reminded,
    Rongque, RongqueFinished, Signer, SlipFact, Supplied, Supplier, TellingWay, Told, Withdrawn,
};
pub(crate) use finish::slip_of_visit;
pub use papers::guide_papers;
pub use print::{AskPrintWish, ReportPrintWish, SlipPrint};
pub use view::{Returned, SlipItem, SlipKind, SlipState, SlipView};

/// What being late leads to, as 第十七条 says it.
pub const CONSEQUENCE: &str = "逾期未补齐补正的,视为撤回申请";
/// Days that slips stay in memory once nothing is to be done about them. Ours: a visitor who comes
/// again with a slip comes within a quarter.
pub const KEEP_DAYS: i64 = 90;
/// Copies of a 容缺受理通知书. **Source**: PRACTICE §3.5.
const COPIES: u32 = 2;

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum SlipWish {
    /// Gives a 一次性告知单.
    Tell(TellWish),
    /// Gives a 容缺受理通知书.
    Rongque(RongqueWish),
    /// Takes a paper in.
    Supply(SupplyWish),
    /// Notes a reminder.
    Remind(RemindWish),
    /// Confirms that the application counts as withdrawn.
    Withdraw(WithdrawWish),
    /// Notes that the matter is finished.
    Finish(FinishWish),
    /// Sends the slip to a kiosk's printer.
    AskPrint(AskPrintWish),
    /// Says what became of the paper.
    ReportPrint(ReportPrintWish),
}

/// What every slip says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GiveWish {
    /// The id the record will have.
    pub id: RecordId,
    /// The short code printed on it, made by the shell from the id.
    pub code: String,
    /// The visit, when there is a number.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// Where; with a ticket, the window that serves it when left out.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// For which service.
    pub service: ServiceCode,
    /// All that is to be brought or corrected.
    #[serde(default)]
    pub items: Vec<Lack>,
}

/// Gives a 一次性告知单.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TellWish {
    /// What every slip says.
    #[serde(flatten)]
    pub give: GiveWish,
    /// How.
    #[serde(default)]
    pub way: TellingWay,
    /// The right place, when it is not here.
    #[serde(default)]
    pub place: Option<Place>,
    /// The code of the slip of the visit before.
    #[serde(default)]
    pub follows: Option<String>,
}

/// Gives a 容缺受理通知书. What is left out is refused by name, not by shape.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RongqueWish {
    /// What every slip says.
    #[serde(flatten)]
    pub give: GiveWish,
    /// Workdays to bring the papers.
    #[serde(default)]
    pub due_workdays: Option<u32>,
    /// What being late leads to.
    #[serde(default)]
    pub consequence: Option<String>,
    /// Whether the main papers are all there and in lawful form.
    #[serde(default)]
    pub main_complete: bool,
    /// Who signed the written promise; none when nobody did.
    #[serde(default)]
    pub signed_by: Option<Signer>,
    /// The matter's promised time in workdays.
    #[serde(default)]
    pub promised_days: Option<u32>,
}

/// Takes a paper in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SupplyWish {
    /// The slip.
    pub id: RecordId,
    /// Which of its items, from 0.
    pub item: u32,
    /// How it came.
    pub from: Supplier,
}

/// Notes a reminder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RemindWish {
    /// The slip.
    pub id: RecordId,
    /// How.
    pub how: NoticeWay,
}

/// Confirms that the application counts as withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WithdrawWish {
    /// The slip.
    pub id: RecordId,
    /// How the applicant was told.
    pub how: NoticeWay,
    /// When the applicant was told.
    pub told_day: NaiveDate,
}

/// Notes that the matter is finished.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FinishWish {
    /// The slip.
    pub id: RecordId,
}

/// What a slip is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipPaper {
    /// A 一次性告知单.
    Told(Told),
    /// A 容缺受理通知书.
    Rongque(Rongque),
}

/// One slip, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The slip itself.
    pub paper: SlipPaper,
    /// When it was given.
    pub at: Timestamp,
    /// Papers that came in, by their place in the list.
    pub supplied: BTreeMap<u32, Supplied>,
    /// Reminders, oldest first.
    pub reminded: Vec<Reminded>,
    /// Every paper is in.
    pub completed: Option<Completed>,
    /// 视为撤回.
    pub withdrawn: Option<Withdrawn>,
    /// The matter is finished.
    pub finished: Option<RongqueFinished>,
    /// The newest copy asked for at a kiosk's printer.
    pub print: Option<SlipPrint>,
}

impl Slip {
    fn new(paper: SlipPaper, at: Timestamp) -> Self {
        Self {
            paper,
            at,
            supplied: BTreeMap::new(),
            reminded: Vec::new(),
            completed: None,
            withdrawn: None,
            finished: None,
            print: None,
        }
    }

    /// What every slip has.
    pub fn given(&self) -> &Given {
        match &self.paper {
            SlipPaper::Told(told) => &told.given,
            SlipPaper::Rongque(rongque) => &rongque.given,
        }
    }

    /// The 容缺受理通知书; none for a 一次性告知单.
    pub fn rongque(&self) -> Option<&Rongque> {
        match &self.paper {
            SlipPaper::Rongque(rongque) => Some(rongque),
            SlipPaper::Told(_) => None,
        }
    }

    /// Whether somebody still has something to do about it.
    pub fn is_open(&self) -> bool {
        self.rongque().is_some() && self.withdrawn.is_none() && self.finished.is_none()
    }
}

/// The slips of a hall: those that are open, and those of the last [`KEEP_DAYS`] days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slips {
    slips: BTreeMap<RecordId, Slip>,
    codes: BTreeMap<String, RecordId>,
}

impl Slips {
    /// A slip.
    pub fn get(&self, id: RecordId) -> Option<&Slip> {
        self.slips.get(&id)
    }

    /// The slip with this code.
    pub fn by_code(&self, code: &str) -> Option<&Slip> {
        self.codes.get(code).and_then(|id| self.slips.get(id))
    }

    /// Every slip in memory, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Slip> {
        self.slips.values()
    }

    /// The slips of a visit, oldest first.
    pub fn of_ticket(&self, ticket: TicketId) -> impl Iterator<Item = &Slip> {
        let slips = self.slips.values();
        slips.filter(move |slip| slip.given().ticket == Some(ticket))
    }

    /// Tickets and services that a slip was given for.
    fn told_for(&self) -> BTreeSet<(TicketId, &ServiceCode)> {
        let given = self.slips.values().map(Slip::given);
        given
            .filter_map(|given| Some((given.ticket?, &given.service)))
            .collect()
    }

    fn take_paper(&mut self, paper: SlipPaper, at: Timestamp) {
        let slip = Slip::new(paper, at);
        let given = slip.given();
        self.codes.insert(given.code.clone(), given.id);
        self.slips.insert(given.id, slip);
    }

    fn change(&mut self, id: RecordId, change: impl FnOnce(&mut Slip)) {
        if let Some(slip) = self.slips.get_mut(&id) {
            change(slip);
        }
    }
}

impl Register for Slips {
    type Wish = SlipWish;
    type Fact = SlipFact;

    fn decide(&self, asked: &Asked<'_>, wish: &SlipWish) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, asked, wish)
    }

    fn apply(&mut self, fact: &SlipFact, at: Timestamp) {
        match fact {
            SlipFact::Told(told) => self.take_paper(SlipPaper::Told(told.clone()), at),
            SlipFact::Rongque(rongque) => self.take_paper(SlipPaper::Rongque(rongque.clone()), at),
            SlipFact::Supplied(supplied) => self.change(supplied.id, |slip| {
                slip.supplied.insert(supplied.item, supplied.clone());
            }),
            SlipFact::Completed(done) => self.change(done.id, |slip| {
                slip.completed = Some(done.clone());
            }),
            SlipFact::Reminded(reminded) => self.change(reminded.id, |slip| {
                slip.reminded.push(reminded.clone());
            }),
            SlipFact::Withdrawn(withdrawn) => self.change(withdrawn.id, |slip| {
                slip.withdrawn = Some(withdrawn.clone());
            }),
            SlipFact::Finished(finished) => self.change(finished.id, |slip| {
                slip.finished = Some(finished.clone());
            }),
            SlipFact::PrintAsked(asked) => self.change(asked.id, |slip| {
                slip.print = Some(SlipPrint::new(asked, at));
            }),
            SlipFact::PrintReported(reported) => self.change(reported.id, |slip| {
                if let Some(print) = &mut slip.print {
                    print.outcome = Some(reported.outcome);
                }
            }),
        }
    }

    fn misfit(&self, fact: &SlipFact) -> Option<&'static str> {
        let slip = |id: &RecordId| self.slips.get(id);
        match fact {
            SlipFact::Told(Told { given, .. }) | SlipFact::Rongque(Rongque { given, .. }) => self
                .slips
                .contains_key(&given.id)
                .then_some("the slip is there already"),
            SlipFact::PrintAsked(PrintAsked { id, .. })
            | SlipFact::PrintReported(PrintReported { id, .. }) => {
                slip(id).is_none().then_some("there is no such slip")
            }
            SlipFact::Supplied(Supplied { id, .. })
            | SlipFact::Completed(Completed { id, .. })
            | SlipFact::Reminded(Reminded { id, .. })
            | SlipFact::Withdrawn(Withdrawn { id, .. })
            | SlipFact::Finished(RongqueFinished { id, .. }) => {
                let open = slip(id).is_some_and(Slip::is_open);
                (!open).then_some("there is no such open slip")
            }
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.slips
            .retain(|_, slip| slip.is_open() || (today - slip.given().day).num_days() <= KEEP_DAYS);
        let slips = &self.slips;
        self.codes.retain(|_, id| slips.contains_key(id));
    }
}
