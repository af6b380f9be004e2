//! The console in each of its states.

use hall::{Class, Command, Ground, Hall, ParkingKind, PauseReason, TicketId};

use super::world::{World, viewer, window};
use crate::pages::console::{self, ConsoleData};

fn data(world: &World, code: &str) -> ConsoleData {
    let position = world.position();
    ConsoleData::of(&world.hall, &window(code), &position, viewer()).expect("a window")
}

fn live(world: &World, code: &str) -> String {
    console::live(&data(world, code)).expect("a page")
}

/// The tag of the element with that id.
fn tag<'a>(html: &'a str, id: &str) -> &'a str {
    let mark = format!(" id=\"{id}\"");
    let at = html.find(&mark).unwrap_or_else(|| panic!("no {id}"));
    let from = html[..at].rfind('<').expect("a tag");
    let to = html[at..].find('>').expect("its end");
    &html[from..at + to]
}

fn held(hall: &Hall, code: &str) -> TicketId {
    hall.windows()[&window(code)].ticket.expect("a ticket")
}

#[test]
fn the_primary_button_follows_the_state() {
    let mut world = World::new();
    assert!(tag(&live(&world, "1"), "primary").contains("data-dialog=\"sign-in\""));
    world.sign_in("1");
    assert!(tag(&live(&world, "1"), "primary").contains("/windows/1/ready"));
    world.act(&Command::MakeReady {
        window: window("1"),
    });
    world.issue("B");
    let idle = live(&world, "1");
    let call = tag(&idle, "primary");
    assert!(call.contains("/windows/1/calls") && call.contains("data-key=\"F2\""));
    assert!(
        call.contains("data-body=\"{&#34;expect_current&#34;:null}\""),
        "{call}"
    );
    world.call("1");
    let calling = live(&world, "1");
    let start = tag(&calling, "primary");
    assert!(start.contains("/windows/1/arrivals") && start.contains("data-key=\"F8\""));
    world.start("1");
    let serving = live(&world, "1");
    let finish = tag(&serving, "primary");
    assert!(finish.contains("data-dialog=\"finish\"") && finish.contains("data-key=\"F8\""));
}

#[test]
fn with_nobody_waiting_the_call_button_is_quiet_and_still_works() {
    let mut world = World::new();
    world.open("1");
    let html = live(&world, "1");
    assert!(html.contains("目前无人等候"));
    let button = tag(&html, "primary");
    assert!(button.contains("is-quiet") && !button.contains("disabled"));
}

#[test]
fn a_paused_window_says_exactly_that_and_offers_to_resume() {
    let mut world = World::new();
    world.open("1");
    world.act(&Command::Pause {
        window: window("1"),
        reason: PauseReason::Meeting,
        note: None,
        back_in_min: Some(10),
        cover: None,
    });
    let html = live(&world, "1");
    assert!(html.contains("<p class=\"current-sign\">暂停服务</p>"));
    assert!(html.contains("对不起,请稍等一下,我有急事处理,马上就回来"));
    let button = tag(&html, "primary");
    assert!(button.contains("data-method=\"DELETE\"") && button.contains("/windows/1/pause"));
    assert!(
        !html.contains("aria-current=\"step\""),
        "a paused window is at no step"
    );
}

#[test]
fn a_visitor_in_service_stays_in_service_beside_the_pause() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.call("1");
    world.start("1");
    world.act(&Command::Pause {
        window: window("1"),
        reason: PauseReason::Urgent,
        note: None,
        back_in_min: None,
        cover: None,
    });
    let html = live(&world, "1");
    assert!(tag(&html, "primary").contains("data-dialog=\"finish\""));
    assert!(tag(&html, "resume").contains("/windows/1/pause"));
    assert!(html.contains("暂停服务"));
}

#[test]
fn a_recall_waits_for_its_cooldown_and_ends_at_the_limit() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.call("1");
    let html = live(&world, "1");
    let from = world.now.0 + 10_000;
    assert!(tag(&html, "recall").contains(&format!("data-enable-at=\"{from}\"")));
    assert!(html.contains("已呼 1/3"));
    for _ in 0..2 {
        world.later(11);
        world.act(&Command::Recall {
            window: window("1"),
        });
    }
    let html = live(&world, "1");
    let recall = tag(&html, "recall");
    assert!(recall.contains("disabled") && !recall.contains("data-enable-at"));
    assert!(html.contains("已呼 3/3"));
}

#[test]
fn a_no_show_waits_a_minute_and_twice_that_for_the_green_channel() {
    for (class, ground, patience_ms) in [
        (Class::Ordinary, None, 60_000),
        (Class::Green, Some(Ground::Elder), 120_000),
    ] {
        let mut world = World::new();
        world.open("1");
        world.issue_as("B", class, ground);
        world.call("1");
        let from = world.now.0 + patience_ms;
        let html = live(&world, "1");
        let button = tag(&html, "no-show").to_owned();
        assert!(
            button.contains(&format!("data-enable-at=\"{from}\"")),
            "{button}"
        );
        let ticket = held(&world.hall, "1");
        assert!(
            button.contains(&format!("/windows/1/no-shows/{ticket}")),
            "{button}"
        );
    }
}

#[test]
fn after_closing_a_no_show_owes_every_call() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.go_to(17, 1);
    world.call("1");
    let html = live(&world, "1");
    assert!(html.contains("还需再呼 2 次"));
    assert!(!tag(&html, "no-show").contains("data-enable-at"));
}

#[test]
fn parked_tickets_and_no_shows_can_come_back() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.issue("B");
    world.call("1");
    world.later(61);
    let gone = held(&world.hall, "1");
    world.act(&Command::MarkNoShow {
        window: window("1"),
    });
    world.call("1");
    world.start("1");
    let parked = held(&world.hall, "1");
    world.act(&Command::Park {
        ticket: parked,
        kind: ParkingKind::ThisWindow,
        reason: "补材料".into(),
    });
    let html = live(&world, "1");
    assert!(tag(&html, &format!("reinstate-{gone}")).contains("/reinstatements"));
    assert!(tag(&html, &format!("unpark-{parked}")).contains("/parking"));
    assert!(tag(&html, &format!("back-{parked}")).contains("/windows/1/calls"));
}

#[test]
fn every_further_matter_is_asked_for_its_own_outcome() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.call("1");
    world.start("1");
    let ticket = held(&world.hall, "1");
    world.act(&Command::AddMatter {
        ticket,
        service: "D".into(),
    });
    let html = live(&world, "1");
    assert!(html.contains("name=\"matters.0.service\" value=\"D\""));
    assert!(!html.contains("matters.1."));
}

#[test]
fn the_next_ticket_is_shown_with_its_reason() {
    let mut world = World::new();
    world.open("1");
    world.issue_as("B", Class::Green, Some(Ground::Elder));
    let html = live(&world, "1");
    assert!(html.contains("依法优先,提前15分钟计"));
    assert!(html.contains("优先·老年人"));
}

#[test]
fn a_long_service_is_called_over_in_words() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.call("1");
    world.start("1");
    world.later(8 * 60);
    assert!(live(&world, "1").contains("<i>已超时</i>"));
    world.later(4 * 60);
    assert!(live(&world, "1").contains("<i>严重超时</i>"));
}

#[test]
fn a_colleague_is_asked_on_the_own_console_and_says_yes_or_no() {
    let mut world = World::new();
    world.open("1");
    world.open("2");
    world.issue("B");
    world.act(&Command::Pause {
        window: window("1"),
        reason: PauseReason::Urgent,
        note: None,
        back_in_min: None,
        cover: None,
    });
    let html = live(&world, "2");
    assert!(html.contains("1号窗口请您顶岗"), "{html}");
    assert!(tag(&html, "accept-1").contains("/covers"));
    assert!(tag(&html, "decline-1").contains("data-dialog=\"decline-cover\""));
    let paused = live(&world, "1");
    assert!(tag(&paused, "back-at").contains("data-dialog=\"pause\""));
    world.act(&Command::Cover {
        window: window("1"),
        clerk: "c02".into(),
    });
    let html = live(&world, "1");
    assert!(html.contains("您正在为张敏顶岗"), "{html}");
    assert!(tag(&html, "hand-back-button").contains("data-dialog=\"hand-back\""));
    assert!(tag(&live(&world, "2"), "covering").contains("/windows/1/console"));
}
