//! A 告知单 on the narrow paper of a receipt printer.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::records::slips::{LackKind, Signer, SlipItem, SlipKind, SlipView};

/// What is printed: a title, lines, a code, and how many copies.
///
/// **Shape**: no name and no number of a visitor, ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoticePaper {
    /// The hall's name as it stands over the door.
    pub hall: String,
    /// 一次性告知单, 容缺受理通知书.
    pub title: String,
    /// What stands under the title of each copy; one copy for each.
    pub copies: Vec<String>,
    /// The text, from top to bottom.
    pub lines: Vec<NoticeLine>,
    /// The short code, as text and as a QR code.
    pub code: String,
}

/// One line of a notice; it may take several on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoticeLine {
    /// What it says; empty for a rule across the paper.
    pub text: String,
    /// Whether it is large.
    pub strong: bool,
}

impl NoticeLine {
    fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: false,
        }
    }

    fn strong(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: true,
        }
    }

    fn rule() -> Self {
        Self::plain("")
    }
}

impl crate::Hall {
    /// What is printed for a slip; none before the first plan.
    pub fn notice(&self, slip: &SlipView) -> Option<NoticePaper> {
        let plan = self.plan()?;
        let is_rongque = slip.kind == SlipKind::Rongque;
        let mut lines = about(slip);
        lines.push(NoticeLine::rule());
        lines.extend(slip.items.iter().zip(1..).map(item));
        if is_rongque {
            lines.push(NoticeLine::rule());
            lines.extend(terms(slip));
        }
        lines.extend(self.place(slip));
        lines.push(NoticeLine::rule());
        lines.push(NoticeLine::plain("再次办理时请带本单,凭单号接续办理"));
        lines.push(NoticeLine::plain("不清楚的地方,请到咨询台询问"));
        if let Some(phone) = &plan.hall.complaint_phone {
            lines.push(NoticeLine::plain(format!("监督电话 {phone}")));
        }
        lines.push(NoticeLine::plain("经办人签名"));
        lines.push(NoticeLine::plain(if is_rongque {
            "申请人签名"
        } else {
            "办事人签收"
        }));
        let copies: &[&str] = if is_rongque {
            &["第一联 交申请人", "第二联 窗口留存"]
        } else {
            &[""]
        };
        Some(NoticePaper {
            hall: plan.hall.name.clone(),
            title: if is_rongque {
                "容缺受理通知书"
            } else {
                "一次性告知单"
            }
            .into(),
            copies: copies.iter().map(|copy| (*copy).into()).collect(),
            lines,
            code: slip.code.clone(),
        })
    }

    fn place(&self, slip: &SlipView) -> Option<NoticeLine> {
        let place = slip.place.as_ref()?;
        let window = place.window.as_ref().map(|code| {
            let planned = self.window(code).map(|(_, planned)| planned.name.clone());
            planned.unwrap_or_else(|_| format!("{code}号窗口"))
        });
        let to = window.iter().chain(&place.text);
        let to: Vec<_> = to.map(String::as_str).collect();
        Some(NoticeLine::strong(format!(
            "请到{}咨询或办理",
            to.join(" ")
        )))
    }
}

fn about(slip: &SlipView) -> Vec<NoticeLine> {
    let mut lines = vec![NoticeLine::strong(slip.service.name.clone())];
    let number = slip.number.as_ref().map(|number| format!("号码 {number}"));
    let window = slip.window.as_ref().map(|code| format!("{code}号窗口"));
    let at = format!("{}", slip.at.format("%Y-%m-%d %H:%M"));
    let facts: Vec<_> = number.into_iter().chain(window).chain([at]).collect();
    lines.push(NoticeLine::plain(facts.join("  ")));
    lines
}

fn item((item, n): (&SlipItem, u32)) -> NoticeLine {
    let lack = &item.lack;
    let part = lack.part.as_deref().unwrap_or_default();
    let how = lack.how.as_deref().unwrap_or_default();
    NoticeLine::strong(match lack.kind {
        LackKind::Missing => format!("{n}. 请补齐:{}", lack.paper),
        LackKind::Wrong => format!("{n}. {}“{part}”项填写错误,应填写:{how}", lack.paper),
    })
}

/// The three things that 第十七条 asks to tell, and the promise.
fn terms(slip: &SlipView) -> Vec<NoticeLine> {
    let days = slip.due_workdays.unwrap_or_default();
    let until = slip.due_day.map_or_else(
        || "期限待定".into(),
        |day| format!("至{}止", day.format("%Y-%m-%d")),
    );
    let consequence = slip.consequence.clone().unwrap_or_default();
    let signer = match slip.signed_by {
        Some(Signer::Agent) => "代理人",
        Some(Signer::Visitor) | None => "申请人",
    };
    let mut lines = vec![
        NoticeLine::strong(format!("{days}个工作日内补齐,{until}")),
        NoticeLine::plain(format!("逾期处理:{consequence}")),
    ];
    if let Some(promised) = slip.promised_days {
        lines.push(NoticeLine::plain(format!(
            "承诺办结时限:{promised}个工作日"
        )));
    }
    lines.push(NoticeLine::plain(format!("{signer}已书面承诺按期补齐补正")));
    lines
}
