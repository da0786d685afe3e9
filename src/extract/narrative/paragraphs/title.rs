//! What a text says of itself: whose accounts it states, of which year, and whether it states accounts at all. Its first
//! lines, its headings and its sentences vote; lines of the page around it never name anybody.

use regex::Captures;

use super::numbering::numbering;
use super::page::{LONGEST_LINE, comparable, first_cells, first_lines, is_long, is_sentence, last_lines};
use super::structure::Block;
use crate::decode::Document;
use crate::extract::narrative::rules::model::{Rules, Titles};
use crate::extract::pattern::Letters;
use crate::identity::{PrintedName, TitlePage};
use crate::vocabulary::Level;

/// What a text says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    pub page: TitlePage,
    pub kind: Kind,
    /// The line that says what kind of text it is.
    pub line: String,
    /// Nothing but a line or two stands before it.
    pub is_at_the_top: bool,
}

/// What a text calls itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    Final,
    Budget,
    #[default]
    Unsaid,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Final => "final",
            Kind::Budget => "budget",
            Kind::Unsaid => "",
        }
    }
}

/// A line at the very top.
const TOP_LINES: usize = 6;
/// Lines of a cover, which may be parts of one name.
const COVER_LINES: usize = 30;
const LONGEST_COVER_LINE: usize = 24;
const BLOCKS_THAT_VOTE: usize = 400;
/// Letters of a first sentence, which names the law before the publisher.
const LONGEST_OPENING: usize = 300;

/// What a line that names somebody weighs: a title, a title joined of broken lines, a name with its label, a heading, a
/// name on a line of its own, a sentence.
mod weight {
    pub const TITLE: u32 = 8;
    pub const JOINED: u32 = 6;
    pub const LABEL: u32 = 6;
    pub const HEADING: u32 = 4;
    pub const ALONE: u32 = 2;
    pub const SENTENCE: u32 = 1;
    pub const MOST_MENTIONS: u32 = 5;
}

/// Reads the title page of a text, or of a workbook's first cells.
pub fn title(document: &Document, blocks: &[Block<'_>], rules: &Rules) -> Title {
    let mut votes = Votes { words: &rules.titles, names: Vec::new(), years: Vec::new(), title: Title::default() };
    let is_text = !document.lines.is_empty();
    let front = if is_text { first_lines(document, rules) } else { first_cells(document, rules) };
    votes.take_front(&front, is_text);
    let last = last_lines(document, rules);
    votes.take_places(front.iter().chain(&last));
    votes.take_body(blocks);
    votes.take_openings(blocks, rules);
    votes.take_signature(&last);
    votes.weigh_mentions(blocks);
    let kind = kind(&votes.title, blocks, &rules.titles);
    let Votes { mut names, mut years, title, .. } = votes;
    names.sort_by_key(|name| std::cmp::Reverse(name.votes));
    years.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    let years = years.into_iter().map(|(year, _)| year).collect();
    Title { page: TitlePage { names, years, ..title.page }, kind, ..title }
}

struct Votes<'r> {
    words: &'r Titles,
    names: Vec<PrintedName>,
    years: Vec<(i32, u32)>,
    title: Title,
}

impl Votes<'_> {
    fn take_front(&mut self, front: &[String], is_text: bool) {
        let own: Vec<&str> = front.iter().map(String::as_str).filter(|line| self.is_own(line)).collect();
        let titles = own.iter().enumerate().filter(|(_, line)| !is_long(line) && !is_sentence(line));
        for (at, line) in titles {
            self.take_title(line, weight::TITLE, at < TOP_LINES);
            self.title.is_at_the_top |= at < TOP_LINES && self.title.line == **line;
            let letters = Letters::of(line);
            for label in self.words.labels.iter().filter_map(|label| label.within(&letters)) {
                if let Some(found) = label.captures(line) {
                    self.vote_for(&found["name"], weight::LABEL, false);
                }
            }
        }
        if is_text {
            self.take_cover(&own[..own.len().min(COVER_LINES)]);
        }
    }

    /// The words of the lines around the text: where it was published.
    fn take_places<'l>(&mut self, lines: impl Iterator<Item = &'l String>) {
        let around = lines.filter(|line| !self.is_own(line));
        let words = around.flat_map(|line| line.split([':', '>', '»', '›', ' ', '-', '_'])).map(str::to_owned);
        let places: Vec<String> = words.filter(|place| place.chars().count() >= 2).collect();
        self.title.page.places = places;
    }

    /// Names that stand alone, and titles broken over two or three lines.
    fn take_cover(&mut self, lines: &[&str]) {
        let is_piece =
            |line: &&str| line.chars().count() <= LONGEST_COVER_LINE && !line.contains([',', '。', ';', ':']);
        for line in lines {
            if let Some(found) = self.words.alone.captures(line) {
                self.vote_for(&found["name"], weight::ALONE, false);
            }
        }
        // A whole title among the pieces is read as it stands.
        let is_joined: Vec<bool> = lines.iter().map(|line| is_piece(line) && !self.names_somebody(line)).collect();
        for count in 2..=3 {
            for (pieces, are_joined) in lines.windows(count).zip(is_joined.windows(count)) {
                if are_joined.iter().all(|is_joined| *is_joined) {
                    self.take_title(&pieces.concat(), weight::JOINED, false);
                }
            }
        }
    }

    fn take_body(&mut self, blocks: &[Block<'_>]) {
        for block in blocks.iter().take(BLOCKS_THAT_VOTE) {
            let text: String = block.text.text.chars().take(LONGEST_LINE).collect();
            if block.is_heading() && !is_sentence(&text) {
                self.take_names(&text, weight::HEADING);
            } else if let Some(sentences) = self.words.sentences.within(&Letters::of(&text))
                && let Some(found) = sentences.captures(self.without_number(&text))
            {
                if let Some(name) = found.name("name") {
                    self.vote_for(name.as_str(), weight::SENTENCE, false);
                }
                self.vote_for_year(self.without_number(&text), &found, weight::SENTENCE);
            }
        }
    }

    /// Where no line is a title, a first sentence may say whose accounts the text states.
    fn take_openings(&mut self, blocks: &[Block<'_>], rules: &Rules) {
        for block in blocks.iter().take(TOP_LINES) {
            let begin: String = block.text.text.chars().take(LONGEST_OPENING).collect();
            let text = comparable(&begin, rules);
            let Some(found) = self.opening(&text) else { continue };
            let is_of_accounts = self.words.accounts.is_match(&found[0]) && !self.words.budget.is_match(&found[0]);
            if self.title.line.is_empty() && is_of_accounts {
                self.title.line = found[0].to_owned();
                self.title.is_at_the_top = true;
            }
            if let Some(name) = found.name("name").filter(|_| self.names.is_empty()) {
                self.vote_for(name.as_str(), weight::SENTENCE, true);
            }
            self.vote_for_year(&text, &found, weight::SENTENCE);
        }
        // 2021年度收入总计..: where nothing above says the year, the first total may.
        for block in blocks.iter().take(BLOCKS_THAT_VOTE).skip(TOP_LINES) {
            if !self.years.is_empty() {
                break;
            }
            let begin: String = block.text.text.chars().take(LONGEST_LINE).collect();
            let text = comparable(&begin, rules);
            if let Some(found) = self.opening(&text) {
                self.vote_for_year(&text, &found, weight::SENTENCE);
            }
        }
    }

    /// The first wording of openings that a text has.
    fn opening<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        let letters = Letters::of(text);
        let openings = self.words.openings.iter().filter_map(|opening| opening.within(&letters));
        openings.filter_map(|opening| opening.captures(text)).next()
    }

    /// Where nothing else names anybody, who signs the text: a name and a date at its end, in one line or in two. `last`: the last
    /// lines, the very last one first.
    fn take_signature(&mut self, last: &[String]) {
        let own: Vec<&str> = last.iter().map(String::as_str).filter(|line| self.is_own(line)).collect();
        let joined = own.windows(2).map(|pair| format!("{}{}", pair[1], pair[0]));
        let signed = own.iter().map(|line| (*line).to_owned()).chain(joined);
        for line in signed.collect::<Vec<_>>() {
            let name = self.words.signature.captures(&line).and_then(|found| found.name("name"));
            if let Some(name) = name.filter(|_| self.names.is_empty()) {
                self.vote_for(name.as_str(), weight::ALONE, false);
            }
        }
    }

    /// A line that says what the text is, and of whom. Whether it is of a unit alone says a title, or a line at the top; further
    /// down 某局(本级) stands in a list of units.
    fn take_title(&mut self, line: &str, weight: u32, is_at_the_top: bool) {
        // A numbered line is a heading of a part; 关于.. may be a link to another year's budget.
        let states_accounts = self.words.accounts.is_match(line);
        let may_be_title = self.title.line.is_empty() && numbering(line).is_none();
        let states_budget = self.words.budget.is_match(line);
        let is_bare = self.without_number(line) == line;
        let page = &mut self.title.page;
        if may_be_title && (states_accounts || is_bare && states_budget) {
            self.title.line = line.to_owned();
        }
        if page.level == Level::Unsaid && (is_at_the_top || states_accounts || states_budget) {
            if self.words.unit_level.is_match(line) {
                page.level = Level::Unit;
            } else if self.words.department_level.is_match(line) {
                page.level = Level::Department;
            }
        }
        self.take_names(line, weight);
    }

    fn take_names(&mut self, line: &str, weight: u32) {
        let letters = Letters::of(line);
        let line = self.without_number(line);
        let may_be_area = !self.words.of_departments.is_match(line);
        // Links to other years' budgets stand around the title of accounts.
        let is_of_budget = self.words.budget.is_match(line) && !self.words.accounts.is_match(line);
        let weight_of_year = if is_of_budget { weight::SENTENCE } else { weight };
        let mut named = false;
        for pattern in self.words.patterns.iter().filter_map(|pattern| pattern.within(&letters)) {
            let Some(found) = pattern.captures(line) else { continue };
            self.vote_for_year(line, &found, weight_of_year);
            if let Some(name) = found.name("name").filter(|_| !named) {
                let level = found.name("level").map_or("", |level| level.as_str());
                named = self.vote_for(&format!("{}{level}", name.as_str()), weight, may_be_area);
            }
        }
    }

    /// Whether a line by itself is a title with a name.
    fn names_somebody(&self, line: &str) -> bool {
        let may_be_area = !self.words.of_departments.is_match(line);
        let letters = Letters::of(line);
        let patterns = self.words.patterns.iter().filter_map(|pattern| pattern.within(&letters));
        let named = patterns.filter_map(|pattern| pattern.captures(line));
        named.filter_map(|found| found.name("name")).any(|name| self.is_name(name.as_str(), may_be_area).is_some())
    }

    fn without_number<'t>(&self, line: &'t str) -> &'t str {
        self.words.before_names.find(line).map_or(line, |found| &line[found.end()..])
    }

    fn is_own(&self, line: &str) -> bool {
        !self.words.around.is_match(line)
    }

    /// The name without what stands before it, and whether it is a whole area's; `None` where it is nobody's.
    fn is_name<'t>(&self, name: &'t str, may_be_area: bool) -> Option<(&'t str, bool)> {
        let name = self.without_number(name).trim_matches(['-', '—', ':', ' ', '·', '_', '.']);
        let name = name.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(name);
        let length = name.chars().count();
        if !(3..=40).contains(&length) && !self.words.areas.is_match(name) || self.words.never_names.is_match(name) {
            return None;
        }
        if self.words.institution.is_match(name) {
            return Some((name, false));
        }
        (may_be_area && self.words.areas.is_match(name)).then_some((name, true))
    }

    fn vote_for(&mut self, name: &str, weight: u32, may_be_area: bool) -> bool {
        let Some((name, is_area)) = self.is_name(name, may_be_area) else { return false };
        match self.names.iter_mut().find(|known| known.text == name) {
            Some(known) => {
                known.votes += weight;
                known.is_area |= is_area;
            }
            None => self.names.push(PrintedName { text: name.to_owned(), votes: weight, is_area }),
        }
        true
    }

    /// `line`: where it was found. The year of a date (2022年9月16日) is that of the publication.
    fn vote_for_year(&mut self, line: &str, found: &Captures<'_>, weight: u32) {
        let Some(year) = found.name("year").filter(|year| !self.words.dated.is_match(&line[year.start()..])) else {
            return;
        };
        let Ok(year) = year.as_str().parse() else { return };
        match self.years.iter_mut().find(|(known, _)| *known == year) {
            Some((_, votes)) => *votes += weight,
            None => self.years.push((year, weight)),
        }
    }

    /// A name the text goes on to use is more likely the right one; a mention of a longer name is none of the shorter.
    fn weigh_mentions(&mut self, blocks: &[Block<'_>]) {
        let mentions: Vec<u32> = self
            .names
            .iter()
            .map(|name| {
                let texts = blocks.iter().take(BLOCKS_THAT_VOTE).map(|block| block.text.text.as_str());
                texts.map(|text| text.matches(name.text.as_str()).count() as u32).sum()
            })
            .collect();
        let own: Vec<u32> = (0..self.names.len())
            .map(|at| {
                let name = &self.names[at].text;
                let longer = self
                    .names
                    .iter()
                    .zip(&mentions)
                    .filter(|(other, _)| other.text.len() > name.len() && other.text.contains(name.as_str()));
                mentions[at].saturating_sub(longer.map(|(_, count)| *count).max().unwrap_or(0))
            })
            .collect();
        for (name, own) in self.names.iter_mut().zip(own) {
            name.votes += own.min(weight::MOST_MENTIONS);
            // Printed nowhere by itself: a part of a longer name.
            if own == 0 && !blocks.is_empty() {
                name.votes = name.votes.saturating_sub(weight::ALONE);
            }
        }
    }
}

/// Accounts or budget: what the title says, unless the headings of the parts say otherwise.
fn kind(title: &Title, blocks: &[Block<'_>], words: &Titles) -> Kind {
    let headings = || blocks.iter().filter(|block| block.is_heading()).map(|block| block.text.text.as_str());
    let of_accounts = headings().filter(|heading| words.accounts.is_match(heading)).count();
    let of_budgets =
        headings().filter(|heading| words.budget.is_match(heading) && !words.accounts.is_match(heading)).count();
    let is_accounts_by_title = words.accounts.is_match(&title.line);
    if title.line.is_empty() {
        return match (of_accounts, of_budgets) {
            (0, 3..) => Kind::Budget,
            (0, _) => Kind::Unsaid,
            _ => Kind::Final,
        };
    }
    match (is_accounts_by_title, of_accounts, of_budgets) {
        (true, 0, 3..) | (false, 0, _) => Kind::Budget,
        (true, ..) => Kind::Final,
        (false, accounts, budgets) if accounts > budgets => Kind::Final,
        (false, ..) => Kind::Budget,
    }
}
