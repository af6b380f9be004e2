//! 告知承诺 (第十八条): the visitor is told that there is a choice, and given its text; chooses in
//! writing or declines, without pressure either way; the decision follows on the spot.
//!
//! ```text
//! offered ──► chosen, in writing ──► decided (late when the visit is over)
//!    │                └──► withdrawn, until the decision
//!    └──► declined: the ordinary way
//! ```

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::visit::visited_window;
use super::{Fact, Register, objection};
use crate::decide::Asked;
use crate::evidence::{Article, Item};
use crate::text::Text;
use crate::view::shown_number;
use crate::{Event, RecordId, Refusal, ServiceCode, TicketId, Timestamp, WindowCode};

/// Days that closed ones stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum PromiseWish {
    /// Tells the visitor of the choice.
    Offer(OfferWish),
    /// The visitor chooses it.
    Choose {
        /// The record.
        id: RecordId,
        /// Whether the promise is written and signed.
        in_writing: bool,
    },
    /// The visitor declines.
    Decline {
        /// The record.
        id: RecordId,
    },
    /// The office decides.
    Decide {
        /// The record.
        id: RecordId,
        /// What.
        decision: Decision,
    },
    /// The visitor withdraws.
    Withdraw {
        /// The record.
        id: RecordId,
    },
}

/// Tells the visitor of the choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OfferWish {
    /// The id the record will have.
    pub id: RecordId,
    /// The visit, when there is a number.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// Where.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// For which service.
    pub service: ServiceCode,
    /// Whether the visitor was given the text.
    #[serde(default)]
    pub text_given: bool,
}

/// What the office decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 准予许可.
    Granted,
    /// 不予许可.
    Refused,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum PromiseFact {
    /// The visitor was told of the choice and given the text.
    Offered {
        id: RecordId,
        ticket: Option<TicketId>,
        number: Option<String>,
        window: Option<WindowCode>,
        service: ServiceCode,
        day: NaiveDate,
        by: String,
    },
    /// The visitor promised in writing.
    Chosen {
        id: RecordId,
        day: NaiveDate,
        by: String,
    },
    /// The visitor declined.
    Declined {
        id: RecordId,
        day: NaiveDate,
        by: String,
    },
    /// The office decided; `late` when the visit was over.
    Decided {
        id: RecordId,
        decision: Decision,
        late: bool,
        day: NaiveDate,
        by: String,
    },
    /// The visitor withdrew before the decision.
    Withdrawn {
        id: RecordId,
        day: NaiveDate,
        by: String,
    },
}

impl Fact for PromiseFact {
    fn id(&self) -> RecordId {
        match self {
            Self::Offered { id, .. }
            | Self::Chosen { id, .. }
            | Self::Declined { id, .. }
            | Self::Decided { id, .. }
            | Self::Withdrawn { id, .. } => *id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Offered { ticket, .. } => *ticket,
            Self::Chosen { .. }
            | Self::Declined { .. }
            | Self::Decided { .. }
            | Self::Withdrawn { .. } => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Offered { .. } => "promise_offered",
            Self::Chosen { .. } => "promise_chosen",
            Self::Declined { .. } => "promise_declined",
            Self::Decided { .. } => "promise_decided",
            Self::Withdrawn { .. } => "promise_withdrawn",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        Some((Article::A18, Item::None))
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Offered { service, .. } => Text::new(
                format!("事项{service}:告知可选择告知承诺方式,并提供文书"),
                format!("service {service}: told of 告知承诺 and given its text"),
            ),
            Self::Chosen { .. } => Text::new(
                "申请人书面选择告知承诺",
                "the applicant chose it, in writing",
            ),
            Self::Declined { .. } => Text::new(
                "申请人不选择告知承诺,按一般程序办理",
                "the applicant chose the ordinary way",
            ),
            Self::Decided { late: false, .. } => {
                Text::new("当场作出行政许可决定", "decided on the spot")
            }
            Self::Decided { late: true, .. } => Text::new(
                "未能当场作出行政许可决定,事后补作",
                "decided after the visit was over",
            ),
            Self::Withdrawn { .. } => Text::new(
                "申请人在决定作出前撤回承诺申请",
                "the applicant withdrew before the decision",
            ),
        }
    }
}

/// One offer, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Promise {
    /// The record.
    pub id: RecordId,
    /// The visit.
    pub ticket: Option<TicketId>,
    /// The number, as shown.
    pub number: Option<String>,
    /// Where.
    pub window: Option<WindowCode>,
    /// For which service.
    pub service: ServiceCode,
    /// When it was offered.
    pub day: NaiveDate,
    /// Who offered it.
    pub by: String,
    /// The answer: true for chosen, false for declined.
    pub chosen: Option<bool>,
    /// When it was answered.
    pub answered_day: Option<NaiveDate>,
    /// What the office decided.
    pub decision: Option<Decision>,
    /// Whether after the visit was over.
    pub late: Option<bool>,
    /// When the visitor withdrew.
    pub withdrawn_day: Option<NaiveDate>,
}

impl Promise {
    /// Whether an answer or a decision is outstanding.
    pub fn is_open(&self) -> bool {
        match self.chosen {
            None => true,
            Some(false) => false,
            Some(true) => self.decision.is_none() && self.withdrawn_day.is_none(),
        }
    }
}

/// The offers that are open, and those of the last days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises(BTreeMap<RecordId, Promise>);

impl Promises {
    /// One offer.
    pub fn get(&self, id: RecordId) -> Option<&Promise> {
        self.0.get(&id)
    }

    /// Every offer in memory, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Promise> {
        self.0.values()
    }

    fn known(&self, id: RecordId) -> Result<&Promise, Refusal> {
        self.0.get(&id).ok_or_else(|| Refusal::NotFound {
            what: "promise",
            name: id.to_string(),
        })
    }

    fn unanswered(&self, id: RecordId) -> Result<(), Refusal> {
        if self.known(id)?.chosen.is_none() {
            return Ok(());
        }
        Err(objection(
            "promise_answered",
            "id",
            "申请人已经作出选择",
            "the applicant has answered",
        ))
    }

    fn undecided(&self, id: RecordId) -> Result<&Promise, Refusal> {
        let promise = self.known(id)?;
        if promise.chosen != Some(true) {
            return Err(objection(
                "promise_not_chosen",
                "id",
                "申请人没有选择告知承诺方式(第十八条)",
                "the applicant did not choose this way",
            ));
        }
        if promise.decision.is_some() {
            return Err(objection(
                "promise_decided_already",
                "id",
                "行政许可决定已经作出,不能再撤回或改动(第十八条)",
                "the decision is made",
            ));
        }
        if promise.withdrawn_day.is_some() {
            return Err(objection(
                "promise_withdrawn_already",
                "id",
                "申请人已经撤回承诺申请",
                "the applicant has withdrawn",
            ));
        }
        Ok(promise)
    }

    fn offer(asked: &Asked<'_>, wish: &OfferWish) -> Result<PromiseFact, Refusal> {
        let hall = asked.hall;
        let ticket = wish.ticket.map(|id| hall.ticket(id)).transpose()?;
        if let Some(window) = &wish.window {
            hall.window(window)?;
        }
        let plan = hall.plan().ok_or(Refusal::HallNotOpen)?;
        if plan.service(&wish.service).is_none() {
            return Err(Refusal::no_service(&wish.service));
        }
        let window = match ticket {
            Some(ticket) => {
                let named = wish.window.as_ref();
                Some(visited_window(asked, ticket, named, &wish.service)?)
            }
            None => wish.window.clone(),
        };
        if !wish.text_given {
            return Err(objection(
                "promise_text_needed",
                "text_given",
                "请先把告知承诺文书交给申请人(第十八条)",
                "the applicant is given the text first",
            ));
        }
        Ok(PromiseFact::Offered {
            id: wish.id,
            ticket: wish.ticket,
            number: ticket.map(|ticket| shown_number(hall, ticket)),
            window,
            service: wish.service.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
    }

    fn choose(
        &self,
        asked: &Asked<'_>,
        id: RecordId,
        written: bool,
    ) -> Result<PromiseFact, Refusal> {
        self.unanswered(id)?;
        if !written {
            return Err(objection(
                "promise_in_writing",
                "in_writing",
                "选择告知承诺要以书面形式承诺(第十八条)",
                "the promise is made in writing",
            ));
        }
        Ok(PromiseFact::Chosen {
            id,
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
    }

    /// 当场: while the visit lasts; without a number, on the same day.
    fn is_late(asked: &Asked<'_>, promise: &Promise) -> bool {
        match promise.ticket {
            Some(ticket) => {
                let ticket = asked.hall.ticket(ticket);
                ticket.is_ok_and(|ticket| !ticket.status.is_open())
            }
            None => promise.answered_day != Some(asked.today()),
        }
    }
}

impl Register for Promises {
    type Wish = PromiseWish;
    type Fact = PromiseFact;

    fn decide(&self, asked: &Asked<'_>, wish: &PromiseWish) -> Result<Vec<Event>, Refusal> {
        let (day, by) = (asked.today(), asked.actor.name.clone());
        let fact = match wish {
            PromiseWish::Offer(wish) => Self::offer(asked, wish)?,
            PromiseWish::Choose { id, in_writing } => self.choose(asked, *id, *in_writing)?,
            PromiseWish::Decline { id } => {
                self.unanswered(*id)?;
                PromiseFact::Declined { id: *id, day, by }
            }
            PromiseWish::Decide { id, decision } => PromiseFact::Decided {
                id: *id,
                decision: *decision,
                late: Self::is_late(asked, self.undecided(*id)?),
                day,
                by,
            },
            PromiseWish::Withdraw { id } => {
                self.undecided(*id)?;
                PromiseFact::Withdrawn { id: *id, day, by }
            }
        };
        Ok(vec![fact.into()])
    }

    fn apply(&mut self, fact: &PromiseFact, _: Timestamp) {
        match fact {
            PromiseFact::Offered {
                id,
                ticket,
                number,
                window,
                service,
                day,
                by,
            } => {
                let promise = Promise {
                    id: *id,
                    ticket: *ticket,
                    number: number.clone(),
                    window: window.clone(),
                    service: service.clone(),
                    day: *day,
                    by: by.clone(),
                    chosen: None,
                    answered_day: None,
                    decision: None,
                    late: None,
                    withdrawn_day: None,
                };
                self.0.insert(promise.id, promise);
            }
            PromiseFact::Chosen { id, day, .. } => self.change(*id, |promise| {
                (promise.chosen, promise.answered_day) = (Some(true), Some(*day));
            }),
            PromiseFact::Declined { id, day, .. } => self.change(*id, |promise| {
                (promise.chosen, promise.answered_day) = (Some(false), Some(*day));
            }),
            PromiseFact::Decided {
                id, decision, late, ..
            } => self.change(*id, |promise| {
                (promise.decision, promise.late) = (Some(*decision), Some(*late));
            }),
            PromiseFact::Withdrawn { id, day, .. } => self.change(*id, |promise| {
                promise.withdrawn_day = Some(*day);
            }),
        }
    }

    fn misfit(&self, fact: &PromiseFact) -> Option<&'static str> {
        let known = self.0.get(&fact.id());
        match fact {
            PromiseFact::Offered { .. } => known.map(|_| "the offer is there already"),
            PromiseFact::Chosen { .. } | PromiseFact::Declined { .. } => known
                .is_none_or(|promise| promise.chosen.is_some())
                .then_some("there is no such offer without an answer"),
            PromiseFact::Decided { .. } | PromiseFact::Withdrawn { .. } => known
                .is_none_or(|promise| !promise.is_open())
                .then_some("there is no such promise without a decision"),
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.0.retain(|_, promise| {
            promise.is_open() || (today - promise.day).num_days() <= KEEP_DAYS
        });
    }
}

impl Promises {
    fn change(&mut self, id: RecordId, change: impl FnOnce(&mut Promise)) {
        if let Some(promise) = self.0.get_mut(&id) {
            change(promise);
        }
    }
}
