//! The inspector's page.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hall::evidence::Item;
use hall::evidence::annex::Office;
use hall::plan::{Level, Plan};
use hall::{HallCode, Role, WindowCode};
use serde::Deserialize;

use super::{FIGURES, Looker, html};
use crate::app::App;
use crate::auth::Identity;
use crate::pages;
use crate::pages::inspect::InspectData;
use crate::pages::inspect::codes::CodesData;

/// Who inspects.
pub(super) const SCORERS: &[Role] = &[Role::Inspector, Role::Guidance];

/// Parts of a hall that every inspector looks at, beside those of its services.
///
/// **Source**: 第九条: five zones in centres, three in stations.
const CENTRE: [&str; 5] = [
    "咨询引导区",
    "帮办代办区",
    "综合受理区",
    "自助网办区",
    "休息等候区",
];
const STATION: [&str; 3] = ["综合受理区", "帮办代办区", "休息等待区"];

#[derive(Debug, Deserialize)]
pub(super) struct AtWindow {
    window: Option<WindowCode>,
}

/// Items that the person's units score.
pub(super) fn items(who: &Identity) -> Vec<Item> {
    let own = |item: &Item| match item.office() {
        Some(Office::Management) => who.holds(Role::Inspector),
        Some(Office::Guidance) => who.holds(Role::Guidance),
        None => false,
    };
    Item::ALL.into_iter().filter(own).collect()
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(query): Query<AtWindow>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, SCORERS)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let plan = durable.hall.plan();
    let windows = plan.map(|plan| plan.windows.as_slice()).unwrap_or_default();
    let windows: Vec<_> = windows
        .iter()
        .map(|window| (window.code.clone(), window.name.clone()))
        .collect();
    let named = query
        .window
        .filter(|code| windows.iter().any(|(known, _)| known == code));
    let book = &durable.hall.records().inspections;
    Ok(html(pages::inspect::page(&InspectData {
        items: items(&looker.who),
        patrol: book.open_patrol(&looker.who.name).cloned(),
        who: looker.who.name,
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        level: plan.map_or(Level::District, |plan| plan.hall.level),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        window: named,
        windows,
        zones: plan.map(zones).unwrap_or_default(),
    })))
}

/// Codes for every window, to be printed.
pub(super) async fn codes(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let plan = durable.hall.plan();
    let windows = plan.map(|plan| plan.windows.as_slice()).unwrap_or_default();
    let named = windows
        .iter()
        .map(|one| (one.code.clone(), one.name.clone()));
    Ok(html(pages::inspect::codes::page(&CodesData {
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        address: plan.and_then(|plan| plan.hall.public_url.clone()),
        windows: named.collect(),
    })))
}

fn zones(plan: &Plan) -> Vec<String> {
    let usual: &[&str] = match plan.hall.level {
        Level::District | Level::Town => &CENTRE,
        Level::Village => &STATION,
    };
    let mut zones: Vec<String> = usual.iter().map(|zone| (*zone).to_owned()).collect();
    let named: BTreeSet<_> = plan
        .services
        .iter()
        .filter_map(|one| one.zone.clone())
        .collect();
    zones.extend(
        named
            .into_iter()
            .filter(|zone| !usual.contains(&zone.as_str())),
    );
    zones
}
