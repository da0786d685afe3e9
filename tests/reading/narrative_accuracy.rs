//! How much of what texts state is read, measured as the scorer of the shared ground truth measures it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use juesuan::inner::decode::{Document, Limits, decode_docx, decode_html, decode_text};
use juesuan::inner::extract::narrative::{
    self, Kind, NarrativeReading, RawClaim, RawIndicator, Rules, entries_tried, lint,
};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::{ClaimKind, Unit, parse_printed};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// 9 comparators, 25 roles, 84 patterns of digits that are no figures, 116 sentence rules, 11 facts in words; 37 wordings the
/// grammar has one of, 3 statements of nothing, 3 bases, 7 kinds of parts and 10 measures of items, 78 rewrites, 7 years that
/// are not those of a figure, 33 single words of lists.
const ENTRIES: usize = 9 + 25 + 84 + 113 + 11 + 40 + 3 + 3 + 7 + 10 + 78 + 7 + 33;

type Gold = BTreeMap<String, String>;

#[derive(Debug, Default)]
struct Score {
    total: usize,
    valued: usize,
    measured: usize,
    itemised: usize,
    dated: usize,
    extra: usize,
    misses: Vec<String>,
}

fn rules() -> Rules {
    Rules::load(&Project::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

fn read(document: &Document, rules: &Rules) -> NarrativeReading {
    let reading = narrative::read(document, rules, &PlaceHint::default());
    assert!(reading.is_disclosure);
    reading
}

fn score_reading(reading: &NarrativeReading, gold: &[Gold]) -> Score {
    score(&reading.claims, gold, reading.printed_years.first().copied())
}

fn gold(path: &Path) -> Vec<Gold> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn amount(value: &str, unit: &str) -> Option<(Decimal, String)> {
    let value = parse_printed(value.trim_end_matches('%')).ok()?.value;
    let unit = Unit::from_printed(unit);
    Some(match unit.yuan_factor() {
        Some(factor) => ((value * factor).normalize(), "元".to_owned()),
        None => (value.normalize(), unit.as_str().to_owned()),
    })
}

fn claim_amount(claim: &RawClaim) -> Option<(Decimal, String)> {
    if matches!(claim.kind, ClaimKind::Flat | ClaimKind::Nil) {
        return amount("0", &claim.unit);
    }
    let (value, unit) = amount(&claim.printed, &claim.unit)?;
    Some((if claim.sign < 0 { -value } else { value }, unit))
}

fn bare(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace() && !"\"'“”‘’《》".contains(*c)).collect()
}

fn same_item(left: &str, right: &str) -> bool {
    let (left, right) = (bare(left), bare(right));
    !left.is_empty() && !right.is_empty() && (left.contains(&right) || right.contains(&left))
}

fn score(claims: &[RawClaim], gold: &[Gold], own_year: Option<i32>) -> Score {
    let field = |row: &Gold, name: &str| row.get(name).cloned().unwrap_or_default();
    let place = |row: &Gold| {
        let start: u32 = field(row, "char_start").parse().unwrap();
        let line: u32 = field(row, "line_no").parse().unwrap();
        (line, start, start + (field(row, "printed").chars().count() as u32).max(1))
    };
    let overlaps = |claim: &RawClaim, (line, start, end): (u32, u32, u32)| {
        claim.line == line && claim.start < end && claim.end > start
    };
    let figures: Vec<&Gold> =
        gold.iter().filter(|row| ["figure", "table"].contains(&field(row, "kind").as_str())).collect();
    let mut score = Score { total: figures.len(), ..Score::default() };
    for row in &figures {
        let wanted = amount(&field(row, "value"), &field(row, "unit"));
        let hits: Vec<&RawClaim> = claims.iter().filter(|claim| overlaps(claim, place(row))).collect();
        let right: Vec<&&RawClaim> = hits.iter().filter(|claim| claim_amount(claim) == wanted).collect();
        let named = format!("{} {} {}", field(row, "line_no"), field(row, "item"), field(row, "measure"));
        if right.is_empty() {
            score.misses.push(format!("value {named}"));
            continue;
        }
        score.valued += 1;
        let measures = [field(row, "measure"), field(row, "measure_core")];
        if right.iter().any(|claim| measures.contains(&claim.measure)) {
            score.measured += 1;
        } else {
            score.misses.push(format!("measure {named} read as {}", right[0].measure));
        }
        let items = [field(row, "item"), field(row, "item_printed")];
        if right.iter().any(|claim| items.iter().any(|item| same_item(&claim.item, item))) {
            score.itemised += 1;
        } else {
            score.misses.push(format!("item {named} read as {}", right[0].item));
        }
        // A figure of the document's own year carries none.
        let other_year = field(row, "year").parse().ok().filter(|year| Some(*year) != own_year);
        if right.iter().any(|claim| claim.year == other_year) {
            score.dated += 1;
        } else {
            score.misses.push(format!("year {named} read as {:?}", right[0].year));
        }
    }
    let lines: Vec<u32> = figures.iter().map(|row| place(row).0).collect();
    let is_stated = |claim: &&RawClaim| gold.iter().any(|row| overlaps(claim, place(row)));
    score.extra = claims.iter().filter(|claim| lines.contains(&claim.line)).filter(|claim| !is_stated(claim)).count();
    score
}

/// At least 99 % found with value, unit and sign, 97 % with measure and with item, at most 1 % that nobody stated.
fn assert_good(name: &str, score: &Score) {
    println!(
        "{name}: {} figures, {} valued, {} measured, {} itemised, {} with the right year, {} extra",
        score.total, score.valued, score.measured, score.itemised, score.dated, score.extra
    );
    for miss in &score.misses {
        println!("  {miss}");
    }
    assert!(score.total > 0, "{name}");
    assert!(score.valued * 100 >= score.total * 99, "{name}: {score:?}");
    assert!(score.measured * 100 >= score.total * 97, "{name}: {score:?}");
    assert!(score.itemised * 100 >= score.total * 97, "{name}: {score:?}");
    assert!(score.dated * 100 >= score.total * 99, "{name}: {score:?}");
    assert!(score.extra * 100 <= score.total, "{name}: {score:?}");
}

fn texts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/narrative");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn texts_in_the_provinces_forms_are_read() {
    let rules = rules();
    let paths = texts();
    assert!(paths.len() >= 8);
    for path in paths {
        let document = decode_text(&fs::read(&path).unwrap(), &Limits::default()).unwrap();
        let score = score_reading(&read(&document, &rules), &gold(&path.with_extension("csv")));
        assert_good(&path.file_stem().unwrap().to_string_lossy(), &score);
    }
}

#[test]
fn a_saved_web_page_is_read_without_its_frame() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/narrative/page.html");
    let document = decode_html(&fs::read(&page).unwrap(), &Limits::default()).unwrap();
    let reading = read(&document, &rules());
    let score = score_reading(&reading, &gold(&page.with_extension("csv")));
    assert_good("page", &score);
    // Visits, downloads and the date of the day are nowhere among the claims.
    assert_eq!(reading.claims.len(), score.total + 1, "one 持平 beside the figures");
    let rows: Vec<[&str; 6]> = reading
        .indicators
        .iter()
        .map(|row| [&row.name, &row.nature, &row.target, &row.unit, &row.weight, &row.actual].map(String::as_str))
        .collect();
    assert_eq!(
        rows,
        [
            ["举办展演场次", "≥", "24", "场", "30", "26"],
            ["群众满意度", "≥", "90", "%", "20", "95.2"],
            ["活动质量", "定性", "优良", "", "20", "优良"],
        ]
    );
}

#[test]
fn traditional_script_in_big5_gives_the_same_claims() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/narrative/traditional.txt");
    let text = fs::read_to_string(path).unwrap();
    let (bytes, _, has_gaps) = encoding_rs::BIG5.encode(&text);
    assert!(!has_gaps);
    let rules = rules();
    let of = |bytes: &[u8]| read(&decode_text(bytes, &Limits::default()).unwrap(), &rules).claims;
    assert_eq!(without_lines(&of(&bytes)), without_lines(&of(text.as_bytes())));
}

#[test]
fn every_rule_holds_on_its_examples() {
    let problems = lint(&Project::built_in()).unwrap();
    assert!(problems.is_empty(), "{problems:#?}");
    // Each of them was taken out once, and its examples read otherwise without it.
    assert_eq!(entries_tried(&Project::built_in()).unwrap(), ENTRIES);
}

fn without_lines(claims: &[RawClaim]) -> Vec<(String, i8, String, String, String, String)> {
    claims
        .iter()
        .map(|c| (c.printed.clone(), c.sign, c.unit.clone(), c.section.clone(), c.item.clone(), c.measure.clone()))
        .collect()
}

#[test]
#[cfg_attr(not(real_documents), ignore = "real disclosures are not beside the checkout")]
fn real_texts_are_read_and_word_documents_give_the_same() {
    let rules = rules();
    for entry in fs::read_dir(crate::common::real_documents()).unwrap() {
        let folder = entry.unwrap().path();
        let (text, word) = (folder.join("narrative.txt"), folder.join("narrative.docx"));
        if !text.is_file() {
            continue;
        }
        let gold = gold(&folder.join("gold_narrative.csv"));
        let plain = read(&decode_text(&fs::read(&text).unwrap(), &Limits::default()).unwrap(), &rules);
        assert_good(&folder.display().to_string(), &score_reading(&plain, &gold));
        let in_word = read(&decode_docx(&fs::read(&word).unwrap(), &Limits::default()).unwrap(), &rules);
        assert_eq!(without_lines(&plain.claims), without_lines(&in_word.claims), "{}", folder.display());
        assert_indicators(&plain, &gold);
        assert_indicators(&in_word, &gold);
    }
}

/// Every row of the document's performance tables is an indicator; each of its cells is there with its wording.
fn assert_indicators(reading: &NarrativeReading, gold: &[Gold]) {
    let of = |measure: &str| -> Vec<String> {
        let cells = gold.iter().filter(|row| row["sentence"].contains('\t') && row["measure"] == measure);
        let mut printed: Vec<String> = cells.map(|row| bare(row["printed"].trim_end_matches('%'))).collect();
        printed.sort();
        printed
    };
    let read = |cell: fn(&RawIndicator) -> &str| -> Vec<String> {
        let cells = reading.indicators.iter().map(cell).filter(|text| !text.is_empty());
        let mut printed: Vec<String> = cells.map(|text| bare(text.trim_end_matches('%'))).collect();
        printed.sort();
        printed
    };
    assert_eq!(read(|row| &row.weight), of("weight_percent"));
    assert_eq!(read(|row| &row.target), of("target_value"));
    assert_eq!(read(|row| &row.actual), of("actual_value"));
    let rows: BTreeSet<&String> = gold.iter().map(|row| &row["sentence"]).filter(|text| text.contains('\t')).collect();
    assert_eq!(reading.indicators.len(), rows.len());
}

fn reading(text: &str) -> narrative::NarrativeReading {
    let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
    narrative::read(&document, &rules(), &PlaceHint::default())
}

#[test]
fn other_texts_are_no_disclosures() {
    let budget = "某县水利局2025年度部门预算公开说明\n一、收入支出预算总体情况说明\n2025年收入预算1,200万元。\n";
    assert_eq!(reading(budget).kind, Kind::Budget);
    let news = "某市新闻\n全市召开2023年经济工作会议，实现地区生产总值1,234.5亿元，增长5.6%。\n";
    let list = "# 问题清单\n\n| 编号 | 说明 |\n|---|---|\n| F01 | 决算表第3行相差 5.00 万元 |\n";
    let speech = "在全县财政工作会议上的讲话\n（2024年1月18日）\n同志们：\n一、2023年工作回顾\n2023年全县一般公共预算收入完成12.6亿元，\
        增长5.4%；支出38.2亿元，民生支出占比81.3%。全年压减“三公”经费320万元，下降8%。\n二、2024年重点任务\n\
        一般公共预算收入增长5%，争取专项债券6亿元。要抓好预算执行，做好部门决算公开。\n";
    let procurement = "南屏县水利局巡河无人机采购项目中标公告\n一、项目编号：NPX-2023-117\n二、政府采购情况\n\
        预算金额：86.50万元，中标金额：82.30万元。\n三、主要标的信息\n无人机4架，单价18.20万元。\n\
        四、评审得分\n南屏科技有限公司91.35分。\n五、公告期限\n自本公告发布之日起1个工作日。\n";
    let statistics = "南屏县2023年国民经济和社会发展统计公报\n一、综合\n全年地区生产总值256.3亿元，比上年增长6.1%。\n\
        二、财政金融\n一般公共预算收入12.6亿元，增长5.4%；一般公共预算支出38.2亿元。\n三、人口\n年末常住人口31.2万人。\n";
    let report = "关于南屏县2023年预算执行情况和2024年预算草案的报告\n一、2023年预算执行情况\n（一）一般公共预算收支情况\n\
        全县一般公共预算收入12.6亿元，为预算的101.2%。\n（二）政府性基金预算收支情况\n收入5.1亿元，下降20%。\n\
        （三）国有资本经营预算收支情况\n收入0.1亿元。\n二、2024年预算草案\n收入预算13.2亿元。\n";
    let audit = "南屏县审计局关于2022年度部门预算执行情况的审计结果公告\n一、基本情况\n南屏县农业农村局2022年度预算收入3,200万元。\n\
        二、审计发现的主要问题\n多计支出12.5万元。\n三、审计处理情况\n已整改10.2万元。\n";
    for text in [budget, news, list, speech, procurement, statistics, report, audit] {
        let reading = reading(text);
        assert!(!reading.is_disclosure && reading.claims.is_empty(), "{text}");
    }
}

#[test]
fn what_is_no_figure_is_not_claimed() {
    let text = "南屏县档案局2023年度部门决算\n第一部分 概况\n一、主要职责\n\
        （一）根据《条例》第12条，负责3000平方米以下场所审批；承担24小时值班；落实2035年远景目标。\n\
        （二）执行国办发〔2019〕12号、省政府令第235号，每5年修订一次，受理12345热线，负责国道109沿线，应对“23·7”洪水。\n\
        （三）每年5月至6月、9月1日至10月15日巡查；管理限额500万元以下项目，地址：人民路18号3幢501室。\n\
        第二部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n2023年度收、支总计120.5万元。\n\
        第三部分 名词解释\n一、财政拨款收入：指2023年取得的资金，占比100%。\n";
    let reading = reading(text);
    let printed: Vec<&str> = reading.claims.iter().map(|claim| claim.printed.as_str()).collect();
    assert_eq!(printed, ["120.5"]);
    assert_eq!(reading.unclaimed, 0);
}

#[test]
fn a_nil_statement_declares_zero_and_a_form_left_empty_states_nothing() {
    let text = "南屏县档案局2023年度部门决算\n一、政府性基金预算财政拨款收入支出决算情况说明\n\
        本部门2023年度无政府性基金预算财政拨款收入和支出。\n二、政府采购支出情况说明\n政府采购支出总额XX万元。\n";
    let reading = reading(text);
    let items: Vec<&str> = reading.claims.iter().map(|claim| claim.item.as_str()).collect();
    assert_eq!(items, ["政府性基金预算财政拨款收入", "政府性基金预算财政拨款支出"]);
    assert!(reading.claims.iter().all(|claim| claim.kind == ClaimKind::Nil && claim.sign == 0));
    assert!(text.contains("XX"));
}

#[test]
fn a_figure_of_another_year_carries_it() {
    let text = "南屏县档案局2023年度部门决算\n一、年末结转和结余情况说明\n\
        2023年年末结转和结余12.5万元；2022年年末结转和结余20.3万元，占比3.1%。与2022年度相比，减少7.8万元。\n\
        二、支出决算情况说明\n本年支出合计98.6万元，比2022年度支出决算数90.4万元增加8.2万元，主要原因是支付2021年设备尾款5.1万元。\n\
        其中使用2022年结转资金3.3万元。2022年（不含基建）支出90.4万元，自2019年以来累计培训60人。\n";
    let years: Vec<(String, Option<i32>)> =
        reading(text).claims.iter().map(|claim| (claim.printed.clone(), claim.year)).collect();
    let other: Vec<(&str, i32)> =
        years.iter().filter_map(|(printed, year)| Some((printed.as_str(), (*year)?))).collect();
    assert_eq!(other, [("20.3", 2022), ("3.1", 2022), ("90.4", 2022)], "{years:?}");
    assert_eq!(years.len(), 11);
}

#[test]
fn an_amount_glued_to_a_year_is_cut_off_and_marked() {
    let text = |amount: &str| {
        format!(
            "南屏县档案局2020年度部门决算\n一、支出决算情况说明\n本年支出合计520.1万元，与{amount}相比增加21.27万元。\n"
        )
    };
    let glued = reading(&text("2019498.83万元"));
    let claim = &glued.claims[1];
    assert_eq!((claim.printed.as_str(), claim.unit.as_str(), claim.kind.as_str()), ("498.83", "万元", "approximate"));
    assert_eq!(claim.measure, "prior_year");
    assert_eq!(glued.claims[2].measure, "change_vs_prior_year");
    assert!(glued.findings.iter().any(|finding| finding.check_id == "extract.glued_year"));
    // Another year, or an amount a department may well have, stays whole.
    for amount in ["2015498.83万元", "2019498.83元"] {
        let whole = reading(&text(amount));
        assert!(amount.starts_with(&whole.claims[1].printed), "{amount}");
        assert!(whole.findings.is_empty(), "{amount}");
    }
}

#[test]
fn each_of_two_totals_keeps_its_own_changes() {
    let text = "南屏县档案局2023年度部门决算\n一、收入支出决算总体情况说明\n\
        2023年度收、支总计各是520.10，498.20万元；各减少26.30，31.40万元，各下降4.81%、5.93%。\n\
        二、支出决算情况说明\n基本支出300.10万元，项目支出198.10万元，与上年相比分别增加10.20万元、5.30万元，均增长3.5%。\n";
    let items: Vec<(String, String)> =
        reading(text).claims.iter().map(|claim| (claim.printed.clone(), claim.item.clone())).collect();
    let of = |printed: &str| items.iter().find(|(known, _)| known == printed).map_or("", |(_, item)| item.as_str());
    for (printed, item) in [
        ("520.10", "收入总计"),
        ("498.20", "支出总计"),
        ("26.30", "收入总计"),
        ("31.40", "支出总计"),
        ("4.81", "收入总计"),
        ("5.93", "支出总计"),
        ("10.20", "基本支出"),
        ("5.30", "项目支出"),
    ] {
        assert_eq!(of(printed), item, "{printed}: {items:?}");
    }
}

#[test]
fn the_counted_thing_is_the_body_or_the_act() {
    let text = "南屏县档案局2023年度部门决算\n一、绩效评价情况说明\n\
        全年完成了全县28家企业档案管理现场调研，检查县直单位和各乡镇140次、560家次，慰问困难群众36人次。\n\
        二、收入决算情况说明\n本年收入合计98.6万元。\n";
    let reading = reading(text);
    let items: Vec<&str> = reading.claims.iter().map(|claim| claim.item.as_str()).collect();
    assert_eq!(items, ["企业", "检查", "检查", "困难群众", "本年收入合计"]);
}

#[test]
fn several_numbers_after_one_word_go_to_the_subjects_in_order() {
    let text = "南屏县档案局2023年度部门决算\n一、收入决算情况说明\n\
        本年收入100.00万元，其中财政拨款收入80.00万元、事业收入15.00万元、其他收入5.00万元，分别占80%、15%、5%。\n\
        二、支出决算情况说明\n本年支出90.00万元，其中基本支出60.00万元、项目支出30.00万元，分别占支出合计的66.7%和33.3%。\n";
    let reading = reading(text);
    let shares: Vec<(&str, &str)> = reading
        .claims
        .iter()
        .filter(|claim| claim.measure == "share_percent")
        .map(|claim| (claim.printed.as_str(), claim.item.as_str()))
        .collect();
    assert_eq!(
        shares,
        [("80", "财政拨款收入"), ("15", "事业收入"), ("5", "其他收入"), ("66.7", "基本支出"), ("33.3", "项目支出")]
    );
}

/// Each of two reasons goes to the change its own words name, whichever change was told last.
#[test]
fn a_reason_goes_to_the_change_its_words_name() {
    let text = "南屏县档案局2023年度部门决算\n六、“三公”经费支出决算情况说明\n“三公”经费比2022年度减少3.59万元，\
        其中：公务用车运行维护费减少3.89万元；公务接待费增加0.30万元。公务用车运行维护费减少的主要原因是合理用车。\
        公务接待费增加的主要原因是新增接待。\n";
    let reading = reading(text);
    let reasons: Vec<(&str, &str)> = reading
        .claims
        .iter()
        .filter(|claim| !claim.reason.is_empty())
        .map(|claim| (claim.printed.as_str(), claim.reason.as_str()))
        .collect();
    assert_eq!(reasons, [("3.89", "合理用车"), ("0.30", "新增接待")]);
}

#[test]
fn reasons_stay_with_the_change_they_explain() {
    let text = "南屏县档案局2023年度部门决算\n一、收入支出决算总体情况说明\n\
        2023年度收、支总计120.5万元，比上年减少3.2万元，下降2.6%，主要原因是人员退休2人。\n";
    let reading = reading(text);
    let change = reading.claims.iter().find(|claim| claim.measure == "change_vs_prior_year").unwrap();
    assert_eq!((change.sign, change.reason.as_str()), (-1, "人员退休2人"));
    assert_eq!(reading.claims.last().map(|claim| claim.unit.as_str()), Some("人"));
}

#[test]
fn a_huge_line_ends_with_a_finding() {
    let head = "南屏县档案局2023年度部门决算\n一、收入支出决算总体情况说明\n";
    let text = format!("{head}{}", "本年收入合计1,234.56万元，比上年增加2万元，".repeat(800_000));
    let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document.findings.len(), 1);
    assert!(narrative::read(&document, &rules(), &PlaceHint::default()).is_disclosure);
}
