//! A draft of each briefing from what the hall knows now; a person edits it and holds the meeting.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::BriefingPart;
use crate::plan::Window as PlannedWindow;
use crate::records::Level;
use crate::records::slips::SlipState;
use crate::state::{Hall, Window};
use crate::{ClerkCode, ServiceCode, Timestamp};

/// Lines of one kind in a draft. Ours: a page has room for them.
const LINES_MAX: usize = 12;

impl Hall {
    /// The lines of a draft at `now`, in Chinese, as they are read out. Names stand in it, so it is
    /// for the staff's page alone.
    pub fn briefing_draft(&self, part: BriefingPart, now: Timestamp) -> Vec<String> {
        let today = now.date_in(self.zone());
        match part {
            BriefingPart::Before => self.draft_before(today, now),
            BriefingPart::Midday => self.draft_midday(now),
            BriefingPart::After => self.draft_after(today, now),
        }
    }

    fn draft_before(&self, today: NaiveDate, now: Timestamp) -> Vec<String> {
        let posts = self.posts().filter(|(planned, _)| planned.a.is_some());
        let planned: Vec<_> = posts
            .clone()
            .map(|(planned, _)| {
                let a = planned.a.as_ref().map(|code| self.clerk_of(code));
                format!("{}号窗{}", planned.code, a.unwrap_or_default())
            })
            .collect();
        let absent: Vec<_> = posts
            .filter(|(_, window)| window.shift.is_none())
            .map(|(planned, _)| planned.code.to_string())
            .collect();
        let asleep: Vec<_> = self.devices.values().filter(|(_, awake)| !awake).collect();
        let cases = &self.records.cases;
        let due = cases.open().filter(|file| file.opened.due == Some(today));
        let late = cases.open().filter(|file| file.is_overdue(today));
        let mut lines = alloc::vec![
            format!("今日岗位(A角):{}", listed(&planned)),
            if absent.is_empty() {
                "各窗口均已签到".into()
            } else {
                format!("尚未签到:{}", windows(&absent))
            },
        ];
        if !asleep.is_empty() {
            lines.push(format!("设备未开机:{}台", asleep.len()));
        }
        let slips = self.rongque_due(now);
        let count = |state| slips.iter().filter(|slip| slip.state == state).count();
        let (papers_due, papers_late) = (count(SlipState::DueToday), count(SlipState::Overdue));
        if papers_due + papers_late > 0 {
            lines.push(format!(
                "容缺材料今日到期{papers_due}件,逾期{papers_late}件,请提醒申请人"
            ));
        }
        let (due, late) = (due.count(), late.count());
        if due + late > 0 {
            lines.push(format!("差评投诉今日到期{due}件,超期{late}件,请责任人先办"));
        }
        lines.push(self.help_line());
        lines.push("请各窗口检查着装、桌面和设备,按时开窗".into());
        lines
    }

    fn draft_midday(&self, now: Timestamp) -> Vec<String> {
        let services = self.plan().into_iter().flat_map(|plan| &plan.services);
        let waiting = |code: &ServiceCode| {
            let tickets = self.tickets.values();
            tickets
                .filter(|ticket| ticket.service == *code && ticket.status.name() == "waiting")
                .count()
        };
        let queues: Vec<_> = services
            .map(|service| (service.name.clone(), waiting(&service.code)))
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{name}{count}人"))
            .collect();
        let tickets = self.tickets.values();
        let waits = tickets.filter(|ticket| ticket.status.name() == "waiting");
        let longest = waits.map(|ticket| now.since_ms(ticket.arrived_at)).max();
        let codes = |wanted: fn(&Window) -> bool| {
            let found = self.posts().filter(|(_, window)| wanted(window));
            found
                .map(|(planned, _)| planned.code.to_string())
                .collect::<Vec<_>>()
        };
        let paused = codes(|window| window.pause.is_some());
        let gaps = codes(|window| window.gap_since.is_some());
        let mut lines = Vec::new();
        match longest {
            None => lines.push("目前无人等候".into()),
            Some(ms) => {
                lines.push(format!("等候:{}", listed(&queues)));
                lines.push(format!("最长等候{}分钟", ms / 60_000));
            }
        }
        if !paused.is_empty() {
            lines.push(format!("暂停服务:{}", windows(&paused)));
        }
        if !gaps.is_empty() {
            lines.push(format!("有人等候而无人在岗:{},请顶岗", windows(&gaps)));
        }
        lines.push(self.help_line());
        lines
    }

    fn draft_after(&self, today: NaiveDate, now: Timestamp) -> Vec<String> {
        let ratings = &self.records.ratings;
        let bad: u32 = Level::ALL
            .into_iter()
            .filter(|level| level.is_bad())
            .map(|level| ratings.count(today, level))
            .sum();
        let mut lines = Vec::new();
        if let Some(day) = self.day(today) {
            let balance = day.balance;
            lines.push(format!(
                "今日取号{}个,办结{}个,过号{}个,改期{}个,未完{}个",
                balance.issued,
                balance.finished,
                balance.no_show,
                balance.carried_over,
                balance.open
            ));
            let late = day.closes_at().map_or(0, |closes| now.since_ms(closes));
            let late_min = if day.is_balanced() { 0 } else { late / 60_000 };
            if late_min > 0 {
                lines.push(format!("延时服务{late_min}分钟,已取的号办完为止"));
            }
        }
        lines.push(format!("今日差评{bad}件"));
        let open = self.records.cases.open().count();
        lines.push(format!("差评投诉待处理{open}件"));
        lines.push(self.help_line());
        lines.push("请关闭设备电源,整理桌面,锁好资料".into());
        lines
    }

    fn help_line(&self) -> String {
        let helps = &self.records.helps;
        let on_duty = helps.on_duty().len();
        let open = helps.open().len();
        format!("帮办员在岗{on_duty}人,待帮办{open}件")
    }

    fn posts(&self) -> impl Iterator<Item = (&PlannedWindow, &Window)> + Clone {
        let planned = self.plan().into_iter().flat_map(|plan| &plan.windows);
        planned.filter_map(|planned| Some((planned, self.windows.get(&planned.code)?)))
    }

    fn clerk_of(&self, code: &ClerkCode) -> String {
        let known = self.plan().and_then(|plan| plan.clerk(code));
        known.map_or_else(|| code.to_string(), |clerk| clerk.name.clone())
    }
}

/// The first few of a list, and how many more.
fn listed(all: &[String]) -> String {
    let shown: Vec<_> = all.iter().take(LINES_MAX).map(String::as_str).collect();
    let more = all.len().saturating_sub(LINES_MAX);
    if more > 0 {
        return format!("{}等{}个", shown.join("、"), all.len());
    }
    shown.join("、")
}

/// Windows by what stands on their signs.
fn windows(codes: &[String]) -> String {
    let shown: Vec<_> = codes.iter().take(LINES_MAX).map(String::as_str).collect();
    let shown = shown.join("、");
    if codes.len() > LINES_MAX {
        return format!("{shown}号等{}个窗口", codes.len());
    }
    format!("{shown}号窗口")
}
