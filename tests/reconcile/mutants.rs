//! One number of a consistent disclosure is damaged, or a line of them is moved: which damage is found, where, and by which
//! check. Changes that change nothing it says are found by none. The tables stand in `docs/check-mutants.md`, and a change of
//! any count in them is a change of the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use juesuan_corpus::disclosure::Form;
use juesuan_corpus::disclosure::corpus::{Disclosure, department};
use juesuan_corpus::harmless::{Harmless, change};
use juesuan_corpus::mutate::{Damage, damage_table, damage_text};
use juesuan_corpus::random::Chance;
use juesuan_corpus::shift::{Way, shift_table};

type Row = BTreeMap<String, String>;

const SEED: u64 = 77;
/// Regions of the generated departments; after them come the same regions with the next kind of department.
const REGIONS: usize = 48;
/// Forms on which each harmless change is made.
const FORMS_A_CHANGE: usize = 5;
const HEAD: &str = "# Damaged numbers and the checks that find them\n\n\
Generated (`UPDATE_DOCS=1` writes it again from the test `mutants`). Consistent disclosures of the ten official forms, a department each, with \
one number damaged or one line of numbers moved, in tables and in texts. Found: a finding of severity error or warning in that \
disclosure. Located: one of its numbers stands at the damaged place; of a line, the shift is named as such.\n\n";

/// Departments by the form of their disclosures.
struct Departments {
    by_form: BTreeMap<String, Vec<usize>>,
    taken: BTreeMap<String, usize>,
}

impl Departments {
    fn new() -> Self {
        let mut by_form: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in 0..REGIONS {
            by_form.entry(named(department(SEED, index, false)[0].form)).or_default().push(index);
        }
        Self { by_form, taken: BTreeMap::new() }
    }

    /// A disclosure in this form of a department not met before.
    fn next(&mut self, form: Form) -> Disclosure {
        let indexes = &self.by_form[&named(form)];
        let taken = self.taken.entry(named(form)).or_default();
        let index = indexes[*taken % indexes.len()] + *taken / indexes.len() * REGIONS;
        *taken += 1;
        department(SEED, index, false).swap_remove(0)
    }
}

fn named(name: impl std::fmt::Debug) -> String {
    format!("{name:?}").to_lowercase()
}

/// One damaged disclosure: its folder, what was done, and the places where that shows.
struct Mutant {
    folder: String,
    row: (String, &'static str, String),
    places: Vec<String>,
}

fn mutants(out: &Path) -> Vec<Mutant> {
    let (mut departments, mut chance) = (Departments::new(), Chance::new(SEED));
    let mut all = Vec::new();
    for form in Form::ALL {
        for damage in Damage::ALL {
            for act in [damage_table, damage_text] {
                let mut one = departments.next(form);
                let Some(done) = act(&mut one, damage, &mut chance) else { continue };
                write(&one, &out.join(one.folder()));
                all.push(Mutant {
                    folder: done.folder,
                    row: (named(form), done.part, named(damage)),
                    places: vec![done.place],
                });
            }
        }
        for way in Way::ALL {
            let mut one = departments.next(form);
            let Some(places) = shift_table(&mut one, way, &mut chance) else { continue };
            write(&one, &out.join(one.folder()));
            all.push(Mutant { folder: one.folder(), row: (named(form), "line", named(way)), places });
        }
    }
    all
}

fn write(one: &Disclosure, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, bytes) in [one.book().unwrap(), one.prose().unwrap()] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Errors and warnings of what lies in `out/disclosures`.
fn findings(out: &Path) -> Vec<Row> {
    let run = crate::common::run(&out.join("disclosures"), out, &[]);
    assert!(run.status.success(), "{}", crate::common::text(&run.stderr));
    let listed = out.join("findings.csv");
    let check = crate::common::juesuan()
        .args(["check", "--lang", "en", "--format", "csv", "--warehouse"])
        .arg(out.join("w.duckdb"))
        .arg("--output")
        .arg(&listed)
        .output()
        .expect("the program starts");
    assert!(check.status.success(), "{}", crate::common::text(&check.stderr));
    crate::common::rows(&listed)
}

impl Mutant {
    fn is_located(&self, finding: &Row) -> bool {
        if self.row.1 == "line" {
            return finding["hint"].contains("shifted: ");
        }
        let found = &finding["where"];
        let is_at = |place: &String| match place.strip_prefix("line ").and_then(|rest| rest.split_once(' ')) {
            Some((line, _)) => found.split("; ").any(|found| found.starts_with(&format!("line {line}:"))),
            None => found.split("; ").any(|found| found == place),
        };
        self.places.iter().any(is_at)
    }
}

#[derive(Default)]
struct Tally {
    planted: usize,
    found: usize,
    located: usize,
    by: BTreeSet<String>,
}

#[test]
fn damage_is_found_as_the_page_says() {
    let out = tempfile::tempdir().unwrap();
    let mutants = mutants(&out.path().join("disclosures"));
    let findings = findings(out.path());
    let mut tallies: BTreeMap<(String, &str, String), Tally> = BTreeMap::new();
    for mutant in &mutants {
        let tally = tallies.entry(mutant.row.clone()).or_default();
        let here: Vec<_> = findings.iter().filter(|row| row["file"].starts_with(&mutant.folder)).collect();
        tally.planted += 1;
        tally.found += usize::from(!here.is_empty());
        tally.located += usize::from(here.iter().any(|row| mutant.is_located(row)));
        tally.by.extend(here.iter().map(|row| row["check_id"].clone()));
    }
    let page = page(&tallies);
    let path = crate::common::checkout().join("docs/check-mutants.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page, "docs/check-mutants.md is old");
}

fn page(tallies: &BTreeMap<(String, &str, String), Tally>) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| form | part | damage | planted | found | located | by |\n|---|---|---|---|---|---|---|\n");
    let mut sums = [0; 3];
    let mut forms_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((form, part, damage), tally) in tallies {
        for (sum, count) in sums.iter_mut().zip([tally.planted, tally.found, tally.located]) {
            *sum += count;
        }
        let by: Vec<&str> = tally.by.iter().map(String::as_str).collect();
        by.iter().for_each(|check| {
            forms_of.entry(check).or_default().insert(form);
        });
        let (planted, found, located) = (tally.planted, tally.found, tally.located);
        writeln!(page, "| {form} | {part} | {damage} | {planted} | {found} | {located} | {} |", by.join(" ")).unwrap();
    }
    writeln!(page, "| all | | | {} | {} | {} | |", sums[0], sums[1], sums[2]).unwrap();
    page.push_str("\n## By check\n\n| check | fired in the forms |\n|---|---|\n");
    for (check, forms) in forms_of {
        writeln!(page, "| {check} | {} |", forms.into_iter().collect::<Vec<_>>().join(" ")).unwrap();
    }
    page
}

#[test]
fn changes_that_say_nothing_else_are_found_by_no_check() {
    let out = tempfile::tempdir().unwrap();
    let (mut departments, mut chance) = (Departments::new(), Chance::new(SEED));
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    for (turn, harmless) in Harmless::ALL.into_iter().enumerate() {
        for nth in 0..FORMS_A_CHANGE {
            let form = Form::ALL[(turn + 2 * nth) % Form::ALL.len()];
            let mut one = departments.next(form);
            change(&mut one, harmless, &mut chance);
            write(&one, &out.path().join("disclosures").join(one.folder()));
            made.insert(one.folder(), format!("{form:?} {harmless:?}"));
        }
    }
    assert_eq!(made.len(), 80);
    let found = findings(out.path());
    // Silence counts only where tables and text were read.
    for extract in ["figures", "claims"] {
        let rows = crate::common::rows(&out.path().join(format!("extracts/{extract}.csv")));
        let is_read =
            |folder: &&String| rows.iter().filter(|row| row["file"].starts_with(folder.as_str())).count() > 30;
        assert_eq!(made.keys().filter(is_read).count(), 80, "{extract}");
    }
    let alarms: Vec<String> = found
        .iter()
        .filter(|row| row["severity"] != "info")
        .map(|row| {
            let of = made.iter().find(|(folder, _)| row["file"].starts_with(folder.as_str()));
            let of = of.map_or("", |(_, what)| what);
            format!("{of}: {} {} {}", row["check_id"], row["where"], row["message"])
        })
        .collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
}
