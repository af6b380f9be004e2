//! Consoles that are open: a clerk whose console is gone for a minute may have left without the sign.
//!
//! Only the clerk's own console counts, not a manager's look at it. Whether it is a lead is for the
//! hall to say; an outage of the server is none, since consoles are counted only once they came.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hall::{Actor, ClerkCode, Command, HallCode, WindowCode};
use link::clock;
use tokio::sync::watch;

use crate::app::App;
use crate::floor::HallHandle;

/// How long a console may be gone: a reload, a loose plug. Ours.
const GONE: Duration = Duration::from_mins(1);
/// After a start consoles come back one by one; none is missed before. Ours.
const SETTLING: Duration = Duration::from_mins(2);
/// How often consoles are looked for. Ours.
const LOOK: Duration = Duration::from_secs(5);

/// One clerk's console of one window.
type Place = (HallCode, WindowCode, ClerkCode);

/// The consoles that came to this server.
#[derive(Debug, Clone)]
pub struct Consoles {
    open: Arc<watch::Sender<BTreeMap<Place, Seen>>>,
    started: Instant,
}

#[derive(Debug, Clone, Default)]
struct Seen {
    sockets: usize,
    gone: Option<Instant>,
}

/// An open console; dropped with its socket.
#[derive(Debug)]
pub(crate) struct OpenConsole {
    consoles: Consoles,
    place: Place,
}

impl Default for Consoles {
    fn default() -> Self {
        Self {
            open: Arc::new(watch::Sender::new(BTreeMap::new())),
            started: clock::monotonic_now(),
        }
    }
}

impl Consoles {
    /// Counts a socket for as long as the answer lives.
    pub(crate) fn opened(
        &self,
        hall: &HallCode,
        window: &WindowCode,
        clerk: &ClerkCode,
    ) -> OpenConsole {
        let place = (hall.clone(), window.clone(), clerk.clone());
        self.open.send_modify(|open| {
            let seen = open.entry(place.clone()).or_default();
            seen.sockets += 1;
            seen.gone = None;
        });
        OpenConsole {
            consoles: self.clone(),
            place,
        }
    }

    /// Consoles that are open at present.
    pub fn count(&self) -> usize {
        self.open.borrow().values().map(|seen| seen.sockets).sum()
    }

    /// Tells the halls whose console is gone for a minute at `now`; again each minute while the
    /// clerk holds the window, since people may come later.
    pub async fn look_around(&self, app: &App, now: Instant) {
        if now.saturating_duration_since(self.started) < SETTLING {
            return;
        }
        for place in self.gone(now) {
            let (code, window, clerk) = &place;
            let holds = |hall: &HallHandle| {
                let durable = hall.durable();
                let window = durable.hall.windows().get(window);
                let shift = window.and_then(|window| window.shift.as_ref());
                shift.is_some_and(|shift| shift.clerk == *clerk)
            };
            let Some(hall) = app.halls.get(code).filter(holds) else {
                self.forget(&place);
                continue;
            };
            let command = Command::NoticeAbsence {
                window: window.clone(),
            };
            if let Err(fault) = hall.ask(command, Actor::clockwork(), None).await {
                tracing::debug!(%fault, "a missing console is told later");
            }
        }
    }

    /// Who is gone for a minute; the minute begins again.
    fn gone(&self, now: Instant) -> Vec<Place> {
        let mut gone = Vec::new();
        self.open.send_modify(|open| {
            for (place, seen) in open.iter_mut() {
                let since = seen.gone.filter(|_| seen.sockets == 0);
                if since.is_some_and(|since| now.saturating_duration_since(since) >= GONE) {
                    seen.gone = Some(now);
                    gone.push(place.clone());
                }
            }
        });
        gone
    }

    fn forget(&self, place: &Place) {
        self.open.send_modify(|open| {
            if open.get(place).is_some_and(|seen| seen.sockets == 0) {
                open.remove(place);
            }
        });
    }
}

impl Drop for OpenConsole {
    fn drop(&mut self) {
        self.consoles.open.send_modify(|open| {
            if let Some(seen) = open.get_mut(&self.place) {
                seen.sockets = seen.sockets.saturating_sub(1);
                seen.gone = (seen.sockets == 0).then(clock::monotonic_now);
            }
        });
    }
}

/// Looks around for as long as it is polled.
pub(crate) async fn watch(app: App) {
    let mut turn = tokio::time::interval(LOOK);
    loop {
        turn.tick().await;
        let now = clock::monotonic_now();
        app.consoles.look_around(&app, now).await;
    }
}
