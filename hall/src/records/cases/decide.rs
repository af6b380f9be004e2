//! What may be done with a case, and by whom.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{
    Case, CaseAssigned, CaseCalled, CaseClosed, CaseFile, CaseFinding, CaseFound, CaseNoted,
    CaseOpened, CaseSource, CaseWish, Cases, OpenCase,
};
use crate::decide::Asked;
use crate::records::{RatingGiven, objection};
use crate::{ClerkCode, Event, RecordId, Refusal, WindowCode};

/// The case of a bad rating, in the rating's own batch.
pub(crate) fn of_rating(asked: &Asked<'_>, given: &RatingGiven, id: RecordId) -> Event {
    let mut opened = begun(asked, id, CaseSource::Rating);
    opened.cause = Some(given.id);
    opened.level = Some(given.level);
    opened.window.clone_from(&given.window);
    opened.text.clone_from(&given.text);
    opened.by.clone_from(&given.by);
    Case::Opened(opened).into()
}

/// The case of a follow-up call that found something to put right.
pub(crate) fn of_follow_up(
    asked: &Asked<'_>,
    (call, id): (RecordId, RecordId),
    window: Option<&WindowCode>,
    text: Option<&String>,
) -> Event {
    let mut opened = begun(asked, id, CaseSource::FollowUp);
    opened.cause = Some(call);
    opened.window = window.cloned();
    opened.text = text.cloned();
    Case::Opened(opened).into()
}

pub(super) fn decide(
    cases: &Cases,
    asked: &Asked<'_>,
    wish: &CaseWish,
) -> Result<Vec<Event>, Refusal> {
    let fact = match wish {
        CaseWish::Open(open) => self::open(cases, asked, open)?,
        CaseWish::Assign { id, owner } => assign(cases, asked, *id, owner)?,
        CaseWish::Reply { id, text } => Case::Replied(note(cases, asked, *id, text)?),
        CaseWish::Fix { id, text } => Case::Fixed(note(cases, asked, *id, text)?),
        CaseWish::Call { id, result, text } => {
            own(cases, asked, *id)?;
            Case::Called(CaseCalled {
                id: *id,
                result: *result,
                text: text.clone(),
                day: today(asked),
                by: by(asked),
            })
        }
        CaseWish::Find { id, finding, told } => find(cases, asked, *id, (*finding, told.as_ref()))?,
        CaseWish::Close { id, satisfied } => close(cases, asked, *id, *satisfied)?,
    };
    Ok([fact.into()].into())
}

fn today(asked: &Asked<'_>) -> NaiveDate {
    asked.now.date_in(asked.hall.zone())
}

fn by(asked: &Asked<'_>) -> String {
    asked.actor.name.clone()
}

/// A case of today, with the head as its owner and the house rule's due day.
fn begun(asked: &Asked<'_>, id: RecordId, source: CaseSource) -> CaseOpened {
    let day = today(asked);
    let plan = asked.hall.plan();
    let workdays = plan.map_or(0, |plan| plan.rules.case_due_workdays);
    let due = asked.hall.calendar().workday_after(day, workdays);
    let head = plan.and_then(|plan| plan.clerks.iter().find(|clerk| clerk.head));
    CaseOpened {
        id,
        source,
        cause: None,
        level: None,
        way: None,
        scope: None,
        number: None,
        team: None,
        window: None,
        text: None,
        contact: None,
        owner: head
            .filter(|_| !source.is_notice())
            .map(|head| head.code.clone()),
        day,
        due: due.filter(|_| !source.is_notice()),
        by: by(asked),
    }
}

fn open(cases: &Cases, asked: &Asked<'_>, wish: &OpenCase) -> Result<Case, Refusal> {
    if let Some(window) = &wish.window {
        asked.hall.window(window)?;
    }
    match wish.source {
        CaseSource::Rating | CaseSource::FollowUp => {
            return Err(objection(
                "case_not_by_hand",
                "source",
                "差评和回访问题由评价、回访登记时自动立案",
                "cases of ratings and follow-ups are opened with them",
            ));
        }
        CaseSource::Complaint if wish.scope.is_none() => {
            return Err(objection(
                "case_needs_scope",
                "scope",
                "请选择投诉范围:服务质量、服务态度、办事效率、工作作风或其他",
                "a complaint names what it is about",
            ));
        }
        CaseSource::Hotline => number_is_free(cases, wish.number.as_ref())?,
        CaseSource::Praise | CaseSource::Criticism if !asked.actor.is_manager() => {
            return Err(objection(
                "case_notice_by_manager",
                "source",
                "通报表扬、通报批评由值班长录入",
                "notices of praise and criticism are entered by a manager",
            ));
        }
        CaseSource::Complaint
        | CaseSource::Suggestion
        | CaseSource::Praise
        | CaseSource::Criticism => (),
    }
    let mut opened = begun(asked, wish.id, wish.source);
    opened.way = wish.way;
    opened.scope = wish.scope;
    opened.number.clone_from(&wish.number);
    opened.team.clone_from(&wish.team);
    opened.window.clone_from(&wish.window);
    opened.text.clone_from(&wish.text);
    opened.contact.clone_from(&wish.contact);
    Ok(Case::Opened(opened))
}

fn number_is_free(cases: &Cases, number: Option<&String>) -> Result<(), Refusal> {
    let Some(number) = number else {
        return Err(objection(
            "case_needs_number",
            "number",
            "请填写12345工单编号",
            "a case of 12345 has its number",
        ));
    };
    let mut known = cases.files.values();
    if known.any(|file| file.opened.number.as_ref() == Some(number)) {
        return Err(objection(
            "case_number_known",
            "number",
            "这个12345工单已经登记",
            "this number of 12345 is entered already",
        ));
    }
    Ok(())
}

/// The case, when it is open.
fn open_file(cases: &Cases, id: RecordId) -> Result<&CaseFile, Refusal> {
    let file = cases.files.get(&id).ok_or_else(|| Refusal::NotFound {
        what: "case",
        name: id.to_string(),
    })?;
    if !file.is_open() {
        return Err(objection(
            "case_is_closed",
            "id",
            "已结案,不再更改;有新情况请另行登记",
            "the case is closed; enter a new one",
        ));
    }
    Ok(file)
}

/// The case, when it is open and the actor answers for it.
fn own<'a>(cases: &'a Cases, asked: &Asked<'_>, id: RecordId) -> Result<&'a CaseFile, Refusal> {
    let file = open_file(cases, id)?;
    let own = asked.actor.clerk.is_some() && asked.actor.clerk == file.owner;
    if asked.actor.is_manager() || own {
        return Ok(file);
    }
    Err(objection(
        "case_not_yours",
        "owner",
        "由责任人或值班长处理",
        "its owner or a manager answers for it",
    ))
}

fn note(cases: &Cases, asked: &Asked<'_>, id: RecordId, text: &str) -> Result<CaseNoted, Refusal> {
    own(cases, asked, id)?;
    Ok(CaseNoted {
        id,
        text: text.into(),
        day: today(asked),
        by: by(asked),
    })
}

fn assign(
    cases: &Cases,
    asked: &Asked<'_>,
    id: RecordId,
    owner: &ClerkCode,
) -> Result<Case, Refusal> {
    open_file(cases, id)?;
    let known = asked.hall.plan().and_then(|plan| plan.clerk(owner));
    known.ok_or_else(|| Refusal::NotFound {
        what: "clerk",
        name: owner.to_string(),
    })?;
    Ok(Case::Assigned(CaseAssigned {
        id,
        owner: owner.clone(),
        by: by(asked),
    }))
}

fn find(
    cases: &Cases,
    asked: &Asked<'_>,
    id: RecordId,
    (finding, told): (CaseFinding, Option<&String>),
) -> Result<Case, Refusal> {
    open_file(cases, id)?;
    if finding == CaseFinding::NotOurs && told.is_none() {
        return Err(objection(
            "case_needs_told",
            "told",
            "不属于受理范围的,请填写已告知的其他反映渠道(第二十条)",
            "what is not ours is told another way, please name it",
        ));
    }
    Ok(Case::Found(CaseFound {
        id,
        finding,
        told: told.cloned(),
        day: today(asked),
        by: by(asked),
    }))
}

/// What must be there before a person closes: an answer, and what the article asks of its source.
fn close(
    cases: &Cases,
    asked: &Asked<'_>,
    id: RecordId,
    satisfied: Option<bool>,
) -> Result<Case, Refusal> {
    let file = open_file(cases, id)?;
    let source = file.opened.source;
    if matches!(source, CaseSource::Complaint | CaseSource::Hotline) && file.finding.is_none() {
        return Err(objection(
            "case_needs_finding",
            "finding",
            "请先填写核查结果:属实、部分属实、不属实或无法查实",
            "first say what was found",
        ));
    }
    let finding = file.finding.as_ref().map(|found| found.finding);
    if file.replies.is_empty() && finding != Some(CaseFinding::NotOurs) {
        return Err(objection(
            "case_needs_reply",
            "replies",
            "请先填写对办事人的回应(第十九条:及时予以回应)",
            "first write down what the visitor was answered",
        ));
    }
    if source == CaseSource::Hotline && file.fixes.is_empty() {
        return Err(objection(
            "case_needs_fix",
            "fixes",
            "请先填写原因和整改情况(第二十一条)",
            "first write down the cause and what was put right",
        ));
    }
    if source == CaseSource::Hotline && satisfied.is_none() {
        return Err(objection(
            "case_needs_satisfied",
            "satisfied",
            "请选择投诉人是否满意",
            "say whether the caller is satisfied",
        ));
    }
    let day = today(asked);
    Ok(Case::Closed(CaseClosed {
        id,
        satisfied,
        day,
        in_time: file.opened.due.map(|due| day <= due),
        by: by(asked),
    }))
}
