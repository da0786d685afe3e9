//! Names of the functional classification that say themselves what they are: by their level (财政事务（款）) or by a code
//! (2010601 行政运行, 行政运行（2010601）).

use crate::extract::narrative::rules::dictionary::names::{Called, Code};
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::{Setting, YUAN};
use crate::extract::pattern::Letters;

/// Names of classes and groups have at least as many characters.
const SHORTEST_NAME: usize = 2;

/// Digits of a code at each level.
const LENGTHS: [usize; 3] = [3, 5, 7];

impl Setting<'_> {
    /// Names with their level in the text (`财政事务（款）`) extend the path; the last one is the item.
    pub fn classified(&self, text: &str, path: &mut ClassificationPath) -> Option<Item> {
        let pattern = self.lexicon.classified_name.within(&Letters::of(text))?;
        let mut item = None;
        let mut from = 0;
        for found in pattern.captures_iter(text) {
            let level = match found.name("level").map(|level| level.as_str()) {
                Some("类") => 0,
                Some("款") => 1,
                _ => 2,
            };
            let (start, end) = found.name("name").map_or((from, from), |name| (name.start(), name.end()));
            let above = if level == 0 { String::new() } else { path.above(level) };
            let known = self
                .function_named(&text[start..end], &above, level)
                .or_else(|| self.function_with_separators(&text[from..end], &above, level))
                .or_else(|| self.names_in_row_to(&text[start..end], path))
                .or_else(|| self.group_anywhere(&text[start..end], level, path, from > 0 && start == from));
            let printed = self.named_by_level(&text[start..end]);
            let standard = known.as_ref().map_or_else(|| printed.clone(), |code| code.name.clone());
            path.set(level, &standard, known.as_ref().map(|code| code.code.clone()));
            item = Some(Item {
                printed,
                standard,
                function: known.map(|code| code.code),
                path: path.joined(),
                ..Item::default()
            });
            from = found.get(0).map_or(from, |whole| whole.end());
        }
        item.map(|item| self.named_below(&text[from..], path).unwrap_or(item))
    }

    /// 市场监督管理事务（款）下:行政运行, 林业和草原（款）行政运行: what stands behind a level may go without its own.
    fn named_below(&self, rest: &str, path: &mut ClassificationPath) -> Option<Item> {
        let name = rest.rsplit(':').next().filter(|name| !name.is_empty())?;
        let mut below = path.clone();
        let item = self.known(&self.clean(name), YUAN, &mut below).filter(|item| item.function.is_some())?;
        *path = below;
        Some(item)
    }

    /// 教育支出中学前教育(项): the level is that of the last of the names.
    fn names_in_row_to(&self, printed: &str, path: &mut ClassificationPath) -> Option<Code> {
        let code = self.names_in_a_row(printed, path)?.function?;
        self.lexicon.names.of_code(&code, self.year).cloned()
    }

    /// A group that only one class has, where the class named last is not that one: it opens its own class, unless it is printed
    /// right behind that name (教育支出（类）住房改革支出（款）). Then it stands under the class that was printed.
    fn group_anywhere(
        &self,
        printed: &str,
        level: usize,
        path: &mut ClassificationPath,
        is_printed_below: bool,
    ) -> Option<Code> {
        let names = &self.lexicon.names;
        if level != 1 {
            return None;
        }
        let name = self.named_by_level(printed);
        let spelt = [names.with_class_ending(&name), name];
        let mut called = spelt.iter().filter_map(|name| names.called(name));
        let (called, group) = called.find_map(|called| Some((called, called.at("", LENGTHS[1], self.year)?)))?;
        let class = names.of_code(group.code.get(..LENGTHS[0])?, self.year)?;
        if called.elsewhere(&class.code, LENGTHS[1], self.year).is_some() {
            return None;
        }
        if !is_printed_below {
            path.set(0, &class.name, Some(class.code.clone()));
        }
        Some(group.clone())
    }

    /// A name without what stands before it: quotation marks, the number of a list.
    fn named_by_level(&self, printed: &str) -> String {
        let clean = self.clean(printed);
        if clean.is_empty() { self.unquoted(printed) } else { clean }
    }

    /// The code of a name printed with its level: below the group named before, else below its class (司法（款）
    /// 其他公共安全支出（项）), else where only one has it.
    fn function_named(&self, printed: &str, above: &str, level: usize) -> Option<Code> {
        let names = &self.lexicon.names;
        let unquoted = self.unquoted(printed);
        let (code, without_code) = unquoted.split_at(unquoted.find(|c: char| !c.is_ascii_digit()).unwrap_or(0));
        if let Some(known) = names.coded(code, "", without_code, self.year) {
            return Some(known);
        }
        // As printed first: words that say nothing elsewhere are part of some names (市场监督.., ..等支出).
        let clean = self.named_by_level(printed);
        let spelt = std::iter::once(without_code).chain((clean != without_code).then_some(clean.as_str()));
        let spelt = spelt.flat_map(|name| [name.to_owned(), names.with_class_ending(name)]);
        // Each name is looked up once, then judged by where its codes stand.
        let called: Vec<Called<'_>> = spelt.filter_map(|name| names.called(&name)).collect();
        let at = |parent: &str| called.iter().find_map(|called| called.at(parent, LENGTHS[level], self.year));
        let below = || called.iter().find_map(|called| called.below(above, self.year));
        let class = above.get(..LENGTHS[0]).unwrap_or("");
        at(above).or_else(|| at(class)).or_else(|| if level == 0 { None } else { below() }).cloned()
    }

    /// The same where the name holds a separator (环境保护法规、规划及标准（项）), or words run into it (用于防汛（项）): the
    /// longest known name at the end of the words.
    fn function_with_separators(&self, words: &str, above: &str, level: usize) -> Option<Code> {
        const LONGEST: usize = 40;
        let starts = words.char_indices().rev().take(LONGEST).map(|(at, _)| at);
        let begins = |at: &usize| {
            let before = &words[..*at];
            let is_lead = |lead: &String| before.ends_with(lead.as_str());
            before.ends_with(|c: char| ",、:;。()“”- ".contains(c)) || self.lexicon.lead_words.iter().any(is_lead)
        };
        let starts: Vec<usize> =
            std::iter::once(0).chain(starts.filter(begins).collect::<Vec<_>>().into_iter().rev()).collect();
        starts.into_iter().find_map(|at| self.function_named(&words[at..], above, level))
    }

    /// A sentence without numbers may only name what the next ones are about: `1.财政事务（款）行政运行（项）。`
    pub fn labelled(&self, sentence: &str, path: &mut ClassificationPath) -> Option<Item> {
        const LONGEST: usize = 30;
        let words = sentence.trim_end_matches(['。', ':', '!', '?']);
        let classified = self.classified(words, path).or_else(|| self.coded(words, path));
        classified.or_else(|| self.names_in_a_row(words, path)).or_else(|| {
            let clean = self.clean(words);
            if clean.chars().count() > LONGEST { None } else { self.known_heading(&clean, path) }
        })
    }

    /// 行政单位医疗（项）、事业单位医疗（项）。: the names with levels that a label holds in a row; none where it holds but one.
    pub fn labelled_in_row(&self, sentence: &str, path: &ClassificationPath) -> Vec<Item> {
        let words = sentence.trim_end_matches(['。', ':']);
        let ends = words.char_indices().filter(|(at, c)| self.lexicon.parts_names(*c) && words[..*at].ends_with(')'));
        let mut starts: Vec<usize> = ends.map(|(at, c)| at + c.len_utf8()).collect();
        if starts.is_empty() {
            return Vec::new();
        }
        starts.insert(0, 0);
        let mut path = path.clone();
        let ends = starts[1..].iter().copied().chain([words.len()]);
        let names: Vec<&str> = starts.iter().zip(ends).map(|(start, end)| &words[*start..end]).collect();
        let named: Option<Vec<Item>> = names.into_iter().map(|name| self.classified(name, &mut path)).collect();
        named.unwrap_or_default()
    }

    /// What a heading or label names; 公务接待 alone is the money spent on it.
    pub fn known_heading(&self, name: &str, path: &mut ClassificationPath) -> Option<Item> {
        self.known(name, "", path).or_else(|| self.known(name, YUAN, path))
    }

    /// Names that run into each other from a class or group down: 教育支出中学前教育. They set the path.
    pub fn names_in_a_row(&self, words: &str, path: &mut ClassificationPath) -> Option<Item> {
        let printed = self.unquoted(words);
        let codes = self.codes_in_a_row(&printed, "").or_else(|| self.codes_in_a_row(&self.clean(words), ""))?;
        for code in &codes {
            path.set(code.code.len() / 2 - 1, &code.name, Some(code.code.clone()));
        }
        let last = codes.into_iter().next_back()?;
        let joined = path.joined();
        Some(Item { printed, standard: last.name, function: Some(last.code), path: joined, ..Item::default() })
    }

    /// The longest name of a class or group at the start of the words, and what names something below it.
    fn codes_in_a_row(&self, words: &str, above: &str) -> Option<Vec<Code>> {
        const LONGEST: usize = 60;
        let names = &self.lexicon.names;
        let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).skip(SHORTEST_NAME).take(LONGEST).collect();
        ends.into_iter().rev().find_map(|end| {
            let (name, rest) = words.split_at(end);
            let called = names.called(name)?;
            let of_length = |length: &usize| called.at(above, *length, self.year);
            let first = LENGTHS[..2].iter().filter(|length| **length > above.len()).find_map(of_length)?.clone();
            let rest = self.lexicon.below.find(rest).map_or(rest, |joint| &rest[joint.end()..]);
            let last = || Some(vec![names.called(rest)?.below(&first.code, self.year)?.clone()]);
            let below = last().or_else(|| self.codes_in_a_row(rest, &first.code))?;
            Some(std::iter::once(first).chain(below).collect())
        })
    }

    /// A name beside its code, without a level; it sets the whole path.
    pub fn coded(&self, text: &str, path: &mut ClassificationPath) -> Option<Item> {
        let is_digit = |c: char| c.is_ascii_digit();
        let mut end = text.len();
        while let Some(last) = text[..end].rfind(is_digit) {
            let start = text[..last]
                .rfind(|c| !is_digit(c))
                .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
            let code = &text[start..last + 1];
            if let Some(known) = self.lexicon.names.coded(code, &text[..start], &text[last + 1..], self.year) {
                *path = ClassificationPath::default();
                for (level, length) in LENGTHS.into_iter().enumerate().filter(|(_, length)| *length <= code.len()) {
                    let at = self.lexicon.names.of_code(&code[..length], self.year);
                    path.set(level, at.map_or("", |at| at.name.as_str()), Some(code[..length].to_owned()));
                }
                return Some(Item {
                    printed: known.name.clone(),
                    standard: known.name,
                    function: Some(known.code),
                    path: path.joined(),
                    ..Item::default()
                });
            }
            end = start;
        }
        None
    }
}
