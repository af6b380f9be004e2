//! 巡查记录: patrols of the hall, what each saw at which place against which requirement of the
//! annex, and the monthly visit of the supervisors (第二十三条, 第二十五条, 附件注1、注2).
//!
//! ```text
//! patrol_started ─► inspected … ─► patrol_ended      a patrol counts once it has ended
//! ```
//!
//! Nothing is skipped and nothing is taken back: a day with too few patrols stays missed.

mod book;
mod month;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::evidence::{Article, Item};
use crate::month::Month;
use crate::plan::Level;
use crate::text::Text;
use crate::{ClerkCode, RecordId, TicketId, Timestamp, WindowCode};

pub use book::{Inspections, Patrol};
pub use month::{PatrolDay, PatrolMonth};

/// Who looked, and how. **Source**: 附件 考核办法, 计分办法.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 监督巡查 by the unit itself.
    Patrol,
    /// 政务服务特邀监督员明查暗访.
    Supervisors,
    /// 监督“找茬”.
    FaultFinding,
    /// 市级及以上媒体.
    Media,
    /// 各级专项明查暗访.
    Special,
}

impl Source {
    /// Every source, in the order of the annex.
    pub const ALL: [Self; 5] = [
        Self::Patrol,
        Self::Supervisors,
        Self::FaultFinding,
        Self::Media,
        Self::Special,
    ];

    /// Its name in Chinese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Patrol => ("监督巡查", "patrol"),
            Self::Supervisors => ("特邀监督员明查暗访", "invited supervisors"),
            Self::FaultFinding => ("监督“找茬”", "fault finding"),
            Self::Media => ("市级及以上媒体曝光", "media of city level or above"),
            Self::Special => ("各级专项明查暗访", "special inspection"),
        }
    }

    /// Its name as answers write it.
    pub fn word(self) -> &'static str {
        const WORDS: [&str; 5] = ["patrol", "supervisors", "fault_finding", "media", "special"];
        let place = Self::ALL.iter().position(|known| *known == self);
        place
            .and_then(|place| WORDS.get(place))
            .unwrap_or(&"patrol")
    }

    /// Whether what it finds sets the item to 0 for the month (计分办法).
    pub const fn exposes(self) -> bool {
        matches!(self, Self::Media | Self::Special)
    }
}

/// What was seen of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// It is kept.
    Ok,
    /// It is not.
    Breach,
}

/// A second person on a patrol, as the shell knows the person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Partner {
    /// The person's code.
    pub code: String,
    /// The clerk that the person is.
    #[serde(default)]
    pub clerk: Option<ClerkCode>,
}

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum InspectionsWish {
    /// Begins a patrol.
    Start(StartPatrol),
    /// Ends it.
    End(EndPatrol),
    /// Writes down what was seen.
    Inspect(Inspect),
    /// Publishes what the month's visit found.
    Report(ReportVisit),
}

/// Begins a patrol.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StartPatrol {
    /// The id the record will have.
    pub id: RecordId,
    /// What kind.
    pub source: Source,
    /// The second person.
    #[serde(default)]
    pub partner: Option<Partner>,
}

/// Ends a patrol.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EndPatrol {
    /// The patrol.
    pub id: RecordId,
    /// Windows that were seen; those of its entries are among them anyway.
    #[serde(default)]
    pub windows: Vec<WindowCode>,
}

/// Writes down what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Inspect {
    /// The id the record will have.
    pub id: RecordId,
    /// At which window; no place is the whole hall.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// In which part of the hall.
    #[serde(default)]
    pub zone: Option<String>,
    /// At which device.
    #[serde(default)]
    pub device: Option<String>,
    /// The item.
    pub item: Item,
    /// The requirement of the annex's row, from 1 in its order.
    pub requirement: u32,
    /// What was seen.
    pub outcome: Seen,
    /// More of it, up to 200 characters; no names of visitors.
    #[serde(default)]
    pub note: Option<String>,
    /// SHA-256 of the photos.
    #[serde(default)]
    pub photos: Vec<String>,
    /// Rows of the journal that show it.
    #[serde(default)]
    pub seqs: Vec<u64>,
    /// Who looked, and how.
    pub source: Source,
    /// The second person.
    #[serde(default)]
    pub partner: Option<Partner>,
    /// When it was seen; now when left out.
    #[serde(default)]
    pub seen_at: Option<Timestamp>,
}

/// Publishes what the month's visit found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReportVisit {
    /// The id the record will have.
    pub id: RecordId,
    /// The month.
    pub month: Month,
    /// What is published, up to 1000 characters.
    pub text: String,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum InspectionFact {
    /// A patrol began.
    PatrolStarted(PatrolStarted),
    /// It ended.
    PatrolEnded(PatrolEnded),
    /// Something was seen.
    Inspected(Inspection),
    /// The month's visit was published.
    VisitReported(VisitReport),
}

/// A patrol began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PatrolStarted {
    /// The record's id.
    pub id: RecordId,
    /// What kind.
    pub source: Source,
    /// Codes of the one or two persons.
    pub inspectors: Vec<String>,
    /// The day.
    pub day: NaiveDate,
    /// Who entered it.
    pub by: String,
}

/// A patrol ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatrolEnded {
    /// The patrol.
    pub id: RecordId,
    /// The windows that were seen.
    pub windows: Vec<WindowCode>,
    /// The day on which it began.
    pub day: NaiveDate,
    /// Who entered it.
    pub by: String,
}

/// Something was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inspection {
    /// The record's id.
    pub id: RecordId,
    /// At which window; no place is the whole hall.
    pub window: Option<WindowCode>,
    /// In which part of the hall.
    pub zone: Option<String>,
    /// At which device.
    pub device: Option<String>,
    /// The item.
    pub item: Item,
    /// The requirement of the annex's row, from 1.
    pub requirement: u32,
    /// The article that the requirement repeats.
    pub article: Article,
    /// What was seen.
    pub outcome: Seen,
    /// More of it.
    pub note: Option<String>,
    /// SHA-256 of the photos.
    pub photos: Vec<String>,
    /// Rows of the journal that show it.
    pub seqs: Vec<u64>,
    /// Who looked, and how.
    pub source: Source,
    /// Codes of the one or two persons.
    pub inspectors: Vec<String>,
    /// The clerk who held the window then, where that is known.
    pub clerk: Option<ClerkCode>,
    /// The patrol that it belongs to.
    pub patrol: Option<RecordId>,
    /// When it was seen, in milliseconds since 1970 UTC; the journal says when it was received.
    #[cfg_attr(feature = "schema", schema(value_type = i64))]
    pub seen_at: Timestamp,
    /// The day on which it was seen.
    pub day: NaiveDate,
    /// Who entered it.
    pub by: String,
}

/// The month's visit was published (通报).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VisitReport {
    /// The record's id.
    pub id: RecordId,
    /// The month.
    pub month: Month,
    /// What is published.
    pub text: String,
    /// The day.
    pub day: NaiveDate,
    /// Who published it.
    pub by: String,
}

/// The article that a requirement of the annex repeats, in a hall of that level.
///
/// **Source**: the annex's rows are 第六条 to 第九条, 第十条 to 第十五条 and 第十七条 in other words;
/// 一次性告知 is 第十七条 (容缺受理).
pub fn article_of(level: Level, item: Item, requirement: u32) -> Article {
    use Article as A;
    let nth = |articles: &[Article]| {
        let place = usize::try_from(requirement.saturating_sub(1)).unwrap_or(usize::MAX);
        articles.get(place).or(articles.last()).copied()
    };
    let found = match item {
        Item::T1 if level == Level::Village => Some(A::A6_4),
        Item::T1 => nth(&[A::A6_1, A::A6_2, A::A6_3, A::A6_4]),
        Item::T2 => nth(&[
            A::A7_1,
            A::A7_2,
            A::A7_3,
            A::A7_4,
            A::A7_5,
            A::A7_6,
            A::A7_7,
            A::A7_8,
        ]),
        Item::T3 => Some(A::A8_1),
        Item::P1 => Some(A::A9),
        Item::P2 => nth(&[A::A10, A::A11]),
        Item::P3 => nth(&[A::A12_1, A::A12_2]),
        Item::F1 => Some(A::A13),
        Item::F2 => Some(A::A17),
        Item::F3 => Some(A::A14),
        Item::F4 => Some(A::A15),
        Item::None => None,
    };
    found.unwrap_or(A::A25)
}

impl Inspection {
    /// Where it was seen, as a person says it.
    pub fn place(&self) -> Text {
        match (&self.window, &self.zone, &self.device) {
            (Some(window), ..) => Text::new(format!("{window}号窗口"), format!("window {window}")),
            (None, Some(zone), _) => Text::new(zone.clone(), zone.clone()),
            (None, None, Some(device)) => Text::new(device.clone(), device.clone()),
            (None, None, None) => Text::new("大厅", "the hall"),
        }
    }
}

impl Fact for InspectionFact {
    fn id(&self) -> RecordId {
        match self {
            Self::PatrolStarted(fact) => fact.id,
            Self::PatrolEnded(fact) => fact.id,
            Self::Inspected(fact) => fact.id,
            Self::VisitReported(fact) => fact.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::PatrolStarted(_) => "patrol_started",
            Self::PatrolEnded(_) => "patrol_ended",
            Self::Inspected(_) => "inspected",
            Self::VisitReported(_) => "visit_reported",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        match self {
            // 第二十五条 has no row of its own: 注1, 注2.
            Self::PatrolStarted(_) | Self::PatrolEnded(_) | Self::VisitReported(_) => {
                Some((Article::A25, Item::None))
            }
            Self::Inspected(seen) => Some((seen.article, seen.item)),
        }
    }

    fn sentence(&self) -> Text {
        match self {
            Self::PatrolStarted(fact) => {
                let (zh, en) = fact.source.name();
                Text::new(format!("{zh}开始"), format!("{en} began"))
            }
            Self::PatrolEnded(fact) => Text::new(
                format!("巡查结束,查看{}个窗口", fact.windows.len()),
                format!("the patrol ended, {} windows seen", fact.windows.len()),
            ),
            Self::Inspected(seen) => seen.sentence(),
            Self::VisitReported(report) => Text::new(
                format!("{}月明查暗访情况已通报", report.month),
                format!("the visit of {} was published", report.month),
            ),
        }
    }
}

impl Inspection {
    fn sentence(&self) -> Text {
        let place = self.place();
        let (item, number) = (self.item.name(), self.requirement);
        match self.outcome {
            Seen::Ok => Text::new(
                format!("{}:{item}第{number}点符合要求", place.zh),
                format!("{}: {:?} point {number} is kept", place.en, self.item),
            ),
            Seen::Breach => Text::new(
                format!("{}:{item}第{number}点不符合要求", place.zh),
                format!("{}: {:?} point {number} is not kept", place.en, self.item),
            ),
        }
    }
}
