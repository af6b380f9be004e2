//! What a kiosk offers now.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{DayLine, DayState, HallName, Position, Wait};
use crate::order;
use crate::plan::Service;
use crate::state::{Hall, Window};
use crate::text::Text;
use crate::time::DateTime;
use crate::waits::Foreseen;
use crate::{ServiceCode, WindowCode};

/// What a kiosk offers: `GET …/menu`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Menu {
    /// The hall.
    pub hall: HallName,
    /// The hall day.
    pub day: DayLine,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Every service of the plan; closed ones stay, with the reason.
    pub services: Vec<MenuService>,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// Where phones reach the ticket pages.
    pub public_url: Option<String>,
    /// Calls before a no-show is back in line.
    pub reinstate_after: u32,
    /// The journal position.
    pub seq: u64,
}

/// One service of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MenuService {
    /// Its code.
    pub code: ServiceCode,
    /// Its name.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// Whether a number can be taken.
    pub open: bool,
    /// Why not.
    pub why_not: Option<WhyNot>,
    /// People waiting.
    pub waiting: u32,
    /// The wait band, when it can be estimated.
    pub wait: Option<Wait>,
    /// Windows that serve it.
    pub windows: Vec<WindowCode>,
    /// What visitors should know when its windows are paused or none is open.
    pub paused_note: Option<Text>,
}

/// Why a service is greyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WhyNot {
    /// The code that `POST …/tickets` would answer with.
    pub code: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Menu {
    /// The same with the waits that are foreseen for whoever comes now.
    #[must_use]
    pub fn with_waits(mut self, foreseen: &Foreseen) -> Self {
        for service in self.services.iter_mut().filter(|service| service.open) {
            service.wait = foreseen.of_service(&service.code);
        }
        self
    }
}

impl Hall {
    /// What a kiosk offers now.
    pub fn menu(&self, position: &Position) -> Menu {
        let day = self.day_line(position.now);
        let services = self
            .plan()
            .map(|plan| plan.services.as_slice())
            .unwrap_or_default();
        let facts = self.plan().map(|plan| &plan.hall);
        Menu {
            hall: self.hall_name(),
            services: services
                .iter()
                .map(|service| self.menu_service(service, &day))
                .collect(),
            day,
            at: position.now.in_zone(self.zone()),
            pretend: position.pretend,
            complaint_phone: facts.and_then(|hall| hall.complaint_phone.clone()),
            public_url: facts.and_then(|hall| hall.public_url.clone()),
            reinstate_after: self.plan().map_or(0, |plan| plan.rules.reinstate_after),
            seq: position.seq,
        }
    }

    fn menu_service(&self, service: &Service, day: &DayLine) -> MenuService {
        let why_not = self.why_not(service, day);
        MenuService {
            code: service.code.clone(),
            name: service.name.clone(),
            name_en: service.name_en.clone(),
            open: why_not.is_none(),
            why_not,
            waiting: order::waiting(self, &service.code),
            wait: None,
            windows: self
                .windows_for(&service.code)
                .map(|window| window.code.clone())
                .collect(),
            paused_note: self.paused_note(service, day),
        }
    }

    fn why_not(&self, service: &Service, day: &DayLine) -> Option<WhyNot> {
        if matches!(
            day.state,
            DayState::Closed | DayState::Preparing | DayState::Settled
        ) {
            return Some(self.not_open_yet(day));
        }
        if !day.issuing {
            let hours = (day.state == DayState::Noon)
                .then(|| self.current_day().and_then(|day| day.next_step()))
                .flatten()
                .map(|step| step.at.in_zone(self.zone()).format("%H:%M").to_string());
            return Some(match hours {
                Some(at) => why(
                    "issuing_closed",
                    format!("午间暂停取号,{at}恢复取号"),
                    format!("No numbers at noon, again from {at}"),
                ),
                None => why(
                    "issuing_closed",
                    "今日取号已结束,已取的号会全部办完",
                    "No more numbers today; every number taken will be served",
                ),
            });
        }
        if self.windows_for(&service.code).next().is_none() {
            return Some(why(
                "service_closed",
                "今天没有窗口办理,请到咨询台",
                "No window today, please ask at the desk",
            ));
        }
        self.quota_gone(service)
    }

    fn not_open_yet(&self, day: &DayLine) -> WhyNot {
        if let Some(year) = day.missing_year {
            return why(
                "calendar_missing",
                format!("{year}年度放假安排未录入,请到咨询台"),
                format!("The workdays of {year} are not entered yet, please ask at the desk"),
            );
        }
        match &day.opens_at {
            Some(at) if day.state == DayState::Preparing => {
                let at = at.format("%H:%M");
                let lobby = self.plan().map_or(15, |plan| plan.lobby_before_min);
                why(
                    "hall_not_open",
                    format!("{at}开始办理,提前{lobby}分钟可取号"),
                    format!("Opens at {at}, numbers {lobby} minutes before"),
                )
            }
            _ => why(
                "hall_not_open",
                "今天不办理业务",
                "The hall is closed today",
            ),
        }
    }

    fn quota_gone(&self, service: &Service) -> Option<WhyNot> {
        let issued = self
            .current_day()?
            .issued
            .get(&service.code)
            .copied()
            .unwrap_or_default();
        let gone = service.quota_day.is_some_and(|limit| issued.day >= limit)
            || service
                .quota_half_day
                .is_some_and(|limit| issued.half >= limit);
        gone.then(|| {
            why(
                "quota_used_up",
                "本时段号已取完,窗口空闲时可直接咨询",
                "All numbers are taken; please ask at the window if it is free",
            )
        })
    }

    /// What to say before a number is taken: 暂停服务 windows, or none open yet.
    fn paused_note(&self, service: &Service, day: &DayLine) -> Option<Text> {
        let windows: Vec<_> = self.windows_for(&service.code).collect();
        let state = |code| self.windows.get(code);
        let manned = windows
            .iter()
            .filter(|w| state(&w.code).is_some_and(|s| s.shift.is_some()))
            .count();
        let open = windows
            .iter()
            .any(|w| state(&w.code).is_some_and(Window::takes_calls));
        if open || windows.is_empty() || day.state == DayState::Lobby {
            return None;
        }
        let back = windows
            .iter()
            .filter_map(|w| state(&w.code)?.pause.as_ref()?.back_at)
            .min()
            .map(|at| at.in_zone(self.zone()).format("%H:%M").to_string());
        Some(match (manned, back) {
            (0, _) => Text::new("窗口尚未开放,请稍候", "Windows not open yet, please wait"),
            (_, Some(at)) => Text::new(
                format!("窗口暂停服务,预计{at}恢复"),
                format!("Windows paused, back at about {at}"),
            ),
            (_, None) => Text::new("窗口暂停服务,请稍候", "Windows paused, please wait"),
        })
    }
}

fn why(code: &str, zh: impl Into<String>, en: impl Into<String>) -> WhyNot {
    WhyNot {
        code: code.into(),
        zh: zh.into(),
        en: en.into(),
    }
}
