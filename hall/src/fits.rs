//! Whether a recorded fact fits the state before it is applied: each event's precondition.

use crate::state::{Hall, Phase, TicketStatus};
use crate::{Event, RecordId, TicketId, WindowCode};

/// A fact that does not fit: the journal is corrupt from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit {
    /// The event's kind.
    pub kind: &'static str,
    /// What does not hold.
    pub why: &'static str,
}

impl Hall {
    /// Checks a fact before it is applied.
    ///
    /// # Errors
    ///
    /// The precondition that does not hold. The hall must then stop at the row before.
    pub fn check(&self, event: &Event) -> Result<(), Misfit> {
        let why = self.misfit(event);
        why.map_or(Ok(()), |why| {
            Err(Misfit {
                kind: event.kind(),
                why,
            })
        })
    }

    fn misfit(&self, event: &Event) -> Option<&'static str> {
        match event {
            // What was in force once stays readable, though later checks ask for more.
            Event::PlanPublished { .. }
            | Event::CalendarEntered { .. }
            | Event::OutageNoted { .. }
            | Event::DeviceNoted { .. }
            | Event::DeviceAsleep { .. } => None,
            Event::Record(record) => self.records.misfit(record),
            Event::DayOpened { day, .. } => {
                let last = self.current.as_ref().map(|current| current.date);
                unless(last < Some(*day), "days only go forward")
            }
            Event::PhaseBegan { day, .. } => {
                let open = self.day(*day).is_some_and(|d| d.next_step().is_some());
                unless(open, "the day has no further step")
            }
            Event::DaySettled { day, balance, .. } => {
                let fits = self.day(*day).is_some_and(|d| {
                    d.phase != Phase::Settled && d.is_balanced() && d.balance == *balance
                });
                unless(fits, "the day is not balanced")
            }
            Event::TicketIssued {
                ticket,
                number,
                day,
                service,
                ..
            } => self.misfit_of_issue(*ticket, number, *day, service),
            Event::ShiftBegan { window, .. }
            | Event::WindowReady { window }
            | Event::WindowPaused { window, .. }
            | Event::WindowResumed { window }
            | Event::ShiftEnded { window, .. } => self.misfit_of_window(event, window),
            Event::PauseWarned { window }
            | Event::PauseEscalated { window, .. }
            | Event::CoverAsked { window, .. }
            | Event::CoverDeclined { window, .. }
            | Event::CoverLapsed { window, .. }
            | Event::CoverBegan { window, .. }
            | Event::CoverEnded { window, .. }
            | Event::GapOpened { window, .. }
            | Event::GapClosed { window, .. }
            | Event::AbsenceNoticed { window, .. }
            | Event::WindowLent { window, .. }
            | Event::LendingEnded { window, .. } => self.misfit_of_post(event, window),
            Event::PrintChanged { .. }
            | Event::ReprintAsked { .. }
            | Event::TicketCalled { .. }
            | Event::TicketRecalled { .. }
            | Event::TicketStarted { .. }
            | Event::TicketNotShown { .. }
            | Event::NoShowUndone { .. }
            | Event::TicketReinstated { .. }
            | Event::TicketFinished { .. }
            | Event::FinishUndone { .. }
            | Event::TicketTransferred { .. }
            | Event::TicketParked { .. }
            | Event::TicketUnparked { .. }
            | Event::TicketResumed { .. }
            | Event::TicketPutBack { .. }
            | Event::TicketDelayed { .. }
            | Event::TicketCancelled { .. }
            | Event::TicketCarriedOver { .. }
            | Event::TicketReopened { .. }
            | Event::MatterAdded { .. } => self.misfit_of_ticket(event),
        }
    }

    fn misfit_of_issue(
        &self,
        ticket: TicketId,
        number: &str,
        day: chrono::NaiveDate,
        service: &crate::ServiceCode,
    ) -> Option<&'static str> {
        if self.tickets.contains_key(&ticket) {
            return Some("the ticket is there already");
        }
        if self
            .plan
            .as_ref()
            .and_then(|plan| plan.service(service))
            .is_none()
        {
            return Some("there is no such service");
        }
        let Some(open) = self.day(day) else {
            return Some("the day is not open");
        };
        let mut chars = number.chars();
        let letter = chars.next().unwrap_or(' ');
        let count: Option<u32> = chars.as_str().parse().ok();
        let last = open.last_number.get(&letter).copied().unwrap_or(0);
        unless(
            count.is_some_and(|count| count > last),
            "the number was given before",
        )
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about windows are handed over"
    )]
    fn misfit_of_window(&self, event: &Event, window: &WindowCode) -> Option<&'static str> {
        let Some(state) = self.windows.get(window) else {
            return Some("there is no such window");
        };
        match event {
            Event::ShiftBegan { .. } => unless(state.shift.is_none(), "the window is taken"),
            Event::ShiftEnded { .. } => unless(
                state.shift.is_some() && state.ticket.is_none(),
                "the window is not free",
            ),
            _ => unless(state.shift.is_some(), "nobody holds the window"),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about posts are handed over"
    )]
    fn misfit_of_post(&self, event: &Event, code: &WindowCode) -> Option<&'static str> {
        let Some(window) = self.windows.get(code) else {
            return Some("there is no such window");
        };
        let asked = window.asked.as_ref().and_then(|asked| asked.clerk.as_ref());
        match event {
            Event::PauseWarned { .. } | Event::PauseEscalated { .. } => {
                unless(window.pause.is_some(), "the window is not paused")
            }
            Event::CoverDeclined { clerk, .. } | Event::CoverLapsed { clerk, .. } => {
                unless(asked == Some(clerk), "the clerk was not asked")
            }
            Event::CoverBegan { .. } => unless(
                window.shift.is_none() || window.pause.is_some(),
                "somebody holds the post",
            ),
            Event::CoverEnded { .. } => unless(
                window.cover.is_some() && window.ticket.is_none(),
                "nobody covers there, or a visitor is there",
            ),
            Event::GapOpened { .. } => {
                unless(window.gap_since.is_none(), "the gap is open already")
            }
            Event::GapClosed { .. } => unless(window.gap_since.is_some(), "there is no gap"),
            Event::AbsenceNoticed { .. } => unless(
                window.takes_calls() && window.ticket.is_none(),
                "the window is not open and idle",
            ),
            Event::LendingEnded { .. } => unless(window.lent.is_some(), "nothing is lent"),
            _ => None,
        }
    }

    fn misfit_of_ticket(&self, event: &Event) -> Option<&'static str> {
        let Some(id) = ticket_of(event) else {
            return Some("the event names no ticket");
        };
        let Some(ticket) = self.tickets.get(&id) else {
            return Some("there is no such ticket");
        };
        if let Event::TicketCalled { window, .. }
        | Event::TicketResumed { window, .. }
        | Event::NoShowUndone { window, .. }
        | Event::FinishUndone { window, .. } = event
            && self
                .windows
                .get(window)
                .is_none_or(|w| w.ticket.is_some() || w.shift.is_none())
        {
            return Some("the window is not free");
        }
        if let Event::TicketCalled { window, .. } | Event::TicketResumed { window, .. } = event
            && self.windows.get(window).is_none_or(|w| !w.takes_calls())
        {
            return Some("the window takes no calls");
        }
        unless(
            status_fits(event, &ticket.status),
            "the ticket's state does not go that way",
        )
    }
}

fn unless(holds: bool, why: &'static str) -> Option<&'static str> {
    (!holds).then_some(why)
}

/// The arrows of the ticket's life. See [`TicketStatus`].
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "facts that move no ticket fit every state"
)]
fn status_fits(event: &Event, status: &TicketStatus) -> bool {
    use TicketStatus as S;
    match event {
        Event::TicketCalled { .. } | Event::TicketDelayed { .. } => matches!(status, S::Waiting),
        Event::TicketRecalled { window, .. }
        | Event::TicketStarted { window, .. }
        | Event::TicketNotShown { window, .. }
        | Event::TicketPutBack { window, .. } => *status == S::Called(window.clone()),
        Event::NoShowUndone { window, .. } => *status == S::NoShow(window.clone()),
        Event::TicketReinstated { .. } => matches!(status, S::NoShow(_)),
        Event::TicketFinished { window, .. } | Event::TicketParked { window, .. } => {
            *status == S::Serving(window.clone())
        }
        Event::FinishUndone { window, .. } => *status == S::Finished(window.clone()),
        Event::TicketTransferred { .. } => {
            matches!(status, S::Waiting | S::Called(_) | S::Serving(_))
        }
        Event::TicketUnparked { .. } | Event::TicketResumed { .. } => {
            matches!(status, S::Parked(..))
        }
        Event::TicketCancelled { .. } => status.is_open() || matches!(status, S::NoShow(_)),
        Event::TicketReopened { .. } => {
            matches!(status, S::Finished(_) | S::Cancelled | S::CarriedOver(_))
        }
        Event::TicketCarriedOver { .. } => {
            matches!(status, S::Waiting | S::Parked(..) | S::NoShow(_))
        }
        _ => true,
    }
}

/// The ticket that an event is about.
pub(crate) fn ticket_of(event: &Event) -> Option<TicketId> {
    match event {
        Event::TicketIssued { ticket, .. }
        | Event::PrintChanged { ticket, .. }
        | Event::ReprintAsked { ticket, .. }
        | Event::TicketCalled { ticket, .. }
        | Event::TicketRecalled { ticket, .. }
        | Event::TicketStarted { ticket, .. }
        | Event::TicketNotShown { ticket, .. }
        | Event::NoShowUndone { ticket, .. }
        | Event::TicketReinstated { ticket, .. }
        | Event::TicketFinished { ticket, .. }
        | Event::FinishUndone { ticket, .. }
        | Event::TicketTransferred { ticket, .. }
        | Event::TicketParked { ticket, .. }
        | Event::TicketUnparked { ticket }
        | Event::TicketResumed { ticket, .. }
        | Event::TicketPutBack { ticket, .. }
        | Event::TicketDelayed { ticket, .. }
        | Event::TicketCancelled { ticket, .. }
        | Event::TicketCarriedOver { ticket, .. }
        | Event::TicketReopened { ticket, .. }
        | Event::MatterAdded { ticket, .. } => Some(*ticket),
        Event::Record(record) => record.ticket(),
        Event::PlanPublished { .. }
        | Event::CalendarEntered { .. }
        | Event::OutageNoted { .. }
        | Event::DeviceNoted { .. }
        | Event::DeviceAsleep { .. }
        | Event::PauseWarned { .. }
        | Event::PauseEscalated { .. }
        | Event::CoverAsked { .. }
        | Event::CoverDeclined { .. }
        | Event::CoverLapsed { .. }
        | Event::CoverBegan { .. }
        | Event::CoverEnded { .. }
        | Event::GapOpened { .. }
        | Event::GapClosed { .. }
        | Event::AbsenceNoticed { .. }
        | Event::WindowLent { .. }
        | Event::LendingEnded { .. }
        | Event::DayOpened { .. }
        | Event::PhaseBegan { .. }
        | Event::DaySettled { .. }
        | Event::ShiftBegan { .. }
        | Event::WindowReady { .. }
        | Event::WindowPaused { .. }
        | Event::WindowResumed { .. }
        | Event::ShiftEnded { .. } => None,
    }
}

impl Event {
    /// The ticket that the event is about; none for windows, days and plans.
    pub fn ticket(&self) -> Option<TicketId> {
        ticket_of(self)
    }

    /// The record that the event is about; none for everything but facts of a register.
    pub fn record(&self) -> Option<RecordId> {
        if let Self::Record(record) = self {
            return Some(record.id());
        }
        None
    }
}
