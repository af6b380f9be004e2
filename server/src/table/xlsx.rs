//! The first sheet of an XLSX file.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::{
    COLUMNS_MAX, ROWS_MAX, TableFault, TableRow, UNPACKED_MAX, cell, fault, too_many_rows, zip,
};

pub(super) fn read(bytes: &[u8]) -> Result<Vec<TableRow>, TableFault> {
    let unpacked = zip::unpacked(bytes).ok_or_else(broken)?;
    if unpacked > UNPACKED_MAX {
        return Err(fault(
            format!("文件解压后超过{}MB", UNPACKED_MAX / 1024 / 1024),
            format!(
                "the file unpacks to more than {} MB",
                UNPACKED_MAX / 1024 / 1024
            ),
        ));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let first = book.sheet_names().first().cloned().ok_or_else(broken)?;
    let mut reader = book.worksheet_cells_reader(&first).map_err(|_| broken())?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(found) = reader.next_cell().map_err(|_| broken())? {
        let (row, column) = found.get_position();
        let number = row.saturating_add(1);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX || matches!(found.get_value(), DataRef::Empty) {
            continue;
        }
        if number > ROWS_MAX {
            return Err(too_many_rows());
        }
        let cells = rows.entry(number).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell(&text(found.get_value()), number)?;
        }
    }
    let rows = rows.into_iter();
    Ok(rows
        .map(|(number, cells)| TableRow { number, cells })
        .collect())
}

fn broken() -> TableFault {
    fault(
        "文件不是可读的XLSX表格,请从表格软件另存后再上传",
        "the file is not a readable XLSX table",
    )
}

/// A value as its cell shows it; a moment as its day.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
