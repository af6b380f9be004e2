//! The elements, consumables, loans, checks and faults of one hall, and what waits for somebody.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    CheckElement, ConsumableStocked, DailyCheck, DailyChecked, ElementChecked, ElementKind,
    ElementState, Ended, FaultRepaired, FaultReported, ThingLent, UpkeepFact, UpkeepWish, elements,
};
use crate::decide::Asked;
use crate::plan::Level;
use crate::records::{Fact, Register, no_record, objection};
use crate::text::Text;
use crate::{Event, RecordId, Refusal, Timestamp, WindowCode};

/// Days before its last day at which a consumable is on the list. Ours.
const REMIND_DAYS: i64 = 30;
/// Days that daily checks and loans are counted for. Ours: the month in work and the one before.
const KEEP_DAYS: i64 = 70;

/// A consumable in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Consumable {
    /// The record.
    pub id: RecordId,
    /// What.
    pub name: String,
    /// The last day on which it may be used.
    pub expires: NaiveDate,
}

/// A fault that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fault {
    /// The record.
    pub id: RecordId,
    /// What it is about.
    pub kind: ElementKind,
    /// Where and what.
    pub what: String,
    /// Since when.
    pub since: NaiveDate,
}

/// Why something is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// A consumable's last day is over.
    Expired,
    /// A consumable's last day is near.
    Expires,
    /// An element is missing.
    Missing,
    /// A fault is not over.
    Fault,
}

/// One line of what waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Due {
    /// Why.
    pub kind: DueKind,
    /// The consumable or fault.
    pub id: Option<RecordId>,
    /// What.
    pub what: Text,
    /// Since when, or until when.
    pub day: Option<NaiveDate>,
}

/// What is kept of one hall's upkeep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upkeep {
    checked: BTreeMap<String, ElementChecked>,
    consumables: BTreeMap<RecordId, Consumable>,
    faults: BTreeMap<RecordId, Fault>,
    daily: BTreeSet<(NaiveDate, DailyCheck, Option<WindowCode>)>,
    lent: BTreeMap<(NaiveDate, String), u32>,
    /// Things that are out.
    out: BTreeMap<String, u32>,
}

impl Upkeep {
    /// The last look at an element.
    pub fn checked(&self, element: &str) -> Option<&ElementChecked> {
        self.checked.get(element)
    }

    /// Consumables in their places.
    pub fn consumables(&self) -> impl Iterator<Item = &Consumable> {
        self.consumables.values()
    }

    /// Faults that are not over.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.faults.values()
    }

    /// Where the check was done on that day; none is the whole hall.
    pub fn daily(
        &self,
        day: NaiveDate,
        check: DailyCheck,
    ) -> impl Iterator<Item = Option<&WindowCode>> {
        let all = self
            .daily
            .iter()
            .filter(move |one| one.0 == day && one.1 == check);
        all.map(|one| one.2.as_ref())
    }

    /// How often an element was lent since `from`, and how many are out.
    pub fn loans(&self, element: &str, from: NaiveDate) -> (u32, u32) {
        let lent = self.lent.iter();
        let lent = lent.filter(|((day, name), _)| *day >= from && name == element);
        let out = self.out.get(element).copied().unwrap_or(0);
        (lent.map(|(_, count)| count).sum(), out)
    }

    /// What waits for somebody on `today`, the most urgent first.
    pub fn due(&self, level: Level, today: NaiveDate) -> Vec<Due> {
        let mut due = Vec::new();
        let mut stock: Vec<_> = self.consumables.values().collect();
        stock.sort_by_key(|one| one.expires);
        for one in stock {
            let left = (one.expires - today).num_days();
            if left > REMIND_DAYS {
                continue;
            }
            due.push(Due {
                kind: if left < 0 {
                    DueKind::Expired
                } else {
                    DueKind::Expires
                },
                id: Some(one.id),
                what: Text::new(one.name.clone(), one.name.clone()),
                day: Some(one.expires),
            });
        }
        for fault in self.faults.values() {
            due.push(Due {
                kind: DueKind::Fault,
                id: Some(fault.id),
                what: Text::new(fault.what.clone(), fault.what.clone()),
                day: Some(fault.since),
            });
        }
        for element in elements(level).filter(|one| !one.optional) {
            let seen = self.checked.get(element.code);
            if let Some(seen) = seen.filter(|seen| seen.state == ElementState::Missing) {
                due.push(Due {
                    kind: DueKind::Missing,
                    id: None,
                    what: element.name(),
                    day: Some(seen.day),
                });
            }
        }
        due
    }

    fn check(asked: &Asked<'_>, wish: &CheckElement) -> Result<UpkeepFact, Refusal> {
        let known = known(asked, &wish.element)?;
        if wish.state == ElementState::Merged && known.kind != ElementKind::Zone {
            return Err(objection(
                "only_zones_merge",
                "state",
                "只有功能区可以合并设置",
                "zones alone may be merged",
            ));
        }
        Ok(UpkeepFact::ElementChecked(ElementChecked {
            id: wish.id,
            element: wish.element.clone(),
            item: known.item,
            article: known.article,
            state: wish.state,
            note: wish.note.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        }))
    }

    fn choose(&self, asked: &Asked<'_>, wish: &UpkeepWish) -> Result<UpkeepFact, Refusal> {
        let (day, by) = (asked.today(), asked.actor.name.clone());
        Ok(match wish {
            UpkeepWish::Check(wish) => Self::check(asked, wish)?,
            UpkeepWish::Daily { id, check, window } => {
                if let Some(window) = window {
                    asked.hall.window(window)?;
                }
                let (id, check, window) = (*id, *check, window.clone());
                UpkeepFact::DailyChecked(DailyChecked {
                    id,
                    check,
                    window,
                    day,
                    by,
                })
            }
            UpkeepWish::Stock { id, name, expires } => {
                is_not_over(*expires, day)?;
                let (id, name, expires) = (*id, name.clone(), *expires);
                UpkeepFact::ConsumableStocked(ConsumableStocked {
                    id,
                    name,
                    expires,
                    day,
                    by,
                })
            }
            UpkeepWish::Remove { id } => {
                let there = self.consumables.get(id);
                there.ok_or_else(|| no_record("consumable", *id))?;
                UpkeepFact::ConsumableRemoved(Ended { id: *id, day, by })
            }
            UpkeepWish::Lend { id, element, back } => {
                self.check_loan(asked, element, *back)?;
                let (id, element, back) = (*id, element.clone(), *back);
                UpkeepFact::ThingLent(ThingLent {
                    id,
                    element,
                    back,
                    day,
                    by,
                })
            }
            UpkeepWish::Report { id, kind, what } => {
                let (id, kind, what) = (*id, *kind, what.clone());
                UpkeepFact::FaultReported(FaultReported {
                    id,
                    kind,
                    what,
                    day,
                    by,
                })
            }
            UpkeepWish::Repair { id, remedy } => {
                let fault = self.faults.get(id).ok_or_else(|| no_record("fault", *id))?;
                let (id, remedy, kind) = (*id, *remedy, fault.kind);
                UpkeepFact::FaultRepaired(FaultRepaired {
                    id,
                    remedy,
                    kind,
                    day,
                    by,
                })
            }
        })
    }

    fn check_loan(&self, asked: &Asked<'_>, element: &str, back: bool) -> Result<(), Refusal> {
        let known = known(asked, element)?;
        if known.kind != ElementKind::Convenience {
            return Err(objection(
                "not_lent",
                "element",
                "只登记便民用品的借还",
                "conveniences alone are lent",
            ));
        }
        if back && self.out.get(element).copied().unwrap_or(0) == 0 {
            return Err(objection(
                "nothing_out",
                "back",
                "没有未归还的借出记录",
                "nothing of it is out",
            ));
        }
        Ok(())
    }
}

fn is_not_over(expires: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if expires >= today {
        return Ok(());
    }
    Err(objection(
        "expired_already",
        "expires",
        "该用品已过有效期,请更换后登记",
        "its last day is over: put another in its place",
    ))
}

fn known(asked: &Asked<'_>, element: &str) -> Result<&'static super::Element, Refusal> {
    let mut known = elements(asked.level());
    known.find(|one| one.code == element).ok_or_else(|| {
        objection(
            "no_such_element",
            "element",
            "本级大厅没有这一项",
            "halls of this level have no such element",
        )
    })
}

impl Register for Upkeep {
    type Wish = UpkeepWish;
    type Fact = UpkeepFact;

    fn decide(&self, asked: &Asked<'_>, wish: &UpkeepWish) -> Result<Vec<Event>, Refusal> {
        self.choose(asked, wish).map(|fact| vec![fact.into()])
    }

    fn apply(&mut self, fact: &UpkeepFact, _: Timestamp) {
        match fact {
            UpkeepFact::ElementChecked(fact) => {
                self.checked.insert(fact.element.clone(), fact.clone());
            }
            UpkeepFact::DailyChecked(fact) => {
                self.daily
                    .insert((fact.day, fact.check, fact.window.clone()));
            }
            UpkeepFact::ConsumableStocked(fact) => {
                let consumable = Consumable {
                    id: fact.id,
                    name: fact.name.clone(),
                    expires: fact.expires,
                };
                self.consumables.insert(fact.id, consumable);
            }
            UpkeepFact::ConsumableRemoved(fact) => {
                self.consumables.remove(&fact.id);
            }
            UpkeepFact::ThingLent(fact) => {
                let out = self.out.entry(fact.element.clone()).or_default();
                if fact.back {
                    *out = out.saturating_sub(1);
                } else {
                    *out += 1;
                    *self
                        .lent
                        .entry((fact.day, fact.element.clone()))
                        .or_default() += 1;
                }
            }
            UpkeepFact::FaultReported(fact) => {
                let fault = Fault {
                    id: fact.id,
                    kind: fact.kind,
                    what: fact.what.clone(),
                    since: fact.day,
                };
                self.faults.insert(fact.id, fault);
            }
            UpkeepFact::FaultRepaired(fact) => {
                self.faults.remove(&fact.id);
            }
        }
    }

    fn misfit(&self, fact: &UpkeepFact) -> Option<&'static str> {
        let id = fact.id();
        match fact {
            UpkeepFact::ConsumableRemoved(_) => {
                (!self.consumables.contains_key(&id)).then_some("the consumable is not there")
            }
            UpkeepFact::FaultRepaired(_) => {
                (!self.faults.contains_key(&id)).then_some("the fault is not there")
            }
            UpkeepFact::ElementChecked(_)
            | UpkeepFact::DailyChecked(_)
            | UpkeepFact::ConsumableStocked(_)
            | UpkeepFact::ThingLent(_)
            | UpkeepFact::FaultReported(_) => None,
        }
    }

    fn forget(&mut self, today: NaiveDate) {
        let keeps = |day: NaiveDate| (today - day).num_days() <= KEEP_DAYS;
        self.daily.retain(|(day, ..)| keeps(*day));
        self.lent.retain(|(day, _), _| keeps(*day));
    }
}
