//! Numbers from a seed (SplitMix64).

/// A source of numbers that gives the same ones for the same seed.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// Numbers that depend on a seed and a name.
    pub(super) fn new(seed: u64, name: &str) -> Self {
        let start = name
            .bytes()
            .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = end as u64;
        if end == 0 { 0 } else { (self.next() % end) as usize }
    }

    /// A number from `low` to `high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = i128::from(high) - i128::from(low) + 1;
        if span <= 0 {
            return low;
        }
        let offset = i128::from(self.next()) % span;
        i64::try_from(i128::from(low) + offset).unwrap_or(low)
    }

    /// Whether a coin falls on its head.
    pub(super) fn coin(&mut self) -> bool {
        self.next() >> 63 == 0
    }

    /// One of some things.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}
