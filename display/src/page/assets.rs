//! Style sheets and scripts, built into the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Every file: name, type, text.
const FILES: &[(&str, &str, &str)] = &[
    ("base.css", CSS, include_str!("css/base.css")),
    ("board.css", CSS, include_str!("css/board.css")),
    ("pad.css", CSS, include_str!("css/pad.css")),
    ("screen.css", CSS, include_str!("css/screen.css")),
    ("announce.js", SCRIPT, include_str!("js/announce.js")),
    ("awake.js", SCRIPT, include_str!("js/awake.js")),
    ("banner.js", SCRIPT, include_str!("js/banner.js")),
    ("chime.js", SCRIPT, include_str!("js/chime.js")),
    ("line.js", SCRIPT, include_str!("js/line.js")),
    ("live.js", SCRIPT, include_str!("js/live.js")),
    ("pad.js", SCRIPT, include_str!("js/pad.js")),
    ("pages.js", SCRIPT, include_str!("js/pages.js")),
    ("queue.js", SCRIPT, include_str!("js/queue.js")),
    ("sound.js", SCRIPT, include_str!("js/sound.js")),
    ("swap.js", SCRIPT, include_str!("js/swap.js")),
];

/// Names this build of style and scripts. A page of another build loads itself anew when it hears
/// of this one.
///
/// **Shape**: sixteen hexadecimal digits, FNV-1a of every file.
pub(crate) fn build() -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (_, _, text) in FILES {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

pub(crate) async fn file(Path(name): Path<String>) -> Response {
    let Some((_, kind, text)) = FILES.iter().find(|(known, ..)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Asked for again each time: after an upgrade no page is half old.
    let kept = (header::CACHE_CONTROL, "no-cache");
    ([(header::CONTENT_TYPE, *kind), kept], *text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Chromium 80 does not know. **Source**: DESIGN §2.
    const NEWER_CSS: &[&str] = &[
        "@layer",
        ":has(",
        ":is(",
        "inset:",
        "aspect-ratio",
        "\n  gap:",
        " gap:",
        " row-gap",
        "&:",
        "& ",
        "dvh",
        "color-mix",
        "clamp(1",
        "@container",
    ];
    const NEWER_SCRIPT: &[&str] = &[
        "?.",
        "??",
        "replaceAll",
        ".at(",
        "||=",
        "&&=",
        "await import",
        " #",
        "static ",
        "allSettled",
        "matchAll",
        "replaceChildren",
        "structuredClone",
    ];
    /// **Source**: the project's style: one behaviour a file, under 60 lines.
    const SCRIPT_LINES: usize = 60;

    #[test]
    fn nothing_is_newer_than_the_browsers_of_boards() {
        for (name, kind, text) in FILES {
            let newer = if *kind == CSS {
                NEWER_CSS
            } else {
                NEWER_SCRIPT
            };
            for word in newer {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }

    #[test]
    fn scripts_are_short() {
        for (name, _, text) in FILES.iter().filter(|(_, kind, _)| *kind == SCRIPT) {
            let lines = text.lines().count();
            assert!(lines < SCRIPT_LINES, "{name} has {lines} lines");
        }
    }

    #[test]
    fn a_build_has_one_name() {
        assert_eq!(build().len(), 16);
        assert_eq!(build(), build());
    }
}
