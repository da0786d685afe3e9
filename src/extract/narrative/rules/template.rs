//! Sentences with typed holes → patterns.
//!
//! `{amount:money}` a number with a unit of money; `{n:count}`, `{p:percent}`, `{a:area}`, `{s:score}`, `{x:number}`
//! likewise; `{what:name}` words without punctuation; `{y:year}`; `[..]` is optional, `(a|b)` a choice, `…` any words
//! of the same sentence.

use super::lexicon::UnitKind;
use super::macros::{KEYS, Macros};
use super::model::{Example, ExpectedClaim, Hole, Says, Section, SentenceRule};
use crate::error::{Error, Result};
use crate::extract::pattern::Pattern;
use crate::project::ProjectFile;
use crate::vocabulary::example_in;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    id: String,
    applies_to: Option<AppliesTo>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AppliesTo {
    regions: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: String,
    /// Section codes; `*` everywhere.
    sections: Vec<String>,
    sentence: toml::Spanned<String>,
    says: Vec<SaysEntry>,
    #[serde(default)]
    example: Vec<ExampleEntry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SaysEntry {
    hole: String,
    item: String,
    measure: String,
    #[serde(default)]
    basis: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    keeps_subject: bool,
    #[serde(default)]
    decreases: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleEntry {
    pub text: String,
    #[serde(default)]
    pub section: String,
    pub claims: Vec<ExpectedClaim>,
}

/// Adds the rules of one file.
pub fn load(
    file: &ProjectFile,
    macros: &Macros,
    sections: &[Section],
    rules: &mut Vec<SentenceRule>,
    examples: &mut Vec<Example>,
) -> Result<()> {
    let parsed: File = file.parse(KEYS)?;
    let mut regions = parsed.applies_to.map_or_else(Vec::new, |applies| applies.regions);
    regions.retain(|region| region != "*");
    let example_region = regions.first().map(|region| example_in(region)).unwrap_or_default();
    for entry in parsed.rule {
        let place = file.place_of(entry.sentence.span().start);
        let sentence = entry.sentence.into_inner();
        let wrong = |what: String| Error::usage(format!("{place}: rule {}: {what}", entry.id));
        for section in entry.sections.iter().filter(|code| *code != "*") {
            if !sections.iter().any(|known| known.code == *section) {
                return Err(wrong(format!("there is no section `{section}`"))
                    .hint("the section codes stand in pipelines/names/sections.toml"));
            }
        }
        let (pattern, holes) = compile_sentence(&sentence, macros).map_err(&wrong)?;
        for says in &entry.says {
            if !holes.iter().any(|hole| hole.name == says.hole && hole.number.is_some()) {
                return Err(wrong(format!("the sentence has no number hole `{}`", says.hole)));
            }
        }
        let id = if parsed.id.is_empty() { entry.id.clone() } else { format!("{}.{}", parsed.id, entry.id) };
        let default_section = entry.sections.first().filter(|code| *code != "*").cloned().unwrap_or_default();
        examples.extend(entry.example.into_iter().map(|example| Example {
            year: None,
            rule: id.clone(),
            region: example_region.clone(),
            section: if example.section.is_empty() { default_section.clone() } else { example.section },
            text: example.text,
            claims: example.claims,
            place: place.clone(),
        }));
        rules.push(SentenceRule {
            id,
            sections: entry.sections.into_iter().filter(|code| code != "*").collect(),
            regions: regions.clone(),
            pattern,
            holes,
            says: entry.says.into_iter().map(Says::from).collect(),
            sentence,
        });
    }
    Ok(())
}

impl From<SaysEntry> for Says {
    fn from(entry: SaysEntry) -> Self {
        Self {
            hole: entry.hole,
            item: entry.item,
            measure: entry.measure,
            basis: entry.basis,
            unit: entry.unit,
            keeps_subject: entry.keeps_subject,
            decreases: entry.decreases,
        }
    }
}

/// The pattern of a sentence, and its holes. The error says what is wrong with the sentence.
fn compile_sentence(sentence: &str, macros: &Macros) -> std::result::Result<(Pattern, Vec<Hole>), String> {
    let mut pattern = String::new();
    let mut holes = Vec::new();
    let mut rest = sentence;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => pattern.push_str("(?:"),
            ']' => pattern.push_str(")?"),
            '(' => pattern.push_str("(?:"),
            ')' | '|' => pattern.push(c),
            '…' => pattern.push_str("[^。]*?"),
            '{' => {
                let (inside, after) = rest.split_once('}').ok_or("a hole has no closing }")?;
                rest = after;
                pattern.push_str(&hole_pattern(inside, macros, &mut holes)?);
            }
            c => pattern.push_str(&regex::escape(&half_width(c).to_string())),
        }
    }
    Pattern::new(&pattern).map(|pattern| (pattern, holes)).map_err(|error| error.to_string())
}

fn hole_pattern(inside: &str, macros: &Macros, holes: &mut Vec<Hole>) -> std::result::Result<String, String> {
    let Some((name, kind)) = inside.split_once(':') else {
        return macros.get(inside).map(|text| format!("(?:{text})")).ok_or(format!("{{{inside}}} is no macro"));
    };
    // The digits are a group; the unit is taken from the number itself, so that any unit of the kind fits.
    let digits = |unit: &str| format!(r"(?P<{name}>\d[\d,]*(?:\.\d+)?){unit}");
    let (number, pattern) = match kind {
        "money" => (Some(UnitKind::Money), digits("[余多]?[千百]?[万亿]?[余多]?元?")),
        "percent" => (Some(UnitKind::Percent), digits("(?:%|个百分点)?")),
        "count" => (Some(UnitKind::Count), digits("[万亿]?[余多]?{unit}?").replace("{unit}", &macros.unit_pattern)),
        "area" => (Some(UnitKind::Area), digits("[万亿]?[余多]?{unit}?").replace("{unit}", &macros.unit_pattern)),
        "score" => (Some(UnitKind::Score), digits("分?")),
        "number" => (Some(UnitKind::None), digits("[万亿]?[余多]?{unit}?").replace("{unit}", &macros.unit_pattern)),
        "name" => (None, format!(r"(?P<{name}>[^,;:。、()\d]{{1,40}}?)")),
        "year" => (None, format!(r"(?P<{name}>\d{{4}}年度?)")),
        "band" => (None, format!(r"(?P<{name}>[^,;:。、]{{2,30}}?)")),
        other => {
            return Err(format!(
                "`{other}` is no kind of hole (money, percent, count, area, score, number, name, band, year)"
            ));
        }
    };
    holes.push(Hole { name: name.to_owned(), number });
    Ok(pattern)
}

/// Sentences are written with the punctuation of the documents; brackets in full width are literal.
fn half_width(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '％' => '%',
        c => c,
    }
}
