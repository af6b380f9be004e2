//! A page that cannot be shown: one calm sentence, and the way back.

use askama::Template;
use hall::text::Text;

use super::phrases;

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct Page<'a> {
    text: &'a Text,
}

/// The page of a problem.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(text: &Text) -> Result<String, askama::Error> {
    Page { text }.render()
}
