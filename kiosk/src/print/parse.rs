//! What a printer reads: bytes into commands. **Source**: Epson, ESC/POS command reference.

/// One command, or a run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Text(Vec<u8>),
    /// `ESC @`.
    Reset,
    /// `LF` and `ESC d`: print the line and feed so many.
    Feed(u8),
    /// `ESC J`: print the line and feed so many dots.
    FeedDots(u8),
    /// `ESC a`: 0 left, 1 middle, 2 right.
    Align(u8),
    /// `ESC E`.
    Bold(bool),
    /// `GS !`.
    Size {
        wide: u8,
        tall: u8,
    },
    /// `FS !`: bit 2 doubles the width of Chinese characters, bit 3 the height.
    ChineseSize(u8),
    /// `FS &` and `FS .`.
    Chinese(bool),
    /// `FS S`.
    ChineseGaps(u8, u8),
    /// `GS V`.
    Cut,
    /// `GS v 0`.
    Raster {
        bytes_wide: u32,
        data: Vec<u8>,
    },
    /// `GS ( k` 165, 167, 169: model, size and correction of the QR code.
    QrLook {
        what: u8,
        value: u8,
    },
    /// `GS ( k` 180.
    QrStore(Vec<u8>),
    /// `GS ( k` 181.
    QrPrint,
    /// `GS r 1`.
    AskPaper,
    /// `GS ( H` 48.
    AskProcess([u8; 4]),
    /// Anything else, with the bytes it was taken to have.
    Unknown(Vec<u8>),
}

/// What the next bytes are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A command of so many bytes.
    Command(Command, usize),
    /// The rest of a command has not come yet.
    More,
}

/// Reads the first command.
pub(super) fn next(bytes: &[u8]) -> Next {
    match bytes {
        [] => Next::More,
        [b'\n', ..] => Next::Command(Command::Feed(1), 1),
        [0x1b, rest @ ..] => escape(rest),
        [0x1c, rest @ ..] => chinese(rest),
        [0x1d, b'(', kind, low, high, rest @ ..] => function(*kind, [*low, *high], rest),
        [0x1d, b'v', b'0', mode, wide @ ..] if wide.len() >= 4 => raster(*mode, wide),
        [0x1d, b'(' | b'v', ..] if bytes.len() < 8 => Next::More,
        [0x1d, rest @ ..] => group(rest),
        [byte, ..] if *byte < 0x20 || *byte == 0x7f => {
            Next::Command(Command::Unknown(vec![*byte]), 1)
        }
        [..] => {
            let end = bytes.iter().position(|byte| *byte < 0x20 || *byte == 0x7f);
            let text = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or(bytes);
            Next::Command(Command::Text(text.to_vec()), text.len())
        }
    }
}

fn unknown(lead: u8, rest: &[u8], length: usize) -> Next {
    let bytes = [&[lead], rest.get(..length - 1).unwrap_or(rest)].concat();
    let length = bytes.len();
    Next::Command(Command::Unknown(bytes), length)
}

fn escape(rest: &[u8]) -> Next {
    match rest {
        [b'@', ..] => Next::Command(Command::Reset, 2),
        [b'd', lines, ..] => Next::Command(Command::Feed(*lines), 3),
        [b'J', dots, ..] => Next::Command(Command::FeedDots(*dots), 3),
        [b'a', at, ..] => Next::Command(Command::Align(*at), 3),
        [b'E', on, ..] => Next::Command(Command::Bold(on & 1 == 1), 3),
        [] | [b'd' | b'J' | b'a' | b'E'] => Next::More,
        [_, ..] => unknown(0x1b, rest, 2),
    }
}

fn chinese(rest: &[u8]) -> Next {
    match rest {
        [b'&', ..] => Next::Command(Command::Chinese(true), 2),
        [b'.', ..] => Next::Command(Command::Chinese(false), 2),
        [b'!', size, ..] => Next::Command(Command::ChineseSize(*size), 3),
        [b'S', left, right, ..] => Next::Command(Command::ChineseGaps(*left, *right), 4),
        [] | [b'!' | b'S'] | [b'S', _] => Next::More,
        [_, ..] => unknown(0x1c, rest, 2),
    }
}

fn group(rest: &[u8]) -> Next {
    match rest {
        [b'!', n, ..] => {
            let (wide, tall) = ((n >> 4 & 7) + 1, (n & 7) + 1);
            Next::Command(Command::Size { wide, tall }, 3)
        }
        [b'V', 0 | 1 | 48 | 49, ..] => Next::Command(Command::Cut, 3),
        [b'V', 65 | 66, _, ..] => Next::Command(Command::Cut, 4),
        [b'r', 1 | 49, ..] => Next::Command(Command::AskPaper, 3),
        [] | [b'!' | b'V' | b'r'] | [b'V', 65 | 66] => Next::More,
        [_, ..] => unknown(0x1d, rest, 2),
    }
}

/// `GS ( x pL pH …`: whatever it is, its length is known.
fn function(kind: u8, length: [u8; 2], rest: &[u8]) -> Next {
    let length = usize::from(u16::from_le_bytes(length));
    let Some(body) = rest.get(..length) else {
        return Next::More;
    };
    let command = match (kind, body) {
        (b'H', [48, 48, a, b, c, d]) => Command::AskProcess([*a, *b, *c, *d]),
        (b'k', [49, what @ (65 | 67 | 69), value, ..]) => Command::QrLook {
            what: *what,
            value: *value,
        },
        (b'k', [49, 80, 48, data @ ..]) => Command::QrStore(data.to_vec()),
        (b'k', [49, 81, ..]) => Command::QrPrint,
        _ => Command::Unknown([&[0x1d, b'(', kind], body].concat()),
    };
    Next::Command(command, 5 + length)
}

fn raster(mode: u8, rest: &[u8]) -> Next {
    let &[wide_low, wide_high, rows_low, rows_high, ref data @ ..] = rest else {
        return Next::More;
    };
    let wide = u16::from_le_bytes([wide_low, wide_high]);
    let rows = u16::from_le_bytes([rows_low, rows_high]);
    let length = usize::from(wide) * usize::from(rows);
    let Some(dots) = data.get(..length) else {
        return Next::More;
    };
    let command = if mode == 0 || mode == 48 {
        Command::Raster {
            bytes_wide: u32::from(wide),
            data: dots.to_vec(),
        }
    } else {
        Command::Unknown(vec![0x1d, b'v', b'0', mode])
    };
    Next::Command(command, 8 + length)
}

/// A command that is obeyed at once, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RealTime {
    /// `DLE EOT n`.
    Status(u8),
    /// `DLE ENQ n`.
    Recover(u8),
    /// `DLE DC4` function 8.
    Clear,
}

/// `DLE DC4` function 8 as a whole.
const CLEAR: &[u8] = &[0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8];

/// Takes the real-time commands out of what came; the last bytes stay when they may begin one.
pub(super) fn real_time(came: &mut Vec<u8>) -> (Vec<RealTime>, Vec<u8>) {
    let (mut commands, mut rest) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(bytes) = came.get(at..).filter(|bytes| !bytes.is_empty()) {
        let length = match bytes {
            [0x10, 0x04, n, ..] => {
                commands.push(RealTime::Status(*n));
                3
            }
            [0x10, 0x05, n, ..] => {
                commands.push(RealTime::Recover(*n));
                3
            }
            _ if bytes.starts_with(CLEAR) => {
                commands.push(RealTime::Clear);
                // What came before is forgotten too.
                rest.clear();
                CLEAR.len()
            }
            [0x10] | [0x10, 0x04 | 0x05] => break,
            _ if CLEAR.starts_with(bytes) => break,
            [byte, ..] => {
                rest.push(*byte);
                1
            }
            [] => break,
        };
        at += length;
    }
    came.drain(..at.min(came.len()));
    (commands, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_in_pieces_wait_for_their_rest() {
        for whole in [
            &[0x1b, b'@'][..],
            &[0x1d, b'!', 0x77],
            &[0x1c, b'S', 0, 0],
            &[0x1d, b'V', 66, 0],
            &[0x1d, b'(', b'H', 6, 0, 48, 48, b'A', b'B', b'C', b'D'],
            &[0x1d, b'v', b'0', 0, 1, 0, 2, 0, 0xff, 0x0f],
        ] {
            for end in 0..whole.len() {
                assert_eq!(next(&whole[..end]), Next::More, "{:?}", &whole[..end]);
            }
            assert!(matches!(next(whole), Next::Command(_, length) if length == whole.len()));
        }
    }

    #[test]
    fn real_time_commands_are_found_anywhere_even_in_pieces() {
        let mut came = vec![b'A', 0x10];
        assert_eq!(real_time(&mut came), (vec![], vec![b'A']));
        came.extend([0x04, 1, b'B', 0x10, 0x14, 8]);
        assert_eq!(
            real_time(&mut came),
            (vec![RealTime::Status(1)], vec![b'B'])
        );
        came.extend([1, 3, 0x14, 1, 6, 2, 8]);
        assert_eq!(real_time(&mut came), (vec![RealTime::Clear], vec![]));
        assert!(came.is_empty());
    }
}
