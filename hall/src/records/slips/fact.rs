//! What happens to 告知单: given, papers brought, closed.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::event::PrintOutcome;
use crate::evidence::{Article, Item};
use crate::records::Fact;
use crate::text::Text;
use crate::{RecordId, ServiceCode, TicketId, WindowCode};

/// What is the matter with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LackKind {
    /// 缺少: the paper is not there.
    Missing,
    /// 填写错误: it is there, and an entry is wrong (第八条(二)3).
    Wrong,
}

/// One thing that the visitor is asked to bring or to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Lack {
    /// The paper, 1 to 60 characters, as the service guide names it.
    pub paper: String,
    /// Missing, or wrong.
    pub kind: LackKind,
    /// Which entry is wrong, 1 to 40 characters.
    #[serde(default)]
    pub part: Option<String>,
    /// How it should be written, 1 to 120 characters; a wrong entry needs it.
    #[serde(default)]
    pub how: Option<String>,
}

/// How the visitor was told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TellingWay {
    /// At the window.
    #[default]
    Window,
    /// At the enquiry desk.
    Desk,
    /// By telephone.
    Phone,
    /// At a village's station.
    Village,
}

/// Where the service is taken, when it is not at this window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// A window of this hall.
    #[serde(default)]
    pub window: Option<WindowCode>,
    /// Another place in words, 1 to 80 characters.
    #[serde(default)]
    pub text: Option<String>,
}

/// What every slip has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Given {
    /// The record's id.
    pub id: RecordId,
    /// Eight base32 symbols printed on the slip.
    pub code: String,
    /// The visit, when there was a number.
    pub ticket: Option<TicketId>,
    /// The number as it was shown, such as `A001`.
    pub number: Option<String>,
    /// Where.
    pub window: Option<WindowCode>,
    /// For which service.
    pub service: ServiceCode,
    /// All that is to be brought or corrected.
    pub items: Vec<Lack>,
    /// The papers among them that the service guide does not name (第十六条): a lead.
    pub outside_guide: Vec<String>,
    /// The day.
    pub day: NaiveDate,
    /// Who gave it.
    pub by: String,
}

/// A 一次性告知单.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Told {
    /// What every slip has.
    #[serde(flatten)]
    pub given: Given,
    /// How.
    pub way: TellingWay,
    /// The right place, when it is not here.
    pub place: Option<Place>,
    /// The slip of the visit before.
    pub follows: Option<RecordId>,
    /// Papers that the slips before do not name: a lead.
    pub new_items: Vec<String>,
}

/// Who signed the promise, on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The applicant.
    Visitor,
    /// Somebody with the applicant's authority.
    Agent,
}

/// A 容缺受理通知书: accepted before every paper is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rongque {
    /// What every slip has.
    #[serde(flatten)]
    pub given: Given,
    /// Workdays to bring the papers, the day itself not counted.
    pub due_workdays: u32,
    /// The last day; none when its year's workdays are not known.
    pub due_day: Option<NaiveDate>,
    /// What being late leads to.
    pub consequence: String,
    /// Who signed the written promise.
    pub signed_by: Signer,
    /// The matter's promised time in workdays, counted from this day.
    pub promised_days: Option<u32>,
    /// Copies: one for the visitor, one for the file.
    pub copies: u32,
}

/// How a paper came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Supplier {
    /// The applicant brought it.
    Visitor,
    /// Somebody else brought it.
    Agent,
    /// By post.
    Post,
    /// Online.
    Online,
    /// The offices had it already (第十六条: no paper is asked for twice).
    Shared,
}

/// One paper of a 容缺 matter is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Supplied {
    /// The slip.
    pub id: RecordId,
    /// Which of its items, from 0.
    pub item: u32,
    /// How it came.
    pub from: Supplier,
    /// The day.
    pub day: NaiveDate,
    /// Who took it in.
    pub by: String,
}

/// Every paper of a 容缺 matter is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Completed {
    /// The slip.
    pub id: RecordId,
    /// Whether in time; none when the last day is not known.
    pub in_time: Option<bool>,
    /// The day.
    pub day: NaiveDate,
    /// Who took the last one in.
    pub by: String,
}

/// How somebody was told of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeWay {
    /// By telephone.
    Phone,
    /// By a short message.
    Message,
    /// By post.
    Post,
    /// In person.
    InPerson,
}

/// The applicant was reminded of what is still to be brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reminded {
    /// The slip.
    pub id: RecordId,
    /// How.
    pub how: NoticeWay,
    /// The day.
    pub day: NaiveDate,
    /// Who reminded.
    pub by: String,
}

/// A person confirmed that the application counts as withdrawn (第十七条), after a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Withdrawn {
    /// The slip.
    pub id: RecordId,
    /// How the applicant was told.
    pub how: NoticeWay,
    /// When the applicant was told.
    pub told_day: NaiveDate,
    /// The day of the confirmation.
    pub day: NaiveDate,
    /// Who confirmed it.
    pub by: String,
}

/// A 容缺 matter is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RongqueFinished {
    /// The slip.
    pub id: RecordId,
    /// Whether within the promised time; none when none was promised or its year is not known.
    pub in_time: Option<bool>,
    /// The day.
    pub day: NaiveDate,
    /// Who finished it.
    pub by: String,
}

/// A paper copy at a kiosk's printer was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PrintAsked {
    /// The slip.
    pub id: RecordId,
    /// How often it was asked for, this time included.
    pub n: u32,
    /// The kiosk.
    pub device: String,
    /// The day.
    pub day: NaiveDate,
    /// Who asked.
    pub by: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PrintReported {
    /// The slip.
    pub id: RecordId,
    /// Which time.
    pub n: u32,
    /// What the kiosk says.
    pub outcome: PrintOutcome,
    /// The day.
    pub day: NaiveDate,
    /// The kiosk's name.
    pub by: String,
}

/// What happens in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum SlipFact {
    /// A 一次性告知单 was given.
    Told(Told),
    /// A 容缺受理通知书 was given and signed.
    Rongque(Rongque),
    /// A paper is in.
    Supplied(Supplied),
    /// Every paper is in.
    Completed(Completed),
    /// The applicant was reminded.
    Reminded(Reminded),
    /// 视为撤回, confirmed by a person.
    Withdrawn(Withdrawn),
    /// The matter is finished.
    Finished(RongqueFinished),
    /// A copy at a kiosk's printer was asked for.
    PrintAsked(PrintAsked),
    /// What became of it.
    PrintReported(PrintReported),
}

impl Fact for SlipFact {
    fn id(&self) -> RecordId {
        match self {
            Self::Told(told) => told.given.id,
            Self::Rongque(rongque) => rongque.given.id,
            Self::Supplied(supplied) => supplied.id,
            Self::Completed(completed) => completed.id,
            Self::Reminded(reminded) => reminded.id,
            Self::Withdrawn(withdrawn) => withdrawn.id,
            Self::Finished(finished) => finished.id,
            Self::PrintAsked(asked) => asked.id,
            Self::PrintReported(reported) => reported.id,
        }
    }

    fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Told(told) => told.given.ticket,
            Self::Rongque(rongque) => rongque.given.ticket,
            Self::Supplied(_)
            | Self::Completed(_)
            | Self::Reminded(_)
            | Self::Withdrawn(_)
            | Self::Finished(_)
            | Self::PrintAsked(_)
            | Self::PrintReported(_) => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Told(_) => "slip_told",
            Self::Rongque(_) => "rongque_accepted",
            Self::Supplied(_) => "paper_supplied",
            Self::Completed(_) => "papers_completed",
            Self::Reminded(_) => "rongque_reminded",
            Self::Withdrawn(_) => "rongque_withdrawn",
            Self::Finished(_) => "rongque_finished",
            Self::PrintAsked(_) => "slip_print_asked",
            Self::PrintReported(_) => "slip_print_reported",
        }
    }

    /// 第七条(八) scores in 行为规范; the annex row 一次性告知 is 第十七条's text, and speaks of
    /// 一次性告知单 by its title only.
    fn evidence(&self) -> Option<(Article, Item)> {
        match self {
            Self::Told(_) => Some((Article::A7_8, Item::T2)),
            Self::Rongque(_)
            | Self::Supplied(_)
            | Self::Completed(_)
            | Self::Reminded(_)
            | Self::Withdrawn(_)
            | Self::Finished(_) => Some((Article::A17, Item::F2)),
            Self::PrintAsked(_) | Self::PrintReported(_) => None,
        }
    }

    fn sentence(&self) -> Text {
        match self {
            Self::Told(told) => told.sentence(),
            Self::Rongque(rongque) => rongque.sentence(),
            Self::Supplied(_) => Text::new("收到一份补齐补正材料", "a paper that was owed came in"),
            Self::Completed(completed) => completed.sentence(),
            Self::Reminded(_) => Text::new(
                "提醒申请人补齐补正材料",
                "the applicant was reminded of papers owed",
            ),
            Self::Withdrawn(withdrawn) => Text::new(
                format!(
                    "逾期未补齐补正,{}通知后经人工确认视为撤回申请",
                    withdrawn.told_day
                ),
                format!(
                    "papers overdue: told on {}, a person confirmed the withdrawal",
                    withdrawn.told_day
                ),
            ),
            Self::Finished(finished) => finished.sentence(),
            Self::PrintAsked(_) => Text::new(
                "告知单送取号机打印",
                "the slip was sent to a kiosk's printer",
            ),
            Self::PrintReported(_) => Text::new(
                "取号机回报告知单打印情况",
                "a kiosk said what became of the slip's paper",
            ),
        }
    }
}

impl Given {
    fn at_window(&self) -> (String, String) {
        match &self.window {
            Some(window) => (format!("{window}号窗口"), format!("at window {window}")),
            None => ("窗口外".to_string(), "away from the windows".to_string()),
        }
    }
}

impl Told {
    fn sentence(&self) -> Text {
        let (zh, en) = self.given.at_window();
        let count = self.given.items.len();
        let new = self.new_items.len();
        if new > 0 {
            return Text::new(
                format!("{zh}出具一次性告知单,告知补正内容{count}项,其中{new}项在前次告知单上没有"),
                format!("{en}, a slip told {count} corrections, {new} not on the slip before"),
            );
        }
        Text::new(
            format!("{zh}出具一次性告知单,告知补正内容{count}项"),
            format!("{en}, a slip told {count} corrections at once"),
        )
    }
}

impl Rongque {
    fn sentence(&self) -> Text {
        let (zh, en) = self.given.at_window();
        let (count, days) = (self.given.items.len(), self.due_workdays);
        Text::new(
            format!("{zh}容缺受理,书面承诺已签,{count}项材料{days}个工作日内补齐补正"),
            format!("{en}, accepted on a signed promise: {count} papers within {days} workdays"),
        )
    }
}

impl Completed {
    fn sentence(&self) -> Text {
        match self.in_time {
            Some(true) => Text::new("容缺材料按期补齐", "every paper owed came in time"),
            Some(false) => Text::new("容缺材料逾期补齐", "the last paper owed came late"),
            None => Text::new(
                "容缺材料补齐(期限待定)",
                "every paper owed is in; the last day is not known",
            ),
        }
    }
}

impl RongqueFinished {
    fn sentence(&self) -> Text {
        match self.in_time {
            Some(true) => Text::new(
                "容缺事项在承诺时限内办结",
                "finished within the promised time",
            ),
            Some(false) => Text::new(
                "容缺事项超过承诺时限办结",
                "finished past the promised time",
            ),
            None => Text::new("容缺事项办结", "finished"),
        }
    }
}
