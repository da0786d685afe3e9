//! Regular expressions that know what each of their matches must hold. Most texts lack it: they are passed over without
//! a search, and an expression that none has needed yet is not compiled.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Alternatives a need may have; one with more tells little.
const MOST_ALTERNATIVES: usize = 64;

/// An expression of so many steps may be too large for the `regex` crate (10 MiB, of which a step takes less than 64 bytes): it is
/// compiled at once, so that what is too large is refused where the rules are loaded.
const MOST_STEPS: usize = 10 * 1024 * 1024 / 64;

/// A regular expression, and the letters no match of it can do without. Its `\d` are the digits 0 to 9: others are written
/// with these before a text is searched, and all digits of Unicode make an expression ten times as large.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Regex>,
    needs: Vec<Need>,
    /// What its matches begin with; `None` where that may be many letters, or none at all.
    firsts: Option<Vec<char>>,
}

/// Letters, or pairs of neighbours, one of which stands in every match; as places in [`Letters`].
type Need = Vec<Gram>;

/// A letter or a pair of neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gram {
    is_pair: bool,
    bit: u16,
}

/// Which letters and pairs of neighbours a text holds. Two may share a place: it may seem to hold more, never less.
#[derive(Clone)]
pub struct Letters {
    bits: [u64; Letters::WORDS],
}

impl Letters {
    const WORDS: usize = 32;

    pub fn of(text: &str) -> Self {
        let mut letters = Self { bits: [0; Self::WORDS] };
        let mut before = None;
        for letter in text.chars() {
            letters.add(Gram::letter(letter));
            if let Some(before) = before {
                letters.add(Gram::pair(before, letter));
            }
            before = Some(letter);
        }
        letters
    }

    fn add(&mut self, gram: Gram) {
        self.bits[usize::from(gram.bit) / 64] |= 1 << (gram.bit % 64);
    }

    fn hold(&self, gram: &Gram) -> bool {
        self.bits[usize::from(gram.bit) / 64] >> (gram.bit % 64) & 1 == 1
    }
}

impl Gram {
    fn letter(letter: char) -> Self {
        Self { is_pair: false, bit: place((letter as u32).wrapping_mul(0x9e37_79b1)) }
    }

    fn pair(first: char, second: char) -> Self {
        let mixed = (first as u32).wrapping_mul(0x85eb_ca6b) ^ (second as u32).wrapping_mul(0xc2b2_ae35);
        Self { is_pair: true, bit: place(mixed.wrapping_mul(0x9e37_79b1)) }
    }
}

fn place(hash: u32) -> u16 {
    const BITS: u32 = (Letters::WORDS * 64).trailing_zeros();
    (hash >> (32 - BITS)) as u16
}

impl Pattern {
    /// # Errors
    /// The pattern is no regular expression, or too large a one.
    pub fn new(pattern: &str) -> Result<Self, regex::Error> {
        let text = with_plain_digits(pattern);
        let parsed = regex_syntax::parse(&text).map_err(|error| regex::Error::Syntax(error.to_string()))?;
        let is_large = steps(&parsed) > MOST_STEPS;
        let compiled = if is_large { OnceLock::from(Regex::new(&text)?) } else { OnceLock::new() };
        Ok(Self { needs: needs(&parsed), firsts: firsts(&parsed), text, compiled })
    }

    fn regex(&self) -> &Regex {
        // Without a limit nothing but a wrong pattern fails, and this one was parsed.
        let compile = || RegexBuilder::new(&self.text).size_limit(usize::MAX).build();
        self.compiled.get_or_init(|| compile().unwrap_or_else(|_| unreachable!()))
    }

    /// Whether a match may begin where the text does: asked before a search that looks at all of it.
    pub fn may_begin(&self, text: &str) -> bool {
        let Some(firsts) = &self.firsts else { return true };
        text.chars().next().is_some_and(|first| firsts.contains(&first))
    }

    /// Whether a match begins where the text does.
    pub fn begins(&self, text: &str) -> bool {
        self.may_begin(text) && self.regex().find(text).is_some_and(|found| found.start() == 0)
    }

    /// The expression to search with; `None` where no text of these letters can hold a match.
    pub fn within(&self, letters: &Letters) -> Option<&Regex> {
        self.needs.iter().all(|need| need.iter().any(|gram| letters.hold(gram))).then(|| self.regex())
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.regex()
    }
}

/// `[^,\d]` → `[^,[0-9]]`: classes may hold others.
fn with_plain_digits(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('d') => text.push_str("[0-9]"),
                escaped => text.extend(std::iter::once(letter).chain(escaped)),
            },
            _ => text.push(letter),
        }
    }
    text
}

/// How large a compiled expression is at most.
fn steps(hir: &Hir) -> usize {
    // A range of letters is at most eight sequences of up to four bytes.
    const OF_A_RANGE: usize = 32;
    let own = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len().saturating_mul(OF_A_RANGE),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1);
            steps(&repetition.sub).saturating_mul(times as usize)
        }
        HirKind::Capture(capture) => steps(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().map(steps).fold(0, usize::saturating_add),
    };
    own.saturating_add(2)
}

/// What every match of an expression holds: one gram of each need.
fn needs(hir: &Hir) -> Vec<Need> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => needs_of_word(text),
            Err(_) => Vec::new(),
        },
        HirKind::Class(class) => letters_of_class(class).map(need_of_letters).into_iter().collect(),
        HirKind::Repetition(repetition) if repetition.min == 0 => Vec::new(),
        HirKind::Repetition(repetition) => needs(&repetition.sub),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Concat(parts) => {
            let own = parts.iter().flat_map(needs);
            own.chain(parts.windows(2).filter_map(|pair| need_across(&pair[0], &pair[1]))).collect()
        }
        HirKind::Alternation(branches) => need_of_branches(branches).into_iter().collect(),
    }
}

fn needs_of_word(word: &str) -> Vec<Need> {
    let letters: Vec<char> = word.chars().collect();
    match letters.as_slice() {
        [only] => vec![vec![Gram::letter(*only)]],
        _ => letters.windows(2).map(|pair| vec![Gram::pair(pair[0], pair[1])]).collect(),
    }
}

fn need_of_letters(letters: Vec<char>) -> Need {
    letters.into_iter().map(Gram::letter).collect()
}

/// One need for all branches: the most telling one of each.
fn need_of_branches(branches: &[Hir]) -> Option<Need> {
    let mut all = Need::new();
    for branch in branches {
        let best = needs(branch).into_iter().min_by_key(|need| (need.len(), !need[0].is_pair))?;
        all.extend(best.into_iter().filter(|gram| !all.contains(gram)).collect::<Vec<_>>());
    }
    (all.len() <= MOST_ALTERNATIVES).then_some(all)
}

/// The pairs that may stand where one part ends and the next begins.
fn need_across(left: &Hir, right: &Hir) -> Option<Need> {
    let (lasts, firsts) = (edge(left, Edge::Last)?, edge(right, Edge::First)?);
    (lasts.len() * firsts.len() <= MOST_ALTERNATIVES)
        .then(|| lasts.iter().flat_map(|last| firsts.iter().map(|first| Gram::pair(*last, *first))).collect())
}

/// The letters a match begins with; `None` where they are many or the match may be empty.
fn firsts(hir: &Hir) -> Option<Vec<char>> {
    let mut letters = Vec::new();
    let may_be_empty = add_firsts(hir, &mut letters)?;
    (!may_be_empty && letters.len() <= MOST_ALTERNATIVES).then_some(letters)
}

/// Adds what a part begins with and says whether it may be empty; `None` where it may begin with many letters.
fn add_firsts(hir: &Hir, letters: &mut Vec<char>) -> Option<bool> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(true),
        HirKind::Literal(literal) => {
            letters.push(std::str::from_utf8(&literal.0).ok()?.chars().next()?);
            Some(false)
        }
        HirKind::Class(class) => {
            letters.extend(letters_of_class(class)?);
            Some(false)
        }
        HirKind::Repetition(repetition) => Some(add_firsts(&repetition.sub, letters)? || repetition.min == 0),
        HirKind::Capture(capture) => add_firsts(&capture.sub, letters),
        HirKind::Concat(parts) => {
            for part in parts {
                if !add_firsts(part, letters)? {
                    return Some(false);
                }
            }
            Some(true)
        }
        HirKind::Alternation(branches) => {
            let mut may_be_empty = false;
            for branch in branches {
                may_be_empty |= add_firsts(branch, letters)?;
            }
            Some(may_be_empty)
        }
    }
}

#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

/// The letters a match of this part begins or ends with; `None` where they are many or the match may be empty.
fn edge(hir: &Hir, which: Edge) -> Option<Vec<char>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => None,
        HirKind::Literal(literal) => {
            let mut letters = std::str::from_utf8(&literal.0).ok()?.chars();
            Some(vec![match which {
                Edge::First => letters.next()?,
                Edge::Last => letters.next_back()?,
            }])
        }
        HirKind::Class(class) => letters_of_class(class),
        HirKind::Repetition(repetition) if repetition.min == 0 => None,
        HirKind::Repetition(repetition) => edge(&repetition.sub, which),
        HirKind::Capture(capture) => edge(&capture.sub, which),
        HirKind::Concat(parts) => match which {
            Edge::First => edge(parts.first()?, which),
            Edge::Last => edge(parts.last()?, which),
        },
        HirKind::Alternation(branches) => {
            let mut letters = Vec::new();
            for branch in branches {
                letters.extend(edge(branch, which)?);
            }
            (letters.len() <= MOST_ALTERNATIVES).then_some(letters)
        }
    }
}

fn letters_of_class(class: &Class) -> Option<Vec<char>> {
    let Class::Unicode(class) = class else { return None };
    let count: usize = class.ranges().iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
    (1..=MOST_ALTERNATIVES)
        .contains(&count)
        .then(|| class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATTERNS: [&str; 9] = [
        "(?:比|较|与|同)(?:本部门)?(?:上一?个?年度?|去年|(?:19|20)[0-9]{2}年)决算?数?",
        "[0-9]+(?:万|亿)?元(?:以上|以下|以内)",
        "(?:主要)?(?:职能|职责)(?:情况|简介|任务)*",
        "(?P<name>[^,;]{2,10}?)支出决算",
        "[甲乙丙]{2}",
        "(?:完成|完毕)?",
        "第[0-9]+(?:个|届)?",
        "(?i)toc[0-9]",
        "(?:[天地]|人)(?:和|与)",
    ];

    fn pattern_and_match() -> impl Strategy<Value = (&'static str, String)> {
        prop::sample::select(&PATTERNS[..])
            .prop_flat_map(|pattern| (Just(pattern), proptest::string::string_regex(pattern).unwrap()))
    }

    proptest! {
        #[test]
        fn no_text_with_a_match_is_passed_over((pattern, found) in pattern_and_match(), around in "\\PC{0,20}") {
            let pattern = Pattern::new(pattern).unwrap();
            let text = format!("{around}{found}{around}");
            prop_assert!(pattern.is_match(&text));
            prop_assert!(pattern.within(&Letters::of(&text)).is_some());
        }

        #[test]
        fn a_match_begins_where_it_is_found((pattern, found) in pattern_and_match(), around in "\\PC{0,20}") {
            let pattern = Pattern::new(pattern).unwrap();
            for text in [format!("{found}{around}"), format!("{around}{found}")] {
                let begins = pattern.find(&text).is_some_and(|found| found.start() == 0);
                prop_assert_eq!(pattern.begins(&text), begins);
            }
        }
    }

    #[test]
    fn digits_are_those_of_texts_alone_and_in_classes() {
        let year = Pattern::new(r"(?P<year>20\d{2})年[^\d,]{1,3}\\d").unwrap();
        assert!(year.is_match(r"2024年支出\d"));
        assert!(!year.is_match(r"2024年1支\d"));
        assert!(!Pattern::new(r"^\d$").unwrap().is_match("٣"));
    }

    #[test]
    fn what_is_compiled_later_cannot_be_too_large() {
        let large =
            [r"\w{0,40}", r"(?:\p{Han}|\w){0,9}", r"(?:.{0,60}|[^,;。:]{0,30}\d{1,9}){1,20}", r"(?i)[a-zß]{0,200}"];
        for pattern in PATTERNS.iter().chain(&large) {
            let text = with_plain_digits(pattern);
            let bytes = steps(&regex_syntax::parse(&text).unwrap()) * 64;
            let within = RegexBuilder::new(&text).size_limit(bytes).build();
            assert!(within.is_ok(), "{pattern} takes more than {bytes} bytes");
        }
        assert!(Pattern::new(r"(?:\w{100}){100}").is_err());
        assert!(Pattern::new("(").is_err());
    }

    #[test]
    fn a_text_without_the_words_is_passed_over() {
        let passes = |pattern: &str, text: &str| Pattern::new(pattern).unwrap().within(&Letters::of(text)).is_some();
        assert!(!passes("[0-9]+元(?:以上|以下)", "支出12.5万元,下降3%"));
        assert!(!passes("(?:比|较)(?:上年|去年)", "上年的支出比较多"));
        assert!(!passes("单位(?:构成|组成)$", "收入决算情况说明"));
        assert!(passes("(?:比|较)(?:上年|去年)", "支出比去年多"));
    }
}
