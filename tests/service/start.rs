//! What a server checks before it lets anyone in.

use hall::{HallCode, Role};
use serde_json::json;
use server::store::{Batch, Row, Store};
use sqlx::SqlitePool;

use crate::house::{Folder, HALL, House, Wishes};

/// A folder with the journals of two halls, and a clerk's token for both.
async fn two_halls() -> (Folder, String) {
    let house = House::with_hall(1).await;
    house.put_plan("other", 1).await;
    house.clock("08:20:00").await;
    let token = house.token(Role::Manager, None).await;
    house.a(Role::Manager).await.ticket("A").await;
    (house.stop().await, token)
}

async fn sql(folder: &Folder, statement: &'static str) {
    let pool = SqlitePool::connect(&folder.database())
        .await
        .expect("the database");
    sqlx::query(statement)
        .execute(&pool)
        .await
        .expect("the statement");
    pool.close().await;
}

async fn again(folder: Folder) -> Result<House, server::StartError> {
    let wishes = Wishes {
        may_fail: true,
        ..Wishes::default()
    };
    House::start(folder, wishes).await
}

/// Everything an error says, with what lies below it.
fn chain(fault: &dyn std::error::Error) -> String {
    let below = fault.source().map(chain).unwrap_or_default();
    format!("{fault}: {below}")
}

/// The first hall is read-only with its last good rows, the other one runs.
async fn assert_read_only(house: House, token: String, why: &str) {
    let manager = crate::house::Someone {
        house: &house,
        token,
    };
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "staff" });
    let refused = manager.post(&format!("{HALL}/tickets"), wish.clone()).await;
    assert!(refused.headers.contains_key("retry-after"));
    refused.refused(503, "try_again");
    assert_eq!(manager.get(HALL).await.status, 200, "it can be read");
    manager
        .post("/api/v1/halls/other/tickets", wish)
        .await
        .good();
    assert_eq!(
        manager.get("/readyz").await.text,
        "ready, read-only: centre"
    );
    house.clock("09:00:00").await;
    let other = manager.get("/api/v1/halls/other/day").await.good();
    assert_eq!(other["state"], "in_session", "its ticks go on");
    let log = house.log.text();
    assert!(
        log.contains("ERROR") && log.contains("hall.id=centre"),
        "{log}"
    );
    assert!(log.contains(why), "{log}");
    house.stop().await;
}

#[tokio::test]
async fn a_changed_row_makes_its_hall_read_only_and_no_other() {
    let (folder, token) = two_halls().await;
    sql(
        &folder,
        "update journal set payload = replace(payload, 'A001', 'A002') \
        where hall = 'centre' and kind = 'ticket_issued'",
    )
    .await;
    let store = Store::open_tool(&folder.database())
        .await
        .expect("the database");
    let verdicts = server::floor::verify(&store).await.expect("verdicts");
    store.close().await;
    let (centre, other) = (&verdicts[0], &verdicts[1]);
    let fault = centre
        .1
        .as_ref()
        .expect_err("the change is found")
        .to_string();
    assert_eq!(fault, "journal of centre, row 3: the hash chain is broken");
    assert!(other.1.is_ok());
    let house = again(folder).await.expect("the server starts");
    assert_read_only(house, token, "row 3").await;
}

#[tokio::test]
async fn a_row_taken_away_is_noticed() {
    let (folder, token) = two_halls().await;
    sql(
        &folder,
        "delete from journal where hall = 'centre' and seq = 2",
    )
    .await;
    let house = again(folder).await.expect("the server starts");
    assert_read_only(house, token, "row 2 is missing").await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_one_hall_alone() {
    let (folder, token) = two_halls().await;
    sql(
        &folder,
        "update journal set hash = x'00' where hall = 'centre' and seq = 3",
    )
    .await;
    let house = again(folder).await.expect("the server starts");
    let centre = house
        .app()
        .halls
        .get(&HallCode::from("centre"))
        .expect("the hall");
    assert_eq!(centre.durable().seq, 2, "up to the row before");
    drop(centre);
    assert_read_only(house, token, "a hash has not 32 bytes").await;
}

#[tokio::test]
async fn an_event_of_a_later_version_stops_its_hall_alone() {
    let (folder, token) = two_halls().await;
    let store = Store::open_tool(&folder.database())
        .await
        .expect("the database");
    let rows = store.rows("centre", 0, 100).await.expect("rows");
    let last = rows.last().expect("a row");
    let mut row = Row {
        seq: last.seq + 1,
        kind: "ticket_teleported".into(),
        payload: "{}".into(),
        cmd_key: None,
        body_mac: None,
        number: None,
        event_id: link::random::id(link::clock::machine_now()),
        ..last.clone()
    };
    row.chain(last.hash);
    let batch = Batch {
        rows: vec![row],
        active: Vec::new(),
    };
    store.append(&batch).await.expect("the row is written");
    store.close().await;
    let house = again(folder).await.expect("the server starts");
    assert_read_only(house, token, "unreadable event").await;
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    let (folder, _) = two_halls().await;
    let path = folder.0.join("hall.db");
    let mut bytes = std::fs::read(&path).expect("the file");
    let length = bytes.len();
    for byte in &mut bytes[4096..length.min(20_000)] {
        *byte ^= 0x5a;
    }
    std::fs::write(&path, bytes).expect("the file");
    let Err(fault) = again(folder).await else {
        panic!("a damaged file was opened");
    };
    let text = chain(&fault);
    assert!(
        text.contains("damaged") || text.contains("malformed"),
        "{text}"
    );
}

#[tokio::test]
async fn a_second_server_on_the_same_file_is_refused() {
    let house = House::with_hall(1).await;
    let dotted = house.folder.0.join(".").join("hall.db");
    for url in [
        house.folder.database(),
        format!("sqlite:{}", dotted.display()),
    ] {
        let fault = Store::open_server(&url)
            .await
            .expect_err("the file is in use");
        let text = fault.to_string();
        assert!(text.starts_with("another server uses "), "{text}");
    }
    let beside = Store::open_tool(&house.folder.database()).await;
    beside.expect("tools may").close().await;
    house.stop().await;
}

#[tokio::test]
async fn tables_of_a_later_version_are_refused() {
    let (folder, _) = two_halls().await;
    sql(
        &folder,
        "insert into _sqlx_migrations (version, description, installed_on, success, \
        checksum, execution_time) values (99, 'later', '2026-11-23', 1, x'00', 0)",
    )
    .await;
    let Err(fault) = again(folder).await else {
        panic!("tables of a later version were opened");
    };
    assert!(chain(&fault).contains("99"), "{}", chain(&fault));
}

#[tokio::test]
async fn an_address_of_another_engine_is_refused() {
    for url in ["mysql://localhost/x", "hall.db", ""] {
        let fault = Store::open_server(url).await.expect_err("not one of ours");
        let text = fault.to_string();
        assert_eq!(
            text,
            "the database address must begin with sqlite: or postgres://"
        );
    }
}
