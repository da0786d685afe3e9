//! The accounts of one department in one year, in fen: the one truth that tables and texts print.

use std::collections::BTreeMap;

/// Whose accounts these are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// 北京市门头沟区
    pub region: String,
    /// 北京市门头沟区应急管理局
    pub name: String,
    /// 单位决算 instead of 部门决算.
    pub is_unit: bool,
    /// Names of the units a department's accounts add up.
    pub units: Vec<String>,
}

/// Where the money of a function line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Money {
    General,
    Fund,
    Capital,
    Superior,
    Business,
    Operating,
    Affiliate,
    Other,
}

impl Money {
    pub const ALL: [Money; 8] = [
        Money::General,
        Money::Fund,
        Money::Capital,
        Money::Superior,
        Money::Business,
        Money::Operating,
        Money::Affiliate,
        Money::Other,
    ];

    pub fn is_fiscal(self) -> bool {
        matches!(self, Money::General | Money::Fund | Money::Capital)
    }
}

/// One 7-digit function code financed from one source. Opening + income + use of balance = spending + distribution + closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub code: String,
    pub money: Money,
    pub opening: i64,
    pub income: i64,
    /// 使用非财政拨款结余; zero for fiscal money.
    pub use_of_balance: i64,
    pub basic: i64,
    pub project: i64,
    /// 经营支出; zero for fiscal money.
    pub operating: i64,
    /// 结余分配; zero for fiscal money.
    pub distribution: i64,
    pub closing: i64,
    pub budget_basic: i64,
    pub budget_project: i64,
}

impl Line {
    pub fn new(code: &str, money: Money) -> Self {
        Line {
            code: code.to_owned(),
            money,
            opening: 0,
            income: 0,
            use_of_balance: 0,
            basic: 0,
            project: 0,
            operating: 0,
            distribution: 0,
            closing: 0,
            budget_basic: 0,
            budget_project: 0,
        }
    }

    pub fn spending(&self) -> i64 {
        self.basic + self.project + self.operating
    }

    pub fn budget(&self) -> i64 {
        self.budget_basic + self.budget_project
    }

    /// Income that makes the line balance.
    pub fn balance(&mut self) {
        self.income = self.spending() + self.distribution + self.closing - self.opening - self.use_of_balance;
    }
}

/// Final amount and initial budget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pair {
    pub actual: i64,
    pub budget: i64,
}

/// “三公”: travel abroad, vehicles bought, vehicles run, receptions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreePublic {
    pub overseas: Pair,
    pub purchase: Pair,
    pub running: Pair,
    pub reception: Pair,
    pub groups: i64,
    pub travellers: i64,
    pub vehicles_bought: i64,
    pub vehicles_kept: i64,
    pub receptions: i64,
    pub guests: i64,
    /// Fuel, repair, insurance, other: their sum is the running cost.
    pub running_parts: [i64; 4],
}

impl ThreePublic {
    pub fn vehicles(&self) -> Pair {
        Pair { actual: self.purchase.actual + self.running.actual, budget: self.purchase.budget + self.running.budget }
    }

    pub fn total(&self) -> Pair {
        let vehicles = self.vehicles();
        Pair {
            actual: self.overseas.actual + vehicles.actual + self.reception.actual,
            budget: self.overseas.budget + vehicles.budget + self.reception.budget,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Procurement {
    pub goods: i64,
    pub works: i64,
    pub services: i64,
    /// Contracts with small and medium enterprises, and the micro share of them.
    pub sme: i64,
    pub micro: i64,
}

impl Procurement {
    pub fn total(&self) -> i64 {
        self.goods + self.works + self.services
    }
}

/// One purchased service: name, 一级目录, 二级目录, contractor, amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub name: String,
    pub first: String,
    pub second: String,
    pub contractor: String,
    pub amount: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    pub fixed: i64,
    pub house_area: i64,
    pub house_value: i64,
    /// The eight kinds, in the official order.
    pub vehicles: [i64; 8],
    pub vehicles_value: i64,
    pub equipment: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staff {
    pub offices: i64,
    pub admin_quota: i64,
    pub admin_actual: i64,
    pub institution_quota: i64,
    pub institution_actual: i64,
    /// 离休, 行政退休, 事业退休
    pub retired: [i64; 3],
    pub contracted: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Performance {
    pub projects: i64,
    pub amount: i64,
    /// Score times 100.
    pub score: i64,
}

/// What the text needs of the year before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prior {
    pub total: i64,
    pub income: i64,
    pub expenditure: i64,
    pub fiscal_total: i64,
    pub general: i64,
    pub running_cost: i64,
    pub three_public: i64,
    pub three_public_parts: [i64; 3],
    /// 年末结转和结余 of the year before.
    pub closing: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    pub entity: Entity,
    pub year: i32,
    pub lines: Vec<Line>,
    /// General public budget, basic expenditure by 5-digit economic code.
    pub basic_economic: Vec<(String, i64)>,
    /// Initial budget of basic expenditure by 3-digit economic code.
    pub basic_budget: BTreeMap<String, i64>,
    /// General public budget, project expenditure by 3-digit economic code.
    pub project_economic: BTreeMap<String, Pair>,
    pub three_public: ThreePublic,
    pub procurement: Procurement,
    pub services: Vec<Service>,
    /// Running cost of administrative bodies.
    pub running_cost: i64,
    pub assets: Assets,
    pub staff: Staff,
    pub performance: Performance,
    pub prior: Option<Prior>,
}

impl Accounts {
    /// Sum of something over the lines that a question is about.
    pub fn sum(&self, about: impl Fn(&Line) -> bool, what: impl Fn(&Line) -> i64) -> i64 {
        self.lines.iter().filter(|line| about(line)).map(what).sum()
    }

    pub fn income(&self) -> i64 {
        self.sum(|_| true, |line| line.income)
    }

    pub fn income_of(&self, money: Money) -> i64 {
        self.sum(|line| line.money == money, |line| line.income)
    }

    pub fn fiscal_income(&self) -> i64 {
        self.sum(|line| line.money.is_fiscal(), |line| line.income)
    }

    pub fn spending(&self) -> i64 {
        self.sum(|_| true, Line::spending)
    }

    /// 收入总计, which is also 支出总计.
    pub fn total(&self) -> i64 {
        self.sum(|_| true, |line| line.opening + line.income + line.use_of_balance)
    }

    pub fn fiscal_total(&self) -> i64 {
        self.sum(|line| line.money.is_fiscal(), |line| line.opening + line.income)
    }

    pub fn general(&self) -> i64 {
        self.sum(|line| line.money == Money::General, Line::spending)
    }

    pub fn general_basic(&self) -> i64 {
        self.sum(|line| line.money == Money::General, |line| line.basic)
    }

    pub fn general_project(&self) -> i64 {
        self.sum(|line| line.money == Money::General, |line| line.project)
    }

    pub fn general_budget(&self) -> i64 {
        self.sum(|line| line.money == Money::General, Line::budget)
    }

    pub fn closing(&self) -> i64 {
        self.sum(|_| true, |line| line.closing)
    }

    /// Basic expenditure of one 3-digit economic class.
    pub fn economic_class(&self, class: &str) -> i64 {
        self.basic_economic.iter().filter(|(code, _)| code.starts_with(class)).map(|(_, amount)| amount).sum()
    }

    /// 人员经费: 301 and 303.
    pub fn personnel(&self) -> i64 {
        self.economic_class("301") + self.economic_class("303")
    }

    pub fn public_cost(&self) -> i64 {
        self.general_basic() - self.personnel()
    }

    /// What the next year's text compares with.
    pub fn as_prior(&self) -> Prior {
        let three = &self.three_public;
        Prior {
            total: self.total(),
            income: self.income(),
            expenditure: self.spending(),
            fiscal_total: self.fiscal_total(),
            general: self.general(),
            running_cost: self.running_cost,
            three_public: three.total().actual,
            three_public_parts: [three.overseas.actual, three.vehicles().actual, three.reception.actual],
            closing: self.closing(),
        }
    }

    /// What does not add up, for tests of whoever makes accounts.
    pub fn contradictions(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut expect = |what: &str, left: i64, right: i64| {
            if left != right {
                found.push(format!("{} {} {what}: {left} ≠ {right}", self.entity.name, self.year));
            }
        };
        for line in &self.lines {
            let sources = line.opening + line.income + line.use_of_balance;
            expect(&line.code, sources, line.spending() + line.distribution + line.closing);
        }
        expect(
            "basic by economic class",
            self.basic_economic.iter().map(|(_, amount)| amount).sum(),
            self.general_basic(),
        );
        expect(
            "project by economic class",
            self.project_economic.values().map(|pair| pair.actual).sum(),
            self.general_project(),
        );
        let budgets: i64 = self.basic_budget.values().sum();
        let project_budgets: i64 = self.project_economic.values().map(|pair| pair.budget).sum();
        expect("budgets", budgets + project_budgets, self.general_budget());
        expect("running parts", self.three_public.running_parts.iter().sum(), self.three_public.running.actual);
        if let Some(prior) = &self.prior {
            expect("opening balance", self.sum(|_| true, |line| line.opening), prior.closing);
        }
        found
    }
}
