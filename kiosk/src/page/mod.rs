//! The touch page: plain forms and links, so that the essential path needs no script.
//!
//! ```text
//! GET / ─► GET /services/{code} ─► POST /tickets ─► 303 ─► GET /results/{intent}
//! ```

mod assets;
#[cfg(test)]
mod tests;
mod views;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router, extract::Request};
use hall::{Class, Ground};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::desk::{Desk, Taken, Wish};
use crate::guard::Guard;
use crate::ledger::LedgerError;
use crate::phrases;
use crate::print::PrinterStatus;
use views::{Choose, Frame, Menu, Message, ResultView};

#[derive(Debug, Clone)]
struct Page {
    desk: Desk,
    guard: Guard,
}

/// Everything the kiosk's browser asks for.
pub(crate) fn router(desk: Desk) -> Router {
    Router::new()
        .route("/", get(menu))
        .route("/services/{service}", get(choose))
        .route("/tickets", post(take))
        .route("/results/{intent}", get(result))
        .route("/results/{intent}/copies", post(print_again))
        .route("/helpers", post(ask_help))
        .route("/modes", post(set_mode))
        .route("/status", get(status))
        .route("/assets/{name}", get(assets::file))
        .layer(from_fn(headers))
        .with_state(Page {
            desk,
            guard: Guard::default(),
        })
}

/// Nothing of a visitor stays in the browser, and nothing foreign comes in.
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

fn html(page: Result<String, askama::Error>) -> Response {
    match page {
        Ok(page) => Html(page).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a page cannot be written");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The journal cannot be used: no number may be taken that nobody would remember.
fn broken(frame: Frame, fault: &LedgerError) -> Response {
    tracing::error!(%fault, "the kiosk's journal failed");
    let page = Message::new(frame, phrases::UNREACHABLE).page();
    (StatusCode::SERVICE_UNAVAILABLE, html(page)).into_response()
}

impl Page {
    fn frame(&self, headers: &HeaderMap) -> Frame {
        let printer = self.desk.printer();
        let notice = match printer {
            PrinterStatus::Ready | PrinterStatus::PaperLow => None,
            PrinterStatus::PaperOut => Some(phrases::PAPER_OUT),
            PrinterStatus::CoverOpen
            | PrinterStatus::Offline
            | PrinterStatus::Error
            | PrinterStatus::Unreachable => Some(phrases::PRINTER_OFF),
        };
        Frame::new(self.desk.seen(), headers, notice)
    }
}

async fn menu(State(page): State<Page>, headers: HeaderMap) -> Response {
    html(Menu::new(page.frame(&headers)).page())
}

async fn choose(
    State(page): State<Page>,
    Path(service): Path<String>,
    headers: HeaderMap,
) -> Response {
    let frame = page.frame(&headers);
    let intent = link::random::id(link::clock::machine_now()).to_string();
    match Choose::new(frame, &service, intent) {
        Some(choose) => html(choose.page()),
        None => Redirect::to("/").into_response(),
    }
}

#[derive(Debug, Deserialize)]
struct TakeForm {
    service: String,
    #[serde(default)]
    class: Option<Class>,
    #[serde(default)]
    ground: Option<String>,
    intent: Uuid,
}

impl TakeForm {
    /// A ground makes the class green, so that one button says both.
    fn wish(self) -> Option<Wish> {
        let ground = match self.ground.as_deref() {
            None | Some("") => None,
            Some("elder") => Some(Ground::Elder),
            Some("disabled") => Some(Ground::Disabled),
            Some("pregnant") => Some(Ground::Pregnant),
            Some("soldier") => Some(Ground::Soldier),
            Some("other") => Some(Ground::Other),
            Some(_) => return None,
        };
        let class = if ground.is_some() {
            Class::Green
        } else {
            self.class?
        };
        Some(Wish {
            service: self.service,
            class,
            ground,
        })
    }
}

async fn take(
    State(page): State<Page>,
    headers: HeaderMap,
    form: Result<Form<TakeForm>, axum::extract::rejection::FormRejection>,
) -> Response {
    let frame = page.frame(&headers);
    let Ok(Form(form)) = form else {
        let page = Message::new(frame, phrases::WRONG_FORM).page();
        return (StatusCode::BAD_REQUEST, html(page)).into_response();
    };
    let intent = form.intent.to_string();
    let Some(wish) = form.wish() else {
        let page = Message::new(frame, phrases::WRONG_FORM).page();
        return (StatusCode::BAD_REQUEST, html(page)).into_response();
    };
    if !page.guard.admit(&intent) {
        let page = Message::again(frame, phrases::TOO_SOON, intent, wish).page();
        return (StatusCode::TOO_MANY_REQUESTS, html(page)).into_response();
    }
    match page.desk.take(&intent, &wish).await {
        Ok(Taken::Ticket) => Redirect::to(&format!("/results/{intent}")).into_response(),
        Ok(Taken::Refused(problem)) => {
            page.guard.forget(&intent);
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT);
            (status, html(Message::refused(frame, &problem.text).page())).into_response()
        }
        Ok(Taken::Unknown) => {
            let page = Message::again(frame, phrases::NO_ANSWER, intent, wish).page();
            (StatusCode::SERVICE_UNAVAILABLE, html(page)).into_response()
        }
        Err(fault) => broken(frame, &fault),
    }
}

async fn result(
    State(page): State<Page>,
    Path(intent): Path<Uuid>,
    headers: HeaderMap,
) -> Response {
    let frame = page.frame(&headers);
    let intent = intent.to_string();
    match page.desk.result(&intent).await {
        Ok(Some((ticket, prints))) => html(ResultView::new(frame, intent, ticket, &prints).page()),
        Ok(None) => Redirect::to("/").into_response(),
        Err(fault) => broken(frame, &fault),
    }
}

async fn print_again(
    State(page): State<Page>,
    Path(intent): Path<Uuid>,
    headers: HeaderMap,
) -> Response {
    let intent = intent.to_string();
    match page.desk.print_again(&intent).await {
        Ok(_) => Redirect::to(&format!("/results/{intent}")).into_response(),
        Err(fault) => broken(page.frame(&headers), &fault),
    }
}

/// A helper is asked to come to this kiosk; a second press while nobody came asks nobody new.
async fn ask_help(State(page): State<Page>, headers: HeaderMap) -> Response {
    let frame = page.frame(&headers);
    let phrase = if page.desk.ask_help().await {
        phrases::HELP_COMES
    } else {
        phrases::NO_HELP_CALL
    };
    html(Message::new(frame, phrase).page())
}

#[derive(Debug, Deserialize)]
struct Mode {
    name: String,
    value: String,
}

/// Language, type size and key height stay for this visitor; the idle reset clears them.
async fn set_mode(headers: HeaderMap, Form(mode): Form<Mode>) -> Response {
    let back = headers
        .get(header::REFERER)
        .and_then(|from| from.to_str().ok());
    let path = back
        .and_then(|from| from.splitn(4, '/').nth(3))
        .unwrap_or_default();
    let known = matches!(mode.name.as_str(), "language" | "large" | "low");
    let plain = mode.value.bytes().all(|b| b.is_ascii_alphanumeric()) && mode.value.len() < 8;
    let mut response = Redirect::to(&format!("/{path}")).into_response();
    if known && plain {
        let cookie = format!("{}={}; Path=/; SameSite=Strict", mode.name, mode.value);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

#[derive(Debug, Deserialize)]
struct Nothing {}

/// How the kiosk is, for the watchdog and for staff.
async fn status(State(page): State<Page>, Query(Nothing {}): Query<Nothing>) -> Response {
    let printer = page.desk.printer();
    let seen = page.desk.seen();
    let paper = match printer {
        PrinterStatus::PaperOut => "out",
        PrinterStatus::PaperLow => "low",
        PrinterStatus::Ready => "ok",
        PrinterStatus::CoverOpen
        | PrinterStatus::Offline
        | PrinterStatus::Error
        | PrinterStatus::Unreachable => "unknown",
    };
    match page.desk.unsynced().await {
        Ok(unsynced) => Json(json!({
            "online": seen.online,
            "printer": printer.as_str(),
            "paper": paper,
            "unsynced": unsynced,
            "hall": seen.menu.as_ref().map(|menu| menu.hall.code.clone()),
            "pretend": seen.menu.as_ref().is_some_and(|menu| menu.pretend),
        }))
        .into_response(),
        Err(fault) => {
            tracing::error!(%fault, "the kiosk's journal failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
