//! Where everything stands: a flow of lines and tables over pages.

use super::face::{Ruler, Typeface};
use super::{
    BODY, FOOTER, HEADING, HEIGHT, LEADING, MARGIN, Mark, SMALL, TINY, TITLE, WIDTH, rows,
};
use crate::export::{Block, Paper, Signature};

/// Under a heading there must be room for this much, or it goes to the next page. Ours: a header
/// and two rows.
const AFTER_HEADING: f32 = 64.0;
/// Room for a signature by hand, and for a seal: 50 mm. Ours.
const SIGN: f32 = 40.0;
const SEAL: f32 = 141.7;

/// The width between the margins.
pub(super) const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// Where the last line ends.
const BOTTOM: f32 = HEIGHT - MARGIN - FOOTER;

/// Marks as they come, page by page.
pub(super) struct Flow<'a> {
    pub(super) ruler: Ruler<'a>,
    pub(super) pages: Vec<Vec<Mark>>,
    /// Where the next thing begins.
    pub(super) y: f32,
}

/// Lays the paper out, footers included.
pub(super) fn pages(paper: &Paper, face: &Typeface) -> Vec<Vec<Mark>> {
    let mut flow = Flow {
        ruler: face.ruler(),
        pages: vec![Vec::new()],
        y: MARGIN,
    };
    flow.title(paper);
    for block in &paper.blocks {
        match block {
            Block::Heading(words) => flow.heading(words),
            Block::Paragraph(words) => flow.paragraph(words),
            Block::Table(table) => rows::lay(&mut flow, table),
            Block::Signatures(places) => flow.signatures(places),
        }
    }
    flow.footers(&paper.stamp);
    flow.pages
}

impl Flow<'_> {
    pub(super) fn mark(&mut self, mark: Mark) {
        let page = self.pages.last_mut().expect("there is a first page");
        page.push(mark);
    }

    /// What is left of this page.
    pub(super) fn left(&self) -> f32 {
        BOTTOM - self.y
    }

    /// What a whole page has.
    pub(super) const fn whole() -> f32 {
        BOTTOM - MARGIN
    }

    pub(super) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Goes to the next page when less than this is left.
    pub(super) fn need(&mut self, height: f32) {
        if self.left() < height && self.y > MARGIN {
            self.next_page();
        }
    }

    /// Writes one line and goes below it.
    fn line(&mut self, words: String, size: f32, centred: bool) {
        let height = size * LEADING;
        self.need(height);
        let x = if centred {
            MARGIN + (INNER - self.ruler.width(&words, size)) / 2.0
        } else {
            MARGIN
        };
        let y = self.y + size;
        self.mark(Mark::Words { x, y, size, words });
        self.y += height;
    }

    fn title(&mut self, paper: &Paper) {
        for words in self.ruler.lines(&paper.title, TITLE, INNER) {
            self.line(words, TITLE, true);
        }
        for words in self.ruler.lines(&paper.subtitle, HEADING, INNER) {
            self.line(words, HEADING, true);
        }
        let made = paper.made_at.format("%Y-%m-%d %H:%M");
        let made = format!("制表时间 {made}");
        let made = self.ruler.drawable(&made);
        self.line(made, SMALL, true);
        self.y += BODY;
    }

    fn heading(&mut self, words: &str) {
        self.y += BODY / 2.0;
        let lines = self.ruler.lines(words, HEADING, INNER);
        self.need(HEADING * LEADING + AFTER_HEADING);
        for words in lines {
            self.line(words, HEADING, false);
        }
        self.y += BODY / 4.0;
    }

    fn paragraph(&mut self, words: &str) {
        for words in self.ruler.lines(words, BODY, INNER) {
            self.line(words, BODY, false);
        }
        self.y += BODY / 2.0;
    }

    /// Two places stand side by side; each has its label above and a line for the date below.
    fn signatures(&mut self, places: &[Signature]) {
        self.y += BODY;
        for pair in places.chunks(2) {
            let room = if pair.iter().any(|place| place.seal) {
                SEAL
            } else {
                SIGN
            };
            let line = BODY * LEADING;
            let width = INNER / 2.0 - MARGIN / 4.0;
            let labels: Vec<_> = pair
                .iter()
                .map(|place| self.ruler.lines(&place.label, BODY, width))
                .collect();
            let deep = labels.iter().map(Vec::len).max().unwrap_or(1).min(4);
            let deep = rows::height_of(deep, line);
            self.need(deep + room + line);
            for (x, label) in [MARGIN, MARGIN + INNER / 2.0].into_iter().zip(labels) {
                let mut y = self.y + BODY;
                for words in label.into_iter().take(4) {
                    let size = BODY;
                    self.mark(Mark::Words { x, y, size, words });
                    y += line;
                }
                self.date_line(x, self.y + deep + room + BODY, width);
            }
            self.y += deep + room + 2.0 * line;
        }
    }

    fn date_line(&mut self, x: f32, y: f32, width: f32) {
        let words = self.ruler.drawable("签字            年    月    日");
        let end = self.ruler.width(&words, BODY).min(width);
        self.mark(Mark::Words {
            x,
            y,
            size: BODY,
            words,
        });
        self.mark(Mark::Line {
            from: (x, y + 4.0),
            to: (x + end, y + 4.0),
        });
    }

    fn footers(&mut self, stamp: &str) {
        let all = self.pages.len();
        let top = HEIGHT - MARGIN - FOOTER + 6.0;
        let stamp = self.ruler.lines(stamp, TINY, INNER - 80.0);
        for (place, page) in self.pages.iter_mut().enumerate() {
            page.push(Mark::Line {
                from: (MARGIN, top),
                to: (MARGIN + INNER, top),
            });
            let mut y = top + TINY * LEADING;
            for words in stamp.iter().take(3) {
                page.push(Mark::Words {
                    x: MARGIN,
                    y,
                    size: TINY,
                    words: words.clone(),
                });
                y += TINY * LEADING;
            }
            let count = self.ruler.drawable(&format!("第 {} / {all} 页", place + 1));
            page.push(Mark::Words {
                x: MARGIN + INNER - self.ruler.width(&count, TINY),
                y: top + TINY * LEADING,
                size: TINY,
                words: count,
            });
        }
    }
}
