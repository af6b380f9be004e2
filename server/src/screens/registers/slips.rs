//! 告知单台账.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hall::HallCode;
use serde::Deserialize;

use super::super::{FLOOR, Looker, html};
use super::Listed;
use crate::app::App;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::slips::SlipsData;
use crate::routes::records::slips::find;

/// Slips and leads of one page. Ours: two screens.
const SHOWN: usize = 50;

pub(super) const LISTED: Listed = Listed {
    roles: FLOOR,
    entry: |hall, now| Entry {
        path: "registers/slips",
        zh: "告知单",
        en: "Slips",
        what: "一次性告知补正内容;容缺受理的材料、期限和逾期处理(第七条(八)、第十七条)",
        due: Some(hall.rongque_waiting(now)),
    },
};

pub(super) fn router() -> Router<App> {
    Router::new().route("/halls/{hall}/registers/slips", get(show))
}

#[derive(Debug, Deserialize)]
struct Code {
    code: Option<String>,
}

async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(code): Path<HallCode>,
    Query(query): Query<Code>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &code, FLOOR)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let asked = query.code.map(|code| code.trim().to_owned());
    let asked = asked.filter(|code| !code.is_empty());
    if let Some(slip) = asked.as_deref().and_then(|code| find(hall, code).ok()) {
        let to = format!("/halls/{code}/slips/{}", slip.given().code);
        return Ok(Redirect::to(&to).into_response());
    }
    let newest = || hall.records().slips.all().rev();
    let view = |slip| hall.slip_view(slip, position.now);
    let leads = newest().map(view);
    let leads = leads.filter(|slip| slip.items.iter().any(|item| item.new || item.outside_guide));
    let data = SlipsData {
        hall: hall.hall_name(),
        at: position.now.in_zone(hall.zone()),
        pretend: position.pretend,
        due: hall.rongque_due(position.now),
        returned: hall.returned_without_slip(),
        leads: leads.take(SHOWN).collect(),
        recent: newest().take(SHOWN).map(view).collect(),
        not_found: asked,
        viewer: looker.viewer,
    };
    Ok(html(pages::registers::slips::page(&data)))
}
