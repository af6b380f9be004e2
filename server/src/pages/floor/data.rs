//! All that the floor page shows, taken from the hall's state.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use hall::plan::{Plan, Rules};
use hall::view::{
    Alert, ClerkName, Coverage, DayState, Floor, FloorQueue, HallName, LockView, Position,
    ProposalView, ServiceName, WindowState, WindowView,
};
use hall::waits::Foreseen;
use hall::{DateTime, Hall, ServiceCode, WindowCode};
use serde_json::json;

use crate::pages::Viewer;
use crate::pages::act::Act;
use crate::pages::console::{CoverRequest, cover};
use crate::pages::moment::{self, Timer};

/// What the floor page shows at one journal position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall, as in the floor.
    pub hall: HallName,
    /// The hall's time, as in the floor.
    pub at: DateTime,
    /// Whether the clock is a pretended one, as in the floor.
    pub pretend: bool,
    /// The floor.
    pub floor: Floor,
    /// What to see to, the most urgent first.
    pub alerts: Vec<Alert>,
    /// Who is on which post.
    pub coverage: Coverage,
    /// Windows that ask the person in front of the page for cover.
    pub asks: Vec<CoverRequest>,
    /// Services that each tidal window may be lent to.
    pub tides: BTreeMap<WindowCode, Vec<ServiceName>>,
    /// What the tide proposes, and what became of its proposals, newest first.
    pub proposals: Vec<ProposalView>,
    /// Windows that the tide leaves alone.
    pub locks: Vec<LockView>,
    /// Everyone of the hall, to be sent to a post.
    pub clerks: Vec<ClerkName>,
    /// Minutes that one visitor should take, per service.
    pub expected_min: BTreeMap<ServiceCode, u32>,
    /// The numbers of the house rules.
    pub rules: Rules,
}

impl FloorData {
    /// The same with the waits that are foreseen for whoever comes now.
    #[must_use]
    pub fn with_waits(mut self, foreseen: &Foreseen) -> Self {
        self.floor = self.floor.with_waits(foreseen);
        self
    }
}

impl FloorData {
    /// The floor as `viewer` sees it; none before the first plan.
    pub fn of(hall: &Hall, position: &Position, viewer: Viewer) -> Option<Self> {
        let plan = hall.plan()?;
        let floor = hall.floor(position)?;
        let asks = cover::requests(hall, viewer.clerk.as_slice());
        let expected = plan.services.iter();
        Some(Self {
            viewer,
            hall: floor.hall.clone(),
            at: floor.at,
            pretend: floor.pretend,
            alerts: alerts(hall, position),
            coverage: hall.coverage(position),
            asks,
            tides: tides(plan),
            proposals: hall.proposals(),
            locks: hall.tide_locks(),
            clerks: clerks(plan),
            expected_min: expected
                .map(|service| (service.code.clone(), service.expected_min))
                .collect(),
            rules: plan.rules.clone(),
            floor,
        })
    }

    /// The API's address of this hall.
    pub(super) fn hall_url(&self) -> String {
        format!("/api/v1/halls/{}", self.hall.code)
    }

    /// The page's clock for the scripts.
    pub(super) fn now_ms(&self) -> i64 {
        self.at.timestamp_millis()
    }

    /// Whether somebody waits longer than the service's target.
    pub(super) fn is_late(queue: &FloorQueue) -> bool {
        let target = queue.target_wait_min;
        target.is_some_and(|minutes| queue.longest_wait_s > minutes.saturating_mul(60))
    }

    /// How long the first of the line waits.
    pub(super) fn longest_wait(queue: &FloorQueue) -> String {
        moment::minutes(queue.longest_wait_s)
    }

    /// Whether people wait and no window is open for them.
    pub(super) fn is_stranded(queue: &FloorQueue) -> bool {
        queue.waiting > 0 && queue.open_windows.is_empty()
    }

    /// How long the window is in its state.
    pub(super) fn elapsed(&self, window: &WindowView) -> Option<Timer> {
        let ticket = window.ticket.as_ref();
        match window.state {
            WindowState::Closed | WindowState::Preparing | WindowState::Idle => None,
            WindowState::Calling => {
                let since = ticket?.announced_at.as_ref()?;
                Some(Timer::against(since, &self.at, self.rules.no_show_after_s))
            }
            WindowState::Serving => {
                let service = &ticket?.service.code;
                let expected = self.expected_min.get(service).copied().unwrap_or(0);
                let since = ticket?.started_at.as_ref()?;
                Some(Timer::against(since, &self.at, expected.saturating_mul(60)))
            }
            WindowState::Paused => {
                let since = &window.pause.as_ref()?.since;
                let (amber, red) = (self.rules.pause_warn_min, self.rules.pause_limit_min);
                let seconds = |minutes: u32| minutes.saturating_mul(60);
                Some(Timer::between(
                    since,
                    &self.at,
                    seconds(amber),
                    seconds(red),
                ))
            }
        }
    }

    /// Whether the list of what is in the way is shown.
    pub(super) fn is_closing(&self) -> bool {
        self.floor.day.state == DayState::Closing
    }

    /// Whether a manager may open the hall by hand.
    pub(super) fn may_open(&self) -> bool {
        let state = self.floor.day.state;
        self.viewer.manager && matches!(state, DayState::Closed | DayState::Preparing)
    }

    /// Closes the day shown.
    pub(super) fn settle(&self) -> Act {
        self.settle_date(self.floor.day.date)
    }

    /// Closes the day of that date.
    pub(super) fn settle_date(&self, date: impl Borrow<NaiveDate>) -> Act {
        let url = format!("{}/day/settlements?date={}", self.hall_url(), date.borrow());
        Act::post(url, &json!({}))
    }
}

/// The most urgent first, and of one kind the oldest.
fn alerts(hall: &Hall, position: &Position) -> Vec<Alert> {
    let mut alerts = hall.alerts(position.now);
    alerts.sort_by_key(|alert| (alert.kind, alert.since));
    alerts
}

fn tides(plan: &Plan) -> BTreeMap<WindowCode, Vec<ServiceName>> {
    let name = |code: &ServiceCode| {
        let service = plan.service(code)?;
        Some(ServiceName {
            code: code.clone(),
            name: service.name.clone(),
        })
    };
    let tidal = plan.windows.iter().filter(|window| !window.tide.is_empty());
    tidal
        .map(|window| {
            let services = window.tide.iter().filter_map(name).collect();
            (window.code.clone(), services)
        })
        .collect()
}

fn clerks(plan: &Plan) -> Vec<ClerkName> {
    let clerks = plan.clerks.iter();
    clerks
        .map(|clerk| ClerkName {
            code: clerk.code.clone(),
            name: clerk.name.clone(),
        })
        .collect()
}
