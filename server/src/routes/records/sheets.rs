//! 巡查得分表: a month's sheet as JSON and as files, its signatures and publications, and the
//! overview of all halls.

use std::str::FromStr;

use axum::Json;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use hall::Role;
use hall::month::Month;
use hall::records::{PublishSheet, SheetsWish, SignSheet};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Written;
use crate::app::App;
use crate::auth::Identity;
use crate::export::{self, Format};
use crate::http::access::{Access, FIGURES, Rule, SCORERS};
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Query, Wish};
use crate::routes::Problems;
use crate::sheets::{self, Account, District, DistrictRow};

const INSPECTOR: &[Role] = &[Role::Inspector];

pub(super) const RULES: &[Rule] = &[
    (
        Method::GET,
        "/api/v1/halls/{hall}/score-sheets/{month}",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/score-sheets/{month}/signatures",
        Access::Roles(SCORERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/score-sheets/{month}/publications",
        Access::Roles(INSPECTOR),
    ),
    (
        Method::GET,
        "/api/v1/score-sheets/{month}",
        Access::Roles(FIGURES),
    ),
];

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(sign))
        .routes(routes!(publish))
        .routes(routes!(district))
}

/// A month in a path, and the kind of file that its ending asks for.
pub(crate) struct Asked {
    pub(crate) month: Month,
    pub(crate) format: Format,
}

impl FromStr for Asked {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (month, ending) = text
            .split_once('.')
            .map_or((text, None), |(month, ending)| (month, Some(ending)));
        let files = [Format::Xlsx, Format::Csv, Format::Pdf];
        let format = match ending {
            None => Some(Format::Json),
            Some(ending) => files.into_iter().find(|format| format.ending() == ending),
        };
        let month = Month::parse(month);
        let month = month.ok_or_else(|| Problem::malformed("month", "must be YYYY-MM"))?;
        let format = format
            .ok_or_else(|| Problem::malformed("month", "ends in nothing, .xlsx, .csv or .pdf"))?;
        Ok(Self { month, format })
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Beside {
    /// Whether figures of the month stand beside the points; true when left out.
    facts: Option<bool>,
}

/// A month's sheet: `2026-11` as JSON, `2026-11.xlsx`, `2026-11.csv`, `2026-11.pdf`.
#[utoipa::path(get, path = "/halls/{hall}/score-sheets/{month}", tag = "registers",
    params(("hall" = String, Path), ("month" = String, Path), Beside),
    responses((status = 200, body = Account), Problems))]
async fn show(
    State(app): State<App>,
    look: Look,
    Path((_, month)): Path<(String, String)>,
    Query(beside): Query<Beside>,
) -> Result<Response, Problem> {
    let asked: Asked = month.parse()?;
    let facts = beside.facts.unwrap_or(true);
    let account = sheets::account(&app, &look.hall, asked.month, facts).await?;
    let bytes = match asked.format {
        Format::Json => return Ok(Json(account).into_response()),
        Format::Pdf => export::printed(&app, sheets::paper(&account)).await?,
        Format::Xlsx | Format::Csv => {
            export::written(&app, sheets::book(&account), asked.format).await?
        }
    };
    let name = sheets::file_name(&look.hall.code, asked.month);
    Ok(export::download(&name, asked.format, bytes))
}

fn month_of(text: &str) -> Result<Month, Problem> {
    Month::parse(text).ok_or_else(|| Problem::malformed("month", "must be YYYY-MM"))
}

/// A signature for a unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignatureBody {
    /// The unit to sign for; needed only by who belongs to both.
    #[serde(default)]
    unit: Option<hall::records::SigningUnit>,
}

/// Signs for the asker's unit: 政务服务管理科, or 业务指导科 for 办理流程规范.
#[utoipa::path(post, path = "/halls/{hall}/score-sheets/{month}/signatures", tag = "registers",
    request_body = SignatureBody,
    params(("hall" = String, Path), ("month" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Written), Problems))]
async fn sign(
    Path((_, month)): Path<(String, String)>,
    wish: Wish<SignatureBody>,
) -> Result<Response, Problem> {
    let asked = SignSheet {
        id: wish.new_id(),
        month: month_of(&month)?,
    };
    let actor = signer(&wish.who, wish.body.unit)?;
    let done = wish.write_as(SheetsWish::Sign(asked), actor).await?;
    Ok(answer::done(
        StatusCode::CREATED,
        &done,
        &Written::of(&done)?,
    ))
}

fn signer(
    who: &Identity,
    unit: Option<hall::records::SigningUnit>,
) -> Result<hall::Actor, Problem> {
    use hall::records::SigningUnit;
    let role = match unit {
        Some(SigningUnit::Management) => Role::Inspector,
        Some(SigningUnit::Guidance) => Role::Guidance,
        None => who.role,
    };
    let acting = who.clone().acting_as(&[role]);
    let acting = acting.ok_or_else(|| Problem::not_your_role("another unit signs there"))?;
    Ok(acting.actor())
}

/// A publication.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PublicationBody {
    /// `revision` of the sheet that was looked at; another one is refused.
    revision: String,
}

/// What was frozen.
#[derive(Debug, Serialize, ToSchema)]
struct PublicationView {
    #[serde(flatten)]
    written: Written,
    /// SHA-256 of the sheet's canonical JSON.
    sha256: String,
    version: u32,
}

/// Freezes the sheet: the month is over, both units have signed, and nothing changed since.
#[utoipa::path(post, path = "/halls/{hall}/score-sheets/{month}/publications", tag = "registers",
    request_body = PublicationBody,
    params(("hall" = String, Path), ("month" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = PublicationView), Problems))]
async fn publish(
    State(app): State<App>,
    Path((_, month)): Path<(String, String)>,
    wish: Wish<PublicationBody>,
) -> Result<Response, Problem> {
    let month = month_of(&month)?;
    let durable = wish.hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    let state = durable.hall.score_sheet(month, today);
    let sheet = state
        .ok_or_else(|| Problem::not_found("score_sheet"))?
        .sheet;
    let sha256 = sheets::sha256(&sheet);
    // The hash is of the sheet on disk: when the asker saw another one, no revision fits.
    let seen = Some(sheet.revision).filter(|revision| *revision == wish.body.revision);
    let asked = PublishSheet {
        id: wish.new_id(),
        month,
        revision: seen.unwrap_or_default(),
        sha256,
    };
    let done = wish.write(SheetsWish::Publish(asked)).await?;
    let durable = wish.hall.durable();
    let frozen = durable.hall.score_sheet(month, today);
    let last = frozen.and_then(|state| state.versions.last().cloned());
    let last = last.ok_or_else(|| Problem::not_found("score_sheet"))?;
    let view = PublicationView {
        written: Written::of(&done)?,
        sha256: last.sha256,
        version: last.version,
    };
    Ok(answer::done(StatusCode::CREATED, &done, &view))
}

/// The month of every hall that the asker may see: `2026-11` as JSON, `2026-11.xlsx`, `2026-11.csv`.
#[utoipa::path(get, path = "/score-sheets/{month}", tag = "registers",
    params(("month" = String, Path)),
    responses((status = 200, body = District), Problems))]
async fn district(
    State(app): State<App>,
    who: Identity,
    Path(month): Path<String>,
) -> Result<Response, Problem> {
    let asked: Asked = month.parse()?;
    let district = district_of(&app, &who, asked.month);
    if asked.format == Format::Json {
        return Ok(Json(district).into_response());
    }
    let book = sheets::district_book(&district);
    let bytes = export::written(&app, book, asked.format).await?;
    let name = format!("score-sheets-{}", asked.month);
    Ok(export::download(&name, asked.format, bytes))
}

/// Every hall that the asker may see, from memory alone.
pub(crate) fn district_of(app: &App, who: &Identity, month: Month) -> District {
    let now = app.clock.now();
    let halls = app.halls.all();
    let zone = halls
        .first()
        .map_or(chrono_tz::Asia::Shanghai, |hall| hall.durable().hall.zone());
    let seen = halls.iter().filter(|hall| who.may_see(&hall.code));
    let rows = seen.filter_map(|hall| {
        let durable = hall.durable();
        let today = now.date_in(durable.hall.zone());
        DistrictRow::of(&durable.hall, month, today)
    });
    let items: Vec<_> = rows.collect();
    District {
        month,
        at: now.in_zone(zone),
        seen: items.iter().filter(|row| row.visit.is_some()).count(),
        items,
    }
}
