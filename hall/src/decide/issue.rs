//! Giving a number, and what is known of its paper.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Asked, Decision};
use crate::command::IssueTicket;
use crate::event::PrintOutcome;
use crate::plan::Service;
use crate::state::{Channel, Day, Ticket};
use crate::{Event, Refusal, ServiceCode, TicketId};

/// Online numbers never pass it. **Source**: DESIGN §3.1.
const ONLINE_NUMBER_MAX: u32 = 4999;

impl Asked<'_> {
    pub(super) fn issue(&self, wish: &IssueTicket) -> Decision {
        let plan = self.hall.plan.as_ref().ok_or(Refusal::HallNotOpen)?;
        let service = plan
            .service(&wish.service)
            .ok_or_else(|| Refusal::no_service(&wish.service))?;
        let day = self.issuing_day(wish)?;
        if self.hall.windows_for(&service.code).next().is_none() {
            return Err(Refusal::ServiceClosed {
                service: service.code.clone(),
            });
        }
        within_quota(service, day)?;
        self.not_waiting_yet(wish)?;
        let number = next_number(service, day)?;
        Ok(vec![Event::TicketIssued {
            ticket: wish.ticket,
            number,
            day: day.date,
            service: wish.service.clone(),
            class: wish.class,
            ground: wish.ground,
            channel: wish.channel,
            arrived_at: self.now,
            holder: wish.holder.clone(),
            note: wish.note.clone(),
            after_closing: wish.after_closing.clone(),
            wait: wish.told.map(|told| told.wait),
            reckoned: wish.told.and_then(|told| told.reckoned),
        }])
    }

    /// The day a number can be given for; after the end of issuing only by staff with a reason.
    fn issuing_day(&self, wish: &IssueTicket) -> Result<&Day, Refusal> {
        let day = self
            .hall
            .current
            .as_ref()
            .filter(|day| day.phase != crate::Phase::Settled);
        let today = self.now.date_in(self.hall.zone);
        let day = day
            .filter(|day| day.date == today || day.issuing)
            .ok_or_else(|| self.not_open(today))?;
        let may_anyway =
            wish.channel == Channel::Staff && self.actor.is_staff() && wish.after_closing.is_some();
        if day.issuing || may_anyway {
            Ok(day)
        } else {
            Err(Refusal::IssuingClosed { day: day.date })
        }
    }

    /// Not open, or nobody knows whether it should be.
    fn not_open(&self, today: chrono::NaiveDate) -> Refusal {
        match self.hall.opening(today) {
            crate::Opening::Unknown(year) => Refusal::CalendarMissing { year },
            crate::Opening::Open(_) | crate::Opening::Closed => Refusal::HallNotOpen,
        }
    }

    fn not_waiting_yet(&self, wish: &IssueTicket) -> Result<(), Refusal> {
        let holder = wish.holder.as_ref();
        let open = self.hall.open_ticket_of(holder, &wish.service, wish.ticket);
        open.map_or(Ok(()), |ticket| Err(already_waiting(ticket)))
    }

    /// Refuses to bring a ticket in line when its holder has another open one for the service.
    pub(super) fn only_number_for(
        &self,
        ticket: &Ticket,
        service: &ServiceCode,
    ) -> Result<(), Refusal> {
        let holder = ticket.holder.as_ref();
        let other = self.hall.open_ticket_of(holder, service, ticket.id);
        other.map_or(Ok(()), |other| Err(already_waiting(other)))
    }

    /// None → started → printed, failed or unknown; unknown → printed or failed.
    /// A newer copy begins anew. **Source**: RELIABILITY §3 I11.
    pub(super) fn report_print(&self, id: TicketId, copy: u32, outcome: PrintOutcome) -> Decision {
        use PrintOutcome as P;
        let ticket = self.hall.ticket(id)?;
        let known = ticket.print;
        if known.copy == copy && known.outcome == Some(outcome) {
            return Ok(Vec::new());
        }
        let fits = match known.outcome {
            None => copy >= 1,
            Some(_) if copy > known.copy => true,
            Some(_) if copy < known.copy => false,
            Some(P::Started) => outcome != P::Started,
            Some(P::Unknown) => matches!(outcome, P::Printed | P::Failed),
            Some(P::Printed | P::Failed) => false,
        };
        if !fits {
            return Err(Refusal::PrintOrder { ticket: id });
        }
        Ok(vec![Event::PrintChanged {
            ticket: id,
            copy,
            outcome,
        }])
    }

    pub(super) fn ask_reprint(&self, id: TicketId) -> Decision {
        let ticket = self.hall.ticket(id)?;
        if !ticket.status.is_open() && ticket.status.name() != "no_show" {
            return Err(super::wrong_state(ticket));
        }
        let copy = ticket.print.copy.max(ticket.print.asked).max(1) + 1;
        Ok(vec![Event::ReprintAsked { ticket: id, copy }])
    }
}

fn already_waiting(ticket: &Ticket) -> Refusal {
    Refusal::AlreadyWaiting {
        ticket: ticket.id,
        number: ticket.number.clone(),
    }
}

fn within_quota(service: &Service, day: &Day) -> Result<(), Refusal> {
    let issued = day.issued.get(&service.code).copied().unwrap_or_default();
    for (limit, given) in [
        (service.quota_day, issued.day),
        (service.quota_half_day, issued.half),
    ] {
        if let Some(limit) = limit.filter(|limit| given >= *limit) {
            return Err(Refusal::QuotaUsedUp {
                service: service.code.clone(),
                limit,
            });
        }
    }
    Ok(())
}

/// Letter and three digits from 001, four after 999.
fn next_number(service: &Service, day: &Day) -> Result<String, Refusal> {
    let letter = service.number_letter();
    let next = day.last_number.get(&letter).copied().unwrap_or(0) + 1;
    if next > ONLINE_NUMBER_MAX {
        return Err(Refusal::NumbersUsedUp { letter });
    }
    Ok(format!("{letter}{next:03}"))
}
