//! A ticket: the record behind a number on paper.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::event::{Outcome, ParkingKind, PrintOutcome};
use crate::view::Wait;
use crate::waits::Reckoned;
use crate::{ServiceCode, TicketId, Timestamp, WindowCode};

/// A ticket and all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Rank among all tickets of the hall, by issue: breaks ties of the order.
    pub serial: u64,
    /// The number on the paper, unique in its day.
    pub number: String,
    /// Its hall day; constant.
    pub day: NaiveDate,
    /// The service it waits for; a transfer changes it.
    pub service: ServiceCode,
    /// Ordinary or green.
    pub class: Class,
    /// On what ground green.
    pub ground: Option<Ground>,
    /// Through what it was issued.
    pub channel: Channel,
    /// Keyed hash and masked tail of an id number.
    pub holder: Option<Holder>,
    /// When the visitor took it; kept by every transfer and reinstatement.
    pub arrived_at: Timestamp,
    /// The wait band printed or first shown.
    pub wait: Option<Wait>,
    /// What that band rests on, for as long as it can still be learned from.
    pub reckoned: Option<Reckoned>,
    /// Where it stands in its life.
    pub status: TicketStatus,
    /// First in line: put back or unparked.
    pub front: bool,
    /// The only window that may call it.
    pub only_window: Option<WindowCode>,
    /// Since when it stands in line, this time.
    pub lined_at: Timestamp,
    /// In line only after this many calls of its service in all.
    pub held_until: Option<u64>,
    /// Whether the one delay was used.
    pub delayed: bool,
    /// Announcements of the last call, the first included.
    pub calls: u32,
    /// First announcement of all.
    pub first_called_at: Option<Timestamp>,
    /// First announcement of the last call.
    pub called_at: Option<Timestamp>,
    /// Last announcement.
    pub announced_at: Option<Timestamp>,
    /// When service began.
    pub started_at: Option<Timestamp>,
    /// When it ended, or was marked a no-show.
    pub ended_at: Option<Timestamp>,
    /// The window that called it last.
    pub window: Option<WindowCode>,
    /// What is known of the paper.
    pub print: Print,
    /// The matters of the visit, the first one included.
    pub matters: Vec<Matter>,
}

/// Where a ticket stands in its life.
///
/// ```text
/// waiting ─► called ─► serving ─► finished          finished ─► serving   (undo, 10 s)
///    ▲  ▲       │         │ │
///    │  └ put back        │ └► parked ─► serving
///    │          ▼         ▼        │
///    │       no_show   (transfer)  │                no_show ─► called     (undo, 10 s)
///    └──────────┴─────────┴────────┘
/// waiting│called│serving│parked│no_show ─► cancelled
/// waiting│parked│no_show ─► carried_over
/// finished│cancelled│carried_over ─► waiting   (a manager's correction)
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketStatus {
    /// In line.
    Waiting,
    /// Called to this window.
    Called(WindowCode),
    /// Served at this window.
    Serving(WindowCode),
    /// Set aside at this window.
    Parked(WindowCode, ParkingKind),
    /// Called, did not come; can come back all day.
    NoShow(WindowCode),
    /// Served.
    Finished(WindowCode),
    /// Ended without service.
    Cancelled,
    /// To be served on a named day.
    CarriedOver(NaiveDate),
}

impl TicketStatus {
    /// The state's name in answers.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called(_) => "called",
            Self::Serving(_) => "serving",
            Self::Parked(..) => "parked",
            Self::NoShow(_) => "no_show",
            Self::Finished(_) => "finished",
            Self::Cancelled => "cancelled",
            Self::CarriedOver(_) => "carried_over",
        }
    }

    /// Whether the day cannot close over it. A no-show does not hold up settlement.
    pub const fn is_open(&self) -> bool {
        match self {
            Self::Waiting | Self::Called(_) | Self::Serving(_) | Self::Parked(..) => true,
            Self::NoShow(_) | Self::Finished(_) | Self::Cancelled | Self::CarriedOver(_) => false,
        }
    }

    /// The window that holds it, called or serving.
    pub const fn holder(&self) -> Option<&WindowCode> {
        match self {
            Self::Called(window) | Self::Serving(window) => Some(window),
            Self::Waiting
            | Self::Parked(..)
            | Self::NoShow(_)
            | Self::Finished(_)
            | Self::Cancelled
            | Self::CarriedOver(_) => None,
        }
    }
}

/// Classes of tickets. There is no VIP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 普通.
    Ordinary,
    /// 预约.
    Booked,
    /// 绿色通道.
    Green,
}

/// Grounds of the green channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 老年人.
    Elder,
    /// 残疾人.
    Disabled,
    /// 孕妇.
    Pregnant,
    /// 军人依法优先.
    Soldier,
    /// 其他.
    Other,
}

/// Through what a number was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A kiosk.
    Kiosk,
    /// A person of the staff.
    Staff,
    /// Online.
    Online,
}

/// What is kept of an id number: a hash under the key of the day, and a masked tail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The keyed hash, as text.
    pub hash: String,
    /// Such as `****002X`.
    pub tail: String,
}

/// What is known of a ticket's papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Print {
    /// The outcome last reported, for the newest copy.
    pub outcome: Option<PrintOutcome>,
    /// The newest copy; 0 before the first job, 1 for the original.
    pub copy: u32,
    /// The newest copy asked for.
    pub asked: u32,
}

/// One matter of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Matter {
    /// What for.
    pub service: ServiceCode,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Workdays promised.
    pub promised_days: Option<u32>,
    /// How the result is picked up.
    pub pickup: Option<String>,
}

impl Matter {
    /// A matter that is not ended yet.
    pub fn open(service: ServiceCode) -> Self {
        Self {
            service,
            outcome: None,
            promised_days: None,
            pickup: None,
        }
    }
}
