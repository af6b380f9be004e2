//! What happens at windows: shifts, pauses, covers, gaps, lendings.

use alloc::vec::Vec;

use super::{Names, because, minutes, window_says};
use crate::evidence::words;
use crate::text::Text;
use crate::{Event, ServiceCode, Timestamp, WindowCode};

impl<'a> Names<'a> {
    /// The sentence, when the fact is about a window.
    #[expect(clippy::too_many_lines, reason = "one arm a kind, none for several")]
    pub(super) fn of_window_fact(&self, event: &'a Event) -> Option<Text> {
        use Event as E;
        match event {
            E::ShiftBegan {
                window,
                clerk,
                role,
                overriding,
            } => Some(because(
                window_says(
                    window,
                    (
                        &format!("{}签到({}),准备中", self.clerk(clerk), words::role(*role).0),
                        &format!("{} signed in, {}", self.clerk(clerk), words::role(*role).1),
                    ),
                ),
                overriding.as_deref(),
            )),
            E::WindowReady { window } => {
                Some(window_says(window, ("就绪,可以叫号", "is open for calls")))
            }
            E::WindowPaused {
                window,
                reason,
                note,
                back_at,
                ..
            } => Some(because(
                self.paused(window, words::pause(*reason), *back_at),
                note.as_deref(),
            )),
            E::WindowResumed { window } => Some(window_says(window, ("恢复服务", "serves again"))),
            E::ShiftEnded {
                window,
                clerk,
                overriding,
            } => Some(because(
                window_says(
                    window,
                    (
                        &format!("{}签退", self.clerk(clerk)),
                        &format!("{} signed off", self.clerk(clerk)),
                    ),
                ),
                overriding.as_deref(),
            )),
            E::PauseWarned { window } => Some(window_says(
                window,
                (
                    "暂停超过提醒时限,已提醒本人",
                    "is paused beyond the reminder: the clerk was told",
                ),
            )),
            E::PauseEscalated { window, head } => Some({
                let head = head.as_ref().map_or("", |head| self.clerk(head));
                window_says(
                    window,
                    (
                        &format!("暂停超过上报时限,已报负责人{head}"),
                        &format!("is paused beyond the limit: the head was told {head}"),
                    ),
                )
            }),
            E::CoverAsked { window, clerk, .. } => Some(match clerk {
                Some(clerk) => window_says(
                    window,
                    (
                        &format!("请{}顶岗", self.clerk(clerk)),
                        &format!("asks {} for cover", self.clerk(clerk)),
                    ),
                ),
                None => window_says(
                    window,
                    ("暂无可顶岗人员", "has nobody left to ask for cover"),
                ),
            }),
            E::CoverDeclined {
                window,
                clerk,
                reason,
            } => Some(because(
                window_says(
                    window,
                    (
                        &format!("{}不能顶岗", self.clerk(clerk)),
                        &format!("{} cannot cover", self.clerk(clerk)),
                    ),
                ),
                Some(reason),
            )),
            E::CoverLapsed { window, clerk } => Some(window_says(
                window,
                (
                    &format!("{}未按时答复顶岗", self.clerk(clerk)),
                    &format!("{} did not answer in time", self.clerk(clerk)),
                ),
            )),
            E::CoverBegan {
                window,
                clerk,
                role,
                ..
            } => Some(window_says(
                window,
                (
                    &format!("{}顶岗({})", self.clerk(clerk), words::role(*role).0),
                    &format!(
                        "is covered by {}, {}",
                        self.clerk(clerk),
                        words::role(*role).1
                    ),
                ),
            )),
            E::CoverEnded {
                window,
                clerk,
                note,
                ..
            } => Some(because(
                window_says(
                    window,
                    (
                        &format!("{}交还顶岗", self.clerk(clerk)),
                        &format!("{} handed the post back", self.clerk(clerk)),
                    ),
                ),
                Some(note),
            )),
            E::GapOpened { window, waiting } => Some(window_says(
                window,
                (
                    &format!("{waiting}人等候而无人在岗"),
                    &format!("{waiting} wait and nobody is there"),
                ),
            )),
            E::GapClosed { window, gap_ms } => Some(window_says(
                window,
                (
                    &format!("无人在岗结束,历时{}分钟", minutes(*gap_ms)),
                    &format!("somebody is there again, after {} min", minutes(*gap_ms)),
                ),
            )),
            E::AbsenceNoticed {
                window,
                clerk,
                idle_ms,
            } => Some(window_says(
                window,
                (
                    &format!(
                        "开放而{}分钟未叫号,有人等候,请核实{}是否未设提示离岗",
                        minutes(*idle_ms),
                        self.clerk(clerk)
                    ),
                    &format!(
                        "was open and idle for {} min while people waited: did {} leave without the sign?",
                        minutes(*idle_ms),
                        self.clerk(clerk)
                    ),
                ),
            )),
            E::WindowLent {
                window,
                services,
                until,
                reason,
                ..
            } => Some(because(
                self.lent(window, services, *until),
                reason.as_deref(),
            )),
            E::LendingEnded { window, lent_ms } => Some(window_says(
                window,
                (
                    &format!("潮汐借调结束,历时{}分钟", minutes(*lent_ms)),
                    &format!(
                        "is back with its own services, after {} min",
                        minutes(*lent_ms)
                    ),
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
            | E::TicketIssued { .. }
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
            | E::MatterAdded { .. } => None,
        }
    }

    fn paused(
        &self,
        window: &WindowCode,
        reason: words::Words,
        back_at: Option<Timestamp>,
    ) -> Text {
        let (zh, en) = match back_at {
            Some(at) => (
                format!("设置“暂停服务”({}),预计{}返回", reason.0, self.time(at)),
                format!("put up the sign ({}), back at {}", reason.1, self.time(at)),
            ),
            None => (
                format!("设置“暂停服务”({}),未填返回时间", reason.0),
                format!("put up the sign ({}), no return time", reason.1),
            ),
        };
        window_says(window, (&zh, &en))
    }

    fn lent(
        &self,
        window: &WindowCode,
        services: &'a [ServiceCode],
        until: Option<Timestamp>,
    ) -> Text {
        let names = |name: &dyn Fn(&'a ServiceCode) -> &'a str, between: &str| {
            services.iter().map(name).collect::<Vec<_>>().join(between)
        };
        let (zh, en) = (
            names(&|code| self.service(code), "、"),
            names(&|code| self.service_en(code), ", "),
        );
        let (till_zh, till_en) = until.map_or_else(Default::default, |at| {
            (
                format!(",至{}", self.time(at)),
                format!(" until {}", self.time(at)),
            )
        });
        window_says(
            window,
            (
                &format!("潮汐借调办理{zh}{till_zh}"),
                &format!("is lent to {en}{till_en}"),
            ),
        )
    }
}
