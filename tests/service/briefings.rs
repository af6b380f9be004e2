//! 班前早会, 工间调度, 班后小结: drafted from the live hall, held once a day by a person, and days that
//! miss one are told.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House, Someone};

async fn draft(manager: &Someone<'_>, part: &str) -> String {
    let path = format!("{HALL}/briefings/drafts?part={part}");
    let draft = manager.get(&path).await.good();
    let lines = draft["lines"].as_array().expect("lines").iter();
    let lines: Vec<_> = lines.filter_map(Value::as_str).collect();
    lines.join("\n")
}

#[tokio::test]
async fn a_draft_says_what_the_hall_knows() {
    let house = House::with_hall(3).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    let before = draft(&manager, "before").await;
    for words in ["1号窗窗口人员1", "尚未签到:2、3号窗口"] {
        assert!(before.contains(words), "{words} in {before}");
    }
    let midday = draft(&manager, "midday").await;
    assert!(midday.contains("目前无人等候"), "{midday}");
    manager.ticket("A").await;
    manager.ticket("A").await;
    manager.at("1", "calls", json!({})).await.good();
    let pause = json!({ "reason": "urgent", "back_in_min": 5 });
    manager
        .put(&format!("{HALL}/windows/1/pause"), pause)
        .await
        .good();
    house.clock("08:40:00").await;
    let midday = draft(&manager, "midday").await;
    for words in ["等候:社会保险2人", "最长等候20分钟", "暂停服务:1号窗口"] {
        assert!(midday.contains(words), "{words} in {midday}");
    }
    house.clock("17:30:00").await;
    let after = draft(&manager, "after").await;
    for words in ["今日取号2个", "未完2个", "延时服务30分钟", "今日差评0件"] {
        assert!(after.contains(words), "{words} in {after}");
    }
    house.stop().await;
}

#[tokio::test]
async fn it_is_held_once_and_added_to_and_missing_days_are_told() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let path = format!("{HALL}/briefings");
    let note = |text: &str, addition: bool| json!({ "part": "before", "text": text, "addition": addition });
    for text in ["", " \n ", "a\u{7}b"] {
        manager
            .post(&path, note(text, false))
            .await
            .refused(400, "malformed");
    }
    manager
        .post(&path, note("一", true))
        .await
        .refused(409, "briefing_nothing_to_add");
    manager
        .post(&path, note("今日岗位\n请按时开窗", false))
        .await
        .good();
    manager
        .post(&path, note("改", false))
        .await
        .refused(409, "briefing_is_held");
    manager.post(&path, note("补一句", true)).await.good();
    let clerk = house.a(Role::Clerk).await;
    let other = json!({ "part": "midday", "text": "二" });
    clerk
        .post(&path, other)
        .await
        .refused(409, "briefing_by_head");
    house.clock("18:00:00").await;
    let list = manager.get(&path).await.good();
    assert_eq!(list["items"][0]["text"], "今日岗位\n请按时开窗");
    assert_eq!(list["items"][1]["addition"], true);
    assert_eq!(list["missing"][0]["missing"], json!(["midday", "after"]));
    house.clock_to("2026-11-24T09:00:00+08:00").await;
    let list = manager.get(&path).await.good();
    let days: Vec<_> = list["missing"].as_array().expect("days").iter().collect();
    assert_eq!(
        (&days[0]["day"], &days[0]["missing"]),
        (&json!("2026-11-24"), &json!(["before"]))
    );
    assert_eq!(days[1]["day"], "2026-11-23");
    house.stop().await;
}
