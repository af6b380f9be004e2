//! A seeded crowd: who comes on a day, when, for what, and for how long.

use alloc::vec::Vec;

use crate::Timestamp;
use crate::lineup::Visit;
use crate::pick;
use crate::waits::{Chance, Lengths};

/// Milliseconds of a minute.
pub(super) const MINUTE_MS: i64 = 60_000;
/// Minutes of one entry of a shape.
const HALF_HOUR: usize = 30;

/// How many come for one service, and how long they take.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The law of its length.
    pub law: Lengths,
    /// Visitors on an ordinary day.
    pub per_day: f64,
    /// Share of them with a booking.
    pub booked: f64,
    /// How each half hour from opening compares with the mean one.
    pub shape: Vec<f64>,
}

/// What a crowd is drawn from.
///
/// **Source**: QUEUEING §2.2: shape, Mondays and dispersion follow 145 queues of a city's offices.
#[derive(Debug, Clone, PartialEq)]
pub struct Crowd {
    /// One entry per service of the plan.
    pub wishes: Vec<Wish>,
    /// How Monday to Friday compare with an ordinary day.
    pub weekdays: [f64; 5],
    /// Minute of the day at which the doors open.
    pub opens_min: usize,
    /// Minute of the day at which numbers end.
    pub issue_ends_min: usize,
    /// Minute of the day at which the hours end; everyone with a number is still served.
    pub closes_min: usize,
    /// Share of the green channel.
    pub green: f64,
    /// Share who do not come when called.
    pub no_show: f64,
    /// Head start of green and booked visitors, in minutes.
    pub head_start_min: u32,
    /// Deviation of the day's total.
    pub day_sd: f64,
    /// Deviation of each service's day.
    pub service_sd: f64,
    /// Share of days on which one service surges, by 1.5 to 2 for 90 to 150 minutes.
    pub surges: f64,
}

/// A day's crowd.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    /// From which the day's clerks take their pace.
    pub seed: u64,
    /// 0 Monday to 4 Friday.
    pub weekday: usize,
    /// Everyone, by arrival; milliseconds from midnight.
    pub visits: Vec<Visit>,
    /// The slot of each booking, by visit.
    pub slots_ms: Vec<Option<i64>>,
    /// Who is of the green channel.
    pub green: Vec<bool>,
}

#[derive(Debug, Clone, Copy)]
struct Surge {
    service: usize,
    from_min: f64,
    to_min: f64,
    factor: f64,
}

impl Crowd {
    /// Visitors per minute that are expected for a service, in a minute of an ordinary weekday.
    pub fn rate(&self, service: usize, minute: usize, weekday: usize) -> f64 {
        let Some(wish) = self.wishes.get(service) else {
            return 0.0;
        };
        if minute < self.opens_min || minute >= self.issue_ends_min {
            return 0.0;
        }
        let entry = (minute - self.opens_min) / HALF_HOUR;
        let shape = wish.shape.get(entry).copied().unwrap_or(0.0);
        let day = self.weekdays.get(weekday).copied().unwrap_or(1.0);
        wish.per_day * day * shape / self.weight(&wish.shape)
    }

    /// Window minutes that a visitor takes, the call and those who do not come included.
    pub fn work_min(&self, service: usize) -> f64 {
        let law = self.wishes.get(service).map(|wish| wish.law);
        let mean = law.map_or(0.0, |law| law.mean_min());
        (1.0 - self.no_show) * (mean + 0.5) + self.no_show
    }

    /// Minutes of a mean half hour that the shape adds up to.
    fn weight(&self, shape: &[f64]) -> f64 {
        let minutes = 0..self.issue_ends_min - self.opens_min;
        let of = |minute: usize| shape.get(minute / HALF_HOUR).copied().unwrap_or(0.0);
        minutes.map(of).sum()
    }

    /// Draws the crowd of a day; the same seed and day give the same crowd.
    pub fn draw(&self, seed: u64, day: u32) -> Day {
        let chance = Chance::new(seed).part(u64::from(day) + 1);
        let weekday = day as usize % self.weekdays.len();
        let mut of_day = chance.part(1);
        let common = of_day.noise(self.day_sd);
        let surge = self.surge(&mut of_day);
        let mut people = Vec::new();
        for service in 0..self.wishes.len() {
            let mut chance = chance.part(service as u64 + 10);
            let factor = common * chance.noise(self.service_sd);
            let at = |minute| {
                let surging = surge.filter(|surge| surge.service == service);
                let surging = surging.map_or(1.0, |surge| surge.at(minute));
                self.rate(service, minute, weekday) * factor * surging
            };
            self.draw_service(service, at, &mut chance, &mut people);
        }
        people.sort_by_key(|person| person.visit.at_ms);
        Day {
            seed: chance.part(2).bits(),
            weekday,
            visits: people.iter().map(|person| person.visit).collect(),
            slots_ms: people.iter().map(|person| person.slot_ms).collect(),
            green: people.iter().map(|person| person.green).collect(),
        }
    }

    fn surge(&self, chance: &mut Chance) -> Option<Surge> {
        let (surges, service) = (chance.unit() < self.surges, chance.below(self.wishes.len()));
        let span = 90.0 + 60.0 * chance.unit();
        let factor = 1.5 + 0.5 * chance.unit();
        let room = float(self.issue_ends_min - self.opens_min) - span;
        let from_min = float(self.opens_min) + room * chance.unit();
        surges.then_some(Surge {
            service,
            from_min,
            to_min: from_min + span,
            factor,
        })
    }

    /// Thinning: gaps of the busiest rate, of which a share really comes.
    fn draw_service(
        &self,
        service: usize,
        rate: impl Fn(usize) -> f64,
        chance: &mut Chance,
        people: &mut Vec<Person>,
    ) {
        let Some(wish) = self.wishes.get(service) else {
            return;
        };
        let minutes = self.opens_min..self.issue_ends_min;
        let top = minutes.map(&rate).fold(0.0, f64::max);
        if top <= 0.0 {
            return;
        }
        let (mut at, end) = (float(self.opens_min), float(self.issue_ends_min));
        loop {
            at += chance.gap() / top;
            if at >= end {
                return;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a minute of the day"
            )]
            let minute = at as usize;
            if chance.unit() * top < rate(minute) {
                people.push(self.person(service, wish, at, chance));
            }
        }
    }

    fn person(&self, service: usize, wish: &Wish, at: f64, chance: &mut Chance) -> Person {
        let span_ms = wish.law.draw_ms(chance);
        let shows = chance.unit() >= self.no_show;
        let green = chance.unit() < self.green;
        // Bookings come about six minutes before their slot. Source: QUEUEING §4.
        let early = 6.0 + 5.0 * chance.normal();
        let booked = chance.unit() < wish.booked && !green;
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of one day")]
        let ms = |minutes: f64| libm::round(minutes * 60_000.0) as i64;
        let slot_ms = booked.then(|| ms(at + early));
        let arrived = Timestamp(ms(at));
        let key = match slot_ms {
            Some(slot) => pick::booked_key(arrived, Timestamp(slot), self.head_start_min),
            None if green => pick::key(arrived, self.head_start_min),
            None => arrived,
        };
        let service = u16::try_from(service).unwrap_or(u16::MAX);
        Person {
            visit: Visit {
                at_ms: arrived.0,
                key_ms: key.0,
                line: service,
                service,
                span_ms,
                shows,
            },
            slot_ms,
            green,
        }
    }
}

struct Person {
    visit: Visit,
    slot_ms: Option<i64>,
    green: bool,
}

impl Surge {
    fn at(&self, minute: usize) -> f64 {
        let minute = float(minute);
        if minute >= self.from_min && minute < self.to_min {
            self.factor
        } else {
            1.0
        }
    }
}

pub(super) fn float(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "minutes and people of a day")]
    let float = count as f64;
    float
}
