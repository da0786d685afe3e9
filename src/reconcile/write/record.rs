//! From evaluations to records: places, severity, diagnosis, repair, links.

use std::fmt::Write;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::diagnose::{Diagnosis, Pattern, diagnose};
use super::repair::{Change, smallest_repair};
use super::shift::{Shift, shifts};
use crate::reconcile::catalogue::Catalogue;
use crate::reconcile::catalogue::check::Method;
use crate::reconcile::evaluate;
use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluation::{Evaluation, Judged, Operand, Reason, Role, Source, Whose};
use crate::reconcile::facts::lookup::Book;
use crate::reconcile::facts::operands::{DisclosureFacts, DocumentFact};
use crate::reconcile::relation::Comparison;
use crate::reconcile::write::records::{
    ClaimLink, DisclosureReport, EvaluationRecord, OperandRecord, Repair, Said, ShiftRecord,
};
use crate::vocabulary::{Cause, Outcome, Place, Severity};

pub fn write_down(catalogue: &Catalogue, facts: &DisclosureFacts) -> DisclosureReport {
    let context = evaluate::open(catalogue, facts);
    let evaluations = evaluate::evaluate(&context);
    let shifts = shifts(&context, &evaluations);
    let explained = shifts.iter().flat_map(|shift| &shift.mends).copied().collect();
    let changes = smallest_repair(&context.own, &evaluations, &explained);
    let mut writer = Writer { context: &context, changes: &changes, shifts: Vec::new(), evaluations: &evaluations };
    writer.shifts = shifts.into_iter().map(|shift| (Arc::new(writer.shift(&shift)), shift)).collect();
    let mut links: Vec<ClaimLink> = evaluations
        .iter()
        .filter(|evaluation| matches!(catalogue.checks[evaluation.check].method, Method::Link))
        .filter_map(|evaluation| writer.link(evaluation))
        .collect();
    links.extend(evaluate::links::links(&context).unlinked.iter().map(|unlinked| ClaimLink {
        claim: unlinked.claim,
        figure: None,
        check_id: String::new(),
        outcome: "unlinked",
        reason: unlinked.reason.clone(),
    }));
    DisclosureReport {
        disclosure_key: facts.disclosure_key.clone(),
        department: facts.department.clone(),
        fiscal_year: facts.fiscal_year,
        evaluations: evaluations.iter().enumerate().map(|(at, evaluation)| writer.record(at, evaluation)).collect(),
        links,
    }
}

/// A text in both languages.
#[derive(Default)]
struct InWords {
    zh: String,
    en: String,
}

struct Writer<'a> {
    context: &'a Context<'a>,
    changes: &'a [Change],
    shifts: Vec<(Arc<ShiftRecord>, Shift)>,
    evaluations: &'a [Evaluation],
}

impl Writer<'_> {
    fn record(&self, at: usize, evaluation: &Evaluation) -> EvaluationRecord {
        let check = &self.context.catalogue.checks[evaluation.check];
        let outcome = evaluation.outcome();
        let verdict = evaluation.verdict();
        let shift = self.shifts.iter().find(|(_, shift)| shift.mends.contains(&at));
        let change =
            (outcome == Outcome::Broken).then(|| self.changes.iter().find(|change| change.mends.contains(&at)));
        let change = change.flatten();
        let reason = match &evaluation.result {
            Judged::NotEvaluable(reason) => Some(reason.clone()),
            _ => None,
        };
        let is_doubt = matches!(reason, Some(Reason::Ambiguous(_) | Reason::Doubtful(_) | Reason::TooLarge));
        let (detail_zh, detail_en) = match &evaluation.result {
            Judged::Logic { zh, en, .. } => (zh.clone(), en.clone()),
            _ => Default::default(),
        };
        let is_finding = is_finding(outcome, is_doubt);
        let (subject, about) = match is_finding || reason.is_some() {
            true => self.in_words(evaluation, reason.as_ref()),
            false => Default::default(),
        };
        // Most identities hold: of those only the places of the numbers are kept, no words.
        let operands: Vec<OperandRecord> = match is_finding {
            true => evaluation.operands.iter().map(|operand| self.operand(operand)).collect(),
            false => Vec::new(),
        };
        let (document, place) = match self.main_operand(evaluation, change, shift.map(|(_, shift)| shift)) {
            Some(main) => {
                let place = operands.get(main).map_or(Place::File, |operand| operand.place.clone());
                (self.document(evaluation.operands[main].source), place)
            }
            None => {
                let (document, place) = evaluation.place.clone().unwrap_or((0, Place::File));
                (self.context.own.facts.documents.get(document), place)
            }
        };
        let least_score = self.least_score(evaluation);
        let DocumentFact { document_key, file, .. } = document.cloned().unwrap_or_default();
        EvaluationRecord {
            check: Arc::clone(check),
            subject: evaluation.subject.clone(),
            subject_zh: subject.zh,
            subject_en: subject.en,
            identities: evaluation.identities,
            severity: self.severity(evaluation),
            outcome,
            // What was recognised on a picture may be misread: it blames nobody.
            cause: if is_doubt || least_score.is_some() { Cause::Extraction } else { check.cause },
            least_score,
            written_operands: self.written_operands(evaluation, &document_key),
            document_key,
            file,
            place,
            left: verdict.map(|verdict| verdict.left),
            right: verdict.map(|verdict| verdict.right),
            difference: verdict.map(|verdict| verdict.difference),
            allowed: verdict.map(|verdict| verdict.allowed),
            truncated: verdict.is_some_and(|verdict| verdict.truncated),
            is_rate: evaluation.operands.iter().any(|operand| operand.role == Role::Rate),
            at_most: evaluation.shape.comparison == Comparison::AtMost,
            operands,
            diagnoses: match shift {
                Some(_) => Vec::new(),
                None => diagnose(&self.context.own, self.context.prior.as_ref(), evaluation),
            },
            shift: shift.map(|(written, _)| Arc::clone(written)),
            repair: change.map(|change| Box::new(self.repair(change))),
            detail_zh,
            detail_en,
            is_finding,
            reason,
            about_zh: about.zh,
            about_en: about.en,
            accepted: None,
        }
    }

    /// What was compared, and what could not be: the codes of both in words.
    fn in_words(&self, evaluation: &Evaluation, reason: Option<&Reason>) -> (InWords, InWords) {
        let names = &self.context.catalogue.names;
        let subject = &evaluation.subject;
        let subject = InWords { zh: names.in_words(subject, |(zh, _)| zh), en: names.in_words(subject, |(_, en)| en) };
        let about = match reason.map_or("", Reason::about) {
            "" => InWords::default(),
            about => {
                InWords { zh: names.terms.of_terms(about, |(zh, _)| zh), en: names.terms.of_terms(about, |(_, en)| en) }
            }
        };
        (subject, about)
    }

    /// How sure the recogniser was of the numbers compared; where words are judged, of all of their document, and where
    /// something is missed, of all of the disclosure.
    fn least_score(&self, evaluation: &Evaluation) -> Option<i32> {
        if !evaluation.operands.is_empty() {
            return evaluation.operands.iter().filter_map(|operand| self.score(operand.source)).min();
        }
        let is_meant = |document| evaluation.place.as_ref().is_none_or(|(own, _)| *own == document);
        let facts = self.context.own.facts;
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

    fn severity(&self, evaluation: &Evaluation) -> Severity {
        let check = &self.context.catalogue.checks[evaluation.check];
        match (evaluation.outcome(), evaluation.verdict()) {
            (Outcome::Broken, Some(verdict)) if check.raises && self.is_money(evaluation) => {
                let largest = verdict.left.abs().max(verdict.right.abs());
                let difference = verdict.difference.abs();
                let is_large = difference >= Decimal::from(100_000) || difference * Decimal::ONE_HUNDRED >= largest;
                if is_large { Severity::Error } else { check.severity }
            }
            (Outcome::Broken, _) => check.severity,
            _ => Severity::Info,
        }
    }

    fn is_money(&self, evaluation: &Evaluation) -> bool {
        let is_rate = evaluation.operands.iter().any(|operand| operand.role == Role::Rate);
        let facts = self.context.own.facts;
        !is_rate
            && evaluation.operands.iter().any(|operand| match operand.source {
                Source::Figure(Whose::Own, at) => facts.figures[at].amount_yuan.is_some(),
                Source::Claim(Whose::Own, at) => facts.claims[at].amount_yuan.is_some(),
                _ => false,
            })
    }

    /// The operand a finding points at: the first that stands beside another label, the one a repair would change, else the stated rate, else the first claim, else
    /// the first printed number.
    fn main_operand(&self, evaluation: &Evaluation, change: Option<&Change>, shift: Option<&Shift>) -> Option<usize> {
        let find = |wanted: &dyn Fn(&Operand) -> bool| evaluation.operands.iter().position(wanted);
        let facts = self.context.own.facts;
        shift
            .and_then(|shift| find(&|operand| shift.holds(facts, operand.source)))
            .or_else(|| change.and_then(|change| find(&|operand| operand.source == change.source)))
            .or_else(|| find(&|operand| operand.role == Role::Rate))
            .or_else(|| {
                find(&|operand| operand.role == Role::Left && matches!(operand.source, Source::Claim(Whose::Own, _)))
            })
            .or_else(|| {
                find(&|operand| matches!(operand.source, Source::Figure(Whose::Own, _) | Source::Claim(Whose::Own, _)))
            })
    }

    fn book(&self, whose: Whose) -> Option<&Book<'_>> {
        match whose {
            Whose::Own => Some(&self.context.own),
            Whose::Prior => self.context.prior.as_ref(),
            Whose::Unit(at) => self.context.units.get(at),
        }
    }

    /// The document an operand stands in; `None` where it stands nowhere.
    fn document(&self, source: Source) -> Option<&DocumentFact> {
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
    fn written_operands(&self, evaluation: &Evaluation, document_key: &str) -> String {
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
    fn operand(&self, operand: &Operand) -> OperandRecord {
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

    fn shift(&self, shift: &Shift) -> ShiftRecord {
        let id = |at: &usize| self.context.catalogue.checks[self.evaluations[*at].check].id.clone();
        ShiftRecord {
            file: self.context.own.facts.file(shift.document).to_owned(),
            place: shift.place.clone(),
            cells: shift.cells.clone(),
            way: shift.way,
            mends: shift.mends.iter().map(id).collect(),
            identities: shift.mends.len(),
        }
    }

    fn repair(&self, change: &Change) -> Repair {
        let operand = Operand {
            source: change.source,
            role: Role::Left,
            sign: 1,
            number: crate::reconcile::relation::Measured { value: Decimal::ZERO, half: Decimal::ZERO },
        };
        let written = self.operand(&operand);
        let id = |at: &usize| {
            let check = self.evaluations[*at].check;
            self.context.catalogue.checks[check].id.clone()
        };
        Repair {
            file: written.file,
            place: written.place,
            printed: written.printed,
            unit: written.unit.clone(),
            suggested: change.suggested,
            diagnosis: Diagnosis {
                pattern: change.pattern,
                printed: change.number.printed.clone(),
                instead: if matches!(change.pattern, Pattern::Consequence | Pattern::Agreed) {
                    String::new()
                } else {
                    change.suggested.to_string()
                },
            },
            mends: change.mends.iter().map(id).collect(),
        }
    }

    fn link(&self, evaluation: &Evaluation) -> Option<ClaimLink> {
        let Source::Claim(Whose::Own, claim) = evaluation.operands.first()?.source else { return None };
        let figure = evaluation.operands.iter().find_map(|operand| match operand.source {
            Source::Figure(Whose::Own, at) => Some(at),
            _ => None,
        });
        Some(ClaimLink {
            claim,
            figure,
            check_id: self.context.catalogue.checks[evaluation.check].id.clone(),
            outcome: evaluation.outcome().as_str(),
            reason: if figure.is_none() { "the cell is blank".to_owned() } else { String::new() },
        })
    }
}

/// An outcome that is worth a finding: broken, or within rounding, or a doubt about the reading.
fn is_finding(outcome: Outcome, is_doubt: bool) -> bool {
    match outcome {
        Outcome::Broken | Outcome::WithinRounding => true,
        Outcome::NotEvaluable => is_doubt,
        Outcome::Exact => false,
    }
}
