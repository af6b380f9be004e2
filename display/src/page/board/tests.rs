use super::*;
use crate::page::tests::{HOSTILE, at, board, busy, call, in_state, notice, paused, queue};

fn written(board: &Board) -> String {
    live(board, at(9, 0, 5)).expect("a board")
}

/// What a person reads, without tags; hidden announcements left out.
fn read(board: &Board) -> String {
    let html = written(board);
    let shown = html.split("<ol id=\"said\"").next().expect("a part");
    let mut text = String::new();
    let mut in_tag = false;
    for c in shown.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                text.push(' ');
            }
            other if !in_tag => text.push(other),
            _ => (),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_busy_board_says_who_goes_where() {
    insta::assert_snapshot!(read(&busy()), @"周村区政务服务中心 Zhoucun Government Service Centre 正在办理 Open 09:00 11月24日 星期二 请 最近叫号 Now calling Last call A003 到 to 3 号窗口 window A003 3 号窗口 ▶ 请前往 昨A017 12 号窗口 ▶ 请前往 A001 1 号窗口 ● 办理中 B004 2 号窗口 ✕ 过号 C011 7 号窗口 ✓ 办结 等候人数 Waiting 社会保险 12 人 不动产登记 4 人 市场主体登记 0 人 医保 7 人 ‖ 暂停服务 Paused 2号窗口 暂停服务,预计09:20恢复,请到5号窗口 Paused, back at about 09:20, please go to window 5");
}

#[test]
fn whoever_must_walk_stands_before_those_who_were_answered() {
    let board = busy();
    let (density, pages) = call_pages(&board.calls);
    let numbers: Vec<_> = pages[0].iter().map(|call| call.number).collect();
    assert_eq!(density, "one");
    assert_eq!(numbers, ["A003", "昨A017", "A001", "B004", "C011"]);
}

#[test]
fn no_call_is_dropped_however_many_there_are() {
    for count in [0, 1, 6, 7, 12, 13, 24, 25, 200] {
        let calls: Vec<_> = (1..=count)
            .map(|n| call(n, &format!("A{n:03}"), "3", "called"))
            .collect();
        let (density, pages) = call_pages(&calls);
        let shown: usize = pages.iter().map(Vec::len).sum();
        assert_eq!(shown, calls.len(), "{density}");
        assert!(pages.iter().all(|page| page.len() <= MANY));
    }
}

#[test]
fn every_state_of_the_day_says_something_useful() {
    for (state, issuing, said) in [
        (DayState::Closed, false, "今天大厅不对外办公"),
        (DayState::Preparing, false, "08:30 开始叫号"),
        (DayState::Lobby, true, "请先取号,在此等候叫号"),
        (DayState::InSession, true, "请取号后在此等候叫号"),
        (DayState::Noon, true, "午间有值班窗口,可以取号"),
        (DayState::Noon, false, "午间暂停取号,已取号的请留意叫号"),
        (DayState::Closing, false, "今天的号已经办完"),
        (DayState::Settled, false, "今天的服务已经结束,谢谢"),
    ] {
        let board = in_state(state, issuing);
        let text = read(&board);
        assert!(text.contains(said), "{state:?}: {text}");
        assert!(written(&board).contains(&format!("data-day=\"{}\"", day_name(state))));
    }
}

#[test]
fn people_after_closing_are_told_that_they_are_served() {
    let mut board = in_state(DayState::Closing, false);
    board.after_hours = 3;
    let text = read(&board);
    assert!(text.contains("延时服务中 3人"), "{text}");
    assert!(text.contains("已停止取号,已取号的办完为止"), "{text}");
}

#[test]
fn a_pretended_clock_is_shown() {
    let mut board = board();
    assert!(!written(&board).contains("演练"));
    board.pretend = true;
    assert!(written(&board).contains("演练"));
}

#[test]
fn the_newest_call_is_large_and_an_answered_one_is_not_a_call() {
    let mut board = busy();
    assert!(written(&board).contains("class=\"banner open\""));
    board.calls = vec![call(1, "A001", "1", "serving")];
    assert!(written(&board).contains("class=\"banner past\""));
}

#[test]
fn paused_windows_say_when_and_where_to_go() {
    let mut board = board();
    board.windows = (1..=5)
        .map(|n| paused(&n.to_string(), "10:40", "9"))
        .collect();
    let text = read(&board);
    assert!(
        text.contains("3号窗口 暂停服务,预计10:40恢复,请到9号窗口"),
        "{text}"
    );
    assert_eq!(paused_pages(&board).len(), 3);
}

#[test]
fn services_that_do_not_fit_are_counted() {
    let mut board = board();
    board.queues = (0..60).map(|n| queue("A", "事项", n % 2)).collect();
    let (pages, idle) = queue_pages(&board.queues, 9);
    assert_eq!(idle, 30);
    assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 30);
    assert!(read(&board).contains("另有30个事项无人等候"));
    assert_eq!(queue_pages(&board.queues[..9], 9).1, 0);
}

#[test]
fn hostile_text_stays_text() {
    let mut board = busy();
    board.hall.name = HOSTILE.to_owned();
    board.hall.name_en = Some(HOSTILE.to_owned());
    board.queues[0].name = HOSTILE.to_owned();
    board.notices = vec![notice(HOSTILE)];
    board.calls[0].number = HOSTILE.to_owned();
    board.calls[0].window.0 = HOSTILE.to_owned();
    board.calls[0].state = HOSTILE.to_owned();
    board.windows[1].code.0 = HOSTILE.to_owned();
    let text = board.windows[1].text.as_mut().expect("a pause");
    HOSTILE.clone_into(&mut text.zh);
    HOSTILE.clone_into(&mut text.en);
    let page = page(&board, at(9, 0, 5), &VoicePack::default()).expect("a page");
    assert!(!page.contains("<script>") && !page.contains("<img"));
    // No attribute is left early either.
    assert!(!page.contains("\"'"), "{page}");
}

#[test]
fn a_page_has_no_script_or_style_of_its_own() {
    let page = page(&busy(), at(9, 0, 5), &VoicePack::default()).expect("a page");
    assert!(!page.contains("style=") && !page.contains(" onclick"));
    for part in page.split("<script").skip(1) {
        assert!(
            part.starts_with(" type=\"module\" src=\"/assets/board/"),
            "{part}"
        );
    }
}

#[test]
fn the_largest_board_stays_small_enough_for_an_old_television() {
    let mut board = busy();
    board.calls = (1..=200)
        .map(|n| call(n, &format!("A{n:03}"), &n.to_string(), "called"))
        .collect();
    board.windows = (1..=200)
        .map(|n| paused(&n.to_string(), "10:40", "9"))
        .collect();
    board.queues = (0..60)
        .map(|n| queue("A", "一个名称相当长的政务服务事项", n))
        .collect();
    let html = written(&board);
    assert!(html.len() < 256 * 1024, "{} bytes", html.len());
}
