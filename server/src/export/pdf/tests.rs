//! Papers are read back by pdftotext, as a reader of the file would.

use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;

use crate::export::table::tests::sample;
use crate::export::{Block, PaperCell, PaperColumn, PaperTable, Signature};

use super::*;

const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc";

fn face() -> Typeface {
    Typeface::load(Path::new(FONT)).expect("test.sh installs fonts-wqy-zenhei")
}

/// The text of a PDF, pages divided by form feeds, laid out as it stands.
fn read(name: &str, pdf: &[u8]) -> String {
    let file = format!("tidehall-{name}-{}.pdf", std::process::id());
    let path = std::env::temp_dir().join(file);
    std::fs::write(&path, pdf).unwrap();
    let output = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(&path)
        .arg("-")
        .output()
        .expect("test.sh installs poppler-utils");
    std::fs::remove_file(&path).unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn empty() -> Paper {
    let made_at = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let made_at = made_at.and_hms_opt(8, 30, 0).unwrap();
    Paper::new(
        "月度考评表",
        "政务大厅 2026年11月",
        made_at,
        "口径 v1 · abc123",
    )
}

/// Two pages of rows, a category that reaches over them, words that wrap, and places to seal.
fn annex() -> Paper {
    let mut paper = empty();
    let long = "窗口工作人员离开岗位时应当设置暂停服务提示牌并说明返回时间".repeat(3);
    let mut rows = Vec::new();
    for row in 0..60 {
        let category = if row == 0 {
            PaperCell::text("工作人员")
        } else {
            PaperCell::Above
        };
        rows.push(vec![
            category,
            PaperCell::text(format!("第{row}行 {long} window-paused")),
            PaperCell::text("-0.5"),
        ]);
    }
    paper.blocks = vec![
        Block::Heading("一、考核内容".into()),
        Block::Paragraph("以下为系统记录的事实。".into()),
        Block::Table(PaperTable {
            columns: vec![
                PaperColumn::centre("类别", 1),
                PaperColumn::left("考核内容", 4),
                PaperColumn::right("扣分", 1),
            ],
            rows,
        }),
        Block::Signatures(vec![
            Signature {
                label: "市行政审批服务局(盖章)".into(),
                seal: true,
            },
            Signature {
                label: "市政务服务中心(盖章)".into(),
                seal: true,
            },
        ]),
    ];
    paper
}

#[test]
fn a_long_paper_reads_back_page_by_page() {
    let text = read("annex", &pdf(&annex(), &face()).unwrap());
    let pages: Vec<_> = text
        .split('\u{c}')
        .filter(|page| !page.is_empty())
        .collect();
    assert!(pages.len() >= 2, "{}", pages.len());
    let all = pages.len();
    for (place, page) in pages.iter().enumerate() {
        let count = format!("第{}/{all}页", place + 1);
        assert!(page.replace(' ', "").contains(&count), "{page}");
        assert!(page.contains("口径 v1 · abc123"), "{page}");
    }
    let with_rows = pages.iter().filter(|page| page.contains("-0.5"));
    for page in with_rows {
        assert!(page.contains("考核内容"), "the header comes again: {page}");
        assert!(page.contains("工作人员"), "so does the category: {page}");
    }
    for row in 0..60 {
        assert_eq!(text.matches(&format!("第{row}行")).count(), 1, "row {row}");
    }
    assert_eq!(
        text.matches("window-paused").count(),
        60,
        "words stay whole"
    );
    assert!(text.contains("市行政审批服务局"), "{text}");
}

#[test]
fn no_line_is_wider_than_its_cell_and_no_mark_leaves_the_page() {
    let paper = annex();
    let face = face();
    let ruler = face.ruler();
    for page in layout::pages(&paper, &face) {
        for mark in page {
            let (x, y, right) = match mark {
                Mark::Words { x, y, size, words } => (x, y, x + ruler.width(&words, size)),
                Mark::Line { from, to } => (from.0, to.1, to.0),
                Mark::Shade { at, size } => (at.0, at.1 + size.1, at.0 + size.0),
            };
            assert!(
                x >= MARGIN - 0.1 && right <= WIDTH - MARGIN + 0.1,
                "{x} {right}"
            );
            let high = MARGIN - 0.1..=HEIGHT - MARGIN + 8.0;
            assert!(high.contains(&y), "{y}");
        }
    }
}

#[test]
fn a_cell_higher_than_a_page_goes_on() {
    let mut paper = empty();
    let mut words: Vec<_> = (0..900).map(|line| format!("行{line}")).collect();
    words.push("末行".into());
    paper.blocks = vec![Block::Table(PaperTable {
        columns: vec![PaperColumn::left("说明", 1), PaperColumn::left("原因", 1)],
        rows: vec![vec![
            PaperCell::text("甲"),
            PaperCell::text(words.join("\n")),
        ]],
    })];
    let text = read("high", &pdf(&paper, &face()).unwrap());
    for word in words {
        assert!(text.contains(&word), "{word}");
    }
}

#[test]
fn a_glyph_that_the_font_lacks_is_a_mark_and_not_nothing() {
    let mut paper = empty();
    paper.blocks = vec![Block::Paragraph("姓名𠮷\u{1F600}某\u{7}".into())];
    let text = read("lack", &pdf(&paper, &face()).unwrap());
    assert!(text.contains("某"), "{text}");
    assert!(text.contains('〓'), "{text}");
}

#[test]
fn a_book_is_on_paper_with_its_definitions() {
    let text = read("book", &pdf(&sample().on_paper(), &face()).unwrap());
    for words in [
        "运行报表",
        "事项表",
        "户籍",
        "85.4%",
        "2026-11-23",
        "口径",
        "发出的号数",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_missing_font_is_named() {
    let fault = Typeface::load(Path::new("/nowhere/no.ttc")).err();
    let fault = fault.expect("there is no such file");
    assert!(fault.to_string().contains("/nowhere/no.ttc"), "{fault}");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let none = Typeface::load(&manifest).err();
    let none = none.expect("a manifest is no font");
    assert!(none.to_string().contains("not a font"), "{none}");
}
