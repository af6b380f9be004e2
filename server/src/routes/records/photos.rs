//! Photos of inspections: sent before the entry that names them.

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hall::{HallCode, Role};
use link::clock;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Identity;
use crate::http::access::{Access, EVIDENCE, Rule, SCORERS};
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, hall_code, read_bytes};
use crate::photos::{self, BYTES_MAX};
use crate::routes::Problems;

/// What a photo may be sent as.
const KINDS: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// What it is kept as.
const KEPT: &str = "image/jpeg";

pub(super) const RULES: &[Rule] = &[
    (
        Method::POST,
        "/api/v1/halls/{hall}/photos",
        Access::Roles(SCORERS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/photos/{sha256}",
        Access::Roles(EVIDENCE),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(show))
}

/// A photo that is kept.
#[derive(Debug, Serialize, ToSchema)]
struct PhotoView {
    /// Its name: SHA-256 of what is kept.
    sha256: String,
    width: u32,
    height: u32,
    /// Bytes of what is kept.
    bytes: usize,
}

/// A picture as it was sent.
struct Sent {
    hall: HallCode,
    bytes: Vec<u8>,
}

impl FromRequest<App> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let hall = hall_code(&mut parts, app).await?;
        if app.halls.get(&hall).is_none() {
            return Err(Problem::not_found("hall"));
        }
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| KINDS.contains(&kind)) {
            return Err(Problem::not_a_picture());
        }
        let bytes = read_bytes(body, BYTES_MAX).await?;
        Ok(Self {
            hall,
            bytes: bytes.into(),
        })
    }
}

/// Keeps a photo: JPEG, PNG or WebP of 4 MiB at most, made small, bare of place and device.
///
/// The same picture sent again has the same name, and is kept once.
#[utoipa::path(post, path = "/halls/{hall}/photos", tag = "registers",
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    params(("hall" = String, Path)),
    responses((status = 201, body = PhotoView), Problems))]
async fn create(State(app): State<App>, sent: Sent) -> Result<Response, Problem> {
    let photo = photos::prepare(sent.bytes).await?;
    let named = (photo.sha256.as_str(), KEPT);
    let now = clock::machine_now().0;
    let kept = app
        .halls
        .store()
        .keep_photo(&sent.hall.0, named, &photo.bytes, now);
    kept.await.map_err(|fault| app.fault(&fault))?;
    let view = PhotoView {
        width: photo.size.0,
        height: photo.size.1,
        bytes: photo.bytes.len(),
        sha256: photo.sha256,
    };
    Ok((StatusCode::CREATED, axum::Json(view)).into_response())
}

/// A photo. Clerks see those that a deduction of theirs rests on.
#[utoipa::path(get, path = "/halls/{hall}/photos/{sha256}", tag = "registers",
    params(("hall" = String, Path), ("sha256" = String, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), Problems))]
async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, sha256)): Path<(String, String)>,
) -> Result<Response, Problem> {
    if look.who.role == Role::Clerk && !is_theirs(&look, &look.who, &sha256) {
        return Err(Problem::not_found("photo"));
    }
    let found = app.halls.store().photo(&look.hall.code.0, &sha256).await;
    let found = found.map_err(|fault| app.fault(&fault))?;
    let (bytes, _) = found.ok_or_else(|| Problem::not_found("photo"))?;
    let kind = HeaderValue::from_static(KEPT);
    // Its name says what is in it, but those who may not see it any more must not keep it.
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

fn is_theirs(look: &Look, who: &Identity, sha256: &str) -> bool {
    let durable = look.hall.durable();
    let hall = &durable.hall;
    let Some(clerk) = &who.clerk else {
        return false;
    };
    let own = hall.own_windows(clerk);
    let deductions = hall.records().deductions.of_clerk(clerk, &own);
    deductions
        .iter()
        .any(|one| one.made.photos.iter().any(|photo| photo == sha256))
}
