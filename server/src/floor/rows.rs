//! Events to journal rows and back.

use hall::{Event, HallCode, TicketId, Timestamp};
use link::random;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::Key;
use crate::store::{ActiveCall, Row};

/// The end of the chain that the next row hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) seq: u64,
    pub(super) hash: [u8; 32],
    pub(super) log: Uuid,
}

/// What a row says besides its event.
pub(super) struct Stamp<'a> {
    pub(super) hall: &'a HallCode,
    pub(super) actor: &'a str,
    pub(super) at: Timestamp,
    pub(super) mono_ms: i64,
    pub(super) key: Option<&'a Key>,
}

#[derive(serde::Deserialize)]
struct Split<'a> {
    kind: &'a str,
    #[serde(borrow)]
    payload: &'a RawValue,
}

/// The next row of the chain; moves `head` on.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only days and issues have these columns"
)]
pub(super) fn row(head: &mut Head, stamp: &Stamp<'_>, event: &Event) -> Row {
    let text = serde_json::to_string(event).expect("an event is JSON");
    let split: Split<'_> = serde_json::from_str(&text).expect("an event has kind and payload");
    let (day, number) = match event {
        Event::TicketIssued { day, number, .. } => (Some(day.to_string()), Some(number.clone())),
        Event::DayOpened { day, .. }
        | Event::PhaseBegan { day, .. }
        | Event::DaySettled { day, .. } => (Some(day.to_string()), None),
        _ => (None, None),
    };
    head.seq += 1;
    let mut row = Row {
        hall: stamp.hall.0.clone(),
        seq: i64::try_from(head.seq).unwrap_or(i64::MAX),
        log_id: head.log,
        event_id: random::id(stamp.at),
        cmd_key: stamp.key.map(|key| key.text.clone()),
        body_mac: stamp.key.map(|key| key.body_mac.clone()),
        actor: stamp.actor.to_owned(),
        device: None,
        inc: None,
        kseq: None,
        at: stamp.at.0,
        mono_ms: stamp.mono_ms,
        day,
        number,
        kind: split.kind.to_owned(),
        payload: split.payload.get().to_owned(),
        prev_hash: head.hash,
        hash: [0; 32],
    };
    row.chain(head.hash);
    head.hash = row.hash;
    row
}

/// The event of a row.
///
/// # Errors
///
/// When the kind is unknown or a field is missing.
pub(crate) fn event(row: &Row) -> Result<Event, serde_json::Error> {
    serde_json::from_str(&format!(
        r#"{{"kind":"{}","payload":{}}}"#,
        row.kind, row.payload
    ))
}

/// What changes in the table of active calls.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other events hold or release nobody"
)]
pub(super) fn active_call(hall: &HallCode, event: &Event) -> Option<ActiveCall> {
    let change = |ticket: TicketId, window: Option<&hall::WindowCode>| {
        Some(ActiveCall {
            hall: hall.0.clone(),
            ticket: ticket.to_string(),
            window: window.map(|window| window.0.clone()),
        })
    };
    match event {
        Event::TicketCalled { ticket, window, .. }
        | Event::TicketResumed { ticket, window }
        | Event::NoShowUndone { ticket, window }
        | Event::FinishUndone { ticket, window } => change(*ticket, Some(window)),
        Event::TicketNotShown { ticket, .. }
        | Event::TicketFinished { ticket, .. }
        | Event::TicketTransferred { ticket, .. }
        | Event::TicketParked { ticket, .. }
        | Event::TicketPutBack { ticket, .. }
        | Event::TicketCancelled { ticket, .. }
        | Event::TicketCarriedOver { ticket, .. } => change(*ticket, None),
        _ => None,
    }
}
