//! Checks that a SQL file answers: each finds a planted fault and stays silent on a consistent disclosure.

use juesuan::inner::project::Project;
use juesuan::inner::reconcile::catalogue::Method;
use juesuan::inner::reconcile::report::Baseline;
use juesuan::inner::reconcile::{Catalogue, run};
use juesuan::inner::vocabulary::Outcome;
use juesuan::inner::warehouse::{Scope, Value, Warehouse, lint_queries};

use super::world::{Rows, built};

const DOCUMENT: &str = "document_key,department,department_key,region_code,fiscal_year,document_kind\n\
     doc_1,上海市普陀区规划和自然资源局,310107/规划和自然资源局/department,310107,2023,mixed\n";
const PARAGRAPH: &str = "document_key,line,section,section_path,heading_level,ordinal,has_body,has_table_below,text\n";
const CLAIM: &str =
    "document_key,line,char_start,char_end,printed,value,unit,section,item,function_code,measure,fund\n";

fn rows(tables: &[(&str, String)]) -> Rows {
    let mut rows = Rows::from([("document".to_owned(), DOCUMENT.to_owned())]);
    rows.extend(tables.iter().map(|(name, text)| ((*name).to_owned(), text.clone())));
    rows
}

fn paragraphs(lines: &[&str]) -> Rows {
    rows(&[("paragraph", format!("{PARAGRAPH}{}\n", lines.join("\n")))])
}

/// Outcome and words of every evaluation of a check; `more` are statements run on the modelled warehouse.
fn said(rows: &Rows, more: &str, check: &str) -> Vec<(Outcome, String)> {
    let warehouse = built(rows);
    warehouse.execute(more).unwrap();
    let catalogue = Catalogue::load(&Project::built_in()).unwrap();
    let facts = warehouse.facts_and_answers(&catalogue, Scope::Everything).unwrap();
    let mut found = Vec::new();
    run(&catalogue, facts, &Baseline::default(), |_, report| {
        let own = report.evaluations.iter().filter(|record| record.check.id == check);
        found.extend(own.map(|record| (record.outcome, format!("{} {}", record.subject, record.detail_zh))));
        Ok(())
    })
    .unwrap();
    found
}

fn broken(rows: &Rows, more: &str, check: &str) -> Vec<String> {
    let broken = said(rows, more, check).into_iter().filter(|(outcome, _)| *outcome == Outcome::Broken);
    broken.map(|(_, words)| words).collect()
}

/// The consistent rows are evaluated and hold; the faulty ones are broken, and the words name the fault.
fn finds(check: &str, consistent: &Rows, faulty: &Rows, more: &str, words: &str) {
    let silent = said(consistent, more, check);
    let is_fine = |outcome: Outcome| matches!(outcome, Outcome::Exact | Outcome::WithinRounding);
    // The other disclosures of the world may have nothing to compare.
    assert!(silent.iter().any(|(outcome, _)| is_fine(*outcome)), "{check}: {silent:?}");
    assert!(silent.iter().all(|(outcome, _)| *outcome != Outcome::Broken), "{check}: {silent:?}");
    let found = broken(faulty, more, check);
    assert!(found.len() == 1 && found[0].contains(words), "{check}: {found:?}");
}

/// Says of the cells of these facts that their reading is in doubt.
fn doubts(facts: &str, condition: &str) -> String {
    format!(
        "INSERT INTO core.fact_finding BY NAME
         SELECT document_key, '' AS disclosure_key, 'cell.bracketed' AS check_id, 'info' AS severity, 'not_evaluable' AS outcome,
                'extraction' AS cause, sheet || '!' || cell AS place, '' AS hint, '' AS message FROM {facts} WHERE {condition}"
    )
}

#[test]
fn every_query_of_the_catalogue_answers() {
    let project = Project::built_in();
    lint_queries(&project, &Catalogue::load(&project).unwrap()).unwrap();
}

#[test]
fn a_query_that_cannot_answer_is_refused_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let check =
        "[[check]]\nid = \"L-1\"\ntitle_zh = \"甲\"\ntitle_en = \"a\"\nseverity = \"info\"\nmethod = \"query\"\n";
    write("pipelines/checks/own.toml", &format!("{check}query = \"sql/reconcile/own.sql\"\n"));
    let load = || Catalogue::load(&Project::with_folder(folder.path()).unwrap());
    let absent = load().unwrap_err().to_string();
    assert!(absent.contains("own.toml:7") && absent.contains("sql/reconcile/own.sql"), "{absent}");
    let refused = |sql: &str| {
        write("sql/reconcile/own.sql", &format!("-- title: 甲 | a\n\n{sql}"));
        lint_queries(&Project::with_folder(folder.path()).unwrap(), &load().unwrap()).unwrap_err().to_string()
    };
    assert!(refused("SELECT disclosure_key FROM core.nothing").contains("own.sql failed"));
    assert!(refused("SELECT '' AS subject").contains("disclosure_key is missing"));
    assert!(refused("SELECT '' AS disclosure_key, '' AS subject").contains("neither `holds`"));
    let unknown = refused("SELECT '' AS disclosure_key, '' AS subject, TRUE AS holds, 1 AS lefft");
    assert!(unknown.contains("own.sql") && unknown.contains("lefft"), "{unknown}");
}

/// What compares departments with their government says so: a run that replaces a few departments asks it of all.
#[test]
fn an_answer_about_no_disclosure_needs_a_header_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let answered = |header: &str, key: &str| {
        let sql = folder.path().join("sql/reconcile");
        std::fs::create_dir_all(&sql).unwrap();
        let query =
            format!("-- title: 甲 | a\n{header}\nSELECT '{key}' AS disclosure_key, '' AS subject, TRUE AS holds");
        std::fs::write(sql.join("counted_lists.sql"), query).unwrap();
        let catalogue = Catalogue::load(&Project::with_folder(folder.path()).unwrap()).unwrap();
        let warehouse = built(&rows(&[]));
        warehouse.facts_and_answers(&catalogue, Scope::Everything).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(answered("", "d/2023"), Ok(()));
    assert_eq!(answered("-- about: 政府 | governments\n", ""), Ok(()));
    for refused in [answered("", ""), answered("-- about: 政府 | governments\n", "d/2023")] {
        let why = refused.unwrap_err();
        assert!(why.contains("counted_lists.sql") && why.contains("hint:"), "{why}");
    }
}

/// A table that cannot be brought up to date family by family must not say that it can.
#[test]
fn a_check_that_needs_more_memory_than_there_is_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sql/reconcile/doubled_paragraphs.sql");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    // One text of 100 MB: nothing that could wait on disk.
    std::fs::write(
        path,
        "-- title: 文字 | Texts\n-- grain: 一份材料 | one disclosure\n
         SELECT min(disclosure_key) AS disclosure_key, '' AS subject,
                length(string_agg(CAST(number AS VARCHAR), ',')) > 0 AS holds, '' AS said_zh, '' AS said_en
         FROM core.dim_document, range(12000000) AS numbers(number)",
    )
    .unwrap();
    let catalogue = Catalogue::load(&Project::with_folder(folder.path()).unwrap()).unwrap();
    let warehouse = built(&paragraphs(&["doc_1,1,income,,0,0,true,false,本年收入合计1.00万元。"]));
    warehouse.limit(100, 1).unwrap();
    let refused = warehouse.facts_and_answers(&catalogue, Scope::Disclosures).err().unwrap();
    let words = "sql/reconcile/doubled_paragraphs.sql: DuckDB needs more memory than it may take";
    assert!(refused.what.ends_with(words), "{refused:?}");
}

/// Where memory does not do, a check is asked of some departments after the others.
#[test]
fn checks_say_of_some_departments_what_they_say_of_all() {
    let out = tempfile::tempdir().unwrap();
    let run = crate::common::run(&crate::common::sample_disclosures(), out.path(), &[]);
    assert!(run.status.success(), "{}", crate::common::text(&run.stderr));
    let warehouse = Warehouse::open_read_only(&out.path().join("w.duckdb")).unwrap();
    let rows = |statement: &str| -> Vec<Vec<String>> {
        let frame = warehouse.query(statement, &[]).unwrap_or_else(|error| panic!("{error}: {statement}"));
        frame.rows.iter().map(|row| row.iter().map(Value::shown).collect()).collect()
    };
    let (mut checks, mut said) = (0, 0);
    for check in &Catalogue::load(&Project::built_in()).unwrap().checks {
        let Method::Query { sql, words, .. } = &check.method else { continue };
        if sql.contains("-- about:") {
            continue;
        }
        let words: Vec<String> = words.iter().map(|word| format!("'{}'", word.replace('\'', "''"))).collect();
        warehouse.execute(&format!("SET VARIABLE words = CAST([{}] AS VARCHAR[])", words.join(", "))).unwrap();
        let statement = sql.trim().trim_end_matches(';');
        let parts = warehouse.of_some_departments(statement).unwrap();
        assert!(parts.len() > 1);
        let mut whole = rows(statement);
        let mut in_parts: Vec<Vec<String>> = parts.iter().flat_map(|part| rows(part)).collect();
        whole.sort();
        in_parts.sort();
        assert_eq!(whole, in_parts, "{}", check.id);
        checks += 1;
        said += whole.len();
    }
    assert!(said > checks);
    assert_eq!(checks, 54 - 3);
}

#[test]
fn a_table_that_holds_families_together_is_made_anew() {
    juesuan::inner::warehouse::lint_updates(&Project::built_in()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let facts = folder.path().join("sql/facts");
    std::fs::create_dir_all(&facts).unwrap();
    let refused = |update: &str, from: &str| {
        let sql = format!(
            "-- title: 甲 | a\n-- update: {update}\n\nCREATE TABLE core.own (\n    department_key VARCHAR);\n\
             INSERT INTO core.own SELECT department_key FROM {from};\n"
        );
        std::fs::write(facts.join("own.sql"), sql).unwrap();
        juesuan::inner::warehouse::lint_updates(&Project::with_folder(folder.path()).unwrap())
            .map_err(|error| error.to_string())
    };
    assert_eq!(refused("department_key", "core.fact_amount"), Ok(()));
    let rank = refused("department_key", "core.fact_entity_measure").unwrap_err();
    assert!(rank.contains("own.sql") && rank.contains("core.fact_entity_measure"), "{rank}");
    let column = refused("region_code", "core.fact_amount").unwrap_err();
    assert!(column.contains("region_code"), "{column}");
    // Places among the departments of a region follow from that region; places among peers from all.
    assert_eq!(refused("department_key, region_code", "core.fact_amount"), Ok(()));
    let peers = refused("department_key, region_code", "core.fact_peer_rank").unwrap_err();
    assert!(peers.contains("own.sql") && peers.contains("core.fact_peer_rank"), "{peers}");
}

/// A check of the warehouse is asked of changed families alone where others change none of its answers.
#[test]
fn a_check_that_others_change_is_asked_of_the_whole_warehouse() {
    let folder = tempfile::tempdir().unwrap();
    let checks = folder.path().join("sql/checks");
    std::fs::create_dir_all(&checks).unwrap();
    let refused = |update: &str, from: &str| {
        let sql = format!(
            "-- title: 甲 | a\n-- update: {update}\n\nSELECT document_key, '' AS place, '' AS message FROM {from}\n"
        );
        std::fs::write(checks.join("own.sql"), sql).unwrap();
        juesuan::inner::warehouse::lint_updates(&Project::with_folder(folder.path()).unwrap())
            .map_err(|error| error.to_string())
    };
    let amounts = "core.fact_amount JOIN core.dim_unit USING (unit) JOIN stage.reference_funds USING (fund)";
    assert_eq!(refused("document_key", amounts), Ok(()));
    for (update, from, why) in [
        ("document_key", "core.fact_finding", "core.fact_finding"),
        ("document_key", "stage.figure", "stage.figure"),
        ("department_key", "core.fact_amount", "names a document, no department_key"),
    ] {
        let error = refused(update, from).unwrap_err();
        assert!(error.contains("own.sql") && error.contains(why), "{error}");
    }
}

/// An extract whose rows other departments' documents change is written whole by every run.
#[test]
fn an_extract_that_others_change_cannot_be_spliced() {
    let folder = tempfile::tempdir().unwrap();
    let extracts = folder.path().join("sql/extracts");
    std::fs::create_dir_all(&extracts).unwrap();
    let refused = |from: &str| {
        let sql = format!("-- title: 甲 | a\n-- update: department_key\n\nSELECT * FROM {from}\n");
        std::fs::write(extracts.join("own.sql"), sql).unwrap();
        juesuan::inner::warehouse::lint_updates(&Project::with_folder(folder.path()).unwrap())
            .map_err(|error| error.to_string())
    };
    // Its quality flag rests on a table that is made anew, but compared.
    assert_eq!(refused("mart.v_year_on_year"), Ok(()));
    assert_eq!(refused("core.fact_amount JOIN core.dim_report_table USING (report_table)"), Ok(()));
    let cases = [
        ("mart.v_peer_group", "core.fact_entity_measure"),
        ("mart.v_function_name", "core.dim_function_year"),
        ("core.fact_finding JOIN core.dim_document USING (document_key)", "core.fact_finding"),
    ];
    for (from, table) in cases {
        let why = refused(from).unwrap_err();
        assert!(why.contains("own.sql") && why.contains("rests on core."), "{why}");
        assert!(why.contains(table), "{from}: {why}");
    }
}

#[test]
fn near_misses_of_the_departments_name() {
    let of = |name: &str| paragraphs(&[&format!("doc_1,3,,,0,0,true,false,{name}2023年度收入支出总计1元。")]);
    for fine in ["上海市普陀区规划和自然资源局", "规划和自然资源局", "上海市普陀区规划和自然资源局执法大队"]
    {
        assert_eq!(broken(&of(fine), "", "S-02"), [""; 0], "{fine}");
    }
    let whole = of("上海市普陀区规划和自然资源局");
    finds("S-02", &whole, &of("上海市普陀区规划与自然资源局"), "", "规划与自然资源局");
    finds("S-02", &whole, &of("上海市规划和自然资源局"), "", "上海市规划和自然资源局");
    let sheet = |name: &str| {
        rows(&[(
            "report_table",
            format!("document_key,sheet,report_table,title,departments\ndoc_1,3,income,表,{name}\n"),
        )])
    };
    finds(
        "S-02",
        &sheet("上海市普陀区规划和自然资源局"),
        &sheet("上海市规划和自然资源局"),
        "",
        "上海市规划和自然资源局",
    );
}

#[test]
fn numbers_without_units_and_units_without_numbers() {
    let text = |text: &str| paragraphs(&[&format!("doc_1,3,income,,0,0,true,false,\"{text}\"")]);
    let fine = text("本年收入合计1,830.5万元,比上年增加12,000.00万元,增长13.95%。三公经费0.39万元(含外宾)。");
    finds("S-05", &fine, &text("本年收入合计18.50万元,增长13.95。"), "", "13.95");
    finds("S-05", &fine, &text("接待支出0.39万(含外宾)。"), "", "0.39万");
    finds("S-05b", &fine, &text("本年收入合计万元,增长13.95%。"), "", "本年收入合计万元");
    finds("S-05b", &text("以下以万元为单位。支出合计3.00万元。"), &text("比上年增加元,主要是"), "", "增加元");
}

#[test]
fn numbering_and_headings() {
    let outline = |third: &str| {
        paragraphs(&[
            "doc_1,3,income,说明/收入,2,1,false,false,一、收入情况说明",
            "doc_1,4,income,说明/收入,0,0,true,false,本年收入1元。",
            "doc_1,5,expenditure,说明/支出,2,2,false,false,二、支出情况说明",
            "doc_1,6,expenditure,说明/支出,0,0,true,false,本年支出1元。",
            third,
            "doc_1,8,general_public,说明/公共,0,0,true,false,没有。",
        ])
    };
    let fine = outline("doc_1,7,general_public,说明/公共,2,3,false,false,三、一般公共预算情况说明");
    finds(
        "S-06",
        &fine,
        &outline("doc_1,7,general_public,说明/公共,2,4,false,false,四、一般公共预算情况说明"),
        "",
        "2到4",
    );
    let restarted = outline("doc_1,7,general_public,说明/公共,2,1,false,false,一、一般公共预算情况说明");
    assert_eq!(broken(&restarted, "", "S-06"), [""; 0]);
    let empty = |below: &str| {
        paragraphs(&[
            "doc_1,3,performance,绩效,4,1,false,false,1.绩效管理制度情况",
            below,
            "doc_1,5,performance,绩效,4,2,false,false,2.绩效目标管理情况",
            "doc_1,6,performance,绩效,0,0,true,false,目标14个。",
        ])
    };
    let fine = empty("doc_1,4,performance,绩效,0,0,true,false,制度健全。");
    let bare = paragraphs(&[
        "doc_1,3,performance,绩效,4,1,false,false,1.绩效管理制度情况",
        "doc_1,5,performance,绩效,4,2,false,false,2.绩效目标管理情况",
        "doc_1,6,performance,绩效,0,0,true,false,目标14个。",
    ]);
    finds("S-08b", &fine, &bare, "", "绩效管理制度情况");
    let over_a_table = paragraphs(&[
        "doc_1,3,performance,绩效,4,1,false,true,1.绩效管理制度情况",
        "doc_1,5,performance,绩效,4,2,false,false,2.绩效目标管理情况",
        "doc_1,6,performance,绩效,0,0,true,false,目标14个。",
    ]);
    assert_eq!(broken(&over_a_table, "", "S-08b"), [""; 0]);
}

/// What extraction said of a table or line of the document.
fn found(check: &str, place: &str) -> String {
    format!(
        "INSERT INTO core.fact_finding BY NAME
         SELECT document_key, disclosure_key, '{check}' AS check_id, 'info' AS severity, 'not_evaluable' AS outcome,
                'extraction' AS cause, '{place}' AS place, '' AS hint, '' AS message
         FROM core.dim_document WHERE document_key = 'doc_1'"
    )
}

#[test]
fn a_table_that_was_seen_and_not_read_is_not_missing() {
    let one =
        rows(&[("report_table", "document_key,sheet,report_table,title\ndoc_1,3,income,收入决算表\n".to_owned())]);
    assert_eq!(broken(&one, "SELECT 1", "S-01").len(), 7);
    assert_eq!(broken(&one, &found("extract.unmatched_sheet", "table 2"), "S-01"), Vec::<String>::new());
}

/// Of a table in a text some rows may be missing where any row of the text could not be told apart; a sheet has them all.
#[test]
fn sums_over_a_table_of_which_rows_were_lost_are_in_doubt() {
    let doubted = |sheet: &str| {
        let table = format!("document_key,sheet,report_table,title\ndoc_1,{sheet},income,收入决算表\n");
        let warehouse = built(&rows(&[("report_table", table)]));
        warehouse.execute(&found("decode.row_without_columns", "line 7")).unwrap();
        let frame = warehouse.query("SELECT sheet FROM core.reading_doubt WHERE is_hidden", &[]).unwrap();
        frame.rows.iter().map(|row| row[0].shown()).collect::<Vec<String>>()
    };
    assert_eq!(doubted("table 1"), ["table 1"]);
    assert_eq!(doubted("3收入决算表"), Vec::<String>::new());
}

#[test]
fn sections_that_a_full_text_has() {
    let all = [
        "income_expenditure_total",
        "income",
        "expenditure",
        "fiscal_total",
        "general_public",
        "three_public",
        "government_fund",
        "running_cost",
        "procurement",
        "assets",
    ];
    let text = |sections: &[&str]| {
        let lines: Vec<String> = sections
            .iter()
            .enumerate()
            .map(|(at, section)| format!("doc_1,{at},{section},,0,0,true,false,文字"))
            .collect();
        paragraphs(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    finds("S-08", &text(&all), &text(&all[..9]), "", "国有资产");
    assert_eq!(broken(&text(&all[..3]), "", "S-08"), [""; 0], "a text of a few sections is no full one");
}

#[test]
fn lists_and_targets() {
    let text = |text: &str| paragraphs(&[&format!("doc_1,3,duties,,0,0,true,false,\"{text}\"")]);
    let fine = text("区应急局内设三个科室分别为:办公室、应急科、救灾科。");
    finds(
        "S-12",
        &fine,
        &text("区应急局内设两个科室,设有2个科室分别为:办公室、应急科、救灾科。"),
        "",
        "说2个，列了3个",
    );
    assert_eq!(broken(&text("内设2个科室分别为:办公室、应急科、救灾科等。"), "", "S-12"), [""; 0]);
    let analysed = |words: &str| {
        let mut rows = paragraphs(&[&format!("doc_1,9,performance,,0,0,true,false,5.服务对象满意度:{words}")]);
        let indicators = "document_key,line,name,nature,target\ndoc_1,3,满意度指标服务对象满意度,≥,90\n";
        rows.insert("indicator".to_owned(), indicators.to_owned());
        rows
    };
    assert_eq!(broken(&analysed("达到95%"), "", "S-13"), [""; 0]);
    assert_eq!(broken(&analysed("不涉及"), "", "S-13").len(), 1);
}

#[test]
fn labels_and_problems() {
    let text = |text: &str| paragraphs(&[&format!("doc_1,3,performance,,0,0,true,false,\"{text}\"")]);
    let unfilled = text("绩效自评等级:(四类评价等级:90(含)-100分为优秀。)");
    finds("S-14", &text("绩效自评等级:优秀(90分以上)"), &unfilled, "", "绩效自评等级");
    let progress = |problem: &str| {
        let mut rows = paragraphs(&[&format!("doc_1,9,performance,,0,0,true,false,{problem}")]);
        let claim = format!("{CLAIM}doc_1,3,12,15,100,100,%,performance,项目支出进度,,completion_percent,\n");
        rows.insert("claim".to_owned(), claim);
        rows
    };
    finds(
        "S-15",
        &progress("主要问题:个别项目支出进度较慢。"),
        &progress("主要问题:支出进度较慢。"),
        "",
        "支出进度较慢",
    );
}

#[test]
fn publication_within_twenty_days() {
    let published = |date: &str| {
        let document = DOCUMENT.replace("document_kind\n", "document_kind,approval_date,published_date\n");
        let document = document.replace(",mixed\n", &format!(",mixed,2024-08-01,{date}\n"));
        Rows::from([
            ("document".to_owned(), document),
            ("report_table".to_owned(), "document_key,sheet,report_table,title\ndoc_1,3,income,表\n".to_owned()),
        ])
    };
    finds("S-09", &published("2024-08-21"), &published("2024-08-25"), "", "第24天");
    let undated = said(&rows(&[]), "", "S-09");
    assert!(undated.iter().all(|(outcome, _)| *outcome == Outcome::NotEvaluable), "{undated:?}");
}

#[test]
fn listed_units_and_their_documents() {
    let with_units = |listed: &str| {
        let document = format!(
            "{}doc_2,普陀区财政局,310107/财政局/department,310107,2023,mixed,department\n\
             doc_3,普陀区财政局财政所,310107/财政局财政所/unit,310107,2023,mixed,unit\n\
             doc_4,普陀区财政局国库收付中心,310107/财政局国库收付中心/unit,310107,2023,mixed,unit\n",
            DOCUMENT.replace("document_kind\n", "document_kind,level\n").replace("mixed\n", "mixed,department\n")
        );
        Rows::from([
            ("document".to_owned(), document),
            ("listed_unit".to_owned(), format!("document_key,line,name,remark\n{listed}")),
        ])
    };
    let own = "doc_2,5,普陀区财政局（本级）,\n";
    let both = format!("{own}doc_2,6,普陀区财政局财政所,\ndoc_2,7,普陀区财政局国库收付中心,\n");
    let third = format!("{both}doc_2,8,普陀区财政局票据中心,\n");
    finds("D-03", &with_units(&both), &with_units(&third), "", "票据中心");
    let merged = format!("{both}doc_2,8,普陀区财政局票据中心,预算不单列，并入本级\n");
    assert_eq!(broken(&with_units(&merged), "", "D-03"), [""; 0]);
    let one = format!("{own}doc_2,6,普陀区财政局财政所,\n");
    finds("D-03", &with_units(&both), &with_units(&one), "", "国库收付中心");
}

#[test]
fn departments_against_their_government() {
    let two = Rows::from([
        (
            "document".to_owned(),
            "document_key,department,department_key,region_code,fiscal_year\n\
             doc_1,普陀区财政局,310107/财政局/department,310107,2023\n\
             doc_2,普陀区审计局,310107/审计局/department,310107,2023\n"
                .to_owned(),
        ),
        (
            "figure".to_owned(),
            "document_key,row_number,report_table,line,component,fund,flow,value,unit,half_unit\n\
             doc_1,5,general_budget_expenditure,total,total,general_public_budget,expenditure,120.00,万元,50\n\
             doc_2,5,general_budget_expenditure,total,total,general_public_budget,expenditure,80.00,万元,50\n\
             doc_1,6,three_public,three_public.total,total,fiscal,expenditure,3.00,万元,50\n\
             doc_2,6,three_public,three_public.total,total,fiscal,expenditure,2.00,万元,50\n"
                .to_owned(),
        ),
    ]);
    let totals = |spent: &str, three_public: &str, departments: &str| {
        format!(
            "INSERT INTO core.fact_reference_indicator (region_code, department_key, fiscal_year, indicator, value, half_unit, unit, indicator_source)
             VALUES ('310107', '', 2023, 'government_general_budget_expenditure', {spent}, 0.5, '万元', ''),
                    ('310107', '', 2023, 'government_three_public', {three_public}, 0.005, '万元', ''),
                    ('310107', '', 2023, 'government_departments', {departments}, 0, '个', '')"
        )
    };
    let broken = |more: &str| ["D-04", "D-05", "D-05b"].map(|check| broken(&two, more, check).len());
    assert_eq!(broken(&totals("250", "5.00", "2")), [0, 0, 0]);
    assert_eq!(broken(&totals("200", "5.01", "2")), [0, 0, 0], "rounding is allowed for");
    assert_eq!(broken(&totals("150", "4.00", "3")), [1, 1, 0]);
    assert_eq!(broken(&totals("250", "6.00", "2")), [0, 0, 1]);
    assert_eq!(broken(&totals("250", "6.00", "3")), [0, 0, 0], "not every department is read");
    let doubted = |more: String| format!("{more};{}", doubts("core.fact_amount", "document_key = 'doc_2'"));
    assert_eq!(broken(&doubted(totals("150", "4.00", "3"))), [0, 0, 0], "nobody is blamed for a doubtful reading");
    assert_eq!(broken(&doubted(totals("250", "6.00", "2"))), [0, 0, 0]);
}

#[test]
fn a_reformed_department_is_not_compared_with_the_year_before() {
    let world = |old: &str| {
        Rows::from([
            (
                "document".to_owned(),
                format!(
                    "document_key,department,department_key,region_code,fiscal_year\n\
                     doc_0,延庆区{old},110119/{old}/department,110119,2018\n\
                     doc_1,延庆区应急管理局,110119/应急管理局/department,110119,2018\n\
                     doc_2,延庆区应急管理局,110119/应急管理局/department,110119,2019\n"
                ),
            ),
            (
                "figure".to_owned(),
                "document_key,row_number,report_table,side,line,component,fund,flow,value,unit\n\
                 doc_1,9,income_expenditure_summary,支出,expenditure.closing_balance,total,all,closing_balance,5.00,元\n\
                 doc_2,9,income_expenditure_summary,收入,income.opening_balance,total,all,opening_balance,7.00,元\n"
                    .to_owned(),
            ),
        ])
    };
    let (reformed, other) = (world("安全生产监督管理局"), world("统计局"));
    finds("Y-06", &other, &reformed, "", "机构改革");
    assert_eq!(broken(&other, "", "Y-01").len(), 1);
    assert_eq!(broken(&reformed, "", "Y-01"), [""; 0]);
}

#[test]
fn purposes() {
    let item = |code: &str, name: &str, purpose: &str| {
        let mut rows = paragraphs(&[&format!(
            "doc_1,7,general_public,,0,0,true,false,{name}。主要用于:{purpose}。支出决算为10.00万元。"
        )]);
        let claim = format!(
            "{CLAIM}doc_1,7,30,35,10.00,10.00,万元,general_public,{name},{code},final_account,general_public_budget\n"
        );
        rows.insert("claim".to_owned(), claim);
        let figure = |cell: &str, component: &str, value: &str| {
            format!(
                "doc_1,{cell},7,general_budget_expenditure,{component},general_public_budget,expenditure,{code},{value},万元\n"
            )
        };
        let figures = format!(
            "document_key,cell,row_number,report_table,component,fund,flow,function_code,value,unit\n{}{}",
            figure("C7", "total", "10.00"),
            figure("E7", "project", "10.00")
        );
        rows.insert("figure".to_owned(), figures);
        rows
    };
    finds(
        "X-16",
        &item("2210201", "住房公积金", "缴纳住房公积金"),
        &item("2210201", "住房公积金", "事业单位医疗保险支出"),
        "",
        "医疗",
    );
    let project = item("2010602", "一般行政管理事务", "业务指导等项目支出");
    let basic = item("2010602", "一般行政管理事务", "业务指导等基本支出");
    finds("X-16b", &project, &basic, "", "只说基本支出");
    let table = "INSERT INTO core.fact_report_table BY NAME SELECT DISTINCT document_key, disclosure_key, department_key, fiscal_year,
        is_current, sheet_number, sheet, report_table, 'x' AS layout, '' AS title, 'data' AS state, '' AS unit, '' AS departments, '' AS notes,
        false AS is_hidden, 1 AS figures FROM core.fact_amount";
    assert_eq!(broken(&basic, table, "X-16b").len(), 1);
    let doubted = format!("{table};{}", doubts("core.fact_amount", "component = 'total'"));
    assert_eq!(broken(&basic, &doubted, "X-16b"), [""; 0], "the table holds a cell that could not be read");
}

#[test]
fn initial_budgets_against_the_budget_document() {
    let world = |total: &str, item: &str| {
        let document = format!(
            "{}doc_9,上海市普陀区规划和自然资源局,310107/规划和自然资源局/department,310107,2023,workbook,budget\n",
            DOCUMENT.replace("document_kind\n", "document_kind,outcome\n").replace("mixed\n", "mixed,loaded\n")
        );
        let figures = "document_key,row_number,report_table,component,phase,fund,flow,line,function_code,value,unit,amount_yuan,half_unit\n\
             doc_9,5,general_budget_expenditure,total,initial_budget,general_public_budget,expenditure,,2010601,60.00,万元,600000.00,50\n\
             doc_9,9,general_budget_expenditure,total,initial_budget,general_public_budget,expenditure,total,,100.00,万元,1000000.00,50\n";
        let claims = format!(
            "{}doc_1,7,9,15,{total},{total},元,general_public,一般公共预算财政拨款支出,,initial_budget,general_public_budget\n\
             doc_1,8,9,15,{item},{item},元,general_public,行政运行,2010601,initial_budget,general_public_budget\n",
            CLAIM
        );
        Rows::from([
            ("document".to_owned(), document),
            ("budget_figure".to_owned(), figures.to_owned()),
            ("claim".to_owned(), claims),
        ])
    };
    let consistent = world("1000040.00", "600000.00");
    finds("P-01", &consistent, &world("1010040.00", "600000.00"), "", "一般公共预算财政拨款支出");
    finds("P-01b", &consistent, &world("1000040.00", "660000.00"), "", "行政运行 2010601");
    let doubted = doubts("core.fact_budget_amount", "true");
    assert_eq!(broken(&world("1010040.00", "660000.00"), &doubted, "P-01"), [""; 0]);
    assert_eq!(broken(&world("1010040.00", "660000.00"), &doubted, "P-01b"), [""; 0]);
    let without: Rows = rows(&[("claim", consistent["claim"].clone())]);
    assert!(said(&without, "", "P-01").iter().all(|(outcome, _)| *outcome == Outcome::NotEvaluable));
}

#[test]
fn a_large_deviation_needs_a_reason() {
    let text = |actual: &str, reason: &str| {
        let head = CLAIM.replace("fund\n", "fund,reason\n");
        let claim = |start: u32, value: &str, measure: &str, reason: &str| {
            format!(
                "doc_1,7,{start},{},{value},{value},元,general_public,一般公共预算财政拨款支出,,{measure},general_public_budget,{reason}\n",
                start + 5
            )
        };
        let claims =
            format!("{head}{}{}", claim(9, "100.00", "initial_budget", ""), claim(20, actual, "final_account", reason));
        rows(&[("claim", claims)])
    };
    finds("P-03b", &text("119.00", ""), &text("130.00", ""), "", "五分之一");
    assert_eq!(broken(&text("130.00", "新增项目"), "", "P-03b"), [""; 0]);
}
