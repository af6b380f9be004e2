//! The rehearsal's calls against those of a hall that is asked for every one of them.
//!
//! A day is played twice: by the light line-ups of `hall::rehearsal`, and by clerks who sign in,
//! call, start, finish and go to lunch through `hall::decide`. Who is called when and where must
//! be the same for every visitor.
#![expect(
    clippy::indexing_slicing,
    reason = "indices are those of the sample's own lists"
)]

mod floor;

use floor::Floor;
use hall::Class;
use hall::rehearsal::{Place, Policy, Scene, Variant, hall40, play};
use hall::tide::{Rules, consider};
use hall::waits::{Foreseen, Foreseer};

/// The sample hall with neighbours helping each other, so that windows choose between lines.
fn scene(reach: u16) -> Scene {
    let mut scene = hall40(0.9, Variant::Plain);
    for wish in &mut scene.crowd.wishes {
        // A hall knows no slots yet.
        wish.booked = 0.0;
    }
    for place in &mut scene.staff.places {
        let own = place.home[0];
        *place = Place {
            home: (0..=reach).map(|step| (own + step) % 10).collect(),
            tide: Vec::new(),
        };
    }
    scene
}

#[test]
fn a_hall_asked_for_every_call_calls_as_the_rehearsal_does() {
    for (day, reach) in [(0, 0), (1, 1), (2, 2), (5, 3)] {
        let scene = scene(reach);
        let crowd = scene.crowd.draw(4_711, day);
        let rehearsed = play(&scene, &Policy::Fixed, &crowd, None);
        let asked = Floor::new(&scene, &crowd).whole_day();
        assert_eq!(asked.len(), crowd.visits.len());
        for (visit, (asked, rehearsed)) in asked.iter().zip(&rehearsed.calls).enumerate() {
            assert_eq!(asked, rehearsed, "day {day}, visitor {visit}");
        }
    }
}

#[test]
fn a_line_up_of_the_hall_goes_on_as_the_hall_does() {
    let scene = scene(1);
    let crowd = scene.crowd.draw(4_711, 0);
    let mut floor = Floor::new(&scene, &crowd);
    // Half past ten on a Monday: everyone busy, lines in front of most windows.
    floor.until(10 * 60 + 30);
    let foreseen = floor.foresee();
    assert!(foreseen.len() > 20, "{} wait", foreseen.len());
    let called = floor.whole_day();
    for (visit, at) in foreseen {
        assert_eq!(called[visit], at, "visitor {visit}");
    }
}

#[test]
fn what_people_are_told_comes_true() {
    let scene = scene(1);
    let (mut told, mut kept, mut off) = (0_u32, 0_u32, 0.0);
    for day in 0..6 {
        let crowd = scene.crowd.draw(4_711, day);
        let mut floor = Floor::new(&scene, &crowd);
        let half_past_ten = 10 * 60 + 30;
        floor.until(half_past_ten);
        let shown = floor.refresh(half_past_ten);
        let new = floor.of_new(1, Class::Ordinary, half_past_ten);
        let new = new.expect("windows are open");
        assert!(new.p50_min <= new.p90_min);
        let green = floor.of_new(1, Class::Green, half_past_ten);
        let green = green.expect("windows are open");
        assert!(green.p90_min <= new.p90_min, "a head start never costs");
        let called = floor.whole_day();
        for (visit, wait) in shown {
            #[expect(clippy::cast_precision_loss, reason = "milliseconds of one day")]
            let waited = (called[visit].0 - half_past_ten * 60_000) as f64 / 60_000.0;
            told += 1;
            kept += u32::from(waited <= f64::from(wait.p90_min));
            off += (waited - f64::from(wait.p50_min)).abs();
        }
    }
    assert!(told > 100, "{told}");
    assert!(kept * 100 >= told * 80, "{kept} of {told}");
    assert!(
        off / f64::from(told) < 6.0,
        "{} min off",
        off / f64::from(told)
    );
}

#[test]
fn nobody_is_told_a_wait_that_nothing_is_known_of() {
    let scene = scene(0);
    let crowd = scene.crowd.draw(4_711, 1);
    let now = hall::Timestamp(0);
    let nothing = Foreseer::default().look(&hall::Hall::new(), now, 1);
    assert_eq!(nothing, Foreseen::default());
    // Before the doors open the windows are expected, not known to be shut.
    let floor = Floor::new(&scene, &crowd);
    assert!(floor.of_new(0, Class::Ordinary, 8 * 60 + 50).is_some());
}

#[test]
fn the_tide_of_a_real_hall_sees_its_lines_and_moves_a_window() {
    let mut scene = hall40(0.9, Variant::Plain);
    for wish in &mut scene.crowd.wishes {
        wish.booked = 0.0;
    }
    let crowd = scene.crowd.draw(4_711, 0);
    let mut floor = Floor::new(&scene, &crowd);
    let moment = 10 * 60 + 30;
    floor.until(moment);
    let situation = floor.situation(moment);
    assert_eq!(situation, floor.situation(moment));
    let waiting: u32 = situation.services.iter().map(|demand| demand.waiting).sum();
    assert_eq!(
        waiting,
        u32::try_from(floor.foresee().len()).expect("a few")
    );
    assert_eq!(situation.posts.len(), 40);
    let advice = consider(&situation, &Rules::default());
    let chosen = advice.chosen.expect("a Monday's peak");
    let post = &situation.posts[chosen.action.post()];
    assert!(!post.tide.is_empty() && !post.fixed);
}
