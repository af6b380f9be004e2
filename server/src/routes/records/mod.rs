//! Routes of the registers (台账), one file a register: its routes, and who may use each.

pub(crate) mod deductions;
mod guiding;
pub(crate) mod inspections;
mod photos;
pub(crate) mod sheets;
mod tides;
pub(crate) mod upkeep;

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
use crate::http::wish::Wish;

/// Every route of the registers.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(guiding::routes())
        .merge(inspections::routes())
        .merge(photos::routes())
        .merge(deductions::routes())
        .merge(sheets::routes())
        .merge(upkeep::routes())
        .merge(tides::routes())
}

/// Who may use them.
pub(crate) const RULES: &[&[Rule]] = &[
    guiding::RULES,
    inspections::RULES,
    photos::RULES,
    deductions::RULES,
    sheets::RULES,
    upkeep::RULES,
    tides::RULES,
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
