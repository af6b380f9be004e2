//! What happened. Past tense, a fact, stored for good: kinds and fields are only added to.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::CalendarYear;
use crate::plan::Plan;
use crate::records::Record;
use crate::state::{Balance, Channel, Class, Ground, Holder, Matter, Phase, Step};
use crate::view::Wait;
use crate::waits::Reckoned;
use crate::{ClerkCode, ServiceCode, TicketId, Timestamp, WindowCode};

/// A fact about one hall, as it stands in the journal: `kind` and `payload` are two columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum Event {
    /// A plan came into force.
    PlanPublished { plan: Box<Plan> },
    /// A year's statutory workdays were entered, in place of what was known of it.
    CalendarEntered { year: i32, table: Box<CalendarYear> },
    /// The hall slept while something was due: an outage, not a person's doing.
    OutageNoted { since: Timestamp },
    /// A device came, or went.
    DeviceNoted {
        device: String,
        kind: DeviceKind,
        awake: bool,
    },
    /// The lobby opened, and this device was not awake (第十三条).
    DeviceAsleep { device: String, kind: DeviceKind },
    /// The lobby opened: numbers can be taken. `steps` is the day's own timetable.
    DayOpened {
        day: NaiveDate,
        steps: Vec<Step>,
        reason: Option<String>,
    },
    /// The day went one step on.
    PhaseBegan {
        day: NaiveDate,
        phase: Phase,
        issuing: bool,
    },
    /// Every number of the day is accounted for.
    DaySettled {
        day: NaiveDate,
        balance: Balance,
        by_itself: bool,
    },
    /// A number was given.
    TicketIssued {
        ticket: TicketId,
        number: String,
        day: NaiveDate,
        service: ServiceCode,
        class: Class,
        ground: Option<Ground>,
        channel: Channel,
        arrived_at: Timestamp,
        holder: Option<Holder>,
        note: Option<String>,
        after_closing: Option<String>,
        wait: Option<Wait>,
        /// What the wait rests on; journals of before have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reckoned: Option<Reckoned>,
    },
    /// What is known of the paper changed. `copy` 1 is the original.
    PrintChanged {
        ticket: TicketId,
        copy: u32,
        outcome: PrintOutcome,
    },
    /// A copy of the slip was asked for.
    ReprintAsked { ticket: TicketId, copy: u32 },
    /// The first announcement at this window. `waited_ms` is 0 or more.
    TicketCalled {
        ticket: TicketId,
        window: WindowCode,
        waited_ms: i64,
        reason: CallReason,
    },
    /// Announced again; `call` counts from 1 for the first announcement.
    TicketRecalled {
        ticket: TicketId,
        window: WindowCode,
        call: u32,
    },
    /// The visitor came.
    TicketStarted {
        ticket: TicketId,
        window: WindowCode,
    },
    /// The visitor did not come.
    TicketNotShown {
        ticket: TicketId,
        window: WindowCode,
        calls: u32,
    },
    /// The no-show was a slip of the finger: called again as before.
    NoShowUndone {
        ticket: TicketId,
        window: WindowCode,
    },
    /// A no-show is back in line after `after` more calls of its service; arrival kept.
    TicketReinstated { ticket: TicketId, after: u32 },
    /// Served.
    TicketFinished {
        ticket: TicketId,
        window: WindowCode,
        outcome: Outcome,
        promised_days: Option<u32>,
        pickup: Option<String>,
        slip: Option<String>,
        matters: Vec<Matter>,
    },
    /// The finish was a slip of the finger: served on.
    FinishUndone {
        ticket: TicketId,
        window: WindowCode,
    },
    /// To another service or one window; number and arrival kept.
    TicketTransferred {
        ticket: TicketId,
        service: Option<ServiceCode>,
        window: Option<WindowCode>,
        reason: String,
    },
    /// Set aside.
    TicketParked {
        ticket: TicketId,
        window: WindowCode,
        kind: ParkingKind,
        reason: String,
    },
    /// Back in line, first.
    TicketUnparked { ticket: TicketId },
    /// Back at a window without a new call: the visitor stands there.
    TicketResumed {
        ticket: TicketId,
        window: WindowCode,
    },
    /// Called, but the window must leave: first in line again.
    TicketPutBack {
        ticket: TicketId,
        window: WindowCode,
        reason: String,
    },
    /// The visitor asked, once, to be called later.
    TicketDelayed { ticket: TicketId, after: u32 },
    /// Ended without service, by the visitor's wish or a manager's reason.
    TicketCancelled {
        ticket: TicketId,
        by: CancelledBy,
        reason: String,
    },
    /// Ended today with the visitor's consent, to be served on a named day and time.
    TicketCarriedOver {
        ticket: TicketId,
        to: NaiveDate,
        slot: String,
    },
    /// A manager's correction: ended by mistake, first in line again; arrival kept.
    TicketReopened { ticket: TicketId, reason: String },
    /// One visitor, one number, one more matter.
    MatterAdded {
        ticket: TicketId,
        service: ServiceCode,
    },
    /// A clerk signed in: 准备中.
    ShiftBegan {
        window: WindowCode,
        clerk: ClerkCode,
        role: PostRole,
        overriding: Option<String>,
    },
    /// The window is open for calls.
    WindowReady { window: WindowCode },
    /// 暂停服务.
    WindowPaused {
        window: WindowCode,
        reason: PauseReason,
        note: Option<String>,
        back_at: Option<Timestamp>,
        cover: Option<ClerkCode>,
    },
    /// 恢复.
    WindowResumed { window: WindowCode },
    /// The clerk signed off.
    ShiftEnded {
        window: WindowCode,
        clerk: ClerkCode,
        overriding: Option<String>,
    },
    /// The pause is longer than the house rule: the clerk is reminded.
    PauseWarned { window: WindowCode },
    /// The pause is far longer, or people wait after hours: a head is told.
    PauseEscalated {
        window: WindowCode,
        head: Option<ClerkCode>,
    },
    /// A colleague is asked to cover; none: nobody is left to ask.
    CoverAsked {
        window: WindowCode,
        clerk: Option<ClerkCode>,
        head: bool,
    },
    /// The colleague cannot.
    CoverDeclined {
        window: WindowCode,
        clerk: ClerkCode,
        reason: String,
    },
    /// The colleague did not answer in time.
    CoverLapsed {
        window: WindowCode,
        clerk: ClerkCode,
    },
    /// The colleague holds the post.
    CoverBegan {
        window: WindowCode,
        clerk: ClerkCode,
        role: PostRole,
        from: Option<WindowCode>,
        paired: bool,
        assigned: bool,
    },
    /// The post is handed back, with what is left over.
    CoverEnded {
        window: WindowCode,
        clerk: ClerkCode,
        back: Option<ClerkCode>,
        note: String,
        parked: Vec<TicketId>,
    },
    /// People wait and nobody holds the post.
    GapOpened { window: WindowCode, waiting: u32 },
    /// Somebody holds the post again, or nobody waits.
    GapClosed { window: WindowCode, gap_ms: i64 },
    /// The window stood open and idle while people waited: left without the sign.
    AbsenceNoticed {
        window: WindowCode,
        clerk: ClerkCode,
        idle_ms: i64,
    },
    /// 潮汐窗口: services lent to the window.
    WindowLent {
        window: WindowCode,
        services: Vec<ServiceCode>,
        until: Option<Timestamp>,
        reason: Option<String>,
        /// Whether in place of its own services, as the tide turns a window; else beside them.
        #[serde(default, skip_serializing_if = "is_false")]
        instead: bool,
    },
    /// The window is back with its own services.
    LendingEnded { window: WindowCode, lent_ms: i64 },
    /// Something was written down in a register.
    Record(Box<Record>),
}

/// Flags that are not set do not stand in the journal.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Event {
    /// The event's name in the journal: the variant in `snake_case`; it never changes.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::PlanPublished { .. } => "plan_published",
            Self::CalendarEntered { .. } => "calendar_entered",
            Self::OutageNoted { .. } => "outage_noted",
            Self::DeviceNoted { .. } => "device_noted",
            Self::DeviceAsleep { .. } => "device_asleep",
            Self::DayOpened { .. } => "day_opened",
            Self::PhaseBegan { .. } => "phase_began",
            Self::DaySettled { .. } => "day_settled",
            Self::TicketIssued { .. } => "ticket_issued",
            Self::PrintChanged { .. } => "print_changed",
            Self::ReprintAsked { .. } => "reprint_asked",
            Self::TicketCalled { .. } => "ticket_called",
            Self::TicketRecalled { .. } => "ticket_recalled",
            Self::TicketStarted { .. } => "ticket_started",
            Self::TicketNotShown { .. } => "ticket_not_shown",
            Self::NoShowUndone { .. } => "no_show_undone",
            Self::TicketReinstated { .. } => "ticket_reinstated",
            Self::TicketFinished { .. } => "ticket_finished",
            Self::FinishUndone { .. } => "finish_undone",
            Self::TicketTransferred { .. } => "ticket_transferred",
            Self::TicketParked { .. } => "ticket_parked",
            Self::TicketUnparked { .. } => "ticket_unparked",
            Self::TicketResumed { .. } => "ticket_resumed",
            Self::TicketPutBack { .. } => "ticket_put_back",
            Self::TicketDelayed { .. } => "ticket_delayed",
            Self::TicketCancelled { .. } => "ticket_cancelled",
            Self::TicketCarriedOver { .. } => "ticket_carried_over",
            Self::TicketReopened { .. } => "ticket_reopened",
            Self::MatterAdded { .. } => "matter_added",
            Self::ShiftBegan { .. } => "shift_began",
            Self::WindowReady { .. } => "window_ready",
            Self::WindowPaused { .. } => "window_paused",
            Self::WindowResumed { .. } => "window_resumed",
            Self::ShiftEnded { .. } => "shift_ended",
            Self::PauseWarned { .. } => "pause_warned",
            Self::PauseEscalated { .. } => "pause_escalated",
            Self::CoverAsked { .. } => "cover_asked",
            Self::CoverDeclined { .. } => "cover_declined",
            Self::CoverLapsed { .. } => "cover_lapsed",
            Self::CoverBegan { .. } => "cover_began",
            Self::CoverEnded { .. } => "cover_ended",
            Self::GapOpened { .. } => "gap_opened",
            Self::GapClosed { .. } => "gap_closed",
            Self::AbsenceNoticed { .. } => "absence_noticed",
            Self::WindowLent { .. } => "window_lent",
            Self::LendingEnded { .. } => "lending_ended",
            Self::Record(_) => "record",
        }
    }
}

/// What is known of one paper. **Source**: RELIABILITY §3 I11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PrintOutcome {
    /// The job went to the printer.
    Started,
    /// The printer says that the paper is out.
    Printed,
    /// It is certain that no paper came.
    Failed,
    /// Nobody knows; the ticket stays valid.
    Unknown,
}

/// Why this ticket was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallReason {
    /// It was first in line.
    Next,
    /// A clerk named it and said why (第八条(二)5).
    Named(String),
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Taken in; the time limit and the pick-up were told (第七条(八)).
    Accepted,
    /// Done on the spot.
    DoneOnTheSpot,
    /// Explained.
    Explained,
    /// Papers are missing; all of them were told at once.
    MaterialsMissing,
    /// 容缺受理.
    Rongque,
    /// Sent to the right place.
    Redirected,
}

/// How a ticket is set aside. **Source**: SCREENS §1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParkingKind {
    /// 不持件挂起: may come back to any window of the service.
    AnyWindow,
    /// 持件挂起: comes back to this window.
    ThisWindow,
    /// 等待挂起: waits for another step.
    OtherStep,
}

/// Whose wish ended a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CancelledBy {
    /// The visitor's own.
    Visitor,
    /// A manager's, with a reason.
    Manager,
}

/// Which role of a post a clerk holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum PostRole {
    /// The A role.
    A,
    /// A B role.
    B,
    /// 负责人, or a standby: the last resort.
    #[serde(rename = "head")]
    Head,
}

/// Kinds of devices that a hall wakes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A kiosk.
    Kiosk,
    /// A board or a window screen.
    Display,
}

/// Why a window is paused; shown inside only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// 急事.
    Urgent,
    /// 会议.
    Meeting,
    /// 取件.
    Fetch,
    /// 就餐.
    Meal,
    /// 设备故障.
    Equipment,
    /// 代岗: the clerk covers another window.
    Cover,
    /// 未设提示离岗: the hall itself put up the sign for a clerk who left without it.
    Absent,
    /// 其他.
    Other,
}
