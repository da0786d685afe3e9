//! Generated disclosures agree with themselves within the rounding of what they print, and their texts say what the
//! truth says they say.

use std::collections::{BTreeMap, HashSet};

use juesuan_corpus::disclosure::corpus::{Disclosure, department};
use juesuan_corpus::disclosure::{Form, LineCount};
use juesuan_corpus::truth::TruthRow;

/// Hundredths of the printed unit.
fn scaled(value: &str) -> i64 {
    value.replace('.', "").parse().unwrap()
}

fn each(count: usize, mut check: impl FnMut(&Disclosure)) {
    for index in 0..count {
        for disclosure in department(11, index, false) {
            check(&disclosure);
        }
    }
}

/// Printed amounts of one table by row code (empty for 合计) and column path.
fn tree(rows: &[TruthRow], table: &str) -> BTreeMap<(String, String), i64> {
    let own = rows.iter().filter(|row| row.table == table);
    own.map(|row| ((row.column_path.clone(), row.row_code.clone()), scaled(&row.value))).collect()
}

#[test]
fn printed_trees_add_up_within_rounding() {
    each(150, |one| {
        let rounding = i64::from(one.unit == juesuan_corpus::amount::Unit::TenThousandYuan);
        for table in
            ["收入决算表", "支出决算表", "一般公共预算财政拨款支出决算表", "政府性基金预算财政拨款收入支出决算表"]
        {
            let cells = tree(&one.rendered.truth, table);
            for ((column, code), value) in &cells {
                let next = match code.len() {
                    0 => 3,
                    3 => 5,
                    5 => 7,
                    _ => continue,
                };
                let children = cells.iter().filter(|((other, child), _)| {
                    other == column && child.len() == next && child.starts_with(code.as_str())
                });
                let (sum, count) = children.fold((0, 0), |(sum, count), (_, child)| (sum + child, count + 1));
                let allowed = rounding * (count + 1) / 2;
                assert!((sum - value).abs() <= allowed, "{} {table} {column} {code}: {sum} {value}", one.folder());
            }
        }
    });
}

#[test]
fn summaries_agree_with_the_tables_they_summarise() {
    each(150, |one| {
        let rows = &one.rendered.truth;
        let value = |table: &str, side: &str, label: &str, column: &str| {
            let found = rows.iter().find(|row| {
                row.table == table && row.side == side && row.row_label == label && row.column_path.ends_with(column)
            });
            found.map(|row| scaled(&row.value))
        };
        let summary = "收入支出决算总表";
        let totals = [value(summary, "收入", "总计", "决算数"), value(summary, "支出", "总计", "决算数")];
        assert_eq!(totals[0], totals[1]);
        assert_eq!(value(summary, "支出", "本年支出合计", "决算数"), value("支出决算表", "", "合计", "本年支出合计"));
        assert_eq!(value(summary, "收入", "本年收入合计", "决算数"), value("收入决算表", "", "合计", "本年收入合计"));
    });
}

#[test]
fn every_claim_stands_where_the_truth_says() {
    let mut forms = HashSet::new();
    let mut claims = 0;
    each(150, |one| {
        forms.insert(one.form);
        let lines = one.narrative.document.lines();
        for claim in one.narrative.claims(LineCount::PlainText) {
            let line: Vec<char> = lines[claim.line_no - 1].chars().collect();
            let text: String = line[claim.char_start..claim.char_end].iter().collect();
            assert_eq!(text, claim.printed, "{} line {}", one.folder(), claim.line_no);
            assert!(claim.sentence.contains(&claim.printed) && !claim.item.is_empty() && !claim.section.is_empty());
            let after: String = line[claim.char_end..].iter().take(claim.unit.chars().count()).collect();
            assert!(after == claim.unit || line[claim.char_end..].contains(&'、'), "{claim:?} {after}");
            claims += 1;
        }
    });
    assert_eq!(forms.len(), Form::ALL.len());
    assert!(claims > 30_000, "{claims}");
}

#[test]
fn texts_state_the_tables_totals() {
    each(150, |one| {
        let total =
            one.rendered.truth.iter().find(|row| row.table == "收入支出决算总表" && row.row_label == "总计").unwrap();
        let claims = one.claims();
        let stated = claims.iter().find(|claim| {
            ["收入支出总计", "收入总计"].contains(&claim.item.as_str()) && claim.measure == "final_account"
        });
        if one.form != Form::Yunnan {
            assert_eq!(stated.unwrap().value, total.value, "{}", one.folder());
        }
    });
}

#[test]
fn the_same_seed_gives_the_same_files() {
    for index in 0..4 {
        for (a, b) in department(3, index, false).iter().zip(department(3, index, false)) {
            assert!(a.book().unwrap() == b.book().unwrap() && a.prose().unwrap() == b.prose().unwrap());
        }
    }
}

#[test]
fn plugged_summaries_add_up() {
    for index in 0..40 {
        for one in department(5, index, true) {
            let side = one.rendered.truth.iter().filter(|row| row.table == "收入支出决算总表" && row.side == "支出");
            let (mut sum, mut total) = (0, 0);
            for row in side {
                if row.row_label.contains('、') {
                    sum += scaled(&row.value);
                } else if row.row_label == "本年支出合计" {
                    total = scaled(&row.value);
                }
            }
            assert_eq!(sum, total, "{}", one.folder());
        }
    }
}

#[test]
fn basic_expenditure_agrees_by_function_and_by_economic_code() {
    each(150, |one| {
        let rounding = i64::from(one.unit == juesuan_corpus::amount::Unit::TenThousandYuan);
        let rows: Vec<_> =
            one.rendered.truth.iter().filter(|row| row.table == "一般公共预算财政拨款基本支出决算表").collect();
        let column = |row: &&&TruthRow| row.column_path.ends_with("决算数") || row.column_path.ends_with("合计");
        let classes = rows.iter().filter(column).filter(|row| row.row_code.len() == 3);
        for class in classes.clone() {
            let parts = rows
                .iter()
                .filter(column)
                .filter(|row| row.row_code.len() == 5 && row.row_code.starts_with(class.row_code.as_str()));
            let (sum, count) = parts.fold((0, 0), |(sum, count), row| (sum + scaled(&row.value), count + 1));
            assert!(
                (sum - scaled(&class.value)).abs() <= rounding * (count + 1) / 2,
                "{} {}",
                one.folder(),
                class.row_code
            );
        }
        let (sum, count) = classes.fold((0, 0), |(sum, count), row| (sum + scaled(&row.value), count + 1));
        let basic = one.rendered.truth.iter().find(|row| {
            row.table == "一般公共预算财政拨款支出决算表"
                && row.row_label == "合计"
                && row.column_path.ends_with("基本支出")
        });
        let basic = scaled(&basic.unwrap().value);
        assert!((sum - basic).abs() <= rounding * (count + 1) / 2, "{}: {sum} {basic}", one.folder());
    });
}

#[test]
fn fiscal_totals_balance_on_both_sides() {
    each(150, |one| {
        let totals: Vec<i64> = one
            .rendered
            .truth
            .iter()
            .filter(|row| row.table == "财政拨款收入支出决算总表" && row.row_label == "总计")
            .filter(|row| row.column_path.ends_with("决算数") || row.column_path.ends_with("合计"))
            .map(|row| scaled(&row.value))
            .collect();
        assert!(totals.len() == 2 && totals[0] == totals[1], "{} {totals:?}", one.folder());
    });
}
