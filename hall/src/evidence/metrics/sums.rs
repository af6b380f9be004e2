//! What is added up, and lengths that are kept one by one so that quantiles are exact.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{ClerkCode, ServiceCode, WindowCode};

/// Something that is added up: things, or milliseconds where the name ends so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is explained by the figures made of it")]
pub enum Sum {
    ReadyAtOpening,
    PauseCount,
    PauseMs,
    PausedPastReturn,
    OverLimitPauses,
    AbsentWithoutSign,
    Redirected,
    TicketsRedirected,
    CalledOutOfTurn,
    DaysOpen,
    EarlyOpenOk,
    OvertimeTickets,
    OvertimeServed,
    OvertimeMs,
    AutoVoided,
    CarriedOver,
    UncoveredMs,
    CoverBegan,
    CoverUnanswered,
    Issued,
    Called,
    WithinTarget,
    OverTarget,
    Calls,
    Recalls,
    Finished,
    Cancelled,
    NoShow,
    NoShowMarked,
    Reinstated,
    Told,
    WithinTold,
    WithinToldMedian,
    TideCount,
    TideMs,
    DevicesAsleep,
    DevicesLost,
    ScheduledMs,
    SignedInMs,
    OpenMs,
    PausedMs,
    CallingMs,
    ServingMs,
    SlipsTold,
    RongqueAccepted,
    RongqueComplete,
    PromiseSigned,
    DueMet,
    DueLate,
    WithdrawnConfirmed,
    RongqueInTime,
    SecondVisitNewItems,
    SentHome,
    OutOfGuide,
    RatingAnswered,
    RatingBad,
    SelfService,
    HelpGuide,
    HelpConsult,
    HelpInstruct,
    HelpCopy,
    HelpErrand,
    HelpHomeVisit,
    ReferralsSent,
    ReferralsReceived,
    ReferralsClosed,
    HomeVisitsAsked,
    HomeVisitsDone,
    HelperDutyMs,
    Guides,
    GuidesComplete,
}

/// Something of which a span has the largest of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Most {
    /// Vague terms in the guides in force at opening.
    VagueTerms,
    /// Days since the oldest guide in force was brought up to date.
    GuideAgeDays,
}

/// A length that is kept of each visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// From arriving to the first call.
    Wait,
    /// From the last announcement to the start.
    Walk,
    /// At the window, set aside not counted.
    Serve,
    /// From arriving to the end.
    Total,
    /// From asking for help until a helper came.
    HelpWait,
}

/// Lengths in whole seconds, each as often as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lengths(Vec<u32>);

impl Lengths {
    pub(super) fn add(&mut self, ms: i64) {
        self.0.push(seconds(ms));
    }

    /// Takes one back that was counted by mistake.
    pub(super) fn remove(&mut self, ms: i64) {
        let length = seconds(ms);
        if let Some(at) = self.0.iter().position(|one| *one == length) {
            self.0.swap_remove(at);
        }
    }

    pub(super) fn sort(&mut self) {
        self.0.sort_unstable();
    }

    /// The seconds, shortest first once the day is made.
    pub fn seconds(&self) -> &[u32] {
        &self.0
    }
}

/// A visit is far shorter than 136 years; a clock that stepped back makes no negative length.
fn seconds(ms: i64) -> u32 {
    u32::try_from(ms.max(0) / 1000).unwrap_or(u32::MAX)
}

/// The sums and lengths of one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub(super) sums: BTreeMap<Sum, i64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) lengths: BTreeMap<Length, Lengths>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) most: BTreeMap<Most, i64>,
}

impl Tally {
    /// A sum; 0 when nothing was added.
    pub fn sum(&self, sum: Sum) -> i64 {
        self.sums.get(&sum).copied().unwrap_or(0)
    }

    /// Whether anything was ever added to it.
    pub fn has(&self, sum: Sum) -> bool {
        self.sums.contains_key(&sum)
    }

    /// The lengths of one kind.
    pub fn lengths(&self, length: Length) -> &[u32] {
        self.lengths.get(&length).map_or(&[], Lengths::seconds)
    }

    /// Takes another's sums and lengths in.
    pub fn merge(&mut self, other: &Self) {
        for (sum, value) in &other.sums {
            *self.sums.entry(*sum).or_default() += value;
        }
        for (length, more) in &other.lengths {
            let own = self.lengths.entry(*length).or_default();
            own.0.extend_from_slice(&more.0);
        }
        for (most, value) in &other.most {
            self.reach(*most, *value);
        }
    }

    /// The largest of a span; none when it was never looked for.
    pub fn most(&self, most: Most) -> Option<i64> {
        self.most.get(&most).copied()
    }

    fn reach(&mut self, most: Most, value: i64) {
        let known = self.most.entry(most).or_insert(value);
        *known = value.max(*known);
    }

    fn sort(&mut self) {
        self.lengths.values_mut().for_each(Lengths::sort);
        self.lengths.retain(|_, lengths| !lengths.0.is_empty());
    }
}

/// Where a part of a figure belongs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place<'a> {
    pub(super) window: Option<&'a WindowCode>,
    pub(super) service: Option<&'a ServiceCode>,
    pub(super) clerk: Option<&'a ClerkCode>,
    pub(super) channel: Option<&'static str>,
    /// The local hour of arriving.
    pub(super) hour: Option<u8>,
}

/// Tallies of all, and by each place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Of the whole hall.
    pub all: Tally,
    /// By window.
    pub windows: BTreeMap<WindowCode, Tally>,
    /// By service, as it was issued.
    pub services: BTreeMap<ServiceCode, Tally>,
    /// By the clerk who held the window.
    pub clerks: BTreeMap<ClerkCode, Tally>,
    /// By channel of the number, named as in the journal.
    pub channels: BTreeMap<String, Tally>,
    /// By local hour of arriving.
    pub hours: BTreeMap<u8, Tally>,
}

impl Sums {
    /// Every tally that a place belongs to.
    fn each(&mut self, place: Place<'_>, mut change: impl FnMut(&mut Tally)) {
        change(&mut self.all);
        if let Some(window) = place.window {
            change(self.windows.entry(window.clone()).or_default());
        }
        if let Some(service) = place.service {
            change(self.services.entry(service.clone()).or_default());
        }
        if let Some(clerk) = place.clerk {
            change(self.clerks.entry(clerk.clone()).or_default());
        }
        if let Some(channel) = place.channel {
            change(self.channels.entry(channel.into()).or_default());
        }
        if let Some(hour) = place.hour {
            change(self.hours.entry(hour).or_default());
        }
    }

    pub(super) fn add(&mut self, sum: Sum, value: i64, place: Place<'_>) {
        self.each(place, |tally| {
            *tally.sums.entry(sum).or_default() += value;
        });
    }

    pub(super) fn keep(&mut self, length: Length, ms: i64, place: Place<'_>) {
        self.each(place, |tally| {
            tally.lengths.entry(length).or_default().add(ms);
        });
    }

    pub(super) fn take_back(&mut self, length: Length, ms: i64, place: Place<'_>) {
        self.each(place, |tally| {
            tally.lengths.entry(length).or_default().remove(ms);
        });
    }

    /// The whole hall's, or a service's own: the largest of one is not the largest of the other.
    pub(super) fn reach(&mut self, most: Most, value: i64, service: Option<&ServiceCode>) {
        let tally = match service {
            None => &mut self.all,
            Some(service) => self.services.entry(service.clone()).or_default(),
        };
        tally.reach(most, value);
    }

    /// Takes another's in: the figures of a span are those of its days put together.
    pub fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        merge_each(&mut self.windows, &other.windows);
        merge_each(&mut self.services, &other.services);
        merge_each(&mut self.clerks, &other.clerks);
        merge_each(&mut self.channels, &other.channels);
        merge_each(&mut self.hours, &other.hours);
    }

    /// Lengths in order, so that the same facts make the same bytes.
    pub fn sort(&mut self) {
        self.all.sort();
        self.windows.values_mut().for_each(Tally::sort);
        self.services.values_mut().for_each(Tally::sort);
        self.clerks.values_mut().for_each(Tally::sort);
        self.channels.values_mut().for_each(Tally::sort);
        self.hours.values_mut().for_each(Tally::sort);
    }
}

fn merge_each<K: Clone + Ord>(own: &mut BTreeMap<K, Tally>, other: &BTreeMap<K, Tally>) {
    for (key, tally) in other {
        own.entry(key.clone()).or_default().merge(tally);
    }
}
