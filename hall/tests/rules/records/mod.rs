//! Scripts of the registers. A line `write {…}` is a wish as JSON; `$1` is the id of the first record
//! asked for, `%0` of the tide's first proposal, `"ticket":"A001"` the ticket of that number. Lines end in what was written down:
//!
//! ```text
//! write {"register":"guiding","to":"online"} -> visitor_guided $1 to=online
//! ```

mod deductions;
mod guiding;
mod inspections;
mod month;
mod sheets;
mod tides;
mod upkeep;

use hall::Command;
use hall::month::Month;
use hall::records::{PatrolMonth, Record, SheetState};
use serde_json::{Value, json};

use crate::script::{Floor, fields, plain};

/// A wish; the id is the next one unless the line names it.
pub(crate) fn wish(floor: &mut Floor, text: &str) -> Command {
    let mut wish: Value = serde_json::from_str(text).expect("a wish is JSON");
    replace(floor, &mut wish);
    if wish.get("id").is_none() {
        floor.records += 1;
        wish["id"] = json!(uuid::Uuid::from_u128(u128::from(floor.records)));
    }
    let wish = serde_json::from_value(wish).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    Command::Record(Box::new(wish))
}

/// `$1` and numbers of tickets become ids.
fn replace(floor: &Floor, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(count) = text.strip_prefix('$').and_then(|count| count.parse().ok()) {
                *text = uuid::Uuid::from_u128(count).to_string();
            }
            if let Some(count) = text.strip_prefix('%').and_then(|count| count.parse().ok()) {
                let mut proposals = floor.hall.records().tides.proposals();
                let known = proposals.nth(count);
                *text = known.expect("a proposal").proposed.id.to_string();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| replace(floor, one)),
        Value::Object(object) => {
            for (name, one) in object {
                if name == "ticket"
                    && let Some(number) = one.as_str()
                {
                    *one = json!(floor.ticket(number));
                } else {
                    replace(floor, one);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

/// What was written down: its name, its id, and its fields but for who and when.
pub(crate) fn fact(floor: &Floor, record: &Record) -> String {
    let mut payload = serde_json::to_value(record).expect("a fact");
    let object = payload.as_object_mut().expect("a fact is an object");
    for quiet in [
        "register", "fact", "id", "by", "day", "at", "seen_at", "because", "until",
    ] {
        object.remove(quiet);
    }
    if let Some(ticket) = object.get("ticket").filter(|ticket| !ticket.is_null()) {
        let shown = floor.shown(ticket);
        object.insert("ticket".into(), Value::from(shown));
    }
    let fields = fields(&payload);
    format!("{} {}{fields}", record.name(), short(&record.id().0))
}

/// `$1` for the first record, as the lines name it.
fn short(id: &uuid::Uuid) -> String {
    if id.get_version_num() == 8 {
        // Made by the hall itself: counted from 0.
        return format!("%{}", id.as_u128() & ((1 << 62) - 1));
    }
    format!("${}", id.as_u128())
}

/// What is seen of the registers: `? sheet 2026-11`, `? patrols 2026-11`.
pub(crate) fn look(floor: &Floor, words: &[&str]) -> Option<String> {
    let today = floor.now.date_in(floor.hall.zone());
    match words {
        ["sheet", month] => {
            let month = Month::parse(month).expect("a month");
            let state = floor.hall.score_sheet(month, today);
            Some(state.map_or_else(|| "none".into(), |state| sheet(&state)))
        }
        ["upkeep"] => {
            let level = floor.hall.plan()?.hall.level;
            let due = floor.hall.records().upkeep.due(level, today);
            let due = due
                .iter()
                .map(|one| format!("{} {}", plain(&json!(one.kind)), one.what.zh));
            let due: Vec<_> = due.collect();
            Some(if due.is_empty() {
                "nothing".into()
            } else {
                due.join(", ")
            })
        }
        ["patrols", month] => {
            let month = Month::parse(month).expect("a month");
            Some(patrols(&floor.hall.patrol_month(month, today)))
        }
        _ => None,
    }
}

fn sheet(state: &SheetState) -> String {
    let left = state.sheet.items.iter().map(|item| {
        let exposed = if item.exposed { "!" } else { "" };
        format!("{:?}={}{exposed}", item.item, item.left)
    });
    let left: Vec<_> = left.collect();
    let kind = if state.frozen { "frozen" } else { "draft" };
    let unsigned = plain(&json!(state.unsigned));
    format!(
        "{} {} {kind} {} appeals={} unsigned={unsigned}",
        state.sheet.total,
        left.join(" "),
        state.sheet.version,
        state.open_appeals
    )
}

fn patrols(month: &PatrolMonth) -> String {
    let days = month.days.as_ref().map(|days| {
        let days = days.iter().map(|day| {
            let missed = if day.missed { "!" } else { "" };
            format!("{}:{}{missed}", day.day.format("%m-%d"), day.held)
        });
        days.collect::<Vec<_>>().join(" ")
    });
    let visit = month.visit.map_or("none".into(), |day| day.to_string());
    let late = if month.visit_missed { " late" } else { "" };
    format!(
        "{} held={} missed={} visit={visit}{late}",
        days.unwrap_or_else(|| "unknown".into()),
        month.held,
        month.missed
    )
}
