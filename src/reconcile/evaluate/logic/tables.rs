//! Rules about tables that are not arithmetic: totals in pairs, and what the text says is not there.

use rust_decimal::Decimal;

use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluate::links::links;
use crate::reconcile::evaluation::{Evaluation, Operand, Role, Source, Whose};
use crate::reconcile::relation::Measured;
use crate::vocabulary::{ClaimKind, Outcome};

fn cell(context: &Context, at: usize, role: Role) -> Operand {
    let (source, number) = context.own.figure_number(at);
    Operand { source, role, sign: 1, number }
}

/// `items` come in twos: where one of them is printed and not zero, the other is printed too. Judged only where nothing at
/// all stands in the other list of that row: what stands there unread is no blank.
pub fn paired_totals(context: &Context, check: usize, items: &[String], tables: &[String]) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for table in tables {
        let printed = |line: &str| {
            context
                .own
                .figures_of(table)
                .find(|(_, figure)| figure.line == line && figure.phase == "final_account" && !figure.value.is_zero())
        };
        for pair in items.chunks(2) {
            let [first, second] = pair else { continue };
            let (at, figure) = match (printed(first), printed(second)) {
                (Some((at, figure)), None) | (None, Some((at, figure))) => (at, figure),
                (Some((at, figure)), Some(_)) => {
                    let operands = vec![cell(context, at, Role::Left)];
                    evaluations.push(Evaluation::holds(check, figure.row_label.clone(), operands));
                    continue;
                }
                (None, None) => continue,
            };
            let beside = || {
                context.own.figures_of(table).filter(|(_, other)| {
                    (other.document, other.sheet_number) == (figure.document, figure.sheet_number)
                        && other.side != figure.side
                        && other.phase == figure.phase
                })
            };
            let column = beside().map(|(_, other)| other.column_number).min();
            let Some(column) = column.filter(|_| beside().all(|(_, other)| other.row_number != figure.row_number))
            else {
                continue;
            };
            let number = Measured { value: Decimal::ZERO, half: Decimal::ZERO };
            let blank = Operand { source: Source::Empty(Whose::Own, at, column), role: Role::Right, sign: 1, number };
            let zh = format!("“{}”一边有数，另一边是空的", figure.row_label);
            let en = format!("one side of {} is printed, the other is blank", figure.row_label);
            let operands = vec![cell(context, at, Role::Left), blank];
            evaluations.push(Evaluation::contradiction(check, figure.row_label.clone(), operands, zh, en));
        }
    }
    evaluations
}

/// "There is no such expenditure" against the total of the table it speaks of, by the link rules.
pub fn nil_statements(context: &Context, check: usize) -> Vec<Evaluation> {
    let linked = links(context).linked.iter();
    linked
        .filter(|evaluation| {
            evaluation.operands.first().is_some_and(|operand| match operand.source {
                crate::reconcile::evaluation::Source::Claim(_, at) => {
                    context.own.facts.claims[at].kind == ClaimKind::Nil
                }
                _ => false,
            })
        })
        .cloned()
        .map(|evaluation| {
            if evaluation.outcome() == Outcome::Broken {
                let zh = format!("文字说没有“{}”，表中却有数", evaluation.subject);
                let en = format!("the text says there is no {}, the table holds figures", evaluation.subject);
                Evaluation::contradiction(check, evaluation.subject, evaluation.operands, zh, en)
            } else {
                Evaluation::holds(check, evaluation.subject, evaluation.operands)
            }
        })
        .collect()
}
