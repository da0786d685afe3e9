//! Where a statement of SQL ends: quotes, comments and brackets, as far as a shell must know them.

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
    statements.into_iter().map(without_leading_comments).filter(|statement| !statement.is_empty()).collect()
}

/// The text ends with a semicolon that stands in no string and no comment.
pub fn is_whole(sql: &str) -> bool {
    Pieces(sql, 0).last().is_some_and(|(_, piece)| piece == Piece::Semicolon)
}

fn without_leading_comments(statement: &str) -> &str {
    Pieces(statement, 0).next().map_or("", |(at, _)| statement[at..].trim_end())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Word,
    /// In quotes of any kind.
    Text,
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
            let text = |length: usize| (length, Some(Piece::Text));
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
                _ if is_word(first) => {
                    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                    (length, Some(Piece::Word))
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
        assert_eq!(statements(sql)[1], "FROM x");
        assert_eq!(statements(" -- only a comment\n"), Vec::<&str>::new());
        assert_eq!(statements("-- why\nFROM x"), ["FROM x"]);
        assert!(is_whole("SELECT 1; -- done"));
        assert!(!is_whole("SELECT ';"));
        assert!(!is_whole("SELECT 1 -- ;"));
        assert!(!is_whole("SELECT $year"));
    }
}
