//! The key columns of one row: code, label, line, parent, role.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::figure::RowRole;
use super::label::{indent, is_of_which, normal, ordinal_level, shown, split_unit, without_numbering};
use crate::decode::{CellValue, number_behind_date};
use crate::extract::table::find::bind::Segment;
use crate::extract::table::find::sheet::SheetCell;
use crate::extract::table::layouts::load::{BoundBlock, Layouts};

/// What a row is called.
#[derive(Debug, Clone)]
pub struct RowKey {
    pub label: String,
    pub code: Option<String>,
    pub classification: String,
    pub line: Option<String>,
    pub role: RowRole,
    pub parent: Option<String>,
    pub group_flow: Option<String>,
    pub unit: Option<String>,
}

/// Reads the keys of consecutive rows of one list: codes carried down, headings above, repeated labels in groups.
#[derive(Debug, Default)]
pub struct KeyReader {
    /// Column → code part last printed there.
    parts: BTreeMap<u32, String>,
    /// Ordinal level → the last row at that level.
    headings: BTreeMap<u8, Heading>,
    last_label: String,
    /// Indent of the last 其中 row and its parent, for the unmarked rows set in below it.
    of_which: Option<(usize, String)>,
    group: Option<(usize, String)>,
}

/// A numbered row that others may stand under, and the unit its label prints.
#[derive(Debug, Clone)]
struct Heading {
    label: String,
    unit: Option<String>,
}

impl KeyReader {
    /// Reads the keys of a row; `over` is a label that is merged over them.
    pub fn read(
        &mut self,
        row: &[SheetCell<'_>],
        over: Option<&SheetCell<'_>>,
        segment: &Segment,
        block: &BoundBlock,
        layouts: &Layouts,
    ) -> RowKey {
        let has_codes = matches!(block.rule.classification.as_str(), "function" | "economic");
        let mut names: Vec<(String, usize)> = Vec::new();
        let mut has_code = false;
        for cell in row.iter().filter(|cell| segment.keys.contains(&cell.at.column)) {
            let compact: Cow<'_, str> = match &cell.label {
                Some(label) => label.into(),
                None => normal(&cell.value.printed()).into(),
            };
            if layouts.words.code_parts.contains(compact.as_ref()) {
                continue;
            }
            match split_code(&cell.value, &compact).filter(|_| has_codes) {
                Some((part, rest)) => {
                    has_code = true;
                    self.parts.retain(|column, _| *column < cell.at.column);
                    self.parts.insert(cell.at.column, part);
                    if !rest.is_empty() {
                        names.push((rest.to_owned(), 0));
                    }
                }
                None => names.push(match cell.text() {
                    Some(text) => (shown(text), indent(text)),
                    None => (shown(&cell.value.printed()), 0),
                }),
            }
        }
        if let Some(text) = over.and_then(SheetCell::text).filter(|_| names.is_empty() && !has_code) {
            names.push((shown(text), indent(text)));
        }
        let code = has_code.then(|| self.joined_code());
        let (label, set_in) = names.pop().unwrap_or_else(|| (code.clone().unwrap_or_default(), 0));
        let left = names.pop().map(|(name, _)| name);
        self.place(label, set_in, left, code, block, layouts)
    }

    /// 208 + 05 + 05, or 208 + 20805 + 2080505; numbers have lost their leading zeros.
    fn joined_code(&self) -> String {
        let mut code = String::new();
        for part in self.parts.values() {
            if part.len() >= 3 {
                code.clone_from(part);
            } else {
                if part.len() == 1 {
                    code.push('0');
                }
                code.push_str(part);
            }
        }
        code
    }

    fn place(
        &mut self,
        label: String,
        set_in: usize,
        left: Option<String>,
        code: Option<String>,
        block: &BoundBlock,
        layouts: &Layouts,
    ) -> RowKey {
        let compact = normal(&label);
        let (name, unit) = split_unit(&compact, &layouts.words.units);
        let unit = unit.map(|unit| printed_unit(&label, unit));
        let row_line = if code.is_some() { None } else { layouts.lists.line(name, &block.rule.lines) };
        let is_total = code.is_none() && is_total_label(name, layouts);
        let mut line = row_line.map(|row| row.line.clone());
        let mut classification = if code.is_some() { block.rule.classification.clone() } else { String::new() };
        if line.is_none() && !is_total && !compact.is_empty() {
            line.clone_from(&block.rule.other_rows);
            if line.is_some() && code.is_none() {
                classification.clone_from(&block.rule.other_rows_classification);
            }
        }
        let marked = is_of_which(&compact);
        let below_marked = self
            .of_which
            .as_ref()
            .filter(|(depth, _)| !marked && ordinal_level(&compact) == 0 && set_in > *depth + 1 && !is_total);
        let mut role = match (&line, is_total, marked || below_marked.is_some()) {
            (_, true, _) => RowRole::Total,
            (_, _, true) => RowRole::OfWhich,
            (Some(line), _, _) => role_of_line(line, layouts),
            _ => RowRole::Detail,
        };
        let mut parent = left.or_else(|| below_marked.map(|(_, parent)| parent.clone()));
        if marked {
            let above = self.of_which.as_ref().filter(|(depth, _)| *depth == set_in).map(|(_, parent)| parent.clone());
            parent = Some(above.unwrap_or_else(|| self.last_label.clone()));
            self.of_which = Some((set_in, parent.clone().unwrap_or_default()));
        } else if below_marked.is_none() {
            self.of_which = None;
        }
        let heading = self.heading_above(&label, &compact, unit.clone());
        let unit = unit.or_else(|| heading.as_ref().and_then(|heading| heading.unit.clone()));
        parent = parent.or(heading.map(|heading| heading.label));
        let group_flow = self.group_flow(line.as_deref(), &label, block);
        if let Some((_, heading)) = self.group.as_ref().filter(|_| group_flow.is_some()) {
            parent = Some(heading.clone());
            role = RowRole::OfWhich;
        }
        if !marked && !compact.is_empty() {
            self.last_label.clone_from(&label);
        }
        RowKey {
            label,
            code,
            classification,
            line,
            role,
            parent: parent.filter(|name| !name.is_empty()),
            group_flow,
            unit,
        }
    }

    /// The last row with a lower ordinal (一、 above （一） above 1.); unnumbered rows start anew. Its unit holds for the
    /// rows below it: 车辆数合计（辆）.
    fn heading_above(&mut self, label: &str, compact: &str, unit: Option<String>) -> Option<Heading> {
        let level = ordinal_level(compact);
        if level == 0 {
            if is_of_which(compact) {
                return self.headings.values().next_back().cloned();
            }
            if !compact.is_empty() {
                self.headings.clear();
            }
            return None;
        }
        self.headings.retain(|other, _| *other < level);
        let above = self.headings.values().next_back().cloned();
        let unit = unit.or_else(|| above.as_ref().and_then(|above| above.unit.clone()));
        self.headings.insert(level, Heading { label: label.to_owned(), unit });
        above
    }

    /// Rows of a group repeat labels under its heading row; the first row that is no member ends it.
    fn group_flow(&mut self, line: Option<&str>, label: &str, block: &BoundBlock) -> Option<String> {
        let line = line?;
        if let Some((at, _)) = &self.group {
            let group = &block.rule.group[*at];
            if group.members.iter().any(|member| member == line) {
                return Some(group.flow.clone());
            }
            self.group = None;
        }
        if let Some(at) = block.rule.group.iter().position(|group| group.after == line) {
            self.group = Some((at, label.to_owned()));
        }
        None
    }
}

/// The unit as the label prints it, widths kept: `台，套`.
fn printed_unit(label: &str, unit: &str) -> String {
    let inner = label.rsplit(['(', '（']).next().unwrap_or("").trim_end_matches([')', '）']);
    if normal(inner) == unit { inner.to_owned() } else { unit.to_owned() }
}

/// A code cell: its digits, and the name where one is joined on (`[2050299]其他普通教育支出`).
fn split_code<'a>(value: &CellValue, compact: &'a str) -> Option<(String, &'a str)> {
    // A code keeps its digits under any number format, that of a date among them.
    let stored = match value {
        CellValue::Number(number) => Some(number.value),
        CellValue::Date(date) => date.stored,
        CellValue::Text(_) => number_behind_date(compact),
        _ => None,
    };
    if let Some(stored) = stored {
        let whole = stored.trunc();
        return (whole == stored && !whole.is_sign_negative()).then(|| (whole.normalize().to_string(), ""));
    }
    let unbracketed = compact.strip_prefix(['[', '【', '(']).unwrap_or(compact);
    let digits: usize = unbracketed.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = unbracketed.split_at(digits);
    if code.is_empty() || code.len() > 9 {
        return scientific(compact).map(|code| (code, ""));
    }
    let rest = rest.strip_prefix([']', '】', ')']).unwrap_or(rest);
    let rest = rest.trim_start_matches(['-', ':', '_']);
    if rest.is_empty() || rest.chars().all(|c| c == '0' || c == '.') {
        return Some((code.to_owned(), ""));
    }
    if rest.starts_with(['E', 'e', '.']) {
        return scientific(compact).map(|code| (code, ""));
    }
    // 1、货物 is numbering; a joined code has at least three digits.
    (code.len() >= 3 && !rest.starts_with(['、', '.', ',', '年'])).then(|| (code.to_owned(), rest))
}

/// 2.0101E+06, as a spreadsheet may have saved 2010100.
fn scientific(compact: &str) -> Option<String> {
    if !compact.contains(['E', 'e']) {
        return None;
    }
    let printed = crate::vocabulary::parse_printed(compact).ok()?;
    (printed.value == printed.value.trunc()).then(|| printed.value.trunc().normalize().to_string())
}

/// The role `lines.csv` gives a line.
pub fn role_of_line(line: &str, layouts: &Layouts) -> RowRole {
    let role = layouts.lists.line_row(line).map_or("", |row| row.role.as_str());
    match role {
        "total" => RowRole::Total,
        "subtotal" => RowRole::Subtotal,
        "of_which" => RowRole::OfWhich,
        _ => RowRole::Detail,
    }
}

/// The label without numbering, as totals are compared.
fn is_total_label(normal_label: &str, layouts: &Layouts) -> bool {
    layouts.words.totals.contains(without_numbering(normal_label))
}
