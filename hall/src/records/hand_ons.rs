//! 首问负责 (第十三条): the first who is asked answers, or hands the question on to a named person and
//! says why (第七条(七)). It stays theirs until the other has taken it.
//!
//! ```text
//! opened ──► handed on to a named clerk, with a reason ──► accepted ──► …
//!    └──────────────────────────────┴────────────────────────┴──► closed by the owner
//! ```

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fact, Register, objection};
use crate::decide::Asked;
use crate::evidence::{Article, Item};
use crate::text::Text;
use crate::{ClerkCode, Event, RecordId, Refusal, Role, TicketId, Timestamp, WindowCode};

/// Days that closed ones stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum HandOnWish {
    /// Writes an inquiry down. `clerk` is who was asked first; the asker when left out.
    Open {
        id: RecordId,
        #[serde(default)]
        ticket: Option<TicketId>,
        #[serde(default)]
        window: Option<WindowCode>,
        #[serde(default)]
        clerk: Option<ClerkCode>,
        subject: String,
    },
    /// Hands it on to a named clerk, with the reason.
    HandOn {
        id: RecordId,
        to: ClerkCode,
        reason: String,
    },
    /// The named clerk takes it.
    Accept { id: RecordId },
    /// The owner closes it.
    Close { id: RecordId, end: InquiryEnd },
}

/// How an inquiry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InquiryEnd {
    /// Answered in full.
    Answered,
    /// The visitor does not ask any more.
    Dropped,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum HandOn {
    /// Somebody was asked first.
    Opened {
        id: RecordId,
        ticket: Option<TicketId>,
        window: Option<WindowCode>,
        owner: ClerkCode,
        subject: String,
        day: NaiveDate,
        by: String,
    },
    /// Handed on; the owner's until accepted.
    HandedOn {
        id: RecordId,
        to: ClerkCode,
        reason: String,
        day: NaiveDate,
        by: String,
    },
    /// The named clerk owns it.
    Accepted {
        id: RecordId,
        clerk: ClerkCode,
        day: NaiveDate,
        by: String,
    },
    /// It is over.
    Closed {
        id: RecordId,
        end: InquiryEnd,
        day: NaiveDate,
        by: String,
    },
}

impl Fact for HandOn {
    fn id(&self) -> RecordId {
        match self {
            Self::Opened { id, .. }
            | Self::HandedOn { id, .. }
            | Self::Accepted { id, .. }
            | Self::Closed { id, .. } => *id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Opened { ticket, .. } => *ticket,
            Self::HandedOn { .. } | Self::Accepted { .. } | Self::Closed { .. } => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "inquiry_opened",
            Self::HandedOn { .. } => "inquiry_handed_on",
            Self::Accepted { .. } => "inquiry_accepted",
            Self::Closed { .. } => "inquiry_closed",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        match self {
            Self::Opened { .. } | Self::Accepted { .. } | Self::Closed { .. } => {
                Some((Article::A13, Item::F1))
            }
            Self::HandedOn { .. } => Some((Article::A7_7, Item::T2)),
        }
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Opened { owner, .. } => Text::new(
                format!("首问登记,首问责任人{owner}"),
                format!("an inquiry was written down, {owner} was asked first"),
            ),
            Self::HandedOn { to, .. } => Text::new(
                format!("说明原因后转交{to}处理"),
                format!("handed on to {to}, with the reason"),
            ),
            Self::Accepted { clerk, .. } => Text::new(
                format!("{clerk}接收转交的咨询"),
                format!("{clerk} took the inquiry over"),
            ),
            Self::Closed {
                end: InquiryEnd::Answered,
                ..
            } => Text::new("咨询已答复", "the inquiry was answered"),
            Self::Closed {
                end: InquiryEnd::Dropped,
                ..
            } => Text::new("办事人不再咨询", "the visitor asks no more"),
        }
    }
}

/// One step of an inquiry's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InquiryStep {
    /// To whom it was handed on.
    pub to: ClerkCode,
    /// Why.
    pub reason: String,
    /// When.
    pub day: NaiveDate,
    /// By whom.
    pub by: String,
    /// Whether the other has taken it.
    pub accepted: bool,
}

/// One inquiry and its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inquiry {
    /// The record.
    pub id: RecordId,
    /// The visit.
    pub ticket: Option<TicketId>,
    /// Where it was asked.
    pub window: Option<WindowCode>,
    /// Who was asked first.
    pub first: ClerkCode,
    /// Who owns it.
    pub owner: ClerkCode,
    /// What was asked.
    pub subject: String,
    /// The day.
    pub day: NaiveDate,
    /// Its way, oldest step first.
    pub steps: Vec<InquiryStep>,
    /// How it ended.
    pub end: Option<InquiryEnd>,
    /// When it ended.
    pub end_day: Option<NaiveDate>,
}

impl Inquiry {
    /// The clerk who was named and has not taken it yet.
    pub fn offered_to(&self) -> Option<&ClerkCode> {
        let last = self.steps.last()?;
        (self.end.is_none() && !last.accepted).then_some(&last.to)
    }

    /// Whether the clerk has something to do about it.
    pub fn waits_for(&self, clerk: &ClerkCode) -> bool {
        self.end.is_none() && (self.owner == *clerk || self.offered_to() == Some(clerk))
    }
}

/// The inquiries that are open, and those of the last days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandOns(BTreeMap<RecordId, Inquiry>);

impl HandOns {
    /// One inquiry.
    pub fn get(&self, id: RecordId) -> Option<&Inquiry> {
        self.0.get(&id)
    }

    /// Every inquiry in memory, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Inquiry> {
        self.0.values()
    }

    /// Inquiries that wait for the clerk.
    pub fn of(&self, clerk: &ClerkCode) -> impl Iterator<Item = &Inquiry> {
        self.0.values().filter(move |one| one.waits_for(clerk))
    }

    fn open(&self, id: RecordId) -> Result<&Inquiry, Refusal> {
        let inquiry = self.0.get(&id).ok_or_else(|| Refusal::NotFound {
            what: "inquiry",
            name: id.to_string(),
        })?;
        if inquiry.end.is_none() {
            return Ok(inquiry);
        }
        Err(objection(
            "inquiry_over",
            "id",
            "这件咨询已经办结",
            "the inquiry is over",
        ))
    }

    /// An open inquiry that the actor may act on as its owner.
    fn owned(&self, asked: &Asked<'_>, id: RecordId) -> Result<&Inquiry, Refusal> {
        let inquiry = self.open(id)?;
        if is(asked, &inquiry.owner) {
            return Ok(inquiry);
        }
        Err(objection(
            "not_the_owner",
            "id",
            format!("这件咨询由{}负责", inquiry.owner),
            format!("the inquiry is owned by {}", inquiry.owner),
        ))
    }

    fn hand_on(
        &self,
        asked: &Asked<'_>,
        id: RecordId,
        (to, reason): (&ClerkCode, &str),
    ) -> Result<HandOn, Refusal> {
        let inquiry = self.owned(asked, id)?;
        known_clerk(asked, to)?;
        if inquiry.owner == *to {
            return Err(objection(
                "handed_to_the_owner",
                "to",
                "请转交给其他人员",
                "the inquiry is that clerk's already",
            ));
        }
        Ok(HandOn::HandedOn {
            id,
            to: to.clone(),
            reason: reason.into(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
    }

    fn accept(&self, asked: &Asked<'_>, id: RecordId) -> Result<HandOn, Refusal> {
        let inquiry = self.open(id)?;
        let Some(to) = inquiry.offered_to().filter(|to| is(asked, to)) else {
            return Err(objection(
                "not_handed_to_you",
                "id",
                "这件咨询没有转交给您",
                "the inquiry was not handed on to you",
            ));
        };
        Ok(HandOn::Accepted {
            id,
            clerk: to.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
    }
}

/// A bound clerk speaks for that clerk alone; everybody else of the staff for whom they name.
fn is(asked: &Asked<'_>, clerk: &ClerkCode) -> bool {
    asked.actor.role != Role::Clerk
        || asked
            .actor
            .clerk
            .as_ref()
            .is_none_or(|bound| bound == clerk)
}

fn known_clerk(asked: &Asked<'_>, clerk: &ClerkCode) -> Result<(), Refusal> {
    let clerks = asked.hall.plan().map(|plan| plan.clerks.as_slice());
    let known = clerks.unwrap_or_default();
    if known.iter().any(|one| one.code == *clerk) {
        return Ok(());
    }
    Err(Refusal::no_clerk(clerk))
}

fn open(asked: &Asked<'_>, wish: &HandOnWish) -> Result<Option<HandOn>, Refusal> {
    let HandOnWish::Open {
        id,
        ticket,
        window,
        clerk,
        subject,
    } = wish
    else {
        return Ok(None);
    };
    if let Some(ticket) = ticket {
        asked.hall.ticket(*ticket)?;
    }
    if let Some(window) = window {
        asked.hall.window(window)?;
    }
    let at_window = || {
        let window = asked.hall.windows().get(window.as_ref()?)?;
        window.shift.as_ref().map(|shift| shift.clerk.clone())
    };
    let owner = clerk.clone().or_else(|| asked.actor.clerk.clone());
    let Some(owner) = owner.or_else(at_window) else {
        return Err(objection(
            "owner_needed",
            "clerk",
            "请写明首问责任人(第十三条)",
            "an inquiry has somebody who was asked first",
        ));
    };
    known_clerk(asked, &owner)?;
    Ok(Some(HandOn::Opened {
        id: *id,
        ticket: *ticket,
        window: window.clone(),
        owner,
        subject: subject.clone(),
        day: asked.today(),
        by: asked.actor.name.clone(),
    }))
}

impl Register for HandOns {
    type Wish = HandOnWish;
    type Fact = HandOn;

    fn decide(&self, asked: &Asked<'_>, wish: &HandOnWish) -> Result<Vec<Event>, Refusal> {
        let fact = match wish {
            HandOnWish::Open { .. } => open(asked, wish)?,
            HandOnWish::HandOn { id, to, reason } => {
                Some(self.hand_on(asked, *id, (to, reason))?)
            }
            HandOnWish::Accept { id } => Some(self.accept(asked, *id)?),
            HandOnWish::Close { id, end } => {
                self.owned(asked, *id)?;
                Some(HandOn::Closed {
                    id: *id,
                    end: *end,
                    day: asked.today(),
                    by: asked.actor.name.clone(),
                })
            }
        };
        Ok(fact.into_iter().map(Event::from).collect())
    }

    fn apply(&mut self, fact: &HandOn, _: Timestamp) {
        if let HandOn::Opened {
            id,
            ticket,
            window,
            owner,
            subject,
            day,
            ..
        } = fact
        {
            let inquiry = Inquiry {
                id: *id,
                ticket: *ticket,
                window: window.clone(),
                first: owner.clone(),
                owner: owner.clone(),
                subject: subject.clone(),
                day: *day,
                steps: Vec::new(),
                end: None,
                end_day: None,
            };
            self.0.insert(*id, inquiry);
        } else if let Some(inquiry) = self.0.get_mut(&fact.id()) {
            inquiry.go_on(fact);
        }
    }

    fn misfit(&self, fact: &HandOn) -> Option<&'static str> {
        let known = self.0.get(&fact.id());
        match fact {
            HandOn::Opened { .. } => known.map(|_| "the inquiry is there already"),
            HandOn::HandedOn { .. } | HandOn::Accepted { .. } | HandOn::Closed { .. } => known
                .is_none_or(|inquiry| inquiry.end.is_some())
                .then_some("there is no such open inquiry"),
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.0
            .retain(|_, one| one.end.is_none() || (today - one.day).num_days() <= KEEP_DAYS);
    }
}

impl Inquiry {
    fn go_on(&mut self, fact: &HandOn) {
        match fact {
            HandOn::Opened { .. } => (),
            HandOn::HandedOn {
                to,
                reason,
                day,
                by,
                ..
            } => self.steps.push(InquiryStep {
                to: to.clone(),
                reason: reason.clone(),
                day: *day,
                by: by.clone(),
                accepted: false,
            }),
            HandOn::Accepted { clerk, .. } => {
                self.owner = clerk.clone();
                if let Some(step) = self.steps.last_mut() {
                    step.accepted = true;
                }
            }
            HandOn::Closed { end, day, .. } => {
                (self.end, self.end_day) = (Some(*end), Some(*day));
            }
        }
    }
}
