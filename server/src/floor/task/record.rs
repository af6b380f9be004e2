//! Decided events become rows: those of the asker first, then what follows from the new state.

use hall::{Actor, Command, Event, TicketId, Timestamp, follow};
use link::clock;

use super::super::Key;
use super::super::keyring::About;
use super::super::rows::{self, Stamp};
use super::{Task, Waiting};

/// Rounds of what follows. Applying what follows leaves nothing more to follow; a third round is a
/// fault of the rules, and must not hold up the hall.
const ROUNDS_MAX: usize = 3;

impl Task {
    /// Takes in what was decided, and what follows from it, as rows of one batch.
    pub(super) fn record(&mut self, waiting: &mut Waiting, events: &[Event]) {
        waiting.done.seq = self.head.seq;
        waiting.done.ticket = subject(&waiting.command);
        for (i, event) in events.iter().enumerate() {
            let key = waiting.key.as_ref().filter(|_| i == 0);
            self.write(event, &waiting.actor.name, key, waiting.at);
            if i == 0 {
                waiting.done.seq = self.head.seq;
                waiting.done.ticket = event.ticket().or(waiting.done.ticket);
                waiting.done.record = event.record();
                if let Some(key) = key {
                    let about = About::of(waiting.done.ticket, waiting.done.record);
                    let first = (self.head.seq, about);
                    self.keys
                        .remember(&waiting.actor.name, key, first, waiting.at);
                }
            }
        }
        self.record_what_follows(waiting.at);
        self.gathering.head = Some(self.head);
    }

    /// Nobody asked for these rows: the hall itself writes them.
    fn record_what_follows(&mut self, at: Timestamp) {
        let clock = Actor::clockwork().name;
        for _ in 0..ROUNDS_MAX {
            let events = follow(&self.ahead, at);
            if events.is_empty() {
                return;
            }
            for event in &events {
                self.write(event, &clock, None, at);
            }
        }
    }

    /// Adds one row to the work at hand, and applies it to *ahead*.
    fn write(&mut self, event: &Event, actor: &str, key: Option<&Key>, at: Timestamp) {
        let stamp = Stamp {
            hall: &self.code,
            actor,
            at,
            mono_ms: clock::monotonic_ms(),
            key,
        };
        let row = rows::row(&mut self.head, &stamp, event);
        self.ahead.apply(event, at);
        let batch = &mut self.gathering.batch;
        batch.rows.push(row);
        batch.active.extend(rows::active_call(&self.code, event));
        self.gathering.events.push((event.clone(), at));
        if matches!(event, Event::DayOpened { .. }) {
            self.keys.prune(at);
        }
        if matches!(event, Event::PlanPublished { .. }) {
            self.plan_seq = self.head.seq;
        }
    }
}

/// The ticket that a command names, for answers of commands that changed nothing.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only commands that may change nothing need it"
)]
fn subject(command: &Command) -> Option<TicketId> {
    match command {
        Command::ReportPrint { ticket, .. } | Command::AskReprint { ticket } => Some(*ticket),
        _ => None,
    }
}
