//! What a sentence takes over from words before it: a heading, a bracket that closes, what a budget left, a year.

use juesuan::inner::decode::{Limits, decode_text};
use juesuan::inner::extract::narrative::{self, Rules};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;

/// Printed number, item, measure and basis of what these paragraphs of a section state.
fn stated(section: &str, paragraphs: &str) -> Vec<String> {
    let rules = Rules::load(&Project::built_in()).unwrap_or_else(|error| panic!("{error}"));
    let text = format!("青溪县档案馆2020年度部门决算\n一、{section}决算情况说明\n{paragraphs}");
    let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
    let reading = narrative::read(&document, &rules, &PlaceHint::default());
    assert!(reading.is_disclosure, "{text}");
    let claims = reading.claims.iter();
    claims.map(|claim| format!("{} {} {} {}", claim.printed, claim.item, claim.measure, claim.basis)).collect()
}

#[test]
fn an_account_is_of_the_heading_whose_budget_the_sentence_states() {
    let section = "一般公共预算财政拨款收入支出";
    let of_income = "一般公共预算财政拨款收入：\n年初预算为20.00万元，支出决算为30.00万元，完成年初预算的150%。";
    assert_eq!(
        stated(section, of_income),
        [
            "20.00 一般公共预算财政拨款收入 initial_budget ",
            "30.00 一般公共预算财政拨款收入 final_account ",
            "150 一般公共预算财政拨款收入 completion_percent 年初预算",
        ]
    );
    // Behind the account of the heading 支出决算 is the other side.
    let of_both = "一般公共预算财政拨款收入：\n收入决算为30.00万元，支出决算为28.00万元。";
    assert_eq!(
        stated(section, of_both),
        ["30.00 一般公共预算财政拨款收入 final_account ", "28.00 一般公共预算财政拨款支出 final_account "]
    );
}

#[test]
fn behind_a_bracket_that_ends_in_a_balance_words_are_about_what_stands_before_it() {
    let of_fund = "2020年，政府性基金预算收入400万元（其中：土地出让金10万元，上年结转90万元），较上年下降20%。";
    let claims = stated("政府性基金预算财政拨款收入支出", of_fund);
    assert_eq!(claims.last().unwrap(), "20 政府性基金预算财政拨款收入 change_percent 上年", "{claims:?}");
    // Without a bracket it is the total, too.
    let of_total = "2020年度收入总计402万元，其中年初结转和结余36万元，较上年增加2万元。";
    let claims = stated("收入支出", of_total);
    assert_eq!(claims.last().unwrap(), "2 收入总计 change_vs_prior_year 上年", "{claims:?}");
}

#[test]
fn what_is_left_of_a_budget_is_not_what_the_next_sentence_compares() {
    let section = "“三公”经费支出";
    let spent = "“三公”经费全年预算52万元，实际支出40万元，完成76.92%，结余12万元。";
    let compared = "与上年决算数50万元相比减少10万元，下降20%。";
    for text in [format!("{spent}{compared}"), format!("{spent}\n{compared}")] {
        let claims = stated(section, &text);
        let tail = [
            "50 “三公”经费 prior_year 上年",
            "10 “三公”经费 change_vs_prior_year 上年",
            "20 “三公”经费 change_percent 上年",
        ];
        assert!(claims.ends_with(&tail.map(str::to_owned)), "{claims:?}");
    }
    // A balance of the accounts is compared itself.
    let balance = "2020年末结转和结余12万元。\n比上年减少3万元。";
    let claims = stated("财政拨款结转和结余", balance);
    assert!(claims.last().unwrap().contains("结余 change_vs_prior_year"), "{claims:?}");
}

#[test]
fn parts_of_what_was_spent_last_year_are_of_last_year() {
    let section = "“三公”经费支出";
    let both = "上年度“三公”经费支出20万元，其中公务用车运行维护费15万元、公务接待费5万元。\
                本年“三公”经费支出8万元，其中公务用车运行维护费6万元、公务接待费2万元。";
    assert_eq!(
        stated(section, both),
        [
            "20 “三公”经费 prior_year 上年",
            "15 公务用车运行维护费 prior_year 上年",
            "5 公务接待费 prior_year 上年",
            "8 “三公”经费 final_account ",
            "6 公务用车运行维护费 final_account ",
            "2 公务接待费 final_account ",
        ]
    );
    // A change behind such an amount is against it, behind an amount of this year against the budget before.
    let against = |year: &str, rate: &str| {
        stated(section, &format!("“三公”经费年初预算16万元；{year}年支出14万元，减少2万元，下降{rate}%。"))
    };
    assert_eq!(against("2019", "14.29").last().unwrap(), "14.29 “三公”经费 change_percent 上年");
    assert_eq!(against("2020", "12.50").last().unwrap(), "12.50 “三公”经费 change_percent 年初预算");
    // What is compared with last year has parts of its own year.
    for of_this_year in ["本年“三公”经费支出8万元（上年20万元）", "“三公”经费比上年20万元减少12万元"]
    {
        let claims = stated(section, &format!("{of_this_year}，其中公务用车运行维护费6万元、公务接待费2万元。"));
        let parts = ["6 公务用车运行维护费 final_account ", "2 公务接待费 final_account "];
        assert!(claims.ends_with(&parts.map(str::to_owned)), "{claims:?}");
    }
}
