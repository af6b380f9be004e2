//! Texts that may name people: kept outside the journal, and gone when nothing refers to them.

use hall::records::RecordWish;
use hall::{Actor, Command};

use crate::app::App;
use crate::floor::{Done, HallHandle, Key};
use crate::http::problem::Problem;
use crate::http::wish::{Wish, ask};
use crate::personal::Personal;

const DAY_MS: i64 = 24 * 3600 * 1000;
/// How long what people said and were answered is kept. Ours: the yearly review of 第二十一条 and a
/// month for questions.
const SAID_MS: i64 = 400 * DAY_MS;
/// How long a phone number or an address is kept when nobody shreds it before. Ours: longer than a
/// case or a home visit takes.
const CONTACT_MS: i64 = 90 * DAY_MS;

/// Texts of one wish; those of a wish that comes to nothing are shredded.
pub(super) struct Texts<'a> {
    personal: &'a Personal,
    hall: &'a HallHandle,
    kept: Vec<String>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(app: &'a App, hall: &'a HallHandle) -> Self {
        Self {
            personal: &app.personal,
            hall,
            kept: Vec::new(),
        }
    }

    /// Keeps what somebody said.
    ///
    /// # Errors
    ///
    /// 503 when it cannot be written.
    pub(super) async fn said(&mut self, text: Option<&String>) -> Result<Option<String>, Problem> {
        self.keep(text, SAID_MS).await
    }

    /// Keeps how somebody is reached.
    ///
    /// # Errors
    ///
    /// 503 when it cannot be written.
    pub(super) async fn contact(
        &mut self,
        text: Option<&String>,
    ) -> Result<Option<String>, Problem> {
        self.keep(text, CONTACT_MS).await
    }

    async fn keep(&mut self, text: Option<&String>, ms: i64) -> Result<Option<String>, Problem> {
        let Some(text) = text else { return Ok(None) };
        let reference = self.personal.keep_for(&self.hall.code, text, ms).await?;
        self.kept.push(reference.clone());
        Ok(Some(reference))
    }

    /// Asks the register as `actor`; a refused or repeated wish leaves no text behind.
    ///
    /// # Errors
    ///
    /// The problem to answer with.
    pub(super) async fn write_as(
        self,
        wish: impl Into<RecordWish>,
        actor: Actor,
        key: Option<Key>,
    ) -> Result<Done, Problem> {
        let command = Command::Record(Box::new(wish.into()));
        let done = ask(self.hall, command, actor, key).await;
        let is_new = done.as_ref().is_ok_and(|done| !done.replay);
        if !is_new {
            for reference in &self.kept {
                self.personal.shred(reference).await;
            }
        }
        done
    }

    /// Asks the register as whoever sent the wish.
    ///
    /// # Errors
    ///
    /// The problem to answer with.
    pub(super) async fn write<T>(
        self,
        of: &Wish<T>,
        wish: impl Into<RecordWish>,
    ) -> Result<Done, Problem> {
        self.write_as(wish, of.who.actor(), of.key()).await
    }
}

/// What was typed on several lines, as one.
pub(super) fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Opens a text for those who may read it; none when it is gone, or its time was over.
///
/// # Errors
///
/// 503 when the database cannot be read.
pub(crate) async fn open(app: &App, reference: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(reference) = reference else {
        return Ok(None);
    };
    let opened = app.personal.open(reference).await;
    opened.map_err(|fault| app.fault(&fault))
}
