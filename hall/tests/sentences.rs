//! Every kind of fact has its sentence: what happened, where, with the names that people know.

use std::collections::{BTreeMap, BTreeSet};

use hall::evidence::{Names, Threads, window_of};
use hall::plan::Plan;
use hall::{Event, TicketId};

const TICKET: &str = "01936f2a-0000-7000-8000-000000000001";

/// Kind, fields without the ticket's, and the sentence.
const TOLD: &[(&str, &str, &str)] = &[
    (
        "calendar_entered",
        r#""year":2027,"table":{"notice":"国办发明电","published":"2026-11-04","days":[]}"#,
        "录入2027年度放假安排",
    ),
    (
        "outage_noted",
        r#""since":1795482000000"#,
        "系统自09:00起中断,现已恢复",
    ),
    (
        "device_noted",
        r#""device":"k1","kind":"kiosk","awake":true"#,
        "取号机k1已连接",
    ),
    (
        "device_asleep",
        r#""device":"b1","kind":"display""#,
        "等候区开放时显示屏b1未开机",
    ),
    (
        "day_opened",
        r#""day":"2026-11-24","steps":[],"reason":"临时开放""#,
        "2026-11-24等候区开放,开始取号。说明:临时开放",
    ),
    (
        "phase_began",
        r#""day":"2026-11-24","phase":"closing","issuing":false"#,
        "停止取号,进入延时服务",
    ),
    (
        "day_settled",
        r#""day":"2026-11-24","by_itself":true,"balance":{"issued":9,"finished":6,"no_show":1,"cancelled":1,"carried_over":1,"open":0}"#,
        "2026-11-24结账:取号9,办结6,过号1,取消1,改期1",
    ),
    (
        "ticket_issued",
        r#""ticket":T,"number":"A001","day":"2026-11-24","service":"A","class":"green","ground":"elder","channel":"kiosk","arrived_at":1795482000000"#,
        "A001号取号:社会保险(依法优先),取号机",
    ),
    (
        "print_changed",
        r#""ticket":T,"copy":1,"outcome":"printed""#,
        "A001号号票第1份已出纸",
    ),
    (
        "reprint_asked",
        r#""ticket":T,"copy":2"#,
        "A001号申请补打号票第2份",
    ),
    (
        "ticket_called",
        r#""ticket":T,"window":"3","waited_ms":300000,"reason":{"named":"老人不便久候"}"#,
        "3号窗口:A001号叫号,等候5分钟,指定叫号。说明:老人不便久候",
    ),
    (
        "ticket_recalled",
        r#""ticket":T,"window":"3","call":2"#,
        "3号窗口:A001号第2次呼叫",
    ),
    (
        "ticket_started",
        r#""ticket":T,"window":"3""#,
        "3号窗口:A001号办事人到窗口,开始办理",
    ),
    (
        "ticket_not_shown",
        r#""ticket":T,"window":"3","calls":3"#,
        "3号窗口:A001号呼叫3次未到,过号",
    ),
    (
        "no_show_undone",
        r#""ticket":T,"window":"3""#,
        "3号窗口:A001号撤回过号",
    ),
    (
        "ticket_reinstated",
        r#""ticket":T,"after":3"#,
        "A001号过号归队,排在后3位之后",
    ),
    (
        "ticket_finished",
        r#""ticket":T,"window":"3","outcome":"accepted","promised_days":5,"pickup":"邮寄","matters":[]"#,
        "3号窗口:A001号办结:已受理,承诺5个工作日,取件方式:邮寄",
    ),
    (
        "finish_undone",
        r#""ticket":T,"window":"3""#,
        "3号窗口:A001号撤回办结,继续办理",
    ),
    (
        "ticket_transferred",
        r#""ticket":T,"service":"B","window":null,"reason":"走错窗口""#,
        "A001号转办到医疗保障。说明:走错窗口",
    ),
    (
        "ticket_parked",
        r#""ticket":T,"window":"3","kind":"any_window","reason":"补件""#,
        "3号窗口:A001号挂起,可回任一窗口。说明:补件",
    ),
    (
        "ticket_unparked",
        r#""ticket":T"#,
        "A001号结束挂起,排在首位",
    ),
    (
        "ticket_resumed",
        r#""ticket":T,"window":"3""#,
        "3号窗口:A001号回到窗口继续办理",
    ),
    (
        "ticket_put_back",
        r#""ticket":T,"window":"3","reason":"设备故障""#,
        "3号窗口:A001号退回队首。说明:设备故障",
    ),
    (
        "ticket_delayed",
        r#""ticket":T,"after":3"#,
        "A001号办事人申请稍后,排在后3位之后",
    ),
    (
        "ticket_cancelled",
        r#""ticket":T,"by":"visitor","reason":"改日再来""#,
        "A001号由办事人取消。说明:改日再来",
    ),
    (
        "ticket_carried_over",
        r#""ticket":T,"to":"2026-11-30","slot":"09:00""#,
        "A001号经办事人同意改到2026-11-30 09:00办理",
    ),
    (
        "ticket_reopened",
        r#""ticket":T,"reason":"误点""#,
        "A001号更正:恢复排队,排在首位。说明:误点",
    ),
    (
        "matter_added",
        r#""ticket":T,"service":"B""#,
        "A001号加办医疗保障",
    ),
    (
        "shift_began",
        r#""window":"3","clerk":"c01","role":"A","overriding":null"#,
        "3号窗口:张明签到(A岗),准备中",
    ),
    ("window_ready", r#""window":"3""#, "3号窗口:就绪,可以叫号"),
    (
        "window_paused",
        r#""window":"3","reason":"urgent","note":null,"back_at":1795482600000,"cover":null"#,
        "3号窗口:设置“暂停服务”(急事),预计09:10返回",
    ),
    ("window_resumed", r#""window":"3""#, "3号窗口:恢复服务"),
    (
        "shift_ended",
        r#""window":"3","clerk":"c01","overriding":null"#,
        "3号窗口:张明签退",
    ),
    (
        "pause_warned",
        r#""window":"3""#,
        "3号窗口:暂停超过提醒时限,已提醒本人",
    ),
    (
        "pause_escalated",
        r#""window":"3","head":"c01""#,
        "3号窗口:暂停超过上报时限,已报负责人张明",
    ),
    (
        "cover_asked",
        r#""window":"3","clerk":"c01","head":false"#,
        "3号窗口:请张明顶岗",
    ),
    (
        "cover_declined",
        r#""window":"3","clerk":"c01","reason":"有办事人""#,
        "3号窗口:张明不能顶岗。说明:有办事人",
    ),
    (
        "cover_lapsed",
        r#""window":"3","clerk":"c01""#,
        "3号窗口:张明未按时答复顶岗",
    ),
    (
        "cover_began",
        r#""window":"3","clerk":"c01","role":"B","from":null,"paired":false,"assigned":false"#,
        "3号窗口:张明顶岗(B岗)",
    ),
    (
        "cover_ended",
        r#""window":"3","clerk":"c01","back":null,"note":"无遗留","parked":[]"#,
        "3号窗口:张明交还顶岗。说明:无遗留",
    ),
    (
        "gap_opened",
        r#""window":"3","waiting":4"#,
        "3号窗口:4人等候而无人在岗",
    ),
    (
        "gap_closed",
        r#""window":"3","gap_ms":180000"#,
        "3号窗口:无人在岗结束,历时3分钟",
    ),
    (
        "absence_noticed",
        r#""window":"3","clerk":"c01","idle_ms":300000"#,
        "3号窗口:开放而5分钟未叫号,有人等候,请核实张明是否未设提示离岗",
    ),
    (
        "window_lent",
        r#""window":"3","services":["A","B"],"until":1795485600000,"reason":null"#,
        "3号窗口:潮汐借调办理社会保险、医疗保障,至10:00",
    ),
    (
        "lending_ended",
        r#""window":"3","lent_ms":3600000"#,
        "3号窗口:潮汐借调结束,历时60分钟",
    ),
];

fn plan() -> Plan {
    serde_json::from_str(
        r#"{"hall":{"code":"centre","name":"示例","level":"district","zone":"Asia/Shanghai"},
        "services":[{"code":"A","name":"社会保险"},{"code":"B","name":"医疗保障","name_en":"Medical insurance"}],
        "windows":[{"code":"3","name":"3号窗口","services":["A"]}],
        "clerks":[{"code":"c01","name":"张明"}]}"#,
    )
    .expect("a plan")
}

fn event(kind: &str, fields: &str) -> Event {
    let fields = fields.replace(":T", &format!(":\"{TICKET}\""));
    let text = format!(r#"{{"kind":"{kind}","payload":{{{fields}}}}}"#);
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{kind}: {why}"))
}

fn numbers() -> BTreeMap<TicketId, String> {
    let ticket = serde_json::from_str(&format!("\"{TICKET}\"")).expect("an id");
    BTreeMap::from([(ticket, "A001".to_owned())])
}

#[test]
fn every_kind_is_told_with_its_window_its_number_and_its_names() {
    let (plan, numbers) = (plan(), numbers());
    let zone = "Asia/Shanghai".parse().expect("a zone");
    let names = Names {
        plan: Some(&plan),
        numbers: &numbers,
        zone,
    };
    for (kind, fields, zh) in TOLD {
        let event = event(kind, fields);
        let told = names.sentence(&event);
        assert_eq!(told.zh, *zh, "{kind}");
        assert!(told.en != *kind && !told.en.is_empty(), "{kind}");
        if let Some(window) = window_of(&event) {
            assert!(told.en.contains(window.as_str()), "{kind}: {}", told.en);
        }
    }
}

#[test]
fn every_kind_has_its_row_here() {
    let told = TOLD.iter().map(|(kind, ..)| *kind);
    // A plan is told by its counts, in the next test; facts of registers have sentences of their own.
    let told: BTreeSet<_> = told.chain(["plan_published", "record"]).collect();
    let source = include_str!("../src/event.rs");
    let kinds = source.split("=> \"").skip(1);
    let kinds: BTreeSet<_> = kinds.filter_map(|rest| rest.split('"').next()).collect();
    assert!(kinds.len() > 40);
    assert_eq!(told, kinds);
}

#[test]
fn a_plan_is_told_by_its_counts() {
    let numbers = BTreeMap::new();
    let names = Names {
        plan: None,
        numbers: &numbers,
        zone: chrono_tz::Tz::UTC,
    };
    let published = Event::PlanPublished {
        plan: Box::new(plan()),
    };
    let told = names.sentence(&published);
    assert_eq!(told.zh, "大厅方案生效:2个事项、1个窗口");
}

#[test]
fn names_that_the_plan_does_not_have_are_told_by_their_codes() {
    let numbers = BTreeMap::new();
    let names = Names {
        plan: None,
        numbers: &numbers,
        zone: chrono_tz::Tz::UTC,
    };
    let called = event("ticket_started", r#""ticket":T,"window":"3""#);
    assert_eq!(
        names.sentence(&called).zh,
        "3号窗口:号票办事人到窗口,开始办理"
    );
    let lent = event(
        "window_lent",
        r#""window":"3","services":["X"],"until":null,"reason":null"#,
    );
    assert_eq!(names.sentence(&lent).zh, "3号窗口:潮汐借调办理X");
    assert_eq!(names.who("clock").zh, "系统");
    assert_eq!(names.who("visitor:7").zh, "办事人");
    assert_eq!(names.who("token:01a21016-65df32").zh, "令牌…65df32");
    assert_eq!(names.who("c09").zh, "c09");
}

#[test]
fn a_fact_names_the_rows_it_rests_on() {
    let rows = [
        (1, "ticket_issued"),
        (2, "shift_began"),
        (3, "ticket_called"),
        (4, "window_paused"),
        (5, "pause_warned"),
        (6, "ticket_finished"),
        (7, "window_resumed"),
        (8, "shift_ended"),
    ];
    let mut threads = Threads::default();
    let seqs = rows.map(|(seq, wanted)| {
        let told = TOLD.iter().find(|(kind, ..)| *kind == wanted);
        let (kind, fields, _) = told.expect("the kind is above");
        threads.take(&event(kind, fields), seq)
    });
    let wanted: [&[u64]; 8] = [
        &[1],
        &[2],
        &[1, 3],
        &[4],
        &[4, 5],
        &[1, 3, 6],
        &[4, 7],
        &[2, 8],
    ];
    assert_eq!(seqs.as_slice(), wanted);
}
