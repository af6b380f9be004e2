//! Every hall of the server at a glance: points, patrols, the visit, what is published.

use chrono::NaiveDate;
use hall::DateTime;
use hall::month::Month;
use hall::plan::Level;
use hall::records::{PatrolMonth, SheetState};
use hall::{Hall, HallCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::export::{Book, Cell, Column, Kind, Table};

/// A month of every hall that the asker may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct District {
    /// The month.
    pub(crate) month: Month,
    /// When this was made.
    pub(crate) at: DateTime,
    /// How many halls supervisors have seen this month.
    pub(crate) seen: usize,
    /// The halls, by code.
    pub(crate) items: Vec<DistrictRow>,
}

/// One hall.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DistrictRow {
    /// Its code.
    pub(crate) hall: HallCode,
    /// Its name.
    pub(crate) name: String,
    /// Its level.
    pub(crate) level: Level,
    /// Points left in all; null where the month has no sheet.
    pub(crate) total: Option<u32>,
    /// Points left by item, in the order of the annex.
    pub(crate) items: Vec<ItemPoints>,
    /// Appeals that are not decided.
    pub(crate) open_appeals: u32,
    /// Patrols held.
    pub(crate) patrols: u32,
    /// Workdays with too few.
    pub(crate) missed: u32,
    /// When supervisors were here.
    pub(crate) visit: Option<NaiveDate>,
    /// Whether they were not by the 25th.
    pub(crate) visit_missed: bool,
    /// Whether the visit was published (通报).
    pub(crate) reported: bool,
    /// Whether the sheet is frozen.
    pub(crate) published: bool,
    /// Its version.
    pub(crate) version: Option<u32>,
}

/// Points left of one item.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemPoints {
    /// The item.
    pub(crate) item: hall::evidence::Item,
    /// Points left.
    pub(crate) left: u32,
    /// Its maximum.
    pub(crate) maximum: u32,
}

impl DistrictRow {
    /// A hall's line; none before its first plan.
    pub(crate) fn of(hall: &Hall, month: Month, today: NaiveDate) -> Option<Self> {
        let plan = hall.plan()?;
        let state = hall.score_sheet(month, today);
        let patrols = hall.patrol_month(month, today);
        Some(Self {
            hall: plan.hall.code.clone(),
            name: plan.hall.name.clone(),
            level: plan.hall.level,
            ..Self::with(state.as_ref(), &patrols)
        })
    }

    fn with(state: Option<&SheetState>, patrols: &PatrolMonth) -> Self {
        let items = state.into_iter().flat_map(|state| &state.sheet.items);
        Self {
            hall: HallCode::from(""),
            name: String::new(),
            level: Level::District,
            total: state.map(|state| state.sheet.total),
            items: items
                .map(|item| ItemPoints {
                    item: item.item,
                    left: item.left,
                    maximum: item.maximum,
                })
                .collect(),
            open_appeals: state.map_or(0, |state| state.open_appeals),
            patrols: patrols.held,
            missed: patrols.missed,
            visit: patrols.visit,
            visit_missed: patrols.visit_missed,
            reported: patrols.report.is_some(),
            published: state.is_some_and(|state| state.frozen),
            version: state.map(|state| state.sheet.version),
        }
    }
}

/// The level in Chinese.
pub(crate) const fn level(level: Level) -> &'static str {
    match level {
        Level::District => "区",
        Level::Town => "镇(街道)",
        Level::Village => "村(社区)",
    }
}

/// The overview as a book.
pub(crate) fn district_book(district: &District) -> Book {
    let mut columns = vec![
        Column::new("大厅", Kind::Text),
        Column::new("级别", Kind::Text),
        Column::new("合计", Kind::Count),
    ];
    columns.extend(
        hall::evidence::Item::ALL
            .iter()
            .map(|item| Column::new(item.name(), Kind::Count)),
    );
    columns.extend([
        Column::new("待复核申诉", Kind::Count),
        Column::new("巡查(次)", Kind::Count),
        Column::new("不足的工作日", Kind::Count),
        Column::new("明查暗访", Kind::Date),
        Column::new("已通报", Kind::Text),
        Column::new("定稿", Kind::Text),
    ]);
    let mut table = Table::new("各大厅得分", columns);
    table.rows.extend(district.items.iter().map(row));
    let columns = vec![
        Column::new("名称", Kind::Text),
        Column::new("说明", Kind::Long),
    ];
    let mut definitions = Table::new("说明", columns);
    for (name, words) in [
        ("得分", "由巡查人员依附件评定;未定稿的得分可能变化。"),
        ("空白", "该月没有得分表,不是0分。"),
        (
            "明查暗访",
            "特邀监督员当月首次到场的日期(附件注2:每月25日前)。",
        ),
    ] {
        definitions
            .rows
            .push(vec![Cell::text(name), Cell::text(words)]);
    }
    Book {
        title: "各大厅得分总览".into(),
        subtitle: district.month.to_string(),
        made_at: district.at.naive_local(),
        tables: vec![table],
        definitions,
        stamp: format!("{} 共{}个大厅", district.month, district.items.len()),
    }
}

fn row(row: &DistrictRow) -> Vec<Cell> {
    let count = |number: u32| Cell::Count(i64::from(number));
    let mut cells = vec![
        Cell::text(&row.name),
        Cell::text(level(row.level)),
        row.total.map_or(Cell::Empty, count),
    ];
    let all = hall::evidence::Item::ALL.iter();
    cells.extend(all.map(|item| {
        let found = row.items.iter().find(|one| one.item == *item);
        found.map_or(Cell::Empty, |one| count(one.left))
    }));
    let published = match (row.published, row.version) {
        (true, Some(version)) => format!("第{version}版"),
        (false, Some(_)) => "未定稿".to_owned(),
        (_, None) => String::new(),
    };
    cells.extend([
        count(row.open_appeals),
        count(row.patrols),
        count(row.missed),
        row.visit.map_or(Cell::Empty, Cell::Date),
        Cell::text(if row.reported { "是" } else { "" }),
        Cell::Text(published),
    ]);
    cells
}
