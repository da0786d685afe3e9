//! The Shanghai form, which is also the skeleton of the central departments: four parts, every 项 with its budget.

use std::collections::BTreeSet;

use crate::disclosure::accounts::{Line, Money};
use crate::reference::{economic_name, function_name};

use super::script::{PRIOR, Script};

pub(super) fn write(s: &mut Script) {
    let (year, name) = (s.a.year, s.a.entity.name.clone());
    let kind = if s.a.entity.is_unit { "单位" } else { "部门" };
    s.plain(&name).plain(format!("{year}年度{kind}决算"));
    overview(s, kind);
    s.plain(format!("第二部分 {name}{year}年度{kind}决算表")).plain("决算表详见附件。");
    s.plain(format!("第三部分 {name}{year}年度{kind}决算情况说明"));
    totals(s);
    general(s);
    basic(s);
    three_public(s);
    books(s);
    performance(s, kind);
    others(s);
    s.plain("第四部分 名词解释");
    s.plain("一、基本支出：指单位为保障机构正常运转、完成日常工作任务而发生的各项支出。");
    s.plain("二、项目支出：指单位为完成特定的行政工作任务或事业发展目标，在基本支出之外发生的各项支出。");
}

fn overview(s: &mut Script, kind: &str) {
    let (year, name) = (s.a.year, s.a.entity.name.clone());
    s.plain(format!("第一部分 {name}概况")).plain("一、主要职能");
    s.plain("（一）贯彻执行国家和本市有关法律、法规、规章和方针、政策，并组织实施。");
    s.plain("（二）完成区委、区政府交办的其他任务。");
    if s.a.entity.units.is_empty() {
        s.plain("二、机构设置").plain(format!("{name}设有办公室、业务科等内设机构。"));
        return;
    }
    s.plain(format!("二、{kind}决算单位构成"));
    s.plain(format!("纳入{name}{year}年度部门决算编制范围的单位包括："));
    let mut rows = vec![vec!["序号".to_owned(), "单位名称".to_owned(), "备注".to_owned()]];
    for (index, unit) in s.a.entity.units.iter().enumerate() {
        rows.push(vec![(index + 1).to_string(), unit.clone(), String::new()]);
    }
    s.table(rows);
}

fn totals(s: &mut Script) {
    let (a, year, name) = (s.a, s.a.year, s.a.entity.name.clone());
    s.section("一、收入支出决算总体情况说明", "收入支出决算总体情况说明");
    s.say(format!("{name}{year}年度收入支出总计")).actual("收入支出总计", a.total()).say("。");
    if let Some(prior) = a.prior.as_ref() {
        compared(s, "收入支出总计", a.total(), prior.total);
    }
    s.end();
    s.section("二、收入决算情况说明", "收入决算情况说明");
    s.say("本年收入合计").actual("本年收入合计", a.income()).say("，其中：");
    let sources = [
        ("财政拨款收入", a.fiscal_income()),
        ("上级补助收入", a.income_of(Money::Superior)),
        ("事业收入", a.income_of(Money::Business)),
        ("经营收入", a.income_of(Money::Operating)),
        ("附属单位上缴收入", a.income_of(Money::Affiliate)),
        ("其他收入", a.income_of(Money::Other)),
    ];
    present_shares(s, &sources, "本年收入合计", a.income());
    s.section("三、支出决算情况说明", "支出决算情况说明");
    s.say("本年支出合计").actual("本年支出合计", a.spending()).say("，其中：");
    let natures = [
        ("基本支出", a.sum(|_| true, |line| line.basic)),
        ("项目支出", a.sum(|_| true, |line| line.project)),
        ("经营支出", a.sum(|_| true, |line| line.operating)),
    ];
    present_shares(s, &natures, "本年支出合计", a.spending());
    s.section("四、财政拨款收入支出决算总体情况说明", "财政拨款收入支出决算总体情况说明");
    s.say(format!("{name}{year}年度财政拨款收入支出总计")).actual("财政拨款收入支出总计", a.fiscal_total()).say("。");
    if let Some(prior) = a.prior.as_ref() {
        compared(s, "财政拨款收入支出总计", a.fiscal_total(), prior.fiscal_total);
    }
    s.end();
}

/// `与2022年度相比，X减少56.95万元，下降1.87%。主要原因：..。`
fn compared(s: &mut Script, item: &str, now: i64, before: i64) {
    s.say(format!("与{}年度相比，{item}", s.a.year - 1)).change(item, PRIOR, now, before).because(now - before);
}

/// Parts that are zero are left out.
fn present_shares(s: &mut Script, parts: &[(&str, i64)], basis: &str, whole: i64) {
    let present: Vec<_> = parts.iter().filter(|(_, amount)| *amount != 0).collect();
    for (index, (item, amount)) in present.into_iter().enumerate() {
        s.say(if index > 0 { "；" } else { "" }).say(item).actual(item, *amount);
        s.say("，占").share(item, basis, *amount, whole);
    }
    s.say("。").end();
}

fn general(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    let item = "一般公共预算财政拨款支出";
    let lines: Vec<Line> = a.lines.iter().filter(|line| line.money == Money::General).cloned().collect();
    let classes: BTreeSet<String> = lines.iter().map(|line| line.code[..3].to_owned()).collect();
    s.plain("五、一般公共预算财政拨款支出决算情况说明");
    s.section("（一）一般公共预算财政拨款支出决算总体情况", "一般公共预算财政拨款支出决算情况说明/总体情况");
    s.say(item).actual(item, a.general()).say("，占本年支出合计的").share(
        item,
        "本年支出合计",
        a.general(),
        a.spending(),
    );
    s.say("。");
    if let Some(prior) = a.prior.as_ref() {
        compared(s, item, a.general(), prior.general);
    }
    s.end();
    s.section("（二）一般公共预算财政拨款支出决算结构情况", "一般公共预算财政拨款支出决算情况说明/结构情况");
    s.say(item).actual(item, a.general()).say("，主要用于以下方面：");
    for (index, class) in classes.iter().enumerate() {
        let name = function_name(class, year).unwrap_or_default();
        let amount: i64 = lines.iter().filter(|line| line.code.starts_with(class.as_str())).map(Line::spending).sum();
        s.say(if index > 0 { "；" } else { "" }).say(format!("{name}（类）")).actual(&name, amount);
        s.say("，占").share(&name, item, amount, a.general());
    }
    s.say("。").end();
    s.section("（三）一般公共预算财政拨款支出决算具体情况", "一般公共预算财政拨款支出决算情况说明/具体情况");
    let budget = a.general_budget();
    s.say(item).say("年初预算为").budget(item, budget).say("，支出决算为").actual(item, a.general());
    s.say("，完成年初预算的")
        .percent(item, "completion_percent", "年初预算", a.general(), budget)
        .say("。其中：")
        .end();
    for (index, line) in lines.iter().enumerate() {
        let name = |length: usize| function_name(&line.code[..length], year).unwrap_or_default();
        let item = name(7);
        s.say(format!("{}、{}（类）{}（款）{item}（项）。主要用于：", index + 1, name(3), name(5)));
        s.say(if line.project == 0 { "人员经费和公用经费支出" } else { "开展专项工作支出" });
        s.say("。年初预算为").budget(&item, line.budget()).say("，支出决算为").actual(&item, line.spending());
        let delta = s.style.unit.rounded(line.spending()) - s.style.unit.rounded(line.budget());
        if delta == 0 {
            s.say("。决算数与预算数").zero(&item, "change_vs_budget", "年初预算", "持平", "flat").say("。").end();
            continue;
        }
        let reason = s.reason(delta > 0);
        s.say(format!("。决算数{}预算数的主要原因：{reason}。", if delta > 0 { "大于" } else { "小于" })).end();
    }
}

fn basic(s: &mut Script) {
    let a = s.a;
    s.section("六、一般公共预算财政拨款基本支出决算情况说明", "一般公共预算财政拨款基本支出决算情况说明");
    s.say("一般公共预算财政拨款基本支出").actual("一般公共预算财政拨款基本支出", a.general_basic());
    s.say("。其中：人员经费").actual("人员经费", a.personnel()).say("，主要包括：");
    let names = |classes: [&str; 2]| {
        let own = a.basic_economic.iter().filter(|(code, _)| classes.iter().any(|class| code.starts_with(class)));
        own.filter_map(|(code, _)| economic_name(code, a.year)).collect::<Vec<_>>().join("、")
    };
    s.say(names(["301", "303"])).say("；公用经费").actual("公用经费", a.public_cost());
    s.say("，主要包括：").say(names(["302", "310"])).say("。").end();
}

fn three_public(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    let three = &a.three_public;
    let section = "财政拨款“三公”经费支出决算情况说明";
    let total = three.total();
    s.plain(format!("七、{section}"));
    s.section("（一）“三公”经费财政拨款支出决算总体情况说明。", &format!("{section}/总体情况"));
    s.say("“三公”经费财政拨款支出年初预算为").budget("“三公”经费", total.budget);
    s.say("，支出决算为").actual("“三公”经费", total.actual);
    completed(s, "“三公”经费", total).say("，其中：");
    let parts = [
        ("因公出国（境）费", three.overseas),
        ("公务用车购置及运行维护费", three.vehicles()),
        ("公务接待费", three.reception),
    ];
    for (index, (item, pair)) in parts.iter().enumerate() {
        s.say(if index > 0 { "；" } else { "" }).say(item).say("支出决算为").actual(item, pair.actual);
        completed(s, item, *pair);
    }
    s.say("。").end();
    if let Some(prior) = a.prior.as_ref() {
        s.say(format!("{year}年度“三公”经费财政拨款支出决算数比{}年度", year - 1));
        s.change("“三公”经费", PRIOR, total.actual, prior.three_public).say("，其中：");
        for (index, ((item, pair), before)) in parts.iter().zip(prior.three_public_parts).enumerate() {
            s.say(if index > 0 { "；" } else { "" }).say(item).say("支出决算");
            s.change(item, PRIOR, pair.actual, before);
        }
        s.say("。").end();
    }
    s.section("（二）“三公”经费财政拨款支出决算具体情况说明。", &format!("{section}/具体情况"));
    s.say("1.因公出国（境）费支出决算").actual("因公出国（境）费", three.overseas.actual);
    s.say(format!("。{year}年度全年安排因公出国（境）团组")).count("因公出国（境）团组", three.groups, "个");
    s.say("、累计").count("因公出国（境）人次", three.travellers, "人次").say("。").end();
    s.say("2.公务用车购置及运行维护费支出决算").actual("公务用车购置及运行维护费", three.vehicles().actual);
    s.say("。其中：公务用车购置支出").actual("公务用车购置费", three.purchase.actual).say("，购置");
    s.count("公务用车购置数", three.vehicles_bought, "辆").say("；公务用车运行维护支出");
    s.actual("公务用车运行维护费", three.running.actual);
    s.say(format!("。{year}年末，公务用车保有量为")).count("公务用车保有量", three.vehicles_kept, "辆").say("。").end();
    s.say("3.公务接待费支出决算").actual("公务接待费", three.reception.actual).say("。公务接待");
    s.count("公务接待批次", three.receptions, "批次")
        .say("、")
        .count("公务接待人次", three.guests, "人次")
        .say("。")
        .end();
}

/// `，完成预算的P%`, left out where there was no budget.
fn completed<'s, 'a>(s: &'s mut Script<'a>, item: &str, pair: crate::disclosure::accounts::Pair) -> &'s mut Script<'a> {
    if pair.budget == 0 {
        return s;
    }
    s.say("，完成预算的").percent(item, "completion_percent", "年初预算", pair.actual, pair.budget)
}

fn books(s: &mut Script) {
    let (a, year, name) = (s.a, s.a.year, s.a.entity.name.clone());
    for (ordinal, book, money) in
        [("八", "政府性基金预算财政拨款", Money::Fund), ("九", "国有资本经营预算财政拨款", Money::Capital)]
    {
        let section = format!("{book}收入支出决算情况说明");
        s.section(format!("{ordinal}、{section}"), &section);
        let lines: Vec<Line> = a.lines.iter().filter(|line| line.money == money).cloned().collect();
        if lines.is_empty() {
            s.say(format!("{name}{year}年度")).zero(&format!("{book}支出"), "final_account", "", "无", "none");
            s.say(format!("{book}收入和支出。")).end();
            continue;
        }
        let (income, spending) = (a.income_of(money), a.sum(|line| line.money == money, Line::spending));
        s.say(format!("{name}{year}年度{book}收入")).actual(&format!("{book}收入"), income);
        s.say("，支出").actual(&format!("{book}支出"), spending).say("。其中：").end();
        for (index, line) in lines.iter().enumerate() {
            let part = |length: usize| function_name(&line.code[..length], year).unwrap_or_default();
            s.say(format!("{}、{}（类）{}（款）{}（项）", index + 1, part(3), part(5), part(7)));
            s.say("年初预算为").budget(&part(7), line.budget()).say("，支出决算为");
            s.actual(&part(7), line.spending()).say("。").end();
        }
    }
}

fn performance(s: &mut Script, kind: &str) {
    let (a, year, name) = (s.a, s.a.year, s.a.entity.name.clone());
    let p = a.performance.clone();
    s.section("十、预算绩效管理情况", "预算绩效管理情况");
    s.say(format!("{name}{year}年度预算绩效管理工作开展情况如下：本{kind}绩效自评的{year}年度项目"));
    s.count("绩效自评的项目数", p.projects, "个").say("，涉及预算金额");
    s.amount("绩效自评的项目预算金额", "budget_amount", "", p.amount).say("，平均得分");
    s.number("绩效自评平均得分", "score", &crate::amount::decimal(p.score, 2), "分").say("。").end();
}

fn others(s: &mut Script) {
    let (a, year, name) = (s.a, s.a.year, s.a.entity.name.clone());
    s.plain("十一、其他重要事项的情况说明");
    s.section("（一）机关运行经费支出情况", "机关运行经费支出情况");
    s.say("机关运行经费支出").actual("机关运行经费", a.running_cost);
    if let Some(prior) = a.prior.as_ref() {
        s.say(format!("，比{}年度", year - 1)).change("机关运行经费", PRIOR, a.running_cost, prior.running_cost);
        s.because(a.running_cost - prior.running_cost);
    } else {
        s.say("。");
    }
    s.end();
    let p = &a.procurement;
    s.section("（二）政府采购支出情况", "政府采购支出情况");
    s.say(format!("{name}{year}年度政府采购金额（以合同签订为准）为")).actual("政府采购金额", p.total());
    s.say("，其中：货物采购金额").actual("货物采购金额", p.goods).say("、工程采购金额");
    s.actual("工程采购金额", p.works).say("、服务采购金额").actual("服务采购金额", p.services).say("。").end();
    s.section("（三）国有资产占有使用情况说明", "国有资产占有使用情况说明");
    s.say(format!("截至{year}年12月31日，{name}共有车辆"))
        .count("车辆", a.assets.vehicles.iter().sum(), "辆")
        .say("，其中：");
    const KINDS: [&str; 8] = [
        "部级领导干部用车",
        "主要领导干部用车",
        "机要通信用车",
        "应急保障用车",
        "执法执勤用车",
        "特种专业技术用车",
        "离退休干部用车",
        "其他用车",
    ];
    for (index, (item, number)) in KINDS.iter().zip(a.assets.vehicles).enumerate() {
        s.say(if index > 0 { "、" } else { "" }).say(item).count(item, number, "辆");
    }
    s.say("。单价100万元（含）以上设备（不含车辆）");
    s.count("单价100万元（含）以上设备（不含车辆）", a.assets.equipment, "台（套）").say("。").end();
}
