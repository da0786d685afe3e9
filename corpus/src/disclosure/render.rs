//! Accounts as a workbook in one publisher's house style.

use crate::amount::Unit;
use crate::random::Chance;
use crate::table::{CodeStyle, FormCode, Place, Shape, Table, TotalPlace, place};
use crate::truth::TruthRow;
use crate::write::{Position, Sheet, Value, Workbook};

use super::tables::TableSet;

/// What sheets are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetNames {
    /// `1收入支出决算总表`
    Numbered,
    /// `GK01 收入支出决算总表`
    Coded,
    /// `表1`
    Plain,
}

/// A workbook and the truth of its cells.
#[derive(Debug, Clone)]
pub struct Rendered {
    pub workbook: Workbook,
    pub truth: Vec<TruthRow>,
}

/// The usual style of the publishers of a set.
pub fn house_shape(set: TableSet, unit: Unit) -> Shape {
    let plain = Shape::plain(unit);
    match set {
        TableSet::Shanghai => plain,
        TableSet::Beijing => Shape {
            codes: CodeStyle::Text,
            column_numbers: true,
            row_numbers: true,
            form_code: FormCode::Public,
            unit_word: "金额单位：",
            department_word: "编制单位：",
            ..plain
        },
        TableSet::National => Shape {
            codes: CodeStyle::Parts,
            total: TotalPlace::HeaderRow,
            column_numbers: true,
            row_numbers: true,
            form_code: FormCode::Public,
            unit_word: "金额单位：",
            ..plain
        },
    }
}

/// One sheet a table.
pub fn render(
    tables: &[Table],
    department: &str,
    year: i32,
    shape: &Shape,
    names: SheetNames,
    chance: &mut Chance,
) -> Rendered {
    let mut rendered = Rendered { workbook: Workbook::default(), truth: Vec::new() };
    for table in tables {
        let mut sheet = Sheet::new(sheet_name(table, names));
        place(&mut sheet, table, &Place::new(department, year, shape), chance, &mut rendered.truth);
        rendered.workbook.sheets.push(sheet);
    }
    rendered
}

/// Spreadsheets cut sheet names at 31 characters.
pub(crate) fn sheet_name(table: &Table, names: SheetNames) -> String {
    let full = match names {
        SheetNames::Numbered => format!("{}{}", table.number, table.standard),
        SheetNames::Coded => format!("GK{:02} {}", table.number, table.standard),
        SheetNames::Plain => format!("表{}", table.number),
    };
    full.chars().take(31).collect()
}

impl Rendered {
    /// The truth row of a cell by its table, its row (code, or label without ordinal) and the end of its column path.
    pub fn find(&self, table: &str, row: &str, column: &str) -> Option<usize> {
        self.truth.iter().position(|truth| {
            let label = truth.row_label.split_once('、').map_or(truth.row_label.as_str(), |(_, label)| label);
            truth.table == table && (truth.row_code == row || label == row) && truth.column_path.ends_with(column)
        })
    }

    /// Prints another number in the cell; the truth then tells what is printed.
    pub fn reprint(&mut self, index: usize, value: &str) {
        let Some(truth) = self.truth.get_mut(index) else { return };
        let Some(sheet) = self.workbook.sheets.iter_mut().find(|sheet| sheet.name == truth.sheet) else { return };
        let at = sheet.cells.keys().copied().find(|at: &Position| at.a1() == truth.cell);
        let (Some(at), Ok(number)) = (at, value.parse()) else { return };
        let shown = crate::amount::grouped(value, ',');
        sheet.cells.insert(at, Value::Number { value: number, shown });
        truth.value = value.to_owned();
    }
}

impl Rendered {
    /// Takes the number out of its cell, and the row out of the truth.
    pub fn blank(&mut self, index: usize) {
        if index >= self.truth.len() {
            return;
        }
        let truth = self.truth.remove(index);
        if let Some(sheet) = self.workbook.sheets.iter_mut().find(|sheet| sheet.name == truth.sheet) {
            sheet.cells.retain(|at, _| at.a1() != truth.cell);
        }
    }

    /// Moves the rounding difference of the summary's functional rows into the largest of them, so that they add up to
    /// 本年支出合计 as printed. Other tables keep their own rounding: the two differ by a step, as in life.
    pub fn plug_summary(&mut self) {
        let is_summary = |truth: &TruthRow| truth.table == "收入支出决算总表" && truth.side == "支出";
        let scaled = |truth: &TruthRow| truth.value.replace('.', "").parse::<i64>().unwrap_or_default();
        let rows: Vec<usize> = (0..self.truth.len()).filter(|index| is_summary(&self.truth[*index])).collect();
        let classes: Vec<usize> =
            rows.iter().copied().filter(|index| self.truth[*index].row_label.contains('、')).collect();
        let sum: i64 = classes.iter().map(|index| scaled(&self.truth[*index])).sum();
        let total = rows.iter().find(|index| self.truth[**index].row_label == "本年支出合计");
        let largest = classes.iter().max_by_key(|index| scaled(&self.truth[**index]));
        if let (Some(total), Some(largest)) = (total, largest) {
            let plugged = scaled(&self.truth[*largest]) + scaled(&self.truth[*total]) - sum;
            let decimals = self.truth[*largest].value.split_once('.').map_or(0, |(_, printed)| printed.len());
            self.reprint(*largest, &crate::amount::decimal(plugged, decimals));
        }
    }
}
