//! The halls that are driven.

use hall::plan::Plan;
use serde_json::json;

/// Services of a hall, by letter; no I and no O.
pub(super) const SERVICES: [&str; 12] =
    ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M"];

/// A hall of twelve services whose windows serve a third of them each.
pub(super) fn plan(code: &str, windows: usize) -> anyhow::Result<Plan> {
    let services: Vec<_> = SERVICES
        .iter()
        .enumerate()
        .map(|(i, code)| json!({ "code": code, "name": format!("第{}类事项", i + 1) }))
        .collect();
    let planned: Vec<_> = (0..windows)
        .map(|i| {
            let own: Vec<_> = SERVICES.iter().skip(i % 3).step_by(3).collect();
            json!({
                "code": window(i), "name": format!("{}号窗口", i + 1), "kind": "general",
                "services": own, "a": clerk(i), "b": [clerk((i + 1) % windows)],
            })
        })
        .collect();
    let clerks: Vec<_> = (0..windows)
        .map(|i| json!({ "code": clerk(i), "name": format!("{}号人员", i + 1), "head": i == 0 }))
        .collect();
    let plan = json!({
        "hall": { "code": code, "name": "测速大厅", "level": "district", "zone": "Asia/Shanghai" },
        "sessions": [{ "from": "08:30", "to": "17:00" }],
        "services": services, "windows": planned, "clerks": clerks,
    });
    Ok(serde_json::from_value(plan)?)
}

/// The code of window `i`.
pub(super) fn window(i: usize) -> String {
    (i + 1).to_string()
}

/// The code of the clerk who holds window `i`.
pub(super) fn clerk(i: usize) -> String {
    format!("c{:02}", i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plans_have_no_faults() {
        for windows in [3, 40] {
            assert_eq!(plan("hall001", windows).expect("a plan").faults(), []);
        }
    }
}
