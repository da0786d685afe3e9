//! Rows of the fact tables, as the structs reconciliation reads.

use duckdb::arrow::array::{Array, AsArray};
use duckdb::arrow::datatypes::{Decimal128Type, Int32Type, Int64Type, UInt32Type};
use duckdb::arrow::record_batch::RecordBatch;
use rust_decimal::Decimal;

use crate::normalise::ValueKind;
use crate::reconcile::facts::operands::{
    ClaimFact, DisclosureFacts, FigureFact, IndicatorFact, ReasonFact, ReportTableFact,
};
use crate::reconcile::facts::text::Texts;

/// A fact table and the columns of it that reconciliation reads, the document first.
pub struct FactTable {
    pub kind: FactKind,
    pub name: &'static str,
    pub sql: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub enum FactKind {
    Figure,
    Claim,
    ReportTable,
    Indicator,
    Reason,
}

pub const FACT_TABLES: [FactTable; 5] = [
    FactTable {
        kind: FactKind::Figure,
        name: "core.fact_amount",
        sql: "SELECT document_key, sheet_number, sheet, cell, row_number, column_number, report_table, side, component, phase,
                     fund, flow, row_role, line, function_code, economic_code, row_label, row_name, parent_label, header_path,
                     printed, value, unit, value_kind, amount_yuan, half_unit
              FROM core.fact_amount WHERE is_current",
    },
    FactTable {
        kind: FactKind::Claim,
        name: "core.fact_claim",
        sql: "SELECT document_key, line_number, char_start, char_end, printed, value, unit, value_kind, amount_yuan, half_unit,
                     section, section_path, item, item_printed, line, function_code, economic_code, item_path, measure, basis,
                     fund, stated_year, claim_kind, sentence, reason, reason_opening, claim_key,
                     item_code, basis_code, section_group, paragraph, part_of, said, listed, basis_fund
              FROM core.fact_claim WHERE is_current",
    },
    FactTable {
        kind: FactKind::ReportTable,
        name: "core.fact_report_table",
        sql: "SELECT document_key, sheet_number, sheet, report_table, title, state, notes
              FROM core.fact_report_table WHERE is_current",
    },
    FactTable {
        kind: FactKind::Indicator,
        name: "core.fact_indicator",
        sql: "SELECT document_key, line_number, name, nature, target, unit FROM core.fact_indicator WHERE is_current",
    },
    FactTable {
        kind: FactKind::Reason,
        name: "core.fact_reason",
        sql: "SELECT document_key, line_number, text FROM core.fact_reason WHERE claim_key IS NULL AND is_current",
    },
];

/// Adds one row to the facts of its disclosure.
pub fn take_row(kind: FactKind, facts: &mut DisclosureFacts, document: usize, row: &Row<'_>, texts: &mut Texts) {
    match kind {
        FactKind::Figure => facts.figures.push(figure(document, row, texts)),
        FactKind::Claim => facts.claims.push(claim(document, row, texts)),
        FactKind::ReportTable => facts.report_tables.push(ReportTableFact {
            document,
            sheet_number: row.number(1),
            sheet: row.owned(2),
            report_table: row.owned(3),
            title: row.owned(4),
            state: row.owned(5),
            notes: row.owned(6),
        }),
        FactKind::Indicator => facts.indicators.push(IndicatorFact {
            document,
            line: row.number(1),
            name: row.owned(2),
            nature: row.owned(3),
            target: row.owned(4),
            unit: row.owned(5),
        }),
        FactKind::Reason => {
            facts.reasons.push(ReasonFact { document, line: row.number(1), text: row.owned(2) });
        }
    }
}

fn figure(document: usize, row: &Row<'_>, texts: &mut Texts) -> FigureFact {
    let mut text = |column| texts.keep(row.text(column));
    FigureFact {
        document,
        sheet_number: row.number(1),
        sheet: text(2),
        cell: text(3),
        row_number: row.number(4),
        column_number: row.number(5),
        report_table: text(6),
        side: text(7),
        component: text(8),
        phase: text(9),
        fund: text(10),
        flow: text(11),
        row_role: text(12),
        line: text(13),
        function_code: text(14),
        economic_code: text(15),
        row_label: text(16),
        row_name: text(17),
        parent_label: text(18),
        header_path: text(19),
        printed: text(20),
        value: row.decimal(21).unwrap_or_default(),
        unit: text(22),
        value_kind: row.value_kind(23),
        amount_yuan: row.decimal(24),
        half_unit: row.decimal(25).unwrap_or_default(),
    }
}

fn claim(document: usize, row: &Row<'_>, texts: &mut Texts) -> ClaimFact {
    let mut text = |column| texts.keep(row.text(column));
    ClaimFact {
        claim_key: row.text(26).into(),
        document,
        line: row.number(1),
        char_start: row.number(2),
        char_end: row.number(3),
        printed: text(4),
        value: row.decimal(5).unwrap_or_default(),
        unit: text(6),
        value_kind: row.value_kind(7),
        amount_yuan: row.decimal(8),
        half_unit: row.decimal(9).unwrap_or_default(),
        section: text(10),
        section_path: text(11),
        item: text(12),
        item_printed: text(13),
        line_code: text(14),
        function_code: text(15),
        economic_code: text(16),
        item_path: text(17),
        measure: text(18),
        basis: text(19),
        fund: text(20),
        stated_year: row.year(21),
        kind: text(22),
        sentence: text(23),
        reason: text(24),
        reason_opening: text(25),
        item_code: text(27),
        basis_code: text(28),
        section_group: text(29),
        paragraph: row.number(30),
        part_of: text(31),
        said: text(32),
        listed: text(33),
        basis_fund: text(34),
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

    fn value_kind(&self, column: usize) -> ValueKind {
        match self.text(column) {
            "money" => ValueKind::Money,
            "percent" => ValueKind::Percent,
            "count" => ValueKind::Count,
            _ => ValueKind::Other,
        }
    }
}
