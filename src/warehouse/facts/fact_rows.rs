//! Rows of the fact tables, as the structs reconciliation reads.

use duckdb::arrow::array::{Array, AsArray};
use duckdb::arrow::datatypes::{Decimal128Type, Int32Type, Int64Type, UInt32Type};
use duckdb::arrow::record_batch::RecordBatch;
use rust_decimal::Decimal;

use crate::reconcile::facts::columns::Columns;
use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::operands::{ClaimFact, FigureFact, IndicatorFact, ReasonFact, ReportTableFact};
use crate::reconcile::facts::text::{Text, Texts};

/// A fact table, the columns of it that reconciliation reads, and what becomes of a row.
pub struct FactTable {
    pub name: &'static str,
    columns: &'static [&'static str],
    only: &'static str,
    take: fn(&mut DisclosureFacts, usize, &mut RowColumns<'_>),
}

pub const FACT_TABLES: [FactTable; 5] = [
    FactTable {
        name: "core.fact_amount",
        columns: FigureFact::COLUMNS,
        only: "is_current",
        take: |facts, document, row| facts.figures.push(FigureFact::read(document, row)),
    },
    FactTable {
        name: "core.fact_claim",
        columns: ClaimFact::COLUMNS,
        only: "is_current AND value IS NOT NULL",
        take: |facts, document, row| facts.claims.push(ClaimFact::read(document, row)),
    },
    FactTable {
        name: "core.fact_report_table",
        columns: ReportTableFact::COLUMNS,
        only: "is_current",
        take: |facts, document, row| facts.report_tables.push(ReportTableFact::read(document, row)),
    },
    FactTable {
        name: "core.fact_indicator",
        columns: IndicatorFact::COLUMNS,
        only: "is_current",
        take: |facts, document, row| facts.indicators.push(IndicatorFact::read(document, row)),
    },
    FactTable {
        name: "core.fact_reason",
        columns: ReasonFact::COLUMNS,
        only: "is_current AND claim_key IS NULL",
        take: |facts, document, row| facts.reasons.push(ReasonFact::read(document, row)),
    },
];

impl FactTable {
    /// The document first.
    pub fn sql(&self) -> String {
        format!("SELECT document_key, {} FROM {} WHERE {}", self.columns.join(", "), self.name, self.only)
    }

    /// Adds one row to the facts of its disclosure.
    pub fn take(&self, facts: &mut DisclosureFacts, document: usize, row: Row<'_>, texts: &mut Texts) {
        (self.take)(facts, document, &mut RowColumns { row, next: 1, texts });
    }
}

/// The columns of one row, the document left out.
struct RowColumns<'a> {
    row: Row<'a>,
    next: usize,
    texts: &'a mut Texts,
}

impl RowColumns<'_> {
    fn column(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }
}

impl Columns for RowColumns<'_> {
    fn text(&mut self) -> Text {
        let column = self.column();
        self.texts.keep(self.row.text(column))
    }

    fn number(&mut self) -> u32 {
        let column = self.column();
        self.row.number(column)
    }

    fn year(&mut self) -> Option<i32> {
        let column = self.column();
        self.row.year(column)
    }

    fn decimal(&mut self) -> Option<Decimal> {
        let column = self.column();
        self.row.decimal(column)
    }
}

/// One row of a columnar result. NULL reads as empty or zero.
pub struct Row<'a> {
    pub rows: &'a RecordBatch,
    pub row: usize,
}

impl<'a> Row<'a> {
    pub fn text(&self, column: usize) -> &'a str {
        let column = self.rows.column(column);
        match column.as_string_opt::<i32>() {
            Some(texts) if texts.is_valid(self.row) => texts.value(self.row),
            _ => "",
        }
    }

    pub fn owned(&self, column: usize) -> String {
        self.text(column).to_owned()
    }

    pub fn number(&self, column: usize) -> u32 {
        let column = self.rows.column(column).as_primitive_opt::<UInt32Type>();
        column.filter(|numbers| numbers.is_valid(self.row)).map_or(0, |numbers| numbers.value(self.row))
    }

    pub fn integer(&self, column: usize) -> i64 {
        let column = self.rows.column(column).as_primitive_opt::<Int64Type>();
        column.filter(|numbers| numbers.is_valid(self.row)).map_or(0, |numbers| numbers.value(self.row))
    }

    pub fn boolean(&self, column: usize) -> Option<bool> {
        let column = self.rows.column(column).as_boolean_opt()?;
        column.is_valid(self.row).then(|| column.value(self.row))
    }

    pub fn year(&self, column: usize) -> Option<i32> {
        let column = self.rows.column(column).as_primitive_opt::<Int32Type>()?;
        column.is_valid(self.row).then(|| column.value(self.row))
    }

    pub fn decimal(&self, column: usize) -> Option<Decimal> {
        let column = self.rows.column(column).as_primitive_opt::<Decimal128Type>()?;
        if !column.is_valid(self.row) {
            return None;
        }
        let scale = u32::from(column.scale().unsigned_abs());
        Decimal::try_from_i128_with_scale(column.value(self.row), scale).ok().map(|value| value.normalize())
    }
}
