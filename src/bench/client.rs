//! A lean HTTP/1.1 client: one kept connection, one request at a time, so that the load generator
//! does not take the cores from what it measures.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Bytes read at once. Ours: a whole answer as a rule.
const CHUNK: usize = 8 * 1024;

/// One kept connection under one token.
pub(super) struct Connection {
    stream: TcpStream,
    token: String,
    outbox: Vec<u8>,
    inbox: Vec<u8>,
}

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Wish<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) key: &'a str,
    pub(super) body: &'a str,
}

impl<'a> Wish<'a> {
    pub(super) const fn post(path: &'a str, key: &'a str, body: &'a str) -> Self {
        Self {
            method: "POST",
            path,
            key,
            body,
        }
    }
}

/// What was answered.
pub(super) struct Answer<'a> {
    pub(super) status: u16,
    pub(super) body: &'a str,
}

impl Answer<'_> {
    /// The text of a field, found by its name alone.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("\"{field}\":\""))?;
        rest.split('"').next()
    }

    /// The journal position of the change.
    pub(super) fn seq(&self) -> Option<u64> {
        last_number(self.body, "seq")
    }
}

/// The whole number of the last field of that name.
pub(super) fn last_number(text: &str, field: &str) -> Option<u64> {
    let (_, rest) = text.rsplit_once(&format!("\"{field}\":"))?;
    let end = rest.find(|c: char| !c.is_ascii_digit());
    rest.get(..end.unwrap_or(rest.len()))?.parse().ok()
}

impl Connection {
    pub(super) async fn open(address: SocketAddr, token: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await;
        let stream = stream.with_context(|| format!("cannot reach {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            token: token.to_owned(),
            outbox: Vec::with_capacity(CHUNK),
            inbox: Vec::with_capacity(CHUNK),
        })
    }

    /// Sends a request and waits for its whole answer.
    pub(super) async fn ask(&mut self, wish: Wish<'_>) -> anyhow::Result<Answer<'_>> {
        self.write(wish)?;
        self.stream.write_all(&self.outbox).await?;
        self.inbox.clear();
        loop {
            self.inbox.reserve(CHUNK);
            let read = self.stream.read_buf(&mut self.inbox).await?;
            ensure!(read > 0, "the server closed the connection");
            if let Some(whole) = whole(&self.inbox)? {
                let body = self.inbox.get(whole.body..).unwrap_or_default();
                return Ok(Answer {
                    status: whole.status,
                    body: std::str::from_utf8(body)?,
                });
            }
        }
    }

    fn write(&mut self, wish: Wish<'_>) -> std::io::Result<()> {
        use std::io::Write;
        self.outbox.clear();
        write!(
            self.outbox,
            "{} {} HTTP/1.1\r\nhost: tidehall\r\nauthorization: Bearer {}\r\n\
             idempotency-key: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{}",
            wish.method,
            wish.path,
            self.token,
            wish.key,
            wish.body.len(),
            wish.body
        )
    }
}

struct Whole {
    status: u16,
    body: usize,
}

/// Where the body begins, once all of the answer is there.
fn whole(bytes: &[u8]) -> anyhow::Result<Option<Whole>> {
    const END: &[u8] = b"\r\n\r\n";
    let Some(end) = bytes.windows(END.len()).position(|at| at == END) else {
        return Ok(None);
    };
    let head = std::str::from_utf8(bytes.get(..end).unwrap_or_default())?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.get(9..12));
    let status = status.and_then(|status| status.parse().ok());
    let Some(status) = status else {
        bail!("the answer has no status")
    };
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let (_, length) = length.context("the answer has no length")?;
    let body = end + END.len();
    let length: usize = length.trim().parse()?;
    Ok((bytes.len() >= body + length).then_some(Whole { status, body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_its_length_is_there() {
        let text = b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nabcd";
        let parsed = whole(text).expect("an answer").expect("all of it");
        assert_eq!((parsed.status, parsed.body), (201, text.len() - 4));
        assert!(whole(&text[..text.len() - 1]).expect("a part").is_none());
        assert!(whole(b"HTTP/1.1 201 Created\r\n\r\n").is_err());
    }

    #[test]
    fn a_number_is_read_from_its_last_field() {
        assert_eq!(last_number(r#"{"seq":3,"x":{"seq":12}}"#, "seq"), Some(12));
        assert_eq!(last_number(r#"{"a":1}"#, "seq"), None);
    }
}
