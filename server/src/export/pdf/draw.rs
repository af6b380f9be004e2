//! Marks to bytes.

use chrono::{Datelike, Timelike};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::TextDirection;

use super::{HEIGHT, Mark, Typeface, WIDTH};
use crate::export::{ExportFault, Paper};

/// Words. Ours: black, for paper.
const INK: [u8; 3] = [0x1A, 0x1F, 0x2B];
/// Lines of tables.
const RULE: [u8; 3] = [0x8A, 0x93, 0xA3];
/// Behind headers.
const SHADE: [u8; 3] = [0xEE, 0xF1, 0xF6];
/// How thick a line is, in points.
const THICK: f32 = 0.6;

pub(super) fn draw(
    paper: &Paper,
    face: &Typeface,
    pages: Vec<Vec<Mark>>,
) -> Result<Vec<u8>, ExportFault> {
    let mut document = Document::new();
    document.set_metadata(metadata(paper));
    for marks in pages {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).expect("A4 has a size");
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            put(&mut surface, face, mark);
        }
        surface.finish();
        page.finish();
    }
    document
        .finish()
        .map_err(|fault| ExportFault::Pdf(format!("{fault:?}")))
}

fn metadata(paper: &Paper) -> Metadata {
    let at = paper.made_at;
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or(1900))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()));
    Metadata::new()
        .title(paper.title.clone())
        .description(format!("{} {}", paper.subtitle, paper.stamp))
        .language("zh-CN".to_owned())
        .creation_date(made)
}

fn put(surface: &mut Surface<'_>, face: &Typeface, mark: Mark) {
    match mark {
        Mark::Words { x, y, size, words } => {
            fill(surface, INK);
            let at = Point::from_xy(x, y);
            let font = face.font.clone();
            surface.draw_text(at, font, size, &words, false, TextDirection::LeftToRight);
        }
        Mark::Line { from, to } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour(RULE).into(),
                width: THICK,
                ..Stroke::default()
            }));
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Mark::Shade { at, size } => {
            fill(surface, SHADE);
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn colour([red, green, blue]: [u8; 3]) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(surface: &mut Surface<'_>, shade: [u8; 3]) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill {
        paint: colour(shade).into(),
        ..Fill::default()
    }));
}
