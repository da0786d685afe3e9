//! `pipelines/narrative/` → rules ready to read with. Strict: an unknown key, a wrong pattern or a missing example is
//! an error that names file and line.

use super::grammar::{self, Macros};
use super::lexicon::Lexicon;
use super::normal::Script;
use super::template::{self, Hole};
use crate::error::{Error, Result};
use crate::extract::pattern::Pattern;
use crate::project::{Project, ProjectFile};

/// Everything the narrative room needs to read one text.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) lexicon: Lexicon,
    pub(super) script: Script,
    pub(super) sections: Vec<Section>,
    pub(super) sentences: Vec<SentenceRule>,
    pub(super) titles: Titles,
    pub(super) tables: TableWords,
    pub(super) examples: Vec<Example>,
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
    /// Groups `year`, `name`, `level`.
    pub patterns: Vec<Pattern>,
    pub department: Pattern,
    pub budget: Pattern,
    pub accounts: Pattern,
    pub department_level: Pattern,
    pub unit_level: Pattern,
    pub project_name: Pattern,
    /// Words a heading ends with that opens a part of an explanation.
    pub heading_endings: Vec<String>,
}

impl Titles {
    pub(super) fn names_a_part(&self, heading: &str) -> bool {
        self.heading_endings.iter().any(|ending| heading.ends_with(ending.as_str()))
    }
}

#[derive(Debug, Clone)]
pub struct TableWords {
    /// Header wording → role of the column.
    pub columns: Vec<(Pattern, String)>,
    pub unit_list: Pattern,
}

/// A text with what must be read out of it.
#[derive(Debug, Clone)]
pub struct Example {
    pub rule: String,
    pub section: String,
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
}

impl Rules {
    /// Reads `pipelines/narrative/*` and the code lists they use.
    ///
    /// # Errors
    /// A file is missing, is not valid TOML or CSV, or holds an unknown key or a pattern that cannot be read.
    pub fn load(project: &Project) -> Result<Self> {
        let mut examples = Vec::new();
        let (lexicon, macros) = grammar::load(project, &mut examples)?;
        let sections = grammar::sections(project, &macros)?;
        let (titles, tables) = grammar::titles_and_tables(project, &macros)?;
        let mut sentences = Vec::new();
        for file in project.under("pipelines/narrative", "toml") {
            if grammar::is_sentence_file(&file.path) {
                template::load(file, &macros, &sections, &mut sentences, &mut examples)?;
            }
        }
        Ok(Self { lexicon, script: grammar::script(project)?, sections, sentences, titles, tables, examples })
    }

    pub(super) fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == code)
    }
}

/// The line a byte of a file stands on, from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Parses one strict TOML file; errors name file and line.
pub(super) fn parse_toml<T: serde::de::DeserializeOwned>(file: &ProjectFile) -> Result<T> {
    toml::from_str(&file.text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(&file.text, span.start));
        Error::usage(format!("{}:{line}: {}", file.shown_path, error.message()))
            .hint("see the comments at the head of the file for the keys it may hold")
    })
}

/// Compiles a pattern after its macros; an error names file and line of the pattern.
pub(super) fn compile(file: &ProjectFile, macros: &Macros, pattern: &str) -> Result<Pattern> {
    let expanded = macros.expand(pattern);
    Pattern::new(&expanded).map_err(|error| {
        let line = file.text.find(pattern).map_or(1, |at| line_of(&file.text, at));
        Error::usage(format!("{}:{line}: the pattern '{pattern}' cannot be read", file.shown_path))
            .because(error)
            .hint("patterns are regular expressions without look-around; {name} stands for a macro of [macros]")
    })
}
