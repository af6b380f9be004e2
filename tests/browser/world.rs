//! A real hall for a test: the server's own program, a kiosk with a virtual printer, real Chromium.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use hall::plan::Plan;
use kiosk::print::{Profile, VirtualPrinter};
use link::client::Client;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::sync::{Mutex, MutexGuard};

const BEGIN: &str = "2026-11-24T09:00:00+08:00";
const PASSWORD: &str = "hall-test-2026";
/// How long a page is waited for before the test gives up. Ours: a machine that does much else
/// still shows a page by then; what must be quick is measured besides.
const PATIENCE: Duration = Duration::from_secs(20);
/// One hall at a time: several browsers of several halls would measure one another.
static TURN: Mutex<()> = Mutex::const_new(());

/// A program that ends with the test.
pub(crate) struct Program {
    child: Child,
    /// Lines of the log with ERROR in them.
    errors: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Program {
    /// Starts the program under test and waits until it names its address.
    fn start(arguments: &[&str]) -> (Self, SocketAddr) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tidehall"))
            .args(arguments)
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program under test starts");
        let log = BufReader::new(child.stderr.take().expect("its log is piped"));
        let errors = Arc::new(std::sync::Mutex::new(Vec::new()));
        let kept = Arc::clone(&errors);
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                if line.contains(" ERROR ") {
                    kept.lock().expect("nobody panicked").push(line.clone());
                }
                if let Some((_, rest)) = line.split_once("address=") {
                    let _ = tell.try_send(rest.trim().to_owned());
                }
            }
        });
        let address = told
            .recv_timeout(Duration::from_secs(20))
            .expect("it names its address");
        let address = address
            .parse()
            .unwrap_or_else(|_| panic!("`{address}` is no address"));
        (Self { child, errors }, address)
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The hall of one test.
pub(crate) struct World {
    _turn: MutexGuard<'static, ()>,
    server: Program,
    kiosk: kiosk::Kiosk,
    /// Where the server is.
    pub(crate) base: String,
    /// Where the touch page is.
    pub(crate) touch: String,
    /// The printer, with its papers.
    pub(crate) printer: VirtualPrinter,
    /// A client that may do everything on the floor.
    pub(crate) manager: Client,
    system: Client,
    security: Client,
    folder: PathBuf,
}

fn token(database: &str, role: &str) -> String {
    let made = Command::new(env!("CARGO_BIN_EXE_tidehall"))
        .args(["token", "create", "--database", database, "--role", role])
        .output()
        .expect("the program under test runs");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    String::from_utf8(made.stdout)
        .expect("a token")
        .trim()
        .to_owned()
}

fn folder(name: &str) -> PathBuf {
    let id = link::random::id(link::clock::machine_now());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{id}"));
    std::fs::create_dir_all(&path).expect("a folder for the test");
    path
}

impl World {
    /// Opens the sample hall at nine in the morning.
    pub(crate) async fn open(name: &str) -> Self {
        let turn = TURN.lock().await;
        let folder = folder(name);
        let database = format!("sqlite:{}", folder.join("hall.db").display());
        let voice = folder.join("voice").display().to_string();
        let (server, address) = Program::start(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            &database,
            "--pretend-clock",
            BEGIN,
            "--voice",
            &voice,
        ]);
        let base = format!("http://{address}");
        let system = Client::new(&base, &token(&database, "system")).expect("a client");
        let manager = Client::new(&base, &token(&database, "manager")).expect("a client");
        publish(&system, &base).await;
        let security = Client::new(&base, &token(&database, "security")).expect("a client");
        let printer = VirtualPrinter::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let printer = printer.await.expect("a printer");
        let kiosk = kiosk::start(kiosk::Config {
            server: base.clone(),
            hall: "centre".into(),
            token: token(&database, "kiosk"),
            printer: format!("tcp://{}", printer.address())
                .parse()
                .expect("an address"),
            profile: Profile::default(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data: folder.join("kiosk.db"),
        });
        let kiosk = kiosk.await.expect("a kiosk");
        let touch = format!("http://{}", kiosk.address);
        let world = Self {
            _turn: turn,
            server,
            kiosk,
            base,
            touch,
            printer,
            manager,
            system,
            security,
            folder,
        };
        world.enter("c01", "clerk", Some("c01")).await;
        world
    }

    /// Enters somebody who can sign in with the test's password.
    pub(crate) async fn enter(&self, code: &str, role: &str, clerk: Option<&str>) {
        let body = json!({ "code": code, "name": code, "roles": [role], "hall": "centre",
            "clerk": clerk });
        let made: Value = self.change("POST", "/api/v1/users", &body).await;
        let body = json!({ "one_time_code": made["one_time_code"], "password": PASSWORD });
        let path = format!("/api/v1/users/{code}/password");
        self.change("PUT", &path, &body).await;
    }

    /// Signs a clerk in and opens the window for calls.
    pub(crate) async fn open_window(&self, window: &str, clerk: &str) {
        let path = format!("/api/v1/halls/centre/windows/{window}");
        let shift = json!({ "clerk": clerk });
        self.change("PUT", &format!("{path}/shift"), &shift).await;
        self.change("PUT", &format!("{path}/ready"), &json!({}))
            .await;
    }

    /// Gives a service a guide that names these papers.
    pub(crate) async fn guide(&self, service: &str, papers: &[&str]) {
        let path = "/api/v1/halls/centre/plan";
        let mut plan: Value = self.manager.get(path).await.expect("the plan");
        let services = plan["services"].as_array_mut().expect("services");
        let named = services.iter_mut().find(|one| one["code"] == service);
        named.expect("the service")["guide"] = json!({ "materials": papers });
        let key = link::random::id(link::clock::machine_now()).to_string();
        let done: Result<Value, _> = self.system.put(path, &key, &plan).await;
        done.unwrap_or_else(|why| panic!("{path}: {why:?}"));
    }

    /// 暂停服务, with nobody named to cover.
    pub(crate) async fn pause_window(&self, window: &str) {
        let path = format!("/api/v1/halls/centre/windows/{window}/pause");
        let body = json!({ "reason": "urgent", "back_in_min": 10, "cover": null });
        self.change("PUT", &path, &body).await;
    }

    /// Takes a number at the desk.
    pub(crate) async fn issue(&self, service: &str) {
        let body = json!({ "service": service, "class": "ordinary", "channel": "staff" });
        self.change("POST", "/api/v1/halls/centre/tickets", &body)
            .await;
    }

    async fn change(&self, method: &str, path: &str, body: &Value) -> Value {
        let who = if path.contains("/users") {
            &self.security
        } else {
            &self.manager
        };
        let key = link::random::id(link::clock::machine_now()).to_string();
        let done = if method == "POST" {
            who.post(path, &key, body).await
        } else {
            who.put(path, &key, body).await
        };
        done.unwrap_or_else(|why| panic!("{method} {path}: {why:?}"))
    }

    /// Moves the hall's clock forward, through every tick on the way.
    pub(crate) async fn pass(&self, seconds: i64) {
        let clock: Value = self.system.get("/api/v1/clock").await.expect("the clock");
        let now = clock["now"].as_str().expect("a moment");
        let now = chrono::DateTime::parse_from_rfc3339(now).expect("a moment");
        let then = now + chrono::TimeDelta::seconds(seconds);
        let key = link::random::id(link::clock::machine_now()).to_string();
        let body = json!({ "now": then.to_rfc3339() });
        let _: Value = self
            .system
            .put("/api/v1/clock", &key, &body)
            .await
            .expect("it moves");
    }

    /// The line is gone: the server ends.
    pub(crate) fn cut(&mut self) {
        self.server.stop();
    }

    /// The line is back: the server starts again at its address.
    pub(crate) fn mend(&mut self) {
        let listen = self.base.trim_start_matches("http://").to_owned();
        let database = format!("sqlite:{}", self.folder.join("hall.db").display());
        let (server, _) = Program::start(&[
            "serve",
            "--listen",
            &listen,
            "--database",
            &database,
            "--pretend-clock",
            BEGIN,
        ]);
        self.server = server;
    }

    /// Moves the hall's clock to the next such time of day.
    pub(crate) async fn pass_to(&self, time: &str) {
        let clock: Value = self.system.get("/api/v1/clock").await.expect("the clock");
        let now = clock["now"].as_str().expect("a moment");
        let now = chrono::DateTime::parse_from_rfc3339(now).expect("a moment");
        let zone = chrono::FixedOffset::east_opt(8 * 3600).expect("an offset");
        let now = now.with_timezone(&zone).time();
        let then = chrono::NaiveTime::parse_from_str(time, "%H:%M").expect("a time of day");
        let seconds = (then - now).num_seconds().rem_euclid(24 * 3600);
        self.pass(seconds).await;
    }

    /// Another visitor takes a number at the desk.
    pub(crate) async fn someone_comes(&self) {
        let key = link::random::id(link::clock::machine_now()).to_string();
        let body = json!({ "service": "D", "class": "ordinary", "channel": "staff" });
        let path = "/api/v1/halls/centre/tickets";
        let _: Value = self
            .manager
            .post(path, &key, &body)
            .await
            .expect("a number");
    }

    /// Ends everything and fails when a program logged an error.
    pub(crate) async fn close(mut self) {
        self.kiosk.stop().await;
        self.server.stop();
        let errors = self.server.errors.lock().expect("nobody panicked").clone();
        assert!(errors.is_empty(), "the server logged errors: {errors:#?}");
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn publish(system: &Client, base: &str) {
    let text = include_str!("../../src/demo/plans/centre.toml");
    let mut plan: Plan = toml::from_str(text).expect("the sample plan");
    plan.hall.public_url = Some(base.to_owned());
    let _: Value = system
        .put("/api/v1/halls/centre/plan", "plan", &plan)
        .await
        .expect("a plan");
}

/// Gives the page itself this size, whatever the window's frame takes.
async fn resize(page: &WebDriver, (width, height): (u32, u32)) {
    let script = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
    let frame = page
        .execute(script, Vec::new())
        .await
        .expect("a script runs");
    let frame: (u32, u32) = serde_json::from_value(frame.json().clone()).expect("two sizes");
    let done = page
        .set_window_rect(0, 0, width + frame.0, height + frame.1)
        .await;
    done.expect("the window takes its size");
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

/// One Chromium, with its driver.
pub(crate) struct Browser {
    driver: Child,
    pub(crate) page: WebDriver,
}

impl Browser {
    /// Opens a browser whose page has this size.
    pub(crate) async fn open(width: u32, height: u32) -> Self {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver must be installed: apt-get install chromium chromium-driver");
        let mut wishes = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--autoplay-policy=no-user-gesture-required",
        ] {
            wishes.add_arg(argument).expect("an argument");
        }
        wishes
            .add_arg(&format!("--window-size={width},{height}"))
            .expect("an argument");
        let url = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let page = loop {
            match WebDriver::new(&url, wishes.clone()).await {
                Ok(page) => break page,
                Err(_) if tries < 50 => tries += 1,
                Err(why) => panic!("chromium does not start: {why}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        resize(&page, (width, height)).await;
        Self { driver, page }
    }

    /// Waits until the page has such an element, and gives it.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        let query = self.page.query(By::Css(css));
        let found = query
            .wait(PATIENCE, Duration::from_millis(20))
            .first()
            .await;
        found.unwrap_or_else(|_| panic!("the page has no {css}"))
    }

    /// Clicks the element once it can be; a part that is swapped meanwhile is looked for again.
    pub(crate) async fn click(&self, css: &str) {
        let began = link::clock::monotonic_now();
        loop {
            let element = self.find(css).await;
            let Err(why) = element.click().await else {
                return;
            };
            let waited = link::clock::monotonic_now().duration_since(began);
            assert!(waited < PATIENCE, "{css} cannot be clicked: {why}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the element's text contains the words; how long that took.
    pub(crate) async fn sees(&self, css: &str, words: &str) -> Duration {
        let began = link::clock::monotonic_now();
        loop {
            let text = self.text(css).await;
            if text.contains(words) {
                return link::clock::monotonic_now().duration_since(began);
            }
            let waited = link::clock::monotonic_now().duration_since(began);
            assert!(waited < PATIENCE, "{css} does not say {words}, but: {text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the page has no such element.
    pub(crate) async fn is_gone(&self, css: &str) {
        let began = link::clock::monotonic_now();
        while self.page.find(By::Css(css)).await.is_ok() {
            let waited = link::clock::monotonic_now().duration_since(began);
            assert!(waited < PATIENCE, "the page still has {css}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Every such element's text.
    pub(crate) async fn text(&self, css: &str) -> String {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join('\\n')";
        let text = self
            .page
            .execute(script, vec![json!(css)])
            .await
            .expect("a script runs");
        text.json().as_str().unwrap_or_default().to_owned()
    }

    pub(crate) async fn go(&self, url: &str) {
        self.page
            .goto(url)
            .await
            .unwrap_or_else(|why| panic!("{url}: {why}"));
    }

    /// Signs in as the clerk of the first window, at the page wished for.
    pub(crate) async fn sign_in(&self, url: &str) {
        self.sign_in_as("c01", url).await;
        self.find("#primary").await;
    }

    /// Signs in at the page wished for.
    pub(crate) async fn sign_in_as(&self, user: &str, url: &str) {
        self.sign_in_at(user, url, "#live").await;
    }

    /// Signs in at a page that shows this once it is there.
    pub(crate) async fn sign_in_at(&self, user: &str, url: &str, shows: &str) {
        self.go(url).await;
        self.find("input[name=user]")
            .await
            .send_keys(user)
            .await
            .expect("a name");
        self.find("input[name=password]")
            .await
            .send_keys(PASSWORD)
            .await
            .expect("a password");
        self.click("button[type=submit]").await;
        self.find(shows).await;
    }

    pub(crate) async fn close(mut self) {
        let _ = self.page.clone().quit().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
