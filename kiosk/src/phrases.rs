//! What the kiosk says: Chinese and English side by side. Each tells the visitor what to do next.

/// A phrase in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Chinese.
    pub(crate) zh: &'static str,
    /// English.
    pub(crate) en: &'static str,
}

macro_rules! phrases {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub(crate) const $name: Phrase = Phrase { zh: $zh, en: $en };)*
        #[cfg(test)]
        const ALL: &[Phrase] = &[$($name),*];
    };
}

phrases! {
    CHOOSE: "请选择要办理的事项", "Please choose a service";
    WAITING: "人等候", "waiting";
    NOBODY: "暂无人等候", "nobody waiting";
    WAIT: "大约等", "about";
    MINUTES: "分钟", "min";
    ORDINARY: "取普通号", "Take a number";
    GREEN: "绿色通道", "Priority";
    GREEN_WHO: "依法优先对象请选择,办理时请出示证件", "If you have priority, please choose; show your card at the window";
    ELDER: "老年人", "Senior";
    DISABLED: "残疾人", "Disabled";
    PREGNANT: "孕妇", "Pregnant";
    SOLDIER: "军人", "Soldier";
    OTHER: "其他优先", "Other";
    ORDER: "一般按取号次序叫号,预约及依法优先人员适当提前", "Numbers are called in order of arrival; bookings and priority visitors somewhat earlier";
    MATERIALS: "办理所需材料", "What to bring";
    MORE_MATERIALS: "另有%项,请到咨询台索取办事指南", "% more, please ask at the desk for the guide";
    BACK: "返回", "Back";
    DONE: "完成", "Done";
    LANGUAGE: "English", "中文";
    LARGE: "长辈版", "Large type";
    NORMAL: "标准版", "Standard type";
    LOW: "低位操作", "Low keys";
    HIGH: "常规位置", "Usual keys";
    YOUR_NUMBER: "您的号码", "Your number";
    AFTER_HOURS: "延时服务中", "After-hours service";
    AFTER_HOURS_MORE: "已停止取号,已取的号都会办完", "No new numbers; everyone who has one is served";
    AHEAD: "前面还有", "People before you:";
    AHEAD_UNIT: "人", "";
    WINDOWS: "办理窗口", "Windows";
    SEAT: "请在休息区等候,留意叫号和显示屏", "Please wait in the seating area and watch the board";
    PRINTING: "正在打印号票,请稍候", "Printing your slip, please wait";
    PRINTED: "请取走号票", "Please take your slip";
    NOT_PRINTED: "号票没有打印,号码有效,请记住号码", "The slip did not print; your number is valid, please remember it";
    UNSURE: "请看号票是否已打印;没有也不要紧,号码有效", "Please look whether the slip came out; your number is valid in any case";
    STAFF: "请联系工作人员,号码有效", "Please ask our staff; your number is valid";
    PRINT_AGAIN: "补打号票", "Print again";
    SCAN: "手机扫码查看进度", "Scan to follow on your phone";
    NO_ANSWER: "网络暂时没有回应,请再按一次,不会重复取号", "No answer yet; please press again, you will not get two numbers";
    AGAIN: "再试一次", "Try again";
    UNREACHABLE: "取号服务暂时连接不上,请到咨询台取号", "The number service cannot be reached; please take a number at the desk";
    PAPER_OUT: "号票纸已用完,仍可取号,请记住屏幕上的号码", "Out of paper; you can still take a number, please remember it";
    PRINTER_OFF: "打印机暂不可用,仍可取号,请记住屏幕上的号码", "The printer is not ready; you can still take a number, please remember it";
    TOO_SOON: "刚取过号,请稍等三秒再取", "A number was just taken; please wait three seconds";
    PRETEND: "演练", "Rehearsal";
    STILL_THERE: "您还在操作吗?", "Are you still there?";
    GO_ON: "继续操作", "Continue";
    HELP: "需要帮助请到咨询台,或招呼导服人员", "For help please go to the desk or call a guide";
    ASK_HELP: "人工帮助", "Helper";
    HELP_COMES: "已通知帮办人员,请在此稍候", "A helper is coming, please wait here";
    NO_HELP_CALL: "暂时通知不到帮办人员,请到咨询台", "No helper can be called at present; please go to the desk";
    STARTING: "正在连接,请稍候", "Connecting, please wait";
    WRONG_FORM: "请返回后重新选择", "Please go back and choose again";
    COMPLAINT: "监督电话", "Complaints";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// **Source**: 第八条(一).
    const FORBIDDEN: &[&str] = &[
        "快点",
        "要下班了",
        "有牌子",
        "自己看",
        "不知道",
        "没看到",
        "不清楚",
    ];

    #[test]
    fn no_phrase_is_one_the_norm_forbids() {
        for phrase in ALL {
            for word in FORBIDDEN {
                assert!(!phrase.zh.contains(word), "{} has {word}", phrase.zh);
            }
        }
    }
}
