//! Names as the lists know them: numbering and spaces off, function classes by name.

use std::collections::HashMap;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::vocabulary::{compatible, numbering};

/// The label without what only orders or introduces it: spaces, `一、`, `（一）`, `1.`, `其中：`.
pub fn standard_name(label: &str) -> String {
    let compact: String = compatible(label).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let mut rest = compact.as_str();
    loop {
        let next = without_numbering(without_introduction(rest));
        if next.len() == rest.len() || next.is_empty() {
            break;
        }
        rest = next;
    }
    rest.chars().map(full_width_bracket).collect()
}

fn full_width_bracket(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        c => c,
    }
}

fn without_introduction(text: &str) -> &str {
    numbering::without_of_which(text.strip_prefix(['#', '*']).unwrap_or(text))
}

fn without_numbering(text: &str) -> &str {
    numbering::opening(text).map_or(text, |number| &text[number.length..])
}

/// Function classes (类) by name: the rows of the summary tables print names only.
#[derive(Debug, Default)]
pub struct ClassNames {
    codes: HashMap<String, String>,
}

#[derive(Deserialize)]
struct CodeRow {
    code: String,
    name: String,
    level: u8,
}

impl ClassNames {
    /// Reads the classes of `pipelines/reference/function_codes.csv`, with every name a class has had.
    ///
    /// # Errors
    /// The list is missing or does not parse.
    pub fn load(project: &Project) -> Result<Self> {
        let file = project.require("pipelines/reference/function_codes.csv")?;
        let mut codes = HashMap::new();
        for row in csv::ReaderBuilder::new().from_reader(file.text.as_bytes()).into_deserialize::<CodeRow>() {
            let row = row.map_err(|error| {
                Error::usage(format!("{} does not parse", file.shown_path))
                    .because(error)
                    .hint("columns: code, name, level, parent_code, valid_from, valid_to, certainty")
            })?;
            if row.level == 1 {
                codes.insert(standard_name(&row.name), row.code);
            }
        }
        Ok(Self { codes })
    }

    /// The code of a class printed by name (already a standard name).
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_is_taken_off_and_names_are_kept() {
        for (label, name) in [
            ("一、一般公共服务支出", "一般公共服务支出"),
            ("  二十一、国有资本经营预算支出", "国有资本经营预算支出"),
            ("（一）行政单位", "行政单位"),
            ("1．因公出国（境）费", "因公出国（境）费"),
            ("其中：教育收费", "教育收费"),
            ("其中:1.公务用车购置费", "公务用车购置费"),
            ("2.5万元以下", "2.5万元以下"),
            ("三公经费", "三公经费"),
            ("合 计", "合计"),
            ("使用非财政拨款结余(含专用结余)", "使用非财政拨款结余（含专用结余）"),
        ] {
            assert_eq!(standard_name(label), name, "{label}");
        }
    }

    #[test]
    fn classes_are_known_by_every_name_they_have_had() {
        let names = ClassNames::load(&Project::built_in()).unwrap();
        assert_eq!(names.code("灾害防治及应急管理支出"), Some("224"));
        assert_eq!(names.code("卫生健康支出"), Some("210"));
        assert_eq!(names.code("无此科目"), None);
    }
}
