//! A4 pages: words measured and wrapped, tables laid out, then drawn.
//!
//! ```text
//! Paper ─► layout (lines, pages) ─► marks a page ─► draw ─► bytes
//! ```
//!
//! Lengths are PDF points, 1/72 inch, from the upper left corner.

mod draw;
mod face;
mod layout;
mod rows;

use super::{ExportFault, Paper};

pub use face::{FontFault, Typeface};

/// A4. **Source**: ISO 216, 210 × 297 mm.
const WIDTH: f32 = 595.28;
/// A4. **Source**: ISO 216, 210 × 297 mm.
const HEIGHT: f32 = 841.89;
/// Margins. Ours: 20 mm, so that a hole punch harms no word.
const MARGIN: f32 = 56.7;
/// Between the last line and the footer. Ours: 8 mm.
const FOOTER: f32 = 22.7;

/// The size of words. Ours: 五号 is 10.5 points, a table's a little smaller.
const BODY: f32 = 10.5;
/// The size of a table's words. Ours.
const SMALL: f32 = 9.0;
/// The size of the footer's words. Ours.
const TINY: f32 = 7.5;
/// The size of a heading. Ours.
const HEADING: f32 = 12.5;
/// The size of the title: 二号 is 22 points, 三号 16. Ours.
const TITLE: f32 = 18.0;
/// Height of a line by the size of its words. Ours.
const LEADING: f32 = 1.45;

/// Something drawn on a page.
#[derive(Debug, Clone, PartialEq)]
enum Mark {
    /// Words whose baseline begins here.
    Words {
        x: f32,
        y: f32,
        size: f32,
        words: String,
    },
    /// A line.
    Line { from: (f32, f32), to: (f32, f32) },
    /// A shade behind a header.
    Shade { at: (f32, f32), size: (f32, f32) },
}

/// Writes the paper as PDF with the font embedded, as far as its glyphs are used.
///
/// # Errors
///
/// [`ExportFault::Pdf`] when the writer cannot.
pub fn pdf(paper: &Paper, face: &Typeface) -> Result<Vec<u8>, ExportFault> {
    draw::draw(paper, face, layout::pages(paper, face))
}

#[cfg(test)]
mod tests;
