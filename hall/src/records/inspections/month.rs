//! The patrols of a month: held, missed, and the visit of the supervisors.

use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::VisitReport;
use crate::month::Month;
use crate::plan::Level;
use crate::state::Hall;

/// Patrols of 区政务服务大厅 a workday at least. **Source**: 第二十五条(一), 附件注1 (无例外).
const PATROLS_A_DAY: u32 = 2;
/// The day of the month by which supervisors were here. **Source**: 第二十五条(二), 附件注2.
const VISIT_BY: u32 = 25;

/// One workday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PatrolDay {
    /// The day.
    pub day: NaiveDate,
    /// Patrols that were held.
    pub held: u32,
    /// Patrols that must be.
    pub needed: u32,
    /// Whether the day is over with too few of them.
    pub missed: bool,
}

/// One month of a hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PatrolMonth {
    /// The month.
    pub month: Month,
    /// Its workdays up to today; none when the year's holidays are not known (放假安排未录入).
    pub days: Option<Vec<PatrolDay>>,
    /// Patrols held in all.
    pub held: u32,
    /// Workdays with too few.
    pub missed: u32,
    /// When supervisors were here first.
    pub visit: Option<NaiveDate>,
    /// By when they must have been.
    pub visit_by: NaiveDate,
    /// Whether that day is over and they were not, or came later.
    pub visit_missed: bool,
    /// What was published of the visit.
    pub report: Option<VisitReport>,
}

impl Hall {
    /// The patrols of a month as they stand on `today`.
    pub fn patrol_month(&self, month: Month, today: NaiveDate) -> PatrolMonth {
        let book = &self.records().inspections;
        let days = self.patrol_days(month, today);
        let visit = book.visits.get(&month).copied();
        let visit_by = month.day(VISIT_BY);
        let in_use = book.since.is_some_and(|since| since <= visit_by);
        let late = visit.map_or(today > visit_by, |day| day > visit_by);
        let in_month = book.held.range(month.first()..=month.last());
        PatrolMonth {
            month,
            held: in_month.map(|(_, held)| *held).sum(),
            missed: days.iter().flatten().map(|day| u32::from(day.missed)).sum(),
            days,
            visit,
            visit_by,
            visit_missed: in_use && late,
            report: book.reports.get(&month).cloned(),
        }
    }

    /// The workdays of the month, from the hall's first one up to today.
    fn patrol_days(&self, month: Month, today: NaiveDate) -> Option<Vec<PatrolDay>> {
        let book = &self.records().inspections;
        let level = self.plan().map(|plan| plan.hall.level);
        let needed = if level == Some(Level::District) {
            PATROLS_A_DAY
        } else {
            0
        };
        let since = book.since.unwrap_or(today);
        let mut days = Vec::new();
        for day in month.days().filter(|day| (since..=today).contains(day)) {
            if !self.calendar().is_workday(day)? {
                continue;
            }
            let held = book.held.get(&day).copied().unwrap_or(0);
            days.push(PatrolDay {
                day,
                held,
                needed,
                missed: day < today && held < needed,
            });
        }
        Some(days)
    }
}
