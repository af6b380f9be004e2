//! Who may do what: one table for every route, deny by default. **Source**: API.md, "Who may".

use axum::http::Method;
use hall::Role;

use crate::routes::records;

use Role::{
    Auditor, Clerk, Concierge, Display, Guidance, Inspector, Kiosk, Manager, Reader, Security,
    System,
};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// Anyone signed in, whatever the role.
    SignedIn,
    /// These roles.
    Roles(&'static [Role]),
}

/// Everyone who may look at the floor.
pub(crate) const FLOOR: &[Role] = &[Manager, Clerk, Concierge, Inspector, Guidance, Auditor];
/// Everyone who may look at the board.
pub(crate) const BOARD: &[Role] = &[
    Manager, Clerk, Concierge, Inspector, Guidance, Auditor, Display, Reader,
];
pub(crate) const MENU: &[Role] = &[
    Manager, Clerk, Concierge, Inspector, Guidance, Auditor, Kiosk, Reader,
];
/// A kiosk learns from the day when numbers begin.
const DAY: &[Role] = &[
    Manager, Clerk, Concierge, Inspector, Guidance, Auditor, Kiosk,
];
const PLAN: &[Role] = &[
    System, Manager, Clerk, Concierge, Inspector, Guidance, Auditor,
];
const SYSTEM: &[Role] = &[System];
const PEOPLE: &[Role] = &[System, Security];
const ISSUE: &[Role] = &[Manager, Clerk, Concierge, Kiosk];
const TICKETS: &[Role] = &[
    Manager, Clerk, Concierge, Inspector, Guidance, Auditor, Kiosk,
];
pub(crate) const WINDOW: &[Role] = &[Manager, Clerk];
pub(crate) const HELPERS: &[Role] = &[Manager, Clerk, Concierge];
const REPRINT: &[Role] = &[Manager, Concierge, Kiosk];
const PRINT: &[Role] = &[Manager, Concierge, Clerk, Kiosk];
pub(crate) const MANAGER: &[Role] = &[Manager];
/// Figures by score item are for those who answer for them and those who look into them.
pub(crate) const FIGURES: &[Role] = &[Manager, Inspector, Guidance, Auditor];
/// Who inspects and takes points off.
pub(crate) const SCORERS: &[Role] = &[Inspector, Guidance];
/// Who reads what the score rests on; clerks what concerns them.
pub(crate) const EVIDENCE: &[Role] = &[Manager, Inspector, Guidance, Auditor, Clerk];
const DEVICE: &[Role] = &[Kiosk, Display];
const JOURNAL: &[Role] = &[Auditor, Reader];

/// One route: method, path as the router has it, who may.
pub type Rule = (Method, &'static str, Access);

/// Every route of the floor, under `/api/v1`; the registers keep their own beside their routes.
const RULES: &[Rule] = &[
    (Method::GET, "/healthz", Access::Public),
    (Method::GET, "/readyz", Access::Public),
    // The handler lets in this machine, and whoever has a token.
    (Method::GET, "/metrics", Access::Public),
    (Method::GET, "/api/v1/openapi.json", Access::Public),
    (Method::GET, "/api/v1/clock", Access::Public),
    (Method::PUT, "/api/v1/clock", Access::Roles(SYSTEM)),
    (Method::POST, "/api/v1/session", Access::Public),
    (Method::GET, "/api/v1/session", Access::SignedIn),
    (Method::DELETE, "/api/v1/session", Access::SignedIn),
    (Method::GET, "/api/v1/users", Access::Roles(PEOPLE)),
    (Method::POST, "/api/v1/users", Access::Roles(PEOPLE)),
    (
        Method::DELETE,
        "/api/v1/users/{user}",
        Access::Roles(PEOPLE),
    ),
    (Method::PUT, "/api/v1/users/{user}/password", Access::Public),
    (
        Method::POST,
        "/api/v1/users/{user}/one-time-codes",
        Access::Roles(PEOPLE),
    ),
    (Method::GET, "/api/v1/tokens", Access::Roles(PEOPLE)),
    (Method::POST, "/api/v1/tokens", Access::Roles(PEOPLE)),
    (
        Method::DELETE,
        "/api/v1/tokens/{token}",
        Access::Roles(PEOPLE),
    ),
    (Method::GET, "/api/v1/halls", Access::SignedIn),
    (Method::GET, "/api/v1/halls/{hall}", Access::SignedIn),
    (
        Method::GET,
        "/api/v1/halls/{hall}/plan",
        Access::Roles(PLAN),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/plan",
        Access::Roles(SYSTEM),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/menu",
        Access::Roles(MENU),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets",
        Access::Roles(ISSUE),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/tickets",
        Access::Roles(TICKETS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/tickets/{ticket}",
        Access::Roles(TICKETS),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/tickets/{ticket}/slip",
        Access::Roles(PRINT),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/tickets/{ticket}/print",
        Access::Roles(PRINT),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/transfers",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/reinstatements",
        Access::Roles(HELPERS),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/cancellations",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/matters",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/corrections",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/carry-overs",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/reprints",
        Access::Roles(REPRINT),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/tickets/{ticket}/delays",
        Access::Roles(HELPERS),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/tickets/{ticket}/parking",
        Access::Roles(WINDOW),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/tickets/{ticket}/parking",
        Access::Roles(WINDOW),
    ),
    (
        Method::GET,
        "/api/v1/public/tickets/{token}",
        Access::Public,
    ),
    (
        Method::POST,
        "/api/v1/public/tickets/{token}/cancellations",
        Access::Public,
    ),
    (
        Method::POST,
        "/api/v1/public/tickets/{token}/delays",
        Access::Public,
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/windows",
        Access::Roles(FLOOR),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/windows/{window}",
        Access::Roles(FLOOR),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/windows/{window}/next",
        Access::Roles(FLOOR),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/windows/{window}/shift",
        Access::Roles(WINDOW),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/windows/{window}/shift",
        Access::Roles(WINDOW),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/windows/{window}/ready",
        Access::Roles(WINDOW),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/windows/{window}/pause",
        Access::Roles(WINDOW),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/windows/{window}/pause",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/calls",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/recalls",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/arrivals",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/no-shows",
        Access::Roles(WINDOW),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/windows/{window}/no-shows/{ticket}",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/completions",
        Access::Roles(WINDOW),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/windows/{window}/completions/{ticket}",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/windows/{window}/put-backs",
        Access::Roles(WINDOW),
    ),
    (Method::GET, "/api/v1/halls/{hall}/day", Access::Roles(DAY)),
    (
        Method::POST,
        "/api/v1/halls/{hall}/day/settlements",
        Access::Roles(MANAGER),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/day/openings",
        Access::Roles(MANAGER),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/floor",
        Access::Roles(FLOOR),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/board",
        Access::Roles(BOARD),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/live",
        Access::Roles(BOARD),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/journal",
        Access::Roles(JOURNAL),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/coverage",
        Access::Roles(FLOOR),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/covers",
        Access::Roles(WINDOW),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/covers/{window}/declines",
        Access::Roles(WINDOW),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/covers/{window}",
        Access::Roles(WINDOW),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/tide",
        Access::Roles(FLOOR),
    ),
    (
        Method::PUT,
        "/api/v1/halls/{hall}/windows/{window}/tide",
        Access::Roles(MANAGER),
    ),
    (
        Method::DELETE,
        "/api/v1/halls/{hall}/windows/{window}/tide",
        Access::Roles(MANAGER),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/metrics",
        Access::Roles(FIGURES),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/evidence",
        Access::Roles(FIGURES),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/replays/{date}",
        Access::Roles(FIGURES),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/guides",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/halls/{hall}/guides/comparisons",
        Access::Roles(FIGURES),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/reports/{name}",
        Access::Roles(FIGURES),
    ),
    (
        Method::POST,
        "/api/v1/devices/{id}/heartbeats",
        Access::Roles(DEVICE),
    ),
    (
        Method::GET,
        "/api/v1/halls/{hall}/devices",
        Access::Roles(PLAN),
    ),
    (Method::GET, "/api/v1/calendar/{year}", Access::Roles(PLAN)),
    (
        Method::PUT,
        "/api/v1/calendar/{year}",
        Access::Roles(SYSTEM),
    ),
];

/// Every route of the API.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(records::RULES.iter().copied().flatten())
}

/// Who may use the route; none when it is not in the table, which means nobody.
pub(crate) fn of(method: &Method, path: &str) -> Option<Access> {
    rules()
        .find(|(m, p, _)| m == method && *p == path)
        .map(|(_, _, access)| *access)
}
