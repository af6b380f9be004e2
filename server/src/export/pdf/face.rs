//! The font: read from a path, asked for widths, and words broken into lines by them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ab_glyph::{Font as _, FontRef};

/// What stands for a character that the font lacks. **Source**: 〓, the printers' 下駄 mark.
const MISSING: char = '〓';

/// Why a font cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontFault {
    /// The file cannot be read.
    #[error("the font {path} cannot be read")]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is no font.
    #[error("the file {path} is not a font")]
    NoFont {
        /// The file.
        path: PathBuf,
    },
}

/// A font that is ready to measure and to draw.
#[derive(Clone)]
pub struct Typeface {
    bytes: Arc<Vec<u8>>,
    pub(super) font: krilla::text::Font,
}

impl Typeface {
    /// Reads a font file; of a collection, the first font.
    ///
    /// # Errors
    ///
    /// [`FontFault`] with the path that was asked for.
    pub fn load(path: &Path) -> Result<Self, FontFault> {
        let bytes = std::fs::read(path).map_err(|source| FontFault::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let bytes = Arc::new(bytes);
        let no_font = || FontFault::NoFont {
            path: path.to_owned(),
        };
        FontRef::try_from_slice_and_index(&bytes, 0).map_err(|_| no_font())?;
        let font = krilla::text::Font::new(Arc::clone(&bytes).into(), 0).ok_or_else(no_font)?;
        Ok(Self { bytes, font })
    }

    /// A measure of this font.
    pub(super) fn ruler(&self) -> Ruler<'_> {
        let font = FontRef::try_from_slice_and_index(&self.bytes, 0);
        Ruler {
            font: font.expect("it was read as a font when it was loaded"),
        }
    }
}

/// Measures words.
pub(super) struct Ruler<'a> {
    font: FontRef<'a>,
}

impl Ruler<'_> {
    /// The words with 〓 for what the font lacks; blanks and control characters become spaces.
    pub(super) fn drawable(&self, words: &str) -> String {
        words.chars().map(|one| self.known(one)).collect()
    }

    fn known(&self, one: char) -> char {
        if one.is_control() || one.is_whitespace() {
            return ' ';
        }
        let has = |one| self.font.glyph_id(one).0 != 0;
        match (has(one), has(MISSING)) {
            (true, _) => one,
            (false, true) => MISSING,
            (false, false) => '?',
        }
    }

    /// How wide drawable words are.
    pub(super) fn width(&self, words: &str, size: f32) -> f32 {
        words.chars().map(|one| self.advance(one, size)).sum()
    }

    fn advance(&self, one: char, size: f32) -> f32 {
        let units = self.font.units_per_em().unwrap_or(1000.0);
        self.font.h_advance_unscaled(self.font.glyph_id(one)) * size / units
    }

    /// Drawable lines no wider than `width`. Chinese breaks anywhere but before a closing mark or
    /// after an opening one; Latin words stay whole unless one alone is wider than the line.
    pub(super) fn lines(&self, words: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for line in words.lines() {
            self.wrap(&self.drawable(line), size, width, &mut lines);
        }
        lines
    }

    fn wrap(&self, words: &str, size: f32, width: f32, lines: &mut Vec<String>) {
        let mut line = String::new();
        let mut used = 0.0;
        for piece in pieces(words) {
            let wide = self.width(piece.trim_end(), size);
            if used + wide > width && !line.is_empty() {
                lines.push(core::mem::take(&mut line).trim_end().to_owned());
                used = 0.0;
            }
            if wide <= width {
                line.push_str(piece);
                used += self.width(piece, size);
                continue;
            }
            for one in piece.chars() {
                let wide = self.advance(one, size);
                if used + wide > width && !line.is_empty() {
                    lines.push(core::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(one);
                used += wide;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
}

/// Marks that begin no line. **Source**: GB/T 15834, 标点符号用法, 附录 on line beginnings and ends.
const NEVER_FIRST: &str = "\u{ff0c}\u{3002}\u{3001}\u{ff1b}\u{ff1a}\u{ff1f}\u{ff01}\u{ff09}\u{300b}\u{3009}\u{300d}\u{300f}\u{3011}\u{3015}\u{201d}\u{2019}\u{2026}\u{2014}\u{ff05}\u{b7}~%,.;:?!)]}";
/// Marks that end no line.
const NEVER_LAST: &str =
    "\u{ff08}\u{300a}\u{3008}\u{300c}\u{300e}\u{3010}\u{3014}\u{201c}\u{2018}([{";

/// Pieces that are not broken: a Latin word with its spaces, or one Chinese character with its marks.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut before: Option<char> = None;
    for (at, one) in words.char_indices() {
        if before.is_some_and(|before| may_break(before, one)) {
            pieces.extend(words.get(begin..at));
            begin = at;
        }
        before = Some(one);
    }
    pieces.extend(words.get(begin..).filter(|rest| !rest.is_empty()));
    pieces
}

fn may_break(before: char, one: char) -> bool {
    if one == ' ' || NEVER_FIRST.contains(one) || NEVER_LAST.contains(before) {
        return false;
    }
    before == ' ' || !is_latin(before) || !is_latin(one)
}

fn is_latin(one: char) -> bool {
    // Below the CJK radicals stand the alphabets, whose words are kept whole.
    u32::from(one) < 0x2E80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_and_words_stay_whole() {
        assert_eq!(pieces("窗口"), ["窗", "口"]);
        assert_eq!(pieces("window 3 paused"), ["window ", "3 ", "paused"]);
        assert_eq!(pieces("请到A012号"), ["请", "到", "A012", "号"]);
    }

    #[test]
    fn a_mark_stays_with_its_character() {
        assert_eq!(
            pieces("好\u{ff0c}请\u{ff08}一\u{ff09}"),
            ["好\u{ff0c}", "请", "\u{ff08}一\u{ff09}"]
        );
    }
}
