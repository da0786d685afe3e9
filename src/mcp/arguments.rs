//! What a client gave with its call.

use serde_json::{Map, Value as Json};

use super::Terms;

/// Arguments of a call, proven to be those of its tool.
pub struct Arguments<'a>(&'a Map<String, Json>);

impl<'a> Arguments<'a> {
    pub fn new(given: &'a Map<String, Json>) -> Self {
        Self(given)
    }

    /// Empty where it is not given.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Json::as_str).unwrap_or_default()
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Json::as_i64)
    }

    /// The rows asked for, within the server's bound.
    pub fn limit(&self, terms: &Terms<'_>) -> usize {
        let asked = self.number("limit").and_then(|limit| usize::try_from(limit).ok());
        asked.unwrap_or(terms.rows).clamp(1, terms.rows)
    }
}
