//! Ids and secrets from the operating system's generator.

use hall::Timestamp;
use uuid::Uuid;

/// Random bytes.
///
/// # Panics
///
/// When the operating system has no randomness to give: nothing safe can be done without it.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A `UUIDv7` of this moment: ids made later sort later.
pub fn id(now: Timestamp) -> Uuid {
    let millis = u64::try_from(now.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes()).into_uuid()
}
