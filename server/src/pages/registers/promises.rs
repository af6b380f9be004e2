//! 告知承诺: offered, chosen or declined, decided. **Source**: 第十八条.

use askama::Template;
use hall::records::{Decision, Promise};
use hall::view::{HallName, ServiceName};
use hall::{DateTime, ServiceCode, TicketId};

use super::super::slips::words;
use super::super::{Viewer, moment, phrases};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromisesData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Whether the viewer may write.
    pub serves: bool,
    /// Offers without an answer or a decision, oldest first.
    pub open: Vec<Promise>,
    /// The others, newest first.
    pub closed: Vec<Promise>,
    /// The hall's services.
    pub services: Vec<ServiceName>,
    /// Visits being served: ticket and number.
    pub visits: Vec<(TicketId, String)>,
}

#[derive(Template)]
#[template(path = "pages/registers/promises.html")]
struct Page<'a> {
    data: &'a PromisesData,
}

impl PromisesData {
    fn service(&self, code: &ServiceCode) -> String {
        let service = self.services.iter().find(|one| one.code == *code);
        service.map_or_else(|| code.to_string(), |one| one.name.clone())
    }

    fn url(&self, promise: &Promise) -> String {
        format!("/api/v1/halls/{}/promises/{}", self.hall.code, promise.id)
    }
}

mod ends {
    use super::{Decision, Promise, words};

    /// What came of it, in words.
    pub(super) fn of(promise: &Promise) -> String {
        match (promise.chosen, promise.decision, promise.withdrawn_day) {
            (Some(false), ..) => "不选择,按一般程序办理".into(),
            (_, _, Some(day)) => format!("{}撤回承诺申请", words::short_date(day)),
            (_, Some(decision), _) => {
                let said = match decision {
                    Decision::Granted => "准予许可",
                    Decision::Refused => "不予许可",
                };
                let late = if promise.late == Some(true) {
                    ",未能当场作出"
                } else {
                    ",当场作出"
                };
                format!("{said}{late}")
            }
            (_, None, None) => String::new(),
        }
    }
}

/// The page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &PromisesData) -> Result<String, askama::Error> {
    Page { data }.render()
}
