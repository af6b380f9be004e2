//! What a hall is made of: one document, set by people, checked whole.

mod check;
mod fault;
pub mod guide;
mod rules;

use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::state::Ground;
use crate::{ClerkCode, HallCode, HourMinute, ServiceCode, WindowCode};

pub use fault::Fault;
pub use guide::Guide;
pub use rules::{Rules, TideMode};

/// The whole plan of a hall, as in `PUT /halls/{hall}/plan` and in TOML on disk.
///
/// **Shape**: unknown fields are refused; flags left out are false, lists left out are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The hall itself.
    pub hall: HallFacts,
    /// Sessions of an ordinary workday, in order.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// Minutes before the first session at which the lobby opens; 15 by 第十三条.
    #[serde(default = "lobby_before_min")]
    pub lobby_before_min: u32,
    /// What happens to issuing between the sessions.
    #[serde(default)]
    pub noon: Noon,
    /// Other hours for a part of the year.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// Days on which this hall differs from the calendar.
    #[serde(default)]
    pub calendar_exceptions: Vec<CalendarException>,
    /// What visitors can come for.
    pub services: Vec<Service>,
    /// Where they are served.
    pub windows: Vec<Window>,
    /// Who serves them.
    #[serde(default)]
    pub clerks: Vec<Clerk>,
    /// Numbers of the house rules.
    #[serde(default)]
    pub rules: Rules,
}

const fn lobby_before_min() -> u32 {
    15
}

/// A hall's own facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HallFacts {
    /// The hall's code.
    pub code: HallCode,
    /// The name over the door, 1 to 40 characters.
    pub name: String,
    /// The English name, up to 80 characters.
    #[serde(default)]
    pub name_en: Option<String>,
    /// The level in the norm (第三条).
    pub level: Level,
    /// The IANA time zone, such as `Asia/Shanghai`.
    pub zone: String,
    /// The complaint phone (第二十条).
    #[serde(default)]
    pub complaint_phone: Option<String>,
    /// Where phones reach the ticket pages; none prints no QR.
    #[serde(default)]
    pub public_url: Option<String>,
}

/// The three levels of halls. **Source**: 第三条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 区政务服务中心.
    District,
    /// 镇(街道)便民服务中心.
    Town,
    /// 村(社区)便民服务站.
    Village,
}

/// A span of a day in which the hall serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Its first minute.
    pub from: HourMinute,
    /// Its end.
    pub to: HourMinute,
}

/// Whether numbers are issued between the sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Noon {
    /// Issuing stops at the end of a session and comes back before the next.
    #[default]
    Pause,
    /// Issuing goes on with the duty windows (午间不打烊).
    Serve,
}

/// Hours for a part of the year, which may run over New Year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// First day, `MM-DD`.
    pub from: String,
    /// Last day, `MM-DD`.
    pub to: String,
    /// The sessions in force.
    pub sessions: Vec<Session>,
}

/// A day on which this hall differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarException {
    /// The day.
    pub date: NaiveDate,
    /// Whether the hall is open on it.
    #[serde(default)]
    pub open: bool,
    /// Why.
    pub reason: String,
}

/// A service (事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its code.
    pub code: ServiceCode,
    /// Its name, 1 to 20 characters.
    pub name: String,
    /// Its English name, up to 40 characters.
    #[serde(default)]
    pub name_en: Option<String>,
    /// Minutes that one visitor takes, as a first guess: 1 to 240.
    #[serde(default = "expected_min")]
    pub expected_min: u32,
    /// The letter of its numbers; none takes the first letter of the code.
    #[serde(default)]
    pub letter: Option<char>,
    /// Minutes within which visitors should be called.
    #[serde(default)]
    pub target_wait_min: Option<u32>,
    /// Numbers a day.
    #[serde(default)]
    pub quota_day: Option<u32>,
    /// Numbers in each half of the day.
    #[serde(default)]
    pub quota_half_day: Option<u32>,
    /// Whether it can be booked.
    #[serde(default)]
    pub bookable: bool,
    /// Per cent of places kept for visitors without a booking.
    #[serde(default)]
    pub walk_in_share: Option<u32>,
    /// The part of the hall where its windows stand.
    #[serde(default)]
    pub zone: Option<String>,
    /// The service guide (第十五条).
    #[serde(default)]
    pub guide: Option<Guide>,
    /// Whether applications are taken online alone (第十六条).
    #[serde(default)]
    pub online_only: bool,
    /// Whether visitors are served with a booking alone (第十六条).
    #[serde(default)]
    pub booking_only: bool,
    /// The law by which the channel is limited; visitors see it.
    #[serde(default)]
    pub channel_basis: Option<String>,
}

const fn expected_min() -> u32 {
    8
}

/// A window and the posts behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Its code: what stands on its sign.
    pub code: WindowCode,
    /// Its name, 1 to 16 characters.
    pub name: String,
    /// Its kind (第九条).
    #[serde(default)]
    pub kind: WindowKind,
    /// Its own services.
    #[serde(default)]
    pub services: Vec<ServiceCode>,
    /// Services it may be lent to.
    #[serde(default)]
    pub tide: Vec<ServiceCode>,
    /// The A role.
    #[serde(default)]
    pub a: Option<ClerkCode>,
    /// The B roles.
    #[serde(default)]
    pub b: Vec<ClerkCode>,
    /// Who opens it when it is a reserve.
    #[serde(default)]
    pub standby: Option<ClerkCode>,
    /// The window paired with it.
    #[serde(default)]
    pub shared_with: Option<WindowCode>,
    /// Whether it is on duty at noon.
    #[serde(default)]
    pub noon_duty: bool,
}

/// Kinds of windows. **Source**: 第九条.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowKind {
    /// 综合受理.
    #[default]
    General,
    /// 老年人.
    Elder,
    /// 军人依法优先.
    Soldier,
    /// 帮办代办.
    Helper,
    /// 通办.
    Crossregion,
    /// 无证明城市监督.
    Oversight,
    /// 监督找茬.
    Complaint,
}

impl WindowKind {
    /// Whom a special window takes before everyone else; it helps with the rest after them.
    /// **Source**: DESIGN §3.1, 第九条.
    pub const fn own_ground(self) -> Option<Ground> {
        match self {
            Self::Elder => Some(Ground::Elder),
            Self::Soldier => Some(Ground::Soldier),
            Self::General
            | Self::Helper
            | Self::Crossregion
            | Self::Oversight
            | Self::Complaint => None,
        }
    }
}

/// A person who serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Clerk {
    /// The person's code.
    pub code: ClerkCode,
    /// The name on the sign, 1 to 20 characters.
    pub name: String,
    /// Whether this is a head (负责人), the last resort for every post.
    #[serde(default)]
    pub head: bool,
    /// What the person can serve; none: the services of the windows where A, B or standby.
    #[serde(default)]
    pub skills: Option<Vec<ServiceCode>>,
}

impl Plan {
    /// Every fault of the document, in the order of its fields; empty when it can be used.
    pub fn faults(&self) -> Vec<Fault> {
        check::faults(self)
    }

    /// The service of that code.
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.iter().find(|service| service.code == *code)
    }

    /// The window of that code.
    pub fn window(&self, code: &WindowCode) -> Option<&Window> {
        self.windows.iter().find(|window| window.code == *code)
    }

    /// The clerk of that code.
    pub fn clerk(&self, code: &ClerkCode) -> Option<&Clerk> {
        self.clerks.iter().find(|clerk| clerk.code == *code)
    }

    /// Whether `clerk` can serve `service`: by the skills named, else by the posts held.
    ///
    /// A head without named skills can serve everything: the head is the last resort.
    pub fn is_skilled(&self, clerk: &Clerk, service: &ServiceCode) -> bool {
        match &clerk.skills {
            Some(skills) => skills.contains(service),
            None => clerk.head || self.posts_of(&clerk.code).any(|w| w.offers(service)),
        }
    }

    fn posts_of<'a>(&'a self, clerk: &'a ClerkCode) -> impl Iterator<Item = &'a Window> {
        self.windows.iter().filter(move |w| {
            // Who opens a reserve window can serve what it is for.
            let named = w.a.iter().chain(&w.standby).any(|known| known == clerk);
            named || w.b.contains(clerk)
        })
    }
}

impl Window {
    /// Whether the service is among its own or may be lent to it.
    pub fn offers(&self, service: &ServiceCode) -> bool {
        self.services.contains(service) || self.tide.contains(service)
    }
}

impl Service {
    /// The letter of its numbers: as named, else the first letter of the code.
    pub fn number_letter(&self) -> char {
        let first = self.code.as_str().chars().next().unwrap_or('A');
        self.letter.unwrap_or(first).to_ascii_uppercase()
    }
}
