//! Elements, consumables and faults over HTTP.

use hall::Role;
use serde_json::{Value, json};

use crate::house::{HALL, House};
use crate::inspections::write;

#[tokio::test]
async fn what_waits_for_somebody_is_on_one_list() {
    let house = House::with_hall(1).await;
    let manager = house.a(Role::Manager).await;
    let missing = json!({ "element": "wheelchair", "state": "missing" });
    write(&manager, "upkeep/checks", missing).await.good();
    let stock = json!({ "name": "创可贴", "expires": "2026-12-01" });
    let stock = write(&manager, "upkeep/consumables", stock).await.good();
    let fault = json!({ "kind": "sign", "what": "紧急出口灯不亮" });
    let fault = write(&manager, "upkeep/faults", fault).await.good();
    write(
        &manager,
        "upkeep/daily",
        json!({ "check": "devices", "window": "1" }),
    )
    .await
    .good();
    let read = manager.get(&format!("{HALL}/upkeep")).await.good();
    let due: Vec<_> = read["due"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(due, ["expires", "fault", "missing"]);
    assert_eq!(read["devices_checked"], json!(["1"]));
    let id = |made: &Value| made["id"].as_str().expect("an id").to_owned();
    write(
        &manager,
        &format!("upkeep/consumables/{}/removals", id(&stock)),
        json!({}),
    )
    .await
    .good();
    let repaired = json!({ "remedy": "repaired" });
    write(
        &manager,
        &format!("upkeep/faults/{}/repairs", id(&fault)),
        repaired,
    )
    .await
    .good();
    write(
        &manager,
        "upkeep/checks",
        json!({ "element": "wheelchair", "state": "present" }),
    )
    .await
    .good();
    let read = manager.get(&format!("{HALL}/upkeep")).await.good();
    assert_eq!(read["due"], json!([]));
    house.stop().await;
}

#[tokio::test]
async fn who_does_not_work_on_the_floor_writes_nothing() {
    let house = House::with_hall(1).await;
    let inspector = house.a(Role::Inspector).await;
    let body = json!({ "element": "wheelchair", "state": "missing" });
    write(&inspector, "upkeep/checks", body)
        .await
        .refused(403, "not_your_role");
    inspector.get(&format!("{HALL}/upkeep")).await.good();
    let manager = house.a(Role::Manager).await;
    for (what, body, status, code) in [
        (
            "checks",
            json!({ "element": "palace", "state": "missing" }),
            409,
            "no_such_element",
        ),
        (
            "checks",
            json!({ "element": "aed", "state": "gone" }),
            400,
            "malformed",
        ),
        (
            "consumables",
            json!({ "name": "", "expires": "2026-12-01" }),
            400,
            "malformed",
        ),
        (
            "consumables",
            json!({ "name": "药", "expires": "2026-11-01" }),
            409,
            "expired_already",
        ),
        (
            "faults/00000000-0000-0000-0000-000000000001/repairs",
            json!({ "remedy": "repaired" }),
            404,
            "not_found",
        ),
        (
            "faults/x/repairs",
            json!({ "remedy": "repaired" }),
            404,
            "not_found",
        ),
    ] {
        write(&manager, &format!("upkeep/{what}"), body)
            .await
            .refused(status, code);
    }
    house.stop().await;
}
