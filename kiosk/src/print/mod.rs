//! Receipt printers, real and virtual.

use std::net::SocketAddr;
use std::str::FromStr;

use hall::view::Slip;
use serde::Deserialize;

/// Where a printer is.
#[derive(Debug, Clone)]
pub struct PrinterAddress(String);

impl FromStr for PrinterAddress {
    type Err = std::io::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// What a printer can.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Profile {}

/// How a printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "skeleton")]
pub enum PrinterStatus {
    Ready,
    PaperLow,
    PaperOut,
    CoverOpen,
    Offline,
    Error,
    Unreachable,
}

impl PrinterStatus {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        "unreachable"
    }
}

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "skeleton")]
pub enum Outcome {
    Printed,
    Failed(String),
    Unknown(String),
}

/// A printer.
#[derive(Debug)]
pub struct Printer {}

impl Printer {
    /// A printer.
    pub fn new(_: PrinterAddress, _: Profile) -> Self {
        Self {}
    }
    /// How it is.
    pub async fn status(&self) -> PrinterStatus {
        PrinterStatus::Unreachable
    }
    /// Prints.
    pub async fn print(&self, _: &Slip) -> Outcome {
        Outcome::Failed("skeleton".into())
    }
}

/// A virtual printer.
#[derive(Debug, Clone)]
pub struct VirtualPrinter(SocketAddr);

/// A paper.
#[derive(Debug, Clone)]
pub struct Paper {}

impl Paper {
    /// As a picture.
    pub fn to_svg(&self) -> String {
        String::new()
    }
}

impl VirtualPrinter {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// The address is taken.
    pub async fn start(address: SocketAddr) -> std::io::Result<Self> {
        Ok(Self(address))
    }
    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.0
    }
    /// Papers.
    pub fn papers(&self) -> Vec<Paper> {
        Vec::new()
    }
}
