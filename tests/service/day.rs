//! A whole plain day, by the API alone.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{DAY, HALL, House, Someone};

/// The people of the day.
struct Staff<'a> {
    house: &'a House,
    manager: Someone<'a>,
    desk: Someone<'a>,
}

impl Staff<'_> {
    /// Calls, serves and finishes whoever is next; none when nobody waits.
    async fn serve_next(&self, window: &str) -> Option<String> {
        let called = self.desk.at(window, "calls", json!({})).await;
        if called.code() == "nobody_waiting" {
            return None;
        }
        let number = called.good()["number"]
            .as_str()
            .expect("a number")
            .to_owned();
        self.desk.at(window, "arrivals", json!({})).await.good();
        let done = json!({ "outcome": "done_on_the_spot" });
        let finished = self.desk.at(window, "completions", done).await.good();
        assert_eq!(finished["state"], "finished");
        Some(number)
    }

    async fn ticket_change(&self, ticket: &Value, what: &str, body: Value) -> Value {
        let id = ticket["id"].as_str().expect("an id");
        let path = format!("{HALL}/tickets/{id}/{what}");
        self.manager.post(&path, body).await.good()
    }

    async fn day(&self) -> Value {
        self.manager.get(&format!("{HALL}/day")).await.good()
    }
}

#[tokio::test]
async fn a_plain_day_from_lobby_to_settlement() {
    let house = House::with_hall(3).await;
    let staff = Staff {
        house: &house,
        manager: house.a(Role::Manager).await,
        desk: house.a(Role::Clerk).await,
    };
    let tickets = lobby(&staff).await;
    first_visitor(&staff).await;
    no_show_and_back(&staff, &tickets[0]).await;
    other_ways(&staff, &tickets).await;
    pause(&staff).await;
    noon(&staff).await;
    closing(&staff).await;
    next_day(&staff).await;
    house.stop().await;
}

/// Preparing refuses, the lobby issues.
async fn lobby(staff: &Staff<'_>) -> Vec<Value> {
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "kiosk" });
    let path = format!("{HALL}/tickets");
    let early = staff.manager.post(&path, wish).await;
    early.refused(409, "hall_not_open");
    assert_eq!(staff.day().await["state"], "preparing");

    staff.house.clock("08:15:00").await;
    assert_eq!(staff.day().await["state"], "lobby");
    let mut tickets = Vec::new();
    for n in 1..=6 {
        let ticket = staff.manager.ticket("A").await;
        assert_eq!(ticket["number"], format!("A{n:03}"));
        assert_eq!(ticket["ahead"], n - 1);
        tickets.push(ticket);
    }
    staff.house.clock("08:20:00").await;
    let green = json!({ "service": "B", "class": "green", "ground": "elder", "channel": "kiosk" });
    let green = staff.manager.post(&path, green).await.good();
    assert_eq!(green["number"], "B001");
    assert_eq!(green["arrived_at"], crate::house::at("08:20:00"));
    tickets
}

/// The green one goes first; recalls wait; an accepted matter needs its promise.
async fn first_visitor(staff: &Staff<'_>) {
    let desk = &staff.desk;
    desk.at("1", "calls", json!({}))
        .await
        .refused(409, "window_closed");
    let shift = format!("{HALL}/windows/1/shift");
    let signed = desk.put(&shift, json!({ "clerk": "c01" })).await.good();
    assert_eq!(signed["state"], "preparing");
    desk.at("1", "calls", json!({}))
        .await
        .refused(409, "window_preparing");
    desk.put(&format!("{HALL}/windows/1/ready"), json!({}))
        .await
        .good();

    let next = desk.get(&format!("{HALL}/windows/1/next")).await.good();
    assert_eq!(next["ticket"]["number"], "B001");
    assert!(
        next["because"]["zh"]
            .as_str()
            .is_some_and(|zh| zh.contains("依法优先"))
    );
    let called = desk
        .at("1", "calls", json!({ "expect_current": null }))
        .await
        .good();
    assert_eq!(
        (&called["number"], &called["window"]),
        (&json!("B001"), &json!("1"))
    );
    let soon = desk
        .at("1", "recalls", json!({}))
        .await
        .refused(409, "too_soon");
    assert_eq!(soon["wait_s"], 10);
    staff.house.clock("08:20:10").await;
    assert_eq!(desk.at("1", "recalls", json!({})).await.good()["calls"], 2);
    desk.at("1", "completions", json!({ "outcome": "explained" }))
        .await
        .refused(409, "nothing_serving");
    assert_eq!(
        desk.at("1", "arrivals", json!({})).await.good()["state"],
        "serving"
    );
    let bare = desk
        .at("1", "completions", json!({ "outcome": "accepted" }))
        .await;
    bare.refused(409, "promise_needed");
    let told = json!({ "outcome": "accepted", "promised_days": 5, "pickup": "窗口领取" });
    assert_eq!(
        desk.at("1", "completions", told).await.good()["state"],
        "finished"
    );
}

/// A no-show, undone, again, and reinstated.
async fn no_show_and_back(staff: &Staff<'_>, ticket: &Value) {
    let desk = &staff.desk;
    assert_eq!(
        desk.at("1", "calls", json!({})).await.good()["number"],
        "A001"
    );
    let soon = desk
        .at("1", "no-shows", json!({}))
        .await
        .refused(409, "too_soon");
    assert_eq!(soon["wait_s"], 60);
    staff.house.clock("08:21:30").await;
    assert_eq!(
        desk.at("1", "no-shows", json!({})).await.good()["state"],
        "no_show"
    );
    let id = ticket["id"].as_str().expect("an id");
    let undo = format!("{HALL}/windows/1/no-shows/{id}");
    assert_eq!(desk.delete(&undo).await.good()["state"], "called");
    desk.at("1", "no-shows", json!({})).await.good();
    staff.house.clock("08:21:41").await;
    desk.delete(&undo).await.refused(409, "too_late");
    let back = staff
        .ticket_change(ticket, "reinstatements", json!({}))
        .await;
    assert_eq!(back["state"], "waiting");
    assert_eq!(back["arrived_at"], ticket["arrived_at"]);
}

/// Transfer, parking, cancellation, delay, carry-over.
async fn other_ways(staff: &Staff<'_>, tickets: &[Value]) {
    let desk = &staff.desk;
    desk.open("2", "c02").await;
    assert_eq!(
        desk.at("2", "calls", json!({})).await.good()["number"],
        "A002"
    );
    let to_b = json!({ "service": "B", "reason": "事项选错" });
    let moved = staff.ticket_change(&tickets[1], "transfers", to_b).await;
    assert_eq!(
        (&moved["number"], &moved["state"]),
        (&json!("A002"), &json!("waiting"))
    );
    assert_eq!(moved["arrived_at"], tickets[1]["arrived_at"]);

    let named = json!({ "ticket": tickets[2]["id"], "reason": "材料已补齐" });
    assert_eq!(desk.at("2", "calls", named).await.good()["number"], "A003");
    desk.at("2", "arrivals", json!({})).await.good();
    let parking = format!(
        "{HALL}/tickets/{}/parking",
        tickets[2]["id"].as_str().expect("id")
    );
    let aside = json!({ "kind": "any_window", "reason": "等待材料" });
    assert_eq!(desk.put(&parking, aside).await.good()["state"], "parked");
    assert_eq!(desk.delete(&parking).await.good()["state"], "waiting");
    assert_eq!(staff.serve_next("2").await.as_deref(), Some("A003"));

    let wish = json!({ "by": "visitor", "reason": "改日再来" });
    let ended = staff
        .ticket_change(&tickets[3], "cancellations", wish)
        .await;
    assert_eq!(ended["state"], "cancelled");
    let later = staff.ticket_change(&tickets[4], "delays", json!({})).await;
    assert_eq!(
        (&later["state"], &later["delayed"]),
        (&json!("waiting"), &json!(true))
    );
    let path = format!(
        "{HALL}/tickets/{}/delays",
        tickets[4]["id"].as_str().expect("id")
    );
    staff
        .manager
        .post(&path, json!({}))
        .await
        .refused(409, "already_delayed");
    let path = format!(
        "{HALL}/tickets/{}/carry-overs",
        tickets[5]["id"].as_str().expect("id")
    );
    let unasked = json!({ "to": "2026-11-24", "slot": "09:00", "consent": false });
    staff
        .manager
        .post(&path, unasked)
        .await
        .refused(409, "consent_needed");
    let agreed = json!({ "to": "2026-11-24", "slot": "09:00", "consent": true });
    let carried = staff
        .ticket_change(&tickets[5], "carry-overs", agreed)
        .await;
    assert_eq!(carried["state"], "carried_over");
}

async fn pause(staff: &Staff<'_>) {
    let path = format!("{HALL}/windows/2/pause");
    let why = json!({ "reason": "urgent", "back_in_min": null, "cover": null });
    assert_eq!(staff.desk.put(&path, why).await.good()["state"], "paused");
    staff
        .desk
        .at("2", "calls", json!({}))
        .await
        .refused(409, "window_paused");
    let board = staff.manager.get(&format!("{HALL}/board")).await.good();
    let text = &board["windows"][1]["text"]["zh"];
    assert!(
        text.as_str()
            .is_some_and(|zh| zh.contains("暂停服务") && !zh.contains("急"))
    );
    assert_eq!(staff.desk.delete(&path).await.good()["state"], "idle");
}

async fn noon(staff: &Staff<'_>) {
    staff.house.clock("12:00:00").await;
    assert_eq!(staff.day().await["state"], "noon");
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "kiosk" });
    let path = format!("{HALL}/tickets");
    staff
        .manager
        .post(&path, wish)
        .await
        .refused(409, "issuing_closed");
    staff.house.clock("13:30:00").await;
    assert_eq!(staff.day().await["state"], "in_session");
}

/// Only issuing stops; the day closes when every number is accounted for.
async fn closing(staff: &Staff<'_>) {
    staff.house.clock("17:00:00").await;
    let day = staff.day().await;
    assert_eq!(day["state"], "closing");
    assert_eq!(day["balance"]["open"], 3);
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "kiosk" });
    let path = format!("{HALL}/tickets");
    staff
        .manager
        .post(&path, wish)
        .await
        .refused(409, "issuing_closed");
    let settle = format!("{HALL}/day/settlements");
    let refused = staff.manager.post(&settle, json!({})).await;
    let refused = refused.refused(409, "tickets_outstanding");
    assert_eq!(refused["numbers"], json!(["A001", "A002", "A005"]));
    staff
        .desk
        .delete(&format!("{HALL}/windows/2/shift"))
        .await
        .good();
    let last = staff.desk.delete(&format!("{HALL}/windows/1/shift")).await;
    last.refused(409, "last_able_window");
    let mut served = Vec::new();
    while let Some(number) = staff.serve_next("1").await {
        served.push(number);
    }
    served.sort();
    assert_eq!(served, ["A001", "A002", "A005"]);
    staff
        .desk
        .delete(&format!("{HALL}/windows/1/shift"))
        .await
        .good();
    let settled = staff.manager.post(&settle, json!({})).await.good();
    assert_eq!(settled["state"], "settled");
    let balance = json!({ "issued": 7, "finished": 5, "no_show": 0, "cancelled": 1,
        "carried_over": 1, "open": 0 });
    assert_eq!(settled["balance"], balance);
}

/// The next day begins by itself with fresh numbers.
async fn next_day(staff: &Staff<'_>) {
    staff.house.clock_to("2026-11-24T08:15:00+08:00").await;
    let day = staff.day().await;
    assert_eq!(
        (&day["date"], &day["state"]),
        (&json!("2026-11-24"), &json!("lobby"))
    );
    assert_eq!(day["older"], json!([]));
    assert_eq!(staff.manager.ticket("A").await["number"], "A001");
    let path = format!("{HALL}/day?date={DAY}");
    let before = staff.manager.get(&path).await.good();
    assert_eq!(before["state"], "settled");
    assert_eq!(before["balance"]["issued"], 7);
}

#[tokio::test]
async fn a_day_that_is_not_settled_stays_beside_the_next_one() {
    let house = House::with_hall(2).await;
    house.clock("08:15:00").await;
    let manager = house.a(Role::Manager).await;
    let ticket = manager.ticket("A").await;
    house.clock_to("2026-11-24T08:20:00+08:00").await;
    let day = manager.get(&format!("{HALL}/day")).await.good();
    assert_eq!(day["older"], json!([DAY]));
    let older = manager.get(&format!("{HALL}/day?date={DAY}")).await.good();
    assert_eq!(older["outstanding"][0]["number"], "昨A001");
    assert_eq!(older["balance"]["open"], 1);
    let settle = format!("{HALL}/day/settlements?date={DAY}");
    manager
        .post(&settle, json!({}))
        .await
        .refused(409, "tickets_outstanding");
    manager.open("1", "c01").await;
    let board = manager.at("1", "calls", json!({})).await.good();
    assert_eq!(
        (&board["id"], &board["shown"]),
        (&ticket["id"], &json!("昨A001"))
    );
    manager.at("1", "arrivals", json!({})).await.good();
    let done = json!({ "outcome": "explained" });
    manager.at("1", "completions", done).await.good();
    let settled = manager.post(&settle, json!({})).await.good();
    assert_eq!(settled["balance"]["finished"], 1);
    house.stop().await;
}
