//! The visitor's own page behind the QR code of the slip. **Source**: SCREENS §1.6.
//!
//! No login, no personal data, less than 50 KB in all. The script fetches the page again every ten
//! seconds and swaps the part with `id="live"`.

use askama::Template;
use hall::records::RATE_WITHIN_WORKDAYS;
use hall::text::Text;
use hall::view::{HallName, TicketView};
use hall::{DateTime, Hall, TicketId, Timestamp, WindowCode};
use serde_json::json;

use super::rating::RatingForm;
use super::{act::Act, moment, phrases};

/// What the visitor's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicTicketData {
    /// The hall.
    pub hall: HallName,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// The token in the page's address.
    pub token: String,
    /// The ticket.
    pub ticket: TicketView,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Calls before a ticket that was delayed or missed is back in line.
    pub reinstate_after: u32,
    /// Windows of the ticket's service with 暂停服务: when they are back, and where to go instead.
    pub paused: Vec<(WindowCode, Text)>,
    /// Whether the hall serves after hours.
    pub after_hours: bool,
    /// Whether the visit can be rated, or was.
    pub rating: Rating,
}

/// What the page says of the rating of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// Not finished yet, or too long ago.
    Closed,
    /// Five equal buttons, none chosen.
    Asked,
    /// Thanks.
    Given,
}

impl Rating {
    /// What can be said of the ticket's visit at `now`.
    pub fn of(hall: &Hall, id: TicketId, now: Timestamp) -> Self {
        if hall.records().ratings.is_rated(id) {
            return Self::Given;
        }
        let Ok(ticket) = hall.ticket(id) else {
            return Self::Closed;
        };
        let last = hall
            .calendar()
            .workday_after(ticket.day, RATE_WITHIN_WORKDAYS);
        let is_over = last.is_some_and(|last| now.date_in(hall.zone()) > last);
        if ticket.status.name() == "finished" && !is_over {
            Self::Asked
        } else {
            Self::Closed
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Asked => "asked",
            Self::Given => "given",
        }
    }
}

/// Windows with 暂停服务 that could call the ticket, and what their screens say.
pub fn paused(hall: &Hall, ticket: TicketId) -> Vec<(WindowCode, Text)> {
    let Ok(ticket) = hall.ticket(ticket) else {
        return Vec::new();
    };
    let windows = hall.windows_for(&ticket.service);
    let own = windows.filter(|window| {
        let only = ticket.only_window.as_ref();
        only.is_none_or(|only| *only == window.code)
    });
    own.filter_map(|planned| {
        let (window, _) = hall.window(&planned.code).ok()?;
        Some((planned.code.clone(), hall.paused_text(planned, window)?))
    })
    .collect()
}

#[derive(Template)]
#[template(path = "pages/public_ticket.html")]
struct Page<'a> {
    data: &'a PublicTicketData,
}

#[derive(Template)]
#[template(path = "pages/public_ticket_unknown.html")]
struct Unknown;

/// The visitor's page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &PublicTicketData) -> Result<String, askama::Error> {
    Page { data }.render()
}

/// The page for a token that nobody knows, or that is of another day.
///
/// # Errors
///
/// When the template cannot be written.
pub fn unknown() -> Result<String, askama::Error> {
    Unknown.render()
}

/// One of the four steps of a visit.
struct Stage {
    word: String,
    place: &'static str,
}

impl PublicTicketData {
    fn rating_form(&self) -> RatingForm {
        RatingForm::new(format!("/api/v1/public/ratings/{}", self.token))
    }

    fn window_name(&self) -> String {
        let window = self.ticket.window.as_ref();
        window.map_or_else(|| "窗口".into(), |window| format!("{window}号窗口"))
    }

    /// The sentence of the state.
    fn headline(&self) -> String {
        match self.ticket.state.as_str() {
            "waiting" => "已取号,请在休息区等候".into(),
            "called" => format!("请到{}", self.window_name()),
            "serving" => format!("正在{}办理", self.window_name()),
            "parked" => "已暂存您的号,回来后不用重新取号".into(),
            "finished" => "已办结,请带好随身物品,再见!".into(),
            "no_show" => "刚才没有等到您".into(),
            "cancelled" => "此号已取消".into(),
            "carried_over" => "已为您改期办理".into(),
            _ => "请到咨询台,我们为您查询".into(),
        }
    }

    /// What to do now.
    fn advice(&self) -> String {
        match self.ticket.state.as_str() {
            "waiting" => "轮到您时,请听现场叫号,也可看本页。".into(),
            "called" => "请带好材料,现在前往。".into(),
            "no_show" => format!(
                "请到咨询台或窗口说一声,即可归队:排在后{}位之后,取号时间保留。",
                self.reinstate_after
            ),
            "parked" => "材料备齐后,请直接告诉窗口工作人员。".into(),
            _ => String::new(),
        }
    }

    fn stages(&self) -> [Stage; 4] {
        let reached = match self.ticket.state.as_str() {
            "waiting" => 0,
            "called" | "no_show" => 1,
            "serving" | "parked" => 2,
            _ => 3,
        };
        let call = match &self.ticket.window {
            _ if self.ticket.state == "no_show" => "过号".into(),
            Some(window) if reached >= 1 => format!("请到{window}号窗"),
            Some(_) | None => "叫号".into(),
        };
        let end = match self.ticket.state.as_str() {
            "cancelled" => "已取消",
            "carried_over" => "已改期",
            _ => "完成",
        };
        let mut index = 0;
        ["已取号".into(), call, "办理中".into(), end.into()].map(|word| {
            let place = match index {
                index if index < reached => "done",
                index if index == reached => "now",
                _ => "to-come",
            };
            index += 1;
            Stage { word, place }
        })
    }

    fn tone(&self) -> &'static str {
        match self.ticket.state.as_str() {
            "called" => "calling",
            "serving" => "serving",
            "finished" => "finished",
            "no_show" => "no-show",
            _ => "waiting",
        }
    }

    fn may_cancel(&self) -> bool {
        matches!(self.ticket.state.as_str(), "waiting" | "no_show")
    }

    fn may_delay(&self) -> bool {
        self.ticket.state == "waiting" && !self.ticket.delayed
    }

    /// A person who waits or is called is in the hall, and may need somebody beside them.
    fn may_ask_help(&self) -> bool {
        matches!(
            self.ticket.state.as_str(),
            "waiting" | "called" | "parked" | "no_show"
        )
    }

    fn ask_help(&self) -> Act {
        let url = format!("/api/v1/public/tickets/{}/help-requests", self.token);
        Act::post(url, &json!({}))
    }

    fn cancel(&self) -> Act {
        let url = format!("/api/v1/public/tickets/{}/cancellations", self.token);
        Act::post(url, &json!({}))
    }

    fn delay(&self) -> Act {
        let url = format!("/api/v1/public/tickets/{}/delays", self.token);
        Act::post(url, &json!({}))
    }
}
