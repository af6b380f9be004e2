//! Visitors: more in the morning, a second wave after noon, some of them green, a few impatient.

use hall::plan::Plan;
use hall::view::{DayState, DayView, TicketView};
use hall::{ServiceCode, Timestamp};
use link::client::Client;
use serde_json::json;

use super::Pace;

/// Shares of the day's visitors by half hour from 08:15. **Source**: QUEUEING §3, the shape of the
/// municipal offices, with the noon pause cut out.
const SHAPE: [f64; 18] = [
    0.9, 1.1, 1.3, 1.4, 1.3, 1.2, 1.1, 0.8, 0.0, 0.0, 0.7, 1.2, 1.1, 1.0, 0.9, 0.7, 0.5, 0.3,
];

/// A small generator of chance for the demo alone.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new() -> Self {
        Self(u64::from_le_bytes(link::random::bytes()))
    }

    /// A number from 0 up to, and without, 1.
    pub(super) fn share(&mut self) -> f64 {
        // The step and mix of splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or(0);
        f64::from(high) / f64::from(u32::MAX).next_up()
    }

    /// A whole number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit_share = f64::from(u32::try_from(limit).unwrap_or(u32::MAX));
        let picked = (self.share() * limit_share).floor();
        (0..limit)
            .take_while(|i| f64::from(u32::try_from(*i).unwrap_or(0)) < picked)
            .count()
    }
}

/// Lets visitors come until issuing ends.
pub(super) async fn come(
    kiosk: &Client,
    plan: &Plan,
    pace: &Pace,
    visitors: u32,
) -> anyhow::Result<()> {
    let mut chance = Chance::new();
    let mut asked = 0_u64;
    loop {
        let day: DayView = kiosk.get("/api/v1/halls/centre/day").await?;
        if matches!(
            day.state,
            DayState::Closing | DayState::Settled | DayState::Closed
        ) {
            return Ok(());
        }
        let begins = day
            .opens_at
            .map(|at| Timestamp(at.timestamp_millis()).plus_min(-15));
        let elapsed_ms = begins.map_or(0, |begins| pace.now().since_ms(begins));
        let slot = usize::try_from(elapsed_ms / (30 * 60 * 1000)).unwrap_or(0);
        let weight = SHAPE.get(slot).copied().unwrap_or(0.0);
        let total: f64 = SHAPE.iter().sum();
        let per_minute = f64::from(visitors) * weight / total / 30.0;
        if day.issuing && chance.share() < per_minute / 6.0 {
            asked += 1;
            arrive(kiosk, plan, &mut chance, asked).await;
            continue;
        }
        pace.wait(10).await;
    }
}

/// What a visitor comes for: more often what more windows serve.
fn wish<'a>(plan: &'a Plan, chance: &mut Chance) -> Option<&'a ServiceCode> {
    let window = plan.windows.get(chance.below(plan.windows.len()))?;
    window.services.get(chance.below(window.services.len()))
}

/// One visitor takes a number; what is refused is tried at the desk another day.
async fn arrive(kiosk: &Client, plan: &Plan, chance: &mut Chance, asked: u64) {
    let Some(service) = wish(plan, chance) else {
        return;
    };
    let green = chance.share() < 0.08;
    let body = json!({
        "service": service,
        "class": if green { "green" } else { "ordinary" },
        "ground": if green { Some("elder") } else { None },
        "channel": "kiosk",
    });
    let key = format!(
        "demo-{asked}-{}",
        link::random::id(link::clock::machine_now())
    );
    let taken: Result<TicketView, _> = kiosk
        .post("/api/v1/halls/centre/tickets", &key, &body)
        .await;
    if let Err(fault) = taken {
        tracing::debug!(%fault, "a visitor could not take a number");
    }
}
