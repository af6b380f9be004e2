//! The tickets behind a figure: a plain table, filtered by state and service.

use askama::Template;
use hall::DateTime;
use hall::view::{HallName, ServiceName, TicketView};

use super::{Viewer, moment, phrases, status};

/// States that can be asked for: name in the API, word.
const STATES: &[(&str, &str)] = &[
    ("waiting", "等候"),
    ("called", "呼叫中"),
    ("serving", "办理中"),
    ("parked", "挂起"),
    ("no_show", "过号"),
    ("finished", "办结"),
    ("cancelled", "已取消"),
    ("carried_over", "已转期"),
];

/// What the tickets page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketsData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The state asked for.
    pub state: Option<String>,
    /// The service asked for.
    pub service: Option<String>,
    /// Services that can be asked for.
    pub services: Vec<ServiceName>,
    /// The tickets, in the order given.
    pub items: Vec<TicketView>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/tickets.html")]
struct Page<'a> {
    data: &'a TicketsData,
}

impl TicketsData {
    fn is_state(&self, name: &str) -> bool {
        self.state.as_deref() == Some(name)
    }

    fn is_service(&self, service: &ServiceName) -> bool {
        self.service.as_deref() == Some(service.code.as_str())
    }
}

/// The tickets page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &TicketsData) -> Result<String, askama::Error> {
    Page { data }.render()
}
