//! 首问负责: open inquiries, for whom they wait, and the way they went.

use askama::Template;
use hall::records::{Inquiry, InquiryEnd};
use hall::view::{ClerkName, HallName};
use hall::{ClerkCode, DateTime};

use super::super::slips::words;
use super::super::{Viewer, moment, phrases};
use crate::routes::records::hand_ons::SUBJECT_MAX;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOnsData {
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
    /// Open inquiries, oldest first.
    pub open: Vec<Inquiry>,
    /// Closed ones, newest first.
    pub closed: Vec<Inquiry>,
    /// The hall's clerks.
    pub clerks: Vec<ClerkName>,
}

#[derive(Template)]
#[template(path = "pages/registers/hand_ons.html")]
struct Page<'a> {
    data: &'a HandOnsData,
}

impl HandOnsData {
    fn name(&self, code: &ClerkCode) -> String {
        let clerk = self.clerks.iter().find(|clerk| clerk.code == *code);
        clerk.map_or_else(|| code.to_string(), |clerk| clerk.name.clone())
    }

    fn url(&self, inquiry: &Inquiry) -> String {
        format!("/api/v1/halls/{}/inquiries/{}", self.hall.code, inquiry.id)
    }

    fn is_viewer(&self, clerk: &ClerkCode) -> bool {
        self.viewer.clerk.as_ref() == Some(clerk)
    }

    /// Whether the viewer may act on it as its owner.
    fn owns(&self, inquiry: &Inquiry) -> bool {
        let bound = self.viewer.clerk.as_ref();
        self.helps && bound.is_none_or(|clerk| *clerk == inquiry.owner || self.viewer.manager)
    }

    /// Whether it was handed to the viewer.
    fn is_offered(&self, inquiry: &Inquiry) -> bool {
        let bound = self.viewer.clerk.as_ref();
        let offered = inquiry.offered_to();
        self.helps
            && offered
                .is_some_and(|to| bound.is_none_or(|clerk| clerk == to || self.viewer.manager))
    }
}

mod ends {
    use super::{Inquiry, InquiryEnd};

    /// How it ended, in words.
    pub(super) fn of(inquiry: &Inquiry) -> &'static str {
        match inquiry.end {
            Some(InquiryEnd::Answered) => "已答复",
            Some(InquiryEnd::Dropped) => "办事人不再咨询",
            None => "",
        }
    }
}

/// The page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &HandOnsData) -> Result<String, askama::Error> {
    Page { data }.render()
}
