//! What a claim counts, of which year and money, and whether it may enter arithmetic.

use rust_decimal::Decimal;

use super::catalogue::{Names, SectionGroup};
use super::operands::ClaimFact;

/// A claim as checks see it.
#[derive(Debug, Clone)]
pub struct ClaimView {
    /// Code of what is counted: functional or economic code, line or item code, else the name itself.
    pub item: String,
    pub fund: String,
    /// Section group of names.toml, empty when none fits.
    pub section: String,
    /// Years before (negative) the document's own.
    pub year: i32,
    /// Whether it may enter arithmetic at all.
    pub is_usable: bool,
}

/// `section` is the group its section belongs to.
pub(super) fn view(
    claim: &ClaimFact,
    fiscal_year: Option<i32>,
    names: &Names,
    section: Option<&SectionGroup>,
) -> ClaimView {
    let code = [&claim.function_code, &claim.economic_code].into_iter().find(|code| !code.is_empty());
    let meaning = names.meaning(&claim.item);
    let item = match (code, meaning) {
        (Some(code), _) => code.clone(),
        (None, Some(meaning)) => meaning.item.clone(),
        (None, None) if !claim.line_code.is_empty() => claim.line_code.clone(),
        (None, None) => claim.item.clone(),
    };
    let fund = [claim.fund.as_str(), meaning.map_or("", |meaning| &meaning.fund), section.map_or("", |s| &s.fund)]
        .into_iter()
        .find(|fund| !fund.is_empty())
        .unwrap_or("all");
    ClaimView {
        item,
        fund: fund.to_owned(),
        section: section.map_or_else(String::new, |section| section.code.clone()),
        year: match (claim.stated_year.or_else(|| names.dated.year_of(claim)), fiscal_year) {
            (Some(stated), Some(own)) => stated - own,
            _ => 0,
        },
        is_usable: !claim.is_doubtful() && claim.base_value().abs() < Decimal::from(10_000_000_000_000_000u64),
    }
}
