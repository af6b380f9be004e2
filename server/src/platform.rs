//! The provincial platform's export of service guides, as rows that can be compared.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hall::plan::guide::PlatformGuide;
use hall::text::{self, Text};

use crate::http::problem::Problem;
use crate::table::{self, TableFault, TableRow};

/// Columns of the export, by their headings.
const COLUMNS: [&str; 9] = [
    "事项编码",
    "事项名称",
    "设定依据",
    "受理条件",
    "申请材料",
    "审查标准",
    "办理程序",
    "办结时限",
    "更新日期",
];
/// Faults that one answer names. Ours: a screen; the rest shows after these are put right.
const FAULTS_MAX: usize = 50;
/// Characters of a code and of a name. Ours: a national item code has 31 digits and letters.
const NAME_MAX: usize = 200;

/// What is wrong with a row.
type RowFault = (u32, Text);

/// Reads an export.
///
/// # Errors
///
/// 400 `malformed` with every fault and its row.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<PlatformGuide>, Problem> {
    let rows = table::read(bytes).map_err(|TableFault(text)| wrong(vec![(0, text)]))?;
    let Some((heading, rows)) = rows.split_first() else {
        return Err(wrong(vec![(
            0,
            Text::new("文件里没有内容", "the file has no rows"),
        )]));
    };
    let places = places(heading).map_err(wrong)?;
    let mut seen = BTreeMap::new();
    let (mut guides, mut faults) = (Vec::new(), Vec::new());
    for row in rows {
        match guide(row, &places, &mut seen) {
            Ok(guide) => guides.push(guide),
            Err(fault) => faults.push((row.number, fault)),
        }
    }
    if guides.is_empty() && faults.is_empty() {
        faults.push((
            heading.number,
            Text::new("标题行下面没有事项", "no rows under the heading"),
        ));
    }
    if faults.is_empty() {
        Ok(guides)
    } else {
        Err(wrong(faults))
    }
}

/// Where each column stands.
fn places(heading: &TableRow) -> Result<[usize; 9], Vec<RowFault>> {
    let mut faults = Vec::new();
    let found = COLUMNS.map(|name| {
        let mut cells = heading.cells.iter();
        let place = cells.position(|cell| cell.split_whitespace().collect::<String>() == name);
        place.unwrap_or_else(|| {
            let zh = format!("缺少“{name}”列");
            let en = format!("the column {name} is missing");
            faults.push((heading.number, Text::new(zh, en)));
            usize::MAX
        })
    });
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(faults)
    }
}

fn guide(
    row: &TableRow,
    places: &[usize; 9],
    seen: &mut BTreeMap<String, u32>,
) -> Result<PlatformGuide, Text> {
    let [
        code,
        name,
        basis,
        conditions,
        materials,
        criteria,
        procedure,
        limit,
        updated,
    ] = places.map(|place| row.cells.get(place).cloned().unwrap_or_default());
    for (column, value) in [("事项编码", &code), ("事项名称", &name)] {
        text::check(value, NAME_MAX).map_err(|_| {
            Text::new(
                format!("“{column}”应为1到{NAME_MAX}个字,不含控制字符"),
                format!("{column} must have 1 to {NAME_MAX} characters and no control characters"),
            )
        })?;
    }
    if let Some(first) = seen.insert(code.clone(), row.number) {
        let zh = format!("事项编码“{code}”与第{first}行重复");
        return Err(Text::new(
            zh,
            format!("the code {code} stands in row {first} already"),
        ));
    }
    Ok(PlatformGuide {
        row: row.number,
        updated: day(&updated)?,
        code,
        name,
        basis,
        conditions,
        materials,
        criteria,
        procedure,
        limit,
    })
}

/// A day as exports write it: `2026-11-23`, `2026/11/23`, `20261123`, `2026年11月23日`, each also with
/// a time of day behind it.
fn day(text: &str) -> Result<Option<NaiveDate>, Text> {
    let first = text.split([' ', 'T']).next().unwrap_or_default();
    if first.is_empty() {
        return Ok(None);
    }
    let forms = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"];
    let mut read = forms
        .iter()
        .filter_map(|form| NaiveDate::parse_from_str(first, form).ok());
    read.next().map(Some).ok_or_else(|| {
        Text::new(
            "“更新日期”应写成2026-11-23这样的日期",
            "更新日期 must be a day such as 2026-11-23",
        )
    })
}

/// The problem of a file: the first fault in its sentence, all of them with their rows.
fn wrong(mut faults: Vec<RowFault>) -> Problem {
    faults.truncate(FAULTS_MAX);
    let told = faults.iter().map(|(row, text)| {
        let (zh, en) = match row {
            0 => (text.zh.clone(), text.en.clone()),
            row => (
                format!("第{row}行:{}", text.zh),
                format!("row {row}: {}", text.en),
            ),
        };
        (*row, Text::new(zh, en))
    });
    let told: Vec<_> = told.collect();
    let first = told.first().map(|(_, text)| text.clone());
    let first = first.unwrap_or_else(|| Text::new("文件有误", "the file is wrong"));
    let rows: Vec<_> = told
        .into_iter()
        .map(|(row, text)| serde_json::json!({ "row": row, "zh": text.zh, "en": text.en }))
        .collect();
    let mut problem = Problem::malformed("file", first.en.clone()).with("rows", rows);
    problem.text = first;
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str =
        "事项编码,事项名称,设定依据,受理条件,申请材料,审查标准,办理程序,办结时限,更新日期\n";

    fn faults(rows: &str) -> Vec<String> {
        let problem = read(format!("{HEADING}{rows}").as_bytes()).expect_err("it is wrong");
        let rows = problem
            .more
            .get("rows")
            .and_then(|rows| rows.as_array().cloned());
        let rows = rows.expect("rows");
        let told = rows
            .iter()
            .filter_map(|row| row["zh"].as_str().map(str::to_owned));
        told.collect()
    }

    #[test]
    fn columns_are_found_by_their_headings_in_any_order() {
        let text = "更新日期,多余,办结时限,办理程序,审查标准,申请材料,受理条件,设定依据,事项名称,事项编码\n\
                    2026/11/1,x,即办,受理,齐全,\"1.身份证\n2.合同\",本区,社保法,社会保险,A\n";
        let guides = read(text.as_bytes()).expect("it reads");
        let [guide] = guides.as_slice() else {
            panic!("one row");
        };
        assert_eq!(
            (guide.row, guide.code.as_str(), guide.limit.as_str()),
            (2, "A", "即办")
        );
        assert_eq!(guide.materials, "1.身份证\n2.合同");
        assert_eq!(guide.updated, NaiveDate::from_ymd_opt(2026, 11, 1));
    }

    #[test]
    fn a_spreadsheet_of_windows_in_gb18030_reads_as_utf8_does() {
        let text = format!("{HEADING}A,社会保险,社保法,本区,身份证,齐全,受理,即办,2026年11月1日\n");
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        let plain = read(text.as_bytes()).expect("it reads");
        assert_eq!(read(&bytes).expect("it reads"), plain);
        let marked = format!("\u{feff}{text}");
        assert_eq!(read(marked.as_bytes()).expect("it reads"), plain);
    }

    #[test]
    fn every_fault_is_told_with_its_row() {
        let rows =
            "A,社会保险,,,,,,,\n,医保,,,,,,,\nB,,,,,,,,\nA,公积金,,,,,,,\nC,税务,,,,,,,下月\n";
        let told = [
            "第3行:“事项编码”应为1到200个字,不含控制字符",
            "第4行:“事项名称”应为1到200个字,不含控制字符",
            "第5行:事项编码“A”与第2行重复",
            "第6行:“更新日期”应写成2026-11-23这样的日期",
        ];
        assert_eq!(faults(rows), told);
        assert_eq!(faults(""), ["第1行:标题行下面没有事项"]);
    }

    #[test]
    fn missing_columns_are_all_named() {
        let problem = read("事项编码,事项名称\nA,社保\n".as_bytes()).expect_err("it is wrong");
        assert_eq!(problem.text.zh, "第1行:缺少“设定依据”列");
        let rows = problem
            .more
            .get("rows")
            .and_then(|rows| rows.as_array().map(Vec::len));
        assert_eq!(rows, Some(7));
    }

    #[test]
    fn files_that_are_no_tables_are_refused_with_what_to_do() {
        let told = |bytes: &[u8]| read(bytes).expect_err("it is wrong").text.zh;
        assert_eq!(told(b""), "文件是空的,请重新选择");
        assert_eq!(told(b"\n\n"), "文件里没有内容");
        assert!(told(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]).contains(".xls"));
        assert!(told(b"PK\x03\x04 and nothing more").contains("XLSX"));
        assert!(told(&[0xff, 0x00, 0x81, 0x7f, 0xff]).contains("CSV"));
        assert!(told(&vec![b'x'; table::FILE_MAX + 1]).contains("4MB"));
        let many = format!("{HEADING}{}", "A,b,,,,,,,\n".repeat(2001));
        assert_eq!(told(many.as_bytes()), "最多2001行(含标题行)");
        let long = format!("{HEADING}A,b,{},,,,,,\n", "x".repeat(4001));
        assert_eq!(told(long.as_bytes()), "第2行有单元格超过4000个字");
    }
}
