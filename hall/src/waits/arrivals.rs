//! Who is to be expected: arrivals per half hour and weekday, and how today compares.

use alloc::vec::Vec;

/// Half hours of a day.
const HALF_HOURS: usize = 48;
/// Minutes of a half hour.
const HALF_HOUR_MIN: f64 = 30.0;
/// How many days of its own weekday the mean of all days weighs. Ours: two weeks.
const SHRINK_DAYS: f64 = 2.0;
/// Minutes in which the weight of a past arrival halves. Source: QUEUEING §1.4.
const HALF_LIFE_MIN: f64 = 60.0;
/// Arrivals of agreement that the hall's and a service's factor start with. Source: QUEUEING §1.4.
const PRIOR: (f64, f64) = (40.0, 12.0);

/// Arrivals of one service.
#[derive(Debug, Clone, PartialEq)]
struct Counts {
    /// Arrivals of the days before, by weekday, Monday first, and half hour.
    sums: [[f64; HALF_HOURS]; 7],
    /// Those of today, by half hour.
    halves: [f64; HALF_HOURS],
    /// Faded arrivals of today, and those that the profile expected.
    today: (f64, f64),
}

/// What a hall's days were like, service by service.
///
/// **Source**: QUEUEING §1.4; on the first day there is no profile, and the last hour's own rate
/// takes its place (§2.3: a tenth of the tide's gain is lost by it).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arrivals {
    services: Vec<Counts>,
    /// Days before today, by weekday.
    days: [f64; 7],
    weekday: Option<usize>,
    at_min: usize,
}

impl Arrivals {
    /// Of so many services.
    pub fn new(services: usize) -> Self {
        let counts = Counts {
            sums: [[0.0; HALF_HOURS]; 7],
            halves: [0.0; HALF_HOURS],
            today: (0.0, 0.0),
        };
        Self {
            services: vec![counts; services],
            days: [0.0; 7],
            weekday: None,
            at_min: 0,
        }
    }

    /// A day begins, and the one before joins the profile; a weekday counts from Monday, 0.
    pub fn open_day(&mut self, weekday: usize) {
        if let Some(last) = self.weekday.replace(weekday % 7) {
            self.close_day(last);
        }
        self.at_min = 0;
    }

    fn close_day(&mut self, weekday: usize) {
        if let Some(days) = self.days.get_mut(weekday) {
            *days += 1.0;
        }
        for counts in &mut self.services {
            let day = counts.sums.get_mut(weekday).into_iter().flatten();
            for (sum, half) in day.zip(&mut counts.halves) {
                *sum += core::mem::take(half);
            }
            counts.today = (0.0, 0.0);
        }
    }

    /// A visitor came for a service in a minute of the day.
    pub fn take(&mut self, service: usize, minute: usize) {
        self.pass_to(minute);
        let Some(counts) = self.services.get_mut(service) else {
            return;
        };
        counts.today.0 += 1.0;
        if let Some(half) = counts.halves.get_mut(minute / 30) {
            *half += 1.0;
        }
    }

    /// Lets time pass: what is past fades, what was expected adds up.
    pub fn pass_to(&mut self, minute: usize) {
        let fade = libm::exp2(-1.0 / HALF_LIFE_MIN);
        // The first minute with somebody in it begins the day.
        if self.at_min == 0 {
            self.at_min = minute;
        }
        while self.at_min < minute {
            for service in 0..self.services.len() {
                let expected = self.profile(service, self.at_min);
                if let Some(counts) = self.services.get_mut(service) {
                    counts.today.0 *= fade;
                    counts.today.1 = counts.today.1 * fade + expected;
                }
            }
            self.at_min += 1;
        }
    }

    /// Visitors per minute that the days before lead one to expect.
    fn profile(&self, service: usize, minute: usize) -> f64 {
        let days: f64 = self.days.iter().sum();
        let (Some(counts), Some(weekday)) = (self.services.get(service), self.weekday) else {
            return 0.0;
        };
        if days == 0.0 {
            return 0.0;
        }
        let half = |day: &[f64; HALF_HOURS]| day.get(minute / 30).copied().unwrap_or(0.0);
        let mean = counts.sums.iter().map(half).sum::<f64>() / days;
        let own = counts.sums.get(weekday).map_or(0.0, half);
        let own_days = self.days.get(weekday).copied().unwrap_or(0.0);
        (own + SHRINK_DAYS * mean) / (own_days + SHRINK_DAYS) / HALF_HOUR_MIN
    }

    /// Visitors per minute to be expected in a minute of today, as today has been so far.
    pub fn expected(&self, service: usize, minute: usize) -> f64 {
        let profile = self.profile(service, minute);
        let Some(counts) = self.services.get(service) else {
            return 0.0;
        };
        if self.days.iter().sum::<f64>() == 0.0 {
            // The first day: the faded count of an exponential window is so many minutes' worth.
            return counts.today.0 * core::f64::consts::LN_2 / HALF_LIFE_MIN;
        }
        let (came, thought) = self.services.iter().fold((0.0, 0.0), |sum, one| {
            (sum.0 + one.today.0, sum.1 + one.today.1)
        });
        let hall = (came + PRIOR.0) / (thought + PRIOR.0);
        let (came, thought) = counts.today;
        profile * (came + PRIOR.1 * hall) / (thought + PRIOR.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(arrivals: &mut Arrivals, weekday: usize, every_min: usize) {
        arrivals.open_day(weekday);
        for minute in (540..1020).step_by(every_min) {
            arrivals.take(0, minute);
        }
    }

    #[test]
    fn the_first_day_goes_by_its_own_last_hour() {
        let mut arrivals = Arrivals::new(1);
        arrivals.open_day(0);
        for minute in (540..780).step_by(2) {
            arrivals.take(0, minute);
        }
        let rate = arrivals.expected(0, 790);
        assert!((rate - 0.5).abs() < 0.06, "{rate}");
    }

    #[test]
    fn mondays_are_told_from_other_days() {
        let mut arrivals = Arrivals::new(1);
        for _ in 0..8 {
            day(&mut arrivals, 0, 1);
            (1..5).for_each(|weekday| day(&mut arrivals, weekday, 2));
        }
        arrivals.open_day(0);
        let monday = arrivals.expected(0, 600);
        arrivals.open_day(1);
        let tuesday = arrivals.expected(0, 600);
        assert!((0.85..1.05).contains(&monday), "{monday}");
        assert!((0.45..0.65).contains(&tuesday), "{tuesday}");
    }

    #[test]
    fn a_day_with_twice_the_crowd_is_soon_expected_to_go_on() {
        let mut arrivals = Arrivals::new(1);
        for _ in 0..20 {
            day(&mut arrivals, 2, 4);
        }
        arrivals.open_day(2);
        let before = arrivals.expected(0, 700);
        for minute in (540..700).step_by(2) {
            arrivals.take(0, minute);
        }
        let after = arrivals.expected(0, 700);
        assert!((before - 0.25).abs() < 0.03, "{before}");
        assert!(after > 1.4 * before, "{after}");
    }
}
