//! The visit that a record belongs to: while it lasts, or right after it.

use super::objection;
use crate::decide::{Asked, wrong_state};
use crate::{Refusal, ServiceCode, Ticket, TicketStatus, WindowCode};

/// The window of the visit, when the actor may write for it.
///
/// # Errors
///
/// The visit has not begun; another clerk holds its window; it is at another window than `named`;
/// `service` is none of its matters.
pub(super) fn visited_window(
    asked: &Asked<'_>,
    ticket: &Ticket,
    named: Option<&WindowCode>,
    service: &ServiceCode,
) -> Result<WindowCode, Refusal> {
    let window = match &ticket.status {
        TicketStatus::Serving(window)
        | TicketStatus::Parked(window, _)
        | TicketStatus::Finished(window) => window,
        TicketStatus::Waiting
        | TicketStatus::Called(_)
        | TicketStatus::NoShow(_)
        | TicketStatus::Cancelled
        | TicketStatus::CarriedOver(_) => return Err(wrong_state(ticket)),
    };
    asked.may_touch(ticket)?;
    if named.is_some_and(|named| named != window) {
        return Err(objection(
            "not_at_this_window",
            "window",
            format!("该号票在{window}号窗口办理,请在该窗口登记"),
            format!("the visit is at window {window}"),
        ));
    }
    let mut matters = ticket.matters.iter().map(|matter| &matter.service);
    if ticket.service != *service && !matters.any(|matter| matter == service) {
        return Err(Refusal::NoSuchMatter {
            service: service.clone(),
        });
    }
    Ok(window.clone())
}
