//! Making tokens: by the API, and by `tidehall token create` beside a running server.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hall::Role;
use link::{clock, random};

use crate::keys::token_hash;
use crate::store::{Store, StoreError, Token};

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3600 * 1000;

/// A token as it is wished for.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Its one role.
    pub role: Role,
    /// Its one hall; none is every hall.
    pub hall: Option<String>,
    /// The person whose name the journal keeps.
    pub person: Option<String>,
    /// A name for people to know it by.
    pub label: Option<String>,
    /// Days until it expires; none is never.
    pub days: Option<u32>,
}

/// A token, shown once.
#[derive(Debug, Clone)]
pub struct MadeToken {
    /// Its id, to revoke it by.
    pub id: String,
    /// The secret itself.
    pub token: String,
}

/// Makes a token of 256 random bits; the database keeps its hash.
///
/// # Errors
///
/// The database cannot be written.
pub async fn create_token(store: &Store, wish: NewToken) -> Result<MadeToken, StoreError> {
    let token = format!("th_{}", URL_SAFE_NO_PAD.encode(random::bytes::<32>()));
    let now = clock::machine_now();
    let id = random::id(now).to_string();
    let kept = Token {
        id: id.clone(),
        role: wish.role.as_str().to_owned(),
        hall: wish.hall,
        person: wish.person,
        label: wish.label,
        created_at: now.0,
        expires_at: wish.days.map(|days| now.0 + i64::from(days) * DAY_MS),
        revoked_at: None,
    };
    store.create_token(&kept, &token_hash(&token)).await?;
    Ok(MadeToken { id, token })
}
