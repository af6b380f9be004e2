//! The sheet on A4, in the annex's own layout for the hall's level.

use hall::evidence::Item;
use hall::evidence::annex::{self, Category};
use hall::records::{SheetItem, SheetLine, SigningUnit};

use super::Account;
use super::book::{exposure, stamp, state};
use crate::export::{Block, Paper, PaperCell, PaperColumn, PaperTable, Signature};

/// The sheet as a document for paper.
pub(crate) fn paper(account: &Account) -> Paper {
    let sheet = &account.state.sheet;
    let subtitle = format!("{} {} {}", sheet.name, sheet.month, account.status.zh);
    let made_at = account.at.naive_local();
    let mut paper = Paper::new(annex::TITLE, &subtitle, made_at, &stamp(account));
    if !account.state.frozen {
        let draft = "未定稿:本页为草稿,尚未经两个科室签署和定稿。";
        paper
            .blocks
            .push(Block::Paragraph(format!("{draft}{}", account.note.zh)));
    }
    paper.blocks.push(Block::Table(annex_table(account)));
    let total = format!("合计得分:{}分(满分{}分)", sheet.total, sheet.maximum);
    paper.blocks.push(Block::Heading(total));
    let notes: Vec<_> = annex::notes(sheet.level).map(str::to_owned).collect();
    paper
        .blocks
        .push(Block::Paragraph(format!("注:{}", notes.join("\n"))));
    paper.blocks.push(Block::Paragraph(patrols(account)));
    differences(account, &mut paper);
    signatures(account, &mut paper);
    facts(account, &mut paper);
    paper
}

/// The annex's columns, with two more: what was taken off, and what is left.
fn annex_table(account: &Account) -> PaperTable {
    let [category, content, standard, method, counting, summing] = annex::HEADINGS;
    let columns = vec![
        PaperColumn::centre(category, 4),
        PaperColumn::centre(content, 5),
        PaperColumn::left(standard, 19),
        PaperColumn::left(method, 8),
        PaperColumn::left(counting, 8),
        PaperColumn::left(summing, 7),
        PaperColumn::left("扣分情况", 12),
        PaperColumn::right("得分", 4),
    ];
    let mut rows: Vec<Vec<PaperCell>> = Vec::new();
    let (mut last, mut last_method, mut last_summing) = (None, "", "");
    for row in annex::rows(account.state.sheet.level) {
        let item = row.item;
        let scored = account
            .state
            .sheet
            .items
            .iter()
            .find(|one| one.item == item);
        let above = |same: bool, words: String| {
            if same {
                PaperCell::Above
            } else {
                PaperCell::Text(words)
            }
        };
        let category = item.category();
        rows.push(vec![
            above(last == category && category.is_some(), titled(category)),
            PaperCell::Text(format!("{}({}分)", item.name(), item.maximum())),
            PaperCell::Text(row.lines().collect::<Vec<_>>().join("\n")),
            above(last_method == item.method(), item.method().to_owned()),
            PaperCell::text(item.counting()),
            above(last_summing == item.summing(), item.summing().to_owned()),
            PaperCell::Text(scored.map_or_else(String::new, taken)),
            PaperCell::Text(scored.map_or_else(String::new, |one| one.left.to_string())),
        ]);
        (last, last_method, last_summing) = (category, item.method(), item.summing());
    }
    PaperTable { columns, rows }
}

fn titled(category: Option<Category>) -> String {
    category.map_or_else(String::new, |one| {
        format!("{}({}分)", one.name(), one.maximum())
    })
}

fn taken(item: &SheetItem) -> String {
    let mut lines: Vec<_> = item.deductions.iter().map(line).collect();
    if item.exposed {
        lines.insert(0, "当月该项不得分".to_owned());
    }
    lines.join("\n")
}

fn line(line: &SheetLine) -> String {
    let window = line.window.as_ref();
    let place = window.map_or_else(String::new, |window| format!(" {window}号窗口"));
    let what = match exposure(line) {
        Some(exposure) => format!(" {exposure}"),
        None => format!(" 扣{}分", line.points),
    };
    let note = line
        .note
        .as_ref()
        .map_or_else(String::new, |note| format!(" {note}"));
    let day = line.seen.format("%m-%d");
    format!(
        "{day} {}{place}{what}({}){note}",
        line.article.as_str(),
        state(line.state)
    )
}

fn patrols(account: &Account) -> String {
    let patrols = &account.patrols;
    let days = match &patrols.days {
        Some(_) => format!(
            "本月巡查{}次,不足的工作日{}个",
            patrols.held, patrols.missed
        ),
        None => format!("本月巡查{}次;放假安排未录入,工作日待定", patrols.held),
    };
    let visit = match patrols.visit {
        Some(day) => format!("特邀监督员明查暗访:{day}"),
        None => "特邀监督员明查暗访:本月尚无记录".to_owned(),
    };
    format!("{days}。{visit}。每项最低为0分是本系统的假设,规范未作规定。")
}

fn differences(account: &Account, paper: &mut Paper) {
    if account.state.differences.is_empty() {
        return;
    }
    paper.blocks.push(Block::Heading("与上一版的差异".into()));
    let rows = account.state.differences.iter().map(|one| {
        let points =
            |points: Option<u32>| points.map_or("无".to_owned(), |points| points.to_string());
        vec![
            PaperCell::text(one.item.name()),
            PaperCell::text(one.article.as_str()),
            PaperCell::Text(points(one.before)),
            PaperCell::Text(points(one.after)),
            PaperCell::text(state(one.state)),
        ]
    });
    paper.blocks.push(Block::Table(PaperTable {
        columns: vec![
            PaperColumn::left("考核内容", 3),
            PaperColumn::left("条款", 3),
            PaperColumn::right("原扣分", 2),
            PaperColumn::right("现扣分", 2),
            PaperColumn::left("状态", 3),
        ],
        rows: rows.collect(),
    }));
}

/// Only what is frozen has places to seal; a draft says in words who signed.
fn signatures(account: &Account, paper: &mut Paper) {
    let signed = &account.state.sheet.signatures;
    let word = |unit: SigningUnit| {
        let found = signed.iter().find(|one| one.unit == unit);
        match found {
            Some(one) => format!("{} {} {}", unit.name(), one.by, one.day),
            None => format!("{} 尚未签署", unit.name()),
        }
    };
    if !account.state.frozen {
        let words: Vec<_> = SigningUnit::ALL.into_iter().map(word).collect();
        paper
            .blocks
            .push(Block::Paragraph(format!("签署情况:{}", words.join(";"))));
        return;
    }
    let places = SigningUnit::ALL.into_iter().map(|unit| Signature {
        label: word(unit),
        seal: true,
    });
    paper.blocks.push(Block::Signatures(places.collect()));
}

fn facts(account: &Account, paper: &mut Paper) {
    let Some(facts) = &account.facts else {
        return;
    };
    paper
        .blocks
        .push(Block::Heading("附:系统记录的事实与线索(不是得分)".into()));
    let rows = facts.figures.iter().map(|figure| {
        let value = figure.value.map_or_else(
            || "无数据".to_owned(),
            |value| format!("{value} {}", figure.unit.word()),
        );
        let item = if figure.item == Item::None {
            format!("{},附件未列分", figure.article.as_str())
        } else {
            figure.item.name().to_owned()
        };
        vec![
            PaperCell::Text(item),
            PaperCell::text(&figure.name.zh),
            PaperCell::Text(value),
            PaperCell::text(&figure.definition.zh),
        ]
    });
    paper.blocks.push(Block::Table(PaperTable {
        columns: vec![
            PaperColumn::left("考核内容", 3),
            PaperColumn::left("指标", 4),
            PaperColumn::right("数值", 2),
            PaperColumn::left("口径", 7),
        ],
        rows: rows.collect(),
    }));
}
