//! The main job in real Chromium: touch, slip, call, board, 暂停服务.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what must hold"
)]

mod inspections;
mod pictures;
mod tides;
mod world;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use hall::view::TicketView;
use serde_json::Value;
use thirtyfour::prelude::*;

use world::{Browser, World};

/// From the clerk's key to the board. **Source**: "within a second", the main job's own demand.
pub(crate) const A_SECOND: Duration = Duration::from_secs(1);
const TICKETS: &str = "/api/v1/halls/centre/tickets";
pub(crate) const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc";

/// Touches a service and the ordinary key; the number that the page shows.
async fn take(kiosk: &Browser, touch: &str, service: &str) -> String {
    kiosk.go(touch).await;
    kiosk
        .click(&format!("a.tile[data-service={service}]"))
        .await;
    kiosk.click("button[name=class][value=ordinary]").await;
    let number = kiosk.find("#number").await;
    number.text().await.expect("a number")
}

/// Signs in at the first window and opens it for calls.
async fn open_window(console: &Browser, base: &str) {
    console
        .sign_in(&format!("{base}/halls/centre/windows/1/console"))
        .await;
    console.click("#primary").await;
    console.click("dialog#sign-in button[type=submit]").await;
    console.find("#live[data-state=preparing]").await;
    console.click("#primary").await;
    console.find("#live[data-state=idle]").await;
}

async fn press(console: &Browser, key: Key) {
    let keys = console.page.action_chain().send_keys(key);
    keys.perform().await.expect("a key");
}

async fn tickets(world: &World) -> Vec<TicketView> {
    let list: Value = world.manager.get(TICKETS).await.expect("tickets");
    serde_json::from_value(list["items"].clone()).expect("tickets")
}

/// The slip says what it must, and its QR is read by a program that is not ours.
fn check_slip(world: &World, ticket: &TicketView) {
    let papers = world.printer.papers();
    assert_eq!(papers.len(), 1, "one slip for one number");
    let text = papers[0].text();
    let check = ticket.check.as_deref().expect("a check code");
    for words in ["示例区政务服务中心", "A001", "社会保险", "1号", check] {
        assert!(
            text.contains(words),
            "the slip does not say {words}:\n{text}"
        );
    }
    let token = ticket.token.as_deref().expect("a token");
    let picture = papers[0].to_png(FONT.as_ref()).expect("a picture");
    assert_eq!(read_qr(&picture), format!("{}/t/{token}", world.base));
}

fn read_qr(picture: &[u8]) -> String {
    let mut reader = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("zbarimg must be installed: apt-get install zbar-tools");
    let mut input = reader.stdin.take().expect("its input is piped");
    input.write_all(picture).expect("it reads the picture");
    drop(input);
    let read = reader.wait_with_output().expect("it ends");
    String::from_utf8(read.stdout)
        .expect("text")
        .trim()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_touch_becomes_a_slip_a_call_and_a_recall_on_the_board() {
    let world = World::open("main-job").await;
    let kiosk = Browser::open(1080, 1920).await;
    assert_eq!(take(&kiosk, &world.touch, "A").await, "A001");
    kiosk.sees(".notice.good", "请取走号票").await;
    check_slip(&world, &tickets(&world).await[0]);

    let console = Browser::open(1366, 768).await;
    open_window(&console, &world.base).await;
    let board = Browser::open(1920, 1080).await;
    board
        .go(&format!("{}/halls/centre/board", world.base))
        .await;
    board.find("body[data-line=live]").await;
    press(&console, Key::F2).await;
    let took = board.sees("#calls", "A001").await;
    assert!(took < A_SECOND, "the call took {took:?} to the board");
    board.sees("#announced", "请A001号到1号窗口").await;

    world.pass(11).await;
    world.someone_comes().await;
    console.find("#recall:not([disabled])").await;
    press(&console, Key::F4).await;
    let took = board.sees("#said", "再次呼叫").await;
    assert!(took < A_SECOND, "the recall took {took:?} to the board");
    board.sees("#announced", "再次呼叫").await;

    press(&console, Key::F8).await;
    console.find("#live[data-state=serving]").await;
    press(&console, Key::F8).await;
    console
        .click("dialog#finish input[value=done_on_the_spot] + span")
        .await;
    console.click("dialog#finish button[type=submit]").await;
    console.find("#live[data-state=idle]").await;
    assert_eq!(tickets(&world).await[0].state, "finished");
    for browser in [kiosk, console, board] {
        browser.close().await;
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_window_says_so_on_board_screen_and_kiosk() {
    let world = World::open("pause").await;
    let console = Browser::open(1366, 768).await;
    open_window(&console, &world.base).await;
    let board = Browser::open(1920, 1080).await;
    board
        .go(&format!("{}/halls/centre/board", world.base))
        .await;
    board.find("body[data-line=live]").await;
    let screen = Browser::open(1280, 720).await;
    screen
        .go(&format!("{}/halls/centre/windows/1/screen", world.base))
        .await;
    screen.find("body[data-line=live]").await;
    let kiosk = Browser::open(1080, 1920).await;
    kiosk.go(&world.touch).await;

    press(&console, Key::F9).await;
    console.click("dialog#pause button[type=submit]").await;
    let took = board.sees("#paused", "暂停服务").await;
    assert!(took < A_SECOND, "the pause took {took:?} to the board");
    let took = screen.sees("#state", "暂停服务").await;
    assert!(took < A_SECOND, "the pause took {took:?} to the screen");
    screen.sees("#live", "09:10").await;
    kiosk.sees("[data-service=A]", "暂停服务").await;

    press(&console, Key::F9).await;
    console.find("#live[data-state=idle]").await;
    screen.sees("#state", "空闲").await;
    board.is_gone("#paused").await;
    for browser in [console, board, screen, kiosk] {
        browser.close().await;
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_accepts_the_cover_and_hands_it_back() {
    let world = World::open("cover").await;
    world.enter("c02", "clerk", Some("c02")).await;
    world.open_window("1", "c01").await;
    world.open_window("2", "c02").await;
    world.issue("A").await;
    let console = Browser::open(1366, 768).await;
    let own = format!("{}/halls/centre/windows/2/console", world.base);
    console.sign_in_as("c02", &own).await;
    let screen = Browser::open(1280, 720).await;
    screen
        .go(&format!("{}/halls/centre/windows/1/screen", world.base))
        .await;
    screen.find("body[data-line=live]").await;
    world.pause_window("1").await;
    console.sees(".cover-title", "1号窗口请您顶岗").await;
    console.click("#accept-1").await;
    console.sees(".cover-bar", "您正在为张敏顶岗").await;
    let took = screen.sees("#cover", "代岗").await;
    assert!(took < A_SECOND, "the cover took {took:?} to the screen");
    screen.sees("#clerk", "王海燕").await;
    console.click("#hand-back-button").await;
    let note = console.find("dialog#hand-back input[name=note]").await;
    note.send_keys("无遗留").await.expect("a note");
    console.click("dialog#hand-back button[type=submit]").await;
    console.is_gone(".cover-bar").await;
    screen.is_gone("#cover").await;
    console.close().await;
    screen.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_lends_a_window_and_its_screen_says_so() {
    let world = World::open("lend").await;
    world.enter("boss", "manager", None).await;
    world.open_window("1", "c01").await;
    let floor = Browser::open(1366, 768).await;
    let page = format!("{}/halls/centre/floor", world.base);
    floor.sign_in_as("boss", &page).await;
    let screen = Browser::open(1280, 720).await;
    screen
        .go(&format!("{}/halls/centre/windows/1/screen", world.base))
        .await;
    screen.find("body[data-line=live]").await;
    floor.click("#lend-1").await;
    floor.click("dialog#lend input[name=services] + span").await;
    floor.click("dialog#lend button[type=submit]").await;
    let took = screen.sees("#lent", "就业创业").await;
    assert!(took < A_SECOND, "the lending took {took:?} to the screen");
    floor.click("#take-back-1").await;
    screen.is_gone("#lent").await;
    floor.close().await;
    screen.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_gives_one_number_and_one_slip() {
    let world = World::open("twice").await;
    let kiosk = Browser::open(1280, 1024).await;
    let number = take(&kiosk, &world.touch, "B").await;
    kiosk.sees(".notice.good", "请取走号票").await;
    kiosk.page.back().await.expect("back to the choice");
    kiosk.click("button[name=class][value=ordinary]").await;
    let again = kiosk.find("#number").await.text().await.expect("a number");
    assert_eq!(number, again);
    assert_eq!(tickets(&world).await.len(), 1, "one number");
    assert_eq!(world.printer.papers().len(), 1, "one slip");
    kiosk.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_without_paper_keeps_the_number_on_the_screen() {
    let world = World::open("no-paper").await;
    world.printer.run_out_of_paper();
    let kiosk = Browser::open(1080, 1920).await;
    let number = take(&kiosk, &world.touch, "C").await;
    kiosk.sees(".notice.care", "号码有效").await;
    kiosk.sees("#number", &number).await;
    assert!(world.printer.papers().is_empty(), "nothing was printed");
    let ticket = &tickets(&world).await[0];
    assert_eq!(ticket.state, "waiting", "the number is valid");
    world.printer.recover();
    kiosk.click("form[action$=copies] button").await;
    kiosk.sees(".notice.good", "请取走号票").await;
    assert_eq!(world.printer.papers().len(), 1, "printed once, by a finger");
    kiosk.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_one_window_call_one_visitor() {
    let world = World::open("two-tabs").await;
    let kiosk = Browser::open(1080, 1920).await;
    take(&kiosk, &world.touch, "A").await;
    let first = Browser::open(1366, 768).await;
    open_window(&first, &world.base).await;
    let second = Browser::open(1366, 768).await;
    let url = format!("{}/halls/centre/windows/1/console", world.base);
    second.sign_in(&url).await;
    second.find("#live[data-state=idle]").await;
    tokio::join!(press(&first, Key::F2), press(&second, Key::F2));
    first.find("#live[data-state=calling]").await;
    second.find("#live[data-state=calling]").await;
    let called = tickets(&world).await;
    assert_eq!(called[0].calls, 1, "called once");
    for browser in [kiosk, first, second] {
        browser.close().await;
    }
    world.close().await;
}
