//! Each check, in each official form that has its operands: one edit of a consistent disclosure, through the built program.
//! Which numbers a check compares the program says itself (`audit.check_evaluation`); one of them is printed otherwise, and the
//! check must fire there. What has no numbers is worded otherwise. The table stands in `docs/planted-checks.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use juesuan_corpus::disclosure::Form;
use juesuan_corpus::disclosure::corpus::{Disclosure, department};
use juesuan_corpus::write::{Block, Value};

use crate::support::wordings::WORDINGS;

type Row = BTreeMap<String, String>;

const SEED: u64 = 77;
/// Regions of the generated departments; after them come the same regions with the next kind of department.
const REGIONS: usize = 48;
/// Kinds of departments taken of each form: with and without a government fund.
const KINDS: [usize; 3] = [0, 5, 14];
const HEAD: &str = "# Each check in each form\n\n\
Generated (`UPDATE_DOCS=1` writes it again from the test `planted`). Consistent disclosures of the ten official forms, three departments each with \
the year before, are read and reconciled by the program; it tells which numbers each check compared. One of them is then printed otherwise, \
or for checks of words one wording is changed: one edit a disclosure. ● the check fired and named the place of the edit (of wordings: \
fired), ○ it fired and named other numbers of the identity, · it did not fire, – nothing that one edit could break is printed (reforms, which a list of the project names; codes printed in parts); empty: the form prints nothing that the check compares. \
What no generated disclosure prints (detail tables, units, budgets) is proven by the examples of the check in `pipelines/checks/`, \
which `juesuan lint` runs.\n\n";

/// How a number is printed otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// With a 9 before it.
    More,
    /// As 1.
    Less,
}

/// A number of a base: its folder and place as the program writes it (`3/C7`, `45:80`), and the document.
type Number = (usize, String, Way);

struct Base {
    form: Form,
    years: Vec<Disclosure>,
}

/// What a form's checks compare: by check, the numbers on each side.
type Compared = BTreeMap<String, Vec<(bool, usize, String)>>;

fn named(name: impl std::fmt::Debug) -> String {
    format!("{name:?}").to_lowercase()
}

fn bases() -> Vec<Base> {
    let mut bases = Vec::new();
    for form in Form::ALL {
        let region = (0..REGIONS).find(|at| department(SEED, *at, false)[0].form == form).unwrap();
        for kind in KINDS {
            let years = department(SEED, region + kind * REGIONS, false);
            bases.push(Base { form, years: years.into_iter().take(2).collect() });
        }
    }
    bases
}

/// The same disclosure under a name of the same length: a department of its own.
pub fn renamed(one: &Disclosure, turn: usize) -> Disclosure {
    const FIRST: [char; 20] = [
        '东', '南', '西', '北', '春', '夏', '秋', '冬', '梅', '兰', '竹', '菊', '松', '柏', '金', '银', '青', '白',
        '红', '紫',
    ];
    let mut one = one.clone();
    let old = one.accounts.entity.name.clone();
    let own = old.strip_prefix(one.accounts.entity.region.as_str()).unwrap_or(&old).to_owned();
    let rest: String = own.chars().skip(2).collect();
    let new_own = format!("{}{}{rest}", FIRST[turn / 20 % 20], FIRST[turn % 20]);
    let change = |text: &str| text.replace(&own, &new_own);
    one.accounts.entity.name = change(&old);
    for value in one.rendered.workbook.sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
        if let Value::Text(text) = value {
            *text = change(text);
        }
    }
    for block in &mut one.narrative.document.blocks {
        match block {
            Block::Paragraph(text) => *text = change(text),
            Block::Table(rows) => rows.iter_mut().flatten().for_each(|cell| *cell = change(cell)),
        }
    }
    one
}

pub fn write(one: &Disclosure, out: &Path) {
    let folder = out.join(one.folder());
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in [one.book().unwrap(), one.prose().unwrap()] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Prints the number otherwise; the place as findings write it, `None` where no such number is printed.
fn print_otherwise(one: &mut Disclosure, place: &str, way: Way) -> Option<String> {
    let changed = |value: &str| {
        let decimals = value.split_once('.').map_or(String::new(), |(_, rest)| format!(".{rest}"));
        let sign = if value.starts_with('-') { "-" } else { "" };
        match way {
            Way::More => format!("{sign}9{}", value.trim_start_matches('-')),
            Way::Less => format!("{sign}1{decimals}"),
        }
    };
    if let Some((sheet, cell)) = place.split_once('/') {
        let sheet = &one.rendered.workbook.sheets.get(sheet.parse::<usize>().ok()?.checked_sub(1)?)?.name;
        let is_it = |truth: &juesuan_corpus::truth::TruthRow| &truth.sheet == sheet && truth.cell == cell;
        let at = one.rendered.truth.iter().position(is_it)?;
        let value = changed(&one.rendered.truth[at].value);
        one.rendered.reprint(at, &value);
        return Some(format!("{}!{cell}", one.rendered.truth[at].sheet));
    }
    let (line, start) = place.split_once(':')?;
    let (line, start): (usize, usize) = (line.parse().ok()?, start.parse().ok()?);
    let at = one.claims().iter().position(|claim| claim.line_no == line && claim.char_start == start)?;
    let claim = one.claims().swap_remove(at);
    let value = changed(&claim.value);
    one.narrative.reprint(at, value.trim_start_matches('-'), &value);
    Some(format!("line {line}"))
}

fn asked(warehouse: &Path, statement: &str) -> Vec<serde_json::Value> {
    let answer = crate::common::juesuan()
        .args(["query", "--json", "--warehouse"])
        .arg(warehouse)
        .arg(statement)
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", crate::common::text(&answer.stderr));
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// What each check compared in the bases of each form, and no finding of severity error or warning in any.
fn compared(bases: &[Base], out: &Path) -> BTreeMap<Form, Compared> {
    let findings = reconciled(out);
    let alarms: Vec<&Row> = findings.iter().filter(|row| row["severity"] != "info").collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
    let warehouse = out.join("w.duckdb");
    let said = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let documents = asked(&warehouse, "SELECT document_key, file FROM core.dim_document");
    let files: BTreeMap<String, String> =
        documents.iter().map(|row| (said(row, "document_key"), said(row, "file"))).collect();
    let statement = "SELECT check_id, document_key, operands FROM audit.check_evaluation
                     WHERE outcome IN ('exact', 'within_rounding') ORDER BY ALL";
    let mut by_form: BTreeMap<Form, Compared> = BTreeMap::new();
    for row in asked(&warehouse, statement) {
        let document = said(&row, "document_key");
        let base_of = |document: &str| {
            let file = files.get(document)?;
            bases.iter().position(|base| file.starts_with(&base.years[1].folder()))
        };
        let Some(at) = base_of(&document) else { continue };
        let numbers = by_form.entry(bases[at].form).or_default().entry(said(&row, "check_id")).or_default();
        for operand in said(&row, "operands").split(' ') {
            // `l+3/C7`, `r-45:80`, `%45:83`, `r+doc_0f3a/3/C7` of another document.
            let place = operand.trim_start_matches(['l', 'r', '+', '-', '%']);
            let (whose, place) = match place.strip_prefix("doc_").and_then(|rest| rest.split_once('/')) {
                Some((key, place)) => (format!("doc_{key}"), place),
                None => (document.clone(), place),
            };
            if base_of(&whose) == Some(at) && !place.is_empty() {
                numbers.push((operand.starts_with("l+"), at, place.to_owned()));
            }
        }
    }
    by_form
}

/// What is broken in `out/disclosures`.
pub fn reconciled(out: &Path) -> Vec<Row> {
    let run = crate::common::run(&out.join("disclosures"), out, &[]);
    assert!(run.status.success(), "{}", crate::common::text(&run.stderr));
    let listed = out.join("findings.csv");
    let warehouse = out.join("w.duckdb");
    let check = crate::common::juesuan()
        .args(["check", "--all", "--lang", "en", "--format", "csv", "--warehouse"])
        .arg(warehouse)
        .arg("--output")
        .arg(&listed)
        .output()
        .expect("the program starts");
    assert!(check.status.success(), "{}", crate::common::text(&check.stderr));
    let mut rows = crate::common::rows(&listed);
    rows.retain(|row| row["outcome"] == "broken");
    rows
}

/// One edited disclosure and where the edit shows.
struct Mutant {
    form: Form,
    folder: String,
    place: Option<String>,
    /// Checks of which the number, or the wording, is an operand.
    aims: BTreeSet<String>,
}

/// Numbers that together are compared by every check of `wanted`, the most compared first.
fn cover(
    compared: &Compared,
    wanted: &BTreeSet<String>,
    is_tried: &BTreeSet<Number>,
    round: usize,
) -> Vec<(Number, BTreeSet<String>)> {
    let mut by_number: BTreeMap<Number, BTreeSet<String>> = BTreeMap::new();
    for (check, numbers) in compared.iter().filter(|(check, _)| wanted.contains(*check)) {
        for (is_left, base, place) in numbers {
            let (side, way) = [(true, Way::More), (false, Way::More), (true, Way::Less), (false, Way::Less)][round % 4];
            let number = (*base, place.clone(), way);
            if *is_left == side && !is_tried.contains(&number) {
                by_number.entry(number).or_default().insert(check.clone());
            }
        }
    }
    let (mut left, mut chosen) = (wanted.clone(), Vec::new());
    while let Some((number, checks)) = by_number.iter().max_by_key(|(_, checks)| checks.intersection(&left).count()) {
        let checks: BTreeSet<String> = checks.intersection(&left).cloned().collect();
        if checks.is_empty() {
            break;
        }
        left.retain(|check| !checks.contains(check));
        chosen.push((number.clone(), checks));
    }
    chosen
}

/// By form and check: whether the place was named too.
#[derive(Default)]
struct Tallies {
    fired: BTreeMap<(String, String), bool>,
    planted: BTreeSet<(String, String)>,
    mutants: usize,
}

impl Tallies {
    fn add(&mut self, mutants: &[Mutant], findings: &[Row]) {
        for mutant in mutants {
            self.mutants += 1;
            self.planted.extend(mutant.aims.iter().map(|check| (check.clone(), named(mutant.form))));
            for row in findings.iter().filter(|row| row["file"].starts_with(&mutant.folder)) {
                let places = &row["where"];
                let is_at = |place: &String| {
                    places.split("; ").any(|found| found == place || found.starts_with(&format!("{place}:")))
                };
                let is_located = mutant.place.as_ref().is_none_or(is_at);
                let key = (row["check_id"].clone(), named(mutant.form));
                *self.fired.entry(key).or_default() |= is_located;
            }
        }
    }
}

#[test]
fn each_check_fires_in_each_form_that_has_its_operands() {
    let folder = tempfile::tempdir().unwrap();
    let bases = bases();
    let base_out = folder.path().join("bases");
    for one in bases.iter().flat_map(|base| &base.years) {
        write(one, &base_out.join("disclosures"));
    }
    let compared = compared(&bases, &base_out);
    let mut tallies = Tallies::default();
    let mut tried: BTreeSet<Number> = BTreeSet::new();
    let mut turn = 0;
    for round in 0..4 {
        let out = folder.path().join(format!("round {round}"));
        let mut mutants = Vec::new();
        let mut plant =
            |base: &Base, edit: &mut dyn FnMut(&mut Disclosure) -> Option<Option<String>>, aims: BTreeSet<String>| {
                turn += 1;
                let mut one = renamed(&base.years[1], turn);
                let Some(place) = edit(&mut one) else { return };
                let with_prior = aims.iter().any(|check| check.starts_with('Y'));
                for year in with_prior.then(|| renamed(&base.years[0], turn)).iter().chain([&one]) {
                    write(year, &out.join("disclosures"));
                }
                mutants.push(Mutant { form: base.form, folder: one.folder(), place, aims });
            };
        for (form, compared) in &compared {
            let has_fired = |check: &String| tallies.fired.contains_key(&(check.clone(), named(form)));
            let wanted: BTreeSet<String> = compared.keys().filter(|check| !has_fired(check)).cloned().collect();
            for (number, checks) in cover(compared, &wanted, &tried, round) {
                tried.insert(number.clone());
                let (base, place, way) = number;
                plant(&bases[base], &mut |one| print_otherwise(one, &place, way).map(Some), checks);
            }
            for wording in WORDINGS.iter().filter(|wording| round == 0 && compared.contains_key(wording.check)) {
                let has_it = |base: &&Base| base.form == *form && (wording.edit)(&mut base.years[1].clone());
                let Some(base) = bases.iter().find(has_it) else { continue };
                plant(base, &mut |one| (wording.edit)(one).then_some(None), BTreeSet::from([wording.check.to_owned()]));
            }
        }
        if !mutants.is_empty() {
            let findings = reconciled(&out);
            tallies.add(&mutants, &findings);
        }
    }
    let page = page(&compared, &tallies);
    let path = crate::common::checkout().join("docs/planted-checks.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page, "docs/planted-checks.md is old");
}

fn page(compared: &BTreeMap<Form, Compared>, tallies: &Tallies) -> String {
    let forms: Vec<String> = Form::ALL.iter().map(named).collect();
    let mut page = HEAD.to_owned();
    writeln!(page, "| check | {} |\n|---|{}", forms.join(" | "), "---|".repeat(forms.len())).unwrap();
    let checks: BTreeSet<&String> = compared.values().flat_map(BTreeMap::keys).collect();
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    for check in checks {
        let cells: Vec<&str> = Form::ALL
            .iter()
            .map(|form| {
                let key = (check.clone(), named(form));
                let is_compared = compared.get(form).is_some_and(|compared| compared.contains_key(check));
                let mark = match tallies.fired.get(&key) {
                    Some(true) => "●",
                    Some(false) => "○",
                    None if tallies.planted.contains(&key) => "·",
                    None if is_compared => "–",
                    None => "",
                };
                *sums.entry(mark).or_default() += 1;
                mark
            })
            .collect();
        writeln!(page, "| {check} | {} |", cells.join(" | ")).unwrap();
    }
    let sum = |mark: &str| sums.get(mark).copied().unwrap_or_default();
    writeln!(
        page,
        "\n{} edited disclosures: ● {}, ○ {}, · {}, – {}.",
        tallies.mutants,
        sum("●"),
        sum("○"),
        sum("·"),
        sum("–")
    )
    .unwrap();
    page
}
