//! Rehearses days of a hall: a seeded crowd, the dispatch of production, and one policy after the
//! other on the same arrivals.
//!
//! It is a model: visitors do not react to what they are told, clerks do not learn, nobody leaves
//! but the no-shows. Use its ratios. **Source**: QUEUEING §2.2, §5.
//!
//! ```text
//! Crowd ──draw──► Day ─┐
//! Staff ──────────────┴─ play(policy) ──► Outcome ──► Figures
//!                              └─ sampled tickets ──► Predictors
//! ```

mod crowd;
mod figures;
mod foresee;
mod play;
mod predictors;
mod refresh;
mod sample;
mod situation;
mod split;
mod staff;
#[cfg(test)]
mod tests;

pub use crowd::{Crowd, Day, Wish};
pub use figures::{Figures, Tally};
pub use play::{Outcome, Policy, play};
pub use predictors::{Predictors, Score};
pub use refresh::Refresh;
pub use sample::{Scene, Variant, hall40, tuned40};
pub use split::best_split;
pub use staff::{Place, Staff};

/// Days of this seed are for tuning, and are never reported.
pub const TUNING_SEED: u64 = 1_000;
