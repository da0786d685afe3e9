//! The report tables of one set of accounts.

mod economic;
mod lists;
mod summary;
mod trees;

use crate::reference::function_name;
use crate::table::{Cell, Labels, Table};

use super::accounts::{Accounts, Money};

/// Which tables a publisher attaches, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableSet {
    /// The nine of the central departments and most provinces.
    National,
    /// The nine in Shanghai's order and titles.
    Shanghai,
    /// Beijing's thirteen since FY2022.
    Beijing,
}

/// The tables of a set, numbered in order.
pub fn tables(accounts: &Accounts, set: TableSet) -> Vec<Table> {
    let a = accounts;
    let mut all = match set {
        TableSet::National => vec![
            summary::whole(a),
            trees::income(a),
            trees::expenditure(a),
            summary::fiscal(a),
            trees::general(a, true),
            economic::basic_blocks(a, "一般公共预算财政拨款基本支出决算明细表"),
            trees::fund(a),
            trees::capital(a, false),
            lists::three_public_halves(a, "财政拨款“三公”经费支出决算表"),
        ],
        TableSet::Shanghai => vec![
            summary::whole(a),
            trees::income(a),
            trees::expenditure(a),
            summary::fiscal(a),
            trees::general(a, false),
            economic::basic_two_blocks(a),
            lists::three_public_alternating(a, "财政拨款“三公”经费支出决算表"),
            trees::fund(a),
            trees::capital(a, true),
        ],
        TableSet::Beijing => vec![
            summary::whole(a),
            trees::income(a),
            trees::expenditure(a),
            summary::fiscal(a),
            trees::general_roll_forward(a),
            trees::general(a, true),
            economic::basic_vertical(a, Money::General, "一般公共预算财政拨款基本支出决算表"),
            trees::fund(a),
            economic::basic_vertical(a, Money::Fund, "政府性基金预算财政拨款基本支出决算表"),
            trees::capital(a, false),
            lists::three_public_halves(a, "财政拨款“三公”经费支出决算表"),
            lists::procurement(a),
            lists::services(a),
        ],
    };
    for (index, table) in all.iter_mut().enumerate() {
        table.number = index + 1;
        declare(table, a);
    }
    all
}

/// An empty table keeps its grid and says why it is empty.
fn declare(table: &mut Table, accounts: &Accounts) {
    if table.is_empty() {
        let name = &accounts.entity.name;
        let what = match table.standard.as_str() {
            standard if standard.starts_with("政府性基金预算财政拨款基本") => {
                "政府性基金预算财政拨款基本支出"
            }
            standard if standard.starts_with("政府性基金") => "政府性基金预算财政拨款收入和支出",
            standard if standard.starts_with("国有资本") => "国有资本经营预算财政拨款收入和支出",
            standard if standard.contains("三公") => "“三公”经费财政拨款支出",
            standard if standard.starts_with("政府采购") => "政府采购支出",
            standard if standard.starts_with("政府购买") => "政府购买服务支出",
            _ => "此项收入和支出",
        };
        table.notes.push(format!("说明：{name}本年度没有{what}，故本表无数据。"));
    }
}

/// The label columns of a table by function code.
fn function_labels() -> Labels {
    Labels::Coded { banner: "项目".into(), code: "功能分类科目编码".into(), name: "科目名称".into() }
}

fn name_of(code: &str, year: i32) -> String {
    function_name(code, year).unwrap_or_else(|| code.to_owned())
}

fn fen(amounts: &[i64]) -> Vec<Cell> {
    amounts.iter().map(|amount| Cell::Fen(*amount)).collect()
}
