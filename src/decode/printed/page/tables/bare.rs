//! Tables that no rule frames: which rows of a page make them up.

use crate::decode::printed::page::lines::writing::{Printed, WrittenRow};

/// Lines of a header that no rule frames.
const MOST_HEADER_LINES: usize = 6;

/// Rows that no rule frames: several rows of a label and exact numbers one below the other, lines of their labels between
/// them, and the header above; one row is enough where it holds nothing but many exact numbers.
pub fn bare_runs(rows: &[Printed], used: &[bool]) -> Vec<(usize, usize)> {
    let is_exact = |part: &WrittenRow| part.is_number() && part.holds(|c| matches!(c, '.' | ','));
    let counts = |row: &Printed| {
        let numbers = row.parts.iter().filter(|part| part.is_number()).count();
        row.is_body() && (numbers >= 2 || row.parts.iter().any(is_exact)) && !row.row.holds(|c| matches!(c, '…' | '·'))
    };
    let is_all_exact = |row: &Printed| row.parts.len() >= 4 && row.parts.iter().all(is_exact);
    let is_near = |above: &Printed, below: &Printed| below.row.baseline - above.row.baseline < 3.0 * below.row.size;
    // The last row of a table may stand alone on its page, below the header repeated.
    let is_header_of_many = |above: &Printed, row: &Printed| {
        let labels = above.row.labels();
        labels.len() >= 4 && row.parts.len() >= 4 && !labels.iter().any(WrittenRow::is_number) && is_near(above, row)
    };
    let mut runs = Vec::new();
    let (mut at, mut next_free) = (0, 0);
    while at < rows.len() {
        let (mut end, mut counted) = (at, 0);
        while end < rows.len()
            && !used[end]
            && (counts(&rows[end]) || counted > 0 && goes_on_below(&rows[at..end], &rows[end]))
            && (end == at || is_near(&rows[end - 1], &rows[end]))
        {
            counted += usize::from(counts(&rows[end]));
            end += 1;
        }
        let is_below_header = || at > 0 && !used[at - 1] && is_header_of_many(&rows[at - 1], &rows[at]);
        if counted >= 3 || counted > 0 && (rows[at..end].iter().any(is_all_exact) || is_below_header()) {
            let mut first = at;
            while first > next_free
                && first + MOST_HEADER_LINES > at
                && !used[first - 1]
                && (rows[first - 1].row.labels().len() > 1
                    || is_close(&rows[first - 1], &rows[first])
                    || first > next_free + 1 && is_close(&rows[first - 2], &rows[first - 1]))
                && !is_furniture(&rows[first - 1])
                && is_near(&rows[first - 1], &rows[first])
            {
                first -= 1;
            }
            while first < at && rows[first].row.labels().len() < 2 {
                first += 1;
            }
            runs.push((first, end - 1));
            next_free = end;
        }
        at = end.max(at + 1);
    }
    runs
}

/// A number stands beside the middle of a label of several lines: those above it are of the same row.
pub fn with_first_lines(rows: &[Printed], body: usize) -> usize {
    let texts = || rows[body..].iter().flat_map(|row| &row.parts).filter(|part| !part.is_number());
    let starts_above =
        |part: &WrittenRow| texts().any(|text| (text.area.left - part.area.left).abs() < 0.3 * part.size);
    let is_first_line = body > 1
        && is_close(&rows[body - 1], &rows[body])
        && !is_close(&rows[body - 2], &rows[body - 1])
        && rows[body - 1].parts.iter().all(starts_above);
    if is_first_line { body - 1 } else { body }
}

/// As lines of one label stand.
pub fn is_close(above: &Printed, below: &Printed) -> bool {
    below.row.baseline - above.row.baseline < 1.6 * below.row.size
}

/// A line of labels closer to the row above than rows are to each other, each part below the start of one of theirs.
fn goes_on_below(above: &[Printed], line: &Printed) -> bool {
    let Some(last) = above.last() else { return false };
    let starts_below = |part: &WrittenRow| {
        let parts = above.iter().flat_map(|row| &row.parts).filter(|other| !other.is_number());
        parts.into_iter().any(|other| (other.area.left - part.area.left).abs() < 0.3 * part.size)
    };
    is_close(last, line) && !is_furniture(line) && line.parts.iter().all(|part| !part.is_number() && starts_below(part))
}

/// Whose table it is and its unit, as in “name: value” on both sides, stand above a header and are none of it.
fn is_furniture(row: &Printed) -> bool {
    row.parts.iter().all(|part| part.holds(|c| matches!(c, '：' | ':')))
}
