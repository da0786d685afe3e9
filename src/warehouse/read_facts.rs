//! Facts leave the warehouse for reconciliation: disclosure by disclosure, in batches, so that memory does not grow with the
//! corpus.

use std::collections::{BTreeMap, VecDeque};

use rust_decimal::Decimal;

use super::Warehouse;
use super::value::Value;
use crate::error::Result;
use crate::normalise::ValueKind;
use crate::reconcile::operands::{
    ClaimFact, DisclosureFacts, DocumentFact, FigureFact, IndicatorFact, ReasonFact, ReportTableFact,
};

/// Disclosures held in memory at a time; a department, its units and their years stay together.
const BATCH: usize = 200;

/// Every current disclosure with its prior year and its units, ordered by department and year.
pub struct FactsReader<'a> {
    warehouse: &'a Warehouse,
    batches: VecDeque<Vec<String>>,
    ready: VecDeque<DisclosureFacts>,
}

impl Warehouse {
    /// The facts of every disclosure that has a current document.
    ///
    /// # Errors
    /// When the list of disclosures cannot be read; the iterator itself answers the errors of later reads.
    pub fn facts(&self) -> Result<FactsReader<'_>> {
        let listed = self.query(
            "SELECT coalesce(p.parent_department_key, d.department_key) AS family, d.disclosure_key
             FROM core.dim_document d LEFT JOIN core.dim_department p USING (department_key)
             WHERE d.is_current GROUP BY ALL ORDER BY ALL",
            &[],
        )?;
        let mut batches: VecDeque<Vec<String>> = VecDeque::new();
        let mut family = String::new();
        for row in listed.rows {
            let row = Row(row);
            let is_full = batches.back().is_none_or(|batch| batch.len() >= BATCH && family != row.text(0));
            if is_full {
                batches.push_back(Vec::new());
            }
            family = row.text(0);
            if let Some(batch) = batches.back_mut() {
                batch.push(row.text(1));
            }
        }
        Ok(FactsReader { warehouse: self, batches, ready: VecDeque::new() })
    }
}

impl Iterator for FactsReader<'_> {
    type Item = Result<DisclosureFacts>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            let batch = self.batches.pop_front()?;
            match read_batch(self.warehouse, &batch) {
                Ok(facts) => self.ready = facts.into(),
                Err(error) => return Some(Err(error)),
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

struct Read {
    facts: DisclosureFacts,
    parent: String,
    documents: BTreeMap<String, usize>,
}

fn read_batch(warehouse: &Warehouse, keys: &[String]) -> Result<Vec<DisclosureFacts>> {
    let list = keys.iter().map(|key| super::quoted(key)).collect::<Vec<_>>().join(", ");
    let mut read: BTreeMap<String, Read> = BTreeMap::new();
    read_documents(warehouse, &list, &mut read)?;
    read_figures(warehouse, &list, &mut read)?;
    read_claims(warehouse, &list, &mut read)?;
    read_report_tables(warehouse, &list, &mut read)?;
    read_indicators_and_reasons(warehouse, &list, &mut read)?;
    Ok(related(read))
}

fn read_documents(warehouse: &Warehouse, list: &str, read: &mut BTreeMap<String, Read>) -> Result<()> {
    let sql = format!(
        "SELECT d.disclosure_key, d.document_key, d.file, d.document_kind, d.department_key,
                coalesce(p.department_name, d.department_printed), d.region_code, d.level, d.fiscal_year, p.parent_department_key
         FROM core.dim_document d LEFT JOIN core.dim_department p USING (department_key)
         WHERE d.is_current AND d.disclosure_key IN ({list}) ORDER BY d.disclosure_key, d.file"
    );
    warehouse.query_each(&sql, &[], |row| {
        let row = Row(row);
        let entry = read.entry(row.text(0)).or_insert_with(|| Read {
            facts: DisclosureFacts {
                disclosure_key: row.text(0),
                department: row.text(5),
                department_key: row.text(4),
                region_code: row.text(6),
                level: row.text(7),
                fiscal_year: row.year(8),
                ..DisclosureFacts::default()
            },
            parent: row.text(9),
            documents: BTreeMap::new(),
        });
        entry.documents.insert(row.text(1), entry.facts.documents.len());
        entry.facts.documents.push(DocumentFact { document_key: row.text(1), file: row.text(2), kind: row.text(3) });
        Ok(())
    })?;
    Ok(())
}

/// Runs a query whose first two columns are disclosure and document, and hands each row to its disclosure.
fn each_fact(
    warehouse: &Warehouse,
    sql: &str,
    read: &mut BTreeMap<String, Read>,
    mut take: impl FnMut(&mut DisclosureFacts, usize, &Row),
) -> Result<()> {
    warehouse.query_each(sql, &[], |row| {
        let row = Row(row);
        if let Some(entry) = read.get_mut(&row.text(0))
            && let Some(document) = entry.documents.get(&row.text(1)).copied()
        {
            take(&mut entry.facts, document, &row);
        }
        Ok(())
    })?;
    Ok(())
}

fn read_figures(warehouse: &Warehouse, list: &str, read: &mut BTreeMap<String, Read>) -> Result<()> {
    let sql = format!(
        "SELECT disclosure_key, document_key, sheet_number, sheet, cell, row_number, column_number, report_table, side,
                component, phase, fund, flow, row_role, line, function_code, economic_code, row_label, row_name, parent_label,
                header_path, printed, value, unit, value_kind, amount_yuan, half_unit
         FROM core.fact_amount WHERE is_current AND disclosure_key IN ({list})
         ORDER BY disclosure_key, document_key, sheet_number, row_number, column_number"
    );
    each_fact(warehouse, &sql, read, |facts, document, row| {
        facts.figures.push(FigureFact {
            document,
            sheet_number: row.number(2),
            sheet: row.text(3),
            cell: row.text(4),
            row_number: row.number(5),
            column_number: row.number(6),
            report_table: row.text(7),
            side: row.text(8),
            component: row.text(9),
            phase: row.text(10),
            fund: row.text(11),
            flow: row.text(12),
            row_role: row.text(13),
            line: row.text(14),
            function_code: row.text(15),
            economic_code: row.text(16),
            row_label: row.text(17),
            row_name: row.text(18),
            parent_label: row.text(19),
            header_path: row.text(20),
            printed: row.text(21),
            value: row.decimal(22).unwrap_or_default(),
            unit: row.text(23),
            value_kind: row.value_kind(24),
            amount_yuan: row.decimal(25),
            half_unit: row.decimal(26).unwrap_or_default(),
        });
    })
}

fn read_claims(warehouse: &Warehouse, list: &str, read: &mut BTreeMap<String, Read>) -> Result<()> {
    let sql = format!(
        "SELECT disclosure_key, document_key, line_number, char_start, char_end, printed, value, unit, value_kind, amount_yuan,
                half_unit, section, section_path, item, item_printed, line, function_code, economic_code, item_path, measure,
                basis, fund, stated_year, claim_kind, sentence, reason, reason_opening
         FROM core.fact_claim WHERE is_current AND disclosure_key IN ({list})
         ORDER BY disclosure_key, document_key, line_number, char_start, claim_key"
    );
    each_fact(warehouse, &sql, read, |facts, document, row| {
        facts.claims.push(ClaimFact {
            document,
            line: row.number(2),
            char_start: row.number(3),
            char_end: row.number(4),
            printed: row.text(5),
            value: row.decimal(6).unwrap_or_default(),
            unit: row.text(7),
            value_kind: row.value_kind(8),
            amount_yuan: row.decimal(9),
            half_unit: row.decimal(10).unwrap_or_default(),
            section: row.text(11),
            section_path: row.text(12),
            item: row.text(13),
            item_printed: row.text(14),
            line_code: row.text(15),
            function_code: row.text(16),
            economic_code: row.text(17),
            item_path: row.text(18),
            measure: row.text(19),
            basis: row.text(20),
            fund: row.text(21),
            stated_year: row.year(22),
            kind: row.text(23),
            sentence: row.text(24),
            reason: row.text(25),
            reason_opening: row.text(26),
        });
    })
}

fn read_report_tables(warehouse: &Warehouse, list: &str, read: &mut BTreeMap<String, Read>) -> Result<()> {
    let sql = format!(
        "SELECT disclosure_key, document_key, sheet_number, sheet, report_table, title, state, notes
         FROM core.fact_report_table WHERE is_current AND disclosure_key IN ({list})
         ORDER BY disclosure_key, document_key, sheet_number"
    );
    each_fact(warehouse, &sql, read, |facts, document, row| {
        facts.report_tables.push(ReportTableFact {
            document,
            sheet_number: row.number(2),
            sheet: row.text(3),
            report_table: row.text(4),
            title: row.text(5),
            state: row.text(6),
            notes: row.text(7),
        });
    })
}

fn read_indicators_and_reasons(warehouse: &Warehouse, list: &str, read: &mut BTreeMap<String, Read>) -> Result<()> {
    let sql = format!(
        "SELECT disclosure_key, document_key, line_number, name, nature, target, unit FROM core.fact_indicator
         WHERE is_current AND disclosure_key IN ({list}) ORDER BY disclosure_key, document_key, line_number, name"
    );
    each_fact(warehouse, &sql, read, |facts, document, row| {
        facts.indicators.push(IndicatorFact {
            document,
            line: row.number(2),
            name: row.text(3),
            nature: row.text(4),
            target: row.text(5),
            unit: row.text(6),
        });
    })?;
    let sql = format!(
        "SELECT disclosure_key, document_key, line_number, text FROM core.fact_reason
         WHERE is_current AND claim_key IS NULL AND disclosure_key IN ({list}) ORDER BY ALL"
    );
    each_fact(warehouse, &sql, read, |facts, document, row| {
        facts.reasons.push(ReasonFact { document, line: row.number(2), text: row.text(3) });
    })
}

/// Gives each disclosure its prior year, and each department its units.
fn related(read: BTreeMap<String, Read>) -> Vec<DisclosureFacts> {
    let alone: Vec<&DisclosureFacts> = read.values().map(|entry| &entry.facts).collect();
    read.values()
        .map(|entry| {
            let mut facts = entry.facts.clone();
            let prior = alone.iter().find(|other| {
                other.department_key == facts.department_key
                    && other.level == facts.level
                    && other.fiscal_year.zip(facts.fiscal_year).is_some_and(|(other, own)| other + 1 == own)
            });
            facts.prior = prior.map(|prior| Box::new((*prior).clone()));
            if facts.level == "department" {
                facts.units = read
                    .values()
                    .filter(|unit| unit.parent == facts.department_key && unit.facts.fiscal_year == facts.fiscal_year)
                    .map(|unit| unit.facts.clone())
                    .collect();
            }
            facts
        })
        .collect()
}

struct Row(Vec<Value>);

impl Row {
    fn text(&self, column: usize) -> String {
        self.0.get(column).and_then(Value::as_text).unwrap_or_default().to_owned()
    }

    fn number(&self, column: usize) -> u32 {
        self.0.get(column).and_then(Value::as_integer).and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
    }

    fn year(&self, column: usize) -> Option<i32> {
        self.0.get(column).and_then(Value::as_integer).and_then(|number| i32::try_from(number).ok())
    }

    fn decimal(&self, column: usize) -> Option<Decimal> {
        self.0.get(column).and_then(Value::as_decimal).map(|value| value.normalize())
    }

    fn value_kind(&self, column: usize) -> ValueKind {
        match self.text(column).as_str() {
            "money" => ValueKind::Money,
            "percent" => ValueKind::Percent,
            "count" => ValueKind::Count,
            _ => ValueKind::Other,
        }
    }
}
