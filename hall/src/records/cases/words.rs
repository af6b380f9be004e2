//! Words of a case: where it comes from, what it is about, how it ends.

use serde::{Deserialize, Serialize};

/// Where a case comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseSource {
    /// 差评 (第十九条).
    Rating,
    /// 投诉 (第二十条).
    Complaint,
    /// 12345 (第二十一条).
    Hotline,
    /// 意见建议 (第十九条).
    Suggestion,
    /// 回访中发现的问题 (第二十二条).
    FollowUp,
    /// 通报表扬 (第二十三条).
    Praise,
    /// 通报批评 (第二十三条).
    Criticism,
}

impl CaseSource {
    /// Every one.
    pub const ALL: [Self; 7] = [
        Self::Rating,
        Self::Complaint,
        Self::Hotline,
        Self::Suggestion,
        Self::FollowUp,
        Self::Praise,
        Self::Criticism,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rating => "rating",
            Self::Complaint => "complaint",
            Self::Hotline => "hotline",
            Self::Suggestion => "suggestion",
            Self::FollowUp => "follow_up",
            Self::Praise => "praise",
            Self::Criticism => "criticism",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Rating => "差评",
            Self::Complaint => "投诉",
            Self::Hotline => "12345",
            Self::Suggestion => "意见建议",
            Self::FollowUp => "回访问题",
            Self::Praise => "通报表扬",
            Self::Criticism => "通报批评",
        }
    }

    /// Whether it is a notice of the hall, closed as soon as it is entered.
    pub const fn is_notice(self) -> bool {
        matches!(self, Self::Praise | Self::Criticism)
    }
}

/// What a complaint is about. **Source**: 第二十条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseScope {
    /// 服务质量.
    Quality,
    /// 服务态度.
    Attitude,
    /// 办事效率.
    Speed,
    /// 工作作风.
    Conduct,
    /// 其他.
    Other,
}

impl CaseScope {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Quality,
        Self::Attitude,
        Self::Speed,
        Self::Conduct,
        Self::Other,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quality => "quality",
            Self::Attitude => "attitude",
            Self::Speed => "speed",
            Self::Conduct => "conduct",
            Self::Other => "other",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Quality => "服务质量",
            Self::Attitude => "服务态度",
            Self::Speed => "办事效率",
            Self::Conduct => "工作作风",
            Self::Other => "其他",
        }
    }
}

/// How it reached the hall. **Source**: 第二十条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseWay {
    /// 窗口现场.
    Window,
    /// 投诉电话.
    Phone,
    /// “找茬”窗口.
    FaultWindow,
    /// 来信.
    Letter,
}

impl CaseWay {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Window, Self::Phone, Self::FaultWindow, Self::Letter];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Phone => "phone",
            Self::FaultWindow => "fault_window",
            Self::Letter => "letter",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Window => "窗口现场",
            Self::Phone => "投诉电话",
            Self::FaultWindow => "“找茬”窗口",
            Self::Letter => "来信",
        }
    }
}

/// What a person found it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseFinding {
    /// 属实.
    True,
    /// 部分属实.
    Partly,
    /// 不属实.
    Untrue,
    /// 无法查实.
    Unknown,
    /// 不属于受理范围: another way was told (第二十条).
    NotOurs,
}

impl CaseFinding {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::True,
        Self::Partly,
        Self::Untrue,
        Self::Unknown,
        Self::NotOurs,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::Partly => "partly",
            Self::Untrue => "untrue",
            Self::Unknown => "unknown",
            Self::NotOurs => "not_ours",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::True => "属实",
            Self::Partly => "部分属实",
            Self::Untrue => "不属实",
            Self::Unknown => "无法查实",
            Self::NotOurs => "不属受理范围",
        }
    }
}

/// What a call back to the visitor brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallBack {
    /// 满意.
    Satisfied,
    /// 不满意.
    Dissatisfied,
    /// 未接通.
    NotReached,
}

impl CallBack {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Satisfied, Self::Dissatisfied, Self::NotReached];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Dissatisfied => "dissatisfied",
            Self::NotReached => "not_reached",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Satisfied => "满意",
            Self::Dissatisfied => "不满意",
            Self::NotReached => "未接通",
        }
    }
}
