//! Lists with a cursor, the journal as a stream, and what a visitor's phone reads.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Ask, HALL, House, new_key};

#[tokio::test]
async fn a_list_is_read_page_by_page_without_gap_or_double() {
    let house = House::with_hall(3).await;
    house.put_plan("other", 1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    for _ in 0..7 {
        manager.ticket("A").await;
    }
    manager.ticket("B").await;
    let (mut numbers, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let from = cursor
            .map(|cursor| format!("&cursor={cursor}"))
            .unwrap_or_default();
        let path = format!("{HALL}/tickets?service=A&state=waiting&limit=3{from}");
        let page = manager.get(&path).await.good();
        let items = page["items"].as_array().expect("items");
        numbers.extend(
            items
                .iter()
                .map(|t| t["number"].as_str().unwrap_or_default().to_owned()),
        );
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    let expected: Vec<_> = (1..=7).map(|n| format!("A{n:03}")).collect();
    assert_eq!(numbers, expected);

    let system = house.a(Role::System).await;
    for (who, path, key, all) in [
        (
            &manager,
            format!("{HALL}/windows"),
            "code",
            vec!["1", "2", "3"],
        ),
        (
            &system,
            "/api/v1/halls".to_owned(),
            "code",
            vec!["centre", "other"],
        ),
    ] {
        let first = who.get(&format!("{path}?limit=1")).await.good();
        assert_eq!(first["items"][0][key], all[0]);
        let cursor = first["next"].as_str().expect("a next page");
        let rest = who.get(&format!("{path}?cursor={cursor}")).await.good();
        let codes: Vec<_> = rest["items"].as_array().expect("items").iter().collect();
        assert_eq!(codes.len(), all.len() - 1);
        assert_eq!(rest["next"], Value::Null);
    }
    let tokens = system.get("/api/v1/tokens?limit=2").await.good();
    assert_eq!(tokens["items"].as_array().map(Vec::len), Some(2));
    assert!(!tokens.to_string().contains(&system.token));
    house.stop().await;
}

#[tokio::test]
async fn the_journal_streams_rows_in_order_and_from_a_position() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let clerk = house.token_as(Role::Clerk, None, Some("c01")).await;
    let key = new_key();
    let path = format!("{HALL}/tickets");
    let ask = Ask {
        method: Method::POST,
        path: &path,
        token: Some(&clerk),
        key: Some(&key),
        body: Some(json!({ "service": "A", "class": "ordinary", "channel": "staff" })),
        ..Ask::default()
    };
    let ticket = house.send(ask).await.good();
    let auditor = house.a(Role::Auditor).await;
    let answer = auditor.get(&format!("{HALL}/journal")).await;
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let rows: Vec<Value> = answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).expect("one row a line"))
        .collect();
    let seqs: Vec<_> = rows.iter().filter_map(|row| row["seq"].as_u64()).collect();
    assert!(seqs.iter().copied().eq(1..=seqs.len() as u64), "{seqs:?}");
    let last = rows.last().expect("rows");
    assert_eq!(
        (&last["kind"], &last["actor"]),
        (&json!("ticket_issued"), &json!("c01"))
    );
    assert_eq!(last["payload"]["number"], "A001");
    assert_eq!(
        (&last["seq"], &last["hall"]),
        (&ticket["seq"], &json!("centre"))
    );
    assert_eq!(last["at"], crate::house::at("08:20:00"));
    assert_eq!(last["hash"].as_str().map(str::len), Some(64));
    let after = seqs.len() - 1;
    let tail = auditor
        .get(&format!("{HALL}/journal?after={after}&limit=5"))
        .await;
    assert_eq!(tail.text.lines().count(), 1);
    house.stop().await;
}

#[tokio::test]
async fn a_phone_reads_and_changes_its_own_ticket_alone() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let wish = json!({ "service": "A", "class": "ordinary", "channel": "staff",
        "id_number": "370306199001011234" });
    let ticket = manager.post(&format!("{HALL}/tickets"), wish).await.good();
    let other = manager.ticket("A").await;
    let token = ticket["token"].as_str().expect("a token");
    let public = format!("/api/v1/public/tickets/{token}");
    let anyone = |method: Method, path: String, key: Option<&'static str>| {
        let house = &house;
        async move {
            let ask = Ask {
                method,
                path: &path,
                key,
                ..Ask::default()
            };
            house.send(ask).await
        }
    };
    let page = anyone(Method::GET, public.clone(), None).await;
    assert!(
        !page.text.contains("1234"),
        "no personal data: {}",
        page.text
    );
    let page = page.good();
    assert_eq!(
        (&page["number"], &page["state"]),
        (&json!("A001"), &json!("waiting"))
    );
    assert_eq!(page["ahead"], 0);

    let delays = format!("{public}/delays");
    anyone(Method::POST, delays.clone(), None)
        .await
        .refused(400, "malformed");
    let first = anyone(Method::POST, delays.clone(), Some("d1"))
        .await
        .good();
    assert_eq!(first["delayed"], true);
    let again = anyone(Method::POST, delays.clone(), Some("d1")).await;
    assert_eq!(
        (again.header("idempotent-replay"), &again.body["seq"]),
        ("true", &first["seq"])
    );
    anyone(Method::POST, delays, Some("d2"))
        .await
        .refused(409, "already_delayed");
    let cancel = format!("{public}/cancellations");
    assert_eq!(
        anyone(Method::POST, cancel, Some("c1")).await.good()["state"],
        "cancelled"
    );
    let forged = token.replace("centre", "other");
    let forged = format!("/api/v1/public/tickets/{forged}");
    anyone(Method::GET, forged, None)
        .await
        .refused(404, "not_found");
    let path = format!("{HALL}/tickets/{}", other["id"].as_str().expect("an id"));
    assert_eq!(manager.get(&path).await.good()["state"], "waiting");
    house.stop().await;
}

#[tokio::test]
async fn a_person_waits_once_for_a_service() {
    let house = House::with_hall(1).await;
    house.clock("08:20:00").await;
    let manager = house.a(Role::Manager).await;
    let wish = |service: &str| {
        json!({ "service": service, "class": "ordinary", "channel": "staff",
            "id_number": "37030619900101123x" })
    };
    let path = format!("{HALL}/tickets");
    let first = manager.post(&path, wish("A")).await.good();
    let twice = manager
        .post(&path, wish("A"))
        .await
        .refused(409, "already_waiting");
    assert_eq!(
        (&twice["ticket"], &twice["number"]),
        (&first["id"], &json!("A001"))
    );
    manager.post(&path, wish("B")).await.good();
    house.stop().await;
}
