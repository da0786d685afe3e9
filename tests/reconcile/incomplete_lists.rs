//! A text that describes some of its items accuses nobody of a wrong sum; one that shows its list to be whole may be wrong.

use std::fs;

use crate::common::{rows, run};

/// The findings of one text with their severity, by check.
fn findings(body: &str) -> Vec<(String, String)> {
    let work = tempfile::tempdir().unwrap();
    let source = work.path().join("sources");
    fs::create_dir(&source).unwrap();
    let text = format!("青岚县水利局2022年度部门决算说明\n{body}");
    fs::write(source.join("2022年度青岚县水利局部门决算说明.txt"), text).unwrap();
    assert!(run(&source, work.path(), &["--accept"]).status.success());
    let findings = rows(&work.path().join("extracts/findings.csv"));
    findings.iter().map(|row| (row["severity"].clone(), row["check_id"].clone())).collect()
}

fn errors(body: &str) -> Vec<String> {
    findings(body).into_iter().filter(|(severity, _)| severity == "error").map(|(_, check)| check).collect()
}

#[test]
fn items_under_headings_of_their_own_are_one_list_and_need_not_be_all() {
    let body = "一、一般公共预算财政拨款支出决算具体情况\n\
                2022年度一般公共预算财政拨款支出年初预算为90.00万元，支出决算为100.00万元，其中：\n\
                1.农林水支出（类）水利（款）行政运行（项）。\n年初预算为40.00万元，支出决算为45.00万元。\n\
                2.农林水支出（类）水利（款）防汛（项）。\n年初预算为10.00万元，支出决算为15.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("支出决算为15.00", "支出决算为85.00")), ["N-03"]);
}

#[test]
fn a_source_that_no_list_knows_may_stand_in_a_line_of_its_own() {
    let body = "一、收入决算情况说明\n2022年度本年收入合计1000.00万元。\n1、财政拨款收入200.00万元。\n2、食堂收入800.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("食堂收入800.00", "食堂收入790.00")), ["N-01"]);
    // 医疗收入 may be a part of 事业收入, or a source beside it.
    let part = body.replace("食堂收入800.00万元", "事业收入800.00万元，其中医疗收入750.00万元");
    assert_eq!(errors(&part), Vec::<String>::new());
    let beside = body.replace("食堂收入800.00万元", "事业收入50.00万元。\n3、医疗收入750.00万元");
    assert_eq!(errors(&beside), Vec::<String>::new());
    assert_eq!(errors(&beside.replace("750.00", "740.00")), ["N-01"]);
    // Several of them are of one paragraph, whatever else its section holds.
    let body = "一、“三公”经费支出决算具体情况\n\
                公务用车运行维护费1.33万元，其中：租车费0.20万元；燃料费0.61万元；维修费0.30万元；保险费0.22万元。\n\
                食堂开支3.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("保险费0.22", "保险费0.21")), ["N-13"]);
    // One or two of them are no list.
    let two = body.replace("；维修费0.30万元；保险费0.22万元", "等");
    assert_eq!(errors(&two), Vec::<String>::new());
}

#[test]
fn shares_that_add_up_to_a_hundred_show_a_list_to_be_whole() {
    let body = "一、一般公共预算财政拨款支出决算结构情况\n\
                2022年度一般公共预算财政拨款支出100.00万元，主要用于以下方面：农林水支出60.00万元，占60%；\
                卫生健康支出25.00万元，占25%；住房保障支出15.00万元，占15%。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    let short = body.replace("住房保障支出15.00", "住房保障支出12.00");
    assert!(errors(&short).contains(&"N-03".to_owned()), "{:?}", errors(&short));
}

#[test]
fn a_share_is_worked_out_of_the_whole_its_section_is_about() {
    let body = "一、“三公”经费财政拨款支出决算情况说明\n\
                2022年度“三公”经费支出58.00万元，比上年增加6.00万元。\n\
                公务用车运行维护费支出55.10万元，占95%；公务接待费支出2.90万元，占5%。\n";
    let told = |body: &str| findings(body).iter().filter(|(_, check)| check == "N-14c").count();
    assert_eq!(told(body), 0);
    assert_eq!(told(&body.replace("占5%", "占6%")), 1);
}

#[test]
fn economic_lines_belong_to_the_head_that_is_named_before_them() {
    let body = "一、支出决算情况说明\n\
                2022年度基本支出57.00万元，项目支出15.00万元。基本支出中，工资福利支出46.00万元，商品和服务支出11.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    let own = body.replace("基本支出中，", "项目支出中，");
    assert_eq!(errors(&own), ["N-05b"]);
}

/// 约 at the end of 节约 makes no amount approximate: the change is compared.
#[test]
fn what_was_saved_is_an_exact_amount() {
    let body = "一、一般公共预算财政拨款支出决算具体情况\n\
                机关事业单位基本养老保险缴费支出35.18万元，年初预算36.00万元，节约0.82万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("节约0.82", "节约1.82")), ["N-07"]);
    assert_eq!(errors(&body.replace("节约0.82", "节约约1.82")), Vec::<String>::new());
}

/// The money a sentence names is what its share is of: 财政拨款 may be more than the general budget of its section.
#[test]
fn a_share_is_of_the_money_its_sentence_names() {
    let body = "一、财政拨款收入支出决算总体情况说明\n\
                2022年度财政拨款收、支总计75.00万元。\n\
                二、一般公共预算财政拨款支出决算情况说明\n\
                2022年度一般公共预算财政拨款支出60.00万元，主要用于以下方面：农林水支出45.00万元，占本年财政拨款支出60.0%；\
                住房保障支出15.00万元，占本年财政拨款支出20.0%。\n";
    let told = |body: &str| findings(body).iter().filter(|(_, check)| check == "N-03b").count();
    assert_eq!(told(body), 0);
    assert_eq!(told(&body.replace("占本年财政拨款支出60.0%", "占本年财政拨款支出61.0%")), 1);
    assert_eq!(told(&body.replace("占本年财政拨款支出60.0%", "占一般公共预算财政拨款支出60.0%")), 1);
}

#[test]
fn a_total_is_no_share_of_itself() {
    let body = "一、一般公共预算财政拨款支出决算情况说明\n\
                2022年度一般公共预算财政拨款支出60.00万元。\n\
                2022年度一般公共预算财政拨款支出60.00万元，占本年支出合计的80.00%。\n";
    let whole =
        format!("一、支出决算情况说明\n2022年度本年支出合计75.00万元。\n{}", body.replace("一、一般", "二、一般"));
    let told = |body: &str| findings(body).iter().filter(|(_, check)| check == "N-03b").count();
    assert_eq!(told(body), 0);
    assert_eq!(told(&whole), 0);
    assert_eq!(told(&whole.replace("80.00%", "81.00%")), 1);
}

#[test]
fn what_no_list_knows_may_be_the_missing_addend() {
    let body = "一、收入决算情况说明\n\
                本年收入合计90.00万元，其中：财政拨款收入70.00万元；财政专户管理教育收费12.00万元；其他收入8.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("其他收入8.00", "其他收入6.00")), ["N-01"]);
}

#[test]
fn vehicles_of_kinds_that_no_list_knows_are_vehicles() {
    let body = "一、国有资产占用情况\n\
                期末共有车辆16辆，其中：一般公务用车4辆、一般执法执勤用车3辆、采血车5辆、其他用车4辆。\n";
    let told = |body: &str| findings(body).iter().filter(|(_, check)| check == "N-25").count();
    assert_eq!(told(body), 0);
    assert_eq!(told(&body.replace("执勤用车3辆", "执勤用车2辆")), 1);
}

#[test]
fn parts_are_of_what_they_are_counted_in() {
    let told = |body: &str| findings(body).iter().filter(|(_, check)| check == "N-19").count();
    let visits = "一、“三公”经费财政拨款支出决算情况说明\n\
                  国内公务接待41批次（其中外事接待2批次），298人次。\n";
    assert_eq!(told(visits), 0);
    assert_eq!(told(&visits.replace("外事接待2批次", "外事接待52批次")), 1);
    let units = "一、部门概况\n本部门决算由厅机关和8个所属单位汇总而成，其中行政单位1个，事业单位8个。\n\
                 二、支出决算情况说明\n2022年度本年支出合计75.00万元。\n";
    assert_eq!(told(units), 0);
    assert_eq!(told(&units.replace("由厅机关和8个", "由8个")), 1);
}

#[test]
fn totals_told_in_prose_are_the_sum_of_year_and_balances() {
    let body = "一、收入支出决算总体情况说明\n\
                2022年度收入总计90.00万元，其中：本年收入合计80.00万元，年初结转和结余10.00万元。\n\
                2022年度支出总计90.00万元，其中：本年支出合计70.00万元，结余分配5.00万元，年末结转和结余15.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("年初结转和结余10.00", "年初结转和结余11.00")), ["N-35"]);
    assert_eq!(errors(&body.replace("年末结转和结余15.00", "年末结转和结余51.00")), ["N-35b"]);
}

#[test]
fn economic_lines_behind_two_heads_may_be_of_both() {
    let body = "一、支出决算情况说明\n\
                全年支出90.00万元。按支出性质划分：基本支出70.00万元，项目支出20.00万元。\
                按支出用途划分：工资福利支出60.00万元，商品和服务支出30.00万元。\n";
    assert_eq!(errors(body), Vec::<String>::new());
    assert_eq!(errors(&body.replace("按支出用途划分", "其中项目支出按用途划分")), ["N-05b"]);
}
