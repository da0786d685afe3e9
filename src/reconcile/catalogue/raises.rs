//! From which difference on a broken check of amounts is an error, whatever its own severity.

use rust_decimal::Decimal;
use serde::Deserialize;

/// `[raises]` of `pipelines/checks/`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raises {
    amount_yuan: u32,
    /// Of the larger side.
    percent: u32,
}

impl Raises {
    /// Whether a difference in yuan between sides of which the larger is `largest` is so large.
    pub fn is_reached(self, difference: Decimal, largest: Decimal) -> bool {
        difference >= Decimal::from(self.amount_yuan)
            || difference * Decimal::ONE_HUNDRED >= largest * Decimal::from(self.percent)
    }
}
