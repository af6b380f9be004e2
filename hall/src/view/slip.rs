//! The paper a visitor holds.

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// How long a visitor may have to wait, as a band.
///
/// **Units and range**: minutes; half of all waits end by `p50_min`, nine in ten by `p90_min`.
/// **Source**: QUEUEING §1.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Wait {
    /// The wait that half of the visitors do not exceed.
    pub p50_min: u32,
    /// The wait that nine visitors in ten do not exceed.
    pub p90_min: u32,
}

/// What is printed on a slip: one number on paper, its copy count and the way back to us.
///
/// **Shape**: no name and no id number, ever. **Source**: PRACTICE §6, SCREENS §1.1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Slip {
    /// The hall's name as it stands over the door.
    pub hall: String,
    /// The hall's English name, when the plan has one.
    pub hall_en: Option<String>,
    /// The number as it is printed, shown and read out, such as `A003`.
    pub number: String,
    /// The service's name.
    pub service: String,
    /// The service's English name, when the plan has one.
    pub service_en: Option<String>,
    /// Whether the ticket is of the green channel (依法优先/绿色通道).
    pub green: bool,
    /// People who would be called before this visitor when the ticket was taken.
    pub ahead: u32,
    /// Codes of the windows that may call this number.
    pub windows: Vec<String>,
    /// The wait band shown when the ticket was taken; `None` prints 暂无法估计.
    pub wait: Option<Wait>,
    /// When the number was taken, in the hall's zone.
    pub issued_at: DateTime<FixedOffset>,
    /// Four base32 symbols that prove the paper is ours.
    pub check: String,
    /// Where a phone finds the ticket page; `None` prints no QR.
    pub ticket_url: Option<String>,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// After how many more calls of the service a passed number comes back in line.
    pub reinstate_after: u32,
    /// 1 for the original, 2 and up for copies (补打).
    pub copy: u32,
}

impl crate::Hall {
    /// What is printed for a ticket; none before the first plan. `copy` 1 is the original.
    pub fn slip(&self, ticket: &super::TicketView, copy: u32) -> Option<Slip> {
        let plan = self.plan()?;
        let service = plan.service(&ticket.service.code);
        let url = plan.hall.public_url.as_ref().zip(ticket.token.as_ref());
        Some(Slip {
            hall: plan.hall.name.clone(),
            hall_en: plan.hall.name_en.clone(),
            number: ticket.number.clone(),
            service: ticket.service.name.clone(),
            service_en: service.and_then(|service| service.name_en.clone()),
            green: ticket.class == crate::Class::Green,
            ahead: ticket.ahead,
            windows: ticket
                .windows
                .iter()
                .map(|window| window.0.clone())
                .collect(),
            wait: ticket.wait,
            issued_at: ticket.arrived_at,
            check: ticket.check.clone().unwrap_or_default(),
            ticket_url: url.map(|(url, token)| format!("{}/t/{token}", url.trim_end_matches('/'))),
            complaint_phone: plan.hall.complaint_phone.clone(),
            reinstate_after: plan.rules.reinstate_after,
            copy,
        })
    }
}
