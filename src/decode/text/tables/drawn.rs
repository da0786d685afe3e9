//! What the ways of setting a table share: pieces of lines, tables drawn from them, and which lines are taken.

use crate::decode::document::Line;
use crate::vocabulary::Finding;

/// What stands between cells.
pub const BARS: [char; 4] = ['|', '｜', '│', '┃'];

/// Longer text is a paragraph, wherever it stands.
pub const LONGEST_CELL: usize = 120;

/// Characters that end or part sentences: no label of a table holds them.
const OF_SENTENCES: [char; 4] = ['。', '；', '，', '！'];

/// The text holds a mark of sentences. The comma of full width that parts the thousands of a number (１，２０８．５０) is none.
pub fn is_of_sentences(text: &str) -> bool {
    let parts_thousands = |at: usize| {
        let digits = |text: &str| text.chars().take_while(|c| c.is_numeric()).count();
        text[..at].ends_with(char::is_numeric) && digits(&text[at + '，'.len_utf8()..]) == 3
    };
    text.match_indices(OF_SENTENCES).any(|(at, mark)| mark != "，" || !parts_thousands(at))
}

/// The text of one cell and the line (index) that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub line: usize,
    pub text: String,
}

/// A table found among the lines: its rows, each cell with its column.
#[derive(Debug, Default)]
pub struct Drawn {
    pub rows: Vec<Vec<(usize, Piece)>>,
    /// How many of the first rows hold their cells in order, though maybe not in their columns.
    pub packed: usize,
}

/// The lines of a text, and which of them stand in a table already.
pub struct Page<'a> {
    pub lines: &'a [Line],
    pub taken: Vec<bool>,
    pub tables: Vec<Drawn>,
    pub findings: Vec<Finding>,
}

impl Page<'_> {
    /// The line's text; blank where it stands in a table already.
    pub fn text(&self, line: usize) -> &str {
        if self.taken[line] { "" } else { &self.lines[line].text }
    }

    pub fn is_blank(&self, line: usize) -> bool {
        self.text(line).trim().is_empty()
    }

    pub fn take(&mut self, table: Drawn) {
        for (_, piece) in table.rows.iter().flatten() {
            self.taken[piece.line] = true;
        }
        self.tables.push(table);
    }

    /// The end of the run of lines from `start` on that fit.
    pub fn run(&self, start: usize, fits: impl Fn(&str) -> bool) -> usize {
        (start..self.lines.len()).find(|line| !fits(self.text(*line))).unwrap_or(self.lines.len())
    }
}
