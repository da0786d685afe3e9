//! The disclosure that the rows of an example make.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::row::{Number, Row, unreadable};
use crate::error::Result;
use crate::normalise::ValueKind;
use crate::reconcile::catalogue::check::Example;
use crate::reconcile::catalogue::term::{ClaimTerm, FigureTerm, RowChoice, TermKind, TermPlace};
use crate::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
use crate::reconcile::facts::operands::{ClaimFact, FigureFact, ReportTableFact};
use crate::reconcile::facts::text::Text;
use crate::vocabulary::{CellReference, ClaimKind, Level, Unit, half_unit, parse_printed};

/// What stands where in an example: a row has one number, a column too.
#[derive(Default)]
struct Places {
    sheets: BTreeMap<String, u32>,
    rows: BTreeMap<(String, String), u32>,
    columns: BTreeMap<(String, String), u32>,
}

fn place_in<K: Ord>(known: &mut BTreeMap<K, u32>, key: K) -> u32 {
    let next = known.len() as u32 + 1;
    *known.entry(key).or_insert(next)
}

pub fn disclosure(rows: &[Row], example: &Example, place: &str) -> Result<DisclosureFacts> {
    let mut facts = of(rows, example, place, &|whose, _| whose == TermPlace::Own)?;
    if rows.iter().any(|row| whose(row) == TermPlace::Prior) {
        let prior = of(rows, example, place, &|whose, _| whose == TermPlace::Prior)?;
        facts.prior = Some(Arc::new(DisclosureFacts { fiscal_year: Some(example.year - 1), ..prior }));
    }
    let mut units: Vec<&str> = rows.iter().filter(|row| whose(row) == TermPlace::Units).map(unit_of).collect();
    units.sort_unstable();
    units.dedup();
    for unit in units {
        let of_unit = of(rows, example, place, &|whose, named| whose == TermPlace::Units && named == unit)?;
        facts.units.push(Arc::new(DisclosureFacts { level: Level::Unit, ..of_unit }));
    }
    Ok(facts)
}

fn whose(row: &Row) -> TermPlace {
    match row {
        Row::Number(number) => number.term.whose,
        Row::Table(..) => TermPlace::Own,
    }
}

/// Rows of several units are told apart by `row`.
fn unit_of(row: &Row) -> &str {
    match row {
        Row::Number(number) => number.more("row"),
        Row::Table(..) => "",
    }
}

fn of(
    rows: &[Row],
    example: &Example,
    place: &str,
    is_meant: &dyn Fn(TermPlace, &str) -> bool,
) -> Result<DisclosureFacts> {
    let document = DocumentFact { document_key: "example".into(), file: "example".into(), kind: "mixed".to_owned() };
    let mut facts = DisclosureFacts {
        disclosure_key: "example".to_owned(),
        region_code: example.region.clone(),
        fiscal_year: Some(example.year),
        level: example.level.or(Level::Department),
        documents: vec![document],
        ..DisclosureFacts::default()
    };
    let mut places = Places::default();
    for row in rows.iter().filter(|row| is_meant(whose(row), unit_of(row))) {
        match row {
            Row::Table(table, state, notes) => {
                facts.report_tables.push(report_table(&mut places, table, state, notes));
            }
            Row::Number(number) => match number.term.kinds.as_slice() {
                [TermKind::Figure(figure)] => {
                    if !facts.report_tables.iter().any(|table| table.report_table == figure.table) {
                        facts.report_tables.push(report_table(&mut places, &figure.table, "data", ""));
                    }
                    facts.figures.push(figure_fact(&mut places, number, figure, place)?);
                }
                [TermKind::Claim(claim)] => {
                    let fact = claim_fact(facts.claims.len() as u32, &facts.claims, number, claim, example, place)?;
                    facts.claims.push(fact);
                }
                _ => return Err(unreadable(&number.term.written, place, "a row names one figure or one claim")),
            },
        }
    }
    Ok(facts)
}

fn report_table(places: &mut Places, table: &str, state: &str, notes: &str) -> ReportTableFact {
    let sheet_number = place_in(&mut places.sheets, table.to_owned());
    ReportTableFact {
        sheet_number,
        sheet: table.to_owned(),
        report_table: table.to_owned(),
        title: table.to_owned(),
        state: state.to_owned(),
        notes: notes.to_owned(),
        ..ReportTableFact::default()
    }
}

/// Value, unit, kind, yuan and half unit of what is printed.
fn measured(
    number: &Number,
    usual_unit: &str,
    place: &str,
) -> Result<(Decimal, String, ValueKind, Option<Decimal>, Decimal)> {
    let printed = parse_printed(&number.printed).map_err(|_| {
        unreadable(&format!("{} {}", number.term.written, number.printed), place, "the value is no number")
    })?;
    let unit = if number.unit.is_empty() { usual_unit } else { &number.unit };
    let factor = Unit::from_printed(unit).yuan_factor();
    let kind = match unit {
        _ if factor.is_some() => ValueKind::Money,
        "%" | "百分点" => ValueKind::Percent,
        "" => ValueKind::Other,
        _ => ValueKind::Count,
    };
    let half = half_unit(printed.decimals) * factor.unwrap_or(Decimal::ONE);
    Ok((printed.value, unit.to_owned(), kind, factor.map(|factor| printed.value * factor), half))
}

fn figure_fact(places: &mut Places, number: &Number, term: &FigureTerm, place: &str) -> Result<FigureFact> {
    let key = match &term.row {
        RowChoice::Keys(keys) => keys.concat(),
        RowChoice::Detail => "detail".to_owned(),
        RowChoice::Bound | RowChoice::Level(_) => {
            return Err(unreadable(
                &number.term.written,
                place,
                "a row of an example names its row: [total], [2010601], [detail]",
            ));
        }
    };
    let text = |part: &Option<String>, usual: &str| part.as_deref().unwrap_or(usual).to_owned();
    let is_income = key.starts_with("income.");
    let component = text(&term.component, "total");
    let phase = text(&term.phase, "final_account");
    let fund = text(&term.fund, "all");
    let flow = text(&term.flow, if is_income { "income" } else { "expenditure" });
    let (value, unit, value_kind, amount_yuan, half) = measured(number, "万元", place)?;
    let sheet_number = place_in(&mut places.sheets, term.table.clone());
    let row_number = place_in(&mut places.rows, (term.table.clone(), format!("{key} {}", number.more("row"))));
    let column_number =
        place_in(&mut places.columns, (term.table.clone(), format!("{component} {phase} {fund} {flow}")));
    let is_code = key.bytes().all(|byte| byte.is_ascii_digit());
    let is_economic = is_code && key.starts_with('3');
    let is_total = key.ends_with("total");
    let role = match number.more("role") {
        "" if is_total => "total",
        "" => "detail",
        role => role,
    };
    let coded = |wanted: bool| if wanted { Text::from(key.as_str()) } else { Text::default() };
    Ok(FigureFact {
        document: 0,
        sheet_number,
        sheet: term.table.as_str().into(),
        cell: CellReference::new(row_number, column_number).to_string().into(),
        row_number,
        column_number,
        report_table: term.table.as_str().into(),
        side: if is_income { "收入" } else { "" }.into(),
        component: component.into(),
        phase: phase.into(),
        fund: fund.into(),
        flow: flow.into(),
        row_role: role.into(),
        line: coded(!is_code && key != "detail"),
        function_code: coded(is_code && !is_economic),
        economic_code: coded(is_economic),
        row_label: key.as_str().into(),
        row_name: key.as_str().into(),
        parent_label: Text::default(),
        header_path: Text::default(),
        printed: number.printed.as_str().into(),
        value,
        unit: unit.into(),
        value_kind,
        amount_yuan,
        half_unit: half,
        reading_score: None,
    })
}

fn claim_fact(
    at: u32,
    before: &[ClaimFact],
    number: &Number,
    term: &ClaimTerm,
    example: &Example,
    place: &str,
) -> Result<ClaimFact> {
    let item = term.items.concat();
    let measure = term.measure.clone().unwrap_or_else(|| "final_account".to_owned());
    let usual_unit = if measure.ends_with("_percent") { "%" } else { "万元" };
    let (value, unit, value_kind, amount_yuan, half_unit) = measured(number, usual_unit, place)?;
    let is_code = !item.is_empty() && item.bytes().all(|byte| byte.is_ascii_digit());
    let is_economic = is_code && item.starts_with('3');
    let paragraph: u32 = number.more("p").parse().unwrap_or(1);
    let sentence = format!("{paragraph}.{}", number.more("s"));
    let name = if number.more("item").is_empty() { item.as_str() } else { number.more("item") };
    let section = term.section.clone().unwrap_or_default();
    // The whole a part belongs to is the count of that item before it.
    let whole = before.iter().rev().find(|claim| claim.item_code.as_str() == number.more("part"));
    let part_of = whole.map_or_else(String::new, |whole| format!("{}:{}", whole.line, whole.char_start));
    let coded = |wanted: bool| if wanted { Text::from(item.as_str()) } else { Text::default() };
    let kind = match number.more("kind") {
        "" => ClaimKind::Number,
        word => {
            ClaimKind::parse(word).ok_or_else(|| unreadable(&number.term.written, place, "no claim is of that kind"))?
        }
    };
    Ok(ClaimFact {
        claim_key: format!("example/{paragraph}:{}/1", at * 10).into(),
        document: 0,
        line: paragraph,
        char_start: at * 10,
        char_end: at * 10 + 5,
        printed: number.printed.trim_start_matches('-').into(),
        value,
        unit: unit.into(),
        value_kind,
        amount_yuan,
        half_unit,
        reading_score: None,
        section: section.as_str().into(),
        section_path: section.as_str().into(),
        item: name.into(),
        item_printed: name.into(),
        line_code: coded(!is_code),
        function_code: coded(is_code && !is_economic),
        economic_code: coded(is_economic),
        item_path: number.more("path").into(),
        measure: measure.as_str().into(),
        basis: number.more("basis").into(),
        fund: term.fund.as_deref().unwrap_or_default().into(),
        stated_year: (term.year != 0).then_some(example.year + term.year),
        kind,
        sentence: sentence.into(),
        reason: number.more("reason").into(),
        reason_opening: Text::default(),
        item_code: item.as_str().into(),
        basis_code: number.more("of").into(),
        basis_fund: number.more("of_fund").into(),
        section_group: section.as_str().into(),
        paragraph,
        sentence_offset: 0,
        part_of: part_of.into(),
        said: number.more("said").into(),
        listed: Text::default(),
    })
}
