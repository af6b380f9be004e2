//! The page of cases.

use axum::extract::{Path, State};
use axum::response::Response;
use hall::{Hall, HallCode, Role, Timestamp};

use super::Listed;
use crate::app::App;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::registers::{Entry, cases::CasesData};
use crate::routes::records::cases::{CaseView, count, may_read};
use crate::routes::records::span::Span;
use crate::screens::{FIGURES, Looker, html, shown_problem};

/// A clerk sees the cases that the clerk answers for, and enters what visitors say at the window.
const ROLES: &[Role] = &[
    Role::Manager,
    Role::Clerk,
    Role::Inspector,
    Role::Guidance,
    Role::Auditor,
];

pub(super) const LISTED: Listed = Listed {
    roles: ROLES,
    entry,
};

fn entry(hall: &Hall, now: Timestamp) -> Entry {
    let today = now.date_in(hall.zone());
    let cases = &hall.records().cases;
    let late = cases.open().filter(|file| file.is_overdue(today)).count();
    Entry {
        path: "registers/cases",
        zh: "差评投诉处置",
        en: "Cases",
        what: if late > 0 {
            "差评、投诉、12345、意见建议的回应和整改(第十九至二十一条);有超期的,请先处理"
        } else {
            "差评、投诉、12345、意见建议的回应和整改(第十九至二十一条)"
        },
        due: Some(cases.open().count()),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, ROLES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let today = position.now.date_in(durable.hall.zone());
    let shown = |problem: Problem| shown_problem(&problem);
    let mut cases = Vec::new();
    for file in durable.hall.records().cases.all() {
        if may_read(&looker.who, file) {
            let view = CaseView::of(&app, file, today).await;
            cases.push(view.map_err(shown)?);
        }
    }
    let counts = if FIGURES.iter().any(|role| looker.who.holds(*role)) {
        Some(count(&app, &handle, Span::default()).await.map_err(shown)?)
    } else {
        None
    };
    let plan = durable.hall.plan();
    Ok(html(pages::registers::cases::page(&CasesData {
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        cases,
        counts,
        windows: super::windows(&durable.hall),
        clerks: super::clerks(&durable.hall),
        may_enter: [Role::Manager, Role::Clerk, Role::Concierge]
            .into_iter()
            .any(|role| looker.who.holds(role)),
        due_workdays: plan.map_or(0, |plan| plan.rules.case_due_workdays),
        viewer: looker.viewer,
    })))
}
