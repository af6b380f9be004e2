//! Who asks.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::ClerkCode;

/// What someone may do. **Source**: API.md, "Who may".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Plans, calendar, devices, people, tokens, clock.
    System,
    /// People, roles, tokens; nothing on the floor.
    Security,
    /// Everything on the floor of its hall.
    Manager,
    /// The window that the bound person holds.
    Clerk,
    /// Issues, reinstates, reprints, helps.
    Concierge,
    /// Patrols; every score item but F4.
    Inspector,
    /// Score item F4.
    Guidance,
    /// Reads everything of its hall.
    Auditor,
    /// A kiosk.
    Kiosk,
    /// A board or a window screen.
    Display,
    /// Another system that reads.
    Reader,
}

impl Role {
    /// Every role, in the order of API.md.
    pub const ALL: [Self; 11] = [
        Self::System,
        Self::Security,
        Self::Manager,
        Self::Clerk,
        Self::Concierge,
        Self::Inspector,
        Self::Guidance,
        Self::Auditor,
        Self::Kiosk,
        Self::Display,
        Self::Reader,
    ];

    /// The role's name as it stands in tokens and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Security => "security",
            Self::Manager => "manager",
            Self::Clerk => "clerk",
            Self::Concierge => "concierge",
            Self::Inspector => "inspector",
            Self::Guidance => "guidance",
            Self::Auditor => "auditor",
            Self::Kiosk => "kiosk",
            Self::Display => "display",
            Self::Reader => "reader",
        }
    }

    /// Reads a role's name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Who asks: the name that the journal keeps, and the role it is asked under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person's code, or the token's name.
    pub name: String,
    /// The role in force.
    pub role: Role,
    /// The clerk that the person is, when bound to one.
    pub clerk: Option<ClerkCode>,
}

impl Actor {
    /// The hall itself: ticks and what follows from them.
    pub fn clockwork() -> Self {
        Self {
            name: "clock".into(),
            role: Role::System,
            clerk: None,
        }
    }

    /// Whether the actor may decide for any window and any visitor of the hall.
    pub fn is_manager(&self) -> bool {
        matches!(self.role, Role::Manager)
    }

    /// Whether the actor is a person of the hall's staff.
    pub fn is_staff(&self) -> bool {
        matches!(self.role, Role::Manager | Role::Clerk | Role::Concierge)
    }
}
