//! Tables by function code: 类 = Σ 款 = Σ 项.

use std::collections::BTreeSet;

use crate::disclosure::accounts::{Accounts, Line, Money};
use crate::reference::lineage;
use crate::table::{Column, Row, Table};

use super::{fen, function_labels, name_of};

pub(super) type Amounts<'a> = &'a dyn Fn(&[&Line]) -> Vec<i64>;

/// Rows of all codes down to 项, and 合计.
pub(super) fn tree(a: &Accounts, about: impl Fn(&Line) -> bool, amounts: Amounts) -> Vec<Row> {
    let lines: Vec<&Line> = a.lines.iter().filter(|line| about(line)).collect();
    let codes: BTreeSet<&str> = lines
        .iter()
        .filter(|line| amounts(&[line]).iter().any(|amount| *amount != 0))
        .flat_map(|line| lineage(&line.code))
        .collect();
    let mut rows = vec![Row::total("合计", fen(&amounts(&lines)))];
    for code in codes {
        let own: Vec<&Line> = lines.iter().copied().filter(|line| line.code.starts_with(code)).collect();
        let level = (code.len() as u8 - 1) / 2;
        rows.push(Row::new(code, name_of(code, a.year), level, fen(&amounts(&own))));
    }
    rows
}

pub(super) fn total(lines: &[&Line], what: impl Fn(&Line) -> i64) -> i64 {
    lines.iter().map(|line| what(line)).sum()
}

pub(super) fn table(standard: &str, columns: Vec<Column>, rows: Vec<Row>, note: &str) -> Table {
    let mut table = Table::one_sided(standard, 0, function_labels(), columns, rows);
    table.notes.push(format!("注：本表反映{note}。"));
    table
}

pub(super) fn flat(labels: &[&str]) -> Vec<Column> {
    labels.iter().map(|label| Column::new(&[label])).collect()
}

/// 收入决算表
pub(super) fn income(a: &Accounts) -> Table {
    let columns =
        flat(&["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]);
    let rows = tree(a, |_| true, &|lines| {
        let of = |money: Money| total(lines, |line| if line.money == money { line.income } else { 0 });
        vec![
            total(lines, |line| line.income),
            total(lines, |line| if line.money.is_fiscal() { line.income } else { 0 }),
            of(Money::Superior),
            of(Money::Business),
            of(Money::Operating),
            of(Money::Affiliate),
            of(Money::Other),
        ]
    });
    table("收入决算表", columns, rows, "本部门本年度取得的各项收入情况")
}

/// 支出决算表
pub(super) fn expenditure(a: &Accounts) -> Table {
    let columns = flat(&["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]);
    let rows = tree(a, |_| true, &|lines| {
        let (basic, project) = (total(lines, |line| line.basic), total(lines, |line| line.project));
        let operating = total(lines, |line| line.operating);
        vec![basic + project + operating, basic, project, 0, operating, 0]
    });
    table("支出决算表", columns, rows, "本部门本年度各项支出情况")
}

/// 一般公共预算财政拨款支出决算表, with or without the 本年支出 banner.
pub(super) fn general(a: &Accounts, banner: bool) -> Table {
    let columns = if banner {
        ["小计", "基本支出", "项目支出"].iter().map(|label| Column::new(&["本年支出", label])).collect()
    } else {
        flat(&["合计", "基本支出", "项目支出"])
    };
    let rows = tree(a, |line| line.money == Money::General, &|lines| {
        let (basic, project) = (total(lines, |line| line.basic), total(lines, |line| line.project));
        vec![basic + project, basic, project]
    });
    table("一般公共预算财政拨款支出决算表", columns, rows, "本部门本年度一般公共预算财政拨款支出情况")
}

fn roll_forward_columns() -> Vec<Column> {
    [
        &["年初结转和结余"][..],
        &["本年收入"],
        &["本年支出", "小计"],
        &["本年支出", "基本支出"],
        &["本年支出", "项目支出"],
        &["年末结转和结余"],
    ]
    .into_iter()
    .map(Column::new)
    .collect()
}

fn roll_forward(lines: &[&Line]) -> Vec<i64> {
    let (basic, project) = (total(lines, |line| line.basic), total(lines, |line| line.project));
    vec![
        total(lines, |line| line.opening),
        total(lines, |line| line.income),
        basic + project,
        basic,
        project,
        total(lines, |line| line.closing),
    ]
}

/// 政府性基金预算财政拨款收入支出决算表
pub(super) fn fund(a: &Accounts) -> Table {
    let rows = tree(a, |line| line.money == Money::Fund, &roll_forward);
    let note = "本部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况";
    table("政府性基金预算财政拨款收入支出决算表", roll_forward_columns(), rows, note)
}

/// 国有资本经营预算财政拨款支出决算表, or its form with opening and closing balance.
pub(super) fn capital(a: &Accounts, with_balances: bool) -> Table {
    let about = |line: &Line| line.money == Money::Capital;
    if with_balances {
        let note = "本部门本年度国有资本经营预算财政拨款收入、支出及结转和结余情况";
        let rows = tree(a, about, &roll_forward);
        return table("国有资本经营预算财政拨款收入支出决算表", roll_forward_columns(), rows, note);
    }
    let columns = ["合计", "基本支出", "项目支出"].iter().map(|label| Column::new(&["本年支出", label])).collect();
    let rows = tree(a, about, &|lines| roll_forward(lines)[2..5].to_vec());
    let note = "本部门本年度国有资本经营预算财政拨款支出情况";
    table("国有资本经营预算财政拨款支出决算表", columns, rows, note)
}

/// 一般公共预算财政拨款收入支出决算表: balances, income and spending by nature.
pub(super) fn general_roll_forward(a: &Accounts) -> Table {
    let three = |banner: &'static str, labels: [&'static str; 3]| labels.map(|label| Column::new(&[banner, label]));
    let mut columns = Vec::new();
    columns.extend(three("年初结转和结余", ["合计", "基本支出结转", "项目支出结转和结余"]));
    columns.extend(three("本年收入", ["合计", "基本支出", "项目支出"]));
    columns.extend(three("本年支出", ["合计", "基本支出", "项目支出"]));
    columns.extend(three("年末结转和结余", ["合计", "基本支出结转", "项目支出结转和结余"]));
    let rows = tree(a, |line| line.money == Money::General, &|lines| {
        // Balances are project money: basic money is spent in its year.
        let (opening, closing) = (total(lines, |line| line.opening), total(lines, |line| line.closing));
        let (basic, project) = (total(lines, |line| line.basic), total(lines, |line| line.project));
        let income = total(lines, |line| line.income);
        vec![opening, 0, opening, income, basic, income - basic, basic + project, basic, project, closing, 0, closing]
    });
    let note = "本部门本年度一般公共预算财政拨款收入、支出及结转和结余情况";
    table("一般公共预算财政拨款收入支出决算表", columns, rows, note)
}
