//! Routes of the registers (台账), one file a register: its routes, and who may use each.

pub(crate) mod briefings;
pub(crate) mod cases;
pub(crate) mod deductions;
pub(crate) mod follow_ups;
mod guiding;
pub(crate) mod hand_ons;
pub(crate) mod helps;
pub(crate) mod inspections;
pub(crate) mod messages;
mod photos;
mod promises;
pub(crate) mod ratings;
pub(crate) mod sheets;
mod slip_prints;
pub(crate) mod slips;
pub(crate) mod span;
pub(crate) mod texts;
mod tides;
pub(crate) mod upkeep;
mod visitor;

use hall::evidence::Item;
use hall::evidence::annex::Office;
use hall::records::RecordWish;
use hall::{Actor, Command, RecordId, Role};
use link::random;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::auth::Identity;
use crate::floor::Done;
use crate::http::access::Rule;
use crate::http::problem::Problem;
use crate::http::wish::{Wish, check_text};
pub(crate) use crate::routes::tickets::Nothing;

/// Every route of the registers.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(guiding::routes())
        .merge(tides::routes())
        .merge(slips::routes())
        .merge(slip_prints::routes())
        .merge(promises::routes())
        .merge(hand_ons::routes())
        .merge(messages::routes())
        .merge(briefings::routes())
        .merge(cases::routes())
        .merge(follow_ups::routes())
        .merge(helps::routes())
        .merge(ratings::routes())
        .merge(inspections::routes())
        .merge(photos::routes())
        .merge(deductions::routes())
        .merge(sheets::routes())
        .merge(upkeep::routes())
}

/// Who may use them.
pub(crate) const RULES: &[&[Rule]] = &[
    guiding::RULES,
    tides::RULES,
    slips::RULES,
    slip_prints::RULES,
    promises::RULES,
    hand_ons::RULES,
    messages::RULES,
    briefings::RULES,
    cases::RULES,
    follow_ups::RULES,
    helps::RULES,
    ratings::RULES,
    inspections::RULES,
    photos::RULES,
    deductions::RULES,
    sheets::RULES,
    upkeep::RULES,
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
        self.write_as(wish, self.who.actor()).await
    }

    /// Asks a register in another of the asker's roles.
    ///
    /// # Errors
    ///
    /// The problem to answer with.
    pub(crate) async fn write_as(
        &self,
        wish: impl Into<RecordWish>,
        actor: Actor,
    ) -> Result<Done, Problem> {
        let command = Command::Record(Box::new(wish.into()));
        self.ask_as(command, actor).await
    }
}

/// The asker in the role of the unit that scores the item, when the asker holds it.
pub(crate) fn unit_actor(who: &Identity, item: Item) -> Actor {
    let unit = match item.office() {
        Some(Office::Guidance) => Role::Guidance,
        Some(Office::Management) | None => Role::Inspector,
    };
    let role = if who.holds(unit) { unit } else { who.role };
    Actor {
        role,
        ..who.actor()
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
