//! A report as a book: the same numbers, typed.

use chrono::NaiveDateTime;
use hall::evidence::Unit;

use super::report::{Report, ReportColumn};
use super::shape::{HourCell, TrendDay};
use crate::export::{Book, Cell, Column, Kind, Table};

/// Names of weekdays, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// The book of a report; `made_at` is in the hall's own time.
pub(crate) fn book(report: &Report, made_at: NaiveDateTime) -> Book {
    Book {
        title: "服务运行报表".into(),
        subtitle: format!("{} {} 至 {}", report.hall_name, report.from, report.to),
        made_at,
        tables: vec![
            rows(report),
            trend(&report.trend),
            hours(&report.hours),
            waits(report),
            told(report),
        ],
        definitions: definitions(report),
        stamp: report.stamp(),
    }
}

/// Only the rows: a text file is one table.
pub(crate) fn sheet(report: &Report, made_at: NaiveDateTime) -> Book {
    let mut book = book(report, made_at);
    book.tables.truncate(1);
    book
}

/// On paper the rows stand upright, figure by figure: twenty columns are too many for A4.
pub(crate) fn paper(report: &Report, made_at: NaiveDateTime) -> Book {
    let mut book = book(report, made_at);
    let mut upright = Vec::new();
    for (part, rows) in (1..).zip(report.rows.chunks(ROWS_ACROSS)) {
        let name = format!("{} ({part})", report.by.heading());
        let mut columns = vec![Column::new("指标", Kind::Text)];
        columns.extend(
            rows.iter()
                .map(|row| Column::new(&row.name, Kind::Decimal(1))),
        );
        columns.push(Column::new("合计", Kind::Decimal(1)));
        let mut table = Table::new(name, columns);
        for (place, column) in report.columns.iter().enumerate() {
            let mut cells = vec![Cell::text(format!(
                "{}({})",
                column.name.zh,
                column.unit.word()
            ))];
            let values = rows
                .iter()
                .map(|row| row.values.get(place).copied().flatten());
            cells.extend(values.map(|value| cell(value, column.unit)));
            cells.push(cell(
                report.total.get(place).copied().flatten(),
                column.unit,
            ));
            table.rows.push(cells);
        }
        upright.push(table);
    }
    book.tables.splice(0..1, upright);
    book
}

/// Rows side by side on a sheet of paper. Ours.
const ROWS_ACROSS: usize = 6;

fn rows(report: &Report) -> Table {
    let mut columns = vec![
        Column::new("代码", Kind::Text),
        Column::new(report.by.heading(), Kind::Text),
    ];
    let of = |column: &ReportColumn| {
        let title = format!("{}({})", column.name.zh, column.unit.word());
        Column::new(title, kind(column.unit))
    };
    columns.extend(report.columns.iter().map(of));
    let mut table = Table::new(report.by.heading(), columns);
    let total = (String::new(), "合计".to_owned(), &report.total);
    let rows = report.rows.iter();
    let rows = rows.map(|row| (row.key.clone(), row.name.clone(), &row.values));
    for (key, name, values) in rows.chain([total]) {
        let mut cells = vec![Cell::Text(key), Cell::Text(name)];
        let units = report.columns.iter().map(|column| column.unit);
        cells.extend(
            values
                .iter()
                .zip(units)
                .map(|(value, unit)| cell(*value, unit)),
        );
        table.rows.push(cells);
    }
    table
}

fn trend(days: &[TrendDay]) -> Table {
    let mut table = Table::new(
        "逐日走势",
        vec![
            Column::new("日期", Kind::Date),
            Column::new("取号(次)", Kind::Count),
            Column::new("平均等候(分钟)", Kind::Decimal(1)),
            Column::new("等候九成位(分钟)", Kind::Decimal(1)),
        ],
    );
    table.rows = days
        .iter()
        .map(|day| {
            vec![
                Cell::Date(day.day),
                Cell::Count(day.issued),
                cell(day.wait_mean, Unit::Minutes),
                cell(day.wait_p90, Unit::Minutes),
            ]
        })
        .collect();
    table
}

fn hours(cells: &[HourCell]) -> Table {
    let mut table = Table::new(
        "星期与时段",
        vec![
            Column::new("星期", Kind::Text),
            Column::new("时段", Kind::Text),
            Column::new("开放日(天)", Kind::Count),
            Column::new("取号(次)", Kind::Count),
            Column::new("日均取号(次)", Kind::Decimal(1)),
            Column::new("等候九成位(分钟)", Kind::Decimal(1)),
        ],
    );
    table.rows = cells
        .iter()
        .map(|one| {
            vec![
                Cell::text(weekday(one.weekday)),
                Cell::Text(format!("{:02}时", one.hour)),
                Cell::Count(one.days),
                Cell::Count(one.issued),
                Cell::Decimal(one.issued_a_day, 1),
                cell(one.wait_p90, Unit::Minutes),
            ]
        })
        .collect();
    table
}

fn waits(report: &Report) -> Table {
    let columns = vec![
        Column::new("等候", Kind::Text),
        Column::new("人次", Kind::Count),
    ];
    let mut table = Table::new("等候分布", columns);
    table.rows = report
        .waits
        .iter()
        .map(|bin| {
            let words = match bin.below_min {
                Some(below) => format!("{}至{below}分钟", bin.from_min),
                None => format!("{}分钟以上", bin.from_min),
            };
            vec![Cell::Text(words), count(bin.count)]
        })
        .collect();
    table
}

fn told(report: &Report) -> Table {
    let columns = vec![
        Column::new("预计等候", Kind::Text),
        Column::new("结果", Kind::Decimal(1)),
    ];
    let mut table = Table::new("预计与实际", columns);
    let told = &report.told;
    table.rows = vec![
        vec![Cell::text("告知过等候的号"), count(told.count)],
        vec![
            Cell::text("不超过所告上限(目标90%)"),
            cell(told.kept, Unit::Percent),
        ],
        vec![
            Cell::text("不超过所告中位数(目标50%)"),
            cell(told.kept_median, Unit::Percent),
        ],
    ];
    table
}

fn definitions(report: &Report) -> Table {
    let titles = [
        "指标",
        "代码",
        "单位",
        "口径",
        "版本",
        "条款",
        "考核项",
        "Definition",
    ];
    let kind = |title: &&str| match *title {
        "口径" | "Definition" => Kind::Long,
        "版本" => Kind::Count,
        _ => Kind::Text,
    };
    let columns = titles.iter().map(|title| Column::new(*title, kind(title)));
    let mut table = Table::new("口径", columns.collect());
    table.rows = report
        .columns
        .iter()
        .map(|column| {
            vec![
                Cell::text(&column.name.zh),
                Cell::text(&column.code),
                Cell::text(column.unit.word()),
                Cell::text(&column.definition.zh),
                Cell::Count(i64::from(column.version)),
                Cell::text(column.article.as_str()),
                Cell::text(&column.item_name),
                Cell::text(&column.definition.en),
            ]
        })
        .collect();
    let note = [&report.note.zh, &report.note.en].map(|words| Cell::Text(words.clone()));
    let [zh, en] = note;
    let mut last = vec![Cell::text("说明"), Cell::Empty, Cell::Empty, zh];
    last.extend([Cell::Empty, Cell::Empty, Cell::Empty, en]);
    table.rows.push(last);
    table
}

fn count(count: usize) -> Cell {
    Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A weekday's name, 1 for Monday.
pub(crate) fn weekday(number: u32) -> &'static str {
    let place = usize::try_from(number).unwrap_or(0).saturating_sub(1);
    WEEKDAYS.get(place).copied().unwrap_or("")
}

const fn kind(unit: Unit) -> Kind {
    match unit {
        Unit::Count | Unit::Days => Kind::Count,
        Unit::Minutes | Unit::PerHour => Kind::Decimal(1),
        Unit::Percent => Kind::Percent,
        Unit::Ratio => Kind::Decimal(2),
    }
}

/// A figure's value as a cell: what is rounded on the page is the same here.
fn cell(value: Option<f64>, unit: Unit) -> Cell {
    let Some(value) = value else {
        return Cell::Empty;
    };
    match unit {
        Unit::Count | Unit::Days => Cell::Decimal(value, 0),
        Unit::Minutes | Unit::PerHour => Cell::Decimal(value, 1),
        Unit::Percent => Cell::Percent(value / 100.0),
        Unit::Ratio => Cell::Decimal(value, 2),
    }
}
