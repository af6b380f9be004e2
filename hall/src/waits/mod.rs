//! How long people will wait: learned lengths of service, the hall run forward, and what of it is
//! shown.
//!
//! Chance comes from seeds that are given; one seed gives one forecast. Nothing here calls
//! anybody. A wait that nothing is known of is none: 暂无法估计.
//!
//! ```text
//! facts ──learn──► Waits ──┐
//! Hall ──────────► LineUp ─┴─ K runs ──► Forecast ──calibrate──► Foreseen: slip, board, phone
//! ```
//!
//! **Source**: QUEUEING §1.

mod arrivals;
mod calibrate;
mod chance;
mod foreseen;
mod forward;
mod keeper;
mod lengths;
mod rules;
mod shown;

pub use arrivals::Arrivals;
pub use calibrate::Calibration;
pub use chance::Chance;
pub use foreseen::{Foreseen, Foreseer, NewWaits, Reckoned, ShownWait, Told};
pub use forward::{Forecast, Forecaster, Future};
pub use keeper::Waits;
pub(crate) use keeper::minute_of;
pub use lengths::{Learned, Lengths, Table};
pub use rules::{Recent, average, by_line, latest};
pub use shown::{Promise, shown};
