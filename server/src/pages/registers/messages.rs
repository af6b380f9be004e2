//! 来电与留言: calls to return, messages for clerks who are away. **Source**: 第七条(六), 第八条(三).

use askama::Template;
use hall::view::{ClerkName, HallName};
use hall::{ClerkCode, DateTime, RecordId, WindowCode};

use super::super::{Viewer, moment, norm, phrases};
use crate::routes::records::hand_ons::SUBJECT_MAX;
use crate::routes::records::messages::CALLER_MAX;

/// One missed call or message.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// The record.
    pub id: RecordId,
    /// For whom; none for a missed call.
    pub to: Option<ClerkCode>,
    /// Whose telephone.
    pub window: Option<WindowCode>,
    /// What it is about.
    pub subject: Option<String>,
    /// Who called, when the viewer may read it and it is kept.
    pub caller: Option<String>,
    /// Whether it is kept for others.
    pub caller_hidden: bool,
    /// When it came.
    pub at: DateTime,
    /// Until when to call back.
    pub due_at: Option<DateTime>,
    /// Whether that has passed.
    pub overdue: bool,
    /// Whether the clerk has read it.
    pub read: bool,
    /// Calls back so far.
    pub tries: u32,
    /// Whether it is the viewer's own to read.
    pub own: bool,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagesData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Whether the viewer may write.
    pub helps: bool,
    /// What is still to be done, the most pressing first.
    pub open: Vec<MessageRow>,
    /// Calls answered today.
    pub answered: u32,
    /// The hall's clerks.
    pub clerks: Vec<ClerkName>,
    /// Windows of the hall: code and name.
    pub windows: Vec<(WindowCode, String)>,
}

#[derive(Template)]
#[template(path = "pages/registers/messages.html")]
struct Page<'a> {
    data: &'a MessagesData,
}

impl MessagesData {
    fn name(&self, code: &ClerkCode) -> String {
        let clerk = self.clerks.iter().find(|clerk| clerk.code == *code);
        clerk.map_or_else(|| code.to_string(), |clerk| clerk.name.clone())
    }

    fn url(&self, row: &MessageRow) -> String {
        format!("/api/v1/halls/{}/messages/{}", self.hall.code, row.id)
    }
}

/// The page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &MessagesData) -> Result<String, askama::Error> {
    Page { data }.render()
}
