//! Facts out, findings in: reconciliation on a built warehouse.

use juesuan::inner::project::Project;
use juesuan::inner::reconcile::report::{Baseline, Language};
use juesuan::inner::reconcile::{Catalogue, run};
use juesuan::inner::warehouse::Scope;

use super::world::{Rows, built};

fn a_broken_row_and_a_text() -> Rows {
    Rows::from([
        (
            "document".to_owned(),
            "document_key,department,department_key,region_code,fiscal_year\n\
             doc_1,北京市延庆区示例局,110119/示例局/department,110119,2023\n"
                .to_owned(),
        ),
        (
            "figure".to_owned(),
            "document_key,sheet,row_number,column_number,cell,report_table,line,component,flow,fund,row_label,row_name,printed,value,unit\n\
             doc_1,3,5,2,B5,expenditure,total,total,expenditure,all,合计,合计,120.00,120.00,万元\n\
             doc_1,3,5,3,C5,expenditure,total,basic,expenditure,all,合计,合计,80.00,80.00,万元\n\
             doc_1,3,5,4,D5,expenditure,total,project,expenditure,all,合计,合计,30.00,30.00,万元\n"
                .to_owned(),
        ),
        (
            "report_table".to_owned(),
            "document_key,sheet,report_table,title,state\ndoc_1,3,expenditure,支出决算表,data\n".to_owned(),
        ),
        (
            "claim".to_owned(),
            "document_key,line,char_start,char_end,printed,value,unit,section,item,line_code,item_code,section_group,measure\n\
             doc_1,7,3,8,80.00,80.00,万元,expenditure,基本支出,expenditure.basic,expenditure.basic,expenditure,final_account\n"
                .to_owned(),
        ),
    ])
}

#[test]
fn findings_evaluations_and_links_stand_in_the_warehouse() {
    let warehouse = built(&a_broken_row_and_a_text());
    let catalogue = Catalogue::load(&Project::built_in()).unwrap();
    warehouse.write_checks(&catalogue).unwrap();
    let mut writer = warehouse.findings_writer(Language::English).unwrap();
    let summary = run(
        &catalogue,
        warehouse.facts_and_answers(&catalogue, Scope::Everything).unwrap(),
        &Baseline::default(),
        |facts, report| writer.take(facts, report),
    )
    .unwrap();
    writer.finish().unwrap();
    assert_eq!(summary.disclosures, 1);
    let count = |sql: &str| warehouse.query(sql, &[]).unwrap().rows[0][0].shown();
    assert_eq!(
        count("SELECT left_value - right_value FROM core.fact_finding WHERE check_id = 'W-08' AND severity = 'error'"),
        "100000"
    );
    assert_eq!(count("SELECT outcome FROM core.claim_link"), "exact");
    assert_ne!(count("SELECT count(*) FROM audit.check_evaluation WHERE outcome = 'not_evaluable'"), "0");
    assert_eq!(count("SELECT operands FROM audit.check_evaluation WHERE check_id = 'W-08'"), "l+1/B5 r+1/C5 r+1/D5");
    assert_ne!(count("SELECT check_name FROM core.dim_check WHERE check_id = 'W-08'"), "");
}
