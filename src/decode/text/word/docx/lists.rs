//! The lists of a .docx: which there are (`numbering.xml`), which styles belong to them (`styles.xml`), and how far each has
//! been counted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use quick_xml::events::BytesStart;

use crate::decode::failure::DecodeFailure;
use crate::decode::lists::{Counts, Level, Writing, pattern};
use crate::decode::xml::{Parts, attribute, is_set, number};

/// Levels of a list in Word.
const LEVELS: usize = 9;
/// Styles that follow each other, or lists that stand in for others, by more steps go round in a circle.
const MOST_STEPS: usize = 32;

/// What a paragraph says of its list, itself or through its style.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    pub style: Option<String>,
    /// `0`: of none, whatever the style says.
    pub list: Option<String>,
    pub level: Option<usize>,
}

/// A list as it is defined; several lists of the document are counted as one through it.
#[derive(Debug, Default)]
struct Pattern {
    levels: BTreeMap<usize, Level>,
    /// The style whose list stands in for this one.
    stand_in: Option<String>,
    /// The level that paragraphs of a style have.
    styles: HashMap<String, usize>,
}

/// A list of the document: a pattern, and what is different in it.
#[derive(Debug, Default)]
struct List {
    pattern: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u32>,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

/// A list as its paragraphs are counted.
struct Ready {
    pattern: String,
    levels: Vec<Rc<Level>>,
}

#[derive(Default)]
pub struct Lists {
    patterns: HashMap<String, Pattern>,
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
    usual_style: Option<String>,
    ready: HashMap<String, Option<Rc<Ready>>>,
    counts: HashMap<String, Counts>,
    /// Lists that started anew at a level, as they say, once.
    started: HashSet<(String, usize)>,
    open: Open,
}

/// What is being read.
#[derive(Default)]
struct Open {
    pattern: Option<String>,
    list: Option<String>,
    style: Option<String>,
    level: usize,
    /// Inside of what was before a change.
    before: usize,
}

impl Parts for Lists {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.local_name().into_inner();
        if self.open.before > 0 || name.ends_with("Change") {
            self.open.before += 1;
            return Ok(());
        }
        let text = || attribute(element, "val");
        match name {
            "abstractNum" => self.open.pattern = attribute(element, "abstractNumId"),
            "num" => self.open.list = attribute(element, "numId"),
            "style" => {
                self.open.style = attribute(element, "styleId");
                let is_usual = is_set(element, "default") && attribute(element, "type").as_deref() == Some("paragraph");
                if is_usual {
                    self.usual_style.clone_from(&self.open.style);
                }
            }
            "lvl" | "lvlOverride" => {
                self.open.level = number(element, "ilvl").unwrap_or(LEVELS);
                if name == "lvl" {
                    self.level();
                }
            }
            "abstractNumId" => self.in_list(|list, _| list.pattern = text().unwrap_or_default()),
            "startOverride" => {
                let start = count(element).unwrap_or(1);
                self.in_list(|list, level| list.starts.extend([(level, start)]));
            }
            "numStyleLink" => self.in_pattern(|pattern, _| pattern.stand_in = text()),
            "pStyle" => self.in_pattern(|pattern, level| {
                pattern.styles.extend(text().map(|style| (style, level)));
            }),
            "start" => self.in_level(|level, _| level.start = count(element).unwrap_or(level.start)),
            "numFmt" => self.in_level(|level, _| level.writing = Writing::of_name(&text().unwrap_or_default())),
            "lvlText" => self.in_level(|level, _| level.pattern = pattern(&text().unwrap_or_default())),
            "isLgl" => self.in_level(|level, _| {
                level.is_legal = !matches!(text().as_deref(), Some("0" | "false" | "off"));
            }),
            "lvlRestart" => self.in_level(|level, at| {
                level.restarts_after = number(element, "val").map_or(at, |after: usize| after.min(at));
            }),
            "basedOn" => self.in_style(|style| style.parent = text()),
            "numId" => self.in_style(|style| style.list = text()),
            "ilvl" => self.in_style(|style| style.level = number(element, "val")),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        if self.open.before > 0 {
            self.open.before -= 1;
            return Ok(());
        }
        match name {
            "abstractNum" => self.open.pattern = None,
            "num" => self.open.list = None,
            "style" => self.open.style = None,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}

    fn unfinished(&self) -> Option<DecodeFailure> {
        None
    }
}

impl Lists {
    fn in_pattern(&mut self, change: impl FnOnce(&mut Pattern, usize)) {
        if let Some(id) = &self.open.pattern {
            change(self.patterns.entry(id.clone()).or_default(), self.open.level);
        }
    }

    fn in_list(&mut self, change: impl FnOnce(&mut List, usize)) {
        if let Some(id) = &self.open.list {
            change(self.lists.entry(id.clone()).or_default(), self.open.level);
        }
    }

    fn in_style(&mut self, change: impl FnOnce(&mut Style)) {
        if let Some(id) = &self.open.style {
            change(self.styles.entry(id.clone()).or_default());
        }
    }

    /// A level opens, in a pattern or in a list that has its own.
    fn level(&mut self) {
        let at = self.open.level;
        if at < LEVELS {
            let new = Level { start: 0, ..Level::usual(at) };
            self.in_pattern(|pattern, at| pattern.levels.extend([(at, new.clone())]));
            self.in_list(|list, at| list.levels.extend([(at, new)]));
        }
    }

    fn in_level(&mut self, change: impl FnOnce(&mut Level, usize)) {
        let at = self.open.level;
        let levels = match (&self.open.pattern, &self.open.list) {
            (Some(id), _) => self.patterns.get_mut(id).map(|pattern| &mut pattern.levels),
            (None, Some(id)) => self.lists.get_mut(id).map(|list| &mut list.levels),
            (None, None) => None,
        };
        if let Some(level) = levels.and_then(|levels| levels.get_mut(&at)) {
            change(level, at);
        }
    }

    /// Counts a paragraph, and says its number; empty where it has none.
    pub fn number(&mut self, listed: &Listed) -> String {
        let style = listed.style.clone().or_else(|| self.usual_style.clone());
        let (of_style, level_of_style) = style.as_ref().map_or((None, None), |style| self.of_style(style));
        let Some(id) = listed.list.clone().or(of_style).filter(|id| id != "0") else { return String::new() };
        let Some(ready) = self.ready(&id) else { return String::new() };
        let at = listed.level.or_else(|| self.level_of(&ready, style.as_ref())).or(level_of_style).unwrap_or(0);
        let is_first = || !self.started.contains(&(id.clone(), at));
        let start = self.lists.get(&id).and_then(|list| list.starts.get(&at).copied()).filter(|_| is_first());
        if start.is_some() {
            self.started.insert((id, at));
        }
        self.counts.entry(ready.pattern.clone()).or_default().next(at, &ready.levels, start)
    }

    /// The list and the level that a style says, itself or through those it is based on.
    fn of_style(&self, style: &str) -> (Option<String>, Option<usize>) {
        let (mut list, mut level) = (None, None);
        for style in self.chain(style) {
            list = list.or_else(|| style.list.clone());
            level = level.or(style.level);
        }
        (list, level)
    }

    fn chain<'s>(&'s self, style: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.styles.get(style);
        let based_on = |style: &&'s Style| style.parent.as_ref().and_then(|parent| self.styles.get(parent));
        std::iter::successors(first, based_on).take(MOST_STEPS)
    }

    /// The level that a pattern gives to a style, or to one it is based on.
    fn level_of(&self, ready: &Ready, style: Option<&String>) -> Option<usize> {
        let pattern = self.patterns.get(&ready.pattern)?;
        if pattern.styles.is_empty() {
            return None;
        }
        let parents = self.chain(style?).filter_map(|style| style.parent.as_ref());
        style.into_iter().chain(parents).find_map(|style| pattern.styles.get(style).copied())
    }

    fn ready(&mut self, id: &str) -> Option<Rc<Ready>> {
        if let Some(ready) = self.ready.get(id) {
            return ready.clone();
        }
        let ready = self.made_ready(id).map(Rc::new);
        self.ready.insert(id.to_owned(), ready.clone());
        ready
    }

    fn made_ready(&self, id: &str) -> Option<Ready> {
        let own = self.lists.get(id)?;
        let mut name = &own.pattern;
        for _ in 0..MOST_STEPS {
            let stand_in = self.patterns.get(name).and_then(|pattern| pattern.stand_in.as_ref());
            let list = stand_in.and_then(|style| self.styles.get(style)?.list.as_ref());
            match list.and_then(|list| self.lists.get(list)) {
                Some(other) => name = &other.pattern,
                None => break,
            }
        }
        let pattern = self.patterns.get(name)?;
        let level = |at: usize| {
            let mut level = own.levels.get(&at).or_else(|| pattern.levels.get(&at)).cloned()?;
            level.start = own.starts.get(&at).copied().unwrap_or(level.start);
            Some(Rc::new(level))
        };
        // A level that is not defined counts, and shows nothing.
        let last = pattern.levels.keys().chain(own.levels.keys()).max()?;
        let levels = (0..=*last).map(|at| level(at).unwrap_or_else(|| Rc::new(Level::usual(at)))).collect();
        Some(Ready { pattern: name.clone(), levels })
    }
}

/// What to start from; Word counts to 32,767.
fn count(element: &BytesStart<'_>) -> Option<u32> {
    number::<i64>(element, "val").and_then(|start| u32::try_from(start).ok())
}
