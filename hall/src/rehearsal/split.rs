//! The best split of windows over services when nothing moves.
//!
//! Without moves the services do not touch each other, so the waiting at each count of windows is
//! played once, and single swaps only add up numbers.

use alloc::vec::Vec;

use super::crowd::Day;
use super::play::{Policy, play};
use super::sample::Scene;
use super::staff::{Place, Staff};

/// The counts of windows that no single swap betters on `days`, from `start`.
pub fn best_split(scene: &Scene, start: &[usize], days: &[Day]) -> Vec<usize> {
    let mut split = start.to_vec();
    let mut known = vec![Vec::new(); split.len()];
    loop {
        let mut best: Option<(i64, usize, usize)> = None;
        for from in 0..split.len() {
            for to in 0..split.len() {
                let (Some(&has), Some(&gets)) = (split.get(from), split.get(to)) else {
                    continue;
                };
                if from == to || has < 2 {
                    continue;
                }
                let mut waited =
                    |service, windows| waiting(&mut known, (scene, days), service, windows);
                let gain = waited(to, gets) + waited(from, has)
                    - waited(to, gets + 1)
                    - waited(from, has - 1);
                if gain > best.map_or(0, |best| best.0) {
                    best = Some((gain, from, to));
                }
            }
        }
        let Some((_, from, to)) = best else {
            return split;
        };
        if let Some(has) = split.get_mut(from) {
            *has -= 1;
        }
        if let Some(gets) = split.get_mut(to) {
            *gets += 1;
        }
    }
}

/// All waiting of one service with so many windows, over all days.
fn waiting(
    known: &mut [Vec<Option<i64>>],
    (scene, days): (&Scene, &[Day]),
    service: usize,
    windows: usize,
) -> i64 {
    let Some(known) = known.get_mut(service) else {
        return 0;
    };
    if known.len() <= windows {
        known.resize(windows + 1, None);
    }
    if let Some(Some(sum)) = known.get(windows) {
        return *sum;
    }
    let only = u16::try_from(service).unwrap_or(u16::MAX);
    let place = Place {
        home: vec![only],
        tide: Vec::new(),
    };
    let alone = Scene {
        staff: Staff {
            places: vec![place; windows],
            ..scene.staff.clone()
        },
        ..scene.clone()
    };
    let sum = days.iter().map(|day| {
        let keep = |list: &Day| {
            let kept = list.visits.iter().filter(|visit| visit.service == only);
            kept.copied().collect()
        };
        let day = Day {
            seed: day.seed,
            weekday: day.weekday,
            visits: keep(day),
            ..Day::default()
        };
        let outcome = play(&alone, &Policy::Fixed, &day, None);
        outcome.waits_ms.iter().sum::<i64>()
    });
    let sum = sum.sum();
    if let Some(known) = known.get_mut(windows) {
        *known = Some(sum);
    }
    sum
}
