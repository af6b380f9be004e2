//! Photos of inspections, named by what is in them.

use super::{Store, StoreError, on_engine, on_readers};

impl Store {
    /// Keeps a photo; the same one again changes nothing.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn keep_photo(
        &self,
        hall: &str,
        (sha256, kind): (&str, &str),
        bytes: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into photo (hall, sha256, kind, bytes, created_at) \
                   values ($1, $2, $3, $4, $5) on conflict (hall, sha256) do nothing";
        on_engine!(self, pool => sqlx::query(sql)
            .bind(hall).bind(sha256).bind(kind).bind(bytes).bind(now)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// A photo's bytes and its media type; none when the hall has no such photo.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn photo(
        &self,
        hall: &str,
        sha256: &str,
    ) -> Result<Option<(Vec<u8>, String)>, StoreError> {
        let sql = "select bytes, kind from photo where hall = $1 and sha256 = $2";
        Ok(on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(sha256).fetch_optional(pool).await?
        }))
    }

    /// Whether the hall has the photo.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn has_photo(&self, hall: &str, sha256: &str) -> Result<bool, StoreError> {
        let sql = "select 1 from photo where hall = $1 and sha256 = $2";
        let found: Option<(i32,)> = on_readers!(self, pool => {
            sqlx::query_as(sql).bind(hall).bind(sha256).fetch_optional(pool).await?
        });
        Ok(found.is_some())
    }
}
