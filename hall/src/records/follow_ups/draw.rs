//! The draw: pure, so that whoever doubts a sample can draw it again from its seed.

use alloc::vec::Vec;

use crate::RecordId;

/// Draws `size` of `from` without putting back: the first steps of a Fisher-Yates shuffle.
///
/// **Shape**: the same list, seed and size give the same sample in the same order.
pub(super) fn draw(from: &[RecordId], seed: u64, size: usize) -> Vec<RecordId> {
    let mut left = from.to_vec();
    let mut state = seed;
    let mut chosen = Vec::with_capacity(size.min(left.len()));
    while chosen.len() < size && !left.is_empty() {
        let place = below(&mut state, left.len());
        chosen.push(left.swap_remove(place));
    }
    chosen
}

/// A number below `count`, each as likely as the next: numbers of the last, incomplete round of 2^64
/// are thrown again.
fn below(state: &mut u64, count: usize) -> usize {
    let count = u64::try_from(count).expect("a list has fewer than 2^64 entries");
    let fair = u64::MAX - u64::MAX % count;
    loop {
        let number = split_mix(state);
        if number < fair {
            return usize::try_from(number % count).expect("it is below the length of a list");
        }
    }
}

/// **Source**: Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;

    fn people(count: u128) -> Vec<RecordId> {
        (1..=count)
            .map(|one| RecordId(uuid::Uuid::from_u128(one)))
            .collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_sample() {
        let from = people(100);
        let first = draw(&from, 20_261_123, 10);
        assert_eq!(first, draw(&from, 20_261_123, 10));
        assert_ne!(first, draw(&from, 20_261_124, 10));
        let different: BTreeSet<_> = first.iter().collect();
        assert_eq!(different.len(), 10, "nobody twice");
        assert_eq!(draw(&from, 1, 200).len(), 100, "no more than there are");
        assert_eq!(draw(&[], 1, 5), []);
    }

    #[test]
    fn the_generator_is_the_published_one() {
        let mut state = 1_234_567;
        let numbers = [split_mix(&mut state), split_mix(&mut state)];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
    }

    #[test]
    fn everybody_is_drawn_about_as_often() {
        let from = people(10);
        let mut counts = [0_u32; 10];
        for seed in 0..10_000 {
            for one in draw(&from, seed, 3) {
                counts[usize::try_from(one.0.as_u128() - 1).expect("small")] += 1;
            }
        }
        // 3000 expected; a standard deviation is 46.
        assert!(
            counts.iter().all(|count| count.abs_diff(3000) < 230),
            "{counts:?}"
        );
    }
}
