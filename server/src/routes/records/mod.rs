//! Routes of the registers (台账), one file a register: its routes, and who may use each.

mod guiding;
pub(crate) mod hand_ons;
pub(crate) mod messages;
mod promises;
mod slip_prints;
pub(crate) mod slips;

use hall::records::RecordWish;
use hall::{Command, RecordId};
use link::random;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::floor::Done;
use crate::http::access::Rule;
use crate::http::problem::Problem;
use crate::http::wish::{Wish, check_text};
pub(crate) use crate::routes::tickets::Nothing;

/// Every route of the registers.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(guiding::routes())
        .merge(slips::routes())
        .merge(slip_prints::routes())
        .merge(promises::routes())
        .merge(hand_ons::routes())
        .merge(messages::routes())
}

/// Who may use them.
pub(crate) const RULES: &[&[Rule]] = &[
    guiding::RULES,
    slips::RULES,
    slip_prints::RULES,
    promises::RULES,
    hand_ons::RULES,
    messages::RULES,
];

/// What was written down.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Written {
    /// The record.
    pub id: RecordId,
    /// The journal position of the change.
    pub seq: u64,
}

impl Written {
    /// The record of a change.
    ///
    /// # Errors
    ///
    /// 404 when the change was about no record.
    pub(crate) fn of(done: &Done) -> Result<Self, Problem> {
        let id = done.record.ok_or_else(|| Problem::not_found("record"))?;
        Ok(Self { id, seq: done.seq })
    }
}

impl<T> Wish<T> {
    /// An id for a record that is not there yet; a replay of the key answers with the first one.
    pub(crate) fn new_id(&self) -> RecordId {
        RecordId(random::id(self.app.clock.now()))
    }

    /// Asks a register, and waits until the answer is on disk.
    ///
    /// # Errors
    ///
    /// The problem to answer with.
    pub(crate) async fn write(&self, wish: impl Into<RecordWish>) -> Result<Done, Problem> {
        self.ask(Command::Record(Box::new(wish.into()))).await
    }
}

/// A record's id in a path.
///
/// # Errors
///
/// 404 when it is no id.
pub(crate) fn record_id(text: &str) -> Result<RecordId, Problem> {
    let id = uuid::Uuid::parse_str(text).map_err(|_| Problem::not_found("record"))?;
    Ok(RecordId(id))
}

/// Digits of a mobile number, which begins with 1; landlines of offices may stand in a text.
const MOBILE_DIGITS: usize = 11;
/// Digits of the shortest id number. **Source**: GB 11643, 18, and 15 before it.
const ID_DIGITS: usize = 15;

/// Checks a text that goes into the journal for good: it must not hold somebody's number.
///
/// # Errors
///
/// 400 naming the field and the limit.
pub(crate) fn check_lasting(field: &str, value: &str, limit: usize) -> Result<(), Problem> {
    check_text(field, value, limit)?;
    let joined = value.chars().filter(|c| !matches!(c, ' ' | '-'));
    let joined: String = joined.collect();
    let mut runs = joined.split(|c: char| !c.is_ascii_digit());
    let is_persons =
        |run: &str| run.len() >= ID_DIGITS || (run.len() == MOBILE_DIGITS && run.starts_with('1'));
    if runs.any(is_persons) {
        let detail = "must not hold a mobile or id number, it stays for good";
        return Err(Problem::malformed(field, detail));
    }
    Ok(())
}

/// Checks a lasting text when there is one.
///
/// # Errors
///
/// 400 naming the field and the limit.
pub(crate) fn check_some_lasting(
    field: &str,
    value: Option<&String>,
    limit: usize,
) -> Result<(), Problem> {
    value.map_or(Ok(()), |value| check_lasting(field, value, limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lasting_text_holds_nobodys_number() {
        for kept in ["2026-11-23 补交", "0533-0000000", "第1234567890号"] {
            assert!(check_lasting("subject", kept, 40).is_ok(), "{kept}");
        }
        for refused in ["13900001111", "139 0000 1111", "370306194910011234"] {
            assert!(check_lasting("subject", refused, 40).is_err(), "{refused}");
        }
    }
}
