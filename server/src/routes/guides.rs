//! Service guides: what is missing, vague or old, and where the platform says something else.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use hall::plan::guide::{self, Difference, GuideLook};
use hall::text::Text;
use serde::Serialize;
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::answer::Page;
use crate::http::problem::Problem;
use crate::http::wish::{Look, read_bytes};
use crate::{platform, table};

/// Kinds of files that are taken; the mark of the file itself decides how it is read.
const KINDS: [&str; 4] = [
    "text/csv",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
];

/// The hall's guides with their leads. Leads are for people to look into; none is a refusal.
#[utoipa::path(get, path = "/halls/{hall}/guides", tag = "guides",
    params(("hall" = String, Path)),
    responses((status = 200, body = Page<GuideLook>), Problems))]
pub(super) async fn list(State(app): State<App>, look: Look) -> Json<Page<GuideLook>> {
    Json(Page {
        items: looks(&app, &look.hall),
        next: None,
    })
}

/// Every service's guide, looked through today.
pub(crate) fn looks(app: &App, hall: &HallHandle) -> Vec<GuideLook> {
    let durable = hall.durable();
    let today = app.clock.now().date_in(durable.hall.zone());
    let plan = durable.hall.plan();
    let services = plan
        .map(|plan| plan.services.as_slice())
        .unwrap_or_default();
    services
        .iter()
        .map(|service| guide::look(service, today))
        .collect()
}

/// One difference, with its element's name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NamedDifference {
    #[serde(flatten)]
    difference: Difference,
    /// The element as people call it.
    element_name: Text,
}

/// What a comparison found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Comparison {
    /// Every difference.
    items: Vec<NamedDifference>,
    /// Rows that were compared.
    rows: usize,
    /// Services of the hall.
    services: usize,
}

/// Compares the hall's guides with an export of the provincial platform, CSV or XLSX, with the
/// columns 事项编码, 事项名称, 设定依据, 受理条件, 申请材料, 审查标准, 办理程序, 办结时限, 更新日期. Nothing is changed or
/// kept; the key is asked for as on every POST.
#[utoipa::path(post, path = "/halls/{hall}/guides/comparisons", tag = "guides",
    params(("hall" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body(content = Vec<u8>, content_type = "text/csv"),
    responses((status = 200, body = Comparison), Problems))]
pub(super) async fn compare(look: Look, request: Request) -> Result<Json<Comparison>, Problem> {
    let (parts, body) = request.into_parts();
    check_headers(&parts.headers)?;
    let bytes = read_bytes(body, table::FILE_MAX).await?;
    // A large sheet is unpacked beside the threads that serve others.
    let read = tokio::task::spawn_blocking(move || platform::read(&bytes)).await;
    let rows = read.unwrap_or_else(|_| {
        Err(Problem::malformed(
            "file",
            "the file cannot be read as a table",
        ))
    })?;
    let durable = look.hall.durable();
    let plan = durable.hall.plan();
    let services = plan
        .map(|plan| plan.services.as_slice())
        .unwrap_or_default();
    let found = guide::compare(services, &rows);
    let named = found.into_iter().map(|difference| NamedDifference {
        element_name: Text::new(difference.element.name(), difference.element.name_en()),
        difference,
    });
    Ok(Json(Comparison {
        items: named.collect(),
        rows: rows.len(),
        services: services.len(),
    }))
}

fn check_headers(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| {
        let value = headers.get(name);
        value.and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    };
    let key = text(header::HeaderName::from_static("idempotency-key"));
    if !key.is_some_and(|key| (1..=80).contains(&key.chars().count())) {
        let detail = "the header is required on POST, 1 to 80 characters";
        return Err(Problem::malformed("Idempotency-Key", detail));
    }
    let kind = text(header::CONTENT_TYPE).and_then(|kind| kind.split(';').next());
    let is_table = kind.is_some_and(|kind| KINDS.contains(&kind.trim()));
    if is_table {
        Ok(())
    } else {
        Err(Problem::no_table())
    }
}
