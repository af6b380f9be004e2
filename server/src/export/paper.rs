//! A document for paper: headings, paragraphs, tables, places to sign and seal.

use chrono::NaiveDateTime;

/// A document for A4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is, in the middle of the first page.
    pub title: String,
    /// Of which hall and which days; empty for none.
    pub subtitle: String,
    /// When it was made, in the hall's own time.
    pub made_at: NaiveDateTime,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The line under every page: versions of the definitions, hash, journal position.
    pub stamp: String,
}

impl Paper {
    /// A document without content.
    pub fn new(title: &str, subtitle: &str, made_at: NaiveDateTime, stamp: &str) -> Self {
        Self {
            title: title.to_owned(),
            subtitle: subtitle.to_owned(),
            made_at,
            blocks: Vec::new(),
            stamp: stamp.to_owned(),
        }
    }
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; it stays with what follows.
    Heading(String),
    /// Words; a line break begins a new line.
    Paragraph(String),
    /// A table.
    Table(PaperTable),
    /// Places to sign and seal, side by side, never torn apart.
    Signatures(Vec<Signature>),
}

/// To which side a column's words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Short words, like a category that spans rows.
    Centre,
    /// Numbers.
    Right,
}

/// A column on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperColumn {
    /// Its heading.
    pub title: String,
    /// How wide, in shares of the table; at least 1.
    pub share: u16,
    /// To which side its words stand.
    pub align: Align,
}

impl PaperColumn {
    /// A column of words.
    pub fn left(title: &str, share: u16) -> Self {
        Self::new(title, share, Align::Left)
    }

    /// A column of short words in the middle.
    pub fn centre(title: &str, share: u16) -> Self {
        Self::new(title, share, Align::Centre)
    }

    /// A column of numbers.
    pub fn right(title: &str, share: u16) -> Self {
        Self::new(title, share, Align::Right)
    }

    fn new(title: &str, share: u16, align: Align) -> Self {
        Self {
            title: title.to_owned(),
            share: share.max(1),
            align,
        }
    }
}

/// A cell on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperCell {
    /// Words; they wrap, and a line break begins a new line.
    Text(String),
    /// The cell above reaches down to here, as a category of the annex does. In the first row it
    /// is empty.
    Above,
}

impl PaperCell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }
}

/// A table on paper. Its header is repeated on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperTable {
    /// Its columns.
    pub columns: Vec<PaperColumn>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<PaperCell>>,
}

/// A place to sign and seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signs, like 市政务服务中心(盖章).
    pub label: String,
    /// Whether a seal needs its place. Ours: 50 mm, room for a round seal of any body of a city.
    pub seal: bool,
}
