//! Finer tables of some provinces: by unit, by economic code, by project.

use crate::disclosure::accounts::{Accounts, Line, Money};
use crate::disclosure::generate::split;
use crate::random::Chance;
use crate::reference::economic_name;
use crate::table::{Cell, Column, Labels, Row, Table};

use super::trees::{expenditure, flat, income, table, total, tree};
use super::{fen, name_of};

/// 收入决算表（分单位）
pub(super) fn income_by_unit(a: &Accounts) -> Table {
    by_unit(a, income(a), "收入决算表（分单位）")
}

/// 支出决算表（分单位）
pub(super) fn expenditure_by_unit(a: &Accounts) -> Table {
    by_unit(a, expenditure(a), "支出决算表（分单位）")
}

/// The 合计 row of the table by function, split over the department's units.
fn by_unit(a: &Accounts, by_function: Table, standard: &str) -> Table {
    let side = by_function.sides.into_iter().next();
    let (columns, sums) = side.map_or((Vec::new(), Vec::new()), |side| {
        let sums = side.rows.first().map(|row| row.cells.clone()).unwrap_or_default();
        (side.columns, sums)
    });
    let units = [format!("{}（本级）", a.entity.name), "事务服务中心".into(), "综合执法大队".into()];
    let parts: Vec<Vec<i64>> = sums[1..]
        .iter()
        .map(|cell| {
            let Cell::Fen(sum) = cell else { return vec![0; units.len()] };
            split(*sum, &[6, 3, 2], &mut Chance::new(*sum as u64))
        })
        .collect();
    let mut rows = vec![Row { cells: sums, ..Row::total("合计", Vec::new()) }];
    for (index, unit) in units.iter().enumerate() {
        let own: Vec<i64> = parts.iter().map(|part| part[index]).collect();
        let amounts = [&[own.iter().sum::<i64>()], own.as_slice()].concat();
        rows.push(Row::new("", unit.clone(), 0, fen(&amounts)));
    }
    Table::one_sided(standard, 0, Labels::Item { header: "单位名称".into() }, columns, rows)
}

/// 财政拨款支出决算表: all books together.
pub(super) fn fiscal_expenditure(a: &Accounts) -> Table {
    let rows = tree(a, |line| line.money.is_fiscal(), &|lines| {
        let (basic, project) = (total(lines, |line| line.basic), total(lines, |line| line.project));
        vec![basic + project, basic, project]
    });
    table("财政拨款支出决算表", flat(&["合计", "基本支出", "项目支出"]), rows, "部门本年度财政拨款支出情况")
}

const DETAIL_CODES: [&str; 22] = [
    "30101", "30102", "30103", "30107", "30112", "30113", "30199", "30201", "30202", "30207", "30209", "30211",
    "30213", "30216", "30227", "30231", "30299", "30302", "30305", "30309", "31002", "31003",
];

/// 财政拨款支出决算明细表 or 一般公共预算财政拨款支出决算明细表: one column a 款 under its 类.
pub(super) fn by_economic_code(a: &Accounts, general_only: bool) -> Table {
    let mut columns = vec![Column::new(&["合计"])];
    for class in ["301", "302", "303", "310"] {
        let banner = economic_name(class, a.year).unwrap_or_default();
        columns.push(Column::new(&[&banner, "小计"]));
        for code in DETAIL_CODES.iter().filter(|code| code.starts_with(class)) {
            let name = economic_name(code, a.year).unwrap_or_default();
            columns.push(Column::new(&[&banner, &name]));
        }
    }
    let amounts_of = |line: &Line| -> Vec<i64> {
        let seed = line.code.parse().unwrap_or(1);
        split(line.spending(), &[1; DETAIL_CODES.len()], &mut Chance::new(seed))
    };
    let about = |line: &Line| if general_only { line.money == Money::General } else { line.money.is_fiscal() };
    let rows = tree(a, about, &|lines| {
        let mut sums = vec![0; DETAIL_CODES.len()];
        for line in lines {
            for (sum, amount) in sums.iter_mut().zip(amounts_of(line)) {
                *sum += amount;
            }
        }
        let mut cells = vec![sums.iter().sum()];
        for class in ["301", "302", "303", "310"] {
            let own: Vec<i64> = DETAIL_CODES
                .iter()
                .zip(&sums)
                .filter(|(code, _)| code.starts_with(class))
                .map(|(_, sum)| *sum)
                .collect();
            cells.push(own.iter().sum());
            cells.extend(own);
        }
        cells
    });
    let standard = if general_only {
        "一般公共预算财政拨款支出决算明细表"
    } else {
        "财政拨款支出决算明细表"
    };
    table(standard, columns, rows, "部门本年度财政拨款支出按经济分类的明细情况")
}

/// 一般公共预算财政拨款项目支出决算表: project money by economic 类.
pub(super) fn general_project(a: &Accounts) -> Table {
    let classes = ["301", "302", "303", "310"];
    let mut columns = flat(&["合计"]);
    columns.extend(classes.iter().map(|class| Column::new(&[&economic_name(class, a.year).unwrap_or_default()])));
    let rows = tree(a, |line| line.money == Money::General, &|lines| {
        let mut sums = vec![0; classes.len()];
        for line in lines {
            let seed = line.code.parse().unwrap_or(1);
            for (sum, part) in sums.iter_mut().zip(split(line.project, &[1, 14, 2, 3], &mut Chance::new(seed))) {
                *sum += part;
            }
        }
        [&[sums.iter().sum::<i64>()], sums.as_slice()].concat()
    });
    table("一般公共预算财政拨款项目支出决算表", columns, rows, "部门本年度一般公共预算财政拨款项目支出情况")
}

/// 项目支出决算表 or 项目收入支出决算表: one row a project.
pub(super) fn projects(a: &Accounts, roll_forward: bool) -> Table {
    let lines: Vec<&Line> = a.lines.iter().filter(|line| line.project != 0).collect();
    let amounts = |line: &Line| -> Vec<i64> {
        if roll_forward {
            vec![line.opening, line.project + line.closing - line.opening, line.project, line.closing]
        } else {
            let fiscal = if line.money.is_fiscal() { line.project } else { 0 };
            vec![line.project, fiscal, line.project - fiscal]
        }
    };
    let width = if roll_forward { 4 } else { 3 };
    let mut sums = vec![0; width];
    let mut rows = Vec::new();
    for line in lines {
        let own = amounts(line);
        for (sum, amount) in sums.iter_mut().zip(&own) {
            *sum += amount;
        }
        rows.push(Row::new("", format!("{}专项", name_of(&line.code, a.year)), 0, fen(&own)));
    }
    rows.push(Row::total("合计", fen(&sums)));
    let labels = Labels::Listed { headers: vec!["序号".into(), "项目名称".into()] };
    let (standard, columns) = if roll_forward {
        ("项目收入支出决算表", flat(&["年初结转和结余", "本年收入", "本年支出", "年末结转和结余"]))
    } else {
        ("项目支出决算表", flat(&["合计", "财政拨款", "其他资金"]))
    };
    Table::one_sided(standard, 0, labels, columns, rows)
}
