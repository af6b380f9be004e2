//! Two servers on one `PostgreSQL`: `(hall, seq)` is the only fence, and it is enough.

use std::time::Duration;

use futures_util::future::join_all;
use hall::Role;
use link::clock::Clock;
use serde_json::{Value, json};
use server::store::Store;

use super::Place;
use super::cluster::Cluster;
use crate::house::{Folder, HALL, House, Someone, Wishes, moment};

async fn node(url: &str, clock: &Clock) -> House {
    let wishes = Wishes {
        clock: clock.clone(),
        database: Some(url.to_owned()),
        ..Wishes::default()
    };
    House::start(Folder::new(), wishes)
        .await
        .expect("a node starts")
}

/// The same person at the other node.
fn at<'a>(house: &'a House, token: &str) -> Someone<'a> {
    Someone {
        house,
        token: token.to_owned(),
    }
}

/// Waits until the node knows the hall up to `seq`: a hint comes at once, a look every second.
async fn until_known(someone: &Someone<'_>, seq: &Value) {
    for _ in 0..500 {
        let hall = someone.get(HALL).await;
        if hall.status == 200 && hall.body["seq"].as_u64() >= seq.as_u64() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the node does not follow to {seq}");
}

#[tokio::test]
async fn two_nodes_never_give_one_number_or_one_visitor_twice() {
    let cluster = Cluster::start();
    let place = Place::database(&cluster, "nodes").await;
    let clock = Clock::pretend(moment("08:20:00"));
    let (one, two) = (
        node(&place.url(), &clock).await,
        node(&place.url(), &clock).await,
    );
    one.put_plan("centre", 12).await;
    let first = one.a(Role::Manager).await;
    let second = at(&two, &first.token);
    let seq = first.get(HALL).await.good()["seq"].clone();
    until_known(&second, &seq).await;

    let tickets = join_all((0..40).map(|n| {
        let someone = if n % 2 == 0 { &first } else { &second };
        someone.ticket("A")
    }))
    .await;
    let mut numbers: Vec<_> = tickets
        .iter()
        .filter_map(|t| t["number"].as_str())
        .collect();
    numbers.sort_unstable();
    let expected: Vec<_> = (1..=40).map(|n| format!("A{n:03}")).collect();
    assert_eq!(numbers, expected);

    for n in 1..=12 {
        first.open(&n.to_string(), &format!("c{n:02}")).await;
    }
    let seq = first.get(HALL).await.good()["seq"].clone();
    until_known(&second, &seq).await;
    for round in 0..3 {
        let windows: Vec<_> = (1..=12).map(|n: u32| n.to_string()).collect();
        let calls = join_all(windows.iter().enumerate().map(|(n, window)| {
            let someone = if n % 2 == 0 { &first } else { &second };
            someone.at(window, "calls", json!({}))
        }))
        .await;
        let mut called: Vec<_> = calls.into_iter().map(|call| call.good()).collect();
        called.sort_by_key(|ticket| ticket["number"].to_string());
        called.dedup_by_key(|ticket| ticket["number"].to_string());
        assert_eq!(
            called.len(),
            12,
            "round {round}: everyone calls somebody else"
        );
        for window in &windows {
            second.at(window, "arrivals", json!({})).await.good();
            let done = json!({ "outcome": "explained" });
            first.at(window, "completions", done).await.good();
        }
    }
    one.stop().await;
    two.stop().await;

    let store = Store::open_tool(&place.url()).await.expect("the store");
    let verdicts = server::floor::verify(&store).await.expect("verdicts");
    assert!(
        verdicts.iter().all(|(_, verdict)| verdict.is_ok()),
        "{verdicts:?}"
    );
    place
        .sql("update journal set actor = 'somebody else' where hall = 'centre' and seq = 9")
        .await;
    let verdicts = server::floor::verify(&store).await.expect("verdicts");
    let fault = verdicts[0]
        .1
        .as_ref()
        .expect_err("the change is found")
        .to_string();
    assert_eq!(fault, "journal of centre, row 9: the hash chain is broken");
    store.close().await;
}

#[tokio::test]
async fn a_retry_at_the_other_node_is_the_same_ticket() {
    let cluster = Cluster::start();
    let place = Place::database(&cluster, "retries").await;
    let clock = Clock::pretend(moment("08:20:00"));
    let (one, two) = (
        node(&place.url(), &clock).await,
        node(&place.url(), &clock).await,
    );
    one.put_plan("centre", 1).await;
    let token = one.token(Role::Kiosk, None).await;
    let (first, second) = (at(&one, &token), at(&two, &token));
    let seq = first.get(HALL).await.good()["seq"].clone();
    until_known(&second, &seq).await;
    let path = format!("{HALL}/tickets");
    let send = |house| {
        let ask = crate::house::Ask {
            method: reqwest::Method::POST,
            path: &path,
            token: Some(&token),
            key: Some("k1"),
            body: Some(json!({ "service": "A", "class": "ordinary", "channel": "kiosk" })),
            ..crate::house::Ask::default()
        };
        House::send(house, ask)
    };
    // At one instant: whoever loses the race finds the key in the rows of the other.
    let (here, there) = tokio::join!(send(&one), send(&two));
    let replays = [&here, &there].map(|answer| answer.header("idempotent-replay") == "true");
    assert_eq!(replays.iter().filter(|is_replay| **is_replay).count(), 1);
    assert_eq!(here.good()["id"], there.good()["id"]);
    one.stop().await;
    two.stop().await;
}
