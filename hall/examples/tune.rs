#![allow(warnings)]
use hall::rehearsal::*;
use hall::tide::{Rules, Threshold};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let days: u32 = a[1].parse().unwrap();
    let seed: u64 = a[2].parse().unwrap();
    let load: f64 = a[3].parse().unwrap();
    let what = a.get(4).map(String::as_str).unwrap_or("policies");
    let plain = hall40(load, Variant::Plain);
    let reserve = hall40(load, Variant::Reserve);
    if what == "split" {
        let list: Vec<Day> = (0..days).map(|d| plain.crowd.draw(seed, d)).collect();
        for (scene, n) in [(&plain, 40), (&reserve, 36)] {
            let mut start = vec![n / 10; 10];
            for i in 0..n % 10 {
                start[i] += 1;
            }
            println!("{n}: {:?}", best_split(scene, &start, &list));
        }
        return;
    }
    if what == "policies" {
        let g = |i: usize, d: f64| a.get(i).and_then(|s| s.parse().ok()).unwrap_or(d);
        let e = |n: &str, d: f64| {
            std::env::var(n)
                .ok()
                .and_then(|s| s.parse().ok())
                .unwrap_or(d)
        };
        let rules = Rules {
            gain_min: e("GAIN", 60.0),
            open_gain_min: e("OPEN", 100.0),
            guard_min: e("GUARD", 10.0),
            gate_min: e("GATE", 8.0),
            dwell_min: e("DWELL", 20.0),
            ..Rules::default()
        };
        let only = std::env::var("ONLY").unwrap_or_default();
        let mut base = 0.0;
        for (name, scene, policy) in [
            ("fixed", &plain, Policy::Fixed),
            ("threshold", &plain, Policy::Threshold(Threshold::default())),
            ("tide", &plain, Policy::Tide(rules)),
            ("tide_reserve", &reserve, Policy::Tide(rules)),
            ("pooled", &plain, Policy::Pooled),
        ] {
            if !only.is_empty() && !only.split(',').any(|o| o == name) {
                continue;
            }
            let t = std::time::Instant::now();
            let mut tally = Tally::default();
            for d in 0..days {
                let day = scene.crowd.draw(seed, d);
                tally.take(&play(scene, &policy, &day, None));
            }
            let f = tally.figures();
            if name == "fixed" {
                base = f.mean_min;
            }
            println!(
                "{name:13} mean {:5.2} ({:.2}) p50 {:5.2} p90 {:5.2} >20 {:.3} >30 {:.3} ch {:.2} OT {:.0} staff {:.1} n {:.0} act {:.1} [{:?}]",
                f.mean_min,
                f.mean_min / base,
                f.p50_min,
                f.p90_min,
                f.over20,
                f.over30,
                f.changes_per_window_day,
                f.after_hours_min,
                f.staff_h,
                f.visitors,
                f.actions,
                t.elapsed()
            );
        }
        return;
    }
    let every: usize = what.parse().unwrap();
    for means in [1.0, 0.8, 1.2] {
        let t = std::time::Instant::now();
        let mut p = Predictors::new(&plain, every, 200, means);
        for d in 0..days {
            let day = plain.crowd.draw(seed, d);
            p.next_day();
            play(&plain, &Policy::Tide(Rules::default()), &day, Some(&mut p));
        }
        println!("means x{means} [{:?}]", t.elapsed());
        for (n, s) in p.scores() {
            println!(
                "  {n:7} mae {:6.2} cov {:.3} n {} p90 {:.1}",
                s.mae_min, s.p90_coverage, s.count, s.mean_p90_min
            );
        }
    }
}
