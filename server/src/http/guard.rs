//! What every request passes: who asks, may they, is the request ours, is it too much.

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::access::{self, Access};
use super::problem::Problem;
use crate::app::App;
use crate::auth::{Credential, Identity};

/// Nothing but our own. **Source**: RELIABILITY S15.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The page of the API's description writes its styles into itself; it shows nothing of a hall.
const POLICY_OF_DOCS: &str = "default-src 'self'; img-src 'self' data:; \
    style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// Finds out who asks, and lets only those through whom the table of routes names.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let admitted = admit(&app, &parts).await;
    let mut request = Request::from_parts(parts, body);
    match admitted {
        Ok(identity) => {
            if let Some(identity) = identity {
                request.extensions_mut().insert(identity);
            }
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn admit(app: &App, request: &Parts) -> Result<Option<Identity>, Problem> {
    let path = request
        .extensions
        .get::<MatchedPath>()
        .map(MatchedPath::as_str);
    let path = path.ok_or_else(|| Problem::not_found("path"))?;
    // A HEAD is a GET without its body.
    let method = if request.method == Method::HEAD {
        &Method::GET
    } else {
        &request.method
    };
    let access = access::of(method, path);
    let credential = Credential::of(&request.headers);
    let known = match &credential {
        Some(credential) => app.authority.identify(credential).await?,
        None => None,
    };
    let limited = match (&known, &credential) {
        (Some(identity), _) => identity.limit_key(),
        (None, _) => address(request),
    };
    app.limits.admit(&limited)?;
    if let Some(Credential::Session(_)) = &credential {
        refuse_foreign(request)?;
    }
    match access {
        Some(Access::Public) => Ok(known),
        Some(Access::SignedIn) => known.map(Some).ok_or_else(Problem::who_are_you),
        Some(Access::Roles(roles)) => {
            let identity = known.ok_or_else(Problem::who_are_you)?;
            let acting = identity.acting_as(roles);
            acting.map(Some).ok_or_else(|| {
                let needed: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
                Problem::not_your_role(format!("needs one of: {}", needed.join(", ")))
            })
        }
        None => {
            known.ok_or_else(Problem::who_are_you)?;
            Err(Problem::not_your_role("nobody may use this route"))
        }
    }
}

fn address(request: &Parts) -> String {
    let peer = request
        .extensions
        .get::<ConnectInfo<std::net::SocketAddr>>();
    peer.map_or_else(
        || "unknown".to_owned(),
        |ConnectInfo(peer)| peer.ip().to_string(),
    )
}

/// Changes and sockets under a session cookie must come from our own pages (RELIABILITY S11, S12).
fn refuse_foreign(request: &Parts) -> Result<(), Problem> {
    let headers = &request.headers;
    let is_upgrade = headers.contains_key(header::UPGRADE);
    if matches!(request.method, Method::GET | Method::HEAD) && !is_upgrade {
        return Ok(());
    }
    // Every browser names the page that opens a socket.
    let is_unnamed = is_upgrade && !headers.contains_key(header::ORIGIN);
    if !is_same_origin(headers) || is_unnamed {
        return Err(Problem::not_your_role(
            "the request comes from another site",
        ));
    }
    if !is_upgrade && headers.get("x-tidehall") != Some(&HeaderValue::from_static("1")) {
        return Err(Problem::not_your_role(
            "the header X-Tidehall: 1 is missing",
        ));
    }
    Ok(())
}

/// The Origin, when sent, names the host that was asked.
pub(crate) fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let Some(origin) = text("origin") else {
        return true;
    };
    let host = text("host").unwrap_or_default();
    let rest = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    rest.is_some_and(|rest| rest == host)
}

/// Headers on every answer. **Source**: RELIABILITY S15.
pub(crate) async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().contains("/assets/");
    let policy = if request.uri().path().starts_with("/docs") {
        POLICY_OF_DOCS
    } else {
        POLICY
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if app.tls {
        let value = HeaderValue::from_static("max-age=31536000");
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(value);
    }
    if !is_asset {
        let value = HeaderValue::from_static("no-store");
        headers.entry(header::CACHE_CONTROL).or_insert(value);
    }
    response
}
