//! A whole hall, and clerks who know nothing of it but what they are told.

use std::collections::BTreeMap;

use hall::lineup::{LineUp, NEVER_MS, Run, Visit};
use hall::plan::{
    Clerk, HallFacts, Level, Noon, Plan, Rules, Service, Session, Window, WindowKind,
};
use hall::rehearsal::{Day, Scene};
use hall::tide::Situation;
use hall::view::Wait;
use hall::waits::{Foreseen, Foreseer};
use hall::{
    Actor, Channel, Class, ClerkCode, Command, Event, Ground, Hall, HourMinute, IssueTicket,
    Outcome, PauseReason, Pick, Role, ServiceCode, TicketId, Timestamp, WindowCode, decide,
};

const MINUTE_MS: i64 = 60_000;

/// What a clerk is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Free { since_ms: i64 },
    With { visit: usize, until_ms: i64 },
    AtLunch { until_ms: i64 },
}

pub(crate) struct Floor<'a> {
    hall: Hall,
    scene: &'a Scene,
    day: &'a Day,
    lineup: LineUp,
    clerks: Vec<(Doing, bool)>,
    last: Vec<Option<u16>>,
    arrived: usize,
    midnight: Timestamp,
    calls: BTreeMap<usize, (i64, u16)>,
}

impl<'a> Floor<'a> {
    pub(crate) fn new(scene: &'a Scene, day: &'a Day) -> Self {
        let lineup = scene.staff.lineup(&scene.crowd, day.seed);
        let zone = "Asia/Shanghai".parse().expect("a zone");
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday");
        let midnight = HourMinute::new(0, 0).expect("a time");
        let mut floor = Self {
            hall: Hall::new(),
            scene,
            day,
            clerks: vec![
                (
                    Doing::Free {
                        since_ms: lineup.now_ms
                    },
                    false
                );
                lineup.desks.len()
            ],
            last: lineup.desks.iter().map(|desk| desk.last).collect(),
            lineup,
            arrived: 0,
            midnight: Timestamp::of_local(date, midnight, zone),
            calls: BTreeMap::new(),
        };
        floor.open();
        floor
    }

    fn open(&mut self) {
        let plan = Box::new(plan(self.scene));
        assert_eq!(plan.faults(), []);
        self.ask(8 * 60 * MINUTE_MS, &Command::PublishPlan { plan });
        self.ask((8 * 60 + 45) * MINUTE_MS, &Command::Tick);
        for index in 0..self.clerks.len() {
            let window = window(index);
            let clerk = clerk(index);
            let sign_in = Command::SignIn {
                window: window.clone(),
                clerk,
                overriding: None,
            };
            self.ask((8 * 60 + 50) * MINUTE_MS, &sign_in);
            self.ask((8 * 60 + 50) * MINUTE_MS, &Command::MakeReady { window });
        }
        self.ask(9 * 60 * MINUTE_MS, &Command::Tick);
    }

    fn ask(&mut self, at_ms: i64, command: &Command) -> Vec<Event> {
        let now = Timestamp(self.midnight.0 + at_ms);
        let from_system = matches!(command, Command::Tick | Command::PublishPlan { .. });
        let role = if from_system {
            Role::System
        } else {
            Role::Manager
        };
        let actor = Actor {
            name: "test".into(),
            role,
            clerk: None,
        };
        let events = decide(&self.hall, command, &actor, now);
        let events = events.unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        for event in &events {
            self.hall.apply(event, now);
        }
        events
    }

    /// Plays the rest of the day and says when and where each visitor was called.
    pub(crate) fn whole_day(mut self) -> Vec<(i64, u16)> {
        while self.step(NEVER_MS) {}
        self.calls.values().copied().collect()
    }

    /// Plays up to a minute of the day.
    pub(crate) fn until(&mut self, minute: i64) {
        while self.step(minute * MINUTE_MS) {}
    }

    fn look(&self, minute: i64) -> Foreseen {
        let now = Timestamp(self.midnight.0 + minute * MINUTE_MS);
        let looked = Foreseer::default().look(&self.hall, now, 1);
        assert_eq!(
            looked,
            Foreseer::default().look(&self.hall, now, 1),
            "the same again"
        );
        looked
    }

    /// What everyone who waits is told at a minute of the day.
    pub(crate) fn refresh(&self, minute: i64) -> Vec<(usize, Wait)> {
        let told = self.look(minute).tickets.into_iter().map(|(id, shown)| {
            let visit = usize::try_from(id.0.as_u128() - 1).expect("an index");
            (visit, shown.wait)
        });
        told.collect()
    }

    /// What a visitor who comes for the service at this minute is told.
    pub(crate) fn of_new(&self, index: u16, class: Class, minute: i64) -> Option<Wait> {
        let looked = self.look(minute);
        let new = looked.services.get(&service(index))?;
        new.of(class).map(|told| told.wait)
    }

    /// What the tide knows at this moment.
    pub(crate) fn situation(&self, minute: i64) -> Situation {
        let now = Timestamp(self.midnight.0 + minute * MINUTE_MS);
        let crowd = &self.scene.crowd;
        let start = usize::try_from(minute).expect("a minute of the day");
        let coming = |service, ahead| crowd.rate(service, start + ahead, self.day.weekday);
        Situation::of(&self.hall, now, |service| crowd.work_min(service), coming)
    }

    /// When each waiting visitor will be called, by a line-up of the hall run on with the lengths
    /// that only the test knows.
    pub(crate) fn foresee(&self) -> Vec<(usize, (i64, u16))> {
        let now_ms = (10 * 60 + 30) * MINUTE_MS;
        let now = Timestamp(self.midnight.0 + now_ms);
        let (mut lineup, ids) = LineUp::of(&self.hall, now);
        // Lunch and the clerks' pace are not the hall's to know.
        for (desk, known) in lineup.desks.iter_mut().zip(&self.lineup.desks) {
            desk.pace = known.pace;
            desk.offs.clone_from(&known.offs);
            for off in &mut desk.offs {
                off.at_ms += self.midnight.0;
            }
        }
        let seen = |id: &TicketId| usize::try_from(id.0.as_u128() - 1).expect("an index");
        let mut run = Run::new(self.scene.costs);
        let known = |(taken, id): (&Visit, &TicketId)| {
            let visit = self.day.visits[seen(id)];
            Visit {
                span_ms: visit.span_ms,
                shows: visit.shows,
                ..*taken
            }
        };
        run.visits = lineup.visits.iter().zip(&ids).map(known).collect();
        let coming = self.day.visits.iter().enumerate().skip(self.arrived);
        run.visits.extend(coming.map(|(_, visit)| Visit {
            at_ms: visit.at_ms + self.midnight.0,
            key_ms: visit.key_ms + self.midnight.0,
            line: visit.service * 3,
            ..*visit
        }));
        let until = self.clerks.iter().map(|(doing, _)| match doing {
            Doing::With { until_ms, .. } => until_ms + self.midnight.0,
            Doing::Free { .. } | Doing::AtLunch { .. } => NEVER_MS,
        });
        let until: Vec<_> = until.collect();
        for (desk, last) in lineup.desks.iter_mut().zip(&self.last) {
            desk.last = *last;
        }
        run.start(&lineup, &until);
        run.until_called(ids.len());
        let called = run.called_ms.iter().zip(&run.desk_of).zip(&ids);
        called
            .map(|((at, desk), id)| (seen(id), (at - self.midnight.0, *desk)))
            .collect()
    }

    /// The next thing: windows before visitors, the lower window first.
    fn step(&mut self, to_ms: i64) -> bool {
        let next = (0..self.clerks.len()).filter_map(|index| Some((self.due(index)?, index)));
        let window = next.min();
        let visitor = self.day.visits.get(self.arrived).map(|visit| visit.at_ms);
        match (window, visitor) {
            (Some((at, index)), visitor) if at <= to_ms && visitor.is_none_or(|v| at <= v) => {
                self.end(index, at);
                true
            }
            (_, Some(at)) if at <= to_ms => {
                self.arrive(at);
                true
            }
            _ => false,
        }
    }

    /// When something happens at the window by itself.
    fn due(&self, index: usize) -> Option<i64> {
        let (doing, lunched) = self.clerks[index];
        match doing {
            Doing::With { until_ms, .. } | Doing::AtLunch { until_ms } => Some(until_ms),
            Doing::Free { .. } => {
                let lunch = self.lineup.desks[index].offs[0].at_ms;
                (!lunched).then_some(lunch)
            }
        }
    }

    fn end(&mut self, index: usize, at: i64) {
        let window = window(index);
        match self.clerks[index].0 {
            Doing::With { visit, .. } if self.day.visits[visit].shows => {
                let finish = Command::Finish {
                    window,
                    outcome: Outcome::DoneOnTheSpot,
                    promised_days: None,
                    pickup: None,
                    slip: None,
                    matters: Vec::new(),
                };
                self.ask(at, &finish);
            }
            Doing::With { .. } => {
                self.ask(at, &Command::MarkNoShow { window });
            }
            Doing::AtLunch { .. } => {
                self.ask(at, &Command::Resume { window });
            }
            Doing::Free { .. } => (),
        }
        self.free(index, at);
    }

    fn free(&mut self, index: usize, at: i64) {
        let off = self.lineup.desks[index].offs[0];
        let (doing, lunched) = &mut self.clerks[index];
        if !*lunched && off.at_ms <= at {
            *lunched = true;
            *doing = Doing::AtLunch {
                until_ms: at + off.least_ms,
            };
            let pause = Command::Pause {
                window: window(index),
                reason: PauseReason::Meal,
                note: None,
                back_in_min: Some(45),
                cover: None,
            };
            self.ask(at, &pause);
            return;
        }
        *doing = Doing::Free { since_ms: at };
        self.call(index, at);
    }

    /// Asks for the next; nobody waiting is an answer too.
    fn call(&mut self, index: usize, at: i64) {
        if hall::order::next(&self.hall, &window(index)).is_none() {
            return;
        }
        let call = Command::Call {
            window: window(index),
            pick: Pick::Next,
            expect: None,
        };
        let events = self.ask(at, &call);
        let Some(Event::TicketCalled { ticket, .. }) = events.first() else {
            panic!("{events:?}");
        };
        let visit = usize::try_from(ticket.0.as_u128() - 1).expect("an index");
        let until_ms = at + self.length(index, visit);
        self.clerks[index].0 = Doing::With { visit, until_ms };
        let place = u16::try_from(index).expect("40 windows");
        self.calls.insert(visit, (at, place));
        if self.day.visits[visit].shows {
            let start = Command::Start {
                window: window(index),
            };
            self.ask(at, &start);
        }
    }

    /// How long the window is taken up.
    fn length(&mut self, index: usize, visit: usize) -> i64 {
        let visit = &self.day.visits[visit];
        let costs = self.scene.costs;
        if !visit.shows {
            return costs.no_show_ms;
        }
        let turns = self.last[index].replace(visit.service) != Some(visit.service);
        let pace = self.lineup.desks[index].pace;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "milliseconds of one day"
        )]
        let span = (visit.span_ms as f64 * pace).round() as i64;
        costs.call_ms + span + if turns { costs.switch_ms } else { 0 }
    }

    fn arrive(&mut self, at: i64) {
        let id = self.arrived;
        self.arrived += 1;
        let visit = &self.day.visits[id];
        let green = self.day.green[id];
        let issue = IssueTicket {
            ticket: TicketId(uuid::Uuid::from_u128(id as u128 + 1)),
            service: service(visit.service),
            class: if green { Class::Green } else { Class::Ordinary },
            ground: green.then_some(Ground::Pregnant),
            channel: Channel::Kiosk,
            holder: None,
            note: None,
            after_closing: None,
            told: None,
        };
        let wanted = visit.service;
        self.ask(at, &Command::Issue(Box::new(issue)));
        let homes = self.scene.staff.places.iter().enumerate();
        let free = homes.filter_map(|(index, place)| {
            let Doing::Free { since_ms } = self.clerks[index].0 else {
                return None;
            };
            place.home.contains(&wanted).then_some((since_ms, index))
        });
        if let Some((_, index)) = free.min() {
            self.call(index, at);
        }
    }
}

fn window(index: usize) -> WindowCode {
    WindowCode(format!("{}", index + 1))
}

fn clerk(index: usize) -> ClerkCode {
    ClerkCode(format!("c{}", index + 1))
}

fn service(index: u16) -> ServiceCode {
    let letter = b"ABCDEFGHJK"[usize::from(index)];
    ServiceCode(char::from(letter).to_string())
}

fn plan(scene: &Scene) -> Plan {
    let services = (0..).zip(&scene.names).map(|(index, name)| Service {
        code: service(index),
        name: (*name).to_owned(),
        name_en: None,
        expected_min: 10,
        letter: None,
        target_wait_min: None,
        quota_day: None,
        quota_half_day: None,
        bookable: false,
        walk_in_share: None,
        zone: None,
        guide: None,
    });
    let windows = scene
        .staff
        .places
        .iter()
        .enumerate()
        .map(|(index, place)| Window {
            code: window(index),
            name: format!("{}号窗口", index + 1),
            kind: WindowKind::General,
            services: place.home.iter().map(|home| service(*home)).collect(),
            tide: place.tide.iter().map(|tide| service(*tide)).collect(),
            a: Some(clerk(index)),
            b: Vec::new(),
            standby: None,
            shared_with: None,
            noon_duty: true,
        });
    let clerks = (0..scene.staff.places.len()).map(|index| Clerk {
        code: clerk(index),
        name: format!("员工{}", index + 1),
        head: false,
        skills: None,
    });
    Plan {
        hall: HallFacts {
            code: "rehearsal".into(),
            name: "演练大厅".into(),
            name_en: None,
            level: Level::District,
            zone: "Asia/Shanghai".into(),
            complaint_phone: None,
            public_url: None,
        },
        sessions: vec![Session {
            from: HourMinute::new(9, 0).expect("a time"),
            to: HourMinute::new(17, 0).expect("a time"),
        }],
        lobby_before_min: 15,
        noon: Noon::Serve,
        seasons: Vec::new(),
        calendar_exceptions: Vec::new(),
        services: services.collect(),
        windows: windows.collect(),
        clerks: clerks.collect(),
        rules: Rules {
            no_show_after_s: 60,
            no_show_after_green_s: 60,
            ..Rules::default()
        },
    }
}
