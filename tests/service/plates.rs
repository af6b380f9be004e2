//! Door plates: one a window, as the plan has it.

use hall::Role;
use serde_json::json;

use crate::house::{House, plan};

#[tokio::test]
async fn every_window_has_a_plate_with_its_services_its_clerks_and_the_phone() {
    let house = House::empty().await;
    let system = house.a(Role::System).await;
    let mut with_url = plan("centre", 2);
    let path = "/api/v1/halls/centre/plan";
    system.put(path, with_url.clone()).await.good();
    let manager = house.a(Role::Manager).await;
    let page = manager.get("/halls/centre/plates").await;
    assert_eq!(page.status, 200);
    for word in [
        "id=\"plate-1\"",
        "id=\"plate-2\"",
        "社会保险、医疗保障",
        "<dd>窗口人员1</dd>",
        "<dd>窗口人员2</dd>",
        "0533-0000000",
    ] {
        assert!(page.text.contains(word), "{word}");
    }
    // No address, no picture.
    assert!(!page.text.contains("<svg"));
    with_url["hall"]["public_url"] = json!("https://example.test/");
    with_url["windows"][0]["services"] = json!(["B"]);
    system.put(path, with_url).await.good();
    let page = manager.get("/halls/centre/plates").await;
    assert_eq!(page.text.matches("<svg").count(), 2);
    assert!(page.text.contains(">医疗保障<"));
    let clerk = house.a(Role::Clerk).await;
    assert_eq!(clerk.get("/halls/centre/plates").await.status, 403);
    assert_eq!(manager.get("/halls/nowhere/plates").await.status, 404);
    house.stop().await;
}
