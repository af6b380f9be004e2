//! Facts of the journal as people read them: a sentence, who, when, at which window, and the rows.
//!
//! Nothing here is kept: a fact is read from the journal each time it is asked for.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::{Months, NaiveDate};
use hall::evidence::{Article, Item, Names, Threads, evidence, window_of};
use hall::text::Text;
use hall::{DateTime, Event, TicketId, Timestamp, WindowCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::floor::{Durable, HallHandle};
use crate::history;
use crate::http::problem::Problem;
use crate::store::Row;

/// Minutes before and after the minute asked about. Ours: as long as a pause lasts before the clerk
/// is reminded.
pub(crate) const AROUND_MIN: i64 = 10;

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fact {
    /// Its row in the journal.
    pub seq: u64,
    /// The rows it rests on, oldest first, its own last.
    pub seqs: Vec<u64>,
    /// When.
    pub at: DateTime,
    /// Its kind in the journal.
    pub kind: String,
    /// The article that it is evidence for; none for facts that prove nothing.
    pub article: Option<Article>,
    /// The item of the score sheet.
    pub item: Option<Item>,
    /// The item's name in the annex.
    pub item_name: Option<String>,
    /// At which window.
    pub window: Option<WindowCode>,
    /// The number it is about.
    pub number: Option<String>,
    /// Who did it.
    pub who: Text,
    /// What happened.
    pub text: Text,
}

/// Which facts of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The month's first day.
    pub(crate) month: NaiveDate,
    /// Of this item alone.
    pub(crate) item: Option<Item>,
    /// Of this window alone.
    pub(crate) window: Option<WindowCode>,
    /// After this row.
    pub(crate) after: i64,
    /// As many at most.
    pub(crate) limit: usize,
}

/// What was read so far: names of numbers, threads, and the facts themselves.
struct Reader<'a> {
    durable: &'a Durable,
    numbers: BTreeMap<TicketId, String>,
    threads: Threads,
}

impl<'a> Reader<'a> {
    /// Knows the numbers of tickets in memory; those of older days come with their rows.
    fn new(durable: &'a Durable) -> Self {
        let tickets = durable.hall.tickets().iter();
        Self {
            durable,
            numbers: tickets
                .map(|(id, ticket)| (*id, ticket.number.clone()))
                .collect(),
            threads: Threads::default(),
        }
    }

    /// Takes a row in, and names the rows that it rests on.
    fn take(&mut self, row: &Row, event: &Event) -> Vec<u64> {
        if let Event::TicketIssued { ticket, number, .. } = event {
            self.numbers.insert(*ticket, number.clone());
        }
        self.threads
            .take(event, u64::try_from(row.seq).unwrap_or_default())
    }

    fn fact(&self, row: &Row, event: &Event, seqs: Vec<u64>) -> Fact {
        let hall = &self.durable.hall;
        let names = Names::of(hall, &self.numbers);
        let proves = evidence(event);
        let number = event.ticket().and_then(|id| self.numbers.get(&id).cloned());
        Fact {
            seq: u64::try_from(row.seq).unwrap_or_default(),
            seqs,
            at: Timestamp(row.at).in_zone(hall.zone()),
            kind: row.kind.clone(),
            article: proves.map(|(article, _)| article),
            item: proves.map(|(_, item)| item),
            item_name: proves.map(|(_, item)| item.name().to_owned()),
            window: window_of(event).cloned(),
            number,
            who: names.who(&row.actor),
            text: names.sentence(event),
        }
    }
}

/// The facts of a month that are evidence, oldest first, and whether there are more.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn of_month(
    app: &App,
    hall: &HallHandle,
    wanted: &Wanted,
) -> Result<(Vec<Fact>, bool), Problem> {
    let durable = hall.durable();
    let zone = durable.hall.zone();
    let begin = history::begin_of(wanted.month, zone);
    let end = wanted.month.checked_add_months(Months::new(1));
    let end = end.map_or(Timestamp(i64::MAX), |end| history::begin_of(end, zone));
    let from = match moment_of(app, hall, wanted.after).await? {
        // The day of the row is read again for its numbers and threads.
        Some(at) => history::begin_of(at.date_in(zone), zone).max(begin),
        None => begin,
    };
    let mut reader = Reader::new(&durable);
    let (mut facts, mut more) = (Vec::new(), false);
    history::read_while(app, hall, (from, end), |row, event| {
        let seqs = reader.take(row, event);
        if row.seq <= wanted.after || !is_wanted(event, wanted) {
            return ControlFlow::Continue(());
        }
        if facts.len() == wanted.limit {
            more = true;
            return ControlFlow::Break(());
        }
        facts.push(reader.fact(row, event, seqs));
        ControlFlow::Continue(())
    })
    .await?;
    Ok((facts, more))
}

fn is_wanted(event: &Event, wanted: &Wanted) -> bool {
    let Some((_, item)) = evidence(event) else {
        return false;
    };
    let is_of_window = wanted.window.is_none() || window_of(event) == wanted.window.as_ref();
    is_of_window && wanted.item.is_none_or(|one| one == item)
}

async fn moment_of(app: &App, hall: &HallHandle, seq: i64) -> Result<Option<Timestamp>, Problem> {
    if seq <= 0 {
        return Ok(None);
    }
    let rows = app.halls.store().rows(&hall.code.0, seq - 1, 1).await;
    let rows = rows.map_err(|fault| app.fault(&fault))?;
    Ok(rows.first().map(|row| Timestamp(row.at)))
}

/// Every fact of a window within [`AROUND_MIN`] of a minute, evidence or not; before them the last
/// one from earlier that day, and who sat there, so that it is known how the window stood.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn around(
    app: &App,
    hall: &HallHandle,
    window: &WindowCode,
    at: Timestamp,
) -> Result<Vec<Fact>, Problem> {
    let durable = hall.durable();
    let zone = durable.hall.zone();
    let day = history::begin_of(at.date_in(zone), zone);
    let (first, last) = (at.plus_min(-AROUND_MIN), at.plus_min(AROUND_MIN + 1));
    let mut reader = Reader::new(&durable);
    let mut before: BTreeMap<bool, Fact> = BTreeMap::new();
    let mut facts = Vec::new();
    history::read(app, hall, (day.min(first), last), |row, event| {
        let seqs = reader.take(row, event);
        if window_of(event) != Some(window) {
            return;
        }
        let fact = reader.fact(row, event, seqs);
        if Timestamp(row.at) >= first {
            facts.push(fact);
        } else {
            before.insert(is_arrival(event), fact);
        }
    })
    .await?;
    let mut all: Vec<_> = before.into_values().chain(facts).collect();
    all.sort_by_key(|fact| fact.seq);
    Ok(all)
}

/// Whether somebody took the window.
const fn is_arrival(event: &Event) -> bool {
    matches!(event, Event::ShiftBegan { .. } | Event::CoverBegan { .. })
}
