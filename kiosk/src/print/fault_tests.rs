//! Every fault of a printer, against the virtual one. **Source**: RELIABILITY F13–F15.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use encoding_rs::{GB18030, UTF_8};
use hall::view::Slip;

use super::job_tests::slip;
use super::printer::Patience;
use super::{
    Encoding, JobAnswer, Outcome, PaperWidth, Printer, PrinterAddress, PrinterStatus, Profile,
    QrPrint, VirtualPrinter, job,
};

const LOCAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// Short waits; a busy test machine answers well within.
const PATIENCE: Patience = Patience {
    status: Duration::from_secs(2),
    job: Duration::from_millis(400),
    clear: Duration::from_millis(300),
};

fn printer_at(pretend: &VirtualPrinter, profile: Profile) -> Printer {
    let address = format!("tcp://{}", pretend.address()).parse().unwrap();
    Printer::new(address, profile).with_patience(PATIENCE)
}

async fn pair() -> (VirtualPrinter, Printer) {
    let pretend = VirtualPrinter::start(LOCAL).await.unwrap();
    let printer = printer_at(&pretend, Profile::default());
    (pretend, printer)
}

fn copy() -> Slip {
    Slip { copy: 2, ..slip() }
}

#[tokio::test]
async fn a_slip_comes_out_whole_and_is_said_to_be_printed() {
    let (pretend, printer) = pair().await;
    assert_eq!(printer.status().await, PrinterStatus::Ready);
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
    let papers = pretend.papers();
    assert_eq!(papers.len(), 1);
    assert!(!papers[0].is_torn());
    assert_eq!(
        papers[0].qr().as_deref(),
        Some("https://hall.example/t/Zr3kTq9")
    );
    let number = papers[0]
        .lines()
        .into_iter()
        .find(|line| line.text == "A003")
        .unwrap();
    assert_eq!((number.wide, number.tall, number.bold), (8, 8, true));
    assert!(papers[0].text().contains("校验码 7K2M"));
    assert!(pretend.unknown_commands().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_to_a_printer_that_cannot_print() {
    type Break = fn(&VirtualPrinter);
    let faults: [(Break, PrinterStatus); 3] = [
        (VirtualPrinter::run_out_of_paper, PrinterStatus::PaperOut),
        (VirtualPrinter::open_cover, PrinterStatus::CoverOpen),
        (VirtualPrinter::go_offline, PrinterStatus::Offline),
    ];
    for (fault, status) in faults {
        let (pretend, printer) = pair().await;
        fault(&pretend);
        assert_eq!(printer.status().await, status);
        let why = format!("the printer is {}", status.as_str());
        assert_eq!(printer.print(&slip()).await, Outcome::Failed(why));
        // Nothing was held back either: what comes out afterwards is the next slip alone.
        pretend.recover();
        assert!(pretend.papers().is_empty());
        assert_eq!(printer.print(&slip()).await, Outcome::Printed);
        assert_eq!(pretend.papers().len(), 1);
    }
}

#[tokio::test]
async fn paper_that_ends_soon_still_prints() {
    let (pretend, printer) = pair().await;
    pretend.run_low_on_paper();
    assert_eq!(printer.status().await, PrinterStatus::PaperLow);
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
}

#[tokio::test]
async fn a_silent_printer_gets_no_slip() {
    let (pretend, printer) = pair().await;
    let hasty = Patience {
        status: Duration::from_millis(100),
        ..PATIENCE
    };
    let printer = printer.with_patience(hasty);
    pretend.go_silent();
    assert_eq!(printer.status().await, PrinterStatus::Unreachable);
    assert!(matches!(printer.print(&slip()).await, Outcome::Failed(_)));
    assert!(pretend.papers().is_empty());
}

#[tokio::test]
async fn a_printer_that_is_not_there_has_failed() {
    let (pretend, printer) = pair().await;
    drop(pretend);
    // The port closes with the task that held it.
    while printer.status().await != PrinterStatus::Unreachable {
        tokio::task::yield_now().await;
    }
    assert!(matches!(printer.print(&slip()).await, Outcome::Failed(_)));
}

#[tokio::test]
async fn a_slow_printer_is_believed_when_it_answers_in_time() {
    let (pretend, printer) = pair().await;
    pretend.be_slow(Duration::from_millis(100));
    let patient = Patience {
        job: Duration::from_secs(5),
        ..PATIENCE
    };
    let printer = printer.with_patience(patient);
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
}

#[tokio::test]
async fn a_printer_slower_than_our_patience_leaves_it_unknown() {
    let (pretend, printer) = pair().await;
    pretend.be_slow(Duration::from_millis(900));
    assert!(matches!(printer.print(&slip()).await, Outcome::Unknown(_)));
    assert_eq!(pretend.wait_for_papers(1).await.len(), 1);
}

#[tokio::test]
async fn a_connection_broken_over_the_slip_leaves_it_unknown() {
    let (pretend, printer) = pair().await;
    // The first job clears with ESC @ or DLE DC4, which is no job: this is over the slip.
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
    pretend.reset_after(300);
    assert!(matches!(printer.print(&slip()).await, Outcome::Unknown(_)));
    let papers = pretend.papers();
    assert_eq!(papers.len(), 2);
    assert!(papers[1].is_torn());
}

/// The ghost truth is on the virtual paper: printed is said of whole slips only.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_jam_after_any_byte_is_never_called_printed() {
    let whole = job::bytes(&slip(), &Profile::default(), None)
        .unwrap()
        .len();
    let mut runs = tokio::task::JoinSet::new();
    for jam in 0..whole + 8 {
        if runs.len() >= 48 {
            runs.join_next().await.unwrap().unwrap();
        }
        runs.spawn(async move {
            let pretend = VirtualPrinter::start(LOCAL).await.unwrap();
            let profile = Profile {
                font: "/none".into(),
                ..Profile::default()
            };
            let printer = printer_at(&pretend, profile);
            pretend.jam_after(jam);
            let outcome = printer.print(&slip()).await;
            let papers = pretend.papers();
            let came_whole = papers.iter().any(|paper| !paper.is_torn());
            match outcome {
                Outcome::Printed => assert!(came_whole && jam > whole, "byte {jam}"),
                Outcome::Unknown(_) => assert!(jam <= whole + 3, "byte {jam}"),
                Outcome::Failed(why) => panic!("byte {jam}: the job was taken, yet {why}"),
            }
            assert_eq!(came_whole, jam >= whole, "byte {jam}");
        });
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
}

#[tokio::test]
async fn half_a_slip_does_not_come_out_when_the_paper_is_changed() {
    let (pretend, printer) = pair().await;
    pretend.run_out_after(400);
    assert!(matches!(printer.print(&slip()).await, Outcome::Unknown(_)));
    pretend.recover();
    assert_eq!(printer.print(&copy()).await, Outcome::Printed);
    let papers = pretend.papers();
    assert_eq!(papers.len(), 2);
    assert!(papers[0].is_torn() && !papers[1].is_torn());
    assert!(papers[1].text().contains("补打"));
    assert_eq!(papers[1].text().matches("A003").count(), 1);
}

#[tokio::test]
async fn a_copy_clears_the_buffers_first_and_an_original_need_not() {
    let (pretend, printer) = pair().await;
    // After a start nobody knows what the printer holds.
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
    assert_eq!(pretend.clears(), 1);
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
    assert_eq!(pretend.clears(), 1);
    assert_eq!(printer.print(&copy()).await, Outcome::Printed);
    assert_eq!(pretend.clears(), 2);
}

#[tokio::test]
async fn a_process_id_proves_the_slip() {
    let pretend = VirtualPrinter::start(LOCAL).await.unwrap();
    let profile = Profile {
        job_answer: JobAnswer::ProcessId,
        ..Profile::default()
    };
    let printer = printer_at(&pretend, profile);
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
    pretend.jam_after(200);
    assert!(matches!(printer.print(&slip()).await, Outcome::Unknown(_)));
    assert!(pretend.unknown_commands().is_empty());
}

#[tokio::test]
async fn every_profile_prints_without_an_unknown_command() {
    for (encoding, codec) in [
        (Encoding::Gbk, GB18030),
        (Encoding::Gb18030, GB18030),
        (Encoding::Utf8, UTF_8),
        (Encoding::Raster, GB18030),
    ] {
        for width in [PaperWidth::Mm58, PaperWidth::Mm80] {
            let pretend = VirtualPrinter::start_as(LOCAL, codec, width).await.unwrap();
            let profile = Profile {
                encoding,
                width,
                qr: QrPrint::Raster,
                ..Profile::default()
            };
            let drawn = encoding == Encoding::Raster;
            assert_eq!(
                printer_at(&pretend, profile).print(&slip()).await,
                Outcome::Printed
            );
            let paper = pretend.papers().remove(0);
            assert_eq!(paper.text().contains("企业开办"), !drawn);
            assert!(paper.pictures() > 0);
            assert!(pretend.unknown_commands().is_empty());
        }
    }
}

#[tokio::test]
async fn a_folder_keeps_each_slip_as_a_file() {
    let folder = std::env::temp_dir().join(format!("slips-{}", std::process::id()));
    let printer = Printer::new(PrinterAddress::Folder(folder.clone()), Profile::default());
    assert_eq!(printer.status().await, PrinterStatus::Ready);
    assert_eq!(printer.print(&slip()).await, Outcome::Printed);
    assert_eq!(printer.print(&copy()).await, Outcome::Printed);
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(files.len(), 2);
    for file in files {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(bytes.starts_with(&[0x1b, b'@', 0x1c, b'&']));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_device_file_that_does_not_answer_is_not_written_to() {
    let file = std::env::temp_dir().join(format!("lp-{}", std::process::id()));
    std::fs::write(&file, []).unwrap();
    let hasty = Patience {
        status: Duration::from_millis(50),
        ..PATIENCE
    };
    let address = PrinterAddress::Usb(file.clone());
    let asking = Printer::new(address.clone(), Profile::default()).with_patience(hasty);
    assert!(matches!(asking.print(&slip()).await, Outcome::Failed(_)));
    let mute = Profile {
        job_answer: JobAnswer::None,
        ..Profile::default()
    };
    std::fs::write(&file, []).unwrap();
    assert_eq!(
        Printer::new(address, mute).print(&slip()).await,
        Outcome::Printed
    );
    assert!(std::fs::read(&file).unwrap().starts_with(&[0x1b, b'@']));
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn a_picture_of_a_paper_is_well_formed_whatever_the_names_are() {
    let (pretend, printer) = pair().await;
    let hostile = Slip {
        hall: "<script>alert('&\"')</script>".into(),
        ..slip()
    };
    assert_eq!(printer.print(&hostile).await, Outcome::Printed);
    let svg = pretend.papers()[0].to_svg();
    assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"));
    assert!(!svg.contains("style="));
    assert!(svg.contains("A003"));
}
