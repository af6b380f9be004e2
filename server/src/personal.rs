//! Personal data: outside the journal, sealed, with keys that can be deleted.
//!
//! The journal holds a reference. The text lies in another table under a key of its own; deleting
//! the key makes the text unreadable for good, in backups too, while the chain still verifies.

use std::sync::Arc;

use hall::HallCode;
use link::{clock, random};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use crate::http::problem::Problem;
use crate::store::{Store, StoreError};

/// How long a note is kept. **Source**: RELIABILITY S25: 30 days unless the hall says otherwise.
const KEEP_MS: i64 = 30 * 24 * 3600 * 1000;

/// The store of personal data.
#[derive(Debug, Clone)]
pub struct Personal {
    store: Arc<Store>,
}

impl Personal {
    /// Personal data beside the journal of `store`.
    pub fn new(store: Arc<Store>) -> Self {
        Self { store }
    }

    /// Keeps a text; the answer is the reference that the journal may hold.
    ///
    /// # Errors
    ///
    /// 503 when it cannot be written.
    pub async fn keep(&self, hall: &HallCode, text: &str) -> Result<String, Problem> {
        self.keep_for(hall, text, KEEP_MS).await
    }

    /// Keeps a text for `keep_ms`, until it is deleted or shredded before.
    ///
    /// # Errors
    ///
    /// 503 when it cannot be written.
    pub async fn keep_for(
        &self,
        hall: &HallCode,
        text: &str,
        keep_ms: i64,
    ) -> Result<String, Problem> {
        let key = random::bytes::<32>();
        let nonce = random::bytes::<12>();
        let now = clock::machine_now();
        let reference = random::id(now).to_string();
        let mut sealed = text.as_bytes().to_vec();
        cipher(&key)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(reference.as_bytes()),
                &mut sealed,
            )
            .expect("a short text can be sealed");
        let mut ciphertext = nonce.to_vec();
        ciphertext.extend(sealed);
        let kept =
            self.store
                .keep_personal(&reference, &hall.0, &ciphertext, (&key, now.0 + keep_ms));
        kept.await.map_err(|fault| {
            tracing::error!(%fault, "personal data cannot be kept");
            Problem::try_again("the note cannot be kept at present")
        })?;
        Ok(reference)
    }

    /// Makes a text unreadable for good.
    pub async fn shred(&self, reference: &str) {
        let shredded = self.store.shred_personal(reference, clock::machine_now().0);
        if let Err(fault) = shredded.await {
            // Its time runs out by itself.
            tracing::warn!(%fault, "personal data could not be shredded at once");
        }
    }

    /// Opens a text; none when it is gone, or its key is.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn open(&self, reference: &str) -> Result<Option<String>, StoreError> {
        let Some((ciphertext, key)) = self.store.personal(reference).await? else {
            return Ok(None);
        };
        Ok(unseal(reference, &ciphertext, &key))
    }
}

fn unseal(reference: &str, ciphertext: &[u8], key: &[u8]) -> Option<String> {
    let (nonce, sealed) = ciphertext.split_at_checked(12)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut sealed = sealed.to_vec();
    let key: [u8; 32] = key.try_into().ok()?;
    let opened = cipher(&key)
        .open_in_place(nonce, Aad::from(reference.as_bytes()), &mut sealed)
        .ok()?;
    String::from_utf8(opened.to_vec()).ok()
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    let key = UnboundKey::new(&AES_256_GCM, key).expect("the key has 32 bytes");
    LessSafeKey::new(key)
}
