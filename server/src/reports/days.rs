//! The days of a span: what was summed up is read, the rest is folded from the journal, and days
//! that are over are kept for the next reader.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use hall::evidence::{DEFINITIONS, DayFigures, MetricsFold, Totals};
use hall::plan::Plan;
use hall::{Phase, Timestamp};

use crate::app::App;
use crate::floor::HallHandle;
use crate::history;
use crate::http::problem::Problem;
use crate::store::SummaryRow;

/// Days read before a day when none before it was settled: a shift, a pause or a number may reach
/// into it. Ours.
const AROUND: u64 = 31;

/// The days of a span with figures, and the journal position that they cover.
#[derive(Debug, Clone, Default)]
pub(crate) struct Read {
    pub(crate) days: Vec<DayFigures>,
    pub(crate) seq: u64,
}

#[derive(serde::Deserialize)]
struct Published {
    plan: Plan,
}

/// One hall's journal, as reports read it.
pub(super) struct Reader<'a> {
    pub(super) app: &'a App,
    pub(super) hall: &'a HallHandle,
    pub(super) zone: Tz,
    today: NaiveDate,
    /// Days that are not settled yet.
    open: BTreeSet<NaiveDate>,
    seq: u64,
}

impl<'a> Reader<'a> {
    pub(super) fn new(app: &'a App, hall: &'a HallHandle) -> Self {
        let durable = hall.durable();
        let zone = durable.hall.zone();
        let current = durable.hall.current_day();
        let current = current.filter(|day| day.phase != Phase::Settled);
        let older = durable.hall.older_days().keys().copied();
        Self {
            app,
            hall,
            zone,
            today: app.clock.now().date_in(zone),
            open: older.chain(current.map(|day| day.date)).collect(),
            seq: durable.seq,
        }
    }

    fn code(&self) -> &str {
        &self.hall.code.0
    }

    /// Today, and which days are open: nothing is over anew while this is the same.
    pub(super) fn state(&self) -> (NaiveDate, BTreeSet<NaiveDate>) {
        (self.today, self.open.clone())
    }

    /// A day is over when its date is and every number of it is accounted for: from then on nothing
    /// can be added to it, as corrections of a settled day are refused.
    fn is_over(&self, day: NaiveDate) -> bool {
        day < self.today && !self.open.contains(&day)
    }

    /// Every day of the span since the journal began, but none to come.
    async fn dates(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<NaiveDate>, Problem> {
        let store = self.app.halls.store();
        let first = store.first_at(self.code()).await;
        let Some(first) = first.map_err(|fault| self.app.fault(&fault))? else {
            return Ok(Vec::new());
        };
        let begin = from.max(Timestamp(first).date_in(self.zone));
        let end = to.min(self.today);
        Ok(begin.iter_days().take_while(|day| *day <= end).collect())
    }

    /// The days of the span; days that are over are kept when they were not.
    pub(super) async fn read(&self, span: (NaiveDate, NaiveDate)) -> Result<Read, Problem> {
        let dates = self.dates(span).await?;
        let mut known = self.kept(span).await?;
        known.retain(|day, _| self.is_over(*day));
        let missing: Vec<_> = (dates.iter().copied())
            .filter(|day| !known.contains_key(day))
            .collect();
        if let Some((first, last)) = missing.first().copied().zip(missing.last().copied()) {
            let fold = self.fold(first, last).await?;
            let folded = fold.days().into_iter().map(|day| (day.day, day));
            let folded: BTreeMap<_, _> = folded.collect();
            let over = missing.iter().filter(|day| self.is_over(**day));
            let over: Vec<_> = over.map(|day| day_of(&folded, *day)).collect();
            self.keep(&over).await;
            let missing: BTreeSet<_> = missing.into_iter().collect();
            known.extend(folded.into_iter().filter(|(day, _)| missing.contains(day)));
        }
        Ok(Read {
            days: known.into_values().collect(),
            seq: self.seq,
        })
    }

    /// Makes what is missing of days that are over; how many were made.
    pub(super) async fn make_missing(
        &self,
        span: (NaiveDate, NaiveDate),
    ) -> Result<usize, Problem> {
        let store = self.app.halls.store();
        let (from, to) = (span.0.to_string(), span.1.to_string());
        let kept = store.summed_days(self.code(), (&from, &to), i64::from(DEFINITIONS));
        let kept = kept.await.map_err(|fault| self.app.fault(&fault))?;
        let kept: BTreeSet<_> = kept
            .iter()
            .filter_map(|day| day.parse::<NaiveDate>().ok())
            .collect();
        let dates = self.dates(span).await?;
        let missing: Vec<_> = dates
            .into_iter()
            .filter(|day| self.is_over(*day) && !kept.contains(day))
            .collect();
        let Some((first, last)) = missing.first().zip(missing.last()) else {
            return Ok(0);
        };
        let folded = self.fold(*first, *last).await?.days().into_iter();
        let folded: BTreeMap<_, _> = folded.map(|day| (day.day, day)).collect();
        let over: Vec<_> = missing.iter().map(|day| day_of(&folded, *day)).collect();
        self.keep(&over).await;
        Ok(over.len())
    }

    async fn kept(
        &self,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<BTreeMap<NaiveDate, DayFigures>, Problem> {
        let store = self.app.halls.store();
        let (from, to) = (from.to_string(), to.to_string());
        let kept = store.summaries(self.code(), (&from, &to), i64::from(DEFINITIONS));
        let kept = kept.await.map_err(|fault| self.app.fault(&fault))?;
        let parse = move || {
            let read = |(_, detail): &(String, String)| serde_json::from_str(detail).ok();
            let days = kept.iter().filter_map(read);
            days.filter(DayFigures::is_current)
                .map(|day: DayFigures| (day.day, day))
                .collect()
        };
        let parsed = tokio::task::spawn_blocking(parse).await;
        parsed.map_err(|_| Problem::try_again("the reader of summaries ended early"))
    }

    /// Folds the days from the first to the last, from what could reach into them to their end.
    pub(super) async fn fold(
        &self,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<MetricsFold, Problem> {
        let fault = |fault| self.app.fault(&fault);
        let store = self.app.halls.store();
        let head = i64::try_from(self.seq).unwrap_or(i64::MAX);
        let day = first.to_string();
        let before = store.settled_before(self.code(), &day).await;
        let before = before.map_err(fault)?;
        let before = before.and_then(|day| day.parse::<NaiveDate>().ok());
        let around = first - Days::new(AROUND);
        let begin = before.unwrap_or(around).max(around);
        let begin = history::begin_of(begin, self.zone);
        let after = store.last_before(self.code(), begin.0, head).await;
        let after = after.map_err(fault)?;
        let end = self.end_of((first, last), head).await?;
        let mut fold = MetricsFold::new(self.zone, first, last);
        let plan = store.plan_at(self.code(), after).await.map_err(fault)?;
        if let Some(plan) = plan.and_then(|plan| serde_json::from_str::<Published>(&plan).ok()) {
            fold.begin_with(&plan.plan);
        }
        history::between(self.app, self.hall, (after, end), |row, event| {
            let seq = u64::try_from(row.seq).unwrap_or_default();
            fold.take(event, &row.actor, Timestamp(row.at), seq);
        })
        .await?;
        Ok(fold)
    }

    /// The last row that can say something about the days: of their dates, or of settling them.
    async fn end_of(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        head: i64,
    ) -> Result<i64, Problem> {
        let span = first..=last;
        if self.open.iter().any(|day| span.contains(day)) {
            return Ok(head);
        }
        let store = self.app.halls.store();
        let fault = |fault| self.app.fault(&fault);
        let (from, to) = (first.to_string(), last.to_string());
        let settled = store.settled_at(self.code(), (&from, &to)).await;
        let settled = settled.map_err(fault)?;
        let midnight = history::begin_of(last + Days::new(1), self.zone);
        let at_midnight = store.last_before(self.code(), midnight.0, head).await;
        Ok(settled.max(at_midnight.map_err(fault)?))
    }

    /// A summary that cannot be kept is made again by the next reader.
    async fn keep(&self, days: &[DayFigures]) {
        let rows: Vec<_> = days.iter().filter_map(|day| self.row(day)).collect();
        if let Err(fault) = self.app.halls.store().keep_summaries(&rows).await {
            let fault: &dyn std::error::Error = &fault;
            tracing::warn!(fault, hall.id = %self.hall.code, "summaries cannot be kept");
        }
    }

    fn row(&self, day: &DayFigures) -> Option<SummaryRow> {
        Some(SummaryRow {
            hall: self.code().to_owned(),
            day: day.day.to_string(),
            version: i64::from(DEFINITIONS),
            head_seq: i64::try_from(self.seq).unwrap_or(i64::MAX),
            totals: serde_json::to_string(&Totals::of(day)).ok()?,
            detail: serde_json::to_string(day).ok()?,
        })
    }
}

/// The day; one on which nothing happened is kept too, so that it need not be looked for again.
fn day_of(folded: &BTreeMap<NaiveDate, DayFigures>, day: NaiveDate) -> DayFigures {
    let found = folded.get(&day).cloned();
    found.unwrap_or_else(|| DayFigures::nothing(day))
}
