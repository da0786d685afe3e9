//! Random workbooks that do not show what they store, in nine formats: what a reader of them sees is read, what is not
//! read is told, and nobody is blamed for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use juesuan::inner::decode::{Document, Limits, decode};
use juesuan::inner::extract::table::{Layouts, TableReading, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::normalise::{ClassNames, Units, UsualDecimals, normalise_figure};
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::{Finding, parse_printed};
use juesuan_corpus::workbook_variants::{OddVariant, odd_variant};

use crate::common::{juesuan, rows, run, text};

/// What stands in a cell: sheet and cell, value and unit.
type Seen = BTreeMap<(String, String), String>;

fn number(text: &str) -> String {
    parse_printed(text).map_or_else(|_| "-".to_owned(), |found| found.value.normalize().to_string())
}

fn expected(variant: &OddVariant) -> Seen {
    let with_value = variant.truth.iter().filter(|row| number(&row.value) != "-");
    with_value
        .map(|row| ((row.sheet.clone(), row.cell.clone()), format!("{} {}", number(&row.value), row.unit)))
        .collect()
}

/// What differs, one line for the first of a workbook and one with their number.
fn differences(variant: &OddVariant, mut found: Seen) -> Vec<String> {
    let mut wrong = Vec::new();
    for (place, value) in expected(variant) {
        let got = found.remove(&place);
        if got.as_ref() != Some(&value) {
            wrong.push(format!("{} {}!{}: {value}, got {got:?}", variant.file_name, place.0, place.1));
        }
    }
    let no_value: BTreeSet<(&str, &str)> =
        variant.truth.iter().map(|row| (row.sheet.as_str(), row.cell.as_str())).collect();
    let unseen = found.keys().filter(|(sheet, cell)| !no_value.contains(&(sheet.as_str(), cell.as_str())));
    wrong.extend(unseen.map(|(sheet, cell)| format!("{} {sheet}!{cell}: not seen by anybody", variant.file_name)));
    if wrong.len() > 2 {
        let all = wrong.len();
        wrong.truncate(2);
        wrong.push(format!("{}: {all} in all", variant.file_name));
    }
    wrong
}

/// The document as the program reads it: each publisher's sheets by themselves.
fn parts(variant: &OddVariant) -> Vec<Document> {
    let whole = decode(&variant.bytes, &variant.file_name, &Limits::default())
        .unwrap_or_else(|failure| panic!("{}: {failure}", variant.file_name));
    let whose: BTreeSet<(&str, i32)> =
        variant.publishers.iter().map(|publisher| (publisher.department.as_str(), publisher.year)).collect();
    if whose.is_empty() {
        return vec![whole];
    }
    let part = |(department, year): (&str, i32)| {
        let mut part = whole.clone();
        let own = variant
            .publishers
            .iter()
            .filter(|publisher| (publisher.department.as_str(), publisher.year) == (department, year));
        let sheets: BTreeSet<&str> = own.map(|publisher| publisher.sheet.as_str()).collect();
        part.grids.retain(|grid| sheets.contains(grid.sheet.as_str()));
        part
    };
    whose.into_iter().map(part).collect()
}

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// `JUESUAN_ODD=2000 JUESUAN_ODD_FROM=1` measures more of them; a fast slice is run by default.
#[test]
fn random_workbooks_that_do_not_show_what_they_store() {
    let (from, count) = (setting("JUESUAN_ODD_FROM", 1), setting("JUESUAN_ODD", 90));
    let project = Project::built_in();
    let layouts = Layouts::load(&project).unwrap();
    let (classes, units) = (ClassNames::load(&project).unwrap(), Units::load(&project).unwrap());
    let (mut wrong, mut cells, mut hidden_numbers) = (Vec::new(), 0, 0);
    let mut to_tell: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in from..from + count {
        let variant = odd_variant(seed).unwrap();
        let mut seen = Seen::new();
        let mut findings: Vec<Finding> = Vec::new();
        for part in parts(&variant) {
            let reading: TableReading = read(&part, &layouts, &PlaceHint::default());
            findings.extend(reading.findings);
            let usual = UsualDecimals::of(&reading.figures);
            for raw in reading.figures {
                let place = (raw.sheet.clone(), raw.cell.to_string());
                let (figure, finding) = normalise_figure("doc", raw, &classes, &units, &usual);
                findings.extend(finding);
                seen.extend(figure.map(|figure| (place, format!("{} {}", figure.value.normalize(), figure.unit))));
            }
        }
        wrong.extend(differences(&variant, seen));
        for (check, count) in [
            ("cell.formula_without_value", variant.formulas),
            ("cell.struck_out", variant.struck),
            ("cell.merged_amount", variant.shared),
        ] {
            *to_tell.entry(check).or_default() += count;
            let told = findings.iter().filter(|finding| finding.check_id == check).count();
            if told != count {
                wrong.push(format!("{}: {check} of {count} cells, told of {told}", variant.file_name));
            }
        }
        cells += variant.truth.len();
        hidden_numbers += variant.hidden;
    }
    println!("{count} workbooks, {cells} figures, {hidden_numbers} hidden numbers, {to_tell:?}; wrong {}", wrong.len());
    assert!(hidden_numbers > 50 && to_tell.values().all(|count| *count >= 10), "{hidden_numbers} {to_tell:?}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.iter().take(60).cloned().collect::<Vec<_>>().join("\n"));
}

/// Figures by file, and whose they are by file and sheet, as the program exports them.
#[derive(Default)]
struct Exported {
    seen: BTreeMap<String, Seen>,
    whose: BTreeMap<(String, String), BTreeSet<(String, String)>>,
    /// Check, file and what it is about, of what the publisher is blamed for.
    blame: BTreeSet<(String, String, String)>,
    /// Files of several publishers that could not be divided.
    refused: BTreeSet<String>,
}

fn exported(variants: &[OddVariant], bytes: impl Fn(&OddVariant) -> &[u8], out: &Path) -> Exported {
    let source = out.join("source");
    fs::create_dir_all(&source).unwrap();
    for variant in variants {
        fs::write(source.join(&variant.file_name), bytes(variant)).unwrap();
    }
    let ended = run(&source, out, &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let mut all = Exported::default();
    for row in rows(&out.join("extracts/figures.csv")) {
        let place = (row["sheet"].clone(), row["cell"].clone());
        let value = format!("{} {}", number(&row["value"]), row["unit"]);
        all.seen.entry(row["file"].clone()).or_default().insert(place, value);
        let whose = (row["department"].clone(), row["fiscal_year"].clone());
        all.whose.entry((row["file"].clone(), row["sheet"].clone())).or_default().insert(whose);
    }
    for row in rows(&out.join("extracts/findings.csv")) {
        if row["check_id"] == "extract.several_publishers" {
            all.refused.insert(row["file"].clone());
        }
        if row["cause"] == "disclosure" && row["severity"] != "info" {
            // Not the place: of several cells that could be mended one or another may be named.
            let about = row["message"].rsplit_once(": ").map_or("", |(about, _)| about);
            all.blame.insert((row["check_id"].clone(), row["file"].clone(), about.to_owned()));
        }
    }
    all
}

/// Broken identities that name a number whose cell has a finding of our reading (a check that could not be made is none), and
/// how many rest on any numbers at all.
const RESTS_ON_A_DOUBT: &str = "
WITH operand AS (
    SELECT check_id, document_key, unnest(string_split(operands, ' ')) AS part
    FROM audit.check_evaluation WHERE outcome = 'broken'),
placed AS (
    SELECT check_id, CASE WHEN starts_with(rest, 'doc_') THEN rest ELSE document_key || '/' || rest END AS figure_key
    FROM (SELECT check_id, document_key, regexp_replace(part, '^([lr][+-]|%)', '') AS rest FROM operand))
SELECT count(*) AS numbers, count(f.place) AS doubted
FROM placed p JOIN core.fact_amount a USING (figure_key)
LEFT JOIN core.fact_finding f
    ON f.document_key = a.document_key AND f.place = a.sheet || '!' || a.cell AND f.cause = 'extraction'
    AND contains(f.check_id, '.')";

/// `JUESUAN_ODD_RUN=400 JUESUAN_ODD_FROM=1` runs more of them.
#[test]
fn odd_workbooks_are_loaded_as_they_are_seen_and_blame_nobody() {
    let (from, count) = (setting("JUESUAN_ODD_FROM", 1), setting("JUESUAN_ODD_RUN", 45));
    let variants: Vec<OddVariant> = (from..from + count).map(|seed| odd_variant(seed).unwrap()).collect();
    let (odd, plain) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut found = exported(&variants, |variant| &variant.bytes, odd.path());
    let twins = exported(&variants, |variant| &variant.plain, plain.path());

    // A book that could not be divided is refused by name: its tables take no unit from each other.
    let divisible = variants.iter().filter(|variant| !found.refused.contains(&variant.file_name));
    let wrong: Vec<String> = divisible
        .flat_map(|variant| differences(variant, found.seen.remove(&variant.file_name).unwrap_or_default()))
        .collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));

    let mut divided = 0;
    for (variant, publisher) in
        variants.iter().flat_map(|variant| variant.publishers.iter().map(move |one| (variant, one)))
    {
        let Some(whose) = found.whose.get(&(variant.file_name.clone(), publisher.sheet.clone())) else { continue };
        // The name without the provinces above it.
        let says = |(department, year): &(String, String)| {
            publisher.department.ends_with(department.as_str()) && *year == publisher.year.to_string()
        };
        let is_refused = found.refused.contains(&variant.file_name);
        assert!(is_refused || whose.len() == 1 && whose.iter().all(says), "{publisher:?} {whose:?}");
        divided += 1;
    }
    assert!(divided >= 20, "{divided} sheets of several publishers");

    let blamed: Vec<_> = found.blame.difference(&twins.blame).collect();
    assert!(blamed.is_empty(), "{} are blamed for what was not read\n{blamed:#?}", blamed.len());

    let asked = juesuan()
        .args(["query", RESTS_ON_A_DOUBT, "--format", "csv", "--warehouse"])
        .arg(odd.path().join("w.duckdb"))
        .output()
        .unwrap();
    let answer = text(&asked.stdout);
    let counts: Vec<u64> =
        answer.lines().nth(1).unwrap_or("").split(',').filter_map(|count| count.parse().ok()).collect();
    assert!(matches!(counts[..], [numbers, 0] if numbers > 0), "{answer}{}", text(&asked.stderr));
}
