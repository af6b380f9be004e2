//! What no screen may ever say. **Source**: 第八条(一).

use crate::pages::{assets, norm, phrases};

const FORBIDDEN: &[&str] = &[
    "不知道",
    "有牌子",
    "自己看",
    "还不懂",
    "不行,重填",
    "没看我正忙",
    "没办过",
    "快点",
    "要下班了",
];

const TEMPLATES: &[&str] = &[
    include_str!("../console/centre.html"),
    include_str!("../console/cover.html"),
    include_str!("../console/desk.html"),
    include_str!("../console/dialogs.html"),
    include_str!("../console/left.html"),
    include_str!("../console/live.html"),
    include_str!("../console/right.html"),
    include_str!("../evidence/page.html"),
    include_str!("../console/slip_fill.html"),
    include_str!("../floor/dialogs.html"),
    include_str!("../floor/live.html"),
    include_str!("../guides/mod.rs"),
    include_str!("../guides/page.html"),
    include_str!("../guides/public.html"),
    include_str!("../guides/public_list.html"),
    include_str!("../home.html"),
    include_str!("../inspect/codes.html"),
    include_str!("../inspect/mod.rs"),
    include_str!("../inspect/page.html"),
    include_str!("../layout.html"),
    include_str!("../login.html"),
    include_str!("../metrics/mod.rs"),
    include_str!("../metrics/page.html"),
    include_str!("../parts/cover_asks.html"),
    include_str!("../parts/cover_decline.html"),
    include_str!("../parts/header_end.html"),
    include_str!("../public_ticket.html"),
    include_str!("../public_ticket.rs"),
    include_str!("../plates/page.html"),
    include_str!("../replay/live.html"),
    include_str!("../replay/page.html"),
    include_str!("../registers/hand_ons.html"),
    include_str!("../registers/messages.html"),
    include_str!("../registers/promises.html"),
    include_str!("../registers/slips.html"),
    include_str!("../slips/mod.rs"),
    include_str!("../slips/new.html"),
    include_str!("../slips/promise.html"),
    include_str!("../slips/sheet.html"),
    include_str!("../slips/words.rs"),
    include_str!("../rating_form.html"),
    include_str!("../registers/briefings.html"),
    include_str!("../registers/cases.html"),
    include_str!("../registers/cases.rs"),
    include_str!("../registers/follow_ups.html"),
    include_str!("../registers/help.html"),
    include_str!("../registers/helps.html"),
    include_str!("../registers/helps_live.html"),
    include_str!("../registers/ratings.html"),
    include_str!("../window_rating.html"),
    include_str!("../registers/deductions.html"),
    include_str!("../registers/hub.html"),
    include_str!("../registers/inspections.html"),
    include_str!("../registers/upkeep.html"),
    include_str!("../sheets/district.html"),
    include_str!("../sheets/mod.rs"),
    include_str!("../sheets/sheet.html"),
    include_str!("../reports/mod.rs"),
    include_str!("../reports/page.html"),
    include_str!("../reports/strip.html"),
    include_str!("../reports/strip.rs"),
    include_str!("../status.rs"),
    include_str!("../tickets.html"),
];

fn is_fit(text: &str) -> bool {
    let plain = text.replace('\u{ff0c}', ",");
    !FORBIDDEN.iter().any(|bad| plain.contains(bad))
}

#[test]
fn no_screen_says_what_the_norm_forbids() {
    assert!(
        !is_fit("不行\u{ff0c}重填"),
        "the lint finds the full-width comma too"
    );
    for phrase in phrases::ALL {
        assert!(is_fit(phrase.zh), "{}", phrase.zh);
    }
    for text in TEMPLATES {
        assert!(is_fit(text));
    }
    for (name, _, content) in assets::FILES {
        assert!(is_fit(content), "{name}");
    }
    for sentence in norm::DONE.iter().chain(norm::TELEPHONE) {
        assert!(is_fit(sentence), "{sentence}");
    }
}

#[test]
fn every_phrase_has_both_languages() {
    for phrase in phrases::ALL {
        assert!(!phrase.zh.is_ascii(), "{}", phrase.zh);
        assert!(
            phrase.en.is_ascii() && !phrase.en.is_empty(),
            "{}",
            phrase.en
        );
    }
}
