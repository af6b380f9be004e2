//! 告知单 on a receipt printer: two copies with a cut between, every word on the paper.

use std::net::{Ipv4Addr, SocketAddr};

use hall::view::{NoticeLine, NoticePaper};

use super::{Encoding, Outcome, PaperWidth, Printer, Profile, QrPrint, VirtualPrinter};

fn line(text: &str, strong: bool) -> NoticeLine {
    NoticeLine {
        text: text.into(),
        strong,
    }
}

pub(super) fn notice() -> NoticePaper {
    NoticePaper {
        hall: "青禾区政务服务中心".into(),
        title: "容缺受理通知书".into(),
        copies: vec!["第一联 交申请人".into(), "第二联 窗口留存".into()],
        lines: vec![
            line("企业开办", true),
            line("号码 A003  3号窗口  2026-11-24 09:05", false),
            line("", false),
            line("1. 请补齐:法定代表人近期免冠照片", true),
            line(
                "2. 登记申请书“住所”项填写错误,应填写:按产权证填写到门牌号",
                true,
            ),
            line("", false),
            line("5个工作日内补齐,至2026-12-01止", true),
            line("逾期处理:逾期未补齐补正的,视为撤回申请", false),
            line("申请人签名", false),
        ],
        code: "7K2M9XQ4".into(),
    }
}

async fn printed(profile: Profile) -> (VirtualPrinter, Outcome) {
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let pretend = VirtualPrinter::start(local).await.unwrap();
    let address = format!("tcp://{}", pretend.address()).parse().unwrap();
    let outcome = Printer::new(address, profile).print_notice(&notice()).await;
    (pretend, outcome)
}

#[tokio::test]
async fn two_copies_come_out_with_a_cut_between() {
    for width in [PaperWidth::Mm80, PaperWidth::Mm58] {
        let profile = Profile {
            width,
            ..Profile::default()
        };
        let (pretend, outcome) = printed(profile).await;
        assert_eq!(outcome, Outcome::Printed);
        let papers = pretend.papers();
        assert_eq!(papers.len(), 2, "two papers");
        for (paper, copy) in papers.iter().zip(["第一联 交申请人", "第二联 窗口留存"])
        {
            assert!(!paper.is_torn());
            let text: String = paper.text().split_whitespace().collect();
            for words in [
                "容缺受理通知书",
                copy,
                "1. 请补齐:法定代表人近期免冠照片",
                "应填写:按产权证填写到门牌号",
                "5个工作日内补齐,至2026-12-01止",
                "申请人签名:____",
                "7K2M9XQ4",
            ] {
                let words: String = words.split_whitespace().collect();
                assert!(text.contains(&words), "{words} in {text}");
            }
            assert_eq!(paper.qr().as_deref(), Some("7K2M9XQ4"));
        }
        assert!(pretend.unknown_commands().is_empty());
    }
}

#[tokio::test]
async fn a_printer_that_is_drawn_to_takes_it_too() {
    let profile = Profile {
        encoding: Encoding::Raster,
        qr: QrPrint::Raster,
        ..Profile::default()
    };
    let (pretend, outcome) = printed(profile).await;
    assert_eq!(outcome, Outcome::Printed);
    assert_eq!(pretend.papers().len(), 2);
}

#[tokio::test]
async fn without_paper_nothing_is_sent() {
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let pretend = VirtualPrinter::start(local).await.unwrap();
    pretend.run_out_of_paper();
    let address = format!("tcp://{}", pretend.address()).parse().unwrap();
    let printer = Printer::new(address, Profile::default());
    let outcome = printer.print_notice(&notice()).await;
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    assert!(pretend.papers().is_empty());
}
