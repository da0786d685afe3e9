//! Standard names: what a printed subject is called in the code lists.

use std::collections::HashMap;

/// A known name and the codes it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub standard: String,
    pub line: Option<String>,
    pub function: Option<String>,
    pub economic: Option<String>,
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
    functions: HashMap<String, Vec<Code>>,
    economics: HashMap<String, Vec<Code>>,
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
    pub fn add_alias(&mut self, printed: &str, alias: Alias) {
        self.aliases.entry(bare(printed)).or_default().push(alias);
    }

    pub fn add_function(&mut self, code: Code) {
        self.functions.entry(bare(&code.name)).or_default().push(code);
    }

    pub fn add_economic(&mut self, code: Code) {
        self.economics.entry(bare(&code.name)).or_default().push(code);
    }

    /// The standard name of a printed subject: limited aliases before general ones, and these before the
    /// classifications except where a section lists economic classes.
    pub fn find(&self, printed: &str, place: Place<'_>) -> Option<Name> {
        let key = bare(printed);
        if key.is_empty() {
            return None;
        }
        let mut best: Option<(&Alias, usize)> = None;
        for alias in self.aliases.get(&key).into_iter().flatten() {
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
        let alias = best.map(|(alias, weight)| {
            (Name { standard: alias.standard.clone(), line: alias.line.clone(), ..Name::default() }, weight)
        });
        match alias {
            Some((name, weight)) if weight > 0 || !place.economic_first => Some(name),
            general => self.classified(&key, place).or(general.map(|(name, _)| name)),
        }
    }

    /// Whether the name is an alias of this very section (支出 in the section of one fund).
    pub fn is_limited(&self, printed: &str, section: &str) -> bool {
        self.aliases
            .get(&bare(printed))
            .is_some_and(|aliases| aliases.iter().any(|alias| alias.sections.iter().any(|code| code == section)))
    }

    fn classified(&self, key: &str, place: Place<'_>) -> Option<Name> {
        if !place.is_classified {
            return None;
        }
        let economic = || {
            let code = current(self.economics.get(key)?, place.year, |_| true)?;
            Some(Name { standard: code.name.clone(), economic: Some(code.code.clone()), ..Name::default() })
        };
        let function = || {
            let codes = self.functions.get(key)?;
            // A name that several groups share (行政运行) has no code without its path; 类 before 款.
            let code = current(codes, place.year, |code| code.code.len() == 3)
                .or_else(|| current(codes, place.year, |code| code.code.len() == 5 || codes.len() == 1))?;
            Some(Name { standard: code.name.clone(), function: Some(code.code.clone()), ..Name::default() })
        };
        if place.economic_first { economic().or_else(function) } else { function().or_else(economic) }
    }

    /// The class, group or item that has this name below `parent`, if exactly one fits.
    pub fn function_below(&self, name: &str, parent: &str, year: Option<i32>) -> Option<Code> {
        let codes = self.functions.get(&bare(name))?;
        current(codes, year, |code| code.code.starts_with(parent) && code.code.len() > parent.len()).cloned()
    }

    pub fn function_named(&self, name: &str, length: usize, year: Option<i32>) -> Option<Code> {
        current(self.functions.get(&bare(name))?, year, |code| code.code.len() == length).cloned()
    }
}

/// The code valid in the year; without a year, or where none is, the last one listed.
fn current(codes: &[Code], year: Option<i32>, fits: impl Fn(&Code) -> bool) -> Option<&Code> {
    let mut fitting = codes.iter().filter(|code| fits(code));
    let is_valid = |code: &&Code| {
        year.is_none_or(|year| {
            code.valid_from.is_none_or(|from| from <= year) && code.valid_to.is_none_or(|to| year <= to)
        })
    };
    fitting.clone().find(is_valid).or_else(|| fitting.next_back())
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
