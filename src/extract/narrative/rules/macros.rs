//! Named pieces of patterns, and patterns made with them.

use crate::error::{Error, Result};
use crate::extract::pattern::Pattern;
use crate::project::ProjectFile;

/// Where the keys of the files of `pipelines/narrative/` are explained.
pub const KEYS: &str = "see the comments at the head of the file for the keys it may hold";

/// Named pieces of patterns, written `{name}` inside a pattern.
#[derive(Debug, Clone, Default)]
pub struct Macros {
    pub named: Vec<(String, String)>,
    /// Every known unit, longest first.
    pub unit_pattern: String,
}

impl Macros {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    pub fn expand(&self, pattern: &str) -> String {
        let mut text = pattern.to_owned();
        // Macros may use earlier ones, hence from the last to the first.
        for (name, body) in self.named.iter().rev() {
            text = text.replace(&format!("{{{name}}}"), &format!("(?:{body})"));
        }
        text
    }
}

/// Compiles a pattern after its macros; an error names file and line of the pattern.
pub fn compile(file: &ProjectFile, macros: &Macros, pattern: &str) -> Result<Pattern> {
    let expanded = macros.expand(pattern);
    Pattern::new(&expanded).map_err(|error| {
        Error::usage(format!("{}: the pattern '{pattern}' cannot be read", file.place_of_value(pattern)))
            .because(error)
            .hint("patterns are regular expressions without look-around; {name} stands for a macro of [macros]")
    })
}
