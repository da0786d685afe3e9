//! Tables that mix amounts and counts: 机构运行信息, 国有资产占用, procurement as a matrix; and a budget table.

use crate::disclosure::accounts::{Accounts, Money, Pair};
use crate::table::{Cell, Column, Labels, Row, Table};

use super::fen;

fn money(label: &str, pair: Pair) -> Row {
    Row::new("", label, 0, fen(&[pair.budget, pair.actual]))
}

fn actual_only(label: &str, amount: i64) -> Row {
    Row::new("", label, 0, vec![Cell::Blank, Cell::Fen(amount)])
}

fn count(label: &str, number: i64, unit: &'static str) -> Row {
    Row { unit, ..Row::new("", label, 0, vec![Cell::Blank, Cell::Count(number)]) }
}

fn heading(label: &str) -> Row {
    Row::new("", label, 0, vec![Cell::Blank, Cell::Blank])
}

fn list(standard: &str, columns: &[&str], rows: Vec<Row>) -> Table {
    let columns = columns.iter().map(|label| Column::new(&[label])).collect();
    Table::one_sided(standard, 0, Labels::Item { header: "项目".into() }, columns, rows)
}

fn three_public_rows(a: &Accounts) -> Vec<Row> {
    let three = &a.three_public;
    vec![
        heading("一、“三公”经费支出"),
        money("（一）支出合计", three.total()),
        money("1．因公出国（境）费", three.overseas),
        money("2．公务用车购置及运行维护费", three.vehicles()),
        money("（1）公务用车购置费", three.purchase),
        money("（2）公务用车运行维护费", three.running),
        money("3．公务接待费", three.reception),
        actual_only("（1）国内接待费", three.reception.actual),
        actual_only("其中：外事接待费", 0),
        actual_only("（2）国（境）外接待费", 0),
        heading("（二）相关统计数"),
        count("1．因公出国（境）团组数（个）", three.groups, "个"),
        count("2．因公出国（境）人次数（人）", three.travellers, "人"),
        count("3．公务用车购置数（辆）", three.vehicles_bought, "辆"),
        count("4．公务用车保有量（辆）", three.vehicles_kept, "辆"),
        count("5．国内公务接待批次（个）", three.receptions, "个"),
        count("6．国内公务接待人次（人）", three.guests, "人"),
    ]
}

/// “三公”经费、行政参公单位机关运行经费情况表 (Yunnan).
pub(super) fn three_public_running(a: &Accounts) -> Table {
    let mut rows = three_public_rows(a);
    rows.push(actual_only("二、机关运行经费", a.running_cost));
    rows.push(actual_only("（一）行政单位", a.running_cost));
    rows.push(actual_only("（二）参照公务员法管理事业单位", 0));
    list("“三公”经费、行政参公单位机关运行经费情况表", &["预算数", "统计数"], rows)
}

/// 机构运行信息表
pub(super) fn operation(a: &Accounts) -> Table {
    let mut rows = three_public_rows(a);
    rows.push(actual_only("二、机关运行经费", a.running_cost));
    rows.push(actual_only("（一）行政单位", a.running_cost));
    rows.push(actual_only("（二）参照公务员法管理事业单位", 0));
    rows.push(heading("三、国有资产占用情况"));
    for (label, number, unit) in asset_counts(a) {
        rows.push(count(label, number, unit));
    }
    let p = &a.procurement;
    rows.push(heading("四、政府采购支出信息"));
    rows.push(actual_only("（一）政府采购支出合计", p.total()));
    rows.push(actual_only("1．政府采购货物支出", p.goods));
    rows.push(actual_only("2．政府采购工程支出", p.works));
    rows.push(actual_only("3．政府采购服务支出", p.services));
    rows.push(actual_only("（二）政府采购授予中小企业合同金额", p.sme));
    rows.push(actual_only("其中：授予小微企业合同金额", p.micro));
    list("机构运行信息表", &["预算数", "决算统计数"], rows)
}

fn asset_counts(a: &Accounts) -> Vec<(&'static str, i64, &'static str)> {
    let v = a.assets.vehicles;
    vec![
        ("（一）车辆数合计（辆）", v.iter().sum(), "辆"),
        ("1．副部（省）级及以上领导用车", v[0], "辆"),
        ("2．主要负责人用车", v[1], "辆"),
        ("3．机要通信用车", v[2], "辆"),
        ("4．应急保障用车", v[3], "辆"),
        ("5．执法执勤用车", v[4], "辆"),
        ("6．特种专业技术用车", v[5], "辆"),
        ("7．离退休干部服务用车", v[6], "辆"),
        ("8．其他用车", v[7], "辆"),
        ("（二）单价100万元（含）以上设备（不含车辆）（台，套）", a.assets.equipment, "台，套"),
    ]
}

/// 国有资产占用情况表
pub(super) fn state_assets(a: &Accounts) -> Table {
    let rows = asset_counts(a)
        .into_iter()
        .map(|(label, number, unit)| Row { unit, ..Row::new("", label, 0, vec![Cell::Count(number)]) })
        .collect();
    list("国有资产占用情况表", &["数量"], rows)
}

/// 政府采购情况表 as a matrix of planned and actual amounts by money.
pub(super) fn procurement_matrix(a: &Accounts) -> Table {
    let p = &a.procurement;
    let row = |label: &str, amount: i64| {
        let planned = amount / 100 * 108;
        let cells = fen(&[planned, planned, 0, amount, amount, 0]);
        Row::new("", label, 0, cells)
    };
    let rows = vec![row("合计", p.total()), row("货物", p.goods), row("工程", p.works), row("服务", p.services)];
    let mut columns = Vec::new();
    for banner in ["采购计划金额", "实际采购金额"] {
        columns.extend(["总计", "财政性资金", "其他资金"].map(|label| Column::new(&[banner, label])));
    }
    Table::one_sided("政府采购情况表", 0, Labels::Item { header: "项目".into() }, columns, rows)
}

/// A budget table that strayed into the workbook.
pub(super) fn budget(a: &Accounts) -> Table {
    let rows = vec![
        Row::new("", "一、一般公共预算拨款收入", 0, fen(&[a.general_budget()])),
        Row::new("", "二、政府性基金预算拨款收入", 0, fen(&[a.income_of(Money::Fund)])),
        Row::closing("收入总计", fen(&[a.general_budget() + a.income_of(Money::Fund)])),
    ];
    let mut table = list("预算表", &["预算数"], rows);
    table.title = format!("{}年部门收支预算总表", a.year);
    table
}
