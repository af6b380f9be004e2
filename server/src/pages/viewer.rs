//! Who looks at a page, and through what kind of line.

use hall::ClerkCode;

/// The person in front of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    /// The name shown in the header; none before signing in.
    pub name: Option<String>,
    /// The clerk that the person is, when bound to one.
    pub clerk: Option<ClerkCode>,
    /// Whether the person may decide for the whole floor.
    pub manager: bool,
    /// Whether the person may read the figures by score item.
    pub figures: bool,
    /// Whether the page came over plain http from another machine: the page says so.
    pub unencrypted: bool,
}
