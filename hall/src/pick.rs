//! Who comes first: the one rule that production, forecasts and tests share.

use crate::Timestamp;

/// A ticket's key: its arrival less the head start of its class. The smallest is called first.
///
/// **Units and range**: `head_start_min` in minutes, 0 or more. **Source**: QUEUEING §0.6.
pub fn key(arrived_at: Timestamp, head_start_min: u32) -> Timestamp {
    arrived_at.plus_min(-i64::from(head_start_min))
}

/// The key of a booking that came on time; one that came late has its arrival for a key.
///
/// A booking gains at most the head start, and nothing by coming early: before its slot it stands
/// as if it had come at the slot. **Source**: QUEUEING §4.
pub fn booked_key(arrived_at: Timestamp, slot_at: Timestamp, head_start_min: u32) -> Timestamp {
    /// Minutes after the slot that still count as on time. Source: QUEUEING §4.
    const GRACE_MIN: i64 = 10;
    if arrived_at > slot_at.plus_min(GRACE_MIN) {
        return arrived_at;
    }
    arrived_at.min(key(slot_at.max(arrived_at), head_start_min))
}

/// The place called first at a window, of the first places of the lines it draws on.
///
/// Its own ground comes before the rest; who is still held back comes only when nobody else is
/// left, since an idle window serves nobody.
pub fn first<P: Ord>(
    own_ground: Option<P>,
    lines: impl IntoIterator<Item = P>,
    held: impl IntoIterator<Item = P>,
) -> Option<P> {
    own_ground
        .or_else(|| lines.into_iter().min())
        .or_else(|| held.into_iter().min())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(minutes: i64) -> Timestamp {
        Timestamp(minutes * 60_000)
    }

    #[test]
    fn a_booking_gains_by_its_slot_and_not_by_coming_early() {
        assert_eq!(booked_key(at(54), at(60), 15), at(45));
        assert_eq!(booked_key(at(20), at(60), 15), at(20), "came 40 min early");
        assert_eq!(booked_key(at(66), at(60), 15), at(51), "six minutes late");
        assert_eq!(booked_key(at(71), at(60), 15), at(71), "too late: ordinary");
    }

    #[test]
    fn the_held_come_last_and_the_own_ground_first() {
        assert_eq!(first(Some(9), [1, 2], [0]), Some(9));
        assert_eq!(first(None, [3, 2], [0]), Some(2));
        assert_eq!(first(None, [], [4, 3]), Some(3));
        assert_eq!(first::<u8>(None, [], []), None);
    }
}
