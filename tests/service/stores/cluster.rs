//! A `PostgreSQL` of the test's own: a folder, a socket in it, an end with the test.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::house::Folder;

/// `PostgreSQL` refuses to run as root; as root the test runs it as nobody.
const NOBODY: u32 = 65_534;

pub(crate) struct Cluster {
    folder: Folder,
    programs: PathBuf,
    server: Child,
}

impl Cluster {
    pub(crate) fn start() -> Self {
        let programs = programs();
        let folder = Folder::new();
        if is_root() {
            chown(&folder.0, Some(NOBODY), Some(NOBODY)).expect("the folder is given away");
        }
        let data = folder.0.join("data");
        let made = command(&programs, "initdb")
            .args([
                "-U",
                "tidehall",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale",
                "C",
                "--no-sync",
            ])
            .arg("-D")
            .arg(&data)
            .output()
            .expect("initdb runs");
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "initdb: {said}");
        let log = std::fs::File::create(folder.0.join("log")).expect("a log");
        let server = command(&programs, "postgres")
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder.0)
            .args(["-h", ""])
            .stderr(Stdio::from(log))
            .spawn()
            .expect("postgres runs");
        Self {
            folder,
            programs,
            server,
        }
    }

    fn url(&self, database: &str) -> String {
        let host = self.folder.0.display();
        format!("postgres://tidehall@localhost/{database}?host={host}")
    }

    /// A new database in the cluster.
    pub(crate) async fn database(&self, name: &str) -> String {
        let mut waited = 0;
        let mut connection = loop {
            match PgConnection::connect(&self.url("postgres")).await {
                Ok(connection) => break connection,
                Err(fault) => {
                    waited += 1;
                    let log = || std::fs::read_to_string(self.folder.0.join("log"));
                    assert!(
                        waited < 600,
                        "postgres does not start: {fault}: {:?}",
                        log()
                    );
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            }
        };
        let create = format!("create database {name}");
        let created = sqlx::query(AssertSqlSafe(create)).execute(&mut connection);
        created.await.expect("a database");
        self.url(name)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = command(&self.programs, "pg_ctl")
            .args(["stop", "-m", "immediate", "-D"])
            .arg(self.folder.0.join("data"))
            .output();
        if stopped.is_err() {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

/// The newest `PostgreSQL` of this machine.
fn programs() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let folders = found
        .filter_map(Result::ok)
        .map(|entry| entry.path().join("bin"));
    folders
        .filter(|folder| folder.join("initdb").exists())
        .max()
        .expect("PostgreSQL is needed: apt-get install postgresql")
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn command(programs: &std::path::Path, name: &str) -> Command {
    let mut command = Command::new(programs.join(name));
    command
        .current_dir("/")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}
