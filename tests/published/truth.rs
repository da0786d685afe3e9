//! What a form gives, against what was written: rows of a table by name, wherever they stand.

use std::collections::{BTreeMap, BTreeSet};

use juesuan::inner::decode::{Limits, decode};
use juesuan::inner::extract::table::{Layouts, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::parse_printed;
use juesuan_corpus::disclosure::corpus::{Disclosure, department};
use unicode_normalization::UnicodeNormalization;

/// Disclosures of different regions, sets of tables, units and shapes.
pub fn disclosures(count: usize) -> Vec<Disclosure> {
    let all = (0..).flat_map(|index| department(7, index, false).into_iter().take(1));
    all.take(count).collect()
}

/// How many figures were written, how many of them came out with table, row and value, and the first that did not.
#[derive(Debug, Default)]
pub struct Score {
    pub written: usize,
    pub right: usize,
    pub extra: usize,
    pub first_miss: Option<String>,
    pub first_extra: Option<String>,
}

/// Reads the bytes and counts the disclosure's figures among what comes out.
pub fn score(disclosure: &Disclosure, bytes: &[u8], name: &str, project: &Project, layouts: &Layouts) -> Score {
    let document = decode(bytes, name, &Limits::default()).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let titles = titles(project);
    // The only row of a table may have no label: its header is one then.
    let rows = disclosure.rendered.truth.iter().filter(|row| row.row_label.is_empty());
    let unlabelled: BTreeSet<(String, String)> = rows.map(|row| (compact(&row.table), number(&row.value))).collect();
    for figure in read(&document, layouts, &PlaceHint::default()).figures {
        let table = titles.get(&figure.report_table).cloned().unwrap_or_default();
        let number = number(&figure.value.printed());
        let key = if unlabelled.contains(&(table.clone(), number.clone())) {
            key(&table, &figure.side, "", &number)
        } else {
            key(&table, &figure.side, &figure.row_label, &number)
        };
        *found.entry(key).or_default() += 1;
    }
    let mut score = Score::default();
    for row in &disclosure.rendered.truth {
        let number = number(&row.value);
        if number == "-" {
            continue;
        }
        score.written += 1;
        let key = key(&compact(&row.table), &row.side, &row.row_label, &number);
        match found.get_mut(&key).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                score.right += 1;
            }
            None => {
                score.first_miss.get_or_insert(format!("{name}: {}!{} {key}", row.sheet, row.cell));
            }
        }
    }
    score.first_extra = found.iter().find(|(key, left)| **left > 0 && !key.ends_with("|-")).map(|(key, _)| key.clone());
    score.extra = found.iter().filter(|(key, _)| !key.ends_with("|-")).map(|(_, left)| left).sum();
    score
}

fn key(table: &str, side: &str, label: &str, number: &str) -> String {
    format!("{table}|{side}|{}|{number}", compact(label))
}

fn compact(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !"\"'“”‘’《》".contains(*c)).collect()
}

fn number(text: &str) -> String {
    parse_printed(text).map_or_else(|_| "-".to_owned(), |printed| printed.value.normalize().to_string())
}

fn titles(project: &Project) -> BTreeMap<String, String> {
    let text = &project.require("pipelines/reference/report_tables.csv").unwrap().text;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), compact(&row[1]))).collect()
}
