//! A month's score sheet with what stands beside it: one account for the page, the JSON and the files.
//!
//! ```text
//! hall: ScoreSheet ─┐
//! hall: patrols    ─┼─► Account ─► page · JSON · Book (xlsx, csv) · Paper (pdf)
//! journal: figures ─┘
//! ```
//!
//! The points are people's. Figures are facts beside them, and say so.

mod book;
mod district;
mod paper;

use hall::evidence::Metrics;
use hall::month::Month;
use hall::records::{PatrolMonth, ScoreSheet, SheetState};
use hall::text::Text;
use hall::{DateTime, HallCode};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::keys::hex;
use crate::routes::metrics::{self, Span};

pub(crate) use book::book;
pub(crate) use district::{District, DistrictRow, district_book, level};
pub(crate) use paper::paper;

/// A month's sheet with everything beside it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Account {
    /// The sheet, its signatures, versions and differences.
    #[serde(flatten)]
    pub state: SheetState,
    /// `未定稿` until it is published.
    pub status: Text,
    /// SHA-256 of `sheet` as JSON with its fields in the order of their names and without blanks;
    /// null until it is published.
    pub sha256: Option<String>,
    /// What the points are, and what they are not.
    pub note: Text,
    /// Patrols held and missed, and the visit of the supervisors (注1, 注2).
    pub patrols: PatrolMonth,
    /// Facts of the month by item, never points; null when they were not asked for.
    pub facts: Option<Metrics>,
    /// When this was made.
    pub at: DateTime,
    /// The journal position.
    pub seq: u64,
}

/// The sheet as the hash takes it: JSON, fields in the order of their names, no blanks.
pub(crate) fn canonical(sheet: &ScoreSheet) -> Vec<u8> {
    let mut value = serde_json::to_value(sheet).unwrap_or(Value::Null);
    value.sort_all_objects();
    serde_json::to_vec(&value).unwrap_or_default()
}

/// SHA-256 of the canonical sheet.
pub(crate) fn sha256(sheet: &ScoreSheet) -> String {
    hex(&Sha256::digest(canonical(sheet)))
}

/// The account of a month.
///
/// # Errors
///
/// 404 for a month without a sheet, 503 when the journal cannot be read.
pub(crate) async fn account(
    app: &App,
    hall: &HallHandle,
    month: Month,
    with_facts: bool,
) -> Result<Account, Problem> {
    let durable = hall.durable();
    let zone = durable.hall.zone();
    let at = app.clock.now().in_zone(zone);
    let today = at.date_naive();
    let state = durable.hall.score_sheet(month, today);
    let state = state.ok_or_else(|| Problem::not_found("score_sheet"))?;
    let facts = if with_facts {
        let span = Span::of(month.first(), month.last().min(today));
        Some(metrics::of(app, hall, span).await?)
    } else {
        None
    };
    Ok(Account {
        status: status(&state),
        sha256: state.sha256().map(str::to_owned),
        note: note(),
        patrols: durable.hall.patrol_month(month, today),
        state,
        facts,
        at,
        seq: durable.seq,
    })
}

/// What the points are, and what stands beside them.
fn note() -> Text {
    Text::new(
        "得分由巡查人员依附件评定;旁边的事实与线索由系统记录,不是得分。",
        "People give the score by the annex; the facts beside it are recorded by the system and are no score.",
    )
}

fn status(state: &SheetState) -> Text {
    let version = state.sheet.version;
    if state.frozen {
        return Text::new(
            format!("已定稿 · 第{version}版"),
            format!("published, version {version}"),
        );
    }
    if version > 1 {
        return Text::new(
            format!("未定稿 · 拟为第{version}版,第{}版仍为现行", version - 1),
            format!(
                "draft of version {version}; version {} is in force",
                version - 1
            ),
        );
    }
    Text::new("未定稿", "draft")
}

/// The name of a sheet's file.
pub(crate) fn file_name(hall: &HallCode, month: Month) -> String {
    format!("score-sheet-{hall}-{month}")
}
