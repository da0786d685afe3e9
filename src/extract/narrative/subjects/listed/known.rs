//! A name of the lists: as printed, or once some of the words around it are taken off.

use crate::extract::narrative::rules::dictionary::names::Place;
use crate::extract::narrative::subjects::clean::balanced;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

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

    /// A known name in one part of a sentence: as printed, or once some of the words around it are taken off.
    pub fn known_in(&self, part: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        let text = self.unquoted(part);
        if self.lexicon.empty_subject.is_match(&text) && !self.lexicon.names.is_limited(&text, self.place(unit)) {
            return None;
        }
        if let Some(item) = self.known(&text, unit, path) {
            return Some(item);
        }
        let mut rewriting = self.rewriting(text);
        while let Some(shorter) = rewriting.shorten() {
            if self.lexicon.empty_subject.is_match(shorter) {
                return None;
            }
            let known = self.known(balanced(shorter).trim_matches([',', '、', ' ', ':', '.']), unit, path);
            if known.is_some() {
                return known;
            }
        }
        let text = rewriting.text;
        // 事业收入(医疗收入): what the bracket explains is known.
        let explained = text.strip_suffix(')').and_then(|text| Some(text.rsplit_once('(')?.0));
        if let Some(item) = explained.and_then(|name| self.known(name, unit, path)).filter(Item::is_listed) {
            return Some(item);
        }
        self.known_behind(&text, unit, path).or_else(|| self.known_behind(&self.unquoted(part), unit, path))
    }

    /// A name of the code lists.
    pub fn known(&self, name: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        self.known_at(name, self.place(unit), path)
    }

    /// The same without the short names of the section.
    pub fn known_anywhere(&self, name: &str, path: &mut ClassificationPath) -> Option<Item> {
        self.known_at(name, Place { section: "", ..self.place("") }, path)
    }

    /// 总收入8万元，其中财政拨款7万元: a part goes by the short names of its whole's section; names of the classifications are whole.
    pub fn as_part(&self, item: Item, whole: Option<&Item>, path: &mut ClassificationPath) -> Item {
        let whole = whole.filter(|_| item.function.is_none() && item.economic.is_none());
        whole.and_then(|whole| self.known_as_part(&item.standard, whole, path)).unwrap_or(item)
    }

    /// A name of what is a part of this whole, by the short names of the whole's section: 总收入8万元，其中财政拨款7万元.
    fn known_as_part(&self, name: &str, whole: &Item, path: &mut ClassificationPath) -> Option<Item> {
        let (_, section) = self.lexicon.part_names.iter().find(|(pattern, _)| pattern.is_match(&whole.standard))?;
        self.known_at(name, Place { section, ..self.place("") }, path)
            .filter(|item| item.standard != name || item.line.is_some())
    }

    fn known_at(&self, name: &str, place: Place<'_>, path: &mut ClassificationPath) -> Option<Item> {
        let found = self.lexicon.names.find(name, place);
        let below = || {
            let code = path.code()?;
            let called = self.lexicon.names.called(name)?;
            let within = |length: usize| called.below(code.get(..length)?, self.year).cloned();
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
}
