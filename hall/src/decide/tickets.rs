//! Moving a ticket: to another line, aside, away, to another day.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Asked, Decision, wrong_state};
use crate::event::{CancelledBy, ParkingKind};
use crate::state::{Ticket, TicketStatus};
use crate::{
    Command, Event, HourMinute, Opening, Refusal, ServiceCode, TicketId, Timestamp, WindowCode,
};

impl Asked<'_> {
    pub(super) fn transfer_to_service(
        &self,
        id: TicketId,
        service: &ServiceCode,
        reason: &str,
    ) -> Decision {
        let ticket = self.transferable(id)?;
        if self
            .hall
            .plan
            .as_ref()
            .and_then(|plan| plan.service(service))
            .is_none()
        {
            return Err(Refusal::no_service(service));
        }
        if self.hall.windows_for(service).next().is_none() {
            return Err(Refusal::ServiceClosed {
                service: service.clone(),
            });
        }
        self.only_number_for(ticket, service)?;
        Ok(vec![Event::TicketTransferred {
            ticket: id,
            service: Some(service.clone()),
            window: None,
            reason: reason.into(),
        }])
    }

    pub(super) fn transfer_to_window(
        &self,
        id: TicketId,
        window: &WindowCode,
        reason: &str,
    ) -> Decision {
        self.transferable(id)?;
        let (target, _) = self.hall.window(window)?;
        if target.shift.is_none() {
            return Err(Refusal::WindowClosed {
                window: window.clone(),
            });
        }
        Ok(vec![Event::TicketTransferred {
            ticket: id,
            service: None,
            window: Some(window.clone()),
            reason: reason.into(),
        }])
    }

    fn transferable(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        let ticket = self.hall.ticket(id)?;
        self.may_touch(ticket)?;
        match &ticket.status {
            TicketStatus::Waiting | TicketStatus::Called(_) | TicketStatus::Serving(_) => {
                Ok(ticket)
            }
            TicketStatus::Parked(..)
            | TicketStatus::NoShow(_)
            | TicketStatus::Finished(_)
            | TicketStatus::Cancelled
            | TicketStatus::CarriedOver(_) => Err(wrong_state(ticket)),
        }
    }

    pub(super) fn park(&self, id: TicketId, kind: ParkingKind, reason: &str) -> Decision {
        let ticket = self.hall.ticket(id)?;
        self.may_touch(ticket)?;
        let TicketStatus::Serving(window) = &ticket.status else {
            return Err(wrong_state(ticket));
        };
        let window = window.clone();
        Ok(vec![Event::TicketParked {
            ticket: id,
            window,
            kind,
            reason: reason.into(),
        }])
    }

    pub(super) fn unpark(&self, id: TicketId) -> Decision {
        let ticket = self.hall.ticket(id)?;
        if !matches!(ticket.status, TicketStatus::Parked(..)) {
            return Err(wrong_state(ticket));
        }
        Ok(vec![Event::TicketUnparked { ticket: id }])
    }

    pub(super) fn cancel(&self, id: TicketId, by: CancelledBy, reason: &str) -> Decision {
        let ticket = self.hall.ticket(id)?;
        if by == CancelledBy::Manager && !self.actor.is_manager() {
            return Err(Refusal::NotYourRole {
                window: None,
                clerk: None,
            });
        }
        self.may_touch(ticket)?;
        self.day_is_open(ticket)?;
        if !ticket.status.is_open() && !matches!(ticket.status, TicketStatus::NoShow(_)) {
            return Err(wrong_state(ticket));
        }
        Ok(vec![Event::TicketCancelled {
            ticket: id,
            by,
            reason: reason.into(),
        }])
    }

    /// A manager's correction is a fact with a reason: what ended by mistake waits again, first.
    /// **Source**: RELIABILITY §3 E1.
    pub(super) fn reopen(&self, id: TicketId, reason: &str) -> Decision {
        let ticket = self.hall.ticket(id)?;
        if !self.actor.is_manager() {
            return Err(Refusal::NotYourRole {
                window: None,
                clerk: None,
            });
        }
        let ended = matches!(
            ticket.status,
            TicketStatus::Finished(_) | TicketStatus::Cancelled | TicketStatus::CarriedOver(_)
        );
        if !ended {
            return Err(wrong_state(ticket));
        }
        self.day_is_open(ticket)?;
        if self.hall.windows_for(&ticket.service).next().is_none() {
            return Err(Refusal::ServiceClosed {
                service: ticket.service.clone(),
            });
        }
        self.only_number_for(ticket, &ticket.service)?;
        Ok(vec![Event::TicketReopened {
            ticket: id,
            reason: reason.into(),
        }])
    }

    /// A visitor is sent to a day and a time at which the hall serves.
    fn is_served_at(&self, to: NaiveDate, slot: &str) -> Result<(), Refusal> {
        let closed = || Refusal::SlotClosed {
            to,
            slot: slot.into(),
        };
        let time = HourMinute::parse(slot).ok_or_else(closed)?;
        let at = Timestamp::of_local(to, time, self.hall.zone());
        match self.hall.opening(to) {
            Opening::Open(hours) if hours.serves_at(at) => Ok(()),
            Opening::Open(_) | Opening::Closed => Err(closed()),
            Opening::Unknown(year) => Err(Refusal::CalendarMissing { year }),
        }
    }

    pub(super) fn carry_over(&self, command: &Command) -> Decision {
        let Command::CarryOver {
            ticket: id,
            to,
            slot,
            consent,
        } = command
        else {
            return Ok(Vec::new());
        };
        let ticket = self.hall.ticket(*id)?;
        self.day_is_open(ticket)?;
        match &ticket.status {
            TicketStatus::Waiting | TicketStatus::Parked(..) | TicketStatus::NoShow(_) => (),
            TicketStatus::Called(_)
            | TicketStatus::Serving(_)
            | TicketStatus::Finished(_)
            | TicketStatus::Cancelled
            | TicketStatus::CarriedOver(_) => return Err(wrong_state(ticket)),
        }
        if !consent {
            return Err(Refusal::ConsentNeeded { ticket: *id });
        }
        if *to <= ticket.day || *to < self.now.date_in(self.hall.zone()) {
            return Err(Refusal::NotALaterDay { to: *to });
        }
        self.is_served_at(*to, slot)?;
        Ok(vec![Event::TicketCarriedOver {
            ticket: *id,
            to: *to,
            slot: slot.clone(),
        }])
    }
}
