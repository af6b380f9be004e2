//! The score sheet of a month, and the overview of all halls.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use hall::month::Month;
use hall::records::SigningUnit;
use hall::{HallCode, Role};

use super::{FIGURES, Looker, html, shown_problem};
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::sheets::{DistrictData, SheetData};
use crate::routes::records::sheets::district_of;
use crate::sheets;

fn month_of(text: &str) -> Result<Month, Response> {
    let month = Month::parse(text);
    month.ok_or_else(|| shown_problem(&Problem::malformed("month", "must be YYYY-MM")))
}

pub(super) async fn sheet(
    State(app): State<App>,
    looker: Looker,
    Path((hall, month)): Path<(HallCode, String)>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let month = month_of(&month)?;
    let account = sheets::account(&app, &handle, month, true).await;
    let account = account.map_err(|problem| shown_problem(&problem))?;
    let durable = handle.durable();
    let roles = [
        (Role::Inspector, SigningUnit::Management),
        (Role::Guidance, SigningUnit::Guidance),
    ];
    let units = roles
        .into_iter()
        .filter(|(role, _)| looker.who.holds(*role));
    let position = handle.position(&durable);
    Ok(html(pages::sheets::sheet(&SheetData {
        units: units.map(|(_, unit)| unit).collect(),
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        account,
    })))
}

/// The sheet of the month at hand.
pub(super) async fn newest(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let today = app.clock.now().date_in(handle.durable().hall.zone());
    let month = Month::of(today);
    Ok(Redirect::to(&format!("/halls/{hall}/score-sheets/{month}")).into_response())
}

pub(super) async fn district(
    State(app): State<App>,
    looker: Looker,
    Path(month): Path<String>,
) -> Result<Response, Response> {
    if !FIGURES.iter().any(|role| looker.who.holds(*role)) {
        let problem = Problem::not_your_role("the page is for others");
        return Err(shown_problem(&problem));
    }
    let district = district_of(&app, &looker.who, month_of(&month)?);
    Ok(html(pages::sheets::district(&DistrictData {
        viewer: looker.viewer,
        at: district.at,
        pretend: app.clock.is_pretend(),
        district,
    })))
}
