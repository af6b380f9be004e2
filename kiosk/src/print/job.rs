//! The bytes of a slip. The crate `escpos` encodes; nothing is sent from here.

use std::cell::RefCell;

use encoding_rs::{GB18030, GBK, UTF_8};
use escpos::driver::Driver;
use escpos::errors::Result;
use escpos::printer::Printer as Encoder;
use escpos::printer_options::PrinterOptions;
use escpos::utils::{
    Encoder as Codec, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};
use hall::view::{NoticePaper, Slip};

use super::bitmap::{self, Drawing};
use super::content::{self, COLUMN_DOTS, Line, Piece};
use super::profile::{Encoding, PaperWidth, Profile, QrPrint};
use super::text::wrap;

/// `FS &` and `FS .`: Chinese characters on and off.
const CHINESE_ON: &[u8] = &[0x1c, b'&'];
const CHINESE_OFF: &[u8] = &[0x1c, b'.'];
/// `FS S 0 0`: no gaps between Chinese characters.
const CHINESE_GAPS: &[u8] = &[0x1c, b'S', 0, 0];
/// `GS V 66 0`: feed to the cutter, cut and leave a bridge, so that the slip does not fall.
const CUT: &[u8] = &[0x1d, b'V', 66, 0];
/// `ESC J 12`: 1.5 mm of white paper.
const GAP: &[u8] = &[0x1b, b'J', 12];
/// Lines to tear a slip off by hand. Ours: from the head to the edge of most printers, 15 mm.
const TEAR_LINES: u8 = 5;
/// Stands for what neither the code nor a font has. In every Chinese code. **Source**: GB 2312, A1FE.
const LACKING: char = '〓';

/// Keeps what is written.
#[derive(Debug, Clone, Default)]
struct Memory(std::rc::Rc<RefCell<Vec<u8>>>);

impl Driver for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}

/// The whole job of a slip, from the reset to the cut.
///
/// # Errors
///
/// The encoder's, for text that no code has; the layout leaves none.
pub(super) fn bytes(slip: &Slip, profile: &Profile, drawing: Option<&Drawing>) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let mut job = Job::new(&memory, profile, drawing);
    job.begin()?;
    job.pieces(content::pieces(slip, profile.width.dots()))?;
    job.end()?;
    Ok(memory.0.take())
}

/// The whole job of a notice: every copy, with a cut behind each.
///
/// # Errors
///
/// The encoder's, for text that no code has; the layout leaves none.
pub(super) fn notice(
    paper: &NoticePaper,
    profile: &Profile,
    drawing: Option<&Drawing>,
) -> Result<Vec<u8>> {
    let memory = Memory::default();
    let mut job = Job::new(&memory, profile, drawing);
    for copy in &paper.copies {
        job.begin()?;
        job.pieces(content::notice(paper, copy, profile.width.dots()))?;
        job.end()?;
    }
    Ok(memory.0.take())
}

struct Job<'a> {
    out: Encoder<Memory>,
    profile: &'a Profile,
    drawing: Option<&'a Drawing>,
}

impl<'a> Job<'a> {
    fn new(memory: &Memory, profile: &'a Profile, drawing: Option<&'a Drawing>) -> Self {
        // No page code: it would overrule the Chinese codec.
        let options = PrinterOptions::new(None, None, 48);
        let codec = match profile.encoding {
            Encoding::Gb18030 | Encoding::Raster => GB18030,
            Encoding::Gbk => GBK,
            Encoding::Utf8 => UTF_8,
        };
        let protocol = Protocol::new(Codec::new(codec));
        Self {
            out: Encoder::new(memory.clone(), protocol, Some(options)),
            profile,
            drawing,
        }
    }

    fn pieces(&mut self, pieces: Vec<Piece>) -> Result<()> {
        for piece in pieces {
            match piece {
                Piece::Line(line) => self.text(&line)?,
                Piece::Rule => self.rule()?,
                Piece::Gap => self.out.custom(GAP).map(|_| ())?,
                Piece::Qr(text) => self.qr(&text)?,
            }
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<()> {
        self.out.init()?;
        if self.profile.chinese_mode {
            self.out.custom(CHINESE_ON)?.custom(CHINESE_GAPS)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        if self.profile.chinese_mode {
            self.out.custom(CHINESE_OFF)?;
        }
        if self.profile.cutter {
            self.out.feed()?.custom(CUT)?;
        } else {
            self.out.feeds(TEAR_LINES)?;
        }
        self.out.print().map(|_| ())
    }

    fn text(&mut self, line: &Line) -> Result<()> {
        self.align(line.centred)?;
        self.out.bold(line.bold)?;
        self.size(line.wide, line.tall)?;
        let columns = self.profile.width.dots() / (COLUMN_DOTS * u32::from(line.wide));
        for text in wrap(&line.text, columns) {
            if self.profile.encoding == Encoding::Raster || !self.has(&text) {
                self.lacking(&text, line)?;
            } else {
                self.out.writeln(&text)?;
            }
        }
        Ok(())
    }

    /// Whether the printer has every character of a text: the two-byte ones of its code.
    fn has(&self, text: &str) -> bool {
        let codec = match self.profile.encoding {
            Encoding::Utf8 => return true,
            Encoding::Gbk => GBK,
            Encoding::Gb18030 | Encoding::Raster => GB18030,
        };
        text.chars().all(|c| {
            let mut letter = [0; 4];
            let (code, _, lacks) = codec.encode(c.encode_utf8(&mut letter));
            let private = ('\u{e000}'..='\u{f8ff}').contains(&c);
            let length = if c.is_ascii() { 1 } else { 2 };
            !lacks && !private && code.len() == length
        })
    }

    /// A line that the printer cannot write is drawn; without a font each such character is 〓.
    fn lacking(&mut self, text: &str, line: &Line) -> Result<()> {
        if let Some(drawing) = self.drawing {
            let picture = drawing.line(text, (line.wide, line.tall), line.bold);
            self.out.custom(&picture.command())?;
            return Ok(());
        }
        tracing::warn!("no font: a line is printed with 〓 for what the printer lacks");
        let known = text.chars().map(|c| {
            let mut letter = [0; 4];
            if self.has(c.encode_utf8(&mut letter)) {
                c
            } else {
                LACKING
            }
        });
        let known: String = known.collect();
        self.out.writeln(&known).map(|_| ())
    }

    /// A dotted rule of the printer's own characters, or of dots.
    fn rule(&mut self) -> Result<()> {
        let dashes = self.profile.width.dots() / COLUMN_DOTS;
        let line = Line {
            text: "-".repeat(usize::try_from(dashes).unwrap_or(32)),
            wide: 1,
            tall: 1,
            bold: false,
            centred: false,
        };
        self.text(&line)
    }

    fn qr(&mut self, url: &str) -> Result<()> {
        let module: u8 = match self.profile.width {
            PaperWidth::Mm80 => 7,
            PaperWidth::Mm58 => 6,
        };
        self.align(true)?;
        self.size(1, 1)?;
        match self.profile.qr {
            QrPrint::Native => {
                let look = QRCodeOption::new(QRCodeModel::Model2, module, QRCodeCorrectionLevel::M);
                self.out.qrcode_option(url, look)?;
            }
            QrPrint::Raster => {
                if let Some(code) = bitmap::qr(url.as_bytes(), u32::from(module)) {
                    self.out.custom(&code.command())?;
                }
            }
        }
        self.out.feed().map(|_| ())
    }

    fn align(&mut self, centred: bool) -> Result<()> {
        let mode = if centred {
            JustifyMode::CENTER
        } else {
            JustifyMode::LEFT
        };
        self.out.justify(mode).map(|_| ())
    }

    /// Sets both sizes: cheap printers obey only `FS !` for Chinese characters.
    fn size(&mut self, wide: u8, tall: u8) -> Result<()> {
        self.out.size(wide, tall)?;
        if self.profile.chinese_mode {
            let double = u8::from(wide > 1) << 2 | u8::from(tall > 1) << 3;
            self.out.custom(&[0x1c, b'!', double])?;
        }
        Ok(())
    }
}
