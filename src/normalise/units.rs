//! What a printed unit counts, by `pipelines/reference/units.csv`.

use std::collections::HashMap;

use serde::Deserialize;

use super::facts::ValueKind;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::vocabulary::Unit;

/// Units that are neither money nor percent, by name; those not listed count things.
#[derive(Debug, Default)]
pub struct Units {
    kinds: HashMap<String, ValueKind>,
}

#[derive(Deserialize)]
struct UnitRow {
    unit: String,
    kind: String,
}

impl Units {
    /// # Errors
    /// The list is missing or does not parse.
    pub fn load(project: &Project) -> Result<Self> {
        let file = project.require("pipelines/reference/units.csv")?;
        let mut kinds = HashMap::new();
        for row in csv::Reader::from_reader(file.text.as_bytes()).into_deserialize::<UnitRow>() {
            let row = row.map_err(|error| {
                Error::usage(format!("{} does not parse", file.shown_path))
                    .because(error)
                    .hint("columns: unit, kind (money, percent, count or other), yuan_factor")
            })?;
            let kind = match row.kind.as_str() {
                "percent" => ValueKind::Percent,
                "other" => ValueKind::Other,
                // Money is what converts to yuan: `vocabulary::Unit` knows.
                _ => ValueKind::Count,
            };
            kinds.insert(row.unit, kind);
        }
        Ok(Self { kinds })
    }

    /// Money, percent, count or other, by the unit alone.
    pub fn kind(&self, unit: &Unit) -> ValueKind {
        match unit {
            unit if unit.is_money() => ValueKind::Money,
            Unit::Percent => ValueKind::Percent,
            Unit::Other(text) => self.kinds.get(text).copied().unwrap_or(ValueKind::Count),
            _ => ValueKind::Other,
        }
    }
}
