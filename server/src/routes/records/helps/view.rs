//! A request for help as the staff read it.

use hall::records::{HelpFile, HelpFrom, HelpKind, HelpResult};
use hall::view::shown_number;
use hall::{DateTime, Hall, HallCode, RecordId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::Identity;
use crate::http::access::HELPERS;
use crate::http::problem::Problem;
use crate::routes::records::texts;

/// A request as the staff read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HelpView {
    /// The record.
    pub(crate) id: RecordId,
    /// What kind, when it is known.
    pub(crate) kind: Option<HelpKind>,
    /// Through what.
    pub(crate) from: HelpFrom,
    /// Where in the hall.
    pub(crate) place: Option<String>,
    /// The visitor's number.
    pub(crate) number: Option<String>,
    /// Since when.
    pub(crate) asked_at: DateTime,
    /// From which hall it was handed on.
    pub(crate) referred_from: Option<HallCode>,
    /// Which helper came.
    pub(crate) helper: Option<String>,
    /// How it ended, here or where it was handed on to.
    pub(crate) result: Option<HelpResult>,
    /// To which hall it was handed on.
    pub(crate) referred_to: Option<HallCode>,
    /// Whether that hall has it.
    pub(crate) received: bool,
    /// `waiting`, `helping`, `on_the_way`, `received` or `over`.
    pub(crate) state: &'static str,
    /// What it is about.
    pub(crate) text: Option<String>,
    /// Where to go.
    pub(crate) address: Option<String>,
    /// How to reach the person.
    pub(crate) contact: Option<String>,
}

impl HelpView {
    /// The request without its texts.
    pub(crate) fn of(hall: &Hall, file: &HelpFile) -> Self {
        let asked = &file.asked;
        let ticket = asked.ticket.and_then(|id| hall.ticket(id).ok());
        let completed = file.completed.as_ref().map(|completed| completed.result);
        let returned = file.returned.as_ref().map(|returned| returned.result);
        let state = if completed.or(returned).is_some() {
            "over"
        } else if file.received {
            "received"
        } else if file.referred.is_some() {
            "on_the_way"
        } else if file.answered.is_some() {
            "helping"
        } else {
            "waiting"
        };
        let kind = file.completed.as_ref().map(|completed| completed.kind);
        Self {
            id: asked.id,
            kind: kind.or(asked.kind),
            from: asked.from,
            place: asked.place.clone(),
            number: ticket.map(|ticket| shown_number(hall, ticket)),
            asked_at: file.asked_at.in_zone(hall.zone()),
            referred_from: asked.referred.as_ref().map(|(from, _)| from.clone()),
            helper: file.answered.as_ref().map(|(helper, _)| helper.clone()),
            result: completed.or(returned),
            referred_to: file.referred.as_ref().map(|referred| referred.to.clone()),
            received: file.received,
            state,
            text: None,
            address: None,
            contact: None,
        }
    }

    /// The request with its texts opened for who may read them.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(crate) async fn opened(
        (app, who): (&App, &Identity),
        hall: &Hall,
        file: &HelpFile,
    ) -> Result<Self, Problem> {
        let mut view = Self::of(hall, file);
        if HELPERS.iter().any(|role| who.holds(*role)) {
            view.text = texts::open(app, file.asked.text.as_deref()).await?;
            view.address = texts::open(app, file.asked.address.as_deref()).await?;
            view.contact = texts::open(app, file.asked.contact.as_deref()).await?;
        }
        Ok(view)
    }
}
