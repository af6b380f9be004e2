//! A receipt printer without paper: it reads what a real one reads, answers what a real one
//! answers, and fails in every way a real one fails. For the demo, for training, for tests.

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use encoding_rs::{Encoding, GB18030};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::PaperWidth;
use super::paper::Paper;
use super::parse::{self, Next, RealTime};
use super::tape::{Tape, Wish};

/// Papers kept, newest last. Ours: more than a busy hour, and no memory without end.
const PAPERS_MAX: usize = 200;
/// Bytes held while the printer cannot print. **Source**: buffers of network printers, rounded up.
const BUFFER_MAX: usize = 256 * 1024;

/// A receipt printer on a port of this machine.
#[derive(Debug, Clone)]
pub struct VirtualPrinter {
    address: SocketAddr,
    state: Arc<watch::Sender<State>>,
    _running: Arc<Running>,
}

/// Ends the printer with its last handle.
#[derive(Debug)]
struct Running(tokio::task::JoinHandle<()>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The printer's inside, the same for every connection.
#[derive(Debug)]
struct State {
    tape: Tape,
    buffer: Vec<u8>,
    papers: Vec<Paper>,
    trouble: Trouble,
    clears: usize,
    connections: usize,
}

/// What is wrong with it.
#[derive(Debug, Clone, Default)]
struct Trouble {
    faults: BTreeSet<Fault>,
    slow: Duration,
    /// After so many more bytes of jobs something happens.
    after: Option<(usize, Accident)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    NoPaper,
    LowPaper,
    Cover,
    Offline,
    Jam,
    Silent,
}

impl Trouble {
    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }
}

#[derive(Debug, Clone, Copy)]
enum Accident {
    Jam,
    PaperEnds,
    Reset,
}

impl VirtualPrinter {
    /// Starts an 80 mm printer that reads GB 18030; port 0 takes any free port.
    ///
    /// # Errors
    ///
    /// The address is taken.
    pub async fn start(address: SocketAddr) -> io::Result<Self> {
        Self::start_as(address, GB18030, PaperWidth::Mm80).await
    }

    /// Starts a printer of a code and a width.
    ///
    /// # Errors
    ///
    /// The address is taken.
    pub async fn start_as(
        address: SocketAddr,
        codec: &'static Encoding,
        width: PaperWidth,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(watch::Sender::new(State {
            tape: Tape::new(codec, width.dots()),
            buffer: Vec::new(),
            papers: Vec::new(),
            trouble: Trouble::default(),
            clears: 0,
            connections: 0,
        }));
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        Ok(Self {
            address,
            state,
            _running: Arc::new(Running(serving)),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The papers that came out, oldest first; torn ones too.
    pub fn papers(&self) -> Vec<Paper> {
        self.state.borrow().papers.clone()
    }

    /// Commands it did not know.
    pub fn unknown_commands(&self) -> Vec<Vec<u8>> {
        self.state.borrow().tape.unknown().to_vec()
    }

    /// How often its buffers were cleared.
    pub fn clears(&self) -> usize {
        self.state.borrow().clears
    }

    /// How often it was connected to.
    pub fn connections(&self) -> usize {
        self.state.borrow().connections
    }

    /// Waits until so many papers came out.
    pub async fn wait_for_papers(&self, count: usize) -> Vec<Paper> {
        let mut changes = self.state.subscribe();
        // The sender lives in this handle, so the wait cannot fail.
        let _ = changes.wait_for(|state| state.papers.len() >= count).await;
        self.papers()
    }

    /// The roll has ended.
    pub fn run_out_of_paper(&self) {
        self.fault(Fault::NoPaper);
    }

    /// The roll ends soon.
    pub fn run_low_on_paper(&self) {
        self.fault(Fault::LowPaper);
    }

    /// The roll ends after so many more bytes of jobs.
    pub fn run_out_after(&self, bytes: usize) {
        self.trouble(|trouble| trouble.after = Some((bytes, Accident::PaperEnds)));
    }

    /// The cover is open.
    pub fn open_cover(&self) {
        self.fault(Fault::Cover);
    }

    /// It was set offline.
    pub fn go_offline(&self) {
        self.fault(Fault::Offline);
    }

    /// It jams after so many more bytes of jobs.
    pub fn jam_after(&self, bytes: usize) {
        self.trouble(|trouble| trouble.after = Some((bytes, Accident::Jam)));
    }

    /// It answers nothing, and prints all the same.
    pub fn go_silent(&self) {
        self.fault(Fault::Silent);
    }

    /// It takes so long for each part of a job that arrives.
    pub fn be_slow(&self, delay: Duration) {
        self.trouble(|trouble| trouble.slow = delay);
    }

    /// It breaks the connection after so many more bytes of jobs, and forgets them.
    pub fn reset_after(&self, bytes: usize) {
        self.trouble(|trouble| trouble.after = Some((bytes, Accident::Reset)));
    }

    /// Somebody has seen to it: all is well, and it prints what it still holds.
    pub fn recover(&self) {
        self.trouble(|trouble| *trouble = Trouble::default());
        self.state.send_modify(|state| {
            state.print();
        });
    }

    fn fault(&self, fault: Fault) {
        self.trouble(|trouble| {
            trouble.faults.insert(fault);
        });
    }

    fn trouble(&self, change: impl FnOnce(&mut Trouble)) {
        self.state.send_modify(|state| change(&mut state.trouble));
    }
}

async fn serve(listener: TcpListener, state: Arc<watch::Sender<State>>) {
    let mut lines = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            came = listener.accept() => {
                let Ok((stream, _)) = came else { continue };
                state.send_modify(|state| state.connections += 1);
                lines.spawn(converse(stream, Arc::clone(&state)));
            }
            Some(_) = lines.join_next() => (),
        }
    }
}

/// One connection, until either side ends it.
async fn converse(mut stream: TcpStream, state: Arc<watch::Sender<State>>) {
    let mut came = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let length = match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(length) => length,
        };
        came.extend_from_slice(chunk.get(..length).unwrap_or_default());
        let (now, job) = parse::real_time(&mut came);
        let mut answers = Vec::new();
        state.send_modify(|state| answers = state.obey_at_once(&now));
        if stream.write_all(&answers).await.is_err() {
            return;
        }
        if job.is_empty() {
            continue;
        }
        let slow = state.borrow().trouble.slow;
        if !slow.is_zero() {
            tokio::time::sleep(slow).await;
        }
        let mut done = Some(Vec::new());
        state.send_modify(|state| done = state.take(&job));
        let Some(answers) = done else {
            // Closing at once with unread bytes makes the other side see a reset.
            let _ = stream.set_zero_linger();
            return;
        };
        if stream.write_all(&answers).await.is_err() {
            return;
        }
    }
}

impl State {
    fn stopped(&self) -> bool {
        let stopping = [Fault::NoPaper, Fault::Cover, Fault::Offline, Fault::Jam];
        stopping.into_iter().any(|fault| self.trouble.has(fault))
    }

    /// Answers of real-time commands. **Source**: PRACTICE §6, `DLE EOT`.
    fn obey_at_once(&mut self, commands: &[RealTime]) -> Vec<u8> {
        let mut answers = Vec::new();
        for command in commands {
            match command {
                RealTime::Status(n) => answers.extend(self.status(*n)),
                RealTime::Recover(_) => (),
                RealTime::Clear => {
                    self.buffer.clear();
                    self.clears += 1;
                    if let Some(torn) = self.tape.tear() {
                        self.keep(torn);
                    }
                    answers.extend([0x37, 0x25, 0]);
                }
            }
        }
        if self.trouble.has(Fault::Silent) {
            answers.clear();
        }
        answers
    }

    fn status(&self, n: u8) -> Option<u8> {
        let trouble = &self.trouble;
        let bit = |on: bool, bit: u8| if on { bit } else { 0 };
        let bits = match n {
            1 => bit(self.stopped(), 0x08),
            2 => {
                bit(trouble.has(Fault::Cover), 0x04)
                    | bit(trouble.has(Fault::NoPaper), 0x20)
                    | bit(trouble.has(Fault::Jam), 0x40)
            }
            3 => bit(trouble.has(Fault::Jam), 0x08),
            4 => {
                bit(
                    trouble.has(Fault::LowPaper) || trouble.has(Fault::NoPaper),
                    0x0c,
                ) | bit(trouble.has(Fault::NoPaper), 0x60)
            }
            _ => return None,
        };
        Some(0x12 | bits)
    }

    /// Takes bytes of a job; none when the connection breaks over them.
    fn take(&mut self, job: &[u8]) -> Option<Vec<u8>> {
        let Some((left, accident)) = self.trouble.after else {
            return Some(self.receive(job));
        };
        let (before, behind) = job.split_at_checked(left).unwrap_or((job, &[]));
        let mut answers = self.receive(before);
        if left > job.len() {
            self.trouble.after = Some((left - job.len(), accident));
            return Some(answers);
        }
        self.trouble.after = None;
        match accident {
            Accident::Jam => {
                self.trouble.faults.insert(Fault::Jam);
                if let Some(torn) = self.tape.tear() {
                    self.keep(torn);
                }
            }
            Accident::PaperEnds => {
                self.trouble.faults.insert(Fault::NoPaper);
            }
            Accident::Reset => {
                self.buffer.clear();
                if let Some(torn) = self.tape.tear() {
                    self.keep(torn);
                }
                return None;
            }
        }
        answers.extend(self.receive(behind));
        Some(answers)
    }

    fn receive(&mut self, bytes: &[u8]) -> Vec<u8> {
        let room = BUFFER_MAX.saturating_sub(self.buffer.len());
        self.buffer.extend(bytes.iter().take(room));
        self.print()
    }

    /// Prints what it holds, as far as it can, and answers what is asked in turn.
    fn print(&mut self) -> Vec<u8> {
        let mut answers = Vec::new();
        let mut at = 0;
        while !self.stopped() {
            let rest = self.buffer.get(at..).unwrap_or_default();
            let Next::Command(command, length) = parse::next(rest) else {
                break;
            };
            let raw = rest.get(..length).unwrap_or(rest).to_vec();
            at += raw.len();
            match self.tape.obey(command, &raw) {
                Wish::Nothing => (),
                Wish::Cut(paper) => self.keep(*paper),
                Wish::PaperStatus => answers.push(if self.trouble.has(Fault::LowPaper) {
                    0x03
                } else {
                    0
                }),
                Wish::ProcessId([a, b, c, d]) => answers.extend([0x37, 0x22, a, b, c, d, 0]),
            }
        }
        self.buffer.drain(..at.min(self.buffer.len()));
        if self.trouble.has(Fault::Silent) {
            answers.clear();
        }
        answers
    }

    fn keep(&mut self, paper: Paper) {
        self.papers.push(paper);
        if self.papers.len() > PAPERS_MAX {
            self.papers.remove(0);
        }
    }
}
