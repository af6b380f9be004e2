//! Who may rate what, and until when.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{RATE_WITHIN_WORKDAYS, Rating, RatingChannel, RatingGiven, RatingWish, Ratings};
use crate::decide::Asked;
use crate::records::{cases, objection};
use crate::state::{Hall, Ticket, TicketStatus};
use crate::{Event, Refusal, ServiceCode, TicketId, WindowCode};

pub(super) const HOUR_MS: i64 = 3_600_000;
/// Seconds after the finish in which the window's pad takes a rating: it asks for 60 s. Ours, so
/// that nobody at the window rates in the visitor's place later.
const PAD_S: i64 = 120;
/// Ratings through one window's code in an hour. Ours: a window cannot serve more visitors.
const THROUGH_CODE_MAX: usize = 30;

/// What a rating is about.
struct Subject {
    window: Option<WindowCode>,
    service: Option<ServiceCode>,
}

pub(super) fn decide(
    ratings: &Ratings,
    asked: &Asked<'_>,
    wish: &RatingWish,
) -> Result<Vec<Event>, Refusal> {
    let subject = match wish.ticket {
        Some(ticket) => visit(ratings, asked, wish, ticket)?,
        None => place(ratings, asked, wish)?,
    };
    let zone = asked.hall.zone();
    let given = RatingGiven {
        id: wish.id,
        ticket: wish.ticket,
        window: subject.window,
        service: subject.service,
        level: wish.level,
        dimensions: wish.dimensions.clone(),
        text: wish.text.clone(),
        channel: wish.channel,
        day: asked.now.date_in(zone),
        by: match wish.channel {
            RatingChannel::Phone | RatingChannel::WindowQr => "visitor".into(),
            RatingChannel::Pad
            | RatingChannel::Box
            | RatingChannel::Book
            | RatingChannel::Desk
            | RatingChannel::PhoneCall
            | RatingChannel::Survey => asked.actor.name.clone(),
        },
    };
    let case = given
        .level
        .is_bad()
        .then(|| cases::of_rating(asked, &given, wish.case));
    let mut events: Vec<Event> = [Rating::Given(given).into()].into();
    events.extend(case);
    Ok(events)
}

/// A rating of a visit: finished, not rated, not too long ago.
fn visit(
    ratings: &Ratings,
    asked: &Asked<'_>,
    wish: &RatingWish,
    id: TicketId,
) -> Result<Subject, Refusal> {
    if wish.channel == RatingChannel::WindowQr {
        return Err(objection(
            "rating_without_number",
            "ticket",
            "窗口二维码评价不带号票",
            "a rating through the window's code has no ticket",
        ));
    }
    let (subject, day) = match asked.hall.ticket(id) {
        Ok(ticket) => {
            finished(asked, wish, ticket)?;
            let window = ticket.window.clone();
            let service = Some(ticket.service.clone());
            (Subject { window, service }, ticket.day)
        }
        Err(unknown) => {
            if ratings.is_rated(id) {
                return Err(already_rated());
            }
            let invitation = ratings.invited.get(&id).ok_or(unknown)?;
            let window = invitation.window.clone();
            let service = Some(invitation.service.clone());
            (Subject { window, service }, invitation.day)
        }
    };
    if ratings.is_rated(id) {
        return Err(already_rated());
    }
    if let Some(last) = last_day(asked.hall, day)
        && asked.now.date_in(asked.hall.zone()) > last
    {
        return Err(objection(
            "rating_over",
            "ticket",
            format!("评价期为办结后{RATE_WITHIN_WORKDAYS}个工作日,已于{last}结束"),
            format!("a visit can be rated for {RATE_WITHIN_WORKDAYS} workdays, until {last}"),
        ));
    }
    Ok(subject)
}

fn already_rated() -> Refusal {
    objection(
        "already_rated",
        "ticket",
        "这次办事已经评价过,谢谢您",
        "this visit is rated already, thank you",
    )
}

/// The last day on which a visit of `day` can be rated; none when that year's workdays are not
/// known, and then nobody is shut out.
pub(crate) fn last_day(hall: &Hall, day: NaiveDate) -> Option<NaiveDate> {
    hall.calendar().workday_after(day, RATE_WITHIN_WORKDAYS)
}

fn finished(asked: &Asked<'_>, wish: &RatingWish, ticket: &Ticket) -> Result<(), Refusal> {
    let TicketStatus::Finished(window) = &ticket.status else {
        return Err(objection(
            "rating_too_early",
            "ticket",
            "办结后即可评价",
            "a visit is rated once it is finished",
        ));
    };
    if wish.channel != RatingChannel::Pad {
        return Ok(());
    }
    if wish.window.as_ref() != Some(window) {
        return Err(objection(
            "rating_elsewhere",
            "window",
            format!("该号在{window}号窗口办结,请在该窗口的评价器评价"),
            format!("the visit was finished at window {window}, its own pad asks"),
        ));
    }
    let over = ticket
        .ended_at
        .is_none_or(|ended| asked.now.since_ms(ended) > PAD_S * 1000);
    if over {
        return Err(objection(
            "rating_pad_over",
            "ticket",
            "窗口评价器的评价时间已过,请用手机扫号票二维码评价",
            format!("the pad asks for {PAD_S} s after the finish; the slip's code stays open"),
        ));
    }
    Ok(())
}

/// A rating without a number: through the window's code, or from paper.
fn place(ratings: &Ratings, asked: &Asked<'_>, wish: &RatingWish) -> Result<Subject, Refusal> {
    if matches!(wish.channel, RatingChannel::Phone | RatingChannel::Pad) {
        return Err(objection(
            "rating_needs_number",
            "ticket",
            "请填写号票",
            "a rating by phone page or pad is of one ticket",
        ));
    }
    let window = wish.window.clone();
    if let Some(code) = &window {
        asked.hall.window(code)?;
    }
    if wish.channel == RatingChannel::WindowQr {
        let Some(code) = &window else {
            return Err(objection(
                "rating_needs_window",
                "window",
                "请填写窗口",
                "a rating through a window's code names the window",
            ));
        };
        let moments = ratings.through_code.get(code).map(Vec::as_slice);
        let lately = moments.unwrap_or_default().iter();
        let lately = lately.filter(|at| asked.now.since_ms(**at) < HOUR_MS);
        if lately.count() >= THROUGH_CODE_MAX {
            return Err(objection(
                "rating_flood",
                "window",
                "评价较多,请稍后再试,或把意见告诉工作人员",
                format!("at most {THROUGH_CODE_MAX} ratings an hour through one window's code"),
            ));
        }
    }
    Ok(Subject {
        window,
        service: None,
    })
}
