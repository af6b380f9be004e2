//! What waits on a clerk's desk beside the line: messages, inquiries, and the slips of the visit.

use hall::records::slips::{Slip, SlipPaper};
use hall::view::TicketView;
use hall::{ClerkCode, DateTime, Hall, RecordId, Timestamp};

/// Messages and inquiries shown on the console. Ours: more are on their own pages.
const ROWS: usize = 4;

/// What waits for the clerk of a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskNotes {
    /// The newest 一次性告知单 of the visit: id and short code.
    pub told: Option<(RecordId, String)>,
    /// The newest 容缺受理通知书 of the visit.
    pub rongque: Option<(RecordId, String)>,
    /// Messages that the clerk has not read.
    pub unread: Vec<DeskMessage>,
    /// How many there are in all.
    pub unread_count: usize,
    /// Inquiries that the clerk owns or was handed.
    pub inquiries: Vec<DeskInquiry>,
    /// How many there are in all.
    pub inquiry_count: usize,
}

/// A message that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskMessage {
    /// The record.
    pub id: RecordId,
    /// What it is about.
    pub subject: String,
    /// When it came.
    pub at: DateTime,
    /// Until when to call back.
    pub due_at: Option<DateTime>,
    /// Whether that has passed.
    pub overdue: bool,
}

/// An inquiry that waits for the clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskInquiry {
    /// The record.
    pub id: RecordId,
    /// What was asked.
    pub subject: String,
    /// Whether it was handed on and is not taken yet.
    pub offered: bool,
}

impl DeskNotes {
    /// What waits for `clerk` at `now`, and the slips of `ticket`.
    pub(super) fn of(
        hall: &Hall,
        clerk: Option<&ClerkCode>,
        ticket: Option<&TicketView>,
        now: Timestamp,
    ) -> Self {
        let mut notes = Self::default();
        if let Some(ticket) = ticket {
            for slip in hall.records().slips.of_ticket(ticket.id) {
                notes.take_slip(slip);
            }
        }
        if let Some(clerk) = clerk {
            notes.take_clerk(hall, clerk, now);
        }
        notes
    }

    fn take_slip(&mut self, slip: &Slip) {
        let given = slip.given();
        let named = Some((given.id, given.code.clone()));
        match &slip.paper {
            SlipPaper::Told(_) => self.told = named,
            SlipPaper::Rongque(_) => self.rongque = named,
        }
    }

    fn take_clerk(&mut self, hall: &Hall, clerk: &ClerkCode, now: Timestamp) {
        let records = hall.records();
        self.unread_count = records.messages.unread(clerk).count();
        let messages = records.messages.unread(clerk).take(ROWS);
        let zone = hall.zone();
        self.unread = messages
            .map(|message| DeskMessage {
                id: message.id,
                subject: message.subject.clone().unwrap_or_default(),
                at: message.at.in_zone(zone),
                due_at: message.due_at.map(|due| due.in_zone(zone)),
                overdue: message.is_overdue(now),
            })
            .collect();
        self.inquiry_count = records.hand_ons.of(clerk).count();
        let inquiries = records.hand_ons.of(clerk).take(ROWS);
        self.inquiries = inquiries
            .map(|one| DeskInquiry {
                id: one.id,
                subject: one.subject.clone(),
                offered: one.offered_to() == Some(clerk),
            })
            .collect();
    }
}
