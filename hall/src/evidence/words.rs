//! Words of states and reasons as sentences of facts use them, Chinese and English.

use crate::state::{Channel, Class, Phase};
use crate::{CancelledBy, DeviceKind, Outcome, ParkingKind, PauseReason, PostRole, PrintOutcome};

/// Chinese and English.
pub(super) type Words = (&'static str, &'static str);

pub(super) const fn pause(reason: PauseReason) -> Words {
    match reason {
        PauseReason::Urgent => ("急事", "urgent"),
        PauseReason::Meeting => ("会议", "a meeting"),
        PauseReason::Fetch => ("取件", "to fetch papers"),
        PauseReason::Meal => ("就餐", "a meal"),
        PauseReason::Equipment => ("设备故障", "equipment"),
        PauseReason::Cover => ("代岗", "to cover another window"),
        PauseReason::Absent => ("未设提示离岗", "left without the sign"),
        PauseReason::Other => ("其他", "another reason"),
    }
}

pub(super) const fn outcome(outcome: Outcome) -> Words {
    match outcome {
        Outcome::Accepted => ("已受理", "accepted"),
        Outcome::DoneOnTheSpot => ("当场办结", "done on the spot"),
        Outcome::Explained => ("已解答", "explained"),
        Outcome::MaterialsMissing => ("一次性告知补正", "told at once what is missing"),
        Outcome::Rongque => ("容缺受理", "accepted with papers to follow"),
        Outcome::Redirected => ("已引导至其他窗口", "sent to the right window"),
    }
}

pub(super) const fn parking(kind: ParkingKind) -> Words {
    match kind {
        ParkingKind::AnyWindow => ("可回任一窗口", "back to any window"),
        ParkingKind::ThisWindow => ("回本窗口", "back to this window"),
        ParkingKind::OtherStep => ("等其他环节", "waits for another step"),
    }
}

pub(super) const fn print(outcome: PrintOutcome) -> Words {
    match outcome {
        PrintOutcome::Started => ("已送打印", "sent to the printer"),
        PrintOutcome::Printed => ("已出纸", "printed"),
        PrintOutcome::Failed => ("未出纸", "not printed"),
        PrintOutcome::Unknown => ("出纸情况待核实", "perhaps printed"),
    }
}

pub(super) const fn device(kind: DeviceKind) -> Words {
    match kind {
        DeviceKind::Kiosk => ("取号机", "kiosk"),
        DeviceKind::Display => ("显示屏", "display"),
    }
}

pub(super) const fn phase(phase: Phase) -> Words {
    match phase {
        Phase::Lobby => ("等候区开放", "the lobby is open"),
        Phase::InSession => ("窗口开始办理", "windows serve"),
        Phase::Noon => ("进入午间", "noon begins"),
        Phase::Closing => ("停止取号,进入延时服务", "issuing ends, serving goes on"),
        Phase::Settled => ("已结账", "settled"),
    }
}

pub(super) const fn role(role: PostRole) -> Words {
    match role {
        PostRole::A => ("A岗", "A role"),
        PostRole::B => ("B岗", "B role"),
        PostRole::Head => ("负责人", "head"),
    }
}

pub(super) const fn channel(channel: Channel) -> Words {
    match channel {
        Channel::Kiosk => ("取号机", "at a kiosk"),
        Channel::Staff => ("人工", "at the desk"),
        Channel::Online => ("网上", "online"),
    }
}

pub(super) const fn class(class: Class) -> Words {
    match class {
        Class::Ordinary => ("", ""),
        Class::Green => ("(依法优先)", ", priority by law"),
        Class::Booked => ("(预约)", ", booked"),
    }
}

pub(super) const fn cancelled_by(by: CancelledBy) -> Words {
    match by {
        CancelledBy::Visitor => ("办事人", "the visitor"),
        CancelledBy::Manager => ("值班长", "a manager"),
    }
}
