//! Words without those that name nothing: numbers of lists, years, the department itself.

use crate::extract::narrative::rules::lexicon::Rewrite;
use crate::extract::narrative::subjects::setting::Setting;
use crate::extract::pattern::Letters;

impl Setting<'_> {
    /// A part of a sentence without the words that name nothing: numbers of lists, years, the department itself.
    pub fn clean(&self, part: &str) -> String {
        let mut rewriting = self.rewriting(self.unquoted(part));
        while rewriting.shorten().is_some() {}
        balanced(rewriting.text.trim_matches([',', '、', ' ', ':', '.']))
    }

    /// Takes words off a text, one rewrite after the other.
    pub fn rewriting(&self, text: String) -> Rewriting<'_> {
        let letters = Letters::of(&text);
        Rewriting { rewrites: &self.lexicon.subject_rewrites, text, letters, next: 0, rounds: 1, is_same: true }
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

/// A text as the rewrites leave it, at most three times one after the other.
pub struct Rewriting<'s> {
    rewrites: &'s [Rewrite],
    pub text: String,
    letters: Letters,
    next: usize,
    rounds: u8,
    is_same: bool,
}

impl Rewriting<'_> {
    const MOST_ROUNDS: u8 = 3;

    /// The text once the next rewrite that fits has taken words off; `None` where none fits any more.
    pub fn shorten(&mut self) -> Option<&str> {
        loop {
            while let Some(rewrite) = self.rewrites.get(self.next) {
                self.next += 1;
                if let Some(shorter) = rewrite.apply(&self.text, &self.letters) {
                    self.letters = Letters::of(&shorter);
                    self.text = shorter;
                    self.is_same = false;
                    return Some(&self.text);
                }
            }
            if self.is_same || self.rounds == Self::MOST_ROUNDS {
                return None;
            }
            self.rounds += 1;
            self.next = 0;
            self.is_same = true;
        }
    }
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
pub fn balanced(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = unbalanced(&text) {
        text.remove(at);
    }
    text
}
