//! What a check is, once read and validated.

use serde::Deserialize;

use super::term::Term;
use crate::reconcile::relation::Comparison;
use crate::vocabulary::{Cause, Level, Severity};

/// One identity or rule of the catalogue.
#[derive(Debug, Clone)]
pub struct Check {
    /// `W-06`: stable, the key of findings and baselines.
    pub id: String,
    pub title_zh: String,
    pub title_en: String,
    pub severity: Severity,
    pub cause: Cause,
    /// Differences as large as [`Raises`](super::raises::Raises) says become errors.
    pub raises: bool,
    /// Its severity where a number in prose goes by the name of a sentence before it, and no other check asks for the same repair.
    pub carried: Option<Severity>,
    pub hint_zh: String,
    pub hint_en: String,
    pub gate: Gate,
    /// Checks that find a table complete: what is missing there is zero for this one.
    pub closed_by: Vec<String>,
    /// Numbers in prose which another check compares instead, where they are stated.
    pub unless_stated: Vec<Term>,
    pub method: Method,
    /// Rows that hold and rows that break it, by official form.
    pub examples: Vec<Example>,
    /// File and line, for messages.
    pub written_at: String,
}

/// One example of a check.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The official form whose rows these are, one of `[[form]]`; what follows a comma is a remark.
    pub form: String,
    #[serde(default = "some_year")]
    pub year: i32,
    /// Code of the region.
    #[serde(default)]
    pub region: String,
    /// department or unit
    #[serde(default)]
    pub level: Level,
    pub holds: Vec<String>,
    /// These together make it fire.
    #[serde(default)]
    pub breaks: Vec<String>,
    /// Each of these alone makes it fire.
    #[serde(default)]
    pub breaks_each: Vec<String>,
    /// Whether the check says anything of these rows; if not, nothing breaks it.
    #[serde(default = "yes")]
    pub applies: bool,
}

impl Example {
    /// `beijing, blank cell` is an example of the form beijing.
    pub fn official_form(&self) -> &str {
        self.form.split(',').next().unwrap_or(&self.form).trim()
    }

    /// Every set of changes that makes it fire, at least one.
    pub fn ways_to_break(&self) -> impl Iterator<Item = &[String]> {
        let is_together = !self.breaks.is_empty() || (self.applies && self.breaks_each.is_empty());
        let together = is_together.then_some(self.breaks.as_slice());
        together.into_iter().chain(self.breaks_each.iter().map(std::slice::from_ref))
    }
}

fn yes() -> bool {
    true
}

fn some_year() -> i32 {
    2023
}

/// When a check applies at all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gate {
    /// All of these must be among the report tables read.
    pub tables: Vec<String>,
    pub from_year: Option<i32>,
    pub to_year: Option<i32>,
    /// department or unit
    pub level: Option<Level>,
    /// Prefixes of region codes.
    pub regions: Vec<String>,
    /// Checks (of method `query`) that must not be broken: what they find makes this one meaningless.
    pub unless: Vec<String>,
}

/// Over what a sum is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    Once,
    Row,
    /// Each functional or economic code of the table of the first term, of this many digits (0: any).
    Code(usize),
    Column,
    /// Each column, those of one component and different flows (income, balance ..) apart.
    FlowColumn,
    Fund,
    Phase,
    /// Each measure of `measures`, for terms about prose.
    Measure,
}

/// A stated share, growth or completion: the claim it is read from, and what it relates.
#[derive(Debug, Clone)]
pub struct RateRule {
    /// Measure of the claim the evaluation starts from.
    pub anchor: String,
    /// Accepted bases (上年, 年初预算 ..); empty: any.
    pub basis: Vec<String>,
    pub left: Vec<Term>,
    /// What the change may also be of, where it is not that of `left`.
    pub or_left: Vec<Term>,
    pub right: Vec<Term>,
    /// The anchor is a percent of left in right; otherwise left equals right.
    pub is_rate: bool,
}

/// How a check is evaluated.
#[derive(Debug, Clone)]
pub enum Method {
    Sum {
        tables: Vec<String>,
        each: Each,
        measures: Vec<String>,
        left: Vec<Term>,
        right: Vec<Term>,
        comparison: Comparison,
        /// Average or percent: factor · left = rate · right.
        rate: Option<Term>,
        factor: i64,
    },
    /// Parent row = Σ child rows, in every column; and the total row = Σ top rows.
    Tree {
        tables: Vec<String>,
        economic: bool,
        total: bool,
    },
    Statement {
        sections: Vec<String>,
        rule: RateRule,
    },
    /// A stated share recomputes from its item and the item its basis names.
    Share {
        sections: Vec<String>,
        basis: Vec<String>,
        /// What it may also be a share of where the sentence does not name the money of its section.
        wholes: Vec<Term>,
    },
    /// In prose: parent code = Σ child codes, and the total item = Σ top codes, for each measure.
    TextTree {
        sections: Vec<String>,
        measures: Vec<String>,
        total: Option<Term>,
    },
    /// A head statement and the run of economic lines that follows it.
    Block {
        heads: Vec<String>,
        left: Vec<Term>,
        or_left: Vec<Term>,
        measure: String,
    },
    /// The same quantity stated more than once; with `cross_unit`, only pairs in different units.
    Repeat {
        measures: Vec<String>,
        cross_unit: bool,
        /// Statements of these are of a part only, whatever their name.
        apart: Vec<Term>,
        /// In front of a name they make it that of a part of what bears the bare name in its paragraph.
        words: Vec<String>,
    },
    /// Claims against table figures, by the `[[link]]` rules that name this check.
    Link,
    Logic {
        rule: Logic,
        items: Vec<String>,
        sections: Vec<String>,
        tables: Vec<String>,
        measures: Vec<String>,
    },
    /// A question to the warehouse: a SQL file whose rows say, disclosure by disclosure, whether the check holds.
    Query {
        /// Path in the project, and as shown in messages.
        file: String,
        shown_path: String,
        sql: String,
        /// What the file reads as `getvariable('words')`.
        words: Vec<String>,
        comparison: Comparison,
    },
}

impl Method {
    /// The report tables it needs, each with the other forms that serve as well.
    pub fn tables_needed(&self) -> Vec<Vec<String>> {
        let forms = |term: &Term| term.tables().map(str::to_owned).collect::<Vec<_>>();
        match self {
            Method::Sum { tables, left, right, .. } => {
                let named = left.iter().chain(right).filter(|term| !term.optional).map(forms);
                named.chain([tables.clone()]).filter(|forms| !forms.is_empty()).collect()
            }
            Method::Tree { tables, .. } => vec![tables.clone()],
            _ => Vec::new(),
        }
    }

    /// The two sides of an identity between figures; none of other methods.
    pub fn sides(&self) -> [&[Term]; 2] {
        match self {
            Method::Sum { left, right, .. } => [left, right],
            _ => [&[], &[]],
        }
    }

    /// Whether it adds up figures of tables.
    pub fn adds_up_tables(&self) -> bool {
        matches!(self, Method::Sum { .. } | Method::Tree { .. })
    }
}

/// Rules that are not arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Logic {
    /// Where one of two totals of a row is printed, so is the other.
    PairedTotals,
    /// A share of 100 % beside other non-zero parts.
    FullShare,
    /// The direction of a stated change against the two amounts.
    Direction,
    /// A percent change on a zero base.
    ZeroBase,
    /// A completion rate on a zero budget.
    ZeroBudget,
    /// A non-zero change without a reason.
    NoReason,
    /// A nil statement where the table has figures.
    NilStatement,
    /// In a sentence, the counts after 其中 against the count before it.
    OfWhich,
    /// The same, where the parts should be all of it.
    OfWhichAll,
    /// Stated weights add up to 100.
    Weights,
    /// The same count, outvoted by the other statements of it.
    Outvoted,
    /// The other of two statements must be non-zero when one is.
    TogetherZero,
}

/// How claims find their figure.
#[derive(Debug, Clone)]
pub struct LinkRule {
    pub check_id: String,
    /// Counts into `Catalogue::checks`.
    pub check: usize,
    /// Item codes, or `function` / `economic` for any claim with such a code.
    pub items: Vec<String>,
    pub sections: Vec<String>,
    pub funds: Vec<String>,
    pub measures: Vec<String>,
    /// Where the figure is, the first printed one counts; a term without a row takes the claim's own.
    pub figures: Vec<Term>,
    pub written_at: String,
}
