//! Checks that a SQL file over the warehouse answers.

use super::context::Context;
use crate::reconcile::evaluation::{Evaluation, Operand, Reason, Role, Shape, Source};
use crate::reconcile::facts::disclosure::{Answer, DisclosureFacts, Says};
use crate::reconcile::relation::{Comparison, Measured};
use crate::vocabulary::Outcome;

pub fn evaluate(context: &Context, check: usize, id: &str, comparison: Comparison) -> Vec<Evaluation> {
    answers(context.own.facts, id).map(|answer| judged(context, check, answer, comparison)).collect()
}

/// Whether the query of this check found something wrong in the disclosure.
pub fn is_broken(facts: &DisclosureFacts, id: &str) -> bool {
    answers(facts, id).any(|answer| answer.doubt.is_none() && matches!(answer.says, Says::Broken { .. }))
}

fn answers<'a>(facts: &'a DisclosureFacts, id: &'a str) -> impl Iterator<Item = &'a Answer> {
    facts.answers.iter().filter(move |answer| answer.check_id == id)
}

fn judged(context: &Context, check: usize, answer: &Answer, comparison: Comparison) -> Evaluation {
    let subject = answer.subject.clone();
    let evaluation = match &answer.says {
        Says::Holds => Evaluation::holds(check, subject, Vec::new()),
        Says::Broken { zh, en } => Evaluation::contradiction(check, subject, Vec::new(), zh.clone(), en.clone()),
        Says::Unknown(what) => Evaluation::not_evaluable(check, subject, Reason::Missing(what.clone())),
        Says::Compare { left, right } => {
            let operand = |role, (value, half)| Operand {
                source: Source::Constant,
                role,
                sign: 1,
                number: Measured { value, half },
            };
            let operands = vec![operand(Role::Left, *left), operand(Role::Right, *right)];
            Evaluation::of_numbers(check, subject, operands, Shape { comparison, factor: 100 })
        }
    };
    let is_doubted = answer.doubt.is_some() && evaluation.outcome() == Outcome::Broken;
    let evaluation = match answer.doubt.clone().filter(|_| is_doubted) {
        Some(place) => Evaluation::not_evaluable(check, answer.subject.clone(), Reason::Doubtful(place)),
        None => evaluation,
    };
    let documents = &context.own.facts.documents;
    match documents.iter().position(|document| document.document_key == answer.document_key) {
        Some(document) => evaluation.at(document, answer.place.clone()),
        None => evaluation,
    }
}
