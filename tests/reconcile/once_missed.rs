//! Faults that the checks once missed, and wordings they once blamed: each made once in a consistent disclosure and read by the
//! built program.

use std::collections::BTreeMap;

use juesuan_corpus::disclosure::Form;
use juesuan_corpus::disclosure::corpus::{Disclosure, department};
use juesuan_corpus::write::{Block, Value};

use crate::planted::{reconciled, renamed, write};

/// What is done, in which form, and the check that must fire; none: nothing may be called an error or a warning.
type Case = (&'static str, Form, fn(&mut Disclosure) -> bool, Option<&'static str>);

const CASES: [Case; 17] = [
    ("a fall said of a rise", Form::Hubei, |one| in_text(one, "、增长", "、下降"), Some("N-09")),
    ("a class posted on the line below", Form::Shanghai, |one| misposted(one, "收入支出决算总表"), Some("B-04")),
    (
        "a class of the fiscal summary posted below",
        Form::Shanghai,
        |one| misposted(one, "财政拨款收入支出决算总表"),
        Some("B-07"),
    ),
    (
        "no procurement, and a table of it",
        Form::Beijing,
        |one| nil(one, "政府采购", "本年度无政府采购支出。"),
        Some("X-11"),
    ),
    (
        "procurement that did not happen",
        Form::Beijing,
        |one| nil(one, "政府采购", "本年度未发生政府采购支出。"),
        Some("X-11"),
    ),
    (
        "no purchased services",
        Form::Beijing,
        |one| nil(one, "政府购买服务支出", "本年度无政府购买服务支出。"),
        Some("X-11"),
    ),
    (
        "no three public expenses",
        Form::Hubei,
        |one| nil(one, "“三公”经费财政拨款支出预算为", "本年度无“三公”经费财政拨款支出。"),
        Some("X-11"),
    ),
    ("another year in the title of a table", Form::Shanghai, another_year, Some("S-03")),
    ("XX for the name", Form::Shanghai, |one| named_xx(one), Some("S-04")),
    (
        "an instruction left in",
        Form::Hubei,
        |one| in_text(one, "主要原因：", "（此处填写主要原因）主要原因："),
        Some("S-04"),
    ),
    ("a reason of dots", Form::Hubei, |one| in_text(one, "主要原因：", "主要原因：……。主要原因："), Some("S-04")),
    ("a full stop twice", Form::Hubei, |one| in_text(one, "元。", "元。。"), Some("S-17")),
    ("names in a column nobody knows, and a wrong total", Form::Beijing, names_and_a_wrong_total, Some("W-25")),
    ("100% among percents of two decimals", Form::Hubei, |one| in_text(one, "100.00%", "100%"), None),
    ("brackets of levels in quotes", Form::Hubei, |one| in_text(one, "行政运行（项）", "“行政运行（项）”"), None),
    ("next year's budget", Form::Hubei, next_year, None),
    ("full width marks", Form::Shanghai, |one| in_text(one, "；", ";"), None),
];

fn paragraphs(one: &mut Disclosure) -> impl Iterator<Item = &mut String> {
    one.narrative.document.blocks.iter_mut().filter_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        Block::Table(_) => None,
    })
}

/// The first of these words in the text reads otherwise.
fn in_text(one: &mut Disclosure, from: &str, to: &str) -> bool {
    let Some(text) = paragraphs(one).find(|text| text.contains(from)) else { return false };
    *text = text.replacen(from, to, 1);
    true
}

/// The number of one class stands in the row below its own.
fn misposted(one: &mut Disclosure, table: &str) -> bool {
    let classes =
        one.rendered.truth.iter().filter(|truth| truth.table == table && truth.row_label.contains("卫生健康"));
    let cells: Vec<(String, String)> = classes.map(|truth| (truth.sheet.clone(), truth.cell.clone())).collect();
    for (name, cell) in &cells {
        let Some(sheet) = one.rendered.workbook.sheets.iter_mut().find(|sheet| &sheet.name == name) else { continue };
        let Some(at) = sheet.cells.keys().copied().find(|at| &at.a1() == cell) else { continue };
        let mut below = at;
        below.row += 1;
        if let Some(value) = sheet.cells.remove(&at) {
            sheet.cells.insert(below, value);
        }
    }
    !cells.is_empty()
}

/// Instead of the paragraphs that state it, one that says there is none.
fn nil(one: &mut Disclosure, about: &str, words: &str) -> bool {
    let blocks = &mut one.narrative.document.blocks;
    let states = |block: &Block| matches!(block, Block::Paragraph(text) if text.contains(about) && text.contains('元'));
    let Some(first) = blocks.iter().position(states) else { return false };
    blocks[first] = Block::Paragraph(words.to_owned());
    true
}

/// Every title says the year, one of them the year before.
fn another_year(one: &mut Disclosure) -> bool {
    let year = one.accounts.year;
    for (at, sheet) in one.rendered.workbook.sheets.iter_mut().enumerate() {
        let mut titles = sheet.cells.values_mut().filter_map(|value| match value {
            Value::Text(text) if text.contains('表') => Some(text),
            _ => None,
        });
        let Some(title) = titles.next() else { return false };
        *title = format!("{}年度{title}", if at == 2 { year - 1 } else { year });
    }
    true
}

fn named_xx(one: &mut Disclosure) -> bool {
    let name = one.accounts.entity.name.clone();
    let Some(text) = paragraphs(one).skip(1).find(|text| text.contains(&name)) else { return false };
    *text = text.replace(&name, "XX局");
    true
}

fn next_year(one: &mut Disclosure) -> bool {
    let words = format!("{}年预算将继续压减一般性支出。", one.accounts.year + 1);
    in_text(one, "主要原因：", &format!("{words}主要原因："))
}

fn names_and_a_wrong_total(one: &mut Disclosure) -> bool {
    for value in one.rendered.workbook.sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
        if let Value::Text(text) = value {
            *text = text.replace("政府购买服务指导性目录", "类目");
        }
    }
    let is_total =
        |truth: &juesuan_corpus::truth::TruthRow| truth.table.contains("政府购买服务") && truth.row_label == "合计";
    let Some(at) = one.rendered.truth.iter().position(is_total) else { return false };
    let value = format!("9{}", one.rendered.truth[at].value);
    one.rendered.reprint(at, &value);
    true
}

#[test]
fn faults_once_missed_are_found_and_wordings_once_blamed_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut made = BTreeMap::new();
    for (turn, (what, form, edit, check)) in CASES.into_iter().enumerate() {
        let region = (0..48).find(|at| department(77, *at, false)[0].form == form).unwrap();
        let mut one = renamed(&department(77, region, false)[1], turn + 1);
        assert!(edit(&mut one), "{what}: nothing to edit");
        write(&one, &folder.path().join("disclosures"));
        made.insert(one.folder(), (what, check));
    }
    let findings = reconciled(folder.path());
    let mut wrong = Vec::new();
    for (folder, (what, check)) in &made {
        let here: Vec<_> = findings.iter().filter(|row| row["file"].starts_with(folder)).collect();
        let said: Vec<String> = here.iter().map(|row| format!("{} {}", row["check_id"], row["severity"])).collect();
        let is_right = match check {
            Some(check) => here.iter().any(|row| row["check_id"] == *check),
            None => here.iter().all(|row| row["severity"] == "info"),
        };
        if !is_right {
            wrong.push(format!("{what}: {check:?} but {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
