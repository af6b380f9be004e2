//! Printing as a transaction: ask first, send once, believe only an answer.
//!
//! ```text
//! (clear) ─► DLE EOT 1, 2, 4 ─► job and question in one write ─► answer ─► Outcome
//!               │ not ready          │ nothing taken                │ none
//!               └─► Failed           └─► Failed                     └─► Unknown
//! ```

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hall::view::{NoticePaper, Slip};

use super::bitmap::Drawing;
use super::link::Line;
use super::profile::{JobAnswer, Profile};
use super::status::{self, PrinterStatus};
use super::{PrinterAddress, job};

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The printer said that it is out.
    Printed,
    /// Certainly no paper came, and why.
    Failed(String),
    /// Nobody knows, and why: only a look can tell.
    Unknown(String),
}

/// How long a printer may take to answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For one question of its status.
    pub(super) status: Duration,
    /// For the end of a slip.
    pub(super) job: Duration,
    /// For empty buffers.
    pub(super) clear: Duration,
}

impl Default for Patience {
    /// **Source**: RELIABILITY F15 for the job; the others ours.
    fn default() -> Self {
        Self {
            status: Duration::from_secs(1),
            job: Duration::from_secs(5),
            clear: Duration::from_millis(500),
        }
    }
}

impl Patience {
    /// A longer job takes the printer longer: one patience for each so many bytes begun.
    fn for_bytes(self, bytes: usize) -> Duration {
        let times = u32::try_from(bytes.div_ceil(SLIP_BYTES)).unwrap_or(u32::MAX);
        self.job.saturating_mul(times.clamp(1, SLIPS_MAX))
    }
}

/// Bytes that one patience is meant for. Ours: twice a slip with a drawn line.
const SLIP_BYTES: usize = 4096;
/// The longest job, in slips. Ours: a notice of thirty items, twice.
const SLIPS_MAX: u32 = 6;
/// `DLE DC4` function 8: forget everything received. **Source**: RELIABILITY §2.2.
const CLEAR: &[u8] = &[0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8];
/// Its answer.
const CLEARED: &[u8] = &[0x37, 0x25, 0];
/// `ESC @`, for printers that do not know the other.
const RESET: &[u8] = &[0x1b, b'@'];
/// Bytes of other answers that are read over before the right one. Ours: several statuses.
const STRAY_MAX: usize = 32;

/// A receipt printer.
#[derive(Debug)]
pub struct Printer {
    address: PrinterAddress,
    profile: Profile,
    drawing: Option<Drawing>,
    patience: Patience,
    /// Whether a slip may be half in its buffers: after a start, and after an unknown paper.
    doubtful: AtomicBool,
}

impl Printer {
    /// A printer at an address. Its font is read here, and a missing one is said here.
    pub fn new(address: PrinterAddress, profile: Profile) -> Self {
        let drawing = Drawing::open(&profile.font);
        if let Err(fault) = &drawing {
            let file = profile.font.display();
            tracing::warn!(%file, %fault, "rare characters will be printed as 〓: no font");
        }
        Self {
            address,
            profile,
            drawing: drawing.ok(),
            patience: Patience::default(),
            doubtful: AtomicBool::new(true),
        }
    }

    /// The same printer, waited for otherwise.
    #[cfg(test)]
    pub(super) fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// How it is. A folder, and a printer that never answers, are ready when they can be opened.
    pub async fn status(&self) -> PrinterStatus {
        let Ok(mut line) = Line::open(&self.address).await else {
            return PrinterStatus::Unreachable;
        };
        let status = self.ask_status(&mut line).await;
        line.close().await;
        status
    }

    /// Prints a slip once, and says what is known of the paper.
    pub async fn print(&self, slip: &Slip) -> Outcome {
        match job::bytes(slip, &self.profile, self.drawing.as_ref()) {
            Ok(bytes) => self.send(bytes, slip.copy > 1).await,
            Err(fault) => Outcome::Failed(format!("the slip cannot be written: {fault}")),
        }
    }

    /// Prints every copy of a notice once, and says what is known of the paper.
    pub async fn print_notice(&self, paper: &NoticePaper) -> Outcome {
        match job::notice(paper, &self.profile, self.drawing.as_ref()) {
            Ok(bytes) => self.send(bytes, true).await,
            Err(fault) => Outcome::Failed(format!("the notice cannot be written: {fault}")),
        }
    }

    async fn send(&self, bytes: Vec<u8>, clears: bool) -> Outcome {
        let mut line = match Line::open(&self.address).await {
            Ok(line) => line,
            Err(fault) => return Outcome::Failed(format!("the printer is not there: {fault}")),
        };
        let outcome = self.transact(&mut line, bytes, clears).await;
        if matches!(outcome, Outcome::Unknown(_)) {
            self.doubtful.store(true, Ordering::Relaxed);
            self.clear_if_stuck(&mut line).await;
        }
        line.close().await;
        outcome
    }

    /// Whether questions make sense.
    fn asks(&self, line: &Line) -> bool {
        line.answers() && self.profile.job_answer != JobAnswer::None
    }

    async fn transact(&self, line: &mut Line, mut job: Vec<u8>, clears: bool) -> Outcome {
        let asks = self.asks(line);
        if asks && (clears || self.doubtful.load(Ordering::Relaxed)) {
            self.clear(line).await;
        }
        let status = self.ask_status(line).await;
        if !status.prints() {
            return Outcome::Failed(format!("the printer is {}", status.as_str()));
        }
        let question = Question::new(self.profile.job_answer);
        if asks {
            job.extend(question.bytes());
        }
        if let Err(halted) = line.write(&job).await {
            let why = format!("{} bytes were taken, then: {}", halted.taken, halted.source);
            return if halted.taken == 0 {
                Outcome::Failed(why)
            } else {
                Outcome::Unknown(why)
            };
        }
        self.doubtful.store(false, Ordering::Relaxed);
        if !asks {
            return Outcome::Printed;
        }
        self.confirm(line, &question, job.len()).await
    }

    /// Waits for the printer's word that the slip is out.
    async fn confirm(&self, line: &mut Line, question: &Question, bytes: usize) -> Outcome {
        let patience = self.patience.for_bytes(bytes);
        let answer = tokio::time::timeout(patience, self.answer(line, question, patience)).await;
        match answer.unwrap_or_else(|late| Err(late.into())) {
            Err(fault) if fault.kind() == io::ErrorKind::TimedOut => {
                return Outcome::Unknown("the printer did not say that it is done".into());
            }
            Err(fault) => return Outcome::Unknown(format!("the printer was lost: {fault}")),
            Ok(false) => return Outcome::Unknown("the paper ended with the slip".into()),
            Ok(true) => (),
        }
        if matches!(question, Question::ProcessId(_)) {
            return Outcome::Printed;
        }
        // Some printers answer GS r out of turn; one that has stopped meanwhile proves nothing.
        let status = self.ask_status(line).await;
        if status.prints() {
            Outcome::Printed
        } else {
            Outcome::Unknown(format!("the printer is {} after the slip", status.as_str()))
        }
    }

    /// Reads until the answer comes; false when it says that no paper is left.
    async fn answer(
        &self,
        line: &mut Line,
        question: &Question,
        patience: Duration,
    ) -> io::Result<bool> {
        match question {
            Question::PaperStatus => loop {
                let byte = line.read(patience).await?;
                // Bits 4 and 7 are never set; 2 and 3 say that the paper has ended.
                if byte & 0b1001_0000 == 0 {
                    return Ok(byte & 0b0000_1100 == 0);
                }
            },
            Question::ProcessId(id) => {
                let [a, b, c, d] = *id;
                let wanted = [0x37, 0x22, a, b, c, d, 0];
                find(line, &wanted, patience).await
            }
        }
    }

    /// Asks `DLE EOT` 1, 2 and 4; silence is unreachable.
    async fn ask_status(&self, line: &mut Line) -> PrinterStatus {
        if !self.asks(line) {
            return PrinterStatus::Ready;
        }
        let mut answers = [0; 3];
        for (n, answer) in status::QUESTIONS.into_iter().zip(&mut answers) {
            match tokio::time::timeout(self.patience.status, ask(line, n)).await {
                Ok(Ok(byte)) => *answer = byte,
                Ok(Err(_)) | Err(_) => return PrinterStatus::Unreachable,
            }
        }
        status::meaning(answers)
    }

    /// Makes the printer forget what it holds, so that half a slip does not come out first.
    async fn clear(&self, line: &mut Line) {
        let clear = self.patience.clear;
        let cleared = async {
            line.write(CLEAR).await.map_err(|halted| halted.source)?;
            find(line, CLEARED, clear).await
        };
        match tokio::time::timeout(clear, cleared).await {
            Ok(Ok(true)) => self.doubtful.store(false, Ordering::Relaxed),
            Ok(Ok(false) | Err(_)) | Err(_) => {
                // What follows asks the status, and finds out whether anyone is there.
                if let Err(halted) = line.write(RESET).await {
                    tracing::debug!(fault = %halted.source, "the printer takes no reset");
                }
            }
        }
    }

    /// A printer that stopped half way must not go on when its paper is changed.
    async fn clear_if_stuck(&self, line: &mut Line) {
        let status = self.ask_status(line).await;
        if !status.prints() && status != PrinterStatus::Unreachable {
            self.clear(line).await;
        }
    }
}

/// One question of the status; answers to other questions are read over.
async fn ask(line: &mut Line, n: u8) -> io::Result<u8> {
    let written = line.write(&status::question(n)).await;
    written.map_err(|halted| halted.source)?;
    loop {
        let byte = line.read(Patience::default().status).await?;
        if status::is_answer(byte) {
            return Ok(byte);
        }
    }
}

/// Reads until the wanted bytes came in a row; false when too much else came.
async fn find(line: &mut Line, wanted: &[u8], within: Duration) -> io::Result<bool> {
    let mut seen = Vec::new();
    while !seen.ends_with(wanted) {
        if seen.len() >= STRAY_MAX + wanted.len() {
            return Ok(false);
        }
        seen.push(line.read(within).await?);
    }
    Ok(true)
}

/// What the printer is asked behind a slip.
#[derive(Debug)]
enum Question {
    PaperStatus,
    ProcessId([u8; 4]),
}

impl Question {
    fn new(kind: JobAnswer) -> Self {
        match kind {
            JobAnswer::PaperStatus | JobAnswer::None => Self::PaperStatus,
            // Source: Epson, GS ( H function 48: four characters of 20–7E.
            JobAnswer::ProcessId => {
                Self::ProcessId(link::random::bytes().map(|byte: u8| b'A' + byte % 26))
            }
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::PaperStatus => vec![0x1d, b'r', 1],
            Self::ProcessId([a, b, c, d]) => {
                vec![0x1d, b'(', b'H', 6, 0, 48, 48, *a, *b, *c, *d]
            }
        }
    }
}
