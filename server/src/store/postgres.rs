//! `PostgreSQL`: several servers may share it; `(hall, seq)` is the only fence between them.

use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::{PgTransaction, Row as _};
use uuid::Uuid;

use super::{ActiveCall, AppendError, Batch, Row, StoreError, migrator};

/// The tables, step by step; a step that was released is never edited.
const MIGRATIONS: &[(&str, &str)] = &[
    (
        "init",
        include_str!("../../../migrations/postgres/0001_init.sql"),
    ),
    (
        "calendar_device",
        include_str!("../../../migrations/postgres/0002_calendar_device.sql"),
    ),
    (
        "frame",
        include_str!("../../../migrations/postgres/0003_frame.sql"),
    ),
    (
        "day_summary",
        include_str!("../../../migrations/postgres/0004_day_summary.sql"),
    ),
    (
        "photo",
        include_str!("../../../migrations/postgres/0005_photo.sql"),
    ),
];

/// Connections that read. Ours: two cores, and pages of the journal beside them.
const READERS: u32 = 8;
/// Connections that write, so that readers never keep a commit waiting.
pub(super) const WRITERS: usize = 4;

/// Where servers tell each other of rows.
pub(super) const CHANNEL: &str = "tidehall";

const INSERT: &str = "insert into journal (hall, seq, log_id, event_id, cmd_key, body_mac, actor, \
    device, inc, kseq, t_utc, mono_ms, day, kind, number, payload, prev_hash, hash) \
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], \
    $6::bytea[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], \
    $12::bigint[], $13::text[], $14::text[], $15::text[], $16::text[], $17::bytea[], \
    $18::bytea[])";
const SELECT: &str = "select hall, seq, log_id, event_id, cmd_key, body_mac, actor, device, inc, \
    kseq, t_utc, mono_ms, day, kind, number, payload, prev_hash, hash from journal \
    where hall = $1 and seq > $2 order by seq limit $3";

/// A journal in a database server.
#[derive(Debug)]
pub struct Postgres {
    readers: PgPool,
    writers: PgPool,
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let writers = pool(u32::try_from(WRITERS).unwrap_or(1), url).await?;
        for (setting, select) in [
            ("fsync", "show fsync"),
            ("full_page_writes", "show full_page_writes"),
            ("synchronous_commit", "show synchronous_commit"),
        ] {
            let (is,): (String,) = sqlx::query_as(select).fetch_one(&writers).await?;
            if is != "on" {
                return Err(StoreError::Setting {
                    what: setting,
                    is,
                    must: "on",
                });
            }
        }
        migrator(MIGRATIONS).run(&writers).await?;
        let readers = pool(READERS, url).await?;
        Ok(Self { readers, writers })
    }

    pub(super) fn writers(&self) -> &PgPool {
        &self.writers
    }

    pub(super) fn readers(&self) -> &PgPool {
        &self.readers
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }

    /// One transaction a hall, so that a lost race touches that hall alone.
    pub(super) async fn append(&self, batch: &Batch) -> Result<(), AppendError> {
        let mut rest = batch.rows.as_slice();
        while let Some(first) = rest.first() {
            let hall = first.hall.as_str();
            let count = rest.iter().take_while(|row| row.hall == hall).count();
            let (rows, later) = rest.split_at(count);
            let active = batch.active.iter().filter(|change| change.hall == hall);
            self.append_hall(hall, rows, active).await?;
            rest = later;
        }
        Ok(())
    }

    async fn append_hall(
        &self,
        hall: &str,
        rows: &[Row],
        active: impl Iterator<Item = &ActiveCall>,
    ) -> Result<(), AppendError> {
        let failed = |fault: sqlx::Error| {
            if super::is_taken(&fault) {
                AppendError::Conflict {
                    hall: hall.to_owned(),
                }
            } else {
                AppendError::Unknown(fault)
            }
        };
        let mut transaction = self.writers.begin().await.map_err(failed)?;
        insert(rows, &mut transaction).await.map_err(failed)?;
        for change in active {
            active_call(change, &mut transaction)
                .await
                .map_err(failed)?;
        }
        // Only a hint: followers also poll, and read by position, never by this.
        let last = rows.last().map_or(0, |row| row.seq);
        let hint = sqlx::query("select pg_notify($1, $2)").bind(CHANNEL);
        let hint = hint.bind(format!("{hall} {last}"));
        hint.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
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

async fn pool(connections: u32, url: &str) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(connections)
        .after_connect(|connection, _| {
            Box::pin(async move {
                let set = "set synchronous_commit = on";
                sqlx::query(set).execute(&mut *connection).await.map(|_| ())
            })
        })
        .connect(url)
        .await
}

async fn insert(rows: &[Row], transaction: &mut PgTransaction<'_>) -> Result<(), sqlx::Error> {
    fn column<T>(rows: &[Row], of: impl Fn(&Row) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(INSERT)
        .bind(column(rows, |row| row.hall.clone()))
        .bind(column(rows, |row| row.seq))
        .bind(column(rows, |row| row.log_id.to_string()))
        .bind(column(rows, |row| row.event_id.to_string()))
        .bind(column(rows, |row| row.cmd_key.clone()))
        .bind(column(rows, |row| row.body_mac.clone()))
        .bind(column(rows, |row| row.actor.clone()))
        .bind(column(rows, |row| row.device.clone()))
        .bind(column(rows, |row| row.inc))
        .bind(column(rows, |row| row.kseq))
        .bind(column(rows, |row| row.at))
        .bind(column(rows, |row| row.mono_ms))
        .bind(column(rows, |row| row.day.clone()))
        .bind(column(rows, |row| row.kind.clone()))
        .bind(column(rows, |row| row.number.clone()))
        .bind(column(rows, |row| row.payload.clone()))
        .bind(column(rows, |row| row.prev_hash.to_vec()))
        .bind(column(rows, |row| row.hash.to_vec()))
        .execute(&mut **transaction)
        .await
        .map(|_| ())
}

async fn active_call(
    change: &ActiveCall,
    transaction: &mut PgTransaction<'_>,
) -> Result<(), sqlx::Error> {
    let delete = "delete from active_call where hall = $1 and ticket = $2";
    let query = sqlx::query(delete).bind(&change.hall).bind(&change.ticket);
    query.execute(&mut **transaction).await?;
    if let Some(window) = &change.window {
        let insert = r#"insert into active_call (hall, ticket, "window") values ($1, $2, $3)"#;
        let query = sqlx::query(insert)
            .bind(&change.hall)
            .bind(&change.ticket)
            .bind(window);
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

fn row(row: &PgRow) -> Result<Row, StoreError> {
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
