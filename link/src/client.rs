//! A client of the server's API, for devices, tools and tests.

use std::sync::Once;
use std::time::Duration;

use hall::text::Text;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Time to connect. **Source**: RELIABILITY F09: on its own after 2 s.
const CONNECT: Duration = Duration::from_secs(2);
/// Time for the whole request. Ours: longer than any commit.
const WHOLE: Duration = Duration::from_secs(5);

/// Makes ring the provider of TLS; the first call counts, further ones do nothing.
pub fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only when a provider is there already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// A way to one server, under one token.
#[derive(Debug, Clone)]
pub struct Client {
    base: String,
    token: String,
    http: reqwest::Client,
}

/// What the server answers when something cannot be done. **Source**: API.md.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// What and the limit, in English.
    #[serde(default)]
    pub detail: String,
    /// The sentence for people.
    pub text: Text,
    /// Whether the same request may succeed later.
    #[serde(default)]
    pub retryable: bool,
    /// Ids and numbers involved.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Why there is no answer, or not the one wished for.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No answer: whether it was done is not known. Ask again with the same key.
    #[error("the server at {base} cannot be reached")]
    Unreachable {
        /// The server.
        base: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// The server said no.
    #[error("the server refused: {} ({})", .0.code, .0.detail)]
    Refused(Box<Problem>),
    /// The answer is not one of ours.
    #[error("the server answered {status} with something unreadable")]
    Malformed {
        /// The HTTP status.
        status: u16,
    },
}

impl ClientError {
    /// The refusal's code; none when there was no answer.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused(problem) => Some(&problem.code),
            Self::Unreachable { .. } | Self::Malformed { .. } => None,
        }
    }
}

impl Client {
    /// A client of the server at `base`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    ///
    /// When the client cannot be built at all.
    pub fn new(base: &str, token: &str) -> Result<Self, reqwest::Error> {
        install_tls();
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .no_proxy()
            .build()?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self {
            base,
            token: token.to_owned(),
            http,
        })
    }

    /// The server's address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The token shown with every request.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Reads.
    ///
    /// # Errors
    ///
    /// [`ClientError`].
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        self.send(self.request(Method::GET, path)).await
    }

    /// Changes, once for each key.
    ///
    /// # Errors
    ///
    /// [`ClientError`].
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        self.send(
            self.request(Method::POST, path)
                .header("idempotency-key", key)
                .json(body),
        )
        .await
    }

    /// Sets, once for each key.
    ///
    /// # Errors
    ///
    /// [`ClientError`].
    pub async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        self.send(
            self.request(Method::PUT, path)
                .header("idempotency-key", key)
                .json(body),
        )
        .await
    }

    /// Takes away, once for each key.
    ///
    /// # Errors
    ///
    /// [`ClientError`].
    pub async fn delete<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
    ) -> Result<T, ClientError> {
        self.send(
            self.request(Method::DELETE, path)
                .header("idempotency-key", key),
        )
        .await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, ClientError> {
        let lost = |source| ClientError::Unreachable {
            base: self.base.clone(),
            source,
        };
        let response = request.send().await.map_err(lost)?;
        let status = response.status();
        let body = response.bytes().await.map_err(lost)?;
        let malformed = |_| ClientError::Malformed {
            status: status.as_u16(),
        };
        if status.is_success() {
            let body: &[u8] = if status == StatusCode::NO_CONTENT {
                b"null"
            } else {
                &body
            };
            return serde_json::from_slice(body).map_err(malformed);
        }
        let problem: Problem = serde_json::from_slice(&body).map_err(malformed)?;
        Err(ClientError::Refused(Box::new(problem)))
    }
}
