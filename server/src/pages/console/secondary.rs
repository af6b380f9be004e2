//! The smaller buttons: when each may be pressed, and what it says meanwhile.

use chrono::TimeDelta;
use hall::view::{DayState, TicketView, WindowState};
use hall::{Class, DateTime};
use serde_json::json;

use super::desk::{DeskInquiry, DeskMessage};
use super::{ConsoleData, Parked};
use crate::pages::act::Act;
use crate::pages::moment::Timer;

impl ConsoleData {
    /// Announces the call again.
    pub(super) fn recall(&self) -> Act {
        Act::post(format!("{}/recalls", self.window_url()), &json!({}))
    }

    /// Marks the visitor as not come.
    pub(super) fn no_show(&self) -> Act {
        Act::post(format!("{}/no-shows", self.window_url()), &json!({}))
    }

    /// Brings a parked visitor back to this window.
    pub(super) fn bring_back(&self, parked: &Parked) -> Act {
        let body = json!({
            "expect_current": null, "ticket": parked.ticket.id, "reason": "挂起后返回",
        });
        Act::post(format!("{}/calls", self.window_url()), &body)
    }

    /// Puts a parked ticket back in line, first.
    pub(super) fn unpark(&self, parked: &Parked) -> Act {
        Act::delete(format!("{}/parking", self.ticket_url(&parked.ticket)))
    }

    /// Puts a no-show back in line.
    pub(super) fn reinstate(&self, ticket: &TicketView) -> Act {
        let url = format!("{}/reinstatements", self.ticket_url(ticket));
        Act::post(url, &json!({}))
    }

    /// Says that the clerk has read a message.
    pub(super) fn read_message(&self, message: &DeskMessage) -> Act {
        let url = format!("{}/messages/{}/read", self.hall_url(), message.id);
        Act::put(url, &json!({}))
    }

    /// Takes over an inquiry that was handed on.
    pub(super) fn accept_inquiry(&self, inquiry: &DeskInquiry) -> Act {
        let url = format!("{}/inquiries/{}/acceptances", self.hall_url(), inquiry.id);
        Act::post(url, &json!({}))
    }

    /// Where a slip for the visit is written.
    pub(super) fn new_slip(&self, ticket: &TicketView) -> String {
        let (hall, window) = (&self.hall.code, &self.window.code);
        format!(
            "/halls/{hall}/slips/new?window={window}&ticket={}",
            ticket.id
        )
    }

    fn ticket_url(&self, ticket: &TicketView) -> String {
        format!("{}/tickets/{}", self.hall_url(), ticket.id)
    }

    /// Whether every announcement allowed was made.
    pub(super) fn recalls_used_up(&self, ticket: &TicketView) -> bool {
        ticket.calls >= self.rules.recall_limit
    }

    /// When the next announcement may be made, in milliseconds.
    pub(super) fn recall_from_ms(&self, ticket: &TicketView) -> i64 {
        after(ticket.announced_at, self.rules.recall_cooldown_s)
    }

    /// When the visitor may be marked as not come, in milliseconds.
    pub(super) fn no_show_from_ms(&self, ticket: &TicketView) -> i64 {
        let patience_s = match ticket.class {
            Class::Green => self.rules.no_show_after_green_s,
            Class::Ordinary | Class::Booked => self.rules.no_show_after_s,
        };
        after(ticket.announced_at, patience_s)
    }

    /// After closing: announcements still owed before a no-show. **Source**: DESIGN §3.3.
    pub(super) fn calls_owed(&self, ticket: &TicketView) -> u32 {
        if self.day.state != DayState::Closing {
            return 0;
        }
        self.rules.recall_limit.saturating_sub(ticket.calls)
    }

    /// Whether the window is free to take somebody.
    pub(super) fn is_free(&self) -> bool {
        self.window.state == WindowState::Idle
    }

    /// The clock beside the current number.
    pub(super) fn ticket_timer(&self, ticket: &TicketView) -> Option<Timer> {
        let target_s = self.expected_min.saturating_mul(60);
        match self.window.state {
            WindowState::Serving => {
                let since = ticket.started_at.as_ref()?;
                Some(Timer::against(since, &self.at, target_s))
            }
            WindowState::Calling => {
                let since = ticket.announced_at.as_ref()?;
                Some(Timer::against(since, &self.at, self.rules.no_show_after_s))
            }
            WindowState::Closed
            | WindowState::Preparing
            | WindowState::Idle
            | WindowState::Paused => None,
        }
    }

    /// How long the pause lasts, amber and red by the house rules.
    pub(super) fn pause_timer(&self) -> Option<Timer> {
        let since = &self.window.pause.as_ref()?.since;
        let (amber_s, red_s) = (
            self.rules.pause_warn_min.saturating_mul(60),
            self.rules.pause_limit_min.saturating_mul(60),
        );
        Some(Timer::between(since, &self.at, amber_s, red_s))
    }
}

fn after(since: Option<DateTime>, seconds: u32) -> i64 {
    let from = since.and_then(|at| at.checked_add_signed(TimeDelta::seconds(seconds.into())));
    from.map_or(0, |at| at.timestamp_millis())
}
