//! The print head of the virtual printer: commands become marks on a paper.

use encoding_rs::Encoding;

use super::bitmap::Bitmap;
use super::content::COLUMN_DOTS;
use super::paper::{Align, Mark, Paper, PaperLine};
use super::parse::Command;
use super::text::columns_of;

/// A line's pitch when no character is taller. **Source**: Epson, 1/6 inch of 203 dpi, rounded.
pub(super) const PITCH_DOTS: u32 = 30;

/// What the head is doing.
#[derive(Debug)]
pub(super) struct Tape {
    codec: &'static Encoding,
    dots: u32,
    style: Style,
    line: Vec<u8>,
    line_style: Style,
    qr: Vec<u8>,
    module: u32,
    marks: Vec<Mark>,
    raw: Vec<u8>,
    unknown: Vec<Vec<u8>>,
}

#[derive(Debug, Clone, Copy)]
struct Style {
    wide: u8,
    tall: u8,
    bold: bool,
    align: Align,
    chinese: bool,
}

/// **Source**: printers of the Chinese market start in Chinese mode; PRACTICE §6.
const PLAIN: Style = Style {
    wide: 1,
    tall: 1,
    bold: false,
    align: Align::Left,
    chinese: true,
};

/// What a command asks of the printer beside marks on paper.
#[derive(Debug)]
pub(super) enum Wish {
    Nothing,
    Cut(Box<Paper>),
    PaperStatus,
    ProcessId([u8; 4]),
}

impl Tape {
    pub(super) fn new(codec: &'static Encoding, dots: u32) -> Self {
        Self {
            codec,
            dots,
            style: PLAIN,
            line: Vec::new(),
            line_style: PLAIN,
            qr: Vec::new(),
            module: 3,
            marks: Vec::new(),
            raw: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Commands that were not known, since the start.
    pub(super) fn unknown(&self) -> &[Vec<u8>] {
        &self.unknown
    }

    /// The paper in the head, when there is anything on it: it comes out torn.
    pub(super) fn tear(&mut self) -> Option<Paper> {
        self.end_line(0);
        let torn = self.cut(true);
        (!torn.is_blank()).then_some(torn)
    }

    /// Obeys one command; `raw` are its bytes.
    pub(super) fn obey(&mut self, command: Command, raw: &[u8]) -> Wish {
        self.raw.extend_from_slice(raw);
        match command {
            Command::Text(bytes) => {
                if self.line.is_empty() {
                    self.line_style = self.style;
                }
                self.line.extend(bytes);
            }
            Command::Reset => {
                self.style = PLAIN;
                self.line.clear();
            }
            Command::Feed(lines) => self.end_line(lines),
            Command::FeedDots(dots) => {
                self.end_line(0);
                self.marks.push(Mark::Blank(u32::from(dots)));
            }
            Command::Align(n) => {
                self.style.align = match n {
                    1 | 49 => Align::Middle,
                    2 | 50 => Align::Right,
                    _ => Align::Left,
                };
            }
            Command::Bold(bold) => self.style.bold = bold,
            Command::Size { wide, tall } => (self.style.wide, self.style.tall) = (wide, tall),
            Command::Chinese(on) => self.style.chinese = on,
            Command::Raster { bytes_wide, data } => {
                let picture = Bitmap::unpacked(bytes_wide, &data);
                self.marks.push(Mark::Picture(picture, self.style.align));
            }
            Command::QrLook { what: 67, value } => self.module = u32::from(value.clamp(1, 16)),
            Command::QrStore(data) => self.qr = data,
            Command::QrPrint => self.marks.push(Mark::Qr {
                data: self.qr.clone(),
                module: self.module,
                align: self.style.align,
            }),
            Command::ChineseSize(_) | Command::ChineseGaps(..) | Command::QrLook { .. } => (),
            Command::Cut => return Wish::Cut(Box::new(self.cut(false))),
            Command::AskPaper => return Wish::PaperStatus,
            Command::AskProcess(id) => return Wish::ProcessId(id),
            Command::Unknown(bytes) => self.unknown.push(bytes),
        }
        Wish::Nothing
    }

    /// Prints the line in the buffer and feeds.
    fn end_line(&mut self, lines: u8) {
        let mut blank = u32::from(lines);
        if !self.line.is_empty() {
            let bytes = std::mem::take(&mut self.line);
            self.lay(&bytes);
            blank = blank.saturating_sub(1);
        }
        if blank > 0 {
            self.marks.push(Mark::Blank(blank * PITCH_DOTS));
        }
    }

    /// Lays text on the paper; what is too wide goes on below, as on a real one.
    fn lay(&mut self, bytes: &[u8]) {
        let style = self.line_style;
        let text = if style.chinese {
            self.codec.decode_without_bom_handling(bytes).0
        } else {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
        };
        let fits = self.dots / (COLUMN_DOTS * u32::from(style.wide));
        let mut rows = vec![(String::new(), 0)];
        for c in text.chars().filter(|c| !c.is_control()) {
            let full = rows
                .last()
                .is_some_and(|(_, used)| used + columns_of(c) > fits);
            if full {
                rows.push((String::new(), 0));
            }
            if let Some((row, used)) = rows.last_mut() {
                row.push(c);
                *used += columns_of(c);
            }
        }
        let line = |(text, _)| {
            Mark::Text(PaperLine {
                text,
                wide: style.wide,
                tall: style.tall,
                bold: style.bold,
                align: style.align,
            })
        };
        self.marks.extend(rows.into_iter().map(line));
    }

    fn cut(&mut self, torn: bool) -> Paper {
        Paper {
            marks: std::mem::take(&mut self.marks),
            raw: std::mem::take(&mut self.raw),
            torn,
            dots: self.dots,
        }
    }
}
