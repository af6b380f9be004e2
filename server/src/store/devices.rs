//! What devices said last.

use super::{Store, StoreError, on_engine, on_readers};

/// A device as it last said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its hall.
    pub hall: String,
    /// The id of its token.
    pub id: String,
    /// `kiosk` or `display`.
    pub kind: String,
    /// The name of its token, for people.
    pub label: Option<String>,
    /// When it last said something, in milliseconds of the machine's clock.
    pub seen_at: i64,
    /// What it said, as JSON.
    pub said: String,
}

type Columns = (String, String, String, Option<String>, i64, String);

impl Store {
    /// Keeps what devices said, all or nothing.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn keep_devices(&self, rows: &[DeviceRow]) -> Result<(), StoreError> {
        let sql = "insert into device (hall, id, kind, label, seen_at, said) \
                   values ($1, $2, $3, $4, $5, $6) on conflict (hall, id) do update set \
                   kind = excluded.kind, label = excluded.label, seen_at = excluded.seen_at, \
                   said = excluded.said where excluded.seen_at >= device.seen_at";
        on_engine!(self, pool => {
            let mut transaction = pool.begin().await?;
            for row in rows {
                sqlx::query(sql)
                    .bind(&row.hall).bind(&row.id).bind(&row.kind).bind(&row.label)
                    .bind(row.seen_at).bind(&row.said)
                    .execute(&mut *transaction).await.map(|_| ())?;
            }
            transaction.commit().await?;
        });
        Ok(())
    }

    /// Every device that ever said something, of all halls.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn devices(&self) -> Result<Vec<DeviceRow>, StoreError> {
        let sql = "select hall, id, kind, label, seen_at, said from device order by hall, id";
        let rows: Vec<Columns> =
            on_readers!(self, pool => sqlx::query_as(sql).fetch_all(pool).await?);
        let row = |(hall, id, kind, label, seen_at, said)| DeviceRow {
            hall,
            id,
            kind,
            label,
            seen_at,
            said,
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
