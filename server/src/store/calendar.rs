//! Statutory workdays of the whole server, and where a moment lies in a hall's journal.

use super::{Store, StoreError, on_engine, on_readers};

impl Store {
    /// Keeps a year's table, in place of an older one.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn keep_calendar(&self, year: i32, table: &str, now: i64) -> Result<(), StoreError> {
        let sql = "insert into calendar (year, content, entered_at) values ($1, $2, $3) \
                   on conflict (year) do update set content = excluded.content, \
                   entered_at = excluded.entered_at";
        on_engine!(self, pool => sqlx::query(sql)
            .bind(i64::from(year)).bind(table).bind(now)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Every year that was entered, with its table.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn calendars(&self) -> Result<Vec<(i64, String)>, StoreError> {
        let sql = "select year, content from calendar order by year";
        Ok(on_readers!(self, pool => sqlx::query_as(sql).fetch_all(pool).await?))
    }

    /// The last row of a hall before `at`, 0 when there is none; `head` is the last row of all.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn last_before(&self, hall: &str, at: i64, head: i64) -> Result<i64, StoreError> {
        let sql = "select t_utc from journal where hall = $1 and seq = $2";
        let (mut before, mut after) = (0, head + 1);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            let found: Option<(i64,)> = on_readers!(self, pool => {
                sqlx::query_as(sql).bind(hall).bind(middle).fetch_optional(pool).await?
            });
            match found {
                Some((moment,)) if moment < at => before = middle,
                Some(_) | None => after = middle,
            }
        }
        Ok(before)
    }
}
