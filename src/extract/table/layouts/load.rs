//! `pipelines/layouts/` → layouts ready to match: overlays applied, labels normalised, codes checked.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::layout::{Block, Fixture, LayoutFile, LayoutKind, Measure};
use super::lists::Lists;
use super::source::{KEYS, at_value, regex};
use super::words::Words;
use crate::error::Result;
use crate::extract::pattern::Pattern;
use crate::extract::table::rows::label::{normal, title_key, without_numbering};
use crate::project::{Project, ProjectFile};
use crate::vocabulary::lies_in;

const FOLDER: &str = "pipelines/layouts";
const RECOGNITION: &str = "pipelines/layouts/recognition.toml";

const ALL_YEARS: (i32, i32) = (i32::MIN, i32::MAX);

/// Header path segments, each a set of labels that will do.
pub type Path = Vec<Vec<String>>;

/// One layout, ready to match.
#[derive(Debug)]
pub struct Layout {
    pub id: String,
    pub shown_path: String,
    /// The layout this one extends, if any: an overlay stands in for it where it applies.
    pub base: Option<String>,
    pub report_table: String,
    pub kind: LayoutKind,
    pub regions: Vec<String>,
    pub years: (i32, i32),
    pub reject: Vec<String>,
    pub columns: Vec<Vec<String>>,
    pub absent: Vec<Vec<String>>,
    pub rows: Vec<String>,
    pub by_columns: bool,
    pub alone_rows: Vec<String>,
    /// Normalised words of a title, with the fund they mean.
    pub fund_by_title: Vec<(String, String)>,
    pub unit_default: Option<String>,
    pub blocks: Vec<BoundBlock>,
    pub fixtures: Vec<Fixture>,
    titles: Vec<String>,
    shared_titles: Vec<String>,
    patterns: Vec<Pattern>,
}

/// A block with its labels normalised.
#[derive(Debug)]
pub struct BoundBlock {
    pub rule: Block,
    pub banner: HashSet<String>,
    pub keys: HashSet<String>,
    pub ignore: HashSet<String>,
    pub transparent: HashSet<String>,
    /// One list of paths for each measure of `rule.measures`.
    pub paths: Vec<Vec<Path>>,
}

/// All layouts, and what recognising them needs.
#[derive(Debug)]
pub struct Layouts {
    pub layouts: Vec<Layout>,
    pub words: Words,
    pub lists: Lists,
    /// Normalised title → layouts.
    pub titles: HashMap<String, Vec<TitleOf>>,
    /// Last characters of all titles: a quick way to pass over cells that are none.
    pub title_ends: HashSet<char>,
    /// Every header label any layout names: what a header row is made of.
    pub header_labels: HashSet<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct TitleOf {
    pub layout: usize,
    /// Budgets use this title too.
    pub is_shared: bool,
}

impl Layouts {
    /// Reads every layout of the project, with its overlays.
    ///
    /// # Errors
    /// A file that does not parse, an unknown key, an unknown code or list, or an `extends` that leads nowhere: with file and line.
    pub fn load(project: &Project) -> Result<Self> {
        let lists = Lists::load(project)?;
        let words = Words::load(project.require(RECOGNITION)?)?;
        let files = read_files(project)?;
        let mut layouts = Vec::with_capacity(files.len());
        for (file, source) in files.values() {
            let merged = with_base(file, source, &files)?;
            super::codes::check_codes(&merged, source, &lists)?;
            layouts.push(bind(file, merged, source, &words)?);
        }
        let mut all = Self {
            layouts,
            words,
            lists,
            titles: HashMap::new(),
            title_ends: HashSet::new(),
            header_labels: HashSet::new(),
        };
        all.index();
        Ok(all)
    }

    fn index(&mut self) {
        for (at, layout) in self.layouts.iter().enumerate() {
            let own = layout.titles.iter().map(|title| (title, false));
            for (title, is_shared) in own.chain(layout.shared_titles.iter().map(|title| (title, true))) {
                let layouts = self.titles.entry(title.clone()).or_default();
                if layouts.iter().all(|known| known.layout != at) {
                    layouts.push(TitleOf { layout: at, is_shared });
                }
                self.title_ends.extend(title.chars().next_back());
            }
            for block in &layout.blocks {
                self.header_labels.extend(block.banner.iter().cloned());
                self.header_labels.extend(block.keys.iter().cloned());
                self.header_labels.extend(block.ignore.iter().cloned());
                self.header_labels.extend(block.transparent.iter().cloned());
                self.header_labels.extend(block.paths.iter().flatten().flatten().flatten().cloned());
            }
        }
        let words = &self.words;
        for list in [&words.transparent, &words.ignored, &words.code_parts, &words.numbering] {
            self.header_labels.extend(list.iter().cloned());
        }
        self.header_labels.extend(words.phases.keys().cloned());
        self.header_labels.remove("");
    }

    /// Layouts whose title patterns match the whole normalised title.
    pub fn by_pattern(&self, normal_title: &str) -> Vec<usize> {
        let matches = |layout: &Layout| layout.patterns.iter().any(|pattern| pattern.is_match(normal_title));
        (0..self.layouts.len()).filter(|at| matches(&self.layouts[*at])).collect()
    }

    pub fn layout(&self, at: usize) -> &Layout {
        &self.layouts[at]
    }

    /// What the report table of a layout is called in print.
    pub fn shown_table(&self, at: usize) -> &str {
        let table = &self.layouts[at].report_table;
        self.lists.report_tables.get(table).unwrap_or(table)
    }

    pub fn titles_of(&self, at: usize) -> impl Iterator<Item = &str> {
        self.layouts[at].titles.iter().chain(&self.layouts[at].shared_titles).map(String::as_str)
    }
}

impl Layout {
    pub fn applies(&self, region_code: Option<&str>, fiscal_year: Option<i32>) -> bool {
        let in_region = self.regions.is_empty()
            || region_code.is_none_or(|code| self.regions.iter().any(|region| lies_in(code, region)));
        in_region && fiscal_year.is_none_or(|year| (self.years.0..=self.years.1).contains(&year))
    }

    pub fn serves_every_year(&self) -> bool {
        self.years == ALL_YEARS
    }

    /// A year it serves, to try it with; `None` where it serves all.
    pub fn a_year(&self) -> Option<i32> {
        [self.years.0, self.years.1].into_iter().find(|year| ![ALL_YEARS.0, ALL_YEARS.1].contains(year))
    }
}

type Files<'a> = BTreeMap<String, (LayoutFile, &'a ProjectFile)>;

fn read_files(project: &Project) -> Result<Files<'_>> {
    let mut files = BTreeMap::new();
    for source in project.under(FOLDER, "toml").filter(|file| file.path != RECOGNITION) {
        let file: LayoutFile = source.parse(KEYS)?;
        let expected = source.path.strip_prefix(FOLDER).unwrap_or(&source.path).trim_start_matches('/');
        let expected = expected.strip_suffix(".toml").unwrap_or(expected);
        if file.id != expected {
            return Err(at_value(source, &file.id, format!("its id is “{}”, its place says “{expected}”", file.id))
                .hint("the id is the folder and the file name, so that messages lead to the file"));
        }
        files.insert(file.id.clone(), (file, source));
    }
    Ok(files)
}

fn with_base(file: &LayoutFile, source: &ProjectFile, files: &Files<'_>) -> Result<LayoutFile> {
    let Some(base_id) = &file.extends else { return Ok(file.clone()) };
    let (base, _) = files.get(base_id).filter(|(base, _)| base.extends.is_none()).ok_or_else(|| {
        at_value(source, base_id, format!("it extends “{base_id}”, which is no base layout"))
            .hint("name a layout that extends nothing itself, such as base/expenditure")
    })?;
    let mut merged = base.clone();
    merged.id.clone_from(&file.id);
    merged.extends.clone_from(&file.extends);
    merged.fixture.clone_from(&file.fixture);
    if let Some(code) = &file.report_table {
        merged.report_table = Some(code.clone());
    }
    if let Some(kind) = file.kind {
        merged.kind = Some(kind);
    }
    if let Some(applies_to) = &file.applies_to {
        merged.applies_to = Some(applies_to.clone());
    }
    if let Some(find) = &file.find {
        merged.find = Some(find.clone());
    }
    if let Some(unit) = &file.unit {
        merged.unit = Some(unit.clone());
    }
    if !file.block.is_empty() {
        merged.block.clone_from(&file.block);
    }
    if let Some(also) = &file.also {
        let find = merged.find.get_or_insert_default();
        find.titles.extend(also.titles.iter().cloned());
        find.shared_titles.extend(also.shared_titles.iter().cloned());
        for block in &mut merged.block {
            block.key_labels.extend(also.key_labels.iter().cloned());
            block.ignore.extend(also.ignore.iter().cloned());
            block.transparent.extend(also.transparent.iter().cloned());
            block.measures.extend(also.measure.iter().cloned());
        }
        for (name, headers) in &also.measures {
            add_headers(&mut merged.block, name, headers, source)?;
        }
    }
    Ok(merged)
}

fn add_headers(blocks: &mut [Block], name: &str, headers: &[String], source: &ProjectFile) -> Result<()> {
    let is_meant = |measure: &Measure| {
        measure.name == name
            || (measure.name.is_empty() && (measure.component == name || measure.line.as_deref() == Some(name)))
    };
    let mut found = false;
    for measure in blocks.iter_mut().flat_map(|block| &mut block.measures).filter(|measure| is_meant(measure)) {
        measure.header.extend(headers.iter().cloned());
        found = true;
    }
    if found {
        return Ok(());
    }
    Err(at_value(source, name, format!("the base layout has no measure “{name}”"))
        .hint("use the name, component or line of one of its [[block.measures]]"))
}

fn bind(own: &LayoutFile, file: LayoutFile, source: &ProjectFile, words: &Words) -> Result<Layout> {
    let find = file.find.unwrap_or_default();
    let applies_to = file.applies_to;
    let years = match applies_to.as_ref().and_then(|applies| applies.years.as_deref()) {
        None => ALL_YEARS,
        Some(years) => parse_years(years).ok_or_else(|| {
            at_value(source, years, format!("“{years}” is no range of years"))
                .hint("write 2020.., ..2018 or 2019..2022")
        })?,
    };
    let mut patterns = Vec::new();
    for pattern in &find.title_patterns {
        patterns.push(regex(pattern, source)?);
    }
    let mut blocks = Vec::new();
    for rule in file.block {
        blocks.push(bind_block(rule, source, words)?);
    }
    let alternatives = |list: &[String]| list.iter().map(|labels| split_alternatives(labels)).collect();
    Ok(Layout {
        id: file.id,
        shown_path: source.shown_path.clone(),
        base: own.extends.clone(),
        report_table: file.report_table.unwrap_or_default(),
        kind: file.kind.unwrap_or_default(),
        regions: applies_to.map(|applies| applies.regions).unwrap_or_default(),
        years,
        reject: find.reject.iter().map(|word| normal(word)).collect(),
        columns: alternatives(&find.columns),
        absent: alternatives(&find.absent),
        rows: find.rows.iter().map(|row| normal(row)).collect(),
        by_columns: find.by_columns,
        alone_rows: find.alone_rows.iter().map(|row| normal(row)).collect(),
        fund_by_title: find.fund_by_title.iter().map(|(words, fund)| (title_key(words), fund.clone())).collect(),
        unit_default: file.unit.and_then(|unit| unit.default),
        blocks,
        fixtures: file.fixture,
        titles: find.titles.iter().map(|title| title_key(title)).collect(),
        shared_titles: find.shared_titles.iter().map(|title| title_key(title)).collect(),
        patterns,
    })
}

fn bind_block(rule: Block, source: &ProjectFile, words: &Words) -> Result<BoundBlock> {
    let mut keys = if rule.keys.is_empty() {
        HashSet::new()
    } else {
        words.keys.get(&rule.keys).cloned().ok_or_else(|| {
            at_value(source, &rule.keys, format!("recognition.toml has no key list “{}”", rule.keys))
                .hint(format!("it has: {}", words.keys.keys().cloned().collect::<Vec<_>>().join(", ")))
        })?
    };
    let set = |labels: &[String]| -> HashSet<String> { labels.iter().map(|label| normal(label)).collect() };
    keys.extend(set(&rule.key_labels));
    let mut transparent = set(&rule.transparent);
    transparent.extend(words.transparent.iter().cloned());
    let mut ignore = set(&rule.ignore);
    ignore.extend(words.ignored.iter().filter(|label| !keys.contains(*label)).cloned());
    let paths = rule
        .measures
        .iter()
        .map(|measure| measure.header.iter().flat_map(|header| paths_of(header, &transparent, words)).collect())
        .collect();
    Ok(BoundBlock { banner: set(&rule.banner), keys, ignore, transparent, paths, rule })
}

/// `本年支出 > 小计|合计` → segments; what adds nothing (phases, transparent labels) is left out, as in printed paths. Where
/// only some labels of a segment add nothing, it may be there or not.
fn paths_of(header: &str, transparent: &HashSet<String>, words: &Words) -> Vec<Path> {
    let mut paths = vec![Path::new()];
    for labels in header.split('>').map(split_alternatives) {
        let adds_nothing = |label: &String| transparent.contains(label) || words.phases.contains_key(label);
        let may_be_missing = labels.iter().any(adds_nothing);
        let telling: Vec<String> =
            labels.into_iter().filter(|label| !label.is_empty() && !adds_nothing(label)).collect();
        if telling.is_empty() {
            continue;
        }
        let without = if may_be_missing { paths.clone() } else { Vec::new() };
        paths.iter_mut().for_each(|path| path.push(telling.clone()));
        paths.extend(without);
    }
    paths
}

fn split_alternatives(labels: &str) -> Vec<String> {
    labels.split('|').map(|label| without_numbering(&normal(label)).to_owned()).collect()
}

fn parse_years(text: &str) -> Option<(i32, i32)> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let bound = |text: &str, open: i32| if text.is_empty() { Some(open) } else { text.parse().ok() };
    Some((bound(first.trim(), i32::MIN)?, bound(last.trim(), i32::MAX)?))
}
