//! Random workbooks whose truth is known: any table, any shape, any file format, any writing of numbers.
//! `JUESUAN_VARIANTS=2000 JUESUAN_VARIANTS_FROM=1` measures more of them; a fast slice is run by default.

use std::collections::{BTreeMap, HashMap};

use juesuan::inner::decode::{Limits, decode};
use juesuan::inner::extract::table::{Layouts, RawFigure, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::parse_printed;
use juesuan_corpus::truth::TruthRow;
use juesuan_corpus::workbook_variants::variant;
use unicode_normalization::UnicodeNormalization;

const SLICE: u64 = 150;

fn compact(text: &str) -> String {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace() && !"\"'“”‘’《》".contains(*c)).collect();
    juesuan_label(&plain)
}

/// Numbering is not part of a name.
fn juesuan_label(label: &str) -> String {
    let ordinals = "一二三四五六七八九十";
    let rest = label.trim_start_matches("其中:");
    match rest.split_once('、') {
        Some((first, name)) if !first.is_empty() && first.chars().all(|c| ordinals.contains(c)) => name.to_owned(),
        _ => rest.to_owned(),
    }
}

fn titles(project: &Project) -> HashMap<String, String> {
    let text = &project.require("pipelines/reference/report_tables.csv").unwrap().text;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), compact(&row[1]))).collect()
}

#[derive(Default)]
struct Score {
    total: usize,
    found: usize,
    valued: usize,
    named: usize,
    extra: usize,
    misses: Vec<String>,
}

fn number(text: &str) -> String {
    parse_printed(text).map_or_else(|_| "-".to_owned(), |printed| printed.value.normalize().to_string())
}

fn score(file: &str, truth: &[TruthRow], figures: &[RawFigure], titles: &HashMap<String, String>, score: &mut Score) {
    let mut by_cell: BTreeMap<(&str, String), &RawFigure> =
        figures.iter().map(|figure| ((figure.sheet.as_str(), figure.cell.to_string()), figure)).collect();
    for row in truth {
        score.total += 1;
        let place = format!("{file} {}!{} {} {} {}", row.sheet, row.cell, row.table, row.column_path, row.row_label);
        let Some(figure) = by_cell.remove(&(row.sheet.as_str(), row.cell.clone())) else {
            score.misses.push(format!("not found {place}"));
            continue;
        };
        score.found += 1;
        let printed = figure.value.printed();
        let bare = printed.trim().trim_end_matches(['元', '万', '个', '辆', '人', '次', '批', '台', '套']);
        if number(bare) != number(&row.value) || figure.unit != row.unit {
            score.misses.push(format!("value {place}: {} {} got {printed} {}", row.value, row.unit, figure.unit));
            continue;
        }
        score.valued += 1;
        let (expected, label) = (compact(&row.row_label), compact(&figure.row_label));
        let same_label =
            expected.is_empty() || (!label.is_empty() && (label.contains(&expected) || expected.contains(&label)));
        let same_code = row.row_code.is_empty() || figure.code.as_deref() == Some(row.row_code.as_str());
        if titles[&figure.report_table] == compact(&row.table) && figure.side == row.side && same_code && same_label {
            score.named += 1;
        } else {
            score.misses.push(format!(
                "name {place} code {} side {}: got {} {} {:?} {}",
                row.row_code, row.side, figure.report_table, figure.side, figure.code, figure.row_label
            ));
        }
    }
    score.extra += by_cell.len();
    score.misses.extend(by_cell.values().map(|figure| {
        format!(
            "extra {file} {}!{} {} {} {}",
            figure.sheet,
            figure.cell,
            figure.report_table,
            figure.row_label,
            figure.value.printed()
        )
    }));
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn every_figure_of_random_workbooks_is_found_valued_and_named() {
    let project = Project::built_in();
    let layouts = Layouts::load(&project).unwrap();
    let titles = titles(&project);
    let mut all = Score::default();
    let from = setting("JUESUAN_VARIANTS_FROM", 1);
    let count = setting("JUESUAN_VARIANTS", SLICE);
    let mut failed = 0;
    for seed in from..from + count {
        let variant = variant(seed).unwrap();
        let document = decode(&variant.bytes, &variant.file_name, &Limits::default())
            .unwrap_or_else(|failure| panic!("{}: {failure}", variant.file_name));
        let reading = read(&document, &layouts, &PlaceHint::default());
        let before = all.misses.len();
        score(&variant.file_name, &variant.truth, &reading.figures, &titles, &mut all);
        if all.misses.len() > before {
            failed += 1;
            all.misses.truncate(before + 6);
            for finding in reading.findings.iter().take(4) {
                all.misses.push(format!("    {} {} {}", finding.check_id, finding.place, finding.message));
            }
        }
    }
    println!(
        "{count} workbooks, {} figures: found {}, valued {}, named {}, extra {}; workbooks with a miss: {failed}",
        all.total, all.found, all.valued, all.named, all.extra
    );
    let shown: Vec<&str> = all.misses.iter().take(150).map(String::as_str).collect();
    assert!(all.misses.is_empty(), "{} workbooks with misses\n{}", failed, shown.join("\n"));
}
