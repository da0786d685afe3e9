//! What region and year a document is of, as far as can be told before its figures are read.

use serde::Serialize;

use super::Identities;
use super::evidence::Evidence;

/// Chooses the region's and the year's layouts and rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PlaceHint {
    /// GB/T 2260. Unknown: what is limited to regions serves only where nothing general does.
    pub region_code: Option<String>,
    /// What told it: `manifest`, `content`, `folder`, `path`, `option` or empty; and its words.
    pub region_source: String,
    pub region_words: String,
    pub fiscal_year: Option<i32>,
    pub year_source: String,
}

impl Identities {
    /// The place a document's path and title lines tell.
    pub fn hint(&self, evidence: &Evidence<'_>) -> PlaceHint {
        let identity = self.resolve(evidence);
        let (fiscal_year, year_source) = evidence.fiscal_year();
        PlaceHint {
            region_code: Some(identity.region_code).filter(|code| !code.is_empty()),
            region_source: identity.region_source,
            region_words: identity.region_words,
            fiscal_year,
            year_source: year_source.to_owned(),
        }
    }

    /// Whether a code or a name means a region, or several of that name.
    pub fn knows_region(&self, text: &str) -> bool {
        self.regions.exactly(text).is_some()
    }

    /// The region a code or a name means; `None` where it means none or several.
    pub fn region_called(&self, text: &str) -> Option<String> {
        match self.regions.exactly(text)?.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }
}

impl PlaceHint {
    /// Takes the place of what was told, where it says something.
    #[must_use]
    pub fn or_rather(mut self, region_code: Option<String>, fiscal_year: Option<i32>) -> Self {
        if let Some(code) = region_code {
            self = Self {
                region_words: code.clone(),
                region_code: Some(code),
                region_source: "option".to_owned(),
                ..self
            };
        }
        if fiscal_year.is_some() {
            self = Self { fiscal_year, year_source: "option".to_owned(), ..self };
        }
        self
    }
}
