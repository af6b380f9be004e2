//! What a packed file says it unpacks to, read from its directory alone.
//!
//! **Source**: PKWARE APPNOTE 4.3.12 and 4.3.16.

const END: [u8; 4] = [b'P', b'K', 5, 6];
const ENTRY: [u8; 4] = [b'P', b'K', 1, 2];
/// The end's own length, and the longest comment after it.
const END_LENGTH: usize = 22;
const COMMENT_MAX: usize = 65_535;
const ENTRY_LENGTH: usize = 46;

/// Bytes that all entries unpack to; none when the directory is not as it must be, or is of the
/// 64-bit kind that no small file needs.
pub(super) fn unpacked(bytes: &[u8]) -> Option<u64> {
    let begin = bytes.len().saturating_sub(END_LENGTH + COMMENT_MAX);
    let tail = bytes.get(begin..)?;
    let end = tail.windows(END.len()).rposition(|four| four == END)?;
    let end = tail.get(end..)?;
    let entries = two(end, 10)?;
    let mut at = usize::try_from(four(end, 16)?).ok()?;
    let mut total = 0;
    for _ in 0..entries {
        let entry = bytes.get(at..)?;
        if !entry.starts_with(&ENTRY) {
            return None;
        }
        let size = four(entry, 24).filter(|size| *size != u32::MAX)?;
        total += u64::from(size);
        let lengths = [28, 30, 32].map(|place| two(entry, place));
        let [name, extra, comment] = lengths.map(|length| length.map(usize::from));
        at += ENTRY_LENGTH + name? + extra? + comment?;
    }
    Some(total)
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
