//! Damage to exactly one figure of a consistent disclosure, for measuring what reconciliation detects.

/// The number with two neighbouring different digits swapped, as typists do; `None` where no such pair exists.
/// The first digit is kept, so that the size stays plausible.
pub fn swap_digits(value: &str) -> Option<String> {
    let mut characters: Vec<char> = value.chars().collect();
    let start = characters.iter().position(char::is_ascii_digit)? + 1;
    let place = (start..characters.len().saturating_sub(1)).find(|index| {
        let (a, b) = (characters[*index], characters[index + 1]);
        a.is_ascii_digit() && b.is_ascii_digit() && a != b
    })?;
    characters.swap(place, place + 1);
    Some(characters.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_swapped() {
        assert_eq!(swap_digits("93640.00").as_deref(), Some("96340.00"));
        assert_eq!(swap_digits("11.11"), None);
    }
}
