//! Programs that share no code with us read our slips: Python's own GB 18030 codec, and zbar.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};

use hall::view::Slip;
use kiosk::print::{Encoding, Outcome, Paper, Printer, Profile, QrPrint, VirtualPrinter};

/// Where the font is. **Source**: Debian's fonts-wqy-zenhei.
const FONT: &str = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc";
const URL: &str = "https://hall.example/t/Zr3kTq9";

fn slip() -> Slip {
    serde_json::from_value(serde_json::json!({
        "hall": "青禾区政务服务中心", "hall_en": "Qinghe District Government Service Centre",
        "number": "A003", "service": "社保医保㐀", "service_en": "Social insurance",
        "green": true, "ahead": 2, "windows": ["3", "5"],
        "wait": { "p50_min": 10, "p90_min": 20 }, "issued_at": "2026-11-24T09:05:00+08:00",
        "check": "7K2M", "ticket_url": URL, "complaint_phone": "12345", "reinstate_after": 3,
        "copy": 1
    }))
    .expect("a slip")
}

async fn printed(profile: Profile) -> Paper {
    let local = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    let pretend = VirtualPrinter::start(local).await.expect("a port");
    let address = format!("tcp://{}", pretend.address()).parse();
    let address = address.expect("an address");
    assert_eq!(
        Printer::new(address, profile).print(&slip()).await,
        Outcome::Printed
    );
    pretend.papers().remove(0)
}

/// Runs a program on bytes; a missing one fails the test and says what to install.
fn ask(program: &str, package: &str, arguments: &[&str], input: &[u8]) -> String {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.unwrap_or_else(|fault| {
        panic!("{program} is missing ({fault}): apt-get install {package}")
    });
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {errors}");
    String::from_utf8(output.stdout).expect("it writes UTF-8")
}

#[tokio::test]
async fn pythons_codec_reads_the_chinese_bytes() {
    let paper = printed(Profile::default()).await;
    // Whatever stands between control bytes is text; pictures are cut out by their own length.
    let script = r#"
import sys
raw, out, at = sys.stdin.buffer.read(), b"", 0
while at < len(raw):
    if raw[at:at+4] == b"\x1dv0\0":
        at += 8 + (raw[at+4] + 256 * raw[at+5]) * (raw[at+6] + 256 * raw[at+7])
    else:
        out += raw[at:at+1]
        at += 1
sys.stdout.buffer.write(out.decode("gb18030", errors="replace").encode("utf-8"))
"#;
    let text = ask("python3", "python3", &["-c", script], paper.raw());
    for line in [
        "青禾区政务服务中心",
        "★依法优先 Priority",
        "前面等候 2人",
        "3号、5号窗口",
        "大约等 10到20分钟",
        "请在休息区等候,留意叫号和显示屏",
        "过号后请到咨询台归队,再叫3个号后为您安排",
        "本号当日有效,下班前取号将办完为止",
        "监督电话 12345",
        "校验码 7K2M",
    ] {
        assert!(text.contains(line), "{line} is missing from\n{text}");
    }
    // The rare character's line was drawn.
    assert_eq!(paper.pictures(), 1);
}

#[tokio::test]
async fn zbar_reads_the_code_from_the_picture() {
    for (qr, encoding) in [
        (QrPrint::Native, Encoding::Gb18030),
        (QrPrint::Raster, Encoding::Raster),
    ] {
        let profile = Profile {
            qr,
            encoding,
            ..Profile::default()
        };
        let png = printed(profile).await.to_png(Path::new(FONT));
        let png = png.expect("the font is there: apt-get install fonts-wqy-zenhei");
        let file = std::env::temp_dir().join(format!("slip-{qr:?}-{}.png", std::process::id()));
        std::fs::write(&file, png).unwrap();
        let name = file.to_str().unwrap();
        let read = ask("zbarimg", "zbar-tools", &["--quiet", "--raw", name], &[]);
        assert_eq!(read.trim(), URL);
        std::fs::remove_file(file).unwrap();
    }
}

#[tokio::test]
async fn pythons_parser_reads_the_picture_for_pages() {
    let paper = printed(Profile::default()).await;
    let script = "import sys, xml.dom.minidom as x; d = x.parseString(sys.stdin.buffer.read()); \
                  print(len(d.getElementsByTagName('text')))";
    let texts = ask(
        "python3",
        "python3",
        &["-c", script],
        paper.to_svg().as_bytes(),
    );
    assert_eq!(texts.trim(), paper.lines().len().to_string());
}
