//! The floor, the visitor's page, sign-in, home, tickets, and the static files.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use hall::view::{TicketView, Wait};
use hall::{Command, TicketId};
use tower::ServiceExt as _;

use super::world::{World, viewer};
use crate::pages::floor::{self, FloorData};
use crate::pages::login::{self, LoginData};
use crate::pages::public_ticket::{self, PublicTicketData};
use crate::pages::tickets::{self, TicketsData};
use crate::pages::{Viewer, assets};

pub(super) fn floor_data(world: &World, manager: bool) -> FloorData {
    let viewer = Viewer {
        manager,
        ..viewer()
    };
    FloorData::of(&world.hall, &world.position(), viewer).expect("a floor")
}

pub(super) fn ticket_view(world: &World, id: TicketId) -> TicketView {
    let ticket = world.hall.ticket(id).expect("a ticket");
    world.hall.ticket_view(ticket, 1)
}

pub(super) fn visit(world: &World, id: TicketId) -> PublicTicketData {
    PublicTicketData {
        hall: world.hall.hall_name(),
        complaint_phone: Some("0533-0000000".into()),
        token: "tok-1".into(),
        ticket: ticket_view(world, id),
        at: world.now.in_zone(world.hall.zone()),
        pretend: false,
        reinstate_after: 3,
        paused: public_ticket::paused(&world.hall, id),
        after_hours: false,
        rating: public_ticket::Rating::of(&world.hall, id, world.now),
    }
}

fn visit_html(world: &World, id: TicketId) -> String {
    public_ticket::page(&visit(world, id)).expect("a page")
}

#[test]
fn the_floor_shows_who_waits_without_a_window() {
    let mut world = World::new();
    world.issue("A");
    let html = floor::live(&floor_data(&world, true)).expect("a page");
    assert!(html.contains("is-stranded") && html.contains("无开放窗口"));
}

#[test]
fn while_closing_the_floor_lists_what_is_in_the_way_of_settlement() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.go_to(17, 30);
    let html = floor::live(&floor_data(&world, true)).expect("a page");
    assert!(html.contains("B001") && html.contains("可办窗口"));
    assert!(html.contains("/day/settlements?date=2026-11-23"));
    assert!(html.contains("未完 <b>1</b>"));
}

#[test]
fn only_a_manager_is_offered_the_settlement() {
    let mut world = World::new();
    world.open("1");
    world.issue("B");
    world.go_to(17, 30);
    let html = floor::live(&floor_data(&world, false)).expect("a page");
    assert!(!html.contains("settlements"));
}

#[test]
fn the_visitor_reads_where_to_go() {
    let mut world = World::new();
    world.open("1");
    let ticket = world.issue("B");
    assert!(visit_html(&world, ticket).contains("已取号,请在休息区等候"));
    world.call("1");
    let html = visit_html(&world, ticket);
    assert!(html.contains("<p class=\"visit-headline\">请到1号窗口</p>"));
    world.later(61);
    world.act(&Command::MarkNoShow {
        window: super::world::window("1"),
    });
    let html = visit_html(&world, ticket);
    assert!(html.contains("刚才没有等到您") && html.contains("取号时间保留"));
}

#[test]
fn the_visitor_is_thanked_at_the_end() {
    let mut world = World::new();
    world.open("1");
    let ticket = world.issue("B");
    world.call("1");
    world.start("1");
    assert!(visit_html(&world, ticket).contains("正在1号窗口办理"));
    world.finish("1");
    let html = visit_html(&world, ticket);
    assert!(html.contains("已办结,请带好随身物品,再见!"));
    assert!(
        html.contains("data-rating=\"asked\""),
        "the visit can be rated"
    );
    assert!(!html.contains("checked"), "nothing is chosen beforehand");
    for over in ["cancellations", "delays", "help-requests"] {
        assert!(!html.contains(over), "{over} is over");
    }
}

#[test]
fn a_wait_is_a_band_or_openly_unknown() {
    let mut world = World::new();
    let ticket = world.issue("B");
    assert!(visit_html(&world, ticket).contains("暂无法估计"));
    let mut data = visit(&world, ticket);
    data.ticket.wait = Some(Wait {
        p50_min: 15,
        p90_min: 25,
    });
    let html = public_ticket::page(&data).expect("a page");
    assert!(html.contains("<b>15–25</b> 分钟"));
}

#[test]
fn the_order_is_told_to_every_visitor() {
    let mut world = World::new();
    let ticket = world.issue("B");
    let html = visit_html(&world, ticket);
    assert!(html.contains("一般按取号次序叫号,预约及依法优先人员适当提前"));
}

#[test]
fn a_ticket_is_delayed_once() {
    let mut world = World::new();
    let ticket = world.issue("B");
    assert!(visit_html(&world, ticket).contains("/public/tickets/tok-1/delays"));
    world.act(&Command::Delay { ticket });
    let html = visit_html(&world, ticket);
    assert!(!html.contains("/delays"));
    assert!(html.contains("/public/tickets/tok-1/cancellations"));
}

#[test]
fn the_visitors_page_is_less_than_50_kilobytes_in_all() {
    let mut world = World::new();
    let ticket = world.issue("B");
    let needed = [
        "mark.svg",
        "tokens.css",
        "base.css",
        "visit.css",
        "poll.js",
        "swap.js",
        "act.js",
        "body.js",
        "request.js",
        "toast.js",
    ];
    let files = assets::FILES
        .iter()
        .filter(|(name, ..)| needed.contains(name));
    let size: usize = files.map(|(.., content)| content.len()).sum();
    let whole = size + visit_html(&world, ticket).len();
    assert!(whole < 50_000, "{whole} bytes");
}

#[test]
fn an_unknown_token_is_answered_kindly() {
    let html = public_ticket::unknown().expect("a page");
    assert!(html.contains("没有找到这个号票") && html.contains("咨询台"));
}

#[test]
fn signing_in_never_leads_to_another_site() {
    for next in [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "",
    ] {
        let data = LoginData {
            next: next.into(),
            ..LoginData::default()
        };
        let html = login::page(&data).expect("a page");
        assert!(html.contains("data-then=\"/\""), "{next}");
    }
}

#[test]
fn an_open_line_is_called_unencrypted() {
    let mut data = LoginData::default();
    assert!(!login::page(&data).expect("a page").contains("未加密"));
    data.unencrypted = true;
    assert!(login::page(&data).expect("a page").contains("未加密"));
}

#[test]
fn tickets_are_listed_with_their_state_in_words() {
    let mut world = World::new();
    let ticket = world.issue("B");
    let data = TicketsData {
        viewer: viewer(),
        hall: world.hall.hall_name(),
        at: world.now.in_zone(world.hall.zone()),
        pretend: true,
        state: Some("waiting".into()),
        service: None,
        services: Vec::new(),
        items: vec![ticket_view(&world, ticket)],
        next: None,
    };
    let html = tickets::page(&data).expect("a page");
    assert!(html.contains("B001") && html.contains("等候") && html.contains("演练时钟"));
    assert!(html.contains("<option value=\"waiting\" selected>"));
}

#[tokio::test]
async fn a_file_that_is_known_is_not_sent_again() {
    let ask = |tag: Option<String>| {
        let request = Request::get("/assets/live.js");
        let request = match tag {
            Some(tag) => request.header(header::IF_NONE_MATCH, tag),
            None => request,
        };
        let router: Router = assets::router();
        router.oneshot(request.body(Body::empty()).expect("a request"))
    };
    let first = ask(None).await.expect("an answer");
    assert_eq!(first.status(), StatusCode::OK);
    assert_eq!(
        first.headers()[header::CONTENT_TYPE],
        "text/javascript; charset=utf-8"
    );
    let tag = first.headers()[header::ETAG]
        .to_str()
        .expect("a tag")
        .to_owned();
    let again = ask(Some(tag)).await.expect("an answer");
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}
