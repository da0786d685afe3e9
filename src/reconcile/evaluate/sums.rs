//! Sums over table figures: within a table, between tables, over code trees, across years and units.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::context::Context;
use super::listings::REST;
use super::shares::{are_parts_of_another, is_whole_of_a_share, shares_leave_a_rest, stops_in_its_list};
use crate::normalise::ValueKind;
use crate::reconcile::catalogue::check::{Each, Method};
use crate::reconcile::catalogue::term::Term;
use crate::reconcile::evaluation::{Evaluation, Operand, Reason, Role, Shape, Source, Whose};
use crate::reconcile::facts::lookup::Binding;
use crate::reconcile::facts::operands::{ClaimFact, FigureFact};
use crate::reconcile::facts::text::Text;
use crate::reconcile::relation::Measured;
use crate::vocabulary::Outcome;

/// `closed_by` names the checks that find a table complete: what is missing there is zero.
pub fn evaluate(context: &Context, check: usize, method: &Method, closed_by: &[String]) -> Vec<Evaluation> {
    let Method::Sum { tables, each, measures, left, right, comparison, rate, factor } = method else {
        return Vec::new();
    };
    let shape = Shape { comparison: *comparison, factor: *factor };
    let sum = Sum { left, right, rate: rate.as_ref(), shape, closed_by };
    let sheets =
        || tables.iter().flat_map(|table| sheets_of(context, table).into_iter().map(move |sheet| (table, sheet)));
    match each {
        Each::Once => tables_or_none(tables)
            .into_iter()
            .filter_map(|table| sum.judge(context, check, String::new(), &Binding { table, ..Binding::default() }))
            .collect(),
        Each::Row => sheets().flat_map(|(table, sheet)| by_row(context, check, &sum, table, sheet)).collect(),
        Each::Column => {
            sheets().flat_map(|(table, sheet)| by_column(context, check, &sum, table, sheet, false)).collect()
        }
        Each::FlowColumn => {
            sheets().flat_map(|(table, sheet)| by_column(context, check, &sum, table, sheet, true)).collect()
        }
        Each::Code(digits) => by_code(context, check, &sum, *digits),
        Each::Fund | Each::Phase => by_axis(context, check, &sum, *each, tables),
        Each::Measure => measures
            .iter()
            .filter_map(|measure| {
                let bound = Binding { measure: Some(measure), ..Binding::default() };
                sum.judge(context, check, measure.clone(), &bound)
            })
            .collect(),
    }
}

struct Sum<'a> {
    left: &'a [Term],
    right: &'a [Term],
    rate: Option<&'a Term>,
    shape: Shape,
    closed_by: &'a [String],
}

impl Sum<'_> {
    /// `None` when nothing of it is printed here.
    fn judge(&self, context: &Context, check: usize, subject: impl Into<Text>, bound: &Binding) -> Option<Evaluation> {
        let mut operands = Vec::new();
        let bound = &Binding { closed_by: self.closed_by, ..bound.clone() };
        let gathered = (|| {
            let left = context.gather(self.left, Role::Left, bound, &mut operands)?;
            // Of several statements, those nearest to the first one found belong together.
            let bound = &Binding { near: bound.near.or_else(|| first_claim(&operands)), ..bound.clone() };
            let right = context.gather(self.right, Role::Right, bound, &mut operands)?;
            if let Some(rate) = self.rate {
                context.gather(std::slice::from_ref(rate), Role::Rate, bound, &mut operands)?;
            }
            Ok((left, right))
        })();
        match gathered {
            Err(reason) => Some(Evaluation::not_evaluable(check, subject, reason)),
            Ok(_)
                if operands
                    .iter()
                    .all(|operand| operand.source.is_unprinted() || operand.source == Source::Constant) =>
            {
                None
            }
            Ok((true, true)) => {
                let judged = Evaluation::of_numbers(check, subject, operands, self.shape);
                let left_out = self.unlisted_addend(context, &judged).or_else(|| self.rest_of_shares(context, &judged));
                Some(match left_out {
                    Some(name) => Evaluation::not_evaluable(check, judged.subject, Reason::Missing(name)),
                    None => judged,
                })
            }
            Ok((left, _)) => {
                let unprinted = if left { self.right } else { self.left };
                let names: Vec<&str> = unprinted.iter().map(|term| term.written.as_str()).collect();
                Some(Evaluation::not_evaluable(check, subject, Reason::Missing(names.join(", "))))
            }
        }
    }
}

impl Sum<'_> {
    /// 收入1530.2万元，其中：财政拨款1529万元；利息收入1.2万元: what no list knows, in the section of the whole, and is exactly what
    /// a sum in prose lacks was meant to be added. So was what another term stood for: 事业收入 beside 医疗收入.
    fn unlisted_addend(&self, context: &Context, judged: &Evaluation) -> Option<String> {
        let is_broken = judged.outcome() == Outcome::Broken && self.shape == Shape::EQUAL && self.rate.is_none();
        let lacks = judged.verdict().filter(|_| is_broken)?.difference;
        let total = &context.own.facts.claims[first_claim(&judged.operands)?];
        let alternatives = self.right.iter().filter(|term| term.kinds.len() > 1).flat_map(Term::claims);
        let named: BTreeSet<&str> = alternatives.flat_map(|term| &term.items).map(String::as_str).collect();
        let is_set_aside = |claim: &ClaimFact| {
            let is_added = |operand: &Operand| match operand.source {
                Source::Claim(Whose::Own, at) => context.own.facts.claims[at].item_code == claim.item_code,
                _ => false,
            };
            named.contains(claim.item_code.as_str()) && !judged.operands.iter().any(is_added)
        };
        let is_unlisted = |claim: &ClaimFact| {
            claim.is_usable()
                && claim.measure == total.measure
                && claim.value_kind == total.value_kind
                && claim.function_code.is_empty()
                && claim.economic_code.is_empty()
                && (!context.catalogue.names.items.contains(claim.item_code.as_str()) || is_set_aside(claim))
        };
        let is_addend = |claim: &&ClaimFact| !claim.value.is_zero() && is_unlisted(claim);
        let is_in_section =
            |claim: &&ClaimFact| claim.document == total.document && claim.section_path == total.section_path;
        let beside: Vec<&ClaimFact> =
            context.own.beside(total).map(|(_, claim)| claim).filter(|claim| is_addend(claim)).collect();
        let mut in_section = context.own.claims().map(|(_, claim)| claim).filter(is_in_section).filter(is_addend);
        let all: Decimal = beside.iter().map(|claim| claim.base_value()).sum();
        let several = beside.first().copied().filter(|_| all == lacks);
        several.or_else(|| in_section.find(|claim| claim.base_value() == lacks)).map(|claim| claim.item.to_string())
    }
}

impl Sum<'_> {
    /// 支出合计200万元，其中：基本支出150万元，占75%: the shares of the parts themselves say that others are not told. Nor are
    /// all where the text stops in its list, or where the total is only told as that of which one part is a share.
    fn rest_of_shares(&self, context: &Context, judged: &Evaluation) -> Option<String> {
        let is_broken = judged.outcome() == Outcome::Broken && self.shape == Shape::EQUAL && self.rate.is_none();
        judged.verdict().filter(|verdict| is_broken && verdict.difference > Decimal::ZERO)?;
        let claims = |role: Role| {
            judged.operands.iter().filter(move |operand| operand.role == role).map(|operand| match operand.source {
                Source::Claim(Whose::Own, at) if operand.sign > 0 => Some(at),
                _ => None,
            })
        };
        let whole: Vec<usize> = claims(Role::Left).collect::<Option<_>>()?;
        let [whole] = whole.as_slice() else { return None };
        let parts: Vec<usize> = claims(Role::Right).collect::<Option<_>>()?;
        let is_open = shares_leave_a_rest(context, *whole, &parts)
            || is_whole_of_a_share(context, *whole, &parts)
            || are_parts_of_another(context, *whole, &parts)
            || stops_in_its_list(context, *whole);
        is_open.then(|| REST.to_owned())
    }
}

fn first_claim(operands: &[Operand]) -> Option<usize> {
    operands.iter().find_map(|operand| match operand.source {
        Source::Claim(Whose::Own, at) => Some(at),
        _ => None,
    })
}

fn tables_or_none(tables: &[String]) -> Vec<Option<&str>> {
    if tables.is_empty() { vec![None] } else { tables.iter().map(|table| Some(table.as_str())).collect() }
}

fn sheets_of(context: &Context, table: &str) -> BTreeSet<(usize, u32)> {
    context.own.figures_of(table).map(|(_, figure)| (figure.document, figure.sheet_number)).collect()
}

fn on_sheet(figure: &FigureFact, sheet: (usize, u32)) -> bool {
    (figure.document, figure.sheet_number) == sheet
}

fn by_row(context: &Context, check: usize, sum: &Sum, table: &str, sheet: (usize, u32)) -> Vec<Evaluation> {
    let rows: BTreeMap<(u32, &str), &FigureFact> = context
        .own
        .figures_of(table)
        .filter(|(_, figure)| on_sheet(figure, sheet))
        .map(|(_, figure)| ((figure.row_number, figure.side.as_str()), figure))
        .collect();
    let judge = |(row, figure): (&(u32, &str), &&FigureFact)| {
        let bound = Binding { table: Some(table), sheet: Some(sheet), row: Some(*row), ..Binding::default() };
        sum.judge(context, check, row_name(figure), &bound)
    };
    rows.iter().filter_map(judge).collect()
}

fn by_column(
    context: &Context,
    check: usize,
    sum: &Sum,
    table: &str,
    sheet: (usize, u32),
    parts_flows: bool,
) -> Vec<Evaluation> {
    let columns: BTreeSet<(&str, &str, &str, Option<&str>)> = context
        .own
        .figures_of(table)
        .filter(|(_, figure)| on_sheet(figure, sheet))
        .map(|(_, figure)| {
            let flow = parts_flows.then_some(figure.flow.as_str());
            (figure.component.as_str(), figure.phase.as_str(), figure.fund.as_str(), flow)
        })
        .collect();
    let judge = |(component, phase, fund, flow): (&str, &str, &str, Option<&str>)| {
        let bound = Binding {
            table: Some(table),
            sheet: Some(sheet),
            component: Some(component),
            phase: Some(phase),
            fund: Some(fund),
            flow,
            ..Binding::default()
        };
        let subject = format!("{component} {phase} {fund} {}", flow.unwrap_or_default());
        sum.judge(context, check, subject.trim_end().to_owned(), &bound)
    };
    columns.into_iter().filter_map(judge).collect()
}

fn by_code(context: &Context, check: usize, sum: &Sum, digits: usize) -> Vec<Evaluation> {
    // A class may stand in one of the tables only: posted on a wrong line, or left out.
    let tables: BTreeSet<&str> = sum.left.iter().chain(sum.right).flat_map(Term::tables).collect();
    let codes: BTreeMap<&str, &FigureFact> = tables
        .into_iter()
        .flat_map(|table| context.own.figures_of(table))
        .filter(|(_, figure)| {
            let code = if figure.function_code.is_empty() { &figure.economic_code } else { &figure.function_code };
            !code.is_empty() && (digits == 0 || code.len() == digits)
        })
        .map(|(_, figure)| (figure.row_key().as_str(), figure))
        .collect();
    codes
        .into_iter()
        .filter_map(|(code, figure)| {
            let bound = Binding { key: Some(code), ..Binding::default() };
            sum.judge(context, check, row_name(figure), &bound)
        })
        .collect()
}

fn by_axis(context: &Context, check: usize, sum: &Sum, each: Each, tables: &[String]) -> Vec<Evaluation> {
    let named = || sum.left.iter().chain(sum.right).flat_map(Term::tables).chain(tables.iter().map(String::as_str));
    let values: BTreeSet<&str> = named()
        .flat_map(|table| context.own.figures_of(table))
        .map(|(_, figure)| if each == Each::Fund { figure.fund.as_str() } else { figure.phase.as_str() })
        .collect();
    values
        .into_iter()
        .flat_map(|value| tables_or_none(tables).into_iter().map(move |table| (table, value)))
        .filter_map(|(table, value)| {
            let mut bound = Binding { table, ..Binding::default() };
            if each == Each::Fund {
                bound.fund = Some(value);
            } else {
                bound.phase = Some(value);
            }
            sum.judge(context, check, value.to_owned(), &bound)
        })
        .collect()
}

/// In every column: each parent row = Σ the rows just below it; the total row = Σ the top rows.
pub fn evaluate_tree(
    context: &Context,
    check: usize,
    tables: &[String],
    economic: bool,
    total: bool,
) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for table in tables {
        if context.own.state(table) != Some("data") {
            let reason = Reason::Missing(table.clone());
            evaluations.push(Evaluation::not_evaluable(check, String::new(), reason));
            continue;
        }
        for sheet in sheets_of(context, table) {
            evaluations.extend(tree_of_sheet(context, check, table, sheet, economic, total));
        }
    }
    evaluations
}

type ColumnKey<'a> = (&'a str, &'a str, &'a str, &'a str);

fn tree_of_sheet(
    context: &Context,
    check: usize,
    table: &str,
    sheet: (usize, u32),
    economic: bool,
    total: bool,
) -> Vec<Evaluation> {
    let mut rows: BTreeMap<&str, &FigureFact> = BTreeMap::new();
    // By column, then by the key of the row.
    let mut columns: BTreeMap<ColumnKey, FxHashMap<&str, usize>> = BTreeMap::new();
    let mut duplicated: BTreeSet<&str> = BTreeSet::new();
    // Shares of a whole stand beside their rows and do not add up the way amounts do.
    let adds_up = |figure: &FigureFact| figure.value_kind != ValueKind::Percent;
    for (at, figure) in context.own.figures_of(table).filter(|(_, figure)| on_sheet(figure, sheet) && adds_up(figure)) {
        let code = if economic { &figure.economic_code } else { &figure.function_code };
        let is_total = matches!(figure.line.as_str(), "total" | "expenditure.current_year_total");
        let key = if !code.is_empty() {
            code.as_str()
        } else if is_total {
            ""
        } else {
            continue;
        };
        let column = (figure.component.as_str(), figure.phase.as_str(), figure.fund.as_str(), figure.flow.as_str());
        rows.entry(key).or_insert(figure);
        if let Some(earlier) = columns.entry(column).or_default().insert(key, at)
            && context.own.facts.figures[earlier].base_value() != figure.base_value()
        {
            duplicated.insert(key);
        }
    }
    let codes: BTreeSet<&str> = rows.keys().copied().filter(|code| !code.is_empty()).collect();
    let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for code in &codes {
        let parent = (1..code.len()).rev().filter_map(|end| code.get(..end)).find(|prefix| codes.contains(prefix));
        children.entry(parent.unwrap_or("")).or_default().push(code);
    }
    if !total {
        children.remove("");
    }
    let mut evaluations = Vec::new();
    for (parent, below) in &children {
        let Some(figure) = rows.get(parent) else { continue };
        let subject = row_name(figure);
        if duplicated.contains(parent) || below.iter().any(|code| duplicated.contains(code)) {
            let reason = Reason::Ambiguous(format!("{table}[{parent}]"));
            evaluations.push(Evaluation::not_evaluable(check, subject, reason));
            continue;
        }
        for (column, cells) in &columns {
            let operand = |key: &str, role| {
                let nothing = Measured { value: 0.into(), half: 0.into() };
                let (source, number) = match (cells.get(key), rows.get(key)) {
                    (Some(at), _) => context.own.figure_number(*at),
                    (None, Some(row)) => {
                        let first = cells.iter().min_by_key(|(key, _)| **key);
                        (first.map_or(Source::Blank, |(_, like)| context.own.blank_beside(row, *like)), nothing)
                    }
                    (None, None) => (Source::Blank, nothing),
                };
                Operand { source, role, sign: 1, number }
            };
            let mut operands = vec![operand(parent, Role::Left)];
            operands.extend(below.iter().map(|code| operand(code, Role::Right)));
            operands.retain(|operand| operand.source != Source::Blank || operand.role == Role::Left);
            if operands.iter().any(|operand| !operand.source.is_unprinted()) {
                let subject = format!("{subject} {}", column.0);
                evaluations.push(Evaluation::of_numbers(check, subject, operands, Shape::EQUAL));
            }
        }
    }
    evaluations
}

fn row_name(figure: &FigureFact) -> Text {
    let code = if figure.function_code.is_empty() { &figure.economic_code } else { &figure.function_code };
    let name = if figure.row_name.is_empty() { &figure.row_label } else { &figure.row_name };
    if code.is_empty() { name.clone() } else { format!("{code} {name}").into() }
}
