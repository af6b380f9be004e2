//! Words of the board: Chinese and English side by side.

use hall::view::{DayState, WindowState};

/// One text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Chinese, shown first.
    pub(crate) zh: &'static str,
    /// English, shown second and smaller.
    pub(crate) en: &'static str,
}

const fn phrase(zh: &'static str, en: &'static str) -> Phrase {
    Phrase { zh, en }
}

pub(crate) const PRETEND: Phrase = phrase("演练", "Rehearsal");
pub(crate) const PLEASE: Phrase = phrase("请", "Now calling");
pub(crate) const LATELY: Phrase = phrase("最近叫号", "Last call");
pub(crate) const WAITING: Phrase = phrase("等候人数", "Waiting");
pub(crate) const PAUSED: Phrase = phrase("暂停服务", "Paused");
pub(crate) const NO_CALLS: Phrase = phrase("现在没有叫号", "No calls at present");
pub(crate) const UPDATED: Phrase = phrase("数据更新于", "Updated");
pub(crate) const CONNECTING: Phrase = phrase("正在连接", "Connecting");
pub(crate) const LOST: Phrase = phrase("连接中断", "Connection lost");
pub(crate) const LOST_MORE: Phrase = phrase(
    "屏幕内容已停止更新,请听现场叫号或问工作人员",
    "This screen is not up to date. Please listen for the call or ask the staff",
);
pub(crate) const SILENT: Phrase =
    phrase("声音未开启,请点一下屏幕", "Sound is off: touch the screen");
pub(crate) const AFTER_HOURS: Phrase = phrase("延时服务中", "After-hours service");
pub(crate) const NO_HALL: Phrase =
    phrase("没有这个大厅,请核对地址", "No such hall. Check the address");
pub(crate) const NO_WINDOW: Phrase = phrase(
    "没有这个窗口,请核对地址",
    "No such window. Check the address",
);
pub(crate) const COVER: Phrase = phrase("代岗", "Covering");
pub(crate) const LENT: Phrase = phrase("本窗口现可办理", "More services here now");
pub(crate) const RATE: Phrase = phrase("请对本次服务进行评价", "Please rate this visit");
pub(crate) const RATE_FREE: Phrase = phrase(
    "自愿评价,工作人员不会知道是谁评的",
    "Voluntary; the clerk does not learn who rated",
);
pub(crate) const RATE_SKIP: Phrase = phrase("暂不评价", "Skip");
pub(crate) const RATE_THANKS: Phrase = phrase("感谢您的评价", "Thank you");
pub(crate) const RATE_OTHER_WAY: Phrase = phrase(
    "请用手机扫号票上的二维码评价",
    "Please rate by the code on your slip",
);
pub(crate) const CLERK: Phrase = phrase("窗口人员", "Clerk");

/// The day's state in a word, and what a visitor does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayWords {
    pub(crate) word: Phrase,
    pub(crate) advice: Phrase,
}

/// `issuing`: whether numbers are issued. `late`: whether people are served after closing.
pub(crate) const fn day(state: DayState, issuing: bool, late: bool) -> DayWords {
    let (word, advice) = match state {
        DayState::Closed => (
            phrase("今日不办公", "Closed today"),
            phrase("今天大厅不对外办公", "The hall is not open today"),
        ),
        DayState::Preparing => (
            phrase("尚未开始", "Not open yet"),
            phrase("大厅正在准备,请稍候", "The hall opens later today"),
        ),
        DayState::Lobby => (
            phrase("可以取号", "Numbers are issued"),
            phrase(
                "请先取号,在此等候叫号",
                "Please take a number and wait here",
            ),
        ),
        DayState::InSession => (
            phrase("正在办理", "Open"),
            phrase("请取号后在此等候叫号", "Please take a number and wait here"),
        ),
        DayState::Noon if issuing => (
            phrase("午间照常办理", "Open at noon"),
            phrase(
                "午间有值班窗口,可以取号",
                "Some windows are open; numbers are issued",
            ),
        ),
        DayState::Noon => (
            phrase("午间休息", "Noon break"),
            phrase(
                "午间暂停取号,已取号的请留意叫号",
                "No new numbers at noon; those with a number, please watch for your call",
            ),
        ),
        DayState::Closing if late => (
            AFTER_HOURS,
            phrase(
                "已停止取号,已取号的办完为止",
                "No new numbers; everyone who has one is served",
            ),
        ),
        DayState::Closing => (
            phrase("已停止取号", "No new numbers"),
            phrase("今天的号已经办完", "Everyone has been served today"),
        ),
        DayState::Settled => (
            phrase("今日已结束", "Closed"),
            phrase(
                "今天的服务已经结束,谢谢",
                "Service has ended for today. Thank you",
            ),
        ),
    };
    DayWords { word, advice }
}

/// A window's state: a shape, so that it is not told by colour alone, and a word.
/// **Source**: SCREENS §1.3, §7.7.
pub(crate) const fn window(state: WindowState) -> (&'static str, Phrase) {
    match state {
        WindowState::Closed => ("–", phrase("未开放", "Closed")),
        WindowState::Preparing => ("◐", phrase("准备中", "Getting ready")),
        WindowState::Idle => ("○", phrase("空闲", "Free")),
        WindowState::Calling => ("▶", phrase("请", "Now calling")),
        WindowState::Serving => ("●", phrase("办理中", "Serving")),
        WindowState::Paused => ("‖", PAUSED),
    }
}

/// A free window's advice.
pub(crate) const IDLE_ADVICE: Phrase = phrase("请等候叫号", "Please wait for your call");

/// What became of a called number.
pub(crate) fn call(state: &str) -> (&'static str, Phrase) {
    match state {
        "called" => ("▶", phrase("请前往", "Please go")),
        "serving" => ("●", phrase("办理中", "Serving")),
        "no_show" => ("✕", phrase("过号", "Passed")),
        "waiting" | "parked" => ("○", phrase("等候", "Waiting")),
        _ => ("✓", phrase("办结", "Done")),
    }
}
