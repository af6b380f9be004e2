//! The page's style sheet and scripts, built into the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Every file: name, type, text.
const FILES: &[(&str, &str, &str)] = &[
    (
        "kiosk.css",
        "text/css; charset=utf-8",
        include_str!("css/kiosk.css"),
    ),
    (
        "once.js",
        "text/javascript; charset=utf-8",
        include_str!("js/once.js"),
    ),
    (
        "idle.js",
        "text/javascript; charset=utf-8",
        include_str!("js/idle.js"),
    ),
    (
        "refresh.js",
        "text/javascript; charset=utf-8",
        include_str!("js/refresh.js"),
    ),
];

pub(super) async fn file(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, _, _)| *known == name) {
        Some((_, kind, text)) => ([(header::CONTENT_TYPE, *kind)], *text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_newer_than_the_browsers_of_kiosks() {
        for (name, kind, text) in FILES {
            let forbidden: &[&str] = if kind.starts_with("text/css") {
                &[
                    "@layer",
                    ":has(",
                    "inset:",
                    "aspect-ratio",
                    "\n  gap:",
                    "&:",
                    "dvh",
                    "color-mix",
                ]
            } else {
                &[
                    "?.",
                    "??",
                    "replaceAll",
                    ".at(",
                    "||=",
                    "&&=",
                    "await import",
                    " #",
                ]
            };
            for word in forbidden {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }
}
