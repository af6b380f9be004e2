//! The visit: its matters and its end.

use alloc::vec::Vec;

use super::{Asked, Decision, wrong_state};
use crate::command::CompletionMatter;
use crate::event::Outcome;
use crate::records::slip_of_visit;
use crate::state::{Matter, Ticket, TicketStatus};
use crate::{Command, Event, Refusal, ServiceCode, TicketId, WindowCode};

impl Asked<'_> {
    fn served_at(&self, code: &WindowCode) -> Result<&Ticket, Refusal> {
        let window = self.held_window(code)?;
        let ticket = self.ticket_at(window);
        let serving = ticket.filter(|t| matches!(t.status, TicketStatus::Serving(_)));
        serving.ok_or_else(|| Refusal::NothingServing {
            window: code.clone(),
        })
    }

    pub(super) fn finish(&self, command: &Command) -> Decision {
        let Command::Finish {
            window,
            outcome,
            promised_days,
            pickup,
            slip,
            matters,
        } = command
        else {
            return Ok(Vec::new());
        };
        let ticket = self.served_at(window)?;
        let own = CompletionMatter {
            service: ticket.service.clone(),
            outcome: *outcome,
            promised_days: *promised_days,
            pickup: pickup.clone(),
        };
        let matters = ended_matters(ticket, &own, matters)?;
        let slip = slip_of_visit(self.hall, ticket, &matters, (*outcome, slip.as_ref()))?;
        Ok(vec![Event::TicketFinished {
            ticket: ticket.id,
            window: window.clone(),
            outcome: *outcome,
            promised_days: *promised_days,
            pickup: pickup.clone(),
            slip,
            matters,
        }])
    }

    pub(super) fn undo_finish(&self, code: &WindowCode, id: TicketId) -> Decision {
        let ticket = self.undoable(code, id)?;
        if ticket.status != TicketStatus::Finished(code.clone()) {
            return Err(wrong_state(ticket));
        }
        self.still_undoable(ticket)?;
        Ok(vec![Event::FinishUndone {
            ticket: id,
            window: code.clone(),
        }])
    }

    pub(super) fn add_matter(&self, id: TicketId, service: &ServiceCode) -> Decision {
        let ticket = self.hall.ticket(id)?;
        self.may_touch(ticket)?;
        if self
            .hall
            .plan
            .as_ref()
            .and_then(|plan| plan.service(service))
            .is_none()
        {
            return Err(Refusal::no_service(service));
        }
        if !ticket.status.is_open() {
            return Err(wrong_state(ticket));
        }
        if ticket
            .matters
            .iter()
            .any(|matter| matter.service == *service)
        {
            return Err(Refusal::MatterThere {
                service: service.clone(),
            });
        }
        Ok(vec![Event::MatterAdded {
            ticket: id,
            service: service.clone(),
        }])
    }
}

/// Every matter with its outcome: as given, else the visit's own.
fn ended_matters(
    ticket: &Ticket,
    own: &CompletionMatter,
    given: &[CompletionMatter],
) -> Result<Vec<Matter>, Refusal> {
    for matter in given {
        if !ticket
            .matters
            .iter()
            .any(|known| known.service == matter.service)
        {
            return Err(Refusal::NoSuchMatter {
                service: matter.service.clone(),
            });
        }
    }
    ticket
        .matters
        .iter()
        .map(|known| {
            let ended = given.iter().find(|matter| matter.service == known.service);
            end_matter(&known.service, ended.unwrap_or(own))
        })
        .collect()
}

/// Ends one matter. **Source**: 第七条(八): the time limit and the pick-up are told.
fn end_matter(service: &ServiceCode, end: &CompletionMatter) -> Result<Matter, Refusal> {
    let told = end.promised_days.is_some() && end.pickup.is_some();
    if end.outcome == Outcome::Accepted && !told {
        return Err(Refusal::PromiseNeeded {
            service: service.clone(),
        });
    }
    Ok(Matter {
        service: service.clone(),
        outcome: Some(end.outcome),
        promised_days: end.promised_days,
        pickup: end.pickup.clone(),
    })
}
