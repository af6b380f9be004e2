//! The staff console of one window. **Source**: SCREENS §1.2.

pub(super) mod cover;
mod data;
mod desk;
mod primary;
mod secondary;

use askama::Template;

use super::{moment, moment::Timer, norm, phrases, status};

pub use cover::CoverRequest;
pub use desk::{DeskInquiry, DeskMessage, DeskNotes};

pub use data::{ClerkChoice, ConsoleData, ConsoleQueue, Parked};

#[derive(Template)]
#[template(path = "pages/console/page.html")]
struct Page<'a> {
    data: &'a ConsoleData,
}

#[derive(Template)]
#[template(path = "pages/console/live.html")]
struct Live<'a> {
    data: &'a ConsoleData,
}

/// The whole page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &ConsoleData) -> Result<String, askama::Error> {
    Page { data }.render()
}

/// The part that the page's socket swaps in: its root has `id="live"`.
///
/// # Errors
///
/// When the template cannot be written.
pub fn live(data: &ConsoleData) -> Result<String, askama::Error> {
    Live { data }.render()
}
