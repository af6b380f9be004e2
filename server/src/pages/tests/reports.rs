//! The page of reports: what it says when there is little to say, and what slips promised.

use super::world::{World, viewer};
use crate::pages::reports::{self, ReportData};
use crate::reports::{Grouping, Report, ToldDot, ToldWaits};

fn html(told: ToldWaits) -> String {
    let world = World::new();
    let day = world.now.date_in(world.hall.zone());
    let report = Report {
        hall: "centre".into(),
        hall_name: "示例大厅".into(),
        from: day,
        to: day,
        by: Grouping::Day,
        note: hall::evidence::disclaimer(),
        columns: Vec::new(),
        rows: Vec::new(),
        total: Vec::new(),
        trend: Vec::new(),
        hours: Vec::new(),
        waits: Vec::new(),
        targets_min: vec![15],
        told,
        definitions: hall::evidence::DEFINITIONS,
        seq: 1,
    };
    let data = ReportData {
        viewer: viewer(),
        hall: world.hall.hall_name(),
        at: world.now.in_zone(world.hall.zone()),
        pretend: false,
        windows: Vec::new(),
        report,
    };
    reports::page(&data).expect("a page")
}

#[test]
fn a_page_without_a_fact_says_so_plainly() {
    let html = html(ToldWaits::default());
    assert!(html.contains("这段时间没有人取号。"));
    assert!(html.contains("没有告知预计等候,无从比较。"));
    assert!(!html.contains("<polyline") && !html.contains("<circle"));
}

#[test]
fn who_waited_longer_than_told_is_a_cross_and_not_only_a_colour() {
    let dot = |waited_min| ToldDot {
        p50_min: 5,
        p90_min: 12,
        waited_min,
    };
    let html = html(ToldWaits {
        count: 3,
        kept: Some(66.7),
        kept_median: Some(33.3),
        dots: vec![dot(4.0), dot(12.0), dot(13.5)],
    });
    assert_eq!(html.matches("<circle class=\"dot\"").count(), 2);
    assert_eq!(html.matches("<path class=\"missed\"").count(), 1);
    let said = "告知过等候的3个号中,66.7%不超过所告上限(目标90%),33.3%不超过所告中位数(目标50%)。";
    assert!(html.contains(said), "the picture has its sentence");
}
