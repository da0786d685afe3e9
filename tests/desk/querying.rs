//! `juesuan query` and `juesuan sql`.

use crate::desk_world::DeskWorld;

#[test]
fn answers_come_in_every_format_with_exact_amounts() {
    let desk = DeskWorld::new();
    let sql = "SELECT row_label, amount_yuan FROM core.fact_amount WHERE document_key = 'doc_1' ORDER BY row_number, cell LIMIT 1";
    let table = desk.says(&["query", sql]);
    assert!(table.contains("1234500.00") && table.contains("1 row"), "{table}");
    assert_eq!(desk.says(&["query", sql, "--format", "csv"]), "row_label,amount_yuan\n一、公共安全支出,1234500.00\n");
    assert_eq!(
        desk.says(&["query", sql, "--format", "jsonl"]),
        "{\"row_label\": \"一、公共安全支出\", \"amount_yuan\": 1234500.00}\n"
    );
    let json = desk.json(&["query", sql, "--json"]);
    assert_eq!(json[0]["row_label"], "一、公共安全支出");
    let markdown = desk.says(&["query", sql, "--format", "markdown"]);
    assert_eq!(markdown.lines().nth(1), Some("| --- | ---: |"));
    assert_eq!(desk.json(&["query", "SELECT 1 WHERE false", "--json"]), serde_json::json!([]));
}

#[test]
fn files_are_written_whole() {
    let desk = DeskWorld::new();
    let sql = "SELECT row_label, amount_yuan FROM core.fact_amount WHERE fiscal_year = $year";
    for format in ["parquet", "xlsx", "csv"] {
        let output = format!("answer.{format}");
        desk.says(&["query", sql, "-p", "year=2023", "--format", format, "-o", &output]);
        assert!(desk.folder.path().join(&output).metadata().unwrap().len() > 50, "{format}");
    }
    let back = desk.says(&["query", "SELECT sum(amount_yuan) AS s FROM 'answer.parquet'", "--format", "csv"]);
    assert_eq!(back, "s\n4938187.50\n");
    assert!(desk.refuses(&["query", sql, "--format", "xlsx"]).contains("hint: name the file with -o"));
}

#[test]
fn parameters_adapt_to_where_they_stand() {
    let desk = DeskWorld::new();
    let ask = |sql: &str, parameter: &str| desk.says(&["query", sql, "-p", parameter, "--format", "csv"]);
    assert_eq!(ask("SELECT count(*) AS n FROM core.dim_document WHERE fiscal_year = $year", "year=2022"), "n\n1\n");
    assert_eq!(ask("SELECT count(*) AS n FROM core.dim_document WHERE fiscal_year = $year - 1", "year=2023"), "n\n1\n");
    assert_eq!(
        ask("SELECT count(*) AS n FROM core.dim_department WHERE starts_with(region_code, $region)", "region=11"),
        "n\n1\n"
    );
    assert!(desk.refuses(&["query", "SELECT $year"]).contains("hint: give it: -p year=VALUE"));
    assert!(desk.refuses(&["query", "SELECT 1", "-p", "year=1"]).contains("no parameter $year"));
}

#[test]
fn nothing_can_be_written_by_a_question() {
    let desk = DeskWorld::new();
    let listing = || {
        let mut names: Vec<_> =
            std::fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let (before, warehouse) = (listing(), std::fs::read(desk.new_one()).unwrap());
    for sql in [
        "INSERT INTO core.dim_fund VALUES ('x', 'x', 'x', NULL)",
        "DROP TABLE core.dim_fund",
        "UPDATE core.dim_fund SET fund = 'x'",
        "COPY (SELECT 1) TO 'written.csv'",
        "SELECT 1; COPY core.dim_fund TO 'written.csv'",
        "EXPLAIN ANALYZE COPY core.dim_fund TO 'written.csv'",
        "EXPORT DATABASE 'written'",
        "ATTACH 'written.duckdb' AS w",
        "INSTALL httpfs",
        "PRAGMA enable_profiling",
        "SET profiling_output = 'written.json'",
        "SET memory_limit = '1GB'",
        "CALL enable_logging(storage = 'file', storage_path = 'written')",
        "CREATE TABLE t AS SELECT 1",
    ] {
        let error = desk.refuses(&["query", sql]);
        assert!(error.contains("read-only") && error.contains("hint: "), "{sql}: {error}");
    }
    assert_eq!(listing(), before);
    assert!(std::fs::read(desk.new_one()).unwrap() == warehouse);
    let temporary = "CREATE TEMP TABLE t AS SELECT 6 * 7 AS answer; FROM t";
    assert_eq!(desk.says(&["query", temporary, "--format", "csv"]), "answer\n42\n");
    assert!(desk.refuses(&["query", "--warehouse", "nowhere.duckdb", "SELECT 1"]).contains("juesuan run"));
}

#[test]
fn no_format_lets_a_statement_be_pasted_into_another() {
    let desk = DeskWorld::new();
    let warehouse = std::fs::read(desk.new_one()).unwrap();
    let pasted = "SELECT 1) TO 'juesuan.duckdb' (FORMAT csv); COPY (SELECT 1";
    for format in ["parquet", "csv", "xlsx", "table"] {
        desk.refuses(&["query", pasted, "--format", format, "-o", "written"]);
        desk.refuses(&["query", pasted, "--format", format, "-o", "written", "--limit", "1"]);
    }
    assert!(std::fs::read(desk.new_one()).unwrap() == warehouse);
    assert!(!desk.folder.path().join("written").exists());
}

#[test]
fn a_safe_question_reads_the_warehouse_alone() {
    let desk = DeskWorld::new();
    std::fs::write(desk.folder.path().join("prices.csv"), "a\n1\n").unwrap();
    for sql in
        ["FROM 'prices.csv'", "FROM read_csv('prices.csv')", "SELECT * FROM glob('*')", "FROM read_text('prices.csv')"]
    {
        desk.says(&["query", sql, "--format", "csv"]);
        let error = desk.refuses(&["query", sql, "--safe"]);
        assert!(error.contains("disabled") && error.contains("hint: "), "{sql}: {error}");
        let shell = desk.run_with(&["sql"], &format!("{sql};\n"));
        assert!(String::from_utf8_lossy(&shell.stderr).contains("disabled"), "{sql}: {shell:?}");
    }
    assert_eq!(
        desk.says(&["query", "SELECT count(*) > 0 AS n FROM fact_amount", "--safe", "--format", "csv"]),
        "n\ntrue\n"
    );
    let shell = desk.run_with(&["sql", "--files", "--quiet"], "FROM 'prices.csv';\n");
    assert!(String::from_utf8_lossy(&shell.stdout).contains("1 row"), "{shell:?}");
    assert!(desk.refuses(&["query", "SELECT 1", "--safe", "--format", "parquet", "-o", "x"]).contains("csv, json"));
}

#[test]
fn a_question_ends_in_its_time() {
    let desk = DeskWorld::new();
    let endless = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = 7";
    let error = desk.refuses(&["query", endless, "--timeout", "1"]);
    assert!(error.contains("stopped before its end"), "{error}");
    assert_eq!(desk.says(&["query", "SELECT 1 AS n", "--timeout", "60", "--format", "csv"]), "n\n1\n");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_as_it_stands() {
    use std::os::unix::fs::FileTypeExt;
    let desk = DeskWorld::new();
    let at = |name: &str| desk.folder.path().join(name);
    std::fs::write(at("real.csv"), "old").unwrap();
    std::os::unix::fs::symlink("real.csv", at("link.csv")).unwrap();
    desk.says(&["query", "SELECT 1 AS n", "--format", "csv", "-o", "link.csv"]);
    assert!(std::fs::symlink_metadata(at("link.csv")).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(at("real.csv")).unwrap(), "n\n1\n");
    for format in ["csv", "parquet"] {
        desk.says(&["query", "SELECT 1 AS n", "--format", format, "-o", "/dev/null"]);
    }
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_delivered_is_an_error() {
    let desk = DeskWorld::new();
    for arguments in [
        ["query", "SELECT 1", "--format", "csv"].as_slice(),
        &["query", "SELECT 1", "--no-pager"],
        &["query", "--list"],
        &["status", "--json"],
        &["export", "--list"],
        &["completions", "bash"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_juesuan"));
        let output = command.current_dir(desk.folder.path()).args(arguments).stdout(full).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains("standard output"), "{arguments:?}: {error}");
    }
}

#[test]
fn a_wrong_statement_shows_where_and_what_is_closest() {
    let desk = DeskWorld::new();
    let column = desk.refuses(&["query", "SELECT department_nam FROM v_entity_year"]);
    assert!(column.contains("hint: closest: department_name") && column.contains("LINE 1") && column.contains('^'));
    let table = desk.refuses(&["query", "SELECT * FROM v_entity_yer"]);
    assert!(table.contains("hint: closest:") && table.contains("v_entity_year"), "{table}");
    assert!(desk.refuses(&["query", "/* nothing */ ;"]).contains("there is no question"));
    let chinese = desk.refuses(&["query", "SELEC 1", "--lang", "zh"]);
    assert!(chinese.contains("错误：") && chinese.contains("提示："), "{chinese}");
    std::fs::write(desk.folder.path().join("other.duckdb"), "no database").unwrap();
    assert!(desk.refuses(&["query", "SELECT 1", "--warehouse", "other.duckdb"]).contains("cannot open"));
}

#[test]
fn schemas_may_be_left_out_and_plans_are_drawn() {
    let desk = DeskWorld::new();
    let ask = |name: &str| desk.says(&["query", &format!("SELECT count(*) AS n FROM {name}"), "--format", "csv"]);
    assert_eq!(ask("v_entity_year"), ask("mart.v_entity_year"));
    assert_eq!(ask("fact_amount"), ask("core.fact_amount"));
    let plan = desk.says(&["query", "EXPLAIN SELECT 1"]);
    assert!(plan.lines().count() > 3 && plan.contains("┌─"), "{plan}");
}

#[test]
fn an_error_in_the_last_row_is_an_error() {
    let desk = DeskWorld::new();
    let sql = "SELECT CAST(if(i = 9999, 'x', '1') AS INTEGER) FROM range(10000) t(i)";
    assert!(desk.refuses(&["query", sql]).contains("Conversion"));
}

#[test]
fn questions_come_from_files_standard_input_and_names() {
    let desk = DeskWorld::new();
    std::fs::write(desk.folder.path().join("q.sql"), "SELECT 1 AS one;\n").unwrap();
    assert_eq!(desk.says(&["query", "-f", "q.sql", "--format", "csv"]), "one\n1\n");
    let output = desk.run_with(&["query", "--format", "csv"], "SELECT 2 AS two");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "two\n2\n");
    assert!(desk.says(&["query", "--list"]).contains("figures"));
    assert!(desk.says(&["query", "--list", "--lang", "zh"]).contains("报表数字明细"));
    let figures = desk.says(&["query", "figures", "--limit", "2", "--format", "csv"]);
    assert_eq!(figures.lines().count(), 3);
    assert!(desk.says(&["query", "core.dim_fund", "--format", "csv"]).starts_with("fund,"));
    assert!(desk.refuses(&["query", "nothing_such"]).contains("--list"));
    assert!(desk.refuses(&["query"]).contains("standard input"));
}

#[test]
fn the_shell_answers_line_by_line() {
    let desk = DeskWorld::new();
    let input = ".help\n.tables\n.schema dim_fund\n.format csv\nSELECT\n 40 + 2\n AS answer;\nSELEC 1;\n.nonsense\n.explain\n.export\nSELECT 7\nAS last";
    let output = desk.run_with(&["sql"], input);
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{error}");
    for expected in [".schema NAME", "core.fact_amount", "fund_name_en", "answer\n42\n", "last\n7\n"] {
        assert!(out.contains(expected), "{expected} not in {out}");
    }
    assert!(error.contains("LINE 1: SELEC 1") && error.contains(".help lists"), "{error}");
    assert!(error.contains(".explain needs a figure") && error.contains(".export needs a file"), "{error}");
}

#[test]
fn the_shell_explains_exports_expands_and_times() {
    let desk = DeskWorld::new();
    let typed = ".export early.csv\n.timer\nSELECT 'a' AS label, 12.50 AS amount;\n.timer off\n.export answer.csv\n.export answer.xlsx\n\
                 .export answer.doc\n.expanded\nSELECT 'a' AS label, 12.50 AS amount;\n.expanded off\n.timer maybe\n.explain doc_1/1/C6\n\
                 .schema v_sangon\n.quit\n";
    let output = desk.run_with(&["sql"], typed);
    let (shown, told) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{told}");
    assert_eq!(shown.matches(" seconds\n").count(), 1, "{shown}");
    assert!(shown.contains("── row 1 of 1 ──\n label │ a\namount │ 12.50\n"), "{shown}");
    assert!(shown.contains("【1234500】"), "{shown}");
    for refusal in ["there is no answer to write yet", "no format is known", "neither on nor off", "closest: v_sangong"]
    {
        assert!(told.contains(refusal), "{refusal} not in {told}");
    }
    let written = std::fs::read_to_string(desk.folder.path().join("answer.csv")).unwrap();
    assert_eq!(written, "label,amount\na,12.50\n");
    assert!(desk.folder.path().join("answer.xlsx").is_file() && !desk.folder.path().join("early.csv").exists());
    let expanded = desk.says(&["query", "SELECT 1 AS one", "--format", "expanded"]);
    assert_eq!(expanded, "── row 1 of 1 ──\none │ 1\n");
}

#[test]
fn a_wrong_argument_is_json_where_json_is_asked_for() {
    let desk = DeskWorld::new();
    let output = desk.run(&["run", "--set", "nope=1", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(told["error"]["what"].as_str().unwrap().contains("no pipeline has the key `nope`"), "{told}");
    assert_eq!(told["error"]["exit_code"], 2);
}
