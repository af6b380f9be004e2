//! Chooses what follows from a command. Changes nothing.
//!
//! The order of checks is contract: exists, allowed, open, free, anything to do.

mod calls;
mod cover;
mod day;
mod issue;
mod tickets;
mod tide;
mod timers;
mod visits;
mod windows;

use alloc::vec::Vec;

use chrono::NaiveDate;

use crate::records;
use crate::state::{Hall, Ticket};
use crate::{Actor, Command, Event, Refusal, Role, Timestamp, WindowCode};

/// Decides what follows from `command`, asked by `actor` at `now`, without changing `hall`.
///
/// No events and no refusal means that what was asked is so already.
///
/// # Errors
///
/// The first rule broken, in the order the rules are written.
pub fn decide(
    hall: &Hall,
    command: &Command,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let asked = Asked { hall, actor, now };
    match command {
        Command::Tick => Ok(asked.tick()),
        Command::PublishPlan { plan } => asked.publish(plan),
        Command::Settle { day } => asked.settle(*day),
        Command::OpenDay { reason } => asked.open_by_hand(reason),
        Command::Issue(wish) => asked.issue(wish),
        Command::ReportPrint {
            ticket,
            copy,
            outcome,
        } => asked.report_print(*ticket, *copy, *outcome),
        Command::AskReprint { ticket } => asked.ask_reprint(*ticket),
        Command::Call {
            window,
            pick,
            expect,
        } => asked.call(window, pick, expect.as_ref()),
        Command::Recall { window } => asked.recall(window),
        Command::Start { window } => asked.start(window),
        Command::MarkNoShow { window } => asked.mark_no_show(window),
        Command::UndoNoShow { window, ticket } => asked.undo_no_show(window, *ticket),
        Command::PutBack { window, reason } => asked.put_back(window, reason),
        Command::Finish { .. } => asked.finish(command),
        Command::UndoFinish { window, ticket } => asked.undo_finish(window, *ticket),
        Command::AddMatter { ticket, service } => asked.add_matter(*ticket, service),
        Command::Reinstate { ticket } => asked.reinstate(*ticket),
        Command::TransferToService {
            ticket,
            service,
            reason,
        } => asked.transfer_to_service(*ticket, service, reason),
        Command::TransferToWindow {
            ticket,
            window,
            reason,
        } => asked.transfer_to_window(*ticket, window, reason),
        Command::Park {
            ticket,
            kind,
            reason,
        } => asked.park(*ticket, *kind, reason),
        Command::Unpark { ticket } => asked.unpark(*ticket),
        Command::Delay { ticket } => asked.delay(*ticket),
        Command::Cancel { ticket, by, reason } => asked.cancel(*ticket, *by, reason),
        Command::CarryOver { .. } => asked.carry_over(command),
        Command::SignIn {
            window,
            clerk,
            overriding,
        } => asked.sign_in(window, clerk, overriding.as_ref()),
        Command::MakeReady { window } => asked.make_ready(window),
        Command::SignOff { window, overriding } => asked.sign_off(window, overriding.as_ref()),
        Command::Pause { .. } => asked.pause(command),
        Command::Resume { window } => asked.resume(window),
        Command::Cover { .. }
        | Command::DeclineCover { .. }
        | Command::HandBack { .. }
        | Command::Lend { .. }
        | Command::EndLending { .. }
        | Command::NoticeAbsence { .. }
        | Command::Reopen { .. }
        | Command::EnterCalendar { .. }
        | Command::NoteDevice { .. } => asked.decide_more(command),
        Command::Record(wish) => records::decide(&asked, wish),
    }
}

/// A question: who asks, when, of which hall.
pub(crate) struct Asked<'a> {
    pub(crate) hall: &'a Hall,
    pub(crate) actor: &'a Actor,
    pub(crate) now: Timestamp,
}

impl Asked<'_> {
    /// Posts, lendings, corrections, and what comes from outside the floor.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other commands are decided before"
    )]
    fn decide_more(&self, command: &Command) -> Decision {
        match command {
            Command::Cover { window, clerk } => self.cover(window, clerk),
            Command::DeclineCover {
                window,
                clerk,
                reason,
            } => self.decline_cover(window, clerk, reason),
            Command::HandBack { window, note } => self.hand_back(window, note),
            Command::Lend {
                window,
                services,
                until,
                reason,
            } => self.lend(window, services, *until, reason.as_deref()),
            Command::EndLending { window } => self.end_lending(window),
            Command::Reopen { ticket, reason } => self.reopen(*ticket, reason),
            Command::NoticeAbsence { window } => self.notice_absence(window),
            Command::EnterCalendar { year, table } => self.enter_calendar(*year, table),
            Command::NoteDevice {
                device,
                kind,
                awake,
            } => Ok(self.note_device(device, *kind, *awake)),
            _ => Ok(Vec::new()),
        }
    }
}

type Decision = Result<Vec<Event>, Refusal>;

impl Asked<'_> {
    /// Today's date in the hall's zone.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now.date_in(self.hall.zone())
    }
}

impl<'a> Asked<'a> {
    /// The window's state, when the actor may act there and somebody holds it.
    fn held_window(&self, code: &WindowCode) -> Result<&'a crate::state::Window, Refusal> {
        let (window, _) = self.hall.window(code)?;
        let Some(shift) = &window.shift else {
            return Err(Refusal::WindowClosed {
                window: code.clone(),
            });
        };
        if self.actor.role == Role::Clerk
            && self
                .actor
                .clerk
                .as_ref()
                .is_some_and(|clerk| *clerk != shift.clerk)
        {
            let clerk = Some(shift.clerk.clone());
            return Err(Refusal::NotYourRole {
                window: Some(code.clone()),
                clerk,
            });
        }
        Ok(window)
    }

    /// The ticket held at the window, whatever is done to it.
    fn ticket_at(&self, window: &crate::state::Window) -> Option<&'a Ticket> {
        window.ticket.and_then(|id| self.hall.ticket(id).ok())
    }

    /// Refuses when another clerk's window holds the ticket.
    pub(crate) fn may_touch(&self, ticket: &Ticket) -> Result<(), Refusal> {
        match ticket.status.holder() {
            Some(window) => self.held_window(window).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Refuses when the ticket's day is closed for good.
    fn day_is_open(&self, ticket: &Ticket) -> Result<(), Refusal> {
        let settled = self
            .hall
            .day(ticket.day)
            .is_none_or(|day| day.phase == crate::state::Phase::Settled);
        if settled {
            Err(wrong_state(ticket))
        } else {
            Ok(())
        }
    }
}

pub(crate) fn wrong_state(ticket: &Ticket) -> Refusal {
    Refusal::WrongState {
        ticket: ticket.id,
        number: ticket.number.clone(),
        state: ticket.status.name(),
    }
}
