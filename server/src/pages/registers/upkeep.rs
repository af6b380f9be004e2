//! 设施用品与检查: what waits for somebody first, then every element of the hall.

use askama::Template;
use hall::DateTime;
use hall::records::{Due, DueKind, ElementKind, ElementState};
use hall::view::HallName;

use crate::pages::{Viewer, moment, phrases};
use crate::routes::records::upkeep::{ElementView, UpkeepView};

/// What the page of upkeep shows.
#[derive(Debug, Clone)]
pub(crate) struct UpkeepData {
    /// Who looks.
    pub(crate) viewer: Viewer,
    /// The hall.
    pub(crate) hall: HallName,
    /// The hall's time.
    pub(crate) at: DateTime,
    /// Whether the clock is a pretended one.
    pub(crate) pretend: bool,
    /// Whether the person may write.
    pub(crate) writes: bool,
    /// What is kept.
    pub(crate) upkeep: UpkeepView,
}

#[derive(Template)]
#[template(path = "pages/registers/upkeep.html")]
struct Page<'a> {
    data: &'a UpkeepData,
}

/// The page of upkeep.
///
/// # Errors
///
/// When the template cannot be written.
pub(crate) fn page(data: &UpkeepData) -> Result<String, askama::Error> {
    Page { data }.render()
}

impl UpkeepData {
    fn groups(&self) -> Vec<(&'static str, Vec<&ElementView>)> {
        let kinds = [
            (ElementKind::Zone, "功能区"),
            (ElementKind::Window, "服务窗口"),
            (ElementKind::Device, "便民设备"),
            (ElementKind::Access, "无障碍、适老化与评价"),
            (ElementKind::Convenience, "应急与便民用品"),
            (ElementKind::Sign, "标识标牌"),
        ];
        let of = |kind: ElementKind| {
            let all = self.upkeep.elements.iter();
            all.filter(|one| one.kind == kind).collect()
        };
        kinds
            .into_iter()
            .map(|(kind, name)| (name, of(kind)))
            .collect()
    }

    fn state(one: &ElementView) -> (&'static str, &'static str) {
        match one.state {
            Some(ElementState::Present) => ("具备", "is-idle"),
            Some(ElementState::Merged) => ("合并设置", "is-preparing"),
            Some(ElementState::Missing) if one.optional => ("未配备(有条件的可配备)", ""),
            Some(ElementState::Missing) => ("缺少", "is-no-show"),
            None => ("未核对", ""),
        }
    }

    fn is_zone(one: &ElementView) -> bool {
        one.kind == ElementKind::Zone
    }

    fn is_lent(one: &ElementView) -> bool {
        ["glasses", "wheelchair", "umbrella"].contains(&one.code.as_str())
    }

    fn due(due: &Due) -> (&'static str, &'static str) {
        match due.kind {
            DueKind::Expired => ("已过期", "is-no-show"),
            DueKind::Expires => ("将过期", "is-paused"),
            DueKind::Missing => ("缺少", "is-no-show"),
            DueKind::Fault => ("待维修", "is-paused"),
        }
    }
}
