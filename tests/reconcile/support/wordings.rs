//! Edits of words, each aimed at one check.

use juesuan_corpus::disclosure::corpus::Disclosure;
use juesuan_corpus::truth::TruthClaim;
use juesuan_corpus::write::{Block, Value};

pub struct Wording {
    pub check: &'static str,
    /// Whether there was something to edit.
    pub edit: fn(&mut Disclosure) -> bool,
}

pub const WORDINGS: [Wording; 36] = [
    Wording {
        check: "N-24c",
        edit: |one| state(one, |claim| claim.item == "房屋价值" && claim.unit.ends_with('元'), "0"),
    },
    Wording { check: "N-28", edit: growth_from_zero },
    Wording { check: "N-29", edit: |one| beside(one, "completion_percent", "initial_budget", |_| "0".to_owned()) },
    Wording {
        check: "N-30",
        edit: |one| replace_last(one, "持平。", "持平，主要原因：认真落实过紧日子要求，压减一般性支出。"),
    },
    Wording { check: "N-32", edit: |one| replace_last(one, "办公费、", "") },
    Wording { check: "N-33", edit: |one| state(one, |claim| claim.unit == "批次" || claim.unit == "批", "0") },
    Wording { check: "N-38", edit: spends_elsewhere },
    Wording { check: "N-42", edit: against_itself },
    Wording { check: "P-03b", edit: far_from_the_budget },
    Wording { check: "S-01", edit: |one| without_table(one, "支出决算表") },
    Wording { check: "S-02", edit: |one| in_heading(one, |name, _| (name.to_owned(), near_miss(name))) },
    Wording {
        check: "S-03",
        edit: |one| in_heading(one, |_, year| (format!("{year}年度"), format!("{}年度", year - 1))),
    },
    Wording {
        check: "S-04", edit: |one| replace_last(one, "主要原因：", "主要原因：……。主要原因：")
    },
    Wording { check: "S-05", edit: |one| replace_last(one, "%；", "；") || replace_last(one, "%。", "。") },
    Wording { check: "S-05b", edit: without_a_number },
    Wording { check: "S-06", edit: |one| opening(one, "三、", "五、") },
    Wording { check: "S-07", edit: |one| recode(one, 7, "2120803") },
    Wording { check: "S-08", edit: without_procurement },
    Wording { check: "S-08b", edit: empty_section },
    Wording {
        check: "S-10",
        edit: |one| state(one, |claim| claim.unit.ends_with('元') && claim.value.len() > 6, "7123.4"),
    },
    Wording { check: "S-11", edit: |one| has_three_public(one) && replace_all(one, "公务接待", "公务") },
    Wording {
        check: "S-17", edit: |one| replace_last(one, "元。", "元。。") || replace_last(one, "%。", "%。。")
    },
    Wording { check: "S-17b", edit: less_by_less },
    Wording { check: "S-17c", edit: |one| replace_last(one, "其中：", "其中：其中：") },
    Wording { check: "S-18", edit: printed_twice },
    Wording { check: "S-20", edit: |one| in_heading(one, |_, year| (format!("{year}年度"), format!("{year}度"))) },
    Wording { check: "W-05b", edit: half_a_total },
    Wording { check: "W-27", edit: |one| recode(one, 5, "20599") || recode(one, 3, "229") },
    Wording { check: "W-27b", edit: |one| recode(one, 7, "2080587") },
    Wording { check: "W-28", edit: negative },
    Wording { check: "W-29", edit: undeclared },
    Wording { check: "X-08b", edit: undescribed },
    Wording { check: "X-11", edit: nil_three_public },
    Wording {
        check: "X-15",
        edit: |one| {
            replace_all(one, "行政运行（项）", "行政运转（项）")
                || replace_all(one, "行政事业单位医疗", "行政事业单位诊疗")
        },
    },
    Wording {
        check: "X-15b",
        edit: |one| {
            replace_last(one, "住房保障支出（类）住房改革支出", "教育支出（类）住房改革支出")
                || replace_all(one, "“住房保障支出”", "“教育支出”")
        },
    },
    Wording { check: "X-16", edit: another_purpose },
];

/// The first statement of this kind says another number.
fn state(one: &mut Disclosure, is_meant: impl Fn(&TruthClaim) -> bool, value: &str) -> bool {
    let is_number =
        |claim: &TruthClaim| claim.kind == "figure" && claim.value.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let Some(at) = one.claims().iter().position(|claim| is_number(claim) && is_meant(claim)) else { return false };
    one.narrative.reprint(at, value, value);
    true
}

/// In the first line that states `anchor`, the number of `measure` of the same item.
fn beside(one: &mut Disclosure, anchor: &str, measure: &str, change: impl Fn(&str) -> String) -> bool {
    let claims = one.claims();
    let anchors = claims.iter().filter(|claim| claim.measure == anchor);
    let pair = |stated: &TruthClaim| {
        claims
            .iter()
            .position(|claim| claim.line_no == stated.line_no && claim.item == stated.item && claim.measure == measure)
    };
    let Some(at) = anchors.filter_map(pair).next() else { return false };
    let value = change(&claims[at].value);
    one.narrative.reprint(at, &value, &value);
    true
}

/// The change against the budget or the year before is as much as the final account: there was nothing before.
fn growth_from_zero(one: &mut Disclosure) -> bool {
    let claims = one.claims();
    let stated = |line: usize, item: &str, measure: &str| {
        claims.iter().position(|claim| claim.line_no == line && claim.item == item && claim.measure == measure)
    };
    let found = claims.iter().filter(|claim| claim.measure == "change_percent").find_map(|claim| {
        let actual = stated(claim.line_no, &claim.item, "final_account")?;
        let change = stated(claim.line_no, &claim.item, "change_vs_prior_year")
            .or_else(|| stated(claim.line_no, &claim.item, "change_vs_budget"))?;
        (!claim.value.starts_with('-') && !claims[change].value.starts_with('-')).then_some((actual, change))
    });
    let Some((actual, change)) = found else { return false };
    let value = claims[actual].value.clone();
    one.narrative.reprint(change, &value, &value);
    true
}

/// What is compared with the year before is compared with the year itself.
fn against_itself(one: &mut Disclosure) -> bool {
    let year = one.accounts.year;
    let (prior, own) = (format!("{}年", year - 1), format!("{year}年"));
    let links = ["与", "较", "比"].map(|link| format!("{link}{prior}"));
    let mut is_changed = false;
    for text in paragraphs(one).filter(|text| links.iter().any(|words| text.contains(words.as_str()))) {
        *text = text.replace(&prior, &own);
        is_changed = true;
    }
    is_changed
}

/// A unit whose number is gone.
fn without_a_number(one: &mut Disclosure) -> bool {
    let is_meant =
        |claim: &TruthClaim| claim.kind == "figure" && claim.measure == "final_account" && claim.unit.ends_with('元');
    let Some(at) = one.claims().iter().position(is_meant) else { return false };
    one.narrative.reprint(at, "", "");
    true
}

fn replace_all(one: &mut Disclosure, from: &str, to: &str) -> bool {
    let mut is_changed = false;
    for text in paragraphs(one).filter(|text| text.contains(from)) {
        *text = text.replace(from, to);
        is_changed = true;
    }
    is_changed
}

/// One code of this length in the table of the general budget is another; where it stands in one cell.
fn recode(one: &mut Disclosure, length: usize, code: &str) -> bool {
    let rows = one.rendered.truth.iter().filter(|truth| truth.table == "一般公共预算财政拨款支出决算表");
    let codes: Vec<(String, String)> = rows
        .filter(|truth| truth.row_code.len() == length)
        .map(|truth| (truth.sheet.clone(), truth.row_code.clone()))
        .collect();
    for (name, old) in codes {
        let Some(sheet) = one.rendered.workbook.sheets.iter_mut().find(|sheet| sheet.name == name) else { continue };
        for value in sheet.cells.values_mut() {
            match value {
                Value::Text(text) if text.trim() == old => *text = text.replace(&old, code),
                Value::Number { shown, .. } if *shown == old => *value = Value::text(code),
                _ => continue,
            }
            return true;
        }
    }
    false
}

/// 总计 printed on one side of the summary only.
fn half_a_total(one: &mut Disclosure) -> bool {
    let is_total = |truth: &juesuan_corpus::truth::TruthRow| {
        truth.table == "收入支出决算总表" && truth.side == "支出" && truth.row_label == "总计"
    };
    let Some(at) = one.rendered.truth.iter().position(is_total) else { return false };
    one.rendered.blank(at);
    true
}

fn paragraphs(one: &mut Disclosure) -> impl DoubleEndedIterator<Item = &mut String> {
    one.narrative.document.blocks.iter_mut().filter_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Table(_) => None,
    })
}

/// In the last paragraph that holds the words, the last of them.
fn replace_last(one: &mut Disclosure, from: &str, to: &str) -> bool {
    let Some(text) = paragraphs(one).rev().find(|text| text.contains(from)) else { return false };
    let at = text.rfind(from).unwrap_or_default();
    text.replace_range(at..at + from.len(), to);
    true
}

/// In the first heading below the title.
fn in_heading(one: &mut Disclosure, change: impl Fn(&str, i32) -> (String, String)) -> bool {
    let (from, to) = change(&one.accounts.entity.name.clone(), one.accounts.year);
    let heading =
        paragraphs(one).find(|text| text.chars().count() < 60 && text.contains(&from) && text.contains("部分"));
    let Some(text) = heading else { return false };
    *text = text.replacen(&from, &to, 1);
    true
}

/// The name with its last character but one another.
fn near_miss(name: &str) -> String {
    let mut characters: Vec<char> = name.chars().collect();
    let at = characters.len() - 2;
    characters[at] = '埋';
    characters.into_iter().collect()
}

fn opening(one: &mut Disclosure, from: &str, to: &str) -> bool {
    let Some(text) = paragraphs(one).rev().find(|text| text.starts_with(from)) else { return false };
    *text = text.replacen(from, to, 1);
    true
}

fn without_table(one: &mut Disclosure, table: &str) -> bool {
    let Some(sheet) = one.rendered.truth.iter().find(|truth| truth.table == table).map(|truth| truth.sheet.clone())
    else {
        return false;
    };
    one.rendered.workbook.sheets.retain(|other| other.name != sheet);
    true
}

fn without_procurement(one: &mut Disclosure) -> bool {
    let before = one.narrative.document.blocks.len();
    one.narrative.document.blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.contains("采购")));
    one.narrative.document.blocks.len() < before
}

/// Whether reception cost something that year: of nothing the text may say nothing, and that there is none.
fn has_three_public(one: &Disclosure) -> bool {
    let is_some = |value: &str| value.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let is_it = |claim: &TruthClaim| claim.item == "公务接待费" && claim.measure == "final_account";
    one.claims().iter().any(|claim| is_it(claim) && is_some(&claim.value))
}

/// The text says that there is no three public money, of which the table tells.
fn nil_three_public(one: &mut Disclosure) -> bool {
    if !has_three_public(one) {
        return false;
    }
    let states_total = |text: &&mut String| {
        let is_of_total =
            ["“三公”经费财政拨款支出", "“三公”经费财政拨款决算数"].iter().any(|words| text.contains(words));
        is_of_total && text.contains('元')
    };
    let Some(text) = paragraphs(one).find(states_total) else { return false };
    *text = "本年度无“三公”经费财政拨款支出。".to_owned();
    true
}

/// A heading with nothing below it.
fn empty_section(one: &mut Disclosure) -> bool {
    let blocks = &mut one.narrative.document.blocks;
    let is_heading = |block: &Block| matches!(block, Block::Paragraph(text) if text.starts_with("二、") && text.chars().count() < 40);
    let Some(at) = blocks.iter().rposition(is_heading) else { return false };
    let next = |block: &Block| matches!(block, Block::Paragraph(text) if text.starts_with("三、"));
    let Some(end) = blocks[at..].iter().position(next) else { return false };
    blocks.drain(at + 1..at + end);
    end > 1
}

fn negative(one: &mut Disclosure) -> bool {
    let spent = |truth: &juesuan_corpus::truth::TruthRow| {
        truth.table == "支出决算表" && truth.value.starts_with(|c: char| ('1'..='9').contains(&c))
    };
    let Some(at) = one.rendered.truth.iter().rposition(spent) else { return false };
    let value = format!("-{}", one.rendered.truth[at].value);
    one.rendered.reprint(at, &value);
    true
}

/// A table without figures and without a word about it.
fn undeclared(one: &mut Disclosure) -> bool {
    let Some(sheet) = one.rendered.workbook.sheets.iter_mut().find(|sheet| sheet.name.contains("国有资本")) else {
        return false;
    };
    let says = |value: &Value| match value {
        Value::Text(text) => text.contains("无") || text.contains("没有") || text.parse::<f64>().is_ok(),
        Value::Number { .. } => true,
        _ => false,
    };
    sheet.cells.retain(|at, value| at.row < 2 || !says(value));
    true
}

/// An item of the table of which the text says nothing.
fn undescribed(one: &mut Disclosure) -> bool {
    let blocks = &mut one.narrative.document.blocks;
    let Some(at) = blocks.iter().rposition(|block| matches!(block, Block::Paragraph(text) if text.contains("（项）")))
    else {
        return false;
    };
    blocks.remove(at);
    true
}

/// The text says that a fund has no expenditure, and states some.
fn spends_elsewhere(one: &mut Disclosure) -> bool {
    let is_nil =
        |text: &&mut String| ["没有使用政府性基金预算", "无政府性基金预算"].iter().any(|words| text.contains(words));
    let states_some = |block: &Block| matches!(block, Block::Paragraph(text) if text.contains("一般公共预算财政拨款支出") && text.contains('元'));
    let Some(at) = one.narrative.document.blocks.iter().position(states_some) else { return false };
    if paragraphs(one).find(is_nil).is_none() {
        return false;
    }
    let stated = Block::Paragraph("政府性基金预算财政拨款支出12.30万元。".to_owned());
    one.narrative.document.blocks.insert(at + 1, stated);
    true
}

/// The general budget is another by far, and the text gives no reason for anything.
fn far_from_the_budget(one: &mut Disclosure) -> bool {
    let is_budget = |claim: &TruthClaim| {
        claim.measure == "initial_budget" && ["一般公共预算财政拨款支出", "财政拨款支出"].contains(&claim.item.as_str())
    };
    let Some(at) = one.claims().iter().position(is_budget) else { return false };
    let value = format!("9{}", one.claims()[at].value);
    one.narrative.reprint(at, &value, &value);
    for text in paragraphs(one) {
        let without_reason = |sentence: &str| match sentence.split_once("主要原因") {
            Some((before, _)) => before.rsplit_once('，').map_or(String::new(), |(stated, _)| format!("{stated}。")),
            None => sentence.to_owned(),
        };
        *text = text.split_inclusive('。').map(without_reason).collect();
    }
    true
}

/// A decrease by a negative amount.
fn less_by_less(one: &mut Disclosure) -> bool {
    ["减少", "下降"]
        .iter()
        .any(|word| (1..=9).any(|digit| replace_last(one, &format!("{word}{digit}"), &format!("{word}-{digit}"))))
}

/// A paragraph that stands there twice.
fn printed_twice(one: &mut Disclosure) -> bool {
    let blocks = &mut one.narrative.document.blocks;
    let is_long =
        |block: &Block| matches!(block, Block::Paragraph(text) if text.contains('元') && text.chars().count() > 60);
    let Some(at) = blocks.iter().rposition(is_long) else { return false };
    blocks.insert(at, blocks[at].clone());
    true
}

/// The housing fund is spent on pensions.
fn another_purpose(one: &mut Disclosure) -> bool {
    let is_meant = |text: &&mut String| text.contains("住房公积金（项）") && text.contains("用于：");
    let Some(text) = paragraphs(one).find(is_meant) else { return false };
    *text = text.replacen("用于：", "用于：基本养老保险缴费和", 1);
    true
}
