//! A table that somebody sent as CSV or XLSX: its rows as texts, within limits.
//!
//! Everything in such a file is foreign: what it says of its own size is checked before it is
//! unpacked, cells are read one by one, and nothing outside the limits is kept.

mod csv;
#[cfg(test)]
mod tests;
mod xlsx;
mod zip;

use hall::text::Text;

/// The largest file. Ours: 2,000 services with a page of text each.
pub(crate) const FILE_MAX: usize = 4 * 1024 * 1024;
/// What a packed file may unpack to. Ours: far above any sheet of [`ROWS_MAX`] rows.
const UNPACKED_MAX: u64 = 64 * 1024 * 1024;
/// Rows of one table at most, the heading included. Ours: every service of a city.
pub(crate) const ROWS_MAX: u32 = 2001;
/// Columns that are read. Ours: three times what any export has.
const COLUMNS_MAX: usize = 64;
/// Characters of one cell at most. Ours: twice what a plan takes.
const CELL_MAX: usize = 4000;

/// One row: its place in the file, 1 being the first, and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableRow {
    /// As a spreadsheet numbers it.
    pub(crate) number: u32,
    /// Its cells, trimmed.
    pub(crate) cells: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableFault(pub(crate) Text);

fn fault(zh: impl Into<String>, en: impl Into<String>) -> TableFault {
    TableFault(Text::new(zh, en))
}

/// The rows of a file that have any text, in order; XLSX by its mark, else CSV.
///
/// # Errors
///
/// The first limit that the file breaks, or what makes it unreadable.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<TableRow>, TableFault> {
    if bytes.is_empty() {
        return Err(fault("文件是空的,请重新选择", "the file is empty"));
    }
    if bytes.len() > FILE_MAX {
        return Err(fault(
            format!("文件最大{}MB", FILE_MAX / 1024 / 1024),
            format!("the file is larger than {} MB", FILE_MAX / 1024 / 1024),
        ));
    }
    let mut rows = if bytes.starts_with(b"PK") {
        xlsx::read(bytes)?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(fault(
            "这是旧版.xls文件,请另存为.xlsx或.csv再上传",
            "this is an old .xls file, please save it as .xlsx or .csv",
        ));
    } else {
        csv::read(bytes)?
    };
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    Ok(rows)
}

fn too_many_rows() -> TableFault {
    fault(
        format!("最多{ROWS_MAX}行(含标题行)"),
        format!("at most {ROWS_MAX} rows, the heading included"),
    )
}

/// A cell as people see it, within the limit.
fn cell(text: &str, row: u32) -> Result<String, TableFault> {
    let text = text.trim();
    if text.chars().count() > CELL_MAX {
        return Err(fault(
            format!("第{row}行有单元格超过{CELL_MAX}个字"),
            format!("row {row} has a cell of more than {CELL_MAX} characters"),
        ));
    }
    Ok(text.to_owned())
}
