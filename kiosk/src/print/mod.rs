//! Receipt printers, real and virtual: from a [`Slip`](hall::view::Slip) to paper, and the proof.
//!
//! ```text
//! Slip ─► content ─► job (bytes) ─► printer: status, one write, answer ─► Outcome
//! ```
//!
//! Nothing here prints a second time by itself, and nothing says printed without an answer.

mod address;
mod bitmap;
mod content;
mod job;
mod link;
mod paper;
mod parse;
mod picture;
mod pretend;
mod printer;
mod profile;
mod status;
mod tape;
mod text;

pub use address::{AddressError, PrinterAddress};
pub use paper::{Paper, PaperLine};
pub use picture::PictureError;
pub use pretend::VirtualPrinter;
pub use printer::{Outcome, Printer};
pub use profile::{Encoding, JobAnswer, PaperWidth, Profile, QrPrint};
pub use status::PrinterStatus;

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod job_tests;
#[cfg(test)]
mod notice_tests;
