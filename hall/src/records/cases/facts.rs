//! What is asked of the register of cases, and what happens in it.

use alloc::string::String;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CallBack, CaseFinding, CaseScope, CaseSource, CaseWay};
use crate::evidence::{Article, Item};
use crate::records::{Fact, Level};
use crate::text::Text;
use crate::{ClerkCode, RecordId, TicketId, WindowCode};

/// A wish of the register. Texts are references into the store of personal data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum CaseWish {
    /// Somebody says something.
    Open(OpenCase),
    /// A manager chooses who answers for it.
    Assign {
        /// The case.
        id: RecordId,
        /// Who.
        owner: ClerkCode,
    },
    /// The visitor was answered.
    Reply {
        /// The case.
        id: RecordId,
        /// What was said.
        text: String,
    },
    /// What was put right, and why it went wrong.
    Fix {
        /// The case.
        id: RecordId,
        /// Cause and fix.
        text: String,
    },
    /// The visitor was called back.
    Call {
        /// The case.
        id: RecordId,
        /// What came of it.
        result: CallBack,
        /// More about it.
        #[serde(default)]
        text: Option<String>,
    },
    /// A person found whether it is so.
    Find {
        /// The case.
        id: RecordId,
        /// The finding.
        finding: CaseFinding,
        /// Which other way was told, when it is not ours.
        #[serde(default)]
        told: Option<String>,
    },
    /// A person closes it.
    Close {
        /// The case.
        id: RecordId,
        /// 满意 or 不满意, as 12345 marks it.
        #[serde(default)]
        satisfied: Option<bool>,
    },
}

/// A new case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OpenCase {
    /// The id the record will have.
    pub id: RecordId,
    /// Where it comes from.
    pub source: CaseSource,
    /// How it reached the hall.
    #[serde(default)]
    pub way: Option<CaseWay>,
    /// What it is about; every complaint has one.
    #[serde(default)]
    pub scope: Option<CaseScope>,
    /// The number at 12345.
    #[serde(default)]
    pub number: Option<String>,
    /// 科室, 所 or 团队 that it is about.
    #[serde(default)]
    pub team: Option<String>,
    /// The window that it is about.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// What was said.
    #[serde(default)]
    pub text: Option<String>,
    /// How to reach who said it; purged on closing.
    #[serde(default)]
    pub contact: Option<String>,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Case {
    /// Somebody said something that asks for an answer; or a notice was entered.
    Opened(CaseOpened),
    /// Somebody else answers for it.
    Assigned(CaseAssigned),
    /// The visitor was answered.
    Replied(CaseNoted),
    /// It was put right.
    Fixed(CaseNoted),
    /// The visitor was called back.
    Called(CaseCalled),
    /// A person found whether it is so.
    Found(CaseFound),
    /// A person closed it.
    Closed(CaseClosed),
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// The record's id.
    pub id: RecordId,
    /// Where it comes from.
    pub source: CaseSource,
    /// The rating or the follow-up call it comes from.
    pub cause: Option<RecordId>,
    /// The level of that rating.
    pub level: Option<Level>,
    /// How it reached the hall.
    pub way: Option<CaseWay>,
    /// What it is about.
    pub scope: Option<CaseScope>,
    /// The number at 12345.
    pub number: Option<String>,
    /// 科室, 所 or 团队.
    pub team: Option<String>,
    /// The window.
    pub window: Option<WindowCode>,
    /// Where what was said is kept.
    pub text: Option<String>,
    /// Where the contact is kept; purged on closing.
    pub contact: Option<String>,
    /// Who answers for it.
    pub owner: Option<ClerkCode>,
    /// The day.
    pub day: NaiveDate,
    /// Until when; none for notices, and when that year's workdays are not known.
    pub due: Option<NaiveDate>,
    /// Who entered it, or `visitor`.
    pub by: String,
}

/// Somebody else answers for a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAssigned {
    /// The case.
    pub id: RecordId,
    /// Who.
    pub owner: ClerkCode,
    /// Who chose.
    pub by: String,
}

/// An answer, or a fix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseNoted {
    /// The case.
    pub id: RecordId,
    /// Where the text is kept.
    pub text: String,
    /// The day.
    pub day: NaiveDate,
    /// Who.
    pub by: String,
}

/// A call back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseCalled {
    /// The case.
    pub id: RecordId,
    /// What came of it.
    pub result: CallBack,
    /// Where more about it is kept.
    pub text: Option<String>,
    /// The day.
    pub day: NaiveDate,
    /// Who called.
    pub by: String,
}

/// What a person found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFound {
    /// The case.
    pub id: RecordId,
    /// The finding.
    pub finding: CaseFinding,
    /// Which other way was told.
    pub told: Option<String>,
    /// The day.
    pub day: NaiveDate,
    /// Who found it.
    pub by: String,
}

/// The end of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseClosed {
    /// The case.
    pub id: RecordId,
    /// 满意 or 不满意; none when nobody said.
    pub satisfied: Option<bool>,
    /// The day.
    pub day: NaiveDate,
    /// Whether that was in time; none when the due day was not known.
    pub in_time: Option<bool>,
    /// Who closed it.
    pub by: String,
}

impl Fact for Case {
    fn id(&self) -> RecordId {
        match self {
            Self::Opened(fact) => fact.id,
            Self::Assigned(fact) => fact.id,
            Self::Replied(fact) | Self::Fixed(fact) => fact.id,
            Self::Called(fact) => fact.id,
            Self::Found(fact) => fact.id,
            Self::Closed(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "case_opened",
            Self::Assigned(_) => "case_assigned",
            Self::Replied(_) => "case_replied",
            Self::Fixed(_) => "case_fixed",
            Self::Called(_) => "case_called",
            Self::Found(_) => "case_found",
            Self::Closed(_) => "case_closed",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        let Self::Opened(opened) = self else {
            // The article is that of where the case comes from; its later facts say how it went.
            return None;
        };
        let article = match opened.source {
            CaseSource::Rating | CaseSource::Suggestion => Article::A19,
            CaseSource::Complaint => Article::A20,
            CaseSource::Hotline => Article::A21,
            CaseSource::FollowUp => Article::A22,
            CaseSource::Praise | CaseSource::Criticism => Article::A23,
        };
        Some((article, Item::None))
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Opened(opened) => {
                let source = opened.source;
                let window = opened.window.as_ref();
                let zh = window.map_or_else(String::new, |code| format!(",{code}号窗口"));
                let en = window.map_or_else(String::new, |code| format!(", window {code}"));
                Text::new(
                    format!("{}登记{zh}", source.zh()),
                    format!("a case was opened from {}{en}", source.as_str()),
                )
            }
            Self::Assigned(_) => Text::new("确定责任人", "somebody answers for the case"),
            Self::Replied(_) => Text::new("已回应办事人", "the visitor was answered"),
            Self::Fixed(_) => Text::new("已整改", "it was put right"),
            Self::Called(called) => Text::new(
                format!("回访:{}", called.result.zh()),
                format!("called back: {}", called.result.as_str()),
            ),
            Self::Found(found) => Text::new(
                format!("核查结果:{}", found.finding.zh()),
                format!("found: {}", found.finding.as_str()),
            ),
            Self::Closed(_) => Text::new("结案", "the case was closed"),
        }
    }
}
