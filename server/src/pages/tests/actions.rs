//! Every action in the HTML points to a route of the API, and the HTML is safe.

use hall::{Command, ParkingKind};

use super::others::{floor_data, visit};
use super::world::{World, viewer, window};
use crate::http::access;
use crate::pages::console::{self, ConsoleData};
use crate::pages::home::{self, HomeData, HomeHall};
use crate::pages::login::{self, LoginData};
use crate::pages::{floor, public_ticket};

/// Every page that was thought of, in a hall whose names end in `hostile`.
fn every_page(hostile: &str) -> Vec<String> {
    let mut world = World::named(hostile);
    let mut pages = vec![login::page(&LoginData::default()).expect("a page")];
    let mut shoot = |world: &World| {
        let position = world.position();
        let seen_by = viewer();
        let data = ConsoleData::of(&world.hall, &window("1"), &position, seen_by).expect("data");
        pages.push(console::page(&data).expect("a page"));
        pages.push(floor::page(&floor_data(world, true)).expect("a page"));
    };
    shoot(&world);
    world.open("1");
    for _ in 0..4 {
        world.issue("B");
    }
    shoot(&world);
    world.call("1");
    shoot(&world);
    world.later(61);
    world.act(&Command::MarkNoShow {
        window: window("1"),
    });
    world.call("1");
    world.start("1");
    let ticket = world.hall.windows()[&window("1")].ticket.expect("a ticket");
    world.act(&Command::AddMatter {
        ticket,
        service: "D".into(),
    });
    shoot(&world);
    world.act(&Command::Park {
        ticket,
        kind: ParkingKind::AnyWindow,
        reason: hostile.into(),
    });
    shoot(&world);
    world.open("2");
    world.act(&Command::Pause {
        window: window("1"),
        reason: hall::PauseReason::Urgent,
        note: None,
        back_in_min: None,
        cover: None,
    });
    shoot(&world);
    world.act(&Command::Cover {
        window: window("1"),
        clerk: "c02".into(),
    });
    shoot(&world);
    world.go_to(17, 30);
    shoot(&world);
    pages.push(public_ticket::page(&visit(&world, ticket)).expect("a page"));
    let last = *world.hall.tickets().keys().last().expect("a ticket");
    pages.push(public_ticket::page(&visit(&world, last)).expect("a page"));
    pages.push(home_page(&world));
    pages
}

fn home_page(world: &World) -> String {
    let data = HomeData {
        viewer: viewer(),
        at: world.now.in_zone(world.hall.zone()),
        pretend: true,
        halls: vec![HomeHall::of(&world.hall, world.now)],
    };
    home::page(&data).expect("a page")
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mark = format!(" {name}=\"");
    let from = tag.find(&mark)? + mark.len();
    let to = tag[from..].find('"')?;
    Some(&tag[from..from + to])
}

fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').filter_map(|part| part.split('>').next())
}

/// Whether the API has the route, by the table of who may use which.
fn is_route(asked: &str) -> bool {
    let path = asked.split('?').next().unwrap_or(asked);
    access::rules().any(|(method, known, _)| {
        let known = format!("{method} {known}");
        let same = |(known, part): (&str, &str)| known.starts_with('{') || known == part;
        known.split('/').count() == path.split('/').count()
            && known.split('/').zip(path.split('/')).all(same)
    })
}

#[test]
fn every_action_points_to_a_route_of_the_api() {
    let mut used = std::collections::BTreeSet::new();
    for html in every_page("") {
        for tag in tags(&html) {
            if let (Some(method), Some(url)) =
                (attribute(tag, "data-method"), attribute(tag, "data-url"))
            {
                let asked = format!("{method} {url}");
                assert!(is_route(&asked), "{asked}");
                used.insert(asked);
            }
            if let Some(url) = attribute(tag, "data-undo-url") {
                assert!(is_route(&format!("DELETE {url}")), "{url}");
            }
        }
    }
    assert!(used.len() > 20, "the pages offer {} actions", used.len());
}

#[test]
fn every_dialog_that_is_opened_exists_on_its_page() {
    for html in every_page("") {
        for tag in tags(&html) {
            let Some(dialog) = attribute(tag, "data-dialog") else {
                continue;
            };
            assert!(
                html.contains(&format!("<dialog id=\"{dialog}\"")),
                "{dialog}"
            );
        }
    }
}

#[test]
fn no_id_is_twice_on_a_page() {
    for html in every_page("") {
        let mut seen = std::collections::BTreeSet::new();
        for tag in tags(&html) {
            let Some(id) = attribute(tag, "id") else {
                continue;
            };
            assert!(seen.insert(id.to_owned()), "{id}");
        }
    }
}

#[test]
fn hostile_names_stay_text() {
    let hostile = "<b>\"'&x";
    for html in every_page(hostile) {
        assert!(!html.contains("<b>\"'"), "{html}");
        assert!(!html.contains("<b>&#34;"), "{html}");
    }
}

#[test]
fn no_page_has_inline_script_or_style() {
    for html in every_page("") {
        for tag in tags(&html) {
            let script = tag.starts_with("script");
            assert!(!script || tag.contains(" src=\"/assets/"), "{tag}");
            assert!(
                !tag.starts_with("style") && attribute(tag, "style").is_none(),
                "{tag}"
            );
            let handler = tag
                .split(' ')
                .any(|part| part.starts_with("on") && part.contains('='));
            assert!(!handler, "{tag}");
        }
    }
}

#[test]
fn every_file_that_a_page_asks_for_is_served() {
    for html in every_page("") {
        for tag in tags(&html) {
            let asked = attribute(tag, "src").or_else(|| attribute(tag, "href"));
            let Some(name) = asked.and_then(|path| path.strip_prefix("/assets/")) else {
                continue;
            };
            let mut files = crate::pages::assets::FILES.iter();
            assert!(files.any(|(known, ..)| *known == name), "{name}");
        }
    }
}
