//! How a device and a server talk, and what both need to agree on: the clock, random ids, the wire.
//!
//! Arrows point to `hall` alone. Kiosk, display and server use this crate; none of them imports
//! another.

pub mod client;
pub mod clock;
pub mod heartbeat;
pub mod live;
pub mod random;
