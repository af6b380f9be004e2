//! `SQLite`: one file, one writer, every commit on disk before anyone hears of it.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use serde::ser::{Serialize, SerializeSeq, Serializer};
use sqlx::Row as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

use crate::keys::hex;

use super::{ActiveCall, AppendError, Batch, Row, StoreError, migrator};

/// The tables, step by step; a step that was released is never edited.
const MIGRATIONS: &[(&str, &str)] = &[
    (
        "init",
        include_str!("../../../migrations/sqlite/0001_init.sql"),
    ),
    (
        "calendar_device",
        include_str!("../../../migrations/sqlite/0002_calendar_device.sql"),
    ),
    (
        "frame",
        include_str!("../../../migrations/sqlite/0003_frame.sql"),
    ),
    (
        "day_summary",
        include_str!("../../../migrations/sqlite/0004_day_summary.sql"),
    ),
    (
        "photo",
        include_str!("../../../migrations/sqlite/0005_photo.sql"),
    ),
];

/// The first `SQLite` without the WAL-reset fault. **Source**: RELIABILITY §0.7.
const VERSION_MIN: (u32, u32, u32) = (3, 51, 3);
/// How long a writer waits for another. **Source**: ECO §3.
const BUSY: Duration = Duration::from_secs(5);
/// Reads at once. Ours: two cores, and pages of the journal beside them.
const READERS: u32 = 4;
/// The write-ahead log is cut back to this after a checkpoint. **Source**: RELIABILITY F07.
const WAL_BYTES: &str = "67108864";
/// Pages the writer keeps, in KiB. Ours: the last pages of the table and its indexes for a thousand
/// halls, so that no commit reads.
const CACHE: &str = "-16000";
/// How often pages go from the write-ahead log to their places, beside the writer. Ours: the log
/// stays within a few seconds of writing.
const CHECKPOINT: Duration = Duration::from_secs(1);
/// Pages in the log at which the writer does it itself, since a log that is always written to is
/// never emptied beside it. Ours: as many as the log's limit holds.
const CHECKPOINT_AT: &str = "16000";

const INSERT: &str = "insert into journal (hall, seq, log_id, event_id, cmd_key, body_mac, actor, \
    device, inc, kseq, t_utc, mono_ms, day, kind, number, payload, prev_hash, hash) \
    select value->>0, value->>1, value->>2, value->>3, value->>4, unhex(value->>5), value->>6, \
    value->>7, value->>8, value->>9, value->>10, value->>11, value->>12, value->>13, \
    value->>14, value->>15, unhex(value->>16), unhex(value->>17) from json_each($1)";
/// Takes a ticket away from every window, then gives it to the one that is named. A trigger does it
/// for one change after the other, so that the unique index sees each step of a batch.
const ACTIVE_VIEW: &str = "create temp view active_change as \
    select hall, ticket, window from active_call";
const ACTIVE_TRIGGER: &str = "create temp trigger change_active instead of insert on active_change \
    begin \
        delete from active_call where hall = new.hall and ticket = new.ticket; \
        insert into active_call (hall, ticket, window) \
            select new.hall, new.ticket, new.window where new.window is not null; \
    end";
const CHANGE_ACTIVE: &str = "insert into active_change (hall, ticket, window) \
    select value->>0, value->>1, value->>2 from json_each($1)";
const SELECT: &str = "select hall, seq, log_id, event_id, cmd_key, body_mac, actor, device, inc, \
    kseq, t_utc, mono_ms, day, kind, number, payload, prev_hash, hash from journal \
    where hall = $1 and seq > $2 order by seq limit $3";

/// A journal in one file.
#[derive(Debug)]
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
    /// The checkpoints; they end with the store.
    _beside: JoinSet<()>,
    /// Held as long as the server lives; the system lets go of it when the process ends.
    lock: Option<File>,
}

impl Sqlite {
    pub(super) async fn open(url: &str, for_server: bool) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            .pragma("journal_size_limit", WAL_BYTES);
        let lock = if for_server {
            Some(lock(options.get_filename())?)
        } else {
            None
        };
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .idle_timeout(None)
                .max_lifetime(None)
                .after_connect(|connection, _| Box::pin(prepare(connection)))
        };
        let own = options
            .clone()
            .pragma("cache_size", CACHE)
            .pragma("wal_autocheckpoint", CHECKPOINT_AT);
        let writer = pool(1).connect_with(own).await?;
        check_version(&writer).await?;
        if for_server {
            quick_check(&writer).await?;
        }
        migrator(MIGRATIONS).run(&writer).await?;
        let readers = pool(READERS).connect_with(options.clone()).await?;
        let mut beside = JoinSet::new();
        if for_server {
            beside.spawn(checkpoint(pool(1).connect_with(options).await?));
        }
        Ok(Self {
            writer,
            readers,
            _beside: beside,
            lock,
        })
    }

    pub(super) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    pub(super) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        if let Some(lock) = &self.lock {
            // The system lets go of it in any case when the process ends.
            let _ = lock.unlock();
        }
    }

    pub(super) async fn append(&self, batch: &Batch) -> Result<(), AppendError> {
        let unknown = AppendError::Unknown;
        let mut transaction = self
            .writer
            .begin_with("begin immediate")
            .await
            .map_err(unknown)?;
        match write(batch, &mut transaction).await {
            Ok(()) => transaction.commit().await.map_err(unknown),
            Err(fault) if super::is_taken(&fault) => {
                // Only a rollback that is known makes the conflict a definite answer.
                transaction.rollback().await.map_err(unknown)?;
                Err(AppendError::conflict(batch))
            }
            Err(fault) => Err(unknown(fault)),
        }
    }

    pub(super) async fn rows(
        &self,
        hall: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Row>, StoreError> {
        let query = sqlx::query(SELECT).bind(hall).bind(after).bind(limit);
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().map(row).collect()
    }
}

/// One insert for all rows, then what changes in the table of active calls.
async fn write(
    batch: &Batch,
    transaction: &mut sqlx::SqliteTransaction<'_>,
) -> Result<(), sqlx::Error> {
    let rows = json_rows(&batch.rows);
    sqlx::query(INSERT)
        .bind(rows)
        .execute(&mut **transaction)
        .await?;
    if !batch.active.is_empty() {
        sqlx::query(CHANGE_ACTIVE)
            .bind(json_changes(&batch.active))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Takes the lock file beside the database, so that two servers never share it.
fn lock(database: &Path) -> Result<File, StoreError> {
    // One file has one lock, by whatever path it is reached; a new one has only the path given.
    let real = std::fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    let path = format!("{}.lock", real.display());
    let file = File::create(&path);
    let file = file.map_err(|source| StoreError::Lock {
        path: path.clone(),
        source,
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path }),
        Err(TryLockError::Error(source)) => Err(StoreError::Lock { path, source }),
    }
}

/// Takes pages to their places without holding up the writer, for as long as the server lives.
async fn checkpoint(pool: SqlitePool) {
    let mut often = tokio::time::interval(CHECKPOINT);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        let done = sqlx::query("pragma wal_checkpoint(passive)").execute(&pool);
        if let Err(fault) = done.await {
            tracing::warn!(%fault, "the write-ahead log cannot be taken in");
        }
    }
}

/// What every connection needs before its first use.
async fn prepare(connection: &mut sqlx::SqliteConnection) -> Result<(), sqlx::Error> {
    read_back(connection).await?;
    for sql in [ACTIVE_VIEW, ACTIVE_TRIGGER] {
        sqlx::query(sql).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Settings that the promise rests on are read back on every connection.
async fn read_back(connection: &mut sqlx::SqliteConnection) -> Result<(), sqlx::Error> {
    let (synchronous,): (i64,) = sqlx::query_as("pragma synchronous")
        .fetch_one(&mut *connection)
        .await?;
    let (mode,): (String,) = sqlx::query_as("pragma journal_mode")
        .fetch_one(&mut *connection)
        .await?;
    if synchronous == 2 && mode == "wal" {
        return Ok(());
    }
    let (what, is, must) = if synchronous == 2 {
        ("journal_mode", mode, "wal")
    } else {
        ("synchronous", synchronous.to_string(), "2 (FULL)")
    };
    Err(sqlx::Error::Configuration(Box::new(StoreError::Setting {
        what,
        is,
        must,
    })))
}

async fn check_version(pool: &SqlitePool) -> Result<(), StoreError> {
    let (version,): (String,) = sqlx::query_as("select sqlite_version()")
        .fetch_one(pool)
        .await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    if (part(), part(), part()) < VERSION_MIN {
        let what = "the version of SQLite";
        return Err(StoreError::Setting {
            what,
            is: version,
            must: "3.51.3 or later",
        });
    }
    Ok(())
}

async fn quick_check(pool: &SqlitePool) -> Result<(), StoreError> {
    let checked: Result<Vec<(String,)>, _> =
        sqlx::query_as("pragma quick_check").fetch_all(pool).await;
    let lines = checked.map_err(|fault| StoreError::Damaged(fault.to_string()))?;
    let faults: Vec<_> = lines
        .into_iter()
        .map(|(line,)| line)
        .filter(|l| l != "ok")
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(StoreError::Damaged(faults.join("; ")))
    }
}

fn json_rows(rows: &[Row]) -> String {
    let rows: Vec<_> = rows.iter().map(Columns).collect();
    serde_json::to_string(&rows).expect("a row is JSON")
}

/// A row as the array that [`INSERT`] reads.
struct Columns<'a>(&'a Row);

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.0;
        let mut columns = serializer.serialize_seq(None)?;
        columns.serialize_element(&row.hall)?;
        columns.serialize_element(&row.seq)?;
        columns.serialize_element(&row.log_id)?;
        columns.serialize_element(&row.event_id)?;
        columns.serialize_element(&row.cmd_key)?;
        columns.serialize_element(&row.body_mac.as_deref().map(hex))?;
        columns.serialize_element(&row.actor)?;
        columns.serialize_element(&row.device)?;
        columns.serialize_element(&row.inc)?;
        columns.serialize_element(&row.kseq)?;
        columns.serialize_element(&row.at)?;
        columns.serialize_element(&row.mono_ms)?;
        columns.serialize_element(&row.day)?;
        columns.serialize_element(&row.kind)?;
        columns.serialize_element(&row.number)?;
        columns.serialize_element(&row.payload)?;
        columns.serialize_element(&hex(&row.prev_hash))?;
        columns.serialize_element(&hex(&row.hash))?;
        columns.end()
    }
}

fn json_changes(changes: &[ActiveCall]) -> String {
    let changes: Vec<_> = changes
        .iter()
        .map(|change| (&change.hall, &change.ticket, &change.window))
        .collect();
    serde_json::to_string(&changes).expect("a change is JSON")
}

fn row(row: &SqliteRow) -> Result<Row, StoreError> {
    let hall: String = row.try_get(0)?;
    let seq: i64 = row.try_get(1)?;
    let bad = |why| StoreError::BadRow {
        hall: hall.clone(),
        seq,
        why,
    };
    let id = |text: String| Uuid::parse_str(&text).map_err(|_| bad("an id is not a UUID"));
    let hash = |bytes: Vec<u8>| bytes.try_into().map_err(|_| bad("a hash has not 32 bytes"));
    Ok(Row {
        log_id: id(row.try_get(2)?)?,
        event_id: id(row.try_get(3)?)?,
        cmd_key: row.try_get(4)?,
        body_mac: row.try_get(5)?,
        actor: row.try_get(6)?,
        device: row.try_get(7)?,
        inc: row.try_get(8)?,
        kseq: row.try_get(9)?,
        at: row.try_get(10)?,
        mono_ms: row.try_get(11)?,
        day: row.try_get(12)?,
        kind: row.try_get(13)?,
        number: row.try_get(14)?,
        payload: row.try_get(15)?,
        prev_hash: hash(row.try_get(16)?)?,
        hash: hash(row.try_get(17)?)?,
        hall: hall.clone(),
        seq,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &SqlitePool, pragma: &'static str) -> i64 {
        let read = sqlx::query_as(pragma).fetch_one(pool);
        let (value,): (i64,) = read.await.expect("a pragma is read");
        value
    }

    #[tokio::test]
    async fn every_connection_has_the_settings_that_the_promise_rests_on() {
        let id = link::random::id(link::clock::machine_now());
        let path = std::env::temp_dir().join(format!("tidehall-settings-{id}.db"));
        let url = format!("sqlite:{}", path.display());
        let store = Sqlite::open(&url, true).await.expect("the store opens");
        for pool in [&store.writer, &store.readers] {
            assert_eq!(pragma(pool, "pragma synchronous").await, 2);
            let mode = sqlx::query_as("pragma journal_mode").fetch_one(pool);
            let (mode,): (String,) = mode.await.expect("a pragma is read");
            assert_eq!(mode, "wal");
            check_version(pool)
                .await
                .expect("the version is one without the fault");
        }
        assert_eq!(pragma(&store.writer, "pragma foreign_keys").await, 1);
        store.close().await;
        for end in ["", "-wal", "-shm", ".lock"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }
}
