//! Pages of the registers (台账): who may open which. One file a register.

mod briefings;
mod cases;
mod deductions;
mod desk;
mod follow_ups;
mod helps;
mod inspections;
mod ratings;
mod slips;
mod upkeep;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use hall::{Hall, HallCode, Role, Timestamp};

use super::{FLOOR, Looker, html};
use crate::app::App;
use crate::pages;
use crate::pages::registers::{Entry, RegistersData};

/// A register's place on the page of all of them.
pub(super) struct Listed {
    /// Who may open it.
    pub(super) roles: &'static [Role],
    /// What the page says of it.
    pub(super) entry: fn(&Hall, Timestamp) -> Entry,
}

/// Every register that has a page, in the order of the page.
const LISTED: &[Listed] = &[
    inspections::LISTED,
    deductions::LISTED,
    upkeep::LISTED,
    slips::LISTED,
    desk::PROMISES,
    desk::HAND_ONS,
    desk::MESSAGES,
    ratings::LISTED,
    cases::LISTED,
    follow_ups::LISTED,
    helps::LISTED,
    briefings::LISTED,
];

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/halls/{hall}/registers", get(hub))
        .merge(slips::router())
        .merge(desk::router())
        .route("/halls/{hall}/registers/ratings", get(ratings::show))
        .route("/halls/{hall}/registers/cases", get(cases::show))
        .route("/halls/{hall}/registers/helps", get(helps::show))
        .route("/halls/{hall}/registers/helps/live", get(helps::live))
        .route("/halls/{hall}/registers/helps/{help}", get(helps::one))
        .route("/halls/{hall}/registers/briefings", get(briefings::show))
        .route("/halls/{hall}/registers/follow-ups", get(follow_ups::show))
        .route("/r/{hall}/{window}", get(ratings::window))
        .route(
            "/halls/{hall}/registers/inspections",
            get(inspections::show),
        )
        .route("/halls/{hall}/registers/deductions", get(deductions::show))
        .route("/halls/{hall}/registers/upkeep", get(upkeep::show))
}

/// Code and name of every window, for a choice.
fn windows(hall: &Hall) -> Vec<(String, String)> {
    let plan = hall.plan().into_iter();
    let windows = plan.flat_map(|plan| &plan.windows);
    windows
        .map(|one| (one.code.0.clone(), one.name.clone()))
        .collect()
}

/// Code and name of every clerk, for a choice.
fn clerks(hall: &Hall) -> Vec<(String, String)> {
    let plan = hall.plan().into_iter();
    let clerks = plan.flat_map(|plan| &plan.clerks);
    clerks
        .map(|one| (one.code.0.clone(), one.name.clone()))
        .collect()
}

async fn hub(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let seen = |listed: &&Listed| listed.roles.iter().any(|role| looker.who.holds(*role));
    let entries = LISTED.iter().filter(seen);
    let entries = entries.map(|listed| (listed.entry)(&durable.hall, position.now));
    Ok(html(pages::registers::page(&RegistersData {
        entries: entries.collect(),
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        viewer: looker.viewer,
    })))
}
