//! The house itself: which room may use which, who reads the clock, how long a file may be.

#![expect(clippy::indexing_slicing, reason = "a manifest has these tables")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines before the tests of a file. **Source**: STYLE.md, "Files and functions".
const LINES_MAX: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("cannot read {}: {why}", path.display()))
}

fn table(path: &str) -> toml::Table {
    read(&root().join(path))
        .parse()
        .unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Every file of the repository's rooms that ends so.
fn files(ending: &str) -> Vec<PathBuf> {
    let rooms = [
        "src",
        "hall",
        "link",
        "server",
        "kiosk",
        "display",
        "tests",
        "migrations",
    ];
    let mut found = Vec::new();
    let mut folders: Vec<_> = rooms.iter().map(|room| root().join(room)).collect();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a room is a folder");
        for entry in entries {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 3, "no files end in {ending}");
    found
}

fn rooms_used_by(manifest: &str) -> BTreeSet<String> {
    let rooms = ["hall", "link", "server", "kiosk", "display"];
    let manifest = table(manifest);
    let dependencies = manifest["dependencies"].as_table().expect("a table");
    let used = dependencies
        .keys()
        .filter(|name| rooms.contains(&name.as_str()));
    used.cloned().collect()
}

#[test]
fn arrows_between_rooms_point_one_way() {
    let allowed: [(&str, &[&str]); 5] = [
        ("hall", &[]),
        ("link", &["hall"]),
        ("server", &["hall", "link"]),
        ("kiosk", &["hall", "link"]),
        ("display", &["hall", "link"]),
    ];
    for (room, may) in allowed {
        let used = rooms_used_by(&format!("{room}/Cargo.toml"));
        let may: BTreeSet<_> = may.iter().map(|name| (*name).to_owned()).collect();
        assert!(
            used.is_subset(&may),
            "{room} uses {used:?}, but may use {may:?}"
        );
    }
}

#[test]
fn one_file_reads_the_clock() {
    let calls = [
        "SystemTime::now(",
        "Instant::now(",
        "Utc::now(",
        "Local::now(",
    ];
    for path in files(".rs") {
        if path.ends_with("link/src/clock.rs") || path.ends_with("tests/house/main.rs") {
            continue;
        }
        let text = read(&path);
        // The load generator of a test measures real lengths; rooms ask the clock.
        if path.starts_with(root().join("tests")) {
            continue;
        }
        for call in calls {
            assert!(!text.contains(call), "{} has {call}", path.display());
        }
    }
}

#[test]
fn the_rules_use_no_std_and_no_chance() {
    let lib = read(&root().join("hall/src/lib.rs"));
    assert!(lib.contains("no_std"), "hall is no_std");
    for path in files(".rs") {
        if !path.starts_with(root().join("hall/src")) {
            continue;
        }
        let text = read(&path);
        let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in [
            "std::fs",
            "std::net",
            "std::thread",
            "std::time",
            "tokio",
            "rand::",
            "HashMap<",
        ] {
            assert!(
                !before_tests.contains(word),
                "{} has {word}",
                path.display()
            );
        }
    }
}

#[test]
fn a_file_ends_before_five_hundred_lines() {
    for path in files(".rs") {
        let text = read(&path);
        let before_tests = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let lines = before_tests.lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines", path.display());
    }
}

#[test]
fn a_script_of_a_page_is_one_small_behaviour() {
    let of_pages = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "src");
    for path in files(".js").into_iter().filter(of_pages) {
        let lines = read(&path).lines().count();
        assert!(lines <= 80, "{} has {lines} lines", path.display());
    }
}

#[test]
fn there_is_one_sqlite_one_tls_and_one_websocket() {
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().expect("a list");
    for name in [
        "libsqlite3-sys",
        "rustls",
        "ring",
        "tungstenite",
        "sqlx-core",
        "axum",
    ] {
        let copies = packages
            .iter()
            .filter(|p| p["name"].as_str() == Some(name))
            .count();
        assert_eq!(copies, 1, "copies of {name}");
    }
    for name in [
        "aws-lc-rs",
        "openssl-sys",
        "rusqlite",
        "native-tls",
        "rav1e",
    ] {
        let there = packages.iter().any(|p| p["name"].as_str() == Some(name));
        assert!(!there, "{name} is in the tree");
    }
}

#[test]
fn sqlx_brings_no_macros() {
    // They would compile both drivers and SQLite a second time.
    let manifest = table("Cargo.toml");
    let sqlx = &manifest["workspace"]["dependencies"]["sqlx"];
    let features = sqlx["features"].as_array().expect("a list");
    assert_eq!(sqlx["default-features"].as_bool(), Some(false));
    for feature in features {
        assert!(!["macros", "derive"].contains(&feature.as_str().expect("a name")));
    }
}

#[test]
fn no_third_party_file_is_in_the_rooms() {
    for path in files("") {
        let name = path.to_string_lossy();
        for ending in [
            ".min.js", ".woff", ".woff2", ".ttf", ".otf", ".wasm", ".so", ".a", ".exe",
        ] {
            assert!(!name.ends_with(ending), "{name}");
        }
    }
}

#[test]
fn every_dependency_has_a_line_in_the_readme() {
    let readme = read(&root().join("README.md"));
    let manifest = table("Cargo.toml");
    let dependencies = manifest["workspace"]["dependencies"]
        .as_table()
        .expect("a table");
    for (name, what) in dependencies {
        let ours = what.as_table().is_some_and(|t| t.contains_key("path"));
        let named = readme.contains(&format!("`{name}`"));
        assert!(ours || named, "README.md does not say why {name} is there");
    }
}

#[test]
fn every_dependency_is_used() {
    let manifest = table("Cargo.toml");
    let dependencies = manifest["workspace"]["dependencies"]
        .as_table()
        .expect("a table");
    let manifests = [
        "Cargo.toml",
        "hall/Cargo.toml",
        "link/Cargo.toml",
        "server/Cargo.toml",
        "kiosk/Cargo.toml",
        "display/Cargo.toml",
    ];
    let mut used = BTreeSet::new();
    for path in manifests {
        let manifest = table(path);
        for kind in ["dependencies", "dev-dependencies"] {
            let names = manifest.get(kind).and_then(toml::Value::as_table);
            used.extend(names.into_iter().flatten().map(|(name, _)| name.clone()));
        }
    }
    for name in dependencies.keys() {
        assert!(used.contains(name), "nobody uses {name}");
    }
}

#[test]
fn every_link_of_the_readme_leads_somewhere() {
    let readme = read(&root().join("README.md"));
    let targets = readme.split("](").skip(1);
    let targets = targets.filter_map(|rest| rest.split(')').next());
    let files = targets.filter(|to| !to.starts_with('#') && !to.contains("://"));
    for file in files {
        assert!(root().join(file).exists(), "README.md leads to {file}");
    }
}
