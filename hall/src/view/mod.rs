//! What people and devices see of a hall: nouns made from the state, never stored.

mod alerts;
mod board;
mod coverage;
mod day;
mod floor;
mod menu;
mod slip;
mod ticket;
mod tide;
mod window;

pub use alerts::{Alert, AlertKind};
pub use board::{Board, BoardCall, BoardQueue, BoardWindow, HallName, Notice};
pub use coverage::{Coverage, Post};
pub use day::{DayLine, DayState, DayView, Outstanding};
pub use floor::{Floor, FloorQueue, FloorTotals};
pub use menu::{Menu, MenuService, WhyNot};
pub use slip::{Slip, Wait};
pub use ticket::{ServiceName, TicketView, shown_number};
pub use tide::{LockView, ProposalView, TideEffect};
pub use window::{AskView, ClerkName, CoverView, NextView, PauseView, WindowState, WindowView};

use alloc::string::String;

use crate::Timestamp;

/// Where in the journal a view was made, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The journal's own id: a restored journal has another.
    pub log: String,
    /// The last row that the view covers.
    pub seq: u64,
    /// The hall's time.
    pub now: Timestamp,
    /// Whether the clock is a pretended one; shown on every screen.
    pub pretend: bool,
}
