//! Lengths as OFD writes them.

/// Millimetres are the unit of OFD.
pub const POINTS: f64 = 72.0 / 25.4;

/// Numbers between blanks or commas.
pub fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    parts.filter_map(|part| part.parse().ok()).filter(|number: &f64| number.is_finite()).collect()
}
