//! What later numbers take over from one.

use rust_decimal::Decimal;

use crate::extract::narrative::claim::{COMPLETION, FINAL_ACCOUNT};
use crate::extract::narrative::meaning::carried::{Account, Carried, LONGEST_LIST};
use crate::extract::narrative::meaning::verdict::{Around, Verdict};
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::item::Item;
use crate::vocabulary::parse_printed;

/// What later numbers take over from this one. A number inside a reason leaves the subject alone.
pub fn remember(verdict: &Verdict, around: &Around<'_>, carried: &mut Carried) {
    let number = around.number;
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
                    carried.keep_account(&verdict.item, printed.value, &around.number.unit);
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
    carried.is_last_in_reason = around.in_reason;
    carried.has_reasoned |= around.in_reason;
    carried.last_kind = Some(number.kind);
}

impl Carried {
    /// 上年支出20万元,其中接待费5万元: the parts of an amount of another year are of that year, until the sentence states one of its
    /// own or compares; a change behind it (年初预算16万元;2020年支出14万元,减少2万元) is against it. `said`: what an amount of money
    /// says, its year considered.
    pub fn keep_other_year(&mut self, said: &Verdict) {
        let is_of_other_year = said.measure == "prior_year";
        if is_of_other_year {
            self.against = None;
        }
        self.has_own_amount |= !is_of_other_year && !said.measure.starts_with("change");
        let keeps = is_of_other_year && !self.has_own_amount;
        self.other_year = keeps.then(|| (said.measure.clone(), said.basis.clone()));
    }

    /// Keeps an account for changes that may be computed from it.
    pub fn keep_account(&mut self, item: &Item, value: Decimal, unit: &str) {
        self.accounts.push(Account { item: item.clone(), value, unit: unit.to_owned() });
        let surplus = self.accounts.len().saturating_sub(LONGEST_LIST);
        self.accounts.drain(..surplus);
    }
}
