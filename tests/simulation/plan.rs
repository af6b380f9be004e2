//! The plans of a simulated hall.

use hall::plan::Plan;

use crate::day::World;

/// A plan: mostly sound, sometimes with a fault, sometimes without a window that is needed.
pub(crate) fn plan(world: &mut World) -> Plan {
    let head_start = world.rng.below(31);
    let after = world.rng.below(4);
    let absent_pauses = world.rng.chance(300);
    let noon = if world.rng.chance(500) {
        "pause"
    } else {
        "serve"
    };
    let document = serde_json::json!({
        "hall": {"code":"sim","name":"模拟大厅","level":"district","zone":"Asia/Shanghai"},
        "sessions": [{"from":"09:00","to":"10:00"},{"from":"11:00","to":"12:00"}],
        "noon": noon,
        "services": [
            {"code":"A","name":"社保"}, {"code":"B","name":"医保","quota_half_day": 12},
            {"code":"C","name":"税务","letter":"A"}, {"code":"D","name":"停办"}],
        "windows": [
            {"code":"1","name":"1号","services":["A"],"tide":["C"],"a":"c1","b":["c2"]},
            {"code":"2","name":"2号","services":["A","B"],"a":"c2","b":["c3"],"kind":"elder",
             "shared_with":"3","noon_duty":true},
            {"code":"3","name":"3号","services":["B","C"],"a":"c3","b":["c4","c2"],
             "shared_with":"2"},
            {"code":"4","name":"4号","services":["C","A"],"tide":["D"],"a":"c4",
             "b":["c1","c2"]}],
        "clerks": [
            {"code":"c1","name":"甲"}, {"code":"c2","name":"乙"},
            {"code":"c3","name":"丙","skills":["B","C"]}, {"code":"c4","name":"丁"},
            {"code":"c5","name":"戊","skills":["D"]}, {"code":"c6","name":"己","head":true}],
        "rules": {"green_head_start_min": head_start, "reinstate_after": after,
                  "no_show_after_s": 20, "no_show_after_green_s": 30, "recall_cooldown_s": 5,
                  "pause_warn_min": 2, "pause_limit_min": 5, "cover_response_min": 2,
                  "absent_after_min": 1, "absent_pauses": absent_pauses}
    });
    let mut plan: Plan = serde_json::from_value(document).expect("a plan");
    match world.rng.below(8) {
        0 => plan.windows.truncate(3),
        1 => plan.rules.recall_limit = 0,
        _ => (),
    }
    plan
}
