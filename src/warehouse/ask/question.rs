//! What may be asked of a published warehouse: statements that read, as DuckDB itself reads them.
//!
//! DuckDB's read-only mode guards the warehouse, but `COPY`, `EXPORT`, `INSTALL`, `ATTACH` and many settings write
//! elsewhere on the disk. Its own parser (`json_serialize_sql`, which takes nothing but a SELECT) says what a text is: no
//! rule here has to know where a string ends.

use serde_json::Value as Json;

use super::pieces::statements;
use super::value::Value;
use crate::error::{Error, Result};
use crate::warehouse::Warehouse;

/// Functions that write, switch something on or off, or run a text as SQL: called in a SELECT they do so too.
const CHANGING: [&str; 9] = [
    "arrow_scan",
    "arrow_scan_dumb",
    "checkpoint",
    "force_checkpoint",
    "json_execute_serialized_sql",
    "nextval",
    "query",
    "truncate_duckdb_logs",
    "write_log",
];
/// And all that are named so.
const CHANGING_PREFIXES: [&str; 2] = ["enable_", "disable_"];

impl Warehouse {
    /// The statements of a text, each proven to read and to keep nothing but temporary things.
    ///
    /// # Errors
    /// Nothing asked, or a statement that does more than read.
    pub fn only_reading<'a>(&self, sql: &'a str) -> Result<Vec<&'a str>> {
        let statements = statements(sql);
        if statements.is_empty() {
            let hint = "write a statement, for example `FROM v_entity_year`";
            return Err(Error::usage("there is no question").hint(hint));
        }
        statements.iter().try_for_each(|statement| self.must_only_read(statement))?;
        Ok(statements)
    }

    fn must_only_read(&self, statement: &str) -> Result<()> {
        let (select, is_whole) = match inner(statement) {
            Some(Inner::Pivot) => return called(statement).iter().try_for_each(|name| must_not_change(name)),
            Some(Inner::Select(select)) => (select.to_owned(), false),
            Some(Inner::Expression(expression)) => (format!("SELECT ({expression}\n)"), false),
            None => (statement.to_owned(), true),
        };
        let parsed = self.parsed(&select)?;
        let text = |key: &str| parsed.get(key).and_then(Json::as_str);
        match parsed.get("statements").and_then(Json::as_array).map(Vec::as_slice) {
            Some([found]) => functions(found).iter().try_for_each(|name| must_not_change(name)),
            // What is no SQL at all is told by DuckDB itself, with its place in the text.
            _ if text("error_type") == Some("parser") && is_whole => Ok(()),
            _ if text("error_type") == Some("parser") => Err(Error::usage("the query failed")
                .because(text("error_message").unwrap_or_default())
                .hint("the statement is not SQL as DuckDB knows it; `juesuan query --list` lists named questions")),
            _ => Err(refused(statement)),
        }
    }

    /// What DuckDB's parser makes of a text: its statements, or an error.
    fn parsed(&self, sql: &str) -> Result<Json> {
        let answer = self.query("SELECT json_serialize_sql(CAST(? AS VARCHAR))", &[sql.into()])?;
        let text = answer.rows.first().and_then(|row| row.first()).map(Value::shown).unwrap_or_default();
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

/// What stands inside a statement that is no SELECT itself and changes nothing that stays.
#[derive(Debug, PartialEq, Eq)]
enum Inner<'a> {
    Select(&'a str),
    Expression(&'a str),
    /// Several statements to DuckDB, which serialises none of them: taken in plain words only, where nothing can hide.
    Pivot,
}

/// `None` where the statement must be a SELECT as it stands.
fn inner(statement: &str) -> Option<Inner<'_>> {
    let (first, rest) = word(statement);
    match first.as_str() {
        "EXPLAIN" => Some(Inner::Select(explained(rest))),
        "SET" => {
            let rest = after(rest, "VARIABLE")?;
            Some(Inner::Expression(word(rest).1.trim_start().strip_prefix('=')?))
        }
        "CREATE" => {
            let rest = after(rest, "OR").and_then(|rest| after(rest, "REPLACE")).unwrap_or(rest);
            let rest = after(rest, "TEMP").or_else(|| after(rest, "TEMPORARY"))?;
            if let Some(rest) = after(rest, "MACRO") {
                let body = after(brackets(word(rest).1)?, "AS")?;
                return Some(after(body, "TABLE").map_or(Inner::Expression(body), Inner::Select));
            }
            let rest = after(rest, "TABLE").or_else(|| after(rest, "VIEW"))?;
            let rest = ["IF", "NOT", "EXISTS"].iter().try_fold(rest, |rest, word| after(rest, word)).unwrap_or(rest);
            Some(Inner::Select(after(word(rest).1, "AS")?))
        }
        "PIVOT" | "PIVOT_WIDER" | "UNPIVOT" | "PIVOT_LONGER" => {
            let is_plain = !["$", "\\", ";", "--", "/*"].iter().any(|mark| statement.contains(mark));
            is_plain.then_some(Inner::Pivot)
        }
        _ => None,
    }
}

/// What is explained: with ANALYZE it is also run.
fn explained(mut rest: &str) -> &str {
    loop {
        match after(rest, "ANALYZE").or_else(|| brackets(rest)) {
            Some(further) if !further.trim().is_empty() => rest = further,
            _ => return rest,
        }
    }
}

/// The next word in capitals and the text after it.
fn word(text: &str) -> (String, &str) {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (text[..end].to_uppercase(), &text[end..])
}

fn after<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let (found, rest) = word(text);
    (found == wanted).then_some(rest)
}

/// The text after a pair of brackets around plain words.
fn brackets(text: &str) -> Option<&str> {
    let (inside, rest) = text.trim_start().strip_prefix('(')?.split_once(')')?;
    inside.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ',' || c.is_whitespace()).then_some(rest)
}

/// The functions a parsed statement calls.
fn functions(parsed: &Json) -> Vec<String> {
    match parsed {
        Json::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| match value.as_str().filter(|_| key == "function_name") {
                Some(name) => vec![name.to_lowercase()],
                None => functions(value),
            })
            .collect(),
        Json::Array(values) => values.iter().flat_map(functions).collect(),
        _ => Vec::new(),
    }
}

/// The names that stand before an opening bracket, in lower case: every function that is called is among them.
fn called(statement: &str) -> Vec<String> {
    let before = statement.match_indices('(').map(|(at, _)| statement[..at].trim_end().trim_end_matches('"'));
    let last_word =
        |text: &str| text.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_lowercase();
    before.map(last_word).collect()
}

fn must_not_change(function: &str) -> Result<()> {
    if !changes(function) {
        return Ok(());
    }
    Err(Error::usage(format!("a question cannot call {function}()"))
        .because("the function writes, changes a setting or runs a text as SQL")
        .hint("write the statement itself, without this function"))
}

/// Whether a function does more than answer.
fn changes(function: &str) -> bool {
    CHANGING.contains(&function) || CHANGING_PREFIXES.iter().any(|prefix| function.starts_with(prefix))
}

fn refused(statement: &str) -> Error {
    Error::usage(format!("a question cannot begin with {}", word(statement).0))
        .because("the warehouse is read-only, and a statement that may write elsewhere is not run")
        .hint(
            "ask with SELECT, FROM, WITH, DESCRIBE, SUMMARIZE ..; CREATE TEMP TABLE and SET VARIABLE work too; \
             an answer becomes a file by `juesuan query .. --format csv -o FILE`",
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reading_statements_pass() {
        let warehouse = Warehouse::in_memory().unwrap();
        for sql in [
            "select 1",
            "(SELECT 1) UNION (SELECT 2)",
            "/* why */ FROM x",
            "WITH a AS (SELECT 1) FROM a",
            "EXPLAIN ANALYZE SELECT 1",
            "EXPLAIN (FORMAT json) FROM x",
            "CREATE OR REPLACE TEMP TABLE t AS FROM x; FROM t",
            "SET VARIABLE a = 1; SELECT getvariable('a')",
            "SELECT $year",
            "SELECT 'it''s' /* a /* nested */ comment */ FROM x",
            "SELECT $$a$$, DATE '2024-01-01', count (*) FROM read_csv('x.csv')",
            "FROM query_table('v_entity_year')",
            "PIVOT x ON fiscal_year USING sum(amount) GROUP BY \"name\"",
            "UNPIVOT x ON a, b INTO NAME n VALUE v",
            "CREATE TEMP MACRO m(a, b) AS TABLE SELECT a + b",
            "CREATE TEMP VIEW IF NOT EXISTS v AS SELECT 1",
            "SELECT E'it\\'s', 1e5",
            "SELEC 1",
        ] {
            assert!(warehouse.only_reading(sql).is_ok(), "{sql}");
        }
        for sql in [
            "COPY (SELECT 1) TO 'x.csv'",
            "copy x to 'x.csv'",
            "SELECT 1; COPY x TO 'x.csv'",
            "-- SELECT\nCOPY x TO 'x.csv'",
            "EXPLAIN ANALYZE COPY (x) TO 'x.csv'",
            "EXPORT DATABASE 'x'",
            "ATTACH 'x.duckdb'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET profiling_output = 'x'",
            "PRAGMA enable_profiling",
            "CALL enable_logging(storage = 'file')",
            "PREPARE p AS COPY x TO 'x'",
            "CREATE TABLE t AS SELECT 1",
            "INSERT INTO x VALUES (1)",
            "SELECT * FROM enable_logging(storage = 'file')",
            "FROM main.\"Enable_Profiling\" /* */ ()",
            "SELECT write_log('x')",
            "SELECT 'x'.write_log()",
            "FROM query('FROM force_checkpoint()')",
            "WITH a AS (FROM checkpoint()) FROM a",
            "CREATE TEMP MACRO m() AS TABLE FROM truncate_duckdb_logs()",
            // Each of these hides a COPY from a reader of SQL that knows one rule less than DuckDB.
            "SELECT E'\\'' AS a; COPY (SELECT 1) TO 'x.csv' --'",
            "SELECT 1 /* /* */ ' */ ; COPY (SELECT 1) TO 'x.csv' -- '",
            "SELECT 1 AS a$$ ; COPY (SELECT 1) TO 'x.csv' ; SELECT 2 AS b$$",
            "SELECT 1 -- \r ; COPY (SELECT 1) TO 'x.csv'",
            "SELECT 1e5$$ ' $$ ; COPY (SELECT 1) TO 'x.csv' ; SELECT '",
            "SELECT $，$ ' $，$ ; COPY (SELECT 1) TO 'x.csv' ; SELECT '",
            "EXPLAIN (ANALYZE) COPY x TO 'y'",
            "EXPLAIN ANALYZE EXPLAIN COPY x TO 'y'",
            "CREATE TEMP TABLE t AS SELECT 1) TO 'w' (FORMAT csv); COPY (SELECT 1",
            "SELECT 1) TO 'w' (FORMAT csv); COPY (SELECT 1",
            "PIVOT x ON write_log() USING count(*)",
            "PIVOT x ON a -- \r ; COPY (SELECT 1) TO 'x.csv'",
            "SET VARIABLE a = (SELECT write_log('x'))",
            "",
            ";",
        ] {
            // What is no SQL passes, and DuckDB refuses it with its place.
            assert!(warehouse.ask(sql, &[], |_, _| Ok(())).is_err(), "{sql}");
        }
    }

    /// A function that DuckDB gains is either known to read or refused.
    #[test]
    fn every_function_with_effects_is_judged() {
        const ONLY_READ: [&str; 14] = [
            "current_connection_id",
            "current_query",
            "current_query_id",
            "current_transaction_id",
            "currval",
            "error",
            "gen_random_uuid",
            "random",
            "setseed",
            "sleep_ms",
            "stats",
            "uuid",
            "uuidv4",
            "uuidv7",
        ];
        const READING_TABLES: [&str; 23] = [
            "check_peg_parser",
            "generate_series",
            "glob",
            "icu_calendar_names",
            "json_each",
            "json_tree",
            "pg_timezone_names",
            "pragma_",
            "query_table",
            "range",
            "read_",
            "repeat",
            "repeat_row",
            "seq_scan",
            "sniff_csv",
            "sql_auto_complete",
            "summary",
            "test_all_types",
            "test_vector_types",
            "unnest",
            "which_secret",
            "duckdb_",
            "parquet_",
        ];
        let connection = duckdb::Connection::open_in_memory().unwrap();
        let mut statement = connection
            .prepare(
                "SELECT DISTINCT function_name, function_type = 'table' FROM duckdb_functions()
                 WHERE function_type = 'table' OR has_side_effects ORDER BY 1",
            )
            .unwrap();
        let rows = statement
            .query_map([], |row| Ok::<_, duckdb::Error>((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))
            .unwrap();
        let unjudged: Vec<String> = rows
            .map(|row| row.unwrap())
            .filter(|(name, is_table)| {
                let reads = match is_table {
                    true => READING_TABLES
                        .iter()
                        .any(|known| name == known || known.ends_with('_') && name.starts_with(known)),
                    false => ONLY_READ.contains(&name.as_str()),
                };
                reads == changes(name)
            })
            .map(|(name, _)| name)
            .collect();
        assert!(unjudged.is_empty(), "{unjudged:?}");
    }
}
