//! People, sessions, tokens: plain tables beside the journal.

use super::{Store, StoreError, on_engine, on_readers};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The code to sign in with.
    pub code: String,
    /// The name.
    pub name: String,
    /// The argon2id hash; none before the first password.
    pub password_hash: Option<String>,
    /// Role names, with commas between.
    pub roles: String,
    /// The only hall.
    pub hall: Option<String>,
    /// The clerk that the person is.
    pub clerk: Option<String>,
    /// Whether the person is shut out.
    pub disabled: bool,
    /// When it was entered, in milliseconds since 1970 UTC.
    pub created_at: i64,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub person: String,
    /// The last request.
    pub seen_at: i64,
    /// The end in any case.
    pub expires_at: i64,
}

/// A token as it is kept: never the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// Its role's name.
    pub role: String,
    /// Its only hall.
    pub hall: Option<String>,
    /// The person whose name the journal keeps.
    pub person: Option<String>,
    /// A name for people to know it by.
    pub label: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it expires.
    pub expires_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

type PersonRow = (
    String,
    String,
    Option<String>,
    String,
    Option<String>,
    Option<String>,
    i64,
    i64,
);

fn person(row: PersonRow) -> Person {
    let (code, name, password_hash, roles, hall, clerk, disabled, created_at) = row;
    Person {
        code,
        name,
        password_hash,
        roles,
        hall,
        clerk,
        disabled: disabled != 0,
        created_at,
    }
}

type TokenRow = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    i64,
    Option<i64>,
    Option<i64>,
);

fn token(row: TokenRow) -> Token {
    let (id, role, hall, person, label, created_at, expires_at, revoked_at) = row;
    Token {
        id,
        role,
        hall,
        person,
        label,
        created_at,
        expires_at,
        revoked_at,
    }
}

/// Each of these answers with [`StoreError::Engine`] when the database cannot be asked.
impl Store {
    /// Enters a person.
    ///
    /// # Errors
    ///
    /// The code is taken, or the database failed.
    pub async fn create_person(&self, person: &Person) -> Result<(), StoreError> {
        let sql = "insert into person (code, name, password_hash, roles, hall, clerk, disabled, \
                   created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
        on_engine!(self, pool => sqlx::query(sql)
            .bind(&person.code).bind(&person.name).bind(&person.password_hash)
            .bind(&person.roles).bind(&person.hall).bind(&person.clerk)
            .bind(i64::from(person.disabled)).bind(person.created_at)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// The person of that code.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn person(&self, code: &str) -> Result<Option<Person>, StoreError> {
        let sql = "select code, name, password_hash, roles, hall, clerk, disabled, created_at \
                   from person where code = $1";
        let row: Option<PersonRow> =
            on_readers!(self, pool => sqlx::query_as(sql).bind(code).fetch_optional(pool).await?);
        Ok(row.map(person))
    }

    /// Every person.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let sql = "select code, name, password_hash, roles, hall, clerk, disabled, created_at \
                   from person order by code";
        let rows: Vec<PersonRow> =
            on_readers!(self, pool => sqlx::query_as(sql).fetch_all(pool).await?);
        Ok(rows.into_iter().map(person).collect())
    }

    /// Shuts a person out.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn disable_person(&self, code: &str) -> Result<(), StoreError> {
        let sql = "update person set disabled = 1 where code = $1";
        on_engine!(self, pool => sqlx::query(sql).bind(code).execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Sets the hash of a person's password.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn set_password(&self, code: &str, hash: &str) -> Result<(), StoreError> {
        let sql = "update person set password_hash = $2 where code = $1";
        on_engine!(self, pool => sqlx::query(sql).bind(code).bind(hash)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Keeps a one-time code; an older one of the person is void then.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn create_one_time_code(
        &self,
        person: &str,
        hash: &[u8],
        expires_at: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into one_time_code (person, code_hash, expires_at) values ($1, $2, $3) \
                   on conflict (person) do update set code_hash = $2, expires_at = $3";
        on_engine!(self, pool => sqlx::query(sql).bind(person).bind(hash).bind(expires_at)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Uses a one-time code up; false when there is none, it is another, or it is over.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn use_one_time_code(
        &self,
        person: &str,
        hash: &[u8],
        now: i64,
    ) -> Result<bool, StoreError> {
        let sql = "delete from one_time_code where person = $1 and code_hash = $2 \
                   and expires_at > $3";
        let used = on_engine!(self, pool => sqlx::query(sql).bind(person).bind(hash).bind(now)
            .execute(pool).await.map(|done| done.rows_affected())?);
        Ok(used == 1)
    }

    /// Keeps a session.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn create_session(
        &self,
        hash: &[u8],
        person: &str,
        now: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into session (token_hash, person, created_at, seen_at, expires_at) \
                   values ($1, $2, $3, $3, $4)";
        on_engine!(self, pool => sqlx::query(sql).bind(hash).bind(person).bind(now)
            .bind(expires_at).execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// The session of that hash.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn session(&self, hash: &[u8]) -> Result<Option<Session>, StoreError> {
        let sql = "select person, seen_at, expires_at from session where token_hash = $1";
        let row: Option<(String, i64, i64)> =
            on_readers!(self, pool => sqlx::query_as(sql).bind(hash).fetch_optional(pool).await?);
        Ok(row.map(|(person, seen_at, expires_at)| Session {
            person,
            seen_at,
            expires_at,
        }))
    }

    /// Notes a request of a session.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn touch_session(&self, hash: &[u8], now: i64) -> Result<(), StoreError> {
        let sql = "update session set seen_at = $2 where token_hash = $1 and seen_at < $2";
        on_engine!(self, pool => sqlx::query(sql).bind(hash).bind(now)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn delete_session(&self, hash: &[u8]) -> Result<(), StoreError> {
        let sql = "delete from session where token_hash = $1";
        on_engine!(self, pool => sqlx::query(sql).bind(hash).execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Ends every session of a person.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn delete_sessions_of(&self, person: &str) -> Result<(), StoreError> {
        let sql = "delete from session where person = $1";
        on_engine!(self, pool => sqlx::query(sql).bind(person).execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// Forgets sessions that are over.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn delete_sessions_over(&self, now: i64) -> Result<(), StoreError> {
        let sql = "delete from session where expires_at <= $1";
        on_engine!(self, pool => sqlx::query(sql).bind(now).execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// A few counts that change whenever somebody is shut out, here or by another server.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn shut_out_mark(&self) -> Result<(i64, i64, i64), StoreError> {
        let sql = "select (select count(*) from token where revoked_at is not null), \
                   (select count(*) from person where disabled <> 0), \
                   (select count(*) from session)";
        Ok(on_readers!(self, pool => sqlx::query_as(sql).fetch_one(pool).await?))
    }

    /// Keeps a token by the hash of its secret.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn create_token(&self, token: &Token, hash: &[u8]) -> Result<(), StoreError> {
        let sql = "insert into token (id, token_hash, role, hall, person, label, created_at, \
                   expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
        on_engine!(self, pool => sqlx::query(sql)
            .bind(&token.id).bind(hash).bind(&token.role).bind(&token.hall)
            .bind(&token.person).bind(&token.label).bind(token.created_at)
            .bind(token.expires_at).execute(pool).await.map(|_| ())?);
        Ok(())
    }

    /// The token whose secret has that hash.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn token_by_hash(&self, hash: &[u8]) -> Result<Option<Token>, StoreError> {
        let sql = "select id, role, hall, person, label, created_at, expires_at, revoked_at \
                   from token where token_hash = $1";
        let row: Option<TokenRow> =
            on_readers!(self, pool => sqlx::query_as(sql).bind(hash).fetch_optional(pool).await?);
        Ok(row.map(token))
    }

    /// Every token.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let sql = "select id, role, hall, person, label, created_at, expires_at, revoked_at \
                   from token order by id";
        let rows: Vec<TokenRow> =
            on_readers!(self, pool => sqlx::query_as(sql).fetch_all(pool).await?);
        Ok(rows.into_iter().map(token).collect())
    }

    /// Revokes a token.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub async fn revoke_token(&self, id: &str, now: i64) -> Result<(), StoreError> {
        let sql = "update token set revoked_at = $2 where id = $1 and revoked_at is null";
        on_engine!(self, pool => sqlx::query(sql).bind(id).bind(now)
            .execute(pool).await.map(|_| ())?);
        Ok(())
    }
}
