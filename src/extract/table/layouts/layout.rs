//! Layouts as written in TOML. Every key is checked: an unknown one is an error naming file and line.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the tables of a layout are about; only final tables give figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayoutKind {
    #[default]
    Final,
    Budget,
    Performance,
}

impl LayoutKind {
    pub fn as_str(self) -> &'static str {
        match self {
            LayoutKind::Final => "final",
            LayoutKind::Budget => "budget",
            LayoutKind::Performance => "performance",
        }
    }
}

/// One file under `pipelines/layouts/`. In an overlay (`extends`), what is given replaces the base's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutFile {
    /// `base/expenditure`: folder and file name, so that a message leads to the file.
    pub id: String,
    pub extends: Option<String>,
    /// Code in report_tables.csv.
    pub report_table: Option<String>,
    pub kind: Option<LayoutKind>,
    pub applies_to: Option<AppliesTo>,
    pub find: Option<Find>,
    pub unit: Option<UnitRule>,
    #[serde(default)]
    pub block: Vec<Block>,
    /// Additions to the base's lists.
    pub also: Option<Also>,
    #[serde(default)]
    pub fixture: Vec<Fixture>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppliesTo {
    /// GB/T 2260 codes; `31*` covers a province.
    #[serde(default)]
    pub regions: Vec<String>,
    /// `2020..`, `..2018`, `2019..2022` (both ends included); all years when absent.
    pub years: Option<String>,
}

/// How the table is recognised. Labels are compared after normalisation (see `label::normal`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Find {
    #[serde(default)]
    pub titles: Vec<String>,
    /// Titles that budgets use too: they count only in a document that speaks of 决算.
    #[serde(default)]
    pub shared_titles: Vec<String>,
    /// Regular expressions on the whole normalised title; weaker than any title.
    #[serde(default)]
    pub title_patterns: Vec<String>,
    /// Words that must not stand in the printed title.
    #[serde(default)]
    pub reject: Vec<String>,
    /// Header labels that must be there; `a|b` where either will do.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Header labels that must not be there.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Row labels one of which must stand in the key column; for tables that share title and header with another.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Words of the printed title → the fund the whole table is about: 一般公共预算财政拨款“三公”经费 is not 财政拨款“三公”经费.
    #[serde(default)]
    pub fund_by_title: BTreeMap<String, String>,
    /// Whether the columns alone identify the table where no title is printed.
    #[serde(default)]
    pub by_columns: bool,
    /// Row labels one of which must stand in the key column where the columns alone identify the table.
    #[serde(default)]
    pub alone_rows: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRule {
    /// The unit where none is printed in the workbook.
    pub default: Option<String>,
}

/// One list of rows with its columns; a two-sided table has two.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    #[serde(default)]
    pub name: String,
    /// Labels above the block's columns that tell it from its neighbours.
    #[serde(default)]
    pub banner: Vec<String>,
    /// 收入 or 支出 in a two-sided table.
    #[serde(default)]
    pub side: String,
    /// Name of a list of key-column labels in recognition.toml; empty for tables without row labels.
    #[serde(default)]
    pub keys: String,
    /// Further key-column labels of this table.
    #[serde(default)]
    pub key_labels: Vec<String>,
    /// Columns that are no amounts, beside those of recognition.toml.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Header labels that add nothing to a column's meaning in this block.
    #[serde(default)]
    pub transparent: Vec<String>,
    /// `function`, `economic` or empty.
    #[serde(default)]
    pub classification: String,
    /// Prefixes of lines.csv codes this block's labels may mean, the first one first.
    #[serde(default)]
    pub lines: Vec<String>,
    /// The line of every other row.
    pub other_rows: Option<String>,
    /// The classification of those other rows, where it differs from the block's.
    #[serde(default)]
    pub other_rows_classification: String,
    #[serde(default)]
    pub flow: String,
    #[serde(default)]
    pub fund: String,
    #[serde(default)]
    pub phase: String,
    #[serde(default)]
    pub component: String,
    #[serde(default)]
    pub fund_by_line: BTreeMap<String, String>,
    /// By the first digits of the printed code, or by line.
    #[serde(default)]
    pub component_by_code: BTreeMap<String, String>,
    #[serde(default)]
    pub component_by_line: BTreeMap<String, String>,
    /// Units of rows that count things (`count.`, `assets.vehicles`), by the first letters of the line; used where neither
    /// the row nor the column prints one.
    #[serde(default)]
    pub unit_by_line: BTreeMap<String, String>,
    #[serde(default)]
    pub measures: Vec<Measure>,
    #[serde(default)]
    pub group: Vec<Group>,
}

/// One column meaning. `header` lists paths from the top down (`本年支出 > 小计|合计`), banners and phases left out.
/// `{economic}` stands for any name or code of the economic classification.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    #[serde(default)]
    pub name: String,
    pub header: Vec<String>,
    #[serde(default)]
    pub component: String,
    #[serde(default)]
    pub flow: String,
    #[serde(default)]
    pub fund: String,
    #[serde(default)]
    pub phase: String,
    /// Set where the column, not the row, names the item.
    pub line: Option<String>,
    #[serde(default)]
    pub unit: String,
    /// The column holds money in every row, whatever the row counts (原值, 净值).
    #[serde(default)]
    pub is_money: bool,
}

/// Rows that repeat labels under a heading row: the books under 年初财政拨款结转和结余.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Line of the heading row.
    pub after: String,
    /// Lines of the rows that belong to it.
    pub members: Vec<String>,
    #[serde(default)]
    pub flow: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    #[serde(default)]
    pub titles: Vec<String>,
    #[serde(default)]
    pub shared_titles: Vec<String>,
    #[serde(default)]
    pub key_labels: Vec<String>,
    #[serde(default)]
    pub ignore: Vec<String>,
    #[serde(default)]
    pub transparent: Vec<String>,
    /// Header paths added to the measures with this name, component or line.
    #[serde(default)]
    pub measures: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub measure: Vec<Measure>,
}

/// A small grid with the figures that must be read from it; `juesuan lint` runs it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixture {
    pub name: String,
    #[serde(default)]
    pub sheet: String,
    /// One string a row, cells separated by `|`. `<` merges with the cell on the left, `^` with the one above.
    pub rows: Vec<String>,
    /// `D6 | side | code | label | line | component | phase | fund | flow | value unit`; empty parts are not compared.
    #[serde(default)]
    pub expect: Vec<String>,
    /// Number of figures in the grid; those of `expect` when absent.
    pub figures: Option<usize>,
    #[serde(default)]
    pub state: String,
}

/// `pipelines/layouts/recognition.toml`: the words all layouts share.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognitionFile {
    /// Header labels that add nothing to a column's meaning.
    pub transparent: Vec<String>,
    /// First cell of the row that numbers the columns.
    pub numbering: Vec<String>,
    /// Columns that are no amounts.
    pub ignored_columns: Vec<String>,
    /// Key labels that only split a code: 类, 款, 项.
    pub code_parts: Vec<String>,
    /// What column labels call the year before that of the account, where they do not name it.
    pub year_before: String,
    pub totals: Vec<String>,
    /// Phase code → header labels.
    pub phases: BTreeMap<String, Vec<String>>,
    /// Phase code → labels of rows whose amounts all belong to it, beside those of `phases`.
    #[serde(default)]
    pub row_phases: BTreeMap<String, Vec<String>>,
    /// List name → header labels of key columns.
    pub keys: BTreeMap<String, Vec<String>>,
    pub title: TitleWords,
    pub unit: UnitWords,
    pub furniture: FurnitureWords,
    pub notes: NoteWords,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleWords {
    /// A text before a known title that ends in one of these makes it another, unknown title.
    pub refused_before: Vec<String>,
    /// The last character of a title that is known by a pattern only.
    pub endings: Vec<char>,
    pub continuation: Vec<String>,
    /// Words that show a document to be final accounts.
    pub final_words: Vec<String>,
    /// Words beside which a final word says nothing: 上年决算数 stands in budgets.
    pub not_final: Vec<String>,
    /// Words that show a document to be a budget, whatever else it says.
    pub budget_words: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitWords {
    /// Regular expressions with the group `unit`, tried on each cell above the header.
    pub patterns: Vec<String>,
    /// Words a cell starts with that states the table's unit.
    pub labels: Vec<String>,
    /// The same for footnotes.
    pub note_patterns: Vec<String>,
    pub money: Vec<String>,
    /// Units that labels print in brackets.
    pub others: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureWords {
    /// Words before the publisher's name: 部门, 编制单位 ..
    pub departments: Vec<String>,
    /// What may follow a name in the same cell without belonging to it: 金额单位.
    pub after_name: Vec<String>,
    /// Regular expressions of rows that carry nothing: page numbers, form codes.
    pub skip: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteWords {
    /// Open a note where no Chinese character follows: 注.
    pub prefixes: Vec<String>,
    /// Open a note whatever follows: 填表人.
    pub openings: Vec<String>,
    /// Regular expressions that declare a table empty.
    pub declares_empty: Vec<String>,
}
