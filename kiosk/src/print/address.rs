//! Where a printer is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// The port of raw printing. **Source**: IANA, `pdl-datastream`.
const PORT: u16 = 9100;
/// The speed of a serial printer that says none. **Source**: the factory setting of most.
const BAUD: u32 = 9600;

/// Where a printer is.
///
/// **Shape**: `tcp://HOST[:PORT]`, `usb:/dev/usb/lp0`, `serial:/dev/ttyS0[:BAUD]`, `file:DIR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrinterAddress {
    /// A printer on the network.
    Tcp {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
    },
    /// A device file of the kernel's printer class.
    Usb(PathBuf),
    /// A serial line.
    Serial {
        /// The line's device file.
        line: PathBuf,
        /// Bits a second.
        baud: u32,
    },
    /// A folder: each slip becomes a file of the bytes a printer would get.
    Folder(PathBuf),
}

/// Why a text is no printer's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No kind that is known.
    #[error(
        "{0:?} is no printer: write tcp://HOST:9100, usb:/dev/usb/lp0, serial:/dev/ttyS0:9600 or file:DIR"
    )]
    Kind(String),
    /// The kind is known, what follows is missing.
    #[error("{0:?} does not say where the printer is")]
    Empty(String),
    /// The port or the speed is no number that can be used.
    #[error("{0:?} ends with a number that cannot be used")]
    Number(String),
}

impl FromStr for PrinterAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(place) = text.strip_prefix("tcp://") {
            return tcp(text, place);
        }
        if let Some(place) = text.strip_prefix("serial:") {
            return serial(text, place);
        }
        let kind = |make: fn(PathBuf) -> Self, place: &str| {
            if place.is_empty() {
                Err(AddressError::Empty(text.to_owned()))
            } else {
                Ok(make(PathBuf::from(place)))
            }
        };
        match (text.strip_prefix("usb:"), text.strip_prefix("file:")) {
            (Some(place), _) => kind(Self::Usb, place),
            (_, Some(place)) => kind(Self::Folder, place),
            (None, None) => Err(AddressError::Kind(text.to_owned())),
        }
    }
}

fn tcp(text: &str, place: &str) -> Result<PrinterAddress, AddressError> {
    let place = place.trim_end_matches('/');
    // In [2001:db8::1]:9100 the last colon outside the brackets is the port's.
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => {
            let port = port.parse().ok().filter(|port| *port > 0);
            (
                host,
                port.ok_or_else(|| AddressError::Number(text.to_owned()))?,
            )
        }
        _ => (place, PORT),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return Err(AddressError::Empty(text.to_owned()));
    }
    Ok(PrinterAddress::Tcp {
        host: host.to_owned(),
        port,
    })
}

fn serial(text: &str, place: &str) -> Result<PrinterAddress, AddressError> {
    let (line, baud) = match place.split_once(':') {
        Some((line, baud)) => {
            let baud = baud.parse().ok().filter(|baud| *baud > 0);
            (
                line,
                baud.ok_or_else(|| AddressError::Number(text.to_owned()))?,
            )
        }
        None => (place, BAUD),
    };
    if line.is_empty() {
        return Err(AddressError::Empty(text.to_owned()));
    }
    Ok(PrinterAddress::Serial {
        line: PathBuf::from(line),
        baud,
    })
}

impl fmt::Display for PrinterAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "tcp://[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "tcp://{host}:{port}"),
            Self::Usb(file) => write!(f, "usb:{}", file.display()),
            Self::Serial { line, baud } => write!(f, "serial:{}:{baud}", line.display()),
            Self::Folder(folder) => write!(f, "file:{}", folder.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_address_is_read_and_written_alike() {
        for (text, whole) in [
            ("tcp://10.0.0.9", "tcp://10.0.0.9:9100"),
            ("tcp://printer.hall:9101", "tcp://printer.hall:9101"),
            ("tcp://[::1]:9100/", "tcp://[::1]:9100"),
            ("tcp://[::1]", "tcp://[::1]:9100"),
            ("usb:/dev/usb/lp0", "usb:/dev/usb/lp0"),
            ("serial:/dev/ttyS0", "serial:/dev/ttyS0:9600"),
            ("serial:/dev/ttyUSB1:115200", "serial:/dev/ttyUSB1:115200"),
            ("file:slips", "file:slips"),
        ] {
            let address: PrinterAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), whole);
        }
    }

    #[test]
    fn a_wrong_address_says_what_to_write_instead() {
        let wrong = |text: &str| text.parse::<PrinterAddress>().unwrap_err().to_string();
        assert!(wrong("lpt1").contains("tcp://HOST:9100"));
        assert!(wrong("usb:").contains("does not say where"));
        assert!(wrong("tcp://:9100").contains("does not say where"));
        assert!(wrong("tcp://h:99999").contains("number"));
        assert!(wrong("serial:/dev/ttyS0:fast").contains("number"));
    }
}
