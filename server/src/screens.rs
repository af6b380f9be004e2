//! Pages of people: who may open which, and the socket that keeps the live part fresh.

mod evidence;
mod figures;
mod guides;
mod inspect;
mod plates;
mod registers;
mod replay;
mod reports;
mod sheets;
mod slips;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use hall::view::DayState;
use hall::{HallCode, Role, Timestamp, WindowCode};
use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::app::App;
use crate::auth::{Credential, Identity};
use crate::floor::HallHandle;
use crate::http::answer::ticket_view;
use crate::http::guard::is_same_origin;
use crate::http::problem::Problem;
use crate::pages::console::ConsoleData;
use crate::pages::floor::FloorData;
use crate::pages::home::{HomeData, HomeHall};
use crate::pages::login::LoginData;
use crate::pages::public_ticket::{PublicTicketData, Rating};
use crate::pages::tickets::TicketsData;
use crate::pages::{self, Viewer};
use crate::routes::public;
use crate::sockets::{self, must_close};

/// A beat tells the page that silence is not death. **Source**: API.md, Live.
const BEAT: Duration = Duration::from_secs(5);
/// At most five versions a second a page. **Source**: API.md, Live.
const PACE: Duration = Duration::from_millis(200);
/// A browser that takes nothing for so long is gone. **Source**: RELIABILITY F27.
const BLOCKED: Duration = Duration::from_secs(10);
/// Pages only listen; what they send is short. Ours.
const MESSAGE_MAX: usize = 1024;
/// Tickets of one page of the list. Ours: a screen and a half.
const TICKETS_SHOWN: usize = 100;

const FLOOR: &[Role] = &[
    Role::Manager,
    Role::Clerk,
    Role::Concierge,
    Role::Inspector,
    Role::Guidance,
    Role::Auditor,
];
const FIGURES: &[Role] = &[
    Role::Manager,
    Role::Inspector,
    Role::Guidance,
    Role::Auditor,
];
const CONSOLE: &[Role] = &[Role::Manager, Role::Clerk];

/// Every page of people.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(home))
        .route("/login", get(login))
        .route("/t/{token}", get(public_ticket))
        .route("/halls/{hall}/floor", get(floor))
        .route("/halls/{hall}/floor/live", get(floor_live))
        .route("/halls/{hall}/tickets", get(tickets))
        .route("/halls/{hall}/metrics", get(figures::show))
        .route("/halls/{hall}/evidence", get(evidence::show))
        .merge(guides::router())
        .route("/halls/{hall}/plates", get(plates::show))
        .route("/halls/{hall}/replay", get(replay::newest))
        .route("/halls/{hall}/replay/{date}", get(replay::show))
        .route("/halls/{hall}/reports", get(reports::show))
        .route(
            "/halls/{hall}/reports/windows/{window}",
            get(reports::window),
        )
        .route("/halls/{hall}/windows/{window}/console", get(console))
        .route(
            "/halls/{hall}/windows/{window}/console/live",
            get(console_live),
        )
        .route("/halls/{hall}/inspect", get(inspect::show))
        .route("/halls/{hall}/inspect/codes", get(inspect::codes))
        .route("/halls/{hall}/score-sheets", get(sheets::newest))
        .route("/halls/{hall}/score-sheets/{month}", get(sheets::sheet))
        .route("/district/score-sheets/{month}", get(sheets::district))
        .merge(registers::router())
        .merge(slips::router())
        .merge(pages::assets::router())
}

/// Who looks at a page; nobody known is sent to the sign-in page.
struct Looker {
    who: Identity,
    viewer: Viewer,
}

impl FromRequestParts<App> for Looker {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|peer| peer.0);
        let known = match Credential::of(&parts.headers) {
            Some(credential) => app.authority.identify(&credential).await,
            None => Ok(None),
        };
        let who = known.map_err(IntoResponse::into_response)?;
        let is_socket = parts.headers.contains_key(header::UPGRADE);
        let is_foreign = !is_same_origin(&parts.headers);
        // Every browser names the page that opens a socket.
        let is_unnamed = !parts.headers.contains_key(header::ORIGIN);
        if is_socket && (is_foreign || is_unnamed) {
            let problem = Problem::not_your_role("the request comes from another site");
            return Err(problem.into_response());
        }
        let Some(who) = who else {
            if is_socket {
                return Err(Problem::who_are_you().into_response());
            }
            let here = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            let here = percent(here);
            return Err(Redirect::to(&format!("/login?next={here}")).into_response());
        };
        let viewer = viewer(app, Some(&who), peer);
        Ok(Self { who, viewer })
    }
}

/// Escapes a path for use as the value of a query.
fn percent(path: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    path.bytes()
        .map(|b| {
            if keep(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

fn viewer(app: &App, who: Option<&Identity>, peer: Option<SocketAddr>) -> Viewer {
    Viewer {
        name: who.map(|who| who.shown.clone()),
        clerk: who.and_then(|who| who.clerk.clone()),
        manager: who.is_some_and(|who| who.holds(Role::Manager)),
        figures: who.is_some_and(|who| FIGURES.iter().any(|role| who.holds(*role))),
        unencrypted: peer.is_some_and(|peer| !app.is_sealed(peer)),
    }
}

impl Looker {
    /// The hall, when the asker may see it in one of `roles`.
    fn hall(&self, app: &App, code: &HallCode, roles: &[Role]) -> Result<HallHandle, Response> {
        if !roles.iter().any(|role| self.who.holds(*role)) {
            return Err(shown_problem(&Problem::not_your_role(
                "the page is for others",
            )));
        }
        let hall = app.halls.get(code).filter(|_| self.who.may_see(code));
        hall.ok_or_else(|| shown_problem(&Problem::not_found("hall")))
    }
}

/// A problem as a person reads it: one calm sentence and the way back.
fn shown_problem(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
    let page = pages::problem::page(&problem.text);
    (status, html(page)).into_response()
}

fn html(page: Result<String, askama::Error>) -> Response {
    match page {
        Ok(page) => Html(page).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a page cannot be written");
            Problem::try_again("the page cannot be shown at present").into_response()
        }
    }
}

async fn home(State(app): State<App>, looker: Looker) -> Response {
    let now = app.clock.now();
    let seen = app
        .halls
        .all()
        .into_iter()
        .filter(|hall| looker.who.may_see(&hall.code));
    let halls: Vec<_> = seen
        .map(|hall| HomeHall::of(&hall.durable().hall, now))
        .collect();
    let zone = app
        .halls
        .all()
        .first()
        .map_or(chrono_tz::Asia::Shanghai, |hall| hall.durable().hall.zone());
    html(pages::home::page(&HomeData {
        viewer: looker.viewer,
        at: now.in_zone(zone),
        pretend: app.clock.is_pretend(),
        halls,
    }))
}

#[derive(Debug, Deserialize)]
struct Next {
    next: Option<String>,
}

async fn login(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(query): Query<Next>,
) -> Response {
    html(pages::login::page(&LoginData {
        next: query.next.unwrap_or_else(|| "/".to_owned()),
        unencrypted: !app.is_sealed(peer),
        pretend: app.clock.is_pretend(),
    }))
}

async fn public_ticket(State(app): State<App>, Path(token): Path<String>) -> Response {
    let Ok((hall, id)) = public::find(&app, &token) else {
        return (StatusCode::NOT_FOUND, html(pages::public_ticket::unknown())).into_response();
    };
    let durable = hall.durable();
    let Ok(mut ticket) = ticket_view(&app, &hall, &durable, id, durable.seq) else {
        return (StatusCode::NOT_FOUND, html(pages::public_ticket::unknown())).into_response();
    };
    ticket.holder = None;
    let plan = durable.hall.plan();
    html(pages::public_ticket::page(&PublicTicketData {
        hall: durable.hall.hall_name(),
        complaint_phone: plan.and_then(|plan| plan.hall.complaint_phone.clone()),
        token,
        ticket,
        at: app.clock.now().in_zone(durable.hall.zone()),
        pretend: app.clock.is_pretend(),
        reinstate_after: plan.map_or(0, |plan| plan.rules.reinstate_after),
        paused: pages::public_ticket::paused(&durable.hall, id),
        after_hours: durable.hall.day_line(app.clock.now()).state == DayState::Closing,
        rating: Rating::of(&durable.hall, id, app.clock.now()),
    }))
}

async fn floor(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let hall = looker.hall(&app, &hall, FLOOR)?;
    let data = floor_data(&hall, &looker.viewer)?;
    Ok(html(pages::floor::page(&data)))
}

fn floor_data(hall: &HallHandle, viewer: &Viewer) -> Result<FloorData, Response> {
    let durable = hall.durable();
    let data = FloorData::of(&durable.hall, &hall.position(&durable), viewer.clone());
    let data = data.map(|data| data.with_waits(&hall.foreseen()));
    data.ok_or_else(|| shown_problem(&Problem::not_found("plan")))
}

async fn floor_live(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Response> {
    let hall = looker.hall(&app, &hall, FLOOR)?;
    Ok(upgrade
        .max_message_size(MESSAGE_MAX)
        .on_upgrade(move |socket| async move {
            let viewer = looker.viewer.clone();
            let source = hall.clone();
            let live = move || {
                let data = floor_data(&source, &viewer).ok()?;
                pages::floor::live(&data).ok()
            };
            keep_fresh(&app, &looker.who, &hall, socket, live).await;
        }))
}

async fn console(
    State(app): State<App>,
    looker: Looker,
    Path((hall, window)): Path<(HallCode, WindowCode)>,
) -> Result<Response, Response> {
    let hall = looker.hall(&app, &hall, CONSOLE)?;
    let data = console_data(&hall, &window, &looker.viewer)?;
    Ok(html(pages::console::page(&data)))
}

fn console_data(
    hall: &HallHandle,
    window: &WindowCode,
    viewer: &Viewer,
) -> Result<ConsoleData, Response> {
    let durable = hall.durable();
    let position = hall.position(&durable);
    ConsoleData::of(&durable.hall, window, &position, viewer.clone())
        .map_err(|refusal| shown_problem(&Problem::from(refusal)))
}

async fn console_live(
    State(app): State<App>,
    looker: Looker,
    Path((hall, window)): Path<(HallCode, WindowCode)>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Response> {
    let hall = looker.hall(&app, &hall, CONSOLE)?;
    console_data(&hall, &window, &looker.viewer)?;
    Ok(upgrade
        .max_message_size(MESSAGE_MAX)
        .on_upgrade(move |socket| async move {
            let viewer = looker.viewer.clone();
            let source = hall.clone();
            let clerk = viewer.clerk.as_ref();
            let _open = clerk.map(|clerk| app.consoles.opened(&hall.code, &window, clerk));
            let live = move || {
                let data = console_data(&source, &window, &viewer).ok()?;
                pages::console::live(&data).ok()
            };
            keep_fresh(&app, &looker.who, &hall, socket, live).await;
        }))
}

/// Keeps a page fresh until the browser is gone or the socket must close.
async fn keep_fresh(
    app: &App,
    who: &Identity,
    hall: &HallHandle,
    mut socket: WebSocket,
    live: impl Fn() -> Option<String>,
) {
    let closing = tokio::select! {
        closing = must_close(app, who) => closing,
        () = send_changes(app, hall, &mut socket, live) => return,
    };
    sockets::close(&mut socket, closing).await;
}

/// Sends the live part on every change, a beat in between, until the browser is gone.
async fn send_changes(
    app: &App,
    hall: &HallHandle,
    socket: &mut WebSocket,
    live: impl Fn() -> Option<String>,
) {
    let mut changes = hall.changes();
    let mut beat = tokio::time::interval(BEAT);
    let pretend = hall.position(&hall.durable()).pretend;
    changes.mark_changed();
    let mut moves = app.clock.moves();
    loop {
        let text = tokio::select! {
            made = changes.changed() => {
                if made.is_err() { return; }
                live()
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => continue,
            },
            () = moved(&mut moves) => live(),
            // A clock that runs faster than ours goes on between two changes of the hall.
            _ = beat.tick() => if pretend { live() } else { Some("beat".to_owned()) },
        };
        let Some(text) = text else { return };
        let is_beat = text == "beat";
        match timeout(BLOCKED, socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => (),
            Ok(Err(_)) | Err(_) => return,
        }
        if !is_beat {
            tokio::time::sleep(PACE).await;
        }
    }
}

/// A pretended clock stands still between its moves, and the page with it.
async fn moved(moves: &mut Option<watch::Receiver<Timestamp>>) {
    if let Some(moves) = moves
        && moves.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}

#[derive(Debug, Deserialize)]
struct TicketsQuery {
    state: Option<String>,
    service: Option<String>,
    cursor: Option<u64>,
}

async fn tickets(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(query): Query<TicketsQuery>,
) -> Result<Response, Response> {
    let hall = looker.hall(&app, &hall, FLOOR)?;
    let durable = hall.durable();
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (state, service) = (some(&query.state), some(&query.service));
    let after = query.cursor.unwrap_or(0);
    let wanted = |ticket: &hall::Ticket| {
        ticket.serial > after
            && state
                .as_deref()
                .is_none_or(|state| ticket.status.name() == state)
            && service
                .as_deref()
                .is_none_or(|service| ticket.service.0 == service)
    };
    let mut found: Vec<_> = durable
        .hall
        .tickets()
        .values()
        .filter(|t| wanted(t))
        .collect();
    found.sort_by_key(|ticket| ticket.serial);
    let next = found
        .get(TICKETS_SHOWN)
        .and(found.get(TICKETS_SHOWN - 1))
        .map(|t| t.serial);
    let shown = found.into_iter().take(TICKETS_SHOWN);
    let position = hall.position(&durable);
    let services = durable
        .hall
        .plan()
        .map(|plan| plan.services.as_slice())
        .unwrap_or_default();
    let named = |service: &hall::plan::Service| hall::view::ServiceName {
        code: service.code.clone(),
        name: service.name.clone(),
    };
    Ok(html(pages::tickets::page(&TicketsData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        state,
        service,
        services: services.iter().map(named).collect(),
        items: shown
            .map(|ticket| durable.hall.ticket_view(ticket, durable.seq))
            .collect(),
        next: next.map(|serial| serial.to_string()),
    })))
}
