//! How long people will wait: learned lengths of service, the hall run forward, and what of it is
//! shown.
//!
//! Chance comes from seeds that are given; one seed gives one forecast. Nothing here calls
//! anybody. A wait that nothing is known of is none: 暂无法估计.
//!
//! ```text
//! journal ──learn──► Lengths ┐
//! Hall ────────────► LineUp ─┴─ K runs ──► Forecast ──calibrate──► Wait on slip and board
//! ```
//!
//! **Source**: QUEUEING §1.

mod arrivals;
mod calibrate;
mod chance;
mod forward;
mod keeper;
mod lengths;
mod rules;
mod shown;

pub use arrivals::Arrivals;
pub use calibrate::Calibration;
pub use chance::Chance;
pub use forward::{Forecast, Forecaster, Future};
pub use keeper::Waits;
pub use lengths::{Learned, Lengths, Table};
pub use rules::{Recent, average, by_line, latest};
pub use shown::{Promise, shown};
