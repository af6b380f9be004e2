//! Tables as spreadsheets write them, and files that only pretend to be some.

use super::{TableRow, UNPACKED_MAX, read, zip};

const SHEET: &str =
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;

/// CRC-32 of IEEE 802.3, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
    let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), step);
    !bytes.iter().fold(u32::MAX, byte)
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("a small file")
}

/// A packed file of stored entries; `claim` is the size that the directory tells of each.
fn packed(entries: &[(&str, &str)], claim: Option<u32>) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let content = content.as_bytes();
        let at = length(&bytes);
        let name_length = u16::try_from(name.len()).expect("a short name");
        let sizes = [crc(content), length(content)]
            .map(u32::to_le_bytes)
            .concat();
        let real = length(content).to_le_bytes();
        let told = claim.unwrap_or(length(content)).to_le_bytes();
        let lengths = [name_length.to_le_bytes(), [0, 0]].concat();
        bytes.extend(
            [
                b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0".as_slice(),
                &sizes,
                &real,
                &lengths,
            ]
            .concat(),
        );
        bytes.extend([name.as_bytes(), content].concat());
        directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
        directory.extend(
            [
                sizes.as_slice(),
                &told,
                &lengths,
                &[0; 10],
                &at.to_le_bytes(),
            ]
            .concat(),
        );
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(entries.len())
        .expect("few entries")
        .to_le_bytes();
    let end = [
        b"PK\x05\x06\0\0\0\0".as_slice(),
        &count,
        &count,
        &length(&directory).to_le_bytes(),
        &length(&bytes).to_le_bytes(),
        &[0, 0],
    ];
    [bytes, directory, end.concat()].concat()
}

/// A book of one sheet.
fn book(rows: &str, claim: Option<u32>) -> Vec<u8> {
    let sheet = format!("{SHEET}{rows}</sheetData></worksheet>");
    let entries = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="事项" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    packed(&entries, claim)
}

fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn the_first_sheet_is_read_with_its_rows_and_gaps() {
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="3">{}<c r="B3"><v>5</v></c></row>"#,
        text("A1", "事项编码"),
        text("C1", " 事项名称 "),
        text("A3", "A")
    );
    let read = read(&book(&rows, None)).expect("it reads");
    let row = |number, cells: &[&str]| TableRow {
        number,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    assert_eq!(
        read,
        [row(1, &["事项编码", "", "事项名称"]), row(3, &["A", "5"])]
    );
}

#[test]
fn a_cell_far_away_costs_no_room() {
    let near = text("A1", "x");
    let wide = format!(r#"<row r="1">{near}{}</row>"#, text("XFD1", "far"));
    let rows = read(&book(&wide, None)).expect("it reads");
    assert!(matches!(rows.as_slice(), [row] if row.cells == ["x"]));
    let deep = format!(r#"<row r="1048576">{}</row>"#, text("A1048576", "far"));
    let fault = read(&book(&deep, None)).expect_err("too many rows");
    assert_eq!(fault.0.zh, "最多2001行(含标题行)");
}

#[test]
fn a_file_that_unpacks_to_more_than_the_limit_is_not_unpacked() {
    let rows = format!(r#"<row r="1">{}</row>"#, text("A1", "x"));
    let bomb = book(&rows, Some(40_000_000));
    assert!(zip::unpacked(&bomb).is_some_and(|size| size > UNPACKED_MAX));
    let fault = read(&bomb).expect_err("too large");
    assert_eq!(fault.0.zh, "文件解压后超过64MB");
    assert_eq!(
        zip::unpacked(&book(&rows, Some(u32::MAX))),
        None,
        "the 64-bit kind"
    );
}

#[test]
fn a_cut_or_foreign_package_is_no_table() {
    let whole = book("", None);
    for bytes in [
        whole.get(..whole.len() - 30).expect("a part"),
        b"PK\x05\x06".as_slice(),
        &packed(&[("hello.txt", "hello")], None),
    ] {
        let fault = read(bytes).expect_err("no table");
        assert!(fault.0.zh.contains("XLSX"), "{}", fault.0.zh);
    }
}

#[test]
fn rows_of_csv_are_counted_as_a_spreadsheet_counts_them() {
    let rows = read("a,b\n\n\"1\n2\",x\ny\n".as_bytes()).expect("it reads");
    let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 3, 4]);
}
