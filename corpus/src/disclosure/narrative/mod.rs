//! The explanatory text in the forms of several publishers, with the truth of every number in it.

mod beijing;
mod province_totals;
mod provincial;
mod script;
mod shanghai;
mod told;

use crate::amount::Unit;
use crate::random::Chance;

use super::accounts::Accounts;

pub use script::Script;
pub use told::{LineCount, Narrative};

/// Whose template the text follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    Beijing,
    Shanghai,
    /// Central departments: completion of the budget for every 项.
    Central,
    Zhejiang,
    Sichuan,
    Hunan,
    Yunnan,
    Xinjiang,
    Chongqing,
    Hubei,
}

impl Form {
    pub const ALL: [Form; 10] = [
        Form::Beijing,
        Form::Shanghai,
        Form::Central,
        Form::Zhejiang,
        Form::Sichuan,
        Form::Hunan,
        Form::Yunnan,
        Form::Xinjiang,
        Form::Chongqing,
        Form::Hubei,
    ];
}

/// How numbers are printed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NarrativeStyle {
    pub unit: Unit,
    /// Thousands separator.
    pub separator: Option<char>,
    /// Decimals of percentages.
    pub percent_decimals: usize,
    /// `0元` instead of `0.00元`.
    pub short_zero: bool,
    /// Put between a number and its unit or percent sign.
    pub gap: &'static str,
}

impl NarrativeStyle {
    pub fn beijing() -> Self {
        NarrativeStyle { unit: Unit::Yuan, separator: Some(','), percent_decimals: 1, short_zero: true, gap: "" }
    }

    pub fn shanghai() -> Self {
        NarrativeStyle { unit: Unit::TenThousandYuan, separator: None, percent_decimals: 2, short_zero: false, gap: "" }
    }
}

/// Writes the whole text. `chance` only picks reasons and wordings, never numbers.
pub fn narrate(accounts: &Accounts, form: Form, style: &NarrativeStyle, chance: &mut Chance) -> Narrative {
    let mut script = Script::new(accounts, style.clone(), chance.fork(1));
    match form {
        Form::Beijing => beijing::write(&mut script),
        Form::Shanghai => shanghai::write(&mut script),
        other => provincial::write(&mut script, other),
    }
    script.finish()
}
