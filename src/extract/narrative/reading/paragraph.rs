//! One paragraph → claims, reasons and the numbers left over.

use std::ops::Range;

use super::explained::take_announced_reason;
use super::record::Gathered;
use super::said::mark_said;
use crate::extract::narrative::claim::FINAL_ACCOUNT;
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::numbers::masks;
use crate::extract::narrative::numbers::number::{Number, numbers};
use crate::extract::narrative::numbers::years;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::lexicon::{Lexicon, UnitKind};
use crate::extract::narrative::rules::model::{Reads, Rules};
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

/// What a paragraph is read with.
pub struct Reader<'a> {
    pub rules: &'a Rules,
    pub region: &'a str,
    pub year: Option<i32>,
    pub departments: &'a [String],
}

/// What outlives a paragraph: the classification path and the project named above.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub section: String,
    pub path: ClassificationPath,
    pub project: String,
    pub subject: Item,
    /// The whole whose parts the paragraphs above list, a line each, and how many they are.
    listed: Option<(Item, usize)>,
    /// A paragraph of this section has stated something, and one of them what the section itself is about.
    has_told: bool,
    has_told_whole: bool,
}

impl Memory {
    /// Another section begins: nothing is carried into it.
    fn enter(&mut self, section: &str) {
        if self.section != section {
            section.clone_into(&mut self.section);
            self.path = ClassificationPath::default();
            self.subject = Item::default();
            self.has_told = false;
            self.has_told_whole = false;
        }
    }

    /// What a paragraph stated, below a heading of its own or not.
    fn keep_told(&mut self, is_heading: bool, has_claims: bool, has_whole: bool) {
        self.has_told = has_claims || (self.has_told && !is_heading);
        self.has_told_whole = has_whole || (self.has_told_whole && !is_heading);
    }

    /// 其中，甲费150万元⏎乙费210万元⏎比2017年减少..: what follows several parts, and names nothing, is about the whole.
    fn count_parts(&mut self, words: &str, begins_with_parts: bool, whole: Item) {
        let is_line = !words.contains('。');
        self.listed = match self.listed.take() {
            _ if begins_with_parts && is_line => Some((whole, 1)),
            Some((whole, parts)) if is_line => Some((whole, parts + 1)),
            _ => None,
        };
    }

    /// What a paragraph is about that only compares.
    fn compared(&self) -> Item {
        match &self.listed {
            Some((whole, 2..)) => whole.clone(),
            _ => self.subject.clone(),
        }
    }
}

impl Reader<'_> {
    pub fn read(&self, block: &Block<'_>, memory: &mut Memory, out: &mut Gathered) {
        let text = &block.text.text;
        take_announced_reason(block, out);
        let (masked, glued) = self.no_figures(text, out);
        if let Some(project) = self.project_named(text) {
            memory.project = project;
        }
        memory.enter(block.section.map_or("", |section| section.code.as_str()));
        if block.section.is_some_and(|section| section.reads == Reads::Nothing) {
            let masked = masks::digit_runs(text, &masked);
            out.not_figures += runs_of_digits(text).saturating_sub(masked);
            return;
        }
        let project = memory.project.clone();
        let setting = self.setting(block, &project);
        let mut carried = self.carried_in(block, &setting, memory);
        let found = self.numbers(block, &masked, &glued, out);
        if memory.has_told && is_label_of_picture(block, &found) {
            out.leave_unclaimed(block, &found[0], &block.body);
            return;
        }
        self.take_up_subject_above(block, &found, memory, &mut carried);
        let first_claim = out.claims.len();
        for range in sentences(text, block.body.clone()) {
            self.read_sentence(block, range, &found, &setting, &mut carried, out);
        }
        mark_said(&self.rules.lexicon, &mut out.claims[first_claim..]);
        let own = block.section.map_or("", |section| section.item.as_str());
        let has_whole =
            out.claims[first_claim..].iter().any(|claim| claim.item == own && claim.measure == FINAL_ACCOUNT);
        memory.keep_told(block.is_heading(), out.claims.len() > first_claim, has_whole);
        memory.path = std::mem::take(&mut carried.path);
        if block.is_heading() && block.body.is_empty() {
            return;
        }
        let ends_in_list = carried.is_in_parts && !carried.is_single_part;
        let spent = carried.spent_of_budget().cloned().unwrap_or(carried.subject);
        memory.subject = carried.whole.filter(|_| ends_in_list).unwrap_or(spent);
    }

    /// Digits that are no figures, and years glued to an amount.
    fn no_figures(&self, text: &str, out: &mut Gathered) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
        let mut masked = masks::not_figures(text, &self.rules.lexicon);
        let glued = years::glued(text, &masked, self.year, &self.rules.lexicon);
        masked.extend(glued.iter().cloned());
        masked.sort_by_key(|range| range.start);
        out.not_figures += masks::digit_runs(text, &masked);
        (masked, glued)
    }

    fn project_named(&self, text: &str) -> Option<String> {
        let patterns = &self.rules.titles.project_names;
        let name = patterns.iter().find_map(|pattern| pattern.captures(text)?.name("name"))?;
        Some(name.as_str().trim().to_owned())
    }

    fn setting<'s>(&'s self, block: &'s Block<'_>, project: &'s str) -> Setting<'s> {
        Setting {
            lexicon: &self.rules.lexicon,
            section: block.section,
            year: self.year,
            departments: self.departments,
            project,
            states_budgets: block.states_budgets,
        }
    }

    /// What the first sentence starts with: the subject above it, the section's own whole, the path of its heading.
    fn carried_in(&self, block: &Block<'_>, setting: &Setting<'_>, memory: &mut Memory) -> Carried {
        let mut carried = Carried { path: memory.path.clone(), ..Carried::default() };
        let above = self.subject_above(block, setting, memory, &mut carried.path);
        carried.begin_with(above);
        let own = block.section.map_or("", |section| section.item.as_str());
        if !own.is_empty() {
            let item = setting.known(own, "", &mut ClassificationPath::default());
            carried.whole = Some(item.unwrap_or_else(|| Item { standard: own.to_owned(), ..Item::default() }));
        }
        if block.is_heading() {
            memory.subject = carried.subject.clone();
            setting.classified(&block.text.text, &mut memory.path);
            carried.path = memory.path.clone();
        }
        carried
    }

    fn numbers(
        &self,
        block: &Block<'_>,
        masked: &[Range<usize>],
        glued: &[Range<usize>],
        out: &mut Gathered,
    ) -> Vec<Number> {
        let text = &block.text.text;
        let mut found = numbers(text, masked, &self.rules.lexicon);
        for number in &mut found {
            if let Some(year) = glued.iter().find(|year| year.end == number.digits.start) {
                number.is_approximate = true;
                out.glued.push((block.text.span(year.clone()), text[year.start..number.whole.end].to_owned()));
            }
        }
        found
    }

    /// 比2017年减少.., 年初预算为.. on a line of its own is about what the lines before state.
    fn take_up_subject_above(&self, block: &Block<'_>, found: &[Number], memory: &mut Memory, carried: &mut Carried) {
        let lexicon: &Lexicon = &self.rules.lexicon;
        let words = &block.text.text[block.body.clone()];
        let first = found.iter().find(|number| block.body.contains(&number.digits.start));
        let opening = first.and_then(|number| block.text.text.get(block.body.start..number.digits.start)).unwrap_or("");
        if !memory.subject.standard.is_empty()
            && block.subjects.is_empty()
            && !(memory.has_told_whole && self.names_own_side(opening, block))
            && (lexicon.begins_with_comparison(words) || lexicon.names_only_a_measure(opening))
        {
            carried.begin_with(memory.compared());
        }
        let begins_with_parts = lexicon.parts.begins(words);
        memory.count_parts(words, begins_with_parts, memory.subject.clone());
    }

    /// 与2017年相比，支出增加..: of the sides of the account the one that the section is about.
    fn names_own_side(&self, opening: &str, block: &Block<'_>) -> bool {
        let setting = self.setting(block, "");
        let own = block.section.map_or("", |section| section.item.as_str());
        let Some((_, compared)) = setting.last_comparator(opening) else { return false };
        let words = opening[compared.end..].trim_start_matches(',');
        let words = self.rules.lexicon.direction_at_end(words).map_or(words, |direction| &words[..direction.start]);
        self.rules.lexicon.sides.iter().any(|side| side == words && own.contains(side.as_str()))
    }

    /// The subject a paragraph starts with: a heading below the section's own, the section's, or the one before.
    fn subject_above(
        &self,
        block: &Block<'_>,
        setting: &Setting<'_>,
        memory: &Memory,
        path: &mut ClassificationPath,
    ) -> Item {
        for title in block.subjects.iter().rev() {
            if let Some(item) = setting.classified(title, path) {
                return item;
            }
            let clean = setting.clean(self.rules.titles.without_ending(title));
            if self.rules.titles.rest.is_match(&clean) {
                continue;
            }
            if let Some(item) = setting.known_heading(&clean, path).or_else(|| setting.names_in_a_row(&clean, path)) {
                return item;
            }
        }
        let own = block.section.map_or("", |section| section.item.as_str());
        if own.is_empty() && !block.is_heading() {
            return memory.subject.clone();
        }
        setting.known(own, "", path).unwrap_or_else(|| Item {
            standard: own.to_owned(),
            printed: own.to_owned(),
            ..Item::default()
        })
    }
}

/// A paragraph that is an amount and nothing else, below no heading of its own.
fn is_label_of_picture(block: &Block<'_>, found: &[Number]) -> bool {
    let [number] = found else { return false };
    let text = &block.text.text;
    let around = [text.get(..number.whole.start), text.get(number.whole.end..)];
    let is_bare = around.into_iter().flatten().all(|words| !words.contains(char::is_alphanumeric));
    is_bare && number.kind == UnitKind::Money && !block.is_heading() && block.subjects.is_empty()
}

fn runs_of_digits(text: &str) -> u32 {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count() as u32
}

/// Sentence ranges within a paragraph.
fn sentences(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = body.start;
    for (at, c) in text[body.clone()].char_indices() {
        if matches!(c, '。' | '!' | '?') {
            let end = body.start + at + c.len_utf8();
            ranges.push(start..end);
            start = end;
        }
    }
    if start < body.end {
        ranges.push(start..body.end);
    }
    ranges
}
