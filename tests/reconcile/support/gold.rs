//! Facts of real disclosures, straight from their transcription (`../shared/real`), for measuring reconciliation alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use juesuan::inner::normalise::ValueKind;
use juesuan::inner::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
use juesuan::inner::reconcile::facts::operands::{ClaimFact, FigureFact, IndicatorFact, ReasonFact, ReportTableFact};
use juesuan::inner::reconcile::facts::text::Text;
use juesuan::inner::vocabulary::{CellReference, ClaimKind, Level, Unit, half_unit, parse_printed};
use rust_decimal::Decimal;

type Row = BTreeMap<String, String>;

pub fn rows(path: &Path) -> Vec<Row> {
    let Ok(mut reader) = csv::Reader::from_path(path) else { return Vec::new() };
    let header = reader.headers().unwrap().clone();
    let of =
        |record: csv::StringRecord| header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| of(record.unwrap())).collect()
}

fn reference(name: &str) -> Vec<Row> {
    rows(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("pipelines/reference/{name}.csv")))
}

pub fn disclosure(folder: &Path, fiscal_year: i32) -> DisclosureFacts {
    let mut facts = DisclosureFacts {
        disclosure_key: folder.file_name().unwrap().to_string_lossy().into_owned(),
        department: "transcribed".to_owned(),
        fiscal_year: Some(fiscal_year),
        level: Level::Department,
        documents: vec![
            DocumentFact { document_key: "doc_tables".into(), file: "tables.xlsx".into(), kind: "workbook".into() },
            DocumentFact { document_key: "doc_text".into(), file: "narrative.txt".into(), kind: "text".into() },
        ],
        ..DisclosureFacts::default()
    };
    tables(folder, &mut facts);
    claims(folder, &mut facts);
    mark_parts(&mut facts.claims);
    facts
}

fn tables(folder: &Path, facts: &mut DisclosureFacts) {
    let titles: BTreeMap<String, String> = reference("report_tables")
        .into_iter()
        .map(|row| (row["title_zh"].clone(), row["report_table"].clone()))
        .collect();
    let lines = reference("lines");
    let classes = class_codes();
    let mut sheets: Vec<String> = Vec::new();
    for row in rows(&folder.join("gold_tables.csv")) {
        if !sheets.contains(&row["sheet"]) {
            sheets.push(row["sheet"].clone());
        }
        let sheet_number = sheets.iter().position(|sheet| *sheet == row["sheet"]).unwrap() as u32 + 1;
        let table = titles[&row["table"]].clone();
        let name = row["row_label_norm"].clone();
        let name = if name.is_empty() { row["row_label"].clone() } else { name };
        let cell = CellReference::parse(&row["cell"]).unwrap();
        let printed = parse_printed(&row["printed"]).unwrap();
        let (component, phase, fund, flow, path_line) = column(&table, &row["column_path"], &row["side"]);
        let code = &row["row_code"];
        let economic = table == "general_budget_basic";
        let function_code = if !code.is_empty() && !economic {
            code.clone()
        } else if row["side"] == "支出" {
            classes.get(&name).cloned().unwrap_or_default()
        } else {
            String::new()
        };
        let side = if row["side"].is_empty() {
            "total"
        } else if row["side"] == "收入" {
            "income"
        } else {
            "expenditure"
        };
        let line = if !path_line.is_empty() {
            path_line
        } else if !code.is_empty() || !function_code.is_empty() {
            String::new()
        } else if name == "总计" {
            format!("{side}.grand_total")
        } else if name == "合计" {
            "total".to_owned()
        } else {
            lines
                .iter()
                .find(|known| known["name_zh"] == name || known["aliases"].split('|').any(|alias| alias == name))
                .map_or_else(String::new, |known| known["line"].clone())
        };
        let is_opening = row["parent_row"].contains("年初") || line.contains("opening");
        let flow = if is_opening {
            "opening_balance".to_owned()
        } else if line.contains("closing") {
            "closing_balance".to_owned()
        } else {
            flow
        };
        facts.figures.push(FigureFact {
            reading_score: None,
            document: 0,
            sheet_number,
            sheet: row["sheet"].as_str().into(),
            cell: row["cell"].as_str().into(),
            row_number: cell.row + 1,
            column_number: cell.column + 1,
            report_table: table.as_str().into(),
            side: row["side"].as_str().into(),
            component: component.into(),
            phase: phase.into(),
            fund: fund.into(),
            flow: flow.into(),
            row_role: if line.contains("total") { "total" } else { "detail" }.into(),
            line: line.into(),
            function_code: function_code.into(),
            economic_code: if economic { code.as_str().into() } else { Text::default() },
            row_label: row["row_label"].as_str().into(),
            row_name: name.into(),
            parent_label: row["parent_row"].as_str().into(),
            header_path: row["column_path"].as_str().into(),
            printed: row["printed"].as_str().into(),
            value: printed.value,
            unit: row["unit"].as_str().into(),
            value_kind: ValueKind::Money,
            amount_yuan: Some(printed.value * Decimal::from(10_000)),
            half_unit: half_unit(printed.decimals) * Decimal::from(10_000),
        });
        if !facts.report_tables.iter().any(|known| known.report_table == table) {
            facts.report_tables.push(ReportTableFact {
                document: 0,
                sheet_number,
                sheet: row["sheet"].clone(),
                report_table: table,
                title: row["table"].clone(),
                state: "data".to_owned(),
                notes: String::new(),
            });
        }
    }
    // Tables of the set without a printed amount say in a note that they are empty.
    if !facts.figures.is_empty() {
        for (table, title) in [("government_fund", "政府性基金表"), ("state_capital_income_expenditure", "国资表")]
        {
            facts.report_tables.push(ReportTableFact {
                report_table: table.to_owned(),
                title: title.to_owned(),
                state: "declared_empty".to_owned(),
                sheet: title.to_owned(),
                sheet_number: 90,
                ..ReportTableFact::default()
            });
        }
    }
}

fn column(table: &str, path: &str, side: &str) -> (String, String, String, String, String) {
    let own = |text: &str| text.to_owned();
    let fund = match table {
        "fiscal_summary" if side == "支出" && path.ends_with("合计") => "fiscal",
        "fiscal_summary" if path.ends_with("一般公共预算财政拨款") => "general_public_budget",
        "fiscal_summary" | "three_public" => "fiscal",
        "general_budget_expenditure" | "general_budget_basic" => "general_public_budget",
        _ => "all",
    };
    let component = match path.rsplit('/').next().unwrap() {
        "基本支出" => "basic",
        "项目支出" => "project",
        "财政拨款收入" => "fiscal_appropriation",
        "其他收入" => "other",
        _ => "total",
    };
    let phase = if path.ends_with("/预算数") { "initial_budget" } else { "final_account" };
    let flow = if table == "income" || side == "收入" { "income" } else { "expenditure" };
    let line = match (table, path) {
        ("three_public", path) if path.contains("公务接待费") => "three_public.reception",
        ("three_public", path) if path.contains("合计") => "three_public.total",
        _ => "",
    };
    (own(component), own(phase), own(fund), own(flow), own(line))
}

/// Counts after 其中 are parts of the count before it, to the end of the clause or the next 其中.
fn mark_parts(claims: &mut [ClaimFact]) {
    let place = |text: &str, byte: usize| text[..byte].chars().count();
    let sentences: Vec<(u32, Text)> = claims.iter().map(|claim| (claim.line, claim.sentence.clone())).collect();
    for at in 0..claims.len() {
        let (line, sentence) = &sentences[at];
        let Some(first) = sentences.iter().position(|other| other == &sentences[at]) else { continue };
        let Some(byte) = sentence.find(claims[first].printed.as_str()) else { continue };
        let start = claims[first].char_start as usize;
        let own = byte + sentence[byte..].char_indices().nth(claims[at].char_start as usize - start).map_or(0, |c| c.0);
        let Some(opening) = sentence[..own].rfind("其中") else { continue };
        if claims[at].value_kind != ValueKind::Count || sentence[opening..own].contains(['；', ';', '。']) {
            continue;
        }
        let end = (start + place(sentence, opening)).saturating_sub(place(sentence, byte));
        let whole = claims.iter().rfind(|claim| {
            claim.line == *line
                && claim.sentence == *sentence
                && claim.value_kind == ValueKind::Count
                && (claim.char_start as usize) < end
        });
        if let Some(part_of) = whole.map(|whole| format!("{line}:{}", whole.char_start)) {
            claims[at].part_of = part_of.into();
        }
    }
}

/// The names a sentence lists right after this number.
fn listed<'t>(sentence: &'t str, printed: &str) -> &'t str {
    let after = sentence.split_once(printed).and_then(|(_, after)| after.split_once("主要包括"));
    let names = after.map_or("", |(_, names)| names.trim_start_matches(['：', ':']));
    names.split(['；', ';', '。']).next().unwrap_or_default()
}

fn claims(folder: &Path, facts: &mut DisclosureFacts) {
    let text = fs::read_to_string(folder.join("narrative.txt")).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    let classes = class_codes();
    let explained =
        |line: u32| (line..line + 3).any(|at| lines.get(at as usize - 1).is_some_and(|text| text.contains("原因")));
    for row in rows(&folder.join("gold_narrative.csv")) {
        let line: u32 = row["line_no"].parse().unwrap();
        let start: u32 = row["char_start"].parse().unwrap();
        if row["note"].contains("指标性质") {
            let nature = row["note"].rsplit("指标性质").next().unwrap().to_owned();
            facts.indicators.push(IndicatorFact {
                document: 1,
                line,
                name: row["item"].clone(),
                nature,
                target: row["printed"].clone(),
                unit: row["unit"].clone(),
            });
        }
        let kind = match row["kind"].as_str() {
            "figure" | "table" => "number",
            "hanzi" => "chinese_numeral",
            "none" => "nil",
            "flat" => "flat",
            _ => continue,
        };
        let kind = if row["note"].contains("约数") { "approximate" } else { kind };
        let value: Decimal = row["value"].parse().unwrap();
        let decimals = parse_printed(row["printed"].trim_end_matches('%')).map_or(0, |printed| printed.decimals);
        let is_money = matches!(kind, "flat" | "nil") || Unit::from_printed(&row["unit"]).is_money();
        let unit = if matches!(kind, "flat" | "nil") { "万元".to_owned() } else { row["unit"].clone() };
        let factor = Unit::from_printed(&unit).yuan_factor().unwrap_or(Decimal::ONE);
        let value_kind = match unit.as_str() {
            "%" => ValueKind::Percent,
            "平方米" | "分" | "年" => ValueKind::Other,
            _ if is_money => ValueKind::Money,
            _ => ValueKind::Count,
        };
        let code = if row["code"].is_empty() {
            classes.get(&row["item"]).cloned().unwrap_or_default()
        } else {
            row["code"].clone()
        };
        let is_economic = code.starts_with('3');
        facts.claims.push(ClaimFact {
            reading_score: None,
            claim_key: format!("text/{line}:{start}/1").into(),
            document: 1,
            line,
            char_start: start,
            char_end: start + row["printed"].chars().count() as u32,
            printed: row["printed"].as_str().into(),
            value,
            unit: unit.into(),
            value_kind,
            amount_yuan: is_money.then(|| value * factor),
            half_unit: half_unit(decimals) * factor,
            section: row["section"].as_str().into(),
            section_path: row["section"].as_str().into(),
            item: row["item"].as_str().into(),
            item_printed: row["item_printed"].as_str().into(),
            line_code: Text::default(),
            function_code: if is_economic { Text::default() } else { code.as_str().into() },
            economic_code: if is_economic { code.as_str().into() } else { Text::default() },
            item_path: row["path"].as_str().into(),
            measure: row["measure"].as_str().into(),
            basis: row["basis"].as_str().into(),
            fund: Text::default(),
            stated_year: row["year"].parse().ok(),
            kind: ClaimKind::parse(kind).unwrap(),
            sentence: row["sentence"].as_str().into(),
            reason: if kind != "flat" && explained(line) { "stated".into() } else { Text::default() },
            reason_opening: Text::default(),
            item_code: Text::default(),
            basis_code: Text::default(),
            basis_fund: Text::default(),
            section_group: Text::default(),
            paragraph: line,
            sentence_offset: 0,
            part_of: Text::default(),
            said: Text::default(),
            listed: listed(&row["sentence"], &row["printed"]).into(),
        });
        if kind == "flat" {
            for at in [line, line + 1] {
                let after = lines.get(at as usize - 1).and_then(|text| text.split("原因：").nth(1));
                if after.is_some_and(|reason| !reason.trim().is_empty())
                    && lines[line as usize - 1].ends_with("主要原因：")
                {
                    facts.reasons.push(ReasonFact { document: 1, line: at, text: after.unwrap().to_owned() });
                }
            }
            if lines[line as usize - 1].contains("持平。主要原因") {
                facts.reasons.push(ReasonFact { document: 1, line, text: "stated".to_owned() });
            }
        }
    }
}

fn class_codes() -> BTreeMap<String, String> {
    let classes = reference("function_codes").into_iter().filter(|row| row["level"] == "1");
    classes.map(|row| (row["name"].clone(), row["code"].clone())).collect()
}
