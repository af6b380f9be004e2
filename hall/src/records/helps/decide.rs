//! What may be done with a request for help, and by whom.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::{
    AskHelp, CompleteHelp, DutyBegan, DutyEnded, Help, HelpAnswered, HelpAsked, HelpCompleted,
    HelpFile, HelpFrom, HelpKind, HelpReceived, HelpReferred, HelpResult, HelpReturned, HelpWish,
    Helps,
};
use crate::decide::Asked;
use crate::plan::Level;
use crate::records::objection;
use crate::{Event, HallCode, RecordId, Refusal};

pub(super) fn decide(
    helps: &Helps,
    asked: &Asked<'_>,
    wish: &HelpWish,
) -> Result<Vec<Event>, Refusal> {
    let fact = match wish {
        HelpWish::Ask(ask) => return self::ask(helps, asked, ask),
        HelpWish::Answer { id } => answer(helps, asked, *id)?,
        HelpWish::Complete(done) => complete(helps, asked, done)?,
        HelpWish::Refer { id, to, level } => refer(helps, asked, *id, (to, *level))?,
        HelpWish::Receive { id } => return receive(helps, *id),
        HelpWish::Return { id, result } => return give_back(helps, asked, (*id, *result)),
        HelpWish::ComeOnDuty { id, sash } => come(helps, asked, (*id, *sash))?,
        HelpWish::LeaveDuty => leave(helps, asked)?,
    };
    Ok([fact.into()].into())
}

fn today(asked: &Asked<'_>) -> NaiveDate {
    asked.now.date_in(asked.hall.zone())
}

fn by(asked: &Asked<'_>) -> String {
    asked.actor.name.clone()
}

fn ask(helps: &Helps, asked: &Asked<'_>, wish: &AskHelp) -> Result<Vec<Event>, Refusal> {
    if helps.files.contains_key(&wish.id) {
        // Handed on before: the other hall asks again when it missed the receipt.
        return Ok(Vec::new());
    }
    if let Some(service) = &wish.service
        && wish.referred.is_none()
    {
        let known = asked.hall.plan().and_then(|plan| plan.service(service));
        known.ok_or_else(|| Refusal::no_service(service))?;
    }
    if let Some(ticket) = wish.ticket {
        asked.hall.ticket(ticket)?;
    }
    if wish.kind == Some(HelpKind::HomeVisit) && wish.address.is_none() {
        return Err(objection(
            "help_needs_address",
            "address",
            "上门服务请填写地址",
            "a home visit needs an address",
        ));
    }
    if waits_already(helps, wish) {
        return Err(objection(
            "help_on_the_way",
            "place",
            "已通知帮办人员,请在原处稍候",
            "a helper is called already, please wait there",
        ));
    }
    let fact = Help::Asked(HelpAsked {
        id: wish.id,
        kind: wish.kind,
        from: wish.from,
        place: wish.place.clone(),
        ticket: wish.ticket,
        service: wish.service.clone(),
        text: wish.text.clone(),
        address: wish.address.clone(),
        contact: wish.contact.clone(),
        referred: wish.referred.clone(),
        day: today(asked),
        by: match wish.from {
            HelpFrom::Phone => "visitor".into(),
            HelpFrom::Kiosk | HelpFrom::Village | HelpFrom::Staff | HelpFrom::Hall => by(asked),
        },
    });
    Ok([fact.into()].into())
}

/// A second press at the same kiosk, or a second wish of the same number, while the first waits.
fn waits_already(helps: &Helps, wish: &AskHelp) -> bool {
    let mut waiting = helps.files.values().filter(|file| file.waits());
    waiting.any(|file| {
        let asked = &file.asked;
        let is_same_place = wish.from == HelpFrom::Kiosk
            && asked.from == HelpFrom::Kiosk
            && asked.place == wish.place;
        let is_same_ticket = wish.ticket.is_some() && asked.ticket == wish.ticket;
        is_same_place || is_same_ticket
    })
}

/// The request, when this hall still sees to it.
fn open_file(helps: &Helps, id: RecordId) -> Result<&HelpFile, Refusal> {
    let file = helps.files.get(&id).ok_or_else(|| Refusal::NotFound {
        what: "help_request",
        name: id.to_string(),
    })?;
    if file.is_over() {
        return Err(objection(
            "help_is_over",
            "id",
            "这项帮办已办完或已转出",
            "the request is over, or was handed on",
        ));
    }
    Ok(file)
}

fn answer(helps: &Helps, asked: &Asked<'_>, id: RecordId) -> Result<Help, Refusal> {
    let file = open_file(helps, id)?;
    if let Some((helper, _)) = &file.answered {
        return Err(objection(
            "help_answered",
            "id",
            format!("{helper}已在帮办"),
            format!("{helper} is helping already"),
        ));
    }
    Ok(Help::Answered(HelpAnswered {
        id,
        waited_ms: asked.now.since_ms(file.asked_at),
        by: by(asked),
    }))
}

fn complete(helps: &Helps, asked: &Asked<'_>, wish: &CompleteHelp) -> Result<Help, Refusal> {
    let file = open_file(helps, wish.id)?;
    let Some(kind) = wish.kind.or(file.asked.kind) else {
        return Err(objection(
            "help_needs_kind",
            "kind",
            "请选择帮办内容:引导分流、咨询解难、业务指导、资料复印、代办或上门服务",
            "say what kind of help it was",
        ));
    };
    let day = today(asked);
    let is_visit = kind == HelpKind::HomeVisit && wish.result == HelpResult::Done;
    match wish.visited {
        None if is_visit => {
            return Err(objection(
                "help_needs_visit",
                "visited",
                "请填写上门日期",
                "say when the home visit was",
            ));
        }
        Some(date) if date > day || date < file.asked.day => {
            return Err(objection(
                "help_visit_day",
                "visited",
                format!("上门日期应在{}到{day}之间", file.asked.day),
                format!("the visit was from {} to {day}", file.asked.day),
            ));
        }
        Some(_) | None => (),
    }
    Ok(Help::Completed(HelpCompleted {
        id: wish.id,
        kind,
        result: wish.result,
        text: wish.text.clone(),
        visited: wish.visited.filter(|_| is_visit),
        day,
        by: by(asked),
    }))
}

fn refer(
    helps: &Helps,
    asked: &Asked<'_>,
    id: RecordId,
    (to, level): (&HallCode, Level),
) -> Result<Help, Refusal> {
    open_file(helps, id)?;
    let plan = asked.hall.plan().ok_or(Refusal::HallNotOpen)?;
    if plan.hall.code == *to {
        return Err(objection(
            "help_refer_elsewhere",
            "to",
            "请选择另一个大厅",
            "choose another hall",
        ));
    }
    Ok(Help::Referred(HelpReferred {
        id,
        to: to.clone(),
        levels: (plan.hall.level, level),
        day: today(asked),
        by: by(asked),
    }))
}

/// A receipt; one that was heard before changes nothing.
fn receive(helps: &Helps, id: RecordId) -> Result<Vec<Event>, Refusal> {
    let file = referred(helps, id)?;
    let Some(referred) = file.referred.as_ref().filter(|_| !file.received) else {
        return Ok(Vec::new());
    };
    let to = referred.to.clone();
    Ok([Help::Received(HelpReceived { id, to }).into()].into())
}

fn give_back(
    helps: &Helps,
    asked: &Asked<'_>,
    (id, result): (RecordId, HelpResult),
) -> Result<Vec<Event>, Refusal> {
    let file = referred(helps, id)?;
    if file.returned.is_some() {
        return Ok(Vec::new());
    }
    let day = today(asked);
    Ok([Help::Returned(HelpReturned { id, result, day }).into()].into())
}

fn referred(helps: &Helps, id: RecordId) -> Result<&HelpFile, Refusal> {
    let file = helps.files.get(&id).filter(|file| file.referred.is_some());
    file.ok_or_else(|| Refusal::NotFound {
        what: "referral",
        name: id.to_string(),
    })
}

fn come(helps: &Helps, asked: &Asked<'_>, (id, sash): (RecordId, bool)) -> Result<Help, Refusal> {
    if helps.on_duty.contains_key(asked.actor.name.as_str()) {
        return Err(objection(
            "helper_on_duty",
            "helper",
            "您已在岗",
            "you are on duty already",
        ));
    }
    Ok(Help::OnDuty(DutyBegan {
        id,
        sash,
        day: today(asked),
        by: by(asked),
    }))
}

fn leave(helps: &Helps, asked: &Asked<'_>) -> Result<Help, Refusal> {
    let duty = helps.on_duty.get(asked.actor.name.as_str());
    let duty = duty.ok_or_else(|| {
        objection(
            "helper_not_on_duty",
            "helper",
            "您没有上岗登记",
            "you did not come on duty",
        )
    })?;
    Ok(Help::OffDuty(DutyEnded {
        id: duty.began.id,
        duty_ms: asked.now.since_ms(duty.since),
        by: by(asked),
    }))
}
