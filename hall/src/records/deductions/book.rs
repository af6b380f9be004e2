//! The deductions of one hall, and what may be written into them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{
    Appeal, AppealDecided, AppealOutcome, AskAppeal, DecideAppeal, Deduct, Deducted, Deduction,
    DeductionFact, DeductionState, DeductionsWish,
};
use crate::decide::Asked;
use crate::month::Month;
use crate::records::{Fact, Inspection, Register, Seen, may_score, no_record, objection};
use crate::{ClerkCode, Event, RecordId, Refusal, Role, Timestamp, WindowCode};

/// Workdays in which a deduction may be appealed against. Ours: the norm names none.
const APPEAL_WORKDAYS: u32 = 5;
/// Days that deductions stay in memory. Ours: a year and a month, for second versions of sheets.
const KEEP_DAYS: i64 = 400;
/// How far back an exposure may lie. Ours: the month before the one in work, and a little.
const BACK_DAYS: i64 = 92;

/// The deductions of one hall.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deductions {
    all: BTreeMap<RecordId, Deduction>,
    /// Facts that changed the points of a month.
    changes: BTreeMap<Month, u32>,
    /// Facts of every kind about a month.
    facts: BTreeMap<Month, u32>,
}

impl Deductions {
    /// The deductions in memory, in the order of entry.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Deduction> {
        self.all.values()
    }

    /// One deduction.
    pub fn get(&self, id: RecordId) -> Option<&Deduction> {
        self.all.get(&id)
    }

    /// Those that stand on the sheet of the month.
    pub fn of(&self, month: Month) -> impl Iterator<Item = &Deduction> {
        self.all.values().filter(move |one| one.month() == month)
    }

    /// How often the points of a month changed; a signature holds for one count.
    pub fn changes(&self, month: Month) -> u32 {
        self.changes.get(&month).copied().unwrap_or(0)
    }

    /// How many facts there are about a month.
    pub(crate) fn facts(&self, month: Month) -> u32 {
        self.facts.get(&month).copied().unwrap_or(0)
    }

    /// Whether a deduction that counts rests on the inspection.
    pub fn rests_on(&self, inspection: RecordId) -> bool {
        self.all.values().any(|one| {
            one.made.inspection == Some(inspection) && one.state != DeductionState::Reversed
        })
    }

    /// Deductions of the clerk, or of a window that the clerk holds or is the A role of.
    pub fn of_clerk(&self, clerk: &ClerkCode, own: &[WindowCode]) -> Vec<&Deduction> {
        let all = self.all.values();
        all.filter(|one| is_of(one, clerk, own)).collect()
    }

    fn found(&self, id: RecordId) -> Result<&Deduction, Refusal> {
        let found = self.all.get(&id);
        found.ok_or_else(|| no_record("deduction", id))
    }

    fn deduct(&self, asked: &Asked<'_>, wish: &Deduct) -> Result<Vec<Event>, Refusal> {
        let inspection = match wish.inspection {
            Some(id) => {
                let entry = asked.hall.records.inspections.entry(id);
                Some(entry.ok_or_else(|| no_record("inspection", id))?)
            }
            None => None,
        };
        if let Some(window) = &wish.window {
            asked.hall.window(window)?;
        }
        may_score(asked, wish.item)?;
        check_article(wish)?;
        check_points(wish)?;
        match inspection {
            Some(entry) => self.check_inspection(wish, entry)?,
            None => check_no_inspection(asked, wish)?,
        }
        let made = make(asked, wish, inspection);
        Ok(vec![DeductionFact::Deducted(made).into()])
    }

    fn check_inspection(&self, wish: &Deduct, entry: &Inspection) -> Result<(), Refusal> {
        if entry.outcome == Seen::Ok {
            return Err(objection(
                "inspection_was_ok",
                "inspection",
                "这条巡查记录是“符合要求”,不能据此扣分",
                "the inspection found the requirement kept",
            ));
        }
        if entry.item != wish.item {
            return Err(objection(
                "other_item",
                "item",
                format!("这条巡查记录属于“{}”", entry.item.name()),
                format!("the inspection is about {:?}", entry.item),
            ));
        }
        if self.rests_on(entry.id) {
            return Err(objection(
                "already_deducted",
                "inspection",
                "这条巡查记录已经扣过分",
                "points were taken off for this inspection already",
            ));
        }
        if entry.source.exposes() && wish.exposure.is_none() {
            return Err(objection(
                "exposed_is_zero",
                "exposure",
                "媒体曝光和专项明查暗访发现的问题,该项当月不得分,请填写依据文件",
                "what media or special inspections find sets the item to 0: name the document",
            ));
        }
        Ok(())
    }

    fn appeal(&self, asked: &Asked<'_>, wish: &AskAppeal) -> Result<Vec<Event>, Refusal> {
        let found = self.found(wish.id)?;
        may_appeal(asked, found)?;
        match found.state {
            DeductionState::Stands => (),
            DeductionState::Appealed
            | DeductionState::Upheld
            | DeductionState::Reduced
            | DeductionState::Reversed => {
                return Err(objection(
                    "appealed_already",
                    "id",
                    "这条扣分已经申诉过",
                    "the deduction was appealed against already",
                ));
            }
        }
        if let Some(until) = found.made.appeal_until
            && asked.today() > until
        {
            return Err(objection(
                "appeal_too_late",
                "id",
                format!("申诉期限为{APPEAL_WORKDAYS}个工作日(本系统默认),已于{until}截止"),
                format!("appeals ended on {until}, after {APPEAL_WORKDAYS} workdays (ours)"),
            ));
        }
        let appeal = Appeal {
            id: wish.id,
            text: wish.text.clone(),
            seqs: wish.seqs.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        };
        Ok(vec![DeductionFact::Appealed(appeal).into()])
    }

    fn decide_appeal(&self, asked: &Asked<'_>, wish: &DecideAppeal) -> Result<Vec<Event>, Refusal> {
        let found = self.found(wish.id)?;
        may_score(asked, found.made.item)?;
        if found.state != DeductionState::Appealed {
            return Err(objection(
                "no_open_appeal",
                "id",
                "这条扣分没有待复核的申诉",
                "there is no appeal to decide on",
            ));
        }
        if found.made.by == asked.actor.name {
            return Err(objection(
                "own_deduction",
                "id",
                "申诉请由另一位人员复核",
                "an appeal is decided by another person than the one who took the points off",
            ));
        }
        check_outcome(found, wish)?;
        let decided = AppealDecided {
            id: wish.id,
            outcome: wish.outcome,
            points: wish.points,
            reason: wish.reason.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        };
        Ok(vec![DeductionFact::AppealDecided(decided).into()])
    }

    fn note(&mut self, month: Month, changes: bool) {
        *self.facts.entry(month).or_default() += 1;
        if changes {
            *self.changes.entry(month).or_default() += 1;
        }
    }
}

fn is_of(one: &Deduction, clerk: &ClerkCode, own: &[WindowCode]) -> bool {
    match (&one.made.clerk, &one.made.window) {
        (Some(known), _) => known == clerk,
        // Nobody knows who was there: it concerns those whose window it is.
        (None, Some(window)) => own.contains(window),
        (None, None) => false,
    }
}

/// 管理科 and 业务指导科 take points off; the window's clerk and the hall's manager appeal.
fn may_appeal(asked: &Asked<'_>, found: &Deduction) -> Result<(), Refusal> {
    if asked.actor.role == Role::Manager {
        return Ok(());
    }
    let clerk = asked.actor.clerk.as_ref();
    let own = |clerk: &ClerkCode| is_of(found, clerk, &asked.hall.own_windows(clerk));
    if asked.actor.role == Role::Clerk && clerk.is_some_and(own) {
        return Ok(());
    }
    Err(Refusal::NotYourRole {
        window: found.made.window.clone(),
        clerk: found.made.clerk.clone(),
    })
}

/// **Source**: an article scores in the row of the annex that repeats it, and nowhere else.
fn check_article(wish: &Deduct) -> Result<(), Refusal> {
    let (item, article) = (wish.article.item(), wish.article.as_str());
    if item == wish.item && item.maximum() > 0 {
        return Ok(());
    }
    Err(objection(
        "article_elsewhere",
        "article",
        format!("{article}属于“{}”", item.name()),
        format!("{article} belongs to {item:?}"),
    ))
}

/// Whole points, one a breach or missing element, and never more than the item has.
fn check_points(wish: &Deduct) -> Result<(), Refusal> {
    let maximum = wish.item.maximum();
    match (&wish.exposure, wish.points) {
        (Some(_), None) => Ok(()),
        (Some(_), Some(_)) => Err(objection(
            "zero_takes_no_points",
            "points",
            "该项当月不得分时不填分数",
            "an exposure takes all points of the item: none are named",
        )),
        (None, Some(points)) if (1..=maximum).contains(&points) => Ok(()),
        (None, Some(_) | None) => Err(objection(
            "points_out_of_range",
            "points",
            format!("扣分应为1到{maximum}的整数"),
            format!("points are 1 to {maximum}"),
        )),
    }
}

/// Without an inspection only an exposure counts, and it has a day that is not far.
fn check_no_inspection(asked: &Asked<'_>, wish: &Deduct) -> Result<(), Refusal> {
    if wish.exposure.is_none() {
        return Err(objection(
            "no_basis",
            "inspection",
            "扣分须依据一条巡查记录,或有曝光的依据文件",
            "points rest on an inspection, or on the document of an exposure",
        ));
    }
    let today = asked.today();
    let near = |day: NaiveDate| day <= today && (today - day).num_days() <= BACK_DAYS;
    if wish.day.is_some_and(near) {
        return Ok(());
    }
    Err(objection(
        "exposure_day",
        "day",
        format!("请填写曝光日期,不晚于今天,最早为{BACK_DAYS}天前"),
        format!("the day of the exposure: today or up to {BACK_DAYS} days ago"),
    ))
}

fn check_outcome(found: &Deduction, wish: &DecideAppeal) -> Result<(), Refusal> {
    let points = found.made.points;
    let reduced = wish.outcome == AppealOutcome::Reduced;
    let fits = match wish.points {
        Some(left) => reduced && (1..points).contains(&left),
        None => !reduced,
    };
    if fits {
        return Ok(());
    }
    Err(objection(
        "reduced_points",
        "points",
        "减少扣分时请填写改为几分,应少于原扣分且不少于1分;维持和撤销不填;当月不得分的只能维持或撤销",
        "a reduction names fewer points than before, 1 at least; other outcomes name none",
    ))
}

fn make(asked: &Asked<'_>, wish: &Deduct, inspection: Option<&Inspection>) -> Deducted {
    let day = asked.today();
    let mut seqs = inspection.map_or_else(Vec::new, |entry| entry.seqs.clone());
    seqs.extend(
        wish.seqs
            .iter()
            .filter(|seq| !seqs.contains(seq))
            .copied()
            .collect::<Vec<_>>(),
    );
    let mut photos = inspection.map_or_else(Vec::new, |entry| entry.photos.clone());
    let more = wish.photos.iter().filter(|photo| !photos.contains(photo));
    photos.extend(more.cloned().collect::<Vec<_>>());
    Deducted {
        id: wish.id,
        inspection: wish.inspection,
        item: wish.item,
        article: wish.article,
        points: wish.points.unwrap_or(0),
        exposure: wish.exposure.clone(),
        window: inspection.map_or_else(|| wish.window.clone(), |entry| entry.window.clone()),
        clerk: inspection.and_then(|entry| entry.clerk.clone()),
        seqs,
        photos,
        note: wish.note.clone(),
        seen: inspection.map_or(wish.day.unwrap_or(day), |entry| entry.day),
        day,
        appeal_until: asked.hall.calendar().workday_after(day, APPEAL_WORKDAYS),
        by: asked.actor.name.clone(),
    }
}

impl crate::state::Hall {
    /// Windows that the clerk holds, or is the A role of.
    pub fn own_windows(&self, clerk: &ClerkCode) -> Vec<WindowCode> {
        let planned = self.plan.iter().flat_map(|plan| &plan.windows);
        let own = planned.filter(|window| window.a.as_ref() == Some(clerk));
        let mut own: Vec<_> = own.map(|window| window.code.clone()).collect();
        own.extend(
            self.window_of(clerk)
                .filter(|held| !own.contains(held))
                .cloned()
                .into_iter()
                .collect::<Vec<_>>(),
        );
        own
    }
}

impl Register for Deductions {
    type Wish = DeductionsWish;
    type Fact = DeductionFact;

    fn decide(&self, asked: &Asked<'_>, wish: &DeductionsWish) -> Result<Vec<Event>, Refusal> {
        match wish {
            DeductionsWish::Deduct(wish) => self.deduct(asked, wish),
            DeductionsWish::Appeal(wish) => self.appeal(asked, wish),
            DeductionsWish::Decide(wish) => self.decide_appeal(asked, wish),
        }
    }

    fn apply(&mut self, fact: &DeductionFact, _: Timestamp) {
        let id = fact.id();
        match fact {
            DeductionFact::Deducted(made) => {
                let deduction = Deduction {
                    made: made.clone(),
                    appeal: None,
                    decided: None,
                    state: DeductionState::Stands,
                };
                self.all.insert(id, deduction);
            }
            DeductionFact::Appealed(appeal) => {
                if let Some(one) = self.all.get_mut(&id) {
                    one.appeal = Some(appeal.clone());
                    one.state = DeductionState::Appealed;
                }
            }
            DeductionFact::AppealDecided(decided) => {
                if let Some(one) = self.all.get_mut(&id) {
                    one.decided = Some(decided.clone());
                    one.state = state_after(decided.outcome);
                }
            }
        }
        let changes = !matches!(fact, DeductionFact::Appealed(_));
        if let Some(month) = self.all.get(&id).map(Deduction::month) {
            self.note(month, changes);
        }
    }

    fn misfit(&self, fact: &DeductionFact) -> Option<&'static str> {
        match fact {
            DeductionFact::Deducted(_) => None,
            DeductionFact::Appealed(appeal) => {
                (!self.all.contains_key(&appeal.id)).then_some("the deduction is not there")
            }
            DeductionFact::AppealDecided(decided) => {
                let open = self.all.get(&decided.id);
                let open = open.is_some_and(|one| one.state == DeductionState::Appealed);
                (!open).then_some("there is no open appeal")
            }
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        let keeps = |day: NaiveDate| (today - day).num_days() <= KEEP_DAYS;
        self.all
            .retain(|_, one| one.state == DeductionState::Appealed || keeps(one.month().last()));
        self.changes.retain(|month, _| keeps(month.last()));
        self.facts.retain(|month, _| keeps(month.last()));
    }
}

const fn state_after(outcome: AppealOutcome) -> DeductionState {
    match outcome {
        AppealOutcome::Upheld => DeductionState::Upheld,
        AppealOutcome::Reduced => DeductionState::Reduced,
        AppealOutcome::Reversed => DeductionState::Reversed,
    }
}
