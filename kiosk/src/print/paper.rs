//! A paper that came out of the virtual printer.

use super::bitmap::Bitmap;

/// One slip, as it can be read.
#[derive(Debug, Clone)]
pub struct Paper {
    pub(super) marks: Vec<Mark>,
    pub(super) raw: Vec<u8>,
    pub(super) torn: bool,
    pub(super) dots: u32,
}

/// What is on a paper, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Text(PaperLine),
    /// White paper of so many dots.
    Blank(u32),
    Picture(Bitmap, Align),
    Qr {
        data: Vec<u8>,
        module: u32,
        align: Align,
    },
}

/// Where a mark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// What it says.
    pub text: String,
    /// How many times as wide as usual, 1–8.
    pub wide: u8,
    /// How many times as tall as usual, 1–8.
    pub tall: u8,
    /// Whether it is bold.
    pub bold: bool,
    pub(super) align: Align,
}

impl Paper {
    /// Its lines of text, from top to bottom.
    pub fn lines(&self) -> Vec<PaperLine> {
        let lines = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(line) => Some(line.clone()),
            Mark::Blank(_) | Mark::Picture(..) | Mark::Qr { .. } => None,
        });
        lines.collect()
    }

    /// Its text, one line below the other.
    pub fn text(&self) -> String {
        let lines: Vec<_> = self.lines().into_iter().map(|line| line.text).collect();
        lines.join("\n")
    }

    /// What its QR code says, when the printer drew one.
    pub fn qr(&self) -> Option<String> {
        self.marks.iter().find_map(|mark| match mark {
            Mark::Qr { data, .. } => Some(String::from_utf8_lossy(data).into_owned()),
            Mark::Text(_) | Mark::Blank(_) | Mark::Picture(..) => None,
        })
    }

    /// How many pictures were sent: lines the printer could not write, or a QR code.
    pub fn pictures(&self) -> usize {
        let picture = |mark: &&Mark| matches!(mark, Mark::Picture(..));
        self.marks.iter().filter(picture).count()
    }

    /// The bytes that made it, without real-time commands.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Whether the printer stopped in the middle: it was never cut.
    pub fn is_torn(&self) -> bool {
        self.torn
    }

    /// Whether nothing was printed on it.
    pub fn is_blank(&self) -> bool {
        self.marks.iter().all(|mark| matches!(mark, Mark::Blank(_)))
    }
}
