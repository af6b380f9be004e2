//! The real binary on a folder of its own.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const BINARY: &str = env!("CARGO_BIN_EXE_tidehall");

pub(crate) struct Program {
    folder: PathBuf,
    pub(crate) base: String,
    server: Option<Child>,
}

impl Program {
    pub(crate) fn prepare() -> Self {
        let id = link::random::id(link::clock::machine_now());
        let folder = std::env::temp_dir().join(format!("tidehall-kill-{id}"));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        Self {
            folder,
            base: format!("http://{address}"),
            server: None,
        }
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.folder.join("hall.db").display())
    }

    /// A token made by the program itself, beside the server or before it.
    pub(crate) fn token(&self, role: &str) -> String {
        let made = Command::new(BINARY)
            .args([
                "token",
                "create",
                "--role",
                role,
                "--database",
                &self.database(),
            ])
            .output()
            .expect("the program runs");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        String::from_utf8_lossy(&made.stdout).trim().to_owned()
    }

    /// Starts the server and waits until it is ready.
    pub(crate) async fn start(&mut self) {
        let mut log = std::fs::OpenOptions::new();
        let log = log.append(true).create(true).open(self.folder.join("log"));
        let log = log.expect("a log");
        let address = self.base.trim_start_matches("http://");
        let mut server = Command::new(BINARY)
            .args(["serve", "--listen", address, "--database", &self.database()])
            .args(["--pretend-clock", "2026-11-23T09:00:00+08:00"])
            .args(["--requests-per-second", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::from(log))
            .spawn()
            .expect("the program runs");
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        let ready = format!("{}/readyz", self.base);
        for _ in 0..1000 {
            let answer = client.get(&ready).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                self.server = Some(server);
                return;
            }
            let ended = server.try_wait().expect("the process is ours");
            assert!(ended.is_none(), "the server ended: {}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server is not ready: {}", self.log());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// SIGKILL: no farewell, no flush.
    pub(crate) fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().expect("the process is ours");
            server.wait().expect("the process ends");
        }
    }

    /// `tidehall audit verify`, and a log without errors.
    pub(crate) fn verify(&self) {
        let said = Command::new(BINARY)
            .args(["audit", "verify", "--database", &self.database()])
            .output()
            .expect("the program runs");
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(said.status.success(), "{text}");
        assert!(text.contains("chain and replay hold"), "{text}");
        let log = self.log();
        let errors: Vec<_> = log.lines().filter(|line| line.contains("ERROR")).collect();
        assert_eq!(errors, Vec::<&str>::new());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
