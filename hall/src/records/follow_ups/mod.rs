//! 回访: who agreed to be called, who was drawn by chance, and what the call brought (第二十二条).
//! Nobody is called who did not say yes, and nothing but that call is made of the number.
//!
//! ```text
//! consented ─► drawn ─► called ─► what must be put right: case_opened
//! ```

mod draw;
mod facts;
mod figures;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{Fact, Register, cases, objection};
use crate::decide::Asked;
use crate::{Event, RecordId, Refusal, Timestamp};

pub use facts::{
    CallUp, Consent, ConsentChannel, Consented, FollowUp, FollowUpCalled, FollowUpWish, SampleDrawn,
};
pub use figures::FollowUpFigures;

/// Days that a consent counts: the number is purged then. Ours: a quarter of a year.
const KEEP_DAYS: i64 = 90;
/// The largest sample. Ours: a week of calls.
const SAMPLE_MAX: u32 = 200;

/// A visitor who agreed, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpFile {
    /// The consent.
    pub consented: Consented,
    /// When the visitor was drawn.
    pub drawn: Option<NaiveDate>,
    /// Calls so far.
    pub calls: Vec<FollowUpCalled>,
}

impl FollowUpFile {
    /// Whether somebody should call.
    pub fn waits(&self) -> bool {
        self.drawn.is_some() && !self.is_done()
    }

    /// Whether the visitor was reached.
    pub fn is_done(&self) -> bool {
        self.calls.iter().any(|call| call.reached)
    }
}

/// Consents of the last quarter, and the samples drawn from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FollowUps {
    files: BTreeMap<RecordId, FollowUpFile>,
    samples: BTreeMap<RecordId, SampleDrawn>,
}

impl FollowUps {
    /// A consent.
    pub fn get(&self, id: RecordId) -> Option<&FollowUpFile> {
        self.files.get(&id)
    }

    /// Every consent in memory, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &FollowUpFile> {
        self.files.values()
    }

    /// Visitors who were drawn and not reached yet.
    pub fn waiting(&self) -> impl Iterator<Item = &FollowUpFile> {
        self.files.values().filter(|file| file.waits())
    }

    /// Samples, the oldest first.
    pub fn samples(&self) -> impl Iterator<Item = &SampleDrawn> {
        self.samples.values()
    }

    /// Who can still be drawn: agreed in the span, and not drawn before; in the order of their ids.
    pub fn eligible(&self, from: NaiveDate, to: NaiveDate) -> Vec<RecordId> {
        let files = self.files.iter();
        let free = files
            .filter(|(_, file)| file.drawn.is_none() && (from..=to).contains(&file.consented.day));
        free.map(|(id, _)| *id).collect()
    }

    fn consent(&self, asked: &Asked<'_>, wish: &Consent) -> Result<Vec<Event>, Refusal> {
        let mut window = wish.window.clone();
        if let Some(code) = &window {
            asked.hall.window(code)?;
        }
        if let Some(id) = wish.ticket {
            let ticket = asked.hall.ticket(id)?;
            window = window.or_else(|| ticket.window.clone());
            let mut files = self.files.values();
            if files.any(|file| file.consented.ticket == Some(id)) {
                return Err(objection(
                    "consent_known",
                    "ticket",
                    "您已留过回访号码,谢谢",
                    "a number was left already, thank you",
                ));
            }
        }
        if !wish.agreed {
            return Err(objection(
                "consent_not_given",
                "agreed",
                "办事人明确同意后才能留号码回访",
                "a number is kept only with the visitor's own consent",
            ));
        }
        let fact = FollowUp::Consented(Consented {
            id: wish.id,
            ticket: wish.ticket,
            window,
            contact: wish.contact.clone(),
            channel: wish.channel,
            day: asked.now.date_in(asked.hall.zone()),
            by: match wish.channel {
                ConsentChannel::Phone => "visitor".into(),
                ConsentChannel::Staff => asked.actor.name.clone(),
            },
        });
        Ok([fact.into()].into())
    }

    fn draw(
        &self,
        asked: &Asked<'_>,
        wish: &SampleDrawn,
        size: u32,
    ) -> Result<Vec<Event>, Refusal> {
        if wish.from > wish.to {
            return Err(objection(
                "sample_span",
                "from",
                "起始日期应不晚于截止日期",
                "the first day is not after the last",
            ));
        }
        if !(1..=SAMPLE_MAX).contains(&size) {
            return Err(objection(
                "sample_size",
                "size",
                format!("每次抽取1到{SAMPLE_MAX}位"),
                format!("a sample has 1 to {SAMPLE_MAX} visitors"),
            ));
        }
        let from = self.eligible(wish.from, wish.to);
        if from.is_empty() {
            return Err(objection(
                "sample_nobody",
                "from",
                "这段时间没有可抽取的同意回访者",
                "nobody who agreed in that span is left to draw",
            ));
        }
        let size = usize::try_from(size).expect("200 is a length");
        let drawn = SampleDrawn {
            of: u32::try_from(from.len()).unwrap_or(u32::MAX),
            chosen: draw::draw(&from, wish.seed, size),
            day: asked.now.date_in(asked.hall.zone()),
            by: asked.actor.name.clone(),
            ..wish.clone()
        };
        Ok([FollowUp::Drawn(drawn).into()].into())
    }

    fn call(&self, asked: &Asked<'_>, wish: &CallUp) -> Result<Vec<Event>, Refusal> {
        let file = self.files.get(&wish.id).ok_or_else(|| Refusal::NotFound {
            what: "follow_up",
            name: wish.id.to_string(),
        })?;
        if file.drawn.is_none() {
            return Err(objection(
                "follow_up_not_drawn",
                "id",
                "未被抽中,不回访",
                "only visitors who were drawn are called",
            ));
        }
        if file.is_done() {
            return Err(objection(
                "follow_up_done",
                "id",
                "已完成回访",
                "the visitor was reached already",
            ));
        }
        if wish.reached && wish.level.is_none() {
            return Err(objection(
                "follow_up_needs_level",
                "level",
                "接通的回访请填写满意度",
                "a call that was answered has a level",
            ));
        }
        if wish.fix && (wish.text.is_none() || !wish.reached) {
            return Err(objection(
                "follow_up_needs_text",
                "text",
                "需要整改的请写明办事人反映的问题",
                "what must be put right is written down",
            ));
        }
        let called = FollowUp::Called(FollowUpCalled {
            id: wish.id,
            reached: wish.reached,
            level: wish.level.filter(|_| wish.reached),
            text: wish.text.clone(),
            fix: wish.fix,
            day: asked.now.date_in(asked.hall.zone()),
            by: asked.actor.name.clone(),
        });
        let mut events: Vec<Event> = [called.into()].into();
        if wish.fix {
            let window = file.consented.window.as_ref();
            let text = wish.text.as_ref();
            events.push(cases::of_follow_up(
                asked,
                (wish.id, wish.case),
                window,
                text,
            ));
        }
        Ok(events)
    }
}

impl Register for FollowUps {
    type Wish = FollowUpWish;
    type Fact = FollowUp;

    fn decide(&self, asked: &Asked<'_>, wish: &FollowUpWish) -> Result<Vec<Event>, Refusal> {
        match wish {
            FollowUpWish::Consent(consent) => self.consent(asked, consent),
            FollowUpWish::Draw {
                id,
                from,
                to,
                seed,
                size,
            } => {
                let wanted = SampleDrawn {
                    id: *id,
                    from: *from,
                    to: *to,
                    seed: *seed,
                    of: 0,
                    chosen: Vec::new(),
                    day: *from,
                    by: String::new(),
                };
                self.draw(asked, &wanted, *size)
            }
            FollowUpWish::Call(call) => self.call(asked, call),
        }
    }

    fn apply(&mut self, fact: &FollowUp, _: Timestamp) {
        match fact {
            FollowUp::Consented(consented) => {
                let file = FollowUpFile {
                    consented: consented.clone(),
                    drawn: None,
                    calls: Vec::new(),
                };
                self.files.insert(consented.id, file);
            }
            FollowUp::Drawn(drawn) => {
                for id in &drawn.chosen {
                    if let Some(file) = self.files.get_mut(id) {
                        file.drawn = Some(drawn.day);
                    }
                }
                self.samples.insert(drawn.id, drawn.clone());
            }
            FollowUp::Called(called) => {
                if let Some(file) = self.files.get_mut(&called.id) {
                    file.calls.push(called.clone());
                }
            }
        }
    }

    fn misfit(&self, fact: &FollowUp) -> Option<&'static str> {
        let known = self.files.contains_key(&fact.id());
        match fact {
            FollowUp::Consented(_) => known.then_some("the consent is there already"),
            FollowUp::Drawn(drawn) => {
                let mut chosen = drawn.chosen.iter();
                let all = chosen.all(|id| self.files.contains_key(id));
                (!all).then_some("somebody was drawn who did not agree")
            }
            FollowUp::Called(_) => (!known).then_some("there is no such consent"),
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        let is_recent = |day: NaiveDate| (today - day).num_days() <= KEEP_DAYS;
        self.files.retain(|_, file| is_recent(file.consented.day));
        self.samples.retain(|_, drawn| is_recent(drawn.day));
    }
}
