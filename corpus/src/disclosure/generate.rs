//! Random accounts that are consistent to the fen, year after year.

use std::collections::BTreeMap;

use crate::random::Chance;
use crate::reference::function_name;

use super::accounts::{
    Accounts, Assets, Entity, Line, Money, Pair, Performance, Procurement, Service, Staff, ThreePublic,
};
use super::profile::Profile;

const YUAN: i64 = 100;
const TEN_THOUSAND: i64 = 10_000 * YUAN;

/// One department over consecutive years; opening balances are last year's closing balances.
/// The year before the first is generated too, and only compared with.
pub fn years(entity: &Entity, profile: &Profile, first: i32, count: usize, chance: &mut Chance) -> Vec<Accounts> {
    let staff = chance.amount(8, 260);
    let mut before = one_year(entity, profile, first - 1, None, staff, chance);
    let mut all = Vec::with_capacity(count);
    for year in (first..).take(count) {
        let accounts = one_year(entity, profile, year, Some(&before), staff, chance);
        all.push(accounts.clone());
        before = accounts;
    }
    all
}

fn one_year(
    entity: &Entity,
    profile: &Profile,
    year: i32,
    before: Option<&Accounts>,
    staff: i64,
    chance: &mut Chance,
) -> Accounts {
    let mut lines = basic_lines(profile, year, before, staff, chance);
    lines.extend(project_lines(profile, year, before, staff, chance));
    lines.extend(other_money(profile, year, before, chance));
    lines.sort_by(|a, b| (a.money, &a.code).cmp(&(b.money, &b.code)));
    let three_public = three_public(before, staff, chance);
    let kept = three_public.vehicles_kept;
    let mut accounts = Accounts {
        entity: entity.clone(),
        year,
        lines,
        basic_economic: Vec::new(),
        basic_budget: BTreeMap::new(),
        project_economic: BTreeMap::new(),
        three_public,
        procurement: Procurement::default(),
        services: Vec::new(),
        running_cost: 0,
        assets: assets(staff, kept, chance),
        staff: Staff {
            offices: chance.between(3, 14),
            admin_quota: staff + chance.between(0, 6),
            admin_actual: staff,
            institution_quota: 0,
            institution_actual: 0,
            retired: [chance.between(0, 2), staff / 3, 0],
            contracted: chance.between(0, 8),
        },
        performance: Performance::default(),
        prior: before.map(Accounts::as_prior),
    };
    economic(&mut accounts, chance);
    accounts.running_cost = accounts.public_cost();
    purchases(&mut accounts, chance);
    let projects = chance.between(3, 24);
    accounts.performance =
        Performance { projects, amount: accounts.general_project(), score: chance.between(8800, 9990) };
    accounts
}

/// Last year's amount, moved by -12 to +15 %, or the fresh one.
fn moved(before: Option<i64>, fresh: i64, chance: &mut Chance) -> i64 {
    match before {
        Some(amount) if amount != 0 => amount / 1000 * chance.between(880, 1150) + chance.between(0, 999),
        _ => fresh,
    }
}

fn known<'a>(before: Option<&'a Accounts>, code: &str, money: Money) -> Option<&'a Line> {
    before?.lines.iter().find(|line| line.code == code && line.money == money)
}

fn basic_lines(profile: &Profile, year: i32, before: Option<&Accounts>, staff: i64, chance: &mut Chance) -> Vec<Line> {
    let per_head = [
        (profile.running, 240_000),
        ("2080501", 9_000),
        ("2080505", 22_000),
        ("2080506", 11_000),
        ("2101101", 13_000),
        ("2101103", 3_000),
        ("2210201", 24_000),
        ("2210203", 16_000),
    ];
    let mut lines = Vec::new();
    for (code, cost) in per_head {
        if function_name(code, year).is_none() {
            continue;
        }
        let fresh = staff * cost * YUAN / 100 * chance.between(75, 130) + chance.between(0, 9_999);
        let mut line = Line::new(code, Money::General);
        line.basic = moved(known(before, code, Money::General).map(|line| line.basic), fresh, chance);
        // Budgets are asked for in hundreds of yuan.
        line.budget_basic = line.basic / 1000 * chance.between(880, 1100) / (100 * YUAN) * (100 * YUAN);
        line.balance();
        lines.push(line);
    }
    lines
}

fn project_lines(
    profile: &Profile,
    year: i32,
    before: Option<&Accounts>,
    staff: i64,
    chance: &mut Chance,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for code in profile.projects {
        let previous = known(before, code, Money::General);
        let opening = previous.map_or(0, |line| line.closing);
        if function_name(code, year).is_none() || (opening == 0 && chance.percent(12)) {
            continue;
        }
        let fresh = chance.amount(staff * 2_000 * YUAN, staff * 120_000 * YUAN);
        let mut line = Line::new(code, Money::General);
        line.opening = opening;
        line.project = moved(previous.map(|line| line.project), fresh, chance).max(opening);
        line.closing = if chance.percent(25) { line.project / 1000 * chance.between(5, 80) } else { 0 };
        line.budget_project = if chance.percent(8) { 0 } else { line.project / 1000 * chance.between(850, 1120) };
        line.balance();
        lines.push(line);
    }
    // Money carried forward under a code that the new classification dropped goes on under the running item.
    let carried: i64 = before.map_or(0, |accounts| {
        let gone =
            |line: &Line| line.money == Money::General && !lines.iter().any(|kept: &Line| kept.code == line.code);
        accounts.sum(gone, |line| line.closing)
    });
    if carried > 0 {
        match lines.first_mut() {
            Some(line) => {
                line.opening += carried;
                line.project += carried;
                line.balance();
            }
            None => {
                let mut line = Line::new(&format!("{}99", &profile.running[..5]), Money::General);
                line.opening = carried;
                line.project = carried;
                lines.push(line);
            }
        }
    }
    lines
}

/// Fund budget, state capital budget, and money that is no fiscal appropriation.
fn other_money(profile: &Profile, year: i32, before: Option<&Accounts>, chance: &mut Chance) -> Vec<Line> {
    let wanted: Vec<(&str, Money, u64)> = match before {
        Some(accounts) => {
            let rest = accounts.lines.iter().filter(|line| line.money != Money::General);
            rest.map(|line| (line.code.as_str(), line.money, 100)).collect()
        }
        None => {
            let mut fresh = vec![
                (profile.projects[0], Money::Other, 25),
                (profile.projects[0], Money::Superior, 6),
                (profile.projects[0], Money::Operating, 5),
                ("2230105", Money::Capital, 3),
            ];
            // State capital is a book of its own since FY2020.
            fresh.retain(|(_, money, _)| *money != Money::Capital || year >= 2020);
            fresh.extend(profile.fund.map(|code| (code, Money::Fund, 60)));
            fresh
        }
    };
    let mut lines = Vec::new();
    for (code, money, percent) in wanted {
        if !chance.percent(percent) || function_name(code, year).is_none() {
            continue;
        }
        let previous = known(before, code, money);
        let mut line = Line::new(code, money);
        let fresh = chance.amount(2 * TEN_THOUSAND, 400 * TEN_THOUSAND);
        let spending = moved(previous.map(Line::spending), fresh, chance);
        line.opening = previous.map_or(0, |line| line.closing);
        if money == Money::Operating {
            line.operating = spending.max(line.opening);
        } else {
            line.project = spending.max(line.opening);
        }
        if chance.percent(40) {
            line.closing = line.spending() / 1000 * chance.between(10, 300);
        }
        if money == Money::Other && chance.percent(20) {
            line.use_of_balance = line.spending() / 1000 * chance.between(10, 60);
        }
        if money == Money::Operating && chance.percent(50) {
            line.distribution = line.spending() / 1000 * chance.between(5, 40);
        }
        if money.is_fiscal() {
            line.budget_project = line.project / 1000 * chance.between(900, 1100);
        }
        line.balance();
        lines.push(line);
    }
    lines
}

fn three_public(before: Option<&Accounts>, staff: i64, chance: &mut Chance) -> ThreePublic {
    let mut three = ThreePublic::default();
    let old = before.map(|accounts| &accounts.three_public);
    three.vehicles_kept = old.map_or_else(|| staff / 25 + chance.between(0, 3), |old| old.vehicles_kept);
    if three.vehicles_kept > 0 {
        let fresh = three.vehicles_kept * chance.between(12_000, 38_000) * YUAN + chance.between(0, 9_999);
        three.running.actual = moved(old.map(|old| old.running.actual), fresh, chance);
        three.running.budget = three.running.actual / 1000 * chance.between(1000, 1600);
        three.running_parts = split(three.running.actual, &[40, 35, 15, 10], chance).try_into().unwrap_or_default();
    }
    if chance.percent(7) {
        three.vehicles_bought = 1;
        three.purchase.actual = chance.between(120_000, 178_000) * YUAN;
        three.purchase.budget = 180_000 * YUAN;
        three.vehicles_kept += 1;
    }
    if chance.percent(55) {
        three.receptions = chance.between(1, 20);
        three.guests = three.receptions * chance.between(3, 12);
        three.reception.actual = three.guests * chance.between(80, 160) * YUAN;
    }
    if three.reception.actual > 0 || chance.percent(50) {
        three.reception.budget = three.reception.actual + chance.between(1_000, 20_000) * YUAN;
    }
    if chance.percent(6) {
        three.groups = 1;
        three.travellers = chance.between(1, 4);
        three.overseas.actual = three.travellers * chance.between(28_000, 45_000) * YUAN;
        three.overseas.budget = three.overseas.actual + 10_000 * YUAN;
    }
    three
}

/// All vehicles, of which those kept from fiscal money are a part.
fn assets(staff: i64, kept: i64, chance: &mut Chance) -> Assets {
    let mut vehicles = [0; 8];
    vehicles[3] = staff / 40;
    vehicles[4] = staff / 20;
    vehicles[7] = chance.between(0, 3).max(kept - vehicles[3] - vehicles[4]);
    let house_area = chance.between(0, staff * 30);
    Assets {
        fixed: chance.amount(50 * TEN_THOUSAND, 9_000 * TEN_THOUSAND),
        house_area,
        house_value: house_area * chance.between(1_500, 6_000) * YUAN,
        vehicles,
        vehicles_value: vehicles.iter().sum::<i64>() * chance.between(90_000, 210_000) * YUAN,
        equipment: chance.between(0, 3),
    }
}

/// Splits the general budget's money by economic classification, so that every sum comes out.
fn economic(a: &mut Accounts, chance: &mut Chance) {
    let basic_of = |code: &str| a.sum(|line| line.money == Money::General && line.code == code, |line| line.basic);
    let fixed = [
        ("30108", basic_of("2080505")),
        ("30109", basic_of("2080506")),
        ("30110", basic_of("2101101")),
        ("30111", basic_of("2101103")),
        ("30113", basic_of("2210201")),
        ("30302", basic_of("2080501")),
    ];
    let mut amounts: BTreeMap<String, i64> = BTreeMap::new();
    for (code, amount) in fixed {
        *amounts.entry(code.to_owned()).or_default() += amount;
    }
    *amounts.entry("30102".into()).or_default() += basic_of("2210203");
    let three = &a.three_public;
    for (code, amount) in [
        ("30212", three.overseas.actual),
        ("30217", three.reception.actual),
        ("30231", three.running.actual),
        ("31013", three.purchase.actual),
    ] {
        *amounts.entry(code.to_owned()).or_default() += amount;
    }
    let free = a.general_basic() - amounts.values().sum::<i64>();
    let codes = [
        ("30101", 24),
        ("30102", 30),
        ("30103", 18),
        ("30112", 1),
        ("30199", 5),
        ("30201", 4),
        ("30202", 1),
        ("30205", 1),
        ("30206", 2),
        ("30207", 2),
        ("30209", 3),
        ("30211", 2),
        ("30213", 2),
        ("30215", 1),
        ("30216", 1),
        ("30226", 2),
        ("30228", 3),
        ("30229", 3),
        ("30239", 5),
        ("30299", 3),
        ("30304", 1),
        ("30305", 1),
        ("30309", 1),
        ("31002", 2),
    ];
    let kept: Vec<(&str, i64)> = codes.into_iter().filter(|(_, weight)| *weight > 2 || chance.percent(75)).collect();
    let weights: Vec<i64> = kept.iter().map(|(_, weight)| *weight).collect();
    for ((code, _), amount) in kept.iter().zip(split(free, &weights, chance)) {
        *amounts.entry((*code).to_owned()).or_default() += amount;
    }
    a.basic_economic = amounts.into_iter().filter(|(_, amount)| *amount != 0).collect();
    let basic_budget = a.sum(|line| line.money == Money::General, |line| line.budget_basic);
    let classes = ["301", "302", "303", "310"].map(|class| a.economic_class(class));
    let budgets = split(basic_budget, &classes, chance);
    a.basic_budget = ["301", "302", "303", "310"].map(str::to_owned).into_iter().zip(budgets).collect();
    let project_budget = a.sum(|line| line.money == Money::General, |line| line.budget_project);
    let actual = split(a.general_project(), &[5, 70, 10, 15], chance);
    let budget = split(project_budget, &[5, 75, 8, 12], chance);
    for ((class, actual), budget) in ["301", "302", "303", "310"].iter().zip(actual).zip(budget) {
        a.project_economic.insert((*class).to_owned(), Pair { actual, budget });
    }
}

/// Parts of a whole about in the given proportions, each 20 % up or down; they add up exactly.
pub(crate) fn split(whole: i64, weights: &[i64], chance: &mut Chance) -> Vec<i64> {
    let jittered: Vec<i128> =
        weights.iter().map(|weight| i128::from(*weight) * i128::from(chance.between(80, 120))).collect();
    let sum: i128 = jittered.iter().sum::<i128>().max(1);
    let mut parts: Vec<i64> = jittered.iter().map(|weight| (i128::from(whole) * weight / sum) as i64).collect();
    let rest = whole - parts.iter().sum::<i64>();
    let largest = (0..parts.len()).max_by_key(|index| parts[*index].abs());
    if let Some(index) = largest {
        parts[index] += rest;
    }
    parts
}

fn purchases(a: &mut Accounts, chance: &mut Chance) {
    let budget = a.general_project() / 100 * chance.between(10, 70);
    let parts = split(budget, &[3, if chance.percent(40) { 3 } else { 0 }, 6], chance);
    let total: i64 = parts.iter().sum();
    let sme = total / 1000 * chance.between(300, 1000);
    a.procurement = Procurement {
        goods: parts[0],
        works: parts[1],
        services: parts[2],
        sme,
        micro: sme / 1000 * chance.between(200, 1000),
    };
    const SERVICES: [(&str, &str, &str); 8] = [
        ("办公区物业管理服务", "政府履职辅助性服务", "后勤服务"),
        ("业务信息系统运行维护", "政府履职辅助性服务", "信息化服务"),
        ("专项工作第三方评估", "政府履职辅助性服务", "评估和评价服务"),
        ("法律顾问服务", "政府履职辅助性服务", "法律服务"),
        ("财务审计服务", "政府履职辅助性服务", "会计审计服务"),
        ("政策宣传服务", "公共服务", "公共信息与宣传服务"),
        ("业务培训服务", "公共服务", "行业管理服务"),
        ("档案整理服务", "政府履职辅助性服务", "其他政府履职辅助性服务"),
    ];
    let number = chance.between(0, 5) as usize;
    if number == 0 {
        return;
    }
    let start = chance.below(SERVICES.len() as u64) as usize;
    let amounts = split(a.procurement.services / 100 * chance.between(30, 90), &vec![1; number], chance);
    for (index, amount) in amounts.into_iter().enumerate() {
        let (name, first, second) = SERVICES[(start + index) % SERVICES.len()];
        let contractor = format!("某某服务有限公司{}", index + 1);
        a.services.push(Service { name: name.into(), first: first.into(), second: second.into(), contractor, amount });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::PROFILES;

    #[test]
    fn generated_accounts_never_contradict_themselves() {
        for seed in 0..300 {
            let mut chance = Chance::new(seed);
            let profile = chance.pick(&PROFILES);
            let name = format!("某某区{}", profile.name);
            let entity = Entity { region: "某某区".into(), name, is_unit: false, units: Vec::new() };
            let first = chance.between(2018, 2023) as i32;
            for accounts in years(&entity, profile, first, 3, &mut chance) {
                assert_eq!(accounts.contradictions(), Vec::<String>::new(), "seed {seed}");
                assert!(accounts.lines.iter().all(|line| line.income >= 0 && line.spending() >= 0), "seed {seed}");
                assert!(accounts.personnel() > 0 && accounts.public_cost() >= 0);
            }
        }
    }
}
