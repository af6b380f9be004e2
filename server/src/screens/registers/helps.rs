//! The pages of help: the concierge's list with its socket, and one request.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::response::Response;
use hall::records::GuidedTo;
use hall::{Hall, HallCode, Role, Timestamp};

use super::Listed;
use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::helps::{HelpData, HelpsData, OnDuty};
use crate::routes::records::helps::HelpView;
use crate::routes::records::record_id;
use crate::screens::{FLOOR, Looker, MESSAGE_MAX, html, keep_fresh, shown_problem};

/// Requests that ended today, as many as are shown. Ours: a screen.
const SHOWN: usize = 20;
const HELPERS: &[Role] = &[Role::Manager, Role::Clerk, Role::Concierge];

pub(super) const LISTED: Listed = Listed {
    roles: FLOOR,
    entry,
};

fn entry(hall: &Hall, _: Timestamp) -> Entry {
    Entry {
        path: "registers/helps",
        zh: "帮办代办",
        en: "Help",
        what: "谁需要帮办、谁在岗、转往镇村的回执(第十四条)",
        due: Some(hall.records().helps.open().len()),
    }
}

fn data(app: &App, handle: &HallHandle, looker: &Looker) -> HelpsData {
    let durable = handle.durable();
    let position = handle.position(&durable);
    let (hall, now) = (&durable.hall, position.now);
    let (zone, today) = (hall.zone(), now.date_in(hall.zone()));
    let helps = &hall.records().helps;
    let view = |file| HelpView::of(hall, file);
    let over = helps.all().filter(|file| {
        let completed = file.completed.as_ref();
        completed.is_some_and(|completed| completed.day == today)
    });
    let over: Vec<_> = over.map(view).collect();
    let others = app.halls.all().into_iter();
    let others = others.filter(|other| other.code != handle.code);
    HelpsData {
        hall: hall.hall_name(),
        at: now.in_zone(zone),
        pretend: position.pretend,
        open: helps.open().into_iter().map(view).collect(),
        away: helps.on_the_way().map(view).collect(),
        over: over.into_iter().rev().take(SHOWN).collect(),
        on_duty: helps
            .on_duty()
            .values()
            .map(|duty| OnDuty {
                name: duty.began.by.clone(),
                since: duty.since.in_zone(zone),
                sash: duty.began.sash,
                forgotten: duty.began.day < today,
            })
            .collect(),
        is_on_duty: helps.on_duty().contains_key(&looker.who.name),
        guided: [GuidedTo::SelfService, GuidedTo::Online, GuidedTo::Answered]
            .map(|to| (to, hall.records().guidings.count(today, to))),
        may_help: HELPERS.iter().any(|role| looker.who.holds(*role)),
        halls: others
            .map(|other| {
                let name = other.durable().hall.hall_name();
                (name.code, name.name)
            })
            .collect(),
        viewer: looker.viewer.clone(),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let data = data(&app, &handle, &looker);
    Ok(html(pages::registers::helps::page(&data)))
}

pub(super) async fn live(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    Ok(upgrade
        .max_message_size(MESSAGE_MAX)
        .on_upgrade(move |socket| async move {
            let live = || pages::registers::helps::live(&data(&app, &handle, &looker)).ok();
            keep_fresh(&app, &looker.who, &handle, socket, live).await;
        }))
}

pub(super) async fn one(
    State(app): State<App>,
    looker: Looker,
    Path((hall, help)): Path<(HallCode, String)>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, HELPERS)?;
    let durable = handle.durable();
    let position = handle.position(&durable);
    let shown = |problem: Problem| shown_problem(&problem);
    let id = record_id(&help).map_err(shown)?;
    let file = durable.hall.records().helps.get(id);
    let file = file.ok_or_else(|| shown(Problem::not_found("help_request")))?;
    let help = HelpView::opened((&app, &looker.who), &durable.hall, file).await;
    Ok(html(pages::registers::helps::one(&HelpData {
        hall: durable.hall.hall_name(),
        at: position.now.in_zone(durable.hall.zone()),
        pretend: position.pretend,
        help: help.map_err(shown)?,
        viewer: looker.viewer,
    })))
}
