//! Every name of the functional classification, in every shape texts print names in, gives its code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use juesuan::inner::decode::{Limits, decode_text};
use juesuan::inner::extract::narrative::{self, Rules};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;

/// One code with the names from its class down.
struct Named {
    code: String,
    names: Vec<String>,
    /// A year in which the code is in force.
    year: i32,
}

/// The latest year the code lists are asked for.
const LATEST: i32 = 2024;

fn named() -> Vec<Named> {
    let rows: Vec<BTreeMap<String, String>> = csv::Reader::from_path("pipelines/reference/function_codes.csv")
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect();
    let in_force = |row: &BTreeMap<String, String>, year: i32| {
        row["valid_from"].parse().is_ok_and(|from: i32| from <= year) | row["valid_from"].is_empty()
            && row["valid_to"].parse().is_ok_and(|to: i32| year <= to) | row["valid_to"].is_empty()
    };
    let name_of = |code: &str, year: i32| {
        let of_code: Vec<&BTreeMap<String, String>> = rows.iter().filter(|row| row["code"] == code).collect();
        let found = of_code.iter().find(|row| in_force(row, year)).or(of_code.last());
        found.map(|row| row["name"].clone())
    };
    rows.iter()
        .filter_map(|row| {
            let code = row["code"].clone();
            let year = row["valid_to"].parse().map_or(LATEST, |to: i32| to.min(LATEST));
            let above = [3, 5].into_iter().filter(|length| *length < code.len());
            let mut names: Vec<String> = above.map(|length| name_of(&code[..length], year)).collect::<Option<_>>()?;
            names.push(row["name"].clone());
            Some(Named { code, names, year })
        })
        .collect()
}

/// How a name with its code is printed.
type Shape = fn(&Named) -> Option<String>;

fn bare(name: &str) -> &str {
    name.strip_suffix("支出").filter(|bare| bare.chars().count() > 1).unwrap_or(name)
}

fn levels(named: &Named, write: fn(&str, &str, &str) -> String) -> String {
    let parts = named.names.iter().zip(["类", "款", "项"]).enumerate();
    let written = parts.map(|(at, (name, level))| write(name, level, &named.code[[0, 3, 5][at]..[3, 5, 7][at]]));
    written.collect()
}

const SHAPES: [(&str, Shape); 17] = [
    ("支出（类）", |named| Some(levels(named, |name, level, _| format!("{name}（{level}）")))),
    ("（类）", |named| {
        Some(levels(named, |name, level, _| format!("{}（{level}）", if level == "类" { bare(name) } else { name })))
    }),
    ("all without 支出", |named| Some(levels(named, |name, level, _| format!("{}（{level}）", bare(name))))),
    ("支出(类)", |named| Some(levels(named, |name, level, _| format!("{name}({level})")))),
    ("“支出（类）”", |named| {
        Some(format!("“{}”", levels(named, |name, level, _| format!("{name}（{level}）"))))
    }),
    ("“支出”（类）", |named| Some(levels(named, |name, level, _| format!("“{name}”（{level}）")))),
    ("支出（201类）", |named| Some(levels(named, |name, level, code| format!("{name}（{code}{level}）")))),
    ("支出（类）-", |named| {
        Some(levels(named, |name, level, _| format!("{name}（{level}）-")).trim_end_matches('-').to_owned())
    }),
    ("支出（类） ", |named| Some(levels(named, |name, level, _| format!("{name}（{level}） ")))),
    ("支出（类）、", |named| {
        Some(levels(named, |name, level, _| format!("{name}（{level}）、")).trim_end_matches('、').to_owned())
    }),
    ("2010101行政运行", |named| Some(format!("{}{}", named.code, named.names.last()?))),
    ("2010101 行政运行（项）", |named| {
        let level = ["类", "款", "项"][named.names.len() - 1];
        Some(format!("{} {}（{level}）", named.code, named.names.last()?))
    }),
    ("行政运行（2010101）", |named| Some(format!("{}（{}）", named.names.last()?, named.code))),
    ("2010101行政运行支出", |named| Some(format!("{}{}支出", named.code, bare(named.names.last()?)))),
    ("支出 of a class", |named| (named.names.len() == 1).then(|| named.names[0].clone())),
    ("类支出 of a class", |named| (named.names.len() == 1).then(|| format!("{}类支出", bare(&named.names[0])))),
    ("class without 支出", |named| (named.names.len() == 1).then(|| bare(&named.names[0]).to_owned())),
];

/// How many names were printed in a shape, and those that gave another code.
fn misses(shape: Shape, all: &[Named], rules: &Rules) -> (usize, Vec<String>) {
    let mut texts: BTreeMap<i32, (String, Vec<&Named>)> = BTreeMap::new();
    for named in all {
        let Some(printed) = shape(named) else { continue };
        let (text, written) = texts.entry(named.year).or_insert_with(|| {
            let year = named.year;
            let head = "五、一般公共预算财政拨款支出决算情况说明\n（三）具体情况";
            (format!("青溪县档案馆{year}年度部门决算\n{head}\n"), Vec::new())
        });
        written.push(named);
        let _ = writeln!(text, "（1）{printed}支出决算为12.50万元。");
    }
    let mut misses = Vec::new();
    let mut printed = 0;
    for (text, written) in texts.values() {
        let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
        let claims = narrative::read(&document, rules, &PlaceHint::default()).claims;
        for (at, named) in written.iter().enumerate() {
            printed += 1;
            let line = at as u32 + 4;
            let read = claims.iter().find(|claim| claim.line == line && claim.printed == "12.50");
            let code = read.and_then(|claim| claim.function_code.clone()).unwrap_or_default();
            if code != named.code {
                misses.push(format!("{} {}: {code}", named.code, named.names.join("/")));
            }
        }
    }
    (printed, misses)
}

#[test]
fn every_code_is_read_in_every_shape() {
    let rules = Rules::load(&Project::built_in()).unwrap();
    let all = named();
    for (name, shape) in SHAPES {
        let (printed, misses) = misses(shape, &all, &rules);
        // In these shapes the name of a class is a word of the accounts as well, or says nothing of its class.
        let known: &[&str] = match name {
            "class without 支出" => &["223 国有资本经营预算支出: "],
            "类支出 of a class" => &["227 预备费: "],
            _ => &[],
        };
        assert_eq!((printed, misses), (if name.contains("class") { 36 } else { 1910 }, owned(known)), "{name}");
    }
}

fn owned(known: &[&str]) -> Vec<String> {
    known.iter().map(|miss| (*miss).to_owned()).collect()
}
