//! The ticket page's own calls: no login, no personal data, the visitor's own wishes.

use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hall::{Actor, CancelledBy, Command, Role, TicketId};

use super::Problems;
use super::tickets::{Nothing, PublicTicket};
use crate::app::App;
use crate::floor::{Done, HallHandle, Key};
use crate::http::problem::Problem;
use crate::http::wish::{Json, Path, ask};

/// A ticket by its public token.
#[utoipa::path(get, path = "/public/tickets/{token}", tag = "public",
    params(("token" = String, Path)),
    responses((status = 200, body = PublicTicket), Problems))]
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<axum::Json<PublicTicket>, Problem> {
    let (hall, id) = find(&app, &token)?;
    view(&hall, id).map(axum::Json)
}

/// The visitor gives the number back.
#[utoipa::path(post, path = "/public/tickets/{token}/cancellations", tag = "public",
    params(("token" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = PublicTicket), Problems))]
pub(super) async fn cancel(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    change(&app, &token, request, |ticket| Command::Cancel {
        ticket,
        by: CancelledBy::Visitor,
        reason: "办事人在手机页面取消".to_owned(),
    })
    .await
}

/// The visitor asks, once, to be called later.
#[utoipa::path(post, path = "/public/tickets/{token}/delays", tag = "public",
    params(("token" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = PublicTicket), Problems))]
pub(super) async fn delay(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    change(&app, &token, request, |ticket| Command::Delay { ticket }).await
}

async fn change(
    app: &App,
    token: &str,
    request: Request,
    command: impl FnOnce(TicketId) -> Command,
) -> Result<Response, Problem> {
    let (hall, id) = find(app, token)?;
    let header = request
        .headers()
        .get("idempotency-key")
        .and_then(|key| std::str::from_utf8(key.as_bytes()).ok());
    let key = header
        .filter(|key| (1..=80).contains(&key.chars().count()))
        .map(str::to_owned);
    let key = key.ok_or_else(|| {
        Problem::malformed(
            "Idempotency-Key",
            "the header is required on POST, 1 to 80 characters",
        )
    })?;
    let path = request.uri().path().to_owned();
    Json::<Nothing>::from_request(request, app).await?;
    let key = Key {
        text: key,
        body_mac: app.keys.body_mac("POST", &path, b"{}"),
    };
    let actor = Actor {
        name: format!("visitor:{id}"),
        role: Role::Reader,
        clerk: None,
    };
    let done = ask(&hall, command(id), actor, Some(key)).await?;
    answer(&hall, id, &done)
}

fn answer(hall: &HallHandle, id: TicketId, done: &Done) -> Result<Response, Problem> {
    let mut view = view(hall, id)?;
    view.seq = done.seq;
    Ok(crate::http::answer::done(StatusCode::CREATED, done, &view).into_response())
}

/// The hall and ticket that a token opens.
pub(crate) fn find(app: &App, token: &str) -> Result<(HallHandle, TicketId), Problem> {
    let unknown = || Problem::not_found("ticket");
    let (hall, id) = app.keys.read_token(token).ok_or_else(unknown)?;
    let hall = app.halls.get(&hall).ok_or_else(unknown)?;
    Ok((hall, id))
}

/// The public view of a ticket.
pub(crate) fn view(hall: &HallHandle, id: TicketId) -> Result<PublicTicket, Problem> {
    let durable = hall.durable();
    let ticket = durable.hall.ticket(id)?;
    let full = durable.hall.ticket_view(ticket, durable.seq);
    let full = full.with_waits(&hall.foreseen());
    Ok(PublicTicket {
        number: full.shown,
        state: full.state,
        ahead: full.ahead,
        wait: full.wait,
        window: full.window,
        windows: full.windows,
        service: full.service.name,
        hall: durable.hall.hall_name().name,
        calls: full.calls,
        delayed: full.delayed,
        seq: full.seq,
    })
}
