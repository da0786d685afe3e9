//! What a claim counts, of which year and money, and whether it may enter arithmetic.

use rust_decimal::Decimal;

use super::operands::ClaimFact;
use crate::reconcile::catalogue::names::{ItemMeaning, Names, SectionGroup};

/// A claim as checks see it.
#[derive(Debug, Clone, Copy)]
pub struct ClaimView<'a> {
    /// Code of what is counted: functional or economic code, line or item code, else the name itself.
    pub item: &'a str,
    pub fund: &'a str,
    /// Section group of names.toml, empty when none fits.
    pub section: &'a str,
    /// Years before (negative) the document's own.
    pub year: i32,
    /// Whether it may enter arithmetic at all.
    pub is_usable: bool,
}

/// `meaning` is what its item stands for, `section` the group its section belongs to.
pub fn view<'a>(
    claim: &'a ClaimFact,
    fiscal_year: Option<i32>,
    names: &'a Names,
    meaning: Option<&'a ItemMeaning>,
    section: Option<&'a SectionGroup>,
) -> ClaimView<'a> {
    let printed = [&claim.function_code, &claim.economic_code].into_iter().find(|code| !code.is_empty());
    let item = match (printed, meaning) {
        (Some(code), _) => code,
        (None, Some(meaning)) => meaning.item.as_str(),
        (None, None) if !claim.line_code.is_empty() => &claim.line_code,
        (None, None) => &claim.item,
    };
    let fund =
        [claim.fund.as_str(), meaning.map_or("", |meaning| &meaning.fund), section.map_or("", |section| &section.fund)]
            .into_iter()
            .find(|fund| !fund.is_empty());
    ClaimView {
        item,
        fund: fund.unwrap_or("all"),
        section: section.map_or("", |section| &section.code),
        year: match (claim.stated_year.or_else(|| names.dated.year_of(claim)), fiscal_year) {
            (Some(stated), Some(own)) => stated - own,
            _ => 0,
        },
        is_usable: !claim.is_doubtful() && claim.base_value().abs() < Decimal::from(10_000_000_000_000_000u64),
    }
}
