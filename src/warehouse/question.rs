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
/// Nothing asked, or a statement that does more than read.
pub fn must_only_read(sql: &str) -> Result<()> {
    let statements = statements(sql);
    if statements.is_empty() {
        return Err(Error::usage("there is no question").hint("write a statement, for example `FROM v_entity_year`"));
    }
    statements.into_iter().try_for_each(|statement| {
        if only_reads(statement) {
            return Ok(());
        }
        let word = first_words(statement).next().unwrap_or_default().to_uppercase();
        let refused = Error::usage(format!("a question cannot begin with {word}"));
        Err(refused.because("the warehouse is read-only, and a statement that may write elsewhere is not run").hint(
            "ask with SELECT, FROM, WITH, DESCRIBE, SUMMARIZE ..; CREATE TEMP TABLE and SET VARIABLE work too; \
             an answer becomes a file by `juesuan query .. --format csv -o FILE`",
        ))
    })
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
        Piece::Semicolon | Piece::Bracket | Piece::Text => None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Ends before this byte.
    Word(usize),
    /// In quotes of any kind.
    Text,
    Bracket,
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
            let (length, piece) = match first {
                _ if first.is_whitespace() => (first.len_utf8(), None),
                _ if rest.starts_with("--") => (end_of(2, "\n"), None),
                _ if rest.starts_with("/*") => (end_of(2, "*/"), None),
                '\'' => (end_of(1, "'"), Some(Piece::Text)),
                '"' => (end_of(1, "\""), Some(Piece::Text)),
                '$' => match dollar_mark(rest) {
                    Some(mark) => (end_of(mark.len(), mark), Some(Piece::Text)),
                    None => (1, Some(Piece::Other)),
                },
                ';' => (1, Some(Piece::Semicolon)),
                '(' | ')' => (1, Some(Piece::Bracket)),
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

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// `$$` or `$name$`, which open a text that ends with the same.
fn dollar_mark(rest: &str) -> Option<&str> {
    let end = rest[1..].find(|c| !is_word(c)).map(|at| at + 1)?;
    rest[end..].starts_with('$').then(|| &rest[..=end])
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
            "",
            ";",
        ] {
            assert!(must_only_read(sql).is_err(), "{sql}");
        }
    }
}
