//! What is announced: one call as a key, a caption, and the clips that say it.
//!
//! ```text
//! BoardCall ─► Announcement ─► page queue: first in, first out, each `announce_times` times
//! ```
//!
//! Whether a call was announced already, only the page knows: it keeps the keys it has heard of.

use hall::DateTime;
use hall::view::{Board, BoardCall};

use crate::voice::clips;

/// One call to be announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announcement {
    /// Names it for good: a recall is the same ticket and the next count; a ticket that was put
    /// back or reinstated starts a new count at a new moment.
    pub(crate) key: String,
    pub(crate) ticket: String,
    pub(crate) number: String,
    pub(crate) window: String,
    /// A recall is announced as one, after its own chime.
    pub(crate) is_recall: bool,
    /// The visitor has not been answered yet.
    pub(crate) is_open: bool,
    /// Since the announcement was made, in the hall's time.
    pub(crate) age_ms: i64,
    /// The caption, for those who do not hear.
    pub(crate) text: String,
    /// Names of the clips in their order, apart by spaces.
    pub(crate) clips: String,
}

/// Every call of the board, oldest announcement first.
pub(crate) fn announcements(board: &Board, now: DateTime) -> Vec<Announcement> {
    let calls = board.calls.iter();
    calls.map(|call| announcement(call, now)).collect()
}

fn announcement(call: &BoardCall, now: DateTime) -> Announcement {
    let ticket = call.ticket.0.to_string();
    let is_recall = call.call > 1;
    let prefix = if is_recall { "再次呼叫," } else { "" };
    let (number, window) = (&call.number, &call.window.0);
    Announcement {
        key: format!(
            "{ticket}/{}/{}",
            call.call,
            call.called_at.timestamp_millis()
        ),
        ticket,
        number: number.clone(),
        window: window.clone(),
        is_recall,
        is_open: call.state == "called",
        age_ms: (now - call.announced_at).num_milliseconds().max(0),
        text: format!("{prefix}请{number}号到{window}号窗口"),
        clips: sentence(number, window, is_recall).join(" "),
    }
}

/// 再次呼叫 · 请 A 零零三 号 到 三 号窗口 办理, as names of clips.
fn sentence(number: &str, window: &str, is_recall: bool) -> Vec<String> {
    let mut said = Vec::new();
    if is_recall {
        said.push(clips::AGAIN.to_owned());
    }
    said.push(clips::PLEASE.to_owned());
    said.extend(say_number(number));
    said.push(clips::NUMBER.to_owned());
    said.push(clips::TO.to_owned());
    said.extend(say_window(window));
    said.push(clips::WINDOW.to_owned());
    said.push(clips::SERVE.to_owned());
    said
}

/// A ticket's number, digit by digit; 昨A003 begins with 昨天, 20日A003 with 二十日.
fn say_number(number: &str) -> Vec<String> {
    if let Some(rest) = number.strip_prefix('昨') {
        let mut said = vec![clips::YESTERDAY.to_owned()];
        said.extend(spell(rest));
        return said;
    }
    if let Some((day, rest)) = number.split_once('日') {
        let mut said = say_count(day).unwrap_or_else(|| spell(day));
        said.push(clips::DAY.to_owned());
        said.extend(spell(rest));
        return said;
    }
    spell(number)
}

/// A window's code: as a count when it is one up to 999 (十二号窗口), else letter by letter.
fn say_window(window: &str) -> Vec<String> {
    say_count(window).unwrap_or_else(|| spell(window))
}

/// Letters and digits one by one; what is neither is a short silence and has no clip.
fn spell(text: &str) -> Vec<String> {
    text.chars().filter_map(clips::of).collect()
}

/// 1 to 999 as people count.
fn say_count(text: &str) -> Option<Vec<String>> {
    let count: u32 = text
        .parse()
        .ok()
        .filter(|count| (1..=999).contains(count))?;
    let digit = |value: u32| char::from_digit(value, 10).and_then(clips::of);
    let (hundreds, tens, ones) = (count / 100, count / 10 % 10, count % 10);
    let mut said = Vec::new();
    if hundreds > 0 {
        said.extend(digit(hundreds));
        said.push(clips::HUNDRED.to_owned());
    }
    if tens > 0 {
        // 十二, but 一百一十二 and 二十二.
        if tens > 1 || hundreds > 0 {
            said.extend(digit(tens));
        }
        said.push(clips::TEN.to_owned());
    } else if hundreds > 0 && ones > 0 {
        said.extend(digit(0));
    }
    if ones > 0 {
        said.extend(digit(ones));
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::{at, board, call};

    fn spoken(number: &str, window: &str, is_recall: bool) -> String {
        let words = sentence(number, window, is_recall);
        let words: Vec<_> = words.iter().map(|clip| clips::word(clip)).collect();
        words.concat()
    }

    #[test]
    fn digits_of_a_number_are_read_one_by_one() {
        assert_eq!(spoken("A003", "3", false), "请A零零三号到三号窗口办理");
        assert_eq!(
            spoken("A1203", "12", false),
            "请A一二零三号到十二号窗口办理"
        );
        assert_eq!(
            spoken("昨A003", "20", true),
            "再次呼叫请昨天A零零三号到二十号窗口办理"
        );
        assert_eq!(
            spoken("20日B010", "T-1", false),
            "请二十日B零一零号到T一号窗口办理"
        );
    }

    #[test]
    fn windows_are_counted_as_people_count() {
        let count = |window: &str| {
            let words = say_window(window);
            words
                .iter()
                .map(|clip| clips::word(clip))
                .collect::<String>()
        };
        for (window, said) in [
            ("10", "十"),
            ("11", "十一"),
            ("26", "二十六"),
            ("100", "一百"),
            ("105", "一百零五"),
            ("110", "一百一十"),
            ("219", "二百一十九"),
            ("1001", "一零零一"),
            ("0", "零"),
            ("a2", "A二"),
        ] {
            assert_eq!(count(window), said, "{window}");
        }
    }

    #[test]
    fn a_recall_and_a_new_call_of_the_same_ticket_are_new_announcements() {
        let mut first = call(1, "A003", "3", "called");
        let mut board = board();
        let key = |call: &BoardCall| announcement(call, at(9, 0, 0)).key;
        let keys: Vec<_> = {
            let one = key(&first);
            first.call = 2;
            let recall = key(&first);
            // Put back in line and called again: the count starts anew.
            first.call = 1;
            first.called_at = at(9, 5, 0);
            vec![one, recall, key(&first)]
        };
        assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2]);
        board.calls = vec![first];
        assert_eq!(announcements(&board, at(9, 5, 1))[0].key, keys[2]);
    }

    #[test]
    fn age_is_counted_in_the_halls_time() {
        let call = call(1, "A003", "3", "called");
        let made = announcement(&call, call.announced_at + chrono::TimeDelta::seconds(21));
        assert_eq!(made.age_ms, 21_000);
        assert!(made.is_open && !made.is_recall);
        assert_eq!(made.text, "请A003号到3号窗口");
    }
}
