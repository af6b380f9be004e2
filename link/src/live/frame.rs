//! Frames of the live socket. **Source**: API.md, Live.

use hall::DateTime;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value, json};

use super::{Topic, Wish};

/// What the server said.
#[derive(Debug)]
pub(super) enum Frame<V> {
    /// It lives.
    Beat {
        /// The hall's time.
        at: DateTime,
    },
    /// A whole view.
    View {
        log: String,
        seq: u64,
        at: DateTime,
        view: V,
    },
}

#[derive(Debug, Deserialize)]
struct Wire {
    log: Option<String>,
    seq: Option<u64>,
    at: Option<DateTime>,
    beat: Option<Beat>,
    #[serde(flatten)]
    topics: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Beat {
    at: DateTime,
}

/// The first message: what is wanted, and what is known of it already.
pub(super) fn hello(wish: &Wish, known: Option<&(String, u64)>) -> String {
    let (log, seq) = known.map_or((None, 0), |(log, seq)| (Some(log), *seq));
    let topic = wish.topic.as_str();
    json!({"hello": {"topic": topic, "key": wish.key, "log": log, "seq": seq}}).to_string()
}

/// Reads one frame.
pub(super) fn read<V: DeserializeOwned>(
    text: &str,
    topic: Topic,
) -> Result<Frame<V>, serde_json::Error> {
    let mut wire: Wire = serde_json::from_str(text)?;
    if let Some(beat) = wire.beat {
        return Ok(Frame::Beat { at: beat.at });
    }
    let body = wire.topics.remove(topic.as_str());
    let (Some(log), Some(seq), Some(at), Some(body)) = (wire.log, wire.seq, wire.at, body) else {
        return Err(serde_json::Error::custom("neither a beat nor a view"));
    };
    let view = serde_json::from_value(body)?;
    Ok(Frame::View { log, seq, at, view })
}

/// Whether a view at `log` and `seq` replaces what is known: a later one of the same log, or any
/// one of another log.
pub(super) fn is_news(known: Option<&(String, u64)>, log: &str, seq: u64) -> bool {
    known.is_none_or(|(known_log, known_seq)| known_log != log || seq > *known_seq)
}
