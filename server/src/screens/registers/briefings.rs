//! The page of briefings.

use axum::extract::{Path, State};
use axum::response::Response;
use hall::records::BriefingPart;
use hall::{Hall, HallCode, Role, Timestamp};

use super::Listed;
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::briefings::{BriefingsData, Today};
use crate::routes::records::briefings::BriefingView;
use crate::screens::{FLOOR, Looker, html, shown_problem};

/// Earlier briefings on the page. Ours: two weeks of three.
const SHOWN: usize = 30;

pub(super) const LISTED: Listed = Listed {
    roles: FLOOR,
    entry,
};

fn entry(hall: &Hall, now: Timestamp) -> Entry {
    let today = now.date_in(hall.zone());
    let days = hall.briefing_days(now);
    let missing = days.iter().find(|day| day.day == today);
    Entry {
        path: "registers/briefings",
        zh: "早会、调度、小结",
        en: "Briefings",
        what: "班前早会布置、工间调度推进、下班之前小结(第二十四条)",
        due: Some(missing.map_or(0, |day| day.missing.len())),
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
    let (hall, now) = (&durable.hall, position.now);
    let today = now.date_in(hall.zone());
    let shown = |problem: Problem| shown_problem(&problem);
    let briefings = &hall.records().briefings;
    let mut parts = Vec::new();
    for part in BriefingPart::ALL {
        let mut held = Vec::new();
        for one in briefings.of(today, part) {
            held.push(BriefingView::of(&app, one.clone()).await.map_err(shown)?);
        }
        parts.push(Today {
            part,
            held,
            draft: hall.briefing_draft(part, now),
        });
    }
    let mut earlier = Vec::new();
    let before = briefings.newest().filter(|held| held.day < today);
    for one in before.take(SHOWN) {
        earlier.push(BriefingView::of(&app, one.clone()).await.map_err(shown)?);
    }
    let clerk = looker.who.clerk.as_ref();
    let known = clerk
        .zip(hall.plan())
        .and_then(|(code, plan)| plan.clerk(code));
    let is_head = known.is_some_and(|clerk| clerk.head);
    Ok(html(pages::registers::briefings::page(&BriefingsData {
        hall: hall.hall_name(),
        at: now.in_zone(hall.zone()),
        pretend: position.pretend,
        parts,
        days: hall.briefing_days(now),
        earlier,
        may_hold: looker.who.holds(Role::Manager) || is_head,
        viewer: looker.viewer,
    })))
}
