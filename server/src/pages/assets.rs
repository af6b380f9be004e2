//! Style sheets and scripts, built into the program and served with an `ETag`.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Every file: name, content type, content.
pub(super) const FILES: &[(&str, &str, &str)] = &[
    ("mark.svg", SVG, include_str!("css/mark.svg")),
    ("tokens.css", CSS, include_str!("css/tokens.css")),
    ("base.css", CSS, include_str!("css/base.css")),
    ("parts.css", CSS, include_str!("css/parts.css")),
    ("login.css", CSS, include_str!("css/login.css")),
    ("home.css", CSS, include_str!("css/home.css")),
    ("console.css", CSS, include_str!("css/console.css")),
    ("floor.css", CSS, include_str!("css/floor.css")),
    ("guides.css", CSS, include_str!("css/guides.css")),
    ("plates.css", CSS, include_str!("css/plates.css")),
    ("replay.css", CSS, include_str!("css/replay.css")),
    ("evidence.css", CSS, include_str!("css/evidence.css")),
    ("metrics.css", CSS, include_str!("css/metrics.css")),
    ("registers.css", CSS, include_str!("css/registers.css")),
    ("reports.css", CSS, include_str!("css/reports.css")),
    ("slips.css", CSS, include_str!("css/slips.css")),
    ("inspect.css", CSS, include_str!("css/inspect.css")),
    ("sheets.css", CSS, include_str!("css/sheets.css")),
    ("visit.css", CSS, include_str!("css/visit.css")),
    ("act.js", SCRIPT, include_str!("js/act.js")),
    ("body.js", SCRIPT, include_str!("js/body.js")),
    ("compare.js", SCRIPT, include_str!("js/compare.js")),
    ("dialog.js", SCRIPT, include_str!("js/dialog.js")),
    ("inspect.js", SCRIPT, include_str!("js/inspect.js")),
    (
        "inspect-clock.js",
        SCRIPT,
        include_str!("js/inspect-clock.js"),
    ),
    (
        "inspect-facts.js",
        SCRIPT,
        include_str!("js/inspect-facts.js"),
    ),
    (
        "inspect-offline.js",
        SCRIPT,
        include_str!("js/inspect-offline.js"),
    ),
    (
        "inspect-photo.js",
        SCRIPT,
        include_str!("js/inspect-photo.js"),
    ),
    (
        "inspect-scan.js",
        SCRIPT,
        include_str!("js/inspect-scan.js"),
    ),
    ("keys.js", SCRIPT, include_str!("js/keys.js")),
    ("live.js", SCRIPT, include_str!("js/live.js")),
    ("outbox.js", SCRIPT, include_str!("js/outbox.js")),
    ("outbox-show.js", SCRIPT, include_str!("js/outbox-show.js")),
    (
        "outbox-store.js",
        SCRIPT,
        include_str!("js/outbox-store.js"),
    ),
    ("poll.js", SCRIPT, include_str!("js/poll.js")),
    ("print.js", SCRIPT, include_str!("js/print.js")),
    ("replay.js", SCRIPT, include_str!("js/replay.js")),
    ("print.js", SCRIPT, include_str!("js/print.js")),
    ("rate.js", SCRIPT, include_str!("js/rate.js")),
    ("request.js", SCRIPT, include_str!("js/request.js")),
    ("reveal.js", SCRIPT, include_str!("js/reveal.js")),
    ("sort.js", SCRIPT, include_str!("js/sort.js")),
    ("swap.js", SCRIPT, include_str!("js/swap.js")),
    ("theme.js", SCRIPT, include_str!("js/theme.js")),
    ("timers.js", SCRIPT, include_str!("js/timers.js")),
    ("toast.js", SCRIPT, include_str!("js/toast.js")),
];

/// A worker stands above the pages that it serves, not among the other files.
const WORKER: &str = include_str!("js/inspect-worker.js");

/// Serves `/assets/{name}` to anyone, and the worker of the inspector's page.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{name}", get(file))
        .route("/inspect-worker.js", get(worker))
}

async fn worker() -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(SCRIPT)),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, WORKER).into_response()
}

async fn file(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let found = FILES.iter().find(|(known, ..)| *known == name);
    let Some((_, content_type, content)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = entity_tag(content);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(content_type)),
        // Asked for again each time, answered with 304: after an upgrade no page is half old.
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag)) {
        return (StatusCode::NOT_MODIFIED, headers, [(ETAG, tag)]).into_response();
    }
    (headers, [(ETAG, tag)], *content).into_response()
}

/// The first eight bytes of the content's SHA-256: enough to tell two builds apart.
fn entity_tag(content: &str) -> String {
    let hash = Sha256::digest(content.as_bytes());
    let hex: Vec<_> = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{}\"", hex.concat())
}
