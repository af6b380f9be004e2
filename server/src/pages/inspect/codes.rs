//! Codes for inspectors, one a window, to be stuck where no visitor looks for a number.

use askama::Template;
use hall::view::HallName;
use hall::{DateTime, WindowCode};
use qrcode::QrCode;
use qrcode::render::svg;

use crate::pages::{Viewer, moment, phrases};

/// What the page of codes shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Where phones reach the server; without it there is no code.
    pub address: Option<String>,
    /// Windows: code and name.
    pub windows: Vec<(WindowCode, String)>,
}

#[derive(Template)]
#[template(path = "pages/inspect/codes.html")]
struct Page<'a> {
    data: &'a CodesData,
}

/// The page of codes.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &CodesData) -> Result<String, askama::Error> {
    Page { data }.render()
}

impl CodesData {
    /// The address that a window's code holds.
    fn address_of(&self, window: &WindowCode) -> Option<String> {
        let base = self.address.as_ref()?.trim_end_matches('/');
        let hall = &self.hall.code;
        Some(format!("{base}/halls/{hall}/inspect?window={window}"))
    }

    fn picture(&self, window: &WindowCode) -> Option<String> {
        let code = QrCode::new(self.address_of(window)?).ok()?;
        let mut drawn = code.render::<svg::Color<'_>>();
        let drawn = drawn.quiet_zone(true).build();
        // The XML heading has no place within a page.
        let begin = drawn.find("<svg")?;
        drawn.get(begin..).map(str::to_owned)
    }
}
