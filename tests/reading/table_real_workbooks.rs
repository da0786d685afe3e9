//! Real workbooks with ground truth, where they are at hand: beside the checkout, never in it.

use std::collections::BTreeMap;

use juesuan::inner::decode::{Limits, decode};
use juesuan::inner::extract::table::{Layouts, RawFigure, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::parse_printed;
use unicode_normalization::UnicodeNormalization;

fn compact(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !"\"'“”‘’《》".contains(*c)).collect()
}

fn titles() -> BTreeMap<String, String> {
    let text = Project::built_in().require("pipelines/reference/report_tables.csv").unwrap().text.clone();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[1].to_owned())).collect()
}

fn misses(figures: &[RawFigure], gold: &str) -> (usize, Vec<String>) {
    let titles = titles();
    let mut by_cell: BTreeMap<(String, String), &RawFigure> =
        figures.iter().map(|figure| ((figure.sheet.clone(), figure.cell.to_string()), figure)).collect();
    let mut misses = Vec::new();
    let mut total = 0;
    for row in csv::Reader::from_reader(gold.as_bytes()).deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        total += 1;
        let place = (row["sheet"].clone(), row["cell"].clone());
        let Some(figure) = by_cell.remove(&place) else {
            misses.push(format!("{place:?} {} not found", row["row_label"]));
            continue;
        };
        let printed = figure.value.printed();
        let same_value = parse_printed(&printed).map(|p| p.value) == parse_printed(&row["value"]).map(|p| p.value);
        let same_name = compact(&titles[&figure.report_table]) == compact(&row["table"])
            && figure.side == row["side"]
            && (row["row_code"].is_empty() || figure.code.as_deref() == Some(row["row_code"].as_str()))
            && (row["row_label"].is_empty() || compact(&figure.row_label) == compact(&row["row_label"]))
            && (row["parent_row"].is_empty()
                || figure.parent_label.as_deref().is_some_and(|parent| compact(parent) == compact(&row["parent_row"])));
        if !same_value || figure.unit != row["unit"] || !same_name {
            misses.push(format!("{place:?} gold {row:?} got {printed} {figure:?}"));
        }
    }
    misses.extend(by_cell.keys().map(|place| format!("{place:?} extra")));
    (total, misses)
}

#[test]
#[cfg_attr(not(real_documents), ignore = "real disclosures are not beside the checkout")]
fn every_printed_figure_is_found_valued_and_named() {
    let layouts = Layouts::load(&Project::built_in()).unwrap();
    let folder = crate::common::real_documents().join("putuo_czj_2024");
    let gold = std::fs::read_to_string(folder.join("gold_tables.csv")).unwrap();
    for name in ["tables.xls", "tables.xlsx"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let document = decode(&bytes, name, &Limits::default()).unwrap();
        let reading = read(&document, &layouts, &PlaceHint::default());
        let (total, misses) = misses(&reading.figures, &gold);
        assert!(misses.is_empty(), "{name}: {} of {total}\n{}", misses.len(), misses.join("\n"));
        println!("{name}: {total} figures, all found, valued and named");
    }
}
