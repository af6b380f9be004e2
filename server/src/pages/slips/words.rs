//! Words of slips: states, kinds, dates, and the code as a picture.

use std::borrow::Borrow;

use chrono::NaiveDate;
use hall::records::slips::{
    LackKind, Signer, SlipItem, SlipKind, SlipState, SlipView, Supplier, TellingWay,
};
use qrcode::QrCode;
use qrcode::render::svg;

/// How a slip's state is said, and in which colour.
pub(in crate::pages) fn state(state: impl Borrow<SlipState>) -> (&'static str, &'static str) {
    match state.borrow() {
        SlipState::Overdue => ("已逾期,待确认", "is-no-show"),
        SlipState::DueToday => ("今天到期", "is-paused"),
        SlipState::DueTomorrow => ("下个工作日到期", "is-paused"),
        SlipState::Open => ("期限内", "is-serving"),
        SlipState::DueUnknown => ("期限待定", "is-paused"),
        SlipState::Complete => ("已补齐,待办结", "is-preparing"),
        SlipState::Finished => ("已办结", "is-finished"),
        SlipState::Withdrawn => ("已视为撤回", ""),
        SlipState::Told => ("已告知", ""),
    }
}

/// What is the matter with a paper, in a word.
pub(in crate::pages) fn lack(kind: impl Borrow<LackKind>) -> &'static str {
    match kind.borrow() {
        LackKind::Missing => "缺少",
        LackKind::Wrong => "填写错误",
    }
}

/// How a paper came.
pub(in crate::pages) fn supplier(from: impl Borrow<Supplier>) -> &'static str {
    match from.borrow() {
        Supplier::Visitor => "申请人送来",
        Supplier::Agent => "他人代送",
        Supplier::Post => "邮寄",
        Supplier::Online => "网上提交",
        Supplier::Shared => "数据共享取得",
    }
}

/// Who signed.
pub(in crate::pages) fn signer(signer: impl Borrow<Signer>) -> &'static str {
    match signer.borrow() {
        Signer::Visitor => "申请人本人签名",
        Signer::Agent => "代理人签名",
    }
}

/// How the visitor was told.
pub(in crate::pages) fn way(way: impl Borrow<TellingWay>) -> &'static str {
    match way.borrow() {
        TellingWay::Window => "窗口告知",
        TellingWay::Desk => "咨询台告知",
        TellingWay::Phone => "电话告知",
        TellingWay::Village => "村(社区)便民服务站告知",
    }
}

/// A QR code as a picture in the page; empty when the text is too long for one.
pub(in crate::pages) fn qr(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else {
        return String::new();
    };
    let picture = code
        .render::<svg::Color<'_>>()
        .min_dimensions(96, 96)
        .quiet_zone(true)
        .build();
    // A page takes the picture without the head of a file.
    let begin = picture.find("<svg").unwrap_or(0);
    picture.split_at(begin).1.to_owned()
}

/// `2026年11月23日`.
pub(in crate::pages) fn date(day: impl Borrow<NaiveDate>) -> String {
    let day = day.borrow();
    day.format("%Y年%-m月%-d日").to_string()
}

/// Papers that are still owed, by name.
pub(in crate::pages) fn owed(slip: &SlipView) -> String {
    let owed = slip.items.iter().filter(|item| item.supplied_day.is_none());
    let names: Vec<_> = owed.map(|item| item.lack.paper.as_str()).collect();
    names.join("、")
}

/// Why a slip is a lead.
pub(in crate::pages) fn why(slip: &SlipView) -> String {
    let named = |is: fn(&SlipItem) -> bool| {
        let items = slip.items.iter().filter(|item| is(item));
        let names: Vec<_> = items.map(|item| item.lack.paper.as_str()).collect();
        names.join("、")
    };
    let new = named(|item| item.new);
    let outside = named(|item| item.outside_guide);
    let mut said = Vec::new();
    if !new.is_empty() {
        said.push(format!("前次告知单没有列出:{new}"));
    }
    if !outside.is_empty() {
        said.push(format!("办事服务指南没有列出:{outside}(第十六条)"));
    }
    said.join(";")
}

/// Which kind, in a word.
pub(in crate::pages) fn kind(slip: &SlipView) -> &'static str {
    match slip.kind {
        SlipKind::Told => "一次性告知",
        SlipKind::Rongque => "容缺受理",
    }
}

/// `11月23日`.
pub(in crate::pages) fn short_date(day: impl Borrow<NaiveDate>) -> String {
    let day = day.borrow();
    day.format("%-m月%-d日").to_string()
}
