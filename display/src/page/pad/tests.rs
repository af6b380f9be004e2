use hall::view::WindowState;
use serde_json::json;

use super::*;
use crate::page::tests::{at, board, window};

fn asking() -> Board {
    let mut board = board();
    let mut found = window("3", WindowState::Idle);
    let asks = json!({"ticket": "01938f00-0000-7000-8000-000000000001", "number": "A003",
        "until": at(9, 1, 0)});
    found.asks = Some(serde_json::from_value(asks).expect("a visit to rate"));
    board.windows = vec![found];
    board
}

#[test]
fn the_pad_asks_until_its_time_is_over() {
    let shown = |now| {
        live(&asking(), "3", now)
            .expect("a window")
            .expect("a live part")
    };
    let html = shown(at(9, 0, 5));
    assert!(
        html.contains("data-number=\"A003\" data-left=\"55000\""),
        "{html}"
    );
    let html = shown(at(9, 1, 0));
    assert!(!html.contains("data-ticket"), "{html}");
}

#[test]
fn five_equal_buttons_and_none_is_chosen() {
    let html = page(&asking(), "3", "/ratings", at(9, 0, 5))
        .expect("a window")
        .expect("a page");
    let levels: Vec<_> = html.split("data-level=\"").skip(1).collect();
    assert_eq!(levels.len(), 5);
    assert!(
        levels[0].starts_with("5\"><i aria-hidden=\"true\">★★★★★"),
        "{}",
        levels[0]
    );
    assert!(
        levels[4].starts_with("1\"><i aria-hidden=\"true\">★☆☆☆☆"),
        "{}",
        levels[4]
    );
    for word in ["checked", "autofocus", "selected", "aria-pressed"] {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.contains("id=\"skip\""), "it can be skipped");
    assert!(page(&asking(), "9", "/ratings", at(9, 0, 5)).is_none());
}
