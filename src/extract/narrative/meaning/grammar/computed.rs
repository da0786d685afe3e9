//! Which figure a change is computed with: the percent and the difference tell.

use rust_decimal::Decimal;

use crate::extract::narrative::claim::FINAL_ACCOUNT;
use crate::extract::narrative::meaning::carried::{Account, Carried};
use crate::extract::narrative::meaning::verdict::{Against, Around};
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::Setting;
use crate::vocabulary::{Printed, parse_printed};

/// Of several budgets stated before a change that names none, the one the change is computed with.
pub fn base_that_fits(digits: &str, setting: &Setting<'_>, carried: &Carried) -> Option<Against> {
    let change = parse_printed(digits).ok()?.value;
    let of = |measure: &str| carried.figures.iter().rev().find(|(known, _)| known == measure).map(|(_, value)| *value);
    let account = of(FINAL_ACCOUNT)?;
    let bases = setting.lexicon.comparators.iter().filter(|comparator| !comparator.own.is_empty());
    bases
        .filter(|comparator| of(&comparator.own).is_some_and(|base| (account - base).abs() == change))
        .map(Against::to)
        .next()
}

/// 收入总计5,318.20万元，其中年初结转和结余120.36万元，较上年减少45.10万元，下降27.26%: of the figures stated the one, and the
/// only one, whose base the percent is of, where that of the subject at hand is another. `head` holds the words that
/// name what changed; one side alone (收入减少..) names a figure of that side.
pub fn computed_subject(
    item: &Item,
    head: &str,
    sign: i8,
    around: &Around<'_>,
    setting: &Setting<'_>,
    carried: &Carried,
) -> Option<Item> {
    let named = setting.clean(head.trim_matches([',', ';', ':', '。']));
    let is_side = setting.lexicon.sides.contains(&named);
    if !(named.is_empty() || is_side) {
        return None;
    }
    let printed = parse_printed(around.digits).ok()?;
    let percent = parse_printed(around.percent?).ok()?;
    if printed.value.is_zero() || percent.value.is_zero() {
        return None;
    }
    let fits =
        |account: &&Account| account.unit == around.number.unit && is_base(account.value, sign, &printed, &percent);
    let own = carried.accounts.iter().rev().find(|account| account.item == *item)?;
    if fits(&own) {
        return None;
    }
    // 其他工资福利支出132.40万元，增加36.27万元，增长4.25%: right behind its figure a change is of that, or of the whole it is a part of.
    let is_behind_own = carried.last.as_ref().is_some_and(|last| last.item == *item);
    let is_open = |account: &&Account| !is_behind_own || carried.whole.as_ref() == Some(&account.item);
    let is_of_side = |account: &&Account| !is_side || account.item.standard.contains(&named);
    let mut fitting = carried.accounts.iter().filter(is_open).filter(is_of_side);
    let found = fitting.clone().rev().find(fits)?;
    let is_alone = fitting.all(|account| account.item == found.item || !fits(&account));
    is_alone.then(|| found.item.clone())
}

/// 采购总额45万元，其中货物30万元、服务15万元，与上年38万元相比增加7万元: of the figures stated the only one that is as much more
/// than the base as the change says, where the subject at hand is not.
pub fn subject_of_base(item: &Item, around: &Around<'_>, carried: &Carried) -> Option<Item> {
    let base = parse_printed(around.digits).ok()?.value;
    let change = parse_printed(around.change?).ok()?.value;
    let fits = |account: &&Account| {
        account.unit == around.number.unit && !change.is_zero() && (account.value - base).abs() == change
    };
    if carried.accounts.iter().rev().find(|account| account.item == *item).is_some_and(|own| fits(&own)) {
        return None;
    }
    let mut fitting = carried.accounts.iter().filter(fits);
    let found = fitting.next()?;
    fitting.all(|account| account.item == found.item).then(|| found.item.clone())
}

/// 支出90.00万元，较上年决算数10.00万元，下降10.00%: by its percent the number is the change, whose word is missing. Which way.
pub fn unsaid_direction(item: &Item, around: &Around<'_>, setting: &Setting<'_>, carried: &Carried) -> Option<i8> {
    let printed = parse_printed(around.digits).ok()?;
    let percent = parse_printed(around.percent?).ok()?;
    let sign = setting.lexicon.direction_at_end(around.after)?.sign;
    let account = carried.accounts.iter().rev().find(|account| account.item == *item)?;
    let is_change = !printed.value.is_zero()
        && !percent.value.is_zero()
        && account.unit == around.number.unit
        && is_base(account.value, sign, &printed, &percent);
    // As the base it would be off by more than a hundredth.
    let change = (account.value - printed.value) * Decimal::ONE_HUNDRED;
    let is_the_base = (change - percent.value * Decimal::from(sign) * printed.value).abs() < printed.value;
    (is_change && !is_the_base).then_some(sign)
}

/// Whether the percent is the change in hundredths of what the figure was before it, as far as their last digits tell.
fn is_base(figure: Decimal, sign: i8, change: &Printed, percent: &Printed) -> bool {
    let half = |decimals: u32| Decimal::new(5, decimals + 1);
    let base = (figure - change.value * Decimal::from(sign)).abs();
    let difference = (change.value * Decimal::ONE_HUNDRED - percent.value * base).abs();
    let slack = half(percent.decimals) * base + (Decimal::ONE_HUNDRED + percent.value) * half(change.decimals);
    !base.is_zero() && difference <= slack
}

/// Whether a percent is what an account is in hundredths of another, as far as its last digit tells.
pub fn is_share_of(part: &Item, whole: &Item, digits: &str, carried: &Carried) -> bool {
    let account = |item: &Item| carried.accounts.iter().rev().find(|account| account.item == *item);
    let (Some(part), Some(whole), Ok(percent)) = (account(part), account(whole), parse_printed(digits)) else {
        return false;
    };
    let difference = (part.value * Decimal::ONE_HUNDRED - percent.value * whole.value).abs();
    part.unit == whole.unit && difference <= Decimal::new(1, percent.decimals) * whole.value.abs()
}
