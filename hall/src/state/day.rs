//! A hall day: its timetable, its counters, its balance.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{ServiceCode, Timestamp};

/// A phase of the hall day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The waiting area is open, the windows are not yet.
    Lobby,
    /// Windows serve.
    InSession,
    /// Between two sessions.
    Noon,
    /// Issuing is over, serving goes on: 延时服务.
    Closing,
    /// Every number is accounted for.
    Settled,
}

/// One step of a day's timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When it is due.
    pub at: Timestamp,
    /// What begins.
    pub phase: Phase,
    /// Whether numbers are issued from then on.
    pub issuing: bool,
}

/// One hall day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub date: NaiveDate,
    /// Its timetable; the first step is the lobby.
    pub steps: Vec<Step>,
    /// How many steps were taken, the lobby included.
    pub taken: usize,
    /// The phase in force.
    pub phase: Phase,
    /// Since when.
    pub phase_since: Timestamp,
    /// Whether numbers are issued.
    pub issuing: bool,
    /// When the lobby really opened.
    pub opened_at: Timestamp,
    /// The last number given, by letter.
    pub last_number: BTreeMap<char, u32>,
    /// Numbers given, by service as issued.
    pub issued: BTreeMap<ServiceCode, Issued>,
    /// The account of the day.
    pub balance: Balance,
}

/// Numbers given for one service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Issued {
    /// In the whole day.
    pub day: u32,
    /// In the half of the day that is running.
    pub half: u32,
}

/// The account of a day: issued = finished + no-show + cancelled + carried over + open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Balance {
    /// Numbers given.
    pub issued: u32,
    /// Served.
    pub finished: u32,
    /// Called, did not come, did not come back.
    pub no_show: u32,
    /// Ended by the visitor's wish or a manager's reason.
    pub cancelled: u32,
    /// To be served on a named day.
    pub carried_over: u32,
    /// Not ended yet.
    pub open: u32,
}

impl Day {
    /// The next step of the timetable not yet taken.
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.get(self.taken)
    }

    /// When the day's hours begin: the end of the lobby.
    pub fn opens_at(&self) -> Option<Timestamp> {
        self.steps
            .iter()
            .find(|step| step.phase == Phase::InSession)
            .map(|step| step.at)
    }

    /// When issuing ends for good.
    pub fn closes_at(&self) -> Option<Timestamp> {
        self.steps
            .iter()
            .find(|step| step.phase == Phase::Closing)
            .map(|step| step.at)
    }

    /// Whether every number is accounted for.
    pub fn is_balanced(&self) -> bool {
        self.balance.open == 0
    }
}
