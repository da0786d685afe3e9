//! The truth of a random workbook is what stands in its cells.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use calamine::{Data, Ods, Reader, Xls, XlsOptions, Xlsb, Xlsx};
use juesuan_corpus::workbook_variants::{FileFormat, Variant, variant};

type Cells = HashMap<(String, String), String>;

fn a1(row: u32, column: u32) -> String {
    juesuan_corpus::write::Position::new(row, column).a1()
}

fn collect<R: Reader<Cursor<Vec<u8>>>>(mut file: R) -> Cells
where
    R::Error: std::fmt::Debug,
{
    let mut cells = Cells::new();
    for name in file.sheet_names() {
        let range = file.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let text = match value {
                Data::Float(number) => format!("{number:.4}"),
                other => other.to_string(),
            };
            cells.insert((name.clone(), a1(top + row as u32, left + column as u32)), text);
        }
    }
    cells
}

fn cells(one: &Variant) -> Option<Cells> {
    let bytes = Cursor::new(one.bytes.clone());
    let forced = |page| {
        let mut options = XlsOptions::default();
        options.force_codepage = Some(page);
        options
    };
    match one.format {
        FileFormat::Xls | FileFormat::Et => Some(collect(Xls::new_with_options(bytes, forced(1200)).unwrap())),
        FileFormat::Xls5 => Some(collect(Xls::new_with_options(bytes, forced(936)).unwrap())),
        FileFormat::Xlsx | FileFormat::Xlsm | FileFormat::XlsxAsXls => Some(collect(Xlsx::new(bytes).unwrap())),
        FileFormat::Xlsb => Some(collect(Xlsb::new(bytes).unwrap())),
        FileFormat::Ods => Some(collect(Ods::new(bytes).unwrap())),
        FileFormat::Csv | FileFormat::Tsv | FileFormat::HtmlAsXls => None,
    }
}

fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | '．' | '，' | '－' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
            '−' => '-',
            other => other,
        })
        .filter(|c| *c != ',' && *c != ' ')
        .collect()
}

fn number(text: &str) -> Option<f64> {
    let text = ascii(text);
    let text = text.trim_end_matches("万元").trim_end_matches('元');
    match text.strip_prefix('（').and_then(|inner| inner.strip_suffix('）')) {
        Some(inner) => inner.parse::<f64>().ok().map(|value| -value),
        None => text.parse().ok(),
    }
}

#[test]
fn every_truth_row_is_in_its_cell() {
    let mut seen = (0, HashSet::new(), HashSet::new());
    for seed in 1..=400 {
        let one = variant(seed).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        seen.1.insert(one.format);
        seen.2.extend(one.families.iter().copied());
        let places: HashSet<_> = one.truth.iter().map(|row| (&row.sheet, &row.cell)).collect();
        assert_eq!(places.len(), one.truth.len(), "seed {seed}: two truths for one cell");
        let Some(cells) = cells(&one) else { continue };
        for row in &one.truth {
            let text =
                cells.get(&(row.sheet.clone(), row.cell.clone())).unwrap_or_else(|| panic!("seed {seed}: {row:?}"));
            match row.value.parse::<f64>() {
                Ok(value) => assert!((number(text).unwrap() - value).abs() < 1e-6, "seed {seed}: {text} {row:?}"),
                Err(_) if row.value.starts_with("20") => {
                    assert!(text.contains("45291") || text.contains("2023"), "{text}")
                }
                Err(_) => assert_eq!(number(text), None, "seed {seed}: {text} {row:?}"),
            }
            seen.0 += 1;
        }
    }
    assert!(
        seen.0 > 20_000 && seen.1.len() == 11 && seen.2.len() == 37,
        "{} {} {}",
        seen.0,
        seen.1.len(),
        seen.2.len()
    );
}

#[test]
fn the_same_seed_gives_the_same_workbook() {
    for seed in 1..30 {
        let (a, b) = (variant(seed).unwrap(), variant(seed).unwrap());
        assert!(a.bytes == b.bytes && a.truth == b.truth && a.file_name == b.file_name);
    }
}
