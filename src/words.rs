//! What the program says, in its reader's language. The code speaks English; a catalogue (`pipelines/words/*.csv`,
//! columns `en` and `zh`) pairs each text with the Chinese one, and this finds the pair where a text is printed.
//!
//! Holes stand in both: `{name}` takes what was printed there as it is, `{name!}` in the Chinese text takes it said in
//! Chinese too. A hole holds no line break. Holes without a name are `{1}`, `{2}` .. in the Chinese text.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::error::Error;
use crate::project::Project;

/// English where it is empty.
#[derive(Debug, Clone, Default)]
pub struct Words {
    catalogue: Arc<Catalogue>,
}

#[derive(Debug, Default)]
struct Catalogue {
    /// Texts without holes.
    whole: HashMap<String, String>,
    /// Texts with holes. Those that begin with words of their own first (`error: {what}` before `{file} is broken`), of
    /// these the longest: the most particular one is meant.
    with_holes: Vec<Pair>,
    /// Chinese to English.
    is_back: bool,
}

#[derive(Debug)]
struct Pair {
    english: Template,
    chinese: Template,
}

/// A text cut at its holes: one literal more than there are holes.
#[derive(Debug, PartialEq, Eq)]
struct Template {
    literals: Vec<String>,
    holes: Vec<String>,
}

impl Words {
    /// The catalogue of a project, `pipelines/words/`.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn of(project: &Project) -> crate::error::Result<Self> {
        let files: Vec<&str> = project.under("pipelines/words", "csv").map(|file| file.text.as_str()).collect();
        Self::read(files).map_err(|what| {
            Error::usage("the catalogue of words pipelines/words/ cannot be read")
                .because(what)
                .hint("columns: en, zh; every {hole} of the Chinese text stands in the English one, too")
        })
    }

    /// Reads the files of a catalogue.
    ///
    /// # Errors
    /// The row that cannot be read, in one clause.
    pub fn read<'a>(files: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut catalogue = Catalogue::default();
        for file in files {
            for (at, row) in csv::Reader::from_reader(file.as_bytes()).into_records().enumerate() {
                let row = row.map_err(|error| error.to_string())?;
                let [Some(english), Some(chinese)] = [row.get(0), row.get(1)] else {
                    return Err(format!("row {}: it needs the columns en and zh", at + 2));
                };
                catalogue.add(english, chinese).map_err(|what| format!("row {}: {what}", at + 2))?;
            }
        }
        // A later file overrides an earlier one.
        catalogue.with_holes.reverse();
        catalogue.order();
        Ok(Self { catalogue: Arc::new(catalogue) })
    }

    /// The way back, from what was said in Chinese to English. A text whose Chinese leaves out what its English needs stays.
    pub fn back(&self) -> Self {
        let mut back = Catalogue { is_back: true, ..Catalogue::default() };
        for (english, chinese) in &self.catalogue.whole {
            // Of several that are said alike, always the same one.
            let said = back.whole.entry(chinese.clone()).or_insert_with(|| english.clone());
            if english < said {
                said.clone_from(english);
            }
        }
        back.with_holes = self.catalogue.with_holes.iter().filter_map(Pair::back).collect();
        back.order();
        Self { catalogue: Arc::new(back) }
    }

    /// The text in the reader's language: as a whole, else line by line. What the catalogue does not know stays as it is.
    pub fn say(&self, text: &str) -> String {
        self.say_by(text, |line| line.to_owned())
    }

    /// A page set in columns: in a line the catalogue does not know, what stands between gaps of spaces is said.
    pub fn say_page(&self, text: &str) -> String {
        self.say_by(text, |line| {
            let parts = line.split("  ").map(|part| {
                // A gap of an odd number of spaces leaves one before its part.
                let word = part.trim_start();
                let said = self.whole(word).unwrap_or_else(|| word.to_owned());
                format!("{}{said}", &part[..part.len() - word.len()])
            });
            parts.collect::<Vec<_>>().join("  ")
        })
    }

    /// True where every text is said as it is written in the code.
    pub fn is_english(&self) -> bool {
        self.catalogue.whole.is_empty() && self.catalogue.with_holes.is_empty()
    }

    fn say_by(&self, text: &str, unknown: impl Fn(&str) -> String) -> String {
        let is_foreign = |c: char| if self.catalogue.is_back { !c.is_ascii() } else { c.is_ascii_alphabetic() };
        if self.is_english() || !text.contains(is_foreign) {
            return text.to_owned();
        }
        let line = |line: &str| match self.whole(line.trim()) {
            Some(said) => line.replacen(line.trim(), &said, 1),
            None => unknown(line),
        };
        self.whole(text).unwrap_or_else(|| text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
    }

    fn whole(&self, text: &str) -> Option<String> {
        if let Some(chinese) = self.catalogue.whole.get(text) {
            return Some(chinese.clone());
        }
        // Nothing printed in a hole breaks the line.
        if text.contains('\n') {
            return None;
        }
        self.catalogue.with_holes.iter().find_map(|pair| {
            let values = values(&pair.english.literals, text)?;
            let by_hole: BTreeMap<&str, &str> = pair.english.holes.iter().map(String::as_str).zip(values).collect();
            Some(pair.chinese.filled(|hole| match hole.strip_suffix('!') {
                Some(hole) => self.say(by_hole.get(hole).copied().unwrap_or_default()),
                None => by_hole.get(hole).copied().unwrap_or_default().to_owned(),
            }))
        })
    }
}

impl Pair {
    fn back(&self) -> Option<Self> {
        let hole_of = |name: &String| {
            let said = self.chinese.holes.iter().find(|hole| bare(hole) == *name)?;
            Some(if said.ends_with('!') { format!("{name}!") } else { name.clone() })
        };
        let holes: Option<Vec<String>> = self.english.holes.iter().map(hole_of).collect();
        let literals = self.chinese.literals.clone();
        Some(Self {
            english: Template { literals, holes: self.chinese.holes.iter().map(|hole| bare(hole)).collect() },
            chinese: Template { literals: self.english.literals.clone(), holes: holes? },
        })
    }
}

impl Catalogue {
    fn order(&mut self) {
        self.with_holes.sort_by_key(|pair| std::cmp::Reverse(pair.english.rank()));
    }

    fn add(&mut self, english: &str, chinese: &str) -> Result<(), String> {
        if english.is_empty() || chinese.is_empty() {
            return Err("one of its texts is empty".to_owned());
        }
        let pair = Pair { english: Template::read(english), chinese: Template::read(chinese) };
        let unknown = pair.chinese.holes.iter().find(|hole| !pair.english.holes.contains(&bare(hole)));
        if let Some(hole) = unknown {
            return Err(format!("the hole {{{hole}}} does not stand in the English text"));
        }
        if pair.english.holes.is_empty() {
            self.whole.insert(pair.english.literals.concat(), pair.chinese.literals.concat());
        } else if pair.english.literals.iter().any(|literal| literal.contains(char::is_alphabetic)) {
            self.with_holes.push(pair);
        } else {
            return Err("its English text is nothing but holes".to_owned());
        }
        Ok(())
    }
}

fn bare(hole: &str) -> String {
    hole.trim_end_matches('!').to_owned()
}

impl Template {
    /// Holes as in a format string: `{}`, `{name}`, `{name:?}`; a brace that opens no hole stands for itself.
    fn read(text: &str) -> Self {
        let (mut literals, mut holes) = (vec![String::new()], Vec::new());
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if let Some(hole) = hole_at(rest) {
                let name = hole.split(':').next().unwrap_or_default();
                holes.push(if name.is_empty() { (holes.len() + 1).to_string() } else { name.to_owned() });
                literals.push(String::new());
                rest = &rest[hole.len() + 2..];
                continue;
            }
            let is_doubled = rest.starts_with("{{") || rest.starts_with("}}");
            if let Some(literal) = literals.last_mut() {
                literal.push(next);
            }
            rest = &rest[next.len_utf8() * if is_doubled { 2 } else { 1 }..];
        }
        Self { literals, holes }
    }

    fn rank(&self) -> (bool, usize) {
        let begins_with_words = self.literals.first().is_some_and(|literal| !literal.is_empty());
        (begins_with_words, self.literals.iter().map(String::len).sum())
    }

    fn filled(&self, value: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        for (at, literal) in self.literals.iter().enumerate() {
            text.push_str(literal);
            if let Some(hole) = self.holes.get(at) {
                text.push_str(&value(hole));
            }
        }
        text
    }
}

/// What stands between the braces of the hole that opens here.
fn hole_at(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix('{')?;
    let inside = &inside[..inside.find('}')?];
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_!:?.".contains(c);
    inside.chars().all(is_name).then_some(inside)
}

/// What stands in the holes between these literals.
fn values<'t>(literals: &[String], text: &'t str) -> Option<Vec<&'t str>> {
    let (first, rest) = literals.split_first()?;
    let text = text.strip_prefix(first.as_str())?;
    match rest {
        [] => text.is_empty().then(Vec::new),
        [last] => Some(vec![text.strip_suffix(last.as_str())?]),
        [next, ..] => text.match_indices(next.as_str()).find_map(|(at, _)| {
            let mut found = values(rest, &text[at..])?;
            found.insert(0, &text[..at]);
            Some(found)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let catalogue = "en,zh\n\
            cannot write to {path},无法写入 {path}\n\
            error: {what},错误：{what!}\n\
            {file} names {} files,{file} 对应 {2} 个文件\n\
            all of them,全部\n\
            {{{inside}}} is no macro,没有宏 {{{inside}}}\n\
            a hole has no closing },花括号没有闭合\n";
        Words::read([catalogue]).unwrap()
    }

    #[test]
    fn texts_are_found_by_what_stands_between_their_holes() {
        let words = words();
        assert_eq!(words.say("error: cannot write to a/b.csv"), "错误：无法写入 a/b.csv");
        assert_eq!(words.say("x names y names 3 files"), "x 对应 y names 3 个文件");
        assert_eq!(words.say("{year} is no macro"), "没有宏 {year}");
        assert_eq!(words.say("a hole has no closing }"), "花括号没有闭合");
        assert_eq!(words.say("error: x names 2 files"), "错误：x 对应 2 个文件");
        assert_eq!(words.say("cannot stop"), "cannot stop");
    }

    #[test]
    fn what_was_said_in_chinese_is_said_back_in_english() {
        let back = words().back();
        for english in ["cannot write to a/b.csv", "error: x names 2 files", "all of them", "a hole has no closing }"] {
            assert_eq!(back.say(&words().say(english)), english);
        }
        assert_eq!(back.say("错误：未知"), "error: 未知");
        assert_eq!(back.say("error: x names 2 files"), "error: x names 2 files");
    }

    #[test]
    fn lines_are_said_one_by_one_and_columns_on_a_page() {
        let text = "  juesuan export     all of them\n  error: x names 2 files\nelse";
        assert_eq!(words().say_page(text), "  juesuan export     全部\n  错误：x 对应 2 个文件\nelse");
        assert_eq!(words().say(text), "  juesuan export     all of them\n  错误：x 对应 2 个文件\nelse");
        assert_eq!(Words::default().say(text), text);
    }

    #[test]
    fn a_row_that_cannot_be_used_is_named() {
        for (row, what) in [
            ("a {name},甲 {nmae}", "row 2: the hole {nmae} does not stand in the English text"),
            ("{a}: {b},甲 {a}", "row 2: its English text is nothing but holes"),
            ("a,", "row 2: one of its texts is empty"),
        ] {
            assert_eq!(Words::read([format!("en,zh\n{row}\n").as_str()]).unwrap_err(), what);
        }
    }
}
