//! What `juesuan inspect FILE` shows of a text: its sections, its claims, and every number left over with the rule that
//! came nearest.

use std::fmt::Write as _;

use serde::Serialize;

use super::claim::RawClaim;
use super::read::Text;
use crate::extract::narrative::reading::record::Unclaimed;
use crate::extract::narrative::rules::dictionary::names::Place;
use crate::extract::narrative::rules::model::{Rules, SentenceRule};
use crate::identity::PlaceHint;

/// A text as the rules see it.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    pub is_disclosure: bool,
    pub departments: Vec<String>,
    pub years: Vec<i32>,
    pub kind: String,
    pub level: String,
    pub indicators: usize,
    pub not_figures: u32,
    pub sections: Vec<InspectedSection>,
}

/// One heading path, with what was read under it.
#[derive(Debug, Clone, Serialize)]
pub struct InspectedSection {
    pub section: String,
    pub path: String,
    pub claims: Vec<InspectedClaim>,
    pub unclaimed: Vec<InspectedNumber>,
}

#[derive(Debug, Clone, Serialize)]
pub struct InspectedClaim {
    pub line: u32,
    pub start: u32,
    pub end: u32,
    pub printed: String,
    pub sign: i8,
    pub unit: String,
    pub item: String,
    pub measure: String,
    pub basis: String,
    pub rule: String,
    /// Where no list knows the item and one name is nearly it: that name, and the row that adds the printed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearly: Option<NearlyKnown>,
}

/// A standard name that an unknown item nearly is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearlyKnown {
    pub standard: String,
    /// The row to add to the dictionary of items.
    pub row: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct InspectedNumber {
    pub line: u32,
    pub start: u32,
    pub printed: String,
    pub sentence: String,
    /// The sentence rule that shares most words with the sentence, and its wording.
    pub nearest_rule: String,
    pub nearest_sentence: String,
}

/// Reads a text and lists what came of every number.
pub fn inspect(text: &Text<'_>, rules: &Rules, hint: &PlaceHint) -> Inspection {
    let (reading, gathered) = text.read_in_full(hint);
    let page = text.title_page();
    let mut sections: Vec<InspectedSection> = Vec::new();
    for claim in &reading.claims {
        section_of(&mut sections, &claim.section, &claim.section_path).claims.push(InspectedClaim::of(claim, rules));
    }
    for number in &gathered.unclaimed {
        let inspected = number_with_rule(number, rules);
        section_of(&mut sections, "", &number.section_path).unclaimed.push(inspected);
    }
    Inspection {
        is_disclosure: reading.is_disclosure,
        departments: page.texts(),
        years: page.years.clone(),
        kind: reading.kind.as_str().to_owned(),
        level: page.level.as_str().to_owned(),
        indicators: reading.indicators.len(),
        not_figures: reading.not_figures,
        sections,
    }
}

fn section_of<'s>(sections: &'s mut Vec<InspectedSection>, code: &str, path: &str) -> &'s mut InspectedSection {
    let at = sections.iter().position(|section| section.path == path).unwrap_or_else(|| {
        sections.push(InspectedSection {
            section: code.to_owned(),
            path: path.to_owned(),
            claims: Vec::new(),
            unclaimed: Vec::new(),
        });
        sections.len() - 1
    });
    &mut sections[at]
}

impl InspectedClaim {
    fn of(claim: &RawClaim, rules: &Rules) -> Self {
        let is_known = claim.line_code.is_some() || claim.function_code.is_some() || claim.economic_code.is_some();
        let (section, unit) = (claim.section.as_str(), claim.unit.as_str());
        let place = Place { section, unit, year: claim.year, is_classified: false, economic_first: false };
        let nearest = if is_known { None } else { rules.lexicon.names.nearest(&claim.item, place) };
        let nearly = nearest.filter(|(standard, _)| *standard != claim.item).map(|(standard, line)| NearlyKnown {
            standard: standard.to_owned(),
            row: format!("{standard},{line},,,{},,", claim.item),
        });
        Self {
            nearly,
            line: claim.line,
            start: claim.start,
            end: claim.end,
            printed: claim.printed.clone(),
            sign: claim.sign,
            unit: claim.unit.clone(),
            item: claim.item.clone(),
            measure: claim.measure.clone(),
            basis: claim.basis.clone(),
            rule: claim.rule.clone(),
        }
    }
}

fn number_with_rule(number: &Unclaimed, rules: &Rules) -> InspectedNumber {
    let nearest = rules.sentences.iter().max_by_key(|rule| likeness(rule, &number.sentence));
    let nearest = nearest.filter(|rule| likeness(rule, &number.sentence) > 0);
    InspectedNumber {
        line: number.line,
        start: number.start,
        printed: number.printed.clone(),
        sentence: number.sentence.clone(),
        nearest_rule: nearest.map_or_else(String::new, |rule| rule.id.clone()),
        nearest_sentence: nearest.map_or_else(String::new, |rule| rule.sentence.clone()),
    }
}

/// Pairs of neighbouring characters that a rule's wording shares with a sentence.
fn likeness(rule: &SentenceRule, sentence: &str) -> usize {
    let words: Vec<char> = rule.sentence.chars().filter(|c| !c.is_ascii()).collect();
    words.windows(2).filter(|pair| sentence.contains(&pair.iter().collect::<String>())).count()
}

impl Inspection {
    /// The inspection as lines for a terminal.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let years: Vec<String> = self.years.iter().map(i32::to_string).collect();
        let about =
            if self.is_disclosure { "an explanation of final accounts" } else { "no explanation of final accounts" };
        // Writing to a String cannot fail.
        let _ =
            writeln!(out, "{about}: {} {} {} {}", self.departments.join(", "), years.join(", "), self.kind, self.level);
        for section in &self.sections {
            let _ = writeln!(
                out,
                "\n{} [{}]: {} claims, {} numbers left over",
                section.path,
                section.section,
                section.claims.len(),
                section.unclaimed.len()
            );
            for claim in &section.claims {
                let sign = if claim.sign < 0 { "-" } else { "" };
                let _ = writeln!(
                    out,
                    "  {}:{}-{}  {sign}{}{}  {} | {} | {}  ({})",
                    claim.line,
                    claim.start,
                    claim.end,
                    claim.printed,
                    claim.unit,
                    claim.item,
                    claim.measure,
                    claim.basis,
                    claim.rule
                );
            }
            let mut told: Vec<&NearlyKnown> = Vec::new();
            for (claim, nearly) in section.claims.iter().filter_map(|claim| Some((claim, claim.nearly.as_ref()?))) {
                if !told.contains(&nearly) {
                    told.push(nearly);
                    let _ = writeln!(
                        out,
                        "  {} is in no list and nearly {}: if it is that, add to pipelines/names/items.csv: {}",
                        claim.item, nearly.standard, nearly.row
                    );
                }
            }
            for number in &section.unclaimed {
                let _ = writeln!(
                    out,
                    "  {}:{}  {} is not claimed: {}",
                    number.line, number.start, number.printed, number.sentence
                );
                if !number.nearest_rule.is_empty() {
                    let _ = writeln!(out, "      nearest rule {}: {}", number.nearest_rule, number.nearest_sentence);
                }
            }
        }
        let _ = writeln!(
            out,
            "\n{} indicator rows; {} numbers recognised as no figures (years, dates, ordinals, thresholds, names)",
            self.indicators, self.not_figures
        );
        out
    }
}
