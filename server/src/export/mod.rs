//! What leaves the house as a file: one neutral document, three writers.
//!
//! ```text
//! figures ─► Book  ─► xlsx (typed cells) · csv (UTF-8 with BOM) · Paper
//! findings ─► Paper ─► PDF, A4, a font from a path
//! ```
//!
//! A page, its JSON and its file are made from the same figures; nothing is computed in here. No
//! cell is ever a formula: a sheet that people open must not run what a visitor or a clerk typed.

mod csv;
mod files;
mod paper;
mod pdf;
mod table;
mod xlsx;

use serde::Deserialize;

pub use csv::csv;
pub use files::{download, printed, written};
pub use paper::{Align, Block, Paper, PaperCell, PaperColumn, PaperTable, Signature};
pub use pdf::{FontFault, Typeface, pdf};
pub use table::{Book, Cell, Column, Kind, Table};
pub use xlsx::xlsx;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The font is missing or is none.
    #[error("the font cannot be used")]
    Font(#[from] FontFault),
    /// The writer of sheets said no.
    #[error("the sheet cannot be written")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// The writer of PDF said no.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
    /// The writer of CSV said no.
    #[error("the CSV cannot be written")]
    Csv(#[from] ::csv::Error),
}

/// A kind of file that a document can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The figures as JSON.
    #[default]
    Json,
    /// A workbook.
    Xlsx,
    /// One text file, UTF-8 with a BOM.
    Csv,
    /// A4 paper.
    Pdf,
}

impl Format {
    /// Its media type. **Source**: IANA, the registry of media types.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }

    /// How its files' names end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Pdf => "pdf",
        }
    }
}
