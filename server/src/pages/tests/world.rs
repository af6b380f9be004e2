//! A hall in the middle of a morning, made by the hall's own rules.

use chrono::NaiveDate;
use hall::plan::Plan;
use hall::view::Position;
use hall::{
    Actor, Channel, Class, ClerkCode, Command, Ground, Hall, HourMinute, IssueTicket, Outcome,
    Pick, Role, ServiceCode, TicketId, Timestamp, WindowCode, decide,
};
use uuid::Uuid;

use crate::pages::Viewer;

/// The hall, its clock, and how many tickets were made.
pub(crate) struct World {
    pub(crate) hall: Hall,
    pub(crate) now: Timestamp,
    made: u128,
}

pub(crate) fn plan(hostile: &str) -> Plan {
    let names = [
        "社会保险",
        "不动产登记",
        "市场主体登记",
        "医保",
        "公积金",
        "户籍业务",
        "税务",
        "综合受理",
    ];
    let services: Vec<_> = names
        .iter()
        .zip("ABCDEFGH".chars())
        .map(|(name, code)| {
            let name = format!("{name}{hostile}");
            serde_json::json!({"code": code.to_string(), "name": name, "expected_min": 8, "target_wait_min": 15})
        })
        .collect();
    let windows: Vec<_> = (1..=14)
        .map(|number| {
            let letter = |offset: usize| {
                "ABCDEFGH"
                    .chars()
                    .nth((number + offset) % 7)
                    .map(String::from)
            };
            serde_json::json!({
                "code": number.to_string(), "name": format!("{number}号窗口{hostile}"),
                "services": [letter(0), letter(1)], "a": format!("c{number:02}"),
                "b": [format!("c{:02}", number % 14 + 1)],
            })
        })
        .collect();
    let people = [
        "张敏",
        "王海燕",
        "李建国",
        "赵晓梅",
        "刘洋",
        "陈静",
        "孙伟",
        "周芳",
        "吴磊",
        "郑丽",
        "冯刚",
        "褚雪",
        "卫东",
        "蒋欣",
    ];
    let clerks: Vec<_> = people
        .iter()
        .enumerate()
        .map(
            |(index, name)| serde_json::json!({"code": format!("c{:02}", index + 1), "name": name}),
        )
        .collect();
    serde_json::from_value(serde_json::json!({
        "hall": {"code": "centre", "name": format!("周村区政务服务中心{hostile}"), "level": "district", "zone": "Asia/Shanghai"},
        "sessions": [{"from": "08:30", "to": "12:00"}, {"from": "13:30", "to": "17:00"}],
        "services": services, "windows": windows, "clerks": clerks,
    }))
    .expect("a plan")
}

fn at(hour: u16, minute: u16) -> Timestamp {
    let date = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    let time = HourMinute::new(hour, minute).expect("a time");
    Timestamp::of_local(date, time, chrono_tz::Asia::Shanghai)
}

pub(crate) fn window(code: &str) -> WindowCode {
    WindowCode(code.into())
}

impl World {
    /// Opened at 08:15, everybody at work, nobody waiting, 09:00.
    pub(crate) fn new() -> Self {
        Self::named("")
    }

    /// The same with something added to every name.
    pub(crate) fn named(hostile: &str) -> Self {
        let mut world = Self {
            hall: Hall::new(),
            now: at(8, 10),
            made: 0,
        };
        let plan = Box::new(plan(hostile));
        world.act(&Command::PublishPlan { plan });
        world.now = at(8, 16);
        world.act(&Command::Tick);
        world.now = at(8, 31);
        world.act(&Command::Tick);
        world.now = at(9, 0);
        world
    }

    pub(crate) fn act(&mut self, command: &Command) {
        let actor = Actor {
            name: "test".into(),
            role: if matches!(command, Command::PublishPlan { .. }) {
                Role::System
            } else {
                Role::Manager
            },
            clerk: None,
        };
        let events = decide(&self.hall, command, &actor, self.now);
        for event in events.unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}")) {
            self.hall.apply(&event, self.now);
        }
        for event in hall::follow(&self.hall, self.now) {
            self.hall.apply(&event, self.now);
        }
    }

    pub(crate) fn later(&mut self, seconds: i64) {
        self.now = self.now.plus_s(seconds);
    }

    pub(crate) fn go_to(&mut self, hour: u16, minute: u16) {
        self.now = at(hour, minute);
        self.act(&Command::Tick);
    }

    pub(crate) fn sign_in(&mut self, code: &str) {
        let number: u32 = code.parse().expect("a number");
        self.act(&Command::SignIn {
            window: window(code),
            clerk: ClerkCode(format!("c{number:02}")),
            overriding: None,
        });
    }

    pub(crate) fn open(&mut self, code: &str) {
        self.sign_in(code);
        self.act(&Command::MakeReady {
            window: window(code),
        });
    }

    pub(crate) fn issue(&mut self, service: &str) -> TicketId {
        self.issue_as(service, Class::Ordinary, None)
    }

    pub(crate) fn issue_as(
        &mut self,
        service: &str,
        class: Class,
        ground: Option<Ground>,
    ) -> TicketId {
        self.made += 1;
        let ticket = TicketId(Uuid::from_u128(self.made));
        self.act(&Command::Issue(Box::new(IssueTicket {
            ticket,
            service: ServiceCode(service.into()),
            class,
            ground,
            channel: Channel::Kiosk,
            holder: None,
            note: None,
            after_closing: None,
            told: None,
        })));
        ticket
    }

    pub(crate) fn call(&mut self, code: &str) {
        self.act(&Command::Call {
            window: window(code),
            pick: Pick::Next,
            expect: Some(None),
        });
    }

    pub(crate) fn start(&mut self, code: &str) {
        self.act(&Command::Start {
            window: window(code),
        });
    }

    pub(crate) fn finish(&mut self, code: &str) {
        self.act(&Command::Finish {
            window: window(code),
            outcome: Outcome::DoneOnTheSpot,
            promised_days: None,
            pickup: None,
            slip: None,
            matters: Vec::new(),
        });
    }

    pub(crate) fn position(&self) -> Position {
        Position {
            log: "log".into(),
            seq: 42,
            now: self.now,
            pretend: false,
        }
    }
}

pub(crate) fn viewer() -> Viewer {
    Viewer {
        name: Some("张敏".into()),
        clerk: Some("c01".into()),
        manager: false,
        figures: false,
        unencrypted: false,
    }
}
