//! Visitors' voices and help in real Chromium: the phone page after a finish, the pad at the window,
//! the concierge's tablet.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::pictures::picture;
use crate::world::{Browser, World};

const HALL: &str = "/api/v1/halls/centre";

fn key() -> String {
    link::random::id(link::clock::machine_now()).to_string()
}

async fn post(world: &World, path: &str, body: Value) -> Value {
    let path = format!("{HALL}/{path}");
    let done = world.manager.post(&path, &key(), &body).await;
    done.unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// A visit at the first window, from the number to the finish; the ticket.
async fn visit(world: &World) -> Value {
    let body = json!({ "service": "A", "class": "ordinary", "channel": "staff" });
    let ticket = post(world, "tickets", body).await;
    for (what, body) in [
        ("calls", json!({})),
        ("arrivals", json!({})),
        ("completions", json!({ "outcome": "explained" })),
    ] {
        post(world, &format!("windows/1/{what}"), body).await;
    }
    ticket
}

async fn count(browser: &Browser, css: &str) -> usize {
    let found = browser.page.find_all(By::Css(css)).await;
    found.map_or(0, |found| found.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_rating_on_the_phone_opens_a_case_that_the_manager_sees() {
    let world = World::open("rating").await;
    world.open_window("1", "c01").await;
    let ticket = visit(&world).await;
    let phone = Browser::open(390, 844).await;
    let token = ticket["token"].as_str().expect("a token");
    phone.go(&format!("{}/t/{token}", world.base)).await;
    phone.find("#rate:not([hidden]) input[name=level]").await;
    assert_eq!(count(&phone, "#rate input[name=level]").await, 5);
    assert_eq!(
        count(&phone, "#rate input:checked").await,
        0,
        "nothing is chosen beforehand"
    );
    picture(&phone, "phone-rate").await;
    phone.click("#rate input[value='1'] + span").await;
    let text = phone.find("#rate textarea").await;
    text.send_keys("等了两个小时").await.expect("a text");
    picture(&phone, "phone-rating").await;
    phone.click("#rate button[type=submit]").await;
    phone.sees("#rated:not([hidden])", "感谢您的评价").await;
    picture(&phone, "phone-rated").await;
    phone.click("#call-me summary").await;
    let contact = phone.find("#call-me input[name=contact]").await;
    contact.send_keys("13900000000").await.expect("a number");
    phone.click("#call-me input[name=agreed]").await;
    phone.click("#call-me button[type=submit]").await;
    phone.sees(".toast", "已留下号码").await;
    phone.go(&format!("{}/r/centre/1", world.base)).await;
    picture(&phone, "phone-window").await;
    phone.close().await;

    let boss = the_case_is_closed(&world).await;
    registers(&world, &boss).await;
    boss.close().await;
    world.close().await;
}

/// The manager reads what was said, answers and closes.
async fn the_case_is_closed(world: &World) -> Browser {
    world.enter("boss", "manager", None).await;
    let boss = Browser::open(1366, 768).await;
    let page = format!("{}/halls/centre/registers/cases", world.base);
    boss.go(&page).await;
    boss.find("input[name=user]")
        .await
        .send_keys("boss")
        .await
        .expect("a name");
    let password = boss.find("input[name=password]").await;
    password
        .send_keys("hall-test-2026")
        .await
        .expect("a password");
    boss.click("button[type=submit]").await;
    boss.sees(".case", "等了两个小时").await;
    boss.sees(".case", "非常不满意").await;
    picture(&boss, "cases").await;
    boss.click(".case button[data-dialog=reply]").await;
    let reply = boss.find("dialog#reply textarea").await;
    reply
        .send_keys("已致歉,增开一个窗口")
        .await
        .expect("a reply");
    picture(&boss, "cases-reply").await;
    boss.click("dialog#reply button[type=submit]").await;
    boss.sees(".steps", "增开一个窗口").await;
    boss.click(".case button[data-dialog=close-case]").await;
    boss.click("dialog#close-case button[type=submit]").await;
    boss.is_gone(".case").await;
    boss
}

/// The other registers, as the manager works with them.
async fn registers(world: &World, boss: &Browser) {
    for name in ["ratings", "follow-ups", "briefings"] {
        boss.go(&format!("{}/halls/centre/registers/{name}", world.base))
            .await;
        picture(boss, &format!("register-{name}")).await;
    }
    boss.click("button[data-dialog=hold-before]").await;
    picture(boss, "briefing-draft").await;
    boss.click("dialog#hold-before button[type=submit]").await;
    boss.sees("#part-before", "已记录").await;
    boss.go(&format!("{}/halls/centre/registers/follow-ups", world.base))
        .await;
    boss.click("button[data-dialog=draw]").await;
    boss.click("dialog#draw button[type=submit]").await;
    boss.sees(".case", "13900000000").await;
    boss.click("button[data-dialog=call-up]").await;
    boss.click("dialog#call-up input[name=reached][value=true] + span")
        .await;
    boss.click("dialog#call-up input[name=level][value='4'] + span")
        .await;
    boss.click("dialog#call-up button[type=submit]").await;
    boss.sees(".said", "满意").await;
    picture(boss, "register-follow-ups-done").await;
    boss.go(&format!("{}/halls/centre/registers", world.base))
        .await;
    picture(boss, "registers").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pad_asks_for_a_minute_and_chooses_nothing() {
    let world = World::open("pad").await;
    world.enter("pad1", "display", None).await;
    world.open_window("1", "c01").await;
    let pad = Browser::open(1280, 800).await;
    let own = "/halls/centre/windows/1/pad";
    pad.sign_in_as("pad1", &format!("{}/login?next={own}", world.base))
        .await;
    pad.find("body[data-line=live]").await;
    picture(&pad, "pad-idle").await;
    visit(&world).await;
    pad.find("#ask:not([hidden])").await;
    pad.sees("#ask-number", "A001").await;
    picture(&pad, "pad").await;
    // 20 mm at 160 dots an inch, as on a pad of ten inches, are 126.
    let script = "return Math.min(...[...document.querySelectorAll('#ask button')].map(b => Math.min(b.offsetWidth, b.offsetHeight * 2)))";
    let smallest = pad
        .page
        .execute(script, Vec::new())
        .await
        .expect("a script runs");
    assert!(
        smallest.json().as_f64() >= Some(126.0),
        "{}",
        smallest.json()
    );
    pad.click("#ask button[data-level='4']").await;
    pad.sees("#said:not([hidden])", "感谢您的评价").await;
    pad.find("#said[hidden]").await;
    visit(&world).await;
    pad.find("#ask:not([hidden])").await;
    pad.click("#skip").await;
    pad.find("#ask[hidden]").await;
    let counts: Value = world
        .manager
        .get(&format!("{HALL}/ratings/counts"))
        .await
        .expect("counts");
    assert_eq!(
        (&counts["invited"], &counts["given"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(counts["by_level"]["4"], 1);
    pad.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_calls_a_helper_to_the_tablet() {
    let world = World::open("helps").await;
    world.enter("guide1", "concierge", None).await;
    let tablet = Browser::open(1024, 768).await;
    let page = format!("{}/halls/centre/registers/helps", world.base);
    tablet.sign_in_as("guide1", &page).await;
    tablet.click("#come").await;
    tablet.sees("#live", "离岗").await;
    for times in ["1", "2"] {
        tablet.click("#guided button:nth-of-type(2)").await;
        tablet.sees("#guided button:nth-of-type(2) b", times).await;
    }
    let kiosk = Browser::open(1080, 1920).await;
    kiosk.go(&world.touch).await;
    kiosk.find("a.tile").await;
    picture(&kiosk, "kiosk-help").await;
    kiosk.click("#ask-help").await;
    kiosk.sees(".message", "已通知帮办人员").await;
    kiosk.close().await;
    tablet.find(".need.is-waiting").await;
    let body = json!({ "kind": "home_visit", "address": "南郊镇", "village": true });
    post(&world, "help-requests", body).await;
    let body = json!({ "kind": "copy", "place": "休息区" });
    post(&world, "help-requests", body).await;
    world.pass(240).await;
    tablet.sees(".needs", "休息区").await;
    picture(&tablet, "helps").await;
    tablet.click(".need.is-waiting button.answer").await;
    tablet.sees(".need.is-helping", "正在帮办").await;
    picture(&tablet, "helps-answered").await;
    tablet
        .click(".need.is-helping button[data-dialog=complete-help]")
        .await;
    tablet
        .click("dialog#complete-help input[value=guide] + span")
        .await;
    tablet
        .click("dialog#complete-help input[value=done] + span")
        .await;
    picture(&tablet, "helps-complete").await;
    tablet
        .click("dialog#complete-help button[type=submit]")
        .await;
    tablet.is_gone(".need.is-helping").await;
    tablet.close().await;
    world.close().await;
}
