//! What reports ask of a store, the same on both engines.

use server::store::{Batch, Row, Store, SummaryRow};
use uuid::Uuid;

use super::Place;

async fn open(place: &Place) -> Store {
    let store = Store::open_server(&place.url()).await;
    store.expect("the store opens")
}

fn summary(hall: &str, day: &str, version: i64) -> SummaryRow {
    SummaryRow {
        hall: hall.into(),
        day: day.into(),
        version,
        head_seq: 7,
        totals: format!("totals of {hall} {day}"),
        detail: format!("detail {version} of {hall} {day}"),
    }
}

/// A summary is found by hall, span and version; a newer one takes its place.
pub(super) async fn a_summary_is_found_and_replaced(place: &Place) {
    let store = open(place).await;
    let days = ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"];
    let rows = days.map(|day| summary("centre", day, 2));
    store.keep_summaries(&rows).await.expect("kept");
    let others = [
        summary("north", "2026-11-02", 2),
        summary("north", "2026-11-03", 1),
    ];
    store.keep_summaries(&others).await.expect("kept");
    let november = ("2026-11-01", "2026-11-30");
    let found = store.summaries("centre", november, 2).await.expect("found");
    let detail = |day: &str| (day.to_owned(), format!("detail 2 of centre {day}"));
    assert_eq!(found, [detail("2026-11-01"), detail("2026-11-30")]);
    let summed = store.summed_days("north", november, 2).await;
    assert_eq!(summed.expect("found"), ["2026-11-02"]);
    let totals = store.day_totals(november, 2).await.expect("found");
    let of: Vec<_> = totals
        .iter()
        .map(|(hall, day, _)| (hall.as_str(), day.as_str()))
        .collect();
    let expected = [
        ("centre", "2026-11-01"),
        ("centre", "2026-11-30"),
        ("north", "2026-11-02"),
    ];
    assert_eq!(of, expected);
    let newer = [summary("centre", "2026-11-01", 3)];
    store.keep_summaries(&newer).await.expect("kept");
    let old = store.summed_days("centre", november, 2).await;
    assert_eq!(old.expect("found"), ["2026-11-30"]);
    let new = store.summaries("centre", november, 3).await.expect("found");
    assert_eq!(new[0].1, "detail 3 of centre 2026-11-01");
    store.close().await;
}

/// Rows of these kinds, one a second; a settlement names its day.
fn rows(kinds: &[(&str, Option<&str>)]) -> Vec<Row> {
    let mut prev = [0; 32];
    (1..)
        .zip(kinds)
        .map(|(seq, (kind, day))| {
            let mut row = Row {
                hall: "centre".into(),
                seq,
                log_id: Uuid::from_u128(7),
                event_id: link::random::id(hall::Timestamp(seq)),
                cmd_key: None,
                body_mac: None,
                actor: "somebody".into(),
                device: None,
                inc: None,
                kseq: None,
                at: 1000 * seq,
                mono_ms: 0,
                day: day.map(str::to_owned),
                number: None,
                kind: (*kind).to_owned(),
                payload: format!("{{\"n\":{seq}}}"),
                prev_hash: [0; 32],
                hash: [0; 32],
            };
            row.chain(prev);
            prev = row.hash;
            row
        })
        .collect()
}

/// The plan in force, the settlement before, and the first moment are found without a walk.
pub(super) async fn what_held_at_a_moment_is_found(place: &Place) {
    let store = open(place).await;
    assert_eq!(store.first_at("centre").await.expect("read"), None);
    let batch = Batch {
        rows: rows(&[
            ("plan_published", None),
            ("day_settled", Some("2026-11-20")),
            ("plan_published", None),
            ("day_settled", Some("2026-11-23")),
            ("window_ready", None),
        ]),
        active: Vec::new(),
    };
    store.append(&batch).await.expect("written");
    assert_eq!(store.first_at("centre").await.expect("read"), Some(1000));
    let plan = async |seq| store.plan_at("centre", seq).await.expect("read");
    assert_eq!(plan(0).await, None);
    assert_eq!(plan(2).await.as_deref(), Some("{\"n\":1}"));
    assert_eq!(plan(5).await.as_deref(), Some("{\"n\":3}"));
    let before = async |day| store.settled_before("centre", day).await.expect("read");
    assert_eq!(before("2026-11-20").await, None);
    assert_eq!(before("2026-11-23").await.as_deref(), Some("2026-11-20"));
    let at = async |span| store.settled_at("centre", span).await.expect("read");
    assert_eq!(at(("2026-11-20", "2026-11-23")).await, 4);
    assert_eq!(at(("2026-11-24", "2026-11-30")).await, 0);
    store.close().await;
}
