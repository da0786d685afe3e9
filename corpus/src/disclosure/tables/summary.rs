//! The two-sided summaries: 收入支出决算总表 and 财政拨款收入支出决算总表.

use crate::disclosure::accounts::{Accounts, Line, Money};
use crate::reference::{function_classes, ordinal};
use crate::table::{Cell, Column, Labels, Row, Side, Table};

use super::{fen, name_of};

const INCOME_ROWS: [(&str, Money); 8] = [
    ("一般公共预算财政拨款收入", Money::General),
    ("政府性基金预算财政拨款收入", Money::Fund),
    ("国有资本经营预算财政拨款收入", Money::Capital),
    ("上级补助收入", Money::Superior),
    ("事业收入", Money::Business),
    ("经营收入", Money::Operating),
    ("附属单位上缴收入", Money::Affiliate),
    ("其他收入", Money::Other),
];

const BOOKS: [(&str, Money); 3] = [
    ("一般公共预算财政拨款", Money::General),
    ("政府性基金预算财政拨款", Money::Fund),
    ("国有资本经营预算财政拨款", Money::Capital),
];

/// 收入支出决算总表
pub(super) fn whole(a: &Accounts) -> Table {
    let mut income: Vec<Row> = INCOME_ROWS
        .iter()
        .enumerate()
        .map(|(index, (name, money))| {
            Row::new("", format!("{}、{name}", ordinal(index + 1)), 0, fen(&[a.income_of(*money)]))
        })
        .collect();
    income.extend([
        Row::closing("本年收入合计", fen(&[a.income()])),
        Row::closing("使用非财政拨款结余", fen(&[a.sum(|_| true, |line| line.use_of_balance)])),
        Row::closing("年初结转和结余", fen(&[a.sum(|_| true, |line| line.opening)])),
        Row::closing("总计", fen(&[a.total()])),
    ]);
    let mut spending = class_rows(a, |code| vec![a.sum(|line| line.code.starts_with(code), Line::spending)]);
    spending.extend([
        Row::closing("本年支出合计", fen(&[a.spending()])),
        Row::closing("结余分配", fen(&[a.sum(|_| true, |line| line.distribution)])),
        Row::closing("年末结转和结余", fen(&[a.closing()])),
        Row::closing("总计", fen(&[a.total()])),
    ]);
    let only = vec![Column::new(&["决算数"])];
    two_sided(
        "收入支出决算总表",
        side("收入", only.clone(), income),
        side("支出", only, spending),
        "注：本表反映本部门本年度的总收支和年末结转结余情况。",
    )
}

/// 财政拨款收入支出决算总表
pub(super) fn fiscal(a: &Accounts) -> Table {
    let opening = |money: Money| a.sum(|line| line.money == money, |line| line.opening);
    let books = |what: &dyn Fn(Money) -> i64| -> Vec<Row> {
        BOOKS
            .iter()
            .enumerate()
            .map(|(index, (name, money))| {
                Row::closing(&format!("{}、{name}", ordinal(index + 1)), fen(&[what(*money)]))
            })
            .collect()
    };
    let mut income: Vec<Row> = books(&|money| a.income_of(money));
    for row in &mut income {
        row.kind = crate::table::RowKind::Detail;
    }
    let fiscal_opening = a.sum(|line| line.money.is_fiscal(), |line| line.opening);
    income.push(Row::closing("本年收入合计", fen(&[a.fiscal_income()])));
    income.push(Row::closing("年初财政拨款结转和结余", fen(&[fiscal_opening])));
    income.extend(books(&opening));
    income.push(Row::closing("总计", fen(&[a.fiscal_total()])));

    let by_book = |about: &dyn Fn(&Line) -> bool, what: fn(&Line) -> i64| -> Vec<i64> {
        let parts = BOOKS.map(|(_, money)| a.sum(|line| line.money == money && about(line), what));
        [&[parts.iter().sum::<i64>()], parts.as_slice()].concat()
    };
    let mut spending = class_rows(a, |code| by_book(&|line| line.code.starts_with(code), Line::spending));
    let blank = vec![Cell::Blank; 4];
    spending.extend([
        Row::closing("本年支出合计", fen(&by_book(&|_| true, Line::spending))),
        Row::closing("年末财政拨款结转和结余", fen(&by_book(&|_| true, |line| line.closing))),
        Row::closing("", blank.clone()),
        Row::closing("", blank.clone()),
        Row::closing("", blank),
        Row::closing("总计", fen(&by_book(&|_| true, |line| line.spending() + line.closing))),
    ]);
    let columns = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"];
    two_sided(
        "财政拨款收入支出决算总表",
        side("收入", vec![Column::new(&["决算数"])], income),
        side("支出", columns.iter().map(|label| Column::new(&[label])).collect(), spending),
        "注：本表反映本部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
    )
}

/// One row a 类, numbered by position.
fn class_rows(a: &Accounts, amounts: impl Fn(&str) -> Vec<i64>) -> Vec<Row> {
    function_classes(a.year)
        .into_iter()
        .enumerate()
        .map(|(index, code)| {
            let label = format!("{}、{}", ordinal(index + 1), name_of(code, a.year));
            Row::new("", label, 0, fen(&amounts(code)))
        })
        .collect()
}

fn side(name: &str, columns: Vec<Column>, rows: Vec<Row>) -> Side {
    let labels = Labels::Item { header: "项目".into() };
    Side { side: name.into(), banner: name.into(), labels, columns, rows }
}

fn two_sided(title: &str, left: Side, right: Side, note: &str) -> Table {
    Table {
        standard: title.to_owned(),
        title: title.to_owned(),
        number: 0,
        sides: vec![left, right],
        notes: vec![note.to_owned()],
    }
}
