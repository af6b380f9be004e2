//! The whole floor, for those who keep it moving.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{DayView, HallName, Position, Wait, WindowState, WindowView};
use crate::order;
use crate::plan::Service;
use crate::state::Hall;
use crate::time::DateTime;
use crate::waits::Foreseen;
use crate::{ServiceCode, Timestamp, WindowCode};

/// Every queue and every window at one journal position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Floor {
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
    pub day: DayView,
    /// The figures at the top.
    pub totals: FloorTotals,
    /// Every service's line.
    pub queues: Vec<FloorQueue>,
    /// Every window.
    pub windows: Vec<WindowView>,
}

/// The figures at the top of the floor page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FloorTotals {
    /// People waiting.
    pub waiting: u32,
    /// Seconds that the longest of them waits.
    pub longest_wait_s: u32,
    /// People at windows.
    pub serving: u32,
    /// Windows open for calls.
    pub open_windows: u32,
    /// Windows with 暂停服务.
    pub paused_windows: u32,
}

/// One service's line on the floor page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FloorQueue {
    /// The service.
    pub service: ServiceCode,
    /// Its name.
    pub name: String,
    /// People waiting.
    pub waiting: u32,
    /// Seconds that the longest of them waits.
    pub longest_wait_s: u32,
    /// The number that waits longest.
    pub longest: Option<String>,
    /// Windows open for it.
    pub open_windows: Vec<WindowCode>,
    /// Windows for it with 暂停服务.
    pub paused_windows: Vec<WindowCode>,
    /// Minutes within which visitors should be called.
    pub target_wait_min: Option<u32>,
    /// What is told to whoever takes a number for it now; none: 暂无法估计.
    pub wait: Option<Wait>,
}

impl Floor {
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
    /// The whole floor; none before the first plan.
    pub fn floor(&self, position: &Position) -> Option<Floor> {
        let plan = self.plan()?;
        let windows: Vec<_> = plan
            .windows
            .iter()
            .filter_map(|window| self.window_view(&window.code, position.seq).ok())
            .collect();
        let queues: Vec<_> = plan
            .services
            .iter()
            .map(|service| self.floor_queue(service, position.now))
            .collect();
        Some(Floor {
            log: position.log.clone(),
            seq: position.seq,
            at: position.now.in_zone(self.zone()),
            pretend: position.pretend,
            hall: self.hall_name(),
            day: self.day_view(None, position.now)?,
            totals: totals(&queues, &windows),
            queues,
            windows,
        })
    }

    fn floor_queue(&self, service: &Service, now: Timestamp) -> FloorQueue {
        let waiting = order::waiting_tickets(self, &service.code);
        let longest = waiting.min_by_key(|ticket| (ticket.arrived_at, ticket.serial));
        let state = |code| self.windows().get(code);
        let of = |paused: bool| {
            self.windows_for(&service.code)
                .filter(|window| {
                    state(&window.code).is_some_and(|w| {
                        if paused {
                            w.pause.is_some()
                        } else {
                            w.takes_calls()
                        }
                    })
                })
                .map(|window| window.code.clone())
                .collect()
        };
        FloorQueue {
            service: service.code.clone(),
            name: service.name.clone(),
            waiting: order::waiting(self, &service.code),
            longest_wait_s: longest.map_or(0, |ticket| seconds(now, ticket.arrived_at)),
            longest: longest.map(|ticket| super::shown_number(self, ticket)),
            open_windows: of(false),
            paused_windows: of(true),
            target_wait_min: service.target_wait_min,
            wait: None,
        }
    }
}

fn seconds(now: Timestamp, since: Timestamp) -> u32 {
    u32::try_from(now.since_ms(since) / 1000).unwrap_or(u32::MAX)
}

fn totals(queues: &[FloorQueue], windows: &[WindowView]) -> FloorTotals {
    let count = |wanted: &dyn Fn(&WindowView) -> bool| {
        u32::try_from(windows.iter().filter(|window| wanted(window)).count()).unwrap_or(u32::MAX)
    };
    FloorTotals {
        waiting: queues.iter().map(|queue| queue.waiting).sum(),
        longest_wait_s: queues
            .iter()
            .map(|queue| queue.longest_wait_s)
            .max()
            .unwrap_or(0),
        serving: count(&|window| window.state == WindowState::Serving),
        open_windows: count(&|window| {
            let manned = !matches!(window.state, WindowState::Closed | WindowState::Preparing);
            manned && window.pause.is_none()
        }),
        paused_windows: count(&|window| window.pause.is_some()),
    }
}
