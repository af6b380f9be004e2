//! What days came to, and what it takes to make that: never part of the journal.

use sqlx::AssertSqlSafe;

use super::{Store, StoreError, on_engine, on_readers};

/// A summary that was made before its day was settled, as when the clock ran ahead and came back,
/// does not count.
const WHOLE: &str = "not exists (select 1 from journal j where j.hall = s.hall and j.day = s.day \
                     and j.kind = 'day_settled' and j.seq > s.head_seq)";

/// A day as it was summed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// The hall.
    pub hall: String,
    /// The day.
    pub day: String,
    /// By which definitions it was counted.
    pub version: i64,
    /// The last row of the journal that was there.
    pub head_seq: i64,
    /// The little that is kept for sums over many halls, as JSON.
    pub totals: String,
    /// Everything that is counted, as JSON.
    pub detail: String,
}

impl Store {
    /// Keeps summaries, in place of older ones, all or none.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn keep_summaries(&self, rows: &[SummaryRow]) -> Result<(), StoreError> {
        let sql = "insert into day_summary (hall, day, version, head_seq, totals, detail) \
                   values ($1, $2, $3, $4, $5, $6) on conflict (hall, day) do update set \
                   version = excluded.version, head_seq = excluded.head_seq, \
                   totals = excluded.totals, detail = excluded.detail";
        on_engine!(self, pool => {
            let mut transaction = pool.begin().await?;
            for row in rows {
                sqlx::query(sql)
                    .bind(&row.hall).bind(&row.day).bind(row.version).bind(row.head_seq)
                    .bind(&row.totals).bind(&row.detail)
                    .execute(&mut *transaction).await.map(|_| ())?;
            }
            transaction.commit().await?;
        });
        Ok(())
    }

    /// Days of a hall from `from` to `to` that were summed up by these definitions: day and detail.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn summaries(
        &self,
        hall: &str,
        (from, to): (&str, &str),
        version: i64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let sql = format!(
            "select day, detail from day_summary s where hall = $1 and day between $2 and $3 \
             and version = $4 and {WHOLE} order by day"
        );
        Ok(on_readers!(self, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(hall).bind(from).bind(to).bind(version).fetch_all(pool).await?
        }))
    }

    /// Days of a hall that were summed up, without what they came to.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn summed_days(
        &self,
        hall: &str,
        (from, to): (&str, &str),
        version: i64,
    ) -> Result<Vec<String>, StoreError> {
        let sql = format!(
            "select day from day_summary s where hall = $1 and day between $2 and $3 \
             and version = $4 and {WHOLE} order by day"
        );
        let days: Vec<(String,)> = on_readers!(self, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(hall).bind(from).bind(to).bind(version).fetch_all(pool).await?
        });
        Ok(days.into_iter().map(|(day,)| day).collect())
    }

    /// The totals of every hall's days from `from` to `to`: hall, day, totals.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn day_totals(
        &self,
        (from, to): (&str, &str),
        version: i64,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        let sql = format!(
            "select hall, day, totals from day_summary s where day between $1 and $2 \
             and version = $3 and {WHOLE} order by hall, day"
        );
        Ok(on_readers!(self, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(from).bind(to).bind(version).fetch_all(pool).await?
        }))
    }

    /// The last settled day of a hall before `day`; none when there is none.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn settled_before(
        &self,
        hall: &str,
        day: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql = "select max(day) from journal where hall = $1 and day < $2 \
                   and kind = 'day_settled'";
        let (found,): (Option<String>,) = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(day).fetch_one(pool).await?
        });
        Ok(found)
    }

    /// The row with which the last of these days was settled; 0 when none was.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn settled_at(
        &self,
        hall: &str,
        (from, to): (&str, &str),
    ) -> Result<i64, StoreError> {
        let sql = "select max(seq) from journal where hall = $1 and day between $2 and $3 \
                   and kind = 'day_settled'";
        let (found,): (Option<i64>,) = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(from).bind(to).fetch_one(pool).await?
        });
        Ok(found.unwrap_or(0))
    }

    /// The plan in force after row `seq`, as its event's payload; none before the first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn plan_at(&self, hall: &str, seq: i64) -> Result<Option<String>, StoreError> {
        let sql = "select payload from journal where hall = $1 and seq <= $2 \
                   and kind = 'plan_published' order by seq desc limit 1";
        let found: Option<(String,)> = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(seq).fetch_optional(pool).await?
        });
        Ok(found.map(|(payload,)| payload))
    }

    /// When a hall's journal begins; none when it has none.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn first_at(&self, hall: &str) -> Result<Option<i64>, StoreError> {
        let sql = "select t_utc from journal where hall = $1 order by seq limit 1";
        let found: Option<(i64,)> = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).fetch_optional(pool).await?
        });
        Ok(found.map(|(at,)| at))
    }
}
