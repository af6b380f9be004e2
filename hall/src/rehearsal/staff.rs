//! Who stands where: windows, their own services, where they may be turned, and their breaks.

use alloc::vec::Vec;

use super::crowd::{Crowd, MINUTE_MS};
use crate::lineup::{Desk, DeskState, LineUp, Off};
use crate::waits::Chance;

/// A window of the rehearsal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its own services; the first is where it begins. Empty for a reserve.
    pub home: Vec<u16>,
    /// Services it may be turned to.
    pub tide: Vec<u16>,
}

impl Place {
    /// Whether it opens only on need.
    pub const fn is_reserve(&self) -> bool {
        self.home.is_empty()
    }
}

/// The windows of a hall and their habits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Staff {
    /// The windows, in the plan's order.
    pub places: Vec<Place>,
    /// Deviation of the clerks' pace; each day puts other clerks at the windows.
    pub pace_sd: f64,
    /// Minute of the day at which the first half goes to lunch, and how long each half is away.
    pub lunch_min: (i64, i64),
}

impl Staff {
    /// The hall before the doors open: every window free, reserves closed.
    pub fn lineup(&self, crowd: &Crowd, seed: u64) -> LineUp {
        let opens = i64::try_from(crowd.opens_min).unwrap_or(0) * MINUTE_MS;
        let mut counts = vec![0_i64; crowd.wishes.len()];
        let mut chance = Chance::new(seed).part(0);
        let desks = self.places.iter().map(|place| {
            let first = place.home.first().copied();
            let nth = first.and_then(|service| counts.get_mut(usize::from(service)));
            let nth = nth.map_or(0, |count| {
                *count += 1;
                *count
            });
            Desk {
                own_ground: Vec::new(),
                lines: place.home.clone(),
                home: place.home.clone(),
                pace: chance.noise(self.pace_sd),
                last: first,
                state: DeskState::Idle { since_ms: opens },
                offs: self.lunch(place, nth % 2),
            }
        });
        LineUp {
            now_ms: opens,
            lines: crowd.wishes.len(),
            desks: desks.collect(),
            visits: Vec::new(),
            held: Vec::new(),
        }
    }

    fn lunch(&self, place: &Place, half: i64) -> Vec<Off> {
        let (from, length) = self.lunch_min;
        if length == 0 || place.is_reserve() {
            return Vec::new();
        }
        vec![Off {
            at_ms: (from + half * length) * MINUTE_MS,
            least_ms: length * MINUTE_MS,
            until_ms: 0,
        }]
    }
}
