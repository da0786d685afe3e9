//! One identity evaluated once: operands with their places, the verdict, and what may explain a difference.

use rust_decimal::Decimal;

use crate::reconcile::facts::text::Text;
use crate::reconcile::relation::{Comparison, Measured, Rate, Signed, Verdict, judge};
use crate::vocabulary::{Outcome, Place};

/// Which disclosure a fact belongs to, seen from the one being reconciled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    Own,
    Prior,
    Unit(usize),
}

/// Where an operand comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    Figure(Whose, usize),
    Claim(Whose, usize),
    /// Any cell of a table declared empty, or a blank one whose place is not known: zero.
    Blank,
    /// A blank cell: a figure of its row, and its column. Zero; it takes no part in the arithmetic.
    Empty(Whose, usize, u32),
    /// A number the identity itself names (Σ weights = 100).
    Constant,
}

impl Source {
    pub fn is_empty_cell(self) -> bool {
        matches!(self, Source::Empty(..))
    }

    /// Whether nothing is printed there.
    pub fn is_unprinted(self) -> bool {
        matches!(self, Source::Blank | Source::Empty(..))
    }
}

/// What part an operand plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Left,
    Right,
    Rate,
}

/// One number in an identity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Operand {
    pub source: Source,
    pub role: Role,
    pub sign: i8,
    pub number: Measured,
}

/// How the operands of an evaluation belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub comparison: Comparison,
    /// 100 for percents, 1 for averages; only used when an operand has the role `Rate`.
    pub factor: i64,
}

impl Shape {
    pub const EQUAL: Shape = Shape { comparison: Comparison::Equal, factor: 100 };
    pub const AT_MOST: Shape = Shape { comparison: Comparison::AtMost, factor: 100 };
}

/// One check evaluated once on one disclosure, before it is written down.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Counts into `Catalogue::checks`.
    pub check: usize,
    /// What was compared: a row, a column, an item; Chinese, as printed.
    pub subject: Text,
    pub operands: Vec<Operand>,
    pub shape: Shape,
    pub result: Judged,
    /// Document and place, where no operand says it.
    pub place: Option<(usize, Place)>,
    /// How many identities it stands for: what holds by logic is said once for all its places.
    pub identities: u32,
}

/// The outcome of an evaluation.
#[derive(Debug, Clone)]
pub enum Judged {
    Numbers(Verdict),
    /// Broken by logic rather than by arithmetic; the text says how, in Chinese and in English.
    Logic {
        holds: bool,
        zh: String,
        en: String,
    },
    NotEvaluable(Reason),
}

/// Why an identity could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The table, row or statement is not in this disclosure.
    Missing(String),
    /// More than one number answers to the description.
    Ambiguous(String),
    /// The reading of an operand is doubtful.
    Doubtful(String),
    /// A rate on a zero base.
    ZeroBase,
    /// Too large to compare exactly.
    TooLarge,
}

impl Reason {
    /// What is missing, stands there twice or is in doubt; empty where nothing is named.
    pub fn about(&self) -> &str {
        match self {
            Reason::Missing(what) | Reason::Ambiguous(what) | Reason::Doubtful(what) => what,
            Reason::ZeroBase | Reason::TooLarge => "",
        }
    }
}

impl Evaluation {
    pub fn of_numbers(check: usize, subject: impl Into<Text>, operands: Vec<Operand>, shape: Shape) -> Self {
        let result = verdict_of(&operands, shape, None).map_or_else(
            || Judged::NotEvaluable(if has_zero_base(&operands) { Reason::ZeroBase } else { Reason::TooLarge }),
            Judged::Numbers,
        );
        let mut evaluation =
            Self { check, subject: subject.into(), operands, shape, result, place: None, identities: 1 };
        // A blank cell is worth naming only where a number may be missing from it.
        if evaluation.outcome() != Outcome::Broken {
            evaluation.operands.retain(|operand| !operand.source.is_empty_cell());
        }
        evaluation
    }

    pub fn not_evaluable(check: usize, subject: impl Into<Text>, reason: Reason) -> Self {
        let result = Judged::NotEvaluable(reason);
        Self {
            check,
            subject: subject.into(),
            operands: Vec::new(),
            shape: Shape::EQUAL,
            result,
            place: None,
            identities: 1,
        }
    }

    /// A logical contradiction at the places of these operands.
    pub fn contradiction(
        check: usize,
        subject: impl Into<Text>,
        operands: Vec<Operand>,
        zh: String,
        en: String,
    ) -> Self {
        let result = Judged::Logic { holds: false, zh, en };
        Self { check, subject: subject.into(), operands, shape: Shape::EQUAL, result, place: None, identities: 1 }
    }

    pub fn holds(check: usize, subject: impl Into<Text>, operands: Vec<Operand>) -> Self {
        let result = Judged::Logic { holds: true, zh: String::new(), en: String::new() };
        Self { check, subject: subject.into(), operands, shape: Shape::EQUAL, result, place: None, identities: 1 }
    }

    /// One evaluation in place of many that hold by logic: it names all their places or, where they have none, their
    /// subjects.
    pub fn together(mut holding: Vec<Self>) -> Option<Self> {
        if holding.len() < 2 {
            return holding.pop();
        }
        let placeless = holding.iter().filter(|evaluation| evaluation.operands.is_empty());
        let subjects: Vec<&str> = placeless.map(|evaluation| evaluation.subject.as_str()).collect();
        let subject = subjects.join("、").into();
        let operands = holding.iter().flat_map(|evaluation| &evaluation.operands).copied().collect();
        let identities = holding.iter().map(|evaluation| evaluation.identities).sum();
        Some(Self { subject, operands, identities, ..holding.swap_remove(0) })
    }

    pub fn holds_by_logic(&self) -> bool {
        matches!(self.result, Judged::Logic { holds: true, .. })
    }

    pub fn at(self, document: usize, place: Place) -> Self {
        Self { place: Some((document, place)), ..self }
    }

    pub fn outcome(&self) -> Outcome {
        match &self.result {
            Judged::Numbers(verdict) => verdict.outcome,
            Judged::Logic { holds: true, .. } => Outcome::Exact,
            Judged::Logic { holds: false, .. } => Outcome::Broken,
            Judged::NotEvaluable(_) => Outcome::NotEvaluable,
        }
    }

    pub fn verdict(&self) -> Option<&Verdict> {
        match &self.result {
            Judged::Numbers(verdict) => Some(verdict),
            _ => None,
        }
    }
}

fn has_zero_base(operands: &[Operand]) -> bool {
    let base: Decimal = operands
        .iter()
        .filter(|operand| operand.role == Role::Right)
        .map(|operand| operand.number.value * Decimal::from(operand.sign))
        .sum();
    operands.iter().any(|operand| operand.role == Role::Rate) && base.is_zero()
}

/// Judges the operands, with the value of one source replaced where `changed` says so.
pub fn verdict_of(operands: &[Operand], shape: Shape, changed: Option<(Source, Decimal)>) -> Option<Verdict> {
    let number_of = |operand: &Operand| match changed {
        Some((source, value)) if source == operand.source => Measured { value, half: operand.number.half },
        _ => operand.number,
    };
    let side = |role: Role| -> Vec<Signed> {
        operands
            .iter()
            .filter(|operand| operand.role == role && !operand.source.is_empty_cell())
            .map(|operand| Signed { sign: operand.sign, number: number_of(operand) })
            .collect()
    };
    let rate = operands
        .iter()
        .find(|operand| operand.role == Role::Rate)
        .map(|operand| Rate { number: number_of(operand), factor: shape.factor });
    judge(&side(Role::Left), &side(Role::Right), shape.comparison, rate)
}
