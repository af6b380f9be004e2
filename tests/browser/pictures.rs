//! Every page at its real size on a busy morning: nothing is cut off, no script fails.
//!
//! The pictures go to `target/pictures`; `PICTURES=docs` writes those of the README.

use std::path::{Path, PathBuf};

use hall::view::TicketView;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::world::{Browser, World};
use crate::{FONT, press, take};

const HALL: &str = "/api/v1/halls/centre";

pub(crate) fn folder() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var("PICTURES").unwrap_or_else(|_| "target/pictures".into());
    let folder = root.join(named);
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}

fn key() -> String {
    link::random::id(link::clock::machine_now()).to_string()
}

async fn put(world: &World, path: &str, body: Value) {
    let path = format!("{HALL}/{path}");
    let _: Value = world
        .manager
        .put(&path, &key(), &body)
        .await
        .unwrap_or_else(|why| panic!("{path}: {why}"));
}

async fn post(world: &World, path: &str, body: Value) -> Value {
    let path = format!("{HALL}/{path}");
    world
        .manager
        .post(&path, &key(), &body)
        .await
        .unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Twenty windows open, people at most of them, two with 暂停服务, more people waiting.
async fn busy_morning(world: &World) {
    for window in 1..=20 {
        let clerk = format!("c{window:02}");
        put(
            world,
            &format!("windows/{window}/shift"),
            json!({ "clerk": clerk }),
        )
        .await;
        put(world, &format!("windows/{window}/ready"), json!({})).await;
    }
    for round in 0..4 {
        for service in ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M"] {
            let green = round == 2 && service < "D";
            let body = json!({
                "service": service, "channel": "staff",
                "class": if green { "green" } else { "ordinary" },
                "ground": if green { Some("elder") } else { None },
            });
            post(world, "tickets", body).await;
        }
        world.pass(40).await;
    }
    for window in 1..=16 {
        post(world, &format!("windows/{window}/calls"), json!({})).await;
        if window % 4 != 0 {
            post(world, &format!("windows/{window}/arrivals"), json!({})).await;
        }
        world.pass(15).await;
    }
    for (window, minutes) in [(18, 10), (19, 20)] {
        let body = json!({ "reason": "urgent", "back_in_min": minutes });
        put(world, &format!("windows/{window}/pause"), body).await;
    }
}

/// Takes a picture, and fails when the page is wider than its screen.
pub(crate) async fn picture(browser: &Browser, name: &str) {
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let wider = browser
        .page
        .execute(wide, Vec::new())
        .await
        .expect("a script runs");
    assert!(
        wider.json().as_i64() <= Some(0),
        "{name} is {} px too wide",
        wider.json()
    );
    let taken = browser.page.screenshot_as_png().await;
    let taken = taken.unwrap_or_else(|why| panic!("{name}: {why}"));
    std::fs::write(folder().join(format!("{name}.png")), smaller(&taken)).expect("it is written");
}

/// The same picture, packed for the repository.
fn smaller(picture: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture))
        .read_info()
        .expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut pixels).expect("a picture");
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, frame.width, frame.height);
    encoder.set_color(frame.color_type);
    encoder.set_depth(frame.bit_depth);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a header");
    writer
        .write_image_data(&pixels[..frame.buffer_size()])
        .expect("pixels");
    writer.finish().expect("an end");
    packed
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_its_screen() {
    let world = World::open("pictures").await;
    busy_morning(&world).await;
    let kiosk = Browser::open(1080, 1920).await;
    kiosk.go(&world.touch).await;
    kiosk.sees("[data-service=A]", "人等候").await;
    picture(&kiosk, "kiosk").await;
    kiosk.click("a.tile[data-service=A]").await;
    kiosk.find("button[name=ground]").await;
    picture(&kiosk, "kiosk-choice").await;
    take(&kiosk, &world.touch, "A").await;
    kiosk.sees(".notice.good", "请取走号票").await;
    picture(&kiosk, "kiosk-number").await;
    kiosk.close().await;
    let slip = world.printer.papers()[0]
        .to_png(FONT.as_ref())
        .expect("a picture");
    std::fs::write(folder().join("slip.png"), slip).expect("a picture is written");
    screens(&world).await;
    staff(&world).await;
    world.close().await;
}

async fn screens(world: &World) {
    let board = Browser::open(1280, 720).await;
    board
        .go(&format!("{}/halls/centre/board", world.base))
        .await;
    board.find("body[data-line=live]").await;
    board.sees("#paused", "暂停服务").await;
    picture(&board, "board").await;
    board
        .go(&format!("{}/halls/centre/windows/18/screen", world.base))
        .await;
    board.sees("#state", "暂停服务").await;
    picture(&board, "window-screen").await;
    let list: Value = world
        .manager
        .get(&format!("{HALL}/tickets"))
        .await
        .expect("tickets");
    let ticket: TicketView = serde_json::from_value(list["items"][0].clone()).expect("a ticket");
    board.close().await;
    let phone = Browser::open(390, 844).await;
    phone
        .go(&format!(
            "{}/t/{}",
            world.base,
            ticket.token.expect("a token")
        ))
        .await;
    picture(&phone, "phone").await;
    phone.close().await;
}

async fn staff(world: &World) {
    let console = Browser::open(1366, 768).await;
    console
        .sign_in(&format!("{}/halls/centre/windows/1/console", world.base))
        .await;
    picture(&console, "console-serving").await;
    press(&console, Key::F8).await;
    console.find("dialog#finish[open]").await;
    picture(&console, "console-finish").await;
    console.close().await;
    world.enter("boss", "manager", None).await;
    let manager = Browser::open(1366, 768).await;
    let page = format!("{}/halls/centre/floor", world.base);
    manager.sign_in_as("boss", &page).await;
    manager.sees("#live", "暂停服务").await;
    picture(&manager, "floor").await;
    for name in ["metrics", "tickets"] {
        let page = format!("{}/halls/centre/{name}", world.base);
        manager.go(&page).await;
        picture(&manager, name).await;
    }
    manager.close().await;
    let phone = Browser::open(390, 844).await;
    phone.sign_in_as("boss", &page).await;
    phone.sees("#live", "暂停服务").await;
    picture(&phone, "floor-phone").await;
    phone.close().await;
}
