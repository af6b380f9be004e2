//! The figures and their definitions. A definition that changes gets the next version, and the
//! whole set too ([`super::DEFINITIONS`]).

use super::sums::{Length, Sum};
use super::{Article, Item, Unit};

/// How a figure is made of a tally.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    /// A sum as it is.
    Sum(Sum),
    /// A sum of milliseconds, in minutes.
    Minutes(Sum),
    /// The nearest-rank quantile of lengths, in minutes.
    Quantile(Length, u8),
    /// The mean of lengths, in minutes.
    Mean(Length),
    /// The first sums, added or taken off, over the others.
    Share(&'static [(Sum, i64)], &'static [(Sum, i64)]),
    /// So many an hour.
    PerHour(Sum, &'static [(Sum, i64)]),
}

/// One line of the table.
pub(super) struct Definition {
    pub(super) code: &'static str,
    pub(super) name: (&'static str, &'static str),
    pub(super) unit: Unit,
    pub(super) article: Article,
    pub(super) item: Item,
    pub(super) text: (&'static str, &'static str),
    pub(super) version: u32,
    pub(super) how: How,
}

macro_rules! table {
    ($($code:literal $unit:ident $article:ident $item:ident ($how:expr): $zh:literal, $en:literal; $how_zh:literal, $how_en:literal;)*) => {
        /// Every figure, in the order of the annex.
        pub(super) const TABLE: &[Definition] = &[$(Definition {
            code: $code,
            name: ($zh, $en),
            unit: Unit::$unit,
            article: Article::$article,
            item: Item::$item,
            text: ($how_zh, $how_en),
            version: 1,
            how: $how,
        }),*];
    };
}

table! {
    "ready_at_opening" Count A7_2 T2 (How::Sum(Sum::ReadyAtOpening)): "开门前准备好的窗口", "windows ready at opening";
        "首个时段开始时已就绪的窗口数,逐日相加", "windows ready when the first session began, added over the days";
    "pause_count" Count A7_2 T2 (How::Sum(Sum::PauseCount)): "暂停服务次数", "pauses";
        "设置“暂停服务”的次数,代岗不计", "times the sign was set, not counting clerks who covered elsewhere";
    "pause_min" Minutes A7_2 T2 (How::Minutes(Sum::PauseMs)): "暂停服务时长", "time paused";
        "从暂停到恢复或离岗的时长,代岗不计", "from pause to resumption or sign-off, not counting covers elsewhere";
    "paused_past_return" Count A7_2 T2 (How::Sum(Sum::PausedPastReturn)): "晚于所告返回时间", "back later than said";
        "暂停时告知了返回时间而晚1分钟以上恢复的次数", "pauses that ended a minute or more after the return that was announced";
    "over_limit_pauses" Count A7_2 T2 (How::Sum(Sum::OverLimitPauses)): "超时暂停", "pauses over the limit";
        "达到上报时限的暂停次数", "pauses that a head was told of";
    "absent_without_sign" Count A7_2 T2 (How::Sum(Sum::AbsentWithoutSign)): "疑似未设提示离岗", "left without the sign (lead)";
        "窗口开放、有人等候而长时间未叫号的次数,需人工核实", "times a window stood open and idle while people waited; to be looked into by a person";
    "redirected" Count A7_8 T2 (How::Sum(Sum::Redirected)): "转办", "transfers";
        "转到其他事项或窗口的次数", "moves to another service or window";
    "transfer_rate" Percent A7_8 T2 (How::Share(&[(Sum::TicketsRedirected, 1)], &[(Sum::Issued, 1)])): "转办率", "transfer rate";
        "至少转办一次的号数÷取号数", "numbers moved at least once, over numbers issued";
    "called_out_of_turn" Count A8_2_5 T3 (How::Sum(Sum::CalledOutOfTurn)): "指定叫号", "calls out of turn";
        "未按次序叫号的次数,均有原因", "calls of a named number, each with its reason";
    "devices_asleep" Count A9 P1 (How::Sum(Sum::DevicesAsleep)): "开门时未唤醒的设备", "devices asleep at opening";
        "等候区开放时未在线的取号机和显示屏,逐日相加", "kiosks and displays not awake when the lobby opened, added over the days";
    "devices_lost" Count A9 P1 (How::Sum(Sum::DevicesLost)): "设备掉线次数", "devices lost";
        "取号机和显示屏掉线的次数", "times a kiosk or display went silent";
    "days_open" Days A13 F1 (How::Sum(Sum::DaysOpen)): "开放日", "days open";
        "开放等候区的营业日数", "days on which the lobby opened";
    "early_open_ok" Days A13 F1 (How::Sum(Sum::EarlyOpenOk)): "提前15分钟开放", "lobby open 15 min early";
        "等候区在首个时段前至少15分钟开放的天数", "days on which the lobby opened at least 15 min before the first session";
    "overtime_tickets" Count A13 F1 (How::Sum(Sum::OvertimeTickets)): "下班未办完的号", "numbers open at closing";
        "停止取号时尚未办结的号数", "numbers still open when issuing ended";
    "overtime_served" Count A13 F1 (How::Sum(Sum::OvertimeServed)): "延时办结", "served after hours";
        "停止取号后办结的号数", "numbers finished after issuing ended";
    "overtime_min" Minutes A13 F1 (How::Minutes(Sum::OvertimeMs)): "延时服务时长", "time after hours";
        "停止取号到最后一个号办完的时长,逐日相加", "from the end of issuing to the end of the last number, added over the days";
    "auto_voided" Count A13 F1 (How::Sum(Sum::AutoVoided)): "系统作废的号", "numbers voided by the system";
        "没有人员或办事人操作而结束的号数,应为0", "numbers ended by neither staff nor visitor; must be 0";
    "carried_over" Count A13 F1 (How::Sum(Sum::CarriedOver)): "改期办理", "carried over";
        "经办事人同意改到他日的号数", "numbers moved to another day with the visitor's consent";
    "ab_uncovered_min" Minutes A13 F1 (How::Minutes(Sum::UncoveredMs)): "无人顶岗时长", "time uncovered";
        "有人等候而该岗无人的时长", "time with people waiting and nobody on the post";
    "availability" Percent A13 F1 (How::Share(&[(Sum::ScheduledMs, 1), (Sum::UncoveredMs, -1)], &[(Sum::ScheduledMs, 1)])): "在岗率", "availability";
        "(开放时段−无人顶岗时长)÷开放时段,计当日有人上岗或曾无人顶岗的窗口", "session time less time uncovered, over session time, of windows that were held or uncovered that day";
    "cover_began" Count A13 F1 (How::Sum(Sum::CoverBegan)): "顶岗次数", "covers";
        "B角或负责人顶岗的次数", "times a B role or head took over a post";
    "cover_unanswered" Count A13 F1 (How::Sum(Sum::CoverUnanswered)): "顶岗未应答", "covers not answered";
        "请顶岗而谢绝或未应答的次数", "requests for cover declined or not answered in time";
    "issued" Count A13 None (How::Sum(Sum::Issued)): "取号", "numbers issued";
        "发出的号数", "numbers given";
    "finished" Count A13 None (How::Sum(Sum::Finished)): "办结", "finished";
        "办结的号数,撤销的不计", "numbers finished, not counting those taken back";
    "no_show" Count A13 None (How::Sum(Sum::NoShow)): "过号", "no-shows";
        "呼叫未到且当日未归队的号数", "numbers called that did not come and did not come back";
    "wait_p50" Minutes A13 None (How::Quantile(Length::Wait, 50)): "等候中位数", "median wait";
        "取号到首次叫号的时长的中位数", "median time from taking the number to its first call";
    "wait_p90" Minutes A13 None (How::Quantile(Length::Wait, 90)): "等候九成位", "90% of waits";
        "九成办事人的等候不超过此时长", "nine in ten visitors waited no longer";
    "wait_max" Minutes A13 None (How::Quantile(Length::Wait, 100)): "最长等候", "longest wait";
        "取号到首次叫号的最长时长", "longest time from taking the number to its first call";
    "tide_count" Count A13 None (How::Sum(Sum::TideCount)): "潮汐调整", "tides";
        "窗口借给其他事项的次数", "times a window was lent to other services";
    "tide_min" Minutes A13 None (How::Minutes(Sum::TideMs)): "潮汐时长", "time lent";
        "窗口借给其他事项的时长", "time for which windows were lent";
    "called" Count A13 None (How::Sum(Sum::Called)): "叫号", "numbers called";
        "至少叫过一次的号数", "numbers called at least once";
    "cancelled" Count A13 None (How::Sum(Sum::Cancelled)): "取消", "cancelled";
        "办事人不再办理或值班长说明原因取消的号数,更正的不计", "numbers ended by the visitor's wish or a manager's reason, corrections taken off";
    "no_show_rate" Percent A13 None (How::Share(&[(Sum::NoShow, 1)], &[(Sum::Called, 1)])): "过号率", "no-show rate";
        "过号数÷叫号数", "no-shows over numbers called";
    "reinstated" Count A13 None (How::Sum(Sum::Reinstated)): "过号归队", "no-shows put back";
        "过号后归队的次数", "times a no-show was put back in line";
    "recovered_rate" Percent A13 None (How::Share(&[(Sum::Reinstated, 1)], &[(Sum::NoShowMarked, 1)])): "过号归队率", "recovered no-shows";
        "归队次数÷记为过号的次数(误按撤销的不计)", "times put back over times marked a no-show, slips of the finger not counted";
    "abandoned_rate" Percent A13 None (How::Share(&[(Sum::Cancelled, 1), (Sum::NoShow, 1)], &[(Sum::Issued, 1)])): "流失率", "abandonment";
        "(取消数+过号数)÷取号数;大厅不留未办结的号,无第三项", "cancelled and no-shows over numbers issued; no number is left open at the end of a day";
    "wait_mean" Minutes A13 None (How::Mean(Length::Wait)): "平均等候", "mean wait";
        "取号到首次叫号的时长的平均数", "mean time from taking the number to its first call";
    "within_target" Percent A13 None (How::Share(&[(Sum::WithinTarget, 1)], &[(Sum::Called, 1)])): "等候达标率(按叫号)", "service level, of called";
        "在事项目标内叫到的号数÷叫号数;事项未定目标的按15分钟", "numbers called within their service's target, 15 min where none is set, over numbers called";
    "within_target_issued" Percent A13 None (How::Share(&[(Sum::WithinTarget, 1)], &[(Sum::Issued, 1)])): "等候达标率(按取号)", "service level, of issued";
        "在事项目标内叫到的号数÷取号数", "numbers called within their service's target over numbers issued";
    "over_target" Count A13 None (How::Sum(Sum::OverTarget)): "等候超时", "waits over target";
        "首次叫号晚于事项目标的号数", "numbers first called later than their service's target";
    "walk_mean" Minutes A13 None (How::Mean(Length::Walk)): "平均到窗", "mean walk";
        "最后一次呼叫到开始办理的时长的平均数", "mean time from the last announcement to the start";
    "walk_p90" Minutes A13 None (How::Quantile(Length::Walk, 90)): "到窗九成位", "90% of walks";
        "九成办事人到窗不超过此时长", "nine in ten visitors came within this time";
    "serve_mean" Minutes A13 None (How::Mean(Length::Serve)): "平均办理", "mean service";
        "开始办理到办结的时长的平均数,挂起不计,转办的计最后一段", "mean time from start to finish, set aside not counted, after the last transfer";
    "serve_p50" Minutes A13 None (How::Quantile(Length::Serve, 50)): "办理中位数", "median service";
        "办理时长的中位数", "median time of service";
    "serve_p90" Minutes A13 None (How::Quantile(Length::Serve, 90)): "办理九成位", "90% of services";
        "九成办理不超过此时长", "nine in ten services took no longer";
    "total_mean" Minutes A13 None (How::Mean(Length::Total)): "平均总时长", "mean visit";
        "取号到办结的时长的平均数", "mean time from taking the number to the finish";
    "total_p90" Minutes A13 None (How::Quantile(Length::Total, 90)): "总时长九成位", "90% of visits";
        "九成办事人取号到办结不超过此时长", "nine in ten visits took no longer";
    "recalls_per_call" Ratio A13 None (How::Share(&[(Sum::Recalls, 1)], &[(Sum::Calls, 1)])): "每次叫号重呼", "recalls per call";
        "重呼次数÷叫号次数", "announcements again over calls";
    "occupancy" Percent A13 None (How::Share(&[(Sum::ServingMs, 1)], &[(Sum::SignedInMs, 1)])): "占用率", "occupancy";
        "办理时长÷签到在岗时长;未签退的计到停止取号或其后最后一次办结", "time serving over time signed in; who forgets to sign off counts until closing or the last act after it";
    "utilisation" Percent A13 None (How::Share(&[(Sum::ServingMs, 1)], &[(Sum::OpenMs, 1), (Sum::PausedMs, -1)])): "利用率", "utilisation";
        "办理时长÷(窗口开放时长−暂停时长)", "time serving over time open less time paused";
    "open_min" Minutes A13 None (How::Minutes(Sum::OpenMs)): "窗口开放时长", "time windows were open";
        "各窗口就绪到离岗的时长相加,含暂停", "time from ready to sign-off, pauses included, added over the windows";
    "throughput" PerHour A13 None (How::PerHour(Sum::Finished, &[(Sum::OpenMs, 1), (Sum::PausedMs, -1)])): "每窗口小时办结", "finished per window-hour";
        "办结数÷(窗口开放时长−暂停时长)的小时数", "numbers finished over hours open less hours paused";
    "told" Count A13 None (How::Sum(Sum::Told)): "告知过等候的号", "numbers told a wait";
        "取号时告知了预计等候并已叫到的号数", "numbers called that had been told a wait when they were issued";
    "told_kept" Percent A13 None (How::Share(&[(Sum::WithinTold, 1)], &[(Sum::Told, 1)])): "预计等候兑现率", "waits within what was told";
        "等候不超过所告上限(十人中九人)的号数÷告知过等候的号数,目标90%", "waits no longer than the upper end that was told, nine in ten, over numbers told; the aim is 90%";
    "told_kept_median" Percent A13 None (How::Share(&[(Sum::WithinToldMedian, 1)], &[(Sum::Told, 1)])): "预计中位兑现率", "waits within the median told";
        "等候不超过所告中位数的号数÷告知过等候的号数,目标50%", "waits no longer than the median that was told over numbers told; the aim is 50%";
}
