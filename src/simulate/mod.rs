//! `tidehall simulate`: days of a hall under several policies, on the same arrivals.

mod report;

use std::io::Write;

use clap::{Args, ValueEnum};
use hall::rehearsal::{
    Figures, Policy, Predictors, Refresh, Scene, Tally, Variant, hall40, play, tuned40,
};
use hall::tide::{Rules, Threshold};
use link::clock::machine_now;

use report::Report;

/// Days of the tuning seed on which the split of windows is the best one.
const TUNING_DAYS: u32 = 200;

/// What to rehearse.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    /// Which hall: 40 windows and ten services; tide with reserve has 36 and eight reserves.
    #[arg(long, value_enum, default_value_t = Sample::Hall40)]
    sample: Sample,
    /// How many days.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=2000))]
    days: u32,
    /// What the crowds are drawn from; one seed gives one answer. 1000 is for tuning.
    #[arg(long, default_value_t = 50_000)]
    seed: u64,
    /// Work of the busiest half hour of an ordinary day over 40 windows.
    #[arg(long, default_value_t = 0.9, value_parser = load)]
    load: f64,
    /// One ticket in so many is forecast, on the tide's days; 0 forecasts none.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(0..=1000))]
    forecast_every: u32,
    /// Runs of one forecast.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(10..=2000))]
    runs: u32,
    /// Per cent by which the forecasts have the mean lengths of service wrong.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-60..=200))]
    means_off: i32,
    /// Times a refresh of all waits instead: 99 waiting, 40 windows.
    #[arg(long)]
    refresh: bool,
    /// Writes JSON.
    #[arg(long)]
    json: bool,
}

/// Halls that ship with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sample {
    /// 40 windows, ten services.
    Hall40,
}

fn load(text: &str) -> Result<f64, String> {
    let load: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.1..=1.5).contains(&load) {
        Ok(load)
    } else {
        Err("must be 0.1 to 1.5".to_owned())
    }
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if arguments.refresh {
        return refresh(&arguments);
    }
    let json = arguments.json;
    let report = tokio::task::spawn_blocking(move || rehearse(&arguments)).await?;
    let text = if json {
        serde_json::to_string_pretty(&report)? + "\n"
    } else {
        report.table()
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// What one core takes for the waits of everyone in a crowded hall.
fn refresh(arguments: &Arguments) -> anyhow::Result<()> {
    const TIMES: u64 = 50;
    let runs = usize::try_from(arguments.runs).unwrap_or(1);
    let scene = hall40(arguments.load, Variant::Plain);
    let mut hall = Refresh::new(&scene, 99, runs);
    let began = machine_now();
    for seed in 0..TIMES {
        anyhow::ensure!(hall.once(seed) == 99, "somebody was not forecast");
    }
    let took_us = machine_now().since_ms(began) * 1_000 / i64::try_from(TIMES)?;
    writeln!(
        std::io::stdout(),
        "99 waiting, 40 windows, {runs} runs: {took_us} µs a refresh, mean of {TIMES}"
    )?;
    Ok(())
}

fn rehearse(arguments: &Arguments) -> Report {
    let Sample::Hall40 = arguments.sample;
    let plain = tuned40(arguments.load, Variant::Plain, TUNING_DAYS);
    let reserve = tuned40(arguments.load, Variant::Reserve, TUNING_DAYS);
    let tide = Policy::Tide(Rules::default());
    let threshold = Policy::Threshold(Threshold::default());
    let mut predictors = predictors(arguments, &plain);
    let policies = [
        ("fixed", days(arguments, &plain, &Policy::Fixed, None)),
        ("threshold", days(arguments, &plain, &threshold, None)),
        ("tide", days(arguments, &plain, &tide, predictors.as_mut())),
        ("tide_reserve", days(arguments, &reserve, &tide, None)),
        ("pooled", days(arguments, &plain, &Policy::Pooled, None)),
    ];
    Report::new(arguments, &policies, predictors.as_ref())
}

fn predictors(arguments: &Arguments, scene: &Scene) -> Option<Predictors> {
    let every = usize::try_from(arguments.forecast_every).unwrap_or(0);
    let runs = usize::try_from(arguments.runs).unwrap_or(1);
    let means = 1.0 + f64::from(arguments.means_off) / 100.0;
    (every > 0).then(|| Predictors::new(scene, every, runs, means))
}

fn days(
    arguments: &Arguments,
    scene: &Scene,
    policy: &Policy,
    mut predictors: Option<&mut Predictors>,
) -> Figures {
    let mut tally = Tally::default();
    for day in 0..arguments.days {
        let crowd = scene.crowd.draw(arguments.seed, day);
        if let Some(predictors) = predictors.as_deref_mut() {
            predictors.next_day();
        }
        tally.take(&play(scene, policy, &crowd, predictors.as_deref_mut()));
    }
    tally.figures()
}
