//! What a store promises, the same on both engines.

use server::store::{ActiveCall, AppendError, Batch, Person, Row, Store, Token};
use uuid::Uuid;

use super::{Place, summaries};

/// Every promise, each on a fresh store.
pub(super) async fn all(place: impl AsyncFn(&'static str) -> Place) {
    rows_are_read_back_as_they_were_written(&place("rows").await).await;
    a_taken_position_is_a_conflict_and_writes_nothing(&place("position").await).await;
    a_key_is_used_once_by_an_actor(&place("keys").await).await;
    a_number_is_given_once_a_day(&place("numbers").await).await;
    a_window_holds_one_ticket_and_a_ticket_one_window(&place("windows").await).await;
    personal_texts_end_with_their_keys(&place("personal").await).await;
    people_sessions_and_tokens_are_kept(&place("people").await).await;
    a_one_time_code_is_used_once(&place("codes").await).await;
    a_secret_is_made_once(&place("secrets").await).await;
    summaries::a_summary_is_found_and_replaced(&place("summaries").await).await;
    summaries::what_held_at_a_moment_is_found(&place("moments").await).await;
}

async fn open(place: &Place) -> Store {
    Store::open_server(&place.url())
        .await
        .expect("the store opens")
}

/// A chain of `count` rows of a hall.
fn rows(hall: &str, from: i64, count: i64) -> Vec<Row> {
    let mut prev = [0; 32];
    (from..from + count)
        .map(|seq| {
            let mut row = Row {
                hall: hall.to_owned(),
                seq,
                log_id: Uuid::from_u128(7),
                event_id: link::random::id(hall::Timestamp(seq)),
                cmd_key: Some(format!("{seq}")),
                body_mac: Some(vec![0, 1, 255]),
                actor: "老张 \"o'\\".to_owned(),
                device: None,
                inc: None,
                kseq: None,
                at: 1_764_000_000_000 + seq,
                mono_ms: seq,
                day: Some("2026-11-23".to_owned()),
                number: Some(format!("A{seq:03}")),
                kind: "ticket_issued".to_owned(),
                payload: r#"{"reason":"急事 \"引号\" 𠮷\n","n":12345678901234567}"#.to_owned(),
                prev_hash: [0; 32],
                hash: [0; 32],
            };
            row.chain(prev);
            prev = row.hash;
            row
        })
        .collect()
}

fn batch(rows: Vec<Row>) -> Batch {
    Batch {
        rows,
        active: Vec::new(),
    }
}

#[track_caller]
fn assert_conflict(outcome: Result<(), AppendError>, what: &str) {
    match outcome {
        Err(AppendError::Conflict { hall }) => assert_eq!(hall, "centre", "{what}"),
        other => panic!("{what}: {other:?}"),
    }
}

async fn rows_are_read_back_as_they_were_written(place: &Place) {
    let store = open(place).await;
    let written = rows("centre", 1, 300);
    store
        .append(&batch(written.clone()))
        .await
        .expect("written");
    let mut mixed = rows("north", 1, 2);
    mixed.extend(rows("a-first", 1, 1));
    store
        .append(&batch(mixed))
        .await
        .expect("two halls at once");
    assert_eq!(store.rows("centre", 0, 1000).await.expect("rows"), written);
    let part = store.rows("centre", 10, 5).await.expect("rows");
    assert_eq!(part, written[10..15]);
    assert!(
        part.iter()
            .skip(1)
            .zip(&part)
            .all(|(row, prev)| row.is_chained(&prev.hash))
    );
    assert_eq!(store.rows("nowhere", 0, 10).await.expect("rows"), []);
    let heads = store.heads().await.expect("heads");
    let expected = [("a-first", 1), ("centre", 300), ("north", 2)];
    assert_eq!(heads, expected.map(|(hall, seq)| (hall.to_owned(), seq)));
    store.close().await;
    let again = open(place).await;
    assert_eq!(again.rows("centre", 0, 1000).await.expect("rows"), written);
    again.close().await;
}

async fn a_taken_position_is_a_conflict_and_writes_nothing(place: &Place) {
    let store = open(place).await;
    store
        .append(&batch(rows("centre", 1, 3)))
        .await
        .expect("written");
    let mut late = rows("centre", 3, 2);
    for row in &mut late {
        row.cmd_key = None;
        row.number = None;
    }
    assert_conflict(store.append(&batch(late.clone())).await, "position 3");
    assert_eq!(
        store.heads().await.expect("heads"),
        [("centre".to_owned(), 3)]
    );
    late.remove(0);
    store
        .append(&batch(late))
        .await
        .expect("the next position is free");
    store.close().await;
}

async fn a_key_is_used_once_by_an_actor(place: &Place) {
    let store = open(place).await;
    store
        .append(&batch(rows("centre", 1, 1)))
        .await
        .expect("written");
    let mut again = rows("centre", 2, 1);
    again[0].cmd_key = Some("1".to_owned());
    assert_conflict(store.append(&batch(again.clone())).await, "the key 1");
    again[0].actor = String::from("somebody else");
    store
        .append(&batch(again))
        .await
        .expect("another actor's key");
    store.close().await;
}

async fn a_number_is_given_once_a_day(place: &Place) {
    let store = open(place).await;
    store
        .append(&batch(rows("centre", 1, 1)))
        .await
        .expect("written");
    let mut again = rows("centre", 2, 1);
    again[0].number = Some("A001".to_owned());
    assert_conflict(store.append(&batch(again.clone())).await, "the number A001");
    again[0].day = Some("2026-11-24".to_owned());
    store.append(&batch(again)).await.expect("another day");
    let mut other = rows("north", 1, 1);
    other[0].number = Some("A001".to_owned());
    store.append(&batch(other)).await.expect("another hall");
    store.close().await;
}

async fn a_window_holds_one_ticket_and_a_ticket_one_window(place: &Place) {
    let store = open(place).await;
    let change = |ticket: &str, window: Option<&str>| ActiveCall {
        hall: "centre".to_owned(),
        ticket: ticket.to_owned(),
        window: window.map(str::to_owned),
    };
    let with = |seq, active: Vec<ActiveCall>| Batch {
        rows: rows("centre", seq, 1),
        active,
    };
    store
        .append(&with(1, vec![change("t1", Some("1"))]))
        .await
        .expect("called");
    let second = store.append(&with(2, vec![change("t2", Some("1"))])).await;
    assert_conflict(second, "window 1 twice");
    assert_eq!(
        store.rows("centre", 1, 9).await.expect("rows"),
        [],
        "all or nothing"
    );
    let moved = vec![change("t1", None), change("t2", Some("1"))];
    store
        .append(&with(2, moved))
        .await
        .expect("one after the other");
    let elsewhere = store.append(&with(3, vec![change("t2", Some("2"))])).await;
    elsewhere.expect("the ticket moves: it is at one window at a time");
    store
        .append(&with(4, vec![change("t1", Some("1"))]))
        .await
        .expect("window 1 is free");
    store.close().await;
}

async fn personal_texts_end_with_their_keys(place: &Place) {
    let store = open(place).await;
    for (reference, expires_at) in [("r1", 1000), ("r2", 2000), ("r3", 3000)] {
        let kept = store.keep_personal(reference, "centre", b"sealed", (&[7; 32], expires_at));
        kept.await.expect("kept");
    }
    let found = store.personal("r1").await.expect("read");
    assert_eq!(found, Some((b"sealed".to_vec(), vec![7; 32])));
    store.shred_personal("r2", 500).await.expect("shredded");
    assert_eq!(store.personal("r2").await.expect("read"), None);
    assert_eq!(store.shred_expired(1000).await.expect("swept"), 1);
    assert_eq!(store.personal("r1").await.expect("read"), None);
    assert!(store.personal("r3").await.expect("read").is_some());
    assert_eq!(store.shred_expired(1000).await.expect("swept"), 0);
    store.close().await;
}

async fn people_sessions_and_tokens_are_kept(place: &Place) {
    let store = open(place).await;
    let person = Person {
        code: "zhang".to_owned(),
        name: "张三".to_owned(),
        password_hash: None,
        roles: "clerk,manager".to_owned(),
        hall: Some("centre".to_owned()),
        clerk: None,
        disabled: false,
        created_at: 5,
    };
    store.create_person(&person).await.expect("entered");
    store
        .create_person(&person)
        .await
        .expect_err("the code is taken");
    store.set_password("zhang", "hash").await.expect("set");
    let known = store.person("zhang").await.expect("read").expect("there");
    assert_eq!(known.password_hash.as_deref(), Some("hash"));
    store
        .create_session(b"s1", "zhang", 10, 100)
        .await
        .expect("signed in");
    store
        .create_session(b"s2", "zhang", 10, 200)
        .await
        .expect("signed in");
    store.touch_session(b"s1", 50).await.expect("touched");
    let session = store.session(b"s1").await.expect("read").expect("there");
    assert_eq!((session.seen_at, session.expires_at), (50, 100));
    store.delete_sessions_over(100).await.expect("swept");
    assert_eq!(store.session(b"s1").await.expect("read"), None);
    let mark = store.shut_out_mark().await.expect("read");
    store.disable_person("zhang").await.expect("disabled");
    store.delete_sessions_of("zhang").await.expect("signed out");
    assert_eq!(store.session(b"s2").await.expect("read"), None);
    assert!(
        store
            .person("zhang")
            .await
            .expect("read")
            .is_some_and(|p| p.disabled)
    );
    assert_ne!(store.shut_out_mark().await.expect("read"), mark);
    let token = Token {
        id: "t1".to_owned(),
        role: "kiosk".to_owned(),
        hall: None,
        person: None,
        label: Some("一号机".to_owned()),
        created_at: 1,
        expires_at: None,
        revoked_at: None,
    };
    store.create_token(&token, b"h1").await.expect("made");
    assert_eq!(
        store.token_by_hash(b"h1").await.expect("read"),
        Some(token.clone())
    );
    store.revoke_token("t1", 9).await.expect("revoked");
    store.revoke_token("t1", 99).await.expect("once is enough");
    let revoked = store.tokens().await.expect("read");
    assert_eq!(revoked[0].revoked_at, Some(9));
    store.close().await;
}

async fn a_one_time_code_is_used_once(place: &Place) {
    let store = open(place).await;
    store
        .create_one_time_code("zhang", b"c1", 100)
        .await
        .expect("made");
    store
        .create_one_time_code("zhang", b"c2", 100)
        .await
        .expect("made");
    for (code, now, is_good) in [(b"c1", 1, false), (b"c2", 100, false), (b"c2", 99, true)] {
        let used = store
            .use_one_time_code("zhang", code, now)
            .await
            .expect("asked");
        assert_eq!(used, is_good, "{code:?} at {now}");
    }
    let again = store
        .use_one_time_code("zhang", b"c2", 1)
        .await
        .expect("asked");
    assert!(!again, "a code is used once");
    store.close().await;
}

async fn a_secret_is_made_once(place: &Place) {
    let store = open(place).await;
    let first = store.secret_or_create("server").await.expect("made");
    assert_eq!(store.secret_or_create("server").await.expect("read"), first);
    assert_ne!(store.secret_or_create("other").await.expect("made"), first);
    assert_ne!(first, [0; 32]);
    store.close().await;
}

/// A trigger that fires once a statement counts them.
pub(super) async fn a_batch_is_one_statement(place: &Place) {
    let store = open(place).await;
    place.sql("create table counted (n bigint)").await;
    place
        .sql(
            "create function count_one() returns trigger language plpgsql as \
            $$ begin insert into counted values (1); return null; end $$",
        )
        .await;
    place
        .sql(
            "create trigger counting after insert on journal \
            for each statement execute function count_one()",
        )
        .await;
    store
        .append(&batch(rows("centre", 1, 500)))
        .await
        .expect("written");
    let Place::Database(url) = place else {
        panic!("only PostgreSQL has triggers for statements");
    };
    let pool = sqlx::PgPool::connect(url).await.expect("the database");
    let counted = sqlx::query_as("select count(*) from counted").fetch_one(&pool);
    let (count,): (i64,) = counted.await.expect("a count");
    assert_eq!(count, 1);
    pool.close().await;
    store.close().await;
}
