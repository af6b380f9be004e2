//! What someone asks of the hall. Imperative, may be refused, never stored.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::CalendarYear;
use crate::event::{CancelledBy, DeviceKind, Outcome, ParkingKind, PauseReason, PrintOutcome};
use crate::plan::Plan;
use crate::records::RecordWish;
use crate::state::{Channel, Class, Ground, Holder};
use crate::waits::Told;
use crate::{ClerkCode, ServiceCode, TicketId, Timestamp, WindowCode};

/// A wish, checked at the edge for shape; the rules are checked by [`crate::decide`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum Command {
    /// A moment has come that [`crate::Hall::next_tick`] asked for.
    Tick,
    /// Puts a plan into force; during opening hours it opens the day at once.
    PublishPlan { plan: Box<Plan> },
    /// Closes a day whose numbers are all accounted for; the current or oldest when none is named.
    Settle { day: Option<NaiveDate> },
    /// Opens today by hand.
    OpenDay { reason: String },
    /// Takes a number.
    Issue(Box<IssueTicket>),
    /// Says what is known of the paper.
    ReportPrint {
        ticket: TicketId,
        copy: u32,
        outcome: PrintOutcome,
    },
    /// Asks for a copy of the slip.
    AskReprint { ticket: TicketId },
    /// Calls a ticket to the window.
    Call {
        window: WindowCode,
        pick: Pick,
        expect: Option<Option<TicketId>>,
    },
    /// Announces the call again.
    Recall { window: WindowCode },
    /// The visitor came.
    Start { window: WindowCode },
    /// The visitor did not come.
    MarkNoShow { window: WindowCode },
    /// Takes a no-show back, within 10 s.
    UndoNoShow {
        window: WindowCode,
        ticket: TicketId,
    },
    /// Ends the visit.
    Finish {
        window: WindowCode,
        outcome: Outcome,
        promised_days: Option<u32>,
        pickup: Option<String>,
        slip: Option<String>,
        matters: Vec<CompletionMatter>,
    },
    /// Takes a finish back, within 10 s.
    UndoFinish {
        window: WindowCode,
        ticket: TicketId,
    },
    /// Puts a called ticket back, first in line.
    PutBack { window: WindowCode, reason: String },
    /// A no-show comes back in line.
    Reinstate { ticket: TicketId },
    /// To another service.
    TransferToService {
        ticket: TicketId,
        service: ServiceCode,
        reason: String,
    },
    /// To one window.
    TransferToWindow {
        ticket: TicketId,
        window: WindowCode,
        reason: String,
    },
    /// Sets the ticket aside.
    Park {
        ticket: TicketId,
        kind: ParkingKind,
        reason: String,
    },
    /// Brings it back in line, first.
    Unpark { ticket: TicketId },
    /// The visitor asks to be called later; once.
    Delay { ticket: TicketId },
    /// Ends a ticket without service.
    Cancel {
        ticket: TicketId,
        by: CancelledBy,
        reason: String,
    },
    /// Moves a ticket to a named day and time.
    CarryOver {
        ticket: TicketId,
        to: NaiveDate,
        slot: String,
        consent: bool,
    },
    /// A manager's correction: what ended by mistake is first in line again.
    Reopen { ticket: TicketId, reason: String },
    /// Adds a matter to the visit.
    AddMatter {
        ticket: TicketId,
        service: ServiceCode,
    },
    /// A clerk signs in.
    SignIn {
        window: WindowCode,
        clerk: ClerkCode,
        overriding: Option<String>,
    },
    /// The window opens for calls.
    MakeReady { window: WindowCode },
    /// The clerk signs off.
    SignOff {
        window: WindowCode,
        overriding: Option<String>,
    },
    /// 暂停服务. Never refused while someone holds the window.
    Pause {
        window: WindowCode,
        reason: PauseReason,
        note: Option<String>,
        back_in_min: Option<u32>,
        cover: Option<ClerkCode>,
    },
    /// 恢复.
    Resume { window: WindowCode },
    /// Takes over a post, or is sent there by a manager.
    Cover {
        window: WindowCode,
        clerk: ClerkCode,
    },
    /// Cannot cover, and says why.
    DeclineCover {
        window: WindowCode,
        clerk: ClerkCode,
        reason: String,
    },
    /// Hands the post back.
    HandBack { window: WindowCode, note: String },
    /// 潮汐窗口: lends the window to services, until a moment or until it is taken back.
    Lend {
        window: WindowCode,
        services: Vec<ServiceCode>,
        until: Option<Timestamp>,
        reason: Option<String>,
    },
    /// Takes the window back to its own services.
    EndLending { window: WindowCode },
    /// The window's console is gone.
    NoticeAbsence { window: WindowCode },
    /// Enters a year of statutory workdays.
    EnterCalendar { year: i32, table: Box<CalendarYear> },
    /// A device woke, or is lost.
    NoteDevice {
        device: String,
        kind: DeviceKind,
        awake: bool,
    },
    /// Writes something down in a register.
    Record(Box<RecordWish>),
}

/// Which ticket to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Who is next.
    Next,
    /// This one, and why.
    Named {
        /// The ticket.
        ticket: TicketId,
        /// Why out of turn (第八条(二)5).
        reason: String,
    },
}

/// A wish for a number; the id is made by the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTicket {
    /// The id the ticket will have.
    pub ticket: TicketId,
    /// What for.
    pub service: ServiceCode,
    /// Ordinary or green.
    pub class: Class,
    /// On what ground green.
    pub ground: Option<Ground>,
    /// Through what.
    pub channel: Channel,
    /// Keyed hash and masked tail of an id number, when one was given.
    pub holder: Option<Holder>,
    /// Reference of a free note in the store of personal data.
    pub note: Option<String>,
    /// Why after the end of issuing; staff only.
    pub after_closing: Option<String>,
    /// The wait band shown to the visitor, and what it rests on.
    pub told: Option<Told>,
}

/// The outcome of one of several matters of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompletionMatter {
    /// The matter's service.
    pub service: ServiceCode,
    /// How it ended.
    pub outcome: Outcome,
    /// Workdays promised, for an accepted matter.
    #[serde(default)]
    pub promised_days: Option<u32>,
    /// How the result is picked up, for an accepted matter.
    #[serde(default)]
    pub pickup: Option<String>,
}
