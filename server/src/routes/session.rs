//! Signing in and out.

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hall::Role;
use link::{clock, random};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::auth::{HOST_COOKIE, Identity, PLAIN_COOKIE, SESSION_MS, is_password};
use crate::http::problem::Problem;
use crate::http::wish;
use crate::keys::token_hash;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    user: String,
    password: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Signed {
    user: String,
    name: String,
    roles: Vec<Role>,
    hall: Option<String>,
    clerk: Option<String>,
}

impl From<&Identity> for Signed {
    fn from(identity: &Identity) -> Self {
        Self {
            user: identity.name.clone(),
            name: identity.shown.clone(),
            roles: identity.roles.clone(),
            hall: identity.hall.as_ref().map(|hall| hall.0.clone()),
            clerk: identity.clerk.as_ref().map(|clerk| clerk.0.clone()),
        }
    }
}

/// Who asks.
#[utoipa::path(get, path = "/session", tag = "people", responses((status = 200, body = Signed), Problems))]
pub(super) async fn show(who: Identity) -> Json<Signed> {
    Json(Signed::from(&who))
}

/// Signs a person in.
#[utoipa::path(post, path = "/session", tag = "people", request_body = SignIn,
    responses((status = 201, body = Signed), Problems))]
pub(super) async fn create(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    wish::Json(body): wish::Json<SignIn>,
) -> Result<Response, Problem> {
    wish::check_text("user", &body.user, 32)?;
    let account = format!("{}@{}", body.user, peer.ip());
    refuse_locked(&app, &account)?;
    let person = app
        .halls
        .store()
        .person(&body.user)
        .await
        .map_err(|fault| app.fault(&fault))?;
    let person = person.filter(|person| !person.disabled);
    let hash = person
        .as_ref()
        .and_then(|person| person.password_hash.clone());
    if !is_password(body.password, hash).await {
        app.lockout.failed(&account);
        tracing::warn!(%peer, "a sign-in failed");
        return Err(Problem::who_are_you());
    }
    app.lockout.succeeded(&account);
    let token = base64::Engine::encode(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD,
        random::bytes::<32>(),
    );
    let now = clock::machine_now();
    let expires = now.0 + SESSION_MS;
    let hash = token_hash(&token);
    let session = app
        .halls
        .store()
        .create_session(&hash, &body.user, now.0, expires);
    session.await.map_err(|fault| app.fault(&fault))?;
    let credential = crate::auth::Credential::Session(token.clone());
    let who = app
        .authority
        .identify(&credential)
        .await?
        .ok_or_else(Problem::who_are_you)?;
    let mut response = (StatusCode::CREATED, Json(Signed::from(&who))).into_response();
    set_cookie(
        &mut response,
        &cookie(app.is_sealed(peer), &token, SESSION_MS / 1000),
    )?;
    Ok(response)
}

fn refuse_locked(app: &App, account: &str) -> Result<(), Problem> {
    let Some(wait_s) = app.lockout.wait_s(account) else {
        return Ok(());
    };
    Err(Problem::slow_down().with("wait_s", wait_s))
}

/// The cookie that a browser keeps; `Secure` where the line is sealed or never leaves the machine.
fn cookie(sealed: bool, value: &str, max_age_s: i64) -> String {
    let common = format!("HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age_s}");
    if sealed {
        format!("{HOST_COOKIE}={value}; Secure; {common}")
    } else {
        format!("{PLAIN_COOKIE}={value}; {common}")
    }
}

fn set_cookie(response: &mut Response, cookie: &str) -> Result<(), Problem> {
    let value = HeaderValue::from_str(cookie)
        .map_err(|_| Problem::try_again("the session cannot be written"))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "people", responses((status = 204), Problems))]
pub(super) async fn delete(State(app): State<App>, who: Identity) -> Result<Response, Problem> {
    if who.is_session {
        let deleted = app.halls.store().delete_session(&who.credential).await;
        deleted.map_err(|fault| app.fault(&fault))?;
        app.authority.forget();
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, &cookie(true, "", 0))?;
    set_cookie(&mut response, &cookie(false, "", 0))?;
    Ok(response)
}
