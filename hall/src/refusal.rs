//! A rule said no. Expected, closed, with the ids and numbers involved.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::Serialize;

use crate::plan::Fault;
use crate::records::Objection;
use crate::{ClerkCode, ServiceCode, TicketId, Timestamp, WindowCode};

/// Why the hall does not do what was asked. Nothing was changed.
///
/// **Shape**: serialises as `{"code": …}` beside its fields; the code never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum Refusal {
    /// There is no such thing in this hall; also said of things of other halls.
    NotFound { what: &'static str, name: String },
    /// The actor's role does not hold here: another clerk's window, another's decision.
    NotYourRole {
        window: Option<WindowCode>,
        clerk: Option<ClerkCode>,
    },
    /// The plan has faults.
    PlanInvalid { faults: Vec<Fault> },
    /// The plan would leave open tickets without their service or window.
    PlanStrands { tickets: Vec<String> },
    /// The year's table of statutory workdays has faults.
    CalendarInvalid { faults: Vec<Fault> },
    /// 本年度放假安排未录入: nobody knows whether today is a workday.
    CalendarMissing { year: i32 },
    /// No day is open.
    HallNotOpen,
    /// The day is open already.
    DayAlreadyOpen { day: NaiveDate },
    /// No numbers are issued at this hour.
    IssuingClosed { day: NaiveDate },
    /// No window serves it today, or it is closed.
    ServiceClosed { service: ServiceCode },
    /// All numbers of the day or half day are gone.
    QuotaUsedUp { service: ServiceCode, limit: u32 },
    /// The same person has an open number for the service.
    AlreadyWaiting { ticket: TicketId, number: String },
    /// The paper's state does not go that way.
    PrintOrder { ticket: TicketId },
    /// The window has nobody signed in.
    WindowClosed { window: WindowCode },
    /// The window is not ready yet.
    WindowPreparing { window: WindowCode },
    /// 暂停服务.
    WindowPaused { window: WindowCode },
    /// The window holds a visitor.
    WindowBusy {
        window: WindowCode,
        ticket: TicketId,
        number: String,
    },
    /// The window does not hold what the caller thinks.
    NotCurrent {
        window: WindowCode,
        ticket: Option<TicketId>,
        number: Option<String>,
    },
    /// Nobody waits for this window.
    NobodyWaiting { window: WindowCode },
    /// The ticket is not waiting for this window.
    NotYoursToCall {
        window: WindowCode,
        ticket: TicketId,
    },
    /// The window has called nobody.
    NothingCalled { window: WindowCode },
    /// The window is serving nobody.
    NothingServing { window: WindowCode },
    /// Not before `wait_s` more seconds, or `calls_left` more announcements.
    TooSoon { wait_s: u32, calls_left: u32 },
    /// The time for taking it back is over.
    TooLate { limit_s: u32 },
    /// Announced as often as allowed.
    RecallLimit { limit: u32 },
    /// The ticket's state does not go that way.
    WrongState {
        ticket: TicketId,
        number: String,
        state: &'static str,
    },
    /// The visitor has been put later once.
    AlreadyDelayed { ticket: TicketId },
    /// Carrying over needs the visitor's consent.
    ConsentNeeded { ticket: TicketId },
    /// A carry-over goes to a later day.
    NotALaterDay { to: NaiveDate },
    /// A carry-over goes to a day and a time, `HH:MM`, at which the hall serves.
    SlotClosed { to: NaiveDate, slot: String },
    /// An accepted matter needs its time limit and its pick-up (第七条(八)).
    PromiseNeeded { service: ServiceCode },
    /// The visit has no such matter.
    NoSuchMatter { service: ServiceCode },
    /// The visit has that matter already.
    MatterThere { service: ServiceCode },
    /// The clerk holds another window.
    ClerkElsewhere {
        clerk: ClerkCode,
        window: WindowCode,
    },
    /// Another clerk holds the window.
    WindowTaken {
        window: WindowCode,
        clerk: ClerkCode,
    },
    /// The clerk can serve none of the window's services.
    NotSkilled {
        window: WindowCode,
        clerk: ClerkCode,
    },
    /// After closing, the last window that can serve someone does not close.
    LastAbleWindow {
        window: WindowCode,
        tickets: Vec<String>,
    },
    /// People wait for services that no other open window serves: a cover first, then leave.
    CoverNeeded {
        window: WindowCode,
        services: Vec<ServiceCode>,
    },
    /// The clerk is at no window, and no head: not there to cover.
    CoverAbsent { clerk: ClerkCode },
    /// Somebody holds the post.
    CoverNotNeeded {
        window: WindowCode,
        clerk: ClerkCode,
    },
    /// The clerk was not asked to cover there.
    CoverNotAsked {
        window: WindowCode,
        clerk: ClerkCode,
    },
    /// Nobody covers there.
    NotCovered { window: WindowCode },
    /// The plan does not let the window be lent to the service.
    NotTidal {
        window: WindowCode,
        service: ServiceCode,
    },
    /// The moment is past already.
    NotInTheFuture { at: Timestamp },
    /// The day cannot close: these numbers are still open.
    TicketsOutstanding {
        day: NaiveDate,
        tickets: Vec<TicketId>,
        numbers: Vec<String>,
    },
    /// The day's hours are not over.
    DayStillOpen { day: NaiveDate },
    /// Numbers of this letter ran out: online numbers never pass 4999.
    NumbersUsedUp { letter: char },
    /// A register does not take it; the code is its own.
    Record(Box<Objection>),
}

impl Refusal {
    /// The refusal's stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::NotYourRole { .. } => "not_your_role",
            Self::PlanInvalid { .. } => "plan_invalid",
            Self::PlanStrands { .. } => "plan_strands",
            Self::CalendarInvalid { .. } => "calendar_invalid",
            Self::CalendarMissing { .. } => "calendar_missing",
            Self::HallNotOpen => "hall_not_open",
            Self::DayAlreadyOpen { .. } => "day_already_open",
            Self::IssuingClosed { .. } => "issuing_closed",
            Self::ServiceClosed { .. } => "service_closed",
            Self::QuotaUsedUp { .. } => "quota_used_up",
            Self::AlreadyWaiting { .. } => "already_waiting",
            Self::PrintOrder { .. } => "print_order",
            Self::WindowClosed { .. } => "window_closed",
            Self::WindowPreparing { .. } => "window_preparing",
            Self::WindowPaused { .. } => "window_paused",
            Self::WindowBusy { .. } => "window_busy",
            Self::NotCurrent { .. } => "not_current",
            Self::NobodyWaiting { .. } => "nobody_waiting",
            Self::NotYoursToCall { .. } => "not_yours_to_call",
            Self::NothingCalled { .. } => "nothing_called",
            Self::NothingServing { .. } => "nothing_serving",
            Self::TooSoon { .. } => "too_soon",
            Self::TooLate { .. } => "too_late",
            Self::RecallLimit { .. } => "recall_limit",
            Self::WrongState { .. } => "wrong_state",
            Self::AlreadyDelayed { .. } => "already_delayed",
            Self::ConsentNeeded { .. } => "consent_needed",
            Self::NotALaterDay { .. } => "not_a_later_day",
            Self::SlotClosed { .. } => "slot_closed",
            Self::PromiseNeeded { .. } => "promise_needed",
            Self::NoSuchMatter { .. } => "no_such_matter",
            Self::MatterThere { .. } => "matter_there",
            Self::ClerkElsewhere { .. } => "clerk_elsewhere",
            Self::WindowTaken { .. } => "window_taken",
            Self::NotSkilled { .. } => "not_skilled",
            Self::LastAbleWindow { .. } => "last_able_window",
            Self::CoverNeeded { .. } => "cover_needed",
            Self::CoverAbsent { .. } => "cover_absent",
            Self::CoverNotNeeded { .. } => "cover_not_needed",
            Self::CoverNotAsked { .. } => "cover_not_asked",
            Self::NotCovered { .. } => "not_covered",
            Self::NotTidal { .. } => "not_tidal",
            Self::NotInTheFuture { .. } => "not_in_the_future",
            Self::TicketsOutstanding { .. } => "tickets_outstanding",
            Self::DayStillOpen { .. } => "day_still_open",
            Self::NumbersUsedUp { .. } => "numbers_used_up",
            Self::Record(objection) => objection.code,
        }
    }

    pub(crate) fn no_window(window: &WindowCode) -> Self {
        Self::NotFound {
            what: "window",
            name: window.0.clone(),
        }
    }

    pub(crate) fn no_service(service: &ServiceCode) -> Self {
        Self::NotFound {
            what: "service",
            name: service.0.clone(),
        }
    }

    pub(crate) fn no_clerk(clerk: &ClerkCode) -> Self {
        Self::NotFound {
            what: "clerk",
            name: clerk.0.clone(),
        }
    }
}
