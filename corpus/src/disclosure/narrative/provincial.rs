//! The central skeleton in the habits of several provinces: other comparators, other lists, other sections.

use std::collections::BTreeSet;

use crate::disclosure::accounts::{Line, Money, Pair};
use crate::reference::{economic_name, function_name, ordinal};

use super::script::Script;
use super::{Form, province_totals};

/// The words in which forms differ.
pub(super) struct Wording {
    /// Before a change against last year.
    pub prior: String,
    /// Between amount and percentage.
    pub between: &'static str,
    pub share: &'static str,
    /// Before the completion of the budget.
    pub completed: &'static str,
    /// Items without money are listed with zeros.
    pub zeros: bool,
}

impl Wording {
    /// `与2022年度相比，X` or `X比上年`.
    pub fn compared(&self, item: &str) -> String {
        if self.prior.starts_with('与') { format!("{}{item}", self.prior) } else { format!("{item}{}", self.prior) }
    }
}

fn wording(form: Form, year: i32) -> Wording {
    let before = year - 1;
    let (prior, between, share, completed, zeros) = match form {
        Form::Zhejiang => (format!("与{before}年度相比，"), "，", "占", "完成年初预算的", true),
        Form::Sichuan => (format!("与{before}年度相比，"), "，", "占", "完成预算", false),
        Form::Hunan => (format!("与{before}年度相比，"), "，", "占", "完成年初预算的", false),
        Form::Yunnan => ("较上年".into(), "、", "占总额的", "完成年初预算的", true),
        Form::Xinjiang => ("与上年相比，".into(), "，", "占", "完成年初预算的", false),
        Form::Chongqing => ("较上年决算数".into(), "，", "占", "完成年初预算的", false),
        Form::Hubei => ("比上年".into(), "、", "占本年比重", "完成年初预算的", false),
        _ => ("比上年".into(), "，", "占", "完成年初预算的", false),
    };
    Wording { prior, between, share, completed, zeros }
}

pub(super) fn write(s: &mut Script, form: Form) {
    let (year, name) = (s.a.year, s.a.entity.name.clone());
    let kind = if s.a.entity.is_unit { "单位" } else { "部门" };
    let w = wording(form, year);
    if form == Form::Yunnan {
        s.plain("监督索引号53000000000000000");
    }
    s.plain(format!("{year}年度{name}{kind}决算"));
    s.plain(format!("第一部分 {name}概况")).plain("一、主要职责");
    s.plain("（一）贯彻执行国家有关法律法规和方针政策。").plain("（二）承担政府交办的其他事项。");
    s.plain(format!("第二部分 {year}年度{kind}决算表")).plain("决算公开表格详见附件。");
    s.plain(format!("第三部分 {year}年度{kind}决算情况说明"));
    if form != Form::Yunnan {
        province_totals::overall(s, form, &w);
    }
    province_totals::income_and_spending(s, form, &w);
    general(s, form, &w);
    basic(s);
    three_public(s, &w);
    other_books(s, form);
    others(s, form, &w);
    s.plain("第四部分 名词解释");
    s.plain("一、财政拨款收入：指单位本年度从本级财政部门取得的财政拨款。");
}

fn general(s: &mut Script, form: Form, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    let item = "一般公共预算财政拨款支出";
    let lines: Vec<Line> = a.lines.iter().filter(|line| line.money == Money::General).cloned().collect();
    let section = "一般公共预算财政拨款支出决算情况说明";
    s.numbered(section);
    s.section(format!("（一）{item}决算总体情况"), &format!("{section}/总体情况"));
    s.say(format!("{year}年度{item}")).actual(item, a.general()).say("，占本年支出合计的");
    s.share(item, "本年支出合计", a.general(), a.spending()).say(format!("。{}", w.compared(item)));
    let before = a.prior.as_ref().map_or(0, |prior| prior.general);
    province_totals::change(s, item, a.general(), before, w);
    s.because(a.general() - before).end();
    s.section(format!("（二）{item}决算结构情况"), &format!("{section}/结构情况"));
    s.say(format!("{year}年度{item}")).actual(item, a.general()).say("，主要用于以下方面：");
    let classes: BTreeSet<String> = lines.iter().map(|line| line.code[..3].to_owned()).collect();
    for (index, class) in classes.iter().enumerate() {
        let name = function_name(class, year).unwrap_or_default();
        let amount: i64 = lines.iter().filter(|line| line.code.starts_with(class.as_str())).map(Line::spending).sum();
        let mark = if form == Form::Sichuan || form == Form::Hubei { "（类）支出" } else { "（类）" };
        s.say(if index > 0 { "；" } else { "" }).say(format!("{name}{mark}")).actual(&name, amount);
        s.say("，").say(w.share).share(&name, item, amount, a.general());
    }
    s.say("。").end();
    s.section(format!("（三）{item}决算具体情况"), &format!("{section}/具体情况"));
    let budget = a.general_budget();
    s.say(format!("{year}年度{item}年初预算为")).budget(item, budget).say("，支出决算为").actual(item, a.general());
    s.say("，")
        .say(w.completed)
        .percent(item, "completion_percent", "年初预算", a.general(), budget)
        .say("。其中：")
        .end();
    for (index, line) in lines.iter().enumerate() {
        one_item(s, form, w, index + 1, line);
    }
}

fn one_item(s: &mut Script, form: Form, w: &Wording, number: usize, line: &Line) {
    let year = s.a.year;
    let name = |length: usize| function_name(&line.code[..length], year).unwrap_or_default();
    let item = name(7);
    match form {
        Form::Sichuan => {
            s.say(format!("{number}.{}（类）{}（款）{item}（项）：支出决算为", name(3), name(5)));
            s.actual(&item, line.spending());
        }
        _ => {
            s.say(format!("{number}、{}（类）{}（款）{item}（项）。年初预算为", name(3), name(5)));
            s.budget(&item, line.budget()).say("，支出决算为").actual(&item, line.spending());
        }
    }
    if line.budget() != 0 {
        s.say("，").say(w.completed);
        s.percent(&item, "completion_percent", "年初预算", line.spending(), line.budget());
    }
    let delta = s.style.unit.rounded(line.spending()) - s.style.unit.rounded(line.budget());
    let words = match delta.signum() {
        0 => "。",
        1 => "，决算数大于年初预算数的主要原因是",
        _ => "，决算数小于年初预算数的主要原因是",
    };
    s.say(words);
    if delta != 0 {
        let reason = s.reason(delta > 0);
        s.say(reason).say("。");
    }
    s.end();
}

fn basic(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    let section = "一般公共预算财政拨款基本支出决算情况说明";
    let item = "一般公共预算财政拨款基本支出";
    s.numbered(section);
    s.say(format!("{year}年度{item}")).actual(item, a.general_basic()).say("，其中：").end();
    let names = |classes: [&str; 2]| {
        let own = a.basic_economic.iter().filter(|(code, _)| classes.iter().any(|class| code.starts_with(class)));
        own.filter_map(|(code, _)| economic_name(code, year)).collect::<Vec<_>>().join("、")
    };
    s.say("人员经费").actual("人员经费", a.personnel()).say("，主要包括：").say(names(["301", "303"])).say("。").end();
    s.say("公用经费")
        .actual("公用经费", a.public_cost())
        .say("，主要包括：")
        .say(names(["302", "310"]))
        .say("。")
        .end();
}

fn three_public(s: &mut Script, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    let three = &a.three_public;
    let section = "财政拨款“三公”经费支出决算情况说明";
    let total = three.total();
    let parts = [
        ("因公出国（境）费", three.overseas),
        ("公务用车购置及运行维护费", three.vehicles()),
        ("公务接待费", three.reception),
    ];
    s.numbered(section);
    s.section("（一）“三公”经费财政拨款支出决算总体情况说明", &format!("{section}/总体情况"));
    s.say(format!("{year}年度“三公”经费财政拨款支出预算为")).budget("“三公”经费", total.budget);
    s.say("，支出决算为").actual("“三公”经费", total.actual);
    if total.budget != 0 {
        s.say("，完成预算的").percent("“三公”经费", "completion_percent", "年初预算", total.actual, total.budget);
    }
    s.say("。").end();
    if let Some(prior) = a.prior.as_ref() {
        s.say(format!("“三公”经费支出决算数{}", w.prior));
        province_totals::change(s, "“三公”经费", total.actual, prior.three_public, w);
        s.say("。").end();
    }
    s.section("（二）“三公”经费财政拨款支出决算具体情况说明", &format!("{section}/具体情况"));
    for (index, (item, Pair { actual, budget })) in parts.iter().enumerate() {
        s.say(format!("{}.{item}预算为", index + 1)).budget(item, *budget).say("，支出决算为").actual(item, *actual);
        if *budget != 0 {
            s.say("，完成预算的").percent(item, "completion_percent", "年初预算", *actual, *budget);
        }
        if total.actual != 0 {
            s.say("，占“三公”经费支出的").share(item, "“三公”经费", *actual, total.actual);
        }
        s.say("。");
        match index {
            0 => s.say("全年因公出国（境）团组").count("因公出国（境）团组", three.groups, "个"),
            1 => {
                s.say("其中：公务用车购置费").actual("公务用车购置费", three.purchase.actual).say("，购置车辆");
                s.count("公务用车购置数", three.vehicles_bought, "辆").say("；公务用车运行维护费");
                s.actual("公务用车运行维护费", three.running.actual).say("。截至年末，公务用车保有量");
                s.count("公务用车保有量", three.vehicles_kept, "辆")
            }
            _ => {
                s.say("国内公务接待").count("公务接待批次", three.receptions, "批次").say("，");
                s.count("公务接待人次", three.guests, "人次")
            }
        };
        s.say("。").end();
    }
}

fn other_books(s: &mut Script, form: Form) {
    let (a, year) = (s.a, s.a.year);
    for (book, money) in [("政府性基金预算财政拨款", Money::Fund), ("国有资本经营预算财政拨款", Money::Capital)]
    {
        let section = format!("{book}支出决算情况说明");
        let item = format!("{book}支出");
        s.numbered(&section);
        let spending = a.sum(|line| line.money == money, Line::spending);
        if spending == 0 {
            match form {
                Form::Hunan | Form::Hubei => {
                    s.say("本").say("部门").zero(&item, "final_account", "", "无", "none").say(format!("{item}。"))
                }
                _ => s
                    .say(format!("{year}年度本部门"))
                    .zero(&item, "final_account", "", "没有", "none")
                    .say(format!("使用{book}安排的支出。")),
            };
        } else {
            s.say(format!("{year}年度{item}")).actual(&item, spending).say("。");
        }
        s.end();
    }
}

fn others(s: &mut Script, form: Form, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    s.numbered("其他重要事项的情况说明");
    let section = "机关运行经费支出情况";
    s.section(format!("（一）{section}"), section);
    s.say(format!("{year}年度机关运行经费支出")).actual("机关运行经费", a.running_cost);
    if let Some(prior) = a.prior.as_ref() {
        s.say(format!("，{}", w.prior));
        province_totals::change(s, "机关运行经费", a.running_cost, prior.running_cost, w);
        s.because(a.running_cost - prior.running_cost);
    } else {
        s.say("。");
    }
    s.end();
    if form == Form::Hunan {
        general_cost(s);
    }
    let p = &a.procurement;
    let section = "政府采购支出情况";
    let shift = usize::from(form == Form::Hunan);
    s.section(format!("（{}）{section}", ordinal(2 + shift)), section);
    s.say(format!("{year}年度政府采购支出总额")).actual("政府采购支出总额", p.total()).say("，其中：政府采购货物支出");
    s.actual("政府采购货物支出", p.goods).say("、政府采购工程支出").actual("政府采购工程支出", p.works);
    s.say("、政府采购服务支出").actual("政府采购服务支出", p.services).say("。授予中小企业合同金额");
    s.actual("授予中小企业合同金额", p.sme).say("，占政府采购支出总额的");
    s.share("授予中小企业合同金额", "政府采购支出总额", p.sme, p.total()).say("，其中：授予小微企业合同金额");
    s.actual("授予小微企业合同金额", p.micro).say("，占授予中小企业合同金额的");
    s.share("授予小微企业合同金额", "授予中小企业合同金额", p.micro, p.sme).say("。").end();
    let section = "国有资产占有使用情况";
    s.section(format!("（{}）{section}", ordinal(3 + shift)), section);
    s.say(format!("截至{year}年12月31日，本部门共有车辆")).count("车辆", a.assets.vehicles.iter().sum(), "辆");
    s.say("。单价100万元（含）以上设备（不含车辆）");
    s.count("单价100万元（含）以上设备（不含车辆）", a.assets.equipment, "台（套）").say("。").end();
}

/// Hunan reports meetings and training apart.
fn general_cost(s: &mut Script) {
    let a = s.a;
    let of = |code: &str| a.basic_economic.iter().find(|(known, _)| known == code).map_or(0, |(_, amount)| *amount);
    s.section("（二）一般性支出情况", "一般性支出情况");
    s.say("本部门开支会议费").actual("会议费", of("30215")).say("；开支培训费").actual("培训费", of("30216"));
    s.say("；举办节庆、晚会、论坛、赛事等活动开支").actual("节庆、晚会、论坛、赛事等活动", 0).say("。").end();
}
