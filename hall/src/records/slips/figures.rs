//! Counts of 一次性告知 and 容缺受理 over a span of facts. Facts and leads; people give the score.
//!
//! **Source**: PRACTICE §7.2, F2.

use alloc::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Completed, Rongque, SlipFact, Told};
use crate::event::Outcome;
use crate::records::Record;
use crate::{Event, ServiceCode, TicketId, Timestamp};

/// The counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SlipFigures {
    /// 一次性告知单 given.
    pub told: u32,
    /// Matters accepted before every paper was there.
    pub rongque_accepted: u32,
    /// Of them, with papers, deadline and consequence all told: all of them.
    pub rongque_complete_3of3: u32,
    /// Of them, with a signed promise: all of them.
    pub promise_signed: u32,
    /// Every paper came in time.
    pub due_met: u32,
    /// The last paper came late, or the withdrawal was confirmed.
    pub due_late: u32,
    /// Withdrawals that a person confirmed.
    pub withdrawn_confirmed: u32,
    /// 容缺 matters finished within the promised time.
    pub finished_in_time: u32,
    /// Slips of a later visit with papers that the slips before do not name: a lead.
    pub second_visit_new_items: u32,
    /// Papers asked for that the service guide does not name (第十六条): a lead.
    pub out_of_guide_requests: u32,
    /// Matters sent home for papers without a slip: a lead.
    pub returned_without_slip: u32,
}

/// A fold of facts into [`SlipFigures`]: hand every fact of a span over, oldest first.
#[derive(Debug, Clone, Default)]
pub struct SlipFold {
    figures: SlipFigures,
    told: BTreeSet<(TicketId, ServiceCode)>,
    returned: BTreeMap<TicketId, BTreeSet<ServiceCode>>,
}

impl SlipFold {
    /// Takes one fact in; `at` orders nothing here, and is there for folds of its kind.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "other facts say nothing of slips"
    )]
    pub fn take(&mut self, event: &Event, _at: Timestamp) {
        match event {
            Event::Record(record) => {
                if let Record::Slips(fact) = record.as_ref() {
                    self.take_fact(fact);
                }
            }
            Event::TicketFinished {
                ticket, matters, ..
            } => {
                let sent_home = matters
                    .iter()
                    .filter(|matter| matter.outcome == Some(Outcome::MaterialsMissing));
                let services = sent_home.map(|matter| matter.service.clone()).collect();
                self.returned.insert(*ticket, services);
            }
            Event::FinishUndone { ticket, .. } | Event::TicketReopened { ticket, .. } => {
                self.returned.remove(ticket);
            }
            _ => (),
        }
    }

    fn take_fact(&mut self, fact: &SlipFact) {
        let figures = &mut self.figures;
        match fact {
            SlipFact::Told(told) => self.take_told(told),
            SlipFact::Rongque(rongque) => self.take_rongque(rongque),
            SlipFact::Completed(Completed {
                in_time: Some(true),
                ..
            }) => figures.due_met += 1,
            SlipFact::Completed(Completed {
                in_time: Some(false),
                ..
            }) => figures.due_late += 1,
            SlipFact::Withdrawn(_) => {
                figures.due_late += 1;
                figures.withdrawn_confirmed += 1;
            }
            SlipFact::Finished(finished) => {
                figures.finished_in_time += u32::from(finished.in_time == Some(true));
            }
            SlipFact::Completed(Completed { in_time: None, .. })
            | SlipFact::PrintAsked(_)
            | SlipFact::PrintReported(_)
            | SlipFact::Supplied(_)
            | SlipFact::Reminded(_) => (),
        }
    }

    fn take_told(&mut self, told: &Told) {
        self.figures.told += 1;
        self.figures.second_visit_new_items += u32::from(!told.new_items.is_empty());
        let outside = told.given.outside_guide.len();
        self.figures.out_of_guide_requests += u32::try_from(outside).unwrap_or(u32::MAX);
        if let Some(ticket) = told.given.ticket {
            self.told.insert((ticket, told.given.service.clone()));
        }
    }

    fn take_rongque(&mut self, rongque: &Rongque) {
        let figures = &mut self.figures;
        figures.rongque_accepted += 1;
        let whole = !rongque.given.items.is_empty()
            && rongque.due_workdays > 0
            && !rongque.consequence.is_empty();
        figures.rongque_complete_3of3 += u32::from(whole);
        // Nothing is accepted without a signer: the fact itself names one.
        figures.promise_signed += 1;
        let outside = rongque.given.outside_guide.len();
        figures.out_of_guide_requests += u32::try_from(outside).unwrap_or(u32::MAX);
        if let Some(ticket) = rongque.given.ticket {
            self.told.insert((ticket, rongque.given.service.clone()));
        }
    }

    /// The counts so far.
    pub fn figures(&self) -> SlipFigures {
        let returned = self.returned.iter().flat_map(|(ticket, services)| {
            let one = |service: &ServiceCode| (*ticket, service.clone());
            services.iter().map(one)
        });
        let without = returned.filter(|one| !self.told.contains(one)).count();
        SlipFigures {
            returned_without_slip: u32::try_from(without).unwrap_or(u32::MAX),
            ..self.figures
        }
    }
}
