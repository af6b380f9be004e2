//! What of a guide cannot be taken: texts of the wrong form, main papers that may be lacking, and a
//! channel that is limited without a law.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::{Guide, Promise, Rongque};
use crate::plan::Service;
use crate::plan::check::Faults;

/// Characters of one of a guide's texts. Ours: a page and a half of A4.
const TEXT_MAX: usize = 2000;
/// Characters of a material's name. Ours: two lines on the kiosk.
const MATERIAL_MAX: usize = 200;
/// Characters of the law that a channel is limited by. Ours.
const BASIS_MAX: usize = 200;

/// Checks the channel and the guide of a service.
pub(in crate::plan) fn check(path: &str, service: &Service, found: &mut Faults) {
    check_channel(path, service, found);
    let Some(guide) = &service.guide else { return };
    let path = format!("{path}.guide");
    for (name, value) in [
        ("basis", &guide.basis),
        ("conditions", &guide.conditions),
        ("criteria", &guide.criteria),
        ("procedure", &guide.procedure),
        ("limit", &guide.limit),
    ] {
        found.text_or_none(format!("{path}.{name}"), value.as_deref(), TEXT_MAX);
    }
    check_list(&format!("{path}.materials"), &guide.materials, found);
    check_some(
        &format!("{path}.main_materials"),
        (&guide.main_materials, guide),
        found,
    );
    if let Some(rongque) = &guide.rongque {
        check_rongque(&format!("{path}.rongque"), (rongque, guide), found);
    }
    if let Some(promise) = &guide.promise {
        check_promise(&format!("{path}.promise"), promise, found);
    }
}

/// No channel may be the only one without a law. **Source**: 第十六条 s2.
fn check_channel(path: &str, service: &Service, found: &mut Faults) {
    let path = format!("{path}.channel_basis");
    let basis = service.channel_basis.as_deref();
    found.text_or_none(path.clone(), basis, BASIS_MAX);
    let is_limited = service.online_only || service.booking_only;
    if is_limited && basis.is_none_or(|basis| basis.trim().is_empty()) {
        found.add(
            path,
            "限定办理渠道(只能网上或只能预约)须填写法律、法规依据(第十六条)",
            "a service that is online only or booking only needs its basis in law",
        );
    }
}

fn check_list(path: &str, list: &[String], found: &mut Faults) {
    found.count(path, list.len());
    for (i, one) in list.iter().enumerate() {
        found.text(format!("{path}[{i}]"), one, MATERIAL_MAX);
    }
}

/// Each is one of the guide's materials, and once.
fn check_some(path: &str, (list, guide): (&[String], &Guide), found: &mut Faults) {
    check_list(path, list, found);
    let mut seen = BTreeSet::new();
    for (i, one) in list.iter().enumerate() {
        if !guide.materials.contains(one) {
            found.add(
                format!("{path}[{i}]"),
                format!("“{one}”不在申请材料中"),
                format!("`{one}` is not among the materials"),
            );
        }
        if !seen.insert(one) {
            found.twice(format!("{path}[{i}]"), one);
        }
    }
}

/// A main material cannot be lacking. **Source**: 第十七条 s2.
fn check_rongque(path: &str, (rongque, guide): (&Rongque, &Guide), found: &mut Faults) {
    let materials = format!("{path}.materials");
    if rongque.materials.is_empty() {
        found.add(
            materials.clone(),
            "至少一项可容缺的材料",
            "at least one material",
        );
    }
    check_some(&materials, (&rongque.materials, guide), found);
    for (i, one) in rongque.materials.iter().enumerate() {
        if guide.main_materials.contains(one) {
            found.add(
                format!("{materials}[{i}]"),
                format!("“{one}”是主要申请材料,不能容缺(第十七条)"),
                format!("`{one}` is a main material and cannot be lacking"),
            );
        }
    }
    let conditions = rongque.conditions.as_deref();
    found.text_or_none(format!("{path}.conditions"), conditions, TEXT_MAX);
}

fn check_promise(path: &str, promise: &Promise, found: &mut Faults) {
    for (name, value) in [
        ("content", &promise.content),
        ("requirements", &promise.requirements),
        ("liability", &promise.liability),
    ] {
        found.text_or_none(format!("{path}.{name}"), value.as_deref(), TEXT_MAX);
    }
}
