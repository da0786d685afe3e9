//! What the files of `pipelines/narrative/` say, ready to read with.

use super::dictionary::meanings::Meanings;
use super::lexicon::{Lexicon, UnitKind};
use crate::extract::narrative::paragraphs::normal::Script;
use crate::extract::pattern::Pattern;

/// Everything the narrative room needs to read one text.
#[derive(Debug, Clone)]
pub struct Rules {
    pub lexicon: Lexicon,
    pub script: Script,
    pub sections: Vec<Section>,
    pub meanings: Meanings,
    pub sentences: Vec<SentenceRule>,
    pub titles: Titles,
    pub tables: TableWords,
    /// Those of the sentence rules; of the grammar only where [`Rules::load_with_examples`] read them.
    pub examples: Vec<Example>,
}

/// What is read below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// Fiscal figures: amounts without a measure word are final accounts.
    Figures,
    /// Reports of work done: amounts without a measure word are just amounts.
    Work,
    /// Definitions, contents: nothing.
    Nothing,
}

impl Reads {
    /// Of a text outside all sections too.
    pub fn of(section: Option<&Section>) -> Self {
        section.map_or(Self::Figures, |section| section.reads)
    }
}

/// A part of the text known by words of its heading.
#[derive(Debug, Clone)]
pub struct Section {
    pub code: String,
    pub headings: Vec<Pattern>,
    pub reads: Reads,
    /// Subject where a sentence names none.
    pub item: String,
    pub fund: String,
    /// Names of the list that comes first where a name is in both: `function` or `economic`.
    pub economic_first: bool,
    /// Measure of an amount without a measure word; empty = by `reads`.
    pub measure: String,
    /// Measure of 预算数 without a further word.
    pub budget: String,
    pub budget_basis: String,
    /// Subjects that a statement of nothing (本年度无此项支出) declares zero.
    pub nil_items: Vec<String>,
    pub nil_measure: String,
    /// Columns of a table without header.
    pub columns: Vec<String>,
    /// Whether this heading marks a text as an explanation of accounts.
    pub is_anchor: bool,
    /// Names of the classifications are meant here though the figures are of every fund.
    pub is_classified: bool,
    /// Sections of which its heading names a part: 基本支出情况 below 支出决算情况说明 is no section of its own.
    pub not_below: Vec<String>,
    /// Sections stand below its heading without headings of their own, and what opens one there.
    pub holds_sections: bool,
    pub opens_with: Vec<Pattern>,
}

/// A sentence with typed holes.
#[derive(Debug, Clone)]
pub struct SentenceRule {
    pub id: String,
    pub sections: Vec<String>,
    pub regions: Vec<String>,
    pub pattern: Pattern,
    pub holes: Vec<Hole>,
    pub says: Vec<Says>,
    pub sentence: String,
}

/// A hole of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    pub name: String,
    /// `None` for words; numbers say which units they take (`UnitKind::None` = any).
    pub number: Option<UnitKind>,
}

/// What the number in one hole states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    pub hole: String,
    /// May name other holes: `{subject}` is the subject carried so far.
    pub item: String,
    pub measure: String,
    pub basis: String,
    /// Unit where none is printed.
    pub unit: String,
    /// The subject of what follows stays what it was.
    pub keeps_subject: bool,
    /// The words state a decrease (低于预算5万元).
    pub decreases: bool,
}

#[derive(Debug, Clone)]
pub struct Titles {
    /// Lines that name the accounts: groups `year` and `name`.
    pub patterns: Vec<Pattern>,
    /// Names behind a label, and on a line of their own.
    pub labels: Vec<Pattern>,
    pub alone: Pattern,
    /// Sentences that say whose figures they state.
    pub sentences: Pattern,
    /// First sentences that say what no title does: groups `name`, which may be an area's, and `year`.
    pub openings: Vec<Pattern>,
    /// Who signs a text at its end; group `name`.
    pub signature: Pattern,
    /// A year that is part of a date.
    pub dated: Pattern,
    pub before_names: Pattern,
    /// Lines of the page around the text.
    pub around: Pattern,
    pub never_names: Pattern,
    /// What institutions end with, and whole areas.
    pub institution: Pattern,
    pub areas: Pattern,
    pub of_departments: Pattern,
    pub numeral_years: Pattern,
    pub budget: Pattern,
    pub accounts: Pattern,
    pub department_level: Pattern,
    pub unit_level: Pattern,
    /// Wordings that name the project which the lines after them are about; group `name`.
    pub project_names: Vec<Pattern>,
    /// Headings of what is left, which name nothing.
    pub rest: Pattern,
    /// Headings of parts that state budgets, not accounts.
    pub budget_part: Pattern,
    /// What a sentence begins with that runs into the heading before it.
    pub sentence_begins: Pattern,
    /// Words a heading ends with that opens a part of an explanation.
    pub heading_endings: Vec<String>,
}

impl Titles {
    /// A heading without the words that only say it is one: 基本支出情况.
    pub fn without_ending<'t>(&self, heading: &'t str) -> &'t str {
        let endings = &self.heading_endings;
        let shorter = |heading: &'t str| endings.iter().find_map(|ending| heading.strip_suffix(ending.as_str()));
        let once = shorter(heading).unwrap_or(heading);
        shorter(once).unwrap_or(once)
    }

    pub fn names_a_part(&self, heading: &str) -> bool {
        self.heading_endings.iter().any(|ending| heading.ends_with(ending.as_str()))
    }
}

#[derive(Debug, Clone)]
pub struct TableWords {
    /// Header wording → role of the column.
    pub columns: Vec<(Pattern, String)>,
    pub unit_list: Pattern,
    /// A sentence that names the units a department's accounts take in: the rest of it are their `names`.
    pub units_told: Pattern,
    /// One of these `name`s, with its `remark` (并入本级); its `office` tells the department's own.
    pub unit_told: Pattern,
    /// What joins the last two of them.
    pub units_joined: Pattern,
}

/// A text with what must be read out of it.
#[derive(Debug, Clone)]
pub struct Example {
    pub rule: String,
    /// A region the rule is for; empty where it is for all.
    pub region: String,
    pub section: String,
    /// The year of the document it stands for.
    pub year: Option<i32>,
    pub text: String,
    pub claims: Vec<ExpectedClaim>,
    pub place: String,
}

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedClaim {
    pub value: String,
    #[serde(default)]
    pub unit: String,
    pub item: String,
    pub measure: String,
    #[serde(default)]
    pub basis: String,
    /// The year the text gives it, where the example says one.
    #[serde(default)]
    pub year: Option<i32>,
    /// The text gives it no year beside the document's own.
    #[serde(default)]
    pub has_no_year: bool,
    /// The code of a claim made of words.
    #[serde(default)]
    pub word: String,
    /// What the sentence says of the account against its budget (more, less, equal), and what it lists as its parts.
    #[serde(default)]
    pub said: String,
    #[serde(default)]
    pub listed: String,
    /// The line of the reports its item is.
    #[serde(default)]
    pub line: String,
}

impl Rules {
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == code)
    }
}
