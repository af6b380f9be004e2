//! What HTTP answers when something cannot be done: `application/problem+json`, never internal text.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hall::Refusal;
use hall::text::Text;
use serde::Serialize;
use serde_json::{Map, Value};

use super::phrases;
use crate::floor::AskError;

/// Seconds after which a client may try again. Ours: longer than a restart takes.
const RETRY_AFTER_S: u64 = 2;

/// A problem as clients read it. **Source**: API.md, rules for all of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A name for the kind of problem; relative to the API's base.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in English.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// What and the limit, in English.
    pub detail: String,
    /// The sentence for people.
    pub text: Text,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Ids and numbers involved.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub more: Map<String, Value>,
}

impl Problem {
    fn new(status: StatusCode, code: &str, detail: String, text: Text) -> Self {
        Self {
            kind: format!("/problems/{code}"),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail,
            text,
            retryable: matches!(status.as_u16(), 429 | 503),
            more: Map::new(),
        }
    }

    /// 400: the request itself is wrong; `field` and `detail` say what and the limit.
    pub fn malformed(field: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let text = phrases::malformed(field, &detail);
        let problem = Self::new(StatusCode::BAD_REQUEST, "malformed", detail, text);
        problem.with("field", field)
    }

    /// 401: nobody known asks.
    pub fn who_are_you() -> Self {
        let detail = "a valid bearer token or session is needed".to_owned();
        Self::new(
            StatusCode::UNAUTHORIZED,
            "who_are_you",
            detail,
            phrases::who_are_you(),
        )
    }

    /// 403: the role may not.
    pub fn not_your_role(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not_your_role",
            detail.into(),
            phrases::not_your_role(),
        )
    }

    /// 404: there is no such thing, or it is another hall's.
    pub fn not_found(what: &str) -> Self {
        let detail = format!("there is no such {what}");
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            detail,
            phrases::not_found(what),
        )
        .with("what", what)
    }

    /// 405: the path is there, the method is not.
    pub fn wrong_method() -> Self {
        let detail = "the path does not take this method".to_owned();
        let text = phrases::malformed("method", &detail);
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "malformed", detail, text)
    }

    /// 409 with its own code, for refusals outside a hall's rules.
    pub fn conflict(code: &str, detail: impl Into<String>, text: Text) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail.into(), text)
    }

    /// 408: the body did not come in time.
    pub fn too_slow(limit_s: u64) -> Self {
        let detail = format!("the body did not come within {limit_s} s");
        let text = phrases::malformed("body", &detail);
        let mut problem = Self::new(StatusCode::REQUEST_TIMEOUT, "malformed", detail, text);
        problem.retryable = true;
        problem
    }

    /// 413: the body is larger than `limit` bytes.
    pub fn too_large(limit: usize) -> Self {
        let detail = format!("the body is larger than {limit} bytes");
        let text = phrases::malformed("body", &detail);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "malformed", detail, text)
    }

    /// 415: not JSON.
    pub fn not_json() -> Self {
        let detail = "the body must be application/json".to_owned();
        let text = phrases::malformed("content-type", &detail);
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "malformed",
            detail,
            text,
        )
    }

    /// 415: no table.
    pub fn no_table() -> Self {
        let detail = "the body must be text/csv or an XLSX file".to_owned();
        let text = Text::new("请上传CSV或XLSX表格", detail.clone());
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "malformed",
            detail,
            text,
        )
    }

    /// 415: no picture of a kind that is taken.
    pub fn not_a_picture() -> Self {
        let detail = "the body must be image/jpeg, image/png or image/webp".to_owned();
        let text = phrases::malformed("content-type", &detail);
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "malformed",
            detail,
            text,
        )
    }

    /// 422: the key was used for another request.
    pub fn key_reused() -> Self {
        let detail = "the idempotency key belongs to another request".to_owned();
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "key_reused",
            detail,
            phrases::key_reused(),
        )
    }

    /// 429: more requests than allowed.
    pub fn slow_down() -> Self {
        let detail = "more requests than this token may send".to_owned();
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "slow_down",
            detail,
            phrases::slow_down(),
        )
    }

    /// 503: not now.
    pub fn try_again(detail: impl Into<String>) -> Self {
        let text = phrases::try_again();
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "try_again",
            detail.into(),
            text,
        )
    }

    /// 503: papers cannot be written, because the font at `path` is missing or is none.
    pub fn no_font(path: &str) -> Self {
        let text = phrases::no_font(path);
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "font_missing",
            text.en.clone(),
            text,
        )
        .with("path", path)
    }

    /// Adds an id or number involved.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }
}

impl From<Refusal> for Problem {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "409 is the answer of a rule; the few others are named"
    )]
    fn from(refusal: Refusal) -> Self {
        let status = match &refusal {
            Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
            Refusal::NotYourRole { .. } => StatusCode::FORBIDDEN,
            Refusal::PlanInvalid { .. }
            | Refusal::PlanStrands { .. }
            | Refusal::CalendarInvalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        let code = match &refusal {
            Refusal::PlanStrands { .. } => "plan_invalid",
            other => other.code(),
        };
        let text = phrases::refusal(&refusal);
        let mut problem = Self::new(status, code, text.en.clone(), text);
        if let Ok(Value::Object(fields)) = serde_json::to_value(&refusal) {
            problem.more = fields
                .into_iter()
                .filter(|(name, _)| name != "code")
                .collect();
        }
        problem
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Refused(refusal) => Self::from(*refusal),
            AskError::KeyReused => Self::key_reused(),
            AskError::PlanChanged { in_force } => Self::conflict(
                "plan_changed",
                "another plan came between",
                phrases::plan_changed(),
            )
            .with("seq", in_force),
            AskError::ReadOnly(_) => {
                Self::try_again("the hall is read-only, its journal needs care")
            }
            AskError::TryAgain => Self::try_again("the hall cannot answer at present"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, kind);
        if self.retryable {
            let wait_s = self.more.get("wait_s").and_then(Value::as_u64);
            let wait_s = wait_s.unwrap_or(RETRY_AFTER_S);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
        }
        if status == StatusCode::UNAUTHORIZED {
            let bearer = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}
