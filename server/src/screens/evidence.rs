//! The page of facts.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hall::HallCode;

use super::{FIGURES, Looker, html, shown_problem};
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages::{self, evidence::EvidenceData};
use crate::routes::evidence::{self, EvidenceQuery};

/// A form sends what was not chosen as an empty text.
fn chosen(query: EvidenceQuery) -> EvidenceQuery {
    let some = |text: Option<String>| text.filter(|text| !text.is_empty());
    EvidenceQuery {
        month: some(query.month),
        item: some(query.item),
        window: query.window.filter(|window| !window.as_str().is_empty()),
        around: some(query.around),
        cursor: some(query.cursor),
        limit: query.limit,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    query: Result<Query<EvidenceQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let query = query.map_err(|_| {
        shown_problem(&Problem::malformed(
            "query",
            "the page does not know the query",
        ))
    })?;
    let query = chosen(query.0);
    let page = evidence::of(&app, &handle, &query).await;
    let page = page.map_err(|problem| shown_problem(&problem))?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let today = position.now.in_zone(durable.hall.zone());
    let plan = durable.hall.plan();
    let windows = plan.map(|plan| plan.windows.as_slice()).unwrap_or_default();
    let of_minute = query.around.as_deref().and_then(|at| at.get(..7));
    let month = query.month.as_deref().or(of_minute).map(str::to_owned);
    Ok(html(pages::evidence::page(&EvidenceData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: today,
        pretend: position.pretend,
        month: month.unwrap_or_else(|| today.format("%Y-%m").to_string()),
        item: query.item,
        window: query.window,
        around: query.around,
        windows: windows
            .iter()
            .map(|window| (window.code.clone(), window.name.clone()))
            .collect(),
        facts: page.items,
        next: page.next,
    })))
}
