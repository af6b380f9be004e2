//! The rows that frame the days of a hall: plans, calendars, devices, openings and settlements.

use super::{Store, StoreError, on_readers};

/// One row of the frame; a plan without its payload, since only one of them is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameRow {
    /// Its position.
    pub seq: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Its kind.
    pub kind: String,
    /// The day that it opens or settles.
    pub day: Option<String>,
    /// Its fields as JSON; none for a plan.
    pub payload: Option<String>,
}

type Columns = (i64, i64, String, Option<String>, Option<String>);

impl Store {
    /// The frame of a hall's days up to row `last`, oldest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn frame(&self, hall: &str, last: i64) -> Result<Vec<FrameRow>, StoreError> {
        // The list of kinds is that of the index, word for word.
        let sql = "select seq, t_utc, kind, day, \
                   case when kind = 'plan_published' then null else payload end \
                   from journal where hall = $1 and seq <= $2 and kind in \
                   ('plan_published', 'calendar_entered', 'device_noted', 'day_opened', \
                   'day_settled') order by seq";
        let rows: Vec<Columns> = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(last).fetch_all(pool).await?
        });
        let row = |(seq, at, kind, day, payload)| FrameRow {
            seq,
            at,
            kind,
            day,
            payload,
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
