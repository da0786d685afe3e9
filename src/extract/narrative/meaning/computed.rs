//! Whose change a sentence states where its words name nobody: the figure that the change and its percent compute with.

use rust_decimal::Decimal;

use super::carried::{Account, Around, Carried};
use crate::extract::narrative::subjects::subject::{Item, Setting};
use crate::vocabulary::{Printed, parse_printed};

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
    let change = parse_printed(around.digits).ok()?.value * Decimal::from(sign);
    let percent = parse_printed(around.percent?).ok()?;
    if change.is_zero() || percent.value.is_zero() {
        return None;
    }
    let fits = |account: &&Account| account.unit == around.unit && is_base_of(account.value - change, change, &percent);
    let own = carried.accounts.iter().rev().find(|account| account.item == *item)?;
    if fits(&own) {
        return None;
    }
    let mut fitting = carried.accounts.iter().filter(|account| !is_side || account.item.standard.contains(&named));
    let found = fitting.clone().rev().find(fits)?;
    let is_alone = fitting.all(|account| account.item == found.item || !fits(&account));
    is_alone.then(|| found.item.clone())
}

/// Whether the percent is the change in hundredths of the base, as far as its last digit tells.
fn is_base_of(base: Decimal, change: Decimal, percent: &Printed) -> bool {
    let (base, change) = (base.abs(), change.abs());
    let Some(exact) = change.checked_mul(Decimal::ONE_HUNDRED).and_then(|hundred| hundred.checked_div(base)) else {
        return false;
    };
    (exact - percent.value).abs() <= Decimal::new(1, percent.decimals)
}
