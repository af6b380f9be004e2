//! The inspections of one hall, and what may be written into them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{
    EndPatrol, Inspect, Inspection, InspectionFact, InspectionsWish, Partner, PatrolEnded,
    PatrolStarted, ReportVisit, Source, StartPatrol, VisitReport, article_of,
};
use crate::decide::Asked;
use crate::evidence::{Item, annex};
use crate::month::Month;
use crate::plan::Level;
use crate::records::{Register, may_score, no_record, objection};
use crate::{ClerkCode, Event, RecordId, Refusal, Timestamp, WindowCode};

/// Days that entries stay in memory. Ours: the month in work, the one before, and time to appeal.
const KEEP_DAYS: i64 = 100;
/// Days that patrols and visits are counted for. Ours: a year and a month beside it.
const KEEP_COUNTS_DAYS: i64 = 400;
/// Days after which an entry made without a line is not taken any more. Ours.
const LATE_DAYS: i64 = 7;
/// How far a phone's clock may be ahead. Ours.
const AHEAD_MS: i64 = 2 * 60 * 1000;

/// A patrol as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patrol {
    /// How it began.
    pub started: PatrolStarted,
    /// When.
    pub started_at: Timestamp,
    /// When it ended; none while it is under way.
    pub ended_at: Option<Timestamp>,
    /// The windows seen so far.
    pub windows: BTreeSet<WindowCode>,
    /// How many entries it has.
    pub entries: u32,
}

/// The inspections of one hall.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspections {
    patrols: BTreeMap<RecordId, Patrol>,
    entries: BTreeMap<RecordId, (Inspection, Timestamp)>,
    /// Patrols that ended, by the day on which they began.
    pub(super) held: BTreeMap<NaiveDate, u32>,
    /// The first day of each month on which supervisors were here.
    pub(super) visits: BTreeMap<Month, NaiveDate>,
    pub(super) reports: BTreeMap<Month, VisitReport>,
    /// The first day that the hall was open: nothing is missed before it.
    pub(super) since: Option<NaiveDate>,
}

impl Inspections {
    /// The patrols in memory, newest last.
    pub fn patrols(&self) -> impl DoubleEndedIterator<Item = &Patrol> {
        self.patrols.values()
    }

    /// The person's patrol that is under way.
    pub fn open_patrol(&self, by: &str) -> Option<&Patrol> {
        let open = self.patrols.values().rev();
        let mut open = open.filter(|patrol| patrol.ended_at.is_none());
        open.find(|patrol| patrol.started.inspectors.iter().any(|one| one == by))
    }

    /// The entries in memory with the moments of receipt, in the order of receipt.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &(Inspection, Timestamp)> {
        self.entries.values()
    }

    /// The first day that the hall was open.
    pub fn since(&self) -> Option<NaiveDate> {
        self.since
    }

    /// One entry.
    pub fn entry(&self, id: RecordId) -> Option<&Inspection> {
        self.entries.get(&id).map(|(entry, _)| entry)
    }

    fn start(&self, asked: &Asked<'_>, wish: &StartPatrol) -> Result<Vec<Event>, Refusal> {
        asked.inspects()?;
        if let Some(open) = self.open_patrol(&asked.actor.name) {
            return Err(objection(
                "patrol_open",
                "id",
                format!("您{}的巡查还没有结束,请先结束", open.started.day),
                format!(
                    "your patrol of {} is still open: end it first",
                    open.started.day
                ),
            ));
        }
        let started = PatrolStarted {
            id: wish.id,
            source: wish.source,
            inspectors: asked.inspectors(wish.partner.as_ref()),
            day: asked.today(),
            by: asked.actor.name.clone(),
        };
        Ok(vec![InspectionFact::PatrolStarted(started).into()])
    }

    fn end(&self, asked: &Asked<'_>, wish: &EndPatrol) -> Result<Vec<Event>, Refusal> {
        let Some(patrol) = self.patrols.get(&wish.id) else {
            return Err(no_record("patrol", wish.id));
        };
        let is_own = patrol.started.inspectors.contains(&asked.actor.name);
        if !is_own {
            return Err(Refusal::NotYourRole {
                window: None,
                clerk: None,
            });
        }
        if patrol.ended_at.is_some() {
            return Err(objection(
                "patrol_over",
                "id",
                "这次巡查已经结束",
                "the patrol has ended already",
            ));
        }
        for window in &wish.windows {
            asked.hall.window(window)?;
        }
        let mut windows = patrol.windows.clone();
        windows.extend(wish.windows.iter().cloned());
        if windows.is_empty() && patrol.entries == 0 {
            return Err(objection(
                "patrol_saw_nothing",
                "windows",
                "请至少查看一个窗口再结束巡查",
                "a patrol sees at least one window",
            ));
        }
        let ended = PatrolEnded {
            id: wish.id,
            windows: windows.into_iter().collect(),
            day: patrol.started.day,
            by: asked.actor.name.clone(),
        };
        Ok(vec![InspectionFact::PatrolEnded(ended).into()])
    }

    fn inspect(&self, asked: &Asked<'_>, wish: &Inspect) -> Result<Vec<Event>, Refusal> {
        check_place(asked, wish)?;
        let level = asked.level();
        check_requirement(level, wish)?;
        may_score(asked, wish.item)?;
        asked.is_not_their_own(wish)?;
        let seen_at = check_moment(asked, wish.seen_at)?;
        let by = asked.actor.name.clone();
        let inspection = Inspection {
            id: wish.id,
            window: wish.window.clone(),
            zone: wish.zone.clone(),
            device: wish.device.clone(),
            item: wish.item,
            requirement: wish.requirement,
            article: article_of(level, wish.item, wish.requirement),
            outcome: wish.outcome,
            note: wish.note.clone(),
            photos: wish.photos.clone(),
            seqs: wish.seqs.clone(),
            source: wish.source,
            inspectors: asked.inspectors(wish.partner.as_ref()),
            clerk: asked.clerk_at(wish.window.as_ref(), seen_at),
            patrol: self.patrol_of(&by, seen_at),
            seen_at,
            day: seen_at.date_in(asked.hall.zone()),
            by,
        };
        Ok(vec![InspectionFact::Inspected(inspection).into()])
    }

    /// The patrol of the person that was under way at that moment.
    fn patrol_of(&self, by: &str, seen_at: Timestamp) -> Option<RecordId> {
        let patrols = self.patrols.values().rev();
        let mut own = patrols.filter(|patrol| patrol.started.inspectors.iter().any(|p| p == by));
        let found = own.find(|patrol| {
            let began = patrol.started_at.0 - AHEAD_MS <= seen_at.0;
            began && patrol.ended_at.is_none_or(|ended| seen_at <= ended)
        });
        found.map(|patrol| patrol.started.id)
    }

    fn report(&self, asked: &Asked<'_>, wish: &ReportVisit) -> Result<Vec<Event>, Refusal> {
        asked.inspects()?;
        if !self.visits.contains_key(&wish.month) {
            return Err(objection(
                "no_visit",
                "month",
                format!("{}还没有特邀监督员明查暗访记录", wish.month),
                format!("supervisors were not here in {}", wish.month),
            ));
        }
        let report = VisitReport {
            id: wish.id,
            month: wish.month,
            text: wish.text.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        };
        Ok(vec![InspectionFact::VisitReported(report).into()])
    }
}

/// One place at most, and one that is there.
fn check_place(asked: &Asked<'_>, wish: &Inspect) -> Result<(), Refusal> {
    let named = [
        wish.window.is_some(),
        wish.zone.is_some(),
        wish.device.is_some(),
    ];
    if named.into_iter().filter(|named| *named).count() > 1 {
        return Err(objection(
            "one_place",
            "window",
            "窗口、区域、设备只能选一处",
            "a window, a zone or a device: one of them",
        ));
    }
    match &wish.window {
        Some(window) => asked.hall.window(window).map(|_| ()),
        None => Ok(()),
    }
}

fn check_requirement(level: Level, wish: &Inspect) -> Result<(), Refusal> {
    let mut rows = annex::rows(level);
    let row = rows.find(|row| row.item == wish.item);
    let count = row.map_or(0, |row| row.requirements.len());
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    if (1..=count).contains(&wish.requirement) {
        return Ok(());
    }
    let name = wish.item.name();
    Err(objection(
        "no_such_requirement",
        "requirement",
        format!("附件“{name}”共{count}点,没有第{}点", wish.requirement),
        format!(
            "the annex has {count} points there, not {}",
            wish.requirement
        ),
    ))
}

fn check_moment(asked: &Asked<'_>, seen_at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
    let seen_at = seen_at.unwrap_or(asked.now);
    if seen_at.0 > asked.now.0.saturating_add(AHEAD_MS) {
        return Err(objection(
            "seen_in_future",
            "seen_at",
            "查看时间不能晚于现在,请核对手机时间",
            "what is seen lies not in the future: check the phone's clock",
        ));
    }
    let seen_at = seen_at.min(asked.now);
    let zone = asked.hall.zone();
    if (asked.today() - seen_at.date_in(zone)).num_days() > LATE_DAYS {
        return Err(objection(
            "seen_too_long_ago",
            "seen_at",
            format!("巡查记录请在{LATE_DAYS}天内补传(本系统默认)"),
            format!("entries are taken for {LATE_DAYS} days (ours)"),
        ));
    }
    Ok(seen_at)
}

impl Asked<'_> {
    /// The hall's level; a hall without a plan has no windows to look at either.
    pub(crate) fn level(&self) -> Level {
        let plan = self.hall.plan();
        plan.map_or(Level::District, |plan| plan.hall.level)
    }

    /// Patrols are held by 政务服务管理科, 业务指导科 looks at its own item.
    fn inspects(&self) -> Result<(), Refusal> {
        if matches!(
            self.actor.role,
            crate::Role::Inspector | crate::Role::Guidance
        ) {
            return Ok(());
        }
        Err(Refusal::NotYourRole {
            window: None,
            clerk: None,
        })
    }

    fn inspectors(&self, partner: Option<&Partner>) -> Vec<String> {
        let own = self.actor.name.clone();
        let second = partner.map(|partner| partner.code.clone());
        let second = second.filter(|code| *code != own);
        core::iter::once(own).chain(second).collect()
    }

    /// Nobody looks at a window that they hold, or whose A role they are.
    fn is_not_their_own(&self, wish: &Inspect) -> Result<(), Refusal> {
        let Some(window) = &wish.window else {
            return Ok(());
        };
        let (state, planned) = self.hall.window(window)?;
        let partner = wish.partner.as_ref();
        let own = self.actor.clerk.iter();
        let mut clerks = own.chain(partner.and_then(|partner| partner.clerk.as_ref()));
        let holds = |clerk: &ClerkCode| {
            let held = state.shift.as_ref();
            held.is_some_and(|shift| shift.clerk == *clerk) || planned.a.as_ref() == Some(clerk)
        };
        if !clerks.any(holds) {
            return Ok(());
        }
        Err(objection(
            "own_window",
            "window",
            "不能巡查自己的窗口,请由其他人员查看",
            "nobody inspects their own window: ask somebody else",
        ))
    }

    /// Who held the window at that moment, where the shift at hand began before it.
    fn clerk_at(&self, window: Option<&WindowCode>, seen_at: Timestamp) -> Option<ClerkCode> {
        let (state, _) = self.hall.window(window?).ok()?;
        let shift = state.shift.as_ref()?;
        Some(shift.clerk.clone()).filter(|_| shift.began_at <= seen_at)
    }
}

impl Register for Inspections {
    type Wish = InspectionsWish;
    type Fact = InspectionFact;

    fn decide(&self, asked: &Asked<'_>, wish: &InspectionsWish) -> Result<Vec<Event>, Refusal> {
        match wish {
            InspectionsWish::Start(wish) => self.start(asked, wish),
            InspectionsWish::End(wish) => self.end(asked, wish),
            InspectionsWish::Inspect(wish) => self.inspect(asked, wish),
            InspectionsWish::Report(wish) => self.report(asked, wish),
        }
    }

    fn apply(&mut self, fact: &InspectionFact, at: Timestamp) {
        match fact {
            InspectionFact::PatrolStarted(started) => {
                let patrol = Patrol {
                    started: started.clone(),
                    started_at: at,
                    ended_at: None,
                    windows: BTreeSet::new(),
                    entries: 0,
                };
                self.patrols.insert(started.id, patrol);
            }
            InspectionFact::PatrolEnded(ended) => self.take_end(ended, at),
            InspectionFact::Inspected(entry) => {
                let patrol = entry.patrol.and_then(|id| self.patrols.get_mut(&id));
                if let Some(patrol) = patrol {
                    patrol.entries += 1;
                    patrol.windows.extend(entry.window.clone());
                }
                self.entries.insert(entry.id, (entry.clone(), at));
            }
            InspectionFact::VisitReported(report) => {
                self.reports.insert(report.month, report.clone());
            }
        }
    }

    fn misfit(&self, fact: &InspectionFact) -> Option<&'static str> {
        match fact {
            InspectionFact::PatrolEnded(ended) => {
                let open = self.patrols.get(&ended.id);
                let open = open.is_some_and(|patrol| patrol.ended_at.is_none());
                (!open).then_some("the patrol is not under way")
            }
            InspectionFact::PatrolStarted(_)
            | InspectionFact::Inspected(_)
            | InspectionFact::VisitReported(_) => None,
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        self.since.get_or_insert(today);
        let age = |day: NaiveDate| (today - day).num_days();
        self.patrols
            .retain(|_, patrol| patrol.ended_at.is_none() || age(patrol.started.day) <= KEEP_DAYS);
        self.entries
            .retain(|_, (entry, _)| age(entry.day) <= KEEP_DAYS);
        self.held.retain(|day, _| age(*day) <= KEEP_COUNTS_DAYS);
        self.visits
            .retain(|month, _| age(month.last()) <= KEEP_COUNTS_DAYS);
        self.reports
            .retain(|month, _| age(month.last()) <= KEEP_COUNTS_DAYS);
    }
}

impl Inspections {
    fn take_end(&mut self, ended: &PatrolEnded, at: Timestamp) {
        let Some(patrol) = self.patrols.get_mut(&ended.id) else {
            return;
        };
        patrol.ended_at = Some(at);
        patrol.windows.extend(ended.windows.iter().cloned());
        match patrol.started.source {
            Source::Patrol => *self.held.entry(ended.day).or_default() += 1,
            Source::Supervisors => {
                let month = Month::of(ended.day);
                let first = self.visits.entry(month).or_insert(ended.day);
                *first = (*first).min(ended.day);
            }
            Source::FaultFinding | Source::Media | Source::Special => (),
        }
    }
}

/// How many entries of a kind there are by item; for the page of the register.
impl Inspections {
    /// Breaches in memory that no deduction rests on yet, `rests` says which do.
    pub fn open_breaches<'a>(
        &'a self,
        rests: impl Fn(RecordId) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Inspection> {
        let entries = self.entries.values().map(|(entry, _)| entry);
        entries.filter(move |entry| {
            entry.outcome == super::Seen::Breach && entry.item != Item::None && !rests(entry.id)
        })
    }
}
