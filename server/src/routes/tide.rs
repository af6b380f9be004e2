//! 潮汐窗口 by hand: windows lent to other services, taken back, and what was lent today.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hall::records::ProposalState;
use hall::view::{LockView, ProposalView, WindowView};
use hall::{Command, DateTime, Event, Hall, ServiceCode, Timestamp, WindowCode, order};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problems;
use super::tickets::{Nothing, REASON_MAX};
use crate::app::App;
use crate::history;
use crate::http::answer;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Path, Wish, check_some};

/// Services of one lending at most. Ours: a window of a town serves no more.
const SERVICES_MAX: usize = 50;

/// What the window is lent to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LendBody {
    services: Vec<ServiceCode>,
    /// Until when; null until it is taken back.
    #[serde(default)]
    until: Option<DateTime>,
    #[serde(default)]
    reason: Option<String>,
}

/// Lends a window; the visitor served there is not disturbed.
#[utoipa::path(put, path = "/halls/{hall}/windows/{window}/tide", tag = "floor",
    request_body = LendBody, params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn lend(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<LendBody>,
) -> Result<Response, Problem> {
    check_some("reason", wish.body.reason.as_ref(), REASON_MAX)?;
    if !(1..=SERVICES_MAX).contains(&wish.body.services.len()) {
        let detail = format!("must name 1 to {SERVICES_MAX} services");
        return Err(Problem::malformed("services", detail));
    }
    let until = wish.body.until.map(|at| Timestamp(at.timestamp_millis()));
    let command = Command::Lend {
        window: window.clone(),
        services: wish.body.services.clone(),
        until,
        reason: wish.body.reason.clone(),
    };
    let done = wish.ask(command).await?;
    answer::window(&wish.hall, StatusCode::OK, &done, &window)
}

/// Takes a window back to its own services.
#[utoipa::path(delete, path = "/halls/{hall}/windows/{window}/tide", tag = "floor",
    params(("hall" = String, Path), ("window" = String, Path)),
    responses((status = 200, body = WindowView), Problems))]
pub(super) async fn take_back(
    Path((_, window)): Path<(String, WindowCode)>,
    wish: Wish<Nothing>,
) -> Result<Response, Problem> {
    let command = Command::EndLending {
        window: window.clone(),
    };
    let done = wish.ask(command).await?;
    answer::window(&wish.hall, StatusCode::OK, &done, &window)
}

/// The tide as it is: what waits, what is lent, what is proposed, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TideView {
    at: DateTime,
    /// Every service with who waits for it.
    load: Vec<TideLoad>,
    /// Windows lent at present.
    lent: Vec<WindowView>,
    /// What may be answered now.
    proposals: Vec<ProposalView>,
    /// Proposals of this week that are over, newest first, with what was measured.
    answered: Vec<ProposalView>,
    /// Windows that the tide leaves alone.
    locks: Vec<LockView>,
    /// Lendings of today, oldest first.
    history: Vec<TideLending>,
    seq: u64,
}

/// One service's load.
#[derive(Debug, Serialize, ToSchema)]
struct TideLoad {
    service: ServiceCode,
    name: String,
    waiting: u32,
    /// Windows that serve it at present, somebody there or not.
    windows: Vec<WindowCode>,
}

/// One lending of today.
#[derive(Debug, Serialize, ToSchema)]
struct TideLending {
    window: WindowCode,
    services: Vec<ServiceCode>,
    reason: Option<String>,
    /// Who lent it.
    by: String,
    since: DateTime,
    until: Option<DateTime>,
    ended_at: Option<DateTime>,
    /// Who ended it; `clock` when its time was over.
    ended_by: Option<String>,
    lent_min: Option<i64>,
}

/// The load, the windows lent now, and the lendings of today.
#[utoipa::path(get, path = "/halls/{hall}/tide", tag = "floor", params(("hall" = String, Path)),
    responses((status = 200, body = TideView), Problems))]
pub(super) async fn show(State(app): State<App>, look: Look) -> Result<Json<TideView>, Problem> {
    let durable = look.hall.durable();
    let position = look.hall.position(&durable);
    let hall = &durable.hall;
    let windows = hall.windows().iter();
    let lent = windows
        .filter(|(_, window)| window.lent.is_some())
        .filter_map(|(code, _)| hall.window_view(code, durable.seq).ok());
    let answered = hall.proposals().into_iter();
    let answered = answered.filter(|one| one.state != ProposalState::Open);
    Ok(Json(TideView {
        at: position.now.in_zone(hall.zone()),
        load: load(hall),
        lent: lent.collect(),
        proposals: hall.open_proposal().into_iter().collect(),
        answered: answered.collect(),
        locks: hall.tide_locks(),
        history: today(&app, &look, hall, position.now).await?,
        seq: durable.seq,
    }))
}

fn load(hall: &Hall) -> Vec<TideLoad> {
    let services = hall.plan().map(|plan| plan.services.as_slice());
    let services = services.unwrap_or_default().iter();
    services
        .map(|service| TideLoad {
            service: service.code.clone(),
            name: service.name.clone(),
            waiting: order::waiting(hall, &service.code),
            windows: hall
                .windows_for(&service.code)
                .map(|window| window.code.clone())
                .collect(),
        })
        .collect()
}

/// Lendings that began today, from the journal.
async fn today(
    app: &App,
    look: &Look,
    hall: &Hall,
    now: Timestamp,
) -> Result<Vec<TideLending>, Problem> {
    let zone = hall.zone();
    let from = history::begin_of(now.date_in(zone), zone);
    let mut lendings: Vec<TideLending> = Vec::new();
    let mut open: BTreeMap<WindowCode, usize> = BTreeMap::new();
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only lendings are read here"
    )]
    let take = |row: &crate::store::Row, event: &Event| match event {
        Event::WindowLent {
            window,
            services,
            until,
            reason,
            ..
        } => {
            open.insert(window.clone(), lendings.len());
            lendings.push(TideLending {
                window: window.clone(),
                services: services.clone(),
                reason: reason.clone(),
                by: row.actor.clone(),
                since: Timestamp(row.at).in_zone(zone),
                until: until.map(|at| at.in_zone(zone)),
                ended_at: None,
                ended_by: None,
                lent_min: None,
            });
        }
        Event::LendingEnded { window, lent_ms } => {
            let lending = open.remove(window).and_then(|i| lendings.get_mut(i));
            if let Some(lending) = lending {
                lending.ended_at = Some(Timestamp(row.at).in_zone(zone));
                lending.ended_by = Some(row.actor.clone());
                lending.lent_min = Some(lent_ms / 60_000);
            }
        }
        _ => (),
    };
    history::read(app, &look.hall, (from, now.plus_min(1)), take).await?;
    Ok(lendings)
}
