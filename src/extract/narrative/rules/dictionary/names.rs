//! Standard names: what a printed subject is called in the code lists.

use std::collections::HashMap;

use crate::vocabulary::{LetterSet, Unit};

/// A known name and the codes it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub standard: String,
    pub line: Option<String>,
    pub function: Option<String>,
    pub economic: Option<String>,
    /// Found by an alias of which only beginning and end are known.
    pub is_open: bool,
}

/// One row of function_codes.csv or economic_codes.csv.
#[derive(Debug, Clone)]
pub struct Code {
    pub code: String,
    pub name: String,
    pub valid_from: Option<i32>,
    pub valid_to: Option<i32>,
}

/// One row of `items.csv`: an alias, where it holds, and what it stands for.
#[derive(Debug, Clone)]
pub struct Alias {
    pub standard: String,
    pub line: Option<String>,
    /// Section codes; empty = everywhere.
    pub sections: Vec<String>,
    /// Units it is limited to; empty = any.
    pub units: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Names {
    aliases: HashMap<String, Vec<Alias>>,
    /// Aliases of which only beginning and end are known.
    open: Vec<(String, String, Alias)>,
    /// The same by what all spellings share.
    spelt: HashMap<String, Vec<Alias>>,
    functions: HashMap<String, Vec<Code>>,
    /// The same by what all spellings share.
    functions_spelt: HashMap<String, Vec<Code>>,
    economics: HashMap<String, Vec<Code>>,
    /// Bare names by code.
    by_code: HashMap<String, Vec<String>>,
    /// Functional codes.
    coded: HashMap<String, Vec<Code>>,
    /// What names of classes end with, and texts leave out.
    class_ending: String,
    /// What texts put in its place (一般公共服务类支出).
    class_wordings: Vec<String>,
    spellings: Vec<Spelling>,
    /// What a spelling that may stand anywhere begins with.
    openers: LetterSet,
}

/// One row of `spellings.csv`: two spellings of one word, at the end of a name or anywhere in it.
#[derive(Debug, Clone)]
pub struct Spelling {
    pub printed: String,
    pub standard: String,
    pub is_ending: bool,
}

/// Where a name is looked up.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub section: &'a str,
    pub unit: &'a str,
    pub year: Option<i32>,
    /// Whether names of the classifications are meant at all.
    pub is_classified: bool,
    /// Whether economic (类) names are meant before functional ones.
    pub economic_first: bool,
}

impl Names {
    pub fn new(class_ending: String, class_wordings: Vec<String>, spellings: Vec<Spelling>) -> Self {
        let anywhere = spellings.iter().filter(|spelling| !spelling.is_ending);
        let openers = anywhere.filter_map(|spelling| spelling.printed.chars().next()).collect();
        Self { class_ending, class_wordings, spellings, openers, ..Self::default() }
    }

    /// What all spellings of a listed name share.
    fn spelt(&self, name: &str) -> String {
        let mut key = bare(name);
        let mut may_hold_any = key.chars().any(|letter| self.openers.contains(letter));
        for spelling in &self.spellings {
            if !spelling.is_ending && may_hold_any && key.contains(&spelling.printed) {
                key = key.replace(&spelling.printed, &spelling.standard);
            } else if spelling.is_ending
                && let Some(stem) = key.strip_suffix(&spelling.printed)
                && !stem.is_empty()
            {
                key = format!("{stem}{}", spelling.standard);
                may_hold_any = true;
            }
        }
        key
    }

    /// An alias with … stands for every name that begins and ends like it.
    pub fn add_alias(&mut self, printed: &str, alias: Alias) {
        if let Some((begins, ends)) = printed.split_once(OPEN) {
            self.open.push((bare(begins), bare(ends), alias));
            return;
        }
        // A later row is the better of two that only differ in spelling.
        self.spelt.entry(self.spelt(printed)).or_default().insert(0, alias.clone());
        self.aliases.entry(bare(printed)).or_default().push(alias);
    }

    pub fn add_function(&mut self, code: Code) {
        self.by_code.entry(code.code.clone()).or_default().push(bare(&code.name));
        self.coded.entry(code.code.clone()).or_default().push(code.clone());
        self.functions_spelt.entry(self.spelt(&code.name)).or_default().push(code.clone());
        self.functions.entry(bare(&code.name)).or_default().push(code);
    }

    pub fn add_economic(&mut self, code: Code) {
        self.by_code.entry(code.code.clone()).or_default().push(bare(&code.name));
        self.economics.entry(bare(&code.name)).or_default().push(code);
    }

    /// Whether the words after a code are its own name: 20132组织事务.
    pub fn is_code_with_name(&self, code: &str, words: &str) -> bool {
        self.by_code.get(code).is_some_and(|names| {
            let words = bare(words);
            names.iter().any(|name| words.starts_with(name.as_str()))
        })
    }

    /// A functional code beside its own name, with or without 支出: 2010101行政运行, 行政运行（2010101）.
    pub fn coded(&self, code: &str, before: &str, after: &str, year: Option<i32>) -> Option<Code> {
        let codes = self.coded.get(code)?;
        let is_bracketed = before.ends_with('(');
        let (before, after) = (bare(before), bare(after));
        let is_beside = |name: &str| after.starts_with(name) || (is_bracketed && before.ends_with(name));
        let is_named = |code: &Code| {
            let name = bare(&code.name);
            let stem = name.strip_suffix(self.class_ending.as_str()).filter(|stem| !stem.is_empty());
            is_beside(&name) || stem.is_some_and(is_beside)
        };
        current(codes, year, is_named).cloned()
    }

    /// What a functional code is called.
    pub fn of_code(&self, code: &str, year: Option<i32>) -> Option<&Code> {
        current(self.coded.get(code)?, year, |_| true)
    }

    /// The standard name of a printed subject: limited aliases before general ones, and these before the
    /// classifications except where a section lists economic classes.
    pub fn find(&self, printed: &str, place: Place<'_>) -> Option<Name> {
        let key = bare(printed);
        if key.is_empty() {
            return None;
        }
        let alias = best(self.aliases.get(&key).map(Vec::as_slice), place)
            .or_else(|| best(self.spelt.get(&self.spelt(printed)).map(Vec::as_slice), place))
            .map(|(alias, weight)| (alias, weight, false))
            .or_else(|| self.open_alias(&key, place).map(|(alias, weight)| (alias, weight, true)));
        let alias = alias.map(|(alias, weight, is_open)| {
            let name = Name { standard: alias.standard.clone(), line: alias.line.clone(), is_open, ..Name::default() };
            (name, weight)
        });
        // A former or shorter name of a class has the class's code.
        let alias = alias.map(|(name, weight)| match self.classified(&bare(&name.standard), place) {
            Some(code) if name.line.is_none() => (code, weight),
            _ => (name, weight),
        });
        match alias {
            Some((name, weight)) if weight > 0 || !place.economic_first => Some(name),
            general => self.classified(&key, place).or(general.map(|(name, _)| name)),
        }
    }

    /// The alias that begins and ends like the name, limited to this very place.
    fn open_alias(&self, key: &str, place: Place<'_>) -> Option<(&Alias, usize)> {
        let fits = |begins: &str, ends: &str| {
            key.len() >= begins.len() + ends.len() && key.starts_with(begins) && key.ends_with(ends)
        };
        let fitting = self.open.iter().filter(|(begins, ends, _)| fits(begins, ends));
        fitting
            .filter_map(|(_, _, alias)| best(Some(std::slice::from_ref(alias)), place))
            .max_by_key(|(_, weight)| *weight)
    }

    /// The listed name most like one that no list knows, and the row that would add it: two thirds of the letters of the
    /// longer one stand in the other, in order.
    pub fn nearest(&self, printed: &str, place: Place<'_>) -> Option<(&str, &str)> {
        let key = self.spelt(printed);
        let length = key.chars().count();
        if !(LEAST_LIKE..=MOST_LIKE).contains(&length) || self.spelt.contains_key(&key) {
            return None;
        }
        let likeness = |known: &str| {
            let shared = in_order(&key, known);
            let longer = length.max(known.chars().count());
            (shared * 3 >= longer * 2).then_some(shared * 100 / longer)
        };
        let with_line = self.spelt.iter().filter_map(|(known, aliases)| {
            let (alias, _) = best(Some(aliases.as_slice()), place).filter(|(alias, _)| alias.line.is_some())?;
            Some((likeness(known)?, std::cmp::Reverse(known), alias))
        });
        let (_, _, alias) = with_line.max_by_key(|(likeness, known, _)| (*likeness, *known))?;
        Some((alias.standard.as_str(), alias.line.as_deref().unwrap_or_default()))
    }

    /// Whether the name is an alias everywhere and in any unit.
    pub fn is_general(&self, printed: &str) -> bool {
        let is_general = |alias: &Alias| alias.sections.is_empty() && alias.units.is_empty();
        self.aliases.get(&bare(printed)).is_some_and(|aliases| aliases.iter().any(is_general))
    }

    /// Whether the name is an alias of this very section, in any unit (支出 in the section of one fund) or, for an amount, in
    /// the unit of amounts (接待0.34万元 among the three public expenses).
    pub fn is_limited(&self, printed: &str, place: Place<'_>) -> bool {
        let is_amount = Unit::from_printed(place.unit).yuan_factor().is_some();
        self.aliases.get(&bare(printed)).is_some_and(|aliases| {
            aliases.iter().any(|alias| {
                let fits_unit =
                    alias.units.is_empty() || (is_amount && alias.units.iter().any(|unit| unit == place.unit));
                fits_unit && alias.sections.iter().any(|code| code == place.section)
            })
        })
    }

    /// 一般公共服务（类） is printed for 一般公共服务支出.
    pub fn with_class_ending(&self, name: &str) -> String {
        format!("{name}{}", self.class_ending)
    }

    fn without_class_wording<'k>(&self, key: &'k str) -> &'k str {
        self.class_wordings.iter().find_map(|wording| key.strip_suffix(wording.as_str())).unwrap_or(key)
    }

    fn classified(&self, key: &str, place: Place<'_>) -> Option<Name> {
        if !place.is_classified {
            // The full name of a class is one wherever it stands, unless it is a name of another list as well (其他支出).
            let codes = self.functions.get(key).filter(|_| !self.economics.contains_key(key))?;
            let class = current(codes, place.year, |code| code.code.len() == 3)?;
            return Some(Name { standard: class.name.clone(), function: Some(class.code.clone()), ..Name::default() });
        }
        let economic = || {
            let code = current(self.economics.get(key)?, place.year, |_| true)?;
            Some(Name { standard: code.name.clone(), economic: Some(code.code.clone()), ..Name::default() })
        };
        let function = || {
            // A class printed without its last word (一般公共服务) comes before an item of that very name.
            let class = self
                .functions
                .get(&self.with_class_ending(self.without_class_wording(key)))
                .and_then(|codes| current(codes, place.year, |code| code.code.len() == 3));
            if let Some(code) = class {
                return Some(Name {
                    standard: code.name.clone(),
                    function: Some(code.code.clone()),
                    ..Name::default()
                });
            }
            let without_ending = || self.functions.get(key.strip_suffix(self.class_ending.as_str())?);
            let codes = self.functions.get(key).or_else(without_ending)?;
            // A name that several groups share (行政运行) has no code without its path; 类 before 款.
            let code = current(codes, place.year, |code| code.code.len() == 3)
                .or_else(|| current(codes, place.year, |code| code.code.len() == 5 || codes.len() == 1))?;
            Some(Name { standard: code.name.clone(), function: Some(code.code.clone()), ..Name::default() })
        };
        if place.economic_first { economic().or_else(function) } else { function().or_else(economic) }
    }

    /// The functional codes of this name: as printed, in another spelling, by another name of the dictionary, or with
    /// 支出 behind it (住房公积金支出).
    pub fn called(&self, name: &str) -> Option<Called<'_>> {
        let key = bare(name);
        let spelt = || self.functions_spelt.get(&self.spelt(name));
        let renamed = || {
            let alias = self.aliases.get(&key)?.iter().find(|alias| alias.line.is_none())?;
            self.functions.get(&bare(&alias.standard))
        };
        let without_ending = || self.functions.get(key.strip_suffix(self.class_ending.as_str())?);
        self.functions.get(&key).or_else(spelt).or_else(renamed).or_else(without_ending).map(|codes| Called(codes))
    }
}

/// The functional codes of one name.
#[derive(Clone, Copy)]
pub struct Called<'a>(&'a [Code]);

impl<'a> Called<'a> {
    /// The class, group or item with a code of this length below `parent`.
    pub fn at(self, parent: &str, length: usize, year: Option<i32>) -> Option<&'a Code> {
        current(self.0, year, |code| code.code.starts_with(parent) && code.code.len() == length)
    }

    /// The one with a code of this length in another class than `class`.
    pub fn elsewhere(self, class: &str, length: usize, year: Option<i32>) -> Option<&'a Code> {
        current(self.0, year, |code| !code.code.starts_with(class) && code.code.len() == length)
    }

    /// The class, group or item below `parent`, if exactly one fits: 行政运行 of a class with several groups has no code.
    pub fn below(self, parent: &str, year: Option<i32>) -> Option<&'a Code> {
        let is_below = |code: &Code| code.code.starts_with(parent) && code.code.len() > parent.len();
        let found = current(self.0, year, is_below)?;
        let is_other = |code: &&Code| is_below(code) && code.code != found.code && is_valid(code, year);
        self.0.iter().find(is_other).is_none().then_some(found)
    }
}

/// In an alias: whatever stands between its beginning and its end, if anything does.
const OPEN: char = '…';

/// Names shorter than this are like too many, longer ones are sentences.
const LEAST_LIKE: usize = 4;
const MOST_LIKE: usize = 24;

/// How many letters two names share in the same order.
fn in_order(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row = vec![0usize; other.len() + 1];
    for letter in one.chars() {
        let mut diagonal = 0;
        for (at, known) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if letter == *known { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[other.len()]
}

/// Of the aliases that hold at a place the one limited most.
fn best<'a>(aliases: Option<&'a [Alias]>, place: Place<'_>) -> Option<(&'a Alias, usize)> {
    let mut best: Option<(&Alias, usize)> = None;
    for alias in aliases.into_iter().flatten() {
        // Outside every known section a unit still tells which alias is meant.
        let is_told_by_unit = place.section.is_empty() && !alias.units.is_empty();
        let fits_section =
            alias.sections.is_empty() || is_told_by_unit || alias.sections.iter().any(|code| code == place.section);
        let fits_unit = alias.units.is_empty() || alias.units.iter().any(|unit| unit == place.unit);
        let weight = usize::from(!alias.sections.is_empty()) * 2 + usize::from(!alias.units.is_empty());
        if fits_section && fits_unit && best.is_none_or(|(_, other)| weight > other) {
            best = Some((alias, weight));
        }
    }
    best
}

/// The code valid in the year; without a year, or where none is, the last one listed.
fn current(codes: &[Code], year: Option<i32>, fits: impl Fn(&Code) -> bool) -> Option<&Code> {
    let mut fitting = codes.iter().filter(|code| fits(code));
    fitting.clone().find(|code| is_valid(code, year)).or_else(|| fitting.next_back())
}

fn is_valid(code: &Code, year: Option<i32>) -> bool {
    year.is_none_or(|year| code.valid_from.is_none_or(|from| from <= year) && code.valid_to.is_none_or(|to| year <= to))
}

/// A name without quotation marks, blanks and punctuation: what two spellings of it share.
pub fn bare(name: &str) -> String {
    let mut bare = String::with_capacity(name.len());
    bare.extend(name.chars().filter(|c| !c.is_whitespace() && !is_punctuation(*c)));
    bare
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉')
        || matches!(c, '(' | ')' | '（' | '）' | '、' | '·' | '-' | '—' | '/')
}
