//! Header rows: banners, column paths and label headers, merged as publishers merge them.

use crate::write::{Position, Sheet};

use super::{CodeStyle, Column, Labels, Shape, Side};

/// Where one side stands on the sheet.
#[derive(Debug, Clone)]
pub(super) struct SideColumns {
    pub first: u32,
    /// Columns of codes and names.
    pub labels: u32,
    /// The 行次 column, where there is one.
    pub numbers: Option<u32>,
    /// First amount column.
    pub values: u32,
    /// One past the last column.
    pub end: u32,
}

/// Columns of every side, left to right.
pub(super) fn allocate(sides: &[Side], shape: &Shape) -> Vec<SideColumns> {
    let mut next = shape.lead_columns;
    let mut placed = Vec::new();
    for side in sides {
        let labels = label_columns(&side.labels, shape.codes);
        let is_item = matches!(side.labels, Labels::Item { .. });
        let numbers = (shape.row_numbers && is_item).then_some(next + labels);
        let values = next + labels + u32::from(numbers.is_some());
        let end = values + side.columns.len() as u32;
        placed.push(SideColumns { first: next, labels, numbers, values, end });
        next = end;
    }
    placed
}

fn label_columns(labels: &Labels, codes: CodeStyle) -> u32 {
    match (labels, codes) {
        (Labels::None, _) => 0,
        (Labels::Item { .. }, _) => 1,
        (Labels::Listed { headers }, _) => headers.len() as u32,
        (Labels::Coded { code, .. }, CodeStyle::Parts) => part_labels(code).len() as u32 + 1,
        (Labels::Coded { .. }, CodeStyle::Joined | CodeStyle::Bracketed | CodeStyle::Absent) => 1,
        (Labels::Coded { .. }, _) => 2,
    }
}

/// Function codes have three parts, economic codes two.
fn part_labels(code_header: &str) -> &'static [&'static str] {
    if code_header.starts_with("经济") { &["类", "款"] } else { &["类", "款", "项"] }
}

/// True where 类 款 项 share the 栏次 and 合计 rows, as in the national form.
pub(super) fn parts_share_rows(side: &Side, shape: &Shape) -> bool {
    let is_coded = matches!(side.labels, Labels::Coded { .. });
    let has_total = side.rows.iter().any(|row| row.kind == super::RowKind::Total);
    is_coded
        && has_total
        && shape.codes == CodeStyle::Parts
        && shape.column_numbers
        && shape.total == super::TotalPlace::HeaderRow
        && shape.page_rows.is_none()
}

/// Writes the header from `top` on; returns the first row below it (before a 栏次 row).
pub(super) fn write(sheet: &mut Sheet, top: u32, sides: &[Side], placed: &[SideColumns], shape: &Shape) -> u32 {
    let has_banner = sides.iter().any(|side| !side.banner.is_empty());
    let depth = sides.iter().map(|side| own_depth(side, shape)).max().unwrap_or(1);
    let body = top + u32::from(has_banner);
    let end = body + depth;
    for (side, at) in sides.iter().zip(placed) {
        let mut start = body;
        if has_banner && side.banner.is_empty() {
            start = top;
        } else if has_banner {
            span(sheet, shape, (top, top), (at.first, at.end - 1), &side.banner);
        }
        labels(sheet, shape, side, at, (start, end));
        if let Some(column) = at.numbers {
            span(sheet, shape, (start, end - 1), (column, column), "行次");
        }
        columns(sheet, shape, &side.columns, at.values, (start, end));
    }
    end
}

/// Header rows a side needs below its banner.
fn own_depth(side: &Side, shape: &Shape) -> u32 {
    let paths = side.columns.iter().map(|column| column.path.len() as u32).max().unwrap_or(1);
    let Labels::Coded { banner, .. } = &side.labels else { return paths.max(1) };
    let two_columns = label_columns(&side.labels, shape.codes) > 1;
    let banner_rows = u32::from(!banner.is_empty() && two_columns);
    let parts_row = u32::from(shape.codes == CodeStyle::Parts && !parts_share_rows(side, shape));
    paths.max(1 + banner_rows + parts_row)
}

fn labels(sheet: &mut Sheet, shape: &Shape, side: &Side, at: &SideColumns, rows: (u32, u32)) {
    let (mut top, end) = rows;
    match &side.labels {
        Labels::None => {}
        Labels::Item { header } => span(sheet, shape, (top, end - 1), (at.first, at.first), header),
        Labels::Listed { headers } => {
            for (column, header) in (at.first..).zip(headers) {
                span(sheet, shape, (top, end - 1), (column, column), header);
            }
        }
        Labels::Coded { banner, name, .. } if at.labels == 1 => {
            let header = if banner.is_empty() { name } else { banner };
            span(sheet, shape, (top, end - 1), (at.first, at.first), header);
        }
        Labels::Coded { banner, code, name } => {
            let name_column = at.first + at.labels - 1;
            if !banner.is_empty() {
                span(sheet, shape, (top, top), (at.first, name_column), banner);
                top += 1;
            }
            span(sheet, shape, (top, end - 1), (name_column, name_column), name);
            if shape.codes != CodeStyle::Parts {
                span(sheet, shape, (top, end - 1), (at.first, at.first), code);
            } else if parts_share_rows(side, shape) {
                span(sheet, shape, (top, end - 1), (at.first, name_column - 1), code);
            } else {
                span(sheet, shape, (top, end - 2), (at.first, name_column - 1), code);
                part_names(sheet, shape, &side.labels, at, (end - 1, end - 1));
            }
        }
    }
}

/// 类 款 项 over the code columns.
pub(super) fn part_names(sheet: &mut Sheet, shape: &Shape, labels: &Labels, at: &SideColumns, rows: (u32, u32)) {
    let Labels::Coded { code, .. } = labels else { return };
    for (column, part) in (at.first..).zip(part_labels(code)) {
        span(sheet, shape, rows, (column, column), part);
    }
}

/// Column paths: equal neighbours under an equal parent share a cell; short paths reach down to the last row.
fn columns(sheet: &mut Sheet, shape: &Shape, columns: &[Column], first: u32, rows: (u32, u32)) {
    let (top, end) = rows;
    for (index, column) in columns.iter().enumerate() {
        for (level, label) in column.path.iter().enumerate() {
            let prefix = &column.path[..=level];
            let shares = |other: Option<&Column>| other.is_some_and(|other| other.path.get(..=level) == Some(prefix));
            if index > 0 && shares(columns.get(index - 1)) {
                continue;
            }
            let width = columns[index..].iter().take_while(|other| shares(Some(other))).count() as u32;
            let row = top + level as u32;
            let is_leaf = level + 1 == column.path.len();
            let last_row = if is_leaf { end - 1 } else { row };
            let text = if is_leaf { shape.leaf_header(label) } else { label.clone() };
            let left = first + index as u32;
            span(sheet, shape, (row, last_row), (left, left + width - 1), &text);
        }
    }
}

/// A header text over a rectangle.
fn span(sheet: &mut Sheet, shape: &Shape, rows: (u32, u32), columns: (u32, u32), text: &str) {
    sheet.text(rows.0, columns.0, shape.broken(text));
    if shape.merged {
        sheet.merge(Position::new(rows.0, columns.0), Position::new(rows.1, columns.1));
    }
}
