//! 潮汐窗口 in real Chromium: a proposal is accepted, and board, window screen and kiosk change.

use crate::pictures::picture;
use crate::world::{Browser, World};
use crate::{A_SECOND, FONT};

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_proposal_is_seen_everywhere_within_a_second() {
    assert!(
        std::path::Path::new(FONT).exists(),
        "a Chinese font is needed"
    );
    let world = World::open("tide").await;
    world.enter("boss", "manager", None).await;
    for (window, clerk) in [("1", "c01"), ("2", "c02"), ("3", "c03"), ("19", "c19")] {
        world.open_window(window, clerk).await;
    }
    for _ in 0..25 {
        world.issue("M").await;
    }
    let floor = Browser::open(1366, 2400).await;
    floor
        .sign_in_as("boss", &format!("{}/halls/centre/floor", world.base))
        .await;
    floor.is_gone("#proposal").await;
    // In place for twenty minutes, then the tide's next look.
    world.pass(21 * 60).await;
    floor.sees("#proposal .proposal-what", "25人在等").await;
    let window = floor.text("#proposal .proposal-what").await;
    let window = window.split("号窗口").next().unwrap_or_default();
    let window = window.rsplit(' ').next().unwrap_or_default().to_owned();
    let screen = Browser::open(1280, 720).await;
    screen
        .go(&format!(
            "{}/halls/centre/windows/{window}/screen",
            world.base
        ))
        .await;
    screen.find("body[data-line=live]").await;
    let board = Browser::open(1920, 1080).await;
    board
        .go(&format!("{}/halls/centre/board", world.base))
        .await;
    board.find("body[data-line=live]").await;
    let kiosk = Browser::open(1080, 1920).await;
    kiosk.go(&world.touch).await;
    picture(&floor, "tide-proposal").await;
    floor.click("#accept-proposal").await;
    let took = screen.sees("#lent", "就业创业").await;
    assert!(
        took < A_SECOND,
        "the tide took {took:?} to the window's screen"
    );
    board.sees("body", &format!("{window}号窗口现可办理")).await;
    floor.is_gone("#proposal").await;
    floor.sees("#tides", "已采纳").await;
    kiosk.go(&format!("{}/services/M", world.touch)).await;
    kiosk.sees("body", &window).await;
    world.pass(61 * 60).await;
    floor.find("#tides td b").await;
    picture(&floor, "tide-measured").await;
    for browser in [floor, screen, board, kiosk] {
        browser.close().await;
    }
    world.close().await;
}
