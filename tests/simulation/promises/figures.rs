//! Figures: a day is the same however it is come by, and agrees with its settlement.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use hall::evidence::{DayFigures, MetricsFold, Sum};
use hall::{Event, HourMinute, Timestamp};

use super::{Broken, Kept};
use crate::day::World;
use crate::journal::Row;

fn fold<'a>(
    world: &World,
    rows: impl Iterator<Item = &'a Row>,
    (from, to): (NaiveDate, NaiveDate),
) -> Vec<DayFigures> {
    let mut fold = MetricsFold::new(world.journal.settled.zone(), from, to);
    if let Some(plan) = world.journal.settled.plan() {
        fold.begin_with(plan);
    }
    for row in rows {
        fold.take(&row.event, &row.actor, row.at, row.seq);
    }
    fold.days()
}

fn midnight(world: &World, day: NaiveDate) -> Timestamp {
    let midnight = HourMinute::new(0, 0).expect("a time");
    Timestamp::of_local(day, midnight, world.journal.settled.zone())
}

/// A day folded from where the server begins to read, to where it ends, written down and read
/// again, is the day of a fold over everything.
pub(crate) fn a_day_read_alone_is_the_same_day(world: &World) -> Kept {
    let rows = &world.journal.rows;
    let days: BTreeSet<_> = rows
        .iter()
        .map(|row| row.at.date_in(world.journal.settled.zone()))
        .collect();
    let Some((first, last)) = days.first().zip(days.last()) else {
        return Ok(());
    };
    let whole = fold(world, rows.iter(), (*first, *last));
    let settled = settled(world);
    for day in whole.iter().filter(|day| settled.contains_key(&day.day)) {
        if day.day >= *last {
            continue;
        }
        let before = settled.range(..day.day).next_back();
        let begin = before.map_or(Timestamp(0), |(before, _)| midnight(world, *before));
        let end = midnight(world, day.day + Days::new(1));
        let at_end = settled.get(&day.day).map_or(0, |(seq, _)| *seq);
        let read = rows.iter().filter(|row| row.at >= begin);
        let read = read.filter(|row| row.at < end || row.seq <= at_end);
        let alone = fold(world, read, (day.day, day.day)).pop();
        let kept = serde_json::to_string(&alone).expect("a day is JSON");
        let alone: Option<DayFigures> = serde_json::from_str(&kept).expect("JSON is a day");
        if alone.as_ref() != Some(day) {
            let what = (day.day, alone, day);
            return Err(Broken::new("a_day_read_alone_is_the_same_day", what));
        }
    }
    Ok(())
}

/// The settlement and its row, by day.
fn settled(world: &World) -> BTreeMap<NaiveDate, (u64, hall::Balance)> {
    let rows = world.journal.rows.iter();
    let days = rows.filter_map(|row| match &row.event {
        Event::DaySettled { day, balance, .. } => Some((*day, (row.seq, *balance))),
        _ => None,
    });
    days.collect()
}

/// What the settlement says was issued, finished and ended otherwise is what the figures say.
pub(crate) fn figures_agree_with_the_settlement(world: &World) -> Kept {
    let settled = settled(world);
    let Some((first, last)) = settled.keys().next().zip(settled.keys().next_back()) else {
        return Ok(());
    };
    let days = fold(world, world.journal.rows.iter(), (*first, *last));
    for day in days {
        let Some((_, balance)) = settled.get(&day.day) else {
            continue;
        };
        let counted = [
            (Sum::Issued, balance.issued),
            (Sum::Finished, balance.finished),
            (Sum::NoShow, balance.no_show),
            (Sum::Cancelled, balance.cancelled),
            (Sum::CarriedOver, balance.carried_over),
        ];
        for (sum, told) in counted {
            let figure = day.sums.all.sum(sum);
            if figure != i64::from(told) {
                let what = (day.day, sum, figure, told);
                return Err(Broken::new("figures_agree_with_the_settlement", what));
            }
        }
    }
    Ok(())
}
