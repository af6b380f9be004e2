//! The floor page: every queue and every window, for the duty manager. **Source**: SCREENS §1.5.

mod acts;
mod data;

use askama::Template;

use super::{moment, phrases, status};
use acts::{answer, answered_by};

pub use data::FloorData;

#[derive(Template)]
#[template(path = "pages/floor/page.html")]
struct Page<'a> {
    data: &'a FloorData,
}

#[derive(Template)]
#[template(path = "pages/floor/live.html")]
struct Live<'a> {
    data: &'a FloorData,
}

/// The whole page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &FloorData) -> Result<String, askama::Error> {
    Page { data }.render()
}

/// The part that the page's socket swaps in: its root has `id="live"`.
///
/// # Errors
///
/// When the template cannot be written.
pub fn live(data: &FloorData) -> Result<String, askama::Error> {
    Live { data }.render()
}
