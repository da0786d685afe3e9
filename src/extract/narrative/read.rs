//! One document, from its lines to everything it states.

use std::collections::HashMap;

use super::claim::{NarrativeReading, Nothing, RawClaim, RawParagraph};
use super::listed::units_in_sentences;
use super::tables::read_tables;
use crate::decode::Document;
use crate::extract::narrative::paragraphs::structure::{Block, blocks};
use crate::extract::narrative::paragraphs::title::{Kind, Title, title};
use crate::extract::narrative::reading::paragraph::{Memory, Reader};
use crate::extract::narrative::reading::record::Gathered;
use crate::extract::narrative::reading::worded::give_word_codes;
use crate::extract::narrative::rules::dictionary::meanings::SectionGroup;
use crate::extract::narrative::rules::model::{Reads, Rules};
use crate::identity::{PlaceHint, TitlePage};
use crate::vocabulary::{ClaimKind, Finding, Place, Severity};

/// A document's paragraphs under their headings and what its title says, before anything is read: what region and year
/// it is of is told from this.
pub struct Text<'a> {
    document: &'a Document,
    rules: &'a Rules,
    blocks: Vec<Block<'a>>,
    title: Title,
    has_tables: bool,
}

impl<'a> Text<'a> {
    pub fn open(document: &'a Document, rules: &'a Rules) -> Self {
        let blocks = blocks(document, rules);
        let title = title(document, &blocks, rules);
        Self { document, rules, blocks, title, has_tables: false }
    }

    /// Whether tables of final accounts stand in the same document: what it is titled, it is then.
    pub fn with_tables(self, has_tables: bool) -> Self {
        Self { has_tables, ..self }
    }

    /// Whose it is and of which year, as far as its title, its headings and its sentences say.
    pub fn title_page(&self) -> &TitlePage {
        &self.title.page
    }

    /// Everything the text states. A text that states no accounts gives `is_disclosure == false`, why, and nothing else.
    pub fn read(&self, hint: &PlaceHint) -> NarrativeReading {
        self.read_in_full(hint).0
    }

    /// The reading, and what it leaves unclaimed (claims and reasons are in the reading).
    pub fn read_in_full(&self, hint: &PlaceHint) -> (NarrativeReading, Gathered) {
        let nothing = |why| (NarrativeReading::nothing(self.title.kind, why), Gathered::default());
        if self.document.lines.is_empty() {
            return nothing(Nothing::NoText);
        }
        if self.title.kind == Kind::Budget {
            return nothing(Nothing::Budget(self.title.line.clone()));
        }
        let blocks = &self.blocks;
        // Reports of all kinds have a part or two that accounts have, too.
        if self.title.kind == Kind::Unsaid && anchors(blocks) < 3 {
            let speaks_of_accounts = self.speaks_of_accounts();
            return nothing(if speaks_of_accounts { Nothing::Untitled } else { Nothing::NotOfAccounts });
        }
        let (mut reading, gathered) = self.read_blocks(hint);
        let states_money = reading.claims.iter().any(|claim| self.rules.lexicon.is_money(&claim.unit));
        let is_titled = !self.title.page.names.is_empty() || self.title.is_at_the_top;
        if anchors(blocks) == 0 && !(states_money && is_titled) && !self.has_tables {
            return nothing(if states_money { Nothing::Untitled } else { Nothing::NoAmount });
        }
        reading.is_disclosure = true;
        (reading, gathered)
    }

    fn speaks_of_accounts(&self) -> bool {
        self.blocks.iter().any(|block| self.rules.titles.accounts.is_match(&block.text.text))
    }

    fn read_blocks(&self, hint: &PlaceHint) -> (NarrativeReading, Gathered) {
        let (title, blocks, rules) = (&self.title, &self.blocks, self.rules);
        let year = hint.fiscal_year.or_else(|| title.page.years.first().copied());
        let names = names_in_text(&title.page.texts(), &rules.lexicon.area_endings);
        let reader = Reader { rules, region: hint.region_code.as_deref().unwrap_or(""), year, departments: &names };
        let mut gathered = Gathered::default();
        let mut memory = Memory::default();
        for block in blocks {
            reader.read(block, &mut memory, &mut gathered);
        }
        let tables = read_tables(&reader, self.document, blocks, &mut gathered);
        name_what_is_counted(&mut gathered.claims, rules);
        give_word_codes(&mut gathered.claims, &rules.lexicon);
        gathered.claims.sort_by_key(|claim| (claim.line, claim.start));
        take_printed_text(self.document, &mut gathered);
        let mut reading = reading(title, &mut gathered);
        reading.indicators = tables.indicators;
        // The sentence before a table of them opens no list of its own.
        reading.listed_units = if tables.units.is_empty() { units_in_sentences(blocks, rules) } else { tables.units };
        reading.paragraphs = paragraphs(self.document, blocks);
        (reading, gathered)
    }
}

/// Opens a document and reads it.
pub fn read(document: &Document, rules: &Rules, hint: &PlaceHint) -> NarrativeReading {
    Text::open(document, rules).read(hint)
}

/// Gives every claim the codes of what it counts and of the sections it stands in. Many share both: each is looked up once.
fn name_what_is_counted(claims: &mut [RawClaim], rules: &Rules) {
    let mut groups: HashMap<(String, String), Option<&SectionGroup>> = HashMap::new();
    for claim in claims {
        let place = (claim.section.clone(), claim.section_path.clone());
        let group = groups.entry(place).or_insert_with_key(|(code, path)| rules.meanings.group_of(code, path));
        let counted = rules.meanings.of(&claim.item);
        let printed = claim.function_code.as_ref().or(claim.economic_code.as_ref());
        let listed = counted.map(|counted| &counted.code).or(claim.line_code.as_ref());
        claim.item_code = printed.or(listed).unwrap_or(&claim.item).clone();
        if let Some(basis) = rules.meanings.of(&claim.basis) {
            claim.basis_code.clone_from(&basis.code);
            claim.basis_fund = fund_of_whole(claim, &basis.fund, rules);
        }
        if claim.fund.is_empty() {
            let named = counted.map(|counted| &counted.fund).filter(|fund| !fund.is_empty());
            claim.fund = named.or(group.map(|group| &group.fund)).cloned().unwrap_or_default();
        }
        claim.section_group = group.map_or_else(String::new, |group| group.code.clone());
    }
}

/// Which money the whole of a share is of: that of its name, unless the section lent it the name and the words before the
/// share name other money (一般公共预算 of a section, 占财政拨款支出 of the sentence).
fn fund_of_whole(claim: &RawClaim, of_name: &str, rules: &Rules) -> String {
    let before: String = claim.sentence.chars().take(claim.sentence_offset as usize).collect();
    let words = before.rsplit([',', ';', ':', '。', '(']).next().unwrap_or("");
    let mut named = rules.lexicon.funds.iter().filter(|(wording, _)| wording.is_match(words)).map(|(_, fund)| fund);
    let is_named = of_name.is_empty() || claim.measure != "share_percent" || named.clone().any(|fund| fund == of_name);
    named.next().filter(|_| !is_named).map_or_else(|| of_name.to_owned(), Clone::clone)
}

/// A department's names as sentences use them: in full, and without the province or city before it.
fn names_in_text(departments: &[String], area_endings: &[String]) -> Vec<String> {
    let mut names = departments.to_vec();
    for name in departments {
        for ending in area_endings {
            if let Some((_, rest)) = name.split_once(ending.as_str())
                && rest.chars().count() >= 4
            {
                names.push(rest.to_owned());
            }
        }
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// What the text says beside its numbers. Of definitions only the headings are kept.
fn paragraphs(document: &Document, blocks: &[Block<'_>]) -> Vec<RawParagraph> {
    let table_lines: Vec<u32> =
        document.lines.iter().filter(|line| line.cell.is_some()).map(|line| line.number).collect();
    let mut next_lines = blocks.iter().skip(1).map(|block| block.first_line).chain([u32::MAX]);
    blocks
        .iter()
        .filter_map(|block| {
            let next_line = next_lines.next().unwrap_or(u32::MAX);
            let is_definition = block.section.is_some_and(|section| section.reads == Reads::Nothing);
            if is_definition && !block.is_heading() {
                return None;
            }
            let below = table_lines.partition_point(|line| *line <= block.last_line);
            Some(RawParagraph {
                line: block.first_line,
                section: block.section.map_or_else(String::new, |section| section.code.clone()),
                section_path: block.path.clone(),
                heading_level: block.level,
                ordinal: block.ordinal,
                has_body: !block.text.text[block.body.clone()].trim().is_empty(),
                has_table_below: table_lines.get(below).is_some_and(|line| *line < next_line),
                text: block.text.text.clone(),
            })
        })
        .collect()
}

/// Gives every claim the characters of its span as they stand in the decoded line. Claims are in line order, so each
/// line is taken apart once.
fn take_printed_text(document: &Document, gathered: &mut Gathered) {
    let mut current: (u32, Vec<char>) = (0, Vec::new());
    for claim in &mut gathered.claims {
        if current.0 != claim.line {
            let Ok(at) = document.lines.binary_search_by_key(&claim.line, |line| line.number) else { continue };
            current = (claim.line, document.lines[at].text.chars().collect());
        }
        // Of a number broken over two lines the first holds only a part: its digits stay as they were joined.
        let digits = |text: &mut dyn Iterator<Item = char>| text.filter(|c| c.is_numeric()).count();
        let is_whole = |printed: &[char]| {
            digits(&mut printed.iter().copied()) >= digits(&mut claim.printed.chars())
                || claim.kind == ClaimKind::ChineseNumeral
        };
        if let Some(printed) = current.1.get(claim.start as usize..claim.end as usize).filter(|text| is_whole(text)) {
            claim.printed = printed.iter().collect();
        }
    }
}

/// How many different sections of an explanation of accounts the headings open.
fn anchors(blocks: &[Block<'_>]) -> usize {
    let mut codes: Vec<&str> = blocks
        .iter()
        .filter(|block| block.is_heading())
        .filter_map(|block| block.section.filter(|section| section.is_anchor))
        .map(|section| section.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

fn reading(title: &Title, gathered: &mut Gathered) -> NarrativeReading {
    let findings = gathered
        .placeholders
        .iter()
        .map(|(line, words)| {
            Finding::disclosure(
                "extract.placeholder",
                Severity::Warning,
                Place::Line { line: *line },
                format!("a placeholder of the form is left in the text: {words}"),
                "the publisher has not filled this in; nothing is read from the clause".to_owned(),
            )
        })
        .chain(gathered.glued.iter().map(|(span, words)| {
            Finding::disclosure(
                "extract.glued_year",
                Severity::Warning,
                Place::Span { line: span.line, start: span.start, end: span.end },
                format!("a year without 年 runs into an amount: {words}"),
                "the digits after the year are read as the amount, as an approximate number; compare with the original"
                    .to_owned(),
            )
        }))
        .collect();
    NarrativeReading {
        claims: std::mem::take(&mut gathered.claims),
        reasons: std::mem::take(&mut gathered.reasons),
        kind: title.kind,
        printed_years: title.page.years.clone(),
        unclaimed: gathered.unclaimed.len() as u32,
        not_figures: gathered.not_figures,
        findings,
        ..NarrativeReading::default()
    }
}
