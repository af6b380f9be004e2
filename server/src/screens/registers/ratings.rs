//! The pages of ratings: for those who answer for them, and behind the code on a window's sign.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hall::{Hall, HallCode, Role, Timestamp, WindowCode};

use super::Listed;
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::rating::WindowRatingData;
use crate::pages::registers::{Entry, ratings::RatingsData};
use crate::routes::records::ratings::{RatingView, count};
use crate::routes::records::span::Span;
use crate::screens::{FIGURES, Looker, html, shown_problem};

/// Ratings shown on the page. Ours: as many as a person reads at once.
const SHOWN: usize = 100;

pub(super) const LISTED: Listed = Listed {
    roles: FIGURES,
    entry,
};

fn entry(hall: &Hall, now: Timestamp) -> Entry {
    let today = now.date_in(hall.zone());
    let bad = [1, 2].into_iter().filter_map(hall::records::Level::new);
    let bad: u32 = bad
        .map(|level| hall.records().ratings.count(today, level))
        .sum();
    Entry {
        path: "registers/ratings",
        zh: "好差评",
        en: "Ratings",
        what: if bad > 0 {
            "办事人的评价和意见(第十九条);今天有差评,请到“差评投诉处置”回应"
        } else {
            "办事人的评价和意见(第十九条)"
        },
        due: None,
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
    let shown = |problem: Problem| shown_problem(&problem);
    let counts = count(&app, &handle, Span::default()).await.map_err(shown)?;
    let told: Vec<_> = durable.hall.records().ratings.telling().cloned().collect();
    let mut items = Vec::new();
    for given in told.into_iter().rev().take(SHOWN) {
        items.push(RatingView::of(&app, given).await.map_err(shown)?);
    }
    Ok(html(pages::registers::ratings::page(&RatingsData {
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        counts,
        items,
        windows: super::windows(&durable.hall),
        may_enter: looker.who.holds(Role::Manager),
        viewer: looker.viewer,
    })))
}

/// The page behind the code on a window's sign: for anyone.
pub(super) async fn window(
    State(app): State<App>,
    Path((hall, window)): Path<(HallCode, WindowCode)>,
) -> Response {
    let nothing = || shown_problem(&Problem::not_found("window"));
    let Some(handle) = app.halls.get(&hall) else {
        return nothing();
    };
    let durable = handle.durable();
    let Some(plan) = durable.hall.plan() else {
        return nothing();
    };
    let Some(planned) = plan.window(&window) else {
        return nothing();
    };
    let page = pages::rating::window(&WindowRatingData {
        hall: durable.hall.hall_name(),
        complaint_phone: plan.hall.complaint_phone.clone(),
        window: window.0.clone(),
        name: planned.name.clone(),
        pretend: app.clock.is_pretend(),
    });
    (StatusCode::OK, html(page)).into_response()
}
