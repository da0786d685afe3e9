//! What a number is made to say, and what one number leaves to the next.

use std::ops::Range;

use regex::Regex;
use rust_decimal::Decimal;

use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::{Comparator, UnitKind};
use crate::extract::narrative::subjects::path::ClassificationPath;
use crate::extract::narrative::subjects::subject::{Item, Setting};
use crate::extract::pattern::Letters;
use crate::vocabulary::parse_printed;

/// What the words around a number make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub item: Item,
    pub measure: String,
    pub basis: String,
    pub sign: i8,
    pub is_remnant: bool,
    pub rule: String,
    /// Bytes of the text after the number that belong to its item.
    pub noun_length: usize,
}

/// What a change is against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    pub basis: String,
    pub change: String,
}

impl Against {
    pub fn to(comparator: &Comparator) -> Self {
        Self { basis: comparator.basis.clone(), change: comparator.change.clone() }
    }
}

/// An account or balance that the paragraph stated.
#[derive(Debug, Clone)]
pub struct Account {
    pub item: Item,
    pub value: Decimal,
    pub unit: String,
}

/// As many subjects as one 分别 is remembered for.
pub const LONGEST_LIST: usize = 12;

/// What is carried from number to number.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    pub subject: Item,
    /// The subject's parts where one wording names several (收、支总计).
    pub parts: Vec<Item>,
    pub next_part: usize,
    pub whole: Option<Item>,
    pub against: Option<Against>,
    /// Measure of the last amount that is not a change, and the one parts of a whole take over.
    pub main_measure: String,
    pub list_measure: Option<String>,
    /// 其中 stood in this sentence: the next one is about the whole again.
    pub is_in_parts: bool,
    pub last: Option<Verdict>,
    pub last_kind: Option<UnitKind>,
    pub path: ClassificationPath,
    /// What the last account of this sentence is of.
    pub account: Option<Item>,
    /// The last subject of an amount: 共计支出.. after counts of visits is about the visits' cost.
    pub amount_subject: Item,
    pub brackets: Vec<Outside>,
    /// Measure and value of the amounts of this sentence.
    pub figures: Vec<(String, Decimal)>,
    /// Who else has the last number: 甲费 of 甲费、乙费均为0.
    pub sharers: Vec<Item>,
    /// The accounts and balances of this paragraph.
    pub accounts: Vec<Account>,
    /// The sentence before began with 其中 and stated one part: what follows it may be about that part.
    pub is_single_part: bool,
    /// A subject whose budget is stated, and not yet how much of it was spent: 完成预算的.. behind a list of its parts.
    pub budgeted: Option<Item>,
    /// The last amount stands right behind another, without a change between them.
    pub is_behind_amount: bool,
    /// What the second of two numbers measures where one wording names both measures (预算数、决算数分别为).
    pub second_measure: Option<String>,
    /// The last subjects that stated an amount each: 各增加 is about two of them, 分别占 about as many as numbers follow.
    pub stated: Vec<Item>,
}

impl Carried {
    /// Measure of the amount whose parts follow 其中.
    pub fn main_measure_of_whole(&self) -> &str {
        self.list_measure.as_deref().unwrap_or_default()
    }

    /// A label of the classification (水利（款）防汛（项）。) whose first amount is still to come: what stands between them
    /// in words is what it is spent on.
    fn is_label(&self) -> bool {
        self.subject.function.is_some() && !self.is_in_parts && !self.stated.contains(&self.subject)
    }

    /// A sentence begins: lists of the one before are over, and after its parts words are about the whole again, unless
    /// the sentence compares the only one.
    pub fn begin_sentence(&mut self, begins_with_comparison: bool, begins_with_parts: bool) {
        self.list_measure = None;
        // 总支出80万元，结余2万元。其中：..: the parts are of the account, not of what is left.
        let is_balance = self.last.as_ref().is_some_and(|last| last.measure == "balance");
        if let Some(account) = self.account.take().filter(|_| begins_with_parts && is_balance) {
            self.about(account);
            FINAL_ACCOUNT.clone_into(&mut self.main_measure);
        }
        self.figures.clear();
        self.budgeted = None;
        let follows_its_part = self.is_single_part && begins_with_comparison;
        if std::mem::take(&mut self.is_in_parts)
            && !follows_its_part
            && let Some(whole) = self.whole.clone()
        {
            self.about(whole);
            self.last_kind = None;
        }
    }

    /// Keeps an account for changes that may be computed from it.
    pub fn keep_account(&mut self, item: &Item, value: Decimal, unit: &str) {
        self.accounts.push(Account { item: item.clone(), value, unit: unit.to_owned() });
        let surplus = self.accounts.len().saturating_sub(LONGEST_LIST);
        self.accounts.drain(..surplus);
    }

    /// A heading or label names what follows.
    pub fn about(&mut self, item: Item) {
        self.amount_subject = item.clone();
        self.subject = item;
    }
}

/// What stands before a bracket: once it closes, words are about that again.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    pub subject: Item,
    pub budgeted: Option<Item>,
    pub whole: Option<Item>,
}

/// The words before a number, and the ones after it.
pub struct Around<'t> {
    pub before: &'t str,
    pub after: &'t str,
    /// How many numbers of one kind follow one another with nothing but separators between, this one included.
    pub run: usize,
    /// The number itself, as printed.
    pub digits: &'t str,
    pub unit: &'t str,
    /// The percent that follows, as printed, where nothing but a word of direction stands between.
    pub percent: Option<&'t str>,
    /// The number explains a change; it is not one of the statements of the section.
    pub in_reason: bool,
}

/// What the words name, unless a label says what they are about and they name nothing listed.
pub fn named(head: &str, number: &Number, setting: &Setting<'_>, carried: &mut Carried) -> Option<Item> {
    let named = setting.named(head, &number.unit, number.kind, &mut carried.path);
    let named = named.map(|item| as_part(item, setting, carried));
    let is_amount = matches!(number.kind, UnitKind::Money | UnitKind::Percent);
    named.filter(|item| item.is_listed() || !is_amount || !carried.is_label())
}

/// 总收入8万元，其中财政拨款7万元: a part goes by the short names of its whole's section; names of the classifications are whole.
fn as_part(item: Item, setting: &Setting<'_>, carried: &mut Carried) -> Item {
    let whole = carried.whole.as_ref().filter(|_| item.function.is_none() && item.economic.is_none());
    let known = whole.and_then(|whole| setting.known_as_part(&item.standard, whole, &mut carried.path));
    known.unwrap_or(item)
}

pub fn subject_or_carried(head: &str, number: &Number, setting: &Setting<'_>, carried: &mut Carried) -> Item {
    if let Some(whole) = whole_of_parts(head, setting, carried) {
        return whole;
    }
    let named = named(head, number, setting, carried);
    let named = named.or_else(|| {
        let last = setting.without_comparisons(head);
        other_side(&setting.clean(last.trim_end_matches(',').rsplit([',', ';', ':', '。']).next()?), setting, carried)
    });
    match named.or_else(|| cost_of_counted(number, setting, carried)) {
        Some(item) => item,
        // 自评得分98分。全年预算数为..: the project is what has a budget, not its score.
        None if carried.last_kind == Some(UnitKind::Score) && !setting.project.is_empty() => {
            Item { standard: setting.project.to_owned(), printed: setting.project.to_owned(), ..Item::default() }
        }
        None if number.kind == UnitKind::Money && !carried.amount_subject.standard.is_empty() => {
            carried.amount_subject.clone()
        }
        None => carried.subject.clone(),
    }
}

/// 两项合计14万元: what the section is about, or the whole last opened.
fn whole_of_parts(head: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let clause = head.rsplit([',', ';', '。', ':']).find(|clause| !clause.is_empty())?;
    // 甲费1万元、乙费2万元等，较上年增长..; 甲费1万元，无乙费支出，比上年下降..
    if carried.is_in_parts && setting.lexicon.list_closed.is_match(clause) {
        return carried.whole.clone();
    }
    if !setting.lexicon.whole.is_match(clause) {
        return None;
    }
    let own = setting.section.map(|section| section.item.as_str()).filter(|own| !own.is_empty());
    let own = own.and_then(|own| setting.known(own, "", &mut ClassificationPath::default()));
    own.or_else(|| carried.whole.clone())
}

/// 收入 or 支出 alone, beside a subject of the other side or of both: 财政拨款收入80万元；支出75万元.
pub fn other_side(word: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    let [income, expenditure] = &setting.lexicon.sides;
    let other = if word == income {
        expenditure
    } else if word == expenditure {
        income
    } else {
        return None;
    };
    let known = |name: &str| setting.known(name, "", &mut ClassificationPath::default());
    let beside = &carried.subject.standard;
    match (beside.contains(word), beside.contains(other.as_str())) {
        (false, true) => known(&beside.replace(other.as_str(), word)).or_else(|| known(word)),
        // Of a total just stated (收支总计) the part; of one that only the heading names, the year's own.
        (true, true) if carried.stated.last() == Some(&carried.subject) => known(&beside.replace(other.as_str(), "")),
        (true, true) => known(word),
        _ if beside.is_empty() => known(word),
        // What is spent on something is its 支出; nothing has an income of its own.
        (false, false) if word == income => known(word),
        _ => None,
    }
}

/// Money right after a count is what was counted cost: 国内公务接待10批次,90人次,共计支出5万元.
fn cost_of_counted(number: &Number, setting: &Setting<'_>, carried: &Carried) -> Option<Item> {
    if number.kind != UnitKind::Money || carried.last_kind != Some(UnitKind::Count) {
        return None;
    }
    let counted = &carried.last.as_ref()?.item;
    let named = [&counted.printed, &counted.standard];
    let known = named.iter().find_map(|name| setting.known(name, &number.unit, &mut ClassificationPath::default()));
    known.filter(|item| item.line.is_some() && item.line != counted.line)
}

pub fn default_against(setting: &Setting<'_>) -> Against {
    let first = setting.lexicon.comparators.first();
    Against {
        basis: first.map(|comparator| comparator.basis.clone()).unwrap_or_default(),
        change: first.map(|comparator| comparator.change.clone()).unwrap_or_default(),
    }
}

/// The comparator nearest to the number.
pub fn last_comparator<'s>(text: &str, setting: &'s Setting<'_>) -> Option<(&'s Comparator, Range<usize>)> {
    let letters = Letters::of(text);
    let last = |pattern: &Regex| pattern.find_iter(text).last().map(|found| found.range());
    setting
        .lexicon
        .comparators
        .iter()
        .filter_map(|comparator| Some((comparator, comparator.pattern.within(&letters).and_then(last)?)))
        // Of two that end together the longer one says more (比年初预算 over 比预算).
        .max_by_key(|(_, range)| (range.end, std::cmp::Reverse(range.start)))
}

pub const FINAL_ACCOUNT: &str = "final_account";
pub const COMPLETION: &str = "completion_percent";

/// What later numbers take over from this one. A number inside a reason leaves the subject alone.
pub fn remember(number: &Number, verdict: &Verdict, around: &Around<'_>, carried: &mut Carried) {
    if !around.in_reason {
        let is_part = carried.parts.contains(&verdict.item);
        if !is_part && !verdict.item.standard.is_empty() {
            carried.subject = verdict.item.clone();
            let is_rate = verdict.measure == "rate_percent";
            if matches!(number.kind, UnitKind::Money | UnitKind::Percent) && !is_rate {
                carried.amount_subject = verdict.item.clone();
            }
        }
        if verdict.measure.ends_with("_budget") && !verdict.measure.starts_with("change") {
            carried.budgeted = Some(verdict.item.clone());
        } else if verdict.measure == COMPLETION {
            carried.budgeted = None;
        }
        let is_compared = |verdict: &Verdict| {
            verdict.measure.starts_with("change") || verdict.measure == "prior_year" || verdict.rule == "comparator"
        };
        carried.is_behind_amount =
            !is_compared(verdict) && carried.last.as_ref().is_some_and(|last| !is_compared(last));
        if number.kind == UnitKind::Money && !is_compared(verdict) {
            if carried.stated.last() != Some(&verdict.item) {
                carried.stated.push(verdict.item.clone());
                let surplus = carried.stated.len().saturating_sub(LONGEST_LIST);
                carried.stated.drain(..surplus);
            }
            if let Ok(printed) = parse_printed(around.digits) {
                carried.figures.push((verdict.measure.clone(), printed.value));
                if verdict.measure == FINAL_ACCOUNT || verdict.measure == "balance" {
                    carried.keep_account(&verdict.item, printed.value, around.unit);
                }
                let surplus = carried.figures.len().saturating_sub(LONGEST_LIST);
                carried.figures.drain(..surplus);
            }
            // 决算2.96万元,预算3.50万元。其中:..: the parts are of the account.
            if verdict.measure == FINAL_ACCOUNT {
                carried.account = Some(verdict.item.clone());
            }
            let is_account = |(measure, _): &(String, Decimal)| measure == FINAL_ACCOUNT;
            let is_beside_account = verdict.measure.ends_with("_budget") && carried.figures.iter().any(is_account);
            if !is_beside_account && verdict.measure != "average" {
                carried.main_measure.clone_from(&verdict.measure);
            }
            if carried.whole.is_none() {
                carried.whole = Some(verdict.item.clone());
            }
        }
    }
    carried.last = Some(verdict.clone());
    carried.last_kind = Some(number.kind);
}
