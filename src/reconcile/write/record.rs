//! From evaluations to records: places, severity, diagnosis, repair, links.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::diagnose::{Diagnosis, Pattern, diagnose};
use super::operands::Operands;
use super::repair::{Change, smallest_repair};
use super::shift::{Shift, shifts};
use crate::reconcile::catalogue::Catalogue;
use crate::reconcile::catalogue::check::Method;
use crate::reconcile::evaluate;
use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluation::{Evaluation, Judged, Operand, Reason, Role, Source, Whose};
use crate::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::relation::Comparison;
use crate::reconcile::write::records::{
    ClaimLink, DisclosureReport, EvaluationRecord, OperandRecord, Repair, ShiftRecord,
};
use crate::vocabulary::{Cause, Outcome, Place, Severity};

pub fn write_down(catalogue: &Catalogue, facts: &DisclosureFacts) -> DisclosureReport {
    let context = evaluate::open(catalogue, facts);
    let evaluations = evaluate::evaluate(&context);
    let shifts = shifts(&context, &evaluations);
    let explained = shifts.iter().flat_map(|shift| &shift.mends).copied().collect();
    let changes = smallest_repair(&context.own, &evaluations, &explained);
    let operands = Operands(&context);
    let mut writer =
        Writer { context: &context, operands, changes: &changes, shifts: Vec::new(), evaluations: &evaluations };
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
    operands: Operands<'a>,
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
            true => evaluation.operands.iter().map(|operand| self.operands.record(operand)).collect(),
            false => Vec::new(),
        };
        let (document, place) = match self.main_operand(evaluation, change, shift.map(|(_, shift)| shift)) {
            Some(main) => {
                let place = operands.get(main).map_or(Place::File, |operand| operand.place.clone());
                (self.operands.document(evaluation.operands[main].source), place)
            }
            None => {
                let (document, place) = evaluation.place.clone().unwrap_or((0, Place::File));
                (self.context.own.facts.documents.get(document), place)
            }
        };
        let least_score = self.operands.least_score(evaluation);
        let DocumentFact { document_key, file, .. } = document.cloned().unwrap_or_default();
        EvaluationRecord {
            check: Arc::clone(check),
            subject: evaluation.subject.clone(),
            subject_zh: subject.zh,
            subject_en: subject.en,
            identities: evaluation.identities,
            severity: self.severity(evaluation, change),
            outcome,
            // What was recognised on a picture may be misread: it blames nobody.
            cause: if is_doubt || least_score.is_some() { Cause::Extraction } else { check.cause },
            least_score,
            written_operands: self.operands.written(evaluation, &document_key),
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

    fn severity(&self, evaluation: &Evaluation, change: Option<&Change>) -> Severity {
        let check = &self.context.catalogue.checks[evaluation.check];
        if evaluation.outcome() != Outcome::Broken {
            return Severity::Info;
        }
        // What another sentence names may be misread; where several checks ask for one repair, it is not.
        let is_confirmed =
            change.is_some_and(|change| change.mends.iter().any(|at| self.evaluations[*at].check != evaluation.check));
        if let Some(carried) = check.carried.filter(|_| !is_confirmed && self.rests_on_another_sentence(evaluation)) {
            return carried;
        }
        match evaluation.verdict() {
            Some(verdict) if check.raises && self.is_money(evaluation) => {
                let largest = verdict.left.abs().max(verdict.right.abs());
                let is_large = self.context.catalogue.raises.is_reached(verdict.difference.abs(), largest);
                if is_large { Severity::Error } else { check.severity }
            }
            _ => check.severity,
        }
    }

    /// Whether a number in prose goes by a name that its own sentence does not print, behind a sentence of its paragraph that has
    /// numbers itself. (A label in front of them, 小学教育（项）。, names what follows.)
    fn rests_on_another_sentence(&self, evaluation: &Evaluation) -> bool {
        let claims = &self.context.own.facts.claims;
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let is_carried = |claim: &ClaimFact| {
            let stands_before = |other: &&ClaimFact| {
                (other.document, other.paragraph) == (claim.document, claim.paragraph)
                    && (other.line, other.char_start) < (claim.line, claim.char_start)
                    && other.sentence != claim.sentence
            };
            !letters(&claim.sentence).contains(&letters(&claim.item_printed))
                && claims.iter().any(|other| stands_before(&other))
        };
        evaluation.operands.iter().any(|operand| match operand.source {
            Source::Claim(Whose::Own, at) => claims.get(at).is_some_and(is_carried),
            _ => false,
        })
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

    /// The operand a finding points at: the first that stands beside another label, else the one a repair would change, else
    /// the stated rate, else the first claim, else the first printed number.
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
        let written = self.operands.record(&operand);
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
