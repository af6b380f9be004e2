//! The line itself: TLS, and those who send very slowly.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use hall::Role;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::house::{Ask, Folder, HALL, House, Wishes};

/// Time for a header, and for a body, with some room. **Source**: RELIABILITY F31.
const HEADER: Duration = Duration::from_secs(13);
const BODY: Duration = Duration::from_secs(19);

/// A certificate for this machine, made on the spot.
fn certificate(folder: &Folder) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.0.join("cert.pem"), folder.0.join("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .expect("openssl is needed: apt-get install openssl");
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "openssl: {said}");
    (certificate, key)
}

async fn sealed() -> House {
    let folder = Folder::new();
    let tls = Some(certificate(&folder));
    let wishes = Wishes {
        tls,
        ..Wishes::default()
    };
    House::start(folder, wishes).await.expect("it starts")
}

#[tokio::test]
async fn https_answers_in_both_versions_of_tls() {
    let house = sealed().await;
    let (address, pem) = (
        house.base.replace("https://", ""),
        house.folder.0.join("cert.pem"),
    );
    let mut roots = RootCertStore::empty();
    let own = CertificateDer::from_pem_file(pem).expect("a certificate");
    roots.add(own).expect("a root");
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[version])
            .expect("a version")
            .with_root_certificates(roots.clone())
            .with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let stream = TcpStream::connect(&address).await.expect("a line");
        let name = ServerName::try_from("localhost").expect("a name");
        let connector = TlsConnector::from(Arc::new(config));
        let mut line = connector.connect(name, stream).await.expect("a handshake");
        let (_, session) = line.get_ref();
        assert_eq!(session.protocol_version(), Some(version.version));
        assert_eq!(session.alpn_protocol(), Some(b"http/1.1".as_slice()));
        let ask = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        line.write_all(ask.as_bytes()).await.expect("asked");
        let mut answer = String::new();
        let _ = line.read_to_string(&mut answer).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(
            answer.contains("strict-transport-security: max-age="),
            "{answer}"
        );
    }
    house.stop().await;
}

#[tokio::test]
async fn plain_talk_to_a_sealed_server_gets_nothing() {
    let house = sealed().await;
    let address = house.base.replace("https://", "");
    let mut line = TcpStream::connect(&address).await.expect("a line");
    let ask = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    line.write_all(ask.as_bytes()).await.expect("asked");
    let mut answer = Vec::new();
    let _ = timeout(HEADER, line.read_to_end(&mut answer))
        .await
        .expect("an end");
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP"));
    let ask = Ask {
        path: "/healthz",
        ..Ask::default()
    };
    assert_eq!(house.send(ask).await.status, 200, "the others are served");
    house.stop().await;
}

#[tokio::test]
async fn a_certificate_that_is_none_is_named() {
    let folder = Folder::new();
    let file = folder.0.join("wrong.pem");
    std::fs::write(&file, "nothing").expect("a file");
    let wishes = Wishes {
        tls: Some((file.clone(), file)),
        ..Wishes::default()
    };
    let Err(fault) = House::start(folder, wishes).await else {
        panic!("it started without a certificate");
    };
    let source = std::error::Error::source(&fault).map(ToString::to_string);
    assert!(source.is_some_and(|text| text.contains("wrong.pem")));
}

/// Sends `start`, then a byte now and then; says what came back until the line was closed.
async fn dribble(house: &House, start: String, patience: Duration) -> String {
    let address = house.base.replace("http://", "");
    let line = TcpStream::connect(&address).await.expect("a line");
    let (mut reads, mut writes) = line.into_split();
    writes.write_all(start.as_bytes()).await.expect("sent");
    let drip = async {
        let mut drop = tokio::time::interval(Duration::from_millis(500));
        loop {
            drop.tick().await;
            if writes.write_all(b"x").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut answer = Vec::new();
    let closed = async { reads.read_to_end(&mut answer).await };
    tokio::select! {
        () = drip => (),
        closed = timeout(patience, closed) => drop(closed.expect("the line is closed in time")),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn who_dribbles_is_cut_off_and_the_others_are_served() {
    let house = House::with_hall(1).await;
    let token = house.token(Role::Manager, None).await;
    let header = "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ".to_owned();
    let silence = String::new();
    let body = format!(
        "POST {HALL}/tickets HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         idempotency-key: k\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{{"
    );
    let quick = async {
        let ask = Ask {
            path: "/healthz",
            ..Ask::default()
        };
        house.send(ask).await.status
    };
    let (slow_header, said_nothing, slow_body, quick) = tokio::join!(
        dribble(&house, header, HEADER),
        dribble(&house, silence, HEADER),
        dribble(&house, body, BODY),
        quick,
    );
    assert!(!slow_header.contains("200 OK"), "{slow_header}");
    assert!(!said_nothing.contains("200 OK"), "{said_nothing}");
    assert!(slow_body.starts_with("HTTP/1.1 408"), "{slow_body}");
    assert_eq!(quick, 200);
    house.stop().await;
}

#[tokio::test]
async fn a_header_without_end_is_refused() {
    let house = House::empty().await;
    let address = house.base.replace("http://", "");
    let mut line = TcpStream::connect(&address).await.expect("a line");
    let start = format!("GET /healthz HTTP/1.1\r\nx-long: {}", "x".repeat(20 * 1024));
    let _ = line.write_all(start.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(HEADER, line.read_to_end(&mut answer))
        .await
        .expect("an end");
    let answer = String::from_utf8_lossy(&answer);
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{answer}"
    );
    house.stop().await;
}
