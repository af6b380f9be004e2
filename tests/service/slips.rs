//! The window's papers: slips, promises, hand-ons, and the telephone.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Ask, HALL, House, Someone, is_on_disk, new_key, plan};

/// One hall of two windows, whose service A has a guide; somebody is served at window 1.
async fn serving() -> (House, String) {
    let house = House::empty().await;
    let mut plan = plan("centre", 2);
    plan["services"][0]["guide"] = json!({ "materials": ["身份证", "申请表", "照片"] });
    let system = house.a(Role::System).await;
    system.put(&format!("{HALL}/plan"), plan).await.good();
    house.clock("09:00:00").await;
    let desk = house.a(Role::Clerk).await;
    desk.open("1", "c01").await;
    let ticket = desk.ticket("A").await;
    desk.at("1", "calls", json!({})).await.good();
    desk.at("1", "arrivals", json!({})).await.good();
    drop(desk);
    let id = ticket["id"].as_str().expect("an id").to_owned();
    (house, id)
}

fn told(ticket: &str) -> Value {
    json!({ "kind": "told", "ticket": ticket, "service": "A", "items": [
        { "paper": "身份证", "kind": "missing" },
        { "paper": "申请表", "kind": "wrong", "part": "住址", "how": "按户口簿填写" },
    ] })
}

fn rongque(ticket: &str) -> Value {
    json!({ "kind": "rongque", "ticket": ticket, "service": "A",
        "items": [{ "paper": "照片", "kind": "missing" }], "main_complete": true,
        "due_workdays": 3, "promised_days": 5, "consequence": "逾期视为撤回申请",
        "signed_by": "visitor" })
}

async fn give(someone: &Someone<'_>, body: Value) -> Value {
    someone.post(&format!("{HALL}/slips"), body).await.good()
}

#[tokio::test]
async fn a_slip_is_found_again_by_its_code_and_ends_the_visit() {
    let (house, ticket) = serving().await;
    let desk = house.a(Role::Clerk).await;
    let slip = give(&desk, told(&ticket)).await;
    let code = slip["code"].as_str().expect("a code");
    assert_eq!(code.len(), 8);
    let path = format!("{HALL}/slips/{}", code.to_lowercase());
    let view = desk.get(&path).await.good();
    assert_eq!(view["id"], slip["id"]);
    assert_eq!(
        (&view["number"], &view["window"], &view["state"]),
        (&json!("A001"), &json!("1"), &json!("told"))
    );
    assert_eq!(view["items"][1]["how"], "按户口簿填写");
    let end = json!({ "outcome": "materials_missing", "slip": code });
    desk.at("1", "completions", end).await.good();
    let leads = desk.get(&format!("{HALL}/slips/leads")).await.good();
    assert_eq!(leads["returned_without_slip"], json!([]));

    let second = json!({ "kind": "told", "service": "A", "follows": code.to_lowercase(),
        "way": "phone", "items": [{ "paper": "照片", "kind": "missing" },
            { "paper": "单位证明", "kind": "missing" }] });
    let second = give(&desk, second).await;
    let leads = desk.get(&format!("{HALL}/slips/leads")).await.good();
    let found = &leads["second_visit_new_items"][0];
    assert_eq!(found["code"], second["code"]);
    assert_eq!(
        (
            &found["items"][0]["new"],
            &found["items"][0]["outside_guide"]
        ),
        (&json!(true), &json!(false))
    );
    assert_eq!(leads["out_of_guide"][0]["items"][1]["paper"], "单位证明");
    house.stop().await;
}

#[tokio::test]
async fn the_same_key_gives_the_first_slip_again() {
    let (house, ticket) = serving().await;
    let desk = house.a(Role::Clerk).await;
    let key = new_key();
    let path = format!("{HALL}/slips");
    let ask = |body| Ask {
        method: Method::POST,
        path: &path,
        token: Some(&desk.token),
        key: Some(&key),
        body: Some(body),
        ..Ask::default()
    };
    let first = house.send(ask(told(&ticket))).await.good();
    let again = house.send(ask(told(&ticket))).await;
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.good(), first);
    let list = desk.get(&path).await.good();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    let other = house.send(ask(rongque(&ticket))).await;
    other.refused(422, "key_reused");
    house.stop().await;
}

#[tokio::test]
async fn texts_of_a_slip_are_checked_and_hold_nobodys_number() {
    let (house, ticket) = serving().await;
    let desk = house.a(Role::Clerk).await;
    let path = format!("{HALL}/slips");
    let cases = [
        ("/items/0/paper", json!("x".repeat(61)), "items[0].paper"),
        ("/items/0/paper", json!("请打13900001111"), "items[0].paper"),
        ("/items/1/how", json!("a\u{1b}b"), "items[1].how"),
        ("/items/1/part", json!(""), "items[1].part"),
    ];
    for (at, value, field) in cases {
        let mut body = told(&ticket);
        *body.pointer_mut(at).expect("a field") = value;
        let refused = desk.post(&path, body).await.refused(400, "malformed");
        assert_eq!(refused["field"], field);
    }
    for (name, value) in [
        ("signed_by", json!("visitor")),
        ("due_workdays", json!(3)),
        ("follows", json!("no code")),
        (
            "items",
            json!(vec![json!({ "paper": "x", "kind": "missing" }); 31]),
        ),
        ("place", json!({ "text": "x".repeat(81) })),
        ("nonsense", json!(1)),
    ] {
        let mut body = told(&ticket);
        body[name] = value;
        desk.post(&path, body).await.refused(400, "malformed");
    }
    let mut body = rongque(&ticket);
    body["way"] = json!("phone");
    let refused = desk.post(&path, body).await.refused(400, "malformed");
    assert_eq!(refused["field"], "way");
    house.stop().await;
}

#[tokio::test]
async fn a_rongque_matter_goes_from_acceptance_to_its_end() {
    let (house, ticket) = serving().await;
    let (desk, manager) = (house.a(Role::Clerk).await, house.a(Role::Manager).await);
    let path = format!("{HALL}/slips");
    for (field, code) in [
        ("items", "papers_needed"),
        ("main_complete", "main_papers_needed"),
        ("due_workdays", "due_needed"),
        ("consequence", "consequence_needed"),
        ("signed_by", "promise_unsigned"),
    ] {
        let mut body = rongque(&ticket);
        body.as_object_mut().expect("an object").remove(field);
        let refused = desk.post(&path, body).await.refused(409, code);
        assert_eq!(refused["field"], field);
        assert!(
            refused["text"]["zh"]
                .as_str()
                .is_some_and(|zh| !zh.is_empty())
        );
    }
    let end = json!({ "outcome": "rongque" });
    desk.at("1", "completions", end.clone())
        .await
        .refused(409, "rongque_slip_needed");
    let slip = give(&desk, rongque(&ticket)).await;
    let mut end = end;
    end["slip"] = slip["id"].clone();
    desk.at("1", "completions", end).await.good();

    let one = format!("{path}/{}", slip["code"].as_str().expect("a code"));
    let view = desk.get(&one).await.good();
    assert_eq!(
        (&view["state"], &view["due_day"], &view["finish_day"]),
        (&json!("open"), &json!("2026-11-26"), &json!("2026-11-30"))
    );
    house.clock_to("2026-11-27T09:00:00+08:00").await;
    let overdue = desk.get(&format!("{path}?state=overdue")).await.good();
    assert_eq!(overdue["items"][0]["id"], slip["id"]);
    let notice = json!({ "how": "phone", "told_day": "2026-11-27" });
    let withdrawals = format!("{one}/withdrawals");
    desk.post(&withdrawals, notice.clone())
        .await
        .refused(403, "not_your_role");
    let early = json!({ "how": "phone", "told_day": "2026-11-26" });
    manager
        .post(&withdrawals, early)
        .await
        .refused(409, "notice_needed");
    let gone = manager.post(&withdrawals, notice).await.good();
    assert_eq!(
        (&gone["state"], &gone["told_day"]),
        (&json!("withdrawn"), &json!("2026-11-27"))
    );
    let paper = json!({ "item": 0, "from": "visitor" });
    desk.post(&format!("{one}/papers"), paper)
        .await
        .refused(409, "rongque_closed");
    house.stop().await;
}

#[tokio::test]
async fn papers_come_in_and_the_matter_is_finished() {
    let (house, ticket) = serving().await;
    let desk = house.a(Role::Clerk).await;
    let slip = give(&desk, rongque(&ticket)).await;
    let one = format!("{HALL}/slips/{}", slip["id"].as_str().expect("an id"));
    house.clock_to("2026-11-26T16:00:00+08:00").await;
    let reminder = json!({ "how": "message" });
    let view = desk
        .post(&format!("{one}/reminders"), reminder)
        .await
        .good();
    assert_eq!(
        (&view["state"], &view["reminded"]),
        (&json!("due_today"), &json!(["2026-11-26"]))
    );
    desk.post(&format!("{one}/completions"), json!({}))
        .await
        .refused(409, "papers_outstanding");
    let paper = json!({ "item": 0, "from": "agent" });
    let view = desk.post(&format!("{one}/papers"), paper).await.good();
    assert_eq!(
        (&view["state"], &view["in_time"]),
        (&json!("complete"), &json!(true))
    );
    let done = desk
        .post(&format!("{one}/completions"), json!({}))
        .await
        .good();
    assert_eq!(
        (&done["state"], &done["finished_in_time"]),
        (&json!("finished"), &json!(true))
    );
    // All of it is in the journal, and another server finds it there.
    let folder = house.stop().await;
    let wishes = crate::house::Wishes {
        clock: link::clock::Clock::pretend(hall::Timestamp(1_795_680_060_000)),
        ..crate::house::Wishes::default()
    };
    let house = House::start(folder, wishes).await.expect("it starts");
    let desk = house.a(Role::Clerk).await;
    assert_eq!(desk.get(&one).await.good()["state"], "finished");
    house.stop().await;
}

#[tokio::test]
async fn a_visitor_sent_home_without_a_slip_is_a_lead() {
    let (house, ticket) = serving().await;
    let (desk, inspector) = (house.a(Role::Clerk).await, house.a(Role::Inspector).await);
    let end = json!({ "outcome": "materials_missing" });
    desk.at("1", "completions", end).await.good();
    let path = format!("{HALL}/slips/leads");
    let leads = inspector.get(&path).await.good();
    let lead = &leads["returned_without_slip"][0];
    assert_eq!(
        (&lead["number"], &lead["window"], &lead["ticket"]),
        (&json!("A001"), &json!("1"), &json!(ticket))
    );
    give(&desk, told(&ticket)).await;
    let leads = inspector.get(&path).await.good();
    assert_eq!(leads["returned_without_slip"], json!([]));
    house.stop().await;
}

#[tokio::test]
async fn a_promise_is_offered_answered_and_decided() {
    let (house, ticket) = serving().await;
    let desk = house.a(Role::Clerk).await;
    let path = format!("{HALL}/promises");
    let offer = json!({ "ticket": ticket, "service": "A" });
    desk.post(&path, offer.clone())
        .await
        .refused(409, "promise_text_needed");
    let mut offer = offer;
    offer["text_given"] = json!(true);
    let made = desk.post(&path, offer).await.good();
    let one = format!("{path}/{}", made["id"].as_str().expect("an id"));
    let decision = json!({ "decision": "granted" });
    desk.post(&format!("{one}/decisions"), decision.clone())
        .await
        .refused(409, "promise_not_chosen");
    let chosen = json!({ "answer": "chosen" });
    desk.post(&format!("{one}/answers"), chosen)
        .await
        .refused(409, "promise_in_writing");
    let chosen = json!({ "answer": "chosen", "in_writing": true });
    desk.post(&format!("{one}/answers"), chosen).await.good();
    let list = desk.get(&format!("{path}?open=true")).await.good();
    assert_eq!(list["items"][0]["chosen"], true);
    desk.post(&format!("{one}/decisions"), decision)
        .await
        .good();
    desk.post(&format!("{one}/withdrawals"), json!({}))
        .await
        .refused(409, "promise_decided_already");
    let list = desk.get(&path).await.good();
    assert_eq!(
        (&list["items"][0]["late"], &list["items"][0]["open"]),
        (&json!(false), &json!(false))
    );
    house.stop().await;
}

#[tokio::test]
async fn an_inquiry_belongs_to_the_first_asked_until_another_takes_it() {
    let (house, _) = serving().await;
    let manager = house.a(Role::Manager).await;
    let path = format!("{HALL}/inquiries");
    let body = json!({ "subject": "电话 13900001111", "window": "1" });
    manager.post(&path, body).await.refused(400, "malformed");
    let body = json!({ "subject": "养老金停发原因", "window": "1" });
    let made = manager.post(&path, body).await.good();
    let one = format!("{path}/{}", made["id"].as_str().expect("an id"));
    let hand_on = json!({ "to": "c02", "reason": "业务科经办" });
    manager
        .post(&format!("{one}/hand-ons"), hand_on)
        .await
        .good();
    let waits = |clerk: &str| format!("{path}?clerk={clerk}");
    let first = manager.get(&waits("c01")).await.good();
    assert_eq!(
        (
            &first["items"][0]["owner"],
            &first["items"][0]["offered_to"]
        ),
        (&json!("c01"), &json!("c02"))
    );
    manager
        .post(&format!("{one}/acceptances"), json!({}))
        .await
        .good();
    assert_eq!(manager.get(&waits("c01")).await.good()["items"], json!([]));
    let end = json!({ "end": "answered" });
    manager.post(&format!("{one}/answers"), end).await.good();
    assert_eq!(manager.get(&waits("c02")).await.good()["items"], json!([]));
    house.stop().await;
}

#[tokio::test]
async fn who_called_is_sealed_read_by_few_and_shredded_at_the_end() {
    const CALLER: &str = "canary-caller 13900001111";
    let (house, _) = serving().await;
    let (manager, desk) = (house.a(Role::Manager).await, house.a(Role::Clerk).await);
    let path = format!("{HALL}/messages");
    let body = json!({ "to": "c02", "subject": "医保报销比例", "caller": CALLER,
        "due_in_min": 60 });
    let made = desk.post(&path, body).await.good();
    let id = made["id"].as_str().expect("an id");
    let caller = format!("{path}/{id}/caller");
    desk.get(&caller).await.refused(403, "not_your_role");
    assert_eq!(manager.get(&caller).await.good()["caller"], CALLER);
    let list = desk.get(&path).await;
    assert!(!list.text.contains("canary-caller"), "{}", list.text);
    assert_eq!(list.body["items"][0]["caller_known"], true);
    house.clock("10:01:00").await;
    let list = desk.get(&format!("{path}?to=c02&open=true")).await.good();
    assert_eq!(
        (&list["items"][0]["overdue"], &list["items"][0]["read"]),
        (&json!(true), &json!(false))
    );
    let read = desk.put(&format!("{path}/{id}/read"), json!({})).await;
    read.good();
    let missed = json!({ "reached": false });
    let returns = format!("{path}/{id}/returns");
    desk.post(&returns, missed).await.good();
    assert_eq!(manager.get(&caller).await.good()["caller"], CALLER);
    desk.post(&returns, json!({ "reached": true })).await.good();
    assert_eq!(manager.get(&caller).await.good()["caller"], Value::Null);
    desk.post(&returns, json!({ "reached": true }))
        .await
        .refused(409, "message_over");

    let calls = format!("{HALL}/phone-calls");
    let answered = json!({ "outcome": "answered", "caller": CALLER });
    desk.post(&calls, answered).await.refused(400, "malformed");
    let missed = json!({ "outcome": "missed", "window": "9", "caller": CALLER });
    desk.post(&calls, missed).await.refused(404, "not_found");
    let missed = json!({ "outcome": "missed", "window": "1", "caller": CALLER });
    let made = desk.post(&calls, missed).await.good();
    let id = made["id"].as_str().expect("an id");
    desk.delete(&format!("{path}/{id}")).await.good();

    let auditor = house.a(Role::Auditor).await;
    let journal = auditor.get(&format!("{HALL}/journal")).await;
    assert!(journal.text.contains("call_missed") || journal.text.contains("missed"));
    assert!(!journal.text.contains("canary-caller"));
    assert!(!house.log.text().contains("canary-caller"));
    let folder = house.stop().await;
    assert!(!is_on_disk(&folder.0, "canary-caller"), "on the disk");
    let pool = sqlx::SqlitePool::connect(&folder.database())
        .await
        .expect("the database");
    let keys = "select count(key), count(*) from personal_key";
    let counts: (i64, i64) = sqlx::query_as(keys).fetch_one(&pool).await.expect("counts");
    assert_eq!(counts, (0, 3), "no key is left: kept, refused, closed");
    pool.close().await;
}

#[tokio::test]
async fn a_kiosk_fetches_its_own_papers_and_prints_each_once() {
    let (house, ticket) = serving().await;
    let (desk, kiosk) = (house.a(Role::Clerk).await, house.a(Role::Kiosk).await);
    let other = house.a(Role::Kiosk).await;
    let beats = "/api/v1/devices/self/heartbeats";
    let beat = json!({ "hall": "centre" });
    kiosk.post(beats, beat.clone()).await.good();
    let devices = desk.get(&format!("{HALL}/devices")).await.good();
    let device = devices["items"][0]["id"].clone();
    other.post(beats, beat).await.good();

    let slip = give(&desk, rongque(&ticket)).await;
    let id = slip["id"].as_str().expect("an id");
    let one = format!("{HALL}/slips/{id}");
    let paper = desk.get(&format!("{one}/receipt")).await.good();
    assert_eq!(
        (&paper["title"], &paper["code"]),
        (&json!("容缺受理通知书"), &slip["code"])
    );
    assert_eq!(paper["copies"].as_array().map(Vec::len), Some(2));
    let prints = format!("{one}/prints");
    let nowhere = json!({ "device": "nowhere" });
    desk.post(&prints, nowhere).await.refused(404, "not_found");
    let asked = json!({ "device": device });
    desk.post(&prints, asked.clone()).await.good();

    let jobs = format!("{HALL}/slip-prints");
    assert_eq!(other.get(&jobs).await.good()["items"], json!([]));
    let job = kiosk.get(&jobs).await.good();
    assert_eq!(
        (&job["items"][0]["slip"], &job["items"][0]["paper"]),
        (&json!(id), &paper)
    );
    let job = format!("{jobs}/{id}");
    let report = |outcome: &str| json!({ "n": 1, "outcome": outcome });
    let refused = other.put(&job, report("started")).await;
    refused.refused(409, "print_not_asked");
    kiosk.put(&job, report("started")).await.good();
    let again = kiosk.put(&job, report("started")).await;
    again.refused(409, "print_not_asked");
    assert_eq!(kiosk.get(&jobs).await.good()["items"], json!([]));
    kiosk.put(&job, report("printed")).await.good();
    let view = desk.get(&one).await.good();
    assert_eq!(view["print"]["outcome"], "printed");

    // A copy that nobody fetched is not printed hours later.
    desk.post(&prints, asked).await.good();
    house.clock("09:01:59").await;
    let waiting = kiosk.get(&jobs).await.good();
    assert_eq!(waiting["items"][0]["n"], 2);
    house.clock("09:02:00").await;
    assert_eq!(kiosk.get(&jobs).await.good()["items"], json!([]));
    house.stop().await;
}
