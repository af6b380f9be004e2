//! Looking into the hall: guides, facts, a day again, door plates. Pictures go to `target/pictures`.

use std::time::Duration;

use thirtyfour::common::print::{PrintOrientation, PrintPage, PrintParameters};
use thirtyfour::prelude::*;

use crate::pictures::{busy_morning, folder, picture};
use crate::world::{Browser, World};

/// Runs a script and takes what it returns.
async fn told(browser: &Browser, script: &str) -> serde_json::Value {
    let told = browser.page.execute(script, Vec::new()).await;
    told.expect("a script runs").json().clone()
}

/// Waits until a script is true.
async fn until(browser: &Browser, what: &str) {
    let began = link::clock::monotonic_now();
    while told(browser, &format!("return Boolean({what})")).await != true {
        let waited = link::clock::monotonic_now().duration_since(began);
        assert!(waited < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// How many sheets of A4 the page prints on.
async fn sheets(browser: &Browser, landscape: bool) -> usize {
    let orientation = if landscape {
        PrintOrientation::Landscape
    } else {
        PrintOrientation::Portrait
    };
    let wish = PrintParameters {
        orientation,
        page: PrintPage {
            width: 21.0,
            height: 29.7,
        },
        background: true,
        ..PrintParameters::default()
    };
    let paper = browser.page.print_page(wish).await.expect("it prints");
    let text = String::from_utf8_lossy(&paper);
    text.matches("/Type /Page\n").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reads_a_guide_by_phone_on_paper_and_at_the_kiosk() {
    let world = World::open("guide").await;
    let phone = Browser::open(390, 844).await;
    phone.go(&format!("{}/g/centre", world.base)).await;
    phone.click("a[href=\"/g/centre/D\"]").await;
    phone.sees("#materials", "不动产权证书").await;
    phone.sees("#rongque", "完税凭证").await;
    picture(&phone, "guide-phone").await;
    assert_eq!(sheets(&phone, false).await, 1, "a guide is one sheet");
    phone.close().await;
    let kiosk = Browser::open(1280, 1024).await;
    kiosk.go(&format!("{}/services/D", world.touch)).await;
    kiosk.sees(".materials", "不动产登记申请书").await;
    let inside = "return document.querySelector('.take.green').getBoundingClientRect().bottom \
                  <= document.querySelector('.keys').getBoundingClientRect().top + 1";
    picture(&kiosk, "kiosk-materials").await;
    assert_eq!(
        told(&kiosk, inside).await,
        true,
        "every key is on the screen"
    );
    kiosk.click("button[name=class][value=ordinary]").await;
    kiosk.find("#number").await;
    kiosk.close().await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_looks_at_facts_guides_plates_and_the_day_again() {
    let world = World::open("looking").await;
    busy_morning(&world).await;
    world.enter("eye", "inspector", None).await;
    let page = Browser::open(1366, 768).await;
    page.sign_in_as("eye", &format!("{}/halls/centre/floor", world.base))
        .await;
    page.go(&format!(
        "{}/halls/centre/evidence?item=T2&window=18",
        world.base
    ))
    .await;
    page.sees(".facts-table", "设置“暂停服务”(急事)").await;
    picture(&page, "evidence").await;
    compare_guides(&page, &world).await;
    replay(&page, &world).await;
    page.go(&format!("{}/halls/centre/plates", world.base))
        .await;
    page.find("#plate-1 svg").await;
    let cut = "return [...document.querySelectorAll('.plate')].filter((plate) => \
               plate.scrollHeight > plate.clientHeight + 1 || plate.scrollWidth > plate.clientWidth + 1).length";
    assert_eq!(told(&page, cut).await, 0, "a plate is cut off");
    // The longest names that a plan takes.
    let long = "const plate = document.getElementById('plate-2'); \
                plate.querySelector('h2').textContent = '十六个字的窗口名称十六个字的窗口'; \
                const services = plate.querySelector('.plate-services'); \
                services.className = 'plate-services is-tiny'; \
                services.textContent = '二十个字的事项名称二十个字的事项名称一二、'.repeat(21); \
                plate.querySelector('.plate-who').className = 'plate-who is-small'; \
                const [a, b] = plate.querySelectorAll('dd'); \
                a.textContent = '二十个字的窗口人员姓名二十个字的窗口人员'; \
                b.textContent = Array(4).fill(a.textContent).join('、');";
    told(&page, long).await;
    told(&page, "document.getElementById('plate-2').scrollIntoView()").await;
    picture(&page, "plate-long").await;
    assert_eq!(
        told(&page, cut).await,
        0,
        "a plate of long names is cut off"
    );
    told(&page, "scrollTo(0, 0)").await;
    picture(&page, "plates").await;
    let windows = told(&page, "return document.querySelectorAll('.plate').length").await;
    assert_eq!(Some(sheets(&page, true).await as u64), windows.as_u64());
    page.go(&world.base).await;
    picture(&page, "home").await;
    page.close().await;
    world.close().await;
}

async fn compare_guides(page: &Browser, world: &World) {
    page.go(&format!("{}/halls/centre/guides", world.base))
        .await;
    page.sees("#live, main", "3/18").await;
    let file = folder().join("platform.csv");
    let text = "事项编码,事项名称,设定依据,受理条件,申请材料,审查标准,办理程序,办结时限,更新日期\n\
                D,不动产登记,《不动产登记暂行条例》第十六条,,居民户口簿;买卖合同,,,5个工作日,2026-11-10\n";
    std::fs::write(&file, text).expect("a file");
    let input = page.find("input[type=file]").await;
    input
        .send_keys(file.display().to_string())
        .await
        .expect("a file is chosen");
    page.click("form[data-file] button").await;
    page.sees("#differences", "5个工作日").await;
    page.sees("#difference-count", "处不同").await;
    told(page, "document.getElementById('compare').scrollIntoView()").await;
    picture(page, "guides").await;
    std::fs::write(&file, "x,y\n1,2\n").expect("a file");
    let input = page.find("input[type=file]").await;
    told(page, "document.querySelector('form[data-file]').reset()").await;
    input
        .send_keys(file.display().to_string())
        .await
        .expect("a file is chosen");
    page.click("form[data-file] button").await;
    page.sees("#file-faults", "第1行:缺少“事项编码”列").await;
    std::fs::remove_file(&file).expect("the file goes");
}

async fn replay(page: &Browser, world: &World) {
    page.go(&format!("{}/halls/centre/replay/2026-11-24", world.base))
        .await;
    // From the first fact to the last with the keyboard alone.
    let bar = page.find("#scrub").await;
    bar.send_keys(Key::End + "").await.expect("a key");
    until(
        page,
        "document.getElementById('live').dataset.second === document.getElementById('scrub').value",
    )
    .await;
    page.sees("#live", "暂停服务").await;
    page.find("#next:not(a), .way.is-off").await;
    picture(page, "replay").await;
    let at = told(
        page,
        "return Number(document.getElementById('live').dataset.seq)",
    )
    .await;
    page.click("#before").await;
    until(
        page,
        &format!("Number(document.getElementById('live').dataset.seq) < {at}"),
    )
    .await;
    bar.send_keys(Key::Home + "").await.expect("a key");
    until(
        page,
        "document.getElementById('live').dataset.second === document.getElementById('scrub').min",
    )
    .await;
    page.click("#next").await;
    until(
        page,
        "document.getElementById('live').dataset.second !== document.getElementById('scrub').min",
    )
    .await;
    page.click("#speed option[value='60']").await;
    let before = told(
        page,
        "return Number(document.getElementById('scrub').value)",
    )
    .await;
    page.click("#play").await;
    until(
        page,
        &format!("Number(document.getElementById('live').dataset.second) > {before} + 60"),
    )
    .await;
    page.click("#play").await;
    assert_eq!(
        page.find("#play")
            .await
            .attr("aria-pressed")
            .await
            .expect("it has one")
            .as_deref(),
        Some("false")
    );
}
