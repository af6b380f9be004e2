use super::*;
use crate::page::tests::{HOSTILE, at, board, paused, window};

fn written(found: BoardWindow) -> String {
    let mut board = board();
    let code = found.code.0.clone();
    board.windows = vec![window("1", WindowState::Idle), found];
    let live = live(&board, &code, at(9, 0, 5)).expect("a window");
    live.expect("a screen")
}

#[test]
fn every_state_has_a_shape_and_a_word() {
    for (state, shape, word) in [
        (WindowState::Closed, "–", "未开放"),
        (WindowState::Preparing, "◐", "准备中"),
        (WindowState::Idle, "○", "空闲"),
        (WindowState::Calling, "▶", "请"),
        (WindowState::Serving, "●", "办理中"),
        (WindowState::Paused, "‖", "暂停服务"),
    ] {
        let html = written(window("3", state));
        let line = format!("{shape}</i> <span>{word}</span>");
        assert!(html.contains(&line), "{html}");
        assert!(html.contains(&format!("data-state=\"{}\"", state.as_str())));
        assert!(html.contains("<b id=\"window\">3</b>"), "{html}");
    }
}

#[test]
fn a_call_shows_its_number_and_the_clerk() {
    let mut calling = window("3", WindowState::Calling);
    calling.number = Some("A003".to_owned());
    let html = written(calling);
    assert!(html.contains("id=\"number\">A003<") && html.contains("id=\"clerk\">张敏<"));
}

#[test]
fn a_paused_window_says_when_and_where_to_go() {
    let html = written(paused("3", "10:40", "5"));
    assert!(html.contains("<span>暂停服务</span>"), "{html}");
    assert!(html.contains("预计10:40恢复,请到5号窗口"), "{html}");
    // Whoever is served stays served; the pause is shown beside.
    let html = written(BoardWindow {
        state: WindowState::Serving,
        number: Some("A003".to_owned()),
        ..paused("3", "10:40", "5")
    });
    assert!(html.contains("<span>办理中</span>") && html.contains("暂停服务,预计10:40恢复"));
}

#[test]
fn a_window_that_is_not_there_has_no_screen() {
    assert!(page(&board(), "3", at(9, 0, 5)).is_none());
}

#[test]
fn hostile_text_stays_text() {
    let mut hostile = paused(HOSTILE, HOSTILE, HOSTILE);
    hostile.name = HOSTILE.to_owned();
    hostile.number = Some(HOSTILE.to_owned());
    hostile.clerk = Some(HOSTILE.to_owned());
    let html = written(hostile);
    assert!(!html.contains("<script>") && !html.contains("<img") && !html.contains("\"'"));
}
