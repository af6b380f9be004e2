//! Statutory workdays: make-up weekends, holidays, a year that nobody entered, and another source.

use std::path::Path;
use std::process::Command;

use chrono::{Datelike, NaiveDate};
use hall::Role;
use hall::calendar::Calendar;
use link::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Ask, Folder, HALL, House, Someone, Wishes};

async fn house_at(now: &str) -> House {
    let now = chrono::DateTime::parse_from_rfc3339(now).expect("a moment");
    let wishes = Wishes {
        clock: Clock::pretend(hall::Timestamp(now.timestamp_millis())),
        ..Wishes::default()
    };
    let house = House::start(Folder::new(), wishes)
        .await
        .expect("it starts");
    house.put_plan("centre", 2).await;
    house
}

async fn state(manager: &Someone<'_>) -> Value {
    manager.get(&format!("{HALL}/day")).await.good()["state"].clone()
}

#[tokio::test]
async fn a_make_up_saturday_opens_and_a_holiday_does_not() {
    let house = house_at("2026-02-13T20:00:00+08:00").await;
    let manager = house.a(Role::Manager).await;
    house.clock_to("2026-02-14T08:15:00+08:00").await;
    assert_eq!(state(&manager).await, "lobby");
    assert_eq!(manager.ticket("A").await["number"], "A001");
    house.clock_to("2026-02-17T09:00:00+08:00").await;
    let day = manager
        .get(&format!("{HALL}/day?date=2026-02-17"))
        .await
        .good();
    assert_eq!(day["state"], "closed");
    // Saturday's number was not ended by any clock: the day is still the one in force.
    let day = manager.get(&format!("{HALL}/day")).await.good();
    assert_eq!(
        (&day["date"], &day["balance"]["open"]),
        (&json!("2026-02-14"), &json!(1))
    );
    house.stop().await;
}

fn year_2027() -> Value {
    json!({ "notice": "国办发明电〔2026〕9号", "published": "2026-11-05",
        "days": [{ "date": "2027-01-01", "open": false, "name": "元旦" }] })
}

#[tokio::test]
async fn a_year_that_nobody_entered_refuses_until_it_is_entered() {
    let house = house_at("2027-03-01T09:00:00+08:00").await;
    let (manager, system) = (house.a(Role::Manager).await, house.a(Role::System).await);
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "kiosk" });
    let refused = manager.post(&format!("{HALL}/tickets"), wish).await;
    let refused = refused.refused(409, "calendar_missing");
    assert_eq!(refused["year"], 2027);
    let menu = manager.get(&format!("{HALL}/menu")).await.good();
    let why = &menu["services"][0]["why_not"];
    assert_eq!(why["code"], "calendar_missing");
    assert!(
        why["zh"]
            .as_str()
            .is_some_and(|zh| zh.contains("2027年度放假安排未录入"))
    );
    let floor = manager.get(&format!("{HALL}/floor")).await.good();
    assert_eq!(floor["alerts"][0]["kind"], "calendar_missing");
    manager
        .get("/api/v1/calendar/2027")
        .await
        .refused(404, "not_found");

    let mut twice = year_2027();
    twice["days"] = json!([twice["days"][0], twice["days"][0]]);
    let faults = system.put("/api/v1/calendar/2027", twice).await;
    let faults = faults.refused(422, "calendar_invalid");
    assert_eq!(faults["faults"][0]["path"], "days[1].date");

    system
        .put("/api/v1/calendar/2027", year_2027())
        .await
        .good();
    assert_eq!(
        state(&manager).await,
        "in_session",
        "the table opens the day"
    );
    assert_eq!(manager.ticket("A").await["number"], "A001");
    let told = manager.get("/api/v1/calendar/2027").await.good();
    assert_eq!(told["entered"], true);
    // A hall that comes later has the year from its first plan on.
    house.put_plan("later", 1).await;
    let day = manager.get("/api/v1/halls/later/day").await.good();
    assert_eq!(day["state"], "in_session");
    house.stop().await;
}

#[tokio::test]
async fn a_table_comes_as_csv_with_its_notice_in_the_query() {
    let house = house_at("2027-03-01T09:00:00+08:00").await;
    let token = house.token(Role::System, None).await;
    let query = "?notice=%E5%9B%BD%E5%8A%9E1%E5%8F%B7&published=2026-11-05";
    let put = |query: &'static str, csv: &'static str| {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        let url = format!("{}/api/v1/calendar/2027{query}", house.base);
        let request = client.request(Method::PUT, url).bearer_auth(&token);
        let request = request
            .header("content-type", "text/csv; charset=utf-8")
            .body(csv);
        async move { request.send().await.expect("an answer").status().as_u16() }
    };
    let good = "\u{feff}date,open,name\r\n2027-01-01,false,元旦\r\n2027-01-03,true,\"元旦\"\r\n";
    assert_eq!(put("", good).await, 400, "the notice is missing");
    assert_eq!(put(query, "2027-01-01,perhaps,元旦\n").await, 400);
    assert_eq!(put(query, "2027-02-30,false,元旦\n").await, 400);
    assert_eq!(put(query, good).await, 200);
    let ask = Ask {
        path: "/api/v1/calendar/2027",
        token: Some(&token),
        ..Ask::default()
    };
    let told = house.send(ask).await.good();
    assert_eq!(told["notice"], "国办1号");
    assert_eq!(
        told["days"][1],
        json!({ "date": "2027-01-03", "open": true, "name": "元旦" })
    );
    house.stop().await;
}

/// Runs python in the environment where the package is, made at the first use.
fn python(script: &str) -> String {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chinesecalendar");
    let python = place.join("bin/python");
    if !python.exists() {
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&place)
            .status();
        let made = made.expect("python3 must be installed: apt-get install python3-venv");
        assert!(
            made.success(),
            "python3 -m venv fails: apt-get install python3-venv"
        );
    }
    let install = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
    let there = Command::new(&python)
        .args(["-c", "import chinese_calendar"])
        .output();
    if !there.is_ok_and(|there| there.status.success()) {
        let got = Command::new(&python)
            .args(install)
            .arg("chinesecalendar==1.11.0")
            .status();
        let help = "the package chinesecalendar is needed: pip install chinesecalendar==1.11.0";
        assert!(got.is_ok_and(|got| got.success()), "{help}");
    }
    let said = Command::new(&python)
        .args(["-c", script])
        .output()
        .expect("python runs");
    assert!(
        said.status.success(),
        "{}",
        String::from_utf8_lossy(&said.stderr)
    );
    String::from_utf8(said.stdout).expect("text")
}

#[test]
fn every_day_of_the_built_in_years_is_as_another_package_has_it() {
    let script = "import datetime as d, chinese_calendar as c\n\
        day = d.date(2025, 1, 1)\n\
        while day.year < 2027:\n\
        \x20   print(day, c.is_workday(day)); day += d.timedelta(1)\n";
    let said = python(script);
    let calendar = Calendar::default();
    let mut days = 0;
    for line in said.lines() {
        let (day, open) = line.split_once(' ').expect("a day");
        let day: NaiveDate = day.parse().expect("a day");
        assert_eq!(calendar.is_workday(day), Some(open == "True"), "{day}");
        days += u32::from(day.year() < 2027);
    }
    assert_eq!(days, 730);
}
