//! 设施用品与检查: elements of the hall, consumables with their last day, loans, daily checks,
//! faults of signs and devices (第九条至第十二条).
//!
//! What is overdue is shown; nothing changes by a clock.

mod book;
mod elements;

use alloc::string::String;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::evidence::{Article, Item};
use crate::text::Text;
use crate::{RecordId, TicketId, WindowCode};

pub use book::{Consumable, Due, DueKind, Fault as UpkeepFault, Upkeep};
pub use elements::{ELEMENTS, Element, elements};

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// 功能区.
    Zone,
    /// 服务窗口.
    Window,
    /// 便民设备.
    Device,
    /// 无障碍, 适老化, 评价, 体验.
    Access,
    /// 应急与便民用品.
    Convenience,
    /// 标识标牌.
    Sign,
}

/// Whether an element is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ElementState {
    /// It is there.
    Present,
    /// 合并设置: zones alone, where the place is small.
    Merged,
    /// It is not.
    Missing,
}

/// What is done every day. **Source**: 第十二条(一).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DailyCheck {
    /// 办公设备日常检查.
    Devices,
    /// 每日工作结束时关闭办公设备电源.
    PowerOff,
}

/// How a fault ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// 修复.
    Repaired,
    /// 更换.
    Replaced,
    /// 撤除.
    TakenAway,
}

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum UpkeepWish {
    /// An element was looked at.
    Check(CheckElement),
    /// A daily check was done.
    Daily {
        /// The id the record will have.
        id: RecordId,
        /// Which.
        check: DailyCheck,
        /// At which window; the whole hall when left out.
        #[serde(default)]
        window: Option<WindowCode>,
    },
    /// A consumable was put in its place.
    Stock {
        /// The id the record will have.
        id: RecordId,
        /// What, such as 创可贴.
        name: String,
        /// The last day on which it may be used.
        expires: NaiveDate,
    },
    /// A consumable was taken away.
    Remove {
        /// The consumable.
        id: RecordId,
    },
    /// Something was lent, or came back: 老花镜, 轮椅, 雨伞.
    Lend {
        /// The id the record will have.
        id: RecordId,
        /// Which element.
        element: String,
        /// Whether it came back.
        #[serde(default)]
        back: bool,
    },
    /// A sign or a device has a fault.
    Report {
        /// The id the record will have.
        id: RecordId,
        /// What it is about.
        kind: ElementKind,
        /// Where and what.
        what: String,
    },
    /// The fault is over.
    Repair {
        /// The fault.
        id: RecordId,
        /// How.
        remedy: Remedy,
    },
}

/// An element was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CheckElement {
    /// The id the record will have.
    pub id: RecordId,
    /// Which.
    pub element: String,
    /// Whether it is there.
    pub state: ElementState,
    /// More of it.
    #[serde(default)]
    pub note: Option<String>,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum UpkeepFact {
    /// An element was looked at.
    ElementChecked(ElementChecked),
    /// A daily check was done.
    DailyChecked(DailyChecked),
    /// A consumable was put in its place.
    ConsumableStocked(ConsumableStocked),
    /// It was taken away.
    ConsumableRemoved(Ended),
    /// Something was lent, or came back.
    ThingLent(ThingLent),
    /// A sign or a device has a fault.
    FaultReported(FaultReported),
    /// The fault is over.
    FaultRepaired(FaultRepaired),
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name {
            /// The record's id.
            pub id: RecordId,
            $($(#[$field_doc])* pub $field: $type,)*
            /// The day.
            pub day: NaiveDate,
            /// Who entered it.
            pub by: String,
        })*
    };
}

facts! {
    /// An element was looked at.
    ElementChecked {
        /// Which.
        element: String,
        /// The item that it counts for.
        item: Item,
        /// The article that asks for it.
        article: Article,
        /// Whether it is there.
        state: ElementState,
        /// More of it.
        note: Option<String>,
    }
    /// A daily check was done.
    DailyChecked {
        /// Which.
        check: DailyCheck,
        /// At which window.
        window: Option<WindowCode>,
    }
    /// A consumable was put in its place.
    ConsumableStocked {
        /// What.
        name: String,
        /// The last day on which it may be used.
        expires: NaiveDate,
    }
    /// Something ended.
    Ended {}
    /// Something was lent, or came back.
    ThingLent {
        /// Which element.
        element: String,
        /// Whether it came back.
        back: bool,
    }
    /// A sign or a device has a fault.
    FaultReported {
        /// What it is about.
        kind: ElementKind,
        /// Where and what.
        what: String,
    }
    /// The fault is over.
    FaultRepaired {
        /// How.
        remedy: Remedy,
        /// What it was about.
        kind: ElementKind,
    }
}

impl Fact for UpkeepFact {
    fn id(&self) -> RecordId {
        match self {
            Self::ElementChecked(fact) => fact.id,
            Self::DailyChecked(fact) => fact.id,
            Self::ConsumableStocked(fact) => fact.id,
            Self::ConsumableRemoved(fact) => fact.id,
            Self::ThingLent(fact) => fact.id,
            Self::FaultReported(fact) => fact.id,
            Self::FaultRepaired(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::ElementChecked(_) => "element_checked",
            Self::DailyChecked(_) => "daily_checked",
            Self::ConsumableStocked(_) => "consumable_stocked",
            Self::ConsumableRemoved(_) => "consumable_removed",
            Self::ThingLent(_) => "thing_lent",
            Self::FaultReported(_) => "fault_reported",
            Self::FaultRepaired(_) => "fault_repaired",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        let of_fault = |kind| match kind {
            ElementKind::Sign => (Article::A11, Item::P2),
            ElementKind::Convenience => (Article::A10, Item::P2),
            ElementKind::Zone | ElementKind::Window | ElementKind::Access => {
                (Article::A9, Item::P1)
            }
            ElementKind::Device => (Article::A12_1, Item::P3),
        };
        match self {
            Self::ElementChecked(fact) => Some((fact.article, fact.item)),
            Self::DailyChecked(_) => Some((Article::A12_1, Item::P3)),
            Self::ConsumableStocked(_) | Self::ConsumableRemoved(_) | Self::ThingLent(_) => {
                Some((Article::A10, Item::P2))
            }
            Self::FaultReported(fact) => Some(of_fault(fact.kind)),
            Self::FaultRepaired(fact) => Some(of_fault(fact.kind)),
        }
    }

    fn sentence(&self) -> Text {
        match self {
            Self::ElementChecked(fact) => {
                let (zh, en) = fact.state.name();
                let name = ELEMENTS.iter().find(|one| one.code == fact.element);
                let name = name.map_or_else(|| Text::new("", ""), Element::name);
                Text::new(format!("{}:{zh}", name.zh), format!("{}: {en}", name.en))
            }
            Self::DailyChecked(fact) => fact.sentence(),
            Self::ConsumableStocked(fact) => Text::new(
                format!("补给{},有效期至{}", fact.name, fact.expires),
                format!("{} is in its place, good until {}", fact.name, fact.expires),
            ),
            Self::ConsumableRemoved(_) => Text::new("用品撤下", "a consumable was taken away"),
            Self::ThingLent(fact) if fact.back => {
                Text::new("便民用品归还", "something lent came back")
            }
            Self::ThingLent(_) => Text::new("借出便民用品", "something was lent"),
            Self::FaultReported(fact) => Text::new(
                format!("报修:{}", fact.what),
                format!("a fault was reported: {}", fact.what),
            ),
            Self::FaultRepaired(_) => Text::new("故障已处理", "a fault is over"),
        }
    }
}

impl ElementState {
    /// Its name in Chinese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Present => ("具备", "present"),
            Self::Merged => ("合并设置", "merged"),
            Self::Missing => ("缺少", "missing"),
        }
    }
}

impl DailyChecked {
    fn sentence(&self) -> Text {
        let window = self.window.as_ref();
        let (zh, en) = window.map_or_else(
            || ("大厅".into(), "the hall".into()),
            |window| (format!("{window}号窗口"), format!("window {window}")),
        );
        match self.check {
            DailyCheck::Devices => Text::new(
                format!("{zh}:设备日常检查完成"),
                format!("{en}: devices were checked"),
            ),
            DailyCheck::PowerOff => Text::new(
                format!("{zh}:下班已关闭设备电源"),
                format!("{en}: devices are switched off"),
            ),
        }
    }
}
