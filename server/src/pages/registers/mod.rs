//! 台账: the page that leads to every register, and the registers' own pages beside it.

pub(crate) mod briefings;
pub(crate) mod cases;
pub(crate) mod deductions;
pub(crate) mod follow_ups;
pub mod hand_ons;
pub(crate) mod helps;
pub(crate) mod inspections;
pub mod messages;
pub mod promises;
pub(crate) mod ratings;
pub mod slips;
pub(crate) mod upkeep;

use askama::Template;
use hall::DateTime;
use hall::view::HallName;

use super::{Viewer, moment, phrases};

/// One register, as the page of all of them shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path below the hall's own, such as `registers/slips`.
    pub path: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// What it is for, in one Chinese sentence, with the article it rests on.
    pub what: &'static str,
    /// How many things wait for somebody there; none when nothing can.
    pub due: Option<usize>,
}

/// What the page of all registers shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistersData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The registers that the viewer may open.
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "pages/registers/hub.html")]
struct Page<'a> {
    data: &'a RegistersData,
}

/// The page that leads to every register.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &RegistersData) -> Result<String, askama::Error> {
    Page { data }.render()
}
