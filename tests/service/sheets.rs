//! A month's score sheet: signed, published, followed by a second version; its files read back.

use std::io::Cursor;
use std::process::{Command, Stdio};

use calamine::{Data, Reader, Xlsx};
use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House, Someone};
use crate::inspections::{breach, deduct, person, write};

/// What somebody might write into a note.
const FORMULA: &str = "=HYPERLINK(\"http://example.invalid\",\"点这里\")";
const MONTH: &str = "score-sheets/2026-11";

struct Month<'a> {
    inspector: Someone<'a>,
    second: Someone<'a>,
    guidance: Someone<'a>,
    clerk: Someone<'a>,
    /// A deduction of 3 points at window 1, appealed against.
    appealed: String,
}

/// November with three deductions and an open appeal; it is the first of December.
async fn november(house: &House) -> Month<'_> {
    house.clock("08:30:00").await;
    let month = Month {
        inspector: person(house, Role::Inspector, "i1").await,
        second: person(house, Role::Inspector, "i2").await,
        guidance: person(house, Role::Guidance, "g1").await,
        clerk: person(house, Role::Clerk, "c01").await,
        appealed: String::new(),
    };
    let appealed = deduct(&month.inspector, breach("1", "T2", 2), "第七条(二)", 3).await;
    let mut noted = breach("2", "P3", 3);
    noted["note"] = json!(FORMULA);
    let entry = write(&month.inspector, "inspections", noted.clone())
        .await
        .good();
    let body = json!({ "inspection": entry["id"], "item": "P3", "article": "第十二条(二)",
        "points": 2, "note": noted["note"] });
    write(&month.inspector, "deductions", body).await.good();
    let guides = json!({ "item": "F4", "requirement": 1, "outcome": "breach", "source": "patrol" });
    deduct(&month.guidance, guides, "第十五条", 1).await;
    let path = format!("deductions/{appealed}/appeals");
    write(&month.clerk, &path, json!({ "text": "当时在扶老人就座" }))
        .await
        .good();
    Month { appealed, ..month }
}

async fn sheet(who: &Someone<'_>) -> Value {
    who.get(&format!("{HALL}/{MONTH}?facts=false")).await.good()
}

async fn publish(month: &Month<'_>) -> Value {
    for who in [&month.inspector, &month.guidance] {
        write(who, &format!("{MONTH}/signatures"), json!({}))
            .await
            .good();
    }
    let revision = sheet(&month.inspector).await["sheet"]["revision"].clone();
    let body = json!({ "revision": revision });
    write(&month.inspector, &format!("{MONTH}/publications"), body)
        .await
        .good()
}

#[tokio::test]
async fn a_sheet_is_a_draft_until_both_units_signed_and_the_month_is_over() {
    let house = House::with_hall(2).await;
    let month = november(&house).await;
    let draft = sheet(&month.inspector).await;
    assert_eq!(draft["status"]["zh"], "未定稿");
    assert_eq!(
        (&draft["sheet"]["total"], &draft["sha256"]),
        (&json!(94), &Value::Null)
    );
    assert_eq!(draft["unsigned"], json!(["management", "guidance"]));
    let (signatures, publications) = (
        format!("{MONTH}/signatures"),
        format!("{MONTH}/publications"),
    );
    write(&month.inspector, &signatures, json!({}))
        .await
        .refused(409, "month_not_over");

    house.clock_to("2026-12-01T09:00:00+08:00").await;
    let body = json!({ "revision": draft["sheet"]["revision"] });
    write(&month.inspector, &publications, body.clone())
        .await
        .refused(409, "signatures_missing");
    write(&month.inspector, &signatures, json!({})).await.good();
    write(&month.second, &signatures, json!({}))
        .await
        .refused(409, "signed_already");
    write(&month.clerk, &signatures, json!({}))
        .await
        .refused(403, "not_your_role");
    write(&month.guidance, &signatures, json!({})).await.good();
    write(&month.guidance, &publications, body.clone())
        .await
        .refused(403, "not_your_role");
    write(&month.inspector, &publications, body)
        .await
        .refused(409, "sheet_changed");
    let signed = sheet(&month.inspector).await;
    let body = json!({ "revision": signed["sheet"]["revision"] });
    let frozen = write(&month.inspector, &publications, body.clone())
        .await
        .good();
    assert_eq!(frozen["version"], 1);
    write(&month.inspector, &publications, body)
        .await
        .refused(409, "published_already");

    let read = sheet(&month.inspector).await;
    assert_eq!(
        (&read["frozen"], &read["sha256"]),
        (&json!(true), &frozen["sha256"])
    );
    assert_eq!(
        hash_by_others(&read["sheet"]),
        read["sha256"].as_str().expect("a hash")
    );
    house.stop().await;
}

/// SHA-256 of the sheet by Python: sorted, without blanks, as the description says.
fn hash_by_others(sheet: &Value) -> String {
    let script = "import hashlib, json, sys; \
        s = json.dumps(json.load(sys.stdin), sort_keys=True, separators=(',', ':'), ensure_ascii=False); \
        print(hashlib.sha256(s.encode()).hexdigest())";
    let mut other = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 must be installed");
    let input = other.stdin.take().expect("its input is piped");
    serde_json::to_writer(input, sheet).expect("it reads the sheet");
    let said = other.wait_with_output().expect("it ends").stdout;
    String::from_utf8(said).expect("text").trim().to_owned()
}

#[tokio::test]
async fn an_appeal_decided_later_makes_a_second_version_with_differences() {
    let house = House::with_hall(2).await;
    let month = november(&house).await;
    house.clock_to("2026-12-01T09:00:00+08:00").await;
    publish(&month).await;
    let outcomes = format!("deductions/{}/outcomes", month.appealed);
    let body = json!({ "outcome": "reduced", "points": 1, "reason": "部分属实" });
    write(&month.second, &outcomes, body).await.good();
    let draft = sheet(&month.inspector).await;
    assert_eq!(
        (&draft["frozen"], &draft["sheet"]["version"]),
        (&json!(false), &json!(2))
    );
    assert_eq!(
        draft["unsigned"],
        json!(["management", "guidance"]),
        "the points changed"
    );
    assert_eq!(publish(&month).await["version"], 2);
    let read = sheet(&month.inspector).await;
    assert_eq!(read["sheet"]["total"], 96);
    let differences = read["differences"].as_array().expect("a list");
    assert_eq!(differences.len(), 1);
    assert_eq!(
        (
            &differences[0]["before"],
            &differences[0]["after"],
            &differences[0]["state"]
        ),
        (&json!(3), &json!(1), &json!("reduced"))
    );
    let totals: Vec<_> = read["versions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|v| &v["total"])
        .collect();
    assert_eq!(totals, [94, 96]);
    let folder = house.stop().await;

    // What was frozen is the same after a restart.
    let house = House::start(folder, crate::house::Wishes::default())
        .await
        .expect("it starts");
    let inspector = person(&house, Role::Inspector, "i1").await;
    let again = sheet(&inspector).await;
    assert_eq!(
        (&again["sheet"], &again["sha256"]),
        (&read["sheet"], &read["sha256"])
    );
    house.stop().await;
}

#[tokio::test]
async fn the_files_say_what_the_sheet_says_and_nothing_in_them_is_a_formula() {
    let house = House::with_hall(2).await;
    let month = november(&house).await;
    let path = format!("{HALL}/{MONTH}");
    let file = month.inspector.get(&format!("{path}.xlsx")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    check_workbook(file.bytes);
    let csv = month.inspector.get(&format!("{path}.csv")).await;
    check_csv(&csv.text);
    let pdf = month.inspector.get(&format!("{path}.pdf")).await;
    let text = text_of(&house, &pdf.bytes);
    for words in [
        "未定稿",
        "巡查得分表",
        "第七条(二)",
        "合计得分",
        "政务服务管理科",
    ] {
        assert!(
            text.contains(words),
            "the paper does not say {words}:\n{text}"
        );
    }
    for bad in ["score-sheets/2026-13", "score-sheets/2026-11.exe"] {
        let answer = month.inspector.get(&format!("{HALL}/{bad}")).await;
        answer.refused(400, "malformed");
    }
    let before = format!("{HALL}/score-sheets/2026-10");
    let answer = month.inspector.get(&before).await;
    answer.refused(404, "not_found");
    house.stop().await;
}

fn check_workbook(bytes: Vec<u8>) {
    let book = calamine::open_workbook_from_rs(Cursor::new(bytes));
    let mut book: Xlsx<_> = book.expect("a workbook");
    let points = book.worksheet_range("得分表").expect("the points");
    let last = points.rows().next_back().expect("rows");
    assert_eq!(
        (&last[0], &last[2], &last[4]),
        (
            &Data::String("合计".into()),
            &Data::Float(100.0),
            &Data::Float(94.0)
        )
    );
    let rows = book.worksheet_range("扣分明细").expect("the deductions");
    let notes: Vec<_> = rows.rows().map(|row| row[7].to_string()).collect();
    assert!(notes.contains(&FORMULA.to_owned()), "{notes:?}");
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("formulas");
        let none = formulas.cells().all(|(_, _, formula)| formula.is_empty());
        assert!(none, "{name} has a formula");
    }
    let beside = book.worksheet_range("事实与线索(不是得分)");
    assert!(beside.is_ok(), "figures stand beside");
}

fn check_csv(text: &str) {
    assert!(
        text.starts_with('\u{feff}') && text.contains("未定稿"),
        "{text}"
    );
    let mut cells = text.lines().flat_map(|line| line.split(','));
    let runs = cells.any(|cell| cell.trim_start_matches('"').starts_with(['=', '+', '@']));
    assert!(!runs, "a cell begins like a formula:\n{text}");
}

fn text_of(house: &House, pdf: &[u8]) -> String {
    let path = house.folder.0.join("sheet.pdf");
    std::fs::write(&path, pdf).expect("a file");
    let read = Command::new("pdftotext")
        .args(["-layout"])
        .arg(&path)
        .arg("-")
        .output();
    let read = read.expect("pdftotext must be installed: apt-get install poppler-utils");
    String::from_utf8(read.stdout)
        .expect("text")
        .replace([' ', '\n'], "")
}

#[tokio::test]
async fn the_overview_shows_every_hall_that_the_asker_may_see() {
    let house = House::with_hall(2).await;
    house.put_plan("east", 1).await;
    november(&house).await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let all = inspector.get("/api/v1/score-sheets/2026-11").await.good();
    let totals: Vec<_> = all["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["hall"].as_str(), &row["total"]))
        .collect();
    assert_eq!(
        totals,
        [(Some("centre"), &json!(94)), (Some("east"), &json!(100))]
    );
    let own = Someone {
        house: &house,
        token: house.token(Role::Manager, Some("east")).await,
    };
    let own = own.get("/api/v1/score-sheets/2026-11").await.good();
    assert_eq!(own["items"].as_array().map(Vec::len), Some(1));
    let file = inspector.get("/api/v1/score-sheets/2026-11.xlsx").await;
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(file.bytes)).expect("a workbook");
    let rows = book.worksheet_range("各大厅得分").expect("the halls");
    assert_eq!(rows.height(), 3);
    house.stop().await;
}

/// **Source**: the overview of 300 halls within 3 s.
#[tokio::test]
async fn three_hundred_halls_are_seen_at_a_glance() {
    let house = House::empty().await;
    for hall in 0..300 {
        house.put_plan(&format!("h{hall}"), 1).await;
    }
    let inspector = person(&house, Role::Inspector, "i1").await;
    let began = link::clock::monotonic_now();
    let all = inspector.get("/api/v1/score-sheets/2026-11").await.good();
    let took = link::clock::monotonic_now().duration_since(began);
    println!("300 halls took {took:?}");
    assert_eq!(all["items"].as_array().map(Vec::len), Some(300));
    assert!(took.as_secs() < 3, "{took:?}");
    house.stop().await;
}
