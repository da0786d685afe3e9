//! The names a table goes by (same table, other wording), and what stands before them.

use crate::disclosure::accounts::Accounts;
use crate::random::Chance;
use crate::reference::ordinal;
use crate::table::Table;

/// Other titles in use for a standard one.
fn aliases(standard: &str) -> &'static [&'static str] {
    match standard {
        "收入支出决算总表" => &["收支决算总表", "部门收支决算总表"],
        "收入决算表" => &["收入决算总表", "部门收入决算表"],
        "收入决算表（分单位）" => &["收入决算表（按单位列示）"],
        "支出决算表" => &["支出决算总表", "部门支出决算表"],
        "支出决算表（分单位）" => &["支出决算表（按单位列示）"],
        "财政拨款收入支出决算总表" => &["财政拨款收入支出决算表", "财政拨款收支决算总表"],
        "一般公共预算财政拨款支出决算表" => &["一般公共预算支出决算表"],
        "一般公共预算财政拨款项目支出决算表" => &["一般公共预算财政拨款项目支出决算明细表"],
        "一般公共预算财政拨款基本支出决算表" => {
            &["一般公共预算财政拨款基本支出决算明细表", "一般公共预算基本支出决算表"]
        }
        "财政拨款基本支出决算表" => &["财政拨款基本支出经济分类决算表"],
        "政府性基金预算财政拨款收入支出决算表" => {
            &["政府性基金预算财政拨款支出决算表", "政府性基金预算支出决算表"]
        }
        "财政拨款“三公”经费支出决算表" => &[
            "一般公共预算财政拨款“三公”经费支出决算表",
            "“三公”经费支出决算表",
            "财政拨款\"三公\"经费支出决算表",
            "财政拨款『三公』经费支出决算表",
            "财政拨款三公经费支出决算表",
        ],
        "“三公”经费、会议费、培训费支出决算表" => {
            &["财政拨款“三公”经费及会议费和培训费支出决算表"]
        }
        "“三公”经费、行政参公单位机关运行经费情况表" => {
            &["财政拨款“三公”经费、行政参公单位机关运行经费情况表"]
        }
        "政府采购情况表" => &["政府采购支出决算表", "政府采购支出表"],
        "政府购买服务支出情况表" => &["政府购买服务决算公开情况表", "政府购买服务支出表"],
        "机构运行信息表" => &["机构运行信息决算表"],
        "国有资产占用情况表" => &["国有资产使用情况表"],
        _ => &[],
    }
}

/// Gives the table one of its titles, sometimes with the department, the year or a number in front.
pub(super) fn rename(table: &mut Table, accounts: &Accounts, chance: &mut Chance) {
    let others = aliases(&table.standard);
    if !others.is_empty() && chance.percent(45) {
        table.title = (*chance.pick(others)).to_owned();
    }
    let (number, year) = (table.number, accounts.year);
    // The title of a budget table already names its year.
    let prefix = if table.standard == "预算表" { 9 } else { chance.below(10) };
    table.title = match prefix {
        0 => format!("{year}年度{}", table.title),
        1 => format!("{}{year}年度{}", accounts.entity.name, table.title),
        2 => format!("表{}：{}", ordinal(number), table.title),
        3 => format!("{}、{}", ordinal(number), table.title),
        4 => table.title.replace('（', "(").replace('）', ")"),
        5 if table.title.chars().count() < 12 => table.title.chars().map(String::from).collect::<Vec<_>>().join(" "),
        _ => table.title.clone(),
    };
}
