//! The numbers an evaluation compared: where each stands, how it is printed, how surely it was read.

use std::fmt::Write;

use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluation::{Evaluation, Operand, Role, Source, Whose};
use crate::reconcile::facts::disclosure::DocumentFact;
use crate::reconcile::facts::lookup::Book;
use crate::reconcile::write::records::{OperandRecord, Said};
use crate::vocabulary::Place;

/// Looks operands up in the books of a disclosure, the year before it, and its units.
pub struct Operands<'a>(pub &'a Context<'a>);

impl Operands<'_> {
    /// How sure the recogniser was of the numbers compared; where words are judged, of all of their document, and where
    /// something is missed, of all of the disclosure.
    pub fn least_score(&self, evaluation: &Evaluation) -> Option<i32> {
        if !evaluation.operands.is_empty() {
            return evaluation.operands.iter().filter_map(|operand| self.score(operand.source)).min();
        }
        let is_meant = |document| evaluation.place.as_ref().is_none_or(|(own, _)| *own == document);
        let facts = self.0.own.facts;
        let figures = facts.figures.iter().filter(|figure| is_meant(figure.document));
        let claims = facts.claims.iter().filter(|claim| is_meant(claim.document));
        figures.filter_map(|figure| figure.reading_score).chain(claims.filter_map(|claim| claim.reading_score)).min()
    }

    fn score(&self, source: Source) -> Option<i32> {
        match source {
            Source::Figure(whose, at) | Source::Empty(whose, at, _) => {
                self.book(whose)?.facts.figures[at].reading_score
            }
            Source::Claim(whose, at) => self.book(whose)?.facts.claims[at].reading_score,
            Source::Blank | Source::Constant => None,
        }
    }

    fn book(&self, whose: Whose) -> Option<&Book<'_>> {
        match whose {
            Whose::Own => Some(&self.0.own),
            Whose::Prior => self.0.prior.as_ref(),
            Whose::Unit(at) => self.0.units.get(at),
        }
    }

    /// The document an operand stands in; `None` where it stands nowhere.
    pub fn document(&self, source: Source) -> Option<&DocumentFact> {
        let (facts, document) = match source {
            Source::Figure(whose, at) | Source::Empty(whose, at, _) => {
                let facts = self.book(whose)?.facts;
                (facts, facts.figures[at].document)
            }
            Source::Claim(whose, at) => {
                let facts = self.book(whose)?.facts;
                (facts, facts.claims[at].document)
            }
            Source::Blank | Source::Constant => return None,
        };
        facts.documents.get(document)
    }

    /// `l+3/C12 r+3/C14 r+doc_0f3a2b4c5d6e7f80/59:19`: side and sign, then the place, with its document where that is
    /// another one.
    pub fn written(&self, evaluation: &Evaluation, document_key: &str) -> String {
        let mut list = String::new();
        for operand in &evaluation.operands {
            if !list.is_empty() {
                list.push(' ');
            }
            list.push_str(match (operand.role, operand.sign) {
                (Role::Rate, _) => "%",
                (Role::Left, -1) => "l-",
                (Role::Left, _) => "l+",
                (Role::Right, -1) => "r-",
                (Role::Right, _) => "r+",
            });
            let elsewhere = self.document(operand.source).filter(|document| document.document_key != *document_key);
            if let Some(document) = elsewhere {
                list.push_str(&document.document_key);
                list.push('/');
            }
            self.push_place(&mut list, operand);
        }
        list
    }

    /// The place inside its document, as the last part of figure keys and the middle of claim keys; a number that stands
    /// nowhere for itself.
    fn push_place(&self, list: &mut String, operand: &Operand) {
        let value = operand.number.value;
        // Writing to a string cannot fail.
        let _ = match operand.source {
            Source::Figure(whose, at) => self.book(whose).map(|book| {
                let figure = &book.facts.figures[at];
                write!(list, "{}/{}", figure.sheet_number, figure.cell)
            }),
            Source::Claim(whose, at) => self.book(whose).map(|book| {
                let claim = &book.facts.claims[at];
                write!(list, "{}:{}", claim.line, claim.char_start)
            }),
            Source::Empty(whose, row, column) => self.book(whose).map(|book| {
                let figure = &book.facts.figures[row];
                write!(list, "{}/{}", figure.sheet_number, figure.cell_in(column))
            }),
            Source::Blank | Source::Constant => (!value.is_zero()).then(|| write!(list, "#{value}")),
        };
    }

    /// The number with the words around it, as a reader sees it.
    pub fn record(&self, operand: &Operand) -> OperandRecord {
        let record = OperandRecord {
            role: match (operand.role, operand.sign) {
                (Role::Rate, _) => "%",
                (Role::Left, -1) => "left -",
                (Role::Left, _) => "left +",
                (Role::Right, -1) => "right -",
                (Role::Right, _) => "right +",
            },
            file: String::new(),
            place: Place::File,
            label: String::new(),
            printed: String::new(),
            unit: String::new(),
            value: operand.number.value,
            half_unit: operand.number.half,
            said: None,
        };
        match operand.source {
            Source::Figure(whose, at) => {
                let Some(facts) = self.book(whose).map(|book| book.facts) else { return record };
                let figure = &facts.figures[at];
                OperandRecord {
                    file: facts.file(figure.document).to_owned(),
                    place: figure.place(),
                    label: format!("{} | {}", figure.row_label, figure.header_path),
                    printed: figure.printed.to_string(),
                    unit: figure.unit.to_string(),
                    ..record
                }
            }
            Source::Claim(whose, at) => {
                let Some(facts) = self.book(whose).map(|book| book.facts) else { return record };
                let claim = &facts.claims[at];
                OperandRecord {
                    file: facts.file(claim.document).to_owned(),
                    place: claim.place(),
                    label: claim.sentence.to_string(),
                    printed: claim.printed.to_string(),
                    unit: claim.unit.to_string(),
                    said: Some(Said { paragraph: claim.paragraph, offset: claim.sentence_offset }),
                    ..record
                }
            }
            Source::Empty(whose, row, column) => {
                let Some(facts) = self.book(whose).map(|book| book.facts) else { return record };
                let figure = &facts.figures[row];
                OperandRecord {
                    file: facts.file(figure.document).to_owned(),
                    place: Place::Cell { sheet: figure.sheet.to_string(), cell: figure.cell_in(column) },
                    label: figure.row_label.to_string(),
                    ..record
                }
            }
            Source::Blank | Source::Constant => record,
        }
    }
}
