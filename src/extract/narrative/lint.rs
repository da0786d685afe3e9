//! Every rule proves itself on its own examples.

use super::claim::RawClaim;
use crate::error::Result;
use crate::extract::narrative::paragraphs::normal::{Normal, Printed};
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::reading::paragraph::{Memory, Reader};
use crate::extract::narrative::reading::record::Gathered;
use crate::extract::narrative::reading::worded::give_word_codes;
use crate::extract::narrative::rules::lexicon::Lexicon;
use crate::extract::narrative::rules::model::{Example, ExpectedClaim, Rules};
use crate::extract::pattern::Pattern;
use crate::project::Project;
use crate::vocabulary::{ClaimKind, parse_printed};

/// One example that does not read as its rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintProblem {
    /// File and line of the rule.
    pub place: String,
    pub rule: String,
    pub message: String,
    pub hint: String,
}

/// Loads the rules, reads every example, and tries whether each entry is needed by its own. An empty list means that all
/// hold, and that none would without the entry it proves.
///
/// # Errors
/// The configuration cannot be loaded at all.
pub fn lint(project: &Project) -> Result<Vec<LintProblem>> {
    let mut rules = Rules::load_with_examples(project)?;
    let mut found: Vec<LintProblem> = rules.examples.iter().flat_map(|example| problems(&rules, example)).collect();
    found.extend(of_nothing(&rules));
    found.extend(unproven(&mut rules));
    Ok(found)
}

/// How many comparators, roles, patterns of no figures and sentence rules [`lint`] tries without.
///
/// # Errors
/// The configuration cannot be loaded at all.
pub fn entries_tried(project: &Project) -> Result<usize> {
    Ok(entries(&Rules::load(project)?).len())
}

/// What examples prove: an entry of the grammar, or a sentence rule.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Comparator(usize),
    Role(usize),
    NotFigure(usize),
    Sentence(usize),
    Worded(usize),
    Wording(usize),
    Nil(usize),
    BasisName(usize),
    PartName(usize),
    ItemMeasure(usize),
    Rewrite(usize),
    NotStated(usize),
    /// A word of one of the [`LISTS`].
    Word(usize, usize),
}

/// A list of words of the grammar: what it is called there, and where it is kept.
struct List {
    id: &'static str,
    words: fn(&Lexicon) -> &Vec<String>,
    place: fn(&mut Lexicon) -> &mut Vec<String>,
}

macro_rules! list {
    ($id:ident) => {
        List { id: stringify!($id), words: |lexicon| &lexicon.$id, place: |lexicon| &mut lexicon.$id }
    };
}

const LISTS: &[List] = &[list!(magnitudes), list!(formal_digits), list!(lead_words), list!(act_units), list!(granted)];

/// A wording the grammar has one of: what it is called there, and where it is kept.
struct Wording {
    id: &'static str,
    place: fn(&mut Lexicon) -> &mut Pattern,
}

const WORDINGS: &[Wording] = &[
    Wording { id: "direction", place: |lexicon| &mut lexicon.direction },
    Wording { id: "flat", place: |lexicon| &mut lexicon.flat },
    Wording { id: "reason", place: |lexicon| &mut lexicon.reason },
    Wording { id: "reason_goes_on", place: |lexicon| &mut lexicon.reason_goes_on },
    Wording { id: "purpose", place: |lexicon| &mut lexicon.purpose },
    Wording { id: "parts", place: |lexicon| &mut lexicon.parts },
    Wording { id: "pair", place: |lexicon| &mut lexicon.pair },
    Wording { id: "each", place: |lexicon| &mut lexicon.each },
    Wording { id: "each_its_own", place: |lexicon| &mut lexicon.each_its_own },
    Wording { id: "each_alike", place: |lexicon| &mut lexicon.each_alike },
    Wording { id: "all_together", place: |lexicon| &mut lexicon.all_together },
    Wording { id: "stated", place: |lexicon| &mut lexicon.stated_year },
    Wording { id: "opening", place: |lexicon| &mut lexicon.opening_year },
    Wording { id: "ahead", place: |lexicon| &mut lexicon.year_ahead },
    Wording { id: "account_again", place: |lexicon| &mut lexicon.account_again },
    Wording { id: "year_on_year", place: |lexicon| &mut lexicon.year_on_year },
    Wording { id: "before", place: |lexicon| &mut lexicon.year_before },
    Wording { id: "paired", place: |lexicon| &mut lexicon.paired_years },
    Wording { id: "whole", place: |lexicon| &mut lexicon.whole },
    Wording { id: "below", place: |lexicon| &mut lexicon.below },
    Wording { id: "list_closed", place: |lexicon| &mut lexicon.list_closed },
    Wording { id: "listed_as", place: |lexicon| &mut lexicon.listed_as },
    Wording { id: "empty", place: |lexicon| &mut lexicon.empty_subject },
    Wording { id: "enumeration", place: |lexicon| &mut lexicon.enumeration },
    Wording { id: "classified_name", place: |lexicon| &mut lexicon.classified_name },
    Wording { id: "purpose_clause", place: |lexicon| &mut lexicon.purpose_clause },
    Wording { id: "listing", place: |lexicon| &mut lexicon.listing },
    Wording { id: "said_more", place: |lexicon| &mut lexicon.said_more },
    Wording { id: "said_less", place: |lexicon| &mut lexicon.said_less },
    Wording { id: "said_equal", place: |lexicon| &mut lexicon.said_equal },
    Wording { id: "said_vaguely", place: |lexicon| &mut lexicon.said_vaguely },
    Wording { id: "said_of_nothing", place: |lexicon| &mut lexicon.said_of_nothing },
    Wording { id: "separators", place: |lexicon| &mut lexicon.separators },
    Wording { id: "glued", place: |lexicon| &mut lexicon.glued_year },
    Wording { id: "glued_by_sum", place: |lexicon| &mut lexicon.glued_by_sum },
    Wording { id: "placeholder", place: |lexicon| &mut lexicon.placeholder },
    Wording { id: "stop", place: |lexicon| &mut lexicon.noun_stop },
    Wording { id: "act", place: |lexicon| &mut lexicon.noun_act },
    Wording { id: "head", place: |lexicon| &mut lexicon.noun_head },
    Wording { id: "verb", place: |lexicon| &mut lexicon.noun_verb },
];

fn entries(rules: &Rules) -> Vec<Entry> {
    let lexicon = &rules.lexicon;
    let comparators = (0..lexicon.comparators.len()).map(Entry::Comparator);
    let roles = (0..lexicon.roles.len()).map(Entry::Role);
    let not_figures = (0..lexicon.not_figures.len()).map(Entry::NotFigure);
    let sentences = (0..rules.sentences.len()).map(Entry::Sentence);
    let worded = (0..lexicon.worded.len()).map(Entry::Worded);
    let own = comparators.chain(roles).chain(not_figures).chain(sentences).chain(worded);
    let wordings = (0..WORDINGS.len()).map(Entry::Wording);
    let nil = (0..lexicon.nil.len()).map(Entry::Nil);
    let bases = (0..lexicon.basis_names.len()).map(Entry::BasisName);
    let parts = (0..lexicon.part_names.len()).map(Entry::PartName);
    let measures = (0..lexicon.measures_of_items.len()).map(Entry::ItemMeasure);
    let rewrites = (0..lexicon.subject_rewrites.len()).map(Entry::Rewrite);
    let years = (0..lexicon.not_stated_years.len()).map(Entry::NotStated);
    let of_list = |list: usize| (0..(LISTS[list].words)(lexicon).len()).map(move |at| Entry::Word(list, at));
    let words = (0..LISTS.len()).flat_map(of_list);
    let named = own.chain(wordings).chain(nil).chain(bases).chain(parts).chain(measures);
    named.chain(rewrites).chain(years).chain(words).collect()
}

impl Entry {
    fn id(self, rules: &Rules) -> String {
        match self {
            Entry::Comparator(at) => rules.lexicon.comparators[at].id.clone(),
            Entry::Role(at) => rules.lexicon.roles[at].id.clone(),
            Entry::NotFigure(at) => rules.lexicon.not_figures[at].id.clone(),
            Entry::Sentence(at) => rules.sentences[at].id.clone(),
            Entry::Worded(at) => rules.lexicon.worded[at].code.clone(),
            Entry::Wording(at) => WORDINGS[at].id.to_owned(),
            Entry::Nil(_) => "nil".to_owned(),
            Entry::BasisName(_) => "basis_names".to_owned(),
            Entry::PartName(_) => "part_names".to_owned(),
            Entry::ItemMeasure(_) => "measure_of_item".to_owned(),
            Entry::Rewrite(_) => "rewrites".to_owned(),
            Entry::NotStated(_) => "not_stated".to_owned(),
            Entry::Word(list, _) => LISTS[list].id.to_owned(),
        }
    }

    fn shown(self, rules: &Rules) -> String {
        match self {
            Entry::NotFigure(at) => format!("the pattern {}", rules.lexicon.not_figures[at].pattern.as_str()),
            Entry::Nil(at) => format!("the pattern {}", rules.lexicon.nil[at].as_str()),
            Entry::BasisName(at) => format!("the pattern {}", rules.lexicon.basis_names[at].pattern.as_str()),
            Entry::PartName(at) => format!("the pattern {}", rules.lexicon.part_names[at].0.as_str()),
            Entry::ItemMeasure(at) => format!("the pattern {}", rules.lexicon.measures_of_items[at].0.as_str()),
            Entry::Rewrite(at) => format!("the pattern {}", rules.lexicon.subject_rewrites[at].pattern.as_str()),
            Entry::NotStated(at) => format!("the pattern {}", rules.lexicon.not_stated_years[at].as_str()),
            Entry::Word(list, at) => format!("the word {}", (LISTS[list].words)(&rules.lexicon)[at]),
            _ => "the entry".to_owned(),
        }
    }

    /// Whether only examples of its own prove it; what all sentences are read with is proven by any of them.
    fn has_own_examples(self) -> bool {
        use Entry::{Comparator, NotFigure, Role, Sentence, Worded};
        matches!(self, Comparator(_) | Role(_) | NotFigure(_) | Sentence(_) | Worded(_))
    }

    /// What `read` finds while the entry is not there.
    fn without<T>(self, rules: &mut Rules, read: impl Fn(&Rules) -> T) -> T {
        fn aside<E, T>(
            rules: &mut Rules,
            list: impl Fn(&mut Rules) -> &mut Vec<E>,
            at: usize,
            read: impl Fn(&Rules) -> T,
        ) -> T {
            let entry = list(rules).remove(at);
            let found = read(rules);
            list(rules).insert(at, entry);
            found
        }
        match self {
            Entry::Comparator(at) => aside(rules, |rules| &mut rules.lexicon.comparators, at, read),
            Entry::Role(at) => aside(rules, |rules| &mut rules.lexicon.roles, at, read),
            Entry::NotFigure(at) => aside(rules, |rules| &mut rules.lexicon.not_figures, at, read),
            Entry::Sentence(at) => aside(rules, |rules| &mut rules.sentences, at, read),
            Entry::Worded(at) => aside(rules, |rules| &mut rules.lexicon.worded, at, read),
            Entry::Nil(at) => aside(rules, |rules| &mut rules.lexicon.nil, at, read),
            Entry::BasisName(at) => aside(rules, |rules| &mut rules.lexicon.basis_names, at, read),
            Entry::PartName(at) => aside(rules, |rules| &mut rules.lexicon.part_names, at, read),
            Entry::ItemMeasure(at) => aside(rules, |rules| &mut rules.lexicon.measures_of_items, at, read),
            Entry::Rewrite(at) => aside(rules, |rules| &mut rules.lexicon.subject_rewrites, at, read),
            Entry::NotStated(at) => aside(rules, |rules| &mut rules.lexicon.not_stated_years, at, read),
            Entry::Word(list, at) => aside(rules, |rules| (LISTS[list].place)(&mut rules.lexicon), at, read),
            Entry::Wording(at) => {
                let nothing = rules.lexicon.nothing.clone();
                let wording = std::mem::replace((WORDINGS[at].place)(&mut rules.lexicon), nothing);
                let found = read(rules);
                *(WORDINGS[at].place)(&mut rules.lexicon) = wording;
                found
            }
        }
    }
}

/// Entries that no example needs: without them their examples read the same.
fn unproven(rules: &mut Rules) -> Vec<LintProblem> {
    let mut found = Vec::new();
    for entry in entries(rules) {
        let id = entry.id(rules);
        let fails = |rules: &Rules| {
            let own = rules.examples.iter().filter(|example| example.rule == id || !entry.has_own_examples());
            own.clone().any(|example| !problems(rules, example).is_empty())
        };
        if !entry.without(rules, fails) {
            found.push(LintProblem {
                place: "pipelines/narrative/examples.toml".to_owned(),
                message: format!(
                    "no example needs {}: without it all examples of {id} read the same",
                    entry.shown(rules)
                ),
                rule: id,
                hint: "add an [[example]] that reads otherwise without it, or take the entry out".to_owned(),
            });
        }
    }
    found
}

/// Examples of what does not exist (any more).
fn of_nothing(rules: &Rules) -> Vec<LintProblem> {
    let known: Vec<String> = entries(rules).into_iter().map(|entry| entry.id(rules)).collect();
    let lost = rules.examples.iter().filter(|example| !known.contains(&example.rule));
    lost.map(|example| LintProblem {
        place: example.place.clone(),
        rule: example.rule.clone(),
        message: format!("there is no rule, role, comparator or kind of no figures called {}", example.rule),
        hint: "put the entry back, or take its examples out".to_owned(),
    })
    .collect()
}

/// What an example does not state as it should, and what it states beside that.
fn problems(rules: &Rules, example: &Example) -> Vec<LintProblem> {
    let read = gathered(rules, example);
    let problem = |message: String| LintProblem {
        place: example.place.clone(),
        rule: example.rule.clone(),
        message,
        hint: "correct the sentence, its `says`, or the example".to_owned(),
    };
    let mut found = Vec::new();
    let mut left: Vec<&RawClaim> = read.claims.iter().collect();
    for expected in &example.claims {
        match left.iter().position(|claim| agrees(expected, claim)) {
            Some(at) => drop(left.remove(at)),
            None => {
                let like = read.claims.iter().find(|claim| is_value(claim, &expected.value));
                let read = like.map_or_else(|| "no claim with this value".to_owned(), shown);
                found.push(problem(format!(
                    "the example “{}” should state {} {} {} {} {}, and reads as: {read}",
                    example.text, expected.value, expected.unit, expected.item, expected.measure, expected.basis
                )));
            }
        }
    }
    if found.is_empty() {
        let beside = left.iter().map(|claim| shown(claim));
        let unclaimed = read.unclaimed.iter().map(|number| format!("{} without a meaning", number.printed));
        found.extend(beside.chain(unclaimed).map(|beside| {
            problem(format!("the example “{}” should state nothing else, and reads as well: {beside}", example.text))
        }));
    }
    found
}

fn shown(claim: &RawClaim) -> String {
    format!("{} {} {} {} {}", value(claim), claim.unit, claim.item, claim.measure, claim.basis)
}

/// What an example's text states in its section.
fn gathered(rules: &Rules, example: &Example) -> Gathered {
    let text = Normal::of(&[Printed { number: 1, start: 0, text: &example.text }], &rules.script);
    let block = Block {
        body: 0..text.text.len(),
        section: rules.section(&example.section),
        first_line: 1,
        text,
        ..Block::default()
    };
    let reader = Reader { rules, region: &example.region, year: example.year, departments: &[] };
    let mut gathered = Gathered::default();
    reader.read(&block, &mut Memory::default(), &mut gathered);
    give_word_codes(&mut gathered.claims, &rules.lexicon);
    gathered
}

/// The signed value of a claim, as an example writes it.
fn value(claim: &RawClaim) -> String {
    if claim.kind == ClaimKind::Worded {
        return claim.printed.clone();
    }
    let printed = match parse_printed(&claim.printed) {
        Ok(printed) => printed.value.to_string(),
        Err(_) if claim.sign == 0 => "0".to_owned(),
        Err(_) => claim.printed.clone(),
    };
    if claim.sign < 0 { format!("-{printed}") } else { printed }
}

fn is_value(claim: &RawClaim, expected: &str) -> bool {
    let read = value(claim);
    match (parse_printed(&read), parse_printed(expected)) {
        (Ok(read), Ok(expected)) => read.value == expected.value,
        _ => read == expected,
    }
}

fn agrees(expected: &ExpectedClaim, claim: &RawClaim) -> bool {
    is_value(claim, &expected.value)
        && claim.unit == expected.unit
        && claim.item == expected.item
        && claim.measure == expected.measure
        && expected.year.is_none_or(|year| claim.year == Some(year))
        && !(expected.has_no_year && claim.year.is_some())
        && (expected.basis.is_empty() || claim.basis == expected.basis)
        && (expected.word.is_empty() || claim.word_code == expected.word)
        && (expected.said.is_empty() || claim.said == expected.said)
        && (expected.listed.is_empty() || claim.listed == expected.listed)
        && (expected.line.is_empty() || claim.line_code.as_ref() == Some(&expected.line))
}
