//! Units named in running text: 纳入部门决算编制范围的单位包括：甲局本级、甲局信息中心。

use regex::Regex;

use super::claim::RawListedUnit;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::model::Rules;

/// The units that sentences list, behind a colon or one a line below it. A sentence with one name that is no
/// institution's lists none: half a list would tell who is missing, and be wrong.
pub fn units_in_sentences(blocks: &[Block<'_>], rules: &Rules) -> Vec<RawListedUnit> {
    let mut units = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some(found) = rules.tables.units_told.captures(&block.text.text) else { continue };
        let names = found.name("names").map_or("", |names| names.as_str().trim());
        if names.is_empty() {
            let below = blocks[at + 1..].iter();
            units.extend(below.map_while(|block| unit(block.text.text.trim(), block.first_line, rules)));
        } else {
            let named: Option<Vec<_>> =
                parts(names, rules).into_iter().map(|name| unit(name, block.first_line, rules)).collect();
            units.extend(named.unwrap_or_default());
        }
    }
    units
}

/// 甲中心、乙站和丙站: an 和 parts two names where what stands before it is an institution's, as 文化 of 文化和旅游局 is not.
fn parts<'t>(names: &'t str, rules: &Rules) -> Vec<&'t str> {
    let mut parts = Vec::new();
    for part in names.split(['、', ',', ';']).filter(|part| !part.trim().is_empty()) {
        let mut pairs =
            rules.tables.units_joined.find_iter(part).map(|word| (&part[..word.start()], &part[word.end()..]));
        match pairs.find(|(before, _)| is_institution(before, &rules.titles.institution)) {
            Some((before, behind)) => parts.extend([before, behind]),
            None => parts.push(part),
        }
    }
    parts
}

fn unit(printed: &str, line: u32, rules: &Rules) -> Option<RawListedUnit> {
    let found = rules.tables.unit_told.captures(printed)?;
    let name = found.name("name")?.as_str();
    let remark = found.name("remark").map_or("", |remark| remark.as_str());
    (found.name("office").is_some() || is_institution(name, &rules.titles.institution)).then(|| RawListedUnit {
        line,
        name: name.to_owned(),
        remark: remark.to_owned(),
    })
}

fn is_institution(name: &str, institution: &Regex) -> bool {
    name.chars().count() >= 3 && institution.is_match(name)
}
