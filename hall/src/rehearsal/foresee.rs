//! What the tide will do next, as far as it can be told.

use alloc::vec::Vec;

use super::crowd::MINUTE_MS;
use super::play::{LOOK_MIN, Play};
use super::predictors::Predictors;
use crate::lineup::{Turn, Visit};
use crate::tide::{self, Rules};

/// How many looks of the tide a forecast foresees: an hour.
const FORESEEN_LOOKS: usize = 12;

impl Play<'_> {
    /// What the tide would do in the next hour if every length were the mean and everyone came as
    /// expected.
    pub(super) fn foresee(&self, rules: &Rules, now_ms: i64, predictors: &Predictors) -> Vec<Turn> {
        let (lineup, waiting) = self.run.lineup(now_ms);
        let coming = self.expected(now_ms);
        let mut ahead = Play {
            scene: self.scene,
            policy: self.policy,
            day: self.day,
            run: predictors.mean_run(&lineup, &coming),
            turned: self.turned.clone(),
            live: self.live.beginning_at(waiting.len()),
            opened_ms: self.opened_ms.clone(),
            reserve_ms: 0,
            actions: 0,
            predictors: None,
            next_sample: 0,
        };
        let mut turns = Vec::new();
        let first = usize::try_from(now_ms / MINUTE_MS).unwrap_or(0) / LOOK_MIN + 1;
        for look in first..first + FORESEEN_LOOKS {
            let minute = look * LOOK_MIN;
            let at_ms = i64::try_from(minute).unwrap_or(0) * MINUTE_MS;
            ahead.run.advance(at_ms);
            let situation = ahead.situation(minute, at_ms);
            let Some(chosen) = tide::consider(&situation, rules).chosen else {
                continue;
            };
            ahead.act(&chosen.action, at_ms);
            let desk = chosen.action.post();
            turns.push(Turn {
                at_ms,
                desk: u16::try_from(desk).unwrap_or(u16::MAX),
                lines: ahead
                    .run
                    .desks
                    .get(desk)
                    .map_or_else(Vec::new, |d| d.lines.clone()),
            });
        }
        turns
    }

    /// Ordinary visitors at the pace of today, evenly.
    fn expected(&self, now_ms: i64) -> Vec<Visit> {
        let now = usize::try_from(now_ms / MINUTE_MS).unwrap_or(0);
        let mut coming = Vec::new();
        for (service, factor) in self.live.factors().iter().enumerate() {
            let mut people = 0.5;
            for minute in now..now + FORESEEN_LOOKS * LOOK_MIN {
                people += self.scene.crowd.rate(service, minute, self.day.weekday) * factor;
                while people >= 1.0 {
                    people -= 1.0;
                    let at_ms = i64::try_from(minute + 1).unwrap_or(0) * MINUTE_MS;
                    let service = u16::try_from(service).unwrap_or(u16::MAX);
                    coming.push(Visit {
                        at_ms,
                        key_ms: at_ms,
                        line: service,
                        service,
                        span_ms: 0,
                        shows: true,
                    });
                }
            }
        }
        coming.sort_by_key(|visit| visit.at_ms);
        coming
    }
}
