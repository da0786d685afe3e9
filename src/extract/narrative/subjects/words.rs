//! What words name that say neither level nor code: the last part of them that is a name.

use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::{Setting, YUAN};
use crate::extract::pattern::Letters;

impl Setting<'_> {
    /// The same where no level and no code says what they name.
    pub(super) fn named_in_words(
        &self,
        before: &str,
        unit: &str,
        kind: UnitKind,
        path: &mut ClassificationPath,
    ) -> Option<Item> {
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

    /// What there is none of: 本年度无因公出国（境）支出.
    pub fn said_to_be_nothing(&self, words: &str) -> Option<Item> {
        let found = self.lexicon.nil.iter().find_map(|pattern| pattern.captures(words))?;
        let what = self.clean(found.name("what").map_or("", |what| what.as_str()));
        self.known(&what, YUAN, &mut ClassificationPath::default()).filter(|item| item.line.is_some())
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
