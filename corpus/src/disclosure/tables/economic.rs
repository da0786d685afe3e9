//! Basic expenditure by economic classification, in the forms publishers use.

use crate::disclosure::accounts::{Accounts, Money};
use crate::reference::economic_name;
use crate::table::{Column, Labels, Row, Side, Table};

use super::fen;

const STANDARD: &str = "一般公共预算财政拨款基本支出决算表";

/// Rows of some 3-digit classes and their 5-digit codes, each with one amount.
fn class_rows(a: &Accounts, classes: &[&str]) -> Vec<Row> {
    let mut rows = Vec::new();
    for class in classes {
        let own: Vec<&(String, i64)> = a.basic_economic.iter().filter(|(code, _)| code.starts_with(class)).collect();
        if own.is_empty() {
            continue;
        }
        rows.push(Row::new(class, name(class, a.year), 1, fen(&[a.economic_class(class)])));
        // Accounts known by class only have no rows below.
        let known = own.iter().filter(|(code, _)| code.len() == 5);
        rows.extend(known.map(|(code, amount)| Row::new(code, name(code, a.year), 2, fen(&[*amount]))));
    }
    rows
}

fn name(code: &str, year: i32) -> String {
    economic_name(code, year).unwrap_or_else(|| code.to_owned())
}

fn labels() -> Labels {
    Labels::Coded { banner: String::new(), code: "经济分类科目编码".into(), name: "科目名称".into() }
}

fn block(banner: &str, mut rows: Vec<Row>, closing: &[(&str, i64)]) -> Side {
    rows.extend(closing.iter().map(|(label, amount)| Row::closing(label, fen(&[*amount]))));
    Side {
        side: String::new(), banner: banner.into(), labels: labels(), columns: vec![Column::new(&["决算数"])], rows
    }
}

/// The national form: 人员经费 | 公用经费 | 公用经费, with the sums at the bottom.
pub(super) fn basic_blocks(a: &Accounts, title: &str) -> Table {
    let sides = vec![
        block("人员经费", class_rows(a, &["301", "303"]), &[("人员经费合计", a.personnel())]),
        block("公用经费", class_rows(a, &["302"]), &[]),
        block("公用经费", class_rows(a, &["307", "310", "312", "399"]), &[("公用经费合计", a.public_cost())]),
    ];
    finish(title, sides)
}

/// The Shanghai form: 301 and 303 left, 302 and 310 right.
pub(super) fn basic_two_blocks(a: &Accounts) -> Table {
    let sides = vec![
        block("人员经费", class_rows(a, &["301", "303"]), &[("人员经费合计", a.personnel())]),
        block("公用经费", class_rows(a, &["302", "310"]), &[("公用经费合计", a.public_cost())]),
    ];
    finish(STANDARD, sides)
}

fn finish(title: &str, sides: Vec<Side>) -> Table {
    let note = "注：本表反映本部门本年度一般公共预算财政拨款基本支出明细情况。".to_owned();
    Table { standard: STANDARD.into(), title: title.into(), number: 0, sides, notes: vec![note] }
}

/// One block: code, name, 合计, 人员经费, 公用经费. For the fund budget it is usually empty.
pub(super) fn basic_vertical(a: &Accounts, money: Money, title: &str) -> Table {
    let columns = ["合计", "人员经费", "公用经费"].iter().map(|label| Column::new(&[label])).collect();
    let mut rows = Vec::new();
    if money == Money::General {
        rows.push(Row::total("合计", fen(&[a.general_basic(), a.personnel(), a.public_cost()])));
        for row in class_rows(a, &["301", "302", "303", "307", "310", "312", "399"]) {
            let is_personnel = row.code.starts_with("301") || row.code.starts_with("303");
            let crate::table::Cell::Fen(amount) = row.cells[0] else { continue };
            let cells = if is_personnel { [amount, amount, 0] } else { [amount, 0, amount] };
            rows.push(Row { cells: fen(&cells), ..row });
        }
    } else {
        rows.push(Row::total("合计", fen(&[0, 0, 0])));
    }
    let mut table = Table::one_sided(title, 0, labels(), columns, rows);
    let scope = if money == Money::General { "一般公共预算" } else { "政府性基金预算" };
    table.notes.push(format!("注：本表反映本部门本年度{scope}财政拨款基本支出明细情况。"));
    table
}
