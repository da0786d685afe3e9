//! Rules about tables that are not arithmetic: presence, declarations, codes, signs, and what the text lists of them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::context::Context;
use super::links::links;
use super::prose::{in_sections, subject_of};
use crate::reconcile::evaluation::{Evaluation, Operand, Role, Source, Whose};
use crate::reconcile::facts::operands::FigureFact;
use crate::reconcile::facts::text::is_among;
use crate::reconcile::relation::Measured;
use crate::vocabulary::{Outcome, Place};

fn cell(context: &Context, at: usize, role: Role) -> Operand {
    let (source, number) = context.own.figure_number(at);
    Operand { source, role, sign: 1, number }
}

fn claim(context: &Context, at: usize, role: Role) -> Operand {
    let (source, number) = context.own.claim_number(at);
    Operand { source, role, sign: 1, number }
}

pub fn signs(context: &Context, check: usize, tables: &[String]) -> Vec<Evaluation> {
    let figures = tables.iter().flat_map(|table| context.own.figures_of(table));
    let negative = figures
        .filter(|(_, figure)| figure.value < Decimal::ZERO && matches!(figure.flow.as_str(), "income" | "expenditure"));
    let found: Vec<Evaluation> = negative
        .map(|(at, figure)| {
            let zh = format!("“{}”为负数", figure.row_label);
            let en = format!("{} is negative", figure.row_label);
            Evaluation::contradiction(check, figure.row_label.clone(), vec![cell(context, at, Role::Left)], zh, en)
        })
        .collect();
    let is_read = tables.iter().any(|table| context.own.state(table) == Some("data"));
    if found.is_empty() && is_read { vec![Evaluation::holds(check, String::new(), Vec::new())] } else { found }
}

pub fn declarations(context: &Context, check: usize) -> Vec<Evaluation> {
    let tables = context.own.facts.report_tables.iter();
    tables
        .map(|table| {
            let filled = context.own.figures_of(&table.report_table).find(|(_, figure)| {
                figure.document == table.document
                    && figure.sheet_number == table.sheet_number
                    && !figure.value.is_zero()
            });
            let title = table.title.clone();
            match (table.state.as_str(), filled) {
                ("declared_empty", Some((at, _))) => {
                    let zh = format!("“{title}”注明无数据，表中却有数");
                    let en = format!("{title} is declared empty and yet holds figures");
                    Evaluation::contradiction(check, title, vec![cell(context, at, Role::Left)], zh, en)
                }
                ("empty", None) => {
                    let zh = format!("“{title}”（{}）没有任何数字，也没有空表说明", table.sheet);
                    let en = format!("{title} ({}) holds no figure and no note says so", table.sheet);
                    Evaluation::contradiction(check, title, Vec::new(), zh, en)
                        .at(table.document, Place::Sheet { sheet: table.sheet.clone() })
                }
                _ => Evaluation::holds(check, title, Vec::new()),
            }
        })
        .collect()
}

pub fn presence(context: &Context, check: usize, tables: &[String]) -> Vec<Evaluation> {
    // A text on its own (tables published apart) says nothing about tables.
    if context.own.facts.report_tables.is_empty() {
        return Vec::new();
    }
    let title = |table: &String| context.catalogue.names.table_titles.get(table).unwrap_or(table).clone();
    tables
        .iter()
        .map(|table| {
            let title = title(table);
            if context.own.state(table).is_some() {
                return Evaluation::holds(check, title, Vec::new());
            }
            let zh = format!("没有“{title}”");
            let en = format!("there is no {title}");
            Evaluation::contradiction(check, title, Vec::new(), zh, en)
        })
        .collect()
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

/// Every 款 and 项 has a row of its 类 and 款 above it in the same sheet.
pub fn code_tree(context: &Context, check: usize) -> Vec<Evaluation> {
    let rows = coded_rows(context);
    let codes: BTreeSet<(&str, u32, &str)> = rows.iter().map(|(key, _)| *key).collect();
    let judge = |((table, sheet, code), at): &(CodedRow, usize)| {
        let operands = vec![cell(context, *at, Role::Left)];
        let name = &context.own.facts.figures[*at].row_name;
        let parent = if code.len() > 3 { code.get(..code.len() - 2) } else { None };
        if parent.is_none_or(|parent| codes.contains(&(*table, *sheet, parent))) {
            return Evaluation::holds(check, name.clone(), operands);
        }
        let zh = format!("科目 {code} 的上级科目没有单独成行");
        let en = format!("code {code} has no parent row");
        Evaluation::contradiction(check, format!("{code} {name}"), operands, zh, en)
    };
    rows.iter().map(judge).collect()
}

/// Every code is in the list of functional codes.
pub fn known_codes(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut seen = BTreeSet::new();
    let rows = coded_rows(context).into_iter().filter(|((_, _, code), _)| seen.insert(*code));
    rows.map(|((_, _, code), at)| {
        let operands = vec![cell(context, at, Role::Left)];
        let name = &context.own.facts.figures[at].row_name;
        if context.catalogue.names.function_names.contains_key(code) {
            return Evaluation::holds(check, name.clone(), operands);
        }
        let zh = format!("科目编码 {code} 不在科目表中");
        let en = format!("code {code} is not in the list of functional codes");
        Evaluation::contradiction(check, format!("{code} {name}"), operands, zh, en)
    })
    .collect()
}

/// Report table, sheet and functional code of a row.
type CodedRow<'a> = (&'a str, u32, &'a str);

/// The rows with a functional code, each by its first figure.
fn coded_rows<'a>(context: &Context<'a>) -> Vec<(CodedRow<'a>, usize)> {
    let mut seen: BTreeSet<CodedRow<'a>> = BTreeSet::new();
    let figures: &'a [FigureFact] = &context.own.facts.figures;
    figures
        .iter()
        .enumerate()
        .map(|(at, figure)| ((figure.report_table.as_str(), figure.sheet_number, figure.function_code.as_str()), at))
        .filter(|((_, _, code), _)| !code.is_empty())
        .filter(|(row, _)| seen.insert(*row))
        .collect()
}

/// Codes with one of these prefixes stand only in these tables.
pub fn code_book(context: &Context, check: usize, tables: &[String], prefixes: &[String]) -> Vec<Evaluation> {
    let is_own = |code: &str| prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()));
    let mut evaluations = Vec::new();
    for table in tables {
        for (at, figure) in context.own.figures_of(table).filter(|(_, figure)| !figure.function_code.is_empty()) {
            let operands = vec![cell(context, at, Role::Left)];
            evaluations.push(if is_own(&figure.function_code) {
                let subject = format!("{} {}", figure.function_code, figure.row_name);
                let zh = format!("科目 {} 不属于本表的预算", figure.function_code);
                let en = format!("code {} does not belong to this table's budget", figure.function_code);
                Evaluation::contradiction(check, subject, operands, zh, en)
            } else {
                Evaluation::holds(check, figure.row_name.clone(), operands)
            });
        }
    }
    evaluations
}

/// `words`: what parts the names of a list, and what leaves it open.
pub fn listed_items(
    context: &Context,
    check: usize,
    items: &[String],
    words: &[String],
    tables: &[String],
) -> Vec<Evaluation> {
    let [between, open_end] = words else { return Vec::new() };
    let bare = |name: &str| -> String {
        name.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| {
                if c == '(' {
                    '（'
                } else if c == ')' {
                    '）'
                } else {
                    c
                }
            })
            .collect()
    };
    let Some(table) = tables.iter().find(|table| context.own.state(table) == Some("data")) else { return Vec::new() };
    let details = || context.own.figures_of(table).filter(|(_, figure)| figure.economic_code.len() == 5);
    let mut evaluations = Vec::new();
    for (at, stated) in context.own.claims() {
        if !(is_among(stated.item_code.as_str(), items) && stated.measure == "final_account" && stated.is_usable()) {
            continue;
        }
        if stated.listed.is_empty() {
            continue;
        }
        let list = stated.listed.as_str();
        let is_open = list.trim_end().ends_with(open_end.as_str());
        let listed: Vec<String> = list
            .trim_end_matches(open_end.as_str())
            .split(|c| between.contains(c))
            .map(bare)
            .filter(|name| !name.is_empty())
            .collect();
        let mut wrong = Vec::new();
        let mut operands = vec![claim(context, at, Role::Left)];
        for name in &listed {
            let row = details().find(|(_, figure)| &bare(&figure.row_name) == name);
            let any_value = details().any(|(_, figure)| &bare(&figure.row_name) == name && !figure.value.is_zero());
            if !any_value
                && !details()
                    .any(|(_, figure)| bare(&figure.row_name).contains(name.as_str()) && !figure.value.is_zero())
            {
                wrong.push(format!("+{name}"));
                operands.extend(row.map(|(at, _)| cell(context, at, Role::Right)));
            }
        }
        if !is_open {
            // Only the blocks the listed names come from are meant.
            let blocks: BTreeSet<&str> = details()
                .filter(|(_, figure)| listed.contains(&bare(&figure.row_name)))
                .filter_map(|(_, figure)| figure.economic_code.get(..3))
                .collect();
            for (row, figure) in details().filter(|(_, figure)| !figure.value.is_zero()) {
                let is_meant = figure.economic_code.get(..3).is_some_and(|block| blocks.contains(block));
                if is_meant && !listed.contains(&bare(&figure.row_name)) {
                    wrong.push(format!("-{}", figure.row_name));
                    operands.push(cell(context, row, Role::Right));
                }
            }
        }
        let subject = subject_of(stated);
        evaluations.push(if wrong.is_empty() {
            Evaluation::holds(check, subject, operands)
        } else {
            let zh =
                format!("文字列举与基本支出表不符（+ 文中有而表中为零，- 表中有而文中没有）：{}", wrong.join("、"));
            let en = format!(
                "the listed items differ from the table (+ listed and zero, - not listed): {}",
                wrong.join(", ")
            );
            Evaluation::contradiction(check, subject, operands, zh, en)
        });
    }
    evaluations
}

/// Every detailed non-zero row of the first table read is described in these sections.
pub fn coverage(context: &Context, check: usize, sections: &[String], tables: &[String]) -> Vec<Evaluation> {
    let described: BTreeSet<&str> = context
        .own
        .claims()
        .filter(|(_, claim)| in_sections(sections, claim) && claim.function_code.len() == 7)
        .map(|(_, claim)| claim.function_code.as_str())
        .collect();
    let Some(table) = tables.iter().find(|table| context.own.state(table) == Some("data")) else { return Vec::new() };
    // Texts that speak of classes and groups only do not describe items at all.
    if described.is_empty() {
        return Vec::new();
    }
    let rows = context.own.figures_of(table).filter(|(_, figure)| {
        figure.function_code.len() == 7
            && figure.component == "total"
            && !figure.value.is_zero()
            && matches!(figure.flow.as_str(), "expenditure" | "")
    });
    rows.map(|(at, figure)| {
        let subject = format!("{} {}", figure.function_code, figure.row_name);
        let operands = vec![cell(context, at, Role::Left)];
        if described.contains(figure.function_code.as_str()) {
            return Evaluation::holds(check, subject, operands);
        }
        let zh = format!("表中“{subject}”在文字中没有说明");
        let en = format!("{subject} is in the table and not described in the text");
        Evaluation::contradiction(check, subject, operands, zh, en)
    })
    .collect()
}

/// "There is no such expenditure" against the total of the table it speaks of, by the link rules.
pub fn nil_statements(context: &Context, check: usize) -> Vec<Evaluation> {
    let linked = links(context).linked.iter();
    linked
        .filter(|evaluation| {
            evaluation.operands.first().is_some_and(|operand| match operand.source {
                crate::reconcile::evaluation::Source::Claim(_, at) => context.own.facts.claims[at].kind == "nil",
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
