//! What the pages show.

use std::borrow::Borrow;

use askama::Template;
use axum::http::{HeaderMap, header};
use base64::Engine;
use hall::text::Text;
use hall::view::{DayState, MenuService, TicketView};
use qrcode::QrCode;
use qrcode::render::svg;

use crate::desk::printing::ticket_url;
use crate::desk::{COPIES_MAX, Seen, Wish};
use crate::ledger::PrintRecord;
use crate::phrases::{self, Phrase};

/// Seconds a result stays when the slip is there. **Source**: SCREENS §1.1.
const RESULT_S: u32 = 8;
/// The same in large type. **Source**: SCREENS §1.1.
const RESULT_LARGE_S: u32 = 15;
/// The same when the slip is not there. **Source**: SCREENS §1.1.
const RESULT_UNPRINTED_S: u32 = 30;

/// Materials on the page where a number is taken; the rest is counted. Ours: so many leave room for
/// every button on a low screen.
const MATERIALS_MAX: usize = 6;

/// What surrounds every page.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) seen: Seen,
    pub(super) english: bool,
    pub(super) large: bool,
    pub(super) low: bool,
    pub(super) notice: Option<Phrase>,
}

impl Frame {
    pub(super) fn new(seen: Seen, headers: &HeaderMap, notice: Option<Phrase>) -> Self {
        let cookies = headers
            .get(header::COOKIE)
            .and_then(|cookie| cookie.to_str().ok());
        let has = |pair: &str| {
            cookies
                .unwrap_or_default()
                .split(';')
                .any(|cookie| cookie.trim() == pair)
        };
        Self {
            seen,
            english: has("language=en"),
            large: has("large=on"),
            low: has("low=on"),
            notice,
        }
    }

    /// The phrase in the visitor's language.
    fn say(&self, phrase: impl Borrow<Phrase>) -> &'static str {
        if self.english {
            phrase.borrow().en
        } else {
            phrase.borrow().zh
        }
    }

    /// The phrase in the other language, for the second line.
    fn other(&self, phrase: impl Borrow<Phrase>) -> &'static str {
        if self.english {
            phrase.borrow().zh
        } else {
            phrase.borrow().en
        }
    }

    fn text<'a>(&self, text: &'a Text) -> &'a str {
        if self.english { &text.en } else { &text.zh }
    }

    fn hall(&self) -> &str {
        self.seen
            .menu
            .as_ref()
            .map_or("潮汐大厅", |menu| menu.hall.name.as_str())
    }

    fn hall_en(&self) -> &str {
        let name = self
            .seen
            .menu
            .as_ref()
            .and_then(|menu| menu.hall.name_en.as_deref());
        name.unwrap_or("Tidehall")
    }

    fn clock(&self) -> String {
        let at = self.seen.menu.as_ref().map(|menu| menu.at);
        at.map(|at| at.format("%H:%M").to_string())
            .unwrap_or_default()
    }

    /// Whether those who have a number are still served, and no more are issued.
    fn after_hours(&self) -> bool {
        let menu = self.seen.menu.as_ref();
        menu.is_some_and(|menu| menu.day.state == DayState::Closing)
    }

    fn pretend(&self) -> bool {
        self.seen.menu.as_ref().is_some_and(|menu| menu.pretend)
    }

    fn complaint_phone(&self) -> Option<&str> {
        self.seen
            .menu
            .as_ref()
            .and_then(|menu| menu.complaint_phone.as_deref())
    }

    fn body_class(&self) -> String {
        let mut classes = Vec::new();
        if self.large {
            classes.push("large");
        }
        if self.low {
            classes.push("low");
        }
        if self.english {
            classes.push("english");
        }
        classes.join(" ")
    }
}

/// What to choose from.
#[derive(Debug, Template)]
#[template(path = "page/menu.html")]
pub(super) struct Menu {
    frame: Frame,
}

impl Menu {
    pub(super) fn new(frame: Frame) -> Self {
        Self { frame }
    }

    pub(super) fn page(&self) -> Result<String, askama::Error> {
        self.render()
    }

    fn services(&self) -> &[MenuService] {
        self.frame
            .seen
            .menu
            .as_ref()
            .map_or(&[], |menu| menu.services.as_slice())
    }

    fn name<'a>(&self, service: &'a MenuService) -> &'a str {
        let english = service.name_en.as_deref().filter(|_| self.frame.english);
        english.unwrap_or(&service.name)
    }

    fn second_name<'a>(&self, service: &'a MenuService) -> &'a str {
        let english = service.name_en.as_deref().unwrap_or_default();
        if self.frame.english {
            &service.name
        } else {
            english
        }
    }

    fn why_not<'a>(&self, service: &'a MenuService) -> &'a str {
        let why = service.why_not.as_ref();
        why.map_or("", |why| if self.frame.english { &why.en } else { &why.zh })
    }

    fn is_stale(&self) -> bool {
        !self.frame.seen.online
    }
}

/// What makes a visitor green, as the form says it.
const GROUNDS: [(&str, Phrase); 5] = [
    ("elder", phrases::ELDER),
    ("disabled", phrases::DISABLED),
    ("pregnant", phrases::PREGNANT),
    ("soldier", phrases::SOLDIER),
    ("other", phrases::OTHER),
];

/// Ordinary or green: the one decision before the number.
#[derive(Debug, Template)]
#[template(path = "page/choose.html")]
pub(super) struct Choose {
    frame: Frame,
    service: MenuService,
    intent: String,
}

impl Choose {
    /// The first materials of the guide.
    fn materials(&self) -> impl Iterator<Item = &String> {
        self.service.materials.iter().take(MATERIALS_MAX)
    }

    /// How many more there are, and where they are told.
    fn more_materials(&self) -> Option<String> {
        let more = self.service.materials.len().saturating_sub(MATERIALS_MAX);
        let phrase = self.frame.say(phrases::MORE_MATERIALS);
        (more > 0).then(|| phrase.replace('%', &more.to_string()))
    }

    /// None when there is no such service, or it gives no numbers now.
    pub(super) fn new(frame: Frame, service: &str, intent: String) -> Option<Self> {
        let services = &frame.seen.menu.as_ref()?.services;
        let service = services
            .iter()
            .find(|known| known.code.0 == service && known.open)?
            .clone();
        Some(Self {
            frame,
            service,
            intent,
        })
    }

    pub(super) fn page(&self) -> Result<String, askama::Error> {
        self.render()
    }

    fn name(&self) -> &str {
        let english = self
            .service
            .name_en
            .as_deref()
            .filter(|_| self.frame.english);
        english.unwrap_or(&self.service.name)
    }
}

/// The number, very large, and what became of the paper.
#[derive(Debug, Template)]
#[template(path = "page/result.html")]
pub(super) struct ResultView {
    frame: Frame,
    intent: String,
    ticket: TicketView,
    state: PaperState,
    copies_left: bool,
    qr: Option<String>,
}

impl ResultView {
    pub(super) fn new(
        frame: Frame,
        intent: String,
        ticket: TicketView,
        prints: &[PrintRecord],
    ) -> Self {
        let newest = prints.last();
        let outcome = newest.and_then(|print| print.outcome.as_deref());
        let menu = frame.seen.menu.as_deref();
        let url = menu.and_then(|menu| ticket_url(menu, &ticket));
        let qr = url.and_then(|url| qr(&url));
        let state = match outcome {
            None => PaperState::Printing,
            Some("printed") => PaperState::Printed,
            Some("unknown") => PaperState::Unsure,
            Some(_) => PaperState::Failed,
        };
        Self {
            state,
            copies_left: newest.is_none_or(|print| print.copy < COPIES_MAX),
            qr,
            frame,
            intent,
            ticket,
        }
    }

    pub(super) fn page(&self) -> Result<String, askama::Error> {
        self.render()
    }

    fn stays_s(&self) -> u32 {
        if self.state != PaperState::Printed {
            RESULT_UNPRINTED_S
        } else if self.frame.large {
            RESULT_LARGE_S
        } else {
            RESULT_S
        }
    }

    fn windows(&self) -> String {
        let codes: Vec<_> = self
            .ticket
            .windows
            .iter()
            .map(|window| window.0.as_str())
            .collect();
        codes.join("、")
    }

    fn print_state(&self) -> (&'static str, Phrase) {
        match self.state {
            PaperState::Printing => ("wait", phrases::PRINTING),
            PaperState::Printed => ("good", phrases::PRINTED),
            PaperState::Unsure | PaperState::Failed if !self.copies_left => {
                ("care", phrases::STAFF)
            }
            PaperState::Unsure => ("care", phrases::UNSURE),
            PaperState::Failed => ("care", phrases::NOT_PRINTED),
        }
    }

    fn is_printing(&self) -> bool {
        self.state == PaperState::Printing
    }

    /// Whether the visitor may ask for another paper.
    fn may_copy(&self) -> bool {
        let without = matches!(self.state, PaperState::Unsure | PaperState::Failed);
        without && self.copies_left
    }
}

/// What is known of the newest paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PaperState {
    Printing,
    Printed,
    Unsure,
    Failed,
}

fn qr(url: &str) -> Option<String> {
    let code = QrCode::new(url).ok()?;
    let picture = code
        .render::<svg::Color<'_>>()
        .min_dimensions(220, 220)
        .build();
    let data = base64::engine::general_purpose::STANDARD.encode(picture);
    Some(format!("data:image/svg+xml;base64,{data}"))
}

/// One calm sentence and where to go.
#[derive(Debug, Template)]
#[template(path = "page/message.html")]
pub(super) struct Message {
    frame: Frame,
    first: String,
    second: String,
    again: Option<(String, Wish)>,
}

impl Message {
    pub(super) fn new(frame: Frame, phrase: Phrase) -> Self {
        let (first, second) = (frame.say(phrase).into(), frame.other(phrase).into());
        Self {
            frame,
            first,
            second,
            again: None,
        }
    }

    pub(super) fn refused(frame: Frame, text: &Text) -> Self {
        let first = frame.text(text).to_owned();
        let second = if frame.english {
            text.zh.clone()
        } else {
            text.en.clone()
        };
        Self {
            frame,
            first,
            second,
            again: None,
        }
    }

    pub(super) fn again(frame: Frame, phrase: Phrase, intent: String, wish: Wish) -> Self {
        Self {
            again: Some((intent, wish)),
            ..Self::new(frame, phrase)
        }
    }

    pub(super) fn page(&self) -> Result<String, askama::Error> {
        self.render()
    }

    fn class(wish: &Wish) -> &'static str {
        if wish.class == hall::Class::Green {
            "green"
        } else {
            "ordinary"
        }
    }

    fn ground(wish: &Wish) -> &'static str {
        match wish.ground {
            None => "",
            Some(hall::Ground::Elder) => "elder",
            Some(hall::Ground::Disabled) => "disabled",
            Some(hall::Ground::Pregnant) => "pregnant",
            Some(hall::Ground::Soldier) => "soldier",
            Some(hall::Ground::Other) => "other",
        }
    }
}
