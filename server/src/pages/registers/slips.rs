//! 告知单台账: what is due, what is overdue, and leads. **Source**: 第七条(八), 第十七条.

use askama::Template;
use hall::DateTime;
use hall::records::slips::{KEEP_DAYS, Returned, SlipView};
use hall::view::HallName;

use super::super::slips::words;
use super::super::{Viewer, moment, phrases};

/// What the register's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipsData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// 容缺 matters that are open, the most pressing first.
    pub due: Vec<SlipView>,
    /// Visitors sent home for papers without a slip.
    pub returned: Vec<Returned>,
    /// Slips with papers that the slips before, or the guide, do not name.
    pub leads: Vec<SlipView>,
    /// The newest slips.
    pub recent: Vec<SlipView>,
    /// The code asked for, when nothing was found.
    pub not_found: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/registers/slips.html")]
struct Page<'a> {
    data: &'a SlipsData,
}

/// The register's page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &SlipsData) -> Result<String, askama::Error> {
    Page { data }.render()
}
