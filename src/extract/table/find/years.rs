//! Years at the head of column labels (2015年决算数): the year of the account says nothing, the one before is 上年.

use std::collections::BTreeSet;

use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::label::{years_at, years_in};

/// The phase of what was received and spent.
pub const FINAL_ACCOUNT: &str = "final_account";

/// Leaves the year of the account out of a header's labels, and calls the year before it as layouts do. Where the labels do not tell
/// which is which (决算 of one year beside the budget of the next), they stay as they are, and no layout knows them.
pub fn leave_out_years(labels: &mut [&mut String], layouts: &Layouts) {
    let years: BTreeSet<i32> = labels.iter().flat_map(|label| years_in(label)).collect();
    let years: Vec<i32> = years.into_iter().collect();
    let of_year = |year: i32| labels.iter().filter_map(move |label| led_by_year(label).filter(|led| led.0 == year));
    let is_account =
        |(_, rest): (i32, &str)| layouts.words.phases.get(rest).is_some_and(|phase| phase == FINAL_ACCOUNT);
    let own = match years[..] {
        [only] => only,
        [before, own] if before + 1 == own && of_year(before).all(is_account) && of_year(own).any(is_account) => own,
        _ => return,
    };
    for label in labels {
        let Some((year, rest)) = led_by_year(label) else { continue };
        **label = if year == own { rest.to_owned() } else { format!("{}{rest}", layouts.words.year_before) };
    }
}

/// `2024年度决算数` → 2024, `决算数`.
pub fn led_by_year(label: &str) -> Option<(i32, &str)> {
    let (_, year) = years_at(label).next().filter(|(start, _)| *start == 0)?;
    let rest = label.split_once('年')?.1;
    Some((year, rest.strip_prefix('度').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_led_by_a_year_at_its_very_beginning() {
        assert_eq!(led_by_year("2024年度决算数"), Some((2024, "决算数")));
        assert_eq!(led_by_year("2024年"), Some((2024, "")));
        assert_eq!(led_by_year("上年(2023年)决算数"), None);
        assert_eq!(led_by_year("近三年"), None);
    }
}
