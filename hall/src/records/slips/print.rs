//! A slip on a kiosk's receipt printer: asked for by a person, begun once, reported.
//!
//! ```text
//! asked ──► started ──► printed │ failed │ unknown        another copy needs another wish
//! ```

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{PrintAsked, PrintReported, Slip, SlipFact, Slips};
use crate::decide::Asked;
use crate::event::{DeviceKind, PrintOutcome};
use crate::records::objection;
use crate::{Event, RecordId, Refusal, Timestamp};

/// A copy that no kiosk fetched is left after so long: nobody stands there any more. Ours: two
/// minutes.
const FRESH_MS: i64 = 2 * 60 * 1000;

/// Sends a slip to a kiosk's printer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AskPrintWish {
    /// The slip.
    pub id: RecordId,
    /// The kiosk.
    pub device: String,
}

/// Says what became of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReportPrintWish {
    /// The slip.
    pub id: RecordId,
    /// The kiosk.
    pub device: String,
    /// Which time.
    pub n: u32,
    /// What the kiosk says.
    pub outcome: PrintOutcome,
}

/// A copy at a kiosk's printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SlipPrint {
    /// How often it was asked for.
    pub n: u32,
    /// The kiosk.
    pub device: String,
    /// When it was asked for.
    #[serde(skip)]
    pub at: Timestamp,
    /// Whether a kiosk may still fetch it: asked for within [`FRESH_MS`].
    pub fresh: bool,
    /// What the kiosk said last; none when it has not begun.
    pub outcome: Option<PrintOutcome>,
}

impl SlipPrint {
    /// The same as it stands at `now`.
    pub(super) fn seen_at(&self, now: Timestamp) -> Self {
        Self {
            fresh: now.since_ms(self.at) < FRESH_MS,
            ..self.clone()
        }
    }

    pub(super) fn new(asked: &PrintAsked, at: Timestamp) -> Self {
        Self {
            n: asked.n,
            device: asked.device.clone(),
            at,
            fresh: true,
            outcome: None,
        }
    }
}

fn known(slips: &Slips, id: RecordId) -> Result<&Slip, Refusal> {
    slips.get(id).ok_or_else(|| Refusal::NotFound {
        what: "slip",
        name: id.to_string(),
    })
}

pub(super) fn ask(
    slips: &Slips,
    asked: &Asked<'_>,
    wish: &AskPrintWish,
) -> Result<Vec<Event>, Refusal> {
    let slip = known(slips, wish.id)?;
    let device = asked.hall.devices.get(&wish.device);
    let (kind, awake) = device.ok_or_else(|| Refusal::NotFound {
        what: "device",
        name: wish.device.clone(),
    })?;
    if *kind != DeviceKind::Kiosk || !awake {
        return Err(objection(
            "no_printer_there",
            "device",
            "这台设备不是取号机,或没有开机,请换一台或打印A4单",
            "the device is no kiosk, or is not awake",
        ));
    }
    Ok(vec![
        SlipFact::PrintAsked(PrintAsked {
            id: wish.id,
            n: slip.print.as_ref().map_or(1, |print| print.n + 1),
            device: wish.device.clone(),
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
        .into(),
    ])
}

pub(super) fn report(
    slips: &Slips,
    asked: &Asked<'_>,
    wish: &ReportPrintWish,
) -> Result<Vec<Event>, Refusal> {
    let slip = known(slips, wish.id)?;
    let print = slip.print.as_ref();
    let print = print.filter(|print| print.n == wish.n && print.device == wish.device);
    let begins = wish.outcome == PrintOutcome::Started;
    let goes_on = match print.map(|print| print.outcome) {
        Some(None) => begins,
        Some(Some(PrintOutcome::Started)) => !begins,
        // Ended, or another copy was asked for since: nobody prints it a second time.
        Some(Some(PrintOutcome::Printed | PrintOutcome::Failed | PrintOutcome::Unknown)) | None => {
            false
        }
    };
    if !goes_on {
        return Err(objection(
            "print_not_asked",
            "n",
            "没有要求打印这一份,或已经打印过",
            "this copy was not asked for, or is begun already",
        ));
    }
    Ok(vec![
        SlipFact::PrintReported(PrintReported {
            id: wish.id,
            n: wish.n,
            outcome: wish.outcome,
            day: asked.today(),
            by: asked.actor.name.clone(),
        })
        .into(),
    ])
}
