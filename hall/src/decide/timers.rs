//! What time alone brings about: reminders, escalations, lapsed questions, ends of lendings, leads.
//! Never the end of a ticket.

use alloc::vec::Vec;

use super::{Asked, day};
use crate::cover;
use crate::plan::{Rules, Window as PlannedWindow};
use crate::state::{Hall, Phase, Window};
use crate::{Event, PauseReason, Timestamp, WindowCode};

/// A timer that comes later than this was slept through: the program was down. Ours.
const SLEPT_S: i64 = 120;

impl Hall {
    /// When the next timer of any window is due.
    pub(crate) fn next_timer(&self) -> Option<Timestamp> {
        let plan = self.plan()?;
        let due = plan.windows.iter().filter_map(|planned| {
            let window = self.windows.get(&planned.code)?;
            [
                self.pause_due(planned, window, &plan.rules),
                self.answer_due(window, &plan.rules),
                window.lent.as_ref().and_then(|lent| lent.until),
                self.absence_due(planned, window, &plan.rules),
            ]
            .into_iter()
            .flatten()
            .min()
        });
        due.min()
    }

    /// When the pause is reminded of, or a head is told.
    fn pause_due(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        rules: &Rules,
    ) -> Option<Timestamp> {
        let pause = window.pause.as_ref().filter(|pause| !pause.escalated)?;
        if self.is_covering(&planned.code, window) {
            // The clerk is where the hall wants the clerk to be.
            return None;
        }
        let begun = self.awake_since(pause.since);
        let minutes = if pause.warned {
            rules.pause_limit_min
        } else {
            rules.pause_warn_min
        };
        let due = begun.plus_min(i64::from(minutes));
        // After closing nobody waits for the limit. DESIGN §3.3.
        let closing = self
            .current
            .as_ref()
            .filter(|day| day.phase == Phase::Closing && self.waiting_for(planned) > 0);
        Some(closing.map_or(due, |day| due.min(day.phase_since.max(pause.since))))
    }

    /// Whether the window is paused while its clerk covers another, whatever the sign's reason.
    pub(crate) fn is_covering(&self, code: &WindowCode, window: &Window) -> bool {
        let clerk = window.shift.as_ref().map(|shift| &shift.clerk);
        // The covered post itself is no sign of being elsewhere, and paired posts go on together.
        let elsewhere = clerk.and_then(|clerk| self.covered_by(clerk));
        let there = elsewhere.filter(|there| *there != code);
        let cover = there.and_then(|there| self.windows.get(there)?.cover.as_ref());
        window.pause.is_some() && cover.is_some_and(|cover| !cover.paired)
    }

    /// When the colleague asked should have answered.
    fn answer_due(&self, window: &Window, rules: &Rules) -> Option<Timestamp> {
        let asked = window.asked.as_ref()?;
        asked.clerk.as_ref()?;
        let since = self.awake_since(asked.since);
        Some(since.plus_min(i64::from(rules.cover_response_min)))
    }

    /// Nobody can press anything while the program is down: that time is nobody's doing.
    fn awake_since(&self, since: Timestamp) -> Timestamp {
        since.max(self.woke_at.unwrap_or(since))
    }

    /// When an open, idle window counts as left, while somebody waits for it.
    fn absence_due(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        rules: &Rules,
    ) -> Option<Timestamp> {
        let idle = window.takes_calls() && window.absent_since.is_none();
        if !idle || !self.is_serving_hours() {
            return None;
        }
        let clerk = window.shift.as_ref().map(|shift| &shift.clerk);
        // Whoever holds two paired windows is at work when there is a visitor at either.
        let held = || {
            let windows = self.windows.values();
            windows.filter(|other| other.shift.as_ref().map(|shift| &shift.clerk) == clerk)
        };
        if held().any(|other| other.ticket.is_some()) {
            return None;
        }
        let next = crate::order::next(self, &planned.code)?;
        let lined_at = self.tickets.get(&next)?.lined_at;
        let acted_at = held().filter_map(|other| other.acted_at).max();
        let since = [
            acted_at,
            self.woke_at,
            window.lent.as_ref().map(|lent| lent.since),
            self.current.as_ref().map(|day| day.phase_since),
        ];
        let since = since.into_iter().flatten().fold(lined_at, Timestamp::max);
        Some(since.plus_min(i64::from(rules.absent_after_min)))
    }

    fn is_serving_hours(&self) -> bool {
        let phase = self.current.as_ref().map(|day| day.phase);
        matches!(phase, Some(Phase::InSession | Phase::Closing))
    }
}

impl Asked<'_> {
    /// Everything that the windows' timers bring about at this moment.
    pub(super) fn timers(&self) -> Vec<Event> {
        let Some(plan) = self.hall.plan() else {
            return Vec::new();
        };
        let mut events = Vec::new();
        for planned in &plan.windows {
            if let Some(window) = self.hall.windows.get(&planned.code) {
                self.pause_timer(planned, window, &plan.rules, &mut events);
                self.answer_timer(planned, window, &plan.rules, &mut events);
                self.lending_timer(planned, window, &mut events);
                self.absence_timer(planned, window, &plan.rules, &mut events);
            }
        }
        events
    }

    fn is_due(&self, at: Option<Timestamp>) -> bool {
        at.is_some_and(|at| at <= self.now)
    }

    fn pause_timer(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        rules: &Rules,
        events: &mut Vec<Event>,
    ) {
        if !self.is_due(self.hall.pause_due(planned, window, rules)) {
            return;
        }
        let Some(pause) = &window.pause else { return };
        let limit = i64::from(rules.pause_limit_min);
        let over = self.hall.awake_since(pause.since).plus_min(limit) <= self.now;
        let late = self.is_after_hours() && self.hall.waiting_for(planned) > 0;
        if pause.warned || over || late {
            events.push(self.escalated(planned));
        } else {
            events.push(Event::PauseWarned {
                window: planned.code.clone(),
            });
        }
        if window.asked.is_none() && self.hall.waiting_for(planned) > 0 {
            events.push(cover::ask(self.hall, planned, window));
        }
    }

    /// After closing: 延时服务.
    pub(super) fn is_after_hours(&self) -> bool {
        let phase = self.hall.current.as_ref().map(|day| day.phase);
        phase == Some(Phase::Closing)
    }

    /// A head is told of the pause.
    pub(super) fn escalated(&self, planned: &PlannedWindow) -> Event {
        let heads = cover::candidates(self.hall, planned);
        Event::PauseEscalated {
            window: planned.code.clone(),
            head: heads.into_iter().find(|one| one.head).map(|one| one.clerk),
        }
    }

    fn answer_timer(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        rules: &Rules,
        events: &mut Vec<Event>,
    ) {
        if !self.is_due(self.hall.answer_due(window, rules)) {
            return;
        }
        let asked = window.asked.as_ref().and_then(|asked| asked.clerk.clone());
        let Some(clerk) = asked else { return };
        events.push(Event::CoverLapsed {
            window: planned.code.clone(),
            clerk: clerk.clone(),
        });
        events.push(self.ask_next(planned, window, &clerk));
    }

    fn lending_timer(&self, planned: &PlannedWindow, window: &Window, events: &mut Vec<Event>) {
        let Some(lent) = &window.lent else { return };
        if self.is_due(lent.until) {
            events.push(day::lending_ended(&planned.code, lent, self.now));
        }
    }

    fn absence_timer(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        rules: &Rules,
        events: &mut Vec<Event>,
    ) {
        let due = self.hall.absence_due(planned, window, rules);
        if self.is_due(due) {
            events.extend(self.absent(planned, window, rules));
        }
    }

    /// The lead, and the sign when the plan has the hall put it up.
    pub(super) fn absent(
        &self,
        planned: &PlannedWindow,
        window: &Window,
        rules: &Rules,
    ) -> Vec<Event> {
        let Some(shift) = &window.shift else {
            return Vec::new();
        };
        let since = window.acted_at.unwrap_or(shift.began_at);
        let mut events = vec![Event::AbsenceNoticed {
            window: planned.code.clone(),
            clerk: shift.clerk.clone(),
            idle_ms: self.now.since_ms(since),
        }];
        if rules.absent_pauses {
            events.push(Event::WindowPaused {
                window: planned.code.clone(),
                reason: PauseReason::Absent,
                note: None,
                back_at: None,
                cover: None,
            });
            // People wait: after closing a head is told of every such pause at once.
            events.extend(self.is_after_hours().then(|| self.escalated(planned)));
        }
        events
    }

    /// The console is gone: a lead when the window is open and idle while people wait.
    pub(super) fn notice_absence(&self, code: &WindowCode) -> super::Decision {
        let (window, planned) = self.hall.window(code)?;
        let Some(plan) = self.hall.plan() else {
            return Ok(Vec::new());
        };
        let due = self.hall.absence_due(planned, window, &plan.rules);
        if due.is_none() {
            return Ok(Vec::new());
        }
        Ok(self.absent(planned, window, &plan.rules))
    }

    /// A tick long after it was due means that the hall slept; nothing of that is a clerk's doing.
    pub(super) fn outage(&self) -> Option<Event> {
        let since = self.hall.next_tick(self.now)?;
        // Whoever did something after that moment found the hall awake.
        let quiet = self.hall.last_at <= since;
        let slept = self.now.since_ms(since) > SLEPT_S * 1000;
        (quiet && slept).then_some(Event::OutageNoted { since })
    }
}
