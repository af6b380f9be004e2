//! Requests at the edge: strict JSON, keys, and the hall they are about.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{
    FromRequest, FromRequestParts, OptionalFromRequestParts, RawPathParams, Request,
};
use axum::http::{HeaderMap, Method, header, request::Parts};
use hall::text::{self, TextFault};
use hall::{Actor, Command, HallCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::timeout;

use super::problem::Problem;
use crate::app::App;
use crate::auth::Identity;
use crate::floor::{Done, HallHandle, Key};

/// The largest body of a change. **Source**: RELIABILITY S13.
pub(crate) const BODY_MAX: usize = 64 * 1024;
/// The largest plan. Ours: 400 services with guides.
pub(crate) const PLAN_MAX: usize = 2 * 1024 * 1024;
/// Time for the whole body. **Source**: RELIABILITY F31.
const BODY: Duration = Duration::from_secs(15);
/// Characters of an idempotency key. **Source**: API.md.
const KEY_MAX: usize = 80;
/// Characters of what is said about a field. Ours.
const DETAIL_MAX: usize = 500;

/// A wish for a change below a hall: who, which hall, the key, and what was sent.
pub(crate) struct Wish<T> {
    /// Who asks.
    pub who: Identity,
    /// Which hall.
    pub hall: HallHandle,
    /// The server.
    pub app: App,
    /// What was sent; an empty body counts as `{}`.
    pub body: T,
    key: Option<Key>,
}

impl<T> Wish<T> {
    /// Asks the hall and waits until the answer is on disk.
    ///
    /// # Errors
    ///
    /// The problem to answer with.
    pub(crate) async fn ask(&self, command: Command) -> Result<Done, Problem> {
        self.ask_as(command, self.who.actor()).await
    }

    /// The idempotency key, when one was sent.
    pub(crate) fn key(&self) -> Option<Key> {
        self.key.clone()
    }

    /// Asks under another name, as public pages do.
    ///
    /// # Errors
    ///
    /// The problem to answer with.
    pub(crate) async fn ask_as(&self, command: Command, actor: Actor) -> Result<Done, Problem> {
        ask(&self.hall, command, actor, self.key.clone()).await
    }
}

/// Asks a hall, and turns what it says into a problem.
///
/// # Errors
///
/// The problem to answer with.
pub(crate) async fn ask(
    hall: &HallHandle,
    command: Command,
    actor: Actor,
    key: Option<Key>,
) -> Result<Done, Problem> {
    let asked = hall.ask(command, actor, key).await;
    asked.map_err(Problem::from)
}

impl<T: DeserializeOwned> FromRequest<App> for Wish<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let who = identity(&parts)?;
        let hall = hall_of(&mut parts, app).await?;
        let mut value = read_json(&parts.headers, body, BODY_MAX).await?;
        let key = read_key(&parts, app, &hall.code, &mut value)?;
        Ok(Self {
            who,
            hall,
            app: app.clone(),
            body: decode(value)?,
            key,
        })
    }
}

/// A look at a hall: who asks, and which.
pub(crate) struct Look {
    /// Who asks.
    pub who: Identity,
    /// Which hall.
    pub hall: HallHandle,
}

impl FromRequestParts<App> for Look {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let who = identity(parts)?;
        Ok(Self {
            who,
            hall: hall_of(parts, app).await?,
        })
    }
}

/// A query, strict as a body is.
pub(crate) struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let query = query.map_err(|fault| {
            let detail = fault.body_text();
            let detail = detail.rsplit_once("query string: ").map_or("", |(_, d)| d);
            Problem::malformed("query", without_values(detail))
        })?;
        Ok(Self(query.0))
    }
}

/// The names in a path.
pub(crate) struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let path =
            <axum::extract::Path<T> as FromRequestParts<App>>::from_request_parts(parts, app).await;
        path.map(|path| Self(path.0))
            .map_err(|_| Problem::malformed("path", "the path is not UTF-8"))
    }
}

/// A strict JSON body, for changes that belong to no hall.
pub(crate) struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        Ok(Self(decode(
            read_json(&parts.headers, body, BODY_MAX).await?,
        )?))
    }
}

impl FromRequestParts<App> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        identity(parts)
    }
}

impl OptionalFromRequestParts<App> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Option<Self>, Problem> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

fn identity(parts: &Parts) -> Result<Identity, Problem> {
    parts
        .extensions
        .get::<Identity>()
        .cloned()
        .ok_or_else(Problem::who_are_you)
}

async fn hall_of(parts: &mut Parts, app: &App) -> Result<HallHandle, Problem> {
    let code = hall_code(parts, app).await?;
    app.halls
        .get(&code)
        .ok_or_else(|| Problem::not_found("hall"))
}

/// The hall of the path; not found when the asker belongs to another.
///
/// # Errors
///
/// 404 when the path names no hall that the asker may know of.
pub(crate) async fn hall_code(parts: &mut Parts, app: &App) -> Result<HallCode, Problem> {
    let params = RawPathParams::from_request_parts(parts, app).await;
    let params = params.map_err(|_| Problem::malformed("path", "the path is not UTF-8"))?;
    let code = params
        .iter()
        .find(|(name, _)| *name == "hall")
        .map(|(_, value)| HallCode::from(value));
    let code = code.filter(|code| text::is_code(&code.0, 32));
    let code = code.ok_or_else(|| Problem::not_found("hall"))?;
    let who = identity(parts)?;
    if who.may_see(&code) {
        Ok(code)
    } else {
        Err(Problem::not_found("hall"))
    }
}

/// Reads a body as JSON; an empty one counts as `{}`.
///
/// # Errors
///
/// 413 over `limit` bytes, 415 when it is not declared JSON, 400 when it is not JSON.
pub(crate) async fn read_json(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<Value, Problem> {
    let bytes = read_bytes(body, limit).await?;
    if bytes.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let is_json = kind.is_some_and(|kind| {
        kind.split(';')
            .next()
            .is_some_and(|kind| kind.trim() == "application/json")
    });
    if !is_json {
        return Err(Problem::not_json());
    }
    serde_json::from_slice(&bytes).map_err(|fault| Problem::malformed("body", fault.to_string()))
}

/// Reads a whole body.
///
/// # Errors
///
/// 408 when it does not come in time, 413 over `limit` bytes.
pub(crate) async fn read_bytes(body: Body, limit: usize) -> Result<Bytes, Problem> {
    let bytes = timeout(BODY, to_bytes(body, limit)).await;
    let bytes = bytes.map_err(|_| Problem::too_slow(BODY.as_secs()))?;
    bytes.map_err(|_| Problem::too_large(limit))
}

/// Decodes a value, and names the field when it does not fit.
///
/// # Errors
///
/// 400 with the path of the field.
pub(crate) fn decode<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|fault| {
        let path = fault.path().to_string();
        // A name that is not ours may be anything, an id number too.
        let is_name = |part: &&str| part.starts_with(|first: char| first.is_ascii_alphabetic());
        let parts: Vec<_> = path.split('.').take_while(is_name).collect();
        let field = if parts.is_empty() {
            "body".to_owned()
        } else {
            parts.join(".")
        };
        Problem::malformed(&field, without_values(&fault.inner().to_string()))
    })
}

/// What a value must be, without the value itself: it may be an id number or a password.
fn without_values(detail: &str) -> String {
    if let Some((what, expected)) = detail.split_once(", expected ")
        && (what.starts_with("invalid ") || what.starts_with("unknown variant"))
    {
        return format!("must be {expected}");
    }
    let is_short = detail.len() <= DETAIL_MAX;
    let is_known = ["unknown field `", "missing field `", "duplicate field `"]
        .iter()
        .filter_map(|start| detail.strip_prefix(start))
        .any(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()));
    if is_short && is_known {
        return detail.to_owned();
    }
    "does not have the form that the description of the API gives".to_owned()
}

/// The key of a change; required on POST.
///
/// # Errors
///
/// 400 when it is missing on POST, or too long.
pub(crate) fn read_key(
    parts: &Parts,
    app: &App,
    hall: &HallCode,
    value: &mut Value,
) -> Result<Option<Key>, Problem> {
    let header = parts.headers.get("idempotency-key");
    let Some(header) = header else {
        if parts.method == Method::POST {
            return Err(Problem::malformed(
                "Idempotency-Key",
                "the header is required on POST",
            ));
        }
        return Ok(None);
    };
    let text = std::str::from_utf8(header.as_bytes()).unwrap_or_default();
    if text.is_empty() || text.chars().count() > KEY_MAX {
        let detail = format!("the key has 1 to {KEY_MAX} printable characters");
        return Err(Problem::malformed("Idempotency-Key", detail));
    }
    // The order of fields is not the body.
    value.sort_all_objects();
    let body = match value.get("id_number").and_then(Value::as_str) {
        Some(id_number) => {
            // Only a keyed hash may enter what is kept.
            let mut hidden = value.clone();
            if let Some(value) = hidden.get_mut("id_number") {
                *value = Value::String(app.keys.hidden(hall, id_number));
            }
            serde_json::to_vec(&hidden)
        }
        None => serde_json::to_vec(&*value),
    };
    let body = body.unwrap_or_default();
    let path = parts.uri.path_and_query();
    let path = path.map_or("/", |path| path.as_str());
    let body_mac = app.keys.body_mac(parts.method.as_str(), path, &body);
    Ok(Some(Key {
        text: text.to_owned(),
        body_mac,
    }))
}

/// Checks a text that people will read.
///
/// # Errors
///
/// 400 naming the field and the limit.
pub(crate) fn check_text(field: &str, value: &str, limit: usize) -> Result<(), Problem> {
    text::check(value, limit).map_err(|fault| match fault {
        TextFault::Empty => Problem::malformed(field, "must not be empty"),
        TextFault::TooLong { limit } => {
            Problem::malformed(field, format!("at most {limit} characters")).with("limit", limit)
        }
        TextFault::Control => Problem::malformed(field, "has control characters"),
    })
}

/// Checks a text when there is one.
///
/// # Errors
///
/// 400 naming the field and the limit.
pub(crate) fn check_some(field: &str, value: Option<&String>, limit: usize) -> Result<(), Problem> {
    value.map_or(Ok(()), |value| check_text(field, value, limit))
}
