//! The telephone (第七条(六), 第八条(三)4, 5): calls answered, missed and returned; messages taken for
//! a clerk who is away, and questions that are answered later.
//!
//! A caller's name and number are personal: the fact holds a reference, and the text goes when the
//! record is closed. Whether a call was taken within three rings is seen by inspectors only.
//!
//! ```text
//! answered                          (a count)
//! missed ──────────┐
//! taken ──► read ──┴──► returned: reached ──► over      not reached ──► still owed
//! ```

mod message;

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

pub use message::Message;

/// Days that closed ones and counts stay in memory. Ours: a month and a few days to look back.
const KEEP_DAYS: i64 = 40;

/// A wish of the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum MessageWish {
    /// Notes a call that was answered.
    Answer(CallWish),
    /// Notes a call that was missed.
    Miss(CallWish),
    /// Takes a message for a clerk, or a question to answer later.
    Take(TakeWish),
    /// The clerk has read it.
    Read { id: RecordId },
    /// Somebody called back.
    Return { id: RecordId, reached: bool },
    /// Nothing more is to be done.
    Close { id: RecordId },
}

/// A call at a window's telephone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallWish {
    /// The id the record will have.
    pub id: RecordId,
    /// Whose telephone; none for the hall's.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// The reference of who called, in the store of personal data.
    #[serde(default)]
    pub caller: Option<String>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TakeWish {
    /// The id the record will have.
    pub id: RecordId,
    /// For whom.
    pub to: ClerkCode,
    /// What it is about.
    pub subject: String,
    /// The reference of who called, in the store of personal data.
    #[serde(default)]
    pub caller: Option<String>,
    /// Until when to call back.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields carry the names of the term table in the crate doc"
)]
pub enum MessageFact {
    /// A call was answered.
    Answered {
        id: RecordId,
        window: Option<WindowCode>,
        day: NaiveDate,
        by: String,
    },
    /// A call was missed.
    Missed {
        id: RecordId,
        window: Option<WindowCode>,
        caller: Option<String>,
        day: NaiveDate,
        by: String,
    },
    /// A message was taken.
    Taken {
        id: RecordId,
        to: ClerkCode,
        subject: String,
        caller: Option<String>,
        due_at: Option<Timestamp>,
        day: NaiveDate,
        by: String,
    },
    /// The clerk has read it.
    Read {
        id: RecordId,
        day: NaiveDate,
        by: String,
    },
    /// Somebody called back, `after_min` minutes later.
    Returned {
        id: RecordId,
        reached: bool,
        after_min: u32,
        day: NaiveDate,
        by: String,
    },
    /// Nothing more is to be done.
    Closed {
        id: RecordId,
        day: NaiveDate,
        by: String,
    },
}

impl Fact for MessageFact {
    fn id(&self) -> RecordId {
        match self {
            Self::Answered { id, .. }
            | Self::Missed { id, .. }
            | Self::Taken { id, .. }
            | Self::Read { id, .. }
            | Self::Returned { id, .. }
            | Self::Closed { id, .. } => *id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        None
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Answered { .. } => "call_answered",
            Self::Missed { .. } => "call_missed",
            Self::Taken { .. } => "message_taken",
            Self::Read { .. } => "message_read",
            Self::Returned { .. } => "call_returned",
            Self::Closed { .. } => "message_closed",
        }
    }

    fn evidence(&self) -> Option<(Article, Item)> {
        Some((Article::A7_6, Item::T2))
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Answered { .. } => Text::new("接听咨询电话", "a call was answered"),
            Self::Missed { .. } => Text::new("来电未能接听,待回拨", "a call was missed"),
            Self::Taken { to, .. } => Text::new(
                format!("代{to}记录来电留言"),
                format!("a message was taken for {to}"),
            ),
            Self::Read { .. } => Text::new("留言已阅", "the message was read"),
            Self::Returned {
                reached: true,
                after_min,
                ..
            } => Text::new(
                format!("{after_min}分钟后回拨,已答复"),
                format!("returned after {after_min} minutes"),
            ),
            Self::Returned {
                reached: false,
                after_min,
                ..
            } => Text::new(
                format!("{after_min}分钟后回拨,未接通,待再次回拨"),
                format!("returned after {after_min} minutes, nobody answered"),
            ),
            Self::Closed { .. } => Text::new("来电事项了结", "nothing more is to be done"),
        }
    }
}

/// What is open, what is recent, and counts of answered calls by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Messages {
    messages: BTreeMap<RecordId, Message>,
    answered: BTreeMap<NaiveDate, u32>,
}

impl Messages {
    /// One record.
    pub fn get(&self, id: RecordId) -> Option<&Message> {
        self.messages.get(&id)
    }

    /// Every missed call and message in memory, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values()
    }

    /// What is still to be done.
    pub fn open(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().filter(|message| !message.closed)
    }

    /// Messages that the clerk has not read, oldest first.
    pub fn unread(&self, clerk: &ClerkCode) -> impl Iterator<Item = &Message> {
        self.open()
            .filter(move |message| !message.read && message.to.as_ref() == Some(clerk))
    }

    /// Calls answered on a day.
    pub fn answered(&self, day: NaiveDate) -> u32 {
        self.answered.get(&day).copied().unwrap_or(0)
    }

    fn known(&self, id: RecordId) -> Result<&Message, Refusal> {
        let message = self.messages.get(&id).ok_or_else(|| Refusal::NotFound {
            what: "message",
            name: id.to_string(),
        })?;
        if !message.closed {
            return Ok(message);
        }
        Err(objection(
            "message_over",
            "id",
            "这条来电记录已经了结",
            "nothing more is to be done about it",
        ))
    }

    fn read(&self, asked: &Asked<'_>, id: RecordId) -> Result<MessageFact, Refusal> {
        let message = self.known(id)?;
        let is_bound = asked.actor.role == Role::Clerk && asked.actor.clerk.is_some();
        if message.to.is_none() || (is_bound && message.to != asked.actor.clerk) {
            return Err(objection(
                "not_your_message",
                "id",
                "这条留言不是给您的",
                "the message is for somebody else",
            ));
        }
        if message.read {
            return Err(objection(
                "message_read_already",
                "id",
                "这条留言已经看过",
                "the message was read before",
            ));
        }
        Ok(MessageFact::Read {
            id,
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
    }

    fn returned(
        &self,
        asked: &Asked<'_>,
        id: RecordId,
        reached: bool,
    ) -> Result<MessageFact, Refusal> {
        let message = self.known(id)?;
        let after_ms = asked.now.since_ms(message.at);
        Ok(MessageFact::Returned {
            id,
            reached,
            after_min: u32::try_from(after_ms / 60_000).unwrap_or(u32::MAX),
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
    }
}

fn take(asked: &Asked<'_>, wish: &TakeWish) -> Result<MessageFact, Refusal> {
    let clerks = asked.hall.plan().map(|plan| plan.clerks.as_slice());
    let mut clerks = clerks.unwrap_or_default().iter();
    if !clerks.any(|one| one.code == wish.to) {
        return Err(Refusal::no_clerk(&wish.to));
    }
    if let Some(due) = wish.due_at.filter(|due| *due <= asked.now) {
        return Err(Refusal::NotInTheFuture { at: due });
    }
    Ok(MessageFact::Taken {
        id: wish.id,
        to: wish.to.clone(),
        subject: wish.subject.clone(),
        caller: wish.caller.clone(),
        due_at: wish.due_at,
        day: asked.today(),
        by: asked.actor.name.clone(),
    })
}

fn call(asked: &Asked<'_>, wish: &CallWish, answered: bool) -> Result<MessageFact, Refusal> {
    if let Some(window) = &wish.window {
        asked.hall.window(window)?;
    }
    let (id, window) = (wish.id, wish.window.clone());
    let (day, by) = (asked.today(), asked.actor.name.clone());
    if answered {
        return Ok(MessageFact::Answered {
            id,
            window,
            day,
            by,
        });
    }
    Ok(MessageFact::Missed {
        id,
        window,
        caller: wish.caller.clone(),
        day,
        by,
    })
}

impl Register for Messages {
    type Wish = MessageWish;
    type Fact = MessageFact;

    fn decide(&self, asked: &Asked<'_>, wish: &MessageWish) -> Result<Vec<Event>, Refusal> {
        let fact = match wish {
            MessageWish::Answer(wish) => call(asked, wish, true)?,
            MessageWish::Miss(wish) => call(asked, wish, false)?,
            MessageWish::Take(wish) => take(asked, wish)?,
            MessageWish::Read { id } => self.read(asked, *id)?,
            MessageWish::Return { id, reached } => self.returned(asked, *id, *reached)?,
            MessageWish::Close { id } => {
                self.known(*id)?;
                MessageFact::Closed {
                    id: *id,
                    day: asked.today(),
                    by: asked.actor.name.clone(),
                }
            }
        };
        Ok(vec![fact.into()])
    }

    fn apply(&mut self, fact: &MessageFact, at: Timestamp) {
        match fact {
            MessageFact::Answered { day, .. } => *self.answered.entry(*day).or_default() += 1,
            MessageFact::Missed { .. } | MessageFact::Taken { .. } => {
                if let Some(message) = Message::of(fact, at) {
                    self.messages.insert(message.id, message);
                }
            }
            MessageFact::Read { id, .. } => self.change(*id, |message| message.read = true),
            MessageFact::Returned {
                id,
                reached,
                after_min,
                ..
            } => self.change(*id, |message| {
                message.tries += 1;
                if *reached {
                    message.returned_after_min = Some(*after_min);
                    message.end();
                }
            }),
            MessageFact::Closed { id, .. } => self.change(*id, Message::end),
        }
    }

    fn misfit(&self, fact: &MessageFact) -> Option<&'static str> {
        let known = self.messages.get(&fact.id());
        match fact {
            MessageFact::Answered { .. }
            | MessageFact::Missed { .. }
            | MessageFact::Taken { .. } => known.map(|_| "the record is there already"),
            MessageFact::Read { .. }
            | MessageFact::Returned { .. }
            | MessageFact::Closed { .. } => known
                .is_none_or(|message| message.closed)
                .then_some("there is no such open record"),
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        let is_recent = |day: NaiveDate| (today - day).num_days() <= KEEP_DAYS;
        self.messages
            .retain(|_, message| !message.closed || is_recent(message.day));
        self.answered.retain(|day, _| is_recent(*day));
    }
}

impl Messages {
    fn change(&mut self, id: RecordId, change: impl FnOnce(&mut Message)) {
        if let Some(message) = self.messages.get_mut(&id) {
            change(message);
        }
    }
}
