//! Service guides: leads, the comparison with the platform's export, and what visitors read.

use hall::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Ask, HALL, House, new_key, plan};

const HEADING: &str =
    "事项编码,事项名称,设定依据,受理条件,申请材料,审查标准,办理程序,办结时限,更新日期";

/// A whole guide for A, with papers that may follow; B is online only and has no guide.
fn guided() -> Value {
    let mut plan = plan("centre", 1);
    plan["services"][0]["guide"] = json!({
        "basis": "《社会保险法》第五十八条", "conditions": "本区用人单位职工",
        "materials": ["居民身份证", "劳动合同", "单位认为需要的其他材料"],
        "criteria": "材料齐全", "procedure": "受理、审核、办结", "limit": "5个工作日",
        "updated": "2026-11-01", "main_materials": ["居民身份证"],
        "rongque": { "materials": ["劳动合同"], "conditions": "书面承诺10日内补齐" },
        "promise": { "content": "符合参保条件", "requirements": "如实填报",
            "liability": "撤销决定并记入信用记录" },
    });
    plan["services"][1]["online_only"] = json!(true);
    plan["services"][1]["channel_basis"] = json!("示例条例第三条");
    plan
}

async fn house() -> House {
    let house = House::empty().await;
    let system = house.a(Role::System).await;
    let path = "/api/v1/halls/centre/plan";
    system.put(path, guided()).await.good();
    house
}

#[tokio::test]
async fn every_service_has_its_leads() {
    let house = house().await;
    let guidance = house.a(Role::Guidance).await;
    let page = guidance.get(&format!("{HALL}/guides")).await.good();
    let [a, b] = page["items"].as_array().expect("items").as_slice() else {
        panic!("two services");
    };
    assert_eq!((&a["code"], &a["present"]), (&json!("A"), &json!(7)));
    assert_eq!((&a["missing"], &a["age_days"]), (&json!([]), &json!(22)));
    assert_eq!(a["vague"][0]["field"], "materials[2]");
    assert_eq!(a["vague"][0]["term"], "其他材料");
    assert_eq!(a["online_only"], false);
    assert_eq!(b["present"], 1);
    assert_eq!(b["missing"].as_array().map(Vec::len), Some(7));
    assert_eq!(
        (&b["online_only"], &b["age_days"]),
        (&json!(true), &Value::Null)
    );
    house.stop().await;
}

#[tokio::test]
async fn a_channel_without_its_law_and_a_main_paper_that_may_lack_are_refused() {
    let house = house().await;
    let system = house.a(Role::System).await;
    let mut wrong = guided();
    wrong["services"][0]["booking_only"] = json!(true);
    wrong["services"][0]["guide"]["rongque"]["materials"] = json!(["居民身份证"]);
    let answer = system.put("/api/v1/halls/centre/plan", wrong).await;
    let body = answer.refused(422, "plan_invalid");
    let paths: Vec<_> = body["faults"].as_array().expect("faults").iter().collect();
    let paths: Vec<_> = paths
        .iter()
        .filter_map(|fault| fault["path"].as_str())
        .collect();
    let wanted = [
        "services[0].channel_basis",
        "services[0].guide.rongque.materials[0]",
    ];
    assert_eq!(paths, wanted);
    house.stop().await;
}

/// Sends a file as a browser does.
async fn compare(house: &House, kind: &str, file: &str) -> (u16, Value) {
    let token = house.token(Role::Guidance, None).await;
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let answer = client
        .post(format!("{}{HALL}/guides/comparisons", house.base))
        .bearer_auth(token)
        .header("idempotency-key", new_key())
        .header("content-type", kind)
        .body(file.to_owned())
        .send()
        .await
        .expect("an answer");
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("a whole answer");
    (status, serde_json::from_str(&text).expect("JSON"))
}

#[tokio::test]
async fn an_export_of_the_platform_is_compared_element_by_element() {
    let house = house().await;
    let seq = house.a(Role::Manager).await.get(HALL).await.good()["seq"].clone();
    let file = format!(
        "{HEADING}\nA,社会保险,《社会保险法》第五十八条,本区用人单位职工,\"1.居民身份证;2.劳动合同\",材料齐全,受理、审核、办结,10个工作日,2026-11-01\nX,临时身份证,,,,,,,\n"
    );
    let (status, body) = compare(&house, "text/csv; charset=utf-8", &file).await;
    assert_eq!(status, 200, "{body}");
    let told: Vec<_> = body["items"].as_array().expect("items").iter().collect();
    let told: Vec<_> = told
        .iter()
        .map(|one| {
            (
                one["name"].as_str(),
                one["element"].as_str(),
                one["side"].as_str(),
            )
        })
        .collect();
    let wanted = [
        (Some("社会保险"), Some("materials"), Some("only_here")),
        (Some("社会保险"), Some("limit"), Some("both")),
        (Some("医疗保障"), Some("name"), Some("only_here")),
        (Some("临时身份证"), Some("name"), Some("only_there")),
    ];
    assert_eq!(told, wanted);
    assert_eq!(body["items"][1]["here"], "5个工作日");
    assert_eq!(body["items"][1]["there"], "10个工作日");
    assert_eq!(body["items"][1]["element_name"]["zh"], "办结时限");
    assert_eq!((&body["rows"], &body["services"]), (&json!(2), &json!(2)));
    // Nothing is changed and nothing is kept.
    let after = house.a(Role::Manager).await.get(HALL).await.good()["seq"].clone();
    assert_eq!(seq, after);
    house.stop().await;
}

#[tokio::test]
async fn a_file_that_is_wrong_is_told_with_its_rows() {
    let house = house().await;
    let file = format!("{HEADING}\n,无编码,,,,,,,\nB,医疗保障,,,,,,,昨天\n");
    let (status, body) = compare(&house, "text/csv", &file).await;
    assert_eq!(
        (status, &body["code"], &body["field"]),
        (400, &json!("malformed"), &json!("file"))
    );
    assert_eq!(body["rows"][0]["row"], 2);
    assert_eq!(
        body["rows"][1]["zh"],
        "第3行:“更新日期”应写成2026-11-23这样的日期"
    );
    assert_eq!(body["text"]["zh"], body["rows"][0]["zh"]);
    let (status, body) = compare(&house, "text/csv", "PK\u{3}\u{4}").await;
    assert_eq!(status, 400);
    assert!(
        body["text"]["zh"]
            .as_str()
            .expect("a sentence")
            .contains("XLSX")
    );
    let (status, body) = compare(&house, "application/json", "{}").await;
    assert_eq!(
        (status, &body["text"]["zh"]),
        (415, &json!("请上传CSV或XLSX表格"))
    );
    let large = "x".repeat(5 * 1024 * 1024);
    assert_eq!(compare(&house, "text/csv", &large).await.0, 413);
    let token = house.token(Role::Manager, None).await;
    let path = format!("{HALL}/guides/comparisons");
    let ask = Ask {
        method: Method::POST,
        path: &path,
        token: Some(&token),
        headers: &[("content-type", "text/csv")],
        ..Ask::default()
    };
    let body = house.send(ask).await.refused(400, "malformed");
    assert_eq!(body["field"], "Idempotency-Key");
    house.stop().await;
}

#[tokio::test]
async fn visitors_read_a_guide_without_a_login_in_less_than_50_kb() {
    let house = house().await;
    let page = async |path: &str| {
        let ask = Ask {
            path,
            ..Ask::default()
        };
        house.send(ask).await
    };
    let list = page("/g/centre").await;
    assert_eq!(list.status, 200);
    assert!(list.text.contains("href=\"/g/centre/A\""));
    let guide = page("/g/centre/A").await;
    assert_eq!(guide.status, 200);
    for word in [
        "居民身份证</li>",
        "主要材料",
        "容缺受理",
        "书面承诺10日内补齐",
        "5个工作日",
        "审查标准",
        "撤销决定并记入信用记录",
        "1号综合窗口",
        "0533-0000000",
    ] {
        let word = word.trim_end_matches("</li>");
        assert!(guide.text.contains(word), "{word}");
    }
    let online = page("/g/centre/B").await;
    assert!(
        online
            .text
            .contains("依据示例条例第三条,本事项只能网上办理")
    );
    let styles = [
        "tokens.css",
        "base.css",
        "visit.css",
        "guides.css",
        "mark.svg",
    ];
    let mut bytes = guide.text.len();
    for name in styles {
        bytes += page(&format!("/assets/{name}")).await.text.len();
    }
    assert!(bytes < 50 * 1024, "{bytes} bytes");
    for path in ["/g/centre/Z", "/g/nowhere", "/g/nowhere/A"] {
        let unknown = page(path).await;
        assert_eq!(unknown.status, 404, "{path}");
        assert!(unknown.text.contains("请核对地址或到咨询台"), "{path}");
    }
    house.stop().await;
}

#[tokio::test]
async fn staff_see_what_each_guide_lacks() {
    let house = house().await;
    let guidance = house.a(Role::Guidance).await;
    let page = guidance.get("/halls/centre/guides").await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("<b>1/2</b> 项七要素齐全"),
        "{}",
        page.text
    );
    assert!(page.text.contains("申请材料第3项“其他材料”"));
    assert!(
        page.text
            .contains("设定依据、受理条件、申请材料、审查标准、办理程序、办结时限、更新日期")
    );
    assert!(page.text.contains("只能网上"));
    let clerk = house.a(Role::Clerk).await;
    assert_eq!(clerk.get("/halls/centre/guides").await.status, 403);
    house.stop().await;
}

#[test]
fn a_plan_with_guides_goes_to_toml_and_back() {
    let plan: hall::plan::Plan = serde_json::from_value(guided()).expect("a plan");
    let text = toml::to_string_pretty(&plan).expect("it is written");
    assert!(text.contains("channel_basis = \"示例条例第三条\""));
    let read: hall::plan::Plan = toml::from_str(&text).expect("it reads");
    assert_eq!(read, plan);
}
