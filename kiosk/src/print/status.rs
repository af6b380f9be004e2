//! How a printer is, by what it answers to `DLE EOT`.

/// How a printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterStatus {
    /// It prints.
    Ready,
    /// It prints, and the roll ends soon.
    PaperLow,
    /// The roll has ended.
    PaperOut,
    /// Its cover is open.
    CoverOpen,
    /// It was set offline.
    Offline,
    /// It has jammed, or its cutter has.
    Error,
    /// It cannot be reached or does not answer.
    Unreachable,
}

impl PrinterStatus {
    /// Its name, as `/status` says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::PaperLow => "paper_low",
            Self::PaperOut => "paper_out",
            Self::CoverOpen => "cover_open",
            Self::Offline => "offline",
            Self::Error => "error",
            Self::Unreachable => "unreachable",
        }
    }

    /// Whether a slip may be sent.
    pub const fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::PaperLow)
    }
}

/// The questions of a status, in the order they are asked: printer, offline cause, paper.
pub(super) const QUESTIONS: [u8; 3] = [1, 2, 4];

/// A question: three bytes, with no zero behind. **Source**: ECO §1.
pub(super) const fn question(n: u8) -> [u8; 3] {
    [0x10, 0x04, n]
}

/// Whether a byte is an answer to `DLE EOT`: bits 1 and 4 set, 0 and 7 not. **Source**: PRACTICE §6.
pub(super) const fn is_answer(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0010
}

/// What the three answers mean.
///
/// The cover comes first: with an open cover many printers see no paper either.
pub(super) const fn meaning([printer, cause, paper]: [u8; 3]) -> PrinterStatus {
    if cause & 0x04 != 0 {
        PrinterStatus::CoverOpen
    } else if paper & 0x60 != 0 || cause & 0x20 != 0 {
        PrinterStatus::PaperOut
    } else if cause & 0x40 != 0 {
        PrinterStatus::Error
    } else if printer & 0x08 != 0 {
        PrinterStatus::Offline
    } else if paper & 0x0c != 0 {
        PrinterStatus::PaperLow
    } else {
        PrinterStatus::Ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_its_meaning() {
        for (answers, status) in [
            ([0x12, 0x12, 0x12], PrinterStatus::Ready),
            ([0x12, 0x12, 0x1e], PrinterStatus::PaperLow),
            ([0x1a, 0x32, 0x72], PrinterStatus::PaperOut),
            ([0x1a, 0x36, 0x72], PrinterStatus::CoverOpen),
            ([0x1a, 0x52, 0x12], PrinterStatus::Error),
            ([0x1a, 0x12, 0x12], PrinterStatus::Offline),
        ] {
            assert!(answers.iter().all(|byte| is_answer(*byte)));
            assert_eq!(meaning(answers), status);
        }
        assert!(!is_answer(0x00) && !is_answer(0x37) && !is_answer(0x92));
    }
}
