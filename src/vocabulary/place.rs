//! Where something stands in a source file: the answer to "where from?".

use std::fmt;

/// One cell by zero-based row and column; printed as A1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellReference {
    pub row: u32,
    pub column: u32,
}

impl CellReference {
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Reads `B12`; `None` when it is not an A1 reference.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters == 0 || letters > 3 {
            return None;
        }
        let column =
            text[..letters].bytes().fold(0u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = text[letters..].parse().ok()?;
        (row > 0).then(|| Self { row: row - 1, column: column - 1 })
    }
}

impl fmt::Display for CellReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column + 1;
        while rest > 0 {
            letters.push(b'A' + ((rest - 1) % 26) as u8);
            rest = (rest - 1) / 26;
        }
        letters.reverse();
        write!(formatter, "{}{}", String::from_utf8_lossy(&letters), self.row + 1)
    }
}

/// A place inside one file. Lines count from 1, characters from 0 in the decoded line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A sheet, or the table that starts in it.
    Sheet {
        sheet: String,
    },
    Cell {
        sheet: String,
        cell: CellReference,
    },
    Line {
        line: u32,
    },
    Span {
        line: u32,
        start: u32,
        end: u32,
    },
}

impl Place {
    /// The sheet it lies on.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Place::Sheet { sheet } | Place::Cell { sheet, .. } => Some(sheet),
            _ => None,
        }
    }

    /// Reads what `Display` writes; anything else is the name of a sheet.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Place::File;
        }
        if let Some(found) = text.strip_prefix("line ") {
            let (line, span) = found.split_once(':').map_or((found, None), |(line, span)| (line, Some(span)));
            let span = span.and_then(|span| span.split_once('-'));
            let span = span.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
            if let Ok(line) = line.parse() {
                return span.map_or(Place::Line { line }, |(start, end)| Place::Span { line, start, end });
            }
        }
        match text.rsplit_once('!').and_then(|(sheet, cell)| Some((sheet, CellReference::parse(cell)?))) {
            Some((sheet, cell)) => Place::Cell { sheet: sheet.to_owned(), cell },
            None => Place::Sheet { sheet: text.to_owned() },
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File => Ok(()),
            Place::Sheet { sheet } => write!(formatter, "{sheet}"),
            Place::Cell { sheet, cell } => write!(formatter, "{sheet}!{cell}"),
            Place::Line { line } => write!(formatter, "line {line}"),
            Place::Span { line, start, end } => write!(formatter, "line {line}:{start}-{end}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a1_references_survive_printing(row in 0u32..2_000_000, column in 0u32..16_384) {
            let cell = CellReference::new(row, column);
            prop_assert_eq!(CellReference::parse(&cell.to_string()), Some(cell));
        }
    }

    #[test]
    fn places_survive_printing() {
        let cell = CellReference::new(11, 2);
        for place in [
            Place::File,
            Place::Line { line: 7 },
            Place::Span { line: 7, start: 3, end: 9 },
            Place::Cell { sheet: "3支出决算表".to_owned(), cell },
            Place::Sheet { sheet: "7 三公".to_owned() },
        ] {
            assert_eq!(Place::parse(&place.to_string()), place);
        }
    }

    #[test]
    fn what_is_not_a_reference_is_refused() {
        for text in ["", "12", "A", "A0", "ABCD1", "A-1", "甲1"] {
            assert_eq!(CellReference::parse(text), None, "{text}");
        }
    }
}
