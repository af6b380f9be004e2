//! CSV for Excel, WPS and programs: UTF-8 with a BOM, RFC 4180 quoting, no formulas.

use super::{Book, Cell, ExportFault, Table};

/// So that Excel and WPS read UTF-8. **Source**: ECO, "Files".
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What makes a spreadsheet take a text for a formula. **Source**: OWASP, "CSV Injection".
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes the book: of one table header and rows, of more each under its name with a line between.
///
/// # Errors
///
/// [`ExportFault::Csv`] when the writer cannot.
pub fn csv(book: &Book) -> Result<Vec<u8>, ExportFault> {
    let builder = |out| {
        ::csv::WriterBuilder::new()
            .flexible(true)
            .terminator(::csv::Terminator::CRLF)
            .from_writer(out)
    };
    let mut out = BOM.to_vec();
    let alone = book.tables.len() == 1;
    for (place, table) in book.tables.iter().enumerate() {
        if place > 0 {
            out.extend_from_slice(b"\r\n");
        }
        let mut writer = builder(Vec::new());
        if !alone {
            writer.write_record([harmless(&table.name)])?;
        }
        write(&mut writer, table)?;
        let written = writer.into_inner().map_err(|fault| {
            let why = std::io::Error::other(fault.to_string());
            ExportFault::Csv(why.into())
        })?;
        out.extend_from_slice(&written);
    }
    Ok(out)
}

fn write(writer: &mut ::csv::Writer<Vec<u8>>, table: &Table) -> Result<(), ExportFault> {
    let titles = table.columns.iter().map(|column| harmless(&column.title));
    writer.write_record(titles)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(field))?;
    }
    Ok(())
}

/// Typed cells cannot be formulas, so a negative number stays a number.
fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => harmless(words),
        Cell::Empty
        | Cell::Count(_)
        | Cell::Decimal(..)
        | Cell::Percent(_)
        | Cell::Date(_)
        | Cell::Moment(_) => cell.shown(),
    }
}

fn harmless(words: &str) -> String {
    if words.starts_with(DANGEROUS) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::export::table::tests::sample;

    use super::*;

    fn text_of(book: &Book) -> String {
        let bytes = csv(book).unwrap();
        let body = bytes.strip_prefix(BOM).expect("a BOM for Excel");
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[test]
    fn one_table_is_a_header_and_its_rows() {
        let mut book = sample();
        book.tables.truncate(1);
        assert_eq!(
            text_of(&book),
            "事项,件数,分钟,占比,日期,时刻\r\n\
             户籍,12,3.5,85.4%,2026-11-23,2026-11-23 08:30:00\r\n\
             '=1+1,-3,,,,\r\n\
             \"一,\"\"二\"\"\",0,0.0,100.0%,,\r\n"
        );
    }

    #[test]
    fn more_tables_stand_under_their_names() {
        let text = text_of(&sample());
        assert!(text.starts_with("事项表\r\n事项,件数"), "{text}");
        assert!(text.contains("\r\n\r\n窗口表\r\n窗口\r\n1号\r\n"), "{text}");
    }

    #[test]
    fn no_text_can_be_a_formula() {
        for start in DANGEROUS {
            let words = format!("{start}cmd|' /C calc'!A0");
            let field = field(&Cell::Text(words.clone()));
            assert_eq!(field, format!("'{words}"));
        }
        assert_eq!(field(&Cell::text("A-1=2")), "A-1=2");
        assert_eq!(field(&Cell::Count(-1)), "-1");
    }
}
