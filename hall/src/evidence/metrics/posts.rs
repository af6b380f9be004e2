//! Who holds which window, and what it does, as whiles.

use alloc::collections::BTreeMap;

use super::day::{PostSpan, PostState};
use crate::{ClerkCode, Event, TicketId, Timestamp, WindowCode};

/// The windows at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Posts {
    clerks: BTreeMap<WindowCode, ClerkCode>,
    at_work: BTreeMap<TicketId, WindowCode>,
    open: BTreeMap<(WindowCode, PostState), (Timestamp, Option<ClerkCode>)>,
}

impl Posts {
    /// Who holds the window.
    pub(super) fn clerk(&self, window: &WindowCode) -> Option<&ClerkCode> {
        self.clerks.get(window)
    }

    /// The whiles that go on, as if they ended at `end`.
    pub(super) fn going_on(&self, end: Timestamp) -> impl Iterator<Item = PostSpan> + '_ {
        let span =
            move |(key, since): (&(WindowCode, PostState), &(Timestamp, Option<ClerkCode>))| {
                let (window, state) = key.clone();
                PostSpan {
                    window,
                    state,
                    clerk: since.1.clone(),
                    from: since.0,
                    to: end.max(since.0),
                }
            };
        self.open.iter().map(span)
    }

    /// Takes a fact in; whiles that end are handed over.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about windows and who is at them are read here"
    )]
    pub(super) fn take(&mut self, event: &Event, at: Timestamp, ended: &mut impl FnMut(PostSpan)) {
        use PostState as S;
        match event {
            Event::ShiftBegan { window, clerk, .. } => {
                self.clerks.insert(window.clone(), clerk.clone());
                self.begin(window, S::SignedIn, at);
            }
            Event::WindowReady { window } => self.begin(window, S::Open, at),
            Event::WindowPaused { window, .. } => self.begin(window, S::Paused, at),
            Event::WindowResumed { window } => self.end(window, S::Paused, at, ended),
            Event::ShiftEnded { window, .. } => {
                for state in [S::SignedIn, S::Open, S::Paused, S::Covered] {
                    self.end(window, state, at, ended);
                }
                self.clerks.remove(window);
            }
            Event::CoverBegan { window, clerk, .. } => {
                self.hand_over(window, Some(clerk), at, ended);
                self.begin(window, S::Covered, at);
            }
            Event::CoverEnded { window, back, .. } => {
                self.end(window, S::Covered, at, ended);
                self.hand_over(window, back.as_ref(), at, ended);
            }
            Event::GapOpened { window, .. } => self.begin(window, S::Uncovered, at),
            Event::GapClosed { window, .. } => self.end(window, S::Uncovered, at, ended),
            _ => self.take_visit(event, at, ended),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about who is at a window are read here"
    )]
    fn take_visit(&mut self, event: &Event, at: Timestamp, ended: &mut impl FnMut(PostSpan)) {
        use PostState as S;
        match event {
            Event::TicketCalled { ticket, window, .. } | Event::NoShowUndone { ticket, window } => {
                self.at_work.insert(*ticket, window.clone());
                self.begin(window, S::Calling, at);
            }
            Event::TicketStarted { ticket, window }
            | Event::TicketResumed { ticket, window }
            | Event::FinishUndone { ticket, window } => {
                self.end(window, S::Calling, at, ended);
                self.at_work.insert(*ticket, window.clone());
                self.begin(window, S::Serving, at);
            }
            Event::TicketFinished { ticket, .. }
            | Event::TicketNotShown { ticket, .. }
            | Event::TicketParked { ticket, .. }
            | Event::TicketPutBack { ticket, .. }
            | Event::TicketTransferred { ticket, .. }
            | Event::TicketCancelled { ticket, .. }
            | Event::TicketDelayed { ticket, .. }
            | Event::TicketCarriedOver { ticket, .. } => {
                if let Some(window) = self.at_work.remove(ticket) {
                    self.end(&window, S::Calling, at, ended);
                    self.end(&window, S::Serving, at, ended);
                }
            }
            _ => (),
        }
    }

    /// Another clerk holds the window, ready at once; none: nobody does.
    fn hand_over(
        &mut self,
        window: &WindowCode,
        clerk: Option<&ClerkCode>,
        at: Timestamp,
        ended: &mut impl FnMut(PostSpan),
    ) {
        for state in [PostState::SignedIn, PostState::Open, PostState::Paused] {
            self.end(window, state, at, ended);
        }
        match clerk {
            None => drop(self.clerks.remove(window)),
            Some(clerk) => {
                self.clerks.insert(window.clone(), clerk.clone());
                self.begin(window, PostState::SignedIn, at);
                self.begin(window, PostState::Open, at);
            }
        }
    }

    /// A while that goes on already goes on.
    fn begin(&mut self, window: &WindowCode, state: PostState, at: Timestamp) {
        let clerk = self.clerks.get(window).cloned();
        let key = (window.clone(), state);
        self.open.entry(key).or_insert((at, clerk));
    }

    fn end(
        &mut self,
        window: &WindowCode,
        state: PostState,
        at: Timestamp,
        ended: &mut impl FnMut(PostSpan),
    ) {
        let key = (window.clone(), state);
        if let Some((from, clerk)) = self.open.remove(&key) {
            ended(PostSpan {
                window: key.0,
                state,
                clerk,
                from,
                to: at,
            });
        }
    }
}
