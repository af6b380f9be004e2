//! The page of upkeep.

use axum::extract::{Path, State};
use axum::response::Response;
use hall::plan::Level;
use hall::{Hall, HallCode, Role, Timestamp};

use super::super::{FLOOR, Looker, html};
use super::Listed;
use crate::app::App;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::upkeep::UpkeepData;
use crate::routes::records::upkeep::UpkeepView;

const WRITERS: &[Role] = &[Role::Manager, Role::Clerk, Role::Concierge];

pub(super) const LISTED: Listed = Listed {
    roles: FLOOR,
    entry,
};

fn entry(hall: &Hall, now: Timestamp) -> Entry {
    let level = hall.plan().map_or(Level::District, |plan| plan.hall.level);
    let due = hall.records().upkeep.due(level, now.date_in(hall.zone()));
    Entry {
        path: "registers/upkeep",
        zh: "设施用品与检查",
        en: "Facilities and checks",
        what: "功能区、窗口、设备、用品有效期、标识、借还与每日检查(第九条至第十二条)。",
        due: Some(due.len()),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let at = position.now.in_zone(durable.hall.zone());
    Ok(html(pages::registers::upkeep::page(&UpkeepData {
        writes: WRITERS.iter().any(|role| looker.who.holds(*role)),
        viewer: looker.viewer,
        hall: durable.hall.hall_name(),
        upkeep: UpkeepView::of(&durable.hall, at.date_naive(), durable.seq),
        at,
        pretend: position.pretend,
    })))
}
