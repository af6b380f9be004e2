//! What the board's browser asks for.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use hall::records::Level;
use hall::view::Board;
use hall::{DateTime, TicketId};
use serde::Deserialize;

use crate::page::{self, assets};
use crate::phrases;
use crate::socket::keep_fresh;
use crate::source::BoardSource;

/// How long a browser may keep a clip. Ours: a new recording is heard within the hour.
const CLIP_KEPT: &str = "public, max-age=3600";

/// The board and window screens of every hall, for anyone: they hold no personal data.
///
/// **Shape**: `/halls/{hall}/board`, `/halls/{hall}/windows/{window}/screen` and `…/pad`, each with
/// its socket at `…/live`; `/assets/board/{name}`; `/voice/{clip}.wav`.
pub fn router<S: Clone + Send + Sync + 'static>(source: BoardSource) -> Router<S> {
    shared().with_state(source)
}

/// The same on a board's own machine, and its one hall's board at `/`.
pub(crate) fn device(source: BoardSource) -> Router {
    shared()
        .route("/", get(own_board))
        .route("/live", get(own_board_live))
        .route("/windows/{window}/screen", get(own_screen))
        .route("/windows/{window}/screen/live", get(own_screen_live))
        .route("/windows/{window}/pad", get(own_pad))
        .route("/windows/{window}/pad/live", get(own_pad_live))
        .route("/windows/{window}/ratings", post(own_rating))
        .layer(from_fn(headers))
        .with_state(source)
}

fn shared() -> Router<BoardSource> {
    Router::new()
        .route("/halls/{hall}/board", get(board))
        .route("/halls/{hall}/board/live", get(board_live))
        .route("/halls/{hall}/windows/{window}/screen", get(screen))
        .route(
            "/halls/{hall}/windows/{window}/screen/live",
            get(screen_live),
        )
        .route("/halls/{hall}/windows/{window}/pad", get(pad))
        .route("/halls/{hall}/windows/{window}/pad/live", get(pad_live))
        .route("/assets/board/{name}", get(assets::file))
        .route("/voice/{file}", get(clip))
}

/// What the server sets on all its answers, for a board's own machine. **Source**: RELIABILITY S15.
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        let headers = response.headers_mut();
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

fn html(status: StatusCode, page: Result<String, askama::Error>) -> Response {
    match page {
        Ok(page) => (status, Html(page)).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a board cannot be written");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The live part for a socket; a fault ends the socket, and the page says that it is not live.
fn written(live: Result<String, askama::Error>) -> Option<String> {
    live.inspect_err(|fault| tracing::error!(%fault, "a board cannot be written"))
        .ok()
}

fn no_hall() -> Response {
    html(StatusCode::NOT_FOUND, page::notice(phrases::NO_HALL))
}

fn no_window() -> Response {
    html(StatusCode::NOT_FOUND, page::notice(phrases::NO_WINDOW))
}

async fn board(State(source): State<BoardSource>, Path(hall): Path<String>) -> Response {
    show_board(&source, &hall).unwrap_or_else(no_hall)
}

async fn board_live(
    State(source): State<BoardSource>,
    Path(hall): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    follow_board(&source, &hall, upgrade).unwrap_or_else(no_hall)
}

async fn own_board(State(source): State<BoardSource>) -> Response {
    show_board(&source, "").unwrap_or_else(not_yet)
}

async fn own_board_live(State(source): State<BoardSource>, upgrade: WebSocketUpgrade) -> Response {
    follow_board(&source, "", upgrade).unwrap_or_else(not_yet)
}

async fn screen(
    State(source): State<BoardSource>,
    Path((hall, window)): Path<(String, String)>,
) -> Response {
    show_screen(&source, &hall, &window).unwrap_or_else(no_hall)
}

async fn screen_live(
    State(source): State<BoardSource>,
    Path((hall, window)): Path<(String, String)>,
    upgrade: WebSocketUpgrade,
) -> Response {
    follow_screen(&source, &hall, window, upgrade).unwrap_or_else(no_hall)
}

async fn own_screen(State(source): State<BoardSource>, Path(window): Path<String>) -> Response {
    show_screen(&source, "", &window).unwrap_or_else(not_yet)
}

async fn own_screen_live(
    State(source): State<BoardSource>,
    Path(window): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    follow_screen(&source, "", window, upgrade).unwrap_or_else(not_yet)
}

/// No board was heard of since this machine was started; the page asks again by itself.
fn not_yet() -> Response {
    html(StatusCode::SERVICE_UNAVAILABLE, page::waiting())
}

fn show_board(source: &BoardSource, hall: &str) -> Option<Response> {
    let (board, now) = source.feed(hall)?.newest();
    let page = page::board::page(&board, now, &source.voice);
    Some(html(StatusCode::OK, page))
}

fn follow_board(source: &BoardSource, hall: &str, upgrade: WebSocketUpgrade) -> Option<Response> {
    let feed = source.feed(hall)?;
    let live = |board: &Board, now: DateTime| written(page::board::live(board, now));
    Some(keep_fresh(upgrade, feed, live))
}

fn show_screen(source: &BoardSource, hall: &str, window: &str) -> Option<Response> {
    let (board, now) = source.feed(hall)?.newest();
    let Some(page) = page::screen::page(&board, window, now) else {
        return Some(no_window());
    };
    Some(html(StatusCode::OK, page))
}

fn follow_screen(
    source: &BoardSource,
    hall: &str,
    window: String,
    upgrade: WebSocketUpgrade,
) -> Option<Response> {
    let feed = source.feed(hall)?;
    let live = move |board: &Board, now: DateTime| {
        page::screen::live(board, &window, now).and_then(written)
    };
    Some(keep_fresh(upgrade, feed, live))
}

/// The pad on the server sends to the server's API, under the session of a pad's own sign-in.
async fn pad(
    State(source): State<BoardSource>,
    Path((hall, window)): Path<(String, String)>,
) -> Response {
    let ratings = format!("/api/v1/halls/{hall}/windows/{window}/ratings");
    show_pad(&source, &hall, (&window, &ratings)).unwrap_or_else(no_hall)
}

async fn pad_live(
    State(source): State<BoardSource>,
    Path((hall, window)): Path<(String, String)>,
    upgrade: WebSocketUpgrade,
) -> Response {
    follow_pad(&source, &hall, window, upgrade).unwrap_or_else(no_hall)
}

/// The pad of a board's own machine sends to that machine, which has the token.
async fn own_pad(State(source): State<BoardSource>, Path(window): Path<String>) -> Response {
    let ratings = format!("/windows/{window}/ratings");
    show_pad(&source, "", (&window, &ratings)).unwrap_or_else(not_yet)
}

async fn own_pad_live(
    State(source): State<BoardSource>,
    Path(window): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    follow_pad(&source, "", window, upgrade).unwrap_or_else(not_yet)
}

fn show_pad(source: &BoardSource, hall: &str, (window, ratings): (&str, &str)) -> Option<Response> {
    let (board, now) = source.feed(hall)?.newest();
    let Some(page) = page::pad::page(&board, window, ratings, now) else {
        return Some(no_window());
    };
    Some(html(StatusCode::OK, page))
}

fn follow_pad(
    source: &BoardSource,
    hall: &str,
    window: String,
    upgrade: WebSocketUpgrade,
) -> Option<Response> {
    let feed = source.feed(hall)?;
    let live =
        move |board: &Board, now: DateTime| page::pad::live(board, &window, now).and_then(written);
    Some(keep_fresh(upgrade, feed, live))
}

/// What is pressed on the pad of a board's own machine.
#[derive(Debug, Deserialize)]
struct Pressed {
    ticket: TicketId,
    level: Level,
}

async fn own_rating(
    State(source): State<BoardSource>,
    Path(window): Path<String>,
    Json(pressed): Json<Pressed>,
) -> StatusCode {
    let Some(desk) = &source.desk else {
        return StatusCode::NOT_FOUND;
    };
    desk.rate(&window, pressed.ticket, pressed.level).await
}

async fn clip(State(source): State<BoardSource>, Path(file): Path<String>) -> Response {
    let name = file.strip_suffix(".wav").unwrap_or_default();
    let Some(clip) = source.voice.clip(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = (header::CONTENT_TYPE, "audio/wav");
    ([kind, (header::CACHE_CONTROL, CLIP_KEPT)], clip).into_response()
}
