//! A whole month of patrols, deductions, appeals and exposures; the sheet is worked out by hand.

use crate::script::check;

fn breach(who: &str, item: &str, requirement: u32) -> String {
    format!(
        r#"{who}: write {{"register":"inspections","wish":"inspect","window":"1","item":"{item}","requirement":{requirement},"outcome":"breach","source":"patrol"}}"#
    )
}

/// Points for what was seen, the `seen`th record.
fn off(who: &str, seen: u32, item: &str, article: &str, points: u32) -> String {
    format!(
        r#"{who}: write {{"register":"deductions","wish":"deduct","inspection":"${seen}","item":"{item}","article":"{article}","points":{points}}}"#
    )
}

fn exposed(item: &str, article: &str, level: &str) -> String {
    format!(
        r#"inspector: write {{"register":"deductions","wish":"deduct","item":"{item}","article":"{article}","day":"2026-11-24","exposure":{{"level":"{level}","document":"通报1号"}}}}"#
    )
}

fn appeal(id: u32) -> String {
    format!(
        r#"manager: write {{"register":"deductions","wish":"appeal","id":"${id}","text":"申诉"}}"#
    )
}

fn decided(id: u32, outcome: &str) -> String {
    format!(
        r#"inspector2: write {{"register":"deductions","wish":"decide","id":"${id}","outcome":{outcome},"reason":"复核"}}"#
    )
}

/// Starts and ends a patrol, the `id`th record.
fn patrol(id: u32, source: &str) -> String {
    format!(
        "inspector: write {{\"register\":\"inspections\",\"wish\":\"start\",\"source\":\"{source}\"}}\n\
         inspector: write {{\"register\":\"inspections\",\"wish\":\"end\",\"id\":\"${id}\",\"windows\":[\"1\",\"2\"]}}"
    )
}

/// T1: 1 + 1, the second reversed: 9. T2: 3 reduced to 1, and 2: 7. T3: 10. P1: 4 elements: 6.
/// P2: 10. P3: exposed, whatever else was taken off: 0. F1: 3 + 3 of 5, never below 0: 0. F2: 10.
/// F3: an exposure that was reversed, and 1: 4. F4: 1 by the other unit: 9. In all 65.
#[test]
fn a_month_is_what_it_is_by_hand() {
    let steps = [
        breach("inspector", "T1", 1),                  // 1
        breach("inspector", "T1", 4),                  // 2
        breach("inspector", "T2", 2),                  // 3
        breach("inspector", "T2", 8),                  // 4
        breach("inspector", "P1", 2),                  // 5
        breach("inspector", "P3", 3),                  // 6
        breach("inspector", "F1", 1),                  // 7
        breach("inspector", "F1", 2),                  // 8
        breach("inspector", "F3", 1),                  // 9
        breach("guidance", "F4", 2),                   // 10
        off("inspector", 1, "T1", "第六条(一)", 1),    // 11
        off("inspector", 2, "T1", "第六条(四)", 1),    // 12
        off("inspector", 3, "T2", "第七条(二)", 3),    // 13
        off("inspector", 4, "T2", "第七条(八)", 2),    // 14
        off("inspector", 5, "P1", "第九条", 4),        // 15
        off("inspector", 6, "P3", "第十二条(二)", 2),  // 16
        off("inspector", 7, "F1", "第十三条", 3),      // 17
        off("inspector", 8, "F1", "第十三条", 3),      // 18
        off("inspector", 9, "F3", "第十四条", 1),      // 19
        off("guidance", 10, "F4", "第十五条", 1),      // 20
        exposed("P3", "第十二条(二)", "special"),      // 21
        exposed("F3", "第十四条", "media"),            // 22
        "? sheet 2026-11 -> 58 T1=8 T2=5 T3=10 P1=6 P2=10 P3=0! F1=0 F2=10 F3=0! F4=9 draft 1 appeals=0 unsigned=management+guidance".into(),
        appeal(12),
        appeal(13),
        appeal(22),
        decided(12, "\"reversed\""),
        decided(13, "\"reduced\",\"points\":1"),
        "? sheet 2026-11 -> 61 T1=9 T2=7 T3=10 P1=6 P2=10 P3=0! F1=0 F2=10 F3=0! F4=9 draft 1 appeals=1 unsigned=management+guidance".into(),
        decided(22, "\"reversed\""),
        "? sheet 2026-11 -> 65 T1=9 T2=7 T3=10 P1=6 P2=10 P3=0! F1=0 F2=10 F3=4 F4=9 draft 1 appeals=0 unsigned=management+guidance".into(),
        "? sheet 2026-10 -> none".into(),
    ];
    check(&format!(
        "day -> day_opened day=2026-11-23\n2026-11-26 10:00 ? day\n{}",
        steps.join("\n")
    ));
}

/// Two on Monday, one on Tuesday, none on Wednesday, two on Thursday; the visit on Thursday is late.
#[test]
fn a_day_with_too_few_patrols_stays_missed() {
    check(&format!(
        "day -> day_opened day=2026-11-23
         09:00 ? patrols 2026-11 -> 11-23:0 held=0 missed=0 visit=none
         {}
         {}
         +1 09:00 ? patrols 2026-11 -> 11-23:2 11-24:0 held=2 missed=0 visit=none
         {}
         2026-11-25 09:00 ? patrols 2026-11 -> 11-23:2 11-24:1! 11-25:0 held=3 missed=1 visit=none
         2026-11-26 09:00 ? patrols 2026-11 -> 11-23:2 11-24:1! 11-25:0! 11-26:0 held=3 missed=2 visit=none late
         {}
         {}
         ? patrols 2026-11 -> 11-23:2 11-24:1! 11-25:0! 11-26:1 held=4 missed=2 visit=2026-11-26 late
         2026-11-30 09:00 ? patrols 2026-11 -> 11-23:2 11-24:1! 11-25:0! 11-26:1! 11-27:0! 11-30:0 held=4 missed=4 visit=2026-11-26 late
         2027-01-05 09:00 ? patrols 2027-01 -> unknown held=0 missed=0 visit=none",
        patrol(1, "patrol"),
        patrol(2, "patrol"),
        patrol(3, "patrol"),
        patrol(4, "patrol"),
        patrol(5, "supervisors"),
    ));
}

#[test]
fn only_the_district_centre_is_patrolled_twice_a_day() {
    check(
        r#"day /hall/level="town" -> day_opened day=2026-11-23
           +2 09:00 ? patrols 2026-11 -> 11-23:0 11-24:0 11-25:0 held=0 missed=0 visit=none"#,
    );
}
