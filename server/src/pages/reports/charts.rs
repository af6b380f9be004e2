//! Where the parts of charts stand. Units are those of the SVG's own box; the browser lays out words.

use crate::reports::{HourCell, Report, ToldDot, TrendDay, WaitBin, book};

/// Every chart's width. Ours: readable at 390 points when the box scrolls.
pub(super) const WIDTH: f64 = 640.0;
/// Left of the axis.
const LEFT: f64 = 44.0;
/// Right of the last part.
const RIGHT: f64 = 24.0;
/// Above the highest part.
const TOP: f64 = 16.0;
/// The axis at the bottom.
const FLOOR: f64 = 216.0;
/// Labels below the axis at most. Ours.
const LABELS_MAX: usize = 8;
/// Shades of the heat map.
const SHADES: f64 = 5.0;

/// A word somewhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) words: String,
}

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// The shade, the state, or nothing.
    pub(super) class: String,
    pub(super) words: String,
}

/// Mean and P90 of waits, day by day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trend {
    pub(super) band: String,
    pub(super) line: String,
    pub(super) dots: Vec<Label>,
    pub(super) levels: Vec<Label>,
    pub(super) days: Vec<Label>,
}

/// Numbers by weekday and hour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heat {
    pub(super) cells: Vec<Block>,
    pub(super) hours: Vec<Label>,
    pub(super) weekdays: Vec<Label>,
    pub(super) height: f64,
}

/// How long people waited.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bars {
    pub(super) blocks: Vec<Block>,
    pub(super) edges: Vec<Label>,
    pub(super) levels: Vec<Label>,
    pub(super) targets: Vec<Label>,
}

/// What was told against what came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dots {
    pub(super) kept: Vec<Label>,
    pub(super) missed: Vec<Label>,
    pub(super) across: Vec<Label>,
    pub(super) levels: Vec<Label>,
    pub(super) end: (f64, f64),
}

/// Whole tenths, so that the SVG stays short.
pub(super) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// A top of the axis in four steps of 1, 2, 2.5 or 5 times a power of ten, all whole.
fn nice(most: f64) -> f64 {
    let mut step = 1.0;
    loop {
        // Quarters of ten are whole from ten on.
        let times: &[f64] = if step < 10.0 {
            &[1.0, 2.0, 5.0]
        } else {
            &[1.0, 2.0, 2.5, 5.0]
        };
        for times in times {
            let top = step * times * 4.0;
            if top >= most {
                return top;
            }
        }
        step *= 10.0;
    }
}

/// Lines across, from the axis to the top.
fn levels(top: f64) -> Vec<Label> {
    let level = |part: i32| {
        let share = f64::from(part) / 4.0;
        Label {
            x: LEFT - 6.0,
            y: tenth(height_of(share)),
            words: tenth(top * share).to_string(),
        }
    };
    (0..=4).map(level).collect()
}

fn height_of(share: f64) -> f64 {
    FLOOR - (FLOOR - TOP) * share.clamp(0.0, 1.0)
}

fn across(share: f64) -> f64 {
    LEFT + (WIDTH - LEFT - RIGHT) * share
}

fn point((x, y): (f64, f64)) -> String {
    format!("{},{}", tenth(x), tenth(y))
}

impl Trend {
    /// None with fewer than two days that had waits: a line needs two.
    pub(super) fn of(days: &[TrendDay]) -> Option<Self> {
        let known: Vec<_> = days
            .iter()
            .filter_map(|day| Some((day, day.wait_mean?, day.wait_p90?)))
            .collect();
        if known.len() < 2 {
            return None;
        }
        let top = nice(known.iter().fold(1.0, |top, (_, _, p90)| p90.max(top)));
        let x = |at: usize| across(number(at) / number(known.len() - 1));
        let of = |value: f64| height_of(value / top);
        let means: Vec<_> = (known.iter().enumerate())
            .map(|(at, (_, mean, _))| (x(at), of(*mean)))
            .collect();
        let highs = (known.iter().enumerate()).map(|(at, (_, _, p90))| (x(at), of(*p90)));
        let band = highs.chain(means.iter().rev().copied()).map(point);
        let step = known.len().div_ceil(LABELS_MAX);
        let labels = known.iter().enumerate().step_by(step);
        Some(Self {
            band: band.collect::<Vec<_>>().join(" "),
            line: means
                .iter()
                .copied()
                .map(point)
                .collect::<Vec<_>>()
                .join(" "),
            dots: (means.iter().zip(&known))
                .map(|((x, y), (day, mean, p90))| Label {
                    x: tenth(*x),
                    y: tenth(*y),
                    words: format!("{} 平均{mean}分钟,九成位{p90}分钟", day.day),
                })
                .collect(),
            levels: levels(top),
            days: labels
                .map(|(at, (day, ..))| Label {
                    x: tenth(x(at)),
                    y: FLOOR + 20.0,
                    words: day.day.format("%m-%d").to_string(),
                })
                .collect(),
        })
    }
}

impl Heat {
    pub(super) fn of(cells: &[HourCell]) -> Option<Self> {
        let first = cells.iter().map(|cell| cell.hour).min()?;
        let last = cells.iter().map(|cell| cell.hour).max()?;
        let mut weekdays: Vec<_> = cells.iter().map(|cell| cell.weekday).collect();
        weekdays.sort_unstable();
        weekdays.dedup();
        let most = cells
            .iter()
            .fold(0.1, |most: f64, cell| most.max(cell.issued_a_day));
        let wide = ((WIDTH - LEFT - RIGHT) / f64::from(last - first + 1)).min(92.0);
        let row = |weekday: u32| {
            let place = weekdays.iter().position(|one| *one == weekday);
            TOP + 12.0 + 34.0 * number(place.unwrap_or(0))
        };
        let x = |hour: u8| LEFT + wide * f64::from(hour - first);
        let block = |cell: &HourCell| Block {
            x: tenth(x(cell.hour) + 1.0),
            y: row(cell.weekday),
            width: tenth(wide - 2.0),
            height: 32.0,
            class: format!(
                "heat-{}",
                (cell.issued_a_day / most * SHADES).ceil().min(SHADES)
            ),
            words: cell.issued_a_day.to_string(),
        };
        Some(Self {
            cells: cells.iter().map(block).collect(),
            hours: (first..=last)
                .map(|hour| Label {
                    x: tenth(x(hour) + wide / 2.0),
                    y: TOP + 2.0,
                    words: format!("{hour}时"),
                })
                .collect(),
            weekdays: weekdays
                .iter()
                .map(|weekday| Label {
                    x: LEFT - 6.0,
                    y: row(*weekday) + 21.0,
                    words: book::weekday(*weekday).to_owned(),
                })
                .collect(),
            height: TOP + 16.0 + 34.0 * number(weekdays.len()),
        })
    }
}

impl Bars {
    pub(super) fn of(report: &Report) -> Option<Self> {
        let bins = &report.waits;
        let most = bins.iter().map(|bin| bin.count).max()?;
        let top = nice(number(most));
        let wide = (WIDTH - LEFT - RIGHT) / number(bins.len());
        let bar = |(at, bin): (usize, &WaitBin)| {
            let y = height_of(number(bin.count) / top);
            Block {
                x: tenth(LEFT + wide * number(at) + 1.5),
                y: tenth(y),
                width: tenth(wide - 3.0),
                height: tenth(FLOOR - y),
                class: String::new(),
                words: bin.count.to_string(),
            }
        };
        let edge = |(at, bin): (usize, &WaitBin)| Label {
            x: tenth(LEFT + wide * number(at)),
            y: FLOOR + 20.0,
            words: bin.from_min.to_string(),
        };
        let step = bins.len().div_ceil(LABELS_MAX);
        Some(Self {
            blocks: bins.iter().enumerate().map(bar).collect(),
            edges: bins.iter().enumerate().step_by(step).map(edge).collect(),
            levels: levels(top),
            targets: targets(&report.targets_min, bins, wide),
        })
    }
}

/// Marks of the lowest and the highest target, as far as they lie on the axis.
fn targets(targets: &[u32], bins: &[WaitBin], wide: f64) -> Vec<Label> {
    let Some(width) = bins.first().and_then(|bin| bin.below_min) else {
        return Vec::new();
    };
    let mut ends: Vec<_> = [targets.first(), targets.last()]
        .into_iter()
        .flatten()
        .collect();
    ends.dedup();
    let mark = |target: &&u32| Label {
        x: tenth(LEFT + wide * f64::from(**target) / f64::from(width)),
        y: TOP + 4.0,
        words: format!("目标{target}分钟"),
    };
    let marks = ends.iter().map(mark);
    marks.filter(|mark| mark.x <= WIDTH - RIGHT).collect()
}

impl Dots {
    /// None when nobody was told anything.
    pub(super) fn of(dots: &[ToldDot]) -> Option<Self> {
        let most = |most: f64, dot: &ToldDot| most.max(dot.waited_min).max(dot.p90_min.into());
        let top = nice(dots.first().map(|_| dots.iter().fold(1.0, most))?);
        let at = |dot: &ToldDot| Label {
            x: tenth(across(f64::from(dot.p50_min) / top)),
            y: tenth(height_of(dot.waited_min / top)),
            words: String::new(),
        };
        let (kept, missed): (Vec<_>, Vec<_>) = dots
            .iter()
            .partition(|dot| dot.waited_min <= f64::from(dot.p90_min));
        let mark = |part: i32| {
            let share = f64::from(part) / 4.0;
            Label {
                x: tenth(across(share)),
                y: FLOOR + 20.0,
                words: tenth(top * share).to_string(),
            }
        };
        Some(Self {
            kept: kept.into_iter().map(at).collect(),
            missed: missed.into_iter().map(at).collect(),
            across: (0..=4).map(mark).collect(),
            levels: levels(top),
            end: (across(1.0), height_of(1.0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_above_the_most() {
        for (most, top) in [
            (1.0, 4.0),
            (4.0, 4.0),
            (5.0, 8.0),
            (17.0, 20.0),
            (90.0, 100.0),
        ] {
            assert!((nice(most) - top).abs() < 0.01, "{most} {}", nice(most));
        }
    }

    #[test]
    fn a_line_needs_two_days() {
        let day = |date: &str, mean| TrendDay {
            day: date.parse().expect("a date"),
            issued: 1,
            wait_mean: mean,
            wait_p90: mean,
        };
        let one = [day("2026-11-23", Some(4.0)), day("2026-11-24", None)];
        assert_eq!(Trend::of(&one), None);
        let two = [day("2026-11-23", Some(4.0)), day("2026-11-24", Some(2.0))];
        let trend = Trend::of(&two).expect("a line");
        assert_eq!(trend.line, "44,16 616,116");
    }

    #[test]
    fn who_waited_longer_than_told_has_another_mark() {
        let dot = |waited_min| ToldDot {
            p50_min: 5,
            p90_min: 10,
            waited_min,
        };
        let dots = Dots::of(&[dot(10.0), dot(10.1)]).expect("two dots");
        assert_eq!((dots.kept.len(), dots.missed.len()), (1, 1));
        assert_eq!(Dots::of(&[]), None);
    }
}
