//! Pages of service guides: for staff, and for everyone without a login.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hall::plan::guide;
use hall::{HallCode, ServiceCode};

use super::{FIGURES, Looker, html};
use crate::app::App;
use crate::floor::HallHandle;
use crate::pages;
use crate::pages::guides::{GuidesData, PublicGuideData, PublicGuidesData};
use crate::routes::guides::looks;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/halls/{hall}/guides", get(show))
        .route("/g/{hall}", get(public_list))
        .route("/g/{hall}/{service}", get(public))
}

async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    Ok(html(pages::guides::page(&GuidesData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        looks: looks(&app, &handle),
    })))
}

fn unknown() -> Response {
    (StatusCode::NOT_FOUND, html(pages::guides::unknown())).into_response()
}

async fn public_list(State(app): State<App>, Path(hall): Path<HallCode>) -> Response {
    let Some(handle) = app.halls.get(&hall) else {
        return unknown();
    };
    let durable = handle.durable();
    let plan = durable.hall.plan();
    html(pages::guides::public_list(&PublicGuidesData {
        hall: durable.hall.hall_name(),
        complaint_phone: plan.and_then(|plan| plan.hall.complaint_phone.clone()),
        looks: looks(&app, &handle),
    }))
}

async fn public(
    State(app): State<App>,
    Path((hall, service)): Path<(HallCode, ServiceCode)>,
) -> Response {
    let handle = app.halls.get(&hall);
    let data = handle.and_then(|handle| data(&app, &handle, &service));
    data.map_or_else(unknown, |data| html(pages::guides::public(&data)))
}

fn data(app: &App, handle: &HallHandle, code: &ServiceCode) -> Option<PublicGuideData> {
    let durable = handle.durable();
    let plan = durable.hall.plan()?;
    let service = plan.service(code)?;
    let windows = plan.windows.iter();
    let windows = windows.filter(|window| window.services.contains(code));
    let today = app.clock.now().date_in(durable.hall.zone());
    Some(PublicGuideData {
        hall: durable.hall.hall_name(),
        complaint_phone: plan.hall.complaint_phone.clone(),
        look: guide::look(service, today),
        channel: service.channel_note(),
        windows: windows
            .map(|window| (window.code.0.clone(), window.name.clone()))
            .collect(),
    })
}
