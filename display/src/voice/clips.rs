//! The clips of a voice pack: about fifty words say every number.
//!
//! A hall that records its own speaker puts a file `NAME.wav` for each into the folder.

/// 请.
pub(crate) const PLEASE: &str = "please";
/// 号, after a ticket's number.
pub(crate) const NUMBER: &str = "number";
/// 到.
pub(crate) const TO: &str = "to";
/// 号窗口, after a window's code.
pub(crate) const WINDOW: &str = "window";
/// 办理.
pub(crate) const SERVE: &str = "serve";
/// 再次呼叫, before a recall.
pub(crate) const AGAIN: &str = "again";
/// 昨天, before a number of yesterday.
pub(crate) const YESTERDAY: &str = "yesterday";
/// 日, after the day of an older number.
pub(crate) const DAY: &str = "day";
/// 十.
pub(crate) const TEN: &str = "ten";
/// 百.
pub(crate) const HUNDRED: &str = "hundred";

/// Every clip: its name, what it says, and that in pinyin with tone numbers.
///
/// **Source**: the sentence is SCREENS §1.4; pinyin because espeak-ng 1.51 misreads hanzi, ECO §11.
/// Letters are given as the voice names them.
pub(super) const CLIPS: &[(&str, &str, &str)] = &[
    (PLEASE, "请", "qing3"),
    (NUMBER, "号", "hao4"),
    (TO, "到", "dao4"),
    (WINDOW, "号窗口", "hao4 chuang1 kou3"),
    (SERVE, "办理", "ban4 li3"),
    (AGAIN, "再次呼叫", "zai4 ci4 hu1 jiao4"),
    (YESTERDAY, "昨天", "zuo2 tian1"),
    (DAY, "日", "ri4"),
    (TEN, "十", "shi2"),
    (HUNDRED, "百", "bai3"),
    ("0", "零", "ling2"),
    ("1", "一", "yi1"),
    ("2", "二", "er4"),
    ("3", "三", "san1"),
    ("4", "四", "si4"),
    ("5", "五", "wu3"),
    ("6", "六", "liu4"),
    ("7", "七", "qi1"),
    ("8", "八", "ba1"),
    ("9", "九", "jiu3"),
    ("a", "A", "A"),
    ("b", "B", "B"),
    ("c", "C", "C"),
    ("d", "D", "D"),
    ("e", "E", "E"),
    ("f", "F", "F"),
    ("g", "G", "G"),
    ("h", "H", "H"),
    ("i", "I", "I"),
    ("j", "J", "J"),
    ("k", "K", "K"),
    ("l", "L", "L"),
    ("m", "M", "M"),
    ("n", "N", "N"),
    ("o", "O", "O"),
    ("p", "P", "P"),
    ("q", "Q", "Q"),
    ("r", "R", "R"),
    ("s", "S", "S"),
    ("t", "T", "T"),
    ("u", "U", "U"),
    ("v", "V", "V"),
    ("w", "W", "W"),
    ("x", "X", "X"),
    ("y", "Y", "Y"),
    ("z", "Z", "Z"),
];

/// The clip of one letter or digit.
pub(crate) fn of(c: char) -> Option<String> {
    c.is_ascii_alphanumeric()
        .then(|| c.to_ascii_lowercase().to_string())
}

/// What a clip says.
#[cfg(test)]
pub(crate) fn word(name: &str) -> &'static str {
    let found = CLIPS.iter().find(|(known, ..)| *known == name);
    found.expect("every clip is listed").1
}
