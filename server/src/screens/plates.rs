//! The page of door plates.

use axum::extract::{Path, State};
use axum::response::Response;
use hall::HallCode;

use super::{FIGURES, Looker, html, shown_problem};
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::plates::{Plate, PlatesData};

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let plan = durable.hall.plan();
    let plan = plan.ok_or_else(|| shown_problem(&Problem::not_found("plan")))?;
    Ok(html(pages::plates::page(&PlatesData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        complaint_phone: plan.hall.complaint_phone.clone(),
        plates: Plate::of_plan(plan),
    })))
}
