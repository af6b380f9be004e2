//! What is kept of each visit until it ends, and what is counted of it.

use alloc::collections::BTreeMap;

use chrono::NaiveDate;

use super::day::Told;
use super::fold::{Ledger, Services};
use super::posts::Posts;
use super::sums::{Length, Place, Sum};
use crate::event::CallReason;
use crate::plan::Plan;
use crate::view::Wait;
use crate::{Channel, ClerkCode, Event, ServiceCode, TicketId, Timestamp, WindowCode};

/// Minutes within which a visitor should be called when the plan names none. Ours.
const TARGET_MIN: u32 = 15;

/// The moment, its date, and who acts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now<'a> {
    pub(super) at: Timestamp,
    pub(super) today: NaiveDate,
    pub(super) actor: &'a str,
}

/// A window and the clerk who held it.
type Post = (WindowCode, Option<ClerkCode>);

/// One visit.
#[derive(Debug, Clone)]
struct Visit {
    day: NaiveDate,
    service: ServiceCode,
    channel: &'static str,
    hour: u8,
    arrived_at: Timestamp,
    told: Option<Wait>,
    called_at: Option<Timestamp>,
    open: bool,
    late: bool,
    transferred: bool,
    announced_at: Option<Timestamp>,
    /// Served before it was set aside, since the last transfer.
    served_ms: i64,
    serving_since: Option<Timestamp>,
    /// Where it was finished, and the lengths that were kept then.
    finished: Option<(Post, i64, i64)>,
    no_show: Option<Post>,
    /// As what its end was counted, when it was neither served nor a no-show.
    ended_as: Option<Sum>,
}

impl Visit {
    fn place<'a>(&'a self, post: Option<&'a Post>) -> Place<'a> {
        Place {
            window: post.map(|(window, _)| window),
            clerk: post.and_then(|(_, clerk)| clerk.as_ref()),
            service: Some(&self.service),
            channel: Some(self.channel),
            hour: Some(self.hour),
        }
    }
}

/// Every visit seen, and the targets of waits.
#[derive(Debug, Clone, Default)]
pub(super) struct Visits {
    visits: BTreeMap<TicketId, Visit>,
    targets: BTreeMap<ServiceCode, u32>,
}

impl Visits {
    pub(super) fn take_plan(&mut self, plan: &Plan) {
        let targets = plan.services.iter().map(|service| {
            let target = service.target_wait_min.unwrap_or(TARGET_MIN);
            (service.code.clone(), target)
        });
        self.targets = targets.collect();
    }

    /// The day of a number; none when it was issued before the first fact that was read.
    pub(super) fn day_of(&self, ticket: TicketId) -> Option<NaiveDate> {
        self.visits.get(&ticket).map(|visit| visit.day)
    }

    /// Services of the day's numbers that are open when issuing ends.
    pub(super) fn close_day(&mut self, day: NaiveDate) -> Services {
        let open = self.visits.values_mut();
        let open = open.filter(|visit| visit.day == day && visit.open);
        open.map(|visit| {
            visit.late = true;
            visit.service.clone()
        })
        .collect()
    }

    pub(super) fn issue(&mut self, ledger: &mut Ledger, event: &Event, hour: u8) {
        let Event::TicketIssued {
            ticket,
            day,
            service,
            channel,
            arrived_at,
            wait,
            ..
        } = event
        else {
            return;
        };
        let growing = ledger.days.get(day);
        let visit = Visit {
            day: *day,
            service: service.clone(),
            channel: channel_name(*channel),
            hour,
            arrived_at: *arrived_at,
            told: *wait,
            called_at: None,
            open: true,
            late: growing.is_some_and(|growing| growing.closed_at.is_some()),
            transferred: false,
            announced_at: None,
            served_ms: 0,
            serving_since: None,
            finished: None,
            no_show: None,
            ended_as: None,
        };
        ledger.add(Sum::Issued, *day, 1, visit.place(None));
        self.visits.insert(*ticket, visit);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only facts about calls and service are read here"
    )]
    pub(super) fn take(&mut self, ledger: &mut Ledger, posts: &Posts, event: &Event, now: Now<'_>) {
        match event {
            Event::TicketCalled {
                ticket,
                window,
                reason,
                ..
            } => {
                let post = post(posts, window);
                if matches!(reason, CallReason::Named(_)) {
                    let place = Place {
                        window: Some(&post.0),
                        clerk: post.1.as_ref(),
                        ..Place::default()
                    };
                    ledger.add(Sum::CalledOutOfTurn, now.today, 1, place);
                }
                self.call(ledger, *ticket, &post, now.at);
            }
            Event::TicketRecalled { ticket, window, .. } => {
                self.count(ledger, Sum::Recalls, *ticket, Some(&post(posts, window)));
                self.change(*ticket, |visit| visit.announced_at = Some(now.at));
            }
            Event::TicketStarted { ticket, window } => {
                self.start(ledger, *ticket, &post(posts, window), now.at);
            }
            Event::TicketResumed { ticket, .. } => {
                self.change(*ticket, |visit| visit.serving_since = Some(now.at));
            }
            Event::TicketParked { ticket, .. } => self.change(*ticket, |visit| {
                let since = visit.serving_since.take();
                visit.served_ms += since.map_or(0, |since| now.at.since_ms(since));
            }),
            Event::TicketTransferred { ticket, .. } => self.transfer(ledger, *ticket, now.today),
            _ => self.take_end(ledger, posts, event, now),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only ends of visits, and what undoes them, are left"
    )]
    fn take_end(&mut self, ledger: &mut Ledger, posts: &Posts, event: &Event, now: Now<'_>) {
        match event {
            Event::TicketFinished { ticket, window, .. } => {
                self.end(ledger, *ticket, now);
                self.finish(ledger, *ticket, post(posts, window), now.at);
            }
            Event::FinishUndone { ticket, .. } => {
                self.undo_finish(ledger, *ticket);
                self.change(*ticket, |visit| visit.open = true);
            }
            Event::TicketNotShown { ticket, window, .. } => {
                self.end(ledger, *ticket, now);
                let post = post(posts, window);
                self.count(ledger, Sum::NoShow, *ticket, Some(&post));
                self.count(ledger, Sum::NoShowMarked, *ticket, Some(&post));
                self.change(*ticket, |visit| visit.no_show = Some(post));
            }
            Event::NoShowUndone { ticket, .. } => self.come_back(ledger, *ticket, true),
            Event::TicketReinstated { ticket, .. } => {
                let visit = self.visits.get(ticket);
                let post = visit.and_then(|visit| visit.no_show.clone());
                self.come_back(ledger, *ticket, false);
                self.count(ledger, Sum::Reinstated, *ticket, post.as_ref());
            }
            Event::TicketCancelled { ticket, .. } => {
                self.end_as(ledger, *ticket, now, Sum::Cancelled);
            }
            Event::TicketCarriedOver { ticket, .. } => {
                self.end_as(ledger, *ticket, now, Sum::CarriedOver);
            }
            Event::TicketReopened { ticket, .. } => self.correct(ledger, *ticket),
            _ => (),
        }
    }

    fn change(&mut self, ticket: TicketId, change: impl FnOnce(&mut Visit)) {
        if let Some(visit) = self.visits.get_mut(&ticket) {
            change(visit);
        }
    }

    fn count(&self, ledger: &mut Ledger, sum: Sum, ticket: TicketId, post: Option<&Post>) {
        self.count_by(ledger, sum, ticket, (1, post));
    }

    fn count_by(
        &self,
        ledger: &mut Ledger,
        sum: Sum,
        ticket: TicketId,
        (value, post): (i64, Option<&Post>),
    ) {
        if let Some(visit) = self.visits.get(&ticket) {
            ledger.add(sum, visit.day, value, visit.place(post));
        }
    }

    fn call(&mut self, ledger: &mut Ledger, ticket: TicketId, post: &Post, at: Timestamp) {
        self.count(ledger, Sum::Calls, ticket, Some(post));
        let Some(visit) = self.visits.get_mut(&ticket) else {
            return;
        };
        visit.announced_at = Some(at);
        if visit.called_at.replace(at).is_some() {
            return;
        }
        let visit = &*visit;
        let (day, place) = (visit.day, visit.place(Some(post)));
        let waited_ms = at.since_ms(visit.arrived_at);
        ledger.add(Sum::Called, day, 1, place);
        ledger.keep(Length::Wait, day, waited_ms, place);
        let target = self.targets.get(&visit.service).copied();
        let target = target.unwrap_or(TARGET_MIN);
        let within = waited_ms <= i64::from(target) * 60_000;
        ledger.add(Sum::WithinTarget, day, i64::from(within), place);
        ledger.add(Sum::OverTarget, day, i64::from(!within), place);
        if let Some(told) = visit.told {
            keep_told(ledger, told, waited_ms, (day, place));
        }
    }

    fn start(&mut self, ledger: &mut Ledger, ticket: TicketId, post: &Post, at: Timestamp) {
        let Some(visit) = self.visits.get_mut(&ticket) else {
            return;
        };
        visit.serving_since = Some(at);
        if let Some(announced) = visit.announced_at.take() {
            let walked = at.since_ms(announced);
            ledger.keep(Length::Walk, visit.day, walked, visit.place(Some(post)));
        }
    }

    fn transfer(&mut self, ledger: &mut Ledger, ticket: TicketId, today: NaiveDate) {
        let Some(visit) = self.visits.get_mut(&ticket) else {
            ledger.add(Sum::Redirected, today, 1, Place::default());
            return;
        };
        visit.serving_since = None;
        visit.served_ms = 0;
        let first = !core::mem::replace(&mut visit.transferred, true);
        let visit = &*visit;
        let place = Place {
            service: Some(&visit.service),
            ..Place::default()
        };
        ledger.add(Sum::Redirected, today, 1, place);
        if first {
            ledger.add(Sum::TicketsRedirected, visit.day, 1, visit.place(None));
        }
    }

    fn finish(&mut self, ledger: &mut Ledger, ticket: TicketId, post: Post, at: Timestamp) {
        let Some(visit) = self.visits.get(&ticket) else {
            return;
        };
        // The start is kept: a finish that is undone was no finish, and the visit went on.
        let since = visit.serving_since;
        let served = visit.served_ms + since.map_or(0, |since| at.since_ms(since));
        let total = at.since_ms(visit.arrived_at);
        let (day, place) = (visit.day, visit.place(Some(&post)));
        ledger.add(Sum::Finished, day, 1, place);
        if visit.late {
            ledger.add(Sum::OvertimeServed, day, 1, place);
        }
        ledger.keep(Length::Serve, day, served, place);
        ledger.keep(Length::Total, day, total, place);
        self.change(ticket, |visit| {
            visit.finished = Some((post, served, total));
        });
    }

    fn undo_finish(&mut self, ledger: &mut Ledger, ticket: TicketId) {
        let Some(visit) = self.visits.get_mut(&ticket) else {
            return;
        };
        let Some((post, served, total)) = visit.finished.take() else {
            return;
        };
        let visit = &*visit;
        let (day, place) = (visit.day, visit.place(Some(&post)));
        ledger.add(Sum::Finished, day, -1, place);
        if visit.late {
            ledger.add(Sum::OvertimeServed, day, -1, place);
        }
        ledger.take_back(Length::Serve, day, served, place);
        ledger.take_back(Length::Total, day, total, place);
    }

    /// The visitor came after all. A slip of the finger was no no-show at all.
    fn come_back(&mut self, ledger: &mut Ledger, ticket: TicketId, slip: bool) {
        let visit = self.visits.get(&ticket);
        let post = visit.and_then(|visit| visit.no_show.clone());
        if slip && post.is_some() {
            self.count_by(ledger, Sum::NoShowMarked, ticket, (-1, post.as_ref()));
        }
        self.no_no_show(ledger, ticket);
        self.change(ticket, |visit| visit.open = true);
    }

    fn no_no_show(&mut self, ledger: &mut Ledger, ticket: TicketId) {
        let visit = self.visits.get_mut(&ticket);
        if let Some(post) = visit.and_then(|visit| visit.no_show.take()) {
            self.count_by(ledger, Sum::NoShow, ticket, (-1, Some(&post)));
        }
    }

    /// What was counted as an end is no end.
    fn correct(&mut self, ledger: &mut Ledger, ticket: TicketId) {
        self.undo_finish(ledger, ticket);
        let Some(visit) = self.visits.get_mut(&ticket) else {
            return;
        };
        visit.open = true;
        visit.served_ms = 0;
        visit.serving_since = None;
        if let Some(sum) = visit.ended_as.take() {
            self.count_by(ledger, sum, ticket, (-1, None));
        }
    }

    fn end_as(&mut self, ledger: &mut Ledger, ticket: TicketId, now: Now<'_>, sum: Sum) {
        self.no_no_show(ledger, ticket);
        self.end(ledger, ticket, now);
        self.count(ledger, sum, ticket, None);
        self.change(ticket, |visit| visit.ended_as = Some(sum));
    }

    fn end(&mut self, ledger: &mut Ledger, ticket: TicketId, now: Now<'_>) {
        let Some(visit) = self.visits.get_mut(&ticket) else {
            return;
        };
        visit.open = false;
        let own = visit.day;
        if let Some(day) = ledger.day(own) {
            if day.closed_at.is_some() {
                day.last_end = day.last_end.max(Some(now.at));
            }
            if own == now.today {
                day.last_act = day.last_act.max(Some(now.at));
            }
        }
        if now.actor == crate::Actor::clockwork().name {
            self.count(ledger, Sum::AutoVoided, ticket, None);
        }
    }
}

fn post(posts: &Posts, window: &WindowCode) -> Post {
    (window.clone(), posts.clerk(window).cloned())
}

fn keep_told(
    ledger: &mut Ledger,
    told: Wait,
    waited_ms: i64,
    (day, place): (NaiveDate, Place<'_>),
) {
    let within = |minutes: u32| i64::from(waited_ms <= i64::from(minutes) * 60_000);
    ledger.add(Sum::Told, day, 1, place);
    ledger.add(Sum::WithinTold, day, within(told.p90_min), place);
    ledger.add(Sum::WithinToldMedian, day, within(told.p50_min), place);
    if let Some(growing) = ledger.day(day) {
        growing.told.push(Told {
            p50_min: told.p50_min,
            p90_min: told.p90_min,
            waited_s: u32::try_from(waited_ms.max(0) / 1000).unwrap_or(u32::MAX),
        });
    }
}

/// The channel as it stands in the journal.
const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Kiosk => "kiosk",
        Channel::Staff => "staff",
        Channel::Online => "online",
    }
}
