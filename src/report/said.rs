//! Findings of a run that spoke the other language: reconciled anew, as `juesuan check` does, they say the same in that of
//! the report.

use std::collections::HashSet;

use super::store::Store;
use crate::error::Result;
use crate::reconcile::report::{Baseline, Language, hint, message};
use crate::reconcile::{self, Catalogue};
use crate::warehouse::{Scope, Value, quoted};

/// Rows written at a time.
const BATCH: usize = 500;

/// Keeps the table `said`: what a finding's message and hint say in the report's language; empty where they are in it. And
/// the table `subjects`, in both languages.
///
/// # Errors
/// Those of reading the checks and the facts.
pub fn keep_said(store: &Store<'_>, is_chinese: bool) -> Result<()> {
    let warehouse = store.warehouse;
    let catalogue = Catalogue::load(store.project)?;
    keep_subjects(store, &catalogue)?;
    warehouse.execute(
        "CREATE OR REPLACE TEMP TABLE said
         (document_key VARCHAR, check_id VARCHAR, message VARCHAR, message_said VARCHAR, hint_said VARCHAR)",
    )?;
    let (name, other) = if is_chinese { ("check_name", "check_name_en") } else { ("check_name_en", "check_name") };
    let in_other = store.ask(&format!(
        "SELECT 1 FROM core.fact_finding f JOIN core.dim_check c USING (check_id)
         WHERE {name} <> {other} AND starts_with(f.message, {other}) LIMIT 1"
    ))?;
    if in_other.rows.is_empty() {
        return Ok(());
    }
    let language = Language::of(is_chinese);
    let stored = language.other();
    let disclosures = store.ask("SELECT DISTINCT disclosure_key FROM wanted WHERE is_published")?;
    let wanted: HashSet<String> = disclosures.rows.iter().map(|row| disclosures.text(row, "disclosure_key")).collect();
    let facts = warehouse
        .facts_and_answers(&catalogue, Scope::Disclosures)?
        .filter(|facts| facts.as_ref().map_or(true, |facts| wanted.contains(&facts.disclosure_key)));
    let mut rows = Vec::new();
    reconcile::run(&catalogue, facts, &Baseline::default(), |_, report| {
        for record in report.findings() {
            let texts = [
                &*record.document_key,
                &record.check.id,
                &message(record, stored),
                &message(record, language),
                &hint(record, language),
            ];
            rows.push(format!("({})", texts.map(quoted).join(", ")));
        }
        if rows.len() >= BATCH { insert(store, "said", &mut rows) } else { Ok(()) }
    })?;
    insert(store, "said", &mut rows)
}

/// Keeps the table `subjects`: what a check is about, with the codes of columns and measures in words.
fn keep_subjects(store: &Store<'_>, catalogue: &Catalogue) -> Result<()> {
    store
        .warehouse
        .execute("CREATE OR REPLACE TEMP TABLE subjects (subject VARCHAR, chinese VARCHAR, english VARCHAR)")?;
    let stored = store.ask("SELECT DISTINCT subject FROM core.fact_trust WHERE subject <> '' ORDER BY ALL")?;
    let in_words = |row: &Vec<Value>| {
        let subject = stored.text(row, "subject");
        let chinese = catalogue.names.in_words(&subject, |(chinese, _)| chinese);
        let english = catalogue.names.in_words(&subject, |(_, english)| english);
        (chinese != subject || english != subject)
            .then(|| format!("({})", [&*subject, &chinese, &english].map(quoted).join(", ")))
    };
    let rows: Vec<String> = stored.rows.iter().filter_map(in_words).collect();
    rows.chunks(BATCH).try_for_each(|rows| insert(store, "subjects", &mut rows.to_vec()))
}

fn insert(store: &Store<'_>, table: &str, rows: &mut Vec<String>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    store.warehouse.execute(&format!("INSERT INTO {table} VALUES {}", std::mem::take(rows).join(", ")))
}
