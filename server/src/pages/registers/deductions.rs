//! 扣分与申诉: what was taken off, appeals, and what became of them.

use askama::Template;
use hall::DateTime;
use hall::evidence::Item;
use hall::records::{Deduction, DeductionState};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};

/// What the page of deductions shows.
#[derive(Debug, Clone)]
pub(crate) struct DeductionsData {
    /// Who looks.
    pub(crate) viewer: Viewer,
    /// The code of who looks.
    pub(crate) who: String,
    /// The hall.
    pub(crate) hall: HallName,
    /// The hall's time.
    pub(crate) at: DateTime,
    /// Whether the clock is a pretended one.
    pub(crate) pretend: bool,
    /// Whether the person may appeal against what is shown.
    pub(crate) appeals: bool,
    /// Whether only the person's own are shown.
    pub(crate) mine: bool,
    /// Items that the person's units score.
    pub(crate) items: Vec<Item>,
    /// The deductions, newest first.
    pub(crate) all: Vec<Deduction>,
}

#[derive(Template)]
#[template(path = "pages/registers/deductions.html")]
struct Page<'a> {
    data: &'a DeductionsData,
}

/// The page of deductions.
///
/// # Errors
///
/// When the template cannot be written.
pub(crate) fn page(data: &DeductionsData) -> Result<String, askama::Error> {
    Page { data }.render()
}

impl DeductionsData {
    fn may_appeal(&self, one: &Deduction) -> bool {
        let today = self.at.date_naive();
        let in_time = one.made.appeal_until.is_none_or(|until| today <= until);
        self.appeals && in_time && one.state == DeductionState::Stands
    }

    fn may_decide(&self, one: &Deduction) -> bool {
        let open = one.state == DeductionState::Appealed && one.made.by != self.who;
        open && self.items.contains(&one.made.item)
    }

    fn until(one: &Deduction) -> String {
        match one.made.appeal_until {
            Some(until) => format!("申诉截止 {until}"),
            None => "申诉期限待定(放假安排未录入)".to_owned(),
        }
    }

    fn tone(one: &Deduction) -> &'static str {
        match one.state {
            DeductionState::Stands | DeductionState::Upheld => "is-no-show",
            DeductionState::Appealed | DeductionState::Reduced => "is-paused",
            DeductionState::Reversed => "is-idle",
        }
    }

    fn points(one: &Deduction) -> String {
        match &one.made.exposure {
            Some(exposure) => format!(
                "当月不得分({}:{})",
                exposure.level.name().0,
                exposure.document
            ),
            None => format!("{}分", one.made.points),
        }
    }
}
