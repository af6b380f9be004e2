//! The figures of one hall day, whole and small: what a summary keeps, and what a span is made of.

use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::sums::{Place, Sum, Sums};
use crate::{ClerkCode, Timestamp, WindowCode};

/// The version of the whole set of definitions; a summary of another version is made again.
pub const DEFINITIONS: u32 = 3;

/// Everything that is counted of one hall day.
///
/// **Shape**: what belongs to a number counts to the number's day, what belongs to a window to the
/// date it happened on. Days put together are the figures of a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// The day.
    pub day: NaiveDate,
    /// By which definitions it was counted.
    pub version: u32,
    /// The sums.
    pub sums: Sums,
    /// What slips promised, and what came of it.
    pub told: Vec<Told>,
}

impl DayFigures {
    /// A day on which nothing happened.
    pub fn nothing(day: NaiveDate) -> Self {
        Self {
            day,
            version: DEFINITIONS,
            sums: Sums::default(),
            told: Vec::new(),
        }
    }

    /// Whether nothing was counted.
    pub fn is_nothing(&self) -> bool {
        self.sums == Sums::default()
    }

    /// Whether it was counted by the definitions in force.
    pub fn is_current(&self) -> bool {
        self.version == DEFINITIONS
    }
}

/// A wait that was printed on a slip, and the wait that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Told {
    /// Minutes that half of the visitors were told not to exceed.
    pub p50_min: u32,
    /// Minutes that nine in ten were told not to exceed.
    pub p90_min: u32,
    /// Seconds waited.
    pub waited_s: u32,
}

/// What a window was doing for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum PostState {
    /// A clerk held it.
    SignedIn,
    /// It was open for calls, or served.
    Open,
    /// 暂停服务.
    Paused,
    /// A visitor was called and on the way.
    Calling,
    /// A visitor was served.
    Serving,
    /// Somebody stood in for its clerk.
    Covered,
    /// People waited and nobody held it.
    Uncovered,
}

/// A while at a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostSpan {
    /// The window.
    pub window: WindowCode,
    /// What it was doing.
    pub state: PostState,
    /// Who held it; none when nobody did.
    pub clerk: Option<ClerkCode>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
}

impl PostSpan {
    /// The part of it before `end`; none when there is none.
    fn before(mut self, end: Timestamp) -> Option<Self> {
        self.to = self.to.min(end);
        (self.from < self.to).then_some(self)
    }

    fn overlap_ms(&self, other: &Self) -> i64 {
        let from = self.from.max(other.from);
        self.to.min(other.to).since_ms(from).max(0)
    }
}

/// A day while facts come.
#[derive(Debug, Clone, Default)]
pub(super) struct Growing {
    pub(super) sums: Sums,
    pub(super) told: Vec<Told>,
    pub(super) opens_at: Option<Timestamp>,
    pub(super) closed_at: Option<Timestamp>,
    /// When the last number ended after closing, on whatever date.
    pub(super) last_end: Option<Timestamp>,
    /// The last act at a window on this date.
    pub(super) last_act: Option<Timestamp>,
    /// The last fact of this date.
    pub(super) last_fact: Option<Timestamp>,
    /// Sessions as they really were.
    pub(super) sessions: Vec<(Timestamp, Option<Timestamp>)>,
    pub(super) spans: Vec<PostSpan>,
    /// Helpers' duties; one without an end was not ended on its date.
    pub(super) duties: Vec<(Timestamp, Option<Timestamp>)>,
}

impl Growing {
    /// When the windows' day ended: at closing, or with the last act after it; while it runs, with
    /// the last fact. A clerk who forgets to sign off is not on duty all night.
    fn ends_at(&self) -> Option<Timestamp> {
        match self.closed_at {
            Some(closed) => Some(self.last_act.map_or(closed, |act| act.max(closed))),
            None => self.last_fact,
        }
    }

    /// The whiles at its windows, those still going on included, cut where the day ended.
    pub(super) fn strips(&self, open: impl Iterator<Item = PostSpan>) -> Vec<PostSpan> {
        let Some(end) = self.ends_at() else {
            return Vec::new();
        };
        let spans = self.spans.iter().cloned().chain(open);
        let mut spans: Vec<_> = spans.filter_map(|span| span.before(end)).collect();
        spans.sort_by(|a, b| (a.from, a.state, &a.window).cmp(&(b.from, b.state, &b.window)));
        spans
    }

    /// Makes the day of what came; duties that go on began at `on_duty`.
    pub(super) fn finish(
        &self,
        day: NaiveDate,
        spans: &[PostSpan],
        on_duty: impl Iterator<Item = Timestamp>,
    ) -> DayFigures {
        let mut sums = self.sums.clone();
        if let Some((closed, end)) = self.closed_at.zip(self.last_end) {
            sums.add(Sum::OvertimeMs, end.since_ms(closed), Place::default());
        }
        add_spans(&mut sums, spans);
        self.add_schedule(&mut sums, spans);
        self.add_duties(&mut sums, on_duty);
        sums.sort();
        let mut told = self.told.clone();
        told.sort_unstable();
        DayFigures {
            day,
            version: DEFINITIONS,
            sums,
            told,
        }
    }

    /// A duty that nobody ended is over when the windows' day is.
    fn add_duties(&self, sums: &mut Sums, on_duty: impl Iterator<Item = Timestamp>) {
        let duties = self.duties.iter().copied();
        let duties = duties.chain(on_duty.map(|since| (since, None)));
        for (since, to) in duties {
            let to = to.or_else(|| self.ends_at()).unwrap_or(since);
            let length = to.since_ms(since).max(0);
            sums.add(Sum::HelperDutyMs, length, Place::default());
        }
    }

    /// Windows that somebody held, or that nobody held though people waited, were to be manned in
    /// every session.
    fn add_schedule(&self, sums: &mut Sums, spans: &[PostSpan]) {
        let end = self.ends_at();
        let session = |(from, to): &(Timestamp, Option<Timestamp>)| {
            let to = to.or(end).unwrap_or(*from);
            to.since_ms(*from).max(0)
        };
        let length: i64 = self.sessions.iter().map(session).sum();
        let meant = spans
            .iter()
            .filter(|span| matches!(span.state, PostState::SignedIn | PostState::Uncovered));
        let mut windows: Vec<_> = meant.map(|span| &span.window).collect();
        windows.sort();
        windows.dedup();
        for window in windows.into_iter().filter(|_| length > 0) {
            let place = Place {
                window: Some(window),
                ..Place::default()
            };
            sums.add(Sum::ScheduledMs, length, place);
        }
    }
}

fn add_spans(sums: &mut Sums, spans: &[PostSpan]) {
    for span in spans {
        let place = Place {
            window: Some(&span.window),
            clerk: span.clerk.as_ref(),
            ..Place::default()
        };
        let length = span.to.since_ms(span.from);
        match span.state {
            PostState::SignedIn => sums.add(Sum::SignedInMs, length, place),
            PostState::Open => sums.add(Sum::OpenMs, length, place),
            PostState::Calling => sums.add(Sum::CallingMs, length, place),
            PostState::Serving => sums.add(Sum::ServingMs, length, place),
            PostState::Paused => {
                let open = spans
                    .iter()
                    .filter(|other| other.state == PostState::Open && other.window == span.window);
                let paused = open.map(|other| span.overlap_ms(other)).sum();
                sums.add(Sum::PausedMs, paused, place);
            }
            PostState::Covered | PostState::Uncovered => (),
        }
    }
}
