//! Random workbooks: any table × any shape × any file format × any number style, each with the truth of its cells.
//!
//! Every shape is one that publishers use; amounts are consistent but for a few made negative.

mod arrange;
mod file;
mod odd;
mod shape;
mod title;

use crate::disclosure::accounts::{Accounts, Entity};
use crate::disclosure::generate::years;
use crate::disclosure::{Family, PROFILES, table};
use crate::random::Chance;
use crate::table::{Cell, Table};
use crate::truth::TruthRow;
use crate::write::{CellError, Value, Workbook, WriteError};

pub use file::FileFormat;
pub use odd::{OddVariant, Publisher, odd_variant};

/// A workbook and what it says.
#[derive(Debug, Clone)]
pub struct Variant {
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// One row a non-blank amount cell; none for budget tables.
    pub truth: Vec<TruthRow>,
    pub format: FileFormat,
    pub families: Vec<Family>,
}

/// The random workbook of a seed.
///
/// # Errors
/// A model the chosen format cannot hold; none is known to be drawn.
pub fn variant(seed: u64) -> Result<Variant, WriteError> {
    let mut chance = Chance::new(seed.wrapping_mul(0x2545_F491_4F6C_DD1D).wrapping_add(0x7A11));
    let accounts = accounts(&mut chance);
    let format = *chance.pick(&FileFormat::ALL);
    let stem = format!("variant_{seed:06}");
    let drawing = Drawing { format, stem: &stem, says_whose: false, adds_up: false, families: None };
    let (families, mut workbook, mut truth) = drawn(&accounts, &drawing, &mut chance);
    if format.keeps_errors() && chance.percent(5) {
        spoil(&mut workbook, &mut truth, &mut chance);
    }
    let (file_name, bytes) = file::write(&workbook, format, &stem, &mut chance)?;
    Ok(Variant { file_name, bytes, truth, format, families })
}

/// What tables are drawn for.
struct Drawing<'a> {
    format: FileFormat,
    stem: &'a str,
    /// Every sheet names its department and year.
    says_whose: bool,
    /// No balance is made negative at random.
    adds_up: bool,
    /// These tables and no others.
    families: Option<Vec<Family>>,
}

/// Tables of these accounts on the sheets of a workbook, with what they say.
fn drawn(accounts: &Accounts, drawing: &Drawing, chance: &mut Chance) -> (Vec<Family>, Workbook, Vec<TruthRow>) {
    let Drawing { format, stem, says_whose, .. } = *drawing;
    let mut families = drawing.families.clone().unwrap_or_else(|| families(format, chance));
    let mut shape = shape::draw(format, accounts.year, chance);
    if says_whose {
        families.retain(|family| *family != Family::Budget);
        shape.department_word = "部门：";
    }
    let tables: Vec<Table> = families
        .iter()
        .enumerate()
        .map(|(index, family)| {
            let mut drawn = table(accounts, *family);
            drawn.number = index + 1;
            title::rename(&mut drawn, accounts, chance);
            if says_whose && !drawn.title.contains("年度") {
                drawn.title = format!("{}年度{}", accounts.year, drawn.title);
            }
            if !drawing.adds_up {
                negate(&mut drawn, chance);
            }
            drawn
        })
        .collect();
    let (workbook, truth) = arrange::arrange(&tables, accounts, &shape, format, stem, chance);
    (families, workbook, truth)
}

fn accounts(chance: &mut Chance) -> Accounts {
    const REGIONS: [&str; 6] =
        ["北京市昌平区", "上海市青浦区", "浙江省嘉善县", "四川省仁寿县", "湖南省宁乡市", "新疆维吾尔自治区哈密市"];
    let profile = chance.pick(&PROFILES);
    let region = *chance.pick(&REGIONS);
    let entity =
        Entity { region: region.into(), name: format!("{region}{}", profile.name), is_unit: false, units: Vec::new() };
    let year = chance.between(2018, 2024) as i32;
    years(&entity, profile, year, 1, chance).swap_remove(0)
}

/// One table, some tables, or a whole set in its order; a table occurs once.
fn families(format: FileFormat, chance: &mut Chance) -> Vec<Family> {
    const NATIONAL: [Family; 9] = [
        Family::Summary,
        Family::Income,
        Family::Expenditure,
        Family::Fiscal,
        Family::GeneralUnderBanner,
        Family::BasicThreeBlocks,
        Family::Fund,
        Family::Capital,
        Family::ThreePublicHalves,
    ];
    const BEIJING: [Family; 13] = [
        Family::Summary,
        Family::Income,
        Family::Expenditure,
        Family::Fiscal,
        Family::GeneralRollForward,
        Family::General,
        Family::BasicVertical,
        Family::Fund,
        Family::FundBasic,
        Family::Capital,
        Family::ThreePublicHalves,
        Family::Procurement,
        Family::Services,
    ];
    if format.is_delimited() || chance.percent(20) {
        return vec![*chance.pick(&Family::ALL)];
    }
    match chance.below(4) {
        0 => NATIONAL.to_vec(),
        1 => BEIJING.to_vec(),
        _ => {
            let mut chosen: Vec<Family> = Vec::new();
            for _ in 0..chance.between(2, 8) {
                let family = *chance.pick(&Family::ALL);
                if !chosen.iter().any(|other| kind(*other) == kind(family)) {
                    chosen.push(family);
                }
            }
            chosen
        }
    }
}

/// Grids of the same table, of which a workbook holds one.
fn kind(family: Family) -> Family {
    match family {
        Family::SummaryThreeSided | Family::SummaryReturn => Family::Summary,
        Family::FiscalReturn => Family::Fiscal,
        Family::GeneralUnderBanner => Family::General,
        Family::BasicTwoBlocks | Family::BasicVertical => Family::BasicThreeBlocks,
        Family::CapitalRollForward => Family::Capital,
        Family::ThreePublicAlternating | Family::ThreePublicVertical | Family::ThreePublicMeetings => {
            Family::ThreePublicHalves
        }
        Family::ProcurementMatrix => Family::Procurement,
        Family::ProjectsRollForward => Family::Projects,
        other => other,
    }
}

/// A spreadsheet error or a date where money should be: its truth row holds what is shown.
fn spoil(workbook: &mut Workbook, truth: &mut [TruthRow], chance: &mut Chance) {
    if truth.is_empty() {
        return;
    }
    let row = &mut truth[chance.below(truth.len() as u64) as usize];
    let value = match chance.below(3) {
        0 => Value::Error(CellError::Reference),
        1 => Value::Error(CellError::DivisionByZero),
        _ => Value::Date { serial: 45_291, shown: "2023-12-31".into() },
    };
    row.value = value.shown().to_owned();
    for sheet in workbook.sheets.iter_mut().filter(|sheet| sheet.name == row.sheet) {
        if let Some((_, cell)) = sheet.cells.iter_mut().find(|(at, _)| at.a1() == row.cell) {
            *cell = value.clone();
        }
    }
}

/// In one of twelve tables some balances turn negative.
fn negate(table: &mut Table, chance: &mut Chance) {
    if !chance.percent(8) {
        return;
    }
    for cell in table.sides.iter_mut().flat_map(|side| &mut side.rows).flat_map(|row| &mut row.cells) {
        if let Cell::Fen(amount) = cell
            && chance.percent(15)
        {
            *cell = Cell::Fen(-*amount);
        }
    }
}
