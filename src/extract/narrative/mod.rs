//! Text + rules (TOML) → raw claims. Never crosses a sentence.

mod claim;
mod clause;
mod grammar;
mod inspect;
mod lexicon;
mod lint;
mod masks;
mod measure;
mod names;
mod normal;
mod number;
mod ordinal;
mod read;
mod reader;
mod record;
mod rules;
mod sentence;
mod shapes;
mod statements;
mod structure;
mod subject;
mod tables;
mod template;
mod title;
mod units;
mod years;

pub use claim::{NarrativeReading, RawClaim, RawIndicator, RawListedUnit, RawParagraph, RawReason};
pub use inspect::{InspectedClaim, InspectedNumber, InspectedSection, Inspection, inspect};
pub use lint::{LintProblem, lint};
pub use read::{ReadContext, read};
pub use rules::Rules;
