//! A department's accounts from those of its units.

use std::collections::BTreeMap;

use super::accounts::{Accounts, Entity, Line, Pair, Prior, ThreePublic};

/// The accounts of a department from those of its units (no money flows between them here).
pub fn department_of(entity: &Entity, units: &[&Accounts]) -> Option<Accounts> {
    let mut all = (*units.first()?).clone();
    all.entity = entity.clone();
    for unit in &units[1..] {
        for line in &unit.lines {
            match all.lines.iter_mut().find(|own| own.code == line.code && own.money == line.money) {
                Some(own) => add_line(own, line),
                None => all.lines.push(line.clone()),
            }
        }
        let mut economic: BTreeMap<String, i64> = all.basic_economic.drain(..).collect();
        for (code, amount) in &unit.basic_economic {
            *economic.entry(code.clone()).or_default() += amount;
        }
        all.basic_economic = economic.into_iter().collect();
        for (class, amount) in &unit.basic_budget {
            *all.basic_budget.entry(class.clone()).or_default() += amount;
        }
        for (class, pair) in &unit.project_economic {
            let own = all.project_economic.entry(class.clone()).or_default();
            *own = add(*own, *pair);
        }
        add_three_public(&mut all.three_public, &unit.three_public);
        let (own, more) = (&mut all.procurement, &unit.procurement);
        own.goods += more.goods;
        own.works += more.works;
        own.services += more.services;
        own.sme += more.sme;
        own.micro += more.micro;
        all.services.extend(unit.services.iter().cloned());
        // 机关运行经费 counts administrative bodies only: the other units add none.
        for (own, more) in all.assets.vehicles.iter_mut().zip(unit.assets.vehicles) {
            *own += more;
        }
        all.assets.equipment += unit.assets.equipment;
        all.assets.fixed += unit.assets.fixed;
        all.performance.projects += unit.performance.projects;
        all.performance.amount += unit.performance.amount;
        all.prior = all.prior.zip(unit.prior.clone()).map(|(own, more)| add_prior(&own, &more));
    }
    all.lines.sort_by(|a, b| (a.money, &a.code).cmp(&(b.money, &b.code)));
    Some(all)
}

fn add_line(own: &mut Line, more: &Line) {
    own.opening += more.opening;
    own.income += more.income;
    own.use_of_balance += more.use_of_balance;
    own.basic += more.basic;
    own.project += more.project;
    own.operating += more.operating;
    own.distribution += more.distribution;
    own.closing += more.closing;
    own.budget_basic += more.budget_basic;
    own.budget_project += more.budget_project;
}

fn add(a: Pair, b: Pair) -> Pair {
    Pair { actual: a.actual + b.actual, budget: a.budget + b.budget }
}

fn add_three_public(own: &mut ThreePublic, more: &ThreePublic) {
    own.overseas = add(own.overseas, more.overseas);
    own.purchase = add(own.purchase, more.purchase);
    own.running = add(own.running, more.running);
    own.reception = add(own.reception, more.reception);
    own.groups += more.groups;
    own.travellers += more.travellers;
    own.vehicles_bought += more.vehicles_bought;
    own.vehicles_kept += more.vehicles_kept;
    own.receptions += more.receptions;
    own.guests += more.guests;
    for (part, other) in own.running_parts.iter_mut().zip(more.running_parts) {
        *part += other;
    }
}

fn add_prior(a: &Prior, b: &Prior) -> Prior {
    let parts = [0, 1, 2].map(|index| a.three_public_parts[index] + b.three_public_parts[index]);
    Prior {
        total: a.total + b.total,
        income: a.income + b.income,
        expenditure: a.expenditure + b.expenditure,
        fiscal_total: a.fiscal_total + b.fiscal_total,
        general: a.general + b.general,
        running_cost: a.running_cost,
        three_public: a.three_public + b.three_public,
        three_public_parts: parts,
        closing: a.closing + b.closing,
    }
}
