//! What happens to tickets.

use alloc::string::{String, ToString};

use super::{Names, because, minutes, say, window_says};
use crate::evidence::words;
use crate::text::Text;
use crate::{CallReason, Event, Outcome, ServiceCode, TicketId, WindowCode};

impl<'a> Names<'a> {
    /// The sentence, when the fact is about a ticket.
    #[expect(clippy::too_many_lines, reason = "one arm a kind, none for several")]
    pub(super) fn of_ticket_fact(&self, event: &'a Event) -> Option<Text> {
        use Event as E;
        match event {
            E::TicketIssued {
                number,
                service,
                class,
                channel,
                after_closing,
                ..
            } => Some(because(
                say(
                    format!(
                        "{number}号取号:{}{},{}",
                        self.service(service),
                        words::class(*class).0,
                        words::channel(*channel).0
                    ),
                    format!(
                        "{number} was issued for {}{}, {}",
                        self.service_en(service),
                        words::class(*class).1,
                        words::channel(*channel).1
                    ),
                ),
                after_closing.as_deref(),
            )),
            E::PrintChanged {
                ticket,
                copy,
                outcome,
            } => Some(self.of_ticket(
                *ticket,
                (
                    &format!("号票第{copy}份{}", words::print(*outcome).0),
                    &format!("copy {copy} of the slip: {}", words::print(*outcome).1),
                ),
            )),
            E::ReprintAsked { ticket, copy } => Some(self.of_ticket(
                *ticket,
                (
                    &format!("申请补打号票第{copy}份"),
                    &format!("copy {copy} of the slip was asked for"),
                ),
            )),
            E::TicketCalled {
                ticket,
                window,
                waited_ms,
                reason,
            } => Some(self.called((*ticket, window), *waited_ms, reason)),
            E::TicketRecalled {
                ticket,
                window,
                call,
            } => Some(self.at_window(
                *ticket,
                window,
                (
                    &format!("第{call}次呼叫"),
                    &format!("called for the {} time", nth(*call)),
                ),
            )),
            E::TicketStarted { ticket, window } => Some(self.at_window(
                *ticket,
                window,
                ("办事人到窗口,开始办理", "the visitor came, service began"),
            )),
            E::TicketNotShown {
                ticket,
                window,
                calls,
            } => Some(self.at_window(
                *ticket,
                window,
                (
                    &format!("呼叫{calls}次未到,过号"),
                    &format!("did not come after {calls} calls"),
                ),
            )),
            E::NoShowUndone { ticket, window } => Some({
                self.at_window(*ticket, window, ("撤回过号", "the no-show was taken back"))
            }),
            E::TicketReinstated { ticket, after } => Some(self.of_ticket(
                *ticket,
                (
                    &format!("过号归队,排在后{after}位之后"),
                    &format!("back in line after {after} more calls"),
                ),
            )),
            E::TicketFinished {
                ticket,
                window,
                outcome,
                promised_days,
                pickup,
                ..
            } => Some(self.finished(
                (*ticket, window),
                *outcome,
                (*promised_days, pickup.as_deref()),
            )),
            E::FinishUndone { ticket, window } => Some(self.at_window(
                *ticket,
                window,
                ("撤回办结,继续办理", "the finish was taken back"),
            )),
            E::TicketTransferred {
                ticket,
                service,
                window,
                reason,
            } => Some(self.transferred(*ticket, (service.as_ref(), window.as_ref()), reason)),
            E::TicketParked {
                ticket,
                window,
                kind,
                reason,
            } => Some(because(
                self.at_window(
                    *ticket,
                    window,
                    (
                        &format!("挂起,{}", words::parking(*kind).0),
                        &format!("was set aside: {}", words::parking(*kind).1),
                    ),
                ),
                Some(reason),
            )),
            E::TicketUnparked { ticket } => Some({
                self.of_ticket(*ticket, ("结束挂起,排在首位", "is back in line, first"))
            }),
            E::TicketResumed { ticket, window } => Some(self.at_window(
                *ticket,
                window,
                ("回到窗口继续办理", "came back and is served on"),
            )),
            E::TicketPutBack {
                ticket,
                window,
                reason,
            } => Some(because(
                self.at_window(*ticket, window, ("退回队首", "was put back, first in line")),
                Some(reason),
            )),
            E::TicketDelayed { ticket, after } => Some(self.of_ticket(
                *ticket,
                (
                    &format!("办事人申请稍后,排在后{after}位之后"),
                    &format!("the visitor asked to be called later, after {after} more calls"),
                ),
            )),
            E::TicketCancelled { ticket, by, reason } => Some(because(
                self.of_ticket(
                    *ticket,
                    (
                        &format!("由{}取消", words::cancelled_by(*by).0),
                        &format!("was cancelled by {}", words::cancelled_by(*by).1),
                    ),
                ),
                Some(reason),
            )),
            E::TicketCarriedOver { ticket, to, slot } => Some(self.of_ticket(
                *ticket,
                (
                    &format!("经办事人同意改到{to} {slot}办理"),
                    &format!("was carried over to {to} {slot} with the visitor's consent"),
                ),
            )),
            E::TicketReopened { ticket, reason } => Some(because(
                self.of_ticket(
                    *ticket,
                    (
                        "更正:恢复排队,排在首位",
                        "was corrected: in line again, first",
                    ),
                ),
                Some(reason),
            )),
            E::MatterAdded { ticket, service } => Some(self.of_ticket(
                *ticket,
                (
                    &format!("加办{}", self.service(service)),
                    &format!("one more matter: {}", self.service_en(service)),
                ),
            )),
            E::Record(_)
            | E::PlanPublished { .. }
            | E::CalendarEntered { .. }
            | E::OutageNoted { .. }
            | E::DeviceNoted { .. }
            | E::DeviceAsleep { .. }
            | E::DayOpened { .. }
            | E::PhaseBegan { .. }
            | E::DaySettled { .. }
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

    fn of_ticket(&self, ticket: TicketId, (zh, en): (&str, &str)) -> Text {
        let number = self.number(ticket);
        if number.is_empty() {
            return say(format!("号票{zh}"), format!("a ticket: {en}"));
        }
        say(format!("{number}号{zh}"), format!("{number}: {en}"))
    }

    fn at_window(&self, ticket: TicketId, window: &WindowCode, (zh, en): (&str, &str)) -> Text {
        let number = self.number(ticket);
        window_says(
            window,
            (
                &format!(
                    "{number}{}{zh}",
                    if number.is_empty() { "号票" } else { "号" }
                ),
                &format!(
                    "{number}{}{en}",
                    if number.is_empty() {
                        "a ticket: "
                    } else {
                        ": "
                    }
                ),
            ),
        )
    }

    fn called(
        &self,
        (ticket, window): (TicketId, &WindowCode),
        waited_ms: i64,
        reason: &CallReason,
    ) -> Text {
        let waited = minutes(waited_ms);
        let text = self.at_window(
            ticket,
            window,
            (
                &format!("叫号,等候{waited}分钟"),
                &format!("called after {waited} min"),
            ),
        );
        match reason {
            CallReason::Next => text,
            CallReason::Named(reason) => because(
                say(
                    format!("{},指定叫号", text.zh),
                    format!("{}, out of turn", text.en),
                ),
                Some(reason),
            ),
        }
    }

    fn finished(
        &self,
        (ticket, window): (TicketId, &WindowCode),
        outcome: Outcome,
        (days, pickup): (Option<u32>, Option<&str>),
    ) -> Text {
        let (zh, en) = words::outcome(outcome);
        let (days_zh, days_en) = days.map_or_else(Default::default, |days| {
            (
                format!(",承诺{days}个工作日"),
                format!(", promised in {days} workdays"),
            )
        });
        let (pickup_zh, pickup_en) = pickup.map_or_else(Default::default, |pickup| {
            (
                format!(",取件方式:{pickup}"),
                format!(", pick-up: {pickup}"),
            )
        });
        let zh = format!("办结:{zh}{days_zh}{pickup_zh}");
        let en = format!("finished: {en}{days_en}{pickup_en}");
        self.at_window(ticket, window, (&zh, &en))
    }

    fn transferred(
        &self,
        ticket: TicketId,
        (service, window): (Option<&'a ServiceCode>, Option<&WindowCode>),
        reason: &str,
    ) -> Text {
        let to = match (service, window) {
            (_, Some(window)) => (format!("{window}号窗口"), format!("window {window}")),
            (Some(service), None) => (
                self.service(service).to_string(),
                self.service_en(service).to_string(),
            ),
            (None, None) => ("其他事项".into(), "another service".into()),
        };
        because(
            self.of_ticket(
                ticket,
                (&format!("转办到{}", to.0), &format!("moved to {}", to.1)),
            ),
            Some(reason),
        )
    }
}

fn nth(call: u32) -> String {
    match call {
        1 => "1st".into(),
        2 => "2nd".into(),
        3 => "3rd".into(),
        more => format!("{more}th"),
    }
}
