//! The regions of the reference list, counted against what is published about them.

use juesuan::inner::warehouse::Warehouse;

use super::world::{Rows, built};

fn rows(warehouse: &Warehouse, sql: &str) -> Vec<String> {
    let frame = warehouse.query(sql, &[]).unwrap_or_else(|error| panic!("{sql}\n{error}"));
    frame.rows.iter().map(|row| row.iter().map(|value| value.shown()).collect::<Vec<_>>().join(" ")).collect()
}

/// 2,844 at the end of 2023 by the Ministry of Civil Affairs; the list has the three archipelagos of 三沙 where that counts two
/// districts.
#[test]
fn all_of_china_is_there_at_county_level() {
    let warehouse = built(&Rows::new());
    let counted = "SELECT region_level, count(*) FROM core.dim_region WHERE valid_to IS NULL AND region_code <> ''
                   GROUP BY 1 HAVING region_level <> 'zone' ORDER BY 1";
    assert_eq!(rows(&warehouse, counted), ["county 2845", "prefecture 333", "province 34"]);
    let by_province = "SELECT province_code, count(*) FROM core.dim_region
                       WHERE region_level = 'county' AND valid_to IS NULL GROUP BY 1 ORDER BY 1";
    let published = [
        "110000 16",
        "120000 16",
        "130000 167",
        "140000 117",
        "150000 103",
        "210000 100",
        "220000 60",
        "230000 121",
        "310000 16",
        "320000 95",
        "330000 90",
        "340000 104",
        "350000 84",
        "360000 100",
        "370000 136",
        "410000 157",
        "420000 103",
        "430000 122",
        "440000 122",
        "450000 111",
        "460000 26",
        "500000 38",
        "510000 183",
        "520000 88",
        "530000 129",
        "540000 74",
        "610000 107",
        "620000 86",
        "630000 44",
        "640000 22",
        "650000 108",
    ];
    assert_eq!(rows(&warehouse, by_province), published);
}

#[test]
fn every_region_hangs_under_one_that_exists() {
    let orphans = "SELECT r.region_code FROM core.dim_region r
                   LEFT JOIN core.dim_region p ON p.region_code = r.parent_region_code
                   WHERE r.region_level NOT IN ('province', 'unknown')
                     AND (p.region_level IS NULL OR p.region_level NOT IN ('province', 'prefecture'))";
    assert_eq!(rows(&built(&Rows::new()), orphans), Vec::<String>::new());
}

#[test]
fn regions_out_of_the_ordinary_have_their_level_and_parent() {
    let warehouse = built(&Rows::new());
    for (code, expected) in [
        ("419001", "济源市 county 410000  "),
        ("429004", "仙桃市 county 420000  "),
        ("429021", "神农架林区 county 420000  "),
        ("469001", "五指山市 county 460000  "),
        ("659001", "石河子市 county 650000  "),
        ("659012", "白杨市 county 650000 2021 "),
        ("441900", "东莞市 prefecture 440000  "),
        ("442000", "中山市 prefecture 440000  "),
        ("460300", "三沙市 prefecture 460000  "),
        ("460400", "儋州市 prefecture 460000  "),
        ("620200", "嘉峪关市 prefecture 620000  "),
        ("440311", "光明区 county 440300  "),
        ("370116", "莱芜区 county 370100  "),
        ("330105", "拱墅区 county 330100  "),
        ("330103", "下城区 county 330100  2020"),
        ("330113", "临平区 county 330100 2021 "),
        ("330114", "钱塘区 county 330100 2021 "),
        ("110228", "密云县 county 110000  2015"),
        ("110118", "密云区 county 110000 2016 "),
        ("500229", "城口县 county 500000  "),
        ("810000", "香港特别行政区 province   "),
    ] {
        let sql = format!(
            "SELECT region_name, region_level, parent_region_code, valid_from, valid_to FROM core.dim_region WHERE region_code = '{code}'"
        );
        assert_eq!(rows(&warehouse, &sql), [expected], "{code}");
    }
}
