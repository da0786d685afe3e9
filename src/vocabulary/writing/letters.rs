//! Sets of characters that are asked about each character of a text: a bit for each, no hashing.

/// A set of characters.
#[derive(Debug, Clone, Default)]
pub struct LetterSet {
    /// As long as the highest character needs.
    bits: Vec<u64>,
}

impl LetterSet {
    pub fn contains(&self, letter: char) -> bool {
        let at = letter as usize;
        self.bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

impl FromIterator<char> for LetterSet {
    fn from_iter<T: IntoIterator<Item = char>>(letters: T) -> Self {
        let mut set = Self::default();
        for at in letters.into_iter().map(|letter| letter as usize) {
            if set.bits.len() <= at / 64 {
                set.bits.resize(at / 64 + 1, 0);
            }
            set.bits[at / 64] |= 1 << (at % 64);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_set_holds_what_was_put_in(letters in "\\PC{0,30}", others in "\\PC{0,30}") {
            let set: LetterSet = letters.chars().collect();
            for letter in letters.chars().chain(others.chars()) {
                prop_assert_eq!(set.contains(letter), letters.contains(letter));
            }
        }
    }
}
