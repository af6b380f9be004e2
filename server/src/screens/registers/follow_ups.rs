//! The page of follow-ups.

use axum::extract::{Path, State};
use axum::response::Response;
use hall::{Hall, HallCode, Timestamp};

use super::Listed;
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::follow_ups::FollowUpsData;
use crate::routes::records::follow_ups::{FollowUpView, count};
use crate::routes::records::span::Span;
use crate::screens::{FIGURES, Looker, html, shown_problem};

pub(super) const LISTED: Listed = Listed {
    roles: FIGURES,
    entry,
};

fn entry(hall: &Hall, _: Timestamp) -> Entry {
    Entry {
        path: "registers/follow-ups",
        zh: "回访",
        en: "Follow-ups",
        what: "随机抽取同意回访的办事人,电话听取意见(第二十二条)",
        due: Some(hall.records().follow_ups.waiting().count()),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let zone = durable.hall.zone();
    let shown = |problem: Problem| shown_problem(&problem);
    let (from, today) = Span::default().days(&app, zone).map_err(shown)?;
    let counts = count(&app, &handle, Span::default()).await.map_err(shown)?;
    let follow_ups = &durable.hall.records().follow_ups;
    let mut drawn = Vec::new();
    for file in follow_ups.all().filter(|file| file.drawn.is_some()) {
        let view = FollowUpView::of((&app, &looker.who), file).await;
        drawn.push(view.map_err(shown)?);
    }
    let mut samples: Vec<_> = follow_ups.samples().cloned().collect();
    samples.reverse();
    Ok(html(pages::registers::follow_ups::page(&FollowUpsData {
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(zone),
        pretend: position.pretend,
        drawn,
        counts,
        counts_from: from,
        today,
        samples,
        windows: super::windows(&durable.hall),
        viewer: looker.viewer,
    })))
}
