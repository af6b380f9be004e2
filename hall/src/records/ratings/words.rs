//! The words of a rating: five levels, five things rated, the ways it came.

use alloc::collections::BTreeMap;
use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// One of the five levels: 5 非常满意 to 1 非常不满意. **Source**: GB/T 39735-2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = u8, minimum = 1, maximum = 5))]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// Every level, the best first, as pages show them.
    pub const ALL: [Self; 5] = [Self(5), Self(4), Self(3), Self(2), Self(1)];

    /// The level of 1 to 5; none for other numbers.
    pub const fn new(level: u8) -> Option<Self> {
        match level {
            1..=5 => Some(Self(level)),
            _ => None,
        }
    }

    /// 1 to 5.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether it is a 差评: 不满意 or 非常不满意.
    pub const fn is_bad(self) -> bool {
        self.0 <= 2
    }

    /// Its name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self.0 {
            5 => "非常满意",
            4 => "满意",
            3 => "基本满意",
            2 => "不满意",
            _ => "非常不满意",
        }
    }

    /// Its name in English.
    pub const fn en(self) -> &'static str {
        match self.0 {
            5 => "very satisfied",
            4 => "satisfied",
            3 => "fairly satisfied",
            2 => "dissatisfied",
            _ => "very dissatisfied",
        }
    }

    /// Its name.
    pub fn text(self) -> Text {
        Text::new(self.zh(), self.en())
    }
}

impl TryFrom<u8> for Level {
    type Error = String;

    fn try_from(level: u8) -> Result<Self, String> {
        Self::new(level).ok_or_else(|| "a level is 1 to 5".into())
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

/// What is rated, each by itself. **Source**: 第十九条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 服务质量.
    Service,
    /// 业务办理流程.
    Flow,
    /// 受理事项范围.
    Scope,
    /// 改革落实情况.
    Reform,
    /// 办公环境.
    Environment,
}

impl Dimension {
    /// Every one, in the order of the norm.
    pub const ALL: [Self; 5] = [
        Self::Service,
        Self::Flow,
        Self::Scope,
        Self::Reform,
        Self::Environment,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Flow => "flow",
            Self::Scope => "scope",
            Self::Reform => "reform",
            Self::Environment => "environment",
        }
    }

    /// Its name in the norm.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Service => "服务质量",
            Self::Flow => "办理流程",
            Self::Scope => "受理范围",
            Self::Reform => "改革落实",
            Self::Environment => "办公环境",
        }
    }
}

/// Levels of single things; those left out were not rated.
pub type Dimensions = BTreeMap<Dimension, Level>;

/// Through what a rating came. **Source**: 第十九条, and the window's code of 第九条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RatingChannel {
    /// The ticket's page on the visitor's phone.
    Phone,
    /// 评价终端 at the window.
    Pad,
    /// The code on the window's sign: without a number.
    WindowQr,
    /// 意见箱.
    Box,
    /// 意见簿.
    Book,
    /// 咨询台.
    Desk,
    /// 回访电话.
    PhoneCall,
    /// 调查问卷.
    Survey,
}

impl RatingChannel {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Phone,
        Self::Pad,
        Self::WindowQr,
        Self::Box,
        Self::Book,
        Self::Desk,
        Self::PhoneCall,
        Self::Survey,
    ];

    /// Its name in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Pad => "pad",
            Self::WindowQr => "window_qr",
            Self::Box => "box",
            Self::Book => "book",
            Self::Desk => "desk",
            Self::PhoneCall => "phone_call",
            Self::Survey => "survey",
        }
    }

    /// Its name for people.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Phone => "手机评价页",
            Self::Pad => "评价终端",
            Self::WindowQr => "窗口二维码",
            Self::Box => "意见箱",
            Self::Book => "意见簿",
            Self::Desk => "咨询台",
            Self::PhoneCall => "回访电话",
            Self::Survey => "调查问卷",
        }
    }

    /// Whether a person of the staff enters it from paper or from a call.
    pub const fn is_by_hand(self) -> bool {
        match self {
            Self::Phone | Self::Pad | Self::WindowQr => false,
            Self::Box | Self::Book | Self::Desk | Self::PhoneCall | Self::Survey => true,
        }
    }
}
