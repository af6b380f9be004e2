//! The way of a pad to the server, on a board's own machine.

use axum::http::StatusCode;
use hall::TicketId;
use hall::records::Level;
use link::client::{Client, ClientError};
use serde_json::{Value, json};

/// A client with the machine's token, and its hall.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    client: Client,
    hall: String,
}

impl Desk {
    pub(crate) fn new(client: Client, hall: String) -> Self {
        Self { client, hall }
    }

    /// Sends a pressed level; the same press sent again is the same rating.
    pub(crate) async fn rate(&self, window: &str, ticket: TicketId, level: Level) -> StatusCode {
        let is_plain = window
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !is_plain {
            return StatusCode::NOT_FOUND;
        }
        let path = format!("/api/v1/halls/{}/windows/{window}/ratings", self.hall);
        let key = format!("pad {ticket} {}", level.number());
        let body = json!({ "ticket": ticket, "level": level });
        match self.client.post::<Value>(&path, &key, &body).await {
            Ok(_) => StatusCode::CREATED,
            Err(ClientError::Refused(problem)) => {
                StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT)
            }
            Err(fault) => {
                tracing::warn!(%fault, "a rating was not heard");
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }
}
