//! Tables on sheets: one each, several on one, or one over several; hidden sheets and code lists between them.

use crate::disclosure::accounts::Accounts;
use crate::disclosure::{SheetNames, sheet_name};
use crate::random::Chance;
use crate::table::{Place, Shape, Table, TotalPlace, UnitPlace, body_rows, place};
use crate::truth::TruthRow;
use crate::write::{Sheet, Workbook};

use super::{FileFormat, shape};

pub(super) fn arrange(
    tables: &[Table],
    accounts: &Accounts,
    common: &Shape,
    format: FileFormat,
    stem: &str,
    chance: &mut Chance,
) -> (Workbook, Vec<TruthRow>) {
    let stacked = tables.len() > 1 && chance.percent(12);
    let mut desk = Desk {
        accounts,
        format,
        stem,
        names: *chance.pick(&[SheetNames::Numbered, SheetNames::Coded, SheetNames::Plain]),
        workbook: Workbook::default(),
        truth: Vec::new(),
    };
    let mut unit_said = false;
    let mut open: Option<(Sheet, u32)> = None;
    for table in tables {
        let mut own = shape::for_table(common, table, chance);
        if unit_said && chance.percent(6) && !format.is_delimited() {
            // Said on another sheet of the workbook.
            own.unit_place = UnitPlace::Absent;
        }
        unit_said = true;
        if stacked {
            let (mut sheet, top) = open.take().unwrap_or_else(|| (desk.sheet(table, ""), own.lead_rows));
            let at = Place { top, ..Place::new(&accounts.entity.name, accounts.year, &own) };
            let below = desk.place(&mut sheet, table, &at, chance);
            open = Some((sheet, below + chance.between(1, 3) as u32));
            continue;
        }
        let rows = body_rows(table, &own);
        if rows > 12 && !format.is_delimited() && chance.percent(10) {
            desk.spread(table, own, rows, chance);
        } else {
            let mut sheet = desk.sheet(table, "");
            sheet.hidden = !desk.workbook.sheets.is_empty() && chance.percent(3) && format.hides_sheets();
            let seen = desk.truth.len();
            desk.place(&mut sheet, table, &Place::new(&accounts.entity.name, accounts.year, &own), chance);
            if sheet.hidden {
                // Nobody sees it: its figures are none.
                desk.truth.truncate(seen);
            }
            desk.workbook.sheets.push(sheet);
        }
    }
    desk.workbook.sheets.extend(open.map(|(sheet, _)| sheet));
    if !format.is_delimited() && format.keeps_sheet_names() && chance.percent(12) {
        desk.workbook.sheets.push(code_list(chance));
    }
    (desk.workbook, desk.truth)
}

struct Desk<'a> {
    accounts: &'a Accounts,
    format: FileFormat,
    stem: &'a str,
    names: SheetNames,
    workbook: Workbook,
    truth: Vec<TruthRow>,
}

impl Desk<'_> {
    /// A new sheet under the name that readers of the format will see.
    fn sheet(&self, table: &Table, suffix: &str) -> Sheet {
        let number = self.workbook.sheets.len() + 1;
        if self.format.is_delimited() {
            return Sheet::new(self.stem);
        }
        if !self.format.keeps_sheet_names() {
            return Sheet::new(format!("table {number}"));
        }
        // 31 characters, which are bytes in BIFF5.
        let longest = if self.format == FileFormat::Xls5 { 16 } else { 31 };
        let name: String = sheet_name(table, self.names).chars().take(longest - suffix.chars().count()).collect();
        Sheet::new(format!("{name}{suffix}"))
    }

    fn place(&mut self, sheet: &mut Sheet, table: &Table, at: &Place, chance: &mut Chance) -> u32 {
        if table.standard == "预算表" {
            return place(sheet, table, at, chance, &mut Vec::new());
        }
        place(sheet, table, at, chance, &mut self.truth)
    }

    /// One table over two or three sheets, with or without 续 in the title.
    fn spread(&mut self, table: &Table, mut own: Shape, rows: usize, chance: &mut Chance) {
        if own.total == TotalPlace::HeaderRow {
            own.total = TotalPlace::First;
        }
        let pieces = chance.between(2, 3) as usize;
        let each = rows.div_ceil(pieces);
        let mark = *chance.pick(&["（续）", "(续表)", ""]);
        for (index, start) in (0..rows).step_by(each).enumerate() {
            let sheet_suffix = if index == 0 { String::new() } else { format!("({})", index + 1) };
            let mut sheet = self.sheet(table, &sheet_suffix);
            let at = Place {
                suffix: if index == 0 { "" } else { mark },
                rows: start..start + each,
                ..Place::new(&self.accounts.entity.name, self.accounts.year, &own)
            };
            self.place(&mut sheet, table, &at, chance);
            self.workbook.sheets.push(sheet);
        }
    }
}

/// A sheet that is no table: the code list that reporting software leaves behind, hidden.
fn code_list(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("HIDDENSHEETNAME");
    sheet.hidden = true;
    for row in 0..chance.between(3, 20) as u32 {
        sheet.text(row, 0, format!("DW_{:04}", row + 1));
        sheet.text(row, 1, "单位代码");
    }
    sheet
}
