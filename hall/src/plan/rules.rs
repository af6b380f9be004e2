//! The house rules that are numbers. What the norm does not fix is ours: 本系统默认.

use serde::{Deserialize, Serialize};

/// Numbers of the house rules; each may be left out and takes its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Announcements of one call, the first included: 1 to 9. Ours.
    pub recall_limit: u32,
    /// Seconds between two announcements of one call: 0 to 600. Ours.
    pub recall_cooldown_s: u32,
    /// Seconds after the last announcement before a no-show: 0 to 3600. Ours.
    pub no_show_after_s: u32,
    /// Calls of the service before a no-show is back in line: 0 to 20. QUEUEING §4.
    pub reinstate_after: u32,
    /// Minutes of a pause before the clerk is reminded: 1 to 240. PRACTICE §3.4.
    pub pause_warn_min: u32,
    /// Minutes of a pause before it is escalated: 1 to 240. PRACTICE §3.4.
    pub pause_limit_min: u32,
    /// Minutes for the B role to answer: 1 to 60. Ours.
    pub cover_response_min: u32,
    /// Minutes of head start of the green channel: 0 to 120. QUEUEING §4.
    pub green_head_start_min: u32,
    /// Seconds after the last announcement before a green no-show: 0 to 3600. Ours.
    pub no_show_after_green_s: u32,
    /// Minutes that a window may stand open and idle while people wait: 1 to 60. Ours.
    pub absent_after_min: u32,
    /// Whether a window left without the sign is paused by the hall itself.
    pub absent_pauses: bool,
    /// Whether tides are proposed, done, or off.
    pub tide_mode: TideMode,
    /// How often one call is spoken: 1 to 3. PRACTICE §1.1.
    pub announce_times: u32,
    /// Workdays in which a bad rating, a complaint or a case of 12345 is answered: 1 to 30.
    /// PRACTICE §2.1: 5 in 德州 (山东).
    pub case_due_workdays: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            recall_limit: 3,
            recall_cooldown_s: 10,
            no_show_after_s: 60,
            reinstate_after: 3,
            pause_warn_min: 10,
            pause_limit_min: 30,
            cover_response_min: 5,
            green_head_start_min: 15,
            no_show_after_green_s: 120,
            absent_after_min: 5,
            absent_pauses: false,
            tide_mode: TideMode::Propose,
            announce_times: 2,
            case_due_workdays: 5,
        }
    }
}

/// Who decides on a tide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TideMode {
    /// The tide proposes, a named person decides.
    Propose,
    /// The tide acts alone.
    Auto,
    /// No tides.
    Off,
}
