//! Boards to look at, made by hand.

use hall::DateTime;
use hall::text::Text;
use hall::view::{Board, BoardCall, BoardQueue, BoardWindow, DayState, Notice, WindowState};
use serde_json::json;

/// A name that tries to be more than text.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>";

pub(crate) fn at(hour: u32, minute: u32, second: u32) -> DateTime {
    let text = format!("2026-11-24T{hour:02}:{minute:02}:{second:02}+08:00");
    text.parse().expect("a moment")
}

pub(crate) fn call(ticket: u32, number: &str, window: &str, state: &str) -> BoardCall {
    let call = json!({
        "ticket": format!("01938f00-0000-7000-8000-{ticket:012}"), "number": number,
        "window": window, "call": 1, "called_at": at(9, 0, 0), "announced_at": at(9, 0, 0),
        "state": state,
    });
    serde_json::from_value(call).expect("a call")
}

pub(crate) fn queue(service: &str, name: &str, waiting: u32) -> BoardQueue {
    let queue = json!({"service": service, "name": name, "waiting": waiting, "wait": null});
    serde_json::from_value(queue).expect("a queue")
}

pub(crate) fn window(code: &str, state: WindowState) -> BoardWindow {
    let window = json!({
        "code": code, "name": format!("{code}号综合窗口"), "state": state, "paused": false,
        "number": null, "text": null, "clerk": "张敏",
    });
    serde_json::from_value(window).expect("a window")
}

pub(crate) fn paused(code: &str, back: &str, other: &str) -> BoardWindow {
    BoardWindow {
        paused: true,
        text: Some(Text::new(
            format!("暂停服务,预计{back}恢复,请到{other}号窗口"),
            format!("Paused, back at about {back}, please go to window {other}"),
        )),
        ..window(code, WindowState::Paused)
    }
}

pub(crate) fn notice(text: &str) -> Notice {
    Notice {
        id: "1".to_owned(),
        text: text.to_owned(),
    }
}

/// An open hall in which nothing has happened yet.
pub(crate) fn board() -> Board {
    let board = json!({
        "log": "01938f00-aaaa-7000-8000-000000000001", "seq": 41, "at": at(9, 0, 0),
        "pretend": false,
        "hall": {"code": "centre", "name": "周村区政务服务中心", "name_en": "Zhoucun Government Service Centre"},
        "day": {"date": "2026-11-24", "state": "in_session", "issuing": true,
                "opens_at": at(8, 30, 0), "closes_at": at(17, 0, 0)},
        "after_hours": 0, "calls": [], "queues": [], "windows": [], "notices": [],
        "announce_times": 2,
    });
    serde_json::from_value(board).expect("a board")
}

/// A busy morning.
pub(crate) fn busy() -> Board {
    let mut board = board();
    board.calls = vec![
        call(1, "C011", "7", "finished"),
        call(2, "B004", "2", "no_show"),
        call(3, "A001", "1", "serving"),
        call(4, "昨A017", "12", "called"),
        call(5, "A003", "3", "called"),
    ];
    board.queues = vec![
        queue("A", "社会保险", 12),
        queue("B", "不动产登记", 4),
        queue("C", "市场主体登记", 0),
        queue("D", "医保", 7),
    ];
    board.windows = vec![
        window("1", WindowState::Serving),
        paused("2", "09:20", "5"),
        window("3", WindowState::Calling),
    ];
    board
}

/// The hall day in another state.
pub(crate) fn in_state(state: DayState, issuing: bool) -> Board {
    let mut board = board();
    board.day.state = state;
    board.day.issuing = issuing;
    board
}
