//! The report tables of one set of accounts.

mod detail;
mod economic;
mod lists;
mod operation;
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

/// One kind of table in one of its grids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    Summary,
    SummaryThreeSided,
    SummaryReturn,
    Income,
    IncomeByUnit,
    Expenditure,
    ExpenditureByUnit,
    Fiscal,
    FiscalReturn,
    FiscalExpenditure,
    FiscalExpenditureDetail,
    General,
    GeneralUnderBanner,
    GeneralRollForward,
    GeneralDetail,
    GeneralProject,
    BasicThreeBlocks,
    BasicTwoBlocks,
    BasicVertical,
    FiscalBasic,
    Fund,
    FundBasic,
    Capital,
    CapitalRollForward,
    ThreePublicHalves,
    ThreePublicAlternating,
    ThreePublicVertical,
    ThreePublicMeetings,
    ThreePublicRunning,
    Procurement,
    ProcurementMatrix,
    Services,
    Operation,
    StateAssets,
    Projects,
    ProjectsRollForward,
    /// Recognised as a budget table; its figures are nobody's final accounts.
    Budget,
}

impl Family {
    pub const ALL: [Family; 37] = [
        Family::Summary,
        Family::SummaryThreeSided,
        Family::SummaryReturn,
        Family::Income,
        Family::IncomeByUnit,
        Family::Expenditure,
        Family::ExpenditureByUnit,
        Family::Fiscal,
        Family::FiscalReturn,
        Family::FiscalExpenditure,
        Family::FiscalExpenditureDetail,
        Family::General,
        Family::GeneralUnderBanner,
        Family::GeneralRollForward,
        Family::GeneralDetail,
        Family::GeneralProject,
        Family::BasicThreeBlocks,
        Family::BasicTwoBlocks,
        Family::BasicVertical,
        Family::FiscalBasic,
        Family::Fund,
        Family::FundBasic,
        Family::Capital,
        Family::CapitalRollForward,
        Family::ThreePublicHalves,
        Family::ThreePublicAlternating,
        Family::ThreePublicVertical,
        Family::ThreePublicMeetings,
        Family::ThreePublicRunning,
        Family::Procurement,
        Family::ProcurementMatrix,
        Family::Services,
        Family::Operation,
        Family::StateAssets,
        Family::Projects,
        Family::ProjectsRollForward,
        Family::Budget,
    ];
}

/// One table of the accounts, with its declaration where it is empty.
pub fn table(a: &Accounts, family: Family) -> Table {
    let three_public = "财政拨款“三公”经费支出决算表";
    let basic = "一般公共预算财政拨款基本支出决算表";
    let mut table = match family {
        Family::Summary => summary::whole(a),
        Family::SummaryThreeSided => summary::whole_three_sided(a),
        Family::SummaryReturn => summary::as_return(summary::whole(a)),
        Family::Income => trees::income(a),
        Family::IncomeByUnit => detail::income_by_unit(a),
        Family::Expenditure => trees::expenditure(a),
        Family::ExpenditureByUnit => detail::expenditure_by_unit(a),
        Family::Fiscal => summary::fiscal(a),
        Family::FiscalReturn => summary::as_return(summary::fiscal(a)),
        Family::FiscalExpenditure => detail::fiscal_expenditure(a),
        Family::FiscalExpenditureDetail => detail::by_economic_code(a, false),
        Family::General => trees::general(a, false),
        Family::GeneralUnderBanner => trees::general(a, true),
        Family::GeneralRollForward => trees::general_roll_forward(a),
        Family::GeneralDetail => detail::by_economic_code(a, true),
        Family::GeneralProject => detail::general_project(a),
        Family::BasicThreeBlocks => economic::basic_blocks(a, basic),
        Family::BasicTwoBlocks => economic::basic_two_blocks(a),
        Family::BasicVertical => economic::basic_vertical(a, Money::General, basic),
        Family::FiscalBasic => economic::basic_vertical(a, Money::General, "财政拨款基本支出决算表"),
        Family::Fund => trees::fund(a),
        Family::FundBasic => economic::basic_vertical(a, Money::Fund, "政府性基金预算财政拨款基本支出决算表"),
        Family::Capital => trees::capital(a, false),
        Family::CapitalRollForward => trees::capital(a, true),
        Family::ThreePublicHalves => lists::three_public_halves(a, three_public),
        Family::ThreePublicAlternating => lists::three_public_alternating(a, three_public),
        Family::ThreePublicVertical => lists::three_public_vertical(a),
        Family::ThreePublicMeetings => lists::three_public_meetings(a),
        Family::ThreePublicRunning => operation::three_public_running(a),
        Family::Procurement => lists::procurement(a),
        Family::ProcurementMatrix => operation::procurement_matrix(a),
        Family::Services => lists::services(a),
        Family::Operation => operation::operation(a),
        Family::StateAssets => operation::state_assets(a),
        Family::Projects => detail::projects(a, false),
        Family::ProjectsRollForward => detail::projects(a, true),
        Family::Budget => operation::budget(a),
    };
    declare(&mut table, a);
    table
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
