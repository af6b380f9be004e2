//! Inspections, photos, deductions and appeals over HTTP.

use std::io::Cursor;

use hall::Role;
use image::{ImageFormat, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, Ask, DAY, HALL, House, Someone, new_key};

/// A person with a token of a role.
pub(crate) async fn person<'a>(house: &'a House, role: Role, code: &str) -> Someone<'a> {
    Someone {
        house,
        token: house.token_as(role, None, Some(code)).await,
    }
}

/// A breach at a window.
pub(crate) fn breach(window: &str, item: &str, requirement: u32) -> Value {
    json!({ "window": window, "item": item, "requirement": requirement, "outcome": "breach",
        "source": "patrol" })
}

pub(crate) async fn write(who: &Someone<'_>, what: &str, body: Value) -> Answer {
    who.post(&format!("{HALL}/{what}"), body).await
}

/// Writes down a breach, and takes points off for it.
pub(crate) async fn deduct(who: &Someone<'_>, seen: Value, article: &str, points: u32) -> String {
    let item = seen["item"].clone();
    let entry = write(who, "inspections", seen).await.good();
    let body = json!({ "inspection": entry["id"], "item": item, "article": article,
        "points": points });
    let made = write(who, "deductions", body).await.good();
    made["id"].as_str().expect("an id").to_owned()
}

fn picture(side: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(side, side, |x, y| {
        image::Rgb([(x % 251) as u8, (y % 241) as u8, 7])
    });
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

async fn send_photo(who: &Someone<'_>, kind: &str, bytes: Vec<u8>) -> Answer {
    who.house
        .send(Ask {
            method: Method::POST,
            path: &format!("{HALL}/photos"),
            token: Some(&who.token),
            raw: Some((kind, bytes)),
            ..Ask::default()
        })
        .await
}

#[tokio::test]
async fn a_patrol_with_its_entries_is_read_back() {
    let house = House::with_hall(3).await;
    house.clock("08:30:00").await;
    let manager = house.a(Role::Manager).await;
    manager.open("1", "c01").await;
    house.clock("09:00:00").await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let patrol = write(&inspector, "patrols", json!({ "source": "patrol" }))
        .await
        .good();
    let photo = send_photo(&inspector, "image/jpeg", picture(40, ImageFormat::Jpeg))
        .await
        .good();
    let mut seen = breach("1", "T2", 2);
    seen["photos"] = json!([photo["sha256"]]);
    seen["note"] = json!("离岗未设暂停服务提示");
    let entry = write(&inspector, "inspections", seen).await.good();
    let ends = format!("patrols/{}/ends", patrol["id"].as_str().expect("an id"));
    write(&inspector, &ends, json!({ "windows": ["2"] }))
        .await
        .good();

    let manager = house.a(Role::Manager).await;
    let list = manager.get(&format!("{HALL}/inspections")).await.good();
    let read = &list["items"][0];
    assert_eq!(read["id"], entry["id"]);
    assert_eq!(read["article"], "第七条(二)");
    assert_eq!(
        (&read["clerk"], &read["patrol"]),
        (&json!("c01"), &patrol["id"])
    );
    assert_eq!(read["seen_at"], format!("{DAY}T09:00:00+08:00"));
    let month = manager
        .get(&format!("{HALL}/patrols?month=2026-11"))
        .await
        .good();
    assert_eq!(
        month["days"][0],
        json!({ "day": DAY, "held": 1, "needed": 2, "missed": false })
    );
    assert_eq!(month["patrols"][0]["windows"], json!(["1", "2"]));
    house.stop().await;
}

#[tokio::test]
async fn an_entry_sent_twice_is_written_once() {
    let house = House::with_hall(1).await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let key = new_key();
    let path = format!("{HALL}/inspections");
    let mut answers = Vec::new();
    for _ in 0..2 {
        let ask = Ask {
            method: Method::POST,
            path: &path,
            token: Some(&inspector.token),
            key: Some(&key),
            body: Some(breach("1", "P3", 3)),
            ..Ask::default()
        };
        answers.push(house.send(ask).await.good());
    }
    assert_eq!(answers[0], answers[1]);
    let list = inspector.get(&path).await.good();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    house.stop().await;
}

#[tokio::test]
async fn an_entry_made_without_a_line_keeps_both_moments() {
    let house = House::with_hall(1).await;
    house.clock("10:00:00").await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let mut seen = breach("1", "P3", 3);
    seen["seen_at"] = json!(format!("{DAY}T09:10:00+08:00"));
    write(&inspector, "inspections", seen.clone()).await.good();
    let list = inspector.get(&format!("{HALL}/inspections")).await.good();
    assert_eq!(list["items"][0]["seen_at"], format!("{DAY}T09:10:00+08:00"));
    assert_eq!(
        list["items"][0]["received_at"],
        format!("{DAY}T10:00:00+08:00")
    );
    seen["seen_at"] = json!("2026-11-24T10:00:00+08:00");
    write(&inspector, "inspections", seen.clone())
        .await
        .refused(409, "seen_in_future");
    seen["seen_at"] = json!("2026-11-10T10:00:00+08:00");
    write(&inspector, "inspections", seen)
        .await
        .refused(409, "seen_too_long_ago");
    house.stop().await;
}

#[tokio::test]
async fn only_a_picture_is_taken_as_a_photo() {
    let house = House::with_hall(1).await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let text = b"not a picture".to_vec();
    send_photo(&inspector, "image/jpeg", text.clone())
        .await
        .refused(400, "malformed");
    send_photo(&inspector, "text/plain", text)
        .await
        .refused(415, "malformed");
    let large = vec![0; 4 * 1024 * 1024 + 1];
    send_photo(&inspector, "image/jpeg", large)
        .await
        .refused(413, "malformed");
    let png = send_photo(&inspector, "image/png", picture(2000, ImageFormat::Png))
        .await
        .good();
    assert_eq!(
        (&png["width"], &png["height"]),
        (&json!(1600), &json!(1600))
    );
    let again = send_photo(&inspector, "image/png", picture(2000, ImageFormat::Png))
        .await
        .good();
    assert_eq!(
        png["sha256"], again["sha256"],
        "the same picture has one name"
    );

    let path = format!("{HALL}/photos/{}", png["sha256"].as_str().expect("a name"));
    let kept = inspector.get(&path).await;
    assert_eq!(
        (kept.status, kept.header("content-type")),
        (200, "image/jpeg")
    );
    assert_eq!(
        image::guess_format(&kept.bytes).expect("a picture"),
        ImageFormat::Jpeg
    );
    let clerk = person(&house, Role::Clerk, "c01").await;
    clerk.get(&path).await.refused(404, "not_found");
    let manager = house.a(Role::Manager).await;
    send_photo(&manager, "image/png", picture(9, ImageFormat::Png))
        .await
        .refused(403, "not_your_role");

    let mut seen = breach("1", "P3", 3);
    seen["photos"] = json!(["00".repeat(32)]);
    write(&inspector, "inspections", seen)
        .await
        .refused(404, "not_found");
    house.stop().await;
}

#[tokio::test]
async fn what_an_entry_names_must_be_there() {
    let house = House::with_hall(1).await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let with = |name: &str, value: Value| {
        let mut seen = breach("1", "P3", 3);
        seen[name] = value;
        seen
    };
    for (seen, status, code) in [
        (with("window", json!("9")), 404, "not_found"),
        (with("requirement", json!(8)), 409, "no_such_requirement"),
        (with("note", json!("字".repeat(201))), 400, "malformed"),
        (with("note", json!("a\u{202e}b")), 400, "malformed"),
        (with("seqs", json!([999_999])), 400, "malformed"),
        (with("seqs", json!(vec![1; 51])), 400, "malformed"),
        (with("photos", json!(vec!["0"; 10])), 400, "malformed"),
        (with("partner", json!("nobody")), 404, "not_found"),
        (with("score", json!(1)), 400, "malformed"),
    ] {
        write(&inspector, "inspections", seen)
            .await
            .refused(status, code);
    }
    let manager = house.a(Role::Manager).await;
    write(&manager, "inspections", breach("1", "P3", 3))
        .await
        .refused(403, "not_your_role");
    house.stop().await;
}

#[tokio::test]
async fn points_are_taken_off_by_the_right_unit_and_the_right_article() {
    let house = House::with_hall(2).await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let guidance = person(&house, Role::Guidance, "g1").await;
    let guides = json!({ "item": "F4", "requirement": 1, "outcome": "breach", "source": "patrol" });
    write(&inspector, "inspections", guides.clone())
        .await
        .refused(409, "wrong_unit");
    let guides = write(&guidance, "inspections", guides).await.good();
    let seen = write(&inspector, "inspections", breach("1", "T2", 2))
        .await
        .good();
    let off = |seen: &Value, item: &str, article: &str, points: u32| json!({ "inspection": seen["id"], "item": item, "article": article, "points": points });
    for (body, code) in [
        (off(&guides, "F4", "第十五条", 1), "wrong_unit"),
        (off(&seen, "T2", "第六条(一)", 1), "article_elsewhere"),
        (off(&seen, "T2", "第七条(二)", 11), "points_out_of_range"),
        (
            json!({ "item": "T2", "article": "第七条(二)", "points": 1 }),
            "no_basis",
        ),
    ] {
        write(&inspector, "deductions", body)
            .await
            .refused(409, code);
    }
    let no_article = json!({ "inspection": seen["id"], "item": "T2", "points": 1 });
    write(&inspector, "deductions", no_article)
        .await
        .refused(400, "malformed");
    write(&inspector, "deductions", off(&seen, "T2", "第七条(二)", 1))
        .await
        .good();
    write(&guidance, "deductions", off(&guides, "F4", "第十五条", 1))
        .await
        .good();
    house.stop().await;
}

#[tokio::test]
async fn a_clerk_sees_and_appeals_against_their_own_deductions_alone() {
    let house = House::with_hall(2).await;
    house.clock("08:30:00").await;
    let inspector = person(&house, Role::Inspector, "i1").await;
    let second = person(&house, Role::Inspector, "i2").await;
    let (own, other) = (
        person(&house, Role::Clerk, "c01").await,
        person(&house, Role::Clerk, "c02").await,
    );
    let id = deduct(&inspector, breach("1", "T2", 2), "第七条(二)", 2).await;
    let list = format!("{HALL}/deductions?mine");
    assert_eq!(own.get(&list).await.good()["items"][0]["id"], id.as_str());
    assert_eq!(other.get(&list).await.good()["items"], json!([]));
    let appeals = format!("deductions/{id}/appeals");
    let text = json!({ "text": "当时在扶老人就座" });
    write(&other, &appeals, text.clone())
        .await
        .refused(403, "not_your_role");
    write(&own, &appeals, text.clone()).await.good();
    write(&own, &appeals, text)
        .await
        .refused(409, "appealed_already");
    let outcomes = format!("deductions/{id}/outcomes");
    let reversed = json!({ "outcome": "reversed", "reason": "情况属实" });
    write(&inspector, &outcomes, reversed.clone())
        .await
        .refused(409, "own_deduction");
    write(&second, &outcomes, reversed).await.good();
    let read = own.get(&list).await.good();
    assert_eq!(read["items"][0]["state"], "reversed");
    assert_eq!(read["items"][0]["decided"]["by"], "i2");

    let late = deduct(&inspector, breach("2", "T2", 3), "第七条(三)", 1).await;
    house.clock_to("2026-12-01T09:00:00+08:00").await;
    let appeals = format!("deductions/{late}/appeals");
    let problem = write(&other, &appeals, json!({ "text": "不属实" })).await;
    let problem = problem.refused(409, "appeal_too_late");
    let said = problem["text"]["zh"].as_str().expect("a sentence");
    assert!(said.contains("2026-11-30"), "{said}");
    house.stop().await;
}
