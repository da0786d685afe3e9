//! How one publisher prints a table.

use super::NumberStyle;
use crate::amount::Unit;

/// Where classification codes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeStyle {
    /// `2080505` as text.
    Text,
    /// 2080505 as a number.
    Number,
    /// `2080505.0`, as exports through other programs leave it.
    Float,
    /// 类 | 款 | 项: `208 | 05 | 05`, child columns blank on parent rows.
    Parts,
    /// `2080505机关事业单位..` in one column.
    Joined,
    /// `[2080505]机关事业单位..` in one column.
    Bracketed,
    /// Names only.
    Absent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalPlace {
    First,
    Last,
    /// Level with the lower half of the 类|款|项 header cells, as the national form prints it.
    HeaderRow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    None,
    Spaces,
    FullWidth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitPlace {
    /// Right of the row that names the department.
    OwnRow,
    /// Right of the form code's row, with 金额.
    FormRow,
    /// `单位` and `：万元` in two cells.
    Split,
    /// In the title: `支出决算表（单位：万元）`.
    Title,
    /// In the headers of amount columns: `决算数（万元）`.
    Headers,
    /// Not on this sheet.
    Absent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormCode {
    Absent,
    /// 公开01表
    Public,
    /// 附表1
    Annex,
    /// 财决公开01表
    Return,
    /// 财决01表: the internal return.
    Internal,
}

impl FormCode {
    pub fn print(self, number: usize) -> Option<String> {
        match self {
            FormCode::Absent => None,
            FormCode::Public => Some(format!("公开{number:02}表")),
            FormCode::Annex => Some(format!("附表{number}")),
            FormCode::Return => Some(format!("财决公开{number:02}表")),
            FormCode::Internal => Some(format!("财决{number:02}表")),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub unit: Unit,
    pub numbers: NumberStyle,
    pub codes: CodeStyle,
    pub total: TotalPlace,
    /// 栏次 row.
    pub column_numbers: bool,
    /// 行次 column, where rows have one label column.
    pub row_numbers: bool,
    pub indent: Indent,
    /// Line breaks inside long labels and headers.
    pub broken_labels: bool,
    pub unit_place: UnitPlace,
    /// `单位：`, `金额单位：`
    pub unit_word: &'static str,
    /// `部门：`, `编制单位：`; empty for none.
    pub department_word: &'static str,
    pub form_code: FormCode,
    /// `2023年度` in the middle of the furniture row.
    pub year_shown: bool,
    /// Merge title and header cells; otherwise the text stands in the first cell only.
    pub merged: bool,
    /// The header block comes again after so many rows, as printed files do.
    pub page_rows: Option<usize>,
    /// Blank rows and columns before the table.
    pub lead_rows: u32,
    pub lead_columns: u32,
}

impl Shape {
    /// The plainest form: 万元, codes as text, 合计 first, no furniture but title, department and unit.
    pub fn plain(unit: Unit) -> Self {
        Shape {
            unit,
            numbers: NumberStyle::default(),
            codes: CodeStyle::Text,
            total: TotalPlace::First,
            column_numbers: false,
            row_numbers: false,
            indent: Indent::None,
            broken_labels: false,
            unit_place: UnitPlace::OwnRow,
            unit_word: "单位：",
            department_word: "部门：",
            form_code: FormCode::Absent,
            year_shown: false,
            merged: true,
            page_rows: None,
            lead_rows: 0,
            lead_columns: 0,
        }
    }
}

impl Shape {
    /// Header of an amount column, with the unit where the shape prints it there.
    pub(super) fn leaf_header(&self, label: &str) -> String {
        if self.unit_place == UnitPlace::Headers {
            format!("{label}（{}）", self.unit.name())
        } else {
            label.to_owned()
        }
    }

    /// A long label broken over two lines, where the shape does so.
    pub(super) fn broken(&self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        if !self.broken_labels || characters.len() < 9 {
            return text.to_owned();
        }
        let (head, tail) = characters.split_at(characters.len() / 2 + 1);
        format!("{}\n{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
    }
}
