//! The figures and their definitions. A definition that changes gets the next version, and the
//! whole set too ([`super::DEFINITIONS`]).

use super::sums::{Length, Most, Sum};
use super::{Article, Item, Unit};

/// How a figure is made of a tally.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    /// A sum as it is.
    Sum(Sum),
    /// A sum of milliseconds, in minutes.
    Minutes(Sum),
    /// The largest of the days.
    Most(Most),
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
    "slips_told" Count A7_8 T2 (How::Sum(Sum::SlipsTold)): "一次性告知单", "slips given";
        "当日发出的一次性告知单数", "slips that name everything to bring, given that day";
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
    "rating_invited" Count A13 F1 (How::Sum(Sum::Finished)): "邀请评价", "ratings invited";
        "办结的号数,每个都可自愿评价,撤销的不计", "numbers finished, each of which may be rated, not counting those taken back";
    "rating_answered" Count A13 F1 (How::Sum(Sum::RatingAnswered)): "收到评价", "ratings answered";
        "当日收到的、对办结号的评价数;未评价的不视为满意", "ratings of finished numbers that came that day; who says nothing is not counted as satisfied";
    "rating_bad" Count A13 F1 (How::Sum(Sum::RatingBad)): "差评", "bad ratings";
        "当日收到的“不满意”和“非常不满意”评价数,无号的也计", "ratings of the two lowest levels that came that day, those without a number too";
    "self_service_uses" Count A13 F1 (How::Sum(Sum::SelfService)): "引导自助办理", "shown to self-service";
        "引导办事人使用自助设备的次数", "times a visitor was shown to a self-service machine";
    "rongque_accepted" Count A17 F2 (How::Sum(Sum::RongqueAccepted)): "容缺受理", "accepted with papers to follow";
        "当日容缺受理的事项数", "matters accepted that day before every paper was there";
    "rongque_complete_3of3" Count A17 F2 (How::Sum(Sum::RongqueComplete)): "容缺告知齐全", "told all three";
        "其中材料、时限、逾期处理办法均已告知的事项数,应与容缺受理数相同", "of them, with papers, deadline and consequence all told; must be all of them";
    "promise_signed" Count A17 F2 (How::Sum(Sum::PromiseSigned)): "书面承诺", "promises signed";
        "其中申请人或代理人已签书面承诺的事项数,应与容缺受理数相同", "of them, with a promise signed by applicant or agent; must be all of them";
    "due_met" Count A17 F2 (How::Sum(Sum::DueMet)): "按时补齐", "completed in time";
        "当日补齐、未过时限的容缺事项数", "matters whose last paper came that day and in time";
    "due_late" Count A17 F2 (How::Sum(Sum::DueLate)): "逾期", "completed late or withdrawn";
        "当日逾期补齐或确认视为撤回的容缺事项数", "matters whose last paper came that day and late, or whose withdrawal was confirmed";
    "withdrawn_confirmed" Count A17 F2 (How::Sum(Sum::WithdrawnConfirmed)): "确认视为撤回", "withdrawals confirmed";
        "当日由人员确认视为撤回申请的容缺事项数", "matters whose withdrawal a person confirmed that day";
    "rongque_finished_in_time" Count A17 F2 (How::Sum(Sum::RongqueInTime)): "容缺事项按时办结", "finished within the promise";
        "当日办结、未过承诺时限的容缺事项数", "matters with papers to follow that were finished that day within the promised time";
    "second_visit_new_items" Count A7_8 F2 (How::Sum(Sum::SecondVisitNewItems)): "再次告知有新材料(线索)", "new papers on a later visit (lead)";
        "再次到厅时告知单列出先前未告知材料的次数,需人工核实", "slips of a later visit with papers that the slips before do not name; to be looked into by a person";
    "returned_without_slip" Count A7_8 F2 (How::Sum(Sum::SentHome)): "缺材料未发告知单(线索)", "sent home without a slip (lead)";
        "因材料不齐未办成、至号的当日结束未发告知单的事项数,需人工核实", "matters sent home for papers with no slip by the end of the day of the number; to be looked into by a person";
    "help_guide" Count A14 F3 (How::Sum(Sum::HelpGuide)): "帮办代办:引导分流", "help: guiding";
        "当日办完的引导分流请求数", "requests for help that ended that day as guiding";
    "help_consult" Count A14 F3 (How::Sum(Sum::HelpConsult)): "帮办代办:咨询解难", "help: answering questions";
        "当日办完的咨询解难请求数", "requests for help that ended that day as answering questions";
    "help_instruct" Count A14 F3 (How::Sum(Sum::HelpInstruct)): "帮办代办:业务指导", "help: instruction";
        "当日办完的业务指导请求数", "requests for help that ended that day as instruction";
    "help_copy" Count A14 F3 (How::Sum(Sum::HelpCopy)): "帮办代办:资料复印", "help: copying";
        "当日办完的资料复印请求数", "requests for help that ended that day as copying";
    "help_errand" Count A14 F3 (How::Sum(Sum::HelpErrand)): "帮办代办:代办", "help: errands";
        "当日办完的代办请求数", "requests for help that ended that day as errands";
    "help_home_visit" Count A14 F3 (How::Sum(Sum::HelpHomeVisit)): "帮办代办:上门服务", "help: home visits";
        "当日办完的上门服务请求数", "requests for help that ended that day as home visits";
    "help_response_p50" Minutes A14 F3 (How::Quantile(Length::HelpWait, 50)): "帮办到场中位数", "median wait for a helper";
        "请求帮办到帮办人员到场的时长的中位数", "median time from asking for help until a helper came";
    "helper_on_duty_min" Minutes A14 F3 (How::Minutes(Sum::HelperDutyMs)): "帮办代办员在岗时长", "helpers on duty";
        "各帮办代办员上岗到离岗的时长相加;当日未离岗的计到停止取号或其后最后一次办结", "time from coming on duty to leaving, added over helpers; who does not leave that day counts until closing or the last act after it";
    "referrals_sent" Count A14 F3 (How::Sum(Sum::ReferralsSent)): "转出的帮办请求", "referrals sent";
        "当日转往其他大厅的帮办请求数", "requests handed on to another hall that day";
    "referrals_received" Count A14 F3 (How::Sum(Sum::ReferralsReceived)): "对方已接收", "referrals received";
        "当日得知对方大厅已接收的转出请求数", "requests handed on whose receipt came that day";
    "referrals_closed" Count A14 F3 (How::Sum(Sum::ReferralsClosed)): "对方已办完", "referrals closed";
        "当日得知对方大厅已办完的转出请求数", "requests handed on whose end was heard of that day";
    "home_visits_requested" Count A14 F3 (How::Sum(Sum::HomeVisitsAsked)): "请求上门服务", "home visits requested";
        "当日提出的上门服务请求数(第十三条、第十四条)", "requests for a home visit made that day";
    "home_visits_done" Count A14 F3 (How::Sum(Sum::HomeVisitsDone)): "已上门服务", "home visits done";
        "当日办完且已上门的上门服务数(第十三条、第十四条)", "home visits that ended that day with a day on which somebody went there";
    "guide_complete_7of7" Percent A15 F4 (How::Share(&[(Sum::GuidesComplete, 1)], &[(Sum::Guides, 1)])): "指南七要素齐全率", "guides with all seven elements";
        "开门时在用方案中七要素齐全的指南数÷事项数,逐日相加", "guides with all seven elements over services, in the plan in force when the lobby opened, added over the days";
    "vague_terms" Count A15 F4 (How::Most(Most::VagueTerms)): "指南模糊用语(线索)", "vague terms in guides (lead)";
        "开门时在用方案的指南中“其他材料”等模糊用语的处数,取各日最多", "vague terms such as other papers in the guides in force when the lobby opened, the most of any day";
    "guide_age_days" Days A15 F4 (How::Most(Most::GuideAgeDays)): "最久未更新的指南", "oldest guide";
        "开门时在用的指南距最近更新的天数,取最久的", "days since a guide in force when the lobby opened was brought up to date, the oldest of any day";
    "out_of_guide_requests" Count A16 F4 (How::Sum(Sum::OutOfGuide)): "指南外材料(线索)", "papers outside the guide (lead)";
        "当日告知单和容缺通知书上指南未列的材料数,需人工核实", "papers on slips given that day that the service guide does not name; to be looked into by a person";
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
