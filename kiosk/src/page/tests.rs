//! The pages, asked as a browser asks.

use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};

use crate::print::{Profile, VirtualPrinter};
use crate::rehearsal::{LOCAL, Server, new_file};
use crate::{Config, Kiosk};

const INTENT: &str = "01935f00-1111-7000-8000-000000000001";

struct Screen {
    server: Server,
    printer: VirtualPrinter,
    kiosk: Kiosk,
    browser: Client,
}

impl Screen {
    async fn new() -> Self {
        let server = Server::start().await;
        let printer = VirtualPrinter::start(LOCAL).await.unwrap();
        let kiosk = crate::start(Config {
            server: server.base(),
            hall: "qh".into(),
            token: "token".into(),
            printer: format!("tcp://{}", printer.address()).parse().unwrap(),
            profile: Profile::default(),
            listen: LOCAL,
            data: new_file(),
        });
        let kiosk = kiosk.await.unwrap();
        let browser = Client::builder().redirect(redirect::Policy::none());
        let screen = Self {
            server,
            printer,
            kiosk,
            browser: browser.build().unwrap(),
        };
        while !screen
            .page("/status")
            .await
            .contains("\"printer\":\"ready\"")
            || !screen.page("/").await.contains("社保医保")
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        screen
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.kiosk.address)
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.browser.get(self.url(path)).send().await.unwrap();
        answer.text().await.unwrap()
    }

    async fn send(&self, path: &str, form: &str) -> (StatusCode, String) {
        let request = self.browser.post(self.url(path)).body(form.to_owned());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.send().await.unwrap();
        let place = answer.headers().get("location").cloned();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        (
            status,
            place.map_or(text, |place| place.to_str().unwrap().to_owned()),
        )
    }

    /// The page of a number when its paper has an outcome.
    async fn result(&self) -> String {
        loop {
            let page = self.page(&format!("/results/{INTENT}")).await;
            if !page.contains("id=\"printing\"") {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn take(service: &str) -> String {
    format!("service={service}&class=ordinary&intent={INTENT}")
}

#[tokio::test]
async fn the_menu_offers_open_services_and_says_why_others_are_closed() {
    let screen = Screen::new().await;
    let menu = screen.page("/").await;
    assert!(menu.contains("href=\"/services/A\""));
    assert!(!menu.contains("href=\"/services/B\""));
    assert!(menu.contains("今天没有窗口办理,请到咨询台"));
    let choose = screen.page("/services/A").await;
    for word in ["取普通号", "绿色通道", "老年人", "军人", "name=\"intent\""] {
        assert!(choose.contains(word), "{word}");
    }
    let (before, after) = choose.split_once("取普通号").expect("the button");
    assert!(before.contains("办理所需材料") && before.contains("<li>劳动合同</li>"));
    assert!(
        !after.contains("劳动合同"),
        "what to bring stands before the number"
    );
    let (status, place) = screen.send("/modes", "name=language&value=en").await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/"));
}

#[tokio::test]
async fn a_number_is_shown_very_large_with_what_became_of_its_paper() {
    let screen = Screen::new().await;
    let (status, place) = screen.send("/tickets", &take("A")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(place, format!("/results/{INTENT}"));
    let page = screen.result().await;
    assert!(page.contains("id=\"number\">A001<") && page.contains("请取走号票"));
    assert!(page.contains("data-home-after=\"8\""));
    // The same form once more is the same number, without waiting.
    assert_eq!(
        screen.send("/tickets", &take("A")).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(screen.server.facts.borrow().tickets.len(), 1);
    let other = take("A").replace("1111", "2222");
    assert_eq!(
        screen.send("/tickets", &other).await.0,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(screen.printer.papers().len(), 1);
    screen.kiosk.stop().await;
}

#[tokio::test]
async fn a_slip_that_did_not_print_can_be_asked_for_again() {
    let screen = Screen::new().await;
    screen.printer.run_out_of_paper();
    screen.send("/tickets", &take("A")).await;
    let page = screen.result().await;
    assert!(page.contains("号票没有打印,号码有效") && page.contains("补打号票"));
    assert!(page.contains("data-home-after=\"30\""));
    while !screen.page("/status").await.contains("\"paper\":\"out\"") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(screen.page("/").await.contains("号票纸已用完"));
    screen.printer.recover();
    let copies = format!("/results/{INTENT}/copies");
    assert_eq!(screen.send(&copies, "").await.0, StatusCode::SEE_OTHER);
    screen.printer.wait_for_papers(1).await;
    assert!(screen.printer.papers()[0].text().contains("补打"));
}

#[tokio::test]
async fn a_refusal_is_a_calm_page_with_the_servers_words() {
    let screen = Screen::new().await;
    screen.server.facts.send_modify(|facts| facts.refuse = true);
    let (status, page) = screen.send("/tickets", &take("A")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("本时段号已取完") && page.contains("返回"));
}

#[tokio::test]
async fn a_wrong_form_takes_no_number() {
    let screen = Screen::new().await;
    for form in [
        "",
        "service=A",
        "service=A&class=ordinary&intent=no-uuid",
        &format!("service=A&class=vip&intent={INTENT}"),
        &format!("service=A&ground=rich&intent={INTENT}"),
        &format!("service=A&intent={INTENT}"),
    ] {
        let (status, page) = screen.send("/tickets", form).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{form}");
        assert!(page.contains("请返回后重新选择"), "{form}");
    }
    assert!(screen.server.facts.borrow().tickets.is_empty());
    assert_eq!(screen.page("/services/none").await, "");
}

#[tokio::test]
async fn names_are_text_and_nothing_else() {
    let screen = Screen::new().await;
    let hostile = "<script>alert(1)</script>\"'&";
    screen.server.facts.send_modify(|facts| {
        facts.name = hostile.into();
        facts.why = hostile.into();
    });
    while !screen.page("/").await.contains("alert(1)") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    screen.send("/tickets", &take("A")).await;
    for page in [
        screen.page("/").await,
        screen.page("/services/A").await,
        screen.result().await,
    ] {
        assert!(page.contains("alert(1)"));
        assert!(!page.contains("<script>"), "{page}");
    }
}

#[tokio::test]
async fn every_answer_keeps_foreign_things_out_and_nothing_stays() {
    let screen = Screen::new().await;
    for path in ["/", "/services/A", "/status", "/assets/kiosk.css", "/none"] {
        let answer = screen.browser.get(screen.url(path)).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-security-policy").starts_with("default-src 'self'"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
    }
    let status: serde_json::Value = serde_json::from_str(&screen.page("/status").await).unwrap();
    assert_eq!(status["online"], true);
    assert_eq!(status["printer"], "ready");
    assert_eq!(status["paper"], "ok");
    assert_eq!(status["unsynced"], 0);
}
