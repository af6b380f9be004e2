//! Service guides (办事服务指南): what a service asks for, on what basis, and what stays vague.
//!
//! ```text
//! plan ──► Guide ──► lint     what is missing, what is vague, how old: leads for F4, never refusals
//!                └─► compare  the same beside the provincial platform's text
//! ```
//!
//! **Source**: 第十五条 to 第十八条; PRACTICE §7.

mod compare;
pub(super) mod faults;
mod lint;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Service;
use crate::text::Text;

pub use compare::{Difference, PlatformGuide, Side, compare};
pub use lint::{GuideLook, STALE_DAYS, Vague, look};

/// A service guide: the elements of 第十五条 beside the name. Missing ones are a lead for F4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Guide {
    /// 设定依据.
    pub basis: Option<String>,
    /// 受理条件.
    pub conditions: Option<String>,
    /// 申请材料.
    pub materials: Vec<String>,
    /// 审查标准.
    pub criteria: Option<String>,
    /// 办理程序.
    pub procedure: Option<String>,
    /// 办结时限.
    pub limit: Option<String>,
    /// When it was last brought up to date.
    pub updated: Option<NaiveDate>,
    /// 主要申请材料: those of `materials` that can never be lacking (第十七条).
    pub main_materials: Vec<String>,
    /// 容缺受理: what may be lacking, and on what condition; none: nothing may.
    pub rongque: Option<Rongque>,
    /// 告知承诺: what is promised, and what follows from a false promise (第十八条).
    pub promise: Option<Promise>,
}

/// What may be handed in later. **Source**: 第十七条 s1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Rongque {
    /// 缺项材料: one or more of the guide's `materials`, none of them a main one.
    pub materials: Vec<String>,
    /// 办理条件.
    pub conditions: Option<String>,
}

/// What an applicant may promise instead of proving it. **Source**: 第十八条 s1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Promise {
    /// 告知承诺具体内容.
    pub content: Option<String>,
    /// 要求.
    pub requirements: Option<String>,
    /// 不实承诺可能承担的法律责任.
    pub liability: Option<String>,
}

/// What a guide is made of. The first seven are those of 第十五条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// 事项名称.
    Name,
    /// 设定依据.
    Basis,
    /// 受理条件.
    Conditions,
    /// 申请材料.
    Materials,
    /// 审查标准.
    Criteria,
    /// 办理程序.
    Procedure,
    /// 办结时限.
    Limit,
    /// 更新日期: kept up to date (第十五条).
    Updated,
    /// 主要申请材料, where something may be lacking (第十七条).
    MainMaterials,
    /// 容缺受理的办理条件 (第十七条).
    RongqueConditions,
    /// 告知承诺具体内容 (第十八条).
    PromiseContent,
    /// 告知承诺要求 (第十八条).
    PromiseRequirements,
    /// 不实承诺的法律责任 (第十八条).
    PromiseLiability,
}

impl Element {
    /// The seven elements of 第十五条.
    pub const SEVEN: [Self; 7] = [
        Self::Name,
        Self::Basis,
        Self::Conditions,
        Self::Materials,
        Self::Criteria,
        Self::Procedure,
        Self::Limit,
    ];

    /// Its name in the norm.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "事项名称",
            Self::Basis => "设定依据",
            Self::Conditions => "受理条件",
            Self::Materials => "申请材料",
            Self::Criteria => "审查标准",
            Self::Procedure => "办理程序",
            Self::Limit => "办结时限",
            Self::Updated => "更新日期",
            Self::MainMaterials => "主要申请材料",
            Self::RongqueConditions => "容缺受理的办理条件",
            Self::PromiseContent => "告知承诺具体内容",
            Self::PromiseRequirements => "告知承诺要求",
            Self::PromiseLiability => "不实承诺的法律责任",
        }
    }

    /// Its English name.
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Basis => "Basis",
            Self::Conditions => "Conditions",
            Self::Materials => "Materials",
            Self::Criteria => "Criteria",
            Self::Procedure => "Procedure",
            Self::Limit => "Time limit",
            Self::Updated => "Updated",
            Self::MainMaterials => "Main materials",
            Self::RongqueConditions => "Conditions for papers to follow",
            Self::PromiseContent => "Content of the promise",
            Self::PromiseRequirements => "Requirements of the promise",
            Self::PromiseLiability => "Liability for a false promise",
        }
    }
}

/// A text that says something.
fn told(text: Option<&String>) -> Option<&str> {
    let text = text.map(|text| text.trim());
    text.filter(|text| !text.is_empty())
}

impl Service {
    /// What visitors are told of a limited channel, with its law; none when no channel is the only
    /// one. **Source**: 第十六条 s2.
    pub fn channel_note(&self) -> Option<Text> {
        let law = self.channel_basis.as_deref().unwrap_or_default();
        let (zh, en) = match (self.online_only, self.booking_only) {
            (true, _) => ("网上办理", "online only"),
            (false, true) => ("预约办理", "by booking only"),
            (false, false) => return None,
        };
        Some(Text::new(
            format!("依据{law},本事项只能{zh};请到咨询台,我们帮您办理"),
            format!("by law {law} this is served {en}; please ask at the desk, we help you"),
        ))
    }

    /// The text of one of the seven elements; none when it is missing. Materials stand one a line.
    pub fn element(&self, element: Element) -> Option<String> {
        let guide = self.guide.as_ref();
        let text =
            |pick: fn(&Guide) -> Option<&String>| told(guide.and_then(pick)).map(String::from);
        match element {
            Element::Name => Some(self.name.clone()),
            Element::Basis => text(|guide| guide.basis.as_ref()),
            Element::Conditions => text(|guide| guide.conditions.as_ref()),
            Element::Criteria => text(|guide| guide.criteria.as_ref()),
            Element::Procedure => text(|guide| guide.procedure.as_ref()),
            Element::Limit => text(|guide| guide.limit.as_ref()),
            Element::Materials => lines(guide.map(|guide| guide.materials.as_slice())),
            Element::MainMaterials => lines(guide.map(|guide| guide.main_materials.as_slice())),
            Element::Updated => guide
                .and_then(|guide| guide.updated)
                .map(|day| format!("{day}")),
            Element::RongqueConditions => text(|guide| guide.rongque.as_ref()?.conditions.as_ref()),
            Element::PromiseContent => text(|guide| guide.promise.as_ref()?.content.as_ref()),
            Element::PromiseRequirements => {
                text(|guide| guide.promise.as_ref()?.requirements.as_ref())
            }
            Element::PromiseLiability => text(|guide| guide.promise.as_ref()?.liability.as_ref()),
        }
    }
}

fn lines(list: Option<&[String]>) -> Option<String> {
    list.filter(|list| !list.is_empty())
        .map(|list| list.join("\n"))
}
