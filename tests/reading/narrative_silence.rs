//! What pages print and was once lost, or guessed, without a word.

use juesuan::inner::decode::{Limits, decode_text};
use juesuan::inner::extract::narrative::{self, NarrativeReading, Rules};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;

fn reading(text: &str) -> NarrativeReading {
    let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
    narrative::read(&document, &Rules::load(&Project::built_in()).unwrap(), &PlaceHint::default())
}

fn printed(text: &str) -> Vec<String> {
    reading(text).claims.into_iter().map(|claim| claim.printed).collect()
}

#[test]
fn the_last_entry_of_the_contents_does_not_hide_the_text() {
    let contents = "南屏县档案局2023年度部门决算\n目 录\n第一部分 概况\n第二部分 2023年度部门决算情况说明\n\
        一、收入支出决算总体情况说明\n第三部分 名词解释\n";
    let text = "一、收入支出决算总体情况说明\n2023年度收、支总计120.5万元。\n";
    assert_eq!(printed(&format!("{contents}{text}")), ["120.5"]);
    // So does not what follows the contents at once, with a heading of no section.
    let units = "二、部门决算单位构成\n本部门决算包括本级决算。\n南屏县档案局2023年度部门决算情况说明\n";
    assert_eq!(printed(&format!("{contents}{units}{text}")), ["120.5"]);
}

#[test]
fn definitions_are_none_of_the_text_once_it_was_told() {
    let text = "南屏县档案局2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n2023年度收、支总计120.5万元。\n\
        第三部分 名词解释\n一、收入支出决算总体情况\n指2023年度收入支出总计，如收、支总计100万元。\n";
    assert_eq!(printed(text), ["120.5"]);
}

#[test]
fn a_row_of_a_table_is_no_heading_and_its_amount_is_told() {
    let text = "南屏县档案局2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n2023年度收、支总计120.5万元。\n\
        九、卫生健康支出 271.40\n十、节能环保支出 150.00\n";
    let reading = reading(text);
    assert_eq!(reading.claims.len(), 1);
    assert_eq!(reading.unclaimed, 2);
}

#[test]
fn a_numbered_line_that_ends_amid_a_sentence_is_no_heading_and_its_amount_is_told() {
    let text = "南屏县档案局2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n2023年度收、支总计120.5万元。\n\
        （1）财政拨款收入15603785，为本级及所\n";
    let reading = reading(text);
    assert_eq!((reading.claims.len(), reading.unclaimed), (1, 1));
    // A code behind a name still names.
    let text = text.replace("财政拨款收入15603785，为本级及所", "行政运行2010601");
    assert_eq!(self::reading(&text).unclaimed, 0);
}

#[test]
fn counts_beside_a_table_of_accounts_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("in");
    std::fs::create_dir(&source).unwrap();
    let text = "南屏县招商中心2023年部门决算\n中心有事业编制25名，在职人员16人。\n";
    let table = "收入支出决算总表\n单位：万元\n项目 | 决算数 | 项目 | 决算数 |\n一、财政拨款收入 | 10.00 | 一、一般公共服务支出 | 10.00 |\n\
        本年收入合计 | 10.00 | 本年支出合计 | 10.00 |\n总计 | 10.00 | 总计 | 10.00 |\n";
    std::fs::write(source.join("a.txt"), format!("{text}{table}")).unwrap();
    std::fs::write(source.join("b.txt"), text).unwrap();
    let run = crate::common::run(&source, folder.path(), &[]);
    assert!(run.status.success(), "{}", crate::common::text(&run.stderr));
    let claims = crate::common::rows(&folder.path().join("extracts/claims.csv"));
    let found: Vec<(&str, &str)> = claims.iter().map(|row| (row["file"].as_str(), row["printed"].as_str())).collect();
    assert_eq!(found, [("a.txt", "25"), ("a.txt", "16")]);
}

#[test]
fn no_unit_is_made_up_for_a_change() {
    let said = |tail: &str| {
        let text = format!("南屏县档案局2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n{tail}\n");
        let reading = reading(&text);
        let units: Vec<String> =
            reading.claims.iter().map(|claim| format!("{}{}", claim.printed, claim.unit)).collect();
        (units.join(" "), reading.unclaimed)
    };
    let lost = said("2023年度支出总计335.51万元，比上年增加53.58");
    assert_eq!(lost, ("335.51万元".to_owned(), 1));
    // Behind the change itself only its rate can follow.
    let rate = said("2023年度支出总计335.51万元，比上年增加53.58万元，增长19.01。");
    assert_eq!(rate, ("335.51万元 53.58万元 19.01%".to_owned(), 0));
    // A word that begins with a unit is none.
    assert_eq!(said("本年收入合计 26,538.47 本年支出合计").0, "");
}

#[test]
fn a_number_alone_in_its_line_is_told_where_it_counts_no_pages() {
    let told = |lines: &str| {
        let head = "南屏县档案局2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n";
        let reading = reading(&format!("{head}{lines}2023年度收、支总计120.5万元。\n"));
        assert_eq!(reading.claims.len(), 1, "{lines}");
        reading.unclaimed
    };
    // Cells of a table that lost its shape, next to each other or not.
    assert_eq!(told("公务接待批次\n13\n公务接待人次\n694\n"), 2);
    assert_eq!(told("公务接待批次\n1\n公务接待人次\n2\n"), 2);
    assert_eq!(told("比上年增减\n-3\n"), 1);
    // Pages: marked, counted on, in the midst of a sentence.
    assert_eq!(told("—13—\n第4页\n- 5 -\n"), 0);
    let page = "本部门贯彻有关规定，厉行节约。\n".repeat(8);
    assert_eq!(told(&format!("{page}7\n{page}8\n{page}")), 0);
    assert_eq!(told("南屏县档案局所属事业单位一个，即南屏县档案馆（南屏县地方志\n5\n办公室）。\n"), 0);
    // A number that its unit follows in the next line is read with it.
    let text = "南屏县档案局2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n2023年度收、支总计为本部门全部收入与支出之和共\n120\n万元。\n";
    assert_eq!(printed(text), ["120"]);
}
