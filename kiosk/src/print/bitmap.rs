//! Dots: text drawn with a font, QR codes, and the raster command they travel in.

use std::path::Path;

use ab_glyph::{Font, FontVec, PxScale, point};
use qrcode::{Color, EcLevel, QrCode};

use super::content::COLUMN_DOTS;
use super::text::{columns, columns_of};

/// Dots of a line's height at scale 1. **Source**: Font A, 12 × 24, and the 24-dot hanzi.
pub(super) const LINE_DOTS: u32 = 24;
/// What stands for a character the font lacks. **Source**: the geta mark of East Asian printing.
const LACKING: char = '〓';
/// Where the letters of a 24-dot line stand, from its top, as a part of its height. Ours, by eye.
const BASE: f32 = 0.86;
/// Ink from which a dot is black. Ours: thin strokes of hanzi survive.
const INK: f32 = 0.42;

/// Black and white dots, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bitmap {
    width: u32,
    height: u32,
    black: Vec<bool>,
}

impl Bitmap {
    /// White paper.
    pub(super) fn new(width: u32, height: u32) -> Self {
        let dots = usize::try_from(u64::from(width) * u64::from(height)).unwrap_or(0);
        Self {
            width,
            height,
            black: vec![false; dots],
        }
    }

    pub(super) fn width(&self) -> u32 {
        self.width
    }

    pub(super) fn height(&self) -> u32 {
        self.height
    }

    fn index(&self, x: u32, y: u32) -> Option<usize> {
        let inside = x < self.width && y < self.height;
        let at = u64::from(y) * u64::from(self.width) + u64::from(x);
        usize::try_from(at).ok().filter(|_| inside)
    }

    pub(super) fn is_black(&self, x: u32, y: u32) -> bool {
        let dot = self.index(x, y).and_then(|at| self.black.get(at));
        dot.copied().unwrap_or(false)
    }

    /// Makes a dot black; one outside the paper is nobody's.
    pub(super) fn ink(&mut self, x: u32, y: u32) {
        if let Some(at) = self.index(x, y)
            && let Some(dot) = self.black.get_mut(at)
        {
            *dot = true;
        }
    }

    /// Draws a picture with its top left corner at a place.
    pub(super) fn draw(&mut self, picture: &Self, left: u32, top: u32) {
        for y in 0..picture.height {
            for x in 0..picture.width {
                if picture.is_black(x, y) {
                    self.ink(left + x, top + y);
                }
            }
        }
    }

    /// One byte for eight dots, the leftmost in the highest bit. **Source**: Epson, `GS v 0`.
    fn packed(&self) -> Vec<u8> {
        let bytes = self.width.div_ceil(8);
        let byte = |x: u32, y: u32| {
            (0..8).fold(0, |byte, bit| {
                byte << 1 | u8::from(self.is_black(x * 8 + bit, y))
            })
        };
        (0..self.height)
            .flat_map(|y| (0..bytes).map(move |x| byte(x, y)))
            .collect()
    }

    /// From packed bytes, as a printer reads them.
    pub(super) fn unpacked(bytes_wide: u32, data: &[u8]) -> Self {
        let rows = data.chunks(usize::try_from(bytes_wide.max(1)).unwrap_or(1));
        let mut bitmap = Self::new(bytes_wide * 8, u32::try_from(rows.len()).unwrap_or(0));
        for (y, row) in (0..).zip(rows) {
            for (x, byte) in (0..).zip(row) {
                for bit in 0..8 {
                    if byte & (0x80 >> bit) != 0 {
                        bitmap.ink(x * 8 + bit, y);
                    }
                }
            }
        }
        bitmap
    }

    /// The raster command, in strips of less than 256 rows.
    pub(super) fn command(&self) -> Vec<u8> {
        let bytes_wide = self.width.div_ceil(8);
        let row = usize::try_from(bytes_wide.max(1)).unwrap_or(1);
        let mut command = Vec::new();
        for strip in self.packed().chunks(row * STRIP_ROWS) {
            let rows = u8::try_from(strip.len() / row).unwrap_or(u8::MAX);
            let wide = u8::try_from(bytes_wide).unwrap_or(u8::MAX);
            command.extend([0x1d, b'v', b'0', 0, wide, 0, rows, 0]);
            command.extend(harmless(strip));
        }
        command
    }
}

/// Rows of one strip. Ours: a multiple of the head's 8, and one byte says it.
const STRIP_ROWS: usize = 248;

/// Changes one dot wherever dots would read as a real-time command.
///
/// Printers obey `10 04`, `10 05` and `10 14` inside pictures too. **Source**: RELIABILITY §2.2.
fn harmless(data: &[u8]) -> Vec<u8> {
    let mut before = 0;
    let safe = data.iter().map(|&byte| {
        let obeyed = before == 0x10 && matches!(byte, 0x04 | 0x05 | 0x14);
        before = byte;
        if obeyed { byte ^ 0x02 } else { byte }
    });
    safe.collect()
}

/// A font that draws whatever the printer's own characters lack.
#[derive(Debug)]
pub(super) struct Drawing(FontVec);

impl Drawing {
    /// Reads a font file; of a collection the first face.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no font.
    pub(super) fn open(file: &Path) -> std::io::Result<Self> {
        let font = FontVec::try_from_vec_and_index(std::fs::read(file)?, 0);
        font.map(Self).map_err(std::io::Error::other)
    }

    /// Whether the font has the character.
    pub(super) fn has(&self, c: char) -> bool {
        self.0.glyph_id(c).0 != 0
    }

    /// A line of text, scaled as a printer would scale it; what the font lacks becomes 〓.
    pub(super) fn line(&self, text: &str, (wide, tall): (u8, u8), bold: bool) -> Bitmap {
        let cell = COLUMN_DOTS * u32::from(wide);
        let height = LINE_DOTS * u32::from(tall);
        let mut bitmap = Bitmap::new(cell * columns(text), height);
        let mut left = 0;
        for c in text.chars() {
            let shown = if self.has(c) { c } else { LACKING };
            if shown != c {
                tracing::warn!(code = u32::from(c), "the font lacks a character");
            }
            let width = cell * columns_of(shown).max(columns_of(c));
            self.glyph(&mut bitmap, shown, (left, width), bold);
            left += width;
        }
        bitmap
    }

    fn glyph(&self, bitmap: &mut Bitmap, c: char, (left, width): (u32, u32), bold: bool) {
        let height = small(bitmap.height());
        let units = self.0.units_per_em().unwrap_or(1000.0);
        let em = self.0.height_unscaled() / units;
        // Half-width letters keep their shape unless they would leave their cell.
        let id = self.0.glyph_id(c);
        let full = if c.is_ascii() { 2 * width } else { width };
        let natural = self.0.h_advance_unscaled(id) / units * small(full);
        let squeeze = (small(width) / natural.max(1.0)).min(1.0);
        let scale = PxScale {
            x: small(full) * em * squeeze,
            y: height * em,
        };
        let start = small(left) + (small(width) - natural * squeeze) / 2.0;
        let placed = id.with_scale_and_position(scale, point(start, height * BASE));
        let Some(outline) = self.0.outline_glyph(placed) else {
            return;
        };
        let corner = outline.px_bounds().min;
        outline.draw(|x, y, ink| {
            if ink >= INK {
                let (x, y) = (small(x) + corner.x, small(y) + corner.y);
                if let (Some(x), Some(y)) = (dot(x), dot(y)) {
                    bitmap.ink(x, y);
                    if bold {
                        bitmap.ink(x + 1, y);
                    }
                }
            }
        });
    }
}

/// Dots as a float; paper is far narrower than what a float holds exactly.
fn small(dots: u32) -> f32 {
    f32::from(u16::try_from(dots).unwrap_or(u16::MAX))
}

/// The dot a float means; none left of or above the paper.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to lie within the paper"
)]
fn dot(at: f32) -> Option<u32> {
    (at >= 0.0 && at < f32::from(u16::MAX)).then_some(at as u32)
}

/// A QR code with `module` dots a side for each of its squares; none when the text is too long.
pub(super) fn qr(text: &[u8], module: u32) -> Option<Bitmap> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = u32::try_from(code.width()).ok()?;
    let mut bitmap = Bitmap::new(side * module, side * module);
    for (at, color) in (0..).zip(code.to_colors()) {
        if color == Color::Dark {
            let (left, top) = (at % side * module, at / side * module);
            for y in top..top + module {
                for x in left..left + module {
                    bitmap.ink(x, y);
                }
            }
        }
    }
    Some(bitmap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_harmless(data: &[u8]) -> bool {
        !data
            .windows(2)
            .any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14]))
    }

    proptest! {
        #[test]
        fn no_picture_holds_a_real_time_command(
            wide in 1u32..73,
            dots in prop::collection::vec(prop::sample::select(vec![0x10u8, 0x04, 0x05, 0x14, 0, 0xff]), 1..4000),
        ) {
            let bitmap = Bitmap::unpacked(wide, &dots);
            prop_assert!(is_harmless(&bitmap.command()));
        }
    }

    #[test]
    fn one_dot_is_changed_and_no_more() {
        let dots = [0x10, 0x04, 0x10, 0x10, 0x14, 0x10, 0x05, 0x33];
        assert_eq!(
            harmless(&dots),
            [0x10, 0x06, 0x10, 0x10, 0x16, 0x10, 0x07, 0x33]
        );
    }

    #[test]
    fn a_picture_comes_back_as_it_was_packed() {
        let code = qr(b"https://hall.example/t/abc", 3).unwrap();
        let wide = code.width().div_ceil(8);
        let again = Bitmap::unpacked(wide, &code.packed());
        for y in 0..code.height() {
            for x in 0..code.width() {
                assert_eq!(code.is_black(x, y), again.is_black(x, y));
            }
        }
    }
}
