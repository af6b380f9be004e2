//! What a slip says, from top to bottom, before any byte of a printer.
//!
//! Chinese first, English under it; the number as large as the paper allows. **Source**:
//! PRACTICE §6, SCREENS §1.1.

use hall::view::{NoticeLine, NoticePaper, Slip};

use super::text::{clean, columns, field};

/// Windows named on a slip. Ours: more do not help anyone to find one.
const WINDOWS_MAX: usize = 6;
/// Characters of one line of a notice. **Source**: the server's own limits, a paper's name with how
/// an entry is written.
const NOTICE_CHARS_MAX: usize = 260;
/// Bytes of the ticket page's address. Ours: a longer code is too fine for a phone's camera.
const URL_BYTES_MAX: usize = 200;
/// The largest character of ESC/POS. **Source**: Epson, `GS !`: eight times.
const SCALE_MAX: u32 = 8;
/// Dots of a half-width column at scale 1. **Source**: Font A, 12 × 24.
pub(super) const COLUMN_DOTS: u32 = 12;

/// One thing on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A text of one style; it may take several lines.
    Line(Line),
    /// A thin rule across the paper.
    Rule,
    /// A little white paper.
    Gap,
    /// A QR code of this text.
    Qr(String),
}

/// A text of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What it says; clean.
    pub(super) text: String,
    /// How many times as wide as usual, 1–8.
    pub(super) wide: u8,
    /// How many times as tall as usual, 1–8.
    pub(super) tall: u8,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it stands in the middle.
    pub(super) centred: bool,
}

impl Line {
    fn new(text: impl AsRef<str>, wide: u8, tall: u8) -> Self {
        Self {
            text: clean(text.as_ref()),
            wide,
            tall,
            bold: false,
            centred: false,
        }
    }

    fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    fn centred(self) -> Self {
        Self {
            centred: true,
            ..self
        }
    }
}

/// What a slip says on paper of this many dots.
pub(super) fn pieces(slip: &Slip, dots: u32) -> Vec<Piece> {
    let mut lines = head(slip, dots);
    lines.push(Piece::Rule);
    lines.extend(spaced(facts(slip)));
    lines.push(Piece::Rule);
    lines.extend(spaced(rules(slip)));
    if let Some(url) = slip.ticket_url.as_deref().filter(|url| is_url(url)) {
        lines.extend([Piece::Gap, Piece::Qr(url.to_owned())]);
        let scan = Line::new("手机扫码看进度 Scan to follow your number", 1, 1);
        lines.push(Piece::Line(scan.centred()));
    }
    lines.extend(foot(slip).into_iter().map(Piece::Line));
    lines.retain(|piece| !matches!(piece, Piece::Line(line) if line.text.is_empty()));
    lines
}

/// What one copy of a notice says on paper of this many dots; `copy` stands under the title.
pub(super) fn notice(paper: &NoticePaper, copy: &str, dots: u32) -> Vec<Piece> {
    let head = [
        Line::new(field(&paper.hall), 1, 2).centred(),
        name(&paper.title, dots),
        Line::new(field(copy), 1, 1).centred(),
    ];
    let mut lines: Vec<_> = head.into_iter().map(Piece::Line).collect();
    lines.push(Piece::Rule);
    lines.extend(paper.lines.iter().flat_map(notice_line));
    if is_url(&paper.code) {
        lines.extend([Piece::Gap, Piece::Qr(paper.code.clone())]);
        lines.push(Piece::Line(Line::new(&paper.code, 2, 2).bold().centred()));
    }
    lines.retain(|piece| !matches!(piece, Piece::Line(line) if line.text.is_empty()));
    lines
}

/// A line, a large one with white above it; nothing is a rule, and a line to sign on has room.
fn notice_line(line: &NoticeLine) -> Vec<Piece> {
    let text: String = line.text.chars().take(NOTICE_CHARS_MAX).collect();
    let text = clean(&text);
    if text.is_empty() {
        return vec![Piece::Rule];
    }
    if text.ends_with("签名") || text.ends_with("签收") {
        let line = Line::new(format!("{text}:______________"), 1, 2);
        return vec![Piece::Gap, Piece::Gap, Piece::Line(line)];
    }
    let tall = if line.strong { 2 } else { 1 };
    let gap = line.strong.then_some(Piece::Gap);
    let line = Line::new(text, 1, tall);
    gap.into_iter().chain([Piece::Line(line)]).collect()
}

/// Lines with a gap above each tall one, which says something new.
fn spaced(lines: Vec<Line>) -> impl Iterator<Item = Piece> {
    lines.into_iter().flat_map(|line| {
        let gap = (line.tall > 1).then_some(Piece::Gap);
        gap.into_iter().chain([Piece::Line(line)])
    })
}

/// A code holds printable ASCII only, so that nothing in it can command the printer.
fn is_url(url: &str) -> bool {
    (1..=URL_BYTES_MAX).contains(&url.len()) && url.bytes().all(|b| b.is_ascii_graphic())
}

/// Hall, number, service.
fn head(slip: &Slip, dots: u32) -> Vec<Piece> {
    let mut lines = vec![name(&slip.hall, dots)];
    lines.extend(english(slip.hall_en.as_deref()));
    if slip.copy > 1 {
        let mark = format!("补打 第{}张 COPY {}", slip.copy, slip.copy);
        lines.push(Line::new(mark, 1, 2).bold().centred());
    }
    lines.push(number(&slip.number, dots));
    lines.push(name(&slip.service, dots));
    lines.extend(english(slip.service_en.as_deref()));
    if slip.green {
        lines.push(Line::new("★依法优先 Priority", 2, 2).bold().centred());
    }
    lines.into_iter().map(Piece::Line).collect()
}

/// A name on one line: large, else narrow; one that is longer still is broken large.
fn name(name: &str, dots: u32) -> Line {
    let name = field(name);
    let large = columns(&name) * COLUMN_DOTS;
    let wide = if large * 2 > dots && large <= dots {
        1
    } else {
        2
    };
    Line::new(name, wide, 2).bold().centred()
}

fn english(name: Option<&str>) -> Option<Line> {
    name.map(|name| Line::new(field(name), 1, 1).centred())
}

/// The number, as large as the paper allows.
fn number(number: &str, dots: u32) -> Line {
    let number = field(number);
    let fits = dots / (COLUMN_DOTS * columns(&number).max(1));
    let scale = u8::try_from(fits.clamp(1, SCALE_MAX)).unwrap_or(1);
    Line::new(number, scale, scale).bold().centred()
}

/// What holds for this visitor.
fn facts(slip: &Slip) -> Vec<Line> {
    let (ahead, ahead_en) = match slip.ahead {
        0 => ("前面无人等候".to_owned(), "No one before you".to_owned()),
        n => (format!("前面等候 {n}人"), format!("People before you: {n}")),
    };
    let (wait, wait_en) = match slip.wait {
        None => (
            "等候时间 暂无法估计".to_owned(),
            "Wait: no estimate yet".to_owned(),
        ),
        Some(wait) => (
            format!("大约等 {}到{}分钟", wait.p50_min, wait.p90_min),
            format!("About {} to {} minutes", wait.p50_min, wait.p90_min),
        ),
    };
    let at = slip.issued_at.format("%Y-%m-%d %H:%M");
    vec![
        Line::new(ahead, 2, 2),
        Line::new(ahead_en, 1, 1),
        Line::new(windows(&slip.windows), 2, 2),
        Line::new(wait, 1, 2),
        Line::new(wait_en, 1, 1),
        Line::new(format!("取号时间 {at}"), 1, 1),
    ]
}

/// 3号、5号窗口; a window with a name keeps it.
fn windows(codes: &[String]) -> String {
    if codes.is_empty() {
        return "窗口以叫号为准".to_owned();
    }
    let name = |code: &String| {
        let code = field(code);
        let number = code.bytes().all(|b| b.is_ascii_digit());
        if number { format!("{code}号") } else { code }
    };
    let named: Vec<_> = codes.iter().take(WINDOWS_MAX).map(name).collect();
    let more = if codes.len() > WINDOWS_MAX { "等" } else { "" };
    format!("{}{more}窗口", named.join("、"))
}

/// What holds for everyone.
fn rules(slip: &Slip) -> Vec<Line> {
    let (passed, passed_en) = match slip.reinstate_after {
        0 => (
            "过号后请到咨询台归队,会为您安排".to_owned(),
            "Missed it? Please see the desk".to_owned(),
        ),
        n => (
            format!("过号后请到咨询台归队,再叫{n}个号后为您安排"),
            format!("Missed it? See the desk: called after {n} more"),
        ),
    };
    vec![
        Line::new("请在休息区等候,留意叫号和显示屏", 1, 2).bold(),
        Line::new("Please take a seat and watch the board", 1, 1),
        Line::new(passed, 1, 2),
        Line::new(passed_en, 1, 1),
        Line::new("本号当日有效,下班前取号将办完为止", 1, 2),
        Line::new("Valid today; every number taken is served", 1, 1),
        Line::new("窗口暂停服务时,请看显示屏或到咨询台", 1, 1),
    ]
}

fn foot(slip: &Slip) -> Vec<Line> {
    let phone = slip.complaint_phone.as_deref().map(field);
    let phone = phone.filter(|phone| !phone.is_empty());
    let phone = phone.map(|phone| Line::new(format!("监督电话 {phone}"), 1, 1));
    let check = field(&slip.check);
    let check = (!check.is_empty()).then(|| Line::new(format!("校验码 {check}"), 1, 1));
    phone.into_iter().chain(check).map(Line::centred).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_as_large_as_the_paper_allows() {
        assert_eq!(number("A003", 576).tall, 8);
        assert_eq!(number("A003", 384).tall, 8);
        assert_eq!(number("A5003", 384).tall, 6);
        assert_eq!(number("A5003", 576).tall, 8);
    }

    #[test]
    fn windows_are_named_as_people_say_them() {
        let of = |codes: &[&str]| {
            let codes: Vec<_> = codes.iter().map(|&code| code.to_owned()).collect();
            windows(&codes)
        };
        assert_eq!(of(&["3", "5"]), "3号、5号窗口");
        assert_eq!(of(&["社保1"]), "社保1窗口");
        assert_eq!(of(&[]), "窗口以叫号为准");
        assert_eq!(
            of(&["1", "2", "3", "4", "5", "6", "7"]),
            "1号、2号、3号、4号、5号、6号等窗口"
        );
    }
}
