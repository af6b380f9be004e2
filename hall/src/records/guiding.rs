//! 引导分流: visitors who were shown to self-service or to the online way. Online first, never
//! instead of the window (第九条, 第十六条): a count, and no ticket is refused because of it.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Fact, Register};
use crate::decide::Asked;
use crate::evidence::{Article, Item};
use crate::text::Text;
use crate::{Event, RecordId, Refusal, ServiceCode, TicketId, Timestamp};

/// Days that counts stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;

/// Where a visitor was shown to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GuidedTo {
    /// 自助机, 自助申报电脑.
    SelfService,
    /// 掌办网办体验区.
    Online,
    /// 咨询: answered on the spot, no number needed.
    Answered,
}

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GuidingWish {
    /// The id the record will have.
    pub id: RecordId,
    /// Where to.
    pub to: GuidedTo,
    /// For which service, when it was said.
    #[serde(default)]
    pub service: Option<ServiceCode>,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Guiding {
    /// A visitor was shown the way.
    Guided(Guided),
}

/// One visitor who was shown the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Guided {
    /// The record's id.
    pub id: RecordId,
    /// Where to.
    pub to: GuidedTo,
    /// For which service, when it was said.
    pub service: Option<ServiceCode>,
    /// The day.
    pub day: NaiveDate,
    /// Who showed the way.
    pub by: String,
}

impl Fact for Guiding {
    fn id(&self) -> RecordId {
        let Self::Guided(guided) = self;
        guided.id
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Guided(_) => "visitor_guided",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        let Self::Guided(guided) = self;
        match guided.to {
            // 第十三条 names 自助服务; the annex row is 制度健全.
            GuidedTo::SelfService => Some((Article::A13, Item::F1)),
            GuidedTo::Online => Some((Article::A9, Item::P1)),
            GuidedTo::Answered => Some((Article::A14, Item::F3)),
        }
    }

    fn sentence(&self) -> Text {
        let Self::Guided(guided) = self;
        match guided.to {
            GuidedTo::SelfService => Text::new(
                "引导办事人使用自助设备",
                "a visitor was shown to a self-service machine",
            ),
            GuidedTo::Online => Text::new(
                "引导办事人到网办体验区办理",
                "a visitor was shown to the online way",
            ),
            GuidedTo::Answered => Text::new(
                "现场解答咨询",
                "a visitor's question was answered on the spot",
            ),
        }
    }
}

/// Counts by day and way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guidings {
    counts: BTreeMap<(NaiveDate, GuidedTo), u32>,
}

impl Guidings {
    /// How many visitors were shown that way on that day.
    pub fn count(&self, day: NaiveDate, to: GuidedTo) -> u32 {
        self.counts.get(&(day, to)).copied().unwrap_or(0)
    }
}

impl Register for Guidings {
    type Wish = GuidingWish;
    type Fact = Guiding;

    fn decide(&self, asked: &Asked<'_>, wish: &GuidingWish) -> Result<Vec<Event>, Refusal> {
        let plan = asked.hall.plan();
        if let Some(service) = &wish.service
            && plan.and_then(|plan| plan.service(service)).is_none()
        {
            return Err(Refusal::no_service(service));
        }
        let zone: Tz = asked.hall.zone();
        let guided = Guided {
            id: wish.id,
            to: wish.to,
            service: wish.service.clone(),
            day: asked.now.date_in(zone),
            by: asked.actor.name.clone(),
        };
        Ok(vec![Guiding::Guided(guided).into()])
    }

    fn apply(&mut self, fact: &Guiding, _: Timestamp) {
        let Guiding::Guided(guided) = fact;
        *self.counts.entry((guided.day, guided.to)).or_default() += 1;
    }

    fn misfit(&self, _: &Guiding) -> Option<&'static str> {
        None
    }

    fn forget(&mut self, today: NaiveDate) {
        self.counts
            .retain(|(day, _), _| (today - *day).num_days() <= KEEP_DAYS);
    }
}
