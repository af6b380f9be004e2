//! Facts about windows: shifts, pauses, covers, gaps, lendings.

use crate::event::{Event, PauseReason, PostRole};
use crate::state::{Cover, CoverAsk, Hall, Lending, Pause, Shift, Window};
use crate::{ClerkCode, Timestamp, WindowCode};

impl Hall {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about windows are handed over"
    )]
    pub(super) fn apply_window(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::ShiftBegan {
                window,
                clerk,
                role,
                overriding,
            } => {
                let shift = Shift {
                    overridden: overriding.is_some(),
                    ..shift(clerk, *role, at)
                };
                self.change_window(window, |w| {
                    w.shift = Some(shift);
                    w.asked = None;
                });
            }
            Event::WindowReady { window } => self.change_window(window, |w| {
                if let Some(shift) = &mut w.shift {
                    shift.ready_at.get_or_insert(at);
                }
            }),
            Event::WindowPaused { window, .. } => {
                self.change_window(window, |w| w.pause = paused(w, event, at));
            }
            Event::WindowResumed { window } => self.change_window(window, |w| {
                w.pause = None;
                w.asked = None;
            }),
            Event::ShiftEnded { window, .. } => {
                self.change_window(window, |w| {
                    w.shift = None;
                    w.pause = None;
                    w.cover = None;
                    w.asked = None;
                    w.absent_since = None;
                });
                self.release_window_line(window);
            }
            Event::PauseWarned { window } => self.change_pause(window, |pause| pause.warned = true),
            Event::PauseEscalated { window, .. } => self.change_pause(window, |pause| {
                pause.warned = true;
                pause.escalated = true;
            }),
            Event::GapOpened { window, .. } => {
                self.change_window(window, |w| w.gap_since = Some(at));
            }
            Event::GapClosed { window, .. } => self.change_window(window, |w| {
                w.gap_since = None;
                // Nobody is asked to an empty post for which nobody waits.
                w.asked = w.asked.take().filter(|_| w.shift.is_some());
            }),
            Event::AbsenceNoticed { window, .. } => {
                self.change_window(window, |w| w.absent_since = Some(at));
            }
            Event::WindowLent { .. } | Event::LendingEnded { .. } => self.apply_lending(event, at),
            _ => self.apply_cover(event, at),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about covers are handed over"
    )]
    fn apply_cover(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::CoverAsked {
                window,
                clerk,
                head,
            } => self.change_window(window, |w| {
                let tried = w.asked.take().map(|asked| asked.tried).unwrap_or_default();
                w.asked = Some(CoverAsk {
                    clerk: clerk.clone(),
                    head: *head,
                    since: at,
                    tried,
                });
            }),
            Event::CoverDeclined { window, clerk, .. } | Event::CoverLapsed { window, clerk } => {
                self.change_window(window, |w| {
                    if let Some(asked) = &mut w.asked {
                        asked.tried.push(clerk.clone());
                        asked.clerk = None;
                    }
                });
            }
            Event::CoverBegan { .. } => self.begin_cover(event, at),
            Event::CoverEnded { window, .. } => {
                self.change_window(window, |w| {
                    let away = w.cover.take().and_then(|cover| cover.away);
                    w.shift = away.map(|(clerk, role)| Shift {
                        ready_at: Some(at),
                        ..shift(&clerk, role, at)
                    });
                    w.pause = None;
                    w.asked = None;
                });
                if !self.is_manned(window) {
                    self.release_window_line(window);
                }
            }
            _ => (),
        }
    }

    fn begin_cover(&mut self, event: &Event, at: Timestamp) {
        let Event::CoverBegan {
            window,
            clerk,
            role,
            from,
            paired,
            ..
        } = event
        else {
            return;
        };
        self.change_window(window, |w| {
            // Whoever held the post first comes back to it, however many covered meanwhile.
            let first = w.cover.take().and_then(|cover| cover.away);
            let held = w.shift.take().map(|shift| (shift.clerk, shift.role));
            let came_back = first.as_ref().is_some_and(|(first, _)| first == clerk);
            w.cover = (!came_back).then(|| Cover {
                away: first.or(held),
                from: from.clone(),
                paired: *paired,
                since: at,
            });
            w.shift = Some(Shift {
                ready_at: Some(at),
                ..shift(clerk, *role, at)
            });
            w.pause = None;
            w.asked = None;
        });
    }

    fn apply_lending(&mut self, event: &Event, at: Timestamp) {
        if let Event::WindowLent {
            window,
            services,
            until,
            reason,
            instead,
        } = event
        {
            let lending = Lending {
                services: services.clone(),
                since: at,
                until: *until,
                reason: reason.clone(),
                instead: *instead,
            };
            self.change_window(window, |w| {
                w.lent = Some(lending);
                w.turned_at = Some(at);
            });
        } else if let Event::LendingEnded { window, .. } = event {
            self.change_window(window, |w| {
                w.lent = None;
                w.turned_at = Some(at);
            });
        }
    }

    /// Notes that somebody did something at the event's window.
    pub(super) fn note_act(&mut self, event: &Event, at: Timestamp) {
        let Some(window) = acting_at(event) else {
            return;
        };
        self.change_window(window, |w| {
            w.acted_at = Some(at);
            w.absent_since = None;
        });
    }

    fn change_window(&mut self, code: &WindowCode, change: impl FnOnce(&mut Window)) {
        if let Some(window) = self.windows.get_mut(code) {
            change(window);
        }
    }

    fn change_pause(&mut self, code: &WindowCode, change: impl FnOnce(&mut Pause)) {
        self.change_window(code, |w| {
            if let Some(pause) = &mut w.pause {
                change(pause);
            }
        });
    }
}

fn shift(clerk: &ClerkCode, role: PostRole, at: Timestamp) -> Shift {
    Shift {
        clerk: clerk.clone(),
        role,
        began_at: at,
        ready_at: None,
        overridden: false,
    }
}

/// A pause told again keeps its beginning, and what was done about it.
fn paused(window: &Window, event: &Event, at: Timestamp) -> Option<Pause> {
    let Event::WindowPaused {
        reason,
        note,
        back_at,
        cover,
        ..
    } = event
    else {
        return window.pause.clone();
    };
    let known = window.pause.as_ref();
    Some(Pause {
        reason: *reason,
        note: note.clone(),
        since: known.map_or(at, |pause| pause.since),
        back_at: *back_at,
        cover: cover.clone(),
        warned: known.is_some_and(|pause| pause.warned),
        escalated: known.is_some_and(|pause| pause.escalated),
    })
}

/// The window at which somebody did this.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other facts are nobody's act at a window"
)]
fn acting_at(event: &Event) -> Option<&WindowCode> {
    match event {
        Event::TicketCalled { window, .. }
        | Event::TicketRecalled { window, .. }
        | Event::TicketStarted { window, .. }
        | Event::TicketNotShown { window, .. }
        | Event::NoShowUndone { window, .. }
        | Event::TicketFinished { window, .. }
        | Event::FinishUndone { window, .. }
        | Event::TicketParked { window, .. }
        | Event::TicketResumed { window, .. }
        | Event::TicketPutBack { window, .. }
        | Event::ShiftBegan { window, .. }
        | Event::WindowReady { window }
        | Event::WindowResumed { window }
        | Event::CoverBegan { window, .. }
        | Event::CoverEnded { window, .. } => Some(window),
        Event::WindowPaused { window, reason, .. } if *reason != PauseReason::Absent => {
            Some(window)
        }
        _ => None,
    }
}
