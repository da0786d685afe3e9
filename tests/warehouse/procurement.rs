//! What small enterprises won, where a place states only the parts of it.

use super::world::{Rows, built};

/// `mart.v_procurement`'s total of a text that states these amounts of 万元.
fn total_of(stated: &[(&str, &str)]) -> String {
    let mut claims = String::from("document_key,line,char_start,char_end,value,unit,item,measure,half_unit\n");
    for (line, (item, value)) in stated.iter().enumerate() {
        claims.push_str(&format!("doc_1,{line},1,4,{value},万元,{item},final_account,50\n"));
    }
    let document = "document_key,department,department_key,region_code,fiscal_year,document_kind\n\
                    doc_1,上海市普陀区示例局,310107/示例局/department,310107,2024,text\n";
    let warehouse = built(&Rows::from([("document".to_owned(), document.to_owned()), ("claim".to_owned(), claims)]));
    let sql = "SELECT CAST(sme_amount AS INTEGER), sme_source, sme_percent, micro_amount, micro_percent_of_sme
               FROM mart.v_procurement WHERE kind = 'total'";
    let frame = warehouse.query(sql, &[]).unwrap();
    frame.rows[0].iter().map(|value| value.shown()).collect::<Vec<_>>().join(" ")
}

const TOTAL: &str = "政府采购支出总额";
const RESERVED: &str = "面向中小企业预留项目中中小企业中标成交金额";
const RESERVED_MICRO: &str = "面向小微企业预留项目中小微企业中标成交金额";
const ELSEWHERE: &str = "其他政府采购项目中中小企业中标成交金额";

#[test]
fn the_parts_are_added_where_all_three_are_stated() {
    let stated = [(TOTAL, "251.25"), (RESERVED, "246.47"), (RESERVED_MICRO, "0"), (ELSEWHERE, "4.79")];
    assert_eq!(
        total_of(&stated),
        "2512600 sum_of_parts 100.0040  ",
        "one digit of rounding above the total is allowed"
    );
    assert_eq!(total_of(&stated[..3]), "    ", "a part that is not stated is not zero");
}

#[test]
fn parts_that_exceed_the_total_are_not_believed() {
    assert_eq!(
        total_of(&[(TOTAL, "21.07"), (RESERVED, "21.07"), (RESERVED_MICRO, "21.07"), (ELSEWHERE, "21.07")]),
        "    "
    );
}

#[test]
fn a_stated_sum_comes_before_the_parts() {
    let stated = [(TOTAL, "200"), ("授予中小企业合同金额", "190"), ("授予小微企业合同金额", "95")];
    assert_eq!(total_of(&stated), "1900000 stated 95.0000 950000.00 50.0000");
}
