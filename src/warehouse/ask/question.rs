//! What may be asked of a published warehouse: statements that read. DuckDB's read-only mode guards the warehouse, but
//! `COPY`, `EXPORT`, `INSTALL`, `ATTACH` and many settings write elsewhere on the disk.

use crate::error::{Error, Result};

/// Statements that read begin so.
const READING: [&str; 12] = [
    "SELECT",
    "WITH",
    "FROM",
    "VALUES",
    "TABLE",
    "PIVOT",
    "UNPIVOT",
    "DESCRIBE",
    "DESC",
    "SHOW",
    "SUMMARIZE",
    "EXPLAIN",
];

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

/// The statements of a text, without their semicolons; empty ones are left out.
pub fn statements(sql: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let mut start = 0;
    for (at, piece) in Pieces(sql, 0) {
        if piece == Piece::Semicolon {
            statements.push(&sql[start..at]);
            start = at + 1;
        }
    }
    statements.push(&sql[start..]);
    statements.retain(|statement| first_words(statement).next().is_some());
    statements
}

/// The text ends with a semicolon that stands in no string and no comment.
pub fn is_whole(sql: &str) -> bool {
    Pieces(sql, 0).last().is_some_and(|(_, piece)| piece == Piece::Semicolon)
}

/// # Errors
/// Nothing asked, a statement that does more than read, or one whose strings could be read in two ways.
pub fn must_only_read(sql: &str) -> Result<()> {
    must_be_plain(sql)?;
    let statements = statements(sql);
    if statements.is_empty() {
        return Err(Error::usage("there is no question").hint("write a statement, for example `FROM v_entity_year`"));
    }
    statements.into_iter().try_for_each(|statement| {
        if !only_reads(statement) {
            let word = first_words(statement).next().unwrap_or_default().to_uppercase();
            let refused = Error::usage(format!("a question cannot begin with {word}"));
            return Err(refused
                .because("the warehouse is read-only, and a statement that may write elsewhere is not run")
                .hint(
                    "ask with SELECT, FROM, WITH, DESCRIBE, SUMMARIZE ..; CREATE TEMP TABLE and SET VARIABLE work too; \
                     an answer becomes a file by `juesuan query .. --format csv -o FILE`",
                ));
        }
        match called(statement).into_iter().find(|name| changes(name)) {
            Some(name) => Err(Error::usage(format!("a question cannot call {name}()"))
                .because("the function writes, changes a setting or runs a text as SQL")
                .hint("write the statement itself, without this function")),
            None => Ok(()),
        }
    })
}

/// Refuses what would have to be read letter for letter as DuckDB does to know where a string ends: it could hide a
/// statement.
fn must_be_plain(sql: &str) -> Result<()> {
    let refused = |what: &str, hint: &str| Err(Error::usage(what).hint(hint));
    if sql.contains("\\'") && (sql.contains("e'") || sql.contains("E'")) {
        return refused(
            "\\' in a text that begins with E' is not taken",
            "write a quote in a text as two quotes: 'it''s'",
        );
    }
    for (at, piece) in Pieces(sql, 0) {
        let Piece::Word(end) = piece else { continue };
        if sql[end..].starts_with('$') {
            return refused(
                "a $ right after a word is not taken",
                "put a space before the $, or the name in double quotes",
            );
        }
        if sql[end..].starts_with('\'') && sql[at..].starts_with(|c: char| c.is_ascii_digit()) {
            return refused("a quote right after a number is not taken", "put a space before the quote");
        }
    }
    Ok(())
}

/// Whether a function does more than answer.
fn changes(function: &str) -> bool {
    CHANGING.contains(&function) || CHANGING_PREFIXES.iter().any(|prefix| function.starts_with(prefix))
}

/// The names that stand before an opening bracket, in lower case: every function that is called is among them.
fn called(statement: &str) -> Vec<String> {
    let pieces: Vec<(usize, Piece)> = Pieces(statement, 0).collect();
    let before_bracket = pieces.windows(2).filter(|pair| pair[1].1 == Piece::Opening);
    before_bracket
        .filter_map(|pair| match pair[0] {
            (at, Piece::Word(end) | Piece::Text(end)) => Some(statement[at..end].trim_matches('"').to_lowercase()),
            _ => None,
        })
        .collect()
}

fn only_reads(statement: &str) -> bool {
    let words: Vec<String> = first_words(statement).map(str::to_uppercase).take(6).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        // What is explained with ANALYZE is also run: the first word that can begin a statement decides.
        ["EXPLAIN", rest @ ..] => {
            let explained = rest
                .iter()
                .find(|word| !["ANALYZE", "FORMAT", "JSON", "TEXT", "HTML", "GRAPHVIZ", "YAML"].contains(word));
            explained.is_some_and(|word| READING.contains(word))
        }
        ["SET", "VARIABLE", ..]
        | ["CREATE", "TEMP" | "TEMPORARY", ..]
        | ["CREATE", "OR", "REPLACE", "TEMP" | "TEMPORARY", ..] => true,
        [first, ..] => READING.contains(first),
        [] => false,
    }
}

/// The words a statement begins with, brackets and comments left out.
fn first_words(statement: &str) -> impl Iterator<Item = &str> {
    Pieces(statement, 0).filter_map(move |(at, piece)| match piece {
        Piece::Word(end) => Some(&statement[at..end]),
        Piece::Other => Some(&statement[at..]),
        Piece::Semicolon | Piece::Opening | Piece::Closing | Piece::Text(_) => None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Ends before this byte.
    Word(usize),
    /// In quotes of any kind; ends before this byte.
    Text(usize),
    Opening,
    Closing,
    Semicolon,
    Other,
}

/// The text and where to go on: pieces with the byte they begin at; spaces and comments are passed over.
struct Pieces<'a>(&'a str, usize);

impl Iterator for Pieces<'_> {
    type Item = (usize, Piece);

    fn next(&mut self) -> Option<(usize, Piece)> {
        loop {
            let at = self.1;
            let rest = &self.0[at..];
            let first = rest.chars().next()?;
            let end_of =
                |from: usize, mark: &str| rest[from..].find(mark).map_or(rest.len(), |found| from + found + mark.len());
            let text = |length: usize| (length, Some(Piece::Text(at + length)));
            let (length, piece) = match first {
                _ if first.is_whitespace() => (first.len_utf8(), None),
                _ if rest.starts_with("--") => (rest.find(['\n', '\r']).unwrap_or(rest.len()), None),
                _ if rest.starts_with("/*") => (comment_length(rest), None),
                '\'' => text(end_of(1, "'")),
                '"' => text(end_of(1, "\"")),
                '$' => match dollar_mark(rest) {
                    Some(mark) => text(end_of(mark.len(), mark)),
                    None => (1, Some(Piece::Other)),
                },
                ';' => (1, Some(Piece::Semicolon)),
                '(' => (1, Some(Piece::Opening)),
                ')' => (1, Some(Piece::Closing)),
                _ if is_word(first) => {
                    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                    (length, Some(Piece::Word(at + length)))
                }
                _ => (first.len_utf8(), Some(Piece::Other)),
            };
            self.1 = at + length;
            if let Some(piece) = piece {
                return Some((at, piece));
            }
        }
    }
}

/// As in DuckDB, every letter beyond ASCII, signs included.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() && !c.is_whitespace()
}

/// Comments stand in comments.
fn comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(found) = rest[at..].find(['/', '*']) {
        at += found;
        let mark = rest.get(at..at + 2);
        match mark {
            Some("/*") => depth += 1,
            Some("*/") => depth -= 1,
            _ => {}
        }
        at += if matches!(mark, Some("/*" | "*/")) { 2 } else { 1 };
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// `$$` or `$name$`, which open a text that ends with the same; `$1` is a parameter.
fn dollar_mark(rest: &str) -> Option<&str> {
    let end = rest[1..].find(|c| !is_word(c)).map(|at| at + 1)?;
    let is_name = !rest[1..].starts_with(|c: char| c.is_ascii_digit());
    (is_name && rest[end..].starts_with('$')).then(|| &rest[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_in_texts_and_comments_end_nothing() {
        let sql = "SELECT ';' AS \"a;b\" -- no; end\n, $$;$$ /* ; */; FROM x ;\n;";
        assert_eq!(statements(sql).len(), 2);
        assert_eq!(statements(sql)[1].trim(), "FROM x");
        assert_eq!(statements(" -- only a comment\n"), Vec::<&str>::new());
        assert!(is_whole("SELECT 1; -- done"));
        assert!(!is_whole("SELECT ';"));
        assert!(!is_whole("SELECT 1 -- ;"));
        assert!(!is_whole("SELECT $year"));
    }

    #[test]
    fn only_reading_statements_pass() {
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
        ] {
            assert!(must_only_read(sql).is_ok(), "{sql}");
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
            "",
            ";",
        ] {
            assert!(must_only_read(sql).is_err(), "{sql}");
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
