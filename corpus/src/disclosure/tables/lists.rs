//! “三公”, procurement and purchased services.

use crate::disclosure::accounts::{Accounts, Pair};
use crate::table::{Cell, Column, Labels, Row, Table};

use super::fen;

const OVERSEAS: &[&str] = &["因公出国（境）费"];
const VEHICLES: [&str; 3] = ["小计", "公务用车购置费", "公务用车运行维护费"];
const VEHICLES_BANNER: &str = "公务用车购置及运行维护费";

/// The six groups of “三公” with their header paths, in printed order.
fn groups(a: &Accounts) -> Vec<(Vec<&'static str>, Pair)> {
    let three = &a.three_public;
    vec![
        (vec!["合计"], three.total()),
        (OVERSEAS.to_vec(), three.overseas),
        (vec![VEHICLES_BANNER, VEHICLES[0]], three.vehicles()),
        (vec![VEHICLES_BANNER, VEHICLES[1]], three.purchase),
        (vec![VEHICLES_BANNER, VEHICLES[2]], three.running),
        (vec!["公务接待费"], three.reception),
    ]
}

/// Six 预算数 columns, then six 决算数 columns (central and Beijing form).
pub(super) fn three_public_halves(a: &Accounts, title: &str) -> Table {
    let groups = groups(a);
    let mut columns = Vec::new();
    for half in ["预算数", "决算数"] {
        columns.extend(groups.iter().map(|(path, _)| Column::new(&[&[half], path.as_slice()].concat())));
    }
    let amounts: Vec<i64> =
        groups.iter().map(|(_, pair)| pair.budget).chain(groups.iter().map(|(_, pair)| pair.actual)).collect();
    wide(title, columns, &amounts)
}

/// 预算数 and 决算数 inside each group (Shanghai form).
pub(super) fn three_public_alternating(a: &Accounts, title: &str) -> Table {
    let mut columns = Vec::new();
    let mut amounts = Vec::new();
    for (path, pair) in groups(a) {
        for (half, amount) in [("预算数", pair.budget), ("决算数", pair.actual)] {
            columns.push(Column::new(&[path.as_slice(), &[half]].concat()));
            amounts.push(amount);
        }
    }
    wide(title, columns, &amounts)
}

fn wide(title: &str, columns: Vec<Column>, amounts: &[i64]) -> Table {
    let row = Row::new("", "", 0, fen(amounts));
    let mut table = Table::one_sided("财政拨款“三公”经费支出决算表", 0, Labels::None, columns, vec![row]);
    table.title = title.to_owned();
    table.notes.push("注：本表反映本部门本年度财政拨款“三公”经费支出预决算情况。".into());
    table
}

/// Items below one another, 预算数 and 决算数 beside them (county form).
pub(super) fn three_public_vertical(a: &Accounts) -> Table {
    let three = &a.three_public;
    let rows = [
        ("合计", three.total()),
        ("1、因公出国（境）费", three.overseas),
        ("2、公务接待费", three.reception),
        ("3、公务用车购置及运行维护费", three.vehicles()),
        ("其中：（1）公务用车运行维护费", three.running),
        ("（2）公务用车购置费", three.purchase),
    ];
    let rows = rows.iter().map(|(label, pair)| Row::new("", *label, 0, fen(&[pair.budget, pair.actual]))).collect();
    let columns = ["预算数", "决算数"].map(|label| Column::new(&[label])).to_vec();
    let labels = Labels::Item { header: "项目".into() };
    Table::one_sided("财政拨款“三公”经费支出决算表", 0, labels, columns, rows)
}

/// With 会议费 and 培训费 as further groups, which are not part of 合计.
pub(super) fn three_public_meetings(a: &Accounts) -> Table {
    let mut table = three_public_halves(a, "");
    let extra = [("会议费", 30215), ("培训费", 30216)].map(|(label, code)| {
        let own = a.basic_economic.iter().find(|(known, _)| *known == code.to_string());
        (label, own.map_or(0, |(_, amount)| *amount))
    });
    let side = &mut table.sides[0];
    let half = side.columns.len() / 2;
    for (offset, (label, amount)) in extra.iter().enumerate() {
        side.columns.insert(half + offset, Column::new(&["预算数", label]));
        side.rows[0].cells.insert(half + offset, Cell::Fen(amount / 100 * 110));
        side.columns.push(Column::new(&["决算数", label]));
        side.rows[0].cells.push(Cell::Fen(*amount));
    }
    table.standard = "“三公”经费、会议费、培训费支出决算表".into();
    table.title = "财政拨款“三公”经费、会议费、培训费支出决算表".into();
    table
}

/// 政府采购情况表: a vertical list.
pub(super) fn procurement(a: &Accounts) -> Table {
    let p = &a.procurement;
    let rows = [
        ("一、政府采购支出合计", p.total()),
        ("（一）政府采购货物支出", p.goods),
        ("（二）政府采购工程支出", p.works),
        ("（三）政府采购服务支出", p.services),
        ("二、政府采购授予中小企业合同金额", p.sme),
        ("其中：授予小微企业合同金额", p.micro),
    ];
    let rows = rows.iter().map(|(label, amount)| Row::new("", *label, 0, fen(&[*amount]))).collect();
    let labels = Labels::Item { header: "项目".into() };
    Table::one_sided("政府采购情况表", 0, labels, vec![Column::new(&["金额"])], rows)
}

/// 政府购买服务决算公开情况表: one row a service.
pub(super) fn services(a: &Accounts) -> Table {
    let headers = ["序号", "项目名称", "政府购买服务指导性目录（一级）", "政府购买服务指导性目录（二级）", "承接主体"];
    let mut rows: Vec<Row> = a
        .services
        .iter()
        .map(|service| {
            let more = vec![service.first.clone(), service.second.clone(), service.contractor.clone()];
            Row { more, ..Row::new("", service.name.clone(), 0, fen(&[service.amount])) }
        })
        .collect();
    rows.push(Row::total("合计", fen(&[a.services.iter().map(|service| service.amount).sum()])));
    let labels = Labels::Listed { headers: headers.map(str::to_owned).to_vec() };
    let mut table = Table::one_sided("政府购买服务支出情况表", 0, labels, vec![Column::new(&["支出金额"])], rows);
    table.title = "政府购买服务决算公开情况表".into();
    table
}
