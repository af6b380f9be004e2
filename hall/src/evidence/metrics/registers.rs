//! What is counted of the registers: slips, ratings, self-service, help, and guides at opening.
//!
//! **Source**: PRACTICE §7.2, F1 to F4.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::fold::Ledger;
use super::sums::{Length, Most, Place, Sum};
use crate::event::Outcome;
use crate::plan::guide::look;
use crate::plan::{Plan, Service};
use crate::records::slips::{Completed, Given, Rongque, SlipFact, Told};
use crate::records::{
    GuidedTo, Guiding, Help, HelpCompleted, HelpKind, Rating, RatingGiven, Record,
};
use crate::state::Matter;
use crate::{Event, RecordId, ServiceCode, TicketId, Timestamp, WindowCode};

/// The moment and its date.
pub(super) type Moment = (Timestamp, NaiveDate);

/// What is kept of the registers between facts.
#[derive(Debug, Clone, Default)]
pub(super) struct Registers {
    services: Vec<Service>,
    /// Matters that a slip was given for.
    told: BTreeSet<(TicketId, ServiceCode)>,
    /// Matters counted as sent home without one: on which day, at which window.
    sent_home: BTreeMap<(TicketId, ServiceCode), (NaiveDate, WindowCode)>,
    /// Duties that go on.
    duties: BTreeMap<RecordId, Moment>,
}

impl Registers {
    pub(super) fn take_plan(&mut self, plan: &Plan) {
        self.services.clone_from(&plan.services);
    }

    /// Helpers who came on duty that day and did not leave yet.
    pub(super) fn on_duty(&self, day: NaiveDate) -> impl Iterator<Item = Timestamp> + '_ {
        let duties = self.duties.values();
        duties
            .filter(move |(_, came)| *came == day)
            .map(|(at, _)| *at)
    }

    /// The guides in force when the day opens.
    pub(super) fn open_day(&self, ledger: &mut Ledger, day: NaiveDate) {
        let Some(growing) = ledger.day(day) else {
            return;
        };
        let (mut vague, mut oldest) = (0, None);
        for service in &self.services {
            let looked = look(service, day);
            let place = Place {
                service: Some(&service.code),
                ..Place::default()
            };
            growing.sums.add(Sum::Guides, 1, place);
            let complete = i64::from(looked.is_complete());
            growing.sums.add(Sum::GuidesComplete, complete, place);
            let terms = i64::try_from(looked.vague.len()).unwrap_or(i64::MAX);
            let leads = [
                (Most::VagueTerms, Some(terms).filter(|terms| *terms > 0)),
                (Most::GuideAgeDays, looked.age_days),
            ];
            for (most, value) in leads {
                if let Some(value) = value {
                    growing.sums.reach(most, value, Some(&service.code));
                }
            }
            vague += terms;
            oldest = oldest.max(looked.age_days);
        }
        if !self.services.is_empty() {
            growing.sums.reach(Most::VagueTerms, vague, None);
        }
        if let Some(age) = oldest {
            growing.sums.reach(Most::GuideAgeDays, age, None);
        }
    }

    /// Takes a record in.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "other registers have no figures here"
    )]
    pub(super) fn take(&mut self, ledger: &mut Ledger, event: &Event, now: Moment) {
        let Event::Record(record) = event else {
            return;
        };
        match record.as_ref() {
            Record::Slips(fact) => self.take_slip(ledger, fact, now.1),
            Record::Rating(Rating::Given(given)) => rate(ledger, given, now.1),
            Record::Help(fact) => self.take_help(ledger, fact, now),
            Record::Guiding(Guiding::Guided(guided)) if guided.to == GuidedTo::SelfService => {
                let place = Place {
                    service: guided.service.as_ref(),
                    ..Place::default()
                };
                ledger.add(Sum::SelfService, now.1, 1, place);
            }
            _ => (),
        }
    }

    fn take_slip(&mut self, ledger: &mut Ledger, fact: &SlipFact, today: NaiveDate) {
        let mut add = |sum| ledger.add(sum, today, 1, Place::default());
        match fact {
            SlipFact::Told(told) => self.tell(ledger, told, today),
            SlipFact::Rongque(rongque) => self.accept(ledger, rongque, today),
            SlipFact::Completed(Completed { in_time, .. }) => match in_time {
                Some(true) => add(Sum::DueMet),
                Some(false) => add(Sum::DueLate),
                None => (),
            },
            SlipFact::Withdrawn(_) => {
                add(Sum::DueLate);
                add(Sum::WithdrawnConfirmed);
            }
            SlipFact::Finished(finished) if finished.in_time == Some(true) => {
                add(Sum::RongqueInTime);
            }
            SlipFact::Finished(_)
            | SlipFact::PrintAsked(_)
            | SlipFact::PrintReported(_)
            | SlipFact::Supplied(_)
            | SlipFact::Reminded(_) => (),
        }
    }

    fn tell(&mut self, ledger: &mut Ledger, told: &Told, today: NaiveDate) {
        let place = place_of(&told.given);
        ledger.add(Sum::SlipsTold, today, 1, place);
        if !told.new_items.is_empty() {
            ledger.add(Sum::SecondVisitNewItems, today, 1, place);
        }
        self.give(ledger, &told.given, today);
    }

    fn accept(&mut self, ledger: &mut Ledger, rongque: &Rongque, today: NaiveDate) {
        let place = place_of(&rongque.given);
        let whole = !rongque.given.items.is_empty()
            && rongque.due_workdays > 0
            && !rongque.consequence.is_empty();
        ledger.add(Sum::RongqueAccepted, today, 1, place);
        ledger.add(Sum::RongqueComplete, today, i64::from(whole), place);
        // Nothing is accepted without a signer: the fact itself names one.
        ledger.add(Sum::PromiseSigned, today, 1, place);
        self.give(ledger, &rongque.given, today);
    }

    /// A slip was given; on the visit's own day it takes the lead of its matter back.
    fn give(&mut self, ledger: &mut Ledger, given: &Given, today: NaiveDate) {
        let outside = i64::try_from(given.outside_guide.len()).unwrap_or(i64::MAX);
        if outside > 0 {
            ledger.add(Sum::OutOfGuide, today, outside, place_of(given));
        }
        let Some(ticket) = given.ticket else {
            return;
        };
        let matter = (ticket, given.service.clone());
        let counted = self.sent_home.get(&matter);
        if counted.is_some_and(|(day, _)| today <= *day) {
            self.take_back(ledger, &matter);
        }
        self.told.insert(matter);
    }

    /// A visit of that day was finished.
    pub(super) fn finish(
        &mut self,
        ledger: &mut Ledger,
        (ticket, day): (TicketId, NaiveDate),
        window: &WindowCode,
        matters: &[Matter],
    ) {
        let missing = Some(Outcome::MaterialsMissing);
        for matter in matters.iter().filter(|matter| matter.outcome == missing) {
            let key = (ticket, matter.service.clone());
            if self.told.contains(&key) || self.sent_home.contains_key(&key) {
                continue;
            }
            ledger.add(Sum::SentHome, day, 1, place(window, &matter.service));
            self.sent_home.insert(key, (day, window.clone()));
        }
    }

    /// The visit goes on: nobody was sent home.
    pub(super) fn go_on(&mut self, ledger: &mut Ledger, ticket: TicketId) {
        let matters = self.sent_home.keys().filter(|(of, _)| *of == ticket);
        let matters: Vec<_> = matters.cloned().collect();
        for matter in &matters {
            self.take_back(ledger, matter);
        }
    }

    fn take_back(&mut self, ledger: &mut Ledger, matter: &(TicketId, ServiceCode)) {
        if let Some((day, window)) = self.sent_home.remove(matter) {
            ledger.add(Sum::SentHome, day, -1, place(&window, &matter.1));
        }
    }

    fn take_help(&mut self, ledger: &mut Ledger, fact: &Help, (at, today): Moment) {
        let mut add = |sum| ledger.add(sum, today, 1, Place::default());
        match fact {
            Help::Asked(asked) if asked.kind == Some(HelpKind::HomeVisit) => {
                add(Sum::HomeVisitsAsked);
            }
            Help::Answered(answered) => {
                let waited = answered.waited_ms;
                ledger.keep(Length::HelpWait, today, waited, Place::default());
            }
            Help::Completed(completed) => complete(completed, &mut add),
            Help::Referred(_) => add(Sum::ReferralsSent),
            Help::Received(_) => add(Sum::ReferralsReceived),
            Help::Returned(_) => add(Sum::ReferralsClosed),
            Help::OnDuty(began) => {
                self.duties.insert(began.id, (at, today));
            }
            Help::OffDuty(ended) => {
                // Who came before the first fact read was counted with the days before.
                if let Some((since, day)) = self.duties.remove(&ended.id)
                    && let Some(growing) = ledger.day(day)
                {
                    let to = (day == today).then_some(at);
                    growing.duties.push((since, to));
                }
            }
            Help::Asked(_) => (),
        }
    }
}

fn complete(completed: &HelpCompleted, add: &mut impl FnMut(Sum)) {
    add(match completed.kind {
        HelpKind::Guide => Sum::HelpGuide,
        HelpKind::Consult => Sum::HelpConsult,
        HelpKind::Instruct => Sum::HelpInstruct,
        HelpKind::Copy => Sum::HelpCopy,
        HelpKind::Errand => Sum::HelpErrand,
        HelpKind::HomeVisit => Sum::HelpHomeVisit,
    });
    if completed.kind == HelpKind::HomeVisit && completed.visited.is_some() {
        add(Sum::HomeVisitsDone);
    }
}

fn rate(ledger: &mut Ledger, given: &RatingGiven, today: NaiveDate) {
    let place = Place {
        window: given.window.as_ref(),
        service: given.service.as_ref(),
        ..Place::default()
    };
    if given.ticket.is_some() {
        ledger.add(Sum::RatingAnswered, today, 1, place);
    }
    if given.level.is_bad() {
        ledger.add(Sum::RatingBad, today, 1, place);
    }
}

fn place<'a>(window: &'a WindowCode, service: &'a ServiceCode) -> Place<'a> {
    Place {
        window: Some(window),
        service: Some(service),
        ..Place::default()
    }
}

fn place_of(given: &Given) -> Place<'_> {
    Place {
        window: given.window.as_ref(),
        service: Some(&given.service),
        ..Place::default()
    }
}
