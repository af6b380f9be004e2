//! The norm's own sentences, shown to clerks at the moment they are due.
//!
//! **Source**: 第七条(四), 第八条(一)(二); wording as in the norm, nothing added.

use hall::view::WindowState;

/// What to say when the visitor is being called or has come. 第八条(二)1.
const WELCOME: &[&str] = &["您好,请坐!", "请问您办理什么业务?", "对不起,让您久等了"];
/// While serving. 第八条(二)2, 3, 4.
const SERVING: &[&str] = &[
    "请稍等,马上为您办理",
    "您的资料不全,请补齐××材料后再来办理",
    "您的申请我们已受理,××天内将会给您回复",
];
/// Between visitors: the four standard actions. 第七条(四).
const BETWEEN: &[&str] = &["笑相迎", "礼貌问", "快速办", "望相送"];
/// When leaving the window. 第八条(二)7.
pub(super) const PAUSE: &str = "对不起,请稍等一下,我有急事处理,马上就回来";
/// When somebody wants to go first. 第八条(二)5.
pub(super) const IN_ORDER: &str = "请按取号次序排队,依次办理";
/// At the wrong window. 第八条(二)6.
pub(super) const OTHER_WINDOW: &str = "请到××窗口咨询或办理";
/// On the telephone, for somebody who is away, or a question to be answered later. 第八条(三)4, 5.
pub(super) const TELEPHONE: &[&str] = &[
    "您好,××窗口工作人员目前不在,请问有什么事?我帮您记录转交",
    "请您留下您的姓名和联系电话,待我请示(了解清楚)后再尽快地给您回复,好吗",
];
/// At the end, and at the visitor's leaving. 第八条(二)8, 9.
pub(super) const DONE: &[&str] = &[
    "您的业务已办好,请核对签收",
    "请对我的服务进行评价",
    "请收好,请带好随身物品!再见!",
];

/// The sentences of a window's state.
pub(super) const fn sentences(state: WindowState) -> &'static [&'static str] {
    match state {
        WindowState::Calling => WELCOME,
        WindowState::Serving => SERVING,
        WindowState::Paused => &[PAUSE],
        WindowState::Closed | WindowState::Preparing | WindowState::Idle => BETWEEN,
    }
}
