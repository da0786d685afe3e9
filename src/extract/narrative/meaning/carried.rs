//! What one number leaves to the next.

use rust_decimal::Decimal;

use super::verdict::{Against, Verdict};
use crate::extract::narrative::claim::FINAL_ACCOUNT;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;

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
    /// What the paragraph is about before its first word.
    pub above: Item,
    /// The subject's parts where one wording names several (收、支总计).
    pub parts: Vec<Item>,
    pub next_part: usize,
    pub whole: Option<Item>,
    /// The whole of which the present one is itself a part with a share: the next sentence goes on with its parts.
    pub outer_whole: Option<Item>,
    /// The whole whose parts this sentence lists, where one of them lists parts of its own.
    pub first_whole: Option<Item>,
    pub against: Option<Against>,
    /// Measure of the last amount that is not a change, and the one parts of a whole take over.
    pub main_measure: String,
    pub list_measure: Option<String>,
    /// Measure and basis of the amount this sentence has stated, where that is another year's: so are its parts.
    pub other_year: Option<(String, String)>,
    /// This sentence has stated an amount of its own year.
    pub has_own_amount: bool,
    /// 其中 stood in this sentence: the next one is about the whole again.
    pub is_in_parts: bool,
    pub last: Option<Verdict>,
    /// The last number explains a change.
    pub is_last_in_reason: bool,
    /// A number of this sentence explains a change.
    pub has_reasoned: bool,
    pub last_kind: Option<UnitKind>,
    pub path: ClassificationPath,
    /// What the last account of this sentence is of.
    pub account: Option<Item>,
    /// The last subject of an amount: 共计支出.. after counts of visits is about the visits' cost.
    pub amount_subject: Item,
    pub brackets: Vec<Outside>,
    /// Measure and value of the amounts of this sentence.
    pub figures: Vec<(String, Decimal)>,
    /// The first 其中 of this sentence stands behind an amount of it.
    pub lists_behind_amount: bool,
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

    /// Whether words are about a name of the classification.
    pub fn is_of_class(&self) -> bool {
        self.subject.function.is_some() || !self.subject.path.is_empty()
    }

    /// A label of the classification (水利（款）防汛（项）。) whose first amount is still to come: what stands between them
    /// in words is what it is spent on.
    pub fn is_label(&self) -> bool {
        let is_last = self.last.as_ref().is_some_and(|last| last.item == self.subject);
        self.subject.function.is_some() && !self.is_in_parts && !is_last && !self.stated.contains(&self.subject)
    }

    /// 一般公共预算财政拨款收入:⏎年初预算为20万元,支出决算为30万元: the subject above, whose budget alone the sentence has stated; its
    /// account is meant, whatever side the form calls that.
    pub fn budget_of_heading(&self) -> Option<&Item> {
        self.budgeted.as_ref().filter(|budgeted| **budgeted == self.above && self.subject == self.above)
    }

    /// 全年预算52万元,实际支出40万元,结余12万元: what the last sentence spent of a budget, where it ends in what is left of that.
    pub fn spent_of_budget(&self) -> Option<&Item> {
        let has_budget = self.figures.iter().any(|(measure, _)| measure.ends_with("_budget"));
        self.account.as_ref().filter(|_| has_budget && self.states_balance())
    }

    /// A sentence begins: lists of the one before are over, and after its parts words are about the whole again, unless
    /// the sentence compares the only one.
    pub fn begin_sentence(&mut self, begins_with_comparison: bool, begins_with_parts: bool, sides: &[String; 2]) {
        self.list_measure = None;
        // 总支出80万元，结余2万元。其中：..: the parts are of the account, not of what is left; nor of what is told to explain it
        // (收入合计80万元，主要是经营收入减少9万元；事业收入增加5万元。其中：..).
        let explains = std::mem::take(&mut self.has_reasoned) && self.states_change();
        let is_left_behind = (begins_with_parts && (self.states_balance() || explains || self.changes_both(sides)))
            || (begins_with_comparison && self.spent_of_budget().is_some());
        if let Some(account) = self.account.take().filter(|_| is_left_behind) {
            // 主要是缩减预算，其中培训项目压减7万元。其中：财政拨款..: the parts of the reason are over, whose they were is no whole.
            if explains {
                self.whole = Some(account.clone());
                self.outer_whole = None;
            }
            self.about(account);
            FINAL_ACCOUNT.clone_into(&mut self.main_measure);
        }
        self.figures.clear();
        self.other_year = None;
        self.has_own_amount = false;
        self.budgeted = None;
        let follows_its_part = self.is_single_part && begins_with_comparison;
        // 决算102万元，其中：接待费1万元；车辆101万元，其中购置费36万元。与上年80万元相比..: after both lists words are about the first whole.
        if let Some(first) = self.first_whole.take().filter(|_| self.lists_behind_amount) {
            self.whole = Some(first);
        }
        if std::mem::take(&mut self.is_in_parts)
            && !follows_its_part
            && let Some(whole) = self.whole.clone()
        {
            self.about(whole);
            self.last_kind = None;
        }
        if let Some(outer) = self.outer_whole.take().filter(|_| !begins_with_parts) {
            self.whole = Some(outer);
        }
    }

    /// Whether the last number is what is left, not what was received or spent.
    pub fn states_balance(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.measure == "balance")
    }

    /// Whether the last number is by how much what is left changed.
    pub fn changes_balance(&self) -> bool {
        self.states_change() && self.main_measure == "balance"
    }

    /// Whether the last number is a change.
    fn states_change(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.measure.starts_with("change"))
    }

    /// 收入合计80万元，收支较上年增加9万元。其中：..: the change is of both sides, the parts are of the one account before it.
    fn changes_both(&self, sides: &[String; 2]) -> bool {
        let names_both = |item: &Item| sides.iter().all(|side| item.standard.contains(side.as_str()));
        let accounts = self.figures.iter().filter(|(measure, _)| measure == FINAL_ACCOUNT).count();
        let of_one = self.account.as_ref().is_some_and(|account| !names_both(account)) && accounts == 1;
        of_one && self.states_change() && self.last.as_ref().is_some_and(|last| names_both(&last.item))
    }

    /// A list of parts opens: one that a part of another opens leaves the first whole to the next sentence. 收入总计..,其中..；
    /// 支出总计..,其中.. are two wholes beside each other.
    pub fn keep_first_whole(&mut self, sides: &[String; 2]) {
        if !self.is_in_parts {
            self.lists_behind_amount = !self.figures.is_empty();
            return;
        }
        let of_side = |item: &Item| sides.iter().position(|side| item.standard.contains(side.as_str()));
        let is_beside = |whole: &Item| match (of_side(whole), of_side(&self.subject)) {
            (Some(first), Some(second)) => first != second,
            _ => false,
        };
        let first = self.whole.clone().filter(|whole| *whole != self.subject && !is_beside(whole));
        if self.first_whole.is_none() {
            self.first_whole = first;
        }
    }

    /// What a paragraph is about, before its first word.
    pub fn begin_with(&mut self, item: Item) {
        self.above = item.clone();
        self.about(item);
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
    /// What is named right in front of it, without a number of its own: 房屋（2,590平方米，400万元）.
    pub named: Option<Item>,
}
