//! The smallest shell: rows, a durable part, keys, and two folds.

use std::collections::BTreeMap;

use hall::{Actor, Command, Event, Hall, Refusal, Timestamp, decide, follow};

use crate::bugs::{self, Bug};
use crate::promises::Broken;
use crate::tally::command_name;
use crate::witness::Witness;

/// One fact in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) seq: u64,
    pub(crate) at: Timestamp,
    /// The request's key, on the first fact of its answer.
    pub(crate) key: Option<String>,
    /// The command it follows from; `follow` for what follows from the state alone.
    pub(crate) by: &'static str,
    /// Who asked.
    pub(crate) actor: String,
    pub(crate) event: Event,
}

/// Who asks what, under which key.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) key: String,
    pub(crate) actor: Actor,
    pub(crate) command: Command,
}

/// What a request led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Facts, the first and last of them.
    Done {
        from: u64,
        to: u64,
    },
    /// It is so already.
    Nothing,
    Refused(Refusal),
}

/// All rows, of which `durable` are on disk.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    pub(crate) rows: Vec<Row>,
    pub(crate) durable: usize,
    pub(crate) ahead: Hall,
    pub(crate) settled: Hall,
    pub(crate) witness: Witness,
    /// First and last seq of each key's answer.
    pub(crate) keys: BTreeMap<String, (u64, u64)>,
    pub(crate) bug: Option<Bug>,
}

impl Journal {
    pub(crate) fn new(bug: Option<Bug>) -> Self {
        Self {
            rows: Vec::new(),
            durable: 0,
            ahead: Hall::new(),
            settled: Hall::new(),
            witness: Witness::default(),
            keys: BTreeMap::new(),
            bug,
        }
    }

    /// Answers a request: again as before when the key is known, else by deciding anew.
    pub(crate) fn ask(&mut self, request: &Request, now: Timestamp) -> Result<Answer, Broken> {
        if let Some((from, to)) = self.keys.get(&request.key).copied()
            && self.bug != Some(Bug::KeyIgnored)
        {
            return Ok(Answer::Done { from, to });
        }
        let decided = decide(&self.ahead, &request.command, &request.actor, now);
        let decided = bugs::twist(self, request, decided);
        let events = match decided {
            Ok(events) if events.is_empty() => return Ok(Answer::Nothing),
            Ok(events) => events,
            Err(refusal) => return Ok(Answer::Refused(refusal)),
        };
        let from = self.last() + 1;
        let mut key = Some(request.key.clone());
        for event in events {
            let by = (command_name(&request.command), request.actor.name.as_str());
            self.append(by, key.take(), event, now)?;
        }
        let to = self.last();
        self.keys.insert(request.key.clone(), (from, to));
        self.follow(now)?;
        Ok(Answer::Done { from, to })
    }

    /// What follows from the state, as the server's task does it: in the same transaction.
    fn follow(&mut self, now: Timestamp) -> Result<(), Broken> {
        let clock = Actor::clockwork();
        for event in bugs::twist_what_follows(self, follow(&self.ahead, now)) {
            self.append(("follow", &clock.name), None, event, now)?;
        }
        let more = bugs::twist_what_follows(self, follow(&self.ahead, now));
        if more.is_empty() {
            return Ok(());
        }
        Err(Broken::new("nothing_more_follows", more))
    }

    pub(crate) fn last(&self) -> u64 {
        u64::try_from(self.rows.len()).expect("a usize fits")
    }

    pub(crate) fn durable_seq(&self) -> u64 {
        u64::try_from(self.durable).expect("a usize fits")
    }

    pub(crate) fn row(&self, seq: u64) -> Option<&Row> {
        let index = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.rows.get(index)
    }

    /// Takes a fact into the speculative state. J6: every fact fits where it stands.
    pub(crate) fn append(
        &mut self,
        (by, actor): (&'static str, &str),
        key: Option<String>,
        event: Event,
        at: Timestamp,
    ) -> Result<(), Broken> {
        // A server with a planted bug has no such check: another promise must find it.
        if self.bug.is_none() {
            let fits = self.ahead.check(&event);
            fits.map_err(|misfit| Broken::new("every_fact_fits_where_it_stands", misfit))?;
        }
        let seq = self.last() + 1;
        let row = Row {
            seq,
            at,
            key,
            by,
            actor: actor.into(),
            event,
        };
        self.witness.take(&row)?;
        self.ahead.apply(&row.event, at);
        self.rows.push(row);
        Ok(())
    }

    /// The batch is on disk.
    pub(crate) fn commit(&mut self) {
        for row in self.rows.iter().skip(self.durable) {
            self.settled.apply(&row.event, row.at);
        }
        self.durable = self.rows.len();
    }

    /// The power went out: what was not on disk is gone, the rest is read again.
    pub(crate) fn crash(&mut self) -> Result<(), Broken> {
        self.rows.truncate(self.durable);
        let durable = self.durable_seq();
        self.keys.retain(|_, (_, to)| *to <= durable);
        if self.bug == Some(Bug::KeysInMemory) {
            self.keys.clear();
        }
        self.ahead = self.replay();
        if self.ahead != self.settled {
            return Err(Broken::new("replay_gives_the_same_hall", durable));
        }
        let mut witness = Witness::default();
        for row in &self.rows {
            witness.take(row)?;
        }
        self.witness = witness;
        Ok(())
    }

    /// The fold of the durable rows.
    pub(crate) fn replay(&self) -> Hall {
        let mut hall = Hall::new();
        for row in self.rows.iter().take(self.durable) {
            hall.apply(&row.event, row.at);
        }
        hall
    }
}
