//! The bytes of slips, read back as a printer reads them.

use std::fmt::Write;

use chrono::DateTime;
use encoding_rs::GB18030;
use hall::view::{Slip, Wait};
use proptest::prelude::*;

use super::bitmap::Drawing;
use super::parse::{self, Command, Next};
use super::{Encoding, JobAnswer, PaperWidth, Profile, QrPrint, job};

/// A slip with everything on it.
pub(super) fn slip() -> Slip {
    Slip {
        hall: "青禾区政务服务中心".into(),
        hall_en: Some("Qinghe District Government Service Centre".into()),
        number: "A003".into(),
        service: "企业开办".into(),
        service_en: Some("Business registration".into()),
        green: true,
        ahead: 2,
        windows: vec!["3".into(), "5".into()],
        wait: Some(Wait {
            p50_min: 10,
            p90_min: 20,
        }),
        issued_at: DateTime::parse_from_rfc3339("2026-11-24T09:05:00+08:00").unwrap(),
        check: "7K2M".into(),
        ticket_url: Some("https://hall.example/t/Zr3kTq9".into()),
        complaint_phone: Some("12345".into()),
        reinstate_after: 3,
        copy: 1,
    }
}

fn drawing() -> Drawing {
    Drawing::open(&Profile::default().font)
        .expect("the font of fonts-wqy-zenhei is there: apt-get install fonts-wqy-zenhei")
}

fn bytes(slip: &Slip, profile: &Profile) -> Vec<u8> {
    job::bytes(slip, profile, Some(&drawing())).unwrap()
}

/// Every command of a job; no byte is left over.
fn commands(bytes: &[u8]) -> Vec<Command> {
    let (mut commands, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let Next::Command(command, length) = parse::next(&bytes[at..]) else {
            panic!("the job ends within a command at byte {at}");
        };
        commands.push(command);
        at += length;
    }
    commands
}

/// The commands as a listing, text as it is read.
fn listing(bytes: &[u8]) -> String {
    let mut listing = String::new();
    for command in commands(bytes) {
        let line = if let Command::Text(text) = command {
            format!("  {}", GB18030.decode(&text).0)
        } else if let Command::Raster { bytes_wide, data } = command {
            let rows = data.len() / usize::try_from(bytes_wide).unwrap();
            format!("  [picture {} x {rows}]", bytes_wide * 8)
        } else if let Command::QrStore(data) = command {
            format!("  [code {}]", String::from_utf8(data).unwrap())
        } else {
            format!("{command:?}")
        };
        writeln!(listing, "{line}").unwrap();
    }
    listing
}

/// Only what is read: the text and where it is not text.
fn said(bytes: &[u8]) -> String {
    let lines = listing(bytes);
    let said = lines.lines().filter(|line| line.starts_with("  "));
    said.map(str::trim_start).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_whole_slip_of_an_80_mm_printer() {
    insta::assert_snapshot!(listing(&bytes(&slip(), &Profile::default())));
}

#[test]
fn a_plain_slip_of_a_58_mm_printer_without_a_cutter() {
    let plain = Slip {
        green: false,
        hall_en: None,
        service_en: None,
        wait: None,
        ahead: 0,
        ticket_url: None,
        complaint_phone: None,
        ..slip()
    };
    let profile = Profile {
        width: PaperWidth::Mm58,
        cutter: false,
        chinese_mode: false,
        ..Profile::default()
    };
    insta::assert_snapshot!(listing(&bytes(&plain, &profile)));
}

#[test]
fn a_copy_says_so_and_is_otherwise_the_same() {
    let copy = Slip { copy: 2, ..slip() };
    let copy = said(&bytes(&copy, &Profile::default()));
    assert!(copy.contains("补打 第2张 COPY 2"));
    let original = said(&bytes(&slip(), &Profile::default()));
    assert_eq!(copy.replace("补打 第2张 COPY 2\n", ""), original);
}

#[test]
fn characters_the_code_lacks_are_drawn_and_the_other_lines_are_not() {
    let rare = Slip {
        service: "㐀𠮷镕事务".into(),
        ..slip()
    };
    for encoding in [Encoding::Gb18030, Encoding::Gbk] {
        let profile = Profile {
            encoding,
            ..Profile::default()
        };
        let said = said(&bytes(&rare, &profile));
        assert_eq!(said.matches("[picture").count(), 1, "{said}");
        assert!(said.contains("青禾区政务服务中心") && !said.contains("事务"));
    }
    // No font: the printer's own 〓 stands for them.
    let plain = job::bytes(&rare, &Profile::default(), None).unwrap();
    assert!(said(&plain).contains("〓〓镕事务"));
}

#[test]
fn the_euro_sign_is_one_byte_in_gbk_and_therefore_drawn() {
    let euro = Slip {
        service: "€外汇".into(),
        ..slip()
    };
    let profile = Profile {
        encoding: Encoding::Gbk,
        ..Profile::default()
    };
    assert!(said(&bytes(&euro, &profile)).contains("[picture"));
    assert!(said(&bytes(&euro, &Profile::default())).contains("€外汇"));
}

#[test]
fn a_raster_printer_gets_pictures_only() {
    let profile = Profile {
        encoding: Encoding::Raster,
        qr: QrPrint::Raster,
        chinese_mode: false,
        ..Profile::default()
    };
    let commands = commands(&bytes(&slip(), &profile));
    assert!(
        !commands
            .iter()
            .any(|c| matches!(c, Command::Text(_) | Command::QrPrint))
    );
    let pictures = commands
        .iter()
        .filter(|c| matches!(c, Command::Raster { .. }));
    assert!(pictures.count() > 20);
}

#[test]
fn utf8_text_goes_out_as_it_is() {
    let profile = Profile {
        encoding: Encoding::Utf8,
        ..Profile::default()
    };
    let bytes = bytes(&slip(), &profile);
    let name = "青禾区政务服务中心".as_bytes();
    assert!(bytes.windows(name.len()).any(|part| part == name));
}

#[test]
fn an_address_that_is_no_plain_text_is_no_code() {
    for url in ["https://x/\u{1b}@", "https://例", "", &"x".repeat(400)] {
        let slip = Slip {
            ticket_url: Some(url.into()),
            ..slip()
        };
        let bytes = bytes(&slip, &Profile::default());
        assert!(!commands(&bytes).contains(&Command::QrPrint), "{url}");
    }
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(
            prop::sample::select(vec![
                '\u{1b}', '\u{1d}', '\u{10}', '\u{1c}', '\0', '\u{4}', '\u{14}', '\n', '\r', '@',
                'V', '(', 'k', '&', '\u{9b}', '\u{85}', '中', '𠮷', '€', '\u{e000}', '\u{fffd}'
            ]),
            0..40
        )
        .prop_map(|chars| chars.into_iter().collect()),
    ]
}

prop_compose! {
    fn any_slip()(
        texts in prop::collection::vec(hostile(), 8),
        windows in prop::collection::vec(hostile(), 0..4),
        (green, ahead, reinstate_after, copy) in any::<(bool, u32, u32, u32)>(),
    ) -> Slip {
        let text = |n: usize| texts[n].clone();
        Slip {
            hall: text(0), hall_en: Some(text(1)), number: text(2), service: text(3),
            service_en: Some(text(4)), check: text(5), ticket_url: Some(text(6)),
            complaint_phone: Some(text(7)), windows, green, ahead, reinstate_after, copy, ..slip()
        }
    }
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let encoding = prop::sample::select(vec![Encoding::Gb18030, Encoding::Gbk, Encoding::Utf8]);
    (encoding, any::<(bool, bool, bool, bool)>()).prop_map(|(encoding, bits)| {
        let (narrow, cutter, native, chinese_mode) = bits;
        Profile {
            encoding,
            width: if narrow {
                PaperWidth::Mm58
            } else {
                PaperWidth::Mm80
            },
            cutter,
            qr: if native {
                QrPrint::Native
            } else {
                QrPrint::Raster
            },
            chinese_mode,
            job_answer: JobAnswer::PaperStatus,
            ..Profile::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_text_of_a_slip_can_command_the_printer(slip in any_slip(), profile in any_profile()) {
        let drawing = drawing();
        let bytes = job::bytes(&slip, &profile, Some(&drawing)).unwrap();
        let (at_once, rest) = parse::real_time(&mut bytes.clone());
        prop_assert!(at_once.is_empty() && rest == bytes, "a real-time command");
        let count = |wanted: fn(&Command) -> bool| commands(&bytes).iter().filter(|c| wanted(c)).count();
        prop_assert_eq!(count(|c| matches!(c, Command::Unknown(_))), 0);
        prop_assert_eq!(count(|c| matches!(c, Command::Reset)), 1);
        prop_assert_eq!(count(|c| matches!(c, Command::Cut)), usize::from(profile.cutter));
        prop_assert_eq!(count(|c| matches!(c, Command::AskPaper | Command::AskProcess(_))), 0);
        prop_assert_eq!(count(|c| matches!(c, Command::Chinese(_))), 2 * usize::from(profile.chinese_mode));
        let qr = commands(&bytes).into_iter().find_map(|c| {
            if let Command::QrStore(data) = c { Some(data) } else { None }
        });
        let url = slip.ticket_url.unwrap_or_default();
        prop_assert!(qr.is_none_or(|data| data == url.as_bytes()));
    }
}
