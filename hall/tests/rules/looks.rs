//! Lines that only look: `? day`, `? post 1`, `? A001`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use hall::WindowCode;
use hall::evidence::{DayFigures, Metrics, MetricsFold};
use hall::view::Position;
use serde_json::json;

use crate::records;
use crate::script::{Floor, fields, plain};

impl Floor {
    /// What a line that only looks sees; none when the line is a command.
    pub(crate) fn look(&self, words: &[&str]) -> Option<String> {
        let ("?", words) = words.split_first().map(|(first, rest)| (*first, rest))? else {
            return None;
        };
        let seen = self
            .look_at_day(words)
            .or_else(|| self.look_at_window(words))
            .or_else(|| records::look(self, words));
        seen.or_else(|| self.look_at_line(words))
            .or_else(|| self.look_at_slips(words))
    }

    fn position(&self) -> Position {
        Position {
            log: String::new(),
            seq: 0,
            now: self.now,
            pretend: false,
        }
    }

    /// The day and its people in charge.
    fn look_at_day(&self, words: &[&str]) -> Option<String> {
        Some(match words {
            ["day"] => {
                let line = self.hall.day_line(self.now);
                let taking = if line.issuing {
                    "issuing"
                } else {
                    "not issuing"
                };
                format!("{} {} {taking}", line.date, plain(&json!(line.state)))
            }
            ["balance"] => fields(&json!(self.hall.day_view(None, self.now)?.balance))
                .trim()
                .to_owned(),
            ["left"] => {
                let left = self.hall.day_view(None, self.now)?.outstanding;
                let each = left.iter().map(|o| {
                    let windows: Vec<_> = o.can_serve.iter().map(|w| w.0.as_str()).collect();
                    format!("{} {} [{}]", o.number, o.state, windows.join(" "))
                });
                each.collect::<Vec<_>>().join(", ")
            }
            ["tick"] => {
                let at = self.hall.next_tick(self.now);
                let at = at.map(|at| at.in_zone(self.hall.zone()));
                at.map_or_else(|| "none".into(), |at| at.format("%m-%d %H:%M").to_string())
            }
            ["able"] => {
                let left = self.hall.day_view(None, self.now)?.outstanding;
                let each = left.iter().map(|o| {
                    let windows: Vec<_> = o.could_serve.iter().map(|w| w.0.as_str()).collect();
                    format!("{} +{}min [{}]", o.number, o.late_min, windows.join(" "))
                });
                each.collect::<Vec<_>>().join(", ")
            }
            ["alerts"] => {
                let alerts = self.hall.alerts(self.now);
                let each = alerts.iter().map(|alert| {
                    let at = alert.window.as_ref().map_or("", |window| window.0.as_str());
                    let item = plain(&json!(alert.item));
                    format!("{} {item} {at}", plain(&json!(alert.kind)))
                });
                let each: Vec<_> = each.map(|line| line.trim().to_owned()).collect();
                if each.is_empty() {
                    return Some("none".into());
                }
                each.join(", ")
            }
            ["figure", code] => self.figure(code, &[])?,
            ["figure", code, "by", parts @ ..] => self.figure(code, parts)?,
            _ => return None,
        })
    }

    /// A window and its post.
    fn look_at_window(&self, words: &[&str]) -> Option<String> {
        Some(match words {
            ["post", code] => self.post(&(*code).into())?,
            ["board", code] => {
                let board = self.hall.board(&self.position());
                let window = board.windows.into_iter().find(|w| w.code.0 == *code)?;
                let text = window.text.map(|text| text.zh).unwrap_or_default();
                let cover = if window.cover { " cover" } else { "" };
                let lent = window.lent.join("+");
                let said = format!("{} {text}{cover} {lent}", window.state.as_str());
                said.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            ["because", window] => {
                let next = self.hall.next_view(&(*window).into(), 0).ok()?;
                next.because.map_or_else(|| "nobody".into(), |text| text.en)
            }
            ["next", window] => {
                let next = self.hall.next_view(&(*window).into(), 0).ok()?;
                next.ticket
                    .map_or_else(|| "nobody".into(), |ticket| ticket.shown)
            }
            ["window", code] => {
                let view = self.hall.window_view(&(*code).into(), 0).ok()?;
                format!("{} waiting={}", view.state.as_str(), view.waiting)
            }
            _ => return None,
        })
    }

    /// A service or a number.
    fn look_at_line(&self, words: &[&str]) -> Option<String> {
        Some(match words {
            ["note", service] => {
                let menu = self.hall.menu(&self.position());
                let known = menu.services.into_iter().find(|s| s.code.0 == *service)?;
                known
                    .paused_note
                    .map_or_else(|| "none".into(), |note| note.zh)
            }
            [number] => {
                let ticket = self.hall.ticket(self.ticket(number)).ok()?;
                let view = self.hall.ticket_view(ticket, 0);
                let windows: Vec<_> = view.windows.iter().map(|w| w.0.as_str()).collect();
                format!(
                    "{} ahead={} [{}]",
                    view.state,
                    view.ahead,
                    windows.join(" ")
                )
            }
            ["queue", service] => {
                let board = self.hall.board(&self.position());
                let queue = board
                    .queues
                    .iter()
                    .find(|queue| queue.service.0 == *service)?;
                format!("waiting={}", queue.waiting)
            }
            _ => return None,
        })
    }

    /// Who is on the post and who could be.
    fn post(&self, code: &WindowCode) -> Option<String> {
        let coverage = self.hall.coverage(&self.position());
        let post = coverage
            .posts
            .into_iter()
            .find(|post| post.window == *code)?;
        let holder = post
            .holder
            .map_or_else(|| "nobody".into(), |clerk| clerk.code.0);
        let role = post
            .role
            .map(|role| plain(&json!(role)))
            .unwrap_or_default();
        let away = post.cover.and_then(|cover| cover.away);
        let away = away.map_or(String::new(), |clerk| format!(" for {}", clerk.code.0));
        let asked = match post.asked {
            None => "no".to_owned(),
            Some(ask) => ask
                .clerk
                .map_or_else(|| "nobody left".into(), |clerk| clerk.code.0),
        };
        let gap = if post.gap_since.is_some() { " gap" } else { "" };
        let said = format!(
            "{holder} {role}{away} waiting={} asked: {asked}{gap}",
            post.waiting
        );
        Some(said.replace("  ", " "))
    }

    fn fold(&self, from: NaiveDate, to: NaiveDate) -> MetricsFold {
        let mut fold = MetricsFold::new(self.hall.zone(), from, to);
        for (seq, (event, actor, at)) in (1..).zip(&self.journal) {
            fold.take(event, actor, *at, seq);
        }
        fold
    }

    /// The same figures, each day folded alone, written down, read again, and put together.
    fn day_by_day(&self, whole: &Metrics) -> Metrics {
        let days = self
            .journal
            .iter()
            .map(|(_, _, at)| at.date_in(self.hall.zone()));
        let days: BTreeSet<_> = days.collect();
        let alone = days.into_iter().flat_map(|day| self.fold(day, day).days());
        let kept = alone.map(|day| serde_json::to_string(&day).expect("a day is JSON"));
        let read = kept.map(|day| serde_json::from_str(&day).expect("JSON is a day"));
        let days: Vec<DayFigures> = read.collect();
        Metrics::of((whole.from, whole.to), &days, whole.seq)
    }

    /// The figures of the script's days, which are those of each day put together.
    pub(crate) fn metrics(&self) -> Metrics {
        let day = |date| NaiveDate::from_ymd_opt(date, 1, 1).expect("a date");
        let metrics = self.fold(day(2026), day(2028)).metrics();
        assert_eq!(metrics, self.day_by_day(&metrics), "days put together");
        metrics
    }

    /// A figure of the script's days: in all, by window, by service, or by what is asked for.
    fn figure(&self, code: &str, by: &[&str]) -> Option<String> {
        let metrics = self.metrics();
        let figure = metrics.figures.into_iter().find(|f| f.code == code)?;
        let value = figure
            .value
            .map_or_else(|| "none".into(), |v| v.to_string());
        let parts = match by {
            ["clerk"] => figure.by_clerk.iter().chain(&[]),
            ["channel"] => figure.by_channel.iter().chain(&[]),
            ["hour"] => figure.by_hour.iter().chain(&[]),
            ["day"] => figure.by_day.iter().chain(&[]),
            _ => figure.by_window.iter().chain(&figure.by_service),
        };
        let parts = parts.map(|part| format!(" {}:{}", part.key, part.value));
        Some(format!("{value}{}", parts.collect::<String>()))
    }
}
