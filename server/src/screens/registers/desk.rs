//! 首问负责, 来电与留言, 告知承诺: the registers of a clerk's desk.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use hall::records::Message;
use hall::view::{ClerkName, shown_number};
use hall::{Hall, HallCode, Role, Ticket, TicketStatus, WindowCode};

use super::super::{FLOOR, Looker, html, shown_problem};
use super::Listed;
use crate::app::App;
use crate::pages;
use crate::pages::registers::Entry;
use crate::pages::registers::hand_ons::HandOnsData;
use crate::pages::registers::messages::{MessageRow, MessagesData};
use crate::pages::registers::promises::PromisesData;
use crate::routes::records::messages::{may_read, opened};

/// Closed records of one page. Ours: a screen.
const SHOWN: usize = 30;
/// Who may write there.
const HELPERS: &[Role] = &[Role::Manager, Role::Clerk, Role::Concierge];

pub(super) const HAND_ONS: Listed = Listed {
    roles: FLOOR,
    entry: |hall, _| Entry {
        path: "registers/hand-ons",
        zh: "首问负责",
        en: "First asked, first responsible",
        what: "首问责任人负责到底,或说明原因后转交具体人员(第十三条、第七条(七))",
        due: Some(
            hall.records()
                .hand_ons
                .all()
                .filter(|one| one.end.is_none())
                .count(),
        ),
    },
};

pub(super) const MESSAGES: Listed = Listed {
    roles: FLOOR,
    entry: |hall, _| Entry {
        path: "registers/messages",
        zh: "来电与留言",
        en: "Telephone",
        what: "未接来电及时回拨,代记留言转交本人(第七条(六)、第八条(三))",
        due: Some(hall.records().messages.open().count()),
    },
};

pub(super) const PROMISES: Listed = Listed {
    roles: FLOOR,
    entry: |hall, _| Entry {
        path: "registers/promises",
        zh: "告知承诺",
        en: "Decision on a promise",
        what: "告知可选择告知承诺方式,自愿选择,当场决定(第十八条)",
        due: Some(
            hall.records()
                .promises
                .all()
                .filter(|one| one.is_open())
                .count(),
        ),
    },
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/halls/{hall}/registers/hand-ons", get(hand_ons))
        .route("/halls/{hall}/registers/messages", get(messages))
        .route("/halls/{hall}/registers/promises", get(promises))
}

fn clerks(hall: &Hall) -> Vec<ClerkName> {
    let clerks = hall.plan().map(|plan| plan.clerks.as_slice());
    let named = |clerk: &hall::plan::Clerk| ClerkName {
        code: clerk.code.clone(),
        name: clerk.name.clone(),
    };
    clerks.unwrap_or_default().iter().map(named).collect()
}

fn windows(hall: &Hall) -> Vec<(WindowCode, String)> {
    let windows = hall.plan().map(|plan| plan.windows.as_slice());
    let named = |window: &hall::plan::Window| (window.code.clone(), window.name.clone());
    windows.unwrap_or_default().iter().map(named).collect()
}

fn may(looker: &Looker, roles: &[Role]) -> bool {
    roles.iter().any(|role| looker.who.holds(*role))
}

async fn hand_ons(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let all = || hall.records().hand_ons.all();
    let closed = all().rev().filter(|one| one.end.is_some());
    let data = HandOnsData {
        hall: hall.hall_name(),
        at: position.now.in_zone(hall.zone()),
        pretend: position.pretend,
        helps: may(&looker, HELPERS),
        open: all().filter(|one| one.end.is_none()).cloned().collect(),
        closed: closed.take(SHOWN).cloned().collect(),
        clerks: clerks(hall),
        viewer: looker.viewer,
    };
    Ok(html(pages::registers::hand_ons::page(&data)))
}

async fn messages(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let (zone, now) = (hall.zone(), position.now);
    let helps = may(&looker, HELPERS);
    let mut open: Vec<&Message> = hall.records().messages.open().collect();
    open.sort_by_key(|one| (one.due_at.is_none(), one.due_at, one.at));
    let mut rows = Vec::with_capacity(open.len());
    for message in open {
        let readable = helps && may_read(&looker.who, message);
        let caller = if readable {
            let caller = opened(&app, message).await;
            caller.map_err(|problem| shown_problem(&problem))?
        } else {
            None
        };
        rows.push(MessageRow {
            id: message.id,
            to: message.to.clone(),
            window: message.window.clone(),
            subject: message.subject.clone(),
            caller,
            caller_hidden: message.caller.is_some() && !readable,
            at: message.at.in_zone(zone),
            due_at: message.due_at.map(|due| due.in_zone(zone)),
            overdue: message.is_overdue(now),
            read: message.read,
            tries: message.tries,
            own: readable,
        });
    }
    let data = MessagesData {
        hall: hall.hall_name(),
        at: now.in_zone(zone),
        pretend: position.pretend,
        helps,
        open: rows,
        answered: hall.records().messages.answered(now.date_in(zone)),
        clerks: clerks(hall),
        windows: windows(hall),
        viewer: looker.viewer,
    };
    Ok(html(pages::registers::messages::page(&data)))
}

async fn promises(
    State(app): State<App>,
    looker: Looker,
    Path(hall): Path<HallCode>,
) -> Result<Response, Response> {
    let handle = looker.hall(&app, &hall, FLOOR)?;
    let durable = handle.durable();
    let (hall, position) = (&durable.hall, handle.position(&durable));
    let all = || hall.records().promises.all();
    let closed = all().rev().filter(|one| !one.is_open());
    let serving = |ticket: &&Ticket| matches!(ticket.status, TicketStatus::Serving(_));
    let services = hall.plan().map(|plan| plan.services.as_slice());
    let data = PromisesData {
        hall: hall.hall_name(),
        at: position.now.in_zone(hall.zone()),
        pretend: position.pretend,
        serves: may(&looker, &[Role::Manager, Role::Clerk]),
        open: all().filter(|one| one.is_open()).cloned().collect(),
        closed: closed.take(SHOWN).cloned().collect(),
        services: services
            .unwrap_or_default()
            .iter()
            .map(|service| hall.named_service(&service.code))
            .collect(),
        visits: hall
            .tickets()
            .values()
            .filter(serving)
            .map(|ticket| (ticket.id, shown_number(hall, ticket)))
            .collect(),
        viewer: looker.viewer,
    };
    Ok(html(pages::registers::promises::page(&data)))
}
