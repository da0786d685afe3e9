//! What is told about each table: columns and rows nobody knows, units that contradict, amounts beyond belief.

use rust_decimal::Decimal;

use super::examine::{Examined, Verdict, Why, closest};
use crate::decode::{CellValue, Number, scaled};
use crate::extract::table::find::furniture::declares_empty;
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::figure::{RawFigure, TableState};
use crate::extract::table::rows::label::title_key;
use crate::vocabulary::{CellReference, Finding, Place, Severity, Unit, parse_printed};

/// Labels named in one finding; the rest is counted.
const NAMED: usize = 5;

/// In 万元: 10 billion yuan, beyond what the department of a district or city spends.
const LARGEST_DEPARTMENT: u32 = 1_000_000;

/// Amounts that must agree before their magnitude says anything.
const FEWEST_AMOUNTS: usize = 3;

/// Numbers of a table that nobody knows, from which on it is told.
pub const FEWEST_TOLD: usize = 3;

/// Everything to tell of one table.
pub fn report(table: &Examined, layouts: &Layouts, findings: &mut Vec<Finding>) {
    match &table.verdict {
        Verdict::Matched { binding, why } => {
            if *why == Why::ColumnsAlone {
                findings.push(on_sheet(
                    table,
                    "extract.no_title",
                    Severity::Info,
                    format!("no title is printed; the columns are those of {}", layouts.layout(binding.layout).id),
                    "check with `juesuan inspect` that this is the table".to_owned(),
                ));
            }
            report_unknown(table, layouts, findings);
            report_units(table, findings);
            report_magnitude(table, findings);
            report_state(table, layouts, binding.layout, findings);
        }
        Verdict::Recognised { .. } => {}
        Verdict::Ambiguous(found) => findings.push(on_sheet(
            table,
            "extract.ambiguous_table",
            Severity::Error,
            format!("{} fit equally: {}", printed_title(table), ids(found, layouts)),
            "add find.columns, find.absent or find.rows to one of these layouts so that only one fits".to_owned(),
        )),
        Verdict::Unfit => {
            let lacks: Vec<String> = table
                .lacks
                .iter()
                .map(|(at, lacks)| format!("{} lacks {}", layouts.layout(*at).id, lacks.join(", ")))
                .collect();
            let severity = if table.numbers > 0 { Severity::Error } else { Severity::Info };
            findings.push(on_sheet(
                table,
                "extract.unfit_table",
                severity,
                format!("{} is a known title, but its columns are not: {}", printed_title(table), lacks.join("; ")),
                "add the printed header labels to the layout; `juesuan inspect` lists them".to_owned(),
            ));
        }
        Verdict::Unplaced => findings.push(on_sheet(
            table,
            "extract.unplaced_header",
            Severity::Warning,
            format!("the text keeps the header of {} without its columns, and no layout tells which label heads which; its {} numbers are not loaded", printed_title(table), table.numbers),
            "save the table as .xlsx or .html, or add the printed labels to its layout; `juesuan inspect` lists them".to_owned(),
        )),
        Verdict::Unknown => report_unmatched(table, layouts, findings),
    }
}

/// Covers, contents and other sheets without numbers lose nothing. The numbers of a table inside a text are also read
/// as prose; without a header that any layout knows it is no report table.
fn report_unmatched(table: &Examined, layouts: &Layouts, findings: &mut Vec<Finding>) {
    if table.numbers < FEWEST_TOLD {
        return;
    }
    let title = printed_title(table);
    let name = title_key(&title);
    let is_in_prose = table.after_line.is_some() && table.header.is_none() && !table.is_packed;
    let hint = match closest(table, &name, layouts) {
        _ if is_in_prose => "nothing to do unless it is a report table: then write a layout with its title".to_owned(),
        Some(at) => format!(
            "closest: {}. If it is the same table, add to that layout: [also] titles = [\"{title}\"]; else write a new layout with find.titles = [\"{title}\"]",
            layouts.layout(at).id
        ),
        None => format!("if it belongs to the final accounts, write a layout with find.titles = [\"{title}\"]"),
    };
    findings.push(on_sheet(
        table,
        "extract.unmatched_sheet",
        if is_in_prose { Severity::Info } else { Severity::Warning },
        format!("no layout knows “{title}”; its {} numbers are not loaded", table.numbers),
        hint,
    ));
}

fn report_unknown(table: &Examined, layouts: &Layouts, findings: &mut Vec<Finding>) {
    let Verdict::Matched { binding, .. } = &table.verdict else { return };
    let id = &layouts.layout(binding.layout).id;
    for amount in binding.segments.iter().flat_map(|segment| &segment.amounts).filter(|amount| amount.measure.is_none())
    {
        let figures = table.body.figures.iter().filter(|figure| figure.cell.column == amount.column).count();
        if figures > 0 && amount.has_twin {
            findings.push(on_sheet(
                table,
                "extract.columns_alike",
                Severity::Warning,
                format!(
                    "another column has the same labels as “{}”; its {figures} figures are kept without meaning",
                    amount.path.join(" > ")
                ),
                "a row of the header may be lost: compare with the file as it was published".to_owned(),
            ));
        } else if figures > 0 {
            findings.push(on_sheet(
                table,
                "extract.unknown_column",
                Severity::Warning,
                format!(
                    "{id} does not know the column “{}”; {figures} figures are kept without meaning",
                    amount.path.join(" > ")
                ),
                format!("add to {id}: [[block.measures]] header = [\"{}\"]", amount.path.join(" > ")),
            ));
        }
    }
    if !table.body.unknown_rows.is_empty() {
        let labels: Vec<&str> = table.body.unknown_rows.iter().take(NAMED).map(|(_, label)| label.as_str()).collect();
        findings.push(on_sheet(
            table,
            "extract.unknown_row",
            Severity::Info,
            format!("{} rows mean no known line: {}", table.body.unknown_rows.len(), labels.join("、")),
            "add the label as an alias in pipelines/reference/lines.csv, or a row of its own".to_owned(),
        ));
    }
    // A column nobody knows that holds words and no number is a list of names: no amount belongs there.
    let has_figure = |column: u32| table.body.figures.iter().any(|figure| figure.cell.column == column);
    let is_known = |column: u32| {
        let mut amounts = binding.segments.iter().flat_map(|segment| &segment.amounts);
        amounts.any(|amount| amount.column == column && amount.measure.is_some())
    };
    let misplaced = |(cell, _): &&(CellReference, String)| is_known(cell.column) || has_figure(cell.column);
    findings.extend(table.body.words.iter().filter(misplaced).map(|(cell, words)| {
        Finding::extraction(
            "cell.words",
            Severity::Info,
            Place::Cell { sheet: table.sheet.clone(), cell: *cell },
            format!("“{words}” stands where an amount belongs"),
            "nothing is loaded from the cell; add a correction if an amount is meant".to_owned(),
        )
    }));
    findings.extend(table.body.shared.iter().map(|(cell, merge)| {
        Finding::extraction(
            "cell.merged_amount",
            Severity::Warning,
            Place::Cell { sheet: table.sheet.clone(), cell: *cell },
            format!("{cell} shares one printed amount with the other cells of {}:{}", merge.first, merge.last),
            "the amount is loaded for the first of these cells only: look at the published file".to_owned(),
        )
    }));
    report_strays(table, findings);
}

/// Numbers that belong to no column or to no row.
fn report_strays(table: &Examined, findings: &mut Vec<Finding>) {
    let mut tell = |check: &str, cells: &[CellReference], message: &dyn Fn(CellReference) -> String, hint: &str| {
        let told =
            cells.first().map(|first| on_sheet(table, check, Severity::Warning, message(*first), hint.to_owned()));
        findings.extend(told);
    };
    let (strays, shifted, nameless) = (&table.body.strays, &table.body.shifted, &table.body.nameless);
    tell(
        "extract.stray_number",
        strays,
        &|first| format!("{} numbers stand outside every column with a header, the first in {first}", strays.len()),
        "look at the sheet with `juesuan inspect`: a header cell may be blank",
    );
    tell(
        "extract.shifted_row",
        shifted,
        &|first| {
            format!(
                "{} amounts stand in rows that hold an amount where their name belongs, the first in {first}: none of them is loaded",
                shifted.len()
            )
        },
        "a cell of these rows may be lost or moved: compare them with the file as it was published",
    );
    tell(
        "extract.nameless_rows",
        nameless,
        &|first| {
            format!(
                "{} amounts stand in rows whose names no column holds, the first in {first}: none of them is loaded",
                nameless.len()
            )
        },
        "the names may stand on another page or in a column with a blank header: look at the sheet with `juesuan inspect`",
    );
}

fn report_units(table: &Examined, findings: &mut Vec<Finding>) {
    let mut printed: Vec<&str> = table.furniture.units.iter().map(|unit| unit.unit.as_str()).collect();
    printed.sort_unstable();
    printed.dedup();
    if printed.len() > 1 {
        findings.push(on_sheet(
            table,
            "extract.contradicting_units",
            Severity::Warning,
            format!("the sheet prints the units {}; {} is used", printed.join(", "), table.unit.unit),
            "the one nearest to the header counts; compare with the text of the disclosure".to_owned(),
        ));
    }
    let lacks_unit = table.unit.unit.is_empty() && table.body.figures.iter().any(|figure| figure.unit.is_empty());
    if lacks_unit || table.unit.source == "workbook" {
        let message = if lacks_unit {
            "no unit is printed"
        } else {
            "no unit is printed here; the workbook's other tables agree on one"
        };
        findings.push(on_sheet(
            table,
            "extract.no_unit",
            if lacks_unit { Severity::Warning } else { Severity::Info },
            message.to_owned(),
            "compare a total with the text of the disclosure".to_owned(),
        ));
    }
}

fn report_state(table: &Examined, layouts: &Layouts, at: usize, findings: &mut Vec<Finding>) {
    let declared = table.body.notes.iter().any(|note| declares_empty(note, &layouts.words));
    let is_zero = |figure: &RawFigure| match &figure.value {
        CellValue::Number(number) => number.value.is_zero(),
        CellValue::Text(text) => parse_printed(text).map_or(true, |printed| printed.value.is_zero()),
        _ => true,
    };
    match table.state {
        TableState::Empty => findings.push(on_sheet(
            table,
            "extract.empty_table",
            Severity::Info,
            format!("{} has no figures and no declaration that there are none", layouts.shown_table(at)),
            "compare with the text of the disclosure".to_owned(),
        )),
        TableState::Data if declared && !table.body.figures.iter().all(is_zero) => findings.push(Finding::disclosure(
            "extract.declared_empty_with_figures",
            Severity::Warning,
            Place::Sheet { sheet: table.sheet.clone() },
            "the table is declared empty and prints figures".to_owned(),
            "the figures are loaded; compare with the text of the disclosure".to_owned(),
        )),
        _ => {}
    }
}

/// The same largest amount under two units: one of them is printed wrongly.
pub fn contradicting_units(tables: &[Examined], findings: &mut Vec<Finding>) {
    let largest: Vec<_> = tables
        .iter()
        .filter(|table| matches!(table.verdict, Verdict::Matched { .. }) && !table.unit.unit.is_empty())
        .filter_map(|table| Some((table, largest_amount(table)?)))
        .collect();
    for (at, (table, amount)) in largest.iter().enumerate() {
        let other = largest[..at].iter().find(|(other, same)| same == amount && other.unit.unit != table.unit.unit);
        if let Some((other, _)) = other {
            findings.push(Finding::disclosure(
                "extract.unit_by_magnitude",
                Severity::Warning,
                Place::Sheet { sheet: table.sheet.clone() },
                format!(
                    "its largest amount {amount} is in {}, the same amount on “{}” is in {}",
                    table.unit.unit, other.sheet, other.unit.unit
                ),
                "one of the two units is printed wrongly; both are loaded as printed: add a correction".to_owned(),
            ));
        }
    }
}

fn largest_amount(table: &Examined) -> Option<Decimal> {
    amounts_of(table).max().filter(|amount| *amount > Decimal::ONE_HUNDRED)
}

/// What the cells of a table print in the table's unit.
fn amounts_of(table: &Examined) -> impl Iterator<Item = Decimal> {
    let in_unit = table.body.figures.iter().filter(|figure| figure.unit == table.unit.unit);
    in_unit.filter_map(|figure| match &figure.value {
        CellValue::Number(number) => amount_shown(number, &table.unit.unit),
        CellValue::Text(text) => parse_printed(text).ok().map(|printed| printed.value),
        _ => None,
    })
}

/// The number as its format shows it. 元 that are shown as 万元 under a heading that says 元 stay as they are stored.
fn amount_shown(number: &Number, unit: &str) -> Option<Decimal> {
    let is_yuan = Unit::from_printed(unit) == Unit::Yuan;
    if is_yuan { Some(number.value) } else { scaled(number.value, number.shown.scale) }
}

/// An amount no department reaches, all of it in whole multiples of a hundred: 元 under a heading that says 万元.
fn report_magnitude(table: &Examined, findings: &mut Vec<Finding>) {
    let hundred = Decimal::ONE_HUNDRED;
    let is_ten_thousands = Unit::from_printed(&table.unit.unit) == Unit::TenThousandYuan;
    let mut amounts: Vec<Decimal> = amounts_of(table).filter(|amount| !amount.is_zero()).collect();
    amounts.sort_unstable();
    let Some(largest) = amounts.last().filter(|_| is_ten_thousands && amounts.len() >= FEWEST_AMOUNTS) else { return };
    if *largest > Decimal::from(LARGEST_DEPARTMENT) && amounts.iter().all(|amount| (*amount % hundred).is_zero()) {
        findings.push(on_sheet(
            table,
            "extract.magnitude",
            Severity::Warning,
            format!("amounts of up to {largest} 万元, all of them whole multiples of 100: they may be in 元"),
            "loaded as printed: compare a total with the text of the disclosure and correct the unit if it is wrong"
                .to_owned(),
        ));
    }
}

fn on_sheet(table: &Examined, check_id: &str, severity: Severity, message: String, hint: String) -> Finding {
    let place = match &table.title {
        Some(title) => match title.at {
            Some(cell) => Place::Cell { sheet: table.sheet.clone(), cell },
            None => Place::Sheet { sheet: table.sheet.clone() },
        },
        None => Place::Sheet { sheet: table.sheet.clone() },
    };
    Finding::extraction(check_id, severity, place, message, hint)
}

fn printed_title(table: &Examined) -> String {
    match (&table.title, table.after_line, &table.first_text) {
        (Some(title), _, _) => title.text.clone(),
        (None, Some(line), _) => format!("the table after line {line}"),
        (None, None, Some(text)) => text.clone(),
        (None, None, None) => table.sheet.clone(),
    }
}

fn ids(layouts_at: &[usize], layouts: &Layouts) -> String {
    layouts_at.iter().map(|at| layouts.layout(*at).id.as_str()).collect::<Vec<_>>().join(", ")
}
