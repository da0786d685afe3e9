//! One number of a consistent disclosure is damaged: which damage is found, where, and by which check. The table stands in
//! `docs/check-mutants.md`, and a change of any count in it is a change of the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use juesuan_corpus::disclosure::corpus::{Disclosure, department};
use juesuan_corpus::mutate::{Damage, Mutation, damage_table, damage_text};
use juesuan_corpus::random::Chance;

const MUTANTS: usize = 96;
const SEED: u64 = 77;
const HEAD: &str = "# Damaged numbers and the checks that find them\n\n\
Generated (`UPDATE_DOCS=1` writes it again from the test `mutants`). Consistent disclosures of all forms, a department each, with \
exactly one number damaged, in tables and in texts by turns. Found: a finding of severity error or warning in that disclosure. \
Located: one of its numbers stands at the damaged place.\n\n";

/// Whose words and tables a disclosure has.
fn form(folder: &str) -> &'static str {
    if folder.starts_with("北京") {
        "beijing"
    } else if folder.starts_with("上海") {
        "shanghai"
    } else {
        "national"
    }
}

/// One disclosure a department, one damage each.
fn damaged() -> Vec<(Disclosure, Mutation)> {
    let mut chance = Chance::new(SEED);
    let mutant = |index: usize| {
        let mut one = department(SEED, index, false).swap_remove(0);
        let damage = Damage::ALL[index / 2 % Damage::ALL.len()];
        let act = if index.is_multiple_of(2) { damage_table } else { damage_text };
        let mutation = act(&mut one, damage, &mut chance)?;
        Some((one, mutation))
    };
    (0..MUTANTS).filter_map(mutant).collect()
}

fn write(one: &Disclosure, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, bytes) in [one.book().unwrap(), one.prose().unwrap()] {
        std::fs::write(folder.join(name), bytes).unwrap();
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
    let mutants = damaged();
    for (one, _) in &mutants {
        write(one, &out.path().join("disclosures").join(one.folder()));
    }
    let run = crate::common::run(&out.path().join("disclosures"), out.path(), &[]);
    assert!(run.status.success(), "{}", crate::common::text(&run.stderr));
    let listed = out.path().join("findings.csv");
    let check = crate::common::juesuan()
        .args(["check", "--format", "csv", "--warehouse"])
        .arg(out.path().join("w.duckdb"))
        .arg("--output")
        .arg(&listed)
        .output()
        .expect("the program starts");
    assert!(check.status.success(), "{}", crate::common::text(&check.stderr));
    let findings = crate::common::rows(&listed);
    let mut tallies: BTreeMap<(&str, &str, String), Tally> = BTreeMap::new();
    for (_, mutation) in &mutants {
        let damage = format!("{:?}", mutation.damage).to_lowercase();
        let tally = tallies.entry((form(&mutation.folder), mutation.part, damage)).or_default();
        let here: Vec<_> = findings.iter().filter(|row| row["file"].starts_with(&mutation.folder)).collect();
        let is_at = |found: &str| match mutation.place.strip_prefix("line ").and_then(|rest| rest.split_once(' ')) {
            Some((line, _)) => found.split("; ").any(|place| place.starts_with(&format!("line {line}:"))),
            None => found.split("; ").any(|place| place == mutation.place),
        };
        tally.planted += 1;
        tally.found += usize::from(!here.is_empty());
        tally.located += usize::from(here.iter().any(|row| is_at(&row["where"])));
        tally.by.extend(here.iter().map(|row| row["check_id"].clone()));
    }
    let page = page(&tallies);
    let path = crate::common::checkout().join("docs/check-mutants.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page, "docs/check-mutants.md is old");
}

fn page(tallies: &BTreeMap<(&str, &str, String), Tally>) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| form | part | damage | planted | found | located | by |\n|---|---|---|---|---|---|---|\n");
    let mut sums = [0; 3];
    for ((form, part, damage), tally) in tallies {
        for (sum, count) in sums.iter_mut().zip([tally.planted, tally.found, tally.located]) {
            *sum += count;
        }
        let by: Vec<&str> = tally.by.iter().map(String::as_str).collect();
        let (planted, found, located) = (tally.planted, tally.found, tally.located);
        writeln!(page, "| {form} | {part} | {damage} | {planted} | {found} | {located} | {} |", by.join(" ")).unwrap();
    }
    writeln!(page, "| all | | | {} | {} | {} | |", sums[0], sums[1], sums[2]).unwrap();
    page
}
