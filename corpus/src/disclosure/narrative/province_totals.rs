//! How provinces open: totals of income and expenditure, in the wordings of their templates.

use crate::disclosure::accounts::Money;

use super::Form;
use super::provincial::Wording;
use super::script::{PRIOR, Script};

/// 收入支出决算总体情况
pub(super) fn overall(s: &mut Script, form: Form, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    let section = "收入支出决算总体情况说明";
    s.numbered(section);
    match form {
        Form::Chongqing => return chongqing(s, w),
        Form::Xinjiang => return spelled_out(s, w),
        Form::Zhejiang => {
            s.say(format!("{}{year}年度收入总计", a.entity.name)).actual("收入总计", a.total());
            s.say("，支出总计").actual("支出总计", a.total()).say("，与上年度相比，各");
            change(s, "收入支出总计", a.total(), a.prior.as_ref().map_or(0, |prior| prior.total), w);
        }
        Form::Sichuan => {
            s.say(format!("{year}年度收、支总计均为")).actual("收入支出总计", a.total());
            s.say(format!("。与{}年度相比，收、支总计各", year - 1));
            change(s, "收入支出总计", a.total(), a.prior.as_ref().map_or(0, |prior| prior.total), w);
        }
        Form::Hubei => {
            s.say(format!("{year}年度收、支总计各是"));
            s.pair(["收入总计", "支出总计"], [a.total(), a.total()], "、").say(format!("。{}", w.prior));
            change(s, "收入支出总计", a.total(), a.prior.as_ref().map_or(0, |prior| prior.total), w);
        }
        _ => {
            s.say(format!("{year}年度收入支出总计")).actual("收入支出总计", a.total()).say(format!("，{}", w.prior));
            change(s, "收入支出总计", a.total(), a.prior.as_ref().map_or(0, |prior| prior.total), w);
        }
    }
    let delta = a.total() - a.prior.as_ref().map_or(0, |prior| prior.total);
    s.because(delta).end();
    if form == Form::Sichuan {
        s.plain("（图1：收、支决算总计变动情况图）（柱状图）");
    }
}

/// `增加A万元，增长P%`, with the separator of the form.
pub(super) fn change(s: &mut Script, item: &str, now: i64, before: i64, w: &Wording) {
    s.change_in(item, PRIOR, now, before, w.between);
}

/// Xinjiang spells the totals out with all their parts.
fn spelled_out(s: &mut Script, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    let opening = a.sum(|_| true, |line| line.opening);
    let unused = a.sum(|_| true, |line| line.use_of_balance);
    s.say(format!("{year}年度收入总计")).actual("收入总计", a.total()).say("，其中：本年收入合计");
    s.actual("本年收入合计", a.income()).say("，使用非财政拨款结余").actual("使用非财政拨款结余", unused);
    s.say("，年初结转和结余").amount("年初结转和结余", "balance", "", opening).say("。").end();
    s.say(format!("{year}年度支出总计")).actual("支出总计", a.total()).say("，其中：本年支出合计");
    s.actual("本年支出合计", a.spending()).say("，结余分配");
    s.actual("结余分配", a.sum(|_| true, |line| line.distribution)).say("，年末结转和结余");
    s.amount("年末结转和结余", "balance", "", a.closing()).say("。").end();
    if let Some(prior) = a.prior.as_ref() {
        let before = prior.total;
        s.say(format!("收入支出总计{}", w.prior));
        change(s, "收入支出总计", a.total(), before, w);
        s.because(a.total() - before).end();
    }
}

/// Chongqing: 1.总体情况 2.收入情况 3.支出情况 4.结转结余情况 under one heading.
fn chongqing(s: &mut Script, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    let prior = a.prior.clone().unwrap_or_default();
    s.say(format!("1.总体情况。{year}年度收、支总计")).actual("收入支出总计", a.total()).say(format!("，{}", w.prior));
    change(s, "收入支出总计", a.total(), prior.total, w);
    s.because(a.total() - prior.total).end();
    s.say(format!("2.收入情况。{year}年度收入合计")).actual("本年收入合计", a.income()).say(format!("，{}", w.prior));
    change(s, "本年收入合计", a.income(), prior.income, w);
    s.because(a.income() - prior.income).end();
    s.say(format!("3.支出情况。{year}年度支出合计")).actual("本年支出合计", a.spending()).say(format!("，{}", w.prior));
    change(s, "本年支出合计", a.spending(), prior.expenditure, w);
    s.because(a.spending() - prior.expenditure).end();
    s.say(format!("4.结转结余情况。{year}年度年末结转和结余")).amount("年末结转和结余", "balance", "", a.closing());
    s.say(format!("，{}", w.prior));
    change(s, "年末结转和结余", a.closing(), prior.closing, w);
    s.say("。").end();
}

/// 收入决算 and 支出决算 with shares.
pub(super) fn income_and_spending(s: &mut Script, form: Form, w: &Wording) {
    let (a, year) = (s.a, s.a.year);
    let section = "收入决算情况说明";
    s.numbered(section);
    s.say(format!("{year}年度本年收入合计")).actual("本年收入合计", a.income()).say("，其中：");
    let books = [
        ("一般公共预算财政拨款收入", a.income_of(Money::General)),
        ("政府性基金预算财政拨款收入", a.income_of(Money::Fund)),
        ("国有资本经营预算财政拨款收入", a.income_of(Money::Capital)),
    ];
    let mut parts = if form == Form::Zhejiang || form == Form::Yunnan {
        books.to_vec()
    } else {
        vec![("财政拨款收入", a.fiscal_income())]
    };
    parts.extend([
        ("上级补助收入", a.income_of(Money::Superior)),
        ("事业收入", a.income_of(Money::Business)),
        ("经营收入", a.income_of(Money::Operating)),
        ("附属单位上缴收入", a.income_of(Money::Affiliate)),
        ("其他收入", a.income_of(Money::Other)),
    ]);
    listed(s, &parts, "本年收入合计", a.income(), form, w);
    let section = "支出决算情况说明";
    s.numbered(section);
    s.say(format!("{year}年度本年支出合计")).actual("本年支出合计", a.spending()).say("，其中：");
    let parts = [
        ("基本支出", a.sum(|_| true, |line| line.basic)),
        ("项目支出", a.sum(|_| true, |line| line.project)),
        ("上缴上级支出", 0),
        ("经营支出", a.sum(|_| true, |line| line.operating)),
        ("对附属单位补助支出", 0),
    ];
    listed(s, &parts, "本年支出合计", a.spending(), form, w);
    let section = "财政拨款收入支出决算总体情况说明";
    let prior = a.prior.as_ref().map_or(0, |prior| prior.fiscal_total);
    s.numbered(section);
    s.say(format!("{year}年度财政拨款收、支总计"))
        .actual("财政拨款收入支出总计", a.fiscal_total())
        .say(format!("，{}", w.prior));
    change(s, "财政拨款收入支出总计", a.fiscal_total(), prior, w);
    s.because(a.fiscal_total() - prior).end();
}

/// Zeros are spelled out where the form does so.
fn listed(s: &mut Script, parts: &[(&str, i64)], basis: &str, whole: i64, form: Form, w: &Wording) {
    let kept: Vec<_> = parts.iter().filter(|(_, amount)| w.zeros || *amount != 0).collect();
    for (index, (item, amount)) in kept.into_iter().enumerate() {
        s.say(if index > 0 { "；" } else { "" });
        if form == Form::Central {
            s.say(format!("（{}）", index + 1));
        }
        s.say(item).actual(item, *amount).say("，").say(w.share).share(item, basis, *amount, whole);
    }
    s.say("。").end();
}
