//! Words of help: what kind, from where, how it ended.

use serde::{Deserialize, Serialize};

/// What help is asked for. **Source**: 第十四条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HelpKind {
    /// 引导分流.
    Guide,
    /// 咨询解难.
    Consult,
    /// 业务指导.
    Instruct,
    /// 资料复印.
    Copy,
    /// 代办.
    Errand,
    /// 上门服务: always free.
    HomeVisit,
}

impl HelpKind {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Guide,
        Self::Consult,
        Self::Instruct,
        Self::Copy,
        Self::Errand,
        Self::HomeVisit,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Consult => "consult",
            Self::Instruct => "instruct",
            Self::Copy => "copy",
            Self::Errand => "errand",
            Self::HomeVisit => "home_visit",
        }
    }

    /// Its name in the norm.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Guide => "引导分流",
            Self::Consult => "咨询解难",
            Self::Instruct => "业务指导",
            Self::Copy => "资料复印",
            Self::Errand => "代办",
            Self::HomeVisit => "上门服务",
        }
    }
}

/// Through what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HelpFrom {
    /// The button of a kiosk.
    Kiosk,
    /// The ticket's page on the visitor's phone.
    Phone,
    /// A village, for its people.
    Village,
    /// A person of the staff.
    Staff,
    /// Another hall handed it on.
    Hall,
}

impl HelpFrom {
    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Kiosk => "取号机",
            Self::Phone => "手机",
            Self::Village => "村(社区)",
            Self::Staff => "现场",
            Self::Hall => "转来",
        }
    }
}

/// How help ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HelpResult {
    /// 已办好.
    Done,
    /// 已说明.
    Explained,
    /// 不再需要.
    NotNeeded,
    /// 暂不能办, said why and what next.
    NotPossible,
}

impl HelpResult {
    /// Every one.
    pub const ALL: [Self; 4] = [
        Self::Done,
        Self::Explained,
        Self::NotNeeded,
        Self::NotPossible,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Explained => "explained",
            Self::NotNeeded => "not_needed",
            Self::NotPossible => "not_possible",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Done => "已办好",
            Self::Explained => "已说明",
            Self::NotNeeded => "不再需要",
            Self::NotPossible => "暂不能办,已说明去处",
        }
    }
}
