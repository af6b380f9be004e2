//! The window's papers in real Chromium: a clerk writes a slip beside the visit, prints it, and ends
//! the visit with it; a manager sees what is due.

use serde_json::{Value, json};
use thirtyfour::common::print::PrintParameters;
use thirtyfour::prelude::*;

use crate::pictures::{folder, picture};
use crate::world::{Browser, World};
use crate::{FONT, open_window, press};

const SLIPS: &str = "/api/v1/halls/centre/slips";
const PAPERS: [&str; 4] = [
    "申请人身份证原件",
    "社会保险参保登记申请表",
    "近期一寸免冠照片",
    "银行卡复印件",
];

/// Goes to the tab that was opened last.
async fn to_last_tab(browser: &Browser) {
    let tabs = browser.page.windows().await.expect("tabs");
    let last = tabs.last().expect("a tab").clone();
    let gone = browser.page.switch_to_window(last).await;
    gone.expect("the tab is there");
}

async fn to_first_tab(browser: &Browser) {
    let tabs = browser.page.windows().await.expect("tabs");
    let first = tabs.first().expect("a tab").clone();
    let gone = browser.page.switch_to_window(first).await;
    gone.expect("the tab is there");
}

async fn type_in(browser: &Browser, css: &str, text: &str) {
    let field = browser.find(css).await;
    field.send_keys(text).await.expect("a text");
}

/// Pages on paper, as the browser itself lays them out.
async fn pages(browser: &Browser, name: &str) -> usize {
    let printed = browser.page.print_page(PrintParameters::default()).await;
    let printed = printed.unwrap_or_else(|why| panic!("{name}: {why}"));
    std::fs::write(folder().join(format!("{name}.pdf")), &printed).expect("it is written");
    let text = String::from_utf8_lossy(&printed);
    text.matches("/Type /Page\n").count()
}

/// A visitor of the service A at the first window, being served.
async fn serve(world: &World, console: &Browser) {
    world.issue("A").await;
    press(console, Key::F2).await;
    console.find("#live[data-state=calling]").await;
    press(console, Key::F8).await;
    console.find("#live[data-state=serving]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_writes_a_slip_prints_it_and_ends_the_visit_with_it() {
    let world = World::open("slip").await;
    world.guide("A", &PAPERS).await;
    let console = Browser::open(1366, 768).await;
    open_window(&console, &world.base).await;
    serve(&world, &console).await;
    picture(&console, "slip-console").await;
    console.click("#slip-link").await;
    to_last_tab(&console).await;
    console.sees(".slip-number", "A001").await;
    console.click("#paper-0 input[value=missing] + span").await;
    console.click("#paper-1 input[value=wrong] + span").await;
    type_in(&console, "input[name='items.1.part']", "户籍地址").await;
    type_in(
        &console,
        "input[name='items.1.how']",
        "按户口簿首页填写到门牌号",
    )
    .await;
    picture(&console, "slip-new").await;
    console.click("#give").await;
    console.sees(".sheet h1", "一次性告知单").await;
    console
        .sees(".sheet", "您的资料不全,请补齐申请人身份证原件后再来办理")
        .await;
    picture(&console, "slip-sheet").await;
    assert_eq!(pages(&console, "slip-sheet").await, 1, "one page of A4");

    to_first_tab(&console).await;
    press(&console, Key::F8).await;
    console
        .click("dialog#finish input[value=materials_missing] + span")
        .await;
    console.sees("#finish-told", "已出具").await;
    picture(&console, "slip-finish").await;
    console.click("dialog#finish button[type=submit]").await;
    console.find("#live[data-state=idle]").await;
    let list: Value = world.manager.get(SLIPS).await.expect("slips");
    let slip = &list["items"][0];
    assert_eq!(slip["number"], "A001");
    assert_eq!(slip["items"][1]["part"], "户籍地址");
    let leads: Value = world
        .manager
        .get(&format!("{SLIPS}/leads"))
        .await
        .expect("leads");
    assert_eq!(leads["returned_without_slip"], json!([]));
    console.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rongque_notice_has_two_copies_and_its_visit_ends_only_with_it() {
    let world = World::open("rongque").await;
    world.guide("A", &PAPERS).await;
    let console = Browser::open(1366, 768).await;
    open_window(&console, &world.base).await;
    serve(&world, &console).await;
    press(&console, Key::F8).await;
    console
        .click("dialog#finish input[value=rongque] + span")
        .await;
    console.click("dialog#finish button[type=submit]").await;
    console
        .sees("dialog#finish .dialog-error", "容缺受理通知书")
        .await;
    console.click("dialog#finish [data-when=rongque] a").await;
    to_last_tab(&console).await;
    console.click("#paper-2 input[value=missing] + span").await;
    type_in(&console, "input[name=due_workdays]", "5").await;
    type_in(&console, "input[name=promised_days]", "10").await;
    console.click("input[name=main_complete]").await;
    console
        .click("input[name=signed_by][value=visitor] + span")
        .await;
    picture(&console, "rongque-new").await;
    console.click("#give").await;
    console.sees(".sheet h1", "容缺受理通知书").await;
    console.sees(".sheet-terms", "至2026年12月1日止").await;
    picture(&console, "rongque-sheet").await;
    assert_eq!(pages(&console, "rongque-sheet").await, 2, "two copies");
    print_at_the_kiosk(&world, &console).await;

    to_first_tab(&console).await;
    // The dialog is still open, and knows of the notice already.
    console.sees("#finish-rongque", "已出具").await;
    console.click("dialog#finish button[type=submit]").await;
    console.find("#live[data-state=idle]").await;
    due_list(&world, &console).await;
    console.close().await;
    world.close().await;
}

/// The same notice on the kiosk's slip printer: two papers, and the page says so.
async fn print_at_the_kiosk(world: &World, console: &Browser) {
    console.click("#print-kiosk").await;
    console.sees("#print-state", "取号机已打印").await;
    let papers = world.printer.papers();
    assert_eq!(papers.len(), 2, "two copies");
    let code = console.text(".bar-window").await;
    assert_eq!(papers[0].qr(), Some(code.trim().to_owned()));
    assert!(papers[1].text().contains("第二联"));
    let picture = papers[0].to_png(FONT.as_ref()).expect("a picture");
    std::fs::write(folder().join("rongque-slip.png"), picture).expect("it is written");
}

/// Nine days later the manager finds the matter overdue, and confirms what the norm says.
async fn due_list(world: &World, console: &Browser) {
    let told = json!({ "kind": "told", "service": "B", "way": "phone",
        "items": [{ "paper": "参保凭证", "kind": "missing" }] });
    let key = link::random::id(link::clock::machine_now()).to_string();
    let first: Value = world
        .manager
        .post(SLIPS, &key, &told)
        .await
        .expect("a slip");
    let mut again = told.clone();
    again["follows"] = first["code"].clone();
    again["items"] = json!([{ "paper": "户口簿", "kind": "missing" }]);
    let key = link::random::id(link::clock::machine_now()).to_string();
    let _: Value = world
        .manager
        .post(SLIPS, &key, &again)
        .await
        .expect("a slip");
    serve(world, console).await;
    press(console, Key::F8).await;
    console
        .click("dialog#finish input[value=materials_missing] + span")
        .await;
    console.click("dialog#finish button[type=submit]").await;
    console.find("#live[data-state=idle]").await;
    world.enter("boss", "manager", None).await;
    let manager = Browser::open(1366, 768).await;
    let page = format!("{}/halls/centre/registers/slips", world.base);
    manager.sign_in_as("boss", &page).await;
    manager.sees("#due", "期限内").await;
    manager.sees("#returned", "A002").await;
    manager.sees("#leads", "户口簿").await;
    picture(&manager, "slips-due").await;
    world.pass(9 * 24 * 3600).await;
    manager.go(&page).await;
    manager.sees("#due", "已逾期,待确认").await;
    manager.click("#due tbody .way").await;
    picture(&manager, "rongque-overdue").await;
    manager.click("#withdraw").await;
    manager.sees(".sheet-side", "确认视为撤回").await;
    manager.sees(".chip", "已视为撤回").await;
    for name in ["promises", "hand-ons", "messages"] {
        let page = format!("{}/halls/centre/registers/{name}", world.base);
        manager.go(&page).await;
        picture(&manager, &format!("register-{name}")).await;
    }
    manager
        .go(&format!("{}/halls/centre/registers", world.base))
        .await;
    picture(&manager, "registers").await;
    manager.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_waits_on_the_desk_of_the_clerk_it_is_for() {
    let world = World::open("message").await;
    let console = Browser::open(1366, 768).await;
    open_window(&console, &world.base).await;
    console.sees(".desk-notes", "没有未读留言").await;
    let desk = Browser::open(1366, 768).await;
    world.enter("c02", "clerk", Some("c02")).await;
    let page = format!("{}/halls/centre/registers/messages", world.base);
    desk.sign_in_as("c02", &page).await;
    let to = desk.find("select[name=to]").await;
    to.send_keys("张敏").await.expect("a clerk");
    type_in(&desk, "input[name=subject]", "灵活就业参保如何缴费").await;
    type_in(
        &desk,
        "form[data-url$=messages] input[name=caller]",
        "周女士 13900000000",
    )
    .await;
    type_in(&desk, "input[name=due_in_min]", "30").await;
    desk.click("#take").await;
    desk.sees(".desk-list", "灵活就业参保如何缴费").await;
    desk.sees(".desk-list", "只有本人和值班长可见").await;
    picture(&desk, "messages").await;
    desk.close().await;

    console.sees("#unread", "1").await;
    console.sees(".desk-notes", "灵活就业参保如何缴费").await;
    picture(&console, "message-console").await;
    console.go(&page).await;
    console.sees(".caller", "周女士 13900000000").await;
    console
        .click("button[data-body='{\"reached\":true}']")
        .await;
    console.sees("main", "没有待回拨的来电和留言").await;
    console.close().await;
    world.close().await;
}
