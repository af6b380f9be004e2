//! Text on its way to paper: nothing in it can command the printer, and every line fits.

/// Characters of one field. Ours: three lines of the largest hanzi; longer is no name.
const FIELD_CHARS_MAX: usize = 64;
/// Marks that do not begin a line.
const NOT_FIRST: &str = ",.;:!?)，。、；：！？）》”";

/// The text without anything that is no visible character; line breaks and tabs become blanks.
///
/// Control characters would command the printer, direction marks would turn the line round.
pub(super) fn clean(text: &str) -> String {
    let visible = text.chars().filter_map(|c| match c {
        '\n' | '\t' => Some(' '),
        _ if c.is_control() || is_invisible(c) => None,
        _ => Some(c),
    });
    let kept: String = visible.collect();
    kept.trim().to_owned()
}

/// A field of a slip: clean, and no longer than a name can be.
pub(super) fn field(text: &str) -> String {
    clean(&text.chars().take(FIELD_CHARS_MAX).collect::<String>())
}

/// Format characters of Unicode: zero widths, direction marks, separators, fillers.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Half-width columns of a character: a hanzi takes two.
pub(super) fn columns_of(c: char) -> u32 {
    if c.is_ascii() { 1 } else { 2 }
}

/// Half-width columns of a text.
pub(super) fn columns(text: &str) -> u32 {
    text.chars().map(columns_of).sum()
}

/// Breaks a text into as few lines as fit `width` columns, of nearly the same length, so that no
/// single character is left alone on the last one.
pub(super) fn wrap(text: &str, width: u32) -> Vec<String> {
    let lines = fill(text, width);
    let count = u32::try_from(lines.len()).unwrap_or(1).max(1);
    let even = columns(text).div_ceil(count);
    let mut narrower = (even..width).map(|width| fill(text, width));
    let fitting = narrower.find(|narrow| narrow.len() <= lines.len());
    fitting.unwrap_or(lines)
}

/// Breaks a text into lines of at most `width` columns: at blanks, or between hanzi.
fn fill(text: &str, width: u32) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for c in text.chars() {
        if columns(&line) + columns_of(c) > width {
            let rest = break_line(&mut line, c);
            lines.push(std::mem::replace(&mut line, rest));
        }
        if !(c == ' ' && line.is_empty()) {
            line.push(c);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line);
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// Shortens a full line so that it may end, and gives what moves on to the next one.
fn break_line(line: &mut String, next: char) -> String {
    let at = match line.char_indices().next_back() {
        // Within a word: back to its first letter, unless the word is the whole line.
        Some((_, last)) if last.is_ascii_graphic() && next.is_ascii_graphic() => {
            let blank = line.rfind(|c: char| !c.is_ascii_graphic());
            blank.map_or(line.len(), |at| {
                at + line[at..].chars().next().map_or(0, char::len_utf8)
            })
        }
        Some((at, _)) if NOT_FIRST.contains(next) && at > 0 => at,
        _ => line.len(),
    };
    line.split_off(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_commands_a_printer_is_left() {
        assert_eq!(
            clean("社保\u{1b}@\u{1d}V\0\u{10}\u{4}医保\n窗口"),
            "社保@V医保 窗口"
        );
        assert_eq!(clean("\u{202e}反\u{200b}转"), "反转");
        assert_eq!(field(&"长".repeat(500)).chars().count(), 64);
    }

    #[test]
    fn lines_break_at_words_and_never_begin_with_a_comma() {
        assert_eq!(wrap("Please wait here", 12), ["Please", "wait here"]);
        assert_eq!(
            wrap("请在休息区等候,留意叫号", 14),
            ["请在休息区等", "候,留意叫号"]
        );
        assert_eq!(wrap("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
        assert_eq!(wrap("本号当日有效为止", 14), ["本号当日", "有效为止"]);
        assert_eq!(wrap("", 10), Vec::<String>::new());
        for line in wrap("过号不作废: please ask at the desk 再叫3个号后为您安排", 9)
        {
            assert!(columns(&line) <= 9, "{line}");
        }
    }
}
