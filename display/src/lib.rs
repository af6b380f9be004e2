//! What the hall sees and hears: the board, window screens, chime and voice.
//!
//! ```text
//! hall task ─► Board ─► page socket ─► live part swapped in ─► call queued ─► chime, voice, caption
//!               ▲
//! link::live ───┘ (on a board's own machine)
//! ```
//!
//! The pages show what is on disk and nothing else: every message is the whole live part. They
//! decide nothing about the hall, know no visitor, and never look alive when nothing is heard.
//! The same pages are mounted by the server, at `/halls/{hall}/board`, and served by a board's own
//! machine, at `/`.

mod announce;
mod desk;
mod device;
mod page;
mod phrases;
mod routes;
mod socket;
mod source;
pub mod voice;

pub use device::{Config, Display, StartError, start};
pub use routes::router;
pub use source::BoardSource;
