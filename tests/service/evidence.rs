//! Facts behind the score sheet: read by month, item, window, and about one minute.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House};

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().expect("items")
}

fn kinds(page: &Value) -> Vec<&str> {
    let kinds = items(page).iter().filter_map(|fact| fact["kind"].as_str());
    kinds.collect()
}

/// A morning at two windows: a visitor served at 1, a pause at 2 that ends.
async fn morning() -> House {
    let house = House::with_hall(2).await;
    house.clock("08:31:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    manager.open("2", "c02").await;
    manager.ticket("A").await;
    house.clock("08:40:00").await;
    manager.at("1", "calls", json!({})).await.good();
    manager.at("1", "arrivals", json!({})).await.good();
    house.clock("09:20:00").await;
    let pause = json!({ "reason": "urgent", "back_in_min": 5, "cover": null });
    let path = format!("{HALL}/windows/2/pause");
    manager.put(&path, pause).await.good();
    house.clock("09:24:00").await;
    manager.delete(&path).await.good();
    let finish = json!({ "outcome": "accepted", "promised_days": 5, "pickup": "邮寄" });
    manager.at("1", "completions", finish).await.good();
    house
}

#[tokio::test]
async fn every_fact_has_its_article_its_item_a_sentence_and_its_rows() {
    let house = morning().await;
    let inspector = house.a(Role::Inspector).await;
    let path = format!("{HALL}/evidence?month=2026-11&item=T2");
    let page = inspector.get(&path).await.good();
    let wanted = [
        "shift_began",
        "window_ready",
        "shift_began",
        "window_ready",
        // Nobody called for nine minutes.
        "absence_noticed",
        "absence_noticed",
        "window_paused",
        "window_resumed",
        "ticket_finished",
    ];
    assert_eq!(kinds(&page), wanted);
    let [.., paused, resumed, finished] = items(&page).as_slice() else {
        panic!("facts");
    };
    assert_eq!(paused["article"], "第七条(二)");
    assert_eq!(paused["window"], "2");
    assert_eq!(paused["at"], "2026-11-23T09:20:00+08:00");
    let told = "2号窗口:设置“暂停服务”(急事),预计09:25返回";
    assert_eq!(paused["text"]["zh"], told);
    assert_eq!(resumed["seqs"], json!([paused["seq"], resumed["seq"]]));
    assert_eq!(finished["number"], "A001");
    let told = "1号窗口:A001号办结:已受理,承诺5个工作日,取件方式:邮寄";
    assert_eq!(finished["text"]["zh"], told);
    assert_eq!(finished["seqs"].as_array().map(Vec::len), Some(3));
    // What the annex does not list, and what no fact proves.
    for (item, count) in [("none", 0), ("F4", 0), ("T3", 1)] {
        let path = format!("{HALL}/evidence?month=2026-11&item={item}");
        assert_eq!(
            items(&inspector.get(&path).await.good()).len(),
            count,
            "{item}"
        );
    }
    let before = format!("{HALL}/evidence?month=2026-10");
    assert_eq!(items(&inspector.get(&before).await.good()).len(), 0);
    house.stop().await;
}

#[tokio::test]
async fn facts_are_read_page_by_page_with_the_numbers_of_their_day() {
    let house = morning().await;
    let auditor = house.a(Role::Auditor).await;
    let all = auditor
        .get(&format!("{HALL}/evidence?limit=200"))
        .await
        .good();
    let (mut read, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{HALL}/evidence?month=2026-11&limit=2{cursor}");
        let page = auditor.get(&path).await.good();
        assert!(items(&page).len() <= 2);
        read.extend(items(&page).clone());
        let Some(next) = page["next"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(&read, items(&all));
    assert!(read.len() > 8, "{}", read.len());
    house.stop().await;
}

#[tokio::test]
async fn a_window_about_a_minute_is_told_with_who_sat_there() {
    let house = morning().await;
    let guidance = house.a(Role::Guidance).await;
    let about = async |window: &str, minute: &str| {
        let path = format!("{HALL}/evidence?window={window}&around=2026-11-23T{minute}");
        guidance.get(&path).await.good()
    };
    let page = about("2", "09:26").await;
    assert_eq!(
        kinds(&page),
        [
            "shift_began",
            "absence_noticed",
            "window_paused",
            "window_resumed"
        ]
    );
    assert_eq!(page["next"], Value::Null);
    let page = about("2", "11:00").await;
    assert_eq!(kinds(&page), ["shift_began", "window_resumed"]);
    // Facts that prove nothing by themselves belong to the picture.
    let page = about("1", "08:40").await;
    assert!(kinds(&page).contains(&"ticket_started"));
    assert_eq!(kinds(&about("1", "07:00").await), Vec::<&str>::new());
    house.stop().await;
}

#[tokio::test]
async fn what_cannot_be_asked_is_named() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    for (query, field) in [
        ("month=2026-13", "month"),
        ("month=2026-1", "month"),
        ("month=%E5%8D%81%E4%B8%80", "month"),
        ("item=F5", "item"),
        ("item=f1", "item"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=-1", "cursor"),
        ("cursor=x", "cursor"),
        ("around=2026-11-23T10:05", "window"),
        ("window=1&around=2026-11-23", "around"),
        ("window=1&around=2026-11-23T25:00", "around"),
        ("window=1&around=2026-11-23T10:05&month=2026-11", "around"),
        ("windows=1", "query"),
    ] {
        let answer = manager.get(&format!("{HALL}/evidence?{query}")).await;
        let body = answer.refused(400, "malformed");
        assert_eq!(body["field"], field, "{query}");
    }
    for query in ["window=9", "window=9&around=2026-11-23T10:05"] {
        let answer = manager.get(&format!("{HALL}/evidence?{query}")).await;
        answer.refused(404, "not_found");
    }
    let clerk = house.a(Role::Clerk).await;
    let answer = clerk.get(&format!("{HALL}/evidence")).await;
    answer.refused(403, "not_your_role");
    house.stop().await;
}

#[tokio::test]
async fn the_page_of_facts_filters_and_leads_to_the_minute() {
    let house = morning().await;
    let inspector = house.a(Role::Inspector).await;
    let path = "/halls/centre/evidence?month=2026-11&item=T2&window=2";
    let page = inspector.get(path).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("设置“暂停服务”(急事)"), "{}", page.text);
    assert!(
        page.text
            .contains("/halls/centre/evidence?window=2&#38;around=2026-11-23T09:20")
    );
    assert!(!page.text.contains("A001"));
    let path = "/halls/centre/evidence?window=2&around=2026-11-23T09:20";
    let page = inspector.get(path).await;
    assert!(
        page.text.contains("2026-11-23 09:20 前后10分钟"),
        "{}",
        page.text
    );
    let wrong = inspector.get("/halls/centre/evidence?month=soon").await;
    assert_eq!(wrong.status, 400);
    let clerk = house.a(Role::Clerk).await;
    assert_eq!(clerk.get("/halls/centre/evidence").await.status, 403);
    house.stop().await;
}
