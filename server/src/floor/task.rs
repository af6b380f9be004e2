//! The hall's task: decide, speculate, commit, then answer.

mod record;

use std::sync::Arc;
use std::time::Duration;

use hall::{Actor, Command, Event, Hall, HallCode, Timestamp, decide};
use link::clock::Clock;
use link::random;
use tokio::sync::{Notify, mpsc, oneshot};

use super::frames::Frames;
use super::keyring::Keyring;
use super::publish::Publisher;
use super::replay::{Fold, ReplayFault};
use super::rows::Head;
use super::{Ask, AskError, Done, HallHandle, Key, MAILBOX, waits};
use crate::store::{Batch, CommitFailure, Committer, Store};

/// Asks decided before the mailbox lets the committer have its turn. Ours: one batch of the
/// committer, so that a crowd at one hall does not hold up the others.
const ASKS_AT_ONCE: usize = 256;

/// Races lost in a row before the asker is told to try again. **Source**: RELIABILITY §2.6.
const RACES_MAX: u8 = 8;
/// The longest pause between two lost races, for each lost before. Ours: about one commit.
const JITTER_MS: u64 = 4;

/// What the task needs of the world.
pub(super) struct Shell {
    pub(super) store: Arc<Store>,
    pub(super) committer: Committer,
    pub(super) clock: Clock,
}

/// Starts the hall's task.
pub(super) fn spawn(shell: Shell, code: HallCode, fold: Fold) -> HallHandle {
    let (mailbox, asks) = mpsc::channel(MAILBOX);
    let clock = shell.clock.clone();
    let others = Arc::new(Notify::new());
    let ahead = fold.durable.hall.clone();
    let plan_seq = fold.durable.plan_seq;
    let (publisher, view) = Publisher::new(fold.durable);
    let task = Task {
        ahead,
        plan_seq,
        next_tick: None,
        head: fold.head,
        keys: fold.keys,
        durable_head: fold.head,
        shell,
        code: code.clone(),
        publisher,
        gathering: Work::default(),
        doubted: Vec::new(),
    };
    tokio::spawn(task.run(asks, Arc::clone(&others)));
    let waits = waits::spawn(view.clone(), clock.clone());
    let frames = Frames::spawn(&code, (view.clone(), waits.clone()), clock.clone());
    HallHandle {
        code,
        mailbox,
        view,
        frames,
        waits,
        clock,
        others,
    }
}

struct Task {
    shell: Shell,
    code: HallCode,
    /// Decides: what is on disk and what is on its way there.
    ahead: Hall,
    /// The row that put the plan of *ahead* into force.
    plan_seq: u64,
    head: Head,
    /// Keys of *ahead*.
    keys: Keyring,
    next_tick: Option<Timestamp>,
    /// What is on disk.
    durable_head: Head,
    publisher: Publisher,
    /// Decided, not handed to the committer yet.
    gathering: Work,
    /// Refused by what this node knows; another node may have made it possible.
    doubted: Vec<Waiting>,
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
    plan: Option<u64>,
    reply: Option<oneshot::Sender<Result<Done, AskError>>>,
    done: Done,
    at: Timestamp,
    races: u8,
    /// Whether a refusal needs no second look at what other nodes wrote.
    sure: bool,
}

const NOTHING_DONE: Done = Done {
    seq: 0,
    ticket: None,
    record: None,
    replay: false,
};

type Commit = oneshot::Receiver<Result<(), CommitFailure>>;

impl Task {
    async fn run(mut self, mut asks: mpsc::Receiver<Ask>, others: Arc<Notify>) {
        self.schedule();
        let mut in_flight: Option<(Commit, Work)> = None;
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
                    // Once for all of them: they were decided at one moment.
                    self.schedule();
                }
                () = wait(&self.shell.clock, tick) => self.run_due_ticks(),
                () = others.notified(), if in_flight.is_none() => {
                    self.take_in().await;
                }
            }
            if in_flight.is_none() && !self.doubted.is_empty() {
                self.look_again().await;
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
        if let Some(why) = self.publisher.broken() {
            let _ = ask.reply.send(Err(AskError::ReadOnly(why)));
            return;
        }
        if ask.command != Command::Tick {
            self.run_due_ticks();
        }
        let waiting = Waiting {
            command: ask.command,
            actor: ask.actor,
            key: ask.key,
            plan: ask.plan,
            reply: Some(ask.reply),
            done: NOTHING_DONE,
            at: self.shell.clock.now(),
            races: 0,
            sure: !self.shell.store.is_shared(),
        };
        self.decide(waiting);
    }

    fn run_due_ticks(&mut self) {
        let now = self.shell.clock.now();
        if self.next_tick.is_none_or(|due| due > now) || self.publisher.broken().is_some() {
            return;
        }
        self.decide(Waiting {
            command: Command::Tick,
            actor: Actor::clockwork(),
            key: None,
            plan: None,
            reply: None,
            done: NOTHING_DONE,
            at: now,
            races: 0,
            sure: true,
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
            if !known.is_same(key) {
                waiting.answer(Err(AskError::KeyReused));
                return;
            }
            waiting.done = Done {
                seq: known.seq,
                ticket: known.about.ticket(),
                record: known.about.record(),
                replay: true,
            };
            self.answer_when_durable(waiting);
            return;
        }
        if waiting.plan.is_some_and(|read| read != self.plan_seq) {
            let in_force = self.plan_seq;
            waiting.answer(Err(AskError::PlanChanged { in_force }));
            return;
        }
        match decide(&self.ahead, &waiting.command, &waiting.actor, waiting.at) {
            Err(_) if !waiting.sure => self.doubted.push(waiting),
            Err(refusal) => waiting.answer(Err(AskError::Refused(Box::new(refusal)))),
            Ok(events) => {
                self.record(&mut waiting, &events);
                self.answer_when_durable(waiting);
            }
        }
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
                if let Some(head) = work.head {
                    self.durable_head = head;
                }
                let events = std::mem::take(&mut work.events);
                self.publisher.take(events, self.durable_head.log);
                work.answer();
                true
            }
            Err(CommitFailure::Conflict) => {
                self.decide_again(work).await;
                true
            }
            Err(CommitFailure::Stopped) => false,
        }
    }

    /// Another node was first: takes its rows in, and decides everything at hand once more.
    async fn decide_again(&mut self, work: Work) {
        let gathered = std::mem::take(&mut self.gathering);
        let races = work.asks.iter().map(|waiting| waiting.races).max();
        rest(races.unwrap_or(0)).await;
        self.keys.forget_after(self.durable_head.seq);
        self.take_in().await;
        self.start_over();
        for mut waiting in work.asks.into_iter().chain(gathered.asks) {
            waiting.races += 1;
            if waiting.races > RACES_MAX || self.publisher.broken().is_some() {
                waiting.answer(Err(AskError::TryAgain));
                continue;
            }
            waiting.done = NOTHING_DONE;
            waiting.at = self.shell.clock.now();
            self.decide(waiting);
        }
        self.schedule();
    }

    /// Before a refusal: takes in what other nodes wrote, and decides once more.
    async fn look_again(&mut self) {
        let gathered = std::mem::take(&mut self.gathering);
        let mut doubted = std::mem::take(&mut self.doubted);
        for waiting in &mut doubted {
            waiting.sure = true;
        }
        if self.take_in().await {
            for mut waiting in gathered.asks {
                waiting.done = NOTHING_DONE;
                self.decide(waiting);
            }
        } else {
            self.gathering = gathered;
        }
        for waiting in doubted {
            self.decide(waiting);
        }
        self.schedule();
    }

    /// Takes in rows that other nodes wrote; says whether there were any. Nothing of ours may be on
    /// its way; what is only decided has to be decided again.
    async fn take_in(&mut self) -> bool {
        let after = i64::try_from(self.durable_head.seq).unwrap_or(i64::MAX);
        match self.shell.store.rows(&self.code.0, after, 1).await {
            Ok(rows) if rows.is_empty() => return false,
            // The whole way of reading tells what is wrong.
            Ok(_) | Err(_) => (),
        }
        self.keys.forget_after(self.durable_head.seq);
        let mut fold = Fold {
            durable: self.publisher.current().as_ref().clone(),
            head: self.durable_head,
            keys: std::mem::take(&mut self.keys),
        };
        if let Err(fault) = fold.catch_up(&self.shell.store, &self.code).await {
            tracing::error!(hall.id = %self.code, fault = %fault, "cannot follow the journal");
            if let ReplayFault::Row { .. } = fault {
                fold.durable.broken = Some(fault.to_string());
            }
        }
        self.durable_head = fold.head;
        self.keys = fold.keys;
        self.publisher.replace(fold.durable);
        self.start_over();
        self.schedule();
        true
    }

    /// Sets *ahead* to what is on disk.
    fn start_over(&mut self) {
        let durable = self.publisher.current();
        self.ahead = durable.hall.clone();
        self.plan_seq = durable.plan_seq;
        self.head = self.durable_head;
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

/// A short pause, longer and by chance after each lost race, so that two nodes do not keep step.
async fn rest(races: u8) {
    let [chance] = random::bytes::<1>();
    let pause_ms = u64::from(races) * JITTER_MS * u64::from(chance) / 255;
    tokio::time::sleep(Duration::from_millis(pause_ms)).await;
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
