//! Reports: page, JSON and files say the same, and a summary is only ever a shorter way to it.

use std::io::Cursor;
use std::process::Command;
use std::time::Duration;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use chrono::NaiveDate;
use hall::evidence::{DEFINITIONS, MetricsFold};
use hall::{Event, HallCode, Role, Timestamp};
use link::clock::Clock;
use serde_json::{Value, json};
use server::reports::totals;
use server::store::SummaryRow;

use crate::house::{Ask, Folder, HALL, House, Someone, Wishes};

const MONDAY: &str = "2026-11-23";
const TUESDAY: &str = "2026-11-24";
const SPAN: &str = "from=2026-11-23&to=2026-11-24";

/// A day on which numbers are taken at 09:00 and called so many minutes later, each served for
/// three minutes.
async fn day(house: &House, date: &str, waits: &[u32]) {
    let (manager, desk) = (house.a(Role::Manager).await, house.a(Role::Clerk).await);
    let clock = async |time: &str| house.clock_to(&format!("{date}T{time}:00+08:00")).await;
    clock("08:15").await;
    desk.open("1", "c01").await;
    desk.open("2", "c02").await;
    clock("09:00").await;
    for _ in waits {
        manager.ticket("A").await;
    }
    for minute in waits {
        clock(&format!("09:{minute:02}")).await;
        desk.at("1", "calls", json!({})).await.good();
        desk.at("1", "arrivals", json!({})).await.good();
        clock(&format!("09:{:02}", minute + 3)).await;
        let done = json!({ "outcome": "done_on_the_spot" });
        desk.at("1", "completions", done).await.good();
    }
    clock("17:10").await;
    let settle = format!("{HALL}/day/settlements");
    manager.post(&settle, json!({})).await.good();
}

/// A Monday and a Tuesday that are over, on Wednesday morning.
async fn two_days(house: &House) {
    day(house, MONDAY, &[5, 10, 20, 40]).await;
    day(house, TUESDAY, &[2, 6]).await;
    house.clock_to("2026-11-25T08:00:00+08:00").await;
}

fn column(report: &Value, code: &str) -> usize {
    let columns = report["columns"].as_array().expect("columns");
    let found = columns.iter().position(|column| column["code"] == code);
    found.unwrap_or_else(|| panic!("no column {code}"))
}

fn value(report: &Value, row: usize, code: &str) -> Value {
    report["rows"][row]["values"][column(report, code)].clone()
}

/// How many numbers were given with a wait, by the journal.
async fn told(house: &House) -> usize {
    let auditor = house.a(Role::Auditor).await;
    let journal = auditor
        .get(&format!("{HALL}/journal?after=0&limit=1000"))
        .await;
    let rows = journal.text.lines().map(|row| {
        let row: Value = serde_json::from_str(row).expect("a row is JSON");
        row["kind"] == "ticket_issued" && !row["payload"]["wait"].is_null()
    });
    rows.filter(|told| *told).count()
}

#[tokio::test]
async fn a_report_by_day_is_worked_out_by_hand() {
    let house = House::with_hall(2).await;
    two_days(&house).await;
    let manager = house.a(Role::Manager).await;
    let report = manager
        .get(&format!("{HALL}/reports/day?{SPAN}"))
        .await
        .good();
    assert_eq!(report["rows"][0]["key"], MONDAY);
    for (code, monday, tuesday) in [
        ("issued", json!(4.0), json!(2.0)),
        ("finished", json!(4.0), json!(2.0)),
        ("wait_mean", json!(18.8), json!(4.0)),
        ("wait_p50", json!(10.0), json!(2.0)),
        ("wait_p90", json!(40.0), json!(6.0)),
        ("within_target", json!(50.0), json!(100.0)),
        ("serve_mean", json!(3.0), json!(3.0)),
        ("no_show_rate", json!(0.0), json!(0.0)),
        // Two windows from 08:15 to closing at 17:00, and 4 or 2 times three minutes.
        ("open_min", json!(1050.0), json!(1050.0)),
        ("utilisation", json!(1.1), json!(0.6)),
    ] {
        assert_eq!(value(&report, 0, code), monday, "{code} on Monday");
        assert_eq!(value(&report, 1, code), tuesday, "{code} on Tuesday");
    }
    // All six: 2, 5, 6, 10, 20, 40 minutes.
    assert_eq!(report["total"][column(&report, "wait_p50")], 6.0);
    assert_eq!(report["total"][column(&report, "wait_mean")], 13.8);
    let bins = report["waits"].as_array().expect("bars");
    let counts: Vec<_> = bins.iter().map(|bin| bin["count"].as_u64()).collect();
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    assert_eq!(counts, [1, 2, 1, 0, 1, 0, 0, 0, 1]);
    // A look ahead may have come before a number was taken, or not.
    assert_eq!(report["told"]["count"], told(&house).await);
    by_other_groups(&manager).await;
    house.stop().await;
}

async fn by_other_groups(manager: &Someone<'_>) {
    for (by, key, name) in [
        ("week", "2026-W48", "2026-11-23 起一周"),
        ("month", "2026-11", "2026年11月"),
        ("service", "A", "社会保险"),
        ("window", "1", "1号综合窗口"),
        ("clerk", "c01", "窗口人员1"),
    ] {
        let report = manager
            .get(&format!("{HALL}/reports/{by}?{SPAN}"))
            .await
            .good();
        let row = &report["rows"][0];
        assert_eq!((&row["key"], &row["name"]), (&json!(key), &json!(name)));
        assert_eq!(value(&report, 0, "wait_p50"), 6.0, "{by}");
        assert_eq!(value(&report, 0, "wait_mean"), 13.8, "{by}");
    }
}

/// Bytes of a file, and what its headers say.
async fn file(house: &House, someone: &Someone<'_>, format: &str) -> (Vec<u8>, String) {
    let path = format!("{}{HALL}/reports/day?{SPAN}&format={format}", house.base);
    let answer = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
        .get(path)
        .bearer_auth(&someone.token)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200, "{format}");
    let named = answer.headers()["content-disposition"].to_str();
    let named = named.expect("a name").to_owned();
    (answer.bytes().await.expect("a file").to_vec(), named)
}

#[tokio::test]
async fn page_json_and_files_say_the_same() {
    let house = House::with_hall(2).await;
    two_days(&house).await;
    let auditor = house.a(Role::Auditor).await;
    let report = auditor
        .get(&format!("{HALL}/reports/day?{SPAN}"))
        .await
        .good();
    let page = auditor
        .get(&format!("/halls/centre/reports?{SPAN}&by=day"))
        .await;
    let (sheet, named) = file(&house, &auditor, "xlsx").await;
    assert!(
        named.contains("centre-day-2026-11-23-2026-11-24.xlsx"),
        "{named}"
    );
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(sheet)).expect("a workbook");
    let sheets = [
        "按日",
        "逐日走势",
        "星期与时段",
        "等候分布",
        "预计与实际",
        "口径",
    ];
    assert_eq!(book.sheet_names(), sheets);
    let range = book.worksheet_range("按日").expect("a sheet");
    let (csv, _) = file(&house, &auditor, "csv").await;
    let csv = String::from_utf8(csv).expect("UTF-8");
    let lines: Vec<_> = csv.trim_start_matches('\u{feff}').lines().collect();
    let columns = report["columns"].as_array().expect("columns");
    let rows = report["rows"].as_array().expect("rows");
    for (at, row) in rows.iter().enumerate() {
        let fields: Vec<_> = lines[at + 1].split(',').collect();
        assert_eq!(fields[0], row["key"].as_str().expect("a day"));
        for (place, column) in columns.iter().enumerate() {
            let told = row["values"][place].as_f64();
            let per_cent = column["unit"] == "percent";
            let cell = u32::try_from(place + 2).expect("a column");
            let cell = range.get_value((u32::try_from(at + 1).expect("a row"), cell));
            let written = match cell {
                Some(Data::Float(value)) => Some(if per_cent { value * 100.0 } else { *value }),
                Some(Data::Empty) | None => None,
                other => panic!("{other:?} in {column}"),
            };
            assert!(
                (told.unwrap_or(-1.0) - written.unwrap_or(-1.0)).abs() < 1e-9,
                "{column}: JSON {told:?}, sheet {written:?}"
            );
            let field = fields[place + 2].trim_end_matches('%');
            assert_eq!(field.parse::<f64>().ok(), told, "{column} as CSV");
            let shown = told.map_or("–".to_owned(), |told| told.to_string());
            let shown = format!("<td class=\"number\">{shown}</td>");
            assert!(page.text.contains(&shown), "{column}: {shown} on the page");
        }
    }
    paper_says_it_too(&house, &auditor).await;
    house.stop().await;
}

async fn paper_says_it_too(house: &House, auditor: &Someone<'_>) {
    let (pdf, _) = file(house, auditor, "pdf").await;
    let path = std::env::temp_dir().join(format!("tidehall-report-{}.pdf", std::process::id()));
    std::fs::write(&path, pdf).expect("it is written");
    let output = Command::new("pdftotext")
        .args(["-layout"])
        .arg(&path)
        .arg("-")
        .output();
    let output = output.expect("test.sh installs poppler-utils");
    std::fs::remove_file(&path).expect("it was there");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for words in [
        "服务运行报表",
        "示例政务服务中心",
        "18.8",
        "13.8",
        "口径 v",
        "50.0%",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// Folds the journal as the auditor reads it: nothing that a summary could have touched.
async fn fresh(house: &House) -> Value {
    let auditor = house.a(Role::Auditor).await;
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let zone = "Asia/Shanghai".parse().expect("a zone");
    let mut fold = MetricsFold::new(zone, day(MONDAY), day(TUESDAY));
    let mut after = 0;
    loop {
        let page = auditor.get(&format!("{HALL}/journal?after={after}")).await;
        if page.text.is_empty() {
            break;
        }
        for line in page.text.lines() {
            let row: Value = serde_json::from_str(line).expect("a row");
            let event = json!({ "kind": row["kind"], "payload": row["payload"] });
            let event: Event = serde_json::from_value(event).expect("an event");
            let at = row["at"].as_str().expect("a moment");
            let at = chrono::DateTime::parse_from_rfc3339(at).expect("a moment");
            after = row["seq"].as_u64().expect("a position");
            let actor = row["actor"].as_str().expect("an actor");
            fold.take(&event, actor, Timestamp(at.timestamp_millis()), after);
        }
    }
    serde_json::to_value(fold.metrics()).expect("figures")
}

#[tokio::test]
async fn a_summary_says_what_the_journal_says_and_is_made_again() {
    let house = House::with_hall(2).await;
    two_days(&house).await;
    let manager = house.a(Role::Manager).await;
    let store = house.app().halls.store();
    let kept = async |version: i64| {
        let days = store
            .summed_days("centre", (MONDAY, TUESDAY), version)
            .await;
        days.expect("days")
    };
    let metrics = async || manager.get(&format!("{HALL}/metrics?{SPAN}")).await.good();
    let expected = fresh(&house).await;
    assert_eq!(metrics().await, expected, "as the first reader sees it");
    let version = i64::from(DEFINITIONS);
    assert_eq!(kept(version).await, [MONDAY, TUESDAY]);
    assert_eq!(
        metrics().await,
        expected,
        "as the second does, from summaries"
    );

    let row = |day: &str, version, head_seq| SummaryRow {
        hall: "centre".into(),
        day: day.into(),
        version,
        head_seq,
        totals: "{}".into(),
        detail: "{}".into(),
    };
    // One of older definitions, one that cannot be read.
    let spoilt = [
        row(MONDAY, version - 1, i64::MAX),
        row(TUESDAY, version, i64::MAX),
    ];
    store.keep_summaries(&spoilt).await.expect("they are kept");
    assert_eq!(kept(version - 1).await, [MONDAY]);
    assert_eq!(metrics().await, expected, "made again from the journal");
    assert_eq!(kept(version).await, [MONDAY, TUESDAY]);
    assert_eq!(metrics().await, expected);
    // One that was made before the day was settled.
    let early = [row(TUESDAY, version, 1)];
    store.keep_summaries(&early).await.expect("it is kept");
    assert_eq!(kept(version).await, [MONDAY]);
    assert_eq!(metrics().await, expected, "the day was not over then");
    assert_eq!(kept(version).await, [MONDAY, TUESDAY]);

    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let halls = [HallCode::from("nowhere"), HallCode::from("centre")];
    let span = (day(MONDAY), day(TUESDAY));
    let totals = totals(store, &halls, span).await.expect("totals");
    assert_eq!((totals[0].days, totals[1].days), (0, 2));
    assert_eq!(totals[1].totals.figure("issued"), Some(6.0));
    assert_eq!(totals[1].totals.figure("wait_mean"), Some(13.8));
    house.stop().await;
}

#[tokio::test]
async fn a_server_sums_up_what_is_over_before_anybody_asks() {
    let house = House::with_hall(2).await;
    two_days(&house).await;
    let folder = house.stop().await;
    let begin = chrono::DateTime::parse_from_rfc3339("2026-11-25T08:00:00+08:00");
    let begin = Timestamp(begin.expect("a moment").timestamp_millis());
    let wishes = Wishes {
        clock: Clock::pretend(begin),
        ..Wishes::default()
    };
    let house = House::start(folder, wishes)
        .await
        .expect("the server starts");
    let store = house.app().halls.store();
    let days = async || {
        let version = i64::from(DEFINITIONS);
        let days = store
            .summed_days("centre", (MONDAY, TUESDAY), version)
            .await;
        days.expect("days")
    };
    let mut tries = 0;
    while days().await != [MONDAY, TUESDAY] {
        tries += 1;
        assert!(tries < 1000, "nothing is summed up");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    house.stop().await;
}

#[tokio::test]
async fn the_running_day_is_read_anew_each_time() {
    let house = House::with_hall(2).await;
    house.clock("08:30:00").await;
    let manager = house.a(Role::Manager).await;
    let issued = async || {
        let report = manager.get(&format!("{HALL}/reports/day")).await.good();
        report["total"][column(&report, "issued")].clone()
    };
    manager.ticket("A").await;
    assert_eq!(issued().await, 1.0);
    manager.ticket("A").await;
    assert_eq!(issued().await, 2.0);
    house.stop().await;
}

#[tokio::test]
async fn a_window_shows_its_day() {
    let house = House::with_hall(2).await;
    two_days(&house).await;
    let manager = house.a(Role::Manager).await;
    let page = manager
        .get("/halls/centre/reports/windows/1?day=2026-11-23")
        .await;
    // Held from 08:15 to closing, four times three minutes of service.
    assert!(
        page.text.contains("开放525分钟,办理12分钟,暂停0分钟"),
        "{}",
        page.text
    );
    assert!(page.text.contains("strip-serving"));
    let none = manager
        .get("/halls/centre/reports/windows/9?day=2026-11-23")
        .await;
    assert_eq!(none.status, 404);
    house.stop().await;
}

#[tokio::test]
async fn a_report_has_its_limits_and_its_readers() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    let get = async |rest: &str| manager.get(&format!("{HALL}/reports/{rest}")).await;
    get("weather").await.refused(404, "not_found");
    get("day?format=exe").await.refused(400, "malformed");
    get("day?colour=red").await.refused(400, "malformed");
    get("day?from=2026-11-24&to=2026-11-23")
        .await
        .refused(400, "malformed");
    get("day?from=2025-01-01&to=2026-02-05")
        .await
        .refused(400, "malformed");
    get("day?from=-262143-01-01&to=-262143-01-02")
        .await
        .refused(400, "malformed");
    let clerk = house.a(Role::Clerk).await;
    let refused = clerk.get(&format!("{HALL}/reports/day")).await;
    refused.refused(403, "not_your_role");
    let page = clerk.get("/halls/centre/reports").await;
    assert_eq!(page.status, 403);
    let nobody = Ask {
        path: "/halls/centre/reports",
        ..Ask::default()
    };
    assert_ne!(house.send(nobody).await.status, 403, "they may sign in");
    house.stop().await;
}

#[tokio::test]
async fn without_a_font_only_paper_is_missing() {
    let wishes = Wishes {
        font: "/nowhere/no.ttc".into(),
        ..Wishes::default()
    };
    let house = House::start(Folder::new(), wishes).await;
    let house = house.expect("the server starts");
    house.put_plan("centre", 1).await;
    let manager = house.a(Role::Manager).await;
    let path = format!("{HALL}/reports/day?format=pdf");
    let refused = manager.get(&path).await.refused(503, "font_missing");
    assert_eq!(refused["path"], "/nowhere/no.ttc");
    let (zh, en) = (&refused["text"]["zh"], &refused["text"]["en"]);
    assert!(
        zh.as_str()
            .is_some_and(|zh| zh.contains("fonts-wqy-zenhei"))
    );
    assert!(en.as_str().is_some_and(|en| en.contains("--font")));
    manager
        .get(&format!("{HALL}/reports/day?format=json"))
        .await
        .good();
    let (sheet, _) = file(&house, &manager, "xlsx").await;
    assert!(sheet.starts_with(b"PK"), "a workbook is a ZIP");
    house.stop().await;
}
