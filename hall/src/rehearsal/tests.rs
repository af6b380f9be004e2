//! A rehearsal is the same again, fair to every policy, and true to the rules of the tide.

use alloc::vec::Vec;

use super::{
    Day, Outcome, Place, Policy, Predictors, Scene, TUNING_SEED, Variant, best_split, hall40, play,
};
use crate::lineup::NEVER_MS;
use crate::tide::{Rules, Threshold};

/// Neither of the tuning days nor of those that are reported.
const SEED: u64 = 77;

fn days(scene: &Scene, seed: u64, count: u32) -> Vec<Day> {
    (0..count).map(|day| scene.crowd.draw(seed, day)).collect()
}

fn all_waits(scene: &Scene, policy: &Policy, days: &[Day]) -> i64 {
    let outcomes = days.iter().map(|day| play(scene, policy, day, None));
    outcomes.map(|one| one.waits_ms.iter().sum::<i64>()).sum()
}

#[test]
fn one_seed_gives_one_day() {
    let scene = hall40(0.9, Variant::Reserve);
    let day = scene.crowd.draw(SEED, 3);
    assert_eq!(day, scene.crowd.draw(SEED, 3));
    let tide = Policy::Tide(Rules::default());
    let run = || play(&scene, &tide, &day, None);
    assert_eq!(run(), run());
    assert_ne!(day, scene.crowd.draw(SEED + 1, 3));
}

#[test]
fn everyone_is_called_under_every_policy() {
    let scene = hall40(0.9, Variant::Plain);
    let day = scene.crowd.draw(SEED, 0);
    for policy in [
        Policy::Fixed,
        Policy::Threshold(Threshold::default()),
        Policy::Tide(Rules::default()),
        Policy::Pooled,
    ] {
        let outcome = play(&scene, &policy, &day, None);
        assert_eq!(outcome.waits_ms.len(), day.visits.len(), "{policy:?}");
        let called = |outcome: &Outcome| outcome.calls.iter().all(|(at, _)| *at != NEVER_MS);
        assert!(called(&outcome) && outcome.waits_ms.iter().all(|wait| *wait >= 0));
    }
}

#[test]
fn forecasts_change_nothing() {
    let scene = hall40(0.9, Variant::Plain);
    let day = scene.crowd.draw(SEED, 0);
    let tide = Policy::Tide(Rules::default());
    let mut predictors = Predictors::new(&scene, 40, 20, 1.0);
    let watched = play(&scene, &tide, &day, Some(&mut predictors));
    assert_eq!(watched, play(&scene, &tide, &day, None));
    assert!(predictors.scores().values().all(|score| score.count > 3));
}

#[test]
fn the_crowd_is_as_described() {
    let scene = hall40(0.9, Variant::Plain);
    let days = days(&scene, SEED, 50);
    let people: usize = days.iter().map(|day| day.visits.len()).sum();
    let mean = people / days.len();
    assert!((1_120..=1_280).contains(&mean), "{mean}");
    let green: usize = days
        .iter()
        .flat_map(|day| &day.green)
        .filter(|green| **green)
        .count();
    assert!(
        (people * 7 / 100..people * 9 / 100).contains(&green),
        "{green} of {people}"
    );
    let booked = days
        .iter()
        .flat_map(|day| &day.slots_ms)
        .filter(|slot| slot.is_some());
    let booked = booked.count() * 100 / people;
    assert!((12..=22).contains(&booked), "{booked} %");
}

#[test]
fn no_single_swap_betters_the_best_split() {
    let mut scene = hall40(0.9, Variant::Plain);
    assert_eq!(scene.split().iter().sum::<usize>(), 40);
    let reserve = hall40(0.9, Variant::Reserve).split();
    assert_eq!(reserve.iter().sum::<usize>(), 36);
    let days = days(&scene, TUNING_SEED, 3);
    // The clerks' pace goes by the window, so it must not count here.
    scene.staff.pace_sd = 0.0;
    let split = best_split(&scene, &scene.split(), &days);
    let mut waited = |split: &[usize]| {
        let homes = split.iter().enumerate().flat_map(|(service, windows)| {
            let home = vec![u16::try_from(service).expect("ten services")];
            let place = Place {
                home,
                tide: Vec::new(),
            };
            vec![place; *windows]
        });
        scene.staff.places = homes.collect();
        all_waits(&scene, &Policy::Fixed, &days)
    };
    let best = waited(&split);
    for from in 0..split.len() {
        for to in (0..split.len()).filter(|to| *to != from && split[from] > 1) {
            let mut swapped = split.clone();
            swapped[from] -= 1;
            swapped[to] += 1;
            assert!(waited(&swapped) >= best, "{from} to {to}");
        }
    }
}

#[test]
fn the_tide_saves_waiting_and_reserves_save_more() {
    let scene = hall40(0.9, Variant::Plain);
    let reserve = hall40(0.9, Variant::Reserve);
    let days = days(&scene, SEED, 10);
    let tide = Policy::Tide(Rules::default());
    let fixed = all_waits(&scene, &Policy::Fixed, &days);
    let with_tide = all_waits(&scene, &tide, &days);
    let with_reserve = all_waits(&reserve, &tide, &days);
    assert!(with_tide * 10 < fixed * 7, "{with_tide} of {fixed}");
    assert!(with_reserve < with_tide);
}

#[test]
fn no_policy_takes_a_window_from_the_visitor_who_is_there() {
    let scene = hall40(0.9, Variant::Reserve);
    let day = scene.crowd.draw(SEED, 0);
    let outcome = play(&scene, &Policy::Tide(Rules::default()), &day, None);
    let pace = scene.staff.lineup(&scene.crowd, day.seed);
    let mut calls: Vec<_> = outcome.calls.iter().zip(&day.visits).collect();
    calls.sort_by_key(|((at, desk), _)| (*desk, *at));
    let mut turned = 0;
    for pair in calls.windows(2) {
        let [((at, desk), visit), ((next, other), following)] = pair else {
            continue;
        };
        if desk != other {
            continue;
        }
        turned += u32::from(visit.service != following.service);
        let least = if visit.shows {
            let pace = pace.desks[usize::from(*desk)].pace;
            scene.costs.call_ms + crate::lineup::scaled(visit.span_ms, pace)
        } else {
            scene.costs.no_show_ms
        };
        assert!(next - at >= least, "window {desk} left its visitor");
    }
    assert!(turned > 20, "{turned}");
}
