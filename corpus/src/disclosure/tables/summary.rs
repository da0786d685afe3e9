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

/// The income rows: books of the appropriation are numbered since FY2019, state capital stands apart since FY2020.
fn income_rows(a: &Accounts) -> Vec<Row> {
    let mut rows = Vec::new();
    let sources = match a.year {
        2020.. => INCOME_ROWS.to_vec(),
        2019 => INCOME_ROWS.iter().filter(|(_, money)| *money != Money::Capital).copied().collect(),
        _ => {
            rows.push(Row::new("", "一、财政拨款收入", 0, fen(&[a.fiscal_income()])));
            let fund = a.income_of(Money::Fund);
            rows.push(Row::new("", "其中：政府性基金预算财政拨款", 0, fen(&[fund])));
            INCOME_ROWS.iter().filter(|(_, money)| !money.is_fiscal()).copied().collect()
        }
    };
    let first = if a.year <= 2018 { 2 } else { 1 };
    rows.extend(sources.iter().enumerate().map(|(index, (name, money))| {
        Row::new("", format!("{}、{name}", ordinal(index + first)), 0, fen(&[a.income_of(*money)]))
    }));
    rows
}

/// 收入支出决算总表
pub(super) fn whole(a: &Accounts) -> Table {
    let mut income = income_rows(a);
    let unused = if a.year >= 2019 { "使用非财政拨款结余" } else { "用事业基金弥补收支差额" };
    income.extend([
        Row::closing("本年收入合计", fen(&[a.income()])),
        Row::closing(unused, fen(&[a.sum(|_| true, |line| line.use_of_balance)])),
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
        books_of(a.year)
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
        let books = books_of(a.year).iter();
        let parts: Vec<i64> = books.map(|(_, money)| a.sum(|line| line.money == *money && about(line), what)).collect();
        [&[parts.iter().sum::<i64>()], parts.as_slice()].concat()
    };
    let mut spending = class_rows(a, |code| by_book(&|line| line.code.starts_with(code), Line::spending));
    let books_shown = books_of(a.year);
    spending.push(Row::closing("本年支出合计", fen(&by_book(&|_| true, Line::spending))));
    spending.push(Row::closing("年末财政拨款结转和结余", fen(&by_book(&|_| true, |line| line.closing))));
    // Level with the opening balance of each book on the other side.
    spending.extend(books_shown.iter().map(|_| Row::closing("", vec![Cell::Blank; books_shown.len() + 1])));
    spending.push(Row::closing("总计", fen(&by_book(&|_| true, |line| line.spending() + line.closing))));
    let mut columns = vec!["合计"];
    columns.extend(books_shown.iter().map(|(name, _)| *name));
    two_sided(
        "财政拨款收入支出决算总表",
        side("收入", vec![Column::new(&["决算数"])], income),
        side("支出", columns.iter().map(|label| Column::new(&[label])).collect(), spending),
        "注：本表反映本部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
    )
}

/// State capital is a book of its own since FY2020.
fn books_of(year: i32) -> &'static [(&'static str, Money)] {
    if year >= 2020 { &BOOKS } else { &BOOKS[..2] }
}

/// 收入支出决算总表 with the third block of older forms: expenditure by nature.
pub(super) fn whole_three_sided(a: &Accounts) -> Table {
    let mut table = whole(a);
    let (personnel, basic) = (a.personnel(), a.sum(|_| true, |line| line.basic));
    let rows = [
        ("一、基本支出", basic),
        ("人员经费", personnel),
        ("日常公用经费", basic - personnel),
        ("二、项目支出", a.sum(|_| true, |line| line.project)),
        ("三、上缴上级支出", 0),
        ("四、经营支出", a.sum(|_| true, |line| line.operating)),
        ("五、对附属单位补助支出", 0),
    ];
    let rows = rows.iter().map(|(label, amount)| Row::new("", *label, 0, fen(&[*amount]))).collect();
    let labels = Labels::Item { header: "项目（按支出性质和经济分类）".into() };
    let columns = vec![Column::new(&["决算数"])];
    table.sides.push(Side { side: "支出".into(), banner: "支出".into(), labels, columns, rows });
    table
}

/// The internal return (财决01表, 财决01-1表): each column comes as 年初预算数, 全年预算数 and 决算数.
pub(super) fn as_return(mut table: Table) -> Table {
    for side in &mut table.sides {
        let phases = ["年初预算数", "全年预算数", "决算数"];
        let old = std::mem::take(&mut side.columns);
        let is_single = old.len() == 1;
        for phase in phases {
            side.columns.extend(old.iter().map(|column| {
                if is_single {
                    return Column::new(&[phase]);
                }
                let mut path = vec![phase.to_owned()];
                path.extend(column.path.iter().cloned());
                Column { path }
            }));
        }
        for row in &mut side.rows {
            let scaled = |percent: i64| -> Vec<Cell> {
                row.cells
                    .iter()
                    .map(|cell| match cell {
                        Cell::Fen(amount) => Cell::Fen(amount / 100 * percent),
                        other => *other,
                    })
                    .collect()
            };
            row.cells = [scaled(93), scaled(101), row.cells.clone()].concat();
        }
    }
    table
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
