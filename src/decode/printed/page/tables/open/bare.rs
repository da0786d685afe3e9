//! Tables that no rule frames: which rows of a page make them up.

use super::columns::{Known, numbers_columns};
use crate::decode::printed::page::geometry::Area;
use crate::decode::printed::page::lines::writing::{Printed, WrittenRow, is_close};

/// Lines of a header that no rule frames.
const MOST_HEADER_LINES: usize = 10;

/// Rows of a table follow each other within so many ems, tall ones where their parts stand below each other.
const NEAR: f64 = 3.0;
const TALL: f64 = 5.0;
/// Rows whose numbers stand where those above do, within so many: sheets leave room of any height between their rows.
const FAR: f64 = 12.0;
/// Numbers below others that no accident puts there.
const ENOUGH_BELOW: usize = 3;

/// Rows that no rule frames: several rows of a label and exact numbers one below the other, lines of their labels between
/// them, and the header above; one row is enough where it holds nothing but many exact numbers.
pub fn bare_runs(rows: &[Printed], used: &[bool], known: Option<&Known>) -> Vec<(usize, usize)> {
    let is_exact = WrittenRow::is_exact;
    let counts = |row: &Printed| {
        let values: Vec<&WrittenRow> = values_apart(row).collect();
        // Dashes around a number of a page name no row.
        let names_or_numbers = || {
            let numbers = values.iter().filter(|value| value.is_number()).count();
            numbers >= 2 || row.parts.iter().any(|part| !part.is_value())
        };
        row.is_body()
            && (values.len() >= 2 && names_or_numbers() || values.iter().any(|value| is_exact(value)))
            && !row.row.holds(|c| matches!(c, '…' | '·'))
    };
    let is_all_exact = |row: &Printed| row.parts.len() >= 4 && row.parts.iter().all(is_exact);
    let mut runs = Vec::new();
    let (mut at, mut next_free) = (0, 0);
    while at < rows.len() {
        let end = end_of(rows, used, at, counts, is_exact);
        let counted = rows[at..end].iter().filter(|row| counts(row)).count();
        let is_known = || known.is_some_and(|known| known.holds(&rows[at..end]));
        let stands_below_header = || is_header_of_many(rows, used, at) || is_known();
        if counted >= 3 || counted > 0 && (rows[at..end].iter().any(is_all_exact) || stands_below_header()) {
            runs.push((first_of_header(rows, used, next_free, at), end - 1));
            next_free = end;
        }
        at = end.max(at + 1);
    }
    runs
}

/// The values of a row that stand apart from its texts: those of a sentence stand as close to the words on both sides as
/// digits are set among characters.
fn values_apart(row: &Printed) -> impl Iterator<Item = &WrittenRow> {
    let parts = &row.parts;
    let is_close = |at: usize| {
        let (left, right) = (&parts[at], &parts[at + 1]);
        let are_word_and_value = left.is_value() != right.is_value();
        are_word_and_value && right.area.left - left.area.right < 0.5 * left.size
    };
    let is_inside = move |at: usize| (at == 0 || is_close(at - 1)) && (at + 1 == parts.len() || is_close(at));
    parts.iter().enumerate().filter(move |(at, part)| part.is_value() && !is_inside(*at)).map(|(_, part)| part)
}

/// Where the rows end that begin with this one. Lines of labels, and numbers beside the middle of a label, are of the
/// table where each part stands below one of its kind and a row that counts follows.
fn end_of(
    rows: &[Printed],
    used: &[bool],
    at: usize,
    counts: impl Fn(&Printed) -> bool,
    is_exact: impl Fn(&WrittenRow) -> bool,
) -> usize {
    // The first lines of a label stand above the number beside its middle.
    let is_first_line = |line: usize| {
        line > 0
            && !used[line - 1]
            && is_close(&rows[line - 1], &rows[line])
            && !rows[line - 1].parts.iter().any(&is_exact)
    };
    let start = if is_first_line(at) { at - 1 } else { at };
    let (mut end, mut next) = (at, at);
    while next < rows.len() && !used[next] {
        let (row, above) = (&rows[next], &rows[start..next]);
        let step = if next == at { 0.0 } else { row.row.baseline - rows[next - 1].row.baseline };
        let is_tall = || step < TALL * row.row.size && (stands_below(above, row) || is_regular(rows, used, next));
        // The first lines of a label stand close above the numbers beside its middle.
        let leads = || {
            let follows = rows.get(next + 1).filter(|below| !used[next + 1] && is_close(row, below));
            let are_texts = row.parts.iter().all(|part| !part.is_value() && !stands_over_number(above, part));
            are_texts && follows.is_some_and(|below| numbers_stand_below(above, below))
        };
        let is_far = step < FAR * row.row.size && (numbers_stand_below(above, row) || leads());
        let is_apart = step >= NEAR * row.row.size && !is_far && !is_tall();
        if is_apart {
            break;
        }
        let is_counted = counts(row);
        let goes_on = next > at && end == next && goes_on_below(above, row);
        let is_below = next > at && (is_far || stands_below(above, row));
        if !(is_counted || goes_on || is_below) {
            break;
        }
        next += 1;
        if is_counted || goes_on || row.parts.iter().any(&is_exact) {
            end = next;
        }
    }
    end
}

/// A row stands as far below the one above as three rows around it in a line do.
fn is_regular(rows: &[Printed], used: &[bool], at: usize) -> bool {
    let step = |at: usize| rows[at].row.baseline - rows[at - 1].row.baseline;
    let is_same =
        |other: &usize| !used[*other] && rows[*other].is_body() && (step(*other) - step(at)).abs() < 0.1 * step(at);
    let above = (1..at).rev().take_while(is_same).count();
    let below = (at + 1..rows.len()).take_while(is_same).count();
    above + below >= 3
}

/// The first row of the header above a row: labels beside each other or of several lines, not whose table it is.
pub fn first_of_header(rows: &[Printed], used: &[bool], next_free: usize, at: usize) -> usize {
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
    while first < at && rows[first].row.labels().len() < 2 && !heads_a_part(&rows[first..at]) {
        first += 1;
    }
    first
}

/// A label alone is of the header where it stands over a part of it and as close as its levels do; a title stands over all.
fn heads_a_part(header: &[Printed]) -> bool {
    let [first, below, ..] = header else { return false };
    let Some(whole) = header[1..].iter().map(|row| row.row.area).reduce(Area::with) else { return false };
    let (label, size) = (first.row.area, first.row.size);
    is_close(first, below)
        && (size - below.row.size).abs() < 0.1 * size
        && (label.middle().0 - whole.middle().0).abs() > 2.0 * size
}

/// The last row of a table may stand alone on its page, below the header repeated: many labels beside each other, on
/// lines as close as those of a header, and their numbers.
fn is_header_of_many(rows: &[Printed], used: &[bool], at: usize) -> bool {
    let first = first_of_header(rows, used, 0, at);
    let header: Vec<&Printed> = rows[first..at].iter().filter(|row| !numbers_columns(row)).collect();
    let labels: usize = header.iter().map(|row| row.row.labels().len()).max().unwrap_or(0);
    let has_number = |row: &&Printed| row.row.labels().iter().any(WrittenRow::is_number);
    rows[at].parts.len() >= 4 && labels >= 4 && !header.iter().any(has_number)
}

fn is_near(above: &Printed, below: &Printed) -> bool {
    below.row.baseline - above.row.baseline < NEAR * below.row.size
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

/// Each text of a line begins where one above does and reaches over no number; each number ends where one above does.
fn stands_below(above: &[Printed], line: &Printed) -> bool {
    let parts = || above.iter().flat_map(|row| &row.parts);
    let numbers = || parts().filter(|part| part.is_value());
    let is_at_home = |part: &WrittenRow| {
        if part.is_value() {
            return numbers().any(|number| (number.area.right - part.area.right).abs() < 0.5 * part.size);
        }
        parts().any(|other| !other.is_value() && (other.area.left - part.area.left).abs() < 0.3 * part.size)
            && !stands_over_number(above, part)
    };
    !is_furniture(line) && !line.row.holds(|c| matches!(c, '…' | '·' | '：' | ':')) && line.parts.iter().all(is_at_home)
}

/// Several numbers and no text between them, each where one above ends, begins (a code) or has its middle.
fn numbers_stand_below(above: &[Printed], line: &Printed) -> bool {
    let numbers: Vec<&WrittenRow> = above.iter().flat_map(|row| &row.parts).filter(|part| part.is_value()).collect();
    let is_at_home = |part: &WrittenRow| {
        let near = |one: f64, other: f64| (one - other).abs() < 0.5 * part.size;
        numbers.iter().any(|number| {
            near(number.area.right, part.area.right)
                || near(number.area.left, part.area.left)
                || near(number.area.middle().0, part.area.middle().0)
        })
    };
    let (values, texts): (Vec<&WrittenRow>, Vec<&WrittenRow>) = line.parts.iter().partition(|part| part.is_value());
    values.len() >= ENOUGH_BELOW
        && values.into_iter().all(is_at_home)
        && !texts.into_iter().any(|text| stands_over_number(above, text))
        && !is_furniture(line)
}

/// Some number above shares its place in the line.
fn stands_over_number(above: &[Printed], part: &WrittenRow) -> bool {
    let mut numbers = above.iter().flat_map(|row| &row.parts).filter(|other| other.is_value());
    numbers.any(|number| number.area.left < part.area.right && part.area.left < number.area.right)
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

/// Whose table it is and its unit, as in “name: value” on both sides, stand above a header and are none of it, nor is what
/// stands between them (2024年度).
pub fn is_furniture(row: &Printed) -> bool {
    let says = |part: Option<&WrittenRow>| part.is_some_and(|part| part.holds(|c| matches!(c, '：' | ':')));
    says(row.parts.first()) && says(row.parts.last())
}
