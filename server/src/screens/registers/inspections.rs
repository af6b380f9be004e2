//! The page of inspections.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hall::month::Month;
use hall::{Hall, HallCode, Timestamp};
use serde::Deserialize;

use super::super::inspect::{SCORERS, items};
use super::super::{FIGURES, Looker, html, shown_problem};
use super::Listed;
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::inspections::InspectionsData;
use crate::routes::records::inspections::{InspectionView, PatrolView};

pub(super) const LISTED: Listed = Listed {
    roles: FIGURES,
    entry,
};

fn entry(hall: &Hall, now: Timestamp) -> Entry {
    let today = now.date_in(hall.zone());
    let month = hall.patrol_month(Month::of(today), today);
    let today = month.days.iter().flatten().filter(|day| day.day == today);
    let patrols: u32 = today.map(|day| day.needed.saturating_sub(day.held)).sum();
    let visits = u32::from(month.visit.is_none());
    Entry {
        path: "registers/inspections",
        zh: "巡查记录",
        en: "Inspections",
        what: "每天至少2次监督巡查、每月25日前特邀监督员明查暗访,逐条记录(第二十三条、第二十五条)。",
        due: usize::try_from(patrols + visits).ok(),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct OfMonth {
    month: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(query): Query<OfMonth>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FIGURES)?;
    let durable = handle.durable();
    let hall = &durable.hall;
    let position = handle.position(&durable);
    let today = position.now.date_in(hall.zone());
    let month = match query.month.as_deref().map(Month::parse) {
        None => Month::of(today),
        Some(Some(month)) => month,
        Some(None) => {
            return Err(shown_problem(&Problem::malformed(
                "month",
                "must be YYYY-MM",
            )));
        }
    };
    let book = &hall.records().inspections;
    let patrols = book
        .patrols()
        .rev()
        .filter(|one| Month::of(one.started.day) == month);
    let entries = book
        .entries()
        .rev()
        .filter(|(one, _)| Month::of(one.day) == month);
    Ok(html(pages::registers::inspections::page(
        &InspectionsData {
            scorer: SCORERS.iter().any(|role| looker.who.holds(*role)),
            items: items(&looker.who),
            viewer: looker.viewer,
            hall: hall.hall_name(),
            at: position.now.in_zone(hall.zone()),
            pretend: position.pretend,
            month: hall.patrol_month(month, today),
            patrols: patrols.map(|one| PatrolView::of(hall, one)).collect(),
            entries: entries
                .map(|(one, at)| InspectionView::of(hall, one, *at))
                .collect(),
        },
    )))
}
