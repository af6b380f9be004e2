//! Which earlier facts a fact rests on: the pause before the resumption, the call before the finish.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::{Event, TicketId, WindowCode};

/// What begins at a window and ends there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Span {
    Shift,
    Pause,
    Ask,
    Cover,
    Gap,
    Lending,
}

/// Where the facts of a journal began, as far as they were read.
#[derive(Debug, Clone, Default)]
pub struct Threads {
    spans: BTreeMap<(WindowCode, Span), u64>,
    /// Issue and last call of a ticket.
    tickets: BTreeMap<TicketId, (Option<u64>, Option<u64>)>,
}

impl Threads {
    /// Takes the fact of row `seq` in, and names the rows that it rests on, its own last.
    pub fn take(&mut self, event: &Event, seq: u64) -> Vec<u64> {
        let mut rows = self.before(event);
        rows.push(seq);
        self.note(event, seq);
        rows
    }

    fn before(&self, event: &Event) -> Vec<u64> {
        if let Some(ticket) = event.ticket() {
            let known = self.tickets.get(&ticket).copied().unwrap_or_default();
            return [known.0, known.1].into_iter().flatten().collect();
        }
        let window = window_of(event).cloned();
        let began = window.zip(follows(event));
        let began = began.and_then(|began| self.spans.get(&began).copied());
        began.into_iter().collect()
    }

    fn note(&mut self, event: &Event, seq: u64) {
        if let Some(began) = window_of(event).cloned().zip(begins(event)) {
            self.spans.insert(began, seq);
        }
        if let Event::TicketIssued { ticket, .. } = event {
            self.tickets.insert(*ticket, (Some(seq), None));
        }
        if let Event::TicketCalled { ticket, .. } = event {
            self.tickets.entry(*ticket).or_default().1 = Some(seq);
        }
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others begin nothing at a window"
)]
fn begins(event: &Event) -> Option<Span> {
    match event {
        Event::ShiftBegan { .. } => Some(Span::Shift),
        Event::WindowPaused { .. } => Some(Span::Pause),
        Event::CoverAsked { .. } => Some(Span::Ask),
        Event::CoverBegan { .. } => Some(Span::Cover),
        Event::GapOpened { .. } => Some(Span::Gap),
        Event::WindowLent { .. } => Some(Span::Lending),
        _ => None,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others stand for themselves"
)]
fn follows(event: &Event) -> Option<Span> {
    match event {
        Event::WindowReady { .. } | Event::ShiftEnded { .. } => Some(Span::Shift),
        Event::WindowResumed { .. } | Event::PauseWarned { .. } | Event::PauseEscalated { .. } => {
            Some(Span::Pause)
        }
        Event::CoverDeclined { .. } | Event::CoverLapsed { .. } | Event::CoverBegan { .. } => {
            Some(Span::Ask)
        }
        Event::CoverEnded { .. } => Some(Span::Cover),
        Event::GapClosed { .. } => Some(Span::Gap),
        Event::LendingEnded { .. } => Some(Span::Lending),
        _ => None,
    }
}

/// The window at which the fact happened; none for days, devices and the line.
pub fn window_of(event: &Event) -> Option<&WindowCode> {
    use Event as E;
    match event {
        E::TicketCalled { window, .. }
        | E::TicketRecalled { window, .. }
        | E::TicketStarted { window, .. }
        | E::TicketNotShown { window, .. }
        | E::NoShowUndone { window, .. }
        | E::TicketFinished { window, .. }
        | E::FinishUndone { window, .. }
        | E::TicketParked { window, .. }
        | E::TicketResumed { window, .. }
        | E::TicketPutBack { window, .. }
        | E::ShiftBegan { window, .. }
        | E::WindowReady { window }
        | E::WindowPaused { window, .. }
        | E::WindowResumed { window }
        | E::ShiftEnded { window, .. }
        | E::PauseWarned { window }
        | E::PauseEscalated { window, .. }
        | E::CoverAsked { window, .. }
        | E::CoverDeclined { window, .. }
        | E::CoverLapsed { window, .. }
        | E::CoverBegan { window, .. }
        | E::CoverEnded { window, .. }
        | E::GapOpened { window, .. }
        | E::GapClosed { window, .. }
        | E::AbsenceNoticed { window, .. }
        | E::WindowLent { window, .. }
        | E::LendingEnded { window, .. } => Some(window),
        E::Record(_)
        | E::PlanPublished { .. }
        | E::CalendarEntered { .. }
        | E::OutageNoted { .. }
        | E::DeviceNoted { .. }
        | E::DeviceAsleep { .. }
        | E::DayOpened { .. }
        | E::PhaseBegan { .. }
        | E::DaySettled { .. }
        | E::TicketIssued { .. }
        | E::PrintChanged { .. }
        | E::ReprintAsked { .. }
        | E::TicketReinstated { .. }
        | E::TicketTransferred { .. }
        | E::TicketUnparked { .. }
        | E::TicketDelayed { .. }
        | E::TicketCancelled { .. }
        | E::TicketCarriedOver { .. }
        | E::TicketReopened { .. }
        | E::MatterAdded { .. } => None,
    }
}
