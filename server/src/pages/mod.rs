//! Pages for people: pure renderers from views to HTML, and the static files behind them.
//!
//! Nothing here reads a clock, a journal or a request. A page is rendered whole at first load and
//! its live part again on every change, by the same template:
//!
//! ```text
//! hall state ──► …Data ──► page(&data)  the whole document, at first load
//!                     └──► live(&data)  the part with id="live", over the page's socket
//! ```

pub mod assets;
pub mod console;
pub mod evidence;
pub mod floor;
pub mod guides;
pub mod home;
pub mod inspect;
pub mod login;
pub mod metrics;
pub mod names;
pub mod plates;
pub mod problem;
pub mod public_ticket;
pub mod rating;
pub mod registers;
pub mod replay;
pub mod reports;
pub mod sheets;
pub mod slips;
pub mod tickets;

mod act;
mod moment;
mod norm;
mod phrases;
mod status;
mod viewer;

#[cfg(test)]
mod tests;

pub use viewer::Viewer;
