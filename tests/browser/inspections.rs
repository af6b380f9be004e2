//! An inspection on a phone, with and without a line, and a month published by both units.

use image::{Rgb, RgbImage};
use serde_json::Value;

use crate::pictures::folder;
use crate::world::{Browser, World};

const HALL: &str = "/api/v1/halls/centre";
/// From the morning of the 24th to that of the first of December.
const A_WEEK_S: i64 = 7 * 24 * 3600;

async fn entries(world: &World) -> Vec<Value> {
    let path = format!("{HALL}/inspections");
    let list: Value = world.manager.get(&path).await.expect("inspections");
    list["items"].as_array().cloned().expect("a list")
}

/// Three taps: the item, the requirement, what was seen.
async fn breach(phone: &Browser, item: &str, requirement: u32) {
    // The radios lie under their tiles: what a finger meets is the tile.
    phone
        .click(&format!(".tile:has(input[value={item}]) span"))
        .await;
    phone
        .click(&format!(
            ".requirements[data-item={item}] .requirement:nth-of-type({requirement}) span"
        ))
        .await;
    phone.click("#submit button[value=breach]").await;
}

async fn picture(browser: &Browser, name: &str) {
    let path = folder().join(format!("{name}.png"));
    browser.page.screenshot(&path).await.expect("a picture");
}

async fn run(browser: &Browser, script: &str) -> Value {
    let ran = browser.page.execute(script, Vec::new()).await;
    ran.expect("a script runs").json().clone()
}

/// Waits until the phone shows so many entries in the state.
async fn has(phone: &Browser, state: &str, count: usize) {
    phone
        .find(&format!(
            "#outbox:not(:has(li[data-state={state}]:nth-of-type({}))) li[data-state={state}]",
            count + 1
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspection_is_kept_without_a_line_and_sent_once() {
    let mut world = World::open("inspection").await;
    world.enter("i1", "inspector", None).await;
    world.open_window("3", "c03").await;
    let phone = Browser::open(390, 844).await;
    let url = format!("{}/halls/centre/inspect?window=3", world.base);
    phone.sign_in_at("i1", &url, "#entry").await;
    breach(&phone, "T2", 2).await;
    has(&phone, "sent", 1).await;
    let seen = entries(&world).await;
    assert_eq!(
        (seen.len(), &seen[0]["window"], &seen[0]["clerk"]),
        (1, &"3".into(), &"c03".into())
    );

    let file = folder().join("desk.png");
    let desk = RgbImage::from_fn(1200, 900, |x, y| {
        Rgb([(x % 255) as u8, (y % 255) as u8, 120])
    });
    desk.save(&file).expect("a photo");
    phone.find("body[data-shelf=full]").await;
    world.cut();
    let input = phone.find("#photo").await;
    input
        .send_keys(file.to_str().expect("a path"))
        .await
        .expect("a photo is chosen");
    phone.find("#photos img").await;
    breach(&phone, "P3", 3).await;
    has(&phone, "waiting", 1).await;
    picture(&phone, "inspect-offline").await;
    // The page opens without a server, and the entry is still there.
    phone
        .page
        .refresh()
        .await
        .expect("the page opens without a line");
    phone.sees("#outbox", "待发送").await;
    world.mend();
    run(&phone, "dispatchEvent(new Event('online'))").await;
    phone.is_gone("#outbox li[data-state=waiting]").await;
    run(&phone, "dispatchEvent(new Event('online'))").await;
    let seen = entries(&world).await;
    assert_eq!(seen.len(), 2, "each entry is written once");
    let desk = seen
        .iter()
        .find(|entry| entry["item"] == "P3")
        .expect("the second entry");
    assert_eq!(desk["photos"].as_array().map(Vec::len), Some(1));
    let wide = run(&phone, "return document.documentElement.scrollWidth").await;
    assert!(
        wide.as_u64().is_some_and(|wide| wide <= 390),
        "nothing is wider than the phone: {wide}"
    );
    phone.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_signed_by_both_units_and_published() {
    let world = World::open("sheet").await;
    for (code, role) in [("i1", "inspector"), ("g1", "guidance")] {
        world.enter(code, role, None).await;
    }
    world.open_window("3", "c03").await;
    let inspector = Browser::open(1366, 900).await;
    let phone = format!("{}/halls/centre/inspect?window=3", world.base);
    inspector.sign_in_at("i1", &phone, "#entry").await;
    breach(&inspector, "T2", 2).await;
    has(&inspector, "sent", 1).await;
    let base = format!("{}/halls/centre", world.base);
    inspector.go(&format!("{base}/registers/inspections")).await;
    inspector.click("td button.small").await;
    inspector.sees("td .chip", "已扣分").await;
    picture(&inspector, "register-inspections").await;

    world.pass(A_WEEK_S).await;
    let sheet = format!("{base}/score-sheets/2026-11");
    inspector.go(&sheet).await;
    inspector.sees("#status", "未定稿").await;
    inspector.sees("#total", "99").await;
    picture(&inspector, "sheet-draft").await;
    inspector.click("#sign-management").await;
    inspector.sees("#signatures", "i1 2026-12-01").await;
    let guidance = Browser::open(1366, 900).await;
    guidance.sign_in_at("g1", &sheet, "#signatures").await;
    guidance.click("#sign-guidance").await;
    guidance.sees("#signatures", "g1 2026-12-01").await;
    inspector.go(&sheet).await;
    inspector.click("#publish").await;
    inspector.sees("#status", "已定稿 · 第1版").await;
    inspector.sees("#signatures", "SHA-256").await;
    inspector.is_gone("#publish").await;
    picture(&inspector, "sheet").await;

    inspector
        .go(&format!("{}/district/score-sheets/2026-11", world.base))
        .await;
    inspector.click("thead th:nth-of-type(3) button").await;
    inspector.find("th[aria-sort=ascending]").await;
    inspector.sees("tbody", "第1版").await;
    picture(&inspector, "district").await;
    inspector.go(&format!("{base}/registers/deductions")).await;
    picture(&inspector, "register-deductions").await;
    inspector.go(&format!("{base}/registers/upkeep")).await;
    inspector.sees("#e-aed", "未核对").await;
    picture(&inspector, "register-upkeep").await;
    inspector.go(&format!("{base}/inspect/codes")).await;
    inspector.find("[data-window='3'] svg").await;
    picture(&inspector, "inspect-codes").await;
    guidance.close().await;
    inspector.close().await;
    world.close().await;
}
