//! The lists of an OpenDocument text: their styles, the outline of its headings, and how far each has been counted.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use quick_xml::events::BytesStart;

use crate::decode::lists::{Counts, LEVELS, Level, Part, Writing, push_words};
use crate::decode::xml::{attribute, is_set, number};

/// The outline stands among the lists under a name that no style can have.
const OUTLINE: &str = "";
/// Styles that follow each other by more steps go round in a circle.
const MOST_PARENTS: usize = 16;
/// Characters of a number's pattern at most.
const LONGEST_PATTERN: usize = 100;

#[derive(Default)]
pub struct Lists {
    styles: HashMap<String, Vec<Rc<Level>>>,
    /// Of styles of paragraphs: the one that each follows, and whether it takes its headings out of the outline.
    paragraphs: HashMap<String, (Option<String>, Option<bool>)>,
    /// The style that is being read, by level.
    style: Option<(String, BTreeMap<usize, Level>)>,
    /// Lists that are open, the outermost first.
    open: Vec<OpenList>,
    items: Vec<Item>,
    counts: Vec<Counts>,
    /// Which of the counts lists of this name, and lists of this style, were last counted by.
    names: HashMap<String, usize>,
    last: HashMap<String, usize>,
    outline: Counts,
}

struct OpenList {
    style: String,
    counts: usize,
    /// Items open around it.
    items: usize,
}

/// The first paragraph of an item has its number.
struct Item {
    start: Option<u32>,
    is_counted: bool,
}

impl Lists {
    /// A part of the styles.
    pub fn start_style(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "style" if attribute(element, "family").as_deref() == Some("paragraph") => {
                let takes_out = attribute(element, "list-style-name").map(|list| list.is_empty());
                let parent = attribute(element, "parent-style-name");
                self.paragraphs.extend(attribute(element, "name").map(|name| (name, (parent, takes_out))));
            }
            "list-style" => {
                self.style = attribute(element, "name").map(|name| (name, BTreeMap::new()));
            }
            "outline-style" => self.style = Some((OUTLINE.to_owned(), BTreeMap::new())),
            "list-level-style-number"
            | "outline-level-style"
            | "list-level-style-bullet"
            | "list-level-style-image" => {
                let at = number::<usize>(element, "level").and_then(|level| level.checked_sub(1));
                if let Some(((_, levels), at)) = self.style.as_mut().zip(at.filter(|at| *at < LEVELS)) {
                    levels.insert(at, level(name, at, element));
                }
            }
            _ => {}
        }
    }

    pub fn end_style(&mut self, name: &str) {
        if !matches!(name, "list-style" | "outline-style") {
            return;
        }
        if let Some((name, mut levels)) = self.style.take() {
            let last = levels.keys().max().map_or(0, |last| last + 1);
            let level = |at| Rc::new(levels.remove(&at).unwrap_or_else(|| Level::usual(at)));
            self.styles.insert(name, (0..last).map(level).collect());
        }
    }

    pub fn start_list(&mut self, element: &BytesStart<'_>) {
        let around = self.open.last();
        let style = attribute(element, "style-name").or_else(|| around.map(|list| list.style.clone()));
        let style = style.unwrap_or_default();
        let counts = match around {
            Some(list) => list.counts,
            None => self.counts_of(&style, element),
        };
        self.open.push(OpenList { style, counts, items: self.items.len() });
    }

    /// A list of its own, or one that goes on with an earlier one.
    fn counts_of(&mut self, style: &str, element: &BytesStart<'_>) -> usize {
        let continued = attribute(element, "continue-list").and_then(|name| self.names.get(&name).copied());
        let goes_on = || is_set(element, "continue-numbering").then(|| self.last.get(style).copied()).flatten();
        let counts = continued.or_else(goes_on).unwrap_or_else(|| {
            self.counts.push(Counts::default());
            self.counts.len() - 1
        });
        if let Some(name) = attribute(element, "id") {
            self.names.insert(name, counts);
        }
        self.last.insert(style.to_owned(), counts);
        counts
    }

    pub fn end_list(&mut self) {
        if let Some(list) = self.open.pop() {
            self.items.truncate(list.items);
        }
    }

    /// An item; a header of a list has no number.
    pub fn start_item(&mut self, element: &BytesStart<'_>, is_header: bool) {
        self.items.push(Item { start: number(element, "start-value"), is_counted: is_header });
    }

    pub fn end_item(&mut self) {
        self.items.pop();
    }

    /// Whether the style of a heading says that it is of no list.
    fn is_taken_out(&self, element: &BytesStart<'_>) -> bool {
        let mut name = attribute(element, "style-name");
        for _ in 0..MOST_PARENTS {
            match name.as_ref().and_then(|name| self.paragraphs.get(name)) {
                Some((_, Some(takes_out))) => return *takes_out,
                Some((parent, None)) => name.clone_from(parent),
                None => return false,
            }
        }
        false
    }

    /// The number of a paragraph or heading that begins.
    pub fn number(&mut self, name: &str, element: &BytesStart<'_>) -> String {
        let is_outside = self.open.is_empty();
        if is_outside && name == "h" && !is_set(element, "is-list-header") && !self.is_taken_out(element) {
            let level = number::<usize>(element, "outline-level").and_then(|level| level.checked_sub(1));
            let start = number(element, "start-value").filter(|_| is_set(element, "restart-numbering"));
            let outline = self.styles.get(OUTLINE).map(Vec::as_slice);
            return self.outline.next(level.unwrap_or(0), outline.unwrap_or_default(), start);
        }
        let depth = self.open.len();
        let (Some(list), Some(item)) = (self.open.last(), self.items.last_mut()) else { return String::new() };
        if std::mem::replace(&mut item.is_counted, true) {
            return String::new();
        }
        // Headings stand in lists of the outline's own name, which is no style.
        let style = self.styles.get(&list.style).or_else(|| self.styles.get(OUTLINE).filter(|_| name == "h"));
        let Some((levels, counts)) = style.zip(self.counts.get_mut(list.counts)) else { return String::new() };
        counts.next(depth - 1, levels, item.start)
    }
}

/// What a style says of a level.
fn level(name: &str, at: usize, element: &BytesStart<'_>) -> Level {
    let get = |name: &str| attribute(element, name).unwrap_or_default();
    let mut level = Level { start: number(element, "start-value").unwrap_or(1), ..Level::usual(at) };
    if !matches!(name, "list-level-style-number" | "outline-level-style") {
        level.writing = Writing::Bullet;
        return level;
    }
    level.writing = Writing::of_example(&get("num-format"), is_set(element, "num-letter-sync"));
    if level.writing == Writing::Nothing && name == "outline-level-style" {
        return level;
    }
    level.pattern = match attribute(element, "num-list-format") {
        Some(format) => pattern(&format),
        None => {
            let shown = number(element, "display-levels").unwrap_or(1).clamp(1, at + 1);
            let numbers = (at + 1 - shown..=at).flat_map(|of| [Part::Text(".".to_owned()), Part::Number(of)]).skip(1);
            let around = |name| Part::Text(get(name).chars().take(LONGEST_PATTERN).collect());
            std::iter::once(around("num-prefix")).chain(numbers).chain([around("num-suffix")]).collect()
        }
    };
    level
}

/// Takes `第%1%.%2%部分` apart.
fn pattern(format: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let format: String = format.chars().take(LONGEST_PATTERN).collect();
    for (at, piece) in format.split('%').enumerate() {
        match piece.parse::<usize>().ok().filter(|level| at % 2 == 1 && (1..=LEVELS).contains(level)) {
            Some(level) => {
                push_words(&mut words, &mut parts);
                parts.push(Part::Number(level - 1));
            }
            None => words.push_str(piece),
        }
    }
    push_words(&mut words, &mut parts);
    parts
}
