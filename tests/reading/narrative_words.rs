//! What texts say without numbers becomes claims with a code, through the built program; and what `inspect` advises
//! where a name is nearly a listed one.

use std::collections::BTreeMap;
use std::fs;

use crate::common;

const TEXT: &str = "云溪县档案馆2022年度部门决算
第三部分 2022年度部门决算情况说明
一、收入支出决算总体情况说明
2022年度收、支总计100.00万元，与上年基本持平。
七、“三公”经费支出决算情况说明
因公出国（境）费未发生支出。公务接待费1.00万元，与年初预算数持平。
八、政府性基金预算财政拨款收入支出决算情况说明
本部门2022年度无政府性基金预算财政拨款收入和支出。
十、预算绩效情况说明
“档案数字化”项目绩效自评综述：项目自评得分为96.8分，评价等级为“优”。绩效评级为“良”的项目2个。
自评表已随部门决算在门户网站公开。
";

#[test]
fn facts_that_are_words_have_a_code_and_no_number() {
    let folder = tempfile::tempdir().unwrap();
    // Six decimals of 万元 are exact yuan: a column that may be empty keeps them all.
    let text = format!("{TEXT}十一、机关运行经费支出情况\n机关运行经费支出587.738628万元。\n");
    let source = folder.path().join("source");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("说明.txt"), text).unwrap();
    let ran = common::run(&source, folder.path(), &["--accept"]);
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let mut read = csv::Reader::from_path(folder.path().join("extracts/claims.csv")).unwrap();
    let rows: Vec<BTreeMap<String, String>> = read.deserialize().map(Result::unwrap).collect();
    let mut words: Vec<[&str; 5]> = rows
        .iter()
        .filter(|row| !row["word_code"].is_empty())
        .map(|row| ["line", "word_code", "item", "measure", "value"].map(|column| row[column].as_str()))
        .collect();
    words.sort_unstable();
    assert_eq!(
        words,
        [
            ["10", "grade.excellent", "“档案数字化”项目", "grade", ""],
            ["11", "publication.done", "自评表", "publication", ""],
            ["4", "change.about_none", "收入支出总计", "change_vs_prior_year", "0"],
            ["6", "change.none", "公务接待费", "change_vs_budget", "0"],
            ["6", "nothing.not_occurred", "因公出国（境）费", "final_account", "0"],
            ["8", "nothing.no_such_spending", "政府性基金预算财政拨款支出", "final_account", "0"],
            ["8", "nothing.no_such_spending", "政府性基金预算财政拨款收入", "final_account", "0"],
        ]
    );
    assert!(rows.iter().any(|row| row["value"] == "587.738628" && row["amount_yuan"] == "5877386.28"));
    // A grade that counts projects is a number.
    assert!(rows.iter().any(|row| row["printed"] == "2" && row["measure"] == "count" && row["word_code"].is_empty()));
    let asked = common::juesuan()
        .args(["query", "--format", "csv", "--warehouse"])
        .arg(folder.path().join("w.duckdb"))
        .arg("SELECT count(*) AS n FROM core.fact_claim WHERE claim_kind = 'worded' AND value IS NULL")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&asked.stdout).contains('2'), "{asked:?}");
}

#[test]
fn inspect_names_the_row_that_adds_a_name_nearly_listed() {
    let folder = tempfile::tempdir().unwrap();
    let text = "云溪县档案馆2022年度部门决算\n七、“三公”经费支出决算情况说明\n\
        “三公”经费支出9.00万元，其中：公务用车购置暨运行维护费8.00万元，公务接待费1.00万元。\n";
    let file = folder.path().join("说明.txt");
    fs::write(&file, text).unwrap();
    let shown = common::juesuan().arg("inspect").arg(&file).output().unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    let row = "公务用车购置及运行维护费,three_public.vehicles,,,公务用车购置暨运行维护费,,";
    let told: Vec<&str> = shown.lines().filter(|line| line.contains("add to pipelines/names/items.csv")).collect();
    assert_eq!(told.len(), 1, "{shown}");
    assert!(told[0].ends_with(row), "{told:?}");
    // The row is all it takes.
    let names = folder.path().join("pipelines/names");
    fs::create_dir_all(&names).unwrap();
    let listed = fs::read_to_string(common::checkout().join("pipelines/names/items.csv")).unwrap();
    fs::write(names.join("items.csv"), format!("{listed}{row}\n")).unwrap();
    let again = common::juesuan().arg("--project").arg(folder.path()).arg("inspect").arg(&file).output().unwrap();
    let again = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(
        again.contains("8.00万元  公务用车购置及运行维护费 | final_account") && !again.contains("is in no list"),
        "{again}"
    );
}

#[test]
fn counts_in_chinese_numerals_are_numbers_in_the_warehouse() {
    let (source, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let text = "示例区档案馆2023年度部门决算情况说明\n一、部门概况\n本部门内设二十一个科室。\n二、财政拨款三公经费情况\n\
                本年收入100.00万元。购置壹辆公务用车。\n三、绩效评价情况\n全年举办两期培训班。\n";
    std::fs::write(source.path().join("说明.txt"), text).unwrap();
    let ended = crate::common::run(source.path(), out.path(), &["--quiet", "--accept"]);
    assert!(ended.status.success(), "{}", crate::common::text(&ended.stderr));
    let claims = crate::common::rows(&out.path().join("extracts/claims.csv"));
    let counted = claims.iter().filter(|row| row["claim_kind"] == "chinese_numeral");
    let counted: Vec<_> = counted.map(|row| (row["printed"].as_str(), row["value"].as_str())).collect();
    assert_eq!(counted, [("二十一", "21"), ("壹", "1"), ("两", "2")]);
    let findings = crate::common::rows(&out.path().join("extracts/findings.csv"));
    assert!(findings.iter().all(|row| row["check_id"] != "claim.not_a_number"), "{findings:?}");
}
