//! What a hall of each level must have, element by element.
//!
//! **Source**: 第九条, 第十条, 第十一条; the annex takes a point off for each that is missing.

use super::ElementKind as K;
use crate::evidence::annex::Scope;
use crate::evidence::{Article, Item};
use crate::plan::Level;
use crate::text::Text;

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// Its code.
    pub code: &'static str,
    /// Its name in the norm.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// What it is.
    pub kind: super::ElementKind,
    /// The halls that must have it.
    pub scope: Scope,
    /// The article that asks for it.
    pub article: Article,
    /// The item that a missing one counts for.
    pub item: Item,
    /// 有条件的: never counted as missing.
    pub optional: bool,
}

const fn element(
    code: &'static str,
    (zh, en): (&'static str, &'static str),
    kind: K,
    scope: Scope,
) -> Element {
    let (article, item) = match kind {
        K::Zone | K::Window | K::Device | K::Access => (Article::A9, Item::P1),
        K::Convenience => (Article::A10, Item::P2),
        K::Sign => (Article::A11, Item::P2),
    };
    Element {
        code,
        zh,
        en,
        kind,
        scope,
        article,
        item,
        optional: false,
    }
}

const CENTRES: Scope = Scope::Centres;
const STATIONS: Scope = Scope::Stations;
const EVERY: Scope = Scope::Every;

/// Every element, in the order of the norm.
pub const ELEMENTS: [Element; 43] = [
    element(
        "zone-guide",
        ("咨询引导区", "guidance zone"),
        K::Zone,
        CENTRES,
    ),
    element("zone-help", ("帮办代办区", "help zone"), K::Zone, EVERY),
    element(
        "zone-general",
        ("综合受理区", "reception zone"),
        K::Zone,
        EVERY,
    ),
    element(
        "zone-self",
        ("自助网办区", "self-service zone"),
        K::Zone,
        CENTRES,
    ),
    element("zone-wait", ("休息等候区", "waiting zone"), K::Zone, EVERY),
    element(
        "window-general",
        ("无差别综合受理窗口", "general window"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-elder",
        ("老年人服务窗口", "window for the elderly"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-soldier",
        ("军人依法优先窗口", "window for soldiers"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-helper",
        ("帮办代办窗口", "helper window"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-crossregion",
        ("通办服务窗口", "cross-region window"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-oversight",
        ("无证明城市监督窗口", "no-proof oversight window"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-complaint",
        ("监督“找茬”窗口", "complaint window"),
        K::Window,
        CENTRES,
    ),
    element(
        "window-desk",
        ("窗口办事工位", "service desk"),
        K::Window,
        STATIONS,
    ),
    element(
        "device-self",
        ("政务服务自助机", "self-service machine"),
        K::Device,
        CENTRES,
    ),
    element(
        "device-form",
        ("自助申报电脑", "self-application computer"),
        K::Device,
        CENTRES,
    ),
    element(
        "device-scanner",
        ("高拍仪", "document camera"),
        K::Device,
        EVERY,
    ),
    element("device-copier", ("复印机", "copier"), K::Device, EVERY),
    element(
        "device-screen",
        ("多媒体屏幕", "screen"),
        K::Device,
        CENTRES,
    ),
    element("device-kiosk", ("叫号机", "kiosk"), K::Device, CENTRES),
    element(
        "device-table",
        ("桌椅", "tables and chairs"),
        K::Device,
        STATIONS,
    ),
    element("device-computer", ("电脑", "computer"), K::Device, STATIONS),
    element("device-phone", ("电话", "telephone"), K::Device, STATIONS),
    element("device-printer", ("打印机", "printer"), K::Device, STATIONS),
    element(
        "device-cabinet",
        ("资料柜", "filing cabinet"),
        K::Device,
        STATIONS,
    ),
    element(
        "device-internet",
        ("互联网", "internet"),
        K::Device,
        STATIONS,
    ),
    element(
        "access-barrier-free",
        ("无障碍环境", "barrier-free access"),
        K::Access,
        CENTRES,
    ),
    element(
        "access-elderly",
        ("适老化改造", "adaptation for the elderly"),
        K::Access,
        CENTRES,
    ),
    element(
        "access-way",
        ("特殊人群办事通道", "way for people with special needs"),
        K::Access,
        STATIONS,
    ),
    element(
        "access-kit",
        ("特殊群体需求设施", "equipment for special needs"),
        K::Access,
        STATIONS,
    ),
    element(
        "rating-pad",
        ("“好差评”评价器", "rating pad"),
        K::Access,
        CENTRES,
    ),
    element(
        "rating-code",
        ("“好差评”二维码", "rating code"),
        K::Access,
        STATIONS,
    ),
    element(
        "online-zone",
        ("网上办事体验区", "online service zone"),
        K::Access,
        CENTRES,
    ),
    element(
        "post-sign",
        ("窗口岗位牌", "post sign"),
        K::Access,
        STATIONS,
    ),
    element(
        "medicine-box",
        ("便民药箱", "medicine box"),
        K::Convenience,
        EVERY,
    ),
    element(
        "service-box",
        ("便民服务盒", "service box"),
        K::Convenience,
        EVERY,
    ),
    element(
        "glasses",
        ("老花镜", "reading glasses"),
        K::Convenience,
        EVERY,
    ),
    element("wheelchair", ("轮椅", "wheelchair"), K::Convenience, EVERY),
    element("umbrella", ("雨伞", "umbrella"), K::Convenience, EVERY),
    Element {
        optional: true,
        ..element("aed", ("AED自动除颤仪", "AED"), K::Convenience, EVERY)
    },
    element(
        "sign-identity",
        ("统一形象标识", "common identity"),
        K::Sign,
        EVERY,
    ),
    element(
        "sign-prohibition",
        ("“禁止吸烟”等禁止标志", "prohibition signs"),
        K::Sign,
        EVERY,
    ),
    element(
        "sign-warning",
        ("“注意安全”等警告标志", "warning signs"),
        K::Sign,
        EVERY,
    ),
    element(
        "sign-exit",
        ("“紧急出口”等提示标志", "exit signs"),
        K::Sign,
        EVERY,
    ),
];

/// The elements of a hall of that level.
pub fn elements(level: Level) -> impl Iterator<Item = &'static Element> {
    ELEMENTS.iter().filter(move |one| one.scope.covers(level))
}

impl Element {
    /// Its name for people.
    pub fn name(&self) -> Text {
        Text::new(self.zh, self.en)
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn a_centre_and_a_station_have_what_the_norm_counts() {
        let count = |level, kind| elements(level).filter(|one| one.kind == kind).count();
        assert_eq!(count(Level::Town, K::Zone), 5);
        assert_eq!(count(Level::District, K::Window), 7, "综合 and six kinds");
        assert_eq!(count(Level::District, K::Device), 6);
        assert_eq!(count(Level::Village, K::Zone), 3);
        // 高拍仪 and 复印机 are asked for in both; 桌椅 to 资料柜 and the line in stations alone.
        assert_eq!(count(Level::Village, K::Device), 8);
        let codes: BTreeSet<_> = ELEMENTS.iter().map(|one| one.code).collect();
        assert_eq!(codes.len(), ELEMENTS.len());
        let optional = ELEMENTS.iter().filter(|one| one.optional);
        assert_eq!(optional.map(|one| one.code).collect::<Vec<_>>(), ["aed"]);
    }
}
