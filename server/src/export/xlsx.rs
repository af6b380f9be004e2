//! A workbook: typed cells, frozen headers, a last sheet that says what the figures mean.

use std::collections::BTreeSet;

use chrono::Datelike;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use super::{Book, Cell, Column, ExportFault, Kind, Table};

/// Characters of a sheet's name at most. **Source**: Excel specifications and limits.
const NAME_MAX: usize = 31;
/// Characters of a cell at most. **Source**: Excel specifications and limits.
const CELL_MAX: usize = 32_767;
/// What a sheet's name may not hold. **Source**: Excel, "Rename a worksheet".
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// The shade of headers, light enough to print. Ours.
const HEADER: Color = Color::RGB(0x00E8_EDF4);

/// Writes the book as a workbook.
///
/// # Errors
///
/// [`ExportFault::Sheet`] when the writer cannot, as with more rows than a sheet has.
pub fn xlsx(book: &Book) -> Result<Vec<u8>, ExportFault> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(book)?);
    let mut names = BTreeSet::new();
    for table in book.tables.iter().chain([&book.definitions]) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name_of(&table.name, &mut names))?;
        write(sheet, table)?;
        sheet.set_footer(format!("&L{}&R&P / &N", book.stamp.replace('&', "&&")));
    }
    Ok(workbook.save_to_buffer()?)
}

/// The moment comes with the book, so that the same book is the same file.
fn properties(book: &Book) -> Result<DocProperties, ExportFault> {
    let day = book.made_at.date();
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let month = u8::try_from(day.month()).unwrap_or(1);
    let date = u8::try_from(day.day()).unwrap_or(1);
    let made_at = ExcelDateTime::from_ymd(year, month, date)?;
    Ok(DocProperties::new()
        .set_title(&book.title)
        .set_subject(&book.subtitle)
        .set_comment(&book.stamp)
        .set_creation_datetime(&made_at))
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), ExportFault> {
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(HEADER)
        .set_border_bottom(FormatBorder::Thin);
    let formats: Vec<_> = table.columns.iter().map(format_of).collect();
    for (place, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, place, &column.title, &header)?;
        sheet.set_column_width(place, width_of(table, usize::from(place), column))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    for (row, cells) in (1..).zip(&table.rows) {
        for ((place, cell), format) in (0..).zip(cells).zip(&formats) {
            write_cell(sheet, (row, place), cell, format)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), ExportFault> {
    match cell {
        Cell::Empty => sheet.write_blank(row, place, format)?,
        Cell::Text(words) => sheet.write_string_with_format(row, place, cut(words), format)?,
        Cell::Count(count) => sheet.write_with_format(row, place, *count, format)?,
        Cell::Decimal(value, _) | Cell::Percent(value) => {
            sheet.write_number_with_format(row, place, *value, format)?
        }
        Cell::Date(day) => sheet.write_datetime_with_format(row, place, day, format)?,
        Cell::Moment(moment) => sheet.write_datetime_with_format(row, place, moment, format)?,
    };
    Ok(())
}

fn format_of(column: &Column) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match column.kind {
        Kind::Text => format,
        Kind::Long => format.set_text_wrap(),
        Kind::Count => format.set_num_format("#,##0"),
        Kind::Decimal(0) => format.set_num_format("0"),
        Kind::Decimal(digits) => {
            format.set_num_format(format!("0.{}", "0".repeat(usize::from(digits))))
        }
        Kind::Percent => format.set_num_format("0.0%"),
        Kind::Date => format.set_num_format("yyyy-mm-dd"),
        Kind::Moment => format.set_num_format("yyyy-mm-dd hh:mm:ss"),
    }
}

/// Wide enough for the longest cell; a Chinese character is as wide as two Latin ones.
fn width_of(table: &Table, place: usize, column: &Column) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.get(place));
    let longest = cells.map(|cell| columns_of(&cell.shown())).max();
    let most = if column.kind == Kind::Long { 80 } else { 40 };
    let wide = longest.unwrap_or(0).max(columns_of(&column.title)) + 2;
    f64::from(wide.clamp(8, most))
}

fn columns_of(words: &str) -> u16 {
    let wide = words.chars().map(|one| if one.is_ascii() { 1 } else { 2 });
    u16::try_from(wide.sum::<usize>()).unwrap_or(u16::MAX / 2)
}

fn cut(words: &str) -> String {
    if words.chars().count() <= CELL_MAX {
        return words.to_owned();
    }
    words.chars().take(CELL_MAX - 1).chain(['…']).collect()
}

/// A name that Excel takes and no other sheet has; Excel compares without case.
fn name_of(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name
        .chars()
        .map(|one| {
            if NOT_IN_NAMES.contains(&one) {
                ' '
            } else {
                one
            }
        })
        .collect();
    let plain = plain.trim().trim_matches('\'');
    let plain = if plain.is_empty() { "Sheet" } else { plain };
    let first: String = plain.chars().take(NAME_MAX).collect();
    let numbered = (2..).map(|turn| {
        let short: String = plain.chars().take(NAME_MAX - 4).collect();
        format!("{short} {turn}")
    });
    let name = [first]
        .into_iter()
        .chain(numbered)
        .find(|name| !taken.contains(&name.to_lowercase()))
        .expect("one of endless names is free");
    taken.insert(name.to_lowercase());
    name
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

    use crate::export::table::tests::sample;

    use super::*;

    fn read(book: &Book) -> Xlsx<Cursor<Vec<u8>>> {
        open_workbook_from_rs(Cursor::new(xlsx(book).unwrap())).unwrap()
    }

    #[test]
    fn cells_come_back_with_their_types() {
        let mut workbook = read(&sample());
        assert_eq!(workbook.sheet_names(), ["事项表", "窗口表", "口径"]);
        let sheet = workbook.worksheet_range("事项表").unwrap();
        let cell = |row, column| {
            sheet
                .get_value((row, column))
                .unwrap_or(&Data::Empty)
                .clone()
        };
        assert_eq!(cell(0, 0), Data::String("事项".into()));
        assert_eq!(cell(1, 0), Data::String("户籍".into()));
        assert_eq!(cell(1, 1), Data::Float(12.0));
        assert_eq!(cell(1, 2), Data::Float(3.5));
        assert_eq!(cell(1, 3), Data::Float(0.854));
        let Data::DateTime(date) = cell(1, 4) else {
            panic!("a day is a date: {:?}", cell(1, 4));
        };
        assert_eq!(date.to_ymd_hms_milli(), (2026, 11, 23, 0, 0, 0, 0));
        let Data::DateTime(moment) = cell(1, 5) else {
            panic!("a moment is a date: {:?}", cell(1, 5));
        };
        assert_eq!(moment.to_ymd_hms_milli(), (2026, 11, 23, 8, 30, 0, 0));
        assert_eq!(cell(2, 1), Data::Float(-3.0));
        assert_eq!(cell(2, 2), Data::Empty);
    }

    #[test]
    fn a_text_like_a_formula_is_a_text() {
        let mut workbook = read(&sample());
        let sheet = workbook.worksheet_range("事项表").unwrap();
        assert_eq!(sheet.get_value((2, 0)), Some(&Data::String("=1+1".into())));
        let formulas = workbook.worksheet_formula("事项表").unwrap();
        assert_eq!(formulas.used_cells().count(), 0);
    }

    #[test]
    fn the_same_book_is_the_same_file() {
        assert_eq!(xlsx(&sample()).unwrap(), xlsx(&sample()).unwrap());
    }

    #[test]
    fn names_of_sheets_are_free_and_fit() {
        let mut taken = BTreeSet::new();
        let long = "按/窗口[和]事项".repeat(6);
        let first = name_of(&long, &mut taken);
        let second = name_of(&long, &mut taken);
        assert_ne!(first, second);
        assert!(first.chars().count() <= NAME_MAX && second.chars().count() <= NAME_MAX);
        assert!(!first.contains(NOT_IN_NAMES), "{first}");
        assert_eq!(name_of("", &mut taken), "Sheet");
        assert_eq!(name_of("sheet", &mut taken), "sheet 2");
    }

    #[test]
    fn a_cell_holds_what_excel_can_hold() {
        let mut book = sample();
        book.tables[1].rows[0][0] = Cell::Text("长".repeat(CELL_MAX + 5));
        let mut workbook = read(&book);
        let sheet = workbook.worksheet_range("窗口表").unwrap();
        let Some(Data::String(words)) = sheet.get_value((1, 0)) else {
            panic!("a text");
        };
        assert_eq!(words.chars().count(), CELL_MAX);
        assert!(words.ends_with('…'));
    }
}
