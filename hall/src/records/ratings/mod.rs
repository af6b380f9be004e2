//! 好差评: what visitors say of a visit. Voluntary, never pre-chosen, once a finished number, never
//! shown to whom it is about (第十九条; GB/T 39735 for the levels).
//!
//! ```text
//! ticket_finished ─► invited for 5 workdays ─► rating_given ─► level 1 or 2: case_opened
//! ```

mod decide;
mod figures;
mod words;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fact, Register};
use crate::decide::Asked;
use crate::evidence::{Article, Item};
use crate::state::Ticket;
use crate::text::Text;
use crate::{Event, RecordId, Refusal, ServiceCode, TicketId, Timestamp, WindowCode};

pub use figures::RatingFigures;
pub use words::{Dimension, Dimensions, Level, RatingChannel};

/// Days that ratings stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;
/// Workdays in which a visit can be rated. **Source**: PRACTICE §2.1 (鲁政办发〔2020〕10号).
pub const RATE_WITHIN_WORKDAYS: u32 = 5;

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RatingWish {
    /// The id the record will have.
    pub id: RecordId,
    /// The id that the case of a bad rating will have.
    pub case: RecordId,
    /// Of which visit; none for the window's code and for paper.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// Of which window, when there is no ticket; for the pad, the window it stands at.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// The level.
    pub level: Level,
    /// Levels of single things.
    #[serde(default)]
    pub dimensions: Dimensions,
    /// Where the text is kept, outside the journal.
    #[serde(default)]
    pub text: Option<String>,
    /// Through what it came.
    pub channel: RatingChannel,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Rating {
    /// A visitor said something.
    Given(RatingGiven),
}

/// One rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingGiven {
    /// The record's id.
    pub id: RecordId,
    /// Of which visit; never shown to people.
    pub ticket: Option<TicketId>,
    /// Of which window.
    pub window: Option<WindowCode>,
    /// Of which service.
    pub service: Option<ServiceCode>,
    /// The level.
    pub level: Level,
    /// Levels of single things.
    pub dimensions: Dimensions,
    /// Where the text is kept, outside the journal.
    pub text: Option<String>,
    /// Through what it came.
    pub channel: RatingChannel,
    /// The day.
    pub day: NaiveDate,
    /// `visitor`, the pad, or who entered it from paper.
    pub by: String,
}

impl Fact for Rating {
    fn id(&self) -> RecordId {
        let Self::Given(given) = self;
        given.id
    }

    fn ticket(&self) -> Option<TicketId> {
        let Self::Given(given) = self;
        given.ticket
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Given(_) => "rating_given",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        // 第十九条 has no row of its own; 第十三条's list and the annex row F1 name 好差评.
        Some((Article::A13, Item::F1))
    }

    fn sentence(&self) -> Text {
        let Self::Given(given) = self;
        let (level, channel) = (given.level, given.channel);
        Text::new(
            format!("办事人评价:{}({})", level.zh(), channel.zh()),
            format!("a visitor is {} ({})", level.en(), channel.as_str()),
        )
    }
}

/// Visits that can still be rated though their tickets are forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invitation {
    pub(crate) day: NaiveDate,
    pub(crate) window: Option<WindowCode>,
    pub(crate) service: ServiceCode,
}

/// Ratings of the last weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ratings {
    /// Which visits were rated, and when.
    rated: BTreeMap<TicketId, NaiveDate>,
    /// Invitations that outlive their tickets: over long holidays.
    invited: BTreeMap<TicketId, Invitation>,
    /// Those that say something: bad ones, and those with a text.
    telling: BTreeMap<RecordId, RatingGiven>,
    counts: BTreeMap<(NaiveDate, Level), u32>,
    /// Moments of ratings through the code of a window, of the last hour.
    through_code: BTreeMap<WindowCode, Vec<Timestamp>>,
}

impl Ratings {
    /// How many ratings of a level came on a day.
    pub fn count(&self, day: NaiveDate, level: Level) -> u32 {
        self.counts.get(&(day, level)).copied().unwrap_or(0)
    }

    /// Whether the visit was rated.
    pub fn is_rated(&self, ticket: TicketId) -> bool {
        self.rated.contains_key(&ticket)
    }

    /// Bad ratings and those with a text, the oldest first, of the last 40 days.
    pub fn telling(&self) -> impl Iterator<Item = &RatingGiven> {
        self.telling.values()
    }

    /// Keeps the invitation of a ticket that is about to be forgotten.
    pub(crate) fn keep_invitation(&mut self, ticket: &Ticket) {
        if self.is_rated(ticket.id) {
            return;
        }
        let invitation = Invitation {
            day: ticket.day,
            window: ticket.window.clone(),
            service: ticket.service.clone(),
        };
        self.invited.insert(ticket.id, invitation);
    }
}

impl Register for Ratings {
    type Wish = RatingWish;
    type Fact = Rating;

    fn decide(&self, asked: &Asked<'_>, wish: &RatingWish) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, asked, wish)
    }

    fn apply(&mut self, fact: &Rating, at: Timestamp) {
        let Rating::Given(given) = fact;
        *self.counts.entry((given.day, given.level)).or_default() += 1;
        if let Some(ticket) = given.ticket {
            self.rated.insert(ticket, given.day);
            self.invited.remove(&ticket);
        }
        if given.channel == RatingChannel::WindowQr
            && let Some(window) = &given.window
        {
            let moments = self.through_code.entry(window.clone()).or_default();
            moments.retain(|earlier| at.since_ms(*earlier) < decide::HOUR_MS);
            moments.push(at);
        }
        if given.level.is_bad() || given.text.is_some() {
            self.telling.insert(given.id, given.clone());
        }
    }

    fn misfit(&self, fact: &Rating) -> Option<&'static str> {
        let Rating::Given(given) = fact;
        let twice = given.ticket.is_some_and(|ticket| self.is_rated(ticket));
        twice.then_some("the visit is rated already")
    }

    fn forget(&mut self, today: NaiveDate) {
        let is_recent = |day: NaiveDate| (today - day).num_days() <= KEEP_DAYS;
        self.rated.retain(|_, day| is_recent(*day));
        self.invited
            .retain(|_, invitation| is_recent(invitation.day));
        self.telling.retain(|_, given| is_recent(given.day));
        self.counts.retain(|(day, _), _| is_recent(*day));
        self.through_code.clear();
    }
}
