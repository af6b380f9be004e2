//! Tables with typed cells, and the book that holds them.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Block, Paper, PaperCell, PaperColumn, PaperTable};

/// What a column holds; it decides width, alignment and the format of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Long words, which wrap.
    Long,
    /// Whole numbers.
    Count,
    /// Numbers with so many digits after the point.
    Decimal(u8),
    /// Shares of one, shown as percent with one digit.
    Percent,
    /// Days.
    Date,
    /// Moments in the hall's own time.
    Moment,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column of this kind.
    pub fn new(title: impl Into<String>, kind: Kind) -> Self {
        Self {
            title: title.into(),
            kind,
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: there is no figure, which is not 0.
    Empty,
    /// Words; never a formula.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A number, shown with so many digits after the point.
    Decimal(f64, u8),
    /// A share of one.
    Percent(f64),
    /// A day.
    Date(NaiveDate),
    /// A moment in the hall's own time.
    Moment(NaiveDateTime),
}

impl Cell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// As a reader sees it, empty for nothing.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Count(count) => count.to_string(),
            Self::Decimal(value, digits) => format!("{value:.*}", usize::from(*digits)),
            Self::Percent(share) => format!("{:.1}%", share * 100.0),
            Self::Date(day) => day.format("%Y-%m-%d").to_string(),
            Self::Moment(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }
}

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: of the sheet, or the heading.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table.
    pub fn new(name: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            name: name.into(),
            columns,
            rows: Vec::new(),
        }
    }

    /// The same on paper: words to the left, numbers to the right, wide where words are long.
    pub fn on_paper(&self) -> PaperTable {
        let columns = self.columns.iter().map(|column| match column.kind {
            Kind::Text => PaperColumn::left(&column.title, 3),
            Kind::Long => PaperColumn::left(&column.title, 6),
            Kind::Date | Kind::Moment => PaperColumn::left(&column.title, 2),
            Kind::Count | Kind::Decimal(_) | Kind::Percent => PaperColumn::right(&column.title, 2),
        });
        let row = |row: &Vec<Cell>| {
            row.iter()
                .map(|cell| PaperCell::Text(cell.shown()))
                .collect()
        };
        PaperTable {
            columns: columns.collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// Several tables that belong together, with what their figures mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// What it is.
    pub title: String,
    /// Of which hall and which days.
    pub subtitle: String,
    /// When it was made, in the hall's own time.
    pub made_at: NaiveDateTime,
    /// The tables.
    pub tables: Vec<Table>,
    /// What the figures mean: the last sheet of a workbook, the last table on paper.
    pub definitions: Table,
    /// The line under every page: versions of the definitions, hash, journal position.
    pub stamp: String,
}

impl Book {
    /// The same as A4 paper, definitions last.
    pub fn on_paper(&self) -> Paper {
        let mut paper = Paper::new(&self.title, &self.subtitle, self.made_at, &self.stamp);
        for table in self.tables.iter().chain([&self.definitions]) {
            paper.blocks.push(Block::Heading(table.name.clone()));
            paper.blocks.push(Block::Table(table.on_paper()));
        }
        paper
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::export) fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    /// Two tables, every kind of cell, a text that looks like a formula.
    pub(in crate::export) fn sample() -> Book {
        let mut first = Table::new(
            "事项表",
            vec![
                Column::new("事项", Kind::Text),
                Column::new("件数", Kind::Count),
                Column::new("分钟", Kind::Decimal(1)),
                Column::new("占比", Kind::Percent),
                Column::new("日期", Kind::Date),
                Column::new("时刻", Kind::Moment),
            ],
        );
        let made_at = day().and_hms_opt(8, 30, 0).unwrap();
        let nothing = || [Cell::Empty, Cell::Empty];
        first.rows = vec![
            vec![
                Cell::text("户籍"),
                Cell::Count(12),
                Cell::Decimal(3.5, 1),
                Cell::Percent(0.854),
                Cell::Date(day()),
                Cell::Moment(made_at),
            ],
            [Cell::text("=1+1"), Cell::Count(-3)]
                .into_iter()
                .chain(nothing())
                .chain(nothing())
                .collect(),
            [
                Cell::text("一,\"二\""),
                Cell::Count(0),
                Cell::Decimal(0.0, 1),
                Cell::Percent(1.0),
            ]
            .into_iter()
            .chain(nothing())
            .collect(),
        ];
        let mut second = Table::new("窗口表", vec![Column::new("窗口", Kind::Text)]);
        second.rows = vec![vec![Cell::text("1号")]];
        let mut definitions = Table::new("口径", vec![Column::new("定义", Kind::Long)]);
        definitions.rows = vec![vec![Cell::text("发出的号数")]];
        Book {
            title: "运行报表".into(),
            subtitle: "政务大厅 2026-11-23".into(),
            made_at,
            tables: vec![first, second],
            definitions,
            stamp: "口径 v1".into(),
        }
    }

    #[test]
    fn nothing_is_not_nought() {
        assert_eq!(Cell::Empty.shown(), "");
        assert_eq!(Cell::Count(0).shown(), "0");
        assert_eq!(Cell::Decimal(2.0, 1).shown(), "2.0");
        assert_eq!(Cell::Percent(0.0).shown(), "0.0%");
    }
}
