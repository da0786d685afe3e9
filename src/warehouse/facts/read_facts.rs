//! Facts leave the warehouse for reconciliation: family by family (a department, its units, their years), in batches, so
//! that memory does not grow with the corpus.
//!
//! Rows of one document lie close together in every fact table, because they were loaded together. A batch therefore
//! reads ranges of rows, never the whole table: the cost does not grow with the number of batches.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use super::fact_rows::{FACT_TABLES, FactTable, Row};
use crate::error::Result;
use crate::reconcile::Catalogue;
use crate::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact, DoubtfulCell};
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::facts::text::{Text, Texts};
use crate::vocabulary::{Level, Place};
use crate::warehouse::Warehouse;
use crate::warehouse::scope::{OF_GOVERNMENTS, RowRange, Scope};

/// Disclosures held in memory at a time; families stay together.
const BATCH: usize = 96;
/// Rows between two ranges that are cheaper to read along than to skip.
const NARROW_GAP: i64 = 4096;

/// Every current disclosure with its prior year and its units. Has a connection of its own, so that it can read on a
/// thread of its own.
pub struct FactsReader {
    warehouse: Warehouse,
    batches: VecDeque<Vec<Disclosure>>,
    /// Rows of each document, by fact table.
    places: Vec<HashMap<String, RowRange>>,
    /// Cells whose reading is in doubt, by document.
    doubts: HashMap<String, Vec<DoubtfulCell>>,
    /// Rows of what SQL files of checks say, by disclosure; what they say of governments comes last.
    answers: HashMap<String, RowRange>,
    ready: VecDeque<Arc<DisclosureFacts>>,
}

/// One disclosure without its facts.
#[derive(Default)]
struct Disclosure {
    family: String,
    parent: String,
    facts: DisclosureFacts,
}

impl Warehouse {
    /// The facts of every disclosure that has a current document.
    ///
    /// # Errors
    /// When the list of disclosures cannot be read; the iterator itself answers the errors of later reads.
    pub fn facts(&self) -> Result<FactsReader> {
        let warehouse = self.another_connection()?;
        FactsReader::over_all(warehouse, HashMap::new())
    }

    /// The facts of every disclosure with what the SQL files of checks say of it; last, what they say of governments.
    /// [`Scope::Governments`] gives that alone.
    ///
    /// # Errors
    /// Those of [`Warehouse::facts`], and a SQL file of a check that fails.
    pub fn facts_and_answers(&self, catalogue: &Catalogue, scope: Scope) -> Result<FactsReader> {
        let warehouse = self.another_connection()?;
        let answers = warehouse.ask_checks(catalogue, scope)?;
        if scope == Scope::Governments {
            let (batches, ready) = (VecDeque::new(), VecDeque::new());
            let doubts = HashMap::new();
            return Ok(FactsReader { warehouse, batches, places: Vec::new(), doubts, answers, ready });
        }
        FactsReader::over_all(warehouse, answers)
    }

    /// The facts of one disclosure's family, with what the SQL files of these checks say of it.
    ///
    /// # Errors
    /// Those of [`Warehouse::facts_and_answers`].
    pub fn facts_of_family(&self, asked: &Catalogue, disclosure_key: &str) -> Result<FactsReader> {
        let mut reader = self.facts_and_answers(asked, Scope::Disclosures)?;
        let mut all = reader.batches.iter().flatten();
        let family = all.find(|found| found.facts.disclosure_key == disclosure_key).map(|found| found.family.clone());
        for batch in &mut reader.batches {
            batch.retain(|found| Some(&found.family) == family.as_ref());
        }
        reader.batches.retain(|batch| !batch.is_empty());
        Ok(reader)
    }

    /// Reads key, first and last row.
    pub fn row_ranges(&self, sql: &str) -> Result<HashMap<String, RowRange>> {
        let mut ranges = HashMap::new();
        self.query_batches(sql, |rows| {
            for row in 0..rows.num_rows() {
                let row = Row { rows, row };
                ranges.insert(row.owned(0), (row.integer(1), row.integer(2)));
            }
        })?;
        Ok(ranges)
    }
}

impl FactsReader {
    fn over_all(warehouse: Warehouse, answers: HashMap<String, RowRange>) -> Result<Self> {
        let places = FACT_TABLES.iter().map(|table| document_rows(&warehouse, table)).collect::<Result<Vec<_>>>()?;
        let doubts = doubtful_cells(&warehouse)?;
        let families = families(disclosures(&warehouse)?, &places);
        let mut batches: VecDeque<Vec<Disclosure>> = VecDeque::new();
        for family in families {
            match batches.back_mut() {
                Some(batch) if batch.len() + family.len() <= BATCH => batch.extend(family),
                _ => batches.push_back(family),
            }
        }
        Ok(Self { warehouse, batches, places, doubts, answers, ready: VecDeque::new() })
    }
}

impl Iterator for FactsReader {
    type Item = Result<Arc<DisclosureFacts>>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            let Some(batch) = self.batches.pop_front() else {
                return self.about_governments().transpose();
            };
            match self.read(batch) {
                Ok(facts) => self.ready = facts.into(),
                Err(error) => return Some(Err(error)),
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl FactsReader {
    fn read(&mut self, mut batch: Vec<Disclosure>) -> Result<Vec<Arc<DisclosureFacts>>> {
        let mut holders: HashMap<Text, (usize, usize)> = HashMap::new();
        for (at, disclosure) in batch.iter().enumerate() {
            for (number, document) in disclosure.facts.documents.iter().enumerate() {
                holders.insert(document.document_key.clone(), (at, number));
            }
        }
        let mut texts = Texts::default();
        for (table, places) in FACT_TABLES.iter().zip(&self.places) {
            let ranges = merged(holders.keys().filter_map(|key| places.get(key.as_str()).copied()).collect());
            for (first, last) in ranges {
                let sql = format!("{} AND rowid BETWEEN {first} AND {last}", table.sql());
                self.warehouse.query_batches(&sql, |rows| {
                    for row in 0..rows.num_rows() {
                        let row = Row { rows, row };
                        if let Some((at, document)) = holders.get(row.text(0)).copied() {
                            table.take(&mut batch[at].facts, document, row, &mut texts);
                        }
                    }
                })?;
            }
        }
        let said = batch.iter().filter_map(|disclosure| self.answers.get(&disclosure.facts.disclosure_key).copied());
        let mut answers = self.warehouse.answers_within(&merged(said.collect()))?;
        for Disclosure { facts, .. } in &mut batch {
            in_reading_order(facts);
            for (number, document) in facts.documents.iter().enumerate() {
                let doubts = self.doubts.remove(document.document_key.as_str()).into_iter().flatten();
                facts.doubtful_cells.extend(doubts.map(|doubt| DoubtfulCell { document: number, ..doubt }));
            }
            facts.answers = answers.remove(&facts.disclosure_key).unwrap_or_default();
        }
        Ok(related(batch))
    }

    /// What was said of governments, once, as of a disclosure without documents.
    fn about_governments(&mut self) -> Result<Option<Arc<DisclosureFacts>>> {
        let Some(range) = self.answers.remove(OF_GOVERNMENTS) else { return Ok(None) };
        let answers = self.warehouse.answers_within(&[range])?.remove(OF_GOVERNMENTS).unwrap_or_default();
        Ok(Some(Arc::new(DisclosureFacts { answers, ..DisclosureFacts::default() })))
    }
}

/// Every disclosure with its documents, ordered by key.
fn disclosures(warehouse: &Warehouse) -> Result<Vec<Disclosure>> {
    let mut listed: BTreeMap<String, Disclosure> = BTreeMap::new();
    warehouse.query_batches(
        "SELECT d.disclosure_key, d.document_key, d.file, d.document_kind, d.department_key,
                coalesce(p.department_name, d.department_printed), d.region_code, d.level, d.fiscal_year,
                coalesce(p.parent_department_key, ''), coalesce(p.parent_department_key, d.department_key)
         FROM core.dim_document d LEFT JOIN core.dim_department p USING (department_key)
         WHERE d.is_current ORDER BY d.disclosure_key, d.file",
        |rows| {
            for row in 0..rows.num_rows() {
                let row = Row { rows, row };
                let entry = listed.entry(row.owned(0)).or_insert_with(|| Disclosure {
                    family: row.owned(10),
                    parent: row.owned(9),
                    facts: DisclosureFacts {
                        disclosure_key: row.owned(0),
                        department: row.owned(5),
                        department_key: row.owned(4),
                        region_code: row.owned(6),
                        level: Level::parse(&row.owned(7)).unwrap_or_default(),
                        fiscal_year: row.year(8),
                        ..DisclosureFacts::default()
                    },
                });
                entry.facts.documents.push(DocumentFact {
                    document_key: row.text(1).into(),
                    file: row.text(2).into(),
                    kind: row.owned(3),
                });
            }
        },
    )?;
    Ok(listed.into_values().collect())
}

/// The cells whose reading is in doubt.
fn doubtful_cells(warehouse: &Warehouse) -> Result<HashMap<String, Vec<DoubtfulCell>>> {
    let mut doubts: HashMap<String, Vec<DoubtfulCell>> = HashMap::new();
    warehouse.query_batches(
        "SELECT document_key, place, CAST(is_row_from_here AS BIGINT), CAST(is_hidden AS BIGINT) FROM core.reading_doubt WHERE NOT is_recognised ORDER BY ALL",
        |rows| {
            for row in 0..rows.num_rows() {
                let row = Row { rows, row };
                let Place::Cell { sheet, cell } = Place::parse(row.text(1)) else { continue };
                doubts.entry(row.owned(0)).or_default().push(DoubtfulCell {
                    document: 0,
                    sheet,
                    row: cell.row + 1,
                    column: cell.column + 1,
                    is_row_from_here: row.integer(2) == 1,
                    is_hidden: row.integer(3) == 1,
                });
            }
        },
    )?;
    Ok(doubts)
}

/// First and last row of each document in a fact table.
fn document_rows(warehouse: &Warehouse, table: &FactTable) -> Result<HashMap<String, RowRange>> {
    warehouse.row_ranges(&format!(
        "SELECT document_key, min(rowid), max(rowid) FROM {} WHERE is_current GROUP BY 1",
        table.name
    ))
}

/// Disclosures by family, families in the order their first rows lie in the warehouse: neighbours share ranges.
fn families(disclosures: Vec<Disclosure>, places: &[HashMap<String, RowRange>]) -> Vec<Vec<Disclosure>> {
    let mut families: BTreeMap<String, Vec<Disclosure>> = BTreeMap::new();
    for disclosure in disclosures {
        families.entry(disclosure.family.clone()).or_default().push(disclosure);
    }
    let first_row = |family: &Vec<Disclosure>| {
        let documents = family.iter().flat_map(|disclosure| &disclosure.facts.documents);
        let rows =
            documents.flat_map(|document| places.iter().filter_map(|table| table.get(document.document_key.as_str())));
        rows.map(|(first, _)| *first).min()
    };
    let mut families: Vec<Vec<Disclosure>> = families.into_values().collect();
    families.sort_by_cached_key(first_row);
    families
}

/// Ranges in order, overlapping and neighbouring ones made one.
fn merged(mut ranges: Vec<RowRange>) -> Vec<RowRange> {
    ranges.sort_unstable();
    let mut merged: Vec<RowRange> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= end.saturating_add(NARROW_GAP) => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// Rows come as they lie in the warehouse; checks meet them as they are printed.
fn in_reading_order(facts: &mut DisclosureFacts) {
    let order: Vec<usize> = document_order(facts);
    facts
        .figures
        .sort_by_key(|figure| (order[figure.document], figure.sheet_number, figure.row_number, figure.column_number));
    facts.claims.sort_by(|a, b| {
        let place = |claim: &ClaimFact| (order[claim.document], claim.line, claim.char_start);
        // Two meanings of one number come in the order of their keys: see sql/facts/fact_claim.sql.
        place(a).cmp(&place(b)).then_with(|| (&a.item, &a.measure, &a.basis).cmp(&(&b.item, &b.measure, &b.basis)))
    });
    facts.report_tables.sort_by_key(|table| (order[table.document], table.sheet_number));
    facts.indicators.sort_by(|a, b| (order[a.document], a.line, &a.name).cmp(&(order[b.document], b.line, &b.name)));
    facts.reasons.sort_by(|a, b| (order[a.document], a.line, &a.text).cmp(&(order[b.document], b.line, &b.text)));
}

/// Position of each document in the order of keys.
fn document_order(facts: &DisclosureFacts) -> Vec<usize> {
    let mut by_key: Vec<usize> = (0..facts.documents.len()).collect();
    by_key.sort_by_key(|at| &facts.documents[*at].document_key);
    let mut order = vec![0; by_key.len()];
    for (position, at) in by_key.into_iter().enumerate() {
        order[at] = position;
    }
    order
}

/// Gives each disclosure its prior year, and each department its units. Earlier years and units come first, so that
/// what others are compared with is shared, not copied.
fn related(batch: Vec<Disclosure>) -> Vec<Arc<DisclosureFacts>> {
    let mut order: Vec<usize> = (0..batch.len()).collect();
    order.sort_by_key(|at| (batch[*at].facts.level == Level::Department, batch[*at].facts.fiscal_year));
    let mut waiting: Vec<Option<Disclosure>> = batch.into_iter().map(Some).collect();
    let mut done: Vec<(usize, String, Arc<DisclosureFacts>)> = Vec::with_capacity(waiting.len());
    for at in order {
        let Some(Disclosure { parent, facts: own, .. }) = waiting[at].take() else { continue };
        let prior = done.iter().map(|(_, _, other)| other).find(|other| {
            other.department_key == own.department_key
                && other.level == own.level
                && other.fiscal_year.zip(own.fiscal_year).is_some_and(|(other, own)| other + 1 == own)
        });
        let is_unit = |(_, parent, unit): &&(usize, String, Arc<DisclosureFacts>)| {
            own.level == Level::Department && *parent == own.department_key && unit.fiscal_year == own.fiscal_year
        };
        let units = done.iter().filter(is_unit).map(|(_, _, unit)| Arc::clone(unit)).collect();
        let facts = DisclosureFacts { prior: prior.cloned(), units, ..own };
        done.push((at, parent, Arc::new(facts)));
    }
    done.sort_by_key(|(at, ..)| *at);
    done.into_iter().map(|(_, _, facts)| facts).collect()
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn near_ranges_are_read_as_one_and_far_ones_apart() {
        assert_eq!(merged(vec![(9_000, 9_100), (0, 10), (8, 30), (4_000, 4_100)]), [(0, 4_100), (9_000, 9_100)]);
        assert_eq!(merged(vec![]), []);
    }
}
