//! The journal on disk, and the tables beside it. `SQLite` by default, `PostgreSQL` where one machine
//! is outgrown; both pass the same tests.

mod calendar;
mod committer;
mod devices;
mod frame;
mod people;
mod photos;
mod postgres;
mod row;
mod sqlite;
mod summaries;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::PgListener;
use sqlx::{AssertSqlSafe, SqlSafeStr};

pub use committer::{CommitFailure, Committer};
pub use devices::DeviceRow;
pub use frame::FrameRow;
pub use people::{Person, Session, Token};
pub use row::{ActiveCall, Batch, Row};
pub use summaries::SummaryRow;

/// A store, on one of two engines.
#[derive(Debug)]
pub enum Store {
    /// One file on this machine.
    Sqlite(sqlite::Sqlite),
    /// A database that several servers may share.
    Postgres(postgres::Postgres),
}

/// Why the store cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is not one of ours.
    #[error("the database address must begin with sqlite: or postgres://")]
    Address,
    /// The engine failed.
    #[error("the database failed")]
    Engine(#[from] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the tables cannot be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Another server uses the file.
    #[error("another server uses {path}")]
    InUse {
        /// The lock file.
        path: String,
    },
    /// The lock file cannot be made.
    #[error("the lock file {path} cannot be made")]
    Lock {
        /// The lock file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The engine is not set as the promise needs it.
    #[error("{what} is {is}, but must be {must}")]
    Setting {
        /// Which setting.
        what: &'static str,
        /// As read back.
        is: String,
        /// As needed.
        must: &'static str,
    },
    /// The file is damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// A row cannot be read.
    #[error("journal row {seq} of {hall} cannot be read: {why}")]
    BadRow {
        /// The hall.
        hall: String,
        /// The row.
        seq: i64,
        /// Why.
        why: &'static str,
    },
}

/// Why a batch is not, or perhaps not, on disk.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The hall's next rows were written by another node; other halls are not touched.
    #[error("rows of {hall} were there already")]
    Conflict {
        /// The hall.
        hall: String,
    },
    /// Whether it is on disk is not known: stop, replay, let clients ask again.
    #[error("the commit is unknown")]
    Unknown(#[source] sqlx::Error),
}

impl AppendError {
    /// The rows of the batch's hall were there already.
    fn conflict(batch: &Batch) -> Self {
        let hall = batch.rows.first().map(|row| row.hall.clone());
        Self::Conflict {
            hall: hall.unwrap_or_default(),
        }
    }
}

/// Whether a unique key said no: a definite answer, unlike every other fault of a commit.
fn is_taken(fault: &sqlx::Error) -> bool {
    fault
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Runs the same words on whichever engine is there, on a connection that may write.
macro_rules! on_engine {
    ($store:expr, $pool:ident => $body:expr) => {
        match $store {
            $crate::store::Store::Sqlite(engine) => {
                let $pool = engine.writer();
                $body
            }
            $crate::store::Store::Postgres(engine) => {
                let $pool = engine.writers();
                $body
            }
        }
    };
}
use on_engine;

/// The same for questions alone, so that they never wait behind a commit.
macro_rules! on_readers {
    ($store:expr, $pool:ident => $body:expr) => {
        match $store {
            $crate::store::Store::Sqlite(engine) => {
                let $pool = engine.readers();
                $body
            }
            $crate::store::Store::Postgres(engine) => {
                let $pool = engine.readers();
                $body
            }
        }
    };
}
use on_readers;

impl Store {
    /// Opens the database for a server: checks it, locks it, brings its tables up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: what is wrong, and what it must be.
    pub async fn open_server(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            return Ok(Self::Sqlite(sqlite::Sqlite::open(url, true).await?));
        }
        Self::open_postgres(url).await
    }

    /// Opens the database beside a running server, for the command line.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: what is wrong, and what it must be.
    pub async fn open_tool(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            return Ok(Self::Sqlite(sqlite::Sqlite::open(url, false).await?));
        }
        Self::open_postgres(url).await
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(postgres::Postgres::open(url).await?));
        }
        Err(StoreError::Address)
    }

    /// Lets go of the database: what was written is folded into the file, and the lock is given back.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(engine) => engine.close().await,
            Self::Postgres(engine) => engine.close().await,
        }
    }

    /// Whether other servers may write to it too.
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// How many transactions may be written at once.
    const fn writers(&self) -> usize {
        match self {
            Self::Sqlite(_) => 1,
            Self::Postgres(_) => postgres::WRITERS,
        }
    }

    /// Writes a batch; on return it is on disk.
    ///
    /// # Errors
    ///
    /// [`AppendError`] for each hall that is not written; on `SQLite` all halls or none.
    pub async fn append(&self, batch: &Batch) -> Result<(), AppendError> {
        match self {
            Self::Sqlite(engine) => engine.append(batch).await,
            Self::Postgres(engine) => engine.append(batch).await,
        }
    }

    /// Every hall that has a journal, and its last row.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn heads(&self) -> Result<Vec<(String, i64)>, StoreError> {
        // Steps from hall to hall along the primary key, however many rows lie between.
        let sql = "with recursive step (hall) as (select min(hall) from journal union all \
                   select (select min(j.hall) from journal j where j.hall > step.hall) \
                   from step where step.hall is not null) \
                   select hall, (select max(seq) from journal j where j.hall = step.hall) \
                   from step where hall is not null order by hall";
        Ok(on_readers!(self, pool => sqlx::query_as(sql).fetch_all(pool).await?))
    }

    /// Hears of rows as other servers write them; none where the file is ours alone.
    ///
    /// # Errors
    ///
    /// The database cannot be asked.
    pub async fn listen(&self) -> Result<Option<PgListener>, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(engine) => {
                let mut listener = PgListener::connect_with(engine.readers()).await?;
                listener.listen(postgres::CHANNEL).await?;
                Ok(Some(listener))
            }
        }
    }

    /// Rows of a hall after `after`, oldest first, `limit` at most.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a row has a column of the wrong shape.
    pub async fn rows(&self, hall: &str, after: i64, limit: i64) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(engine) => engine.rows(hall, after, limit).await,
            Self::Postgres(engine) => engine.rows(hall, after, limit).await,
        }
    }

    /// What the settlement of a hall day says; none while it is open.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn settlement(&self, hall: &str, day: &str) -> Result<Option<String>, StoreError> {
        let sql = "select payload from journal where hall = $1 and day = $2 \
                   and kind = 'day_settled' limit 1";
        let found: Option<(String,)> = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(day).fetch_optional(pool).await?
        });
        Ok(found.map(|(payload,)| payload))
    }

    /// The secret of that name, made of random bytes when there is none.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn secret_or_create(&self, name: &str) -> Result<[u8; 32], StoreError> {
        let fresh = link::random::bytes::<32>().to_vec();
        let insert = "insert into secret (name, value) values ($1, $2) on conflict do nothing";
        let select = "select value from secret where name = $1";
        let (value,): (Vec<u8>,) = on_engine!(self, pool => {
            sqlx::query(insert).bind(name).bind(&fresh).execute(pool).await?;
            sqlx::query_as(select).bind(name).fetch_one(pool).await?
        });
        value
            .try_into()
            .map_err(|_| StoreError::Damaged("the secret has not 32 bytes".into()))
    }

    /// Keeps a sealed text and the key that opens it.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn keep_personal(
        &self,
        reference: &str,
        hall: &str,
        ciphertext: &[u8],
        (key, expires_at): (&[u8; 32], i64),
    ) -> Result<(), StoreError> {
        let key_sql = "insert into personal_key (key_ref, key) values ($1, $2)";
        let text_sql = "insert into personal (ref, hall, ciphertext, key_ref, expires_at) \
                        values ($1, $2, $3, $1, $4)";
        on_engine!(self, pool => {
            sqlx::query(key_sql).bind(reference).bind(&key[..]).execute(pool).await?;
            let text = sqlx::query(text_sql).bind(reference).bind(hall);
            text.bind(ciphertext).bind(expires_at).execute(pool).await?;
        });
        Ok(())
    }

    /// A sealed text and its key; none when either is gone.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn personal(
        &self,
        reference: &str,
    ) -> Result<Option<(Vec<u8>, Vec<u8>)>, StoreError> {
        let sql = "select p.ciphertext, k.key from personal p join personal_key k \
                   on k.key_ref = p.key_ref where p.ref = $1 and k.key is not null";
        Ok(
            on_readers!(self, pool => sqlx::query_as(sql).bind(reference).fetch_optional(pool).await?),
        )
    }

    /// Deletes the key of a sealed text: nobody can read it any more, in backups neither.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn shred_personal(&self, reference: &str, now: i64) -> Result<(), StoreError> {
        let sql = "update personal_key set key = null, deleted_at = $2 \
                   where key_ref = $1 and key is not null";
        on_engine!(self, pool => {
            sqlx::query(sql).bind(reference).bind(now).execute(pool).await.map(|_| ())?;
        });
        Ok(())
    }

    /// Deletes the texts whose time is over, with their keys; says how many there were.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn shred_expired(&self, now: i64) -> Result<u64, StoreError> {
        let keys = "update personal_key set key = null, deleted_at = $1 where key is not null \
                    and key_ref in (select key_ref from personal where expires_at <= $1)";
        let texts = "delete from personal where expires_at <= $1";
        Ok(on_engine!(self, pool => {
            sqlx::query(keys).bind(now).execute(pool).await.map(|_| ())?;
            sqlx::query(texts).bind(now).execute(pool).await.map(|done| done.rows_affected())?
        }))
    }
}

/// The migrations of one engine, oldest first, in step with the other's.
fn migrator(steps: &[(&'static str, &'static str)]) -> Migrator {
    let migrations = (1..).zip(steps).map(|(version, (name, sql))| {
        let sql = AssertSqlSafe(*sql).into_sql_str();
        Migration::new(version, (*name).into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}
