//! CSV as spreadsheets write it: UTF-8 with or without a mark, UTF-16, or GB 18030.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{COLUMNS_MAX, ROWS_MAX, TableFault, TableRow, cell, fault, too_many_rows};

pub(super) fn read(bytes: &[u8]) -> Result<Vec<TableRow>, TableFault> {
    let text = format!("{}\n", text(bytes)?.trim_end_matches('\n'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut rows, mut inside) = (Vec::new(), 0);
    let mut record = csv::StringRecord::new();
    loop {
        let more = reader.read_record(&mut record);
        if !more.map_err(|_| fault("文件不是CSV格式", "the file is not CSV"))? {
            return Ok(rows);
        }
        // Rows as a spreadsheet counts them: empty ones too, and a cell of several lines is one.
        inside += record.iter().map(breaks).sum::<u64>();
        let line = reader.position().line() - 1;
        let number = u32::try_from(line.saturating_sub(inside)).unwrap_or(u32::MAX);
        if number > ROWS_MAX {
            return Err(too_many_rows());
        }
        let cells = record.iter().take(COLUMNS_MAX);
        let cells = cells
            .map(|text| cell(text, number))
            .collect::<Result<_, _>>()?;
        rows.push(TableRow { number, cells });
    }
}

/// Line breaks within a cell.
fn breaks(cell: &str) -> u64 {
    cell.bytes().filter(|byte| *byte == b'\n').count() as u64
}

fn text(bytes: &[u8]) -> Result<Cow<'_, str>, TableFault> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encodings = marked.map_or_else(|| vec![UTF_8, GB18030], |encoding| vec![encoding]);
    let read = encodings.into_iter().find_map(|encoding| {
        let (text, _, is_broken) = encoding.decode(bytes);
        (!is_broken).then_some(text)
    });
    let read = read.filter(|text| !text.contains('\0'));
    read.ok_or_else(|| {
        fault(
            "文件不是CSV或XLSX表格,请从表格软件另存后再上传",
            "the file is neither CSV nor XLSX",
        )
    })
}
