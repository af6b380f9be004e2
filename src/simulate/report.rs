//! What a rehearsal found, as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use hall::rehearsal::{Figures, Predictors, Score};
use serde::Serialize;

use super::Arguments;

/// The order of the table's rows.
const PREDICTORS: [(&str, &str); 6] = [
    ("fs", "推演并校正"),
    ("fs_raw", "推演"),
    ("det", "均值一次推演"),
    ("ql", "队长"),
    ("les", "上一位"),
    ("avg10", "近十位平均"),
];

/// A whole rehearsal.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    policies: BTreeMap<&'static str, Row>,
    predictors: BTreeMap<&'static str, Forecasts>,
    days: u32,
    seed: u64,
    load: f64,
    forecast_every: u32,
    runs: u32,
    means_off_pct: i32,
}

/// One policy.
#[derive(Debug, Serialize)]
struct Row {
    mean_min: f64,
    p50_min: f64,
    p90_min: f64,
    over20: f64,
    over30: f64,
    changes_per_window_day: f64,
    after_hours_min: f64,
    staff_h: f64,
}

/// One predictor.
#[derive(Debug, Serialize)]
struct Forecasts {
    mae_min: f64,
    p90_coverage: f64,
    tickets: u32,
}

impl Report {
    pub(super) fn new(
        arguments: &Arguments,
        policies: &[(&'static str, Figures)],
        predictors: Option<&Predictors>,
    ) -> Self {
        let scores = predictors.map(Predictors::scores).unwrap_or_default();
        Self {
            policies: policies.iter().map(|(name, f)| (*name, row(f))).collect(),
            predictors: scores
                .into_iter()
                .map(|(name, s)| (name, forecasts(&s)))
                .collect(),
            days: arguments.days,
            seed: arguments.seed,
            load: arguments.load,
            forecast_every: arguments.forecast_every,
            runs: arguments.runs,
            means_off_pct: arguments.means_off,
        }
    }

    /// The report as people read it.
    pub(super) fn table(&self) -> String {
        let mut text = format!(
            "潮汐推演 / rehearsal: hall40, {} days, seed {}, load {}\n模型不是大厅,看比例 / a model, not a hall: read the ratios\n\n",
            self.days, self.seed, self.load
        );
        self.write_policies(&mut text);
        if !self.predictors.is_empty() {
            self.write_predictors(&mut text);
        }
        text
    }

    fn write_policies(&self, text: &mut String) {
        text.push_str("policy         mean   P50    P90   >20   >30  changes  after  staff\n");
        text.push_str("方案            平均  中位   九成   >20   >30  换岗/窗  延时   工时\n");
        for name in ["fixed", "threshold", "tide", "tide_reserve", "pooled"] {
            let Some(row) = self.policies.get(name) else {
                continue;
            };
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{name:13} {:5.1} {:5.1}  {:5.1}  {:3.0}%  {:3.0}%    {:5.2}  {:5.0}  {:5.0}",
                row.mean_min,
                row.p50_min,
                row.p90_min,
                100.0 * row.over20,
                100.0 * row.over30,
                row.changes_per_window_day,
                row.after_hours_min,
                row.staff_h,
            );
        }
        text.push_str(
            "minutes; after: window minutes after the hours per day; staff: hours per day\n\n",
        );
    }

    fn write_predictors(&self, text: &mut String) {
        let _ = writeln!(
            text,
            "forecasts on the tide's days: 1 ticket in {}, {} runs, means off by {} %; those called at once are left out",
            self.forecast_every, self.runs, self.means_off_pct
        );
        text.push_str("predictor   error   P90 kept   tickets\n");
        for (name, zh) in PREDICTORS {
            if let Some(one) = self.predictors.get(name) {
                let _ = writeln!(
                    text,
                    "{name:9} {:6.2}     {:5.1}%   {:7}  {zh}",
                    one.mae_min,
                    100.0 * one.p90_coverage,
                    one.tickets,
                );
            }
        }
    }
}

fn row(figures: &Figures) -> Row {
    Row {
        mean_min: figures.mean_min,
        p50_min: figures.p50_min,
        p90_min: figures.p90_min,
        over20: figures.over20,
        over30: figures.over30,
        changes_per_window_day: figures.changes_per_window_day,
        after_hours_min: figures.after_hours_min,
        staff_h: figures.staff_h,
    }
}

const fn forecasts(score: &Score) -> Forecasts {
    Forecasts {
        mae_min: score.mae_min,
        p90_coverage: score.p90_coverage,
        tickets: score.count,
    }
}
