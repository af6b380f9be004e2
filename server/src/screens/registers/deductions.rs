//! The page of deductions.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use hall::records::DeductionState;
use hall::{Hall, HallCode, Role, Timestamp};
use serde::Deserialize;

use super::super::inspect::items;
use super::super::{Looker, html};
use super::Listed;
use crate::app::App;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::deductions::DeductionsData;
use crate::routes::records::deductions::shown;

/// Who reads what the score rests on; clerks what concerns them.
const ROLES: &[Role] = &[
    Role::Manager,
    Role::Inspector,
    Role::Guidance,
    Role::Auditor,
    Role::Clerk,
];

pub(super) const LISTED: Listed = Listed {
    roles: ROLES,
    entry,
};

fn entry(hall: &Hall, _: Timestamp) -> Entry {
    let all = hall.records().deductions.all();
    let open = all.filter(|one| one.state == DeductionState::Appealed);
    Entry {
        path: "registers/deductions",
        zh: "扣分与申诉",
        en: "Deductions and appeals",
        what: "依附件扣分,5个工作日内可申诉(本系统默认),由另一位人员复核;不删除,只撤销。",
        due: Some(open.count()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Mine {
    mine: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(query): Query<Mine>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, ROLES)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let who = &looker.who;
    let others = ROLES.iter().filter(|role| **role != Role::Clerk);
    let mine = query.mine.is_some() || !others.into_iter().any(|role| who.holds(*role));
    let all = shown(&durable.hall, who, mine);
    let appeals = who.holds(Role::Manager) || who.holds(Role::Clerk) && mine;
    Ok(html(pages::registers::deductions::page(&DeductionsData {
        items: items(who),
        who: who.name.clone(),
        viewer: looker.viewer.clone(),
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        appeals,
        mine,
        all: all.into_iter().rev().cloned().collect(),
    })))
}
