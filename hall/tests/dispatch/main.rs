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
use hall::rehearsal::{Place, Policy, Scene, Variant, hall40, play};

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
