//! Plans, days and devices.

use super::{Names, because, say};
use crate::Event;
use crate::evidence::words;
use crate::text::Text;

impl<'a> Names<'a> {
    /// The sentence, when the fact is about the hall and its day.
    #[expect(clippy::too_many_lines, reason = "one arm a kind, none for several")]
    pub(super) fn of_day_fact(&self, event: &'a Event) -> Option<Text> {
        use Event as E;
        match event {
            E::Record(record) => Some(record.sentence()),
            E::PlanPublished { plan } => Some(say(
                format!(
                    "大厅方案生效:{}个事项、{}个窗口",
                    plan.services.len(),
                    plan.windows.len()
                ),
                format!(
                    "a plan came into force: {} services, {} windows",
                    plan.services.len(),
                    plan.windows.len()
                ),
            )),
            E::CalendarEntered { year, .. } => Some(say(
                format!("录入{year}年度放假安排"),
                format!("the workdays of {year} were entered"),
            )),
            E::OutageNoted { since } => Some(say(
                format!("系统自{}起中断,现已恢复", self.time(*since)),
                format!("the system was down from {} until now", self.time(*since)),
            )),
            E::DeviceNoted {
                device,
                kind,
                awake,
            } => Some(device_noted(device, words::device(*kind), *awake)),
            E::DeviceAsleep { device, kind } => Some(say(
                format!("等候区开放时{}{device}未开机", words::device(*kind).0),
                format!(
                    "the lobby opened and {} {device} was not awake",
                    words::device(*kind).1
                ),
            )),
            E::DayOpened { day, reason, .. } => Some(because(
                say(
                    format!("{day}等候区开放,开始取号"),
                    format!("the lobby of {day} opened"),
                ),
                reason.as_deref(),
            )),
            E::PhaseBegan { phase, .. } => Some({
                let (zh, en) = words::phase(*phase);
                say(zh, en)
            }),
            E::DaySettled { day, balance, .. } => Some(say(
                format!(
                    "{day}结账:取号{},办结{},过号{},取消{},改期{}",
                    balance.issued,
                    balance.finished,
                    balance.no_show,
                    balance.cancelled,
                    balance.carried_over
                ),
                format!(
                    "{day} settled: {} issued, {} finished, {} no-shows, {} cancelled, {} carried over",
                    balance.issued,
                    balance.finished,
                    balance.no_show,
                    balance.cancelled,
                    balance.carried_over
                ),
            )),
            E::TicketIssued { .. }
            | E::PrintChanged { .. }
            | E::ReprintAsked { .. }
            | E::TicketCalled { .. }
            | E::TicketRecalled { .. }
            | E::TicketStarted { .. }
            | E::TicketNotShown { .. }
            | E::NoShowUndone { .. }
            | E::TicketReinstated { .. }
            | E::TicketFinished { .. }
            | E::FinishUndone { .. }
            | E::TicketTransferred { .. }
            | E::TicketParked { .. }
            | E::TicketUnparked { .. }
            | E::TicketResumed { .. }
            | E::TicketPutBack { .. }
            | E::TicketDelayed { .. }
            | E::TicketCancelled { .. }
            | E::TicketCarriedOver { .. }
            | E::TicketReopened { .. }
            | E::MatterAdded { .. }
            | E::ShiftBegan { .. }
            | E::WindowReady { .. }
            | E::WindowPaused { .. }
            | E::WindowResumed { .. }
            | E::ShiftEnded { .. }
            | E::PauseWarned { .. }
            | E::PauseEscalated { .. }
            | E::CoverAsked { .. }
            | E::CoverDeclined { .. }
            | E::CoverLapsed { .. }
            | E::CoverBegan { .. }
            | E::CoverEnded { .. }
            | E::GapOpened { .. }
            | E::GapClosed { .. }
            | E::AbsenceNoticed { .. }
            | E::WindowLent { .. }
            | E::LendingEnded { .. } => None,
        }
    }
}

fn device_noted(device: &str, (zh, en): words::Words, awake: bool) -> Text {
    if awake {
        return say(
            format!("{zh}{device}已连接"),
            format!("{en} {device} is awake"),
        );
    }
    say(
        format!("{zh}{device}已断开"),
        format!("{en} {device} is gone"),
    )
}
