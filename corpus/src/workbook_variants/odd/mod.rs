//! Random workbooks that do not show what they store, in every format that can: scaled formats, hidden rows, columns and
//! sheets, formulas nobody worked out, struck-out numbers, values below merges, prefixes of their own, several publishers in
//! one. The truth is what a reader of the sheet sees.

mod form;
mod oddities;

use super::{Drawing, accounts, drawn};
use crate::disclosure::accounts::Accounts;
use crate::disclosure::generate::years;
use crate::disclosure::{PROFILES, Profile};
use crate::random::Chance;
use crate::truth::TruthRow;
use crate::write::{Sheet, Workbook, WriteError};

use form::Form;
use oddities::Oddities;

/// A workbook and what a reader of it sees.
#[derive(Debug, Clone)]
pub struct OddVariant {
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// The same workbook where every number that is stored is seen and can be trusted.
    pub plain: Vec<u8>,
    /// One row a non-blank amount cell that is seen and has a value.
    pub truth: Vec<TruthRow>,
    /// Numbers that are hidden.
    pub hidden: usize,
    /// Formulas without a value.
    pub formulas: usize,
    /// Numbers that are struck out.
    pub struck: usize,
    /// Cells that share one amount with another.
    pub shared: usize,
    /// Whose the sheets are, where the workbook holds those of several.
    pub publishers: Vec<Publisher>,
}

/// What a sheet says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    pub sheet: String,
    pub department: String,
    pub year: i32,
}

/// The odd workbook of a seed.
///
/// # Errors
/// A model that the format cannot hold; none is known to be drawn.
pub fn odd_variant(seed: u64) -> Result<OddVariant, WriteError> {
    let mut chance = Chance::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x0DD));
    let form = *chance.pick(&Form::ALL);
    let stem = format!("odd_{seed:06}");
    let mut own = accounts(&mut chance);
    // As many departments as workbooks, wherever they are read together.
    own.entity.name =
        own.entity.name.replacen(&own.entity.region, &format!("{}第{}", own.entity.region, chinese_digits(seed)), 1);
    let is_of_several = form.holds_sheets() && chance.percent(20);
    let mut drawing =
        Drawing { format: form.drawn_as(), stem: &stem, says_whose: is_of_several, adds_up: true, families: None };
    let (families, mut workbook, mut truth) = drawn(&own, &drawing, &mut chance);
    let mut publishers = Vec::new();
    if is_of_several {
        let is_later = chance.percent(50);
        let other = another(&own, is_later, &mut chance);
        // A year is told from another by the same tables.
        drawing.families = is_later.then_some(families);
        publishers.extend(of_sheets(&workbook, &own));
        let (_, mut more, mut more_truth) = drawn(&other, &drawing, &mut chance);
        rename(&mut more, &mut more_truth, workbook.sheets.len(), form);
        publishers.extend(of_sheets(&more, &other));
        workbook.sheets.append(&mut more.sheets);
        truth.append(&mut more_truth);
    }
    let mut odd = Oddities { form, truth, hidden: 0, formulas: 0, struck: 0, shared: 0 };
    let shown = |sheet: &&mut Sheet| !sheet.hidden;
    workbook.sheets.iter_mut().filter(shown).for_each(|sheet| odd.rewrite(sheet, &mut chance));
    let plain = form.write(&workbook, &mut chance)?;
    workbook.sheets.iter_mut().filter(shown).for_each(|sheet| odd.spoil(sheet, &mut chance));
    let Oddities { truth, hidden, formulas, struck, shared, .. } = odd;
    let bytes = form.write(&workbook, &mut chance)?;
    let file_name = format!("{stem}.{}", form.extension());
    Ok(OddVariant { file_name, bytes, plain, truth, hidden, formulas, struck, shared, publishers })
}

/// Digits in names may be taken for codes.
fn chinese_digits(number: u64) -> String {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    number.to_string().bytes().filter_map(|digit| digits.get(usize::from(digit - b'0'))).collect()
}

/// Another department of the same place, or the same one a year later.
fn another(own: &Accounts, is_later: bool, chance: &mut Chance) -> Accounts {
    let mut entity = own.entity.clone();
    let is_own = |profile: &&Profile| own.entity.name.ends_with(profile.name);
    let others: Vec<&Profile> = PROFILES.iter().filter(|profile| !is_own(profile)).collect();
    let profile = *chance.pick(&others);
    if let Some(own) = PROFILES.iter().find(is_own).filter(|_| !is_later) {
        entity.name = entity.name.replace(own.name, profile.name);
    }
    years(&entity, profile, own.year + i32::from(is_later), 1, chance).swap_remove(0)
}

fn of_sheets<'a>(workbook: &'a Workbook, accounts: &'a Accounts) -> impl Iterator<Item = Publisher> + 'a {
    workbook.sheets.iter().map(|sheet| Publisher {
        sheet: sheet.name.clone(),
        department: accounts.entity.name.clone(),
        year: accounts.year,
    })
}

/// Names that the sheets before do not have.
fn rename(workbook: &mut Workbook, truth: &mut [TruthRow], before: usize, form: Form) {
    for (number, sheet) in (before + 1..).zip(&mut workbook.sheets) {
        let name = if form.names_sheets() { format!("附表{number}") } else { format!("table {number}") };
        truth.iter_mut().filter(|row| row.sheet == sheet.name).for_each(|row| row.sheet = format!("\u{0}{name}"));
        sheet.name = name;
    }
    truth.iter_mut().for_each(|row| row.sheet = row.sheet.trim_start_matches('\u{0}').to_owned());
}
