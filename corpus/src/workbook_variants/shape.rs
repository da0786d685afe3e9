//! A random but plausible way of printing.

use crate::amount::Unit;
use crate::random::Chance;
use crate::table::{Cell, CodeStyle, FormCode, Indent, NumberStyle, Shape, Table, TotalPlace, UnitPlace, ZeroStyle};

use super::FileFormat;

/// The style of a whole workbook.
pub(super) fn draw(format: FileFormat, _year: i32, chance: &mut Chance) -> Shape {
    let unit = if chance.percent(50) { Unit::Yuan } else { Unit::TenThousandYuan };
    let codes = *chance.pick(&[
        CodeStyle::Text,
        CodeStyle::Text,
        CodeStyle::Number,
        CodeStyle::Float,
        CodeStyle::Parts,
        CodeStyle::Parts,
        CodeStyle::Joined,
        CodeStyle::Bracketed,
        CodeStyle::Absent,
    ]);
    let unit_place = *chance.pick(&[
        UnitPlace::OwnRow,
        UnitPlace::OwnRow,
        UnitPlace::FormRow,
        UnitPlace::Split,
        UnitPlace::Title,
        UnitPlace::Headers,
    ]);
    Shape {
        unit,
        numbers: numbers(format, chance),
        codes,
        total: *chance.pick(&[TotalPlace::First, TotalPlace::Last, TotalPlace::HeaderRow]),
        column_numbers: chance.percent(50),
        row_numbers: chance.percent(45),
        indent: *chance.pick(&[Indent::None, Indent::Spaces, Indent::FullWidth]),
        broken_labels: chance.percent(20),
        unit_place,
        unit_word: chance.pick::<&'static str>(&["单位：", "金额单位：", "金额单位:", "单位:"]),
        department_word: chance.pick::<&'static str>(&["部门：", "编制单位：", "公开部门：", "单位名称：", ""]),
        form_code: *chance.pick(&[
            FormCode::Absent,
            FormCode::Public,
            FormCode::Public,
            FormCode::Annex,
            FormCode::Return,
        ]),
        year_shown: chance.percent(30),
        merged: chance.percent(80),
        page_rows: chance.percent(12).then(|| chance.between(8, 30) as usize),
        lead_rows: if chance.percent(15) { chance.between(1, 3) as u32 } else { 0 },
        lead_columns: if chance.percent(12) { chance.between(1, 2) as u32 } else { 0 },
    }
}

fn numbers(format: FileFormat, chance: &mut Chance) -> NumberStyle {
    let text = format.is_text_only() || chance.percent(35);
    let zero = match chance.below(6) {
        0 | 1 => ZeroStyle::Zero,
        2 => ZeroStyle::Dash(chance.pick::<&str>(&["-", "—", "－", "--"])),
        _ => ZeroStyle::Blank,
    };
    let plain = NumberStyle { zero, text, ..NumberStyle::default() };
    if !text {
        let separator = if chance.percent(70) { Some(',') } else { None };
        return NumberStyle { noise: chance.percent(30), separator, ..plain };
    }
    let styled = NumberStyle {
        parentheses: chance.percent(30),
        // GBK, which BIFF5 files hold, lacks U+2212.
        minus: *chance.pick(if format == FileFormat::Xls5 { &['-', '－', '-'] } else { &['-', '－', '−'] }),
        separator: *chance.pick(&[Some(','), Some(','), Some('，'), None]),
        spaced: chance.percent(10),
        ..plain
    };
    match chance.below(12) {
        0 => NumberStyle { full_width: true, ..styled },
        1 => NumberStyle { unit: true, ..styled },
        2 => NumberStyle { scientific: true, separator: None, ..styled },
        _ => styled,
    }
}

/// What one table does not share with the workbook.
pub(super) fn for_table(shape: &Shape, table: &Table, chance: &mut Chance) -> Shape {
    let mut own = shape.clone();
    let cells = || table.sides.iter().flat_map(|side| &side.rows).flat_map(|row| &row.cells);
    if cells().any(|cell| matches!(cell, Cell::Count(_))) {
        // Counts stand beside amounts: the money unit is said once, above the table.
        own.unit_place = UnitPlace::OwnRow;
        own.numbers.unit = false;
    }
    let mut headers = table.sides.iter().flat_map(|side| &side.columns).flat_map(|column| &column.path);
    if headers.any(|header| header == "全年预算数") {
        own.form_code = FormCode::Internal;
    }
    if own.unit_place == UnitPlace::FormRow && own.form_code == FormCode::Absent {
        own.unit_place = UnitPlace::OwnRow;
    }
    if own.page_rows.is_some() && chance.percent(50) {
        own.page_rows = None;
    }
    own
}
