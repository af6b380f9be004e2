//! Bugs that other systems had, planted in the shell around the hall: each must be found.

use hall::{CallReason, Event, Refusal, TicketStatus};

use crate::journal::{Journal, Request};

/// A planted bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bug {
    /// Two clerks call one visitor: the call is decided on what is on disk, not on what is queued.
    TwoClerksOneVisitor,
    /// The number is the count of numbers on disk, plus one.
    NumberFromCount,
    /// The slip is printed before the commit.
    PrintBeforeCommit,
    /// Pressing twice gives two numbers.
    KeyIgnored,
    /// Keys are forgotten by a restart.
    KeysInMemory,
    /// The answer goes out before the commit.
    AnswerBeforeCommit,
    /// The board shows what is not on disk yet.
    BoardShowsQueued,
    /// At closing the clock cancels everyone who waits.
    VoidedAtClosing,
    /// A window that signs off finishes the visitor before.
    FinishedByDeadSession,
    /// The last to arrive is called first.
    LastArrivalFirst,
    /// The sign of 暂停服务 is only a picture: the window calls on.
    CalledWhilePaused,
    /// A gap that was opened is never closed.
    GapNeverCloses,
    /// Who takes over a post begins with an empty window: the visitor being served is dropped.
    DroppedByCover,
    /// A window goes on calling for what was lent to it before.
    LentForEver,
    /// The cover keeps the own window open as well.
    TwoPostsAtOnce,
    /// A pause ends by itself when the time that the clerk named is over.
    ResumedByTheClock,
}

impl Bug {
    pub(crate) const ALL: [Self; 16] = [
        Self::TwoClerksOneVisitor,
        Self::NumberFromCount,
        Self::PrintBeforeCommit,
        Self::KeyIgnored,
        Self::KeysInMemory,
        Self::AnswerBeforeCommit,
        Self::BoardShowsQueued,
        Self::VoidedAtClosing,
        Self::FinishedByDeadSession,
        Self::LastArrivalFirst,
        Self::CalledWhilePaused,
        Self::GapNeverCloses,
        Self::DroppedByCover,
        Self::LentForEver,
        Self::TwoPostsAtOnce,
        Self::ResumedByTheClock,
    ];
}

type Decision = Result<Vec<Event>, Refusal>;

/// What the planted bug makes of a decision.
pub(crate) fn twist(journal: &Journal, request: &Request, decided: Decision) -> Decision {
    let Some(bug) = journal.bug else {
        return decided;
    };
    let mut events = match decided {
        Ok(events) => events,
        Err(Refusal::WindowBusy { window, ticket, .. })
            if bug == Bug::FinishedByDeadSession
                && matches!(request.command, hall::Command::SignOff { .. }) =>
        {
            return Ok(vec![finished(ticket, window)]);
        }
        Err(refusal) => return called_anyway(journal, bug, refusal),
    };
    match bug {
        Bug::TwoClerksOneVisitor => {
            for event in &mut events {
                recall_from_disk(journal, event);
            }
        }
        Bug::NumberFromCount => {
            for event in &mut events {
                count_number(journal, event);
            }
        }
        Bug::LastArrivalFirst => {
            for event in &mut events {
                take_last(journal, event);
            }
        }
        Bug::VoidedAtClosing => events.extend(voided(journal, &events)),
        Bug::DroppedByCover => events.extend(dropped(journal, &events)),
        Bug::TwoPostsAtOnce => {
            let covers = matches!(request.command, hall::Command::Cover { .. });
            events.retain(|event| !(covers && matches!(event, Event::WindowPaused { .. })));
        }
        Bug::ResumedByTheClock => {
            for event in &mut events {
                if let Event::PauseWarned { window } = event {
                    let window = window.clone();
                    *event = Event::WindowResumed { window };
                }
            }
        }
        Bug::PrintBeforeCommit
        | Bug::KeyIgnored
        | Bug::KeysInMemory
        | Bug::AnswerBeforeCommit
        | Bug::BoardShowsQueued
        | Bug::CalledWhilePaused
        | Bug::GapNeverCloses
        | Bug::LentForEver
        | Bug::FinishedByDeadSession => (),
    }
    Ok(events)
}

/// What the planted bug makes of the facts that follow by themselves.
pub(crate) fn twist_what_follows(journal: &Journal, mut events: Vec<Event>) -> Vec<Event> {
    if journal.bug == Some(Bug::GapNeverCloses) {
        events.retain(|event| !matches!(event, Event::GapClosed { .. }));
    }
    events
}

/// A call that was refused, made all the same.
fn called_anyway(journal: &Journal, bug: Bug, refusal: Refusal) -> Decision {
    let ticket = match (&refusal, bug) {
        (Refusal::WindowPaused { window }, Bug::CalledWhilePaused) => {
            let free = journal.ahead.windows().get(window);
            let free = free.is_some_and(|window| window.ticket.is_none());
            let next = hall::order::next(&journal.ahead, window).filter(|_| free);
            next.map(|ticket| (ticket, window))
        }
        (Refusal::NobodyWaiting { window }, Bug::LentForEver) => {
            let plan = journal.ahead.plan();
            let tide = plan.and_then(|plan| plan.window(window)).map(|w| &w.tide);
            let mut tickets = journal.ahead.tickets().values();
            let lent = tickets.find(|ticket| {
                ticket.status == TicketStatus::Waiting
                    && tide.is_some_and(|tide| tide.contains(&ticket.service))
            });
            lent.map(|ticket| (ticket.id, window))
        }
        _ => None,
    };
    let Some((ticket, window)) = ticket else {
        return Err(refusal);
    };
    Ok(vec![Event::TicketCalled {
        ticket,
        window: window.clone(),
        waited_ms: 0,
        reason: CallReason::Next,
    }])
}

fn dropped(journal: &Journal, events: &[Event]) -> Option<Event> {
    let mut covered = events.iter().filter_map(|event| match event {
        Event::CoverBegan { window, .. } => journal.ahead.windows().get_key_value(window),
        _ => None,
    });
    covered.find_map(|(code, window)| Some(finished(window.ticket?, code.clone())))
}

fn finished(ticket: hall::TicketId, window: hall::WindowCode) -> Event {
    Event::TicketFinished {
        ticket,
        window,
        outcome: hall::Outcome::Explained,
        promised_days: None,
        pickup: None,
        slip: None,
        matters: Vec::new(),
    }
}

fn recall_from_disk(journal: &Journal, event: &mut Event) {
    if let Event::TicketCalled {
        ticket,
        window,
        reason: CallReason::Next,
        ..
    } = event
        && let Some(stale) = hall::order::next(&journal.settled, window)
    {
        *ticket = stale;
    }
}

fn count_number(journal: &Journal, event: &mut Event) {
    if let Event::TicketIssued { number, day, .. } = event {
        let letter = number.chars().next().expect("a letter");
        let given = journal.settled.tickets().values();
        let count = given
            .filter(|ticket| ticket.day == *day && ticket.number.starts_with(letter))
            .count();
        *number = format!("{letter}{:03}", count + 1);
    }
}

fn take_last(journal: &Journal, event: &mut Event) {
    if let Event::TicketCalled {
        ticket,
        window,
        reason: CallReason::Next,
        ..
    } = event
    {
        let callable = journal.witness.callable(window);
        let last = callable.max_by_key(|(_, known)| known.arrived_at);
        *ticket = last.map_or(*ticket, |(id, _)| id);
    }
}

fn voided(journal: &Journal, events: &[Event]) -> Vec<Event> {
    let closing = |event: &Event| {
        matches!(
            event,
            Event::PhaseBegan {
                phase: hall::Phase::Closing,
                ..
            }
        )
    };
    let tickets = journal.ahead.tickets().values();
    let closes = events.iter().any(closing);
    let waiting = tickets.filter(|ticket| closes && ticket.status == TicketStatus::Waiting);
    waiting
        .map(|ticket| Event::TicketCancelled {
            ticket: ticket.id,
            by: hall::CancelledBy::Manager,
            reason: "closing".into(),
        })
        .collect()
}
