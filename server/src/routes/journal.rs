//! The event stream of a hall, as NDJSON.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono_tz::Tz;
use hall::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use super::Problems;
use crate::app::App;
use crate::http::problem::Problem;
use crate::http::wish::{Look, Query};
use crate::store::Row;

/// Rows of one answer at most. Ours: about a megabyte.
const ROWS_MAX: i64 = 1000;

/// From where, and how many.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct JournalQuery {
    after: Option<i64>,
    limit: Option<i64>,
}

/// One row of the journal, a line of the answer.
#[derive(Debug, Serialize, ToSchema)]
struct Line<'a> {
    hall: &'a str,
    seq: i64,
    at: hall::DateTime,
    actor: &'a str,
    device: Option<&'a str>,
    kind: &'a str,
    #[schema(value_type = Object)]
    payload: &'a RawValue,
    hash: String,
}

/// The event stream after a position, oldest first.
#[utoipa::path(get, path = "/halls/{hall}/journal", tag = "journal",
    params(("hall" = String, Path), JournalQuery),
    responses((status = 200, body = String, content_type = "application/x-ndjson"), Problems))]
pub(super) async fn stream(
    State(app): State<App>,
    look: Look,
    Query(query): Query<JournalQuery>,
) -> Result<Response, Problem> {
    let limit = query.limit.unwrap_or(ROWS_MAX);
    if !(1..=ROWS_MAX).contains(&limit) {
        return Err(Problem::malformed(
            "limit",
            format!("must be 1 to {ROWS_MAX}"),
        ));
    }
    let after = query.after.unwrap_or(0);
    if after < 0 {
        return Err(Problem::malformed("after", "must be 0 or more"));
    }
    let durable = look.hall.durable();
    let rows = app
        .halls
        .store()
        .rows(&look.hall.code.0, after, limit)
        .await;
    let rows = rows.map_err(|fault| app.fault(&fault))?;
    let on_disk = rows
        .iter()
        .filter(|row| u64::try_from(row.seq).is_ok_and(|s| s <= durable.seq));
    let lines: String = on_disk
        .filter_map(|row| line(row, durable.hall.zone()))
        .collect();
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response())
}

fn line(row: &Row, zone: Tz) -> Option<String> {
    let line = Line {
        hall: &row.hall,
        seq: row.seq,
        at: Timestamp(row.at).in_zone(zone),
        actor: &row.actor,
        device: row.device.as_deref(),
        kind: &row.kind,
        payload: serde_json::from_str(&row.payload).ok()?,
        hash: crate::keys::hex(&row.hash),
    };
    Some(serde_json::to_string(&line).ok()? + "\n")
}
