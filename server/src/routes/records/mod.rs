//! Routes of the registers (台账), one file a register: its routes, and who may use each.

pub(crate) mod briefings;
pub(crate) mod cases;
pub(crate) mod follow_ups;
mod guiding;
pub(crate) mod helps;
pub(crate) mod ratings;
pub(crate) mod span;
pub(crate) mod texts;
mod tides;
mod visitor;

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
use crate::http::wish::Wish;

/// Every route of the registers.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(briefings::routes())
        .merge(cases::routes())
        .merge(follow_ups::routes())
        .merge(guiding::routes())
        .merge(helps::routes())
        .merge(ratings::routes())
        .merge(tides::routes())
}

/// Who may use them.
pub(crate) const RULES: &[&[Rule]] = &[
    briefings::RULES,
    cases::RULES,
    follow_ups::RULES,
    guiding::RULES,
    helps::RULES,
    ratings::RULES,
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
