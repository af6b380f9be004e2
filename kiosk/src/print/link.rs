//! The line to a printer: a socket, a device file, a serial line, a folder. Every wait ends.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use link::clock;
use serialport::SerialPort;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::PrinterAddress;

/// Time to connect. Ours: peers saw printers that took 40 s; nobody waits for that.
const CONNECT: Duration = Duration::from_secs(2);
/// Time for the whole job to be taken. Ours: 8 kB at 9600 baud take 8 s.
const WRITE: Duration = Duration::from_secs(10);
/// How long a device file that is not ready is left alone.
const NAP: Duration = Duration::from_millis(5);
/// Open for reading without waiting. **Source**: Linux, `O_NONBLOCK` of all but MIPS and Alpha.
const NONBLOCK: i32 = 0o4000;

/// An open line to a printer.
#[derive(Debug)]
pub(super) enum Line {
    Tcp(TcpStream),
    Wire(Option<Wire>),
    Folder(PathBuf),
}

/// A line of the machine itself, whose calls may block for a moment.
#[derive(Debug)]
pub(super) enum Wire {
    Device(File),
    Serial(Box<dyn SerialPort>),
}

/// A job that was not taken whole.
#[derive(Debug)]
pub(super) struct Halted {
    /// Bytes that were taken before.
    pub(super) taken: usize,
    /// Why no more.
    pub(super) source: io::Error,
}

impl Line {
    /// Opens the line.
    ///
    /// # Errors
    ///
    /// The printer is not there, or does not let itself be connected in time.
    pub(super) async fn open(address: &PrinterAddress) -> io::Result<Self> {
        match address {
            PrinterAddress::Tcp { host, port } => {
                let connect = TcpStream::connect((host.as_str(), *port));
                let stream = timeout(CONNECT, connect).await??;
                stream.set_nodelay(true)?;
                Ok(Self::Tcp(stream))
            }
            PrinterAddress::Usb(file) => {
                let mut options = OpenOptions::new();
                options.read(true).write(true).custom_flags(NONBLOCK);
                let file = file.clone();
                let open = move || options.open(file).map(Wire::Device);
                Ok(Self::Wire(Some(blocking(open).await?)))
            }
            PrinterAddress::Serial { line, baud } => {
                let name = line.to_string_lossy().into_owned();
                let setup = serialport::new(name, *baud).timeout(NAP);
                let open = move || setup.open().map(Wire::Serial).map_err(io::Error::from);
                Ok(Self::Wire(Some(blocking(open).await?)))
            }
            PrinterAddress::Folder(folder) => {
                let made = folder.clone();
                blocking(move || std::fs::create_dir_all(made)).await?;
                Ok(Self::Folder(folder.clone()))
            }
        }
    }

    /// Whether somebody at the other end can answer.
    pub(super) const fn answers(&self) -> bool {
        !matches!(self, Self::Folder(_))
    }

    /// Writes all of it, or says how much was taken.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), Halted> {
        match self {
            Self::Tcp(stream) => write_tcp(stream, bytes).await,
            Self::Wire(wire) => {
                let bytes = bytes.to_vec();
                let (back, done) = on_wire(wire, move |wire| write_wire(wire, &bytes)).await;
                *wire = back;
                done
            }
            Self::Folder(folder) => {
                let (folder, bytes) = (folder.clone(), bytes.to_vec());
                let kept = blocking(move || keep(&folder, &bytes)).await;
                kept.map_err(|source| Halted { taken: 0, source })
            }
        }
    }

    /// Reads one byte.
    ///
    /// # Errors
    ///
    /// None came in time, or the line broke.
    pub(super) async fn read(&mut self, within: Duration) -> io::Result<u8> {
        match self {
            Self::Tcp(stream) => timeout(within, stream.read_u8()).await?,
            Self::Wire(wire) => {
                let (back, byte) = on_wire(wire, move |wire| read_wire(wire, within)).await;
                *wire = back;
                byte
            }
            Self::Folder(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Ends the line in order, so that what was written still arrives.
    pub(super) async fn close(self) {
        if let Self::Tcp(mut stream) = self {
            // A printer that is gone already needs no farewell.
            let _ = timeout(CONNECT, stream.shutdown()).await;
        }
    }
}

async fn write_tcp(stream: &mut TcpStream, bytes: &[u8]) -> Result<(), Halted> {
    let mut taken = 0;
    let all = async {
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            match stream.write(rest).await? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                more => taken += more,
            }
        }
        Ok(())
    };
    let done = timeout(WRITE, all)
        .await
        .unwrap_or_else(|late| Err(late.into()));
    done.map_err(|source| Halted { taken, source })
}

/// Runs what may block elsewhere; a thread that ends badly is an error like any other.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|end| Err(io::Error::other(end)))
}

/// Lends the wire to a thread that may block, and takes it back with what came of it.
async fn on_wire<T, E>(
    wire: &mut Option<Wire>,
    work: impl FnOnce(&mut Wire) -> Result<T, E> + Send + 'static,
) -> (Option<Wire>, Result<T, E>)
where
    T: Send + 'static,
    E: From<Gone> + Send + 'static,
{
    let Some(mut lent) = wire.take() else {
        return (None, Err(Gone.into()));
    };
    let work = move || {
        let done = work(&mut lent);
        (lent, done)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok((lent, done)) => (Some(lent), done),
        Err(_) => (None, Err(Gone.into())),
    }
}

/// The wire was lost with the thread that held it.
#[derive(Debug)]
struct Gone;

impl From<Gone> for io::Error {
    fn from(Gone: Gone) -> Self {
        io::ErrorKind::NotConnected.into()
    }
}

impl From<Gone> for Halted {
    /// Nobody knows how much was taken, so some was.
    fn from(gone: Gone) -> Self {
        Self {
            taken: 1,
            source: gone.into(),
        }
    }
}

fn write_wire(wire: &mut Wire, bytes: &[u8]) -> Result<(), Halted> {
    let began = clock::monotonic_now();
    let mut taken = 0;
    while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
        let done = match wire {
            Wire::Device(file) => file.write(rest),
            Wire::Serial(port) => port.write(rest),
        };
        match done {
            Ok(more) if more > 0 => taken += more,
            Err(source) if !is_busy(&source) => return Err(Halted { taken, source }),
            Ok(_) | Err(_) if began.elapsed() > WRITE => {
                let source = io::ErrorKind::TimedOut.into();
                return Err(Halted { taken, source });
            }
            Ok(_) | Err(_) => std::thread::sleep(NAP),
        }
    }
    Ok(())
}

fn read_wire(wire: &mut Wire, within: Duration) -> io::Result<u8> {
    let began = clock::monotonic_now();
    let mut byte = [0];
    loop {
        let done = match wire {
            Wire::Device(file) => file.read(&mut byte),
            Wire::Serial(port) => port.read(&mut byte),
        };
        match done {
            Ok(1) => return Ok(u8::from_be_bytes(byte)),
            Err(fault) if !is_busy(&fault) => return Err(fault),
            Ok(_) | Err(_) if began.elapsed() > within => {
                return Err(io::ErrorKind::TimedOut.into());
            }
            Ok(_) | Err(_) => std::thread::sleep(NAP),
        }
    }
}

fn is_busy(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}

/// A new file for the slip, on disk when this returns.
fn keep(folder: &Path, bytes: &[u8]) -> io::Result<()> {
    let at = clock::machine_now().0;
    for number in 0u32.. {
        let file = folder.join(format!("slip-{at}-{number:03}.bin"));
        match OpenOptions::new().write(true).create_new(true).open(file) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                return file.sync_all();
            }
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => (),
            Err(fault) => return Err(fault),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
