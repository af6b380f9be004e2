//! Tokens of devices, scripts and integrations.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hall::text::is_code;
use hall::{HallCode, Role};
use link::clock;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::auth::Identity;
use crate::http::answer::{Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{self, Path, Query, check_some};
use crate::tokens::{NewToken, create_token};

/// A token as it is wished for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenBody {
    role: Role,
    #[serde(default)]
    hall: Option<String>,
    /// The person whose name the journal keeps.
    #[serde(default, rename = "as")]
    person: Option<String>,
    #[serde(default)]
    label: Option<String>,
    /// Days until it expires, 1 to 3650; left out it does not.
    #[serde(default)]
    days: Option<u32>,
}

/// A token, shown once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenMade {
    id: String,
    token: String,
}

/// A token as it is listed: never its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenView {
    id: String,
    role: String,
    hall: Option<String>,
    #[serde(rename = "as")]
    person: Option<String>,
    label: Option<String>,
    expires_at_ms: Option<i64>,
    revoked: bool,
}

/// Every token.
#[utoipa::path(get, path = "/tokens", tag = "people", params(Paging),
    responses((status = 200, body = Page<TokenView>), Problems))]
pub(super) async fn list(
    State(app): State<App>,
    Query(paging): Query<Paging>,
    who: Identity,
) -> Result<Json<Page<TokenView>>, Problem> {
    let tokens = app
        .halls
        .store()
        .tokens()
        .await
        .map_err(|fault| app.fault(&fault))?;
    let own = tokens.into_iter().filter(|token| {
        who.hall.is_none() || who.hall.as_ref().map(|h| &h.0) == token.hall.as_ref()
    });
    let page = paging.page(own.map(|token| (token.id.clone(), token)))?;
    Ok(Json(page.map(|token| TokenView {
        id: token.id,
        role: token.role,
        hall: token.hall,
        person: token.person,
        label: token.label,
        expires_at_ms: token.expires_at,
        revoked: token.revoked_at.is_some(),
    })))
}

/// Makes a token; the answer shows it once.
#[utoipa::path(post, path = "/tokens", tag = "people", request_body = TokenBody,
    responses((status = 201, body = TokenMade), Problems))]
pub(super) async fn create(
    State(app): State<App>,
    who: Identity,
    wish::Json(body): wish::Json<TokenBody>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    check_some("label", body.label.as_ref(), 40)?;
    for (field, value) in [("hall", &body.hall), ("as", &body.person)] {
        if value.as_ref().is_some_and(|value| !is_code(value, 32)) {
            return Err(Problem::malformed(
                field,
                "a code is 1 to 32 letters, digits, - or _",
            ));
        }
    }
    if body.days.is_some_and(|days| !(1..=3650).contains(&days)) {
        return Err(Problem::malformed("days", "must be 1 to 3650"));
    }
    let hall = body.hall.as_deref().map(HallCode::from);
    if who.hall.is_some() && who.hall != hall {
        return Err(Problem::not_found("hall"));
    }
    let wish = NewToken {
        role: body.role,
        hall: body.hall,
        person: body.person,
        label: body.label,
        days: body.days,
    };
    let made = create_token(app.halls.store(), wish)
        .await
        .map_err(|fault| app.fault(&fault))?;
    Ok((
        StatusCode::CREATED,
        Json(TokenMade {
            id: made.id,
            token: made.token,
        }),
    ))
}

/// Revokes a token, within a second.
#[utoipa::path(delete, path = "/tokens/{token}", tag = "people", params(("token" = String, Path)),
    responses((status = 204), Problems))]
pub(super) async fn revoke(
    State(app): State<App>,
    who: Identity,
    Path(token): Path<String>,
) -> Result<StatusCode, Problem> {
    let store = app.halls.store();
    let tokens = store.tokens().await.map_err(|fault| app.fault(&fault))?;
    let known = tokens.iter().find(|known| known.id == token);
    let own = known.filter(|known| {
        who.hall.is_none() || who.hall.as_ref().map(|hall| &hall.0) == known.hall.as_ref()
    });
    own.ok_or_else(|| Problem::not_found("token"))?;
    let now = clock::machine_now().0;
    store
        .revoke_token(&token, now)
        .await
        .map_err(|fault| app.fault(&fault))?;
    app.authority.forget();
    Ok(StatusCode::NO_CONTENT)
}
