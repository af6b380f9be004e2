//! The hall's task: decide, speculate, commit, then answer.

use std::sync::Arc;

use hall::{Actor, Command, Event, Hall, HallCode, TicketId, Timestamp, decide};
use link::clock::{self, Clock};
use tokio::sync::{mpsc, oneshot};

use super::frames::Frames;
use super::keyring::Keyring;
use super::publish::Publisher;
use super::replay::Fold;
use super::rows::{self, Head, Stamp};
use super::{Ask, AskError, Done, HallHandle, Key, MAILBOX};
use crate::store::{Batch, CommitFailure, Committer, Store};

/// Asks decided before the mailbox lets the committer have its turn. Ours: one batch of the
/// committer, so that a crowd at one hall does not hold up the others.
const ASKS_AT_ONCE: usize = 256;

/// How often a node looks for rows of other nodes. **Source**: RELIABILITY §2.6.
const POLL: std::time::Duration = std::time::Duration::from_secs(1);

/// What the task needs of the world.
pub(super) struct Shell {
    pub(super) store: Arc<Store>,
    pub(super) committer: Committer,
    pub(super) clock: Clock,
}

/// Starts the hall's task.
pub(super) fn spawn(shell: Shell, code: HallCode, fold: Fold) -> HallHandle {
    let (mailbox, asks) = mpsc::channel(MAILBOX);
    let durable = Publisher::new(fold.durable.clone());
    let view = durable.subscribe();
    let clock = shell.clock.clone();
    let task = Task {
        ahead: fold.durable.hall.clone(),
        next_tick: None,
        head: fold.head,
        durable_keys: if shell.store.is_shared() {
            fold.keys.clone()
        } else {
            Keyring::default()
        },
        keys: fold.keys,
        durable_head: fold.head,
        shell,
        code: code.clone(),
        durable,
        gathering: Work::default(),
    };
    tokio::spawn(task.run(asks));
    let frames = Frames::spawn(&code, view.clone(), clock.clone());
    HallHandle {
        code,
        mailbox,
        view,
        frames,
        clock,
    }
}

struct Task {
    shell: Shell,
    code: HallCode,
    /// Decides: what is on disk and what is on its way there.
    ahead: Hall,
    head: Head,
    keys: Keyring,
    next_tick: Option<Timestamp>,
    /// What is on disk.
    durable_head: Head,
    /// Kept where another node may be first.
    durable_keys: Keyring,
    durable: Publisher,
    /// Decided, not handed to the committer yet.
    gathering: Work,
}

/// Decided asks, their rows, and who waits for them.
#[derive(Default)]
struct Work {
    batch: Batch,
    events: Vec<(Event, Timestamp)>,
    asks: Vec<Waiting>,
    head: Option<Head>,
}

/// One ask that was decided; kept whole, so that a lost race can be decided again.
struct Waiting {
    command: Command,
    actor: Actor,
    key: Option<Key>,
    reply: Option<oneshot::Sender<Result<Done, AskError>>>,
    done: Done,
    at: Timestamp,
}

type Commit = oneshot::Receiver<Result<(), CommitFailure>>;

impl Task {
    async fn run(mut self, mut asks: mpsc::Receiver<Ask>) {
        self.schedule();
        let mut in_flight: Option<(Commit, Work)> = None;
        let mut poll = tokio::time::interval(POLL);
        let mut inbox = Vec::with_capacity(ASKS_AT_ONCE);
        loop {
            let tick = self.next_tick;
            tokio::select! {
                biased;
                result = committed(&mut in_flight) => {
                    let Some((_, work)) = in_flight.take() else { continue };
                    if !self.settle(result, work).await { return; }
                }
                count = asks.recv_many(&mut inbox, ASKS_AT_ONCE) => {
                    if count == 0 { return; }
                    for ask in inbox.drain(..) { self.take(ask); }
                }
                () = wait(&self.shell.clock, tick) => self.run_due_ticks(),
                _ = poll.tick(), if self.shell.store.is_shared() && in_flight.is_none() => {
                    self.follow().await;
                }
            }
            if in_flight.is_none() && !self.gathering.is_empty() {
                let Ok(handed) = self.hand_over().await else {
                    return;
                };
                in_flight = handed;
            }
        }
    }

    /// Decides one ask, after every tick that is due before it.
    fn take(&mut self, ask: Ask) {
        if let Some(why) = self.durable.newest().broken.clone() {
            let _ = ask.reply.send(Err(AskError::ReadOnly(why)));
            return;
        }
        if ask.command != Command::Tick {
            self.run_due_ticks();
        }
        let now = self.shell.clock.now();
        let waiting = Waiting {
            command: ask.command,
            actor: ask.actor,
            key: ask.key,
            reply: Some(ask.reply),
            done: Done {
                seq: 0,
                ticket: None,
                replay: false,
            },
            at: now,
        };
        self.decide(waiting);
        self.schedule();
    }

    fn run_due_ticks(&mut self) {
        let now = self.shell.clock.now();
        if self.next_tick.is_none_or(|due| due > now) || self.durable.newest().broken.is_some() {
            return;
        }
        self.decide(Waiting {
            command: Command::Tick,
            actor: Actor::clockwork(),
            key: None,
            reply: None,
            done: Done {
                seq: 0,
                ticket: None,
                replay: false,
            },
            at: now,
        });
        self.schedule();
    }

    fn schedule(&mut self) {
        self.next_tick = self.ahead.next_tick(self.shell.clock.now());
    }

    /// Answers a known key, refuses, or adds the rows to the work at hand.
    fn decide(&mut self, mut waiting: Waiting) {
        if let Some(key) = &waiting.key
            && let Some(known) = self.keys.find(&waiting.actor.name, key)
        {
            if known.body_mac != key.body_mac {
                waiting.answer(Err(AskError::KeyReused));
                return;
            }
            waiting.done = Done {
                seq: known.seq,
                ticket: known.ticket,
                replay: true,
            };
            self.answer_when_durable(waiting);
            return;
        }
        match decide(&self.ahead, &waiting.command, &waiting.actor, waiting.at) {
            Err(refusal) => waiting.answer(Err(AskError::Refused(Box::new(refusal)))),
            Ok(events) => {
                self.record(&mut waiting, &events);
                self.answer_when_durable(waiting);
            }
        }
    }

    fn record(&mut self, waiting: &mut Waiting, events: &[Event]) {
        waiting.done.seq = self.head.seq;
        waiting.done.ticket = subject(&waiting.command);
        for (i, event) in events.iter().enumerate() {
            let stamp = Stamp {
                hall: &self.code,
                actor: &waiting.actor.name,
                at: waiting.at,
                mono_ms: clock::monotonic_ms(),
                key: waiting.key.as_ref().filter(|_| i == 0),
            };
            let row = rows::row(&mut self.head, &stamp, event);
            self.ahead.apply(event, waiting.at);
            self.gathering.batch.rows.push(row);
            self.gathering
                .batch
                .active
                .extend(rows::active_call(&self.code, event));
            self.gathering.events.push((event.clone(), waiting.at));
            if i == 0 {
                waiting.done.seq = self.head.seq;
                waiting.done.ticket = event.ticket().or(waiting.done.ticket);
                if let Some(key) = &waiting.key {
                    let first = (self.head.seq, waiting.done.ticket);
                    self.keys
                        .remember(&waiting.actor.name, key.clone(), first, waiting.at);
                }
            }
            if matches!(event, Event::DayOpened { .. }) {
                self.keys.prune(waiting.at);
            }
        }
        self.gathering.head = Some(self.head);
    }

    /// Answers at once when nothing is on its way to disk, else with the work at hand.
    fn answer_when_durable(&mut self, mut waiting: Waiting) {
        if waiting.done.seq <= self.durable_head.seq {
            let done = waiting.done.clone();
            waiting.answer(Ok(done));
        } else {
            self.gathering.asks.push(waiting);
        }
    }

    /// Sends the work at hand to the committer.
    async fn hand_over(&mut self) -> Result<Option<(Commit, Work)>, CommitFailure> {
        let mut work = std::mem::take(&mut self.gathering);
        let batch = std::mem::take(&mut work.batch);
        if batch.rows.is_empty() {
            work.answer();
            return Ok(None);
        }
        let commit = self.shell.committer.submit(batch).await?;
        Ok(Some((commit, work)))
    }

    /// Takes the outcome of a commit; false when the task must end.
    async fn settle(&mut self, result: Result<(), CommitFailure>, mut work: Work) -> bool {
        match result {
            Ok(()) => {
                self.make_durable(&mut work);
                work.answer();
                true
            }
            Err(CommitFailure::Conflict) => self.decide_again(work).await,
            Err(CommitFailure::Stopped) => false,
        }
    }

    fn make_durable(&mut self, work: &mut Work) {
        if let Some(head) = work.head {
            self.durable_head = head;
        }
        // Only a node that can lose a race goes back to the keys on disk.
        let lasting = work.asks.iter().filter(|_| self.shell.store.is_shared());
        for waiting in lasting {
            if let Some(key) = waiting.key.clone().filter(|_| !waiting.done.replay) {
                let first = (waiting.done.seq, waiting.done.ticket);
                self.durable_keys
                    .remember(&waiting.actor.name, key, first, waiting.at);
            }
        }
        let events = std::mem::take(&mut work.events);
        self.durable.publish(events, self.durable_head.log);
    }

    /// Another node was first: takes its rows in, and decides everything at hand once more.
    async fn decide_again(&mut self, work: Work) -> bool {
        let gathered = std::mem::take(&mut self.gathering);
        if !self.follow().await {
            return false;
        }
        self.ahead = self.durable.newest().hall.clone();
        self.head = self.durable_head;
        self.keys = self.durable_keys.clone();
        for mut waiting in work.asks.into_iter().chain(gathered.asks) {
            waiting.done = Done {
                seq: 0,
                ticket: None,
                replay: false,
            };
            self.decide(waiting);
        }
        self.schedule();
        true
    }

    /// Takes in rows that other nodes wrote.
    async fn follow(&mut self) -> bool {
        let durable = self.durable.newest().as_ref().clone();
        let keys = self.durable_keys.clone();
        let mut fold = Fold {
            durable,
            head: self.durable_head,
            keys,
        };
        let mut taken = Vec::new();
        let tell = |event, at| taken.push((event, at));
        if let Err(fault) = fold.catch_up(&self.shell.store, &self.code, tell).await {
            tracing::error!(hall.id = %self.code, fault = %fault, "cannot follow the journal");
            return false;
        }
        if taken.is_empty() {
            return true;
        }
        self.durable_head = fold.head;
        self.durable_keys = fold.keys;
        self.durable.publish(taken, self.durable_head.log);
        if self.gathering.is_empty() {
            self.ahead = self.durable.newest().hall.clone();
            self.head = self.durable_head;
            self.keys = self.durable_keys.clone();
            self.schedule();
        }
        true
    }
}

impl Work {
    fn is_empty(&self) -> bool {
        self.batch.rows.is_empty() && self.asks.is_empty()
    }

    fn answer(self) {
        for mut waiting in self.asks {
            let done = waiting.done.clone();
            waiting.answer(Ok(done));
        }
    }
}

impl Waiting {
    /// A client that is gone does not need the answer: its key will find it again.
    fn answer(&mut self, answer: Result<Done, AskError>) {
        if let Some(reply) = self.reply.take() {
            let _ = reply.send(answer);
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

async fn committed(in_flight: &mut Option<(Commit, Work)>) -> Result<(), CommitFailure> {
    match in_flight {
        Some((commit, _)) => commit.await.unwrap_or(Err(CommitFailure::Stopped)),
        None => std::future::pending().await,
    }
}

async fn wait(clock: &Clock, until: Option<Timestamp>) {
    match until {
        Some(until) => clock.wait_until(until).await,
        None => std::future::pending().await,
    }
}
