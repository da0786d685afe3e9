//! Random explanatory texts: any form × any encoding × any habit of printing numbers, each with the truth of its claims.

use crate::amount::Unit;
use crate::disclosure::accounts::Entity;
use crate::disclosure::generate::years;
use crate::disclosure::{Form, LineCount, NarrativeStyle, PROFILES, narrate};
use crate::random::Chance;
use crate::truth::TruthClaim;
use crate::write::{TextEncoding, WriteError, write_docx, write_text};

/// A text and what it states.
#[derive(Debug, Clone)]
pub struct TextVariant {
    pub file_name: String,
    pub bytes: Vec<u8>,
    pub truth: Vec<TruthClaim>,
    pub form: Form,
    /// As a reader should decode it; blank lines count in plain texts, table cells are lines of their own in .docx.
    pub lines: Vec<String>,
}

/// The random text of a seed.
///
/// # Errors
/// A character the chosen encoding lacks; none is known to be drawn.
pub fn text_variant(seed: u64) -> Result<TextVariant, WriteError> {
    const REGIONS: [&str; 6] =
        ["北京市延庆区", "上海市松江区", "江苏省宜兴市", "广东省台山市", "甘肃省敦煌市", "贵州省仁怀市"];
    let mut chance = Chance::new(seed.wrapping_mul(0x9FB2_1C65_1E98_DF25).wrapping_add(0x7E87));
    let profile = *chance.pick(&PROFILES);
    let region = *chance.pick(&REGIONS);
    let name = format!("{region}{}", profile.name);
    let is_unit = chance.percent(15);
    let units = if is_unit || chance.percent(50) {
        Vec::new()
    } else {
        vec![format!("{name}（本级）"), "事务服务中心".into()]
    };
    let entity = Entity { region: region.into(), name, is_unit, units };
    let year = chance.between(2019, 2024) as i32;
    let accounts = years(&entity, &profile, year, 1, &mut chance).swap_remove(0);
    let form = *chance.pick(&Form::ALL);
    let style = NarrativeStyle {
        unit: *chance.pick(&[Unit::Yuan, Unit::TenThousandYuan]),
        separator: *chance.pick(&[None, None, Some(','), Some(','), Some('，')]),
        percent_decimals: *chance.pick(&[1, 2, 2]),
        short_zero: chance.percent(40),
        gap: chance.pick::<&'static str>(&["", "", "", " "]),
    };
    let told = narrate(&accounts, form, &style, &mut chance);
    let stem = format!("text_{seed:06}");
    if chance.percent(40) {
        let (file_name, bytes) = (format!("{stem}.docx"), write_docx(&told.document)?);
        let (truth, lines) = (told.claims(LineCount::Paragraphs), told.document.paragraphs());
        return Ok(TextVariant { file_name, bytes, truth, form, lines });
    }
    let told = told.spread(chance.pick::<&'static str>(&["", "", "\u{3000}\u{3000}", "    "]), chance.percent(25));
    let encoding = *chance.pick(&[
        TextEncoding::Utf8,
        TextEncoding::Utf8WithMark,
        TextEncoding::Utf16Little,
        TextEncoding::Utf16Big,
        TextEncoding::Gb18030,
    ]);
    let (file_name, bytes) = (format!("{stem}.txt"), write_text(&told.document, encoding)?);
    let (truth, lines) = (told.claims(LineCount::PlainText), told.document.lines());
    Ok(TextVariant { file_name, bytes, truth, form, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_stands_where_the_truth_says() {
        for seed in 1..=200 {
            let one = text_variant(seed).unwrap();
            assert!(one.truth.len() > 40, "seed {seed}");
            for claim in &one.truth {
                let line: Vec<char> = one.lines[claim.line_no - 1].chars().collect();
                let printed: String = line[claim.char_start..claim.char_end].iter().collect();
                assert_eq!(printed, claim.printed, "seed {seed}");
            }
        }
    }
}
