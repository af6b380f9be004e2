//! Cases: what waits for an answer, who answers for it, until when.

use askama::Template;
use hall::DateTime;
use hall::records::{CallBack, CaseFinding, CaseScope, CaseSource, CaseWay};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::cases::{CaseCounts, CaseView};

/// What the page of cases shows.
#[derive(Debug)]
pub(crate) struct CasesData {
    pub(crate) viewer: Viewer,
    pub(crate) hall: HallName,
    pub(crate) at: DateTime,
    pub(crate) pretend: bool,
    /// Those that the viewer may read, the oldest first.
    pub(crate) cases: Vec<CaseView>,
    /// Counts of the last 30 days; none for clerks.
    pub(crate) counts: Option<CaseCounts>,
    /// Code and name of every window.
    pub(crate) windows: Vec<(String, String)>,
    /// Code and name of every clerk.
    pub(crate) clerks: Vec<(String, String)>,
    /// Whether the viewer may enter cases.
    pub(crate) may_enter: bool,
    /// The house rule.
    pub(crate) due_workdays: u32,
}

#[derive(Template)]
#[template(path = "pages/registers/cases.html")]
struct Page<'a> {
    data: &'a CasesData,
}

impl CasesData {
    fn here(&self) -> String {
        format!("/halls/{}/registers/cases", self.hall.code)
    }

    fn api(&self) -> String {
        format!("/api/v1/halls/{}/cases", self.hall.code)
    }

    /// The overdue first, then the oldest.
    fn open(&self) -> Vec<&CaseView> {
        let mut open: Vec<_> = self.cases.iter().filter(|case| case.open).collect();
        open.sort_by_key(|case| !case.overdue);
        open
    }

    fn done(&self) -> Vec<&CaseView> {
        self.cases.iter().rev().filter(|case| !case.open).collect()
    }

    fn owner(&self, case: &CaseView) -> String {
        let Some(owner) = &case.owner else {
            return "待指定".to_owned();
        };
        let named = self.clerks.iter().find(|(code, _)| *code == owner.0);
        named.map_or_else(|| owner.0.clone(), |(_, name)| name.clone())
    }
}

/// Until when, in words that say what is over and what is not known.
fn due(case: &CaseView) -> String {
    match case.due {
        Some(due) if case.overdue => format!("已超期,应于{due}前办结"),
        Some(due) => format!("{due}前办结"),
        None => "期限待定(放假安排未录入)".to_owned(),
    }
}

fn is_touched(case: &CaseView) -> bool {
    let noted = !case.replies.is_empty() || !case.fixes.is_empty() || !case.calls.is_empty();
    noted || case.finding.is_some()
}

fn text_of(text: Option<&str>) -> &str {
    text.unwrap_or("(文字已到保存期限)")
}

fn of(counts: &CaseCounts, source: CaseSource) -> u32 {
    counts.opened.get(source.as_str()).copied().unwrap_or(0)
}

/// The page of cases.
pub(crate) fn page(data: &CasesData) -> Result<String, askama::Error> {
    Page { data }.render()
}
