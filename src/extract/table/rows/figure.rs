//! What the table room hands on.

use crate::decode::CellValue;
use crate::extract::table::layouts::layout::LayoutKind;
use crate::vocabulary::{CellReference, Finding};

/// How a printed row relates to the rows around it, so that nobody adds a total to its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowRole {
    Detail,
    /// A row that sums detail rows of the same table (类, 款, 小计).
    Subtotal,
    /// 合计, 总计
    Total,
    /// 其中: a part named beside, not instead of, its parent.
    OfWhich,
}

impl RowRole {
    pub fn as_str(self) -> &'static str {
        match self {
            RowRole::Detail => "detail",
            RowRole::Subtotal => "subtotal",
            RowRole::Total => "total",
            RowRole::OfWhich => "of_which",
        }
    }
}

/// One non-blank amount cell under a recognised layout. Codes name rows of `pipelines/reference/*.csv`.
#[derive(Debug, Clone)]
pub struct RawFigure {
    pub sheet_number: u32,
    pub sheet: String,
    pub cell: CellReference,
    pub layout: String,
    /// Code in report_tables.csv.
    pub report_table: String,
    /// 收入 or 支出 in a two-sided list, else empty.
    pub side: String,
    /// Column meaning: code in components.csv (total, basic, project ..).
    pub component: String,
    /// initial_budget, annual_budget, final_account
    pub phase: String,
    /// Code in funds.csv.
    pub fund: String,
    /// income, expenditure, opening_balance, closing_balance, stock
    pub flow: String,
    pub row_role: RowRole,
    /// Code in lines.csv, where the label is a known line.
    pub line: Option<String>,
    /// Printed classification code, digits only (2080505; parts 类|款|项 joined).
    pub code: Option<String>,
    /// `function`, `economic` or empty: which list the code or name belongs to.
    pub classification: String,
    /// As printed, line breaks and indent removed.
    pub row_label: String,
    /// Label of the row this one belongs under, where labels repeat or the row is an 其中.
    pub parent_label: Option<String>,
    /// Header labels from the top down.
    pub header_path: Vec<String>,
    pub value: CellValue,
    /// Unit as printed for this column, table, sheet or workbook; empty when nowhere.
    pub unit: String,
    /// Where the unit stands (`B2`, `header`, `workbook`, `layout default` ..).
    pub unit_source: String,
}

/// Whether a recognised table holds data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableState {
    Data,
    /// No figures, and a printed declaration that there is nothing to report.
    DeclaredEmpty,
    /// No figures and no declaration.
    Empty,
}

impl TableState {
    pub fn as_str(self) -> &'static str {
        match self {
            TableState::Data => "data",
            TableState::DeclaredEmpty => "declared_empty",
            TableState::Empty => "empty",
        }
    }
}

/// One recognised table.
#[derive(Debug, Clone)]
pub struct FoundTable {
    pub sheet_number: u32,
    pub sheet: String,
    pub report_table: String,
    pub layout: String,
    /// The title as printed.
    pub title: String,
    /// What stands in the title before the table's own name: 某局2023年度
    pub before_title: String,
    /// Years the title prints.
    pub title_years: Vec<i32>,
    pub state: TableState,
    pub unit: String,
    /// Names printed as 部门：.. or 编制单位：.. in this table.
    pub departments: Vec<String>,
    /// Footnotes and declarations, one per line.
    pub notes: String,
    /// Budget tables are never loaded as final accounts.
    pub kind: LayoutKind,
    pub is_hidden: bool,
    pub figures: u32,
}

/// Everything read from a document's grids.
#[derive(Debug, Clone, Default)]
pub struct TableReading {
    pub figures: Vec<RawFigure>,
    /// Those of budget tables: never final accounts.
    pub budget_figures: Vec<RawFigure>,
    pub tables: Vec<FoundTable>,
    /// Names printed as 部门：.. or 编制单位：.., most trusted first.
    pub printed_departments: Vec<String>,
    /// Years printed as 2024年度 in titles and furniture rows.
    pub printed_years: Vec<i32>,
    pub findings: Vec<Finding>,
}
