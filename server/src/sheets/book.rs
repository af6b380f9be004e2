//! The sheet as a workbook and as CSV: typed cells, and a last table that says what they mean.

use hall::evidence::Figure;
use hall::evidence::annex::{self, Category, Office};
use hall::records::{DeductionState, SheetItem, SheetLine};

use super::Account;
use crate::export::{Book, Cell, Column, Kind, Table};

/// The sheet as a book.
pub(crate) fn book(account: &Account) -> Book {
    let sheet = &account.state.sheet;
    let mut tables = vec![
        points(account),
        deductions(account),
        requirements(account),
        patrols(account),
    ];
    if !account.state.differences.is_empty() {
        tables.push(differences(account));
    }
    if account.facts.is_some() {
        tables.push(facts(account));
    }
    Book {
        title: format!("{} {}", annex::TITLE, account.status.zh),
        subtitle: format!("{} {}", sheet.name, sheet.month),
        made_at: account.at.naive_local(),
        tables,
        definitions: definitions(account),
        stamp: stamp(account),
    }
}

/// The line under every page.
pub(super) fn stamp(account: &Account) -> String {
    let sheet = &account.state.sheet;
    match &account.sha256 {
        Some(sha256) => format!("{} 第{}版 SHA-256 {sha256}", sheet.norm, sheet.version),
        None => format!("{} 未定稿 日志第{}行", sheet.norm, account.seq),
    }
}

fn count(number: u32) -> Cell {
    Cell::Count(i64::from(number))
}

fn taken(item: &SheetItem) -> u32 {
    item.maximum - item.left
}

fn points(account: &Account) -> Table {
    let mut table = Table::new(
        "得分表",
        vec![
            Column::new("类别", Kind::Text),
            Column::new("考核内容", Kind::Text),
            Column::new("满分", Kind::Count),
            Column::new("扣分", Kind::Count),
            Column::new("得分", Kind::Count),
            Column::new("当月不得分", Kind::Text),
            Column::new("评定科室", Kind::Text),
        ],
    );
    let sheet = &account.state.sheet;
    for item in &sheet.items {
        table.rows.push(vec![
            Cell::text(&item.category),
            Cell::text(&item.name),
            count(item.maximum),
            count(taken(item)),
            count(item.left),
            Cell::text(if item.exposed { "是" } else { "" }),
            Cell::text(&item.unit),
        ]);
    }
    table.rows.push(vec![
        Cell::text("合计"),
        Cell::Empty,
        count(sheet.maximum),
        count(sheet.maximum - sheet.total),
        count(sheet.total),
        Cell::Empty,
        Cell::text(&account.status.zh),
    ]);
    table
}

fn deductions(account: &Account) -> Table {
    let mut table = Table::new(
        "扣分明细",
        vec![
            Column::new("考核内容", Kind::Text),
            Column::new("条款", Kind::Text),
            Column::new("日期", Kind::Date),
            Column::new("窗口", Kind::Text),
            Column::new("扣分", Kind::Count),
            Column::new("状态", Kind::Text),
            Column::new("曝光与依据文件", Kind::Text),
            Column::new("说明", Kind::Long),
            Column::new("证据(日志行)", Kind::Text),
            Column::new("照片", Kind::Count),
            Column::new("巡查记录", Kind::Text),
            Column::new("扣分记录", Kind::Text),
        ],
    );
    for item in &account.state.sheet.items {
        for line in &item.deductions {
            table.rows.push(deduction(item, line));
        }
    }
    table
}

fn deduction(item: &SheetItem, line: &SheetLine) -> Vec<Cell> {
    let window = line.window.as_ref();
    let inspection = line.inspection.map(|id| id.to_string());
    let photos = i64::try_from(line.photos.len()).unwrap_or(i64::MAX);
    vec![
        Cell::text(&item.name),
        Cell::text(line.article.as_str()),
        Cell::Date(line.seen),
        window.map_or(Cell::Empty, |window| Cell::text(window.as_str())),
        count(line.points),
        Cell::text(state(line.state)),
        exposure(line).map_or(Cell::Empty, Cell::Text),
        line.note.as_ref().map_or(Cell::Empty, Cell::text),
        Cell::Text(rows(&line.seqs)),
        Cell::Count(photos),
        inspection.map_or(Cell::Empty, Cell::Text),
        Cell::Text(line.deduction.to_string()),
    ]
}

/// Where a deduction stands, in Chinese.
pub(super) fn state(state: DeductionState) -> &'static str {
    state.name().0
}

/// The exposure in words.
pub(super) fn exposure(line: &SheetLine) -> Option<String> {
    let exposure = line.exposure.as_ref()?;
    Some(format!("{}:{}", exposure.level.name().0, exposure.document))
}

fn rows(seqs: &[u64]) -> String {
    let seqs: Vec<_> = seqs.iter().map(u64::to_string).collect();
    seqs.join("、")
}

/// The annex in its own words, for the hall's level.
fn requirements(account: &Account) -> Table {
    let titles = annex::HEADINGS.iter().zip([
        Kind::Text,
        Kind::Text,
        Kind::Long,
        Kind::Long,
        Kind::Long,
        Kind::Long,
    ]);
    let columns = titles
        .map(|(title, kind)| Column::new(*title, kind))
        .collect();
    let mut table = Table::new("附件原文", columns);
    for row in annex::rows(account.state.sheet.level) {
        let category = row.item.category().map_or("", Category::name);
        for line in row.lines() {
            table.rows.push(vec![
                Cell::text(category),
                Cell::Text(format!("{}({}分)", row.item.name(), row.item.maximum())),
                Cell::Text(line),
                Cell::text(row.item.method()),
                Cell::text(row.item.counting()),
                Cell::text(row.item.summing()),
            ]);
        }
    }
    table
}

fn patrols(account: &Account) -> Table {
    let mut table = Table::new(
        "巡查次数",
        vec![
            Column::new("工作日", Kind::Date),
            Column::new("已巡查(次)", Kind::Count),
            Column::new("应巡查(次)", Kind::Count),
            Column::new("情况", Kind::Text),
        ],
    );
    for day in account.patrols.days.iter().flatten() {
        table.rows.push(vec![
            Cell::Date(day.day),
            count(day.held),
            count(day.needed),
            Cell::text(if day.missed { "不足" } else { "" }),
        ]);
    }
    table
}

fn differences(account: &Account) -> Table {
    let mut table = Table::new(
        "版本差异",
        vec![
            Column::new("考核内容", Kind::Text),
            Column::new("条款", Kind::Text),
            Column::new("原扣分", Kind::Count),
            Column::new("现扣分", Kind::Count),
            Column::new("状态", Kind::Text),
            Column::new("扣分记录", Kind::Text),
        ],
    );
    for one in &account.state.differences {
        table.rows.push(vec![
            Cell::text(one.item.name()),
            Cell::text(one.article.as_str()),
            one.before.map_or(Cell::Empty, count),
            one.after.map_or(Cell::Empty, count),
            Cell::text(state(one.state)),
            Cell::Text(one.deduction.to_string()),
        ]);
    }
    table
}

fn facts(account: &Account) -> Table {
    let mut table = Table::new(
        "事实与线索(不是得分)",
        vec![
            Column::new("考核内容", Kind::Text),
            Column::new("条款", Kind::Text),
            Column::new("指标", Kind::Text),
            Column::new("数值", Kind::Decimal(1)),
            Column::new("单位", Kind::Text),
            Column::new("口径", Kind::Long),
        ],
    );
    let figures = account.facts.iter().flat_map(|facts| &facts.figures);
    table.rows.extend(figures.map(fact));
    table
}

fn fact(figure: &Figure) -> Vec<Cell> {
    vec![
        Cell::text(&figure.item_name),
        Cell::text(figure.article.as_str()),
        Cell::text(&figure.name.zh),
        figure
            .value
            .map_or(Cell::Empty, |value| Cell::Decimal(value, 1)),
        Cell::text(figure.unit.word()),
        Cell::text(&figure.definition.zh),
    ]
}

fn definitions(account: &Account) -> Table {
    let columns = vec![
        Column::new("名称", Kind::Text),
        Column::new("说明", Kind::Long),
    ];
    let mut table = Table::new("说明", columns);
    let mut say = |name: &str, words: String| {
        table.rows.push(vec![Cell::text(name), Cell::Text(words)]);
    };
    say(
        "依据",
        format!("{} 附件《{}》", account.state.sheet.norm, annex::TITLE),
    );
    say("状态", account.status.zh.clone());
    say("得分", account.note.zh.clone());
    say(
        "扣至0分为止",
        "每项最低为0分是本系统的假设,规范未作规定。".into(),
    );
    say(
        "潮汐窗口",
        "第十三条,附件未列分:只作为事实,不影响得分。".into(),
    );
    for signed in &account.state.sheet.signatures {
        say(
            "签署",
            format!("{} {} {}", signed.unit.name(), signed.by, signed.day),
        );
    }
    if let Some(sha256) = &account.sha256 {
        say(
            "定稿校验",
            format!("SHA-256 {sha256}(对得分表JSON按字段名排序、无空格)"),
        );
    }
    for note in annex::notes(account.state.sheet.level) {
        say("注", note.to_owned());
    }
    say(
        "评定科室",
        format!("{};{}", Office::Management.name(), Office::Guidance.name()),
    );
    table
}
