//! What may be written on a slip, and what may become of it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{
    COPIES, Completed, FinishWish, GiveWish, Given, Place, RemindWish, Reminded, Rongque,
    RongqueFinished, RongqueWish, Slip, SlipFact, SlipWish, Slips, Supplied, SupplyWish, TellWish,
    Told, WithdrawWish, Withdrawn,
};
use super::{papers, print};
use crate::decide::Asked;
use crate::records::objection;
use crate::records::visit::visited_window;
use crate::view::shown_number;
use crate::{Event, Hall, RecordId, Refusal, ServiceCode};

type Decided = Result<Vec<Event>, Refusal>;

pub(super) fn decide(slips: &Slips, asked: &Asked<'_>, wish: &SlipWish) -> Decided {
    match wish {
        SlipWish::Tell(wish) => tell(slips, asked, wish),
        SlipWish::Rongque(wish) => rongque(slips, asked, wish),
        SlipWish::Supply(wish) => supply(slips, asked, wish),
        SlipWish::Remind(wish) => remind(slips, asked, wish),
        SlipWish::Withdraw(wish) => withdraw(slips, asked, wish),
        SlipWish::Finish(wish) => finish(slips, asked, wish),
        SlipWish::AskPrint(wish) => print::ask(slips, asked, wish),
        SlipWish::ReportPrint(wish) => print::report(slips, asked, wish),
    }
}

fn tell(slips: &Slips, asked: &Asked<'_>, wish: &TellWish) -> Decided {
    let given = given(slips, asked, &wish.give)?;
    if given.items.is_empty() && wish.place.is_none() {
        return Err(objection(
            "slip_says_nothing",
            "items",
            "请列出需要补齐补正的内容,或写明应到哪里办理",
            "a slip names what is lacking, or the right place",
        ));
    }
    if let Some(place) = &wish.place {
        check_place(asked.hall, place)?;
    }
    let before = match &wish.follows {
        Some(code) => slips_before(slips, code, &given.service)?,
        None => Vec::new(),
    };
    let first = before.first().map(|slip| slip.given().id);
    let new_items = first.map(|_| papers::new_items(&before, &given.items));
    Ok(vec![
        SlipFact::Told(Told {
            way: wish.way,
            place: wish.place.clone(),
            follows: first,
            new_items: new_items.unwrap_or_default(),
            given,
        })
        .into(),
    ])
}

/// The slip of that code and those that it follows, newest first.
fn slips_before<'a>(
    slips: &'a Slips,
    code: &str,
    service: &ServiceCode,
) -> Result<Vec<&'a Slip>, Refusal> {
    let unknown = || Refusal::NotFound {
        what: "slip",
        name: code.to_string(),
    };
    let last = slips.by_code(code).ok_or_else(unknown)?;
    if last.given().service != *service {
        return Err(objection(
            "follows_other_service",
            "follows",
            "前次告知单是其他事项的,请核对单号",
            "the slip before is of another service",
        ));
    }
    let mut chain = vec![last];
    let mut next = follows(last);
    while let Some(slip) = next.and_then(|id| slips.get(id)) {
        // A slip follows one that was there before it: the chain ends.
        next = follows(slip);
        chain.push(slip);
    }
    Ok(chain)
}

fn follows(slip: &Slip) -> Option<RecordId> {
    match &slip.paper {
        super::SlipPaper::Told(told) => told.follows,
        super::SlipPaper::Rongque(_) => None,
    }
}

fn check_place(hall: &Hall, place: &Place) -> Result<(), Refusal> {
    if place.window.is_none() && place.text.is_none() {
        return Err(objection(
            "place_unnamed",
            "place",
            "请写明应到哪个窗口或哪里办理(第七条(八))",
            "the right place names a window or says where it is",
        ));
    }
    match &place.window {
        Some(window) => hall.window(window).map(|_| ()),
        None => Ok(()),
    }
}

fn rongque(slips: &Slips, asked: &Asked<'_>, wish: &RongqueWish) -> Decided {
    let given = given(slips, asked, &wish.give)?;
    if given.items.is_empty() {
        return Err(objection(
            "papers_needed",
            "items",
            "容缺受理要一次性告知需要补齐补正的材料(第十七条)",
            "the papers to be supplied are named at once",
        ));
    }
    papers::check_main(asked.hall, &given.service, &given.items)?;
    if !wish.main_complete {
        return Err(objection(
            "main_papers_needed",
            "main_complete",
            "主要申请材料应当齐全且符合法定形式,才能容缺受理(第十七条)",
            "the main papers must be there and in lawful form",
        ));
    }
    let due_workdays = due_workdays(wish)?;
    let Some(consequence) = wish.consequence.clone() else {
        return Err(objection(
            "consequence_needed",
            "consequence",
            "请写明逾期如何处理(第十七条)",
            "the consequence of being late is told",
        ));
    };
    let Some(signed_by) = wish.signed_by else {
        return Err(objection(
            "promise_unsigned",
            "signed_by",
            "申请人书面承诺并签名后,方可容缺受理(第十七条)",
            "the applicant promises in writing first",
        ));
    };
    let due_day = asked.hall.calendar().workday_after(given.day, due_workdays);
    Ok(vec![
        SlipFact::Rongque(Rongque {
            given,
            due_workdays,
            due_day,
            consequence,
            signed_by,
            promised_days: wish.promised_days,
            copies: COPIES,
        })
        .into(),
    ])
}

/// **Source**: PRACTICE §3.5: the time to bring papers is not longer than the promised time.
fn due_workdays(wish: &RongqueWish) -> Result<u32, Refusal> {
    let days = wish.due_workdays.filter(|days| *days > 0);
    let Some(days) = days else {
        return Err(objection(
            "due_needed",
            "due_workdays",
            "请写明几个工作日内补齐补正(第十七条)",
            "the time to bring the papers is told in workdays",
        ));
    };
    match wish.promised_days {
        Some(promised) if days > promised => Err(objection(
            "due_past_promise",
            "due_workdays",
            format!("补齐补正时限不超过事项承诺办结时限({promised}个工作日)"),
            format!("at most the matter's promised time, {promised} workdays"),
        )),
        Some(_) | None => Ok(days),
    }
}

/// What every slip says, checked against the visit and the guide.
fn given(slips: &Slips, asked: &Asked<'_>, wish: &GiveWish) -> Result<Given, Refusal> {
    let hall = asked.hall;
    let ticket = wish.ticket.map(|id| hall.ticket(id)).transpose()?;
    if let Some(window) = &wish.window {
        hall.window(window)?;
    }
    let plan = hall.plan().ok_or(Refusal::HallNotOpen)?;
    if plan.service(&wish.service).is_none() {
        return Err(Refusal::no_service(&wish.service));
    }
    let window = match ticket {
        Some(ticket) => {
            let named = wish.window.as_ref();
            Some(visited_window(asked, ticket, named, &wish.service)?)
        }
        None => wish.window.clone(),
    };
    if slips.by_code(&wish.code).is_some() {
        return Err(objection(
            "slip_code_taken",
            "code",
            "单号与其他告知单相同,请再试一次",
            "the code is another slip's, please try again",
        ));
    }
    papers::check(&wish.items)?;
    Ok(Given {
        id: wish.id,
        code: wish.code.clone(),
        ticket: wish.ticket,
        number: ticket.map(|ticket| shown_number(hall, ticket)),
        window,
        service: wish.service.clone(),
        items: wish.items.clone(),
        outside_guide: papers::outside_guide(hall, &wish.service, &wish.items),
        day: asked.today(),
        by: asked.actor.name.clone(),
    })
}

/// The last day to bring the papers, as far as its year is known today.
pub(super) fn due_day(hall: &Hall, rongque: &Rongque) -> Option<NaiveDate> {
    let counted = || {
        let calendar = hall.calendar();
        calendar.workday_after(rongque.given.day, rongque.due_workdays)
    };
    rongque.due_day.or_else(counted)
}

/// The last day of the promised time, counted from the acceptance (先予受理); none when nothing was
/// promised, or its year is not known.
pub(super) fn finish_day(hall: &Hall, rongque: &Rongque) -> Option<NaiveDate> {
    let days = rongque.promised_days?;
    hall.calendar().workday_after(rongque.given.day, days)
}

fn by(asked: &Asked<'_>) -> String {
    asked.actor.name.clone()
}

/// A 容缺 slip that is not closed.
fn open(slips: &Slips, id: RecordId) -> Result<(&Slip, &Rongque), Refusal> {
    let found = slips.get(id);
    let found = found.and_then(|slip| Some((slip, slip.rongque()?)));
    let (slip, rongque) = found.ok_or_else(|| Refusal::NotFound {
        what: "slip",
        name: id.to_string(),
    })?;
    if slip.is_open() {
        return Ok((slip, rongque));
    }
    Err(objection(
        "rongque_closed",
        "id",
        "这件容缺事项已经办结或已视为撤回",
        "the matter is finished, or counts as withdrawn",
    ))
}

fn supply(slips: &Slips, asked: &Asked<'_>, wish: &SupplyWish) -> Decided {
    let (slip, rongque) = open(slips, wish.id)?;
    let items = u32::try_from(rongque.given.items.len()).unwrap_or(u32::MAX);
    if wish.item >= items {
        return Err(objection(
            "no_such_item",
            "item",
            "通知书上没有这一项材料",
            "the slip has no such item",
        ));
    }
    if slip.supplied.contains_key(&wish.item) {
        return Err(objection(
            "paper_there",
            "item",
            "这份材料已经收到,不用重复提交(第十六条)",
            "the paper is there already",
        ));
    }
    let day = asked.today();
    let mut facts = vec![SlipFact::Supplied(Supplied {
        id: wish.id,
        item: wish.item,
        from: wish.from,
        day,
        by: by(asked),
    })];
    if slip.supplied.len() + 1 == rongque.given.items.len() {
        facts.push(SlipFact::Completed(Completed {
            id: wish.id,
            in_time: due_day(asked.hall, rongque).map(|due| day <= due),
            day,
            by: by(asked),
        }));
    }
    Ok(facts.into_iter().map(Event::from).collect())
}

fn remind(slips: &Slips, asked: &Asked<'_>, wish: &RemindWish) -> Decided {
    let (slip, _) = open(slips, wish.id)?;
    nothing_owed(slip)?;
    Ok(vec![
        SlipFact::Reminded(Reminded {
            id: wish.id,
            how: wish.how,
            day: asked.today(),
            by: by(asked),
        })
        .into(),
    ])
}

fn nothing_owed(slip: &Slip) -> Result<(), Refusal> {
    if slip.completed.is_none() {
        return Ok(());
    }
    Err(objection(
        "papers_all_there",
        "id",
        "材料已经全部补齐",
        "every paper is there",
    ))
}

/// **Source**: 第十七条: late counts as withdrawn; a person says so, after a notice.
fn withdraw(slips: &Slips, asked: &Asked<'_>, wish: &WithdrawWish) -> Decided {
    let (slip, rongque) = open(slips, wish.id)?;
    nothing_owed(slip)?;
    let Some(due) = due_day(asked.hall, rongque) else {
        return Err(objection(
            "due_not_known",
            "id",
            "期限待定:该年度放假安排未录入,不能确认逾期",
            "the last day lies in a year whose workdays are not known",
        ));
    };
    let day = asked.today();
    if day <= due {
        return Err(objection(
            "not_overdue",
            "id",
            format!("补齐补正期限到{due}为止,还没有逾期"),
            format!("the papers may come until {due}"),
        ));
    }
    if wish.told_day <= due || wish.told_day > day {
        return Err(objection(
            "notice_needed",
            "told_day",
            format!("请在{due}以后先告知申请人,再确认视为撤回;告知日期不晚于今天"),
            format!("the applicant is told after {due}, and not later than today"),
        ));
    }
    Ok(vec![
        SlipFact::Withdrawn(Withdrawn {
            id: wish.id,
            how: wish.how,
            told_day: wish.told_day,
            day,
            by: by(asked),
        })
        .into(),
    ])
}

fn finish(slips: &Slips, asked: &Asked<'_>, wish: &FinishWish) -> Decided {
    let (slip, rongque) = open(slips, wish.id)?;
    if slip.completed.is_none() {
        return Err(objection(
            "papers_outstanding",
            "id",
            "材料还没有补齐,补齐后再办结",
            "papers are still owed",
        ));
    }
    let day = asked.today();
    Ok(vec![
        SlipFact::Finished(RongqueFinished {
            id: wish.id,
            in_time: finish_day(asked.hall, rongque).map(|last| day <= last),
            day,
            by: by(asked),
        })
        .into(),
    ])
}
