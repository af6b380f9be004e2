//! What people see of a slip: its state today, with names.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::decide::{due_day, finish_day};
use super::{Lack, Place, Rongque, Signer, Slip, SlipPaper, SlipPrint, Supplier, TellingWay, Told};
use crate::event::Outcome;
use crate::view::{ServiceName, shown_number};
use crate::{DateTime, Hall, RecordId, TicketId, TicketStatus, Timestamp, WindowCode};

/// Kinds of slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlipKind {
    /// 一次性告知单.
    Told,
    /// 容缺受理通知书.
    Rongque,
}

/// Where a slip stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlipState {
    /// Past the last day: a manager decides.
    Overdue,
    /// The last day is today.
    DueToday,
    /// The last day is the next workday.
    DueTomorrow,
    /// There is time.
    Open,
    /// 期限待定: the workdays of its year are not known.
    DueUnknown,
    /// Every paper is in; the matter is not finished.
    Complete,
    /// The matter is finished.
    Finished,
    /// 视为撤回, confirmed.
    Withdrawn,
    /// A 一次性告知单: nothing more is asked of anybody.
    Told,
}

/// One item of a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SlipItem {
    /// What is lacking.
    #[serde(flatten)]
    pub lack: Lack,
    /// Whether the service guide does not name the paper.
    pub outside_guide: bool,
    /// Whether the slips before do not name it.
    pub new: bool,
    /// When it came in.
    pub supplied_day: Option<NaiveDate>,
    /// How it came.
    pub supplied_from: Option<Supplier>,
}

/// A slip as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SlipView {
    /// The record's id.
    pub id: RecordId,
    /// The short code printed on it.
    pub code: String,
    /// Which kind.
    pub kind: SlipKind,
    /// Where it stands today.
    pub state: SlipState,
    /// The visit.
    pub ticket: Option<TicketId>,
    /// The number, as shown.
    pub number: Option<String>,
    /// Where it was given.
    pub window: Option<WindowCode>,
    /// For which service.
    pub service: ServiceName,
    /// The list.
    pub items: Vec<SlipItem>,
    /// How the visitor was told.
    pub way: Option<TellingWay>,
    /// The right place.
    pub place: Option<Place>,
    /// The slip before.
    pub follows: Option<RecordId>,
    /// Workdays to bring the papers.
    pub due_workdays: Option<u32>,
    /// The last day; none when not known.
    pub due_day: Option<NaiveDate>,
    /// What being late leads to.
    pub consequence: Option<String>,
    /// Who signed the promise.
    pub signed_by: Option<Signer>,
    /// The promised time in workdays.
    pub promised_days: Option<u32>,
    /// The last day of the promised time, counted from the acceptance.
    pub finish_day: Option<NaiveDate>,
    /// Whether every paper came in time.
    pub in_time: Option<bool>,
    /// When every paper was in.
    pub completed_day: Option<NaiveDate>,
    /// When the matter was finished.
    pub finished_day: Option<NaiveDate>,
    /// Whether within the promised time.
    pub finished_in_time: Option<bool>,
    /// When the withdrawal was confirmed.
    pub withdrawn_day: Option<NaiveDate>,
    /// When the applicant was told of it.
    pub told_day: Option<NaiveDate>,
    /// Reminders so far, the last one's day last.
    pub reminded: Vec<NaiveDate>,
    /// The newest copy asked for at a kiosk's printer.
    pub print: Option<SlipPrint>,
    /// The day.
    pub day: NaiveDate,
    /// When it was given.
    pub at: DateTime,
    /// Who gave it.
    pub by: String,
}

/// A visitor who was sent home for papers without a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Returned {
    /// The visit.
    pub ticket: TicketId,
    /// The number, as shown.
    pub number: String,
    /// For which service.
    pub service: ServiceName,
    /// Where.
    pub window: WindowCode,
    /// When the visit ended.
    pub ended_at: Option<DateTime>,
}

impl Hall {
    /// A slip as people read it at `now`.
    pub fn slip_view(&self, slip: &Slip, now: Timestamp) -> SlipView {
        let given = slip.given();
        let (told, rongque) = match &slip.paper {
            SlipPaper::Told(told) => (Some(told), None),
            SlipPaper::Rongque(rongque) => (None, Some(rongque)),
        };
        SlipView {
            id: given.id,
            code: given.code.clone(),
            kind: if told.is_some() {
                SlipKind::Told
            } else {
                SlipKind::Rongque
            },
            state: self.slip_state(slip, now),
            ticket: given.ticket,
            number: given.number.clone(),
            window: given.window.clone(),
            service: self.named_service(&given.service),
            items: items(slip, told),
            way: told.map(|told| told.way),
            place: told.and_then(|told| told.place.clone()),
            follows: told.and_then(|told| told.follows),
            due_workdays: rongque.map(|rongque| rongque.due_workdays),
            due_day: rongque.and_then(|rongque| due_day(self, rongque)),
            consequence: rongque.map(|rongque| rongque.consequence.clone()),
            signed_by: rongque.map(|rongque| rongque.signed_by),
            promised_days: rongque.and_then(|rongque| rongque.promised_days),
            finish_day: rongque.and_then(|rongque| finish_day(self, rongque)),
            in_time: slip.completed.as_ref().and_then(|done| done.in_time),
            completed_day: slip.completed.as_ref().map(|done| done.day),
            finished_day: slip.finished.as_ref().map(|done| done.day),
            finished_in_time: slip.finished.as_ref().and_then(|done| done.in_time),
            withdrawn_day: slip.withdrawn.as_ref().map(|gone| gone.day),
            told_day: slip.withdrawn.as_ref().map(|gone| gone.told_day),
            reminded: slip.reminded.iter().map(|one| one.day).collect(),
            print: slip.print.as_ref().map(|print| print.seen_at(now)),
            day: given.day,
            at: slip.at.in_zone(self.zone()),
            by: given.by.clone(),
        }
    }

    /// Where a slip stands at `now`. Nothing changes by itself: what is overdue waits for a person.
    pub fn slip_state(&self, slip: &Slip, now: Timestamp) -> SlipState {
        let Some(rongque) = slip.rongque() else {
            return SlipState::Told;
        };
        if slip.withdrawn.is_some() {
            SlipState::Withdrawn
        } else if slip.finished.is_some() {
            SlipState::Finished
        } else if slip.completed.is_some() {
            SlipState::Complete
        } else {
            self.due_state(rongque, now)
        }
    }

    fn due_state(&self, rongque: &Rongque, now: Timestamp) -> SlipState {
        let Some(due) = due_day(self, rongque) else {
            return SlipState::DueUnknown;
        };
        let today = now.date_in(self.zone());
        let next = self.calendar().workday_after(today, 1);
        if today > due {
            SlipState::Overdue
        } else if today == due {
            SlipState::DueToday
        } else if next.is_some_and(|next| next >= due) {
            SlipState::DueTomorrow
        } else {
            SlipState::Open
        }
    }

    /// 容缺 slips that somebody has to see to, the most pressing first.
    pub fn rongque_due(&self, now: Timestamp) -> Vec<SlipView> {
        let open = self.records.slips.all().filter(|slip| slip.is_open());
        let mut views: Vec<_> = open.map(|slip| self.slip_view(slip, now)).collect();
        views.sort_by_key(|view| (view.state, view.due_day, view.id));
        views
    }

    /// How many slips ask for somebody today: overdue, due today, due next.
    pub fn rongque_waiting(&self, now: Timestamp) -> usize {
        let open = self.records.slips.all().filter(|slip| slip.is_open());
        open.filter(|slip| self.slip_state(slip, now) <= SlipState::DueTomorrow)
            .count()
    }

    /// Visits in memory that ended for want of papers without a slip, newest first: a lead, and the
    /// slip can still be written.
    pub fn returned_without_slip(&self) -> Vec<Returned> {
        let told = self.records.slips.told_for();
        let mut found = Vec::new();
        for ticket in self.tickets.values() {
            let TicketStatus::Finished(window) = &ticket.status else {
                continue;
            };
            let lacking = ticket
                .matters
                .iter()
                .filter(|matter| matter.outcome == Some(Outcome::MaterialsMissing))
                .filter(|matter| !told.contains(&(ticket.id, &matter.service)));
            found.extend(lacking.map(|matter| Returned {
                ticket: ticket.id,
                number: shown_number(self, ticket),
                service: self.named_service(&matter.service),
                window: window.clone(),
                ended_at: ticket.ended_at.map(|at| at.in_zone(self.zone())),
            }));
        }
        found.sort_by_key(|one| core::cmp::Reverse(one.ended_at));
        found
    }
}

fn items(slip: &Slip, told: Option<&Told>) -> Vec<SlipItem> {
    let given = slip.given();
    let item = |(i, lack): (usize, &Lack)| {
        let supplied = u32::try_from(i).ok().and_then(|i| slip.supplied.get(&i));
        SlipItem {
            lack: lack.clone(),
            outside_guide: given.outside_guide.contains(&lack.paper),
            new: told.is_some_and(|told| told.new_items.contains(&lack.paper)),
            supplied_day: supplied.map(|supplied| supplied.day),
            supplied_from: supplied.map(|supplied| supplied.from),
        }
    };
    given.items.iter().enumerate().map(item).collect()
}
