//! States as people see them: always a colour, a shape and a word. **Source**: SCREENS §7.7.

use std::borrow::Borrow;

use askama::Template;
use askama::filters::HtmlSafe;
use hall::view::{DayState, TicketView, WindowState, WindowView};
use hall::{Class, Ground, Outcome, ParkingKind, PauseReason, PostRole};

/// A state in one chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(path = "pages/parts/chip.html")]
pub(super) struct Chip {
    /// The tone: a class name of `parts.css`.
    pub(super) tone: &'static str,
    /// The shape.
    pub(super) icon: &'static str,
    /// The word.
    pub(super) word: &'static str,
}

impl HtmlSafe for Chip {}

const fn chip(tone: &'static str, icon: &'static str, word: &'static str) -> Chip {
    Chip { tone, icon, word }
}

/// A window's state; a pause beside a visitor in service is shown by its own chip.
pub(super) fn window(state: impl Borrow<WindowState>) -> Chip {
    match state.borrow() {
        WindowState::Closed => chip("closed", "◌", "未开放"),
        WindowState::Preparing => chip("preparing", "◔", "准备中"),
        WindowState::Idle => chip("idle", "○", "空闲"),
        WindowState::Calling => chip("calling", "▶\u{fe0e}", "呼叫中"),
        WindowState::Serving => chip("serving", "●", "办理中"),
        WindowState::Paused => chip("paused", "‖", "暂停服务"),
    }
}

/// 暂停服务 beside a visitor who is still served.
pub(super) const PAUSED_TOO: Chip = chip("paused", "‖", "暂停服务");

/// Whether a visitor is served at a paused window.
pub(super) fn paused_too(window: &WindowView) -> bool {
    window.pause.is_some() && window.state != WindowState::Paused
}

/// A ticket's state by its name in answers.
pub(super) fn ticket(state: &str) -> Chip {
    match state {
        "waiting" => chip("waiting", "○", "等候"),
        "called" => chip("calling", "▶\u{fe0e}", "呼叫中"),
        "serving" => chip("serving", "●", "办理中"),
        "parked" => chip("parked", "◧", "挂起"),
        "finished" => chip("finished", "✓", "办结"),
        "no_show" => chip("no-show", "✕", "过号"),
        "cancelled" => chip("closed", "–", "已取消"),
        "carried_over" => chip("parked", "→", "已转期"),
        "superseded" => chip("closed", "–", "已更换"),
        _ => chip("closed", "·", "其他"),
    }
}

/// The mark of a ticket that is not ordinary.
pub(super) fn class(ticket: &TicketView) -> Option<Chip> {
    match ticket.class {
        Class::Ordinary => None,
        Class::Booked => Some(chip("booked", "◷", "预约")),
        Class::Green => Some(chip("green", "⚑", ground(ticket.ground))),
    }
}

const fn ground(ground: Option<Ground>) -> &'static str {
    match ground {
        Some(Ground::Elder) => "优先·老年人",
        Some(Ground::Disabled) => "优先·残疾人",
        Some(Ground::Pregnant) => "优先·孕妇",
        Some(Ground::Soldier) => "优先·军人",
        Some(Ground::Other) | None => "优先",
    }
}

/// A hall day's state.
pub(super) fn day(state: impl Borrow<DayState>) -> &'static str {
    match state.borrow() {
        DayState::Closed => "今日休息",
        DayState::Preparing => "尚未开门",
        DayState::Lobby => "等候区已开放",
        DayState::InSession => "服务中",
        DayState::Noon => "午间",
        DayState::Closing => "延时服务",
        DayState::Settled => "已结账",
    }
}

/// A clerk's role at a post.
pub(super) fn role(role: impl Borrow<PostRole>) -> &'static str {
    match role.borrow() {
        PostRole::A => "A岗",
        PostRole::B => "B岗",
        PostRole::Head => "负责人",
    }
}

/// Why a window is paused; for staff only.
pub(super) fn pause_reason(reason: impl Borrow<PauseReason>) -> &'static str {
    match reason.borrow() {
        PauseReason::Urgent => "急事",
        PauseReason::Meeting => "会议",
        PauseReason::Fetch => "取件",
        PauseReason::Meal => "就餐",
        PauseReason::Equipment => "设备故障",
        PauseReason::Cover => "代岗",
        PauseReason::Absent => "未设提示离岗",
        PauseReason::Other => "其他",
    }
}

/// How a ticket is set aside.
pub(super) fn parking(kind: impl Borrow<ParkingKind>) -> &'static str {
    match kind.borrow() {
        ParkingKind::AnyWindow => "可回任一窗口",
        ParkingKind::ThisWindow => "回本窗口",
        ParkingKind::OtherStep => "等其他环节",
    }
}

/// Outcomes of a visit, in the order of the dialog: name in the API, word.
pub(super) const OUTCOMES: &[(Outcome, &str, &str)] = &[
    (Outcome::DoneOnTheSpot, "done_on_the_spot", "当场办结"),
    (Outcome::Accepted, "accepted", "已受理"),
    (Outcome::Explained, "explained", "已解答"),
    (
        Outcome::MaterialsMissing,
        "materials_missing",
        "一次性告知补正",
    ),
    (Outcome::Rongque, "rongque", "容缺受理"),
    (Outcome::Redirected, "redirected", "已引导至其他窗口"),
];
