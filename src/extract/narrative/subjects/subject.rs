//! What a number is about: the words before it, or the subject carried from before them.

use std::convert::Infallible;
use std::ops::{ControlFlow, Range};

use regex::Regex;

use super::path::ClassificationPath;
use crate::extract::narrative::rules::dictionary::names::Place;
use crate::extract::narrative::rules::lexicon::{Comparator, Lexicon, UnitKind};
use crate::extract::narrative::rules::model::{Reads, Section};
use crate::extract::pattern::Letters;

/// What a number is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    pub standard: String,
    pub printed: String,
    pub line: Option<String>,
    pub function: Option<String>,
    pub economic: Option<String>,
    /// Names from 类 down, joined by `/`.
    pub path: String,
    /// Only the beginning and the end of the name are known (接待…).
    pub is_open: bool,
}

impl Item {
    /// A name of the code lists.
    pub fn is_listed(&self) -> bool {
        self.line.is_some() || self.function.is_some() || self.economic.is_some()
    }
}

/// The unit by which a name is the money spent or received.
pub const YUAN: &str = "元";

/// Where and for whom a subject is resolved.
pub struct Setting<'a> {
    pub lexicon: &'a Lexicon,
    pub section: Option<&'a Section>,
    pub year: Option<i32>,
    pub departments: &'a [String],
    pub project: &'a str,
    /// The part of the text states budgets.
    pub states_budgets: bool,
}

impl Setting<'_> {
    pub fn place<'b>(&'b self, unit: &'b str) -> Place<'b> {
        Place {
            section: self.section.map_or("", |section| section.code.as_str()),
            unit,
            year: self.year,
            is_classified: self.section.is_none_or(|section| section.is_classified || !section.fund.is_empty()),
            economic_first: self.section.is_some_and(|section| section.economic_first),
        }
    }

    pub fn reads(&self) -> Reads {
        self.section.map_or(Reads::Figures, |section| section.reads)
    }

    /// The words without those that say what something is compared with: they are never its name.
    pub fn without_comparisons(&self, words: &str) -> String {
        let letters = Letters::of(words);
        let mut text = words.to_owned();
        for pattern in self.lexicon.comparators.iter().filter_map(|known| known.pattern.within(&letters)) {
            text = pattern.replace_all(&text, ",").into_owned();
        }
        text
    }

    /// The comparator nearest to the number.
    pub fn last_comparator(&self, text: &str) -> Option<(&Comparator, Range<usize>)> {
        let letters = Letters::of(text);
        let last = |pattern: &Regex| pattern.find_iter(text).last().map(|found| found.range());
        self.lexicon
            .comparators
            .iter()
            .filter_map(|comparator| Some((comparator, comparator.pattern.within(&letters).and_then(last)?)))
            // Of two that end together the longer one says more (比年初预算 over 比预算).
            .max_by_key(|(_, range)| (range.end, std::cmp::Reverse(range.start)))
    }

    /// The subject named in the words before a number: the last part of them that names something.
    pub fn named(&self, before: &str, unit: &str, kind: UnitKind, path: &mut ClassificationPath) -> Option<Item> {
        if let Some(item) = self.classified(before, path).or_else(|| self.coded(before, path)) {
            return Some(item);
        }
        let before = self.without_comparisons(before);
        if let Some(item) = self.name_of_list(&before, unit, path) {
            return Some(item);
        }
        if let Some(item) = self.name_after_list(&before, unit, path) {
            return Some(item);
        }
        let before = without_list_in_brackets(&before);
        let text = self.lexicon.enumeration.replace_all(before, ",");
        for part in text.split([',', ':', '\t', '。', ';']).rev() {
            let part = part.trim_start_matches([')', ' ', '-', '—', '、']).trim_end_matches(['(', ' ', '-', '—', '、']);
            if part.is_empty() {
                continue;
            }
            // 教育支出—普通教育—高等教育: the last of names that are joined.
            if part.contains(['—', '-', '/'])
                && let Some(item) = self.names_in_a_row(part, path)
            {
                return Some(item);
            }
            if let Some(item) = self.one(part, unit, kind, path) {
                return Some(item);
            }
        }
        None
    }

    /// What several names in a row are called together: 出国费、接待费、公车购置费(“三公”经费).
    fn name_of_list(&self, words: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        let words = self.clean(words.rsplit([';', '。']).next()?);
        let (names, inside) = words.strip_suffix(')')?.rsplit_once('(')?;
        if names.matches(['、', ',']).count() < 2 {
            return None;
        }
        self.known(&self.unquoted(inside), unit, path).filter(|item| item.line.is_some())
    }

    /// What a list of its parts ends with: 包括基本工资、津贴补贴等人员经费支出.
    fn name_after_list(&self, words: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        let name = self.lexicon.listed_as.captures(words)?.name("name")?;
        self.known_in(name.as_str(), unit, path).filter(|item| item.line.is_some())
    }

    /// One part of a sentence as a subject; `None` where it names nothing.
    pub fn one(&self, part: &str, unit: &str, kind: UnitKind, path: &mut ClassificationPath) -> Option<Item> {
        let of_project = if kind == UnitKind::Count { None } else { self.project_above(part) };
        if let Some(item) = of_project.or_else(|| self.known_in(part, unit, path)) {
            return Some(item);
        }
        if let Some(item) = self.names_in_a_row(part, path) {
            return Some(item);
        }
        let clean = self.clean(part);
        if clean.is_empty() || self.lexicon.empty_subject.is_match(&clean) {
            return None;
        }
        // 出国（境）和购车: of two listed names the last.
        if let Some((first, last)) = clean.rsplit_once(['和', '及', '与'])
            && self.known(first, unit, &mut path.clone()).is_some_and(|item| item.line.is_some())
            && let Some(item) = self.known(last, unit, path).filter(|item| item.line.is_some())
        {
            return Some(item);
        }
        if let Some((_, last)) = clean.rsplit_once('、') {
            if !self.lexicon.empty_subject.is_match(last)
                && let Some(item) = self.known(last, unit, path)
            {
                return Some(item);
            }
            if !last.is_empty() && clean.chars().count() > 12 {
                return self.one(last, unit, kind, path);
            }
        }
        let is_project = !self.project.is_empty() && clean.starts_with(&self.unquoted(self.project));
        let is_reported = kind != UnitKind::Percent && self.reads() != Reads::Figures;
        let is_work = (is_reported || kind == UnitKind::Count) && !is_project;
        let name =
            if is_work && !self.names_project(part, &clean, unit, kind) { self.noun(&clean, unit) } else { clean };
        if name.is_empty() {
            return None;
        }
        Some(self.known(&name, unit, path).unwrap_or_else(|| Item {
            standard: name.clone(),
            printed: name,
            ..Item::default()
        }))
    }

    /// “重点断面监测”项目, 优抚对象慰问项目 before an amount: its verbs belong to the name.
    fn names_project(&self, part: &str, clean: &str, unit: &str, kind: UnitKind) -> bool {
        let project = self.lexicon.project.as_str();
        let is_quoted = || part.split_once('”').is_some_and(|(_, rest)| rest.starts_with(project));
        kind != UnitKind::Count && (is_quoted() || (clean != project && self.noun(clean, unit) == project))
    }

    /// 项目, 项目自评得分: of the project named above.
    fn project_above(&self, part: &str) -> Option<Item> {
        let rest = part.trim().strip_prefix(self.lexicon.project.as_str()).filter(|_| !self.project.is_empty())?;
        let is_of_project = || {
            let is_empty = self.lexicon.empty_subject.is_match(rest);
            !is_empty && self.known_anywhere(rest, &mut ClassificationPath::default()).is_some()
        };
        (rest.is_empty() || is_of_project()).then(|| {
            let name = format!("{}{rest}", self.project);
            Item { standard: name.clone(), printed: name, ..Item::default() }
        })
    }

    /// A known name in one part of a sentence: as printed, or once some of the words around it are taken off.
    pub fn known_in(&self, part: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        let text = self.unquoted(part);
        if self.lexicon.empty_subject.is_match(&text) && !self.lexicon.names.is_limited(&text, self.place(unit)) {
            return None;
        }
        if let Some(item) = self.known(&text, unit, path) {
            return Some(item);
        }
        let rewritten = self.rewritten(text, |shorter| {
            if self.lexicon.empty_subject.is_match(shorter) {
                return ControlFlow::Break(None);
            }
            let name = balanced(shorter);
            match self.known(name.trim_matches([',', '、', ' ', ':', '.']), unit, path) {
                None => ControlFlow::Continue(()),
                known => ControlFlow::Break(known),
            }
        });
        let text = match rewritten {
            ControlFlow::Break(decided) => return decided,
            ControlFlow::Continue(text) => text,
        };
        // 事业收入(医疗收入): what the bracket explains is known.
        let explained = text.strip_suffix(')').and_then(|text| Some(text.rsplit_once('(')?.0));
        if let Some(item) = explained.and_then(|name| self.known(name, unit, path)).filter(Item::is_listed) {
            return Some(item);
        }
        self.known_behind(&text, unit, path).or_else(|| self.known_behind(&self.unquoted(part), unit, path))
    }

    /// A known name behind that of a body: 某县农业农村局机关运行经费支出, 区直文化系统三公经费.
    fn known_behind(&self, text: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        let after_body = text
            .char_indices()
            .filter(|(_, c)| self.lexicon.body_endings.contains(*c))
            .map(|(at, c)| at + c.len_utf8());
        let after_lead =
            self.lexicon.lead_words.iter().flat_map(|word| {
                text.match_indices(word.as_str()).map(|(at, word)| at + word.len()).collect::<Vec<_>>()
            });
        let mut starts: Vec<usize> = after_body.chain(after_lead).collect();
        starts.sort_unstable();
        starts
            .into_iter()
            .map(|start| &text[start..])
            .filter(|rest| !self.lexicon.empty_subject.is_match(rest))
            .find_map(|rest| self.known(rest, unit, path))
    }

    /// A name of the code lists.
    pub fn known(&self, name: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        self.known_at(name, self.place(unit), path)
    }

    /// The same without the short names of the section.
    pub fn known_anywhere(&self, name: &str, path: &mut ClassificationPath) -> Option<Item> {
        self.known_at(name, Place { section: "", ..self.place("") }, path)
    }

    /// A name of what is a part of this whole, by the short names of the whole's section: 总收入8万元，其中财政拨款7万元.
    pub fn known_as_part(&self, name: &str, whole: &Item, path: &mut ClassificationPath) -> Option<Item> {
        let (_, section) = self.lexicon.part_names.iter().find(|(pattern, _)| pattern.is_match(&whole.standard))?;
        self.known_at(name, Place { section, ..self.place("") }, path).filter(|item| item.standard != name)
    }

    fn known_at(&self, name: &str, place: Place<'_>, path: &mut ClassificationPath) -> Option<Item> {
        let found = self.lexicon.names.find(name, place);
        let below = || {
            let code = path.code()?;
            let within = |length: usize| self.lexicon.names.function_below(name, code.get(..length)?, self.year);
            [7, 5, 3].into_iter().find_map(within)
        };
        let is_classified = place.is_classified;
        let is_function = found.as_ref().is_some_and(|name| name.function.is_some());
        if found.is_none() || is_function {
            let code = if is_function {
                found.as_ref().and_then(|name| name.function.clone())
            } else {
                below().filter(|_| is_classified).map(|code| code.code)
            };
            if let Some(code) = code {
                let standard = found.map_or_else(|| name.to_owned(), |name| name.standard);
                path.enter(&standard, &code);
                return Some(Item {
                    printed: name.to_owned(),
                    standard,
                    function: Some(code),
                    path: path.joined(),
                    ..Item::default()
                });
            }
        }
        let found = found?;
        Some(Item {
            standard: found.standard,
            printed: name.to_owned(),
            line: found.line,
            economic: found.economic,
            is_open: found.is_open,
            ..Item::default()
        })
    }

    /// A part of a sentence without the words that name nothing: numbers of lists, years, the department itself.
    pub fn clean(&self, part: &str) -> String {
        let ControlFlow::Continue(text) =
            self.rewritten::<Infallible>(self.unquoted(part), |_| ControlFlow::Continue(()));
        balanced(text.trim_matches([',', '、', ' ', ':', '.']))
    }

    /// A text as the rewrites leave it, at most three times one after the other; `look` sees each shorter one and may end it.
    fn rewritten<T>(&self, mut text: String, mut look: impl FnMut(&str) -> ControlFlow<T>) -> ControlFlow<T, String> {
        for _ in 0..3 {
            let mut is_same = true;
            let mut letters = Letters::of(&text);
            for rewrite in &self.lexicon.subject_rewrites {
                if let Some(shorter) = rewrite.apply(&text, &letters) {
                    look(&shorter)?;
                    text = shorter;
                    letters = Letters::of(&text);
                    is_same = false;
                }
            }
            if is_same {
                break;
            }
        }
        ControlFlow::Continue(text)
    }

    /// Without quotation marks, the number of a list, and the department's own name.
    pub fn unquoted(&self, part: &str) -> String {
        let is_mark = |c| matches!(c, '“' | '”' | '"' | '\'' | '‘' | '’' | '「' | '」' | '『' | '』' | '*' | '#');
        let mut text = part.replace(is_mark, "");
        if let Some((_, length)) = crate::extract::narrative::paragraphs::numbering::numbering(&text) {
            text.drain(..length);
        }
        for name in self.departments.iter().filter(|name| !name.is_empty()) {
            if text.contains(name.as_str()) {
                text = text.replace(name.as_str(), "");
            }
        }
        if !self.project.is_empty() {
            text = text.replace(self.lexicon.this_project.as_str(), self.project);
        }
        text
    }
}

/// The last part of the words, after a semicolon.
pub fn clause_of(words: &str) -> &str {
    words.rsplit([';', '。']).next().unwrap_or(words)
}

/// The text without a list in brackets at its end: 特种作业车(吸污车、扫路车).
fn without_list_in_brackets(text: &str) -> &str {
    let trimmed = text.trim_end();
    let Some(inside) = trimmed.strip_suffix(')') else { return text };
    let mut depth = 1;
    for (at, c) in inside.char_indices().rev() {
        depth += i32::from(c == ')') - i32::from(c == '(');
        if depth == 0 {
            return if inside[at + 1..].contains(['、', ',', ';', ':']) { &text[..at] } else { text };
        }
    }
    text
}

/// Where a closing bracket stands that nothing opened.
pub fn unbalanced(text: &str) -> Option<usize> {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 {
            return Some(at);
        }
    }
    if depth > 0 { text.rfind('(') } else { None }
}

/// The text without a bracket that has no partner.
fn balanced(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = unbalanced(&text) {
        text.remove(at);
    }
    text
}
