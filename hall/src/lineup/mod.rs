//! The hall as the order sees it: lines, desks and who stands in them, light enough to run a
//! thousand times.
//!
//! A line-up is taken from a [`crate::Hall`] and run forward with drawn or known lengths of
//! service. Who is called comes from [`crate::pick`] alone, as in production. It holds no codes
//! and no texts: services, lines and desks are indices into the plan's lists. It never changes
//! the hall.
//!
//! ```text
//! Hall ──of──► LineUp ──start──► Run ──advance──► who was called when, and where
//! ```

mod hall;
mod look;
mod run;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

pub use run::Run;

/// A moment no call reaches: never.
pub const NEVER_MS: i64 = i64::MAX;

/// A hall at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LineUp {
    /// The moment, in milliseconds as in [`crate::Timestamp`].
    pub now_ms: i64,
    /// How many lines there are; a line is an index below it.
    pub lines: usize,
    /// Every window of the plan, in its order.
    pub desks: Vec<Desk>,
    /// Who waits, in the order of issue.
    pub visits: Vec<Visit>,
    /// Who of them is held back.
    pub held: Vec<Held>,
}

/// A visitor: when, for what, in which line, and for how long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// When the visitor joins the line.
    pub at_ms: i64,
    /// The smallest is called first; equal keys are called in the order of the list.
    pub key_ms: i64,
    /// The line.
    pub line: u16,
    /// The service, an index into the plan's.
    pub service: u16,
    /// How long the service takes at an ordinary pace.
    pub span_ms: i64,
    /// Whether the visitor comes when called.
    pub shows: bool,
}

/// A visitor held back until so many more calls from the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which of the visits.
    pub visit: u32,
    /// How many calls are left.
    pub calls_left: u64,
}

/// A window.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Desk {
    /// Lines of the visitors that a special window is there for; they come first.
    pub own_ground: Vec<u16>,
    /// Every line it draws on.
    pub lines: Vec<u16>,
    /// Services it is at home with; none when it is at home with all.
    pub home: Vec<u16>,
    /// How long its clerk takes against an ordinary one: 1 is as long.
    pub pace: f64,
    /// The service it dealt with last.
    pub last: Option<u16>,
    /// What it is doing.
    pub state: DeskState,
    /// When it will be away, in order of time.
    pub offs: Vec<Off>,
}

/// What a desk is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeskState {
    /// Nobody is there, and nobody is expected.
    #[default]
    Closed,
    /// Free since.
    Idle {
        /// Since when.
        since_ms: i64,
    },
    /// With a visitor.
    Busy {
        /// The visitor's service.
        service: u16,
        /// Since when.
        since_ms: i64,
        /// Until when; [`NEVER_MS`] while nobody has drawn it.
        until_ms: i64,
    },
    /// Away.
    Off {
        /// Until when.
        until_ms: i64,
    },
}

impl DeskState {
    /// The state as people in the hall know it: nobody knows how long a visit lasts.
    const fn undrawn(self) -> Self {
        match self {
            Self::Busy {
                service, since_ms, ..
            } => Self::Busy {
                service,
                since_ms,
                until_ms: NEVER_MS,
            },
            Self::Closed | Self::Idle { .. } | Self::Off { .. } => self,
        }
    }
}

/// A time away: a break, or the noon between two sessions. It begins once the desk is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Off {
    /// From when.
    pub at_ms: i64,
    /// How long at least.
    pub least_ms: i64,
    /// Until when at least.
    pub until_ms: i64,
}

/// A desk turned to other lines at a moment to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// When.
    pub at_ms: i64,
    /// Which desk.
    pub desk: u16,
    /// What it draws on from then on.
    pub lines: Vec<u16>,
}

/// What a call and a change cost, beside the service itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Costs {
    /// From the call until the visitor stands there.
    pub call_ms: i64,
    /// Lost with a visitor who does not come.
    pub no_show_ms: i64,
    /// To turn to another service than the last.
    pub switch_ms: i64,
    /// How much longer a service takes away from home: 1 is as long.
    pub away: f64,
}

impl Costs {
    /// As assumed until a hall's own journal says otherwise: half a minute to walk, a minute for
    /// nobody, two minutes to turn to another service, a tenth slower away from home.
    /// **Source**: QUEUEING §2.2, §5.
    pub const ASSUMED: Self = Self {
        call_ms: 30_000,
        no_show_ms: 60_000,
        switch_ms: 120_000,
        away: 1.1,
    };

    /// Nothing is lost by a change: what a pool of equals would do.
    pub const NO_CHANGE: Self = Self {
        switch_ms: 0,
        away: 1.0,
        ..Self::ASSUMED
    };

    /// How much longer a service takes at a desk.
    pub fn slower(&self, desk: &Desk, service: u16) -> f64 {
        let at_home = desk.home.is_empty() || desk.home.contains(&service);
        desk.pace * if at_home { 1.0 } else { self.away }
    }
}

/// A length times a factor, to the nearest millisecond.
pub(crate) fn scaled(span_ms: i64, factor: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a length of service is far below 2^52 ms"
    )]
    let scaled = libm::round(span_ms as f64 * factor) as i64;
    scaled
}

/// Milliseconds as minutes.
pub(crate) fn minutes(ms: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52 ms")]
    let ms = ms as f64;
    ms / 60_000.0
}
