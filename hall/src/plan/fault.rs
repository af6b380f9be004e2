//! What is wrong with a plan.

use alloc::string::String;

use serde::Serialize;

use crate::text::Text;

/// One fault of a plan, with the path of the field it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fault {
    /// Where, such as `windows[2].services[0]`.
    pub path: String,
    /// What, in both languages, with the limit.
    pub text: Text,
}

impl Fault {
    /// Makes a fault.
    pub fn new(path: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: Text::new(zh, en),
        }
    }
}
