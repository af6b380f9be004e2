//! What the end of a visit asks of its slips.

use alloc::string::{String, ToString};

use crate::event::Outcome;
use crate::records::objection;
use crate::state::{Matter, Ticket};
use crate::{Hall, RecordId, Refusal, TicketId};

/// The slip that the end of a visit names, as its id; a 容缺 matter needs one. A visitor who is sent
/// home without a slip is a lead, not a refusal: the slip can still be written.
///
/// # Errors
///
/// No such slip; a slip of another visit; 容缺受理 without its 通知书.
pub(crate) fn slip_of_visit(
    hall: &Hall,
    ticket: &Ticket,
    matters: &[Matter],
    (outcome, named): (Outcome, Option<&String>),
) -> Result<Option<String>, Refusal> {
    let id = named.map(|name| find(hall, ticket.id, name)).transpose()?;
    let is_rongque = |id: RecordId| {
        let slip = hall.records.slips.get(id);
        slip.is_some_and(|slip| slip.rongque().is_some())
    };
    let named_one = outcome != Outcome::Rongque || id.is_some_and(is_rongque);
    let mut lacking = matters
        .iter()
        .filter(|matter| matter.outcome == Some(Outcome::Rongque))
        .filter(|matter| !has_rongque(hall, ticket.id, matter));
    if !named_one || lacking.next().is_some() {
        return Err(objection(
            "rongque_slip_needed",
            "slip",
            "容缺受理请先出具《容缺受理通知书》,再办结(第十七条)",
            "a matter accepted before every paper is there needs its slip",
        ));
    }
    Ok(id.map(|id| id.to_string()))
}

fn find(hall: &Hall, ticket: TicketId, name: &str) -> Result<RecordId, Refusal> {
    let slips = &hall.records.slips;
    let by_id = || {
        let mut of_ticket = slips.all();
        of_ticket.find(|slip| slip.given().id.to_string() == name)
    };
    let slip = slips.by_code(name).or_else(by_id);
    let slip = slip.ok_or_else(|| Refusal::NotFound {
        what: "slip",
        name: name.into(),
    })?;
    if slip.given().ticket == Some(ticket) {
        return Ok(slip.given().id);
    }
    Err(objection(
        "slip_of_other_visit",
        "slip",
        "这张告知单不是本号票的,请核对",
        "the slip is of another visit",
    ))
}

fn has_rongque(hall: &Hall, ticket: TicketId, matter: &Matter) -> bool {
    let mut slips = hall.records.slips.of_ticket(ticket);
    slips.any(|slip| slip.rongque().is_some() && slip.given().service == matter.service)
}
