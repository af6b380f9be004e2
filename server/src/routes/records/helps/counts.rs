//! How much help was given, handed on and waited for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hall::Timestamp;
use hall::records::{HelpFigures, HelpKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::floor::HallHandle;
use crate::http::problem::Problem;
use crate::routes::records::span::{self, Span};

/// Requests handed on from one level to another.
#[derive(Debug, Serialize, ToSchema)]
struct ReferralCounts {
    /// From which level: `district`, `town` or `village`.
    from: String,
    /// To which.
    to: String,
    /// Handed on.
    sent: u32,
    /// Whose receipt came.
    received: u32,
    /// Ended there.
    closed: u32,
}

/// Help of a span of days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HelpCounts {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// Help given, by type.
    pub(crate) by_type: BTreeMap<String, u32>,
    /// Seconds until half of those answered were answered; null without any.
    pub(crate) wait_s_median: Option<i64>,
    /// Handed on, by levels.
    referrals: Vec<ReferralCounts>,
    /// Home visits asked for.
    pub(crate) home_visits_requested: usize,
    /// Home visits done.
    pub(crate) home_visits_done: usize,
    /// Days from request to visit, the median; null without any.
    home_visit_days_median: Option<i64>,
    /// Minutes on duty, of duties that were ended.
    pub(crate) helper_on_duty_min: i64,
}

/// The counts of a span.
///
/// # Errors
///
/// 400 when the span is none, 503 when the database cannot be read.
pub(crate) async fn count(app: &App, hall: &HallHandle, span: Span) -> Result<HelpCounts, Problem> {
    let zone = hall.durable().hall.zone();
    let (from, to) = span.days(app, zone)?;
    let mut figures = HelpFigures::new(zone, from, to);
    let take = |event: &_, at: Timestamp| figures.take(event, at);
    span::fold(app, hall, (from, to), take).await?;
    let referrals = figures.referrals().iter();
    Ok(HelpCounts {
        from,
        to,
        by_type: HelpKind::ALL
            .map(|kind| (kind.as_str().to_owned(), figures.of(kind)))
            .into(),
        wait_s_median: figures.wait_ms_median().map(|ms| ms / 1000),
        referrals: referrals
            .map(|((from, to), counts)| ReferralCounts {
                from: (*from).to_owned(),
                to: (*to).to_owned(),
                sent: counts.sent,
                received: counts.received,
                closed: counts.closed,
            })
            .collect(),
        home_visits_requested: figures.visits_asked(),
        home_visits_done: figures.visits_done(),
        home_visit_days_median: figures.visit_days_median(),
        helper_on_duty_min: figures.duty_min(),
    })
}
