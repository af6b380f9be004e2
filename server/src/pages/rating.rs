//! 好差评 on a phone: five equal buttons, none chosen beforehand.

use askama::Template;
use askama::filters::HtmlSafe;
use hall::records::{Dimension, Level};
use hall::view::HallName;

use super::phrases;

/// Characters of a visitor's text. Ours: three lines on a phone.
const TEXT_MAX: usize = 200;

/// The form, on the ticket's page and behind the window's code.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/rating_form.html")]
pub(super) struct RatingForm {
    url: String,
}

impl HtmlSafe for RatingForm {}

impl RatingForm {
    /// A form that is sent to `url`.
    pub(super) fn new(url: String) -> Self {
        Self { url }
    }
}

/// What stands behind the code on a window's sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowRatingData {
    /// The hall.
    pub hall: HallName,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// The window's code.
    pub window: String,
    /// The window's name.
    pub name: String,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
}

#[derive(Template)]
#[template(path = "pages/window_rating.html")]
struct Page<'a> {
    data: &'a WindowRatingData,
}

impl WindowRatingData {
    fn form(&self) -> RatingForm {
        let (hall, window) = (&self.hall.code, &self.window);
        RatingForm::new(format!("/api/v1/public/window-ratings/{hall}/{window}"))
    }
}

/// The page behind the code on a window's sign.
///
/// # Errors
///
/// When the template cannot be written.
pub fn window(data: &WindowRatingData) -> Result<String, askama::Error> {
    Page { data }.render()
}
