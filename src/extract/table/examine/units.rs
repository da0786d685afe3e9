//! The unit of a table that prints none.

use super::examined::{Examined, Verdict};
use crate::extract::table::find::furniture::{PrintedUnit, unit_in_note};
use crate::extract::table::layouts::load::Layouts;

/// A table without a unit takes the one its footnote names, then the one all others of the workbook agree on, then the
/// layout's default.
pub fn share_units(found: &mut [Examined], layouts: &Layouts) {
    // Units printed in column headers count as well: some workbooks print them nowhere else.
    let headers = found.iter().filter_map(|table| table.header.as_ref()).flat_map(|header| &header.columns);
    let of_columns = headers.filter_map(|column| column.unit());
    let mut agreed: Vec<String> = found
        .iter()
        .map(|table| table.unit.unit.as_str())
        .chain(of_columns)
        .filter(|unit| layouts.words.money_units.contains(*unit))
        .map(str::to_owned)
        .collect();
    agreed.sort_unstable();
    agreed.dedup();
    for table in found.iter_mut().filter(|table| table.unit.unit.is_empty()) {
        let Verdict::Matched { binding, .. } = &table.verdict else { continue };
        let in_note = table.body.notes.iter().find_map(|note| unit_in_note(note, &layouts.words));
        let default = layouts.layout(binding.layout).unit_default.clone();
        table.unit = match (in_note, agreed.as_slice(), default) {
            (Some(unit), _, _) => PrintedUnit { unit, source: "footnote".to_owned() },
            (None, [unit], _) => PrintedUnit { unit: unit.clone(), source: "workbook".to_owned() },
            (None, _, Some(unit)) => PrintedUnit { unit, source: "layout default".to_owned() },
            _ => continue,
        };
        for figure in table.body.figures.iter_mut().filter(|figure| figure.unit.is_empty()) {
            figure.unit.clone_from(&table.unit.unit);
            figure.unit_source.clone_from(&table.unit.source);
        }
    }
}
