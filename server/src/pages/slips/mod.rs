//! 告知单: the page on which one is written, the sheet that is printed, and a blank promise.

pub(in crate::pages) mod words;

use std::ops::Range;

use askama::Template;
use chrono::NaiveDate;
use hall::records::slips::{CONSEQUENCE, Lack, LackKind, SlipKind, SlipState, SlipView};
use hall::view::{HallName, ServiceName};
use hall::{DateTime, PrintOutcome, TicketId, WindowCode};
use serde_json::json;

use super::act::Act;
use super::{Viewer, moment, norm, phrases};
use crate::routes::records::slips::{HOW_MAX, PAPER_MAX, PART_MAX, PLACE_MAX};

/// Rows for papers that the guide does not name. Ours: more should be in the guide.
const FREE_ROWS: usize = 4;

/// Ways a paper comes in: name in the API, word.
const SUPPLIERS: &[(&str, &str)] = &[
    ("visitor", "申请人送来"),
    ("agent", "他人代送"),
    ("post", "邮寄"),
    ("online", "网上提交"),
    ("shared", "数据共享取得"),
];

/// Ways somebody is told: name in the API, word.
pub(super) const NOTICES: &[(&str, &str)] = &[
    ("phone", "电话"),
    ("message", "短信"),
    ("post", "邮寄"),
    ("in_person", "当面"),
];

/// A visit that a slip is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipVisit {
    /// The ticket.
    pub ticket: TicketId,
    /// The number, as shown.
    pub number: String,
}

/// What the page shows on which a slip is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSlipData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Which kind is written.
    pub kind: SlipKind,
    /// The visit.
    pub visit: Option<SlipVisit>,
    /// The window.
    pub window: Option<WindowCode>,
    /// The service, when it is chosen.
    pub service: Option<ServiceName>,
    /// Services that can be chosen.
    pub services: Vec<ServiceName>,
    /// Papers that the service guide names.
    pub papers: Vec<String>,
    /// Windows of the hall: code and name.
    pub windows: Vec<(WindowCode, String)>,
    /// The code asked for of the slip before.
    pub asked_before: Option<String>,
    /// The slip of the visit before, when it was found.
    pub before: Option<SlipView>,
}

#[derive(Template)]
#[template(path = "pages/slips/new.html")]
struct NewPage<'a> {
    data: &'a NewSlipData,
}

impl NewSlipData {
    fn is_rongque(&self) -> bool {
        self.kind == SlipKind::Rongque
    }

    fn is_chosen(&self, service: &ServiceName) -> bool {
        let chosen = self.service.as_ref();
        chosen.is_some_and(|chosen| chosen.code == service.code)
    }

    /// The rows beside the guide's: their place in the list.
    fn free_rows(&self) -> Range<usize> {
        self.papers.len()..self.papers.len() + FREE_ROWS
    }

    /// The same page with another kind.
    fn of_kind(&self, kind: &str) -> String {
        let window = self.window.as_ref().map(|code| format!("&window={code}"));
        let ticket = self.visit.as_ref();
        let ticket = ticket.map(|visit| format!("&ticket={}", visit.ticket));
        let service = self.service.as_ref();
        let service = service.map(|service| format!("&service={}", service.code));
        let rest: String = [window, ticket, service].into_iter().flatten().collect();
        format!("/halls/{}/slips/new?kind={kind}{rest}", self.hall.code)
    }

    /// A blank promise for the applicant to sign.
    fn promise(&self) -> String {
        let service = self.service.as_ref();
        let service = service.map(|service| format!("?service={}", service.code));
        let rest = service.unwrap_or_default();
        format!("/halls/{}/slips/promise{rest}", self.hall.code)
    }
}

/// The page on which a slip is written.
///
/// # Errors
///
/// When the template cannot be written.
pub fn new_page(data: &NewSlipData) -> Result<String, askama::Error> {
    NewPage { data }.render()
}

/// What the page of one slip shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The slip.
    pub slip: SlipView,
    /// The name of the clerk who gave it; the person's code when the plan has no such clerk.
    pub by: String,
    /// The code of the slip before.
    pub before: Option<String>,
    /// The name of the right place's window.
    pub place_window: Option<String>,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// Whether the viewer may take papers in.
    pub helps: bool,
    /// Kiosks that are awake: id and name.
    pub kiosks: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/slips/sheet.html")]
struct SheetPage<'a> {
    data: &'a SlipData,
}

impl SlipData {
    fn is_rongque(&self) -> bool {
        self.slip.kind == SlipKind::Rongque
    }

    fn is_open(&self) -> bool {
        let closed = self.slip.withdrawn_day.or(self.slip.finished_day);
        self.is_rongque() && closed.is_none()
    }

    /// Whether papers are still owed.
    fn is_owed(&self) -> bool {
        self.is_open() && self.slip.completed_day.is_none()
    }

    fn is_overdue(&self) -> bool {
        self.slip.state == SlipState::Overdue
    }

    /// Copies on paper: of a 容缺受理通知书 one for the applicant and one for the file.
    fn copies(&self) -> &'static [&'static str] {
        if self.is_rongque() {
            &["第一联 交申请人", "第二联 窗口留存"]
        } else {
            &[""]
        }
    }

    fn title(&self) -> &'static str {
        if self.is_rongque() {
            phrases::RONGQUE_TITLE.zh
        } else {
            phrases::TOLD_TITLE.zh
        }
    }

    fn url(&self) -> String {
        format!("/api/v1/halls/{}/slips/{}", self.hall.code, self.slip.id)
    }

    /// Whether a kiosk has not said yet what became of a copy, and may still do so.
    fn is_printing(&self) -> bool {
        let print = self.slip.print.as_ref().filter(|print| print.fresh);
        print.is_some_and(|print| matches!(print.outcome, None | Some(PrintOutcome::Started)))
    }

    /// What became of the copy at a kiosk, and in which colour.
    fn print_state(&self) -> Option<(&'static str, &'static str)> {
        let print = self.slip.print.as_ref()?;
        Some(match print.outcome {
            Some(PrintOutcome::Printed) => ("取号机已打印", "is-good"),
            Some(PrintOutcome::Failed) => {
                ("取号机没有打印,请检查纸张后重试,或打印A4单", "is-amber")
            }
            Some(PrintOutcome::Unknown) => ("取号机不能确定是否打印,请查看出纸口", "is-amber"),
            Some(PrintOutcome::Started) if print.fresh => ("取号机正在打印", ""),
            Some(PrintOutcome::Started) => ("取号机没有回报,请查看出纸口", "is-amber"),
            None if print.fresh => ("已送取号机,等待打印", ""),
            None => ("取号机没有取走,请重试,或打印A4单", "is-amber"),
        })
    }

    fn last_reminder(&self) -> Option<NaiveDate> {
        self.slip.reminded.last().copied()
    }

    fn completions(&self) -> Act {
        Act::post(format!("{}/completions", self.url()), &json!({}))
    }

    /// What is lacking, as the norm says it: 请补齐××材料. **Source**: 第八条(二)2, 3.
    fn sentences(&self) -> Vec<String> {
        let items = || self.slip.items.iter().map(|item| &item.lack);
        let missing = items().filter(|lack| lack.kind == LackKind::Missing);
        let missing: Vec<_> = missing.map(|lack| lack.paper.as_str()).collect();
        let mut said = Vec::new();
        if !missing.is_empty() && !self.is_rongque() {
            let papers = missing.join("、");
            said.push(format!("您的资料不全,请补齐{papers}后再来办理"));
        }
        let wrong = items().filter(|lack| lack.kind == LackKind::Wrong);
        said.extend(wrong.filter_map(wrong_sentence));
        said
    }

    /// 视为撤回 is told before it is confirmed: today, unless another day is entered.
    fn today(&self) -> String {
        self.at.date_naive().to_string()
    }
}

fn wrong_sentence(lack: &Lack) -> Option<String> {
    let (part, how) = (lack.part.as_ref()?, lack.how.as_ref()?);
    let how = how.trim_end_matches(['。', ',', ';']);
    Some(format!(
        "您的{}“{part}”项内容填写错误,应这样填写:{how},请更正或重新填写后再办理",
        lack.paper
    ))
}

/// The page of one slip, which prints as a sheet.
///
/// # Errors
///
/// When the template cannot be written.
pub fn sheet(data: &SlipData) -> Result<String, askama::Error> {
    SheetPage { data }.render()
}

/// What a blank promise shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The service, when it is chosen.
    pub service: Option<ServiceName>,
}

#[derive(Template)]
#[template(path = "pages/slips/promise.html")]
struct PromisePage<'a> {
    data: &'a PromiseData,
}

/// A blank promise, for the applicant to fill in and sign by hand.
///
/// # Errors
///
/// When the template cannot be written.
pub fn promise(data: &PromiseData) -> Result<String, askama::Error> {
    PromisePage { data }.render()
}
