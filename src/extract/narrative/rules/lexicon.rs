//! The words of the grammar, compiled once: units, directions, comparators, measures, names and their aliases.

use std::borrow::Cow;
use std::collections::HashMap;

use super::dictionary::names::Names;
use crate::extract::pattern::{Letters, Pattern};

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    Money,
    Percent,
    Count,
    Area,
    Score,
    None,
}

/// One row of `units.csv`.
#[derive(Debug, Clone)]
pub struct KnownUnit {
    /// As the extracts name it.
    pub name: String,
    pub kind: UnitKind,
    /// Whether Chinese numerals before it state a count (两期, 五个).
    pub counts_in_chinese: bool,
    /// Words behind it with which it is the beginning of another word (12.50 本年支出).
    pub not_before: Vec<String>,
}

/// A wording that says what the number before or after is compared with.
#[derive(Debug, Clone)]
pub struct Comparator {
    pub id: String,
    pub pattern: Pattern,
    /// 上年, 年初预算 ..
    pub basis: String,
    /// Measure of the comparator's own number (`比上年2665.56万元增加..`).
    pub own: String,
    /// Measure of a change against it; empty where none is stated (与决算数一致).
    pub change: String,
    /// Basis of the comparator's own number.
    pub own_basis: String,
    /// The same two where the words name a year further back (比2019年); empty where that makes no difference.
    pub another_own: String,
    pub another_change: String,
    /// Which years its words may name.
    pub years: ComparedYears,
    /// Words behind which a name may stand before the comparator's own number (比2022年度总支出X元减少); none where nothing may.
    pub own_of: Option<Pattern>,
}

/// The years a comparator's words may name. 与2021年执行数相比 is, in the accounts of 2021, no comparison with the year before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedYears {
    #[default]
    Any,
    /// None, or the document's own.
    Own,
    /// One before the document's own.
    Before,
}

/// One row of `worded.csv`: words that state something without a number, and the code they stand for.
#[derive(Debug, Clone)]
pub struct Worded {
    pub code: String,
    /// Empty where the words are those of a claim that is read anyway (无此项支出, 持平): they only get their code.
    pub measure: String,
    /// Empty where it is what the clause names, or the subject carried.
    pub item: String,
    /// Group `word` is the wording, if it is not all of the match.
    pub pattern: Pattern,
    /// Section codes; empty = everywhere.
    pub sections: Vec<String>,
    /// What the clause before the words holds where they only say what a number counts (6个项目评价等级为“优”).
    pub is_count_after: Option<Pattern>,
}

/// A wording before a number that says what the number measures.
#[derive(Debug, Clone)]
pub struct Role {
    pub id: String,
    /// Matched against the text before the number, anchored at its end. May capture `item` and `basis`.
    pub pattern: Pattern,
    pub units: Vec<UnitKind>,
    pub measure: String,
    /// Where `basis` is not captured.
    pub basis: String,
    /// Section codes it is limited to; empty = everywhere.
    pub sections: Vec<String>,
    /// Appended to the item (车辆 + 价值).
    pub suffix: String,
    /// What must come after the number.
    pub followed_by: Option<Pattern>,
}

/// A pattern whose match in a text is no figure (a year, a date, an ordinal, a threshold ..).
#[derive(Debug, Clone)]
pub struct NotFigure {
    pub id: String,
    pub pattern: Pattern,
    /// Only the group `not` of a match is meant, where it took part in it.
    pub names_part: bool,
}

/// `pattern` → `with`, applied to a subject in order.
#[derive(Debug, Clone)]
pub struct Rewrite {
    pub pattern: Pattern,
    pub with: String,
}

impl Rewrite {
    /// The text as rewritten; `None` where it stays as it is.
    pub fn apply(&self, text: &str, letters: &Letters) -> Option<String> {
        match self.pattern.within(letters)?.replace_all(text, self.with.as_str()) {
            Cow::Owned(made) if made != text => Some(made),
            _ => None,
        }
    }
}

/// A word of direction before a number.
#[derive(Debug, Clone, Copy)]
pub struct Direction {
    /// Where it starts in the words.
    pub start: usize,
    pub sign: i8,
    /// The form's choice was left standing (增加（减少）).
    pub is_choice: bool,
    /// None is said (相差).
    pub is_unsaid: bool,
}

#[derive(Debug, Clone)]
pub struct Lexicon {
    /// By first character, longest printed form first.
    pub units: HashMap<char, Vec<(String, KnownUnit)>>,
    pub magnitudes: Vec<String>,
    pub approximate_before: Vec<String>,
    /// Words that only end like one of them.
    pub not_approximate: Vec<String>,
    /// What a magnitude without a unit counts (30万残疾人), and in which unit.
    pub counted_by_magnitude: Vec<String>,
    pub unit_of_counted: String,
    pub approximate_inside: Vec<String>,
    pub formal_digits: Vec<String>,
    pub chinese_not_after: Vec<String>,
    pub chinese_not_before: Vec<String>,
    pub not_figures: Vec<NotFigure>,
    /// Groups `up`, `down`, `more`, `fewer`, `same`, `apart` (相差, without a sign) and, where both are left standing, `alternative`; anchored at the end.
    pub direction: Pattern,
    /// A statement of no change: group 0 is the wording.
    pub flat: Pattern,
    /// Words of direction that in a reason say what was granted.
    pub granted: Vec<String>,
    pub comparators: Vec<Comparator>,
    pub roles: Vec<Role>,
    /// Starts a reason.
    pub reason: Pattern,
    /// Looks like the start of a reason and says what an amount is for.
    pub purpose: Pattern,
    /// What an amount behind a comma is for, from its start.
    pub purpose_clause: Pattern,
    /// Introduces the parts of a whole.
    pub parts: Pattern,
    /// A sentence that states there is nothing to report.
    pub nil: Vec<Pattern>,
    /// Text left standing from a form (XX, ○○).
    pub placeholder: Pattern,
    /// Measure words between a subject and a direction that say nothing (与..相比, 同期).
    pub subject_rewrites: Vec<Rewrite>,
    /// Words that carry no subject of their own.
    pub empty_subject: Pattern,
    /// Enumerations of names before an amount (`包括基本工资、津贴补贴等支出`).
    pub enumeration: Pattern,
    /// Words a counted noun does not reach over.
    pub noun_stop: Pattern,
    /// Everything up to and including the last of these goes from a counted noun.
    pub noun_verb: Pattern,
    /// Acts, and the units that count them.
    pub noun_act: Pattern,
    pub act_units: Vec<String>,
    /// A counted body that runs into what is done with it; group `head`.
    pub noun_head: Pattern,
    /// Two subjects named together (收、支总计) → their own names; groups `lead`, `first`, `second`, `shared`, or the
    /// same with `2` where nothing is shared (财政拨款收入、支出).
    pub pair: Pattern,
    /// Says that each of several subjects has its own number (各, 分别).
    pub each: Pattern,
    /// Before a first number: it and those that follow are of several things, named or not.
    pub each_its_own: Pattern,
    /// Ends words that name several which have the number each (甲费、乙费均为), or all together (甲费、乙费共).
    pub each_alike: Pattern,
    pub all_together: Pattern,
    /// What stands behind a semicolon still belongs to the reason.
    pub reason_goes_on: Pattern,
    /// Adds up what stands before it (两项合计).
    pub whole: Pattern,
    /// What stands between names of the classification that run into each other.
    pub below: Pattern,
    /// Wholes → the section by whose short names their parts go.
    pub part_names: Vec<(Pattern, String)>,
    /// Closes a list of parts (等, 无..支出).
    pub list_closed: Pattern,
    /// Two years that have a number each; groups `first` and `second`.
    pub paired_years: Pattern,
    /// The name a list of parts ends with; group `name`.
    pub listed_as: Pattern,
    /// Opens the parts of a count.
    pub of_which: Pattern,
    /// Before a count that is not the whole of its parts: others are named with it.
    pub of_which_beside: Pattern,
    /// Names of a whole → names that are never a part of it, though they stand in its list.
    pub of_which_not: Vec<(Pattern, Pattern)>,
    /// What an amount is spent on; group `names`.
    pub listing: Pattern,
    /// An account against its budget, in words.
    pub said_more: Pattern,
    pub said_less: Pattern,
    pub said_equal: Pattern,
    pub said_vaguely: Pattern,
    /// Words that name nothing in the clause that leads to a reason.
    pub said_of_nothing: Pattern,
    /// Nothing but separators: the number before and the one after share what stands before them.
    pub separators: Pattern,

    /// A name with its level (`财政事务（款）`); groups `name`, `code`, `level`.
    pub classified_name: Pattern,
    /// Wordings of a basis → its standard name; `{budget}` is the section's own.
    pub basis_names: Vec<Rewrite>,
    /// Wordings of a kind of budget → code in funds.csv.
    pub funds: Vec<(Pattern, String)>,
    /// Characters that join two names (和, 及), besides the sign of a list.
    pub joins: Vec<char>,
    /// Last characters of the names of public bodies.
    pub body_endings: String,
    /// Words after which a known name may follow whatever stands before them (系统, 安排).
    pub lead_words: Vec<String>,
    /// Endings of the names of areas that stand before a body's own name.
    pub area_endings: Vec<String>,
    /// Stands for the project named above.
    pub this_project: String,
    /// The word for a project: alone or before 自评得分 it is the one named above.
    pub project: String,
    /// 收入 and 支出: alone they are subjects only beside the other one.
    pub sides: [String; 2],
    /// A year that a figure may be about; group `year`.
    pub stated_year: Pattern,
    /// A year that opens a sentence and speaks for all of it.
    pub opening_year: Pattern,
    /// A year that opens a sentence, with an account that the same sentence compares with the year before.
    pub slipped_year: Pattern,
    /// A year that opens a sentence about its budget; group `year`.
    pub year_ahead: Pattern,
    /// Words that are about the account, no longer about a budget to come.
    pub account_again: Pattern,
    /// Compares the year with the one before it, which it does not name.
    pub year_on_year: Pattern,
    /// A name that the year before is told of (上年人员经费); group `year`.
    pub year_before: Pattern,
    /// Years that say nothing of the figures after them; the group `not` where only a part of the match is meant.
    pub not_stated_years: Vec<Pattern>,
    /// Digits of an amount that follow a year whose 年 is missing; groups `year` and `rest`.
    pub glued_year: Pattern,
    /// The same without a comparison: only where the sentence computes with what remains.
    pub glued_by_sum: Pattern,
    pub worded: Vec<Worded>,
    pub measures_of_items: Vec<(Pattern, String)>,
    /// Matches nothing: stands in for a wording that is taken out to see who misses it.
    pub nothing: Pattern,
    pub names: Names,
}

impl Lexicon {
    /// Whether words begin by comparing something that stands before them.
    pub fn begins_with_comparison(&self, words: &str) -> bool {
        self.comparators.iter().any(|comparator| comparator.pattern.begins(words))
    }

    /// Whether the words before a first number say only what it measures (年初预算为): its subject stands above.
    pub fn names_only_a_measure(&self, words: &str) -> bool {
        let is_whole = |role: &Role| {
            let found = role.pattern.may_begin(words).then(|| role.pattern.captures(words)).flatten();
            found.is_some_and(|found| {
                found.name("item").is_none() && found.get(0).is_some_and(|whole| whole.start() == 0)
            })
        };
        !words.is_empty() && self.roles.iter().any(is_whole)
    }

    /// The direction that the words end with.
    pub fn direction_at_end(&self, words: &str) -> Option<Direction> {
        let found = self.direction.captures(words)?;
        let has = |groups: &[&str]| groups.iter().any(|group| found.name(group).is_some());
        // Of 比上年多 the comparator keeps its own letters.
        let start = found.name("more").or_else(|| found.name("fewer")).or_else(|| found.get(0))?.start();
        Some(Direction {
            start,
            sign: if has(&["down", "fewer"]) { -1 } else { 1 },
            is_choice: has(&["alternative", "alternative2"]),
            is_unsaid: has(&["apart"]),
        })
    }

    /// What stands before a word of direction, and its sign: 分别减少A和增加B.
    pub fn without_direction<'t>(&self, words: &'t str) -> (&'t str, Option<i8>) {
        match self.direction_at_end(words) {
            Some(direction) => (&words[..direction.start], Some(direction.sign)),
            None => (words, None),
        }
    }

    /// Whether a character parts the names of a row: 甲费、乙费和丙费.
    pub fn parts_names(&self, c: char) -> bool {
        c == '、' || self.joins.contains(&c)
    }

    pub fn is_money(&self, unit: &str) -> bool {
        self.unit_at(unit).is_some_and(|(known, _)| known.kind == UnitKind::Money)
    }

    /// The longest known unit at the start of the text, and its length there.
    pub fn unit_at(&self, text: &str) -> Option<(&KnownUnit, usize)> {
        let first = text.chars().next()?;
        self.units
            .get(&first)?
            .iter()
            .find(|(printed, unit)| {
                let is_word = |rest: &str| unit.not_before.iter().any(|word| rest.starts_with(word.as_str()));
                text.strip_prefix(printed.as_str()).is_some_and(|rest| !is_word(rest))
            })
            .map(|(printed, unit)| (unit, printed.len()))
    }
}
