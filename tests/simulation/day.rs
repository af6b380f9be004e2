//! One world: a hall, its shell, a kiosk with its paper, and what people were told.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use hall::{Command, Event, Hall, PrintOutcome, TicketId, TicketStatus, Timestamp, WindowCode};

use crate::bugs::Bug;
use crate::crowd;
use crate::journal::{Answer, Journal, Request};
use crate::promises::{self, Broken, Kept};
use crate::rng::Rng;
use crate::tally::{Tally, command_name};

/// What the shell does with a step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Some steps are committed together.
    #[default]
    Batches,
    /// Every step is committed.
    Committed,
    /// Every request is sent twice, and every step is committed.
    Doubled,
    /// Every step is committed and ends with a restart.
    Restarted,
}

/// How a world is run; the same seed with another way must come to the same end.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Way {
    pub(crate) bug: Option<Bug>,
    pub(crate) faults: bool,
    pub(crate) manner: Manner,
    /// All clocks run this many days late.
    pub(crate) days_late: i64,
}

/// An answer that somebody got.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) seq: u64,
    pub(crate) ticket: Option<TicketId>,
}

/// A paper that came out of the printer: the physical truth.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) ticket: TicketId,
    pub(crate) number: String,
    pub(crate) copy: u32,
    /// What was on disk when it came out.
    pub(crate) durable_then: u64,
}

/// How often each fault comes, per thousand; a seed has some not at all and some often, since a
/// fault that always comes hides what only happens without it.
#[derive(Debug, Clone, Copy)]
struct Rates {
    asleep: usize,
    outage: usize,
    clock: usize,
    crash: usize,
    lost: usize,
    repeated: usize,
}

impl Rates {
    fn of(seed: u64) -> Self {
        let mut rng = Rng::new(!seed);
        let mut rate = |usual: usize| usual * [0, 1, 1, 4].get(rng.below(4)).unwrap_or(&1);
        Self {
            asleep: rate(240),
            outage: rate(2),
            clock: rate(4),
            crash: rate(8),
            lost: rate(40),
            repeated: rate(60),
        }
    }
}

/// A call as the hall hears it.
pub(crate) type Call = (TicketId, WindowCode, u32);

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) rng: Rng,
    pub(crate) way: Way,
    rates: Rates,
    pub(crate) now: Timestamp,
    pub(crate) started_at: Timestamp,
    pub(crate) journal: Journal,
    pub(crate) answered: Vec<Answered>,
    pub(crate) tape: Vec<Paper>,
    pub(crate) announced_early: Option<Call>,
    pub(crate) tally: Tally,
    pub(crate) made: u32,
    announced: BTreeSet<Call>,
    announced_rows: usize,
    told: BTreeMap<String, (u64, u64)>,
    outbox: Vec<(Request, u64, u64)>,
    pub(crate) retries: Vec<Request>,
    past: VecDeque<Request>,
    jobs: BTreeSet<(TicketId, u32)>,
    printed: VecDeque<(TicketId, u32)>,
    log: VecDeque<String>,
}

/// 2026-11-23 08:30 in Shanghai, a Monday.
const MONDAY: Timestamp = Timestamp(1_795_393_800_000);

impl World {
    pub(crate) fn new(seed: u64, way: Way) -> Self {
        let now = Timestamp(MONDAY.0 + way.days_late * 86_400_000);
        Self {
            rng: Rng::new(seed),
            way,
            rates: Rates::of(seed),
            now,
            started_at: now,
            journal: Journal::new(way.bug),
            answered: Vec::new(),
            tape: Vec::new(),
            announced_early: None,
            tally: Tally::default(),
            made: 0,
            announced: BTreeSet::new(),
            announced_rows: 0,
            told: BTreeMap::new(),
            outbox: Vec::new(),
            retries: Vec::new(),
            past: VecDeque::new(),
            jobs: BTreeSet::new(),
            printed: VecDeque::new(),
            log: VecDeque::new(),
        }
    }

    /// An index that differs from step to step without drawing chance.
    pub(crate) fn sample(&self, of: usize) -> usize {
        let steps = usize::try_from(self.tally.steps).expect("it is small");
        (steps * 7919) % of.max(1)
    }

    /// What people see: the durable hall.
    pub(crate) fn seen(&self) -> &Hall {
        &self.journal.settled
    }

    /// The last requests, for a report.
    pub(crate) fn story(&self) -> String {
        self.log.iter().cloned().collect::<Vec<_>>().join("\n  ")
    }

    /// One step: time passes, somebody does something, something may break, every promise is asked.
    pub(crate) fn step(&mut self) -> Kept {
        self.tally.steps += 1;
        self.pass_time();
        self.tick()?;
        if let Some(request) = crowd::draw(self) {
            self.submit(request)?;
        }
        self.report_paper()?;
        if self.way.faults {
            self.break_something()?;
        }
        if self.way.manner != Manner::Batches || self.rng.chance(600) {
            self.commit();
        }
        // A restart reads the whole journal: later ones are sampled, or the test takes minutes.
        let early = self.tally.steps < 400 || self.tally.steps.is_multiple_of(23);
        if self.way.manner == Manner::Restarted && early {
            self.journal.crash()?;
        }
        self.look_at_the_board();
        promises::of_a_step(self)?;
        if self.tally.steps.is_multiple_of(7) {
            promises::of_the_views(self)?;
        }
        if self.tally.steps.is_multiple_of(211) {
            promises::of_a_replay(self)?;
        }
        Ok(())
    }

    fn pass_time(&mut self) {
        let passed = self.rng.ms(30);
        self.now = Timestamp(self.now.0 + passed);
        if !self.way.faults {
            return;
        }
        if self.rng.chance(self.rates.clock) {
            self.tally.fault("clock_back");
            self.now = Timestamp(self.now.0 - self.rng.ms(900));
        }
        if self.rng.chance(self.rates.clock) {
            self.tally.fault("clock_forward");
            self.now = Timestamp(self.now.0 + self.rng.ms(2400));
        }
    }

    /// Sends the tick that is due; the server sleeps over some, and is down for long now and then.
    fn tick(&mut self) -> Kept {
        if self.way.faults && self.rng.chance(self.rates.outage) {
            self.tally.fault("outage");
            self.now = Timestamp(self.now.0 + self.rng.ms(5400));
        }
        let due = self.journal.ahead.next_tick(self.now);
        if due.is_none_or(|due| due > self.now) {
            return Ok(());
        }
        if self.way.faults && self.rng.chance(self.rates.asleep) {
            self.tally.fault("asleep");
            return Ok(());
        }
        let request = self.request(hall::Actor::clockwork(), Command::Tick);
        self.submit(request)?;
        promises::of_a_tick(self)
    }

    pub(crate) fn request(&mut self, actor: hall::Actor, command: Command) -> Request {
        self.made += 1;
        Request {
            key: format!("k{}", self.made),
            actor,
            command,
        }
    }

    pub(crate) fn ticket_id(&mut self) -> TicketId {
        self.made += 1;
        let text = format!("\"019ab000-0000-7000-8000-{:012}\"", self.made);
        serde_json::from_str(&text).expect("an id")
    }

    /// Sends a request once, or twice when the way says so.
    pub(crate) fn submit(&mut self, request: Request) -> Kept {
        let name = command_name(&request.command);
        self.tally.saw("command", name);
        let before = self.journal.last();
        let held = held_by(&self.journal.ahead, &request.command);
        let answer = self.journal.ask(&request, self.now)?;
        let fresh = self.journal.last() > before;
        if fresh && expects_another(&request.command, held) {
            let promise = "a_call_that_expects_another_changes_nothing";
            return Err(Broken::new(promise, &request.command));
        }
        self.note(&request, &answer);
        if self.way.manner == Manner::Doubled && matches!(answer, Answer::Done { .. }) {
            let again = self.journal.ask(&request, self.now)?;
            if again != answer {
                return Err(Broken::new("one_key_is_one_answer", &request.key));
            }
        }
        if let Answer::Done { from, to } = answer {
            self.answer(request, from, to);
        }
        Ok(())
    }

    fn answer(&mut self, request: Request, from: u64, to: u64) {
        for seq in from..=self.journal.last().max(to) {
            if let Some(row) = self.journal.row(seq) {
                self.tally.saw_fact(&row.event);
            }
        }
        let issued = matches!(request.command, Command::Issue(_));
        if self.way.bug == Some(Bug::PrintBeforeCommit) && issued {
            self.wish_paper(from, 1);
            self.print_wished(from);
        }
        if self.way.bug == Some(Bug::AnswerBeforeCommit) {
            self.deliver(&request, from, to);
        }
        self.outbox.push((request, from, to));
    }

    fn note(&mut self, request: &Request, answer: &Answer) {
        if let Answer::Refused(refusal) = answer {
            self.tally.saw("refusal", refusal.code());
        }
        if self.log.len() == 12 {
            self.log.pop_front();
        }
        let (at, key) = (self.now.0, &request.key);
        let command = match &request.command {
            Command::PublishPlan { .. } => "publish_plan".to_owned(),
            other => format!("{other:?}"),
        };
        self.log
            .push_back(format!("{at} {key} {command} -> {answer:?}"));
    }

    /// On disk: answers go out, some of them into nothing.
    pub(crate) fn commit(&mut self) {
        self.journal.commit();
        self.hear_calls();
        for (request, from, to) in std::mem::take(&mut self.outbox) {
            if self.way.faults && self.rng.chance(self.rates.lost) {
                self.tally.fault("lost_reply");
                self.retries.push(request);
            } else {
                self.deliver(&request, from, to);
            }
        }
    }

    fn deliver(&mut self, request: &Request, from: u64, to: u64) {
        let ticket = self.journal.row(to).and_then(|row| row.event.ticket());
        self.told.entry(request.key.clone()).or_insert((from, to));
        self.answered.push(Answered { seq: to, ticket });
        match &request.command {
            Command::Issue(_) => self.wish_paper(from, 1),
            Command::AskReprint { .. } => {
                if let Some(Event::ReprintAsked { copy, .. }) =
                    self.journal.row(from).map(|row| &row.event)
                {
                    let copy = *copy;
                    self.wish_paper(from, copy);
                }
            }
            Command::ReportPrint {
                outcome: PrintOutcome::Started,
                ..
            } => self.print_wished(from),
            _ => (),
        }
        if self.past.len() == 40 {
            self.past.pop_front();
        }
        self.past.push_back(request.clone());
    }

    /// The kiosk reports that it starts to print; the paper comes when that is on disk.
    fn wish_paper(&mut self, seq: u64, copy: u32) {
        let ticket = self.journal.row(seq).and_then(|row| row.event.ticket());
        let Some(ticket) = ticket else { return };
        if self.jobs.insert((ticket, copy)) {
            let command = Command::ReportPrint {
                ticket,
                copy,
                outcome: PrintOutcome::Started,
            };
            let request = self.request(crowd::kiosk(), command);
            self.retries.push(request);
        }
    }

    fn print_wished(&mut self, seq: u64) {
        let (ticket, copy) = match self.journal.row(seq).map(|row| &row.event) {
            Some(Event::PrintChanged { ticket, copy, .. }) => (*ticket, *copy),
            Some(Event::TicketIssued { ticket, .. }) => (*ticket, 1),
            _ => return,
        };
        let known = self
            .tape
            .iter()
            .any(|p| p.ticket == ticket && p.copy == copy);
        let Some(known_ticket) = self.journal.ahead.tickets().get(&ticket).filter(|_| !known)
        else {
            return;
        };
        self.tape.push(Paper {
            ticket,
            number: known_ticket.number.clone(),
            copy,
            durable_then: self.journal.durable_seq(),
        });
        self.printed.push_back((ticket, copy));
    }

    /// The printer says what became of a paper.
    fn report_paper(&mut self) -> Kept {
        let Some((ticket, copy)) = self.printed.pop_front() else {
            return Ok(());
        };
        let outcome = match self.rng.below(10) {
            0 => PrintOutcome::Failed,
            1 | 2 => {
                self.tally.fault("paper_unknown");
                self.printed.push_back((ticket, copy));
                PrintOutcome::Unknown
            }
            _ => PrintOutcome::Printed,
        };
        let command = Command::ReportPrint {
            ticket,
            copy,
            outcome,
        };
        let request = self.request(crowd::kiosk(), command);
        self.submit(request)
    }

    fn break_something(&mut self) -> Kept {
        if self.rng.chance(self.rates.crash) {
            self.tally.fault("crash_before_commit");
            return self.restart();
        }
        if self.rng.chance(self.rates.crash) {
            self.tally.fault("crash_after_commit");
            self.journal.commit();
            self.hear_calls();
            return self.restart();
        }
        if self.rng.chance(self.rates.repeated)
            && let Some(request) = self.past.get(self.rng.below(40)).cloned()
        {
            self.tally.fault("repeated_request");
            return self.repeat(&request);
        }
        Ok(())
    }

    /// A request that was answered before is answered the same.
    fn repeat(&mut self, request: &Request) -> Kept {
        let answer = self.journal.ask(request, self.now)?;
        let told = self.told.get(&request.key).copied();
        let same = told.is_some_and(|(from, to)| answer == Answer::Done { from, to });
        if same {
            return Ok(());
        }
        Err(Broken::new("one_key_is_one_answer", (&request.key, answer)))
    }

    fn restart(&mut self) -> Kept {
        // J2: what was on disk is there again, row by row.
        let durable = self.journal.rows.get(..self.journal.durable);
        let before = durable.map(<[_]>::to_vec).unwrap_or_default();
        self.journal.crash()?;
        if self.journal.rows != before {
            return Err(Broken::new(
                "a_restart_keeps_what_was_on_disk",
                before.len(),
            ));
        }
        for (request, _, _) in std::mem::take(&mut self.outbox) {
            self.retries.push(request);
        }
        Ok(())
    }

    fn hear_calls(&mut self) {
        for row in self.journal.rows.iter().skip(self.announced_rows) {
            match &row.event {
                Event::TicketCalled { ticket, window, .. } => {
                    self.announced.insert((*ticket, window.clone(), 1));
                }
                Event::TicketRecalled {
                    ticket,
                    window,
                    call,
                } => {
                    self.announced.insert((*ticket, window.clone(), *call));
                }
                _ => (),
            }
        }
        self.announced_rows = self.journal.durable;
    }

    fn look_at_the_board(&mut self) {
        let shown = match self.way.bug {
            Some(Bug::BoardShowsQueued) => &self.journal.ahead,
            _ => &self.journal.settled,
        };
        let calls = shown
            .recent_calls()
            .filter_map(|ticket| match &ticket.status {
                TicketStatus::Called(window) => Some((ticket.id, window.clone(), ticket.calls)),
                _ => None,
            });
        let early = calls
            .into_iter()
            .find(|call| !self.announced.contains(call));
        self.announced_early = early;
    }
}

/// The ticket held at the window of a call.
fn held_by(hall: &Hall, command: &Command) -> Option<TicketId> {
    match command {
        Command::Call { window, .. } => hall.windows().get(window)?.ticket,
        _ => None,
    }
}

/// C9: whether a call expects the window to hold something else than it does.
fn expects_another(command: &Command, held: Option<TicketId>) -> bool {
    match command {
        Command::Call {
            expect: Some(expected),
            ..
        } => *expected != held || held.is_some(),
        _ => false,
    }
}
