//! `grammar.toml` and `sections.toml`, with the dictionary → a lexicon.

use super::dictionary::{SECTIONS, names, units, worded};
use super::lexicon::{Comparator, Lexicon, NotFigure, Rewrite, Role};
use super::macros::{KEYS, Macros, compile};
use super::model::{Example, Section, TableWords, Titles};
use super::shapes::{Directions, ExamplesFile, GrammarExample, GrammarFile, NotFigureEntry, RoleEntry, SectionsFile};
use crate::error::Result;
use crate::extract::pattern::Pattern;
use crate::identity::institution_endings;
use crate::project::{Project, ProjectFile};

const FOLDER: &str = "pipelines/narrative";
const EXAMPLES: &str = "pipelines/narrative/examples.toml";

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
        not_approximate: words.numbers.not_approximate,
        counted_by_magnitude: words.numbers.counted_by_magnitude,
        unit_of_counted: words.numbers.unit_of_counted,
        formal_digits: words.numbers.formal_digits,
        chinese_not_after: words.numbers.chinese_not_after,
        chinese_not_before: words.numbers.chinese_not_before,
        not_figures: not_figures(file, &macros, &words.not_figure)?,
        direction: direction(file, &macros, &words.directions)?,
        flat: one(&words.directions.flat)?,
        granted: words.directions.granted.clone(),
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
                    years: entry.years,
                    another_own: entry.another_own.clone(),
                    another_change: entry.another_change.clone(),
                    own_of: (!entry.own_of.is_empty()).then(|| one(&entry.own_of)).transpose()?,
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
        each_its_own: one(&words.statements.each_its_own)?,
        each_alike: one(&words.statements.each_alike)?,
        all_together: one(&words.statements.all_together)?,
        of_which: one(&words.statements.of_which)?,
        of_which_beside: one(&words.statements.of_which_beside)?,
        of_which_not: words
            .statements
            .of_which_not
            .iter()
            .map(|(whole, part)| Ok((one(whole)?, one(part)?)))
            .collect::<Result<_>>()?,
        reason_goes_on: one(&words.statements.reason_goes_on)?,
        whole: one(&words.subject.whole)?,
        below: one(&words.subject.below)?,
        part_names: pairs(&words.subject.part_names)?,
        list_closed: one(&words.subject.list_closed)?,
        listed_as: one(&words.subject.listed_as)?,
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
        joins: words.subject.joins.chars().collect(),
        body_endings: words.subject.body_endings,
        area_endings: words.subject.area_endings,
        lead_words: words.subject.lead_words,
        this_project: words.subject.this_project,
        project: words.subject.project,
        sides: words.subject.sides,
        stated_year: one(&words.years.stated)?,
        opening_year: one(&words.years.opening)?,
        slipped_year: one(&words.years.slipped)?,
        year_ahead: one(&words.years.ahead)?,
        account_again: one(&words.years.account_again)?,
        year_on_year: one(&words.years.year_on_year)?,
        year_before: one(&words.years.before)?,
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
        r"(?:(?:(?P<up>{up})|(?P<down>{down})|(?P<same>{same}))(?:\((?:{{or}})?(?P<alternative>{up}|{down})\)|/(?P<alternative2>{up}|{down}))?(?:{})|(?P<apart>{apart})(?:{})|(?:^|[{}])(?:(?P<more>{})|(?P<fewer>{})))$",
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
        signature: one(&parsed.titles.signature)?,
        dated: one(&parsed.titles.dated)?,
        openings: parsed.titles.openings.iter().map(|pattern| one(pattern)).collect::<Result<_>>()?,
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
        rest: one(&parsed.titles.rest)?,
        budget_part: one(&parsed.titles.budget_part)?,
        sentence_begins: one(&parsed.titles.sentence_begins)?,
        heading_endings: parsed.titles.heading_endings,
    };
    let columns =
        parsed.tables.columns.iter().map(|(pattern, role)| Ok((one(pattern)?, role.clone()))).collect::<Result<_>>()?;
    let tables = TableWords {
        columns,
        unit_list: one(&parsed.tables.unit_list)?,
        units_told: one(&parsed.tables.units_told)?,
        unit_told: one(&parsed.tables.unit_told)?,
        units_joined: one(&parsed.tables.units_joined)?,
    };
    Ok((titles, tables))
}
