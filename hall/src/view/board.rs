//! What the hall sees: calls, queues, windows. No personal field ever.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{DayLine, DayState, Position, Wait, WindowState, shown_number};
use crate::order;
use crate::plan::Window as PlannedWindow;
use crate::state::{Hall, Window};
use crate::text::Text;
use crate::time::DateTime;
use crate::waits::Foreseen;
use crate::{ServiceCode, TicketId, WindowCode};

/// A hall by code and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HallName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
}

/// The whole board at one journal position. **Source**: API.md, Live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Board {
    /// The journal's own id.
    pub log: String,
    /// The journal position.
    pub seq: u64,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The hall.
    pub hall: HallName,
    /// The hall day.
    pub day: DayLine,
    /// People after closing who are still served: 延时服务中.
    pub after_hours: u32,
    /// Every ticket now called and the last twelve, newest announcement last.
    pub calls: Vec<BoardCall>,
    /// Waiting per service.
    pub queues: Vec<BoardQueue>,
    /// Every window.
    pub windows: Vec<BoardWindow>,
    /// Hall notices.
    pub notices: Vec<Notice>,
    /// How often one call is spoken.
    pub announce_times: u32,
}

/// One call. `(ticket, call)` names an announcement: a recall is the same ticket, next `call`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BoardCall {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number as shown and read out.
    pub number: String,
    /// The window to go to.
    pub window: WindowCode,
    /// 1 for the first announcement.
    pub call: u32,
    /// First announcement of this call.
    pub called_at: DateTime,
    /// Last announcement of this call.
    pub announced_at: DateTime,
    /// The ticket's state: no longer `called` needs no announcement.
    pub state: String,
}

/// One service's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BoardQueue {
    /// The service.
    pub service: ServiceCode,
    /// Its name.
    pub name: String,
    /// People waiting.
    pub waiting: u32,
    /// The wait band, when it can be estimated.
    pub wait: Option<Wait>,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BoardWindow {
    /// Its code.
    pub code: WindowCode,
    /// Its name.
    pub name: String,
    /// What it is doing.
    pub state: WindowState,
    /// Whether it takes no new calls, also while it serves on.
    pub paused: bool,
    /// The number called or served.
    pub number: Option<String>,
    /// What its screen says: 暂停服务, when back, where to go instead.
    pub text: Option<Text>,
    /// Who sits there.
    pub clerk: Option<String>,
    /// Whether that is a cover: the card of the person who serves is shown.
    #[serde(default)]
    pub cover: bool,
    /// Services lent to it at present (潮汐窗口).
    #[serde(default)]
    pub lent: Vec<String>,
}

/// A hall notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
}

impl Board {
    /// The same with the waits that are foreseen for whoever comes now.
    #[must_use]
    pub fn with_waits(mut self, foreseen: &Foreseen) -> Self {
        for queue in &mut self.queues {
            queue.wait = foreseen.of_service(&queue.service);
        }
        self
    }
}

impl Hall {
    /// The whole board.
    pub fn board(&self, position: &Position) -> Board {
        let day = self.day_line(position.now);
        let open = self.day(day.date).map_or(0, |day| day.balance.open);
        let planned = self
            .plan()
            .map(|plan| plan.windows.as_slice())
            .unwrap_or_default();
        Board {
            log: position.log.clone(),
            seq: position.seq,
            at: position.now.in_zone(self.zone()),
            pretend: position.pretend,
            hall: self.hall_name(),
            after_hours: if day.state == DayState::Closing {
                open
            } else {
                0
            },
            day,
            calls: self.board_calls(),
            queues: self.board_queues(),
            windows: planned
                .iter()
                .filter_map(|window| self.board_window(window))
                .collect(),
            notices: Vec::new(),
            announce_times: self.plan().map_or(2, |plan| plan.rules.announce_times),
        }
    }

    /// The hall's code and names; empty before the first plan.
    pub fn hall_name(&self) -> HallName {
        let facts = self.plan().map(|plan| &plan.hall);
        HallName {
            code: facts.map(|hall| hall.code.0.clone()).unwrap_or_default(),
            name: facts.map(|hall| hall.name.clone()).unwrap_or_default(),
            name_en: facts.and_then(|hall| hall.name_en.clone()),
        }
    }

    fn board_calls(&self) -> Vec<BoardCall> {
        self.recent_calls()
            .filter_map(|ticket| {
                Some(BoardCall {
                    ticket: ticket.id,
                    number: shown_number(self, ticket),
                    window: ticket.window.clone()?,
                    call: ticket.calls,
                    called_at: ticket.called_at?.in_zone(self.zone()),
                    announced_at: ticket.announced_at?.in_zone(self.zone()),
                    state: ticket.status.name().to_string(),
                })
            })
            .collect()
    }

    fn board_queues(&self) -> Vec<BoardQueue> {
        let services = self
            .plan()
            .map(|plan| plan.services.as_slice())
            .unwrap_or_default();
        services
            .iter()
            .map(|service| BoardQueue {
                service: service.code.clone(),
                name: service.name.clone(),
                waiting: order::waiting(self, &service.code),
                wait: None,
            })
            .collect()
    }

    fn board_window(&self, planned: &PlannedWindow) -> Option<BoardWindow> {
        let window = self.windows.get(&planned.code)?;
        let ticket = window.ticket.and_then(|id| self.tickets.get(&id));
        Some(BoardWindow {
            code: planned.code.clone(),
            name: planned.name.clone(),
            state: self.window_state(window),
            paused: window.pause.is_some(),
            number: ticket.map(|ticket| shown_number(self, ticket)),
            text: self.paused_text(planned, window),
            clerk: window
                .shift
                .as_ref()
                .map(|shift| self.clerk_name(&shift.clerk)),
            cover: window.cover.is_some(),
            lent: window
                .lent
                .iter()
                .flat_map(|lent| &lent.services)
                .map(|service| self.service_name(service))
                .collect(),
        })
    }

    /// 暂停服务, the return time, and where to go instead. The reason stays inside.
    pub fn paused_text(&self, planned: &PlannedWindow, window: &Window) -> Option<Text> {
        let pause = window.pause.as_ref()?;
        let back = pause
            .back_at
            .map(|at| at.in_zone(self.zone()).format("%H:%M").to_string());
        let other = self.instead_of(planned);
        let mut zh = vec![String::from("暂停服务")];
        let mut en = vec![String::from("Paused")];
        if let Some(back) = back {
            zh.push(format!("预计{back}恢复"));
            en.push(format!("back at about {back}"));
        }
        if let Some(other) = other {
            zh.push(format!("请到{other}号窗口"));
            en.push(format!("please go to window {other}"));
        }
        Some(Text::new(zh.join(","), en.join(", ")))
    }

    /// An open window that serves what this one serves: the one with most services in common.
    fn instead_of(&self, planned: &PlannedWindow) -> Option<&WindowCode> {
        let others = self
            .plan()
            .map(|plan| plan.windows.as_slice())
            .unwrap_or_default();
        others
            .iter()
            .filter(|other| other.code != planned.code)
            .filter(|other| {
                self.windows
                    .get(&other.code)
                    .is_some_and(Window::takes_calls)
            })
            .map(|other| {
                let services = self.services_of(&other.code);
                let common = planned
                    .services
                    .iter()
                    .filter(|s| services.contains(s))
                    .count();
                (common, other)
            })
            .filter(|(common, _)| *common > 0)
            .max_by_key(|(common, _)| *common)
            .map(|(_, other)| &other.code)
    }
}
