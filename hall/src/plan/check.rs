//! Whole-document checks: every fault, not the first.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use chrono_tz::Tz;

use super::{Clerk, Fault, Plan, Season, Service, Session, Window, guide};
use crate::text::{self, TextFault};

/// The most services, windows or clerks of one hall. Ours: three times the largest hall found.
const LIST_MAX: usize = 400;

/// Every fault of `plan`, in the order of its fields.
pub(super) fn faults(plan: &Plan) -> Vec<Fault> {
    let mut found = Faults(Vec::new());
    check_hall(plan, &mut found);
    check_sessions("sessions", &plan.sessions, &mut found);
    found.range("lobby_before_min", plan.lobby_before_min, 0, 120);
    check_lobby("sessions", plan, &plan.sessions, &mut found);
    check_seasons(plan, &mut found);
    check_exceptions(plan, &mut found);
    check_services(plan, &mut found);
    check_windows(plan, &mut found);
    check_clerks(plan, &mut found);
    check_rules(plan, &mut found);
    found.0
}

/// What was found so far.
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(
        &mut self,
        path: impl Into<String>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.0.push(Fault::new(path, zh, en));
    }

    fn range(&mut self, path: impl Into<String>, value: u32, low: u32, high: u32) {
        if !(low..=high).contains(&value) {
            let zh = format!("应在{low}到{high}之间,现为{value}");
            self.add(path, zh, format!("must be {low} to {high}, is {value}"));
        }
    }

    pub(super) fn text(&mut self, path: impl Into<String>, value: &str, limit: usize) {
        if let Err(fault) = text::check(value, limit) {
            self.add_text(path, fault);
        }
    }

    pub(super) fn text_or_none(
        &mut self,
        path: impl Into<String>,
        value: Option<&str>,
        limit: usize,
    ) {
        if let Some(value) = value
            && let Err(fault) = text::check_optional(value, limit)
        {
            self.add_text(path, fault);
        }
    }

    fn add_text(&mut self, path: impl Into<String>, fault: TextFault) {
        match fault {
            TextFault::Empty => self.add(path, "请填写,不能为空", "must not be empty"),
            TextFault::TooLong { limit } => {
                self.add(
                    path,
                    format!("最多{limit}个字"),
                    format!("at most {limit} characters"),
                );
            }
            TextFault::Control => {
                self.add(path, "含有控制字符", "has control characters");
            }
        }
    }

    fn code(&mut self, path: impl Into<String>, value: &str, limit: usize) {
        if !text::is_code(value, limit) {
            let zh = format!("编码为1到{limit}位字母、数字、“-”或“_”");
            self.add(
                path,
                zh,
                format!("a code is 1 to {limit} letters, digits, - or _"),
            );
        }
    }

    pub(super) fn count(&mut self, path: &str, count: usize) {
        if count > LIST_MAX {
            let zh = format!("最多{LIST_MAX}项");
            self.add(path, zh, format!("at most {LIST_MAX} entries"));
        }
    }

    pub(super) fn twice(&mut self, path: impl Into<String>, value: &str) {
        self.add(
            path,
            format!("“{value}”重复"),
            format!("`{value}` is there twice"),
        );
    }

    fn unknown(&mut self, path: impl Into<String>, value: &str) {
        self.add(
            path,
            format!("没有“{value}”"),
            format!("there is no `{value}`"),
        );
    }
}

fn check_hall(plan: &Plan, found: &mut Faults) {
    let hall = &plan.hall;
    found.code("hall.code", hall.code.as_str(), 32);
    found.text("hall.name", &hall.name, 40);
    found.text_or_none("hall.name_en", hall.name_en.as_deref(), 80);
    if Tz::from_str(&hall.zone).is_err() {
        found.unknown("hall.zone", &hall.zone);
    }
    found.text_or_none("hall.complaint_phone", hall.complaint_phone.as_deref(), 32);
    found.text_or_none("hall.public_url", hall.public_url.as_deref(), 120);
    if let Some(url) = &hall.public_url
        && !(url.starts_with("http://") || url.starts_with("https://"))
    {
        found.add(
            "hall.public_url",
            "应以http://或https://开头",
            "must begin with http:// or https://",
        );
    }
}

fn check_sessions(path: &str, sessions: &[Session], found: &mut Faults) {
    if sessions.is_empty() || sessions.len() > 4 {
        found.add(path, "应有1到4个时段", "must have 1 to 4 sessions");
    }
    for (i, session) in sessions.iter().enumerate() {
        if session.from >= session.to {
            found.add(
                format!("{path}[{i}]"),
                "开始应早于结束",
                "must begin before it ends",
            );
        }
    }
    for (i, pair) in sessions.windows(2).enumerate() {
        if let [earlier, later] = pair
            && earlier.to >= later.from
        {
            let at = format!("{path}[{}]", i + 1);
            found.add(
                at,
                "应在上一时段结束之后",
                "must begin after the one before ends",
            );
        }
    }
}

/// A hall day begins and ends on its date, the lobby too.
fn check_lobby(path: &str, plan: &Plan, sessions: &[Session], found: &mut Faults) {
    let Some(first) = sessions.first() else {
        return;
    };
    if u32::from(first.from.minutes()) < plan.lobby_before_min && plan.lobby_before_min <= 120 {
        let zh = "等候区开放时间不能早于当日零点";
        found.add(
            format!("{path}[0].from"),
            zh,
            "the lobby must open on the same date",
        );
    }
}

fn check_seasons(plan: &Plan, found: &mut Faults) {
    let mut taken = BTreeSet::new();
    for (i, season) in plan.seasons.iter().enumerate() {
        for (name, day) in [("from", &season.from), ("to", &season.to)] {
            if crate::schedule::month_day(day).is_none() {
                found.add(
                    format!("seasons[{i}].{name}"),
                    "应为“月-日”,如10-01",
                    "must be MM-DD",
                );
            }
        }
        let sessions = format!("seasons[{i}].sessions");
        check_sessions(&sessions, &season.sessions, found);
        check_lobby(&sessions, plan, &season.sessions, found);
        let days = days_of(season);
        if days.iter().any(|day| taken.contains(day)) {
            let zh = "与前面的季节重叠";
            found.add(format!("seasons[{i}]"), zh, "overlaps a season before it");
        }
        taken.extend(days);
    }
}

/// Every month and day of a season.
fn days_of(season: &Season) -> Vec<(u32, u32)> {
    let days = (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day)));
    days.filter(|day| season.has(*day)).collect()
}

fn check_exceptions(plan: &Plan, found: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (i, exception) in plan.calendar_exceptions.iter().enumerate() {
        found.text(
            format!("calendar_exceptions[{i}].reason"),
            &exception.reason,
            80,
        );
        if !seen.insert(exception.date) {
            found.twice(
                format!("calendar_exceptions[{i}].date"),
                &format!("{}", exception.date),
            );
        }
    }
}

fn check_services(plan: &Plan, found: &mut Faults) {
    if plan.services.is_empty() {
        found.add("services", "至少一个事项", "at least one service");
    }
    found.count("services", plan.services.len());
    let mut seen = BTreeSet::new();
    for (i, service) in plan.services.iter().enumerate() {
        if !seen.insert(&service.code) {
            found.twice(format!("services[{i}].code"), service.code.as_str());
        }
        check_service(&format!("services[{i}]"), service, found);
    }
}

fn check_service(path: &str, service: &Service, found: &mut Faults) {
    found.code(format!("{path}.code"), service.code.as_str(), 16);
    found.text(format!("{path}.name"), &service.name, 20);
    found.text_or_none(format!("{path}.name_en"), service.name_en.as_deref(), 40);
    found.range(format!("{path}.expected_min"), service.expected_min, 1, 240);
    let letter = service.number_letter();
    if !letter.is_ascii_uppercase() || letter == 'I' || letter == 'O' {
        let zh = "号码字母应为A到Z,不用I和O";
        found.add(
            format!("{path}.letter"),
            zh,
            "a letter A to Z, but not I or O",
        );
    }
    for (name, value) in [
        ("target_wait_min", service.target_wait_min),
        ("quota_day", service.quota_day),
        ("quota_half_day", service.quota_half_day),
    ] {
        if let Some(value) = value {
            found.range(format!("{path}.{name}"), value, 1, 4999);
        }
    }
    if let Some(share) = service.walk_in_share {
        found.range(format!("{path}.walk_in_share"), share, 1, 100);
    }
    found.text_or_none(format!("{path}.zone"), service.zone.as_deref(), 20);
    guide::faults::check(path, service, found);
}

fn check_windows(plan: &Plan, found: &mut Faults) {
    if plan.windows.is_empty() {
        found.add("windows", "至少一个窗口", "at least one window");
    }
    found.count("windows", plan.windows.len());
    let mut seen = BTreeSet::new();
    for (i, window) in plan.windows.iter().enumerate() {
        let path = format!("windows[{i}]");
        if !seen.insert(&window.code) {
            found.twice(format!("{path}.code"), window.code.as_str());
        }
        found.code(format!("{path}.code"), window.code.as_str(), 8);
        found.text(format!("{path}.name"), &window.name, 16);
        check_window_services(plan, &path, window, found);
        check_window_clerks(plan, &path, window, found);
    }
}

fn check_window_services(plan: &Plan, path: &str, window: &Window, found: &mut Faults) {
    if window.services.is_empty() && window.tide.is_empty() && window.standby.is_none() {
        found.add(
            format!("{path}.services"),
            "至少一个事项",
            "at least one service",
        );
    }
    let mut seen = BTreeSet::new();
    let lists = [("services", &window.services), ("tide", &window.tide)];
    for (name, list) in lists {
        for (i, code) in list.iter().enumerate() {
            let at = format!("{path}.{name}[{i}]");
            if plan.service(code).is_none() {
                found.unknown(at.clone(), code.as_str());
            }
            if !seen.insert(code) {
                found.twice(at, code.as_str());
            }
        }
    }
    if let Some(other) = &window.shared_with
        && (plan.window(other).is_none() || *other == window.code)
    {
        found.unknown(format!("{path}.shared_with"), other.as_str());
    } else if let Some(other) = window
        .shared_with
        .as_ref()
        .and_then(|other| plan.window(other))
        && other.shared_with.as_ref() != Some(&window.code)
    {
        found.add(
            format!("{path}.shared_with"),
            format!("{}号窗口未与本窗口结对,结对应是双方的", other.code),
            format!("window {} is not paired with this one in turn", other.code),
        );
    }
}

fn check_window_clerks(plan: &Plan, path: &str, window: &Window, found: &mut Faults) {
    let a = window.a.iter().map(|clerk| (format!("{path}.a"), clerk));
    let b = window
        .b
        .iter()
        .enumerate()
        .map(|(i, clerk)| (format!("{path}.b[{i}]"), clerk));
    let standby = window
        .standby
        .iter()
        .map(|clerk| (format!("{path}.standby"), clerk));
    for (at, clerk) in a.chain(b).chain(standby) {
        if plan.clerk(clerk).is_none() {
            found.unknown(at, clerk.as_str());
        }
    }
    let mut seen: BTreeSet<_> = window.a.iter().collect();
    for (i, clerk) in window.b.iter().enumerate() {
        if !seen.insert(clerk) {
            found.twice(format!("{path}.b[{i}]"), clerk.as_str());
        }
    }
}

fn check_clerks(plan: &Plan, found: &mut Faults) {
    found.count("clerks", plan.clerks.len());
    let mut seen = BTreeSet::new();
    for (i, clerk) in plan.clerks.iter().enumerate() {
        if !seen.insert(&clerk.code) {
            found.twice(format!("clerks[{i}].code"), clerk.code.as_str());
        }
        check_clerk(plan, &format!("clerks[{i}]"), clerk, found);
    }
}

fn check_clerk(plan: &Plan, path: &str, clerk: &Clerk, found: &mut Faults) {
    found.code(format!("{path}.code"), clerk.code.as_str(), 32);
    found.text(format!("{path}.name"), &clerk.name, 20);
    for (i, code) in clerk.skills.iter().flatten().enumerate() {
        if plan.service(code).is_none() {
            found.unknown(format!("{path}.skills[{i}]"), code.as_str());
        }
    }
    let mut seen = BTreeSet::new();
    for (i, code) in clerk.skills.iter().flatten().enumerate() {
        if !seen.insert(code) {
            found.twice(format!("{path}.skills[{i}]"), code.as_str());
        }
    }
}

fn check_rules(plan: &Plan, found: &mut Faults) {
    let rules = &plan.rules;
    for (name, value, low, high) in [
        ("recall_limit", rules.recall_limit, 1, 9),
        ("recall_cooldown_s", rules.recall_cooldown_s, 0, 600),
        ("no_show_after_s", rules.no_show_after_s, 0, 3600),
        ("reinstate_after", rules.reinstate_after, 0, 20),
        ("pause_warn_min", rules.pause_warn_min, 1, 240),
        ("pause_limit_min", rules.pause_limit_min, 1, 240),
        ("absent_after_min", rules.absent_after_min, 1, 60),
        ("cover_response_min", rules.cover_response_min, 1, 60),
        ("green_head_start_min", rules.green_head_start_min, 0, 120),
        (
            "no_show_after_green_s",
            rules.no_show_after_green_s,
            0,
            3600,
        ),
        ("announce_times", rules.announce_times, 1, 3),
        ("case_due_workdays", rules.case_due_workdays, 1, 30),
    ] {
        found.range(format!("rules.{name}"), value, low, high);
    }
    if rules.pause_warn_min > rules.pause_limit_min {
        let zh = format!("不能长于上报时限{}分钟", rules.pause_limit_min);
        let en = format!(
            "must not be more than the limit, {} min",
            rules.pause_limit_min
        );
        found.add("rules.pause_warn_min", zh, en);
    }
}
