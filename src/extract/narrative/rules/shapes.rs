//! The shapes of `grammar.toml` and `sections.toml`, key by key. Unknown keys are errors.

use serde::Deserialize;

use super::lexicon::{ComparedYears, UnitKind};
use super::model::{ExpectedClaim, Reads};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrammarFile {
    pub macros: Vec<(String, String)>,
    pub numbers: NumberWords,
    pub directions: Directions,
    pub statements: Statements,
    pub years: YearWords,
    pub subject: SubjectWords,
    pub nouns: NounWords,
    pub comparator: Vec<ComparatorEntry>,
    pub role: Vec<RoleEntry>,
    #[serde(default)]
    pub measure_of_item: Vec<(String, String)>,
    pub not_figure: Vec<NotFigureEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWords {
    pub magnitudes: Vec<String>,
    pub approximate_before: Vec<String>,
    pub approximate_inside: Vec<String>,
    pub not_approximate: Vec<String>,
    pub counted_by_magnitude: Vec<String>,
    pub unit_of_counted: String,
    pub formal_digits: Vec<String>,
    pub chinese_not_after: Vec<String>,
    pub chinese_not_before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directions {
    pub up: Vec<String>,
    pub down: Vec<String>,
    pub same: Vec<String>,
    pub more: String,
    pub fewer: String,
    pub more_or_fewer_after: String,
    pub apart: Vec<String>,
    pub after: String,
    pub after_apart: String,
    pub flat: String,
    pub granted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statements {
    pub reason: String,
    pub purpose: String,
    pub parts: String,
    pub nil: Vec<String>,
    pub placeholder: String,
    pub pair: String,
    pub each: String,
    pub each_its_own: String,
    pub each_alike: String,
    pub all_together: String,
    pub of_which: String,
    pub of_which_beside: String,
    pub of_which_not: Vec<(String, String)>,
    pub purpose_clause: String,
    pub reason_goes_on: String,
    pub listing: String,
    pub said_more: String,
    pub said_less: String,
    pub said_equal: String,
    pub said_vaguely: String,
    pub said_of_nothing: String,
    pub separators: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearWords {
    pub stated: String,
    pub opening: String,
    pub slipped: String,
    pub ahead: String,
    pub account_again: String,
    pub year_on_year: String,
    pub before: String,
    pub not_stated: Vec<String>,
    pub glued: String,
    pub glued_by_sum: String,
    pub paired: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectWords {
    pub empty: String,
    pub enumeration: String,
    pub joins: String,
    pub rewrites: Vec<(String, String)>,
    pub classified_name: String,
    pub basis_names: Vec<(String, String)>,
    pub funds: Vec<(String, String)>,
    pub body_endings: String,
    pub area_endings: Vec<String>,
    pub lead_words: Vec<String>,
    pub class_ending: String,
    pub class_wordings: Vec<String>,
    pub this_project: String,
    pub project: String,
    pub sides: [String; 2],
    pub whole: String,
    pub below: String,
    pub part_names: Vec<(String, String)>,
    pub list_closed: String,
    pub listed_as: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounWords {
    pub stop: Vec<String>,
    pub verb: Vec<String>,
    pub act: Vec<String>,
    pub act_units: Vec<String>,
    pub head: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparatorEntry {
    pub id: String,
    pub pattern: String,
    pub basis: String,
    pub own: String,
    pub change: String,
    #[serde(default)]
    pub own_basis: String,
    #[serde(default)]
    pub years: ComparedYears,
    #[serde(default)]
    pub another_own: String,
    #[serde(default)]
    pub another_change: String,
    #[serde(default)]
    pub own_of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleEntry {
    pub id: String,
    pub pattern: String,
    pub units: Vec<UnitKind>,
    pub measure: String,
    #[serde(default)]
    pub basis: String,
    #[serde(default)]
    pub sections: Vec<String>,
    #[serde(default)]
    pub suffix: String,
    #[serde(default)]
    pub followed_by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotFigureEntry {
    pub id: String,
    pub patterns: Vec<String>,
}

/// `examples.toml`: what the entries of the grammar and the sentence rules read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplesFile {
    pub example: Vec<GrammarExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrammarExample {
    /// The comparator, role, kind of digits that are no figures, or sentence rule that it proves.
    pub of: String,
    #[serde(default)]
    pub section: String,
    #[serde(default)]
    pub region: String,
    #[serde(default)]
    pub year: Option<i32>,
    pub text: toml::Spanned<String>,
    pub claims: Vec<ExpectedClaim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionsFile {
    pub titles: TitleWords,
    pub tables: TableEntry,
    pub section: Vec<SectionEntry>,
    pub group: Vec<GroupEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupEntry {
    pub code: String,
    #[serde(default)]
    pub sections: Vec<String>,
    #[serde(default)]
    pub heading: Option<String>,
    #[serde(default)]
    pub part_of: Option<String>,
    #[serde(default)]
    pub fund: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleWords {
    pub patterns: Vec<String>,
    pub labels: Vec<String>,
    pub alone: String,
    pub sentences: String,
    pub openings: Vec<String>,
    pub signature: String,
    pub dated: String,
    pub before_names: String,
    pub around: String,
    pub never_names: String,
    pub areas: String,
    pub of_departments: String,
    pub numeral_years: String,
    pub budget: String,
    pub accounts: String,
    pub department_level: String,
    pub unit_level: String,
    pub project_names: Vec<String>,
    pub rest: String,
    pub heading_endings: Vec<String>,
    pub budget_part: String,
    pub sentence_begins: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    pub columns: Vec<(String, String)>,
    pub unit_list: String,
    pub units_told: String,
    pub unit_told: String,
    pub units_joined: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry {
    pub code: String,
    pub headings: Vec<String>,
    pub reads: Reads,
    #[serde(default)]
    pub item: String,
    #[serde(default)]
    pub fund: String,
    #[serde(default)]
    pub economic_first: bool,
    #[serde(default)]
    pub measure: String,
    #[serde(default)]
    pub budget: String,
    #[serde(default)]
    pub budget_basis: String,
    #[serde(default)]
    pub nil_items: Vec<String>,
    #[serde(default)]
    pub nil_measure: String,
    #[serde(default)]
    pub columns: Vec<String>,
    #[serde(default)]
    pub is_anchor: bool,
    #[serde(default)]
    pub is_classified: bool,
    #[serde(default)]
    pub not_below: Vec<String>,
    #[serde(default)]
    pub holds_sections: bool,
    #[serde(default)]
    pub opens_with: Vec<String>,
}
