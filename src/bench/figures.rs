//! What was measured, as a table and as one JSON object.

use std::io::Write;
use std::time::Duration;

use serde::Serialize;

/// Lengths of many requests.
#[derive(Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    pub(super) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The time that so many per cent of the requests do not exceed, in milliseconds.
    pub(super) fn percentile_ms(&mut self, percent: usize) -> f64 {
        self.0.sort_unstable();
        let rank = (self.0.len() * percent).div_ceil(100);
        let time = self.0.get(rank.saturating_sub(1));
        time.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// The middle one of some figures.
pub(super) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

/// Every figure of one run.
#[derive(Serialize)]
pub(super) struct Figures {
    /// `issue_rps / bare_rps`, the median over the rounds.
    pub(super) issue_ratio: f64,
    /// `call_rps / bare_rps`, the median over the rounds.
    pub(super) call_ratio: f64,
    /// At half of `issue_rps`, from when a request was due.
    pub(super) issue_p99_ms: f64,
    /// From a change's answer to the last socket's frame.
    pub(super) fanout_p99_ms: f64,
    /// Of the server's process with every socket open, in millions of bytes.
    pub(super) rss_mb: f64,
    /// Over the whole start of the server's process.
    pub(super) replay_events_per_s: f64,
    /// How long the disk takes to make one page safe.
    pub(super) sync_p50_ms: f64,
    pub(super) bare_rps: f64,
    pub(super) issue_rps: f64,
    /// Calls, arrivals and completions together: each is a change on disk.
    pub(super) call_rps: f64,
    /// Calls alone.
    pub(super) calls_only_rps: f64,
    pub(super) bare_p50_ms: f64,
    pub(super) issue_p50_ms: f64,
    pub(super) issue_saturated_p99_ms: f64,
    pub(super) call_p50_ms: f64,
    pub(super) call_p99_ms: f64,
    pub(super) fanout_p50_ms: f64,
    pub(super) sockets: usize,
    pub(super) changes: usize,
    pub(super) issued: usize,
    pub(super) issue_answer_bytes: usize,
    pub(super) bare_answer_bytes: usize,
    pub(super) replay_events: usize,
    pub(super) replay_s: f64,
    pub(super) empty_start_s: f64,
    /// The ratio of every round, to show the noise.
    pub(super) issue_ratios: Vec<f64>,
    pub(super) call_ratios: Vec<f64>,
}

impl Figures {
    /// One JSON object.
    pub(super) fn print_json(&self) -> anyhow::Result<()> {
        writeln!(std::io::stdout(), "{}", serde_json::to_string(self)?)?;
        Ok(())
    }

    /// A table for people.
    pub(super) fn print_table(&self) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        for (name, figure, what) in self.numbers().into_iter().chain(self.others()) {
            writeln!(out, "{name:<12}{figure:>12}  {what}")?;
        }
        Ok(())
    }

    fn numbers(&self) -> [Line; 5] {
        let bare = format!(
            "a JSON route served the same way, 64 connections, p50 {:.2} ms, {} bytes",
            self.bare_p50_ms, self.bare_answer_bytes
        );
        let issue = format!(
            "durable numbers in 300 halls, 64 connections, {} bytes, {} issued",
            self.issue_answer_bytes, self.issued
        );
        let half = format!(
            "at half load, p50 {:.2} ms; saturated p99 {:.2} ms",
            self.issue_p50_ms, self.issue_saturated_p99_ms
        );
        let disk = "p50 of making one page safe; 64 connections share each such wait";
        [
            ("disk", ms(self.sync_p50_ms), disk.to_owned()),
            ("bare", per_second(self.bare_rps), bare),
            ("issue", per_second(self.issue_rps), issue),
            ratio("issue", self.issue_ratio, &self.issue_ratios),
            ("issue p99", ms(self.issue_p99_ms), half),
        ]
    }

    fn others(&self) -> [Line; 6] {
        let calls = format!(
            "calls, arrivals, completions at 40 windows of one hall; calls alone {:.0}/s",
            self.calls_only_rps
        );
        let call = format!("of a call, saturated, p50 {:.2} ms", self.call_p50_ms);
        let heard = format!(
            "from answer to the last of {} sockets, {} changes, p50 {:.2} ms",
            self.sockets, self.changes, self.fanout_p50_ms
        );
        let replay = format!(
            "{} events; start {:.2} s, an empty start {:.2} s",
            self.replay_events, self.replay_s, self.empty_start_s
        );
        let memory = "resident, the server's alone, sockets open";
        [
            ("calls", per_second(self.call_rps), calls),
            ratio("call", self.call_ratio, &self.call_ratios),
            ("call p99", ms(self.call_p99_ms), call),
            ("fan-out p99", ms(self.fanout_p99_ms), heard),
            (
                "memory",
                format!("{:.1} MB", self.rss_mb),
                memory.to_owned(),
            ),
            ("replay", per_second(self.replay_events_per_s), replay),
        ]
    }
}

/// Name, figure, and what it is.
type Line = (&'static str, String, String);

fn ms(figure: f64) -> String {
    format!("{figure:.2} ms")
}

fn per_second(figure: f64) -> String {
    format!("{figure:.0}/s")
}

fn ratio(what: &str, middle: f64, rounds: &[f64]) -> Line {
    let rounds: Vec<_> = rounds.iter().map(|ratio| format!("{ratio:.2}")).collect();
    let all = format!("{what} / bare; rounds {}", rounds.join(", "));
    ("  ratio", format!("{middle:.2}"), all)
}
