//! Sums to figures: minutes, quantiles, rounding.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Item, Part, Unit};

/// Milliseconds of a minute.
const MINUTE: f64 = 60_000.0;

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

pub(super) fn minutes(ms: i64) -> f64 {
    // A span of a hall is far below 2^53 ms, so the conversion is exact.
    let whole = i32::try_from(ms / 1000).unwrap_or(i32::MAX);
    f64::from(whole) * 1000.0 / MINUTE
}

/// The nearest-rank quantile in minutes.
pub(super) fn quantile(waits: &mut [i64], percent: usize) -> f64 {
    waits.sort_unstable();
    let rank = (waits.len() * percent).div_ceil(100).max(1) - 1;
    minutes(waits.get(rank).copied().unwrap_or(0))
}

pub(super) fn rounded(value: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Minutes => libm::round(value * 10.0) / 10.0,
        Unit::Count | Unit::Days => libm::round(value),
    }
}

pub(super) fn parts<K: ToString>(sums: &BTreeMap<K, f64>, unit: Unit) -> Vec<Part> {
    sums.iter()
        .map(|(key, value)| Part {
            key: key.to_string(),
            value: rounded(*value, unit),
        })
        .collect()
}
