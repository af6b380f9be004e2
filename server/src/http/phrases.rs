//! Sentences of problems: the code decides, Chinese and English side by side. Each says what to do.

use hall::text::Text;
use hall::{Refusal, ServiceCode};

fn say(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}

pub(super) fn malformed(field: &str, detail: &str) -> Text {
    say(
        format!("请求有误({field}),请检查后再试"),
        format!("the request is wrong at {field}: {detail}"),
    )
}

pub(super) fn who_are_you() -> Text {
    say("请先登录", "please sign in first")
}

pub(super) fn not_your_role() -> Text {
    say(
        "您的岗位没有这项权限,请联系值班长",
        "your role may not do this, please ask the duty manager",
    )
}

pub(super) fn not_found(what: &str) -> Text {
    say(
        "没有找到,请核对后再试",
        format!("there is no such {what}, please check"),
    )
}

pub(super) fn key_reused() -> Text {
    say(
        "请刷新页面后再操作一次",
        "please reload the page and try once more",
    )
}

pub(super) fn plan_changed() -> Text {
    say(
        "方案已被他人更新,请重新读取后再改",
        "the plan was changed meanwhile, please read it again",
    )
}

pub(super) fn slow_down() -> Text {
    say(
        "操作太频繁,请稍等一下",
        "too many requests, please wait a moment",
    )
}

pub(super) fn try_again() -> Text {
    say(
        "系统正忙,请稍候再试",
        "the server is busy, please try again shortly",
    )
}

pub(super) fn no_font(path: &str) -> Text {
    say(
        format!(
            "服务器缺少打印字体 {path},请系统管理员安装 fonts-wqy-zenhei,\
             或启动时用 --font 指定字体文件;也可先导出表格"
        ),
        format!(
            "the font {path} is missing: please install fonts-wqy-zenhei, or name a font file \
             with --font; sheets can be exported meanwhile"
        ),
    )
}

fn codes(services: &[ServiceCode], between: &str) -> String {
    let codes: Vec<_> = services.iter().map(ServiceCode::as_str).collect();
    codes.join(between)
}

/// The sentence of a refusal; every refusal has one.
#[expect(
    clippy::too_many_lines,
    reason = "a table of sentences reads better whole"
)]
pub(crate) fn refusal(refusal: &Refusal) -> Text {
    use Refusal as R;
    match refusal {
        R::NotFound { what, name } => say(
            format!("没有找到“{name}”,请核对"),
            format!("there is no {what} `{name}`"),
        ),
        R::NotYourRole { .. } => not_your_role(),
        R::PlanInvalid { faults } => say(
            format!("方案有{}处需要修改", faults.len()),
            format!("the plan has {} faults", faults.len()),
        ),
        R::PlanStrands { tickets } => say(
            format!("改动会影响未办结的号:{}", tickets.join("、")),
            format!("open tickets would be stranded: {}", tickets.join(", ")),
        ),
        R::CalendarInvalid { faults } => say(
            format!("放假安排有{}处需要修改,请改好后再录入", faults.len()),
            format!("the table has {} faults, please correct them", faults.len()),
        ),
        R::CalendarMissing { year } => say(
            format!("{year}年度放假安排未录入,请系统管理员录入,或由值班长手动开厅"),
            format!("the workdays of {year} are not entered: please enter them, or open by hand"),
        ),
        R::HallNotOpen => say("大厅尚未开放,请在开放时间取号", "the hall is not open"),
        R::DayAlreadyOpen { day } => say(format!("{day}已开放"), format!("{day} is open already")),
        R::IssuingClosed { .. } => say(
            "现在不取号;已取的号会全部办完",
            "no numbers are issued at this hour; every number taken will be served",
        ),
        R::ServiceClosed { service } => say(
            "该事项今天没有窗口办理,请到咨询台",
            format!("no window serves {service} today, please ask at the desk"),
        ),
        R::QuotaUsedUp { limit, .. } => say(
            format!("本时段{limit}个号已取完,窗口空闲时可直接咨询"),
            format!("all {limit} numbers are taken"),
        ),
        R::AlreadyWaiting { number, .. } => say(
            format!("您已有{number}号在排队,可以补打号票"),
            format!("you are in line already with {number}"),
        ),
        R::PrintOrder { .. } => say("打印状态顺序有误", "the print state does not go that way"),
        R::WindowClosed { window } => say(
            format!("{window}号窗口还没有人签到"),
            format!("nobody is signed in at window {window}"),
        ),
        R::WindowPreparing { window } => say(
            format!("{window}号窗口准备中,请先开窗"),
            format!("window {window} is preparing, make it ready first"),
        ),
        R::WindowPaused { window } => say(
            format!("{window}号窗口暂停服务,请先恢复"),
            format!("window {window} is paused, resume first"),
        ),
        R::WindowBusy { window, number, .. } => say(
            format!("{window}号窗口正在为{number}号服务"),
            format!("window {window} holds {number}"),
        ),
        R::NotCurrent { window, number, .. } => match number {
            Some(number) => say(
                format!("{window}号窗口当前是{number}号,页面已更新"),
                format!("window {window} holds {number} by now"),
            ),
            None => say(
                format!("{window}号窗口当前没有办事人,页面已更新"),
                format!("window {window} holds nobody by now"),
            ),
        },
        R::NobodyWaiting { .. } => say("目前没有人等候", "nobody is waiting for this window"),
        R::NotYoursToCall { window, .. } => say(
            format!("该号不在{window}号窗口等候"),
            format!("the ticket does not wait for window {window}"),
        ),
        R::NothingCalled { window } => say(
            format!("{window}号窗口没有叫到的号"),
            format!("window {window} has called nobody"),
        ),
        R::NothingServing { window } => say(
            format!("{window}号窗口没有正在办理的号"),
            format!("window {window} is serving nobody"),
        ),
        R::TooSoon { wait_s, calls_left } if *wait_s == 0 => say(
            format!("下班后请再呼叫{calls_left}次"),
            format!("after closing, call {calls_left} more times first"),
        ),
        R::TooSoon { wait_s, .. } => say(
            format!("请再等{wait_s}秒"),
            format!("please wait {wait_s} s more"),
        ),
        R::TooLate { limit_s } => say(
            format!("只能在{limit_s}秒内撤回"),
            format!("undo is possible within {limit_s} s"),
        ),
        R::RecallLimit { limit } => say(
            format!("已呼叫{limit}次,可标记过号"),
            format!("called {limit} times, which is the limit"),
        ),
        R::WrongState { number, state, .. } => say(
            format!("{number}号当前状态不能这样操作"),
            format!("{number} is {state}, which does not allow this"),
        ),
        R::AlreadyDelayed { .. } => say(
            "每个号可以推迟一次,您已用过",
            "the one delay of this ticket is used",
        ),
        R::ConsentNeeded { .. } => say(
            "转期需要办事人同意",
            "carrying over needs the visitor's consent",
        ),
        R::NotALaterDay { to } => say(
            format!("{to}不是以后的日期"),
            format!("{to} is not a later day"),
        ),
        R::SlotClosed { to, slot } => say(
            format!("{to} {slot}不在办理时间内,请另选时间"),
            format!("the hall does not serve at {slot} on {to}, please choose another time"),
        ),
        R::PromiseNeeded { .. } => say(
            "请填写办理时限和取件方式(第七条(八))",
            "an accepted matter needs promised_days and pickup",
        ),
        R::NoSuchMatter { service } => say(
            format!("本次办理没有事项{service}"),
            format!("the visit has no matter {service}"),
        ),
        R::MatterThere { service } => say(
            format!("本次办理已有事项{service}"),
            format!("the visit has the matter {service} already"),
        ),
        R::ClerkElsewhere { window, .. } => say(
            format!("该人员已在{window}号窗口签到,请先签退"),
            format!("the clerk is signed in at window {window}"),
        ),
        R::WindowTaken { window, clerk } => say(
            format!("{window}号窗口已有{clerk}签到"),
            format!("window {window} is held by {clerk}"),
        ),
        R::NotSkilled { window, .. } => say(
            format!("该人员不能办理{window}号窗口的事项"),
            format!("the clerk can serve none of window {window}'s services"),
        ),
        R::LastAbleWindow { tickets, .. } => say(
            format!(
                "还有{}只有本窗口能办,请办完或由值班长处理",
                tickets.join("、")
            ),
            format!("only this window can serve {}", tickets.join(", ")),
        ),
        R::CoverNeeded { services, .. } => say(
            format!(
                "还有人在等候本窗口的事项({}),请先请同事顶岗,再签退",
                codes(services, "、")
            ),
            format!(
                "people wait here for {}: please find cover first, then sign off",
                codes(services, ", ")
            ),
        ),
        R::CoverAbsent { clerk } => say(
            format!("{clerk}不在岗,请另选一位在岗同事顶岗"),
            format!("{clerk} is at no window, please choose a colleague who is there"),
        ),
        R::CoverNotNeeded { window, clerk } => say(
            format!("{window}号窗口有{clerk}在岗,无需顶岗"),
            format!("{clerk} is at window {window}, no cover is needed"),
        ),
        R::CoverNotAsked { window, .. } => say(
            format!("{window}号窗口没有请您顶岗,请看最新内容"),
            format!("window {window} does not ask you for cover, please look again"),
        ),
        R::NotCovered { window } => say(
            format!("{window}号窗口没有人顶岗,无需交还"),
            format!("nobody covers window {window}, there is nothing to hand back"),
        ),
        R::NotTidal { window, service } => say(
            format!("方案没有设{window}号窗口可借调办理{service},请另选窗口或事项"),
            format!(
                "the plan does not let window {window} be lent to {service}, please choose another"
            ),
        ),
        R::NotInTheFuture { at } => say(
            "请填写以后的时间",
            format!("please give a moment that is still to come, not {}", at.0),
        ),
        R::TicketsOutstanding { numbers, .. } => say(
            format!("还有{}个号未办结:{}", numbers.len(), numbers.join("、")),
            format!("{} tickets are open: {}", numbers.len(), numbers.join(", ")),
        ),
        R::DayStillOpen { day } => say(
            format!("{day}还没到下班时间"),
            format!("the hours of {day} are not over"),
        ),
        R::Record(objection) => objection.text.clone(),
        R::NumbersUsedUp { letter } => say(
            format!("{letter}字头号码今天已用完,请到咨询台"),
            format!("the numbers of letter {letter} are used up today"),
        ),
    }
}
