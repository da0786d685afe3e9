//! The Beijing form: report tables attached, the text in four parts, comparison with the initial budget by 类 and 款.

use std::collections::BTreeSet;

use crate::amount::Unit;
use crate::disclosure::accounts::{Line, Money};
use crate::reference::{economic_name, function_name, ordinal};

use super::script::{BUDGET, PRIOR, Script};

const NIL: &str = "本年度无此项支出";

pub(super) fn write(s: &mut Script) {
    let (year, name) = (s.a.year, s.a.entity.name.clone());
    let kind = if s.a.entity.is_unit { "单位" } else { "部门" };
    s.plain(format!("{year}年度{name}{kind}决算"));
    s.plain(format!("第一部分 {year}年度{kind}决算报表")).plain("报表详见附件");
    s.plain(format!("第二部分 {year}年度{kind}决算说明"));
    organisation(s, kind);
    totals(s);
    general(s);
    other_books(s);
    basic_and_project(s);
    s.plain(format!("第三部分 {year}年度其他重要事项的情况说明"));
    three_public(s);
    running_and_procurement(s);
    assets(s);
    glossary(s);
    s.plain(format!("第四部分 {year}年度{kind}绩效评价情况"));
    performance(s);
}

fn organisation(s: &mut Script, kind: &str) {
    let staff = s.a.staff.clone();
    s.plain(format!("一、{kind}基本情况"));
    s.section("（一）机构设置、职责", "部门机构设置、职责");
    s.plain("（一）贯彻执行国家和本市有关法律法规，起草本领域规范性文件并组织实施。");
    s.plain("（二）承担区委、区政府交办的其他事项。");
    s.section("（二）人员构成情况", "人员构成情况");
    s.say("本部门共设").count("内设机构", staff.offices, "个").say("内设机构。行政编制");
    s.count("行政编制", staff.admin_quota, "名").say("，实际").count("行政编制实有人数", staff.admin_actual, "人");
    s.say("；事业编制").count("事业编制", staff.institution_quota, "名").say("，实际");
    s.count("事业编制实有人数", staff.institution_actual, "人").say("；离退休人员");
    s.count("离退休人员", staff.retired.iter().sum(), "人").say("，其中：离休");
    s.count("离休人员", staff.retired[0], "人").say("，行政退休");
    s.count("行政退休人员", staff.retired[1], "人").say("，事业退休");
    s.count("事业退休人员", staff.retired[2], "人").say("；其他人员");
    s.count("其他人员", staff.contracted, "人").say("。").end();
}

fn totals(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    let prior = a.prior.clone();
    s.section("二、收入支出决算总体情况说明", "收入支出决算总体情况说明");
    s.say(format!("{year}年度收、支总计")).actual("收入支出总计", a.total());
    if let Some(prior) = &prior {
        s.say("，比上年").change("收入支出总计", PRIOR, a.total(), prior.total);
    }
    s.say("。").end();

    s.section("（一）收入决算说明", "收入决算说明");
    s.say(format!("{year}年度本年收入合计")).actual("本年收入合计", a.income());
    if let Some(prior) = &prior {
        s.say("，比上年").change("本年收入合计", PRIOR, a.income(), prior.income);
    }
    s.say("，其中：");
    let sources = [
        ("财政拨款收入", a.fiscal_income()),
        ("上级补助收入", a.income_of(Money::Superior)),
        ("事业收入", a.income_of(Money::Business)),
        ("经营收入", a.income_of(Money::Operating)),
        ("附属单位上缴收入", a.income_of(Money::Affiliate)),
        ("其他收入", a.income_of(Money::Other)),
    ];
    shares(s, &sources, "占收入合计的", "本年收入合计", a.income());

    s.section("（二）支出决算说明", "支出决算说明");
    s.say(format!("{year}年度本年支出合计")).actual("本年支出合计", a.spending());
    if let Some(prior) = &prior {
        s.say("，比上年").change("本年支出合计", PRIOR, a.spending(), prior.expenditure);
    }
    s.say("，其中：");
    let natures = [
        ("基本支出", a.sum(|_| true, |line| line.basic)),
        ("项目支出", a.sum(|_| true, |line| line.project)),
        ("上缴上级支出", 0),
        ("经营支出", a.sum(|_| true, |line| line.operating)),
        ("对附属单位补助支出", 0),
    ];
    shares(s, &natures, "占支出合计的", "本年支出合计", a.spending());

    s.section("三、财政拨款收入支出决算总体情况说明", "财政拨款收入支出决算总体情况说明");
    s.say(format!("{year}年度财政拨款收、支总计")).actual("财政拨款收入支出总计", a.fiscal_total());
    if let Some(prior) = &prior {
        s.say("，比上年").change("财政拨款收入支出总计", PRIOR, a.fiscal_total(), prior.fiscal_total);
        s.because(a.fiscal_total() - prior.fiscal_total);
    } else {
        s.say("。");
    }
    s.end();
}

/// `X收入N元，占收入合计的P%；..。`
fn shares(s: &mut Script, parts: &[(&str, i64)], word: &str, basis: &str, whole: i64) {
    for (index, (item, amount)) in parts.iter().enumerate() {
        s.say(if index > 0 { "；" } else { "" }).say(item).actual(item, *amount);
        s.say("，").say(word).share(item, basis, *amount, whole);
    }
    s.say("。").end();
}

fn general(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    let lines: Vec<&Line> = a.lines.iter().filter(|line| line.money == Money::General).collect();
    let code_sum = |code: &str, what: fn(&Line) -> i64| -> i64 {
        lines.iter().filter(|line| line.code.starts_with(code)).map(|line| what(line)).sum()
    };
    let classes: BTreeSet<String> = lines.iter().map(|line| line.code[..3].to_owned()).collect();
    s.plain("四、一般公共预算财政拨款支出决算情况说明");
    s.section("（一）一般公共预算财政拨款支出决算总体情况", "一般公共预算财政拨款支出决算情况说明/总体情况");
    s.say(format!("{year}年度一般公共预算财政拨款支出")).actual("一般公共预算财政拨款支出", a.general());
    s.say("，主要用于以下方面（按大类）：");
    for (index, class) in classes.iter().enumerate() {
        let item = function_name(class, year).unwrap_or_default();
        let amount = code_sum(class, Line::spending);
        s.say(if index > 0 { "；" } else { "" }).say(&item).actual(&item, amount);
        s.say("，占本年财政拨款支出").share(&item, "本年财政拨款支出", amount, a.general());
    }
    s.say("。").end();
    s.section("（二）一般公共预算财政拨款支出决算具体情况", "一般公共预算财政拨款支出决算情况说明/具体情况");
    for (index, class) in classes.iter().enumerate() {
        let item = function_name(class, year).unwrap_or_default();
        let (actual, budget) = (code_sum(class, Line::spending), code_sum(class, Line::budget));
        s.say(format!("{}、“{item}”（类）{year}年度决算", index + 1)).actual(&item, actual);
        s.say("，比年初预算").change(&item, BUDGET, actual, budget).say("。其中：").end();
        let groups: BTreeSet<String> =
            lines.iter().filter(|line| line.code.starts_with(class)).map(|line| line.code[..5].to_owned()).collect();
        for group in groups {
            let item = function_name(&group, year).unwrap_or_default();
            let (actual, budget) = (code_sum(&group, Line::spending), code_sum(&group, Line::budget));
            s.say(format!("“{item}”{year}年度决算")).actual(&item, actual);
            s.say("，比年初预算").change(&item, BUDGET, actual, budget).because(actual - budget).end();
        }
    }
}

fn other_books(s: &mut Script) {
    for (heading, short, money, parts) in [
        ("五、政府性基金预算财政拨款支出决算情况说明", "政府性基金预算财政拨款支出", Money::Fund, 2),
        ("六、国有资本经营预算财政拨款收支情况说明", "国有资本经营预算财政拨款支出", Money::Capital, 3),
    ] {
        let section = heading.split_once('、').map_or(heading, |(_, name)| name);
        let spending = s.a.sum(|line| line.money == money, Line::spending);
        s.section(heading, section);
        for (index, part) in ["决算总体情况", "决算具体情况", "重点项目情况"].iter().take(parts).enumerate()
        {
            s.plain(format!("（{}）{short}{part}", ordinal(index + 1)));
            if spending == 0 {
                s.say("本年度").zero(short, "final_account", "", "无", "none").say(&NIL["本年度无".len()..]).end();
            } else if index == 0 {
                s.say(format!("{}年度{short}", s.a.year)).actual(short, spending).say("。").end();
            } else if index == 1 {
                let lines: Vec<Line> = s.a.lines.iter().filter(|line| line.money == money).cloned().collect();
                for line in lines {
                    let item = function_name(&line.code, s.a.year).unwrap_or_default();
                    s.say(format!("“{item}”{}年度决算", s.a.year)).actual(&item, line.spending());
                    s.say("，比年初预算").change(&item, BUDGET, line.spending(), line.budget());
                    s.because(line.spending() - line.budget()).end();
                }
            } else {
                s.plain(NIL);
            }
        }
    }
}

const CLASSES: [(&str, &str, &str); 4] = [
    ("301", "工资福利支出", "基本工资、津贴补贴、奖金、绩效工资、社会保障缴费、住房公积金等"),
    ("302", "商品和服务支出", "办公费、印刷费、水费、电费、邮电费、差旅费、维修（护）费、培训费、工会经费、福利费等"),
    ("303", "对个人和家庭补助支出", "离休费、退休费、抚恤金、生活补助、奖励金等"),
    ("310", "其他资本性支出", "办公设备购置、专用设备购置等"),
];

fn basic_and_project(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    s.section(
        "七、财政拨款基本支出、一般公共预算财政拨款项目支出决算情况说明",
        "财政拨款基本支出、一般公共预算财政拨款项目支出决算情况说明",
    );
    let basic_budget: i64 = a.basic_budget.values().sum();
    let item = "一般公共预算财政拨款基本支出";
    s.say(format!("（一）{year}年度使用一般公共预算财政拨款安排基本支出")).actual(item, a.general_basic());
    s.say("，比年初预算").change(item, BUDGET, a.general_basic(), basic_budget).say("。其中：").end();
    for (index, (class, label, parts)) in CLASSES.iter().enumerate() {
        let actual = a.economic_class(class);
        economic_line(s, index + 1, class, label, parts, actual, a.basic_budget.get(*class).copied().unwrap_or(0));
    }
    let item = "一般公共预算财政拨款项目支出";
    let budget: i64 = a.project_economic.values().map(|pair| pair.budget).sum();
    s.say(format!("（二）{year}年度使用一般公共预算财政拨款安排项目支出")).actual(item, a.general_project());
    s.say("，比年初预算").change(item, BUDGET, a.general_project(), budget).say("。其中：").end();
    for (index, (class, label, parts)) in CLASSES.iter().enumerate() {
        let pair = a.project_economic.get(*class).copied().unwrap_or_default();
        economic_line(s, index + 1, class, label, parts, pair.actual, pair.budget);
    }
}

fn economic_line(s: &mut Script, number: usize, class: &str, label: &str, parts: &str, actual: i64, budget: i64) {
    let item = economic_name(class, s.a.year).unwrap_or_default();
    s.say(format!("{number}.{label}：包括{parts}支出")).actual(&item, actual).printed_as(label);
    s.say("，年初预算").budget(&item, budget).printed_as(label).say("，");
    let delta = actual - budget;
    let verb = if delta < 0 { "减少" } else { "增加" };
    s.say(verb).amount(&item, BUDGET.measure, BUDGET.basis, delta).printed_as(label).because(delta).end();
}

fn three_public(s: &mut Script) {
    let (three, year) = (s.a.three_public.clone(), s.a.year);
    s.plain("一、“三公”经费财政拨款决算情况");
    s.section("（一）“三公”经费的单位范围", "“三公”经费财政拨款决算情况/单位范围");
    s.say("“三公”经费财政拨款支出单位包括所属")
        .count("“三公”经费预算支出单位（行政单位）", 1, "个")
        .say("行政单位。")
        .end();
    s.section("（二）“三公”经费财政拨款决算情况说明", "“三公”经费财政拨款决算情况说明");
    s.say(format!("{year}年度“三公”经费财政拨款决算数"));
    against_budget(s, "“三公”经费", three.total()).say("。其中：").end();
    for (number, heading, item, pair) in [
        (1, "因公出国（境）费用", "因公出国（境）费", three.overseas),
        (2, "公务接待费", "公务接待费", three.reception),
        (3, "公务用车购置及运行维护费", "公务用车购置及运行维护费", three.vehicles()),
    ] {
        s.plain(format!("{number}.{heading}"));
        s.say(format!("{year}年度决算数"));
        against_budget(s, item, pair).because(pair.actual - pair.budget);
        if number == 1 && three.groups > 0 {
            s.say("组织本单位出国团组").count("因公出国（境）团组", three.groups, "个").say("、");
            s.count("因公出国（境）人次", three.travellers, "人次").say("。");
        } else if number == 2 && three.receptions > 0 {
            s.say("公务接待").count("公务接待批次", three.receptions, "批次").say("，");
            s.count("公务接待人次", three.guests, "人次").say("。");
        }
        s.end();
    }
    s.say("公务用车购置费决算数");
    against_budget(s, "公务用车购置费", three.purchase).say("。购置（更新）");
    s.count("公务用车购置（更新）数", three.vehicles_bought, "辆");
    if three.vehicles_bought > 0 {
        let average = three.purchase.actual / three.vehicles_bought;
        s.say("，车均购置费").amount("车均购置费", "average", "", average);
    }
    s.say("。").end();
    s.say("公务用车运行维护费决算数");
    against_budget(s, "公务用车运行维护费", three.running).because(three.running.actual - three.running.budget).end();
    s.say("公务用车运行维护费中，");
    for (index, (label, amount)) in ["加油", "维修", "保险", "其他支出"].iter().zip(three.running_parts).enumerate()
    {
        let item = format!("公务用车{label}");
        s.say(if index > 0 { "，" } else { "" }).say(&item).actual(&item, amount);
    }
    s.say("。").end();
    s.say(format!("{year}年度公务用车保有量")).count("公务用车保有量", three.vehicles_kept, "辆");
    if three.vehicles_kept > 0 {
        let average = crate::amount::divide(three.running.actual, three.vehicles_kept);
        s.say("，车均运行维护费").amount("车均运行维护费", "average", "", average);
    }
    s.say("。").end();
}

/// `A元，比年初预算B元，减少C元`
fn against_budget<'s, 'a>(
    s: &'s mut Script<'a>,
    item: &str,
    pair: crate::disclosure::accounts::Pair,
) -> &'s mut Script<'a> {
    s.actual(item, pair.actual).say("，比年初预算").budget(item, pair.budget).say("，");
    let delta = pair.actual - pair.budget;
    s.say(if delta < 0 { "减少" } else { "增加" }).amount(item, BUDGET.measure, BUDGET.basis, delta)
}

fn running_and_procurement(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    s.section("二、机关运行经费支出情况", "机关运行经费支出情况");
    s.say(format!("{year}年度使用一般公共预算财政拨款安排的基本支出中的日常公用经费支出，合计"));
    s.actual("机关运行经费", a.running_cost);
    let before = a.prior.as_ref().map(|prior| prior.running_cost).filter(|before| *before != a.running_cost);
    if let Some(before) = before {
        let delta = a.running_cost - before;
        s.say("，比上年").say(if delta < 0 { "减少" } else { "增加" });
        s.amount("机关运行经费", PRIOR.measure, PRIOR.basis, delta).because(delta);
    } else {
        s.say("。");
    }
    s.end();
    let p = &a.procurement;
    s.section("三、政府采购支出情况", "政府采购支出情况");
    s.say(format!("{year}年度政府采购支出总额")).actual("政府采购支出总额", p.total()).say("，其中：");
    for (index, (item, amount)) in
        [("政府采购货物支出", p.goods), ("政府采购工程支出", p.works), ("政府采购服务支出", p.services)]
            .iter()
            .enumerate()
    {
        s.say(if index > 0 { "，" } else { "" }).say(item).actual(item, *amount);
    }
    s.say("。").end();
    s.say("授予中小企业合同金额").actual("授予中小企业合同金额", p.sme).say("，占政府采购支出总额的");
    s.share("授予中小企业合同金额", "政府采购支出总额", p.sme, p.total()).say("，其中：授予小微企业合同金额");
    s.actual("授予小微企业合同金额", p.micro).say("，占政府采购支出总额的");
    s.share("授予小微企业合同金额", "政府采购支出总额", p.micro, p.total()).say("。").end();
    let services: i64 = a.services.iter().map(|service| service.amount).sum();
    s.section("四、政府购买服务支出说明", "政府购买服务支出说明");
    s.say(format!("{year}年度政府购买服务支出总额")).actual("政府购买服务支出总额", services).say("。").end();
}

fn assets(s: &mut Script) {
    let assets = s.a.assets.clone();
    s.section("五、国有资产占用情况", "国有资产占用情况");
    s.say(format!("{}年度固定资产年末数总额", s.a.year)).amount("固定资产年末数总额", "balance", "", assets.fixed);
    s.say("，其中：房屋面积").number("房屋面积", "area", &assets.house_area.to_string(), "平方米").say("，");
    s.amount("房屋价值", "balance", "", assets.house_value).say("；汽车");
    s.count("汽车", assets.vehicles.iter().sum(), "辆").say("，");
    s.amount("汽车价值", "balance", "", assets.vehicles_value).say("；单价100万元以上的专用设备");
    s.count("单价100万元以上的专用设备", assets.equipment, "台（套）").say("。").end();
}

fn glossary(s: &mut Script) {
    s.section("六、专业名词解释", "专业名词解释");
    s.plain("1.基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。");
    s.plain("2.项目支出：指在基本支出之外为完成特定行政任务或事业发展目标所发生的支出。");
}

/// The performance part speaks in 万元, whatever the rest does.
fn performance(s: &mut Script) {
    let (a, year) = (s.a, s.a.year);
    let own_style = s.style.clone();
    s.style.unit = Unit::TenThousandYuan;
    s.plain("一、部门整体绩效评价报告");
    s.section("（一）当年预算执行情况", "当年预算执行情况");
    let basic = a.sum(|_| true, |line| line.basic);
    let project = a.sum(|_| true, |line| line.project);
    let other = a.spending() - basic - project;
    s.say(format!("截至{year}年12月31日，预算资金总体支出"))
        .actual("部门总体支出", a.spending())
        .say("，其中：基本支出");
    s.actual("基本支出", basic).say("，占比").share("基本支出", "预算资金总体支出", basic, a.spending());
    s.say("；项目支出").actual("项目支出", project).say("，占比");
    s.share("项目支出", "预算资金总体支出", project, a.spending());
    if other != 0 {
        s.say("；其他支出").actual("其他支出", other).say("，占比");
        s.share("其他支出", "预算资金总体支出", other, a.spending());
    }
    s.say("。").end();
    s.say(format!("{year}年年末结转结余资金总额为"))
        .amount("年末结转结余资金总额", "balance", "", a.closing())
        .say("。")
        .end();
    s.section("二、项目支出绩效自评情况", "项目支出绩效自评情况");
    s.say(format!("对{year}年度项目支出实施了绩效自评，评价项目")).count(
        "绩效自评项目数",
        a.performance.projects,
        "个",
    );
    s.say("，涉及金额").amount("绩效自评涉及金额", "amount", "", a.performance.amount).say("。绩效自评总分：");
    let score = crate::amount::decimal(a.performance.score, 2);
    s.number("部门整体绩效自评总分", "score", &score, "分").say("。").end();
    s.style = own_style;
}
