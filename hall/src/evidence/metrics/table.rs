//! The figures and their definitions. A definition that changes gets the next version.

use super::{Article, Item, Unit};

/// One line of the table.
pub(super) struct Definition {
    pub(super) code: &'static str,
    pub(super) name: (&'static str, &'static str),
    pub(super) unit: Unit,
    pub(super) article: Article,
    pub(super) item: Item,
    pub(super) text: (&'static str, &'static str),
    pub(super) version: u32,
}

macro_rules! table {
    ($($code:literal $unit:ident $article:ident $item:ident: $zh:literal, $en:literal; $how_zh:literal, $how_en:literal;)*) => {
        /// Every figure, in the order of the annex.
        pub(super) const TABLE: &[Definition] = &[$(Definition {
            code: $code,
            name: ($zh, $en),
            unit: Unit::$unit,
            article: Article::$article,
            item: Item::$item,
            text: ($how_zh, $how_en),
            version: 1,
        }),*];
    };
}

table! {
    "ready_at_opening" Count A7_2 T2: "开门前准备好的窗口", "windows ready at opening";
        "首个时段开始时已就绪的窗口数,逐日相加", "windows ready when the first session began, added over the days";
    "pause_count" Count A7_2 T2: "暂停服务次数", "pauses";
        "设置“暂停服务”的次数,代岗不计", "times the sign was set, not counting clerks who covered elsewhere";
    "pause_min" Minutes A7_2 T2: "暂停服务时长", "time paused";
        "从暂停到恢复或离岗的时长,代岗不计", "from pause to resumption or sign-off, not counting covers elsewhere";
    "over_limit_pauses" Count A7_2 T2: "超时暂停", "pauses over the limit";
        "达到上报时限的暂停次数", "pauses that a head was told of";
    "absent_without_sign" Count A7_2 T2: "疑似未设提示离岗", "left without the sign (lead)";
        "窗口开放、有人等候而长时间未叫号的次数,需人工核实", "times a window stood open and idle while people waited; to be looked into by a person";
    "redirected" Count A7_8 T2: "转办", "transfers";
        "转到其他事项或窗口的次数", "moves to another service or window";
    "called_out_of_turn" Count A8_2_5 T3: "指定叫号", "calls out of turn";
        "未按次序叫号的次数,均有原因", "calls of a named number, each with its reason";
    "days_open" Days A13 F1: "开放日", "days open";
        "开放等候区的营业日数", "days on which the lobby opened";
    "early_open_ok" Days A13 F1: "提前15分钟开放", "lobby open 15 min early";
        "等候区在首个时段前至少15分钟开放的天数", "days on which the lobby opened at least 15 min before the first session";
    "overtime_tickets" Count A13 F1: "下班未办完的号", "numbers open at closing";
        "停止取号时尚未办结的号数", "numbers still open when issuing ended";
    "overtime_served" Count A13 F1: "延时办结", "served after hours";
        "停止取号后办结的号数", "numbers finished after issuing ended";
    "overtime_min" Minutes A13 F1: "延时服务时长", "time after hours";
        "停止取号到最后一个号办完的时长,逐日相加", "from the end of issuing to the end of the last number, added over the days";
    "auto_voided" Count A13 F1: "系统作废的号", "numbers voided by the system";
        "没有人员或办事人操作而结束的号数,应为0", "numbers ended by neither staff nor visitor; must be 0";
    "carried_over" Count A13 F1: "改期办理", "carried over";
        "经办事人同意改到他日的号数", "numbers moved to another day with the visitor's consent";
    "ab_uncovered_min" Minutes A13 F1: "无人顶岗时长", "time uncovered";
        "有人等候而该岗无人的时长", "time with people waiting and nobody on the post";
    "cover_began" Count A13 F1: "顶岗次数", "covers";
        "B角或负责人顶岗的次数", "times a B role or head took over a post";
    "cover_unanswered" Count A13 F1: "顶岗未应答", "covers not answered";
        "请顶岗而谢绝或未应答的次数", "requests for cover declined or not answered in time";
    "issued" Count A13 None: "取号", "numbers issued";
        "发出的号数", "numbers given";
    "finished" Count A13 None: "办结", "finished";
        "办结的号数,撤销的不计", "numbers finished, not counting those taken back";
    "no_show" Count A13 None: "过号", "no-shows";
        "呼叫未到且当日未归队的号数", "numbers called that did not come and did not come back";
    "wait_p50" Minutes A13 None: "等候中位数", "median wait";
        "取号到首次叫号的时长的中位数", "median time from taking the number to its first call";
    "wait_p90" Minutes A13 None: "等候九成位", "90% of waits";
        "九成办事人的等候不超过此时长", "nine in ten visitors waited no longer";
    "wait_max" Minutes A13 None: "最长等候", "longest wait";
        "取号到首次叫号的最长时长", "longest time from taking the number to its first call";
    "tide_count" Count A13 None: "潮汐调整", "tides";
        "窗口借给其他事项的次数", "times a window was lent to other services";
    "tide_min" Minutes A13 None: "潮汐时长", "time lent";
        "窗口借给其他事项的时长", "time for which windows were lent";
}
