//! On which article and score item each fact rests: one table. People give the score.
//!
//! **Source**: 周政办字〔2022〕24号 and its annex (巡查得分表). An item's maximum is the annex's own;
//! what the annex does not list is 附件未列分.

pub mod annex;
mod article;
mod metrics;
mod sentence;
mod thread;
mod words;

use serde::{Deserialize, Serialize};

use crate::Event;
use crate::text::Text;

pub use article::Article;
pub use metrics::{
    DEFINITIONS, DayFigures, Figure, Length, Lengths, Metrics, MetricsFold, Most, Part, PostSpan,
    PostState, Sum, Sums, Tally, Told, Totals, Unit,
};
pub use sentence::Names;
pub use thread::{Threads, window_of};

/// An item of the score sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Item {
    /// 仪容仪表.
    T1,
    /// 行为规范.
    T2,
    /// 服务用语.
    T3,
    /// 布局合理.
    P1,
    /// 功能完善.
    P2,
    /// 标准规范.
    P3,
    /// 制度健全.
    F1,
    /// 一次性告知.
    F2,
    /// 帮办代办到位.
    F3,
    /// 办理流程规范.
    F4,
    /// 附件未列分.
    #[serde(rename = "none")]
    None,
}

impl Item {
    /// Every item of the annex, in its order.
    pub const ALL: [Self; 10] = [
        Self::T1,
        Self::T2,
        Self::T3,
        Self::P1,
        Self::P2,
        Self::P3,
        Self::F1,
        Self::F2,
        Self::F3,
        Self::F4,
    ];

    /// The item's name in the annex.
    pub const fn name(self) -> &'static str {
        match self {
            Self::T1 => "仪容仪表",
            Self::T2 => "行为规范",
            Self::T3 => "服务用语",
            Self::P1 => "布局合理",
            Self::P2 => "功能完善",
            Self::P3 => "标准规范",
            Self::F1 => "制度健全",
            Self::F2 => "一次性告知",
            Self::F3 => "帮办代办到位",
            Self::F4 => "办理流程规范",
            Self::None => "附件未列分",
        }
    }

    /// The item's maximum in the annex; 0 for what it does not list.
    pub const fn maximum(self) -> u32 {
        match self {
            Self::F1 | Self::F3 => 5,
            Self::T1 | Self::T2 | Self::T3 | Self::P1 | Self::P2 | Self::F2 | Self::F4 => 10,
            Self::P3 => 20,
            Self::None => 0,
        }
    }
}

/// What a fact is evidence for: article and item; none for facts that prove nothing.
pub fn evidence(event: &Event) -> Option<(Article, Item)> {
    use Event as E;
    let behaviour = Some((Article::A7_2, Item::T2));
    let telling = Some((Article::A7_8, Item::T2));
    let order = Some((Article::A8_2_5, Item::T3));
    let institutions = Some((Article::A13, Item::F1));
    let tide = Some((Article::A13, Item::None));
    match event {
        E::Record(record) => record.evidence(),
        E::ShiftBegan { .. }
        | E::WindowReady { .. }
        | E::WindowPaused { .. }
        | E::WindowResumed { .. }
        | E::ShiftEnded { .. }
        | E::PauseWarned { .. }
        | E::PauseEscalated { .. }
        | E::AbsenceNoticed { .. } => behaviour,
        E::TicketFinished { .. }
        | E::TicketTransferred { .. }
        | E::TicketReopened { .. }
        | E::MatterAdded { .. } => telling,
        E::TicketCalled { .. } | E::TicketReinstated { .. } => order,
        E::DeviceNoted { .. } | E::DeviceAsleep { .. } => Some((Article::A9, Item::P1)),
        E::DayOpened { .. }
        | E::PhaseBegan { .. }
        | E::DaySettled { .. }
        | E::TicketCarriedOver { .. }
        | E::TicketCancelled { .. }
        | E::TicketNotShown { .. }
        | E::CalendarEntered { .. }
        | E::CoverAsked { .. }
        | E::CoverDeclined { .. }
        | E::CoverLapsed { .. }
        | E::CoverBegan { .. }
        | E::CoverEnded { .. }
        | E::GapOpened { .. }
        | E::GapClosed { .. } => institutions,
        E::WindowLent { .. } | E::LendingEnded { .. } => tide,
        E::PlanPublished { .. }
        | E::OutageNoted { .. }
        | E::TicketIssued { .. }
        | E::PrintChanged { .. }
        | E::ReprintAsked { .. }
        | E::TicketRecalled { .. }
        | E::TicketStarted { .. }
        | E::NoShowUndone { .. }
        | E::FinishUndone { .. }
        | E::TicketParked { .. }
        | E::TicketUnparked { .. }
        | E::TicketResumed { .. }
        | E::TicketPutBack { .. }
        | E::TicketDelayed { .. } => None,
    }
}

/// The sentence under every page of figures: what they are, and what they are not.
pub fn disclaimer() -> Text {
    Text::new(
        "以下为系统记录的事实与线索,供巡查参考;得分由巡查人员依附件评定。",
        "These are recorded facts and leads for inspectors; people give the score by the annex.",
    )
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn the_maxima_are_those_of_the_annex() {
        let maxima: Vec<_> = Item::ALL.iter().map(|item| item.maximum()).collect();
        assert_eq!(maxima, [10, 10, 10, 10, 10, 20, 5, 10, 5, 10]);
        assert_eq!(maxima.iter().sum::<u32>(), 100);
    }
}
