//! Seeded chance (SplitMix64), so that the same seed writes the same bytes on every machine.

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance { state: seed ^ 0x9E37_79B9_7F4A_7C15 }
    }

    /// An independent stream for one part of a work, so that a change in one part does not shift the others.
    pub fn fork(&self, salt: u64) -> Self {
        let mut child = Chance::new(self.state.wrapping_add(salt.wrapping_mul(0xD134_2543_DE82_EF95)));
        child.draw();
        child
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, `bound` (0 for a bound of 0).
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.draw() % bound }
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low { low } else { low + self.below((high - low + 1) as u64) as i64 }
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the options; the slice must not be empty.
    pub fn pick<'a, T>(&mut self, options: &'a [T]) -> &'a T {
        &options[self.below(options.len() as u64) as usize]
    }

    /// An amount between `low` and `high` whose size, not its value, is evenly spread.
    pub fn amount(&mut self, low: i64, high: i64) -> i64 {
        let steps = 1u64 << 20;
        let share = self.below(steps) as f64 / steps as f64;
        let (low, high) = (low.max(1) as f64, high.max(2) as f64);
        (low * (high / low).powf(share)) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let (mut a, mut b) = (Chance::new(7), Chance::new(7));
        assert_eq!((0..50).map(|_| a.draw()).collect::<Vec<_>>(), (0..50).map(|_| b.draw()).collect::<Vec<_>>());
        assert_ne!(Chance::new(7).fork(1).draw(), Chance::new(7).fork(2).draw());
    }

    #[test]
    fn bounds_are_kept() {
        let mut chance = Chance::new(1);
        for _ in 0..1000 {
            assert!((3..=9).contains(&chance.between(3, 9)));
            assert!((100..=100_000).contains(&chance.amount(100, 100_000)));
        }
    }
}
