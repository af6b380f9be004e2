//! 班前早会布置, 工间调度推进, 下班之前小结: three notes a day, drafted from the live hall, edited and
//! held by a named person. A second one of a day is an addition, never an edit (第二十四条).

mod draft;
mod facts;
mod figures;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Register, objection};
use crate::decide::Asked;
use crate::schedule::{Hours, Opening};
use crate::state::Hall;
use crate::{Event, Refusal, Role, Timestamp};

pub use facts::{Briefing, BriefingHeld, BriefingPart, BriefingWish};
pub use figures::BriefingFigures;

/// Days that briefings stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;
/// Open days that are looked back on for missing briefings. Ours: two weeks.
const LOOK_BACK: usize = 10;

/// Briefings of the last weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Briefings {
    held: BTreeMap<(NaiveDate, BriefingPart), Vec<BriefingHeld>>,
}

/// What is known of one open day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefingDay {
    /// The day.
    pub day: NaiveDate,
    /// Parts that should have been held and were not.
    pub missing: Vec<BriefingPart>,
}

impl Briefings {
    /// The briefing of a day with its additions, the first one first.
    pub fn of(&self, day: NaiveDate, part: BriefingPart) -> &[BriefingHeld] {
        self.held.get(&(day, part)).map_or(&[], Vec::as_slice)
    }

    /// Every briefing in memory, the newest day first.
    pub fn newest(&self) -> impl Iterator<Item = &BriefingHeld> {
        self.held.values().rev().flatten()
    }

    /// The first day that is known to have one.
    fn first_day(&self) -> Option<NaiveDate> {
        self.held.keys().next().map(|(day, _)| *day)
    }
}

impl Hall {
    /// The last ten open days, the newest first, and what was not held on each. Days before the
    /// first briefing of all are not missing anything.
    pub fn briefing_days(&self, now: Timestamp) -> Vec<BriefingDay> {
        let today = now.date_in(self.zone());
        let briefings = &self.records.briefings;
        let first = briefings.first_day().unwrap_or(today);
        let back = core::iter::successors(Some(today), NaiveDate::pred_opt);
        let days = back.take_while(|day| *day >= first);
        let open = days.filter_map(|day| match self.opening(day) {
            Opening::Open(hours) => Some((day, hours)),
            Opening::Closed | Opening::Unknown(_) => None,
        });
        open.take(LOOK_BACK)
            .map(|(day, hours)| BriefingDay {
                day,
                missing: missing(briefings, day, &hours, now),
            })
            .collect()
    }
}

fn missing(
    briefings: &Briefings,
    day: NaiveDate,
    hours: &Hours,
    now: Timestamp,
) -> Vec<BriefingPart> {
    let parts = BriefingPart::ALL.into_iter();
    let due = parts.filter(|part| due_at(*part, hours).is_some_and(|due| due <= now));
    due.filter(|part| briefings.of(day, *part).is_empty())
        .collect()
}

/// When a part should have been held: before the windows open, by the end of the first session, by
/// closing.
fn due_at(part: BriefingPart, hours: &Hours) -> Option<Timestamp> {
    let first = hours.sessions.first();
    match part {
        BriefingPart::Before => first.map(|span| span.from),
        BriefingPart::Midday => first.map(|span| span.to),
        BriefingPart::After => Some(hours.closes_at()),
    }
}

impl Register for Briefings {
    type Wish = BriefingWish;
    type Fact = Briefing;

    fn decide(&self, asked: &Asked<'_>, wish: &BriefingWish) -> Result<Vec<Event>, Refusal> {
        let today = asked.now.date_in(asked.hall.zone());
        may_hold(asked)?;
        let is_open = asked.hall.day(today).is_some()
            || matches!(asked.hall.opening(today), Opening::Open(_));
        if !is_open {
            return Err(objection(
                "briefing_no_day",
                "day",
                "今天不办公,不用开早会、调度和小结",
                "the hall is not open today",
            ));
        }
        let is_held = !self.of(today, wish.part).is_empty();
        if is_held && !wish.addition {
            return Err(objection(
                "briefing_is_held",
                "part",
                format!("今天的{}已记录,请作为补充填写", wish.part.zh()),
                "it is held already today, please add to it",
            ));
        }
        if !is_held && wish.addition {
            return Err(objection(
                "briefing_nothing_to_add",
                "addition",
                format!("今天还没有{}记录,请先填写", wish.part.zh()),
                "it is not held yet today",
            ));
        }
        let fact = Briefing::Held(BriefingHeld {
            id: wish.id,
            day: today,
            part: wish.part,
            text: wish.text.clone(),
            addition: wish.addition,
            by: asked.actor.name.clone(),
        });
        Ok([fact.into()].into())
    }

    fn apply(&mut self, fact: &Briefing, _: Timestamp) {
        let Briefing::Held(held) = fact;
        let of_day = self.held.entry((held.day, held.part)).or_default();
        of_day.push(held.clone());
    }

    fn misfit(&self, fact: &Briefing) -> Option<&'static str> {
        let Briefing::Held(held) = fact;
        let is_held = !self.of(held.day, held.part).is_empty();
        (is_held != held.addition).then_some("one of a day, and additions to it")
    }

    fn forget(&mut self, today: NaiveDate) {
        self.held
            .retain(|(day, _), _| (today - *day).num_days() <= KEEP_DAYS);
    }
}

/// A manager, or a head: 窗口负责人为第一责任人.
fn may_hold(asked: &Asked<'_>) -> Result<(), Refusal> {
    let plan = asked.hall.plan();
    let clerk = asked.actor.clerk.as_ref();
    let known = clerk.zip(plan).and_then(|(code, plan)| plan.clerk(code));
    let is_head = asked.actor.role == Role::Clerk && known.is_some_and(|clerk| clerk.head);
    if asked.actor.is_manager() || is_head {
        return Ok(());
    }
    Err(objection(
        "briefing_by_head",
        "by",
        "由值班长或窗口负责人主持并记录",
        "a manager or a head holds it",
    ))
}
