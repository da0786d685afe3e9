//! `grammar.toml`, `units.csv`, the dictionary of `pipelines/names/` and the shared code lists → a lexicon.

use std::collections::HashMap;

use super::lexicon::{Comparator, KnownUnit, Lexicon, NotFigure, Rewrite, Role, UnitKind, Worded};
use super::macros::{KEYS, Macros, compile};
use super::meanings::{Counted, Meanings, SectionGroup};
use super::model::{Example, Section, TableWords, Titles};
use super::names::{Alias, Code, Names, Spelling};
use super::shapes::{
    Directions, ExamplesFile, GrammarExample, GrammarFile, GroupEntry, NotFigureEntry, RoleEntry, SectionsFile,
};
use crate::error::{Error, Result};
use crate::extract::narrative::paragraphs::normal::Script;
use crate::extract::pattern::Pattern;
use crate::identity::institution_endings;
use crate::project::{Project, ProjectFile};

const FOLDER: &str = "pipelines/narrative";
const EXAMPLES: &str = "pipelines/narrative/examples.toml";
const SECTIONS: &str = "pipelines/names/sections.toml";
const ITEMS: &str = "pipelines/names/items.csv";
const WORDED: &str = "pipelines/names/worded.csv";
const LINES: &str = "pipelines/reference/lines.csv";

/// Whether a TOML file of the folder holds sentences (and is not one of the engine's own files).
pub fn is_sentence_file(path: &str) -> bool {
    !path.ends_with("/grammar.toml") && path != EXAMPLES
}

/// What the entries of the grammar and the sentence rules are proven by. They stand apart from these: an entry that goes
/// leaves its examples behind.
pub fn examples(project: &Project) -> Result<Vec<Example>> {
    let file = project.require(EXAMPLES)?;
    let parsed: ExamplesFile = file.parse(KEYS)?;
    let example = |entry: GrammarExample| Example {
        rule: entry.of,
        region: entry.region,
        section: entry.section,
        year: entry.year,
        place: file.place_of(entry.text.span().start),
        text: entry.text.into_inner(),
        claims: entry.claims,
    };
    Ok(parsed.example.into_iter().map(example).collect())
}

pub fn load(project: &Project) -> Result<(Lexicon, Macros)> {
    let file = project.require(&format!("{FOLDER}/grammar.toml"))?;
    let words: GrammarFile = file.parse(KEYS)?;
    let units = units(project)?;
    let mut printed: Vec<&String> = units.values().flatten().map(|(printed, _)| printed).collect();
    printed.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let unit_pattern = format!("(?:{})", printed.iter().map(|text| regex::escape(text)).collect::<Vec<_>>().join("|"));
    let macros = Macros { named: words.macros.clone(), unit_pattern };
    let one = |pattern: &str| compile(file, &macros, pattern);
    let all = |patterns: &[String]| patterns.iter().map(|pattern| one(pattern)).collect::<Result<Vec<_>>>();
    let pairs = |pairs: &[(String, String)]| -> Result<Vec<(Pattern, String)>> {
        pairs.iter().map(|(pattern, with)| Ok((one(pattern)?, with.clone()))).collect()
    };
    let lexicon = Lexicon {
        units,
        magnitudes: words.numbers.magnitudes,
        approximate_before: words.numbers.approximate_before,
        approximate_inside: words.numbers.approximate_inside,
        formal_digits: words.numbers.formal_digits,
        chinese_not_after: words.numbers.chinese_not_after,
        chinese_not_before: words.numbers.chinese_not_before,
        not_figures: not_figures(file, &macros, &words.not_figure)?,
        direction: direction(file, &macros, &words.directions)?,
        flat: one(&words.directions.flat)?,
        comparators: words
            .comparator
            .iter()
            .map(|entry| {
                Ok(Comparator {
                    id: entry.id.clone(),
                    pattern: one(&entry.pattern)?,
                    basis: entry.basis.clone(),
                    own: entry.own.clone(),
                    change: entry.change.clone(),
                    own_basis: entry.own_basis.clone(),
                })
            })
            .collect::<Result<_>>()?,
        roles: words.role.into_iter().map(|entry| role(file, &macros, entry)).collect::<Result<_>>()?,
        reason: one(&words.statements.reason)?,
        purpose: one(&words.statements.purpose)?,
        purpose_clause: one(&words.statements.purpose_clause)?,
        parts: one(&words.statements.parts)?,
        nil: all(&words.statements.nil)?,
        placeholder: one(&words.statements.placeholder)?,
        basis_names: words
            .subject
            .basis_names
            .iter()
            .map(|(pattern, with)| Ok(Rewrite { pattern: one(pattern)?, with: with.clone() }))
            .collect::<Result<_>>()?,
        subject_rewrites: words
            .subject
            .rewrites
            .iter()
            .map(|(pattern, with)| Ok(Rewrite { pattern: one(pattern)?, with: with.clone() }))
            .collect::<Result<_>>()?,
        empty_subject: one(&format!("^(?:{})$", words.subject.empty))?,
        enumeration: one(&words.subject.enumeration)?,
        noun_stop: one(&alternatives(&words.nouns.stop))?,
        noun_verb: one(&alternatives(&words.nouns.verb))?,
        noun_act: one(&alternatives(&words.nouns.act))?,
        act_units: words.nouns.act_units,
        noun_head: one(&words.nouns.head)?,
        pair: one(&words.statements.pair)?,
        each: one(&words.statements.each)?,
        of_which: one(&words.statements.of_which)?,
        reason_goes_on: one(&words.statements.reason_goes_on)?,
        whole: one(&words.subject.whole)?,
        below: one(&words.subject.below)?,
        part_names: pairs(&words.subject.part_names)?,
        list_closed: one(&words.subject.list_closed)?,
        paired_years: one(&words.years.paired)?,
        listing: one(&words.statements.listing)?,
        said_more: one(&words.statements.said_more)?,
        said_less: one(&words.statements.said_less)?,
        said_equal: one(&words.statements.said_equal)?,
        said_vaguely: one(&words.statements.said_vaguely)?,
        said_of_nothing: one(&words.statements.said_of_nothing)?,
        separators: one(&words.statements.separators)?,
        classified_name: one(&words.subject.classified_name)?,
        funds: pairs(&words.subject.funds)?,
        body_endings: words.subject.body_endings,
        area_endings: words.subject.area_endings,
        lead_words: words.subject.lead_words,
        this_project: words.subject.this_project,
        project: words.subject.project,
        sides: words.subject.sides,
        stated_year: one(&words.years.stated)?,
        not_stated_years: all(&words.years.not_stated)?,
        glued_year: one(&words.years.glued)?,
        glued_by_sum: one(&words.years.glued_by_sum)?,
        measures_of_items: pairs(&words.measure_of_item)?,
        nothing: one(r"[^\s\S]")?,
        worded: worded(project, &macros)?,
        names: names(project, words.subject.class_ending, words.subject.class_wordings)?,
    };
    Ok((lexicon, macros))
}

fn alternatives(words: &[String]) -> String {
    let mut words: Vec<&String> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    format!("(?:{})", words.into_iter().cloned().collect::<Vec<_>>().join("|"))
}

fn direction(file: &ProjectFile, macros: &Macros, words: &Directions) -> Result<Pattern> {
    let [up, down, same, apart] = [&words.up, &words.down, &words.same, &words.apart].map(|list| alternatives(list));
    let pattern = format!(
        r"(?:(?:(?P<up>{up})|(?P<down>{down})|(?P<same>{same}))(?:\((?P<alternative>{up}|{down})\)|/(?P<alternative2>{up}|{down}))?(?:{})|(?P<apart>{apart})(?:{})|(?:^|[{}])(?:(?P<more>{})|(?P<fewer>{})))$",
        words.after, words.after_apart, words.more_or_fewer_after, words.more, words.fewer
    );
    compile(file, macros, &pattern)
}

fn not_figures(file: &ProjectFile, macros: &Macros, entries: &[NotFigureEntry]) -> Result<Vec<NotFigure>> {
    let mut found = Vec::new();
    for entry in entries {
        for pattern in &entry.patterns {
            let pattern = compile(file, macros, pattern)?;
            let names_part = pattern.capture_names().flatten().any(|name| name == "not");
            found.push(NotFigure { id: entry.id.clone(), pattern, names_part });
        }
    }
    Ok(found)
}

fn role(file: &ProjectFile, macros: &Macros, entry: RoleEntry) -> Result<Role> {
    Ok(Role {
        pattern: compile(file, macros, &format!("(?:{})$", entry.pattern))?,
        id: entry.id,
        units: entry.units,
        measure: entry.measure,
        basis: entry.basis,
        sections: entry.sections,
        suffix: entry.suffix,
        followed_by: match entry.followed_by.as_str() {
            "" => None,
            pattern => Some(compile(file, macros, &format!("^(?:{pattern})"))?),
        },
    })
}

pub fn sections(project: &Project, macros: &Macros) -> Result<Vec<Section>> {
    let file = project.require(SECTIONS)?;
    let parsed: SectionsFile = file.parse(KEYS)?;
    parsed
        .section
        .into_iter()
        .map(|entry| {
            Ok(Section {
                headings: entry.headings.iter().map(|pattern| compile(file, macros, pattern)).collect::<Result<_>>()?,
                opens_with: entry
                    .opens_with
                    .iter()
                    .map(|pattern| compile(file, macros, pattern))
                    .collect::<Result<_>>()?,
                holds_sections: entry.holds_sections,
                not_below: entry.not_below,
                code: entry.code,
                reads: entry.reads,
                item: entry.item,
                fund: entry.fund,
                economic_first: entry.economic_first,
                measure: entry.measure,
                budget: entry.budget,
                budget_basis: entry.budget_basis,
                nil_items: entry.nil_items,
                nil_measure: entry.nil_measure,
                columns: entry.columns,
                is_anchor: entry.is_anchor,
                is_classified: entry.is_classified,
            })
        })
        .collect()
}

pub fn titles_and_tables(project: &Project, macros: &Macros) -> Result<(Titles, TableWords)> {
    let file = project.require(SECTIONS)?;
    let parsed: SectionsFile = file.parse(KEYS)?;
    let one = |pattern: &str| compile(file, macros, pattern);
    let titles = Titles {
        patterns: parsed.titles.patterns.iter().map(|pattern| one(pattern)).collect::<Result<_>>()?,
        labels: parsed.titles.labels.iter().map(|pattern| one(pattern)).collect::<Result<_>>()?,
        alone: one(&parsed.titles.alone)?,
        sentences: one(&parsed.titles.sentences)?,
        before_names: one(&parsed.titles.before_names)?,
        around: one(&parsed.titles.around)?,
        never_names: one(&parsed.titles.never_names)?,
        areas: one(&parsed.titles.areas)?,
        of_departments: one(&parsed.titles.of_departments)?,
        numeral_years: one(&parsed.titles.numeral_years)?,
        institution: one(&institution_endings(project)?)?,
        budget: one(&parsed.titles.budget)?,
        accounts: one(&parsed.titles.accounts)?,
        department_level: one(&parsed.titles.department_level)?,
        unit_level: one(&parsed.titles.unit_level)?,
        project_names: parsed.titles.project_names.iter().map(|pattern| one(pattern)).collect::<Result<_>>()?,
        budget_part: one(&parsed.titles.budget_part)?,
        heading_endings: parsed.titles.heading_endings,
    };
    let columns =
        parsed.tables.columns.iter().map(|(pattern, role)| Ok((one(pattern)?, role.clone()))).collect::<Result<_>>()?;
    Ok((titles, TableWords { columns, unit_list: one(&parsed.tables.unit_list)? }))
}

/// Rows of a CSV file of the project, by column name.
fn table(project: &Project, path: &str) -> Result<Vec<HashMap<String, String>>> {
    let file = project.require(path)?;
    let mut reader = csv::Reader::from_reader(file.text.as_bytes());
    reader.deserialize().map(|row| row.map_err(|error| Error::csv(&file.shown_path, error))).collect()
}

fn column(row: &HashMap<String, String>, name: &str) -> String {
    row.get(name).cloned().unwrap_or_default()
}

fn list(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn optional(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn units(project: &Project) -> Result<HashMap<char, Vec<(String, KnownUnit)>>> {
    let mut units: HashMap<char, Vec<(String, KnownUnit)>> = HashMap::new();
    for row in table(project, &format!("{FOLDER}/units.csv"))? {
        let kind = match column(&row, "kind").as_str() {
            "money" => UnitKind::Money,
            "percent" => UnitKind::Percent,
            "area" => UnitKind::Area,
            "score" => UnitKind::Score,
            _ => UnitKind::Count,
        };
        let known = KnownUnit { name: column(&row, "unit"), kind, counts_in_chinese: column(&row, "chinese") == "yes" };
        for printed in std::iter::once(column(&row, "unit")).chain(list(&column(&row, "printed"))) {
            let printed = printed.replace('（', "(").replace('）', ")");
            if let Some(first) = printed.chars().next() {
                units.entry(first).or_default().push((printed, known.clone()));
            }
        }
    }
    for list in units.values_mut() {
        list.sort_by_key(|(printed, _)| std::cmp::Reverse(printed.len()));
    }
    Ok(units)
}

fn names(project: &Project, class_ending: String, class_wordings: Vec<String>) -> Result<Names> {
    let spelling = |row: HashMap<String, String>| Spelling {
        printed: column(&row, "printed"),
        standard: column(&row, "standard"),
        is_ending: column(&row, "where") == "end",
    };
    let spellings = table(project, "pipelines/names/spellings.csv")?.into_iter().map(spelling).collect();
    let mut names = Names::new(class_ending, class_wordings, spellings);
    for row in table(project, ITEMS)? {
        let standard = column(&row, "item");
        let alias = Alias {
            standard: standard.clone(),
            line: optional(column(&row, "line")),
            sections: list(&column(&row, "sections")),
            units: list(&column(&row, "units")),
        };
        for printed in list(&column(&row, "printed")) {
            names.add_alias(&printed, alias.clone());
        }
        // A row without other wordings only says what its name counts.
        if alias.line.is_some() || !column(&row, "printed").is_empty() {
            names.add_alias(&standard, alias);
        }
    }
    for row in table(project, LINES)? {
        let standard = column(&row, "name_zh");
        let alias = Alias {
            standard: standard.clone(),
            line: optional(column(&row, "line")),
            sections: Vec::new(),
            units: Vec::new(),
        };
        // The dictionary of items has the say where both know a name.
        if !names.is_general(&standard) {
            names.add_alias(&standard, alias);
        }
    }
    for (path, is_function) in
        [("pipelines/reference/function_codes.csv", true), ("pipelines/reference/economic_codes.csv", false)]
    {
        for row in table(project, path)? {
            let code = Code {
                code: column(&row, "code"),
                name: column(&row, "name"),
                valid_from: column(&row, "valid_from").parse().ok(),
                valid_to: column(&row, "valid_to").parse().ok(),
            };
            if is_function { names.add_function(code) } else { names.add_economic(code) }
        }
    }
    Ok(names)
}

/// What words state without a number.
fn worded(project: &Project, macros: &Macros) -> Result<Vec<Worded>> {
    let file = project.require(WORDED)?;
    table(project, WORDED)?
        .iter()
        .map(|row| {
            Ok(Worded {
                code: column(row, "code"),
                measure: column(row, "measure"),
                item: column(row, "item"),
                pattern: compile(file, macros, &column(row, "pattern"))?,
                sections: list(&column(row, "sections")),
                is_count_after: match column(row, "is_count_after").as_str() {
                    "" => None,
                    pattern => Some(compile(file, macros, pattern)?),
                },
            })
        })
        .collect()
}

/// What items count and which sections belong together, as checks speak of them.
pub fn meanings(project: &Project, macros: &Macros) -> Result<Meanings> {
    let lines = table(project, LINES)?;
    let named = lines.iter().flat_map(|row| {
        let names = row.get("aliases").into_iter().flat_map(|aliases| aliases.split('|'));
        let code = row.get("line").map_or("", String::as_str);
        names
            .chain(row.get("name_zh").map(String::as_str))
            .filter(|name| !name.is_empty())
            .map(move |name| (name, code))
    });
    let mut meanings = Meanings::of_lines(named);
    for row in table(project, ITEMS)?.iter().rev() {
        let (code, fund) = (column(row, "code"), column(row, "fund"));
        if code.is_empty() {
            continue;
        }
        // A wording that means it everywhere counts the same.
        let is_limited = !column(row, "sections").is_empty() || !column(row, "units").is_empty();
        let printed = if is_limited { Vec::new() } else { list(&column(row, "printed")) };
        for name in printed.into_iter().chain([column(row, "item")]) {
            meanings.add(&name, Counted { code: code.clone(), fund: fund.clone() });
        }
    }
    let file = project.require(SECTIONS)?;
    let parsed: SectionsFile = file.parse(KEYS)?;
    for group in parsed.group {
        let GroupEntry { code, sections, heading, part_of, fund } = group;
        let heading = heading.map(|pattern| compile(file, macros, &pattern)).transpose()?;
        meanings.groups.push(SectionGroup { code, sections, heading, part_of, fund });
    }
    Ok(meanings)
}

/// Characters replaced before anything is compared.
pub fn script(project: &Project) -> Result<Script> {
    let mut map = HashMap::new();
    for row in table(project, "pipelines/reference/traditional.csv")? {
        if let (Some(from), to) = (column(&row, "traditional").chars().next(), column(&row, "simplified")) {
            map.insert(from, to);
        }
    }
    Ok(Script::new(map))
}
