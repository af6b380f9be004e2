//! What the duty manager should see to now, each with its article and score item.

use alloc::vec::Vec;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::evidence::{Article, Item};
use crate::state::{Hall, Window};
use crate::text::Text;
use crate::time::DateTime;
use crate::{Opening, Timestamp, WindowCode};

/// Kinds of alerts, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// People wait and nobody holds the post.
    Gap,
    /// A pause far over the house rule, or with people waiting after closing.
    PauseOver,
    /// Open and idle while people wait: left without the sign.
    Absent,
    /// Nobody is left to ask for cover.
    NobodyToCover,
    /// A pause over the house rule, or past the time the clerk named.
    PauseLong,
    /// A pause without a return time.
    NoReturnTime,
    /// An older day has open numbers.
    OlderDay,
    /// The table of workdays is missing, for this year or the next.
    CalendarMissing,
}

/// One thing to see to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Alert {
    /// What kind.
    pub kind: AlertKind,
    /// At which window.
    pub window: Option<WindowCode>,
    /// Since when.
    pub since: Option<DateTime>,
    /// The article it rests on.
    pub article: Article,
    /// The item of the score sheet, or 附件未列分.
    pub item: Item,
    /// The sentence for people.
    pub text: Text,
}

impl Hall {
    /// What to see to at `now`, the most urgent first.
    pub fn alerts(&self, now: Timestamp) -> Vec<Alert> {
        let planned = self.plan().map(|plan| plan.windows.as_slice());
        let windows = planned.unwrap_or_default().iter();
        let mut alerts: Vec<_> = windows
            .filter_map(|planned| Some((&planned.code, self.windows.get(&planned.code)?)))
            .flat_map(|(code, window)| self.window_alerts(code, window, now))
            .chain(self.older.keys().map(|day| older_day(*day)))
            .chain(self.calendar_alert(now))
            .collect();
        alerts.sort_by_key(|alert| alert.kind);
        alerts
    }

    fn window_alerts(&self, code: &WindowCode, window: &Window, now: Timestamp) -> Vec<Alert> {
        let alert = |kind, since: Option<Timestamp>, (article, item), text| Alert {
            kind,
            window: Some(code.clone()),
            since: since.map(|at| at.in_zone(self.zone())),
            article,
            item,
            text,
        };
        let mut found = Vec::new();
        if let Some(since) = window.gap_since {
            let text = Text::new(
                format!("{code}号窗口有人等候而无人在岗,请安排顶岗"),
                format!("people wait for window {code} and nobody is there, please send cover"),
            );
            found.push(alert(
                AlertKind::Gap,
                Some(since),
                (Article::A13, Item::F1),
                text,
            ));
        }
        if window
            .asked
            .as_ref()
            .is_some_and(|asked| asked.clerk.is_none())
        {
            let text = Text::new(
                format!("{code}号窗口暂无可顶岗人员,请负责人安排"),
                format!("nobody can cover window {code}, the head is needed"),
            );
            let since = window.asked.as_ref().map(|asked| asked.since);
            found.push(alert(
                AlertKind::NobodyToCover,
                since,
                (Article::A13, Item::F1),
                text,
            ));
        }
        if window.absent_since.is_some() {
            let text = Text::new(
                format!("{code}号窗口开放而未叫号,请核实是否未设“暂停服务”提示离岗"),
                format!("window {code} is open and idle while people wait: left without the sign?"),
            );
            let since = window.absent_since;
            found.push(alert(
                AlertKind::Absent,
                since,
                (Article::A7_2, Item::T2),
                text,
            ));
        }
        found.extend(pause_alert(code, window, now).map(|(kind, text)| {
            let since = window.pause.as_ref().map(|pause| pause.since);
            alert(kind, since, (Article::A7_2, Item::T2), text)
        }));
        found
    }

    /// This year's table is missing; or, from 1 December on, the next year's.
    fn calendar_alert(&self, now: Timestamp) -> Option<Alert> {
        let today = now.date_in(self.zone());
        let year = match self.opening(today) {
            Opening::Unknown(year) => Some(year),
            Opening::Open(_) | Opening::Closed => {
                let next = today.year() + 1;
                (today.month() == 12 && self.calendar.year(next).is_none()).then_some(next)
            }
        }?;
        self.plan().map(|_| Alert {
            kind: AlertKind::CalendarMissing,
            window: None,
            since: None,
            article: Article::A13,
            item: Item::F1,
            text: Text::new(
                format!("{year}年度放假安排未录入,录入前大厅不会自行开放"),
                format!("the workdays of {year} are not entered; the hall will not open by itself"),
            ),
        })
    }
}

fn pause_alert(code: &WindowCode, window: &Window, now: Timestamp) -> Option<(AlertKind, Text)> {
    let pause = window.pause.as_ref()?;
    if pause.reason == crate::PauseReason::Cover {
        return None;
    }
    let minutes = now.since_ms(pause.since) / 60_000;
    if pause.escalated {
        let zh = format!("{code}号窗口已暂停服务{minutes}分钟,请负责人处理");
        let en = format!("window {code} is paused for {minutes} min, the head should see to it");
        return Some((AlertKind::PauseOver, Text::new(zh, en)));
    }
    let late = pause.back_at.is_some_and(|back_at| back_at < now);
    if pause.warned || late {
        let zh = format!("{code}号窗口已暂停服务{minutes}分钟,请了解情况");
        let en = format!("window {code} is paused for {minutes} min, please look");
        return Some((AlertKind::PauseLong, Text::new(zh, en)));
    }
    pause.back_at.is_none().then(|| {
        let zh = format!("{code}号窗口暂停服务,未填预计返回时间");
        let en = format!("window {code} is paused without a return time");
        (AlertKind::NoReturnTime, Text::new(zh, en))
    })
}

fn older_day(day: NaiveDate) -> Alert {
    Alert {
        kind: AlertKind::OlderDay,
        window: None,
        since: None,
        article: Article::A13,
        item: Item::F1,
        text: Text::new(
            format!("{day}尚有号票未办结,请逐一处理后结账"),
            format!("{day} still has open numbers, please end each and settle the day"),
        ),
    }
}
