//! Sentences of made-up texts, each with what must be told of it: parts and wholes, lists that stop, whose an amount is.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{rows, run};

/// The checks that tell an error or a warning of each text, in order.
fn told(texts: &[&str]) -> Vec<Vec<String>> {
    const NAMES: [char; 10] = ['东', '南', '西', '北', '春', '夏', '秋', '冬', '梅', '兰'];
    let work = tempfile::tempdir().unwrap();
    let source = work.path().join("sources");
    fs::create_dir(&source).unwrap();
    for (at, text) in texts.iter().enumerate() {
        let name = format!("青岚县{}{}小学", NAMES[at / 10], NAMES[at % 10]);
        fs::write(source.join(format!("{at:02}.txt")), format!("{name}2018年度部门决算说明\n{text}")).unwrap();
    }
    assert!(run(&source, work.path(), &["--accept"]).status.success());
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(&work.path().join("extracts/findings.csv")) {
        if ["error", "warning"].contains(&row["severity"].as_str()) {
            found.entry(row["file"].clone()).or_default().push(row["check_id"].clone());
        }
    }
    let mut checks = |at| {
        let mut checks = found.remove(&format!("{at:02}.txt")).unwrap_or_default();
        checks.sort();
        checks.dedup();
        checks
    };
    (0..texts.len()).map(&mut checks).collect()
}

fn assert_told(cases: &[(&str, &[&str])]) {
    let texts: Vec<&str> = cases.iter().map(|(text, _)| *text).collect();
    let wrong: Vec<String> = cases
        .iter()
        .zip(told(&texts))
        .filter(|((_, wanted), told)| told != wanted)
        .map(|((text, wanted), told)| format!("{text}\nwanted {wanted:?}, told {told:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn lists_that_stop_before_their_end_accuse_nobody() {
    assert_told(&[
        ("（一）收入决算说明\n本年收入合计300.00万元，其中：财政拨款收入280.00万元，", &[]),
        ("（一）收入决算说明\n本年收入合计300.00万元，其中：财政拨款收入280.00万元，其他收入10.00万元。", &["N-01"]),
        (
            "（一）收入决算说明\n本年收入合计300.00万元，其中：财政拨款收入280.00万元，\n其他收入10.00万元。\n\
             （二）支出决算说明\n本年支出合计300.00万元。",
            &["N-01"],
        ),
        ("（二）支出决算说明\n本年支出合计300.00万元，其中：基本支出280.00万元，", &[]),
        ("（二）支出决算说明\n本年支出合计300.00万元，其中：基本支出280.00万", &[]),
        // Only the stop is missing.
        ("（二）支出决算说明\n本年支出合计300.00万元，其中：基本支出280.00万元，项目支出10.00万元", &["N-02"]),
        ("（二）支出决算说明\n本年支出合计300.00万元，其中：基本支出280.00万元，项目支出10.00万元。", &["N-02"]),
        // Shares that are those of the parts and leave more than their last digits do.
        ("（一）收入决算说明\n本年收入合计300.00万元，其中：财政拨款收入299.10万元，占收入合计的99.70%。", &[]),
        (
            "（一）收入决算说明\n本年收入合计300.00万元，其中：财政拨款收入280.00万元，占收入合计的93.33%；\
             其他收入10.00万元，占收入合计的6.67%。",
            &["N-01", "N-01b"],
        ),
        // The share of a part of a part is no further share.
        (
            "（一）收入决算说明\n本年收入合计300.00万元。\n1.财政拨款收入280.00万元，占收入合计的93.33%。\
             其中：一般公共预算财政拨款收入280.00万元，占收入合计的93.33%。",
            &[],
        ),
    ]);
}

#[test]
fn the_whole_of_a_share_is_not_the_item() {
    let section = "五、一般公共预算财政拨款支出决算情况说明\n2018年度一般公共预算财政拨款支出700.00万元，";
    let text = |rest: &str| format!("{section}{rest}");
    let holds = text("占本年支出1,000.00万元的70.00%，与2017年650.00万元相比，增加50.00万元，增长7.69%。");
    let of_total = text("占本年支出合计1,000.00万元的60.00%。");
    let of_all = text("占本年支出1,000.00万元的60.00%。");
    assert_told(&[
        (&holds, &[]),
        (&of_all, &["N-03b"]),
        (&of_total, &["N-03b"]),
        (
            "三、支出决算情况\n本年支出合计800.00万元（上年790.00万元）。其中：基本支出600.00万元（上年590.00万元），占75.0%；\
             项目支出200.00万元（上年200.00万元），占25.0%。",
            &[],
        ),
        (
            "五、一般公共预算财政拨款支出决算情况说明\n本年支出700.00万元，完成预算的100%。其中：基本支出500.00万元，占71.43%；\
             项目支出200.00万元，占28.57%。",
            &[],
        ),
        ("三、收入决算情况\n2018年度财政拨款收入700.00万元，占本年收入1,000.00万元的70.00%。", &[]),
        ("三、收入决算情况\n2018年度财政拨款收入700.00万元，占本年收入1,000.00万元的60.00%。", &["N-01b"]),
    ]);
}

#[test]
fn an_amount_is_of_what_is_named_before_it() {
    let assets = "四、资产情况\n2018年底，资产总额500.00元，其中：流动资产20.00元、固定资产480.00元。";
    let in_brackets = format!(
        "{assets}固定资产主要为房屋（2,590平方米，400.00元）、一般公务用车（1辆，30.00元）及其他固定资产（50.00元）。"
    );
    // Within the total they may be net, beside it at cost.
    let net_and_at_cost = format!("{assets}固定资产450.00元，主要为房屋（2,590平方米，400.00元）。");
    let stated_twice = net_and_at_cost.replace("资产总额500.00元，其中：流动资产20.00元、", "");
    let total = "二、收入支出决算总体情况说明\n2018年度收、支总计1,000.00万元，比上年增加100.00万元，增长11.11%，主要原因是调资。\n";
    let picture = format!("{total}912.00万元\n（图1）");
    let again = format!("{total}2018年度收、支总计912.00万元。");
    let prior = "五、一般公共预算财政拨款支出决算情况说明\n2018年度一般公共预算财政拨款支出15.00万元。\
                 与2017年度一般公共预算财政拨款支出60.00万元相比，一般公共预算财政拨款支出减少45.00万元，";
    let wrong_growth = format!("{prior}降低70.00%。");
    let right_growth = format!("{prior}降低75.00%。");
    let year = "三、支出决算情况说明\n本年支出合计2,000.00万元，其中：基本支出1,200.00万元，占60.00%；项目支出800.00万元，占40.00%。\
                项目支出中，疫情防控支出800.00万元";
    let of_year = format!("{year}。\n与2017年相比，支出增加600.00万元，增长42.86%，主要是调资。");
    let of_item = format!("{year}，与2017年相比增加600.00万元，增长300.00%。");
    assert_told(&[
        (&in_brackets, &[]),
        (&net_and_at_cost, &[]),
        (&stated_twice, &["N-27"]),
        (&picture, &[]),
        (&again, &["N-27"]),
        (&wrong_growth, &["N-09"]),
        (&right_growth, &[]),
        (&of_year, &[]),
        (&of_item, &[]),
    ]);
}

#[test]
fn what_is_named_anew_is_the_whole_of_the_parts_behind_it() {
    let income = "一、收入决算情况说明\n2018年度收入总计1200.00万元，其中年初结转和结余100.00万元；较2017年增加200.00万元，\
                  增长20.00%；本年收入合计1100.00万元，较2017年增加100.00万元，增长10%，主要原因是：学生增加。";
    let of_year = format!("{income}本年收入的具体构成为：财政拨款收入1045.00万元，占95%；其他收入55.00万元，占5%。");
    let of_total = format!(
        "{income}收入总计的具体构成为：财政拨款收入1044.00万元，占87%；其他收入56.00万元，占4.67%；年初结转和结余100.00万元，\
         占8.33%。"
    );
    let spent = "二、支出决算情况说明\n2018年度支出总计1200.00万元，其中本年支出合计1150.00万元，较2017年增加130.00万元，\
                 增长12.75%，主要原因是：人员增加；年末结转和结余50.00万元，较2017年减少50.00万元，下降50.00%。本年支出的具体构成为：";
    let holds = format!("{spent}基本支出920.00万元，占80%；项目支出230.00万元，占20%。");
    let breaks = format!("{spent}基本支出900.00万元，占80%；项目支出230.00万元，占20%。");
    assert_told(&[(&of_year, &[]), (&of_total, &[]), (&holds, &[]), (&breaks, &["N-02", "N-02b"])]);
}

#[test]
fn sums_and_shares_are_tested_in_the_overall_section_too() {
    assert_told(&[
        (
            "三、收支决算总体情况\n2018年本年收入合计561.87万元，其中：财政拨款收入557.09万元，占99.99%；上级补助收入557.09万元，\
             占99.99%；其他收入4.78万元，占0.01%。",
            &["N-01d", "N-01e"],
        ),
        (
            "三、收支决算总体情况\n2018年本年支出合计500.00万元，其中：基本支出200.00万元，占40.00%；项目支出250.00万元，占60.00%。",
            &["N-01e", "N-02f"],
        ),
        // The shares say that these are parts of another total.
        (
            "（一）收入决算总体情况\n2018年度收入决算450.00万元，其中：本年收入430.00万元，占总收入95.56%，包括财政拨款收入410.00万元，\
             占总收入91.11%；事业收入0万元，占总收入0%。",
            &[],
        ),
        (
            "一、收入支出决算总体情况说明\n2018年度收入总计1,000.00万元，其中：财政拨款收入900.00万元，上年结转100.00万元；\
             支出总计1,000.00万元，其中：基本支出800.00万元，年末结转200.00万元。",
            &[],
        ),
        (
            "三、收支决算总体情况\n2018年本年收入合计1,000.00万元，比上年增加100.00万元，其中：财政拨款收入增加80.00万元，\
             其他收入增加20.00万元。",
            &[],
        ),
        (
            "一、收入决算情况说明\n2018年度收入总计1200.00万元，其中年初结转和结余100.00万元；本年收入合计1150.00万元。",
            &["N-35h"],
        ),
        ("一、收入决算情况说明\n2018年度收入总计1200.00万元，其中年初结转和结余100.00万元。", &[]),
        (
            "（一）收入决算情况。\n2018年度，收入总计为750.50万元，其中：\n1.财政拨款收入728.00万元。\n2.上级补助收入0万元。\n\
             3.上年结转和结余32.50万元。",
            &["N-35j"],
        ),
        (
            "一、收支决算总体情况说明\n2018年本年收入合计556.00万元，上年结余转入41.00万元，合计收入：598.00万元。",
            &["N-35"],
        ),
        (
            "三、支出决算情况说明\n2018年度支出合计525.00万元，比上年减少59.00万元，其中：基本支出445.00万元，\
             比上年减少62.00万元；项目支出80.00万元，比上年增加2.00万元。",
            &["N-02g"],
        ),
    ]);
}
