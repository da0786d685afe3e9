//! A table on a sheet: furniture, header, body, notes, and the truth of every amount cell.

use crate::random::Chance;
use crate::truth::TruthRow;
use crate::write::{Position, Sheet, Value};

use super::header::{self, SideColumns};
use super::{Cell, CodeStyle, Indent, Labels, Row, RowKind, Shape, Side, Table, TotalPlace, UnitPlace};

/// What the furniture around a table says.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    pub department: &'a str,
    pub year: i32,
    pub shape: &'a Shape,
    /// First row of the table.
    pub top: u32,
    /// Added to the title: （续）.
    pub suffix: &'a str,
    /// Which body rows to print, for tables cut over several sheets.
    pub rows: std::ops::Range<usize>,
}

impl<'a> Place<'a> {
    pub fn new(department: &'a str, year: i32, shape: &'a Shape) -> Self {
        Place { department, year, shape, top: shape.lead_rows, suffix: "", rows: 0..usize::MAX }
    }
}

/// Lays the table out and returns the first free row below it.
pub fn place(sheet: &mut Sheet, table: &Table, at: &Place, chance: &mut Chance, truth: &mut Vec<TruthRow>) -> u32 {
    let placed = header::allocate(&table.sides, at.shape);
    let bodies: Vec<Vec<Option<&Row>>> = arrange(table, at.shape);
    let length = bodies.iter().map(Vec::len).max().unwrap_or(0);
    let wanted = at.rows.start.min(length)..at.rows.end.min(length);
    let mut row = block_top(sheet, table, at, &placed, at.top);
    for (printed, index) in wanted.clone().enumerate() {
        if printed > 0 && at.shape.page_rows.is_some_and(|rows| printed % rows == 0) {
            row = block_top(sheet, table, at, &placed, row);
        }
        if printed == 0 {
            for (side, columns) in table.sides.iter().zip(&placed) {
                if header::parts_share_rows(side, at.shape) {
                    header::part_names(sheet, at.shape, &side.labels, columns, (row - 1, row));
                }
            }
        }
        let mut writer = RowWriter { sheet, table, shape: at.shape, chance, truth, row };
        let mut counted = 0;
        for ((side, columns), body) in table.sides.iter().zip(&placed).zip(&bodies) {
            writer.row_number(columns, counted + index + 1);
            counted += length;
            if let Some(Some(content)) = body.get(index) {
                writer.side(side, columns, content);
            }
        }
        row += 1;
    }
    if wanted.end == length {
        for note in &table.notes {
            wide_text(sheet, at.shape, row, &placed, note);
            row += 1;
        }
    }
    row
}

/// Number of body rows the table prints.
pub(crate) fn body_rows(table: &Table, shape: &Shape) -> usize {
    arrange(table, shape).iter().map(Vec::len).max().unwrap_or(0)
}

/// The rows of each side in printed order, the closing rows level at the bottom.
fn arrange<'t>(table: &'t Table, shape: &Shape) -> Vec<Vec<Option<&'t Row>>> {
    let open: Vec<Vec<&Row>> = table.sides.iter().map(|side| in_order(side, shape)).collect();
    let closing: Vec<Vec<&Row>> = table.sides.iter().map(|side| of_kind(side, RowKind::Closing)).collect();
    let length = open.iter().zip(&closing).map(|(a, b)| a.len() + b.len()).max().unwrap_or(0);
    open.into_iter()
        .zip(closing)
        .map(|(open, closing)| {
            let gap = length - open.len() - closing.len();
            let filler = std::iter::repeat_n(None, gap);
            open.into_iter().map(Some).chain(filler).chain(closing.into_iter().map(Some)).collect()
        })
        .collect()
}

fn in_order<'t>(side: &'t Side, shape: &Shape) -> Vec<&'t Row> {
    let (details, totals) = (of_kind(side, RowKind::Detail), of_kind(side, RowKind::Total));
    match shape.total {
        TotalPlace::Last => details.into_iter().chain(totals).collect(),
        TotalPlace::First | TotalPlace::HeaderRow => totals.into_iter().chain(details).collect(),
    }
}

fn of_kind(side: &Side, kind: RowKind) -> Vec<&Row> {
    side.rows.iter().filter(|row| row.kind == kind).collect()
}

/// Title, furniture, header and 栏次 row; returns the first body row.
fn block_top(sheet: &mut Sheet, table: &Table, at: &Place, placed: &[SideColumns], top: u32) -> u32 {
    let shape = at.shape;
    let unit = shape.unit.name();
    let mut title = format!("{}{}", table.title, at.suffix);
    if shape.unit_place == UnitPlace::Title {
        title = format!("{title}（单位：{unit}）");
    }
    wide_text(sheet, shape, top, placed, &title);
    let mut row = top + 1;
    let first = shape.lead_columns;
    let last = placed.last().map_or(first, |side| side.end - 1);
    let unit_text = format!("{}{unit}", shape.unit_word);
    if let Some(code) = shape.form_code.print(table.number) {
        if shape.unit_place == UnitPlace::FormRow && last > first {
            sheet.text(row, last - 1, code);
            sheet.text(row, last, unit_text.clone());
        } else {
            sheet.text(row, last, code);
        }
        row += 1;
    }
    let has_form_row = row > top + 1;
    let mut used = false;
    if !shape.department_word.is_empty() {
        sheet.text(row, first, format!("{}{}", shape.department_word, at.department));
        used = true;
    }
    if shape.year_shown && last > first + 3 {
        sheet.text(row, first + (last - first) / 2, format!("{}年度", at.year));
        used = true;
    }
    match shape.unit_place {
        UnitPlace::Split if last > first + 2 => {
            sheet.text(row, last - 1, shape.unit_word.trim_end_matches(['：', ':']));
            sheet.text(row, last, format!("：{unit}"));
            used = true;
        }
        UnitPlace::OwnRow | UnitPlace::Split => {
            sheet.text(row, last, unit_text);
            used = true;
        }
        UnitPlace::FormRow if !has_form_row || last == first => {
            sheet.text(row, last, unit_text);
            used = true;
        }
        UnitPlace::FormRow | UnitPlace::Title | UnitPlace::Headers | UnitPlace::Absent => {}
    }
    row += u32::from(used);
    row = header::write(sheet, row, &table.sides, placed, shape);
    if shape.column_numbers { column_numbers(sheet, table, placed, row) } else { row }
}

/// 栏次 | 1 | 2 | 3 .. across all sides.
fn column_numbers(sheet: &mut Sheet, table: &Table, placed: &[SideColumns], row: u32) -> u32 {
    let mut number = 0;
    for (side, at) in table.sides.iter().zip(placed) {
        if at.labels > 0 {
            sheet.text(row, at.first + name_column(side, at), "栏次");
        }
        for column in at.values..at.end {
            number += 1;
            sheet.put(row, column, Value::Number { value: f64::from(number), shown: number.to_string() });
        }
    }
    row + 1
}

fn name_column(side: &Side, at: &SideColumns) -> u32 {
    match side.labels {
        Labels::Coded { .. } => at.labels - 1,
        Labels::Listed { .. } => 1.min(at.labels - 1),
        Labels::Item { .. } | Labels::None => 0,
    }
}

fn wide_text(sheet: &mut Sheet, shape: &Shape, row: u32, placed: &[SideColumns], text: &str) {
    let first = shape.lead_columns;
    sheet.text(row, first, text);
    if let (true, Some(last)) = (shape.merged, placed.last()) {
        sheet.merge(Position::new(row, first), Position::new(row, last.end - 1));
    }
}

struct RowWriter<'a, 'b> {
    sheet: &'a mut Sheet,
    table: &'a Table,
    shape: &'a Shape,
    chance: &'b mut Chance,
    truth: &'a mut Vec<TruthRow>,
    row: u32,
}

impl RowWriter<'_, '_> {
    fn row_number(&mut self, at: &SideColumns, number: usize) {
        if let Some(column) = at.numbers {
            let value = Value::Number { value: number as f64, shown: number.to_string() };
            self.sheet.put(self.row, column, value);
        }
    }

    fn side(&mut self, side: &Side, at: &SideColumns, row: &Row) {
        let code = self.labels(side, at, row);
        for (offset, (column, cell)) in side.columns.iter().zip(&row.cells).enumerate() {
            let printed = self.shape.numbers.print(*cell, self.shape.unit, row.unit, self.chance);
            let Some(printed) = printed else { continue };
            let position = Position::new(self.row, at.values + offset as u32);
            self.sheet.put(position.row, position.column, printed.value);
            let mut path: Vec<String> = column.path.clone();
            if let Some(leaf) = path.last_mut() {
                *leaf = self.shape.leaf_header(leaf);
            }
            if !side.banner.is_empty() {
                path.insert(0, side.banner.clone());
            }
            self.truth.push(TruthRow {
                table: self.table.standard.clone(),
                side: side.side.clone(),
                row_code: code.clone(),
                row_label: row.label.clone(),
                column_path: path.join("/"),
                value: printed.plain,
                unit: if matches!(cell, Cell::Count(_)) { row.unit.into() } else { self.shape.unit.name().into() },
                sheet: self.sheet.name.clone(),
                cell: position.a1(),
            });
        }
    }

    /// Writes codes and names; returns the code as far as it is printed.
    fn labels(&mut self, side: &Side, at: &SideColumns, row: &Row) -> String {
        let name = self.indented(row);
        let name_at = at.first + name_column(side, at);
        match &side.labels {
            Labels::None => return String::new(),
            Labels::Item { .. } => self.sheet.text(self.row, name_at, name),
            Labels::Listed { headers } => {
                self.sheet.text(self.row, name_at, name);
                if row.kind == RowKind::Detail && headers.first().is_some_and(|header| header == "序号") {
                    let before = side.rows.iter().take_while(|other| !std::ptr::eq(*other, row));
                    let number = before.filter(|other| other.kind == RowKind::Detail).count() + 1;
                    let value = Value::Number { value: number as f64, shown: number.to_string() };
                    self.sheet.put(self.row, at.first, value);
                }
                for (column, text) in (name_at + 1..at.first + at.labels).zip(&row.more) {
                    self.sheet.text(self.row, column, text.clone());
                }
            }
            Labels::Coded { .. } => return self.coded(at, row, &name),
        }
        row.code.clone()
    }

    fn coded(&mut self, at: &SideColumns, row: &Row, name: &str) -> String {
        let name_at = at.first + at.labels - 1;
        let code = row.code.as_str();
        let joined = match self.shape.codes {
            CodeStyle::Joined if !code.is_empty() => format!("{code}{}", row.label),
            CodeStyle::Bracketed if !code.is_empty() => format!("[{code}]{}", row.label),
            _ => name.to_owned(),
        };
        self.sheet.text(self.row, name_at, joined);
        if code.is_empty() {
            return String::new();
        }
        match self.shape.codes {
            CodeStyle::Text => self.sheet.text(self.row, at.first, code),
            CodeStyle::Number => {
                let value = code.parse().unwrap_or_default();
                self.sheet.put(self.row, at.first, Value::Number { value, shown: code.to_owned() });
            }
            CodeStyle::Float => self.sheet.text(self.row, at.first, format!("{code}.0")),
            CodeStyle::Parts => {
                let parts = [code.get(..3), code.get(3..5), code.get(5..7)];
                for (column, part) in (at.first..name_at).zip(parts) {
                    self.sheet.text(self.row, column, part.unwrap_or_default());
                }
            }
            CodeStyle::Joined | CodeStyle::Bracketed => {}
            CodeStyle::Absent => return String::new(),
        }
        code.to_owned()
    }

    fn indented(&self, row: &Row) -> String {
        let depth = usize::from(row.level.saturating_sub(1));
        let indent = match self.shape.indent {
            Indent::None => String::new(),
            Indent::Spaces => "  ".repeat(depth),
            Indent::FullWidth => "\u{3000}".repeat(depth),
        };
        format!("{indent}{}", self.shape.broken(&row.label))
    }
}
