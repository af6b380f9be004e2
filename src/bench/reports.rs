//! `tidehall bench --reports`: how fast a month is read, from the journal and from summaries.
//!
//! The month is decided by the hall's own rules at its own pace, and written with a valid chain.
//! It lies too far back to be summed up beside the requests, so that the first reader is cold.

use std::io::Write;

use anyhow::{Context, ensure};
use chrono::{Datelike, Days, NaiveDate};
use hall::evidence::DEFINITIONS;
use hall::{
    Actor, Channel, Class, Command, Event, Hall, HallCode, HourMinute, IssueTicket, Outcome, Pick,
    Role, ServiceCode, TicketId, Timestamp, WindowCode, decide, follow,
};
use link::{clock, random};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use server::reports::totals;
use server::store::{Batch, Row, Store, SummaryRow};

use super::house::{self, Folder, Process};
use super::plans::{SERVICES, clerk, plan, window};

/// Numbers a day. **Source**: the aim of this measurement, a district's hall.
const VISITORS: usize = 1500;
/// Windows of the hall: with [`SERVED_S`] they finish what comes, in and a little after hours.
const WINDOWS: usize = 12;
/// Seconds of one visit at a window.
const SERVED_S: i64 = 225;
/// Workdays of the month. **Source**: the aim of this measurement.
const DAYS: usize = 22;
/// The month: far enough before the server's clock.
const MONTH: (i32, u32) = (2026, 9);
/// Halls whose totals are read. **Source**: the aim of this measurement.
const HALLS: usize = 300;
/// Readings of which the middle one counts.
const READINGS: usize = 5;
const CODE: &str = "month";

/// What was measured.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    rows: usize,
    tickets: usize,
    /// The first reader: everything is folded from the journal, and summaries are kept.
    cold_s: f64,
    /// With summaries, the middle one of five.
    warm_s: f64,
    /// With summaries, as a workbook.
    xlsx_s: f64,
    report_bytes: usize,
    summary_bytes: usize,
    /// The totals of 300 halls over the month.
    district_s: f64,
}

impl Figures {
    pub(super) fn print(&self, json: bool) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        if json {
            writeln!(out, "{}", serde_json::to_string(self)?)?;
            return Ok(());
        }
        let (rows, tickets) = (self.rows, self.tickets);
        let summaries = self.summary_bytes / DAYS / 1000;
        writeln!(
            out,
            "month       {rows:>9} rows, {tickets} numbers in {DAYS} days"
        )?;
        writeln!(
            out,
            "cold        {:>9.3} s  folded from the journal",
            self.cold_s
        )?;
        let bytes = self.report_bytes;
        writeln!(
            out,
            "warm        {:>9.3} s  from summaries, {bytes} bytes",
            self.warm_s
        )?;
        writeln!(out, "xlsx        {:>9.3} s  from summaries", self.xlsx_s)?;
        writeln!(out, "summary     {summaries:>9} kB a day, totals included")?;
        writeln!(
            out,
            "district    {:>9.3} s  totals of {HALLS} halls",
            self.district_s
        )?;
        Ok(())
    }
}

/// Writes the month, then reads it as people do.
pub(super) async fn measure() -> anyhow::Result<Figures> {
    let folder = Folder::new()?;
    let database = folder.database("month.db");
    let store = Store::open_server(&database).await?;
    let manager = house::token(&store, Role::Manager).await?;
    let mut month = Month::new();
    month.write(&store).await?;
    let (rows, tickets) = (month.rows, month.tickets);
    store.close().await;
    drop(store);
    let server = Process::serve(&folder, &database).await?;
    let reader = Reader::new(&server, &manager)?;
    let path = "/api/v1/halls/month/reports/day?from=2026-09-01&to=2026-09-30";
    let (cold_s, report) = reader.timed(path).await?;
    check(&report, tickets)?;
    let mut warm = Vec::new();
    for _ in 0..READINGS {
        let (seconds, again) = reader.timed(path).await?;
        ensure!(
            again == report,
            "a summary says something else than the journal"
        );
        warm.push(seconds);
    }
    let sheet = path.replace("/day", "/window") + "&format=xlsx";
    let (xlsx_s, _) = reader.timed(&sheet).await?;
    server.stop().await?;
    let store = Store::open_server(&database).await?;
    let (district_s, summary_bytes) = district(&store).await?;
    store.close().await;
    Ok(Figures {
        rows,
        tickets,
        cold_s,
        warm_s: super::figures::median(warm),
        xlsx_s,
        report_bytes: report.len(),
        summary_bytes,
        district_s,
    })
}

/// Somebody who reads reports.
struct Reader<'a> {
    client: reqwest::Client,
    base: String,
    token: &'a str,
}

impl<'a> Reader<'a> {
    fn new(server: &Process, token: &'a str) -> anyhow::Result<Self> {
        link::client::install_tls();
        Ok(Self {
            client: reqwest::Client::builder().no_proxy().build()?,
            base: format!("http://{}", server.address),
            token,
        })
    }

    /// How long an answer takes, to its last byte.
    async fn timed(&self, path: &str) -> anyhow::Result<(f64, Vec<u8>)> {
        let began = clock::monotonic_now();
        let asked = self.client.get(format!("{}{path}", self.base));
        let answer = asked.bearer_auth(self.token).send().await?;
        let status = answer.status();
        let bytes = answer.bytes().await?.to_vec();
        let took = clock::monotonic_now().duration_since(began);
        ensure!(status == 200, "{path}: {}", String::from_utf8_lossy(&bytes));
        Ok((took.as_secs_f64(), bytes))
    }
}

#[derive(Deserialize)]
struct Report {
    columns: Vec<Column>,
    total: Vec<Option<f64>>,
}

#[derive(Deserialize)]
struct Column {
    code: String,
}

/// The report counts what was written.
fn check(report: &[u8], tickets: usize) -> anyhow::Result<()> {
    let report: Report = serde_json::from_slice(report)?;
    let mut columns = report.columns.iter().zip(&report.total);
    let finished = columns.find(|(column, _)| column.code == "finished");
    let finished = finished.and_then(|(_, total)| *total).context("a figure")?;
    let missing = super::load::count(tickets) - finished;
    ensure!(missing.abs() < 0.5, "{missing} numbers are missing");
    Ok(())
}

/// The same month for three hundred halls, and how long their totals take.
async fn district(store: &Store) -> anyhow::Result<(f64, usize)> {
    let (from, to) = ("2026-09-01", "2026-09-30");
    let version = i64::from(DEFINITIONS);
    let details = store.summaries(CODE, (from, to), version).await?;
    let totals_of = store.day_totals((from, to), version).await?;
    ensure!(details.len() == totals_of.len(), "a summary is missing");
    let bytes = details
        .iter()
        .map(|(_, detail)| detail.len())
        .sum::<usize>()
        + totals_of
            .iter()
            .map(|(.., totals)| totals.len())
            .sum::<usize>();
    let codes: Vec<_> = (0..HALLS).map(|i| HallCode(format!("d{i:03}"))).collect();
    for code in &codes {
        let days = details.iter().zip(&totals_of);
        let rows = days.map(|((day, detail), (.., totals))| SummaryRow {
            hall: code.0.clone(),
            day: day.clone(),
            version,
            head_seq: 1,
            totals: totals.clone(),
            detail: detail.clone(),
        });
        store.keep_summaries(&rows.collect::<Vec<_>>()).await?;
    }
    let span = (from.parse()?, to.parse()?);
    let began = clock::monotonic_now();
    let read = totals(store, &codes, span).await?;
    let took = clock::monotonic_now().duration_since(began);
    ensure!(
        read.iter().all(|hall| hall.days == details.len()),
        "a day is missing"
    );
    Ok((took.as_secs_f64(), bytes))
}

/// An event as a row keeps it.
#[derive(Deserialize)]
struct Split<'a> {
    #[serde(borrow)]
    payload: &'a RawValue,
}

/// A hall that works through a month.
struct Month {
    hall: Hall,
    now: Timestamp,
    log: TicketId,
    last: [u8; 32],
    rows: usize,
    tickets: usize,
    batch: Batch,
}

impl Month {
    fn new() -> Self {
        Self {
            hall: Hall::new(),
            now: Timestamp(0),
            log: TicketId(random::id(clock::machine_now())),
            last: [0; 32],
            rows: 0,
            tickets: 0,
            batch: Batch::default(),
        }
    }

    async fn write(&mut self, store: &Store) -> anyhow::Result<()> {
        let first = NaiveDate::from_ymd_opt(MONTH.0, MONTH.1, 1).context("a date")?;
        let workdays = first
            .iter_days()
            .filter(|day| day.weekday().num_days_from_monday() < 5);
        self.at(first - Days::new(1), "12:00")?;
        let plan = Box::new(plan(CODE, WINDOWS)?);
        ensure!(
            self.ask(&Command::PublishPlan { plan }),
            "the plan is refused"
        );
        for day in workdays.take(DAYS) {
            self.work(day)?;
            let batch = std::mem::take(&mut self.batch);
            store.append(&batch).await?;
        }
        Ok(())
    }

    fn at(&mut self, day: NaiveDate, time: &str) -> anyhow::Result<()> {
        let time = HourMinute::parse(time).context("a time")?;
        self.now = Timestamp::of_local(day, time, self.hall.zone());
        Ok(())
    }

    /// One day: everybody is served in the order of the numbers, and the day is settled.
    fn work(&mut self, day: NaiveDate) -> anyhow::Result<()> {
        self.at(day, "08:15")?;
        self.ask(&Command::Tick);
        if self.hall.current_day().is_none_or(|open| open.date != day) {
            let reason = "bench".to_owned();
            ensure!(
                self.ask(&Command::OpenDay { reason }),
                "the day does not open"
            );
        }
        for i in 0..WINDOWS {
            let code = WindowCode(window(i));
            let clerk = hall::ClerkCode(clerk(i));
            self.ask(&Command::SignIn {
                window: code.clone(),
                clerk,
                overriding: None,
            });
            self.ask(&Command::MakeReady { window: code });
        }
        self.at(day, "08:30")?;
        let mut free_at = [self.now; WINDOWS];
        let mut taken = 0;
        let gap = 8 * 3600 / i64::try_from(VISITORS)?;
        while taken < VISITORS || free_at.iter().any(|free| *free > self.now) {
            self.now = self.now.plus_s(gap);
            if taken % 50 == 0 {
                self.ask(&Command::Tick);
            }
            if taken < VISITORS {
                ensure!(self.ask(&issue(taken)), "a number is refused");
                taken += 1;
            }
            self.serve(&mut free_at);
        }
        self.tickets += taken;
        self.at(day, "19:30")?;
        self.ask(&Command::Tick);
        let settled = self.ask(&Command::Settle { day: None });
        ensure!(settled, "{day} is not settled");
        Ok(())
    }

    /// Every window that is done finishes, and calls the next.
    fn serve(&mut self, free_at: &mut [Timestamp]) {
        for (i, free) in free_at.iter_mut().enumerate() {
            if *free > self.now {
                continue;
            }
            let window = WindowCode(window(i));
            self.ask(&finish(&window));
            let call = Command::Call {
                window: window.clone(),
                pick: Pick::Next,
                expect: None,
            };
            if self.ask(&call) {
                self.ask(&Command::Start { window });
                *free = self.now.plus_s(SERVED_S);
            }
        }
    }

    /// Whether the hall did it.
    fn ask(&mut self, command: &Command) -> bool {
        let Ok(events) = decide(&self.hall, command, &manager(), self.now) else {
            return false;
        };
        for event in &events {
            self.take(event);
        }
        for event in &follow(&self.hall, self.now) {
            self.take(event);
        }
        true
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only days and issues have these columns"
    )]
    fn take(&mut self, event: &Event) {
        self.hall.apply(event, self.now);
        let text = serde_json::to_string(event).unwrap_or_default();
        let split = serde_json::from_str::<Split<'_>>(&text);
        let payload = split.map(|split| split.payload.get().to_owned());
        let (day, number) = match event {
            Event::TicketIssued { day, number, .. } => {
                (Some(day.to_string()), Some(number.clone()))
            }
            Event::DayOpened { day, .. }
            | Event::PhaseBegan { day, .. }
            | Event::DaySettled { day, .. } => (Some(day.to_string()), None),
            _ => (None, None),
        };
        self.rows += 1;
        let mut row = Row {
            hall: CODE.into(),
            seq: i64::try_from(self.rows).unwrap_or(i64::MAX),
            log_id: self.log.0,
            event_id: random::id(self.now),
            cmd_key: None,
            body_mac: None,
            actor: "bench-manager".into(),
            device: None,
            inc: None,
            kseq: None,
            at: self.now.0,
            mono_ms: 0,
            day,
            number,
            kind: event.kind().into(),
            payload: payload.unwrap_or_default(),
            prev_hash: self.last,
            hash: [0; 32],
        };
        row.chain(self.last);
        self.last = row.hash;
        self.batch.rows.push(row);
    }
}

fn issue(taken: usize) -> Command {
    let service = SERVICES.get(taken % SERVICES.len()).copied();
    Command::Issue(Box::new(IssueTicket {
        ticket: TicketId(random::id(clock::machine_now())),
        service: ServiceCode(service.unwrap_or("A").to_owned()),
        class: Class::Ordinary,
        ground: None,
        channel: Channel::Kiosk,
        holder: None,
        note: None,
        after_closing: None,
        told: None,
    }))
}

fn finish(window: &WindowCode) -> Command {
    Command::Finish {
        window: window.clone(),
        outcome: Outcome::DoneOnTheSpot,
        promised_days: None,
        pickup: None,
        slip: None,
        matters: Vec::new(),
    }
}

fn manager() -> Actor {
    Actor {
        name: "bench-manager".to_owned(),
        role: Role::Manager,
        clerk: None,
    }
}
