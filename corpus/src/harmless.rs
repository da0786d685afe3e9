//! Changes of a consistent disclosure that change nothing it says.

use crate::disclosure::corpus::Disclosure;
use crate::random::Chance;
use crate::write::{Block, Merge, Position, Sheet, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harmless {
    /// A row without anything among the rows of each table.
    BlankRow,
    /// A note below each table.
    Note,
    /// Who answers for each table, below it.
    SignedOff,
    /// 合　　计
    SpacedLabels,
    /// Labels set in by a space.
    IndentedLabels,
    /// The last table first.
    ReversedSheets,
    /// Sheet1, Sheet2 ..
    NamelessSheets,
    /// A cover and an empty sheet before the tables.
    Cover,
    /// Numbers stored as text, with separators.
    NumbersAsText,
    /// An empty column before each table.
    EmptyColumn,
    /// １２３．４５ in the text.
    WideDigits,
    /// Indented paragraphs with blank lines between them.
    SpreadText,
    /// A space on each side of every number of the text.
    SpacedNumbers,
    /// Commas, colons and brackets of half the width.
    NarrowMarks,
    /// `- 3 -` between paragraphs.
    PageNumbers,
    /// "三公" for “三公”.
    StraightQuotes,
}

impl Harmless {
    pub const ALL: [Harmless; 16] = [
        Harmless::BlankRow,
        Harmless::Note,
        Harmless::SignedOff,
        Harmless::SpacedLabels,
        Harmless::IndentedLabels,
        Harmless::ReversedSheets,
        Harmless::NamelessSheets,
        Harmless::Cover,
        Harmless::NumbersAsText,
        Harmless::EmptyColumn,
        Harmless::WideDigits,
        Harmless::SpreadText,
        Harmless::SpacedNumbers,
        Harmless::NarrowMarks,
        Harmless::PageNumbers,
        Harmless::StraightQuotes,
    ];
}

/// Makes the change in every table, or in the whole text.
pub fn change(one: &mut Disclosure, change: Harmless, chance: &mut Chance) {
    let sheets = &mut one.rendered.workbook.sheets;
    match change {
        Harmless::BlankRow => sheets.iter_mut().for_each(|sheet| blank_row(sheet, chance)),
        Harmless::Note => below(sheets, "注：本表金额转换为万元时，因四舍五入可能存在尾差。"),
        Harmless::SignedOff => below(sheets, "单位负责人：        财务负责人：        填表人："),
        Harmless::SpacedLabels => labels(sheets, |label| label.replace("合计", "合　　计")),
        Harmless::IndentedLabels => labels(sheets, |label| format!(" {label}")),
        Harmless::ReversedSheets => sheets.reverse(),
        Harmless::NamelessSheets => {
            let numbered = sheets.iter_mut().enumerate();
            numbered.for_each(|(at, sheet)| sheet.name = format!("Sheet{}", at + 1));
        }
        Harmless::Cover => {
            let mut cover = Sheet::new("封面");
            cover.text(3, 1, format!("{}{}年度部门决算", one.accounts.entity.name, one.accounts.year));
            sheets.splice(0..0, [cover, Sheet::new("空白")]);
        }
        Harmless::NumbersAsText => {
            for value in sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
                if let Value::Number { shown, .. } = value {
                    *value = Value::text(shown.clone());
                }
            }
        }
        Harmless::EmptyColumn => sheets.iter_mut().for_each(|sheet| moved(sheet, |_| 0, |_| 1)),
        Harmless::SpreadText => one.narrative = one.narrative.spread("\u{3000}\u{3000}", true),
        Harmless::WideDigits => paragraphs(one, |text| text.chars().map(wide).collect()),
        Harmless::SpacedNumbers => paragraphs(one, spaced),
        Harmless::NarrowMarks => paragraphs(one, |text| text.chars().map(narrow).collect()),
        Harmless::StraightQuotes => paragraphs(one, |text| text.replace(['“', '”'], "\"")),
        Harmless::PageNumbers => {
            let blocks = std::mem::take(&mut one.narrative.document.blocks);
            for (at, block) in blocks.into_iter().enumerate() {
                if at > 0 && at % 12 == 0 {
                    one.narrative.document.blocks.push(Block::Paragraph(format!("- {} -", at / 12)));
                }
                one.narrative.document.blocks.push(block);
            }
        }
    }
}

/// Below the last row of numbers but one, so that the table has rows on both sides.
fn blank_row(sheet: &mut Sheet, chance: &mut Chance) {
    let is_number = |value: &Value| matches!(value, Value::Number { .. });
    let mut rows: Vec<u32> = sheet.cells.iter().filter(|(_, value)| is_number(value)).map(|(at, _)| at.row).collect();
    rows.dedup();
    if rows.len() > 2 {
        let after = rows[1 + chance.below(rows.len() as u64 - 2) as usize];
        moved(sheet, |row| u32::from(row > after), |_| 0);
    }
}

fn below(sheets: &mut [Sheet], words: &str) {
    for sheet in sheets {
        let last = sheet.cells.keys().map(|at| at.row).max().unwrap_or_default();
        sheet.text(last + 1, 0, words);
    }
}

fn labels(sheets: &mut [Sheet], change: impl Fn(&str) -> String) {
    for value in sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
        if let Value::Text(label) = value {
            *label = change(label);
        }
    }
}

fn moved(sheet: &mut Sheet, rows: impl Fn(u32) -> u32, columns: impl Fn(u32) -> u32) {
    let to = |at: Position| Position::new(at.row + rows(at.row), at.column + columns(at.column));
    sheet.cells = std::mem::take(&mut sheet.cells).into_iter().map(|(at, value)| (to(at), value)).collect();
    sheet.looks = std::mem::take(&mut sheet.looks).into_iter().map(|(at, look)| (to(at), look)).collect();
    sheet.merges.iter_mut().for_each(|merge| *merge = Merge { first: to(merge.first), last: to(merge.last) });
}

fn paragraphs(one: &mut Disclosure, change: impl Fn(&str) -> String) {
    for block in &mut one.narrative.document.blocks {
        if let Block::Paragraph(text) = block {
            *text = change(text);
        }
    }
}

fn wide(character: char) -> char {
    match character {
        '0'..='9' | '.' => char::from_u32(u32::from(character) + 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

fn narrow(character: char) -> char {
    match character {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        _ => character,
    }
}

fn spaced(text: &str) -> String {
    let mut spaced = String::new();
    let mut was_number = false;
    for character in text.chars() {
        let is_number = character.is_ascii_digit() || (was_number && matches!(character, '.' | ','));
        if is_number != was_number && !spaced.is_empty() {
            spaced.push(' ');
        }
        was_number = is_number;
        spaced.push(character);
    }
    spaced
}
