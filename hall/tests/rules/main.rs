//! The rules of a hall as scripts: tables in, what follows out. Every refusal has a row here.
#![expect(
    clippy::indexing_slicing,
    reason = "JSON fields that are not there are null"
)]

mod calendar;
mod calling;
mod cover;
mod day;
mod ending;
mod figures;
mod gaps;
mod looks;
mod moving;
mod order;
mod paper;
mod pause;
mod plan;
mod records;
mod script;
mod taking;
mod tide;
mod windows;
mod words;

/// Every script file; a file not named here has no row.
const SCRIPTS: [&str; 15] = [
    include_str!("calendar.rs"),
    include_str!("calling.rs"),
    include_str!("cover.rs"),
    include_str!("day.rs"),
    include_str!("ending.rs"),
    include_str!("figures.rs"),
    include_str!("gaps.rs"),
    include_str!("moving.rs"),
    include_str!("order.rs"),
    include_str!("paper.rs"),
    include_str!("pause.rs"),
    include_str!("plan.rs"),
    include_str!("taking.rs"),
    include_str!("tide.rs"),
    include_str!("windows.rs"),
];

/// Names in the arms `Self::Variant … => "name"` of a source file: a new variant is asked for.
fn names_in(source: &str) -> Vec<&str> {
    let arms = source
        .lines()
        .filter(|line| line.trim_start().starts_with("Self::"));
    let names = arms.filter_map(|line| line.split_once("=> \""));
    names
        .filter_map(|(_, name)| Some(name.split_once('"')?.0))
        .collect()
}

/// Where the registers are, and their scripts: facts and objections without a row are found too.
const REGISTERS: [(&[&str], &str); 6] = [
    (
        &[include_str!("../../src/records/guiding.rs")],
        include_str!("records/guiding.rs"),
    ),
    (
        &[
            include_str!("../../src/records/inspections/mod.rs"),
            include_str!("../../src/records/inspections/book.rs"),
        ],
        include_str!("records/inspections.rs"),
    ),
    (
        &[
            include_str!("../../src/records/deductions/mod.rs"),
            include_str!("../../src/records/deductions/book.rs"),
        ],
        include_str!("records/deductions.rs"),
    ),
    (
        &[
            include_str!("../../src/records/sheets/mod.rs"),
            include_str!("../../src/records/sheets/book.rs"),
        ],
        include_str!("records/sheets.rs"),
    ),
    (
        &[
            include_str!("../../src/records/upkeep/mod.rs"),
            include_str!("../../src/records/upkeep/book.rs"),
        ],
        include_str!("records/upkeep.rs"),
    ),
    (
        &[
            include_str!("../../src/records/tides/mod.rs"),
            include_str!("../../src/records/tides/answer.rs"),
        ],
        include_str!("records/tides.rs"),
    ),
];

#[test]
fn every_refusal_has_a_row() {
    let codes = names_in(include_str!("../../src/refusal.rs"));
    assert!(codes.len() > 30, "the codes are found");
    let met = |code: &&str| {
        SCRIPTS
            .iter()
            .any(|s| s.contains(&format!("-> refused {code}")))
    };
    let missing: Vec<_> = codes.into_iter().filter(|code| !met(code)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "refusals without a row");
}

#[test]
fn every_fact_has_a_row() {
    let kinds = names_in(include_str!("../../src/event.rs"));
    assert!(kinds.len() > 25, "the kinds are found");
    let met = |kind: &&str| SCRIPTS.iter().any(|script| script.contains(kind));
    // The registers' facts have rows of their own.
    let missing = kinds
        .into_iter()
        .filter(|kind| *kind != "record" && !met(kind));
    let missing: Vec<_> = missing.collect();
    assert_eq!(missing, Vec::<&str>::new(), "facts without a row");
}

#[test]
fn every_fact_and_objection_of_a_register_has_a_row() {
    for (sources, script) in REGISTERS {
        let source = sources.concat();
        let source = source.as_str();
        let names = names_in(source);
        assert!(!names.is_empty(), "a register has facts");
        let missing: Vec<_> = names
            .into_iter()
            .filter(|name| !script.contains(name))
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "facts without a row");
        let calls = source.split("objection(").skip(1);
        let codes = calls.filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next());
        let met = |code: &&str| script.contains(&format!("-> refused {code}"));
        let missing: Vec<_> = codes.filter(|code| !met(code)).collect();
        assert_eq!(missing, Vec::<&str>::new(), "objections without a row");
    }
}
