//! The sample hall: 40 windows, ten services, and a variant with 36 windows and eight reserves.
//!
//! A model of a hall, not a hall. **Source**: QUEUEING §2.2.

use alloc::vec::Vec;

use super::crowd::{Crowd, Wish, float};
use super::staff::{Place, Staff};
use crate::lineup::Costs;
use crate::waits::Lengths;

/// One service of the sample.
#[derive(Debug, Clone, Copy)]
struct Sample {
    name: &'static str,
    mean_min: f64,
    ln_sd: f64,
    /// Share of all visitors.
    share: f64,
    booked: f64,
    /// How much more the morning is than the afternoon.
    tilt: f64,
    /// Windows of its own in the hall of 40, and in the one of 36.
    windows: [usize; 2],
}

const fn sample(
    name: &'static str,
    (mean_min, ln_sd): (f64, f64),
    (share, booked, tilt): (f64, f64, f64),
    windows: [usize; 2],
) -> Sample {
    Sample {
        name,
        mean_min,
        ln_sd,
        share,
        booked,
        tilt,
        windows,
    }
}

/// Lengths and shares are ours, within the ranges of QUEUEING §2.2; the windows are the split that
/// no single swap betters on the days of [`super::TUNING_SEED`].
const SERVICES: [Sample; 10] = [
    sample("咨询领证", (4.0, 0.6), (0.18, 0.05, 0.0), [3, 3]),
    sample("医疗保障", (8.0, 0.55), (0.16, 0.10, 0.1), [6, 5]),
    sample("社会保险", (8.5, 0.6), (0.15, 0.10, 0.1), [5, 5]),
    sample("户籍", (9.5, 0.5), (0.12, 0.15, -0.1), [5, 4]),
    sample("税务", (10.5, 0.65), (0.10, 0.20, 0.15), [4, 4]),
    sample("出入境", (11.5, 0.5), (0.09, 0.45, -0.15), [4, 4]),
    sample("公积金", (13.0, 0.6), (0.07, 0.15, 0.0), [4, 3]),
    sample("市场主体登记", (18.0, 0.7), (0.06, 0.25, 0.1), [4, 3]),
    sample("工程建设", (23.0, 0.7), (0.03, 0.40, -0.1), [2, 2]),
    sample("不动产登记", (25.0, 0.75), (0.04, 0.40, 0.0), [3, 3]),
];

/// Half hours from nine: a morning peak, lunch, a peak after 13:30, a quiet end.
const SHAPE: [f64; 16] = [
    0.95, 1.25, 1.41, 1.41, 1.3, 1.1, 0.8, 0.7, 0.8, 1.15, 1.2, 1.1, 0.9, 0.7, 0.55, 0.35,
];
/// Reserve windows of the variant.
const RESERVES: usize = 8;

/// A hall to rehearse: its crowd and its staff.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Who comes.
    pub crowd: Crowd,
    /// Who is there.
    pub staff: Staff,
    /// What calls and changes cost.
    pub costs: Costs,
    /// The services' names.
    pub names: Vec<&'static str>,
}

/// Variants of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// 40 windows, of which ten are tidal.
    Plain,
    /// 36 windows, of which ten are tidal, and eight reserves.
    Reserve,
}

/// The sample at a load, with the split of windows that is best at load 0.9.
///
/// **Units and range**: `load` 0.9 brings 91 % of 40 windows' work in the busiest half hour of an
/// ordinary day, and others in proportion; 0.1 to 1.5. **Source**: QUEUEING §2.2.
pub fn hall40(load: f64, variant: Variant) -> Scene {
    let of = usize::from(variant == Variant::Reserve);
    let windows = SERVICES
        .iter()
        .filter_map(|service| service.windows.get(of));
    with_split(load, variant, &windows.copied().collect::<Vec<_>>())
}

/// The sample at a load, with the split of windows that no single swap betters on so many days of
/// [`super::TUNING_SEED`].
pub fn tuned40(load: f64, variant: Variant, days: u32) -> Scene {
    let scene = hall40(load, variant);
    let days: Vec<_> = (0..days)
        .map(|day| scene.crowd.draw(super::TUNING_SEED, day))
        .collect();
    let split = super::best_split(&scene, &scene.split(), &days);
    with_split(load, variant, &split)
}

fn with_split(load: f64, variant: Variant, split: &[usize]) -> Scene {
    Scene {
        crowd: crowd(load),
        staff: staff(variant, split),
        costs: Costs::ASSUMED,
        names: SERVICES.iter().map(|service| service.name).collect(),
    }
}

impl Scene {
    /// How many windows are at home with each service.
    pub fn split(&self) -> Vec<usize> {
        let mut split = vec![0; self.crowd.wishes.len()];
        for home in self
            .staff
            .places
            .iter()
            .filter_map(|place| place.home.first())
        {
            if let Some(count) = split.get_mut(usize::from(*home)) {
                *count += 1;
            }
        }
        split
    }
}

fn crowd(load: f64) -> Crowd {
    let wish = |service: &Sample| Wish {
        law: Lengths::with_mean(service.mean_min, service.ln_sd),
        per_day: service.share,
        booked: service.booked,
        shape: tilted(service.tilt),
    };
    let mut crowd = Crowd {
        wishes: SERVICES.iter().map(wish).collect(),
        weekdays: [1.2, 1.0, 1.0, 1.0, 0.9],
        opens_min: 9 * 60,
        issue_ends_min: 16 * 60 + 45,
        closes_min: 17 * 60,
        green: 0.08,
        no_show: 0.065,
        head_start_min: 15,
        day_sd: 0.08,
        service_sd: 0.14,
        surges: 0.35,
    };
    // Shares of one visitor a day so far: the peak's work tells how many there must be.
    let peak = (crowd.opens_min..crowd.issue_ends_min)
        .map(|minute| work_per_minute(&crowd, minute))
        .fold(0.0, f64::max);
    for wish in &mut crowd.wishes {
        wish.per_day *= load / 0.9 * 0.91 * 40.0 / peak;
    }
    crowd
}

/// Window minutes of work that arrive in a minute of an ordinary day.
pub(super) fn work_per_minute(crowd: &Crowd, minute: usize) -> f64 {
    let services = 0..crowd.wishes.len();
    let work = |service: usize| crowd.rate(service, minute, 1) * crowd.work_min(service);
    services.map(work).sum()
}

fn tilted(tilt: f64) -> Vec<f64> {
    let last = float(SHAPE.len() - 1);
    let at = |(i, shape): (usize, &f64)| shape * (1.0 + tilt * (1.0 - 2.0 * float(i) / last));
    SHAPE.iter().enumerate().map(at).collect()
}

/// The first window of each service is tidal.
fn staff(variant: Variant, split: &[usize]) -> Staff {
    let mut places = Vec::new();
    for (service, windows) in split.iter().enumerate() {
        places.extend((0..*windows).map(|nth| Place {
            home: vec![index(service)],
            tide: if nth == 0 {
                others(service)
            } else {
                Vec::new()
            },
        }));
    }
    if variant == Variant::Reserve {
        places.extend((0..RESERVES).map(|nth| {
            Place {
                home: Vec::new(),
                tide: (0..SERVICES.len())
                    .map(|step| index((nth + step) % SERVICES.len()))
                    .collect(),
            }
        }));
    }
    Staff {
        places,
        pace_sd: 0.1,
        lunch_min: (12 * 60, 45),
    }
}

/// Every other service: the figures that the sample is held against come from tidal windows that
/// can serve all. **Source**: QUEUEING §2.6 (three chained skills save about a fifth less).
fn others(service: usize) -> Vec<u16> {
    let all = (0..SERVICES.len()).filter(|other| *other != service);
    all.map(index).collect()
}

fn index(service: usize) -> u16 {
    u16::try_from(service).unwrap_or(u16::MAX)
}
