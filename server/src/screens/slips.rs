//! Pages of single slips: writing one, its sheet, a blank promise.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use hall::records::slips::{SlipKind, guide_papers};
use hall::view::{ServiceName, shown_number};
use hall::{Hall, HallCode, Role, ServiceCode, Ticket, TicketId, WindowCode};
use link::clock;
use serde::Deserialize;

use super::{FLOOR, Looker, html, shown_problem};
use crate::app::App;
use crate::pages;
use crate::pages::slips::{NewSlipData, PromiseData, SlipData, SlipVisit};
use crate::routes::records::slips::find;

/// Who may write slips.
const HELPERS: &[Role] = &[Role::Manager, Role::Clerk, Role::Concierge];

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/halls/{hall}/slips/new", get(new))
        .route("/halls/{hall}/slips/promise", get(promise))
        .route("/halls/{hall}/slips/{slip}", get(sheet))
}

#[derive(Debug, Deserialize)]
struct NewQuery {
    kind: Option<SlipKind>,
    ticket: Option<String>,
    window: Option<String>,
    service: Option<String>,
    follows: Option<String>,
}

async fn new(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(query): Query<NewQuery>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, HELPERS)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let ticket = some(&query.ticket).and_then(|id| ticket(hall, &id));
    let window = some(&query.window).map(|code| WindowCode::from(code.as_str()));
    let chosen = some(&query.service).map(|code| ServiceCode::from(code.as_str()));
    let chosen = chosen.or_else(|| ticket.map(|ticket| ticket.service.clone()));
    let services = services(hall, ticket);
    let service = services
        .iter()
        .find(|service| Some(&service.code) == chosen.as_ref());
    let asked_before = some(&query.follows);
    let before = asked_before
        .as_deref()
        .and_then(|code| find(hall, code).ok());
    let papers = service.map(|service| guide_papers(hall, &service.code).to_vec());
    let windows = hall.plan().map(|plan| plan.windows.as_slice());
    let data = NewSlipData {
        viewer: looker.viewer,
        hall: hall.hall_name(),
        at: position.now.in_zone(hall.zone()),
        pretend: position.pretend,
        kind: query.kind.unwrap_or(SlipKind::Told),
        visit: ticket.map(|ticket| SlipVisit {
            ticket: ticket.id,
            number: shown_number(hall, ticket),
        }),
        window: window.filter(|code| hall.windows().contains_key(code)),
        service: service.cloned(),
        papers: papers.unwrap_or_default(),
        windows: windows
            .unwrap_or_default()
            .iter()
            .map(|window| (window.code.clone(), window.name.clone()))
            .collect(),
        before: before.map(|slip| hall.slip_view(slip, position.now)),
        asked_before,
        services,
    };
    Ok(html(pages::slips::new_page(&data)))
}

fn ticket<'a>(hall: &'a Hall, id: &str) -> Option<&'a Ticket> {
    let id = uuid::Uuid::parse_str(id).ok()?;
    hall.ticket(TicketId(id)).ok()
}

/// The matters of the visit; without one, every service of the hall.
fn services(hall: &Hall, ticket: Option<&Ticket>) -> Vec<ServiceName> {
    let codes: Vec<_> = match (ticket, hall.plan()) {
        (Some(ticket), _) => ticket
            .matters
            .iter()
            .map(|matter| &matter.service)
            .collect(),
        (None, Some(plan)) => plan.services.iter().map(|service| &service.code).collect(),
        (None, None) => Vec::new(),
    };
    codes
        .into_iter()
        .map(|code| hall.named_service(code))
        .collect()
}

async fn sheet(
    State(app): State<App>,
    looker: Looker,
    Path((hall, slip)): Path<(HallCode, String)>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let slip = find(hall, &slip).map_err(|problem| shown_problem(&problem))?;
    let slip = hall.slip_view(slip, position.now);
    let before = slip.follows.and_then(|id| hall.records().slips.get(id));
    let plan = hall.plan();
    let place = slip.place.as_ref().and_then(|place| place.window.as_ref());
    let named = plan.and_then(|plan| {
        let window = plan
            .windows
            .iter()
            .find(|window| Some(&window.code) == place)?;
        Some(window.name.clone())
    });
    let clerks = plan.map(|plan| plan.clerks.as_slice()).unwrap_or_default();
    let clerk = clerks.iter().find(|clerk| clerk.code.0 == slip.by);
    let data = SlipData {
        by: clerk.map_or_else(|| slip.by.clone(), |clerk| clerk.name.clone()),
        hall: hall.hall_name(),
        at: position.now.in_zone(hall.zone()),
        pretend: position.pretend,
        before: before.map(|slip| slip.given().code.clone()),
        place_window: named.or_else(|| place.map(|code| format!("{code}号窗口"))),
        complaint_phone: plan.and_then(|plan| plan.hall.complaint_phone.clone()),
        kiosks: kiosks(&app, &handle.code),
        helps: HELPERS.iter().any(|role| looker.who.holds(*role)),
        slip,
        viewer: looker.viewer,
    };
    Ok(html(pages::slips::sheet(&data)))
}

/// Kiosks that are awake, by id and name.
fn kiosks(app: &App, hall: &HallCode) -> Vec<(String, String)> {
    let known = app.devices.of(hall, clock::machine_now()).into_iter();
    let awake = known.filter(|(row, awake)| *awake && row.kind == "kiosk");
    awake
        .zip(1..)
        .map(|((row, _), n)| {
            let label = row.label.unwrap_or_else(|| format!("取号机{n}"));
            (row.id, label)
        })
        .collect()
}

#[derive(Debug, Deserialize)]
struct PromiseQuery {
    service: Option<String>,
}

async fn promise(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
    Query(query): Query<PromiseQuery>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, HELPERS)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let service = query.service.and_then(|code| {
        let known = hall.plan()?.service(&ServiceCode::from(code.as_str()))?;
        Some(hall.named_service(&known.code))
    });
    Ok(html(pages::slips::promise(&PromiseData {
        hall: hall.hall_name(),
        at: position.now.in_zone(hall.zone()),
        pretend: position.pretend,
        service,
        viewer: looker.viewer,
    })))
}
