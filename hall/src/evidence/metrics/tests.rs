//! Figures of facts that no script can make: bands on slips, targets of a plan.

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::view::Wait;
use crate::{CallReason, Class, Event, TicketId, Timestamp};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

fn at(minute: i64) -> Timestamp {
    // 09:00 in Shanghai.
    Timestamp(1_795_395_600_000 + minute * 60_000)
}

fn issued(number: u32, wait: Option<Wait>) -> Event {
    Event::TicketIssued {
        ticket: TicketId(Uuid::from_u128(number.into())),
        number: format!("A{number:03}"),
        day: day(),
        service: "A".into(),
        class: Class::Ordinary,
        ground: None,
        channel: crate::Channel::Online,
        arrived_at: at(0),
        holder: None,
        note: None,
        after_closing: None,
        reckoned: None,
        wait,
    }
}

fn called(number: u32) -> Event {
    Event::TicketCalled {
        ticket: TicketId(Uuid::from_u128(number.into())),
        window: "1".into(),
        waited_ms: 0,
        reason: CallReason::Next,
    }
}

/// Four are told 5 to 20 minutes; they wait 4, 5, 12 and 21. One is told nothing.
fn told() -> MetricsFold {
    let mut fold = MetricsFold::new(chrono_tz::Asia::Shanghai, day(), day());
    let band = Wait {
        p50_min: 5,
        p90_min: 20,
    };
    let mut seq = 0;
    let mut take = |event: &Event, minute| {
        seq += 1;
        fold.take(event, "clerk", at(minute), seq);
    };
    for number in 1..=5 {
        take(&issued(number, (number < 5).then_some(band)), 0);
    }
    for (number, minute) in [(1, 4), (2, 5), (3, 12), (4, 21), (5, 30)] {
        take(&called(number), minute);
    }
    fold
}

#[test]
fn what_slips_promised_is_held_against_what_came() {
    let days = told().days();
    let waits: Vec<_> = days[0].told.iter().map(|told| told.waited_s / 60).collect();
    assert_eq!(waits, [4, 5, 12, 21]);
    let metrics = told().metrics();
    let figure = |code| metrics.figure(code).and_then(|figure| figure.value);
    assert_eq!(figure("told"), Some(4.0));
    assert_eq!(figure("told_kept"), Some(75.0));
    assert_eq!(figure("told_kept_median"), Some(50.0));
}

#[test]
fn a_plan_sets_the_target_of_a_wait() {
    let mut strict = told().metrics();
    let within = |metrics: &Metrics| metrics.figure("within_target").and_then(|one| one.value);
    // 4, 5 and 12 of five are within the quarter of an hour that is ours.
    assert_eq!(within(&strict), Some(60.0));
    let plan = serde_json::json!({
        "hall": { "code": "centre", "name": "大厅", "level": "district", "zone": "Asia/Shanghai" },
        "services": [{ "code": "A", "name": "甲", "target_wait_min": 4 }],
        "windows": [], "clerks": [],
    });
    let plan = serde_json::from_value(plan);
    let plan = plan.expect("a plan of one service");
    let mut fold = MetricsFold::new(chrono_tz::Asia::Shanghai, day(), day());
    fold.begin_with(&plan);
    for (seq, number) in (1..).zip([1, 2]) {
        fold.take(&issued(number, None), "clerk", at(0), seq);
        fold.take(&called(number), "clerk", at(i64::from(number) * 3), seq);
    }
    strict = fold.metrics();
    assert_eq!(within(&strict), Some(50.0), "3 of 3 and 6 minutes");
}

#[test]
fn a_summary_of_other_definitions_is_not_current() {
    let mut day = told().days().remove(0);
    assert!(day.is_current());
    day.version -= 1;
    assert!(!day.is_current());
}

#[test]
fn totals_say_what_the_day_says() {
    let days = told().days();
    let mut twice = Totals::of(&days[0]);
    assert_eq!(twice.figure("issued"), Some(5.0));
    assert_eq!(
        twice.figure("wait_mean"),
        told()
            .metrics()
            .figure("wait_mean")
            .and_then(|one| one.value)
    );
    // Waits of 4, 5, 12, 21 and 30 minutes end in the 5th, 6th, 13th, 22nd and 31st.
    assert_eq!(twice.figure("wait_p50"), Some(13.0));
    assert_eq!(twice.figure("wait_p90"), Some(31.0));
    assert_eq!(twice.figure("within_target"), Some(60.0));
    assert_eq!(
        twice.figure("serve_p90"),
        None,
        "lengths one by one are not kept"
    );
    twice.merge(&Totals::of(&days[0]));
    assert_eq!(twice.figure("issued"), Some(10.0));
    assert_eq!(twice.figure("within_target"), Some(60.0));
}

#[test]
fn every_figure_has_both_languages_and_no_double() {
    let metrics = told().metrics();
    let mut codes = alloc::collections::BTreeSet::new();
    for figure in &metrics.figures {
        assert!(codes.insert(&figure.code), "{} twice", figure.code);
        assert!(!figure.definition.zh.is_ascii() && figure.definition.en.is_ascii());
        assert!(!figure.name.zh.is_ascii() && figure.name.en.is_ascii());
    }
}
