//! A case as people read it, with its texts opened.

use chrono::NaiveDate;
use hall::records::{
    CallBack, CaseFile, CaseFinding, CaseNoted, CaseScope, CaseSource, CaseWay, Level,
};
use hall::{ClerkCode, RecordId, Role, WindowCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::Identity;
use crate::http::problem::Problem;
use crate::routes::records::texts;

/// An answer, or a fix, as people read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NoteView {
    /// The day.
    pub(crate) day: NaiveDate,
    /// Who.
    pub(crate) by: String,
    /// What; null when its time was over.
    pub(crate) text: Option<String>,
}

/// A call back as people read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallView {
    /// The day.
    pub(crate) day: NaiveDate,
    /// Who called.
    pub(crate) by: String,
    /// What came of it.
    pub(crate) result: CallBack,
    /// More about it.
    pub(crate) text: Option<String>,
}

/// A case as people read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CaseView {
    /// The record.
    pub(crate) id: RecordId,
    /// Where it comes from.
    pub(crate) source: CaseSource,
    /// The level of the rating that it comes from.
    #[schema(value_type = Option<u8>)]
    pub(crate) level: Option<Level>,
    /// How it reached the hall.
    pub(crate) way: Option<CaseWay>,
    /// What it is about.
    pub(crate) scope: Option<CaseScope>,
    /// The number at 12345.
    pub(crate) number: Option<String>,
    /// 科室, 所 or 团队.
    pub(crate) team: Option<String>,
    /// The window.
    pub(crate) window: Option<WindowCode>,
    /// What was said.
    pub(crate) text: Option<String>,
    /// How to reach who said it, while the case is open.
    pub(crate) contact: Option<String>,
    /// Who answers for it.
    pub(crate) owner: Option<ClerkCode>,
    /// The day.
    pub(crate) day: NaiveDate,
    /// Until when; null for notices, and when that year's workdays are not known.
    pub(crate) due: Option<NaiveDate>,
    /// Whether it is open past that day.
    pub(crate) overdue: bool,
    /// Whether it waits for somebody.
    pub(crate) open: bool,
    /// Answers.
    pub(crate) replies: Vec<NoteView>,
    /// What was put right.
    pub(crate) fixes: Vec<NoteView>,
    /// Calls back.
    pub(crate) calls: Vec<CallView>,
    /// What a person found.
    pub(crate) finding: Option<CaseFinding>,
    /// Which other way was told.
    pub(crate) told: Option<String>,
    /// The day it was closed.
    pub(crate) closed: Option<NaiveDate>,
    /// 满意 or 不满意, when somebody said.
    pub(crate) satisfied: Option<bool>,
}

impl CaseView {
    /// The case with its texts opened.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be read.
    pub(crate) async fn of(app: &App, file: &CaseFile, today: NaiveDate) -> Result<Self, Problem> {
        let opened = &file.opened;
        let closed = file.closed.as_ref();
        let found = file.finding.as_ref();
        let mut calls = Vec::with_capacity(file.calls.len());
        for call in &file.calls {
            calls.push(CallView {
                day: call.day,
                by: call.by.clone(),
                result: call.result,
                text: texts::open(app, call.text.as_deref()).await?,
            });
        }
        Ok(Self {
            id: opened.id,
            source: opened.source,
            level: opened.level,
            way: opened.way,
            scope: opened.scope,
            number: opened.number.clone(),
            team: opened.team.clone(),
            window: opened.window.clone(),
            text: texts::open(app, opened.text.as_deref()).await?,
            contact: texts::open(app, opened.contact.as_deref()).await?,
            owner: file.owner.clone(),
            day: opened.day,
            due: opened.due,
            overdue: file.is_overdue(today),
            open: file.is_open(),
            replies: notes(app, &file.replies).await?,
            fixes: notes(app, &file.fixes).await?,
            calls,
            finding: found.map(|found| found.finding),
            told: found.and_then(|found| found.told.clone()),
            closed: closed.map(|closed| closed.day),
            satisfied: closed.and_then(|closed| closed.satisfied),
        })
    }
}

async fn notes(app: &App, noted: &[CaseNoted]) -> Result<Vec<NoteView>, Problem> {
    let mut views = Vec::with_capacity(noted.len());
    for note in noted {
        views.push(NoteView {
            day: note.day,
            by: note.by.clone(),
            text: texts::open(app, Some(&note.text)).await?,
        });
    }
    Ok(views)
}

/// Whether the asker may read the case: a clerk only those that the clerk answers for.
pub(crate) fn may_read(who: &Identity, file: &CaseFile) -> bool {
    let reads_all = [
        Role::Manager,
        Role::Inspector,
        Role::Guidance,
        Role::Auditor,
    ];
    let is_owner = who.clerk.is_some() && who.clerk == file.owner;
    is_owner || reads_all.into_iter().any(|role| who.holds(role))
}
