//! 北京市门头沟区应急管理局. 2023 holds the figures its published text states; what the text does not determine
//! (the split below 款, the five-digit economic codes) is filled in so that everything it does state comes out.
//! 2022 and 2021 are invented around the totals that the 2023 text implies.

use std::collections::BTreeMap;

use crate::disclosure::accounts::{
    Accounts, Assets, Entity, Line, Money, Pair, Performance, Prior, Procurement, Service, Staff, ThreePublic,
};

pub(super) fn emergency_management() -> Vec<Accounts> {
    let first = year_2021();
    let second = year_2022(first.as_prior());
    let third = year_2023(second.as_prior());
    vec![first, second, third]
}

fn entity() -> Entity {
    Entity {
        region: "北京市门头沟区".into(),
        name: "北京市门头沟区应急管理局".into(),
        is_unit: false,
        units: Vec::new(),
    }
}

/// Code, opening balance, basic, project, closing balance, budget of basic, budget of project.
type LineRow = (&'static str, i64, i64, i64, i64, i64, i64);

fn lines(rows: &[LineRow]) -> Vec<Line> {
    rows.iter()
        .map(|(code, opening, basic, project, closing, budget_basic, budget_project)| {
            let mut line = Line::new(code, Money::General);
            line.opening = *opening;
            line.basic = *basic;
            line.project = *project;
            line.closing = *closing;
            line.budget_basic = *budget_basic;
            line.budget_project = *budget_project;
            line.balance();
            line
        })
        .collect()
}

fn classes(amounts: [i64; 4]) -> BTreeMap<String, i64> {
    ["301", "302", "303", "310"].map(str::to_owned).into_iter().zip(amounts).collect()
}

fn pairs(actual: [i64; 4], budget: [i64; 4]) -> BTreeMap<String, Pair> {
    let both = actual.into_iter().zip(budget).map(|(actual, budget)| Pair { actual, budget });
    ["301", "302", "303", "310"].map(str::to_owned).into_iter().zip(both).collect()
}

fn economic(amounts: &[(&str, i64)]) -> Vec<(String, i64)> {
    amounts.iter().map(|(code, amount)| ((*code).to_owned(), *amount)).collect()
}

fn year_2023(prior: Prior) -> Accounts {
    Accounts {
        entity: entity(),
        year: 2023,
        lines: lines(&[
            ("2080501", 0, 13_121_166, 0, 0, 10_384_000, 0),
            ("2120201", 0, 0, 22_550_000, 0, 0, 0),
            ("2240101", 0, 1_297_041_554, 0, 0, 1_116_770_787, 0),
            ("2240106", 0, 0, 468_169_022, 0, 0, 468_169_022),
            ("2240109", 0, 0, 813_077_303, 0, 0, 746_024_018),
            ("2240703", 0, 0, 16_695_000, 0, 0, 0),
            ("2249999", 0, 0, 18_000_000, 0, 0, 0),
        ]),
        basic_economic: economic(&[("301", 1_240_730_614), ("302", 57_330_940), ("303", 12_101_166)]),
        basic_budget: classes([1_052_045_339, 65_745_448, 9_364_000, 0]),
        project_economic: pairs([0, 1_148_236_725, 0, 190_254_600], [0, 1_214_193_040, 0, 0]),
        three_public: ThreePublic {
            reception: Pair { actual: 0, budget: 1_390_000 },
            running: Pair { actual: 4_429_296, budget: 9_000_000 },
            vehicles_kept: 2,
            running_parts: [1_700_000, 1_845_500, 635_796, 248_000],
            ..ThreePublic::default()
        },
        procurement: Procurement {
            goods: 3_226_000,
            works: 106_922_948,
            services: 35_693_396,
            sme: 144_084_048,
            micro: 143_294_048,
        },
        services: vec![Service {
            name: "隐患排查治理清单编制和安全生产标准化".into(),
            first: "政府履职辅助性服务".into(),
            second: "评估和评价服务".into(),
            contractor: "某某服务有限公司".into(),
            amount: 21_500_000,
        }],
        running_cost: 57_330_940,
        assets: Assets {
            fixed: 592_698_868,
            house_area: 330,
            house_value: 0,
            vehicles: [0, 0, 0, 2, 0, 0, 0, 0],
            vehicles_value: 38_100_700,
            equipment: 0,
        },
        staff: Staff {
            offices: 5,
            admin_quota: 51,
            admin_actual: 40,
            retired: [0, 20, 0],
            contracted: 2,
            ..Staff::default()
        },
        performance: Performance { projects: 14, amount: 1_338_491_325, score: 9900 },
        prior: Some(prior),
    }
}

/// Total 30,398,657.61, income 29,665,023.61, running cost 575,454.91: what the changes in the 2023 text imply.
fn year_2022(prior: Prior) -> Accounts {
    Accounts {
        entity: entity(),
        year: 2022,
        lines: lines(&[
            ("2080501", 0, 10_865_432, 0, 0, 10_500_000, 0),
            ("2240101", 0, 1_274_521_845, 0, 0, 1_190_000_000, 0),
            ("2240106", 0, 0, 452_360_000, 0, 0, 452_360_000),
            ("2240109", 73_363_400, 0, 1_228_755_084, 0, 0, 1_150_000_000),
            ("2249999", 0, 0, 73_363_400, 0, 0, 60_000_000),
        ]),
        basic_economic: economic(&[
            ("30101", 301_245_600),
            ("30102", 498_763_200),
            ("30103", 163_812_054),
            ("30108", 98_412_500),
            ("30110", 61_230_800),
            ("30113", 93_512_200),
            ("30201", 18_245_491),
            ("30211", 6_310_000),
            ("30228", 11_240_000),
            ("30231", 5_120_000),
            ("30239", 16_630_000),
            ("30302", 10_865_432),
        ]),
        basic_budget: classes([1_126_500_000, 63_500_000, 10_500_000, 0]),
        project_economic: pairs([0, 1_632_478_484, 0, 122_000_000], [0, 1_562_360_000, 0, 100_000_000]),
        three_public: ThreePublic {
            reception: Pair { actual: 0, budget: 1_390_000 },
            running: Pair { actual: 5_120_000, budget: 9_000_000 },
            vehicles_kept: 2,
            running_parts: [2_000_000, 2_100_000, 640_000, 380_000],
            ..ThreePublic::default()
        },
        procurement: Procurement {
            goods: 4_120_000,
            works: 0,
            services: 62_400_000,
            sme: 60_000_000,
            micro: 45_000_000,
        },
        services: vec![Service {
            name: "安全生产标准化评审".into(),
            first: "政府履职辅助性服务".into(),
            second: "评估和评价服务".into(),
            contractor: "某某服务有限公司".into(),
            amount: 19_800_000,
        }],
        running_cost: 57_545_491,
        assets: Assets {
            fixed: 561_230_800,
            house_area: 330,
            house_value: 0,
            vehicles: [0, 0, 0, 2, 0, 0, 0, 0],
            vehicles_value: 38_100_700,
            equipment: 0,
        },
        staff: Staff {
            offices: 5,
            admin_quota: 51,
            admin_actual: 41,
            retired: [0, 19, 0],
            contracted: 2,
            ..Staff::default()
        },
        performance: Performance { projects: 17, amount: 1_754_478_484, score: 9850 },
        prior: Some(prior),
    }
}

/// Ends with a balance of 733,634.00, which opens 2022.
fn year_2021() -> Accounts {
    Accounts {
        entity: entity(),
        year: 2021,
        lines: lines(&[
            ("2080501", 0, 10_120_000, 0, 0, 10_000_000, 0),
            ("2240101", 0, 1_215_630_240, 0, 0, 1_150_000_000, 0),
            ("2240106", 0, 0, 431_200_000, 0, 0, 440_000_000),
            ("2240109", 0, 0, 958_412_360, 73_363_400, 0, 1_000_000_000),
        ]),
        basic_economic: economic(&[
            ("30101", 290_123_400),
            ("30102", 480_215_700),
            ("30103", 148_200_000),
            ("30108", 92_356_000),
            ("30110", 58_410_000),
            ("30113", 88_312_140),
            ("30201", 17_613_000),
            ("30211", 7_100_000),
            ("30228", 10_800_000),
            ("30231", 5_600_000),
            ("30239", 16_900_000),
            ("30302", 10_120_000),
        ]),
        basic_budget: classes([1_090_000_000, 60_000_000, 10_000_000, 0]),
        project_economic: pairs([0, 1_289_612_360, 0, 100_000_000], [0, 1_340_000_000, 0, 100_000_000]),
        three_public: ThreePublic {
            reception: Pair { actual: 120_000, budget: 1_500_000 },
            running: Pair { actual: 5_600_000, budget: 9_500_000 },
            vehicles_kept: 2,
            receptions: 2,
            guests: 12,
            running_parts: [2_200_000, 2_300_000, 650_000, 450_000],
            ..ThreePublic::default()
        },
        procurement: Procurement {
            goods: 3_800_000,
            works: 0,
            services: 55_200_000,
            sme: 52_000_000,
            micro: 40_000_000,
        },
        services: Vec::new(),
        running_cost: 58_013_000,
        assets: Assets {
            fixed: 548_110_000,
            house_area: 330,
            house_value: 0,
            vehicles: [0, 0, 0, 2, 0, 0, 0, 0],
            vehicles_value: 38_100_700,
            equipment: 0,
        },
        staff: Staff {
            offices: 5,
            admin_quota: 51,
            admin_actual: 42,
            retired: [0, 18, 0],
            contracted: 1,
            ..Staff::default()
        },
        performance: Performance { projects: 15, amount: 1_389_612_360, score: 9700 },
        prior: Some(Prior {
            total: 2_498_123_400,
            income: 2_498_123_400,
            expenditure: 2_498_123_400,
            fiscal_total: 2_498_123_400,
            general: 2_498_123_400,
            running_cost: 56_120_000,
            three_public: 5_900_000,
            three_public_parts: [0, 5_800_000, 100_000],
            closing: 0,
        }),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_three_years_add_up() {
        let years = super::emergency_management();
        for accounts in &years {
            assert_eq!(accounts.contradictions(), Vec::<String>::new());
        }
        assert_eq!(years[2].general(), 2_648_654_045);
        assert_eq!(years[2].general_basic(), 1_310_162_720);
        assert_eq!(years[2].general_budget(), 2_341_347_827);
        assert_eq!(years[1].total(), 3_039_865_761);
        assert_eq!(years[1].income(), 2_966_502_361);
        assert_eq!(years[0].closing(), 73_363_400);
    }
}
