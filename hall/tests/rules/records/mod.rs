//! Scripts of the registers. A line `write {…}` is a wish as JSON; `$1` is the id of the first record
//! asked for, `%0` of the tide's first proposal, `"ticket":"A001"` the ticket of that number
//! (`"ticket":"$1"` the first, forgotten or not). Lines end in what was written down:
//!
//! ```text
//! write {"register":"guiding","to":"online"} -> visitor_guided $1 to=online
//! ```

mod briefings;
mod cases;
mod follow_ups;
mod guiding;
mod helps;
mod ratings;
mod tides;

use hall::Command;
use hall::records::Record;
use serde_json::{Value, json};

use crate::script::{Floor, fields};

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
                    && let Some(number) = one.as_str().filter(|text| !text.starts_with('$'))
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
        "register", "fact", "id", "by", "day", "at", "because", "until",
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
