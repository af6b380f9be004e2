//! Texts from outside: checked once, at the edge.

use alloc::string::String;

use serde::{Deserialize, Serialize};

/// A sentence for people, Chinese first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Makes a sentence of both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// Why a text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// It has nothing but white space.
    Empty,
    /// It has more characters than `limit`.
    TooLong {
        /// The most characters allowed.
        limit: usize,
    },
    /// It has a control character, or one that turns the direction of writing.
    Control,
}

/// Checks a text that people will read: 1 to `limit` characters, no control characters.
///
/// # Errors
///
/// The first [`TextFault`] found.
pub fn check(text: &str, limit: usize) -> Result<(), TextFault> {
    if text.trim().is_empty() {
        return Err(TextFault::Empty);
    }
    check_optional(text, limit)
}

/// Checks a text that may be empty.
///
/// # Errors
///
/// [`TextFault::TooLong`] or [`TextFault::Control`].
pub fn check_optional(text: &str, limit: usize) -> Result<(), TextFault> {
    if text.chars().count() > limit {
        return Err(TextFault::TooLong { limit });
    }
    if text.chars().any(is_unwanted) {
        return Err(TextFault::Control);
    }
    Ok(())
}

/// Control characters, line and paragraph separators, direction marks, and byte order marks.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a text is a code: 1 to `limit` ASCII letters, digits, `-` or `_`.
pub fn is_code(text: &str, limit: usize) -> bool {
    (1..=limit).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_are_refused() {
        for bad in [
            "a\u{1b}@",
            "a\nb",
            "\u{7f}x",
            "\u{202e}x",
            "\u{85}x",
            "x\u{0}",
        ] {
            assert_eq!(check(bad, 40), Err(TextFault::Control), "{bad:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check("潮汐大厅", 4), Ok(()));
        assert_eq!(check("潮汐大厅厅", 4), Err(TextFault::TooLong { limit: 4 }));
        assert_eq!(check("  ", 4), Err(TextFault::Empty));
    }
}
