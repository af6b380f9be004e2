//! Words of the pages: Chinese and English side by side.

use askama::Template;
use askama::filters::HtmlSafe;

/// One text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Chinese, shown first.
    pub(super) zh: &'static str,
    /// English, shown second and smaller.
    pub(super) en: &'static str,
}

/// Both languages in markup.
#[derive(Debug, Clone, Copy, Template)]
#[template(
    source = "<span>{{ zh }}</span> <small lang=\"en\">{{ en }}</small>",
    ext = "html"
)]
pub(super) struct Both {
    zh: &'static str,
    en: &'static str,
}

impl HtmlSafe for Both {}

impl Phrase {
    const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// Both languages, for headings and large buttons.
    pub(super) const fn both(self) -> Both {
        Both {
            zh: self.zh,
            en: self.en,
        }
    }
}

macro_rules! phrases {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub(super) const $name: Phrase = Phrase::new($zh, $en);)*
        /// Every phrase, for the lint.
        #[cfg(test)]
        pub(super) const ALL: &[Phrase] = &[$($name),*];
    };
}

phrases! {
    // Frame.
    PRODUCT: "潮汐大厅", "Tidehall";
    PRETEND: "演练时钟", "Pretend clock";
    UNENCRYPTED: "本页线路未加密,请勿在办公网以外使用", "This line is not encrypted; use it inside the office network only";
    TIDE_PROPOSES: "潮汐建议", "The tide proposes";
    TIDE_ACCEPT: "采纳", "Accept";
    TIDE_ACCEPTED: "已采纳,窗口办完当前业务后调整", "Accepted; the window turns after its visitor";
    TIDE_DISMISS: "不采纳", "Dismiss";
    TIDE_DISMISSED: "已记录不采纳", "Dismissed";
    TIDE_TODAY: "今日潮汐", "Tides today";
    TIDE_LOCK: "锁定", "Lock";
    TIDE_LOCKED: "已锁定,潮汐不再调整该窗口", "Locked; the tide leaves the window alone";
    TIDE_UNLOCK: "解锁", "Unlock";
    TIDE_UNLOCKED: "已解锁", "unlocked";
    REGISTERS: "台账", "Registers";
    OFFLINE: "连接中断,显示的是中断前的内容,正在重新连接", "Connection lost; showing the last state, reconnecting";
    NETWORK: "网络没有回应,请再按一次(不会重复办理)", "No answer from the network; please press again, nothing is done twice";
    CHANGED: "号票状态已变化,请看最新内容后再操作", "The ticket changed meanwhile; please look again";
    SIGN_IN: "登录", "Sign in";
    SIGN_OUT: "退出登录", "Sign out";
    CANCEL: "返回", "Back";
    UNDO: "撤销", "Undo";
    UNDONE: "已撤销", "Undone";
    REASON: "原因", "Reason";
    THEME: "深浅色", "Light or dark";
    OVER: "已超时", "Over";
    LONG_OVER: "严重超时", "Far over";

    // Inspections and score sheets.
    INSPECT: "现场巡查", "Inspect";
    INSPECTIONS: "巡查记录", "Inspections";
    DEDUCTIONS: "扣分与申诉", "Deductions and appeals";
    UPKEEP: "设施用品与检查", "Facilities and checks";
    SHEET: "巡查得分表", "Score sheet";
    DISTRICT: "各大厅得分总览", "Score sheets of all halls";
    WINDOW_CODES: "窗口巡查码", "Codes of the windows";
    START_PATROL: "开始巡查", "Start patrol";
    END_PATROL: "结束巡查", "End patrol";
    BREACH: "不符合,记录", "Not kept";
    KEPT: "符合要求", "Kept";
    ADD_PHOTO: "拍照或选择照片", "Add a photo";
    KEPT_ON_PHONE: "没有网络也可记录,联网后自动发送,不会重复", "Works without a line; sent once when it is back";
    SIGN: "签署", "Sign";
    PUBLISH: "定稿并发布", "Publish";

    // Sign-in.
    USER: "用户名", "User name";
    PASSWORD: "密码", "Password";
    FIRST_PASSWORD: "首次登录:用一次性验证码设置密码", "First time: set a password with your one-time code";
    ONE_TIME_CODE: "一次性验证码", "One-time code";
    NEW_PASSWORD: "新密码", "New password";
    SET_PASSWORD: "设置密码", "Set password";
    PASSWORD_SET: "密码已设置,请登录", "Password set, please sign in";

    // Home.
    YOUR_HALLS: "请选择大厅", "Please choose a hall";
    NO_HALLS: "暂时没有可查看的大厅,请联系系统管理员", "No hall to show yet; please ask the system administrator";
    FLOOR: "现场总览", "Floor";
    TICKETS: "号票", "Tickets";
    BOARD: "显示屏", "Board";
    WINDOWS: "窗口叫号台", "Window consoles";
    DEVICES_HINT: "取号机和显示屏:请在设备上打开配对页,把配对码告诉系统管理员", "Kiosks and displays: open the pairing page on the device and tell the administrator its code";

    // Console: the one big button.
    CLOCK_IN: "上岗签到", "Sign in at window";
    READY: "准备好了,开窗", "Ready, open window";
    CALL_NEXT: "呼叫下一位", "Call next";
    START: "开始办理", "Start serving";
    FINISH: "办结", "Finish";
    RESUME: "恢复服务", "Resume";
    NOBODY_WAITS: "目前无人等候", "Nobody is waiting";

    // Console: steps.
    STEP_READY: "到岗准备", "Preparing";
    STEP_IDLE: "候叫", "Idle";
    STEP_CALL: "呼叫", "Calling";
    STEP_SERVE: "办理", "Serving";

    // Console: the rest.
    RECALL: "重呼", "Recall";
    NO_SHOW: "过号", "No-show";
    NO_SHOW_DONE: "已过号", "Marked as no-show";
    PUT_BACK: "退回队首", "Put back";
    PARK: "挂起", "Park";
    TRANSFER: "转办", "Transfer";
    ADD_MATTER: "加办事项", "Add matter";
    PAUSE: "暂停服务", "Pause";
    CLOCK_OUT: "签退", "Sign off";
    VISITOR_LEAVES: "办事人取消", "Visitor withdraws";
    NEXT: "下一位", "Next";
    LINE: "等候次序", "Line";
    QUEUES: "本窗事项", "Services here";
    CALL_NAMED: "指定叫号", "Call this one";
    CALL_NAMED_SHORT: "指定", "Call";
    PARKED: "挂起中", "Parked";
    NOBODY_PARKED: "没有挂起的号票", "Nothing parked";
    RETURN_HERE: "请回本窗", "Bring back";
    RETURN_LINE: "放回队首", "To the line";
    NO_SHOWS: "今日过号", "Today's no-shows";
    NO_NO_SHOWS: "今日没有过号", "No no-shows today";
    REINSTATE: "恢复", "Reinstate";
    SINCE_CALL: "呼叫后", "Since call";
    SINCE_START: "办理用时", "Serving for";
    PLEASE_SAY: "文明用语", "Please say";
    KEYS_ON: "快捷键", "Shortcut keys";
    OUTCOME: "办理结果", "Outcome";
    PROMISED_DAYS: "承诺工作日", "Workdays promised";
    PICKUP: "取件方式", "Pick-up";
    FINISHED: "已办结", "Finished";
    PAUSE_WHY: "暂停原因(仅内部可见)", "Why (inside only)";
    BACK_IN: "预计几分钟后回来", "Back in, minutes";
    COVER: "请谁代岗", "Covered by";
    NOTE: "备注", "Note";
    TO_SERVICE: "转到事项", "To a service";
    TO_WINDOW: "转到窗口", "To a window";
    CONFIRM: "确定", "Confirm";
    WHO_ARE_YOU: "请选择上岗人员", "Who serves at this window";
    OVERRIDE: "值班长准予的原因(如需要)", "Manager's override reason, if needed";
    CAN_COVER: "现在可以顶岗", "Can cover now";
    OTHERS: "其他人员", "Others";
    SAY_BACK: "请补填返回时间和顶岗人", "Please say when you are back, and who covers";
    COVERING_AT: "您正在其他窗口顶岗,交还后本窗口自动恢复", "You cover another window; this one resumes when you hand back";
    ACCEPT: "接受,去顶岗", "Accept";
    DECLINE: "谢绝", "Decline";
    DECLINED: "已谢绝,正在请下一位同事", "Declined; the next colleague is asked";
    HAND_BACK: "交还岗位", "Hand back";
    HAND_BACK_NOTE: "交接事项(在办、挂起的号请写明)", "What is left over";
    HANDED_BACK: "岗位已交还", "Handed back";
    LENT: "潮汐借调的事项", "Lent to this window";
    PARKED_LEFT: "还有挂起的号票,请先处理或交代清楚", "Parked tickets are left; please settle them first";

    // The clerk's desk and its papers.
    DESK: "留言与咨询", "Messages and inquiries";
    DESK_CLEAR: "没有未读留言和待办咨询", "Nothing waits for you";
    READ: "已阅", "Read";
    TAKE_OVER: "接收", "Take over";
    SEE: "查看", "See";
    SLIP: "告知单", "Slip";
    WRITE_SLIP: "出具一次性告知单", "Write the slip";
    WRITE_RONGQUE: "出具容缺受理通知书", "Write the notice";
    SLIP_FIRST: "资料不全请一次性告知,把告知单交给办事人。", "Please name everything at once on a slip.";
    RONGQUE_FIRST: "容缺受理请先出具通知书,三项告知和书面承诺齐全后再办结。", "Please write the notice first.";
    TOLD_TITLE: "一次性告知单", "What is still needed";
    RONGQUE_TITLE: "容缺受理通知书", "Acceptance before every paper is there";
    SLIPS: "告知单台账", "Slips";
    PROMISES: "告知承诺", "Decision on a promise";
    HAND_ONS: "首问负责", "First asked, first responsible";
    MESSAGES: "来电与留言", "Telephone";
    PRINT: "打印", "Print";

    // Floor.
    WAITING: "等候人数", "Waiting";
    LONGEST: "最长等候", "Longest wait";
    SERVING: "正在办理", "Serving";
    OPEN_WINDOWS: "开放窗口", "Open windows";
    PAUSED_WINDOWS: "暂停服务", "Paused";
    ALERTS: "请关注", "Please see to";
    COVERAGE: "AB角在岗表", "Who is on which post";
    METRICS: "服务数据", "Figures";
    REPORTS: "服务报表", "Reports";
    ASSIGN: "指派顶岗", "Send cover";
    ASSIGNED: "已指派顶岗", "Cover sent";
    WHO_COVERS: "请谁顶岗", "Who covers";
    LEND: "借调", "Lend";
    LEND_TO: "借给哪些事项(潮汐窗口)", "To which services";
    LEND_UNTIL: "借到几点(不填为收回时止)", "Until, or until taken back";
    LENT_NOW: "已借调", "Lent";
    TAKE_BACK: "收回", "Take back";
    TAKEN_BACK: "已收回", "Taken back";
    LET_GO: "准予签退", "Let go";
    LET_GO_DONE: "已准予签退", "Signed off";
    QUEUE_TABLE: "各事项排队", "Queues";
    WINDOW_GRID: "窗口", "Windows";
    BALANCE: "当日账目", "Day balance";
    OUTSTANDING: "未完号票", "Outstanding numbers";
    ALL_DONE: "号票已全部有着落,可以结账", "Every number is accounted for; the day can be closed";
    SETTLE: "结账", "Close the day";
    SETTLED: "已结账", "Day closed";
    OPEN_BY_HAND: "手动开厅", "Open by hand";
    CARRY_OVER: "转期", "Carry over";
    CARRY_TO: "改到哪一天", "New date";
    CARRY_SLOT: "几点", "Time";
    CONSENT: "办事人已同意改期", "The visitor agrees";
    END_BY_REASON: "取消号票", "Cancel ticket";
    ISSUE: "代取号", "Issue a number";
    ISSUED: "已取号", "Issued";
    OLDER_DAYS: "以前未结账的日子", "Older days not closed";

    // Guides.
    GUIDES: "办事指南", "Guides";
    GUIDE_MATERIALS: "办理所需材料", "What to bring";
    GUIDE_NONE: "本事项的办事指南正在整理,请到咨询台,我们为您解答", "The guide is being prepared; please ask at the desk";
    GUIDE_UNKNOWN: "没有找到这份办事指南,请核对地址或到咨询台", "We could not find this guide; please check the address or ask at the desk";
    GUIDE_LATER: "以下材料可以后补(容缺受理)", "These may follow later";
    GUIDE_PROMISE: "可以选择告知承诺", "You may promise instead of proving";

    PLATES: "岗位牌", "Door plates";

    // A day again.
    REPLAY: "回放", "Replay";

    // Facts.
    EVIDENCE: "证据", "Facts";
    NO_FACTS: "这段时间没有这样的记录", "No such facts were recorded";

    // Tickets.
    ALL_STATES: "全部状态", "All states";
    ALL_SERVICES: "全部事项", "All services";
    SHOW: "查看", "Show";
    MORE: "更多", "More";
    NO_TICKETS: "没有符合条件的号票", "No such tickets";

    // The visitor's own page.
    YOUR_NUMBER: "您的号码", "Your number";
    PEOPLE_AHEAD: "前面还有", "People ahead";
    WAIT: "预计等候", "Expected wait";
    NO_ESTIMATE: "暂无法估计", "No estimate yet";
    ORDER: "一般按取号次序叫号,预约及依法优先人员适当提前", "Numbers are usually called in the order taken; booked and legally privileged visitors come somewhat earlier";
    I_CANCEL: "我要取消", "Cancel my number";
    I_CANCEL_SURE: "确认取消", "Yes, cancel";
    I_CANCEL_EXPLAIN: "取消后此号作废,如再办理请重新取号。", "Your number ends; please take a new one if you come again.";
    LATER: "稍后办理", "Call me later";
    LATER_SURE: "确认稍后(仅一次)", "Yes, later (once)";
    LATER_EXPLAIN: "您将排在后面几位之后,取号时间保留。每个号只能推迟一次。", "You go behind the next few people. Once per number.";
    UPDATED: "更新于", "Updated";
    STALE: "网络不稳,显示的是上次的内容", "Weak network; showing what was known last";
    UNKNOWN_TICKET: "没有找到这个号票", "We could not find this ticket";
    UNKNOWN_TICKET_HELP: "号票页只在当天有效。请核对小票上的二维码,或到咨询台,我们为您查询。", "Ticket pages are valid for their day. Please check the code on your slip or ask at the desk.";
    COMPLAINTS: "监督电话", "Complaints";

    // 好差评.
    RATE: "请对这次服务进行评价", "Please rate this visit";
    RATE_FREE: "自愿评价,可以不评。您的评价不会让窗口人员知道是谁评的。", "Voluntary. The clerk does not learn who rated.";
    RATE_MORE: "还想分项评价", "Rate single things";
    RATE_TEXT: "您的意见(选填)", "Your opinion, if you like";
    RATE_SEND: "提交评价", "Send";
    RATE_THANKS: "感谢您的评价,我们会认真改进", "Thank you; we will do better with it";
    RATE_WINDOW: "窗口评价", "Rate this window";
    NOT_RATED: "不评", "not rated";
    RATINGS: "好差评", "Ratings";
    CASES: "差评投诉处置", "Cases";
    HELPS: "帮办代办", "Help";
    BRIEFINGS: "早会、调度、小结", "Briefings";
    FOLLOW_UPS: "回访", "Follow-ups";
    CALL_ME: "愿意接受电话回访(选填)", "You may call me";
    CALL_ME_EXPLAIN: "大厅会从愿意的办事人中随机抽取回访。号码只用于这次回访,回访后删除。", "Some who agree are drawn by chance. The number is used once, then deleted.";
    CALL_ME_AGREE: "我同意大厅用这个号码回访", "I agree to be called at this number";
    CALL_ME_SEND: "留下号码", "Leave the number";
    ASK_HELP: "需要帮办", "I need help";
    ASK_HELP_EXPLAIN: "我们会请帮办人员到您身边,免费。", "A helper comes to you, free of charge.";
    ASK_HELP_SURE: "请帮办人员过来", "Please send a helper";
}
