//! The kiosk's own journal: what a finger asked for, what the server answered, what the printer did.
//!
//! ```text
//! J1 intent ─► server ─► J2 answer ─► J3 print begun ─► printer ─► J4 outcome ─► reported
//! ```
//!
//! Every step is on disk before the next one begins, so that a cut of power leaves each number
//! issued, unknown or confirmed, and never a paper without a record. **Source**: RELIABILITY §2.2.

use std::path::Path;

use hall::view::TicketView;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::desk::Wish;
use crate::print::Outcome;

/// The kiosk's journal.
#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    pool: SqlitePool,
}

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The database failed.
    #[error("the kiosk's journal failed")]
    Engine(#[from] sqlx::Error),
    /// A record cannot be read.
    #[error("a record of the kiosk's journal cannot be read")]
    Record(#[from] serde_json::Error),
    /// A commit would not be on disk when it returns.
    #[error("the kiosk's journal has synchronous={0}, but must have 2 (FULL)")]
    NotFull(i64),
}

/// One paper, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrintRecord {
    /// Whose.
    pub(crate) intent: String,
    /// 1 is the original.
    pub(crate) copy: u32,
    /// `printed`, `failed`, `unknown`; none while it is under way.
    pub(crate) outcome: Option<String>,
    /// Why not printed.
    pub(crate) reason: Option<String>,
}

const TABLES: &str = "
create table if not exists intent (
    intent text not null primary key, wish text not null, made_at integer not null,
    answer text, given_up integer not null default 0
) strict, without rowid;
create table if not exists print (
    intent text not null, copy integer not null, begun_at integer not null,
    outcome text, reason text, reported integer not null default 0,
    primary key (intent, copy)
) strict, without rowid;";

type PrintRow = (String, i64, Option<String>, Option<String>);

fn record((intent, copy, outcome, reason): PrintRow) -> PrintRecord {
    PrintRecord {
        intent,
        copy: u32::try_from(copy).unwrap_or(1),
        outcome,
        reason,
    }
}

/// Each answers with [`LedgerError`] when the disk cannot be used.
impl Ledger {
    /// Opens the journal, and makes it when it is not there.
    ///
    /// # Errors
    ///
    /// The file cannot be used, or commits would not reach the disk.
    pub(crate) async fn open(path: &Path) -> Result<Self, LedgerError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        let (full,): (i64,) = sqlx::query_as("pragma synchronous")
            .fetch_one(&pool)
            .await?;
        if full != 2 {
            return Err(LedgerError::NotFull(full));
        }
        sqlx::raw_sql(TABLES).execute(&pool).await?;
        Ok(Self { pool })
    }

    /// J1: notes what a finger asked for; the first wish of an intent counts.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn intend(
        &self,
        intent: &str,
        wish: &Wish,
        now: i64,
    ) -> Result<Wish, LedgerError> {
        let insert = "insert into intent (intent, wish, made_at) values ($1, $2, $3) \
                      on conflict do nothing";
        let text = serde_json::to_string(wish)?;
        sqlx::query(insert)
            .bind(intent)
            .bind(text)
            .bind(now)
            .execute(&self.pool)
            .await?;
        let select = "select wish from intent where intent = $1";
        let (kept,): (String,) = sqlx::query_as(select)
            .bind(intent)
            .fetch_one(&self.pool)
            .await?;
        Ok(serde_json::from_str(&kept)?)
    }

    /// J2: notes the server's answer; true for the first to do so, who then prints.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn answer(
        &self,
        intent: &str,
        ticket: &TicketView,
    ) -> Result<bool, LedgerError> {
        let sql = "update intent set answer = $2 where intent = $1 and answer is null";
        let text = serde_json::to_string(ticket)?;
        let done = sqlx::query(sql)
            .bind(intent)
            .bind(text)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The answer to an intent, when there is one.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn answered(&self, intent: &str) -> Result<Option<TicketView>, LedgerError> {
        let sql = "select answer from intent where intent = $1 and answer is not null";
        let row: Option<(String,)> = sqlx::query_as(sql)
            .bind(intent)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(text,)| serde_json::from_str(&text)).transpose()?)
    }

    /// Intents that have no answer and were not given up, oldest first.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn unanswered(&self) -> Result<Vec<(String, Wish, i64)>, LedgerError> {
        let sql = "select intent, wish, made_at from intent \
                   where answer is null and given_up = 0 order by made_at";
        let rows: Vec<(String, String, i64)> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let parsed = rows
            .into_iter()
            .map(|(intent, wish, at)| Ok((intent, serde_json::from_str(&wish)?, at)));
        parsed.collect()
    }

    /// Notes that an intent was refused, or is too old to be wished for still.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn give_up(&self, intent: &str) -> Result<(), LedgerError> {
        let sql = "update intent set given_up = 1 where intent = $1";
        sqlx::query(sql).bind(intent).execute(&self.pool).await?;
        Ok(())
    }

    /// Notes that an intent is wished for again: the same finger tries once more.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn wish_again(&self, intent: &str) -> Result<(), LedgerError> {
        let sql = "update intent set given_up = 0 where intent = $1";
        sqlx::query(sql).bind(intent).execute(&self.pool).await?;
        Ok(())
    }

    /// J3: notes that a paper is begun; false when it was begun before.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn begin_print(
        &self,
        intent: &str,
        copy: u32,
        now: i64,
    ) -> Result<bool, LedgerError> {
        let sql = "insert into print (intent, copy, begun_at) values ($1, $2, $3) \
                   on conflict do nothing";
        let done = sqlx::query(sql)
            .bind(intent)
            .bind(i64::from(copy))
            .bind(now)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// J4: notes what became of a paper.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn end_print(
        &self,
        intent: &str,
        copy: u32,
        outcome: &Outcome,
    ) -> Result<(), LedgerError> {
        let (name, reason) = match outcome {
            Outcome::Printed => ("printed", None),
            Outcome::Failed(why) => ("failed", Some(why)),
            Outcome::Unknown(why) => ("unknown", Some(why)),
        };
        let sql = "update print set outcome = $3, reason = $4 where intent = $1 and copy = $2";
        let query = sqlx::query(sql)
            .bind(intent)
            .bind(i64::from(copy))
            .bind(name)
            .bind(reason);
        query.execute(&self.pool).await?;
        Ok(())
    }

    /// Papers that were under way when the kiosk stopped: nobody knows. Never printed again.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn lose_begun(&self) -> Result<(), LedgerError> {
        let sql = "update print set outcome = 'unknown', reason = 'the kiosk stopped meanwhile' \
                   where outcome is null";
        sqlx::query(sql).execute(&self.pool).await?;
        Ok(())
    }

    /// The papers of an intent, original first.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn prints(&self, intent: &str) -> Result<Vec<PrintRecord>, LedgerError> {
        let sql = "select intent, copy, outcome, reason from print where intent = $1 order by copy";
        let rows: Vec<PrintRow> = sqlx::query_as(sql)
            .bind(intent)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// Answered intents whose original was never begun: the kiosk stopped in between.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn never_begun(&self) -> Result<Vec<(String, i64)>, LedgerError> {
        let sql = "select i.intent, i.made_at from intent i where i.answer is not null \
                   and not exists (select 1 from print p where p.intent = i.intent)";
        Ok(sqlx::query_as(sql).fetch_all(&self.pool).await?)
    }

    /// Papers whose outcome the server does not know yet, oldest first.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn unreported(&self) -> Result<Vec<PrintRecord>, LedgerError> {
        let sql = "select intent, copy, outcome, reason from print \
                   where reported = 0 and outcome is not null order by begun_at";
        let rows: Vec<PrintRow> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// Notes that the server knows.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn reported(&self, intent: &str, copy: u32) -> Result<(), LedgerError> {
        let sql = "update print set reported = 1 where intent = $1 and copy = $2";
        let query = sqlx::query(sql).bind(intent).bind(i64::from(copy));
        query.execute(&self.pool).await?;
        Ok(())
    }

    /// Records that the server does not know yet.
    ///
    /// # Errors
    ///
    /// [`LedgerError`].
    pub(crate) async fn unsynced(&self) -> Result<i64, LedgerError> {
        let sql = "select (select count(*) from intent where answer is null and given_up = 0) \
                   + (select count(*) from print where reported = 0)";
        let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&self.pool).await?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
