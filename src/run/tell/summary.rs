//! What a run has to say at its end: to a person, to a machine, to the log.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use crate::error::Result;
use crate::project::Project;
use crate::run::settings::pipeline::Pipeline;
use crate::warehouse::{Value, Warehouse};

/// Sizes of one warehouse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    pub documents: u64,
    pub loaded: u64,
    pub failed: u64,
    /// Of formats that are known and not read.
    pub not_read: u64,
    pub figures: u64,
    pub claims: u64,
    pub findings_error: u64,
    pub findings_warning: u64,
    pub findings_info: u64,
    /// Errors whose cause is the warehouse itself.
    pub warehouse_errors: u64,
    /// Different errors and warnings whose cause is a reference list.
    pub reference_findings: u64,
}

impl Counts {
    pub fn of(warehouse: &Warehouse) -> Result<Self> {
        let one = |sql: &str| -> Result<u64> {
            let frame = warehouse.query(sql, &[])?;
            Ok(frame.rows.first().and_then(|row| row.first()).map_or(0, count))
        };
        Ok(Self {
            documents: one("SELECT count(*) FROM core.dim_document")?,
            loaded: one("SELECT count(*) FROM core.dim_document WHERE outcome = 'loaded'")?,
            failed: one("SELECT count(*) FROM core.dim_document WHERE outcome = 'failed'")?,
            not_read: one("SELECT count(*) FROM core.dim_document WHERE outcome = 'not_read'")?,
            figures: one("SELECT count(*) FROM core.fact_amount")?,
            claims: one("SELECT count(*) FROM core.fact_claim")?,
            findings_error: one("SELECT count(*) FROM core.fact_finding WHERE severity = 'error'")?,
            findings_warning: one("SELECT count(*) FROM core.fact_finding WHERE severity = 'warning'")?,
            findings_info: one("SELECT count(*) FROM core.fact_finding WHERE severity = 'info'")?,
            warehouse_errors: one(
                "SELECT count(*) FROM core.fact_finding WHERE cause = 'warehouse' AND severity = 'error' AND outcome = 'broken'",
            )?,
            reference_findings: one("SELECT count(DISTINCT (check_id, message)) FROM core.fact_finding
                 WHERE cause = 'reference' AND severity <> 'info' AND outcome = 'broken'")?,
        })
    }
}

/// Departments over years, headers first; amounts already rounded to 万元 for reading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    pub title: String,
    pub headers: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    pub counts: Counts,
    /// Documents by kind and outcome: `workbook loaded` → 12.
    pub documents: BTreeMap<String, u64>,
    /// Files that could not be read though their format is one that is: path and reason.
    pub failed: Vec<(String, String)>,
    /// Files of formats that are known and not read: path and reason.
    pub not_read: Vec<(String, String)>,
    pub warehouse: PathBuf,
    pub extracts: PathBuf,
    pub comparison: Comparison,
    /// Since the warehouse published before; none where there was none, or where it could not be compared.
    pub changes: Option<Changes>,
    /// Nothing had changed: the published warehouse was left as it is.
    pub nothing_new: bool,
    /// Built from nothing, not by replacing what changed in the published warehouse.
    pub built_anew: bool,
    /// By stage.
    pub seconds: BTreeMap<String, f64>,
}

impl Summary {
    pub fn of(build: &Path, project: &Project, pipeline: &Pipeline) -> Result<Self> {
        let warehouse = Warehouse::open_read_only(build)?;
        let by_kind = warehouse.query(
            "SELECT if(document_kind = '', 'file', document_kind) || ' ' || outcome, count(*) FROM core.dim_document GROUP BY 1",
            &[],
        )?;
        let files = warehouse.query(
            "SELECT outcome, file, message FROM core.dim_document WHERE outcome IN ('failed', 'not_read') ORDER BY file",
            &[],
        )?;
        let text = |row: &[Value], at: usize| row.get(at).map(Value::shown).unwrap_or_default();
        let of_outcome = |outcome: &str| {
            let rows = files.rows.iter().filter(|row| text(row, 0) == outcome);
            rows.map(|row| (text(row, 1), text(row, 2))).collect()
        };
        Ok(Self {
            counts: Counts::of(&warehouse)?,
            documents: by_kind.rows.iter().map(|row| (text(row, 0), row.get(1).map_or(0, count))).collect(),
            failed: of_outcome("failed"),
            not_read: of_outcome("not_read"),
            warehouse: pipeline.warehouse.clone(),
            extracts: pipeline.extracts.clone(),
            comparison: comparison(&warehouse, project)?,
            changes: None,
            nothing_new: false,
            built_anew: false,
            seconds: BTreeMap::new(),
        })
    }

    /// The published warehouse already holds all there is.
    pub fn unchanged(self, seconds: BTreeMap<String, f64>) -> Self {
        Self { nothing_new: true, changes: Some(Changes::default()), seconds, ..self }
    }

    pub fn with_seconds(self, seconds: BTreeMap<String, f64>) -> Self {
        Self { seconds, ..self }
    }
}

/// The departments of `sql/summary/comparison.sql` over the latest years, those with most years first.
fn comparison(warehouse: &Warehouse, project: &Project) -> Result<Comparison> {
    const SHOWN_YEARS: usize = 4;
    const SHOWN_DEPARTMENTS: usize = 12;
    let frame = warehouse.query(&project.require("sql/summary/comparison.sql")?.text, &[])?;
    let mut departments: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in &frame.rows {
        let [name, year, amount] = row.as_slice() else { continue };
        departments.entry(name.shown()).or_default().insert(year.shown(), amount.shown());
    }
    let mut years: Vec<String> = departments.values().flat_map(|amounts| amounts.keys().cloned()).collect();
    years.sort();
    years.dedup();
    let years = years.split_off(years.len().saturating_sub(SHOWN_YEARS));
    let mut order: Vec<(&String, &BTreeMap<String, String>)> = departments.iter().collect();
    order.sort_by_key(|(name, amounts)| (std::cmp::Reverse(amounts.len()), name.as_str()));
    let rows = order
        .into_iter()
        .take(SHOWN_DEPARTMENTS)
        .map(|(name, amounts)| {
            let shown = years.iter().map(|year| amounts.get(year).cloned().unwrap_or_else(|| "·".to_owned()));
            std::iter::once(name.clone()).chain(shown).collect()
        })
        .collect();
    Ok(Comparison {
        title: "本年支出合计（万元） expenditure, 10,000 yuan".to_owned(),
        headers: std::iter::once("部门 department".to_owned()).chain(years).collect(),
        rows,
    })
}

fn count(value: &Value) -> u64 {
    value.as_integer().and_then(|count| u64::try_from(count).ok()).unwrap_or(0)
}
