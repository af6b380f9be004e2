//! Sums to figures: minutes, quantiles, shares, rounding.

use alloc::string::String;
use alloc::vec::Vec;

use super::sums::{Sum, Tally};
use super::table::How;
use super::{Item, Unit};

/// Seconds of a minute.
const MINUTE: f64 = 60.0;
/// Seconds of an hour.
const HOUR: f64 = 3600.0;

pub(super) fn item_name(item: Item) -> String {
    match item {
        Item::None => item.name().into(),
        Item::T1
        | Item::T2
        | Item::T3
        | Item::P1
        | Item::P2
        | Item::P3
        | Item::F1
        | Item::F2
        | Item::F3
        | Item::F4 => format!("{}({}分)", item.name(), item.maximum()),
    }
}

/// A whole number as a figure. Sums of a hall are far below 2^53, so this is exact.
pub(super) fn figure(whole: i64) -> f64 {
    let high = i32::try_from(whole >> 31).unwrap_or(i32::MAX);
    let low = u32::try_from(whole & 0x7FFF_FFFF).unwrap_or(0);
    f64::from(high) * 2_147_483_648.0 + f64::from(low)
}

/// The figure of a tally; none when there is nothing to make it of.
pub(super) fn of(tally: &Tally, how: How) -> Option<f64> {
    match how {
        How::Sum(sum) => tally.has(sum).then(|| figure(tally.sum(sum))),
        How::Minutes(sum) => tally
            .has(sum)
            .then(|| figure(tally.sum(sum) / 1000) / MINUTE),
        How::Most(most) => tally.most(most).map(figure),
        How::Quantile(length, percent) => quantile(tally.lengths(length), percent),
        How::Mean(length) => mean(tally.lengths(length)),
        How::Share(part, whole) => {
            let (part, whole) = (total(tally, part), total(tally, whole));
            (whole > 0).then(|| figure(part.max(0)) / figure(whole))
        }
        How::PerHour(things, ms) => {
            let seconds = total(tally, ms) / 1000;
            (seconds > 0).then(|| figure(tally.sum(things)) * HOUR / figure(seconds))
        }
    }
}

fn total(tally: &Tally, sums: &[(Sum, i64)]) -> i64 {
    sums.iter().map(|(sum, sign)| sign * tally.sum(*sum)).sum()
}

fn mean(seconds: &[u32]) -> Option<f64> {
    let all: i64 = seconds.iter().map(|one| i64::from(*one)).sum();
    let count = i64::try_from(seconds.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| figure(all) / figure(count) / MINUTE)
}

/// The nearest-rank quantile in minutes; lengths come in any order.
pub(super) fn quantile(seconds: &[u32], percent: u8) -> Option<f64> {
    let mut sorted: Vec<_> = seconds.to_vec();
    let rank = (sorted.len() * usize::from(percent)).div_ceil(100).max(1) - 1;
    if rank >= sorted.len() {
        return None;
    }
    let (_, found, _) = sorted.select_nth_unstable(rank);
    Some(f64::from(*found) / MINUTE)
}

pub(super) fn rounded(value: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Minutes | Unit::PerHour => libm::round(value * 10.0) / 10.0,
        Unit::Percent => libm::round(value * 1000.0) / 10.0,
        Unit::Ratio => libm::round(value * 100.0) / 100.0,
        Unit::Count | Unit::Days => libm::round(value),
    }
}
