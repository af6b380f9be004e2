//! What is made from the server's secret: check codes, public tokens, hashes of id numbers, MACs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use hall::{HallCode, Holder, RecordId, TicketId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Crockford's base32 letters: no I, L, O or U, so that paper cannot be misread.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols of a check code. **Source**: RELIABILITY §2.2.
const CHECK_SYMBOLS: usize = 4;
/// Symbols of a slip's short code: 40 bits, typed from paper. Ours.
const SLIP_SYMBOLS: usize = 8;
/// Bytes of the MAC in a public token: 128 bits. **Source**: SCREENS §1.6.
const TOKEN_MAC: usize = 16;

/// The server's secret, made once and kept in the database.
#[derive(Clone)]
pub struct Keys {
    secret: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys(…)")
    }
}

impl Keys {
    /// Keys made from the secret.
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).expect("a MAC takes a key of any length");
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(&[0]);
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Four symbols on the paper that prove it is ours.
    pub fn check_code(&self, hall: &HallCode, day: NaiveDate, number: &str) -> String {
        let day = day.to_string();
        let mac = self.mac(
            "check",
            &[hall.0.as_bytes(), day.as_bytes(), number.as_bytes()],
        );
        let symbols = mac.iter().take(CHECK_SYMBOLS);
        symbols.map(|byte| symbol(LETTERS, *byte)).collect()
    }

    /// Eight symbols on a 告知单 that find it again.
    pub fn slip_code(&self, hall: &HallCode, id: RecordId) -> String {
        let mac = self.mac("slip", &[hall.0.as_bytes(), id.0.as_bytes()]);
        let symbols = mac.iter().take(SLIP_SYMBOLS);
        symbols.map(|byte| symbol(LETTERS, *byte)).collect()
    }

    /// The key of the public ticket page: the hall, the ticket and a MAC over both.
    pub fn token(&self, hall: &HallCode, ticket: TicketId) -> String {
        let id = ticket.0.as_bytes();
        let mac = self.mac("token", &[hall.0.as_bytes(), id]);
        let mut bytes = id.to_vec();
        bytes.extend(mac.iter().take(TOKEN_MAC));
        format!("{hall}.{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Whose page the key opens; none when it is not ours.
    pub fn read_token(&self, token: &str) -> Option<(HallCode, TicketId)> {
        let (hall, rest) = token.rsplit_once('.')?;
        let bytes = URL_SAFE_NO_PAD.decode(rest).ok()?;
        let id = bytes.get(..16)?;
        let hall = HallCode::from(hall);
        let ticket = TicketId(Uuid::from_slice(id).ok()?);
        let made = self.token(&hall, ticket);
        is_same(made.as_bytes(), token.as_bytes()).then_some((hall, ticket))
    }

    /// What is kept of an id number: a hash under the key of the day, and a masked tail.
    pub fn holder(&self, hall: &HallCode, day: NaiveDate, id_number: &str) -> Holder {
        let day = day.to_string();
        let id_number = id_number.to_ascii_uppercase();
        let mac = self.mac(
            "holder",
            &[hall.0.as_bytes(), day.as_bytes(), id_number.as_bytes()],
        );
        let tail: String = id_number.chars().rev().take(4).collect();
        let tail = tail.chars().rev().collect::<String>();
        Holder {
            hash: URL_SAFE_NO_PAD.encode(mac),
            tail: format!("****{tail}"),
        }
    }

    /// A text that must not be kept, as a keyed hash.
    pub fn hidden(&self, hall: &HallCode, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac("hidden", &[hall.0.as_bytes(), text.as_bytes()]))
    }

    /// The MAC of a request's method, path and body, so that a key binds all three.
    pub fn body_mac(&self, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
        self.mac("body", &[method.as_bytes(), path.as_bytes(), body])
            .to_vec()
    }
}

/// SHA-256 of a random token: what the database keeps of it.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The symbol of an alphabet of 32 that five bits of a random byte choose.
pub(crate) fn symbol(alphabet: &[u8; 32], byte: u8) -> char {
    let chosen = alphabet.get(usize::from(byte & 31));
    char::from(chosen.copied().unwrap_or(b'0'))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Compares without telling by time where the first difference is.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_own_ticket_and_no_other() {
        let keys = Keys::new([7; 32]);
        let hall = HallCode::from("centre");
        let ticket = TicketId(Uuid::from_u128(5));
        let token = keys.token(&hall, ticket);
        assert_eq!(keys.read_token(&token), Some((hall, ticket)));
        assert_eq!(keys.read_token(&token.replace("centre", "other")), None);
        assert_eq!(Keys::new([8; 32]).read_token(&token), None);
        assert_eq!(keys.read_token("centre.AAAA"), None);
    }

    #[test]
    fn a_check_code_has_four_symbols_that_cannot_be_misread() {
        let keys = Keys::new([7; 32]);
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let code = keys.check_code(&"centre".into(), day, "A001");
        assert_eq!(code.len(), 4);
        assert!(code.bytes().all(|symbol| LETTERS.contains(&symbol)));
        assert_ne!(code, keys.check_code(&"centre".into(), day, "A002"));
    }
}
