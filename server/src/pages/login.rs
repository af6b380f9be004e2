//! Signing in, and the first password.

use askama::Template;

use super::phrases;

/// What the sign-in page needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoginData {
    /// Where to go afterwards; anything but a path of our own becomes the home page.
    pub next: String,
    /// Whether the page came over plain http from another machine.
    pub unencrypted: bool,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
}

#[derive(Template)]
#[template(path = "pages/login.html")]
struct Page<'a> {
    data: &'a LoginData,
}

impl LoginData {
    /// The path to go to; never another site's.
    fn destination(&self) -> &str {
        let ours = self.next.starts_with('/')
            && !self.next.starts_with("//")
            && !self.next.contains(['\\', '\r', '\n', '\t']);
        if ours { &self.next } else { "/" }
    }
}

/// The sign-in page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &LoginData) -> Result<String, askama::Error> {
    Page { data }.render()
}
