//! The facts of one disclosure by what they are looked up by.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::operands::{ClaimFact, FigureFact, ReportTableFact};
use super::precision::Precision;
use super::text::Text;

/// Component, phase, fund and flow.
type ColumnKey = (Text, Text, Text, Text);
/// Document, sheet, side of the list and column.
pub type ColumnPlace = (usize, u32, Text, u32);

/// Figures and claims by their positions in their lists.
#[derive(Debug)]
pub struct Index {
    pub precision: Precision,
    pub tables: FxHashMap<Text, Table>,
    pub states: FxHashMap<Text, Text>,
    pub by_item: FxHashMap<Text, Vec<usize>>,
    pub by_paragraph: FxHashMap<(usize, u32), Vec<usize>>,
    /// Documents whose paragraphs go over several lines.
    pub wrapped: FxHashSet<usize>,
}

impl Index {
    pub fn of(figures: &[FigureFact], claims: &[ClaimFact], report_tables: &[ReportTableFact]) -> Self {
        let mut tables: FxHashMap<Text, Table> = FxHashMap::default();
        for (at, figure) in figures.iter().enumerate() {
            tables.entry(figure.report_table.clone()).or_default().add(at, figure);
        }
        let mut states: FxHashMap<Text, Text> = FxHashMap::default();
        for table in report_tables {
            let state = states.entry(table.report_table.as_str().into()).or_insert_with(|| table.state.as_str().into());
            if table.state == "data" {
                *state = "data".into();
            }
        }
        let mut by_item: FxHashMap<Text, Vec<usize>> = FxHashMap::default();
        let mut by_paragraph: FxHashMap<(usize, u32), Vec<usize>> = FxHashMap::default();
        for (at, claim) in claims.iter().enumerate() {
            by_item.entry(claim.item_code.clone()).or_default().push(at);
            by_paragraph.entry((claim.document, claim.paragraph)).or_default().push(at);
        }
        let goes_on = claims.iter().filter(|claim| claim.line > claim.paragraph);
        let wrapped = goes_on.map(|claim| claim.document).collect();
        Self { precision: Precision::of(figures, claims), tables, states, by_item, by_paragraph, wrapped }
    }
}

/// The figures of one report table, indexed.
#[derive(Debug, Default)]
pub struct Table {
    pub figures: Vec<usize>,
    by_key: FxHashMap<Text, Vec<usize>>,
    by_row: FxHashMap<u32, Vec<usize>>,
    pub columns: BTreeMap<ColumnKey, Vec<ColumnPlace>>,
}

impl Table {
    fn add(&mut self, at: usize, figure: &FigureFact) {
        self.figures.push(at);
        self.by_key.entry(figure.row_key().clone()).or_default().push(at);
        self.by_row.entry(figure.row_number).or_default().push(at);
        let column = (figure.component.clone(), figure.phase.clone(), figure.fund.clone(), figure.flow.clone());
        let place = (figure.document, figure.sheet_number, figure.side.clone(), figure.column_number);
        let places = self.columns.entry(column).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// By code, else by line.
    pub fn named(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Those of all sheets and of both sides.
    pub fn on_row(&self, row_number: u32) -> &[usize] {
        self.by_row.get(&row_number).map_or(&[], Vec::as_slice)
    }
}
