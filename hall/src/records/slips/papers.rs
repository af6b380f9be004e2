//! The list of a slip: all at once, each once, as the service guide names them.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Lack, LackKind, Slip};
use crate::records::objection;
use crate::{Hall, Refusal, ServiceCode};

/// Papers that the service guide names; empty when the hall has no guide of the service.
pub fn guide_papers<'a>(hall: &'a Hall, service: &ServiceCode) -> &'a [String] {
    let guide = hall.plan().and_then(|plan| plan.service(service));
    let guide = guide.and_then(|service| service.guide.as_ref());
    guide.map_or(&[], |guide| &guide.materials)
}

/// Papers of the list that the guide does not name. Without a guide nothing can be said.
pub(super) fn outside_guide(hall: &Hall, service: &ServiceCode, items: &[Lack]) -> Vec<String> {
    let known = guide_papers(hall, service);
    if known.is_empty() {
        return Vec::new();
    }
    let outside = items.iter().filter(|item| !known.contains(&item.paper));
    let mut names: Vec<_> = outside.map(|item| item.paper.clone()).collect();
    names.dedup();
    names
}

/// A main paper is there and in lawful form, or nothing can be accepted without the rest (第十七条).
///
/// # Errors
///
/// The first paper of the list that the guide counts among the main ones.
pub(super) fn check_main(
    hall: &Hall,
    service: &ServiceCode,
    items: &[Lack],
) -> Result<(), Refusal> {
    let service = hall.plan().and_then(|plan| plan.service(service));
    let guide = service.and_then(|service| service.guide.as_ref());
    let main = guide.map_or(&[][..], |guide| guide.main_materials.as_slice());
    let Some(lacks) = items.iter().find(|item| main.contains(&item.paper)) else {
        return Ok(());
    };
    Err(objection(
        "main_paper_lacks",
        "items",
        format!("“{}”是主要申请材料,不能容缺(第十七条)", lacks.paper),
        format!("`{}` is a main paper and cannot be lacking", lacks.paper),
    ))
}

/// Each paper once, and how a wrong entry should be written.
///
/// # Errors
///
/// The first fault of the list.
pub(super) fn check(items: &[Lack]) -> Result<(), Refusal> {
    for (i, item) in items.iter().enumerate() {
        if item.kind == LackKind::Wrong && (item.part.is_none() || item.how.is_none()) {
            return Err(objection(
                "how_to_write_needed",
                "items",
                format!(
                    "“{}”填写错误的,请写明哪一项、应如何填写(第八条(二)3)",
                    item.paper
                ),
                format!("item {i}: a wrong entry needs its place and how to write it"),
            ));
        }
        let before = items.iter().take(i);
        if before.into_iter().any(|other| is_same(other, item)) {
            return Err(objection(
                "item_twice",
                "items",
                format!("“{}”重复列出,每份材料只列一次", item.paper),
                format!("item {i}: the paper is on the list already"),
            ));
        }
    }
    Ok(())
}

/// A paper that is missing is named once; one with wrong entries once for each.
fn is_same(a: &Lack, b: &Lack) -> bool {
    let both_wrong = a.kind == LackKind::Wrong && b.kind == LackKind::Wrong;
    a.paper == b.paper && (!both_wrong || a.part == b.part)
}

/// Papers of the list that no slip of the visits before names. An entry of a form that was missing
/// the first time is not new.
pub(super) fn new_items(before: &[&Slip], items: &[Lack]) -> Vec<String> {
    let known = |item: &Lack| {
        let earlier = before.iter().flat_map(|slip| &slip.given().items);
        earlier.into_iter().any(|old| {
            old.paper == item.paper && (old.kind == LackKind::Missing || is_same(old, item))
        })
    };
    let new = items.iter().filter(|item| !known(item));
    let mut names: Vec<_> = new.map(|item| item.paper.clone()).collect();
    names.dedup();
    names
}
