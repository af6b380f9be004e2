//! Facts behind the score sheet: what, where, when, who, with article and item. Never a score.

use askama::Template;
use hall::evidence::{Item, disclaimer};
use hall::text::Text;
use hall::view::HallName;
use hall::{DateTime, WindowCode};

use super::{Viewer, moment, phrases};
use crate::facts::{AROUND_MIN, Fact};

/// What the page of facts shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The month asked for, `YYYY-MM`.
    pub month: String,
    /// The item asked for, by its name in answers.
    pub item: Option<String>,
    /// The window asked for.
    pub window: Option<WindowCode>,
    /// The minute asked for, `YYYY-MM-DDTHH:MM`.
    pub around: Option<String>,
    /// Windows that can be asked for: code and name.
    pub windows: Vec<(WindowCode, String)>,
    /// The facts, oldest first.
    pub facts: Vec<Fact>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/evidence/page.html")]
struct Page<'a> {
    data: &'a EvidenceData,
    note: Text,
}

/// The page of facts.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &EvidenceData) -> Result<String, askama::Error> {
    let note = disclaimer();
    Page { data, note }.render()
}

impl EvidenceData {
    /// Items to choose: name in answers, and as the annex has it.
    fn items() -> Vec<(String, String)> {
        let listed = Item::ALL.map(|item| {
            let code = format!("{item:?}");
            let title = format!("{code} {}", item.name());
            (code, title)
        });
        let none = ("none".to_owned(), Item::None.name().to_owned());
        listed.into_iter().chain([none]).collect()
    }

    fn is_item(&self, code: &str) -> bool {
        self.item.as_deref() == Some(code)
    }

    fn is_window(&self, code: &WindowCode) -> bool {
        self.window.as_ref() == Some(code)
    }

    /// The item as its column names it.
    fn item_of(fact: &Fact) -> String {
        match (fact.item, &fact.item_name) {
            (Some(Item::None), Some(name)) => name.clone(),
            (Some(item), Some(name)) => format!("{item:?} {name}"),
            _ => "—".into(),
        }
    }

    /// The window about the minute of a fact.
    fn around_of(&self, fact: &Fact) -> Option<String> {
        let window = fact.window.as_ref()?;
        let minute = fact.at.format("%Y-%m-%dT%H:%M");
        let hall = &self.hall.code;
        Some(format!(
            "/halls/{hall}/evidence?window={window}&around={minute}"
        ))
    }

    fn day(fact: &Fact) -> String {
        fact.at.format("%m-%d").to_string()
    }

    fn rows(fact: &Fact) -> String {
        let seqs = fact.seqs.iter().map(u64::to_string);
        seqs.collect::<Vec<_>>().join("、")
    }

    /// The minute as people write it.
    fn minute(&self) -> Option<String> {
        self.around.as_ref().map(|at| at.replace('T', " "))
    }
}
