//! The project's own code lists, read from `pipelines/reference`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One name of a code in its years.
#[derive(Debug, Clone)]
struct Name {
    name: String,
    from: i32,
    to: i32,
}

type Names = HashMap<String, Vec<Name>>;

static FUNCTION: LazyLock<Names> =
    LazyLock::new(|| names(include_str!("../../pipelines/reference/function_codes.csv")));
static ECONOMIC: LazyLock<Names> =
    LazyLock::new(|| names(include_str!("../../pipelines/reference/economic_codes.csv")));

fn names(text: &str) -> Names {
    let mut found = Names::new();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for record in reader.records().flatten() {
        let year = |column: usize, absent: i32| record.get(column).and_then(|y| y.parse().ok()).unwrap_or(absent);
        let name = Name { name: record[1].to_owned(), from: year(4, 0), to: year(5, 9999) };
        found.entry(record[0].to_owned()).or_default().push(name);
    }
    found
}

fn valid(list: &Names, code: &str, year: i32) -> Option<String> {
    list.get(code)?.iter().find(|name| (name.from..=name.to).contains(&year)).map(|name| name.name.clone())
}

/// Name of a 支出功能分类 code in a fiscal year; `None` where the code is not valid then.
pub fn function_name(code: &str, year: i32) -> Option<String> {
    valid(&FUNCTION, code, year)
}

/// Name of a 部门预算支出经济分类 code in a fiscal year.
pub fn economic_name(code: &str, year: i32) -> Option<String> {
    valid(&ECONOMIC, code, year)
}

/// The 3-digit, 5-digit and 7-digit codes a code stands under, itself included.
pub fn lineage(code: &str) -> Vec<&str> {
    [3, 5, 7].into_iter().filter(|length| *length <= code.len()).map(|length| &code[..length]).collect()
}

/// The rows of the expenditure side of the 总表, in order (see the classification reforms of 2019 and 2020).
pub fn function_classes(year: i32) -> Vec<&'static str> {
    let all = [
        "201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214", "215", "216", "217",
        "219", "220", "221", "222", "223", "224", "229", "231", "232", "234",
    ];
    all.into_iter()
        .filter(|code| match *code {
            "223" | "234" => year >= 2020,
            "224" => year >= 2019,
            _ => true,
        })
        .collect()
}

/// 一, 二 .. 九十九
pub fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[number % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_their_years() {
        assert_eq!(function_name("2080501", 2018).as_deref(), Some("归口管理的行政单位离退休"));
        assert_eq!(function_name("2080501", 2023).as_deref(), Some("行政单位离退休"));
        assert_eq!(function_name("2010308", 2024), None);
        assert_eq!(economic_name("30112", 2023).as_deref(), Some("其他社会保障缴费"));
    }

    #[test]
    fn every_class_of_the_summary_has_a_name() {
        for year in 2018..=2024 {
            for code in function_classes(year) {
                assert!(function_name(code, year).is_some(), "{code} {year}");
            }
        }
    }

    #[test]
    fn ordinals_are_chinese() {
        assert_eq!([1, 10, 11, 20, 26].map(ordinal), ["一", "十", "十一", "二十", "二十六"]);
    }
}
