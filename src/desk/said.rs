//! Findings of a run that spoke the other language, said in the one asked for: what reading found by the words of the
//! project; the checks of one department's family are evaluated anew, as `juesuan check` does, and what they say now takes
//! the place of what was stored.

use std::collections::{BTreeSet, HashMap};

use super::explain::Explanation;
use crate::error::Result;
use crate::project::Project;
use crate::reconcile::catalogue::Method;
use crate::reconcile::report::{Baseline, Language, hint, message};
use crate::reconcile::{self, Catalogue};
use crate::warehouse::{Frame, Value, Warehouse};
use crate::words::Words;

/// Says again, in one language, what a run found in one disclosure.
pub struct Retelling<'a> {
    warehouse: &'a Warehouse,
    disclosure_key: String,
    catalogue: Catalogue,
    words: Words,
    language: Language,
}

/// Message and hint of an evaluation, by its check and what it said in the other language.
type Said = HashMap<(String, String), (String, String)>;

impl Explanation {
    /// Says messages, hints and subjects in Chinese or in English, where the run that stored them spoke the other. What
    /// compares departments with their government stays in the language of the run.
    ///
    /// # Errors
    /// Those of reading the checks and the facts.
    pub fn say_in(&mut self, warehouse: &Warehouse, project: &Project, is_chinese: bool) -> Result<()> {
        let disclosure_key = self.document.first("disclosure_key").shown();
        let retelling = Retelling::new(warehouse, project, disclosure_key, is_chinese)?;
        let findings = &mut self.findings.frame;
        let in_other = self.checks.iter().filter(|check| check.is_in_other(is_chinese));
        let mut ids: BTreeSet<String> = in_other.map(|check| check.check_id.clone()).collect();
        ids.extend(retelling.in_other(findings));
        let said = retelling.said_anew(&ids)?;
        retelling.say_all(findings, &said);
        for check in &mut self.checks {
            if let Some((message, _)) = said.get(&(check.check_id.clone(), check.message.clone())) {
                check.message.clone_from(message);
            }
            // Codes of columns and measures, whichever language the run spoke.
            let names = &retelling.catalogue.names;
            check.subject =
                names.in_words(&check.subject, |(chinese, english)| if is_chinese { chinese } else { english });
        }
        Ok(())
    }
}

impl<'a> Retelling<'a> {
    /// # Errors
    /// Checks or words of the project that cannot be read.
    pub fn new(warehouse: &'a Warehouse, project: &Project, disclosure_key: String, is_chinese: bool) -> Result<Self> {
        let words = Words::of(project)?;
        let words = if is_chinese { words } else { words.back() };
        let (catalogue, language) = (Catalogue::load(project)?, Language::of(is_chinese));
        Ok(Self { warehouse, disclosure_key, catalogue, words, language })
    }

    /// Says `message` and `hint` of rows that have a `check_id`. What compares departments with their government stays in
    /// the language of the run.
    ///
    /// # Errors
    /// Those of reading the facts.
    pub fn say_findings(&self, findings: &mut Frame) -> Result<()> {
        let said = self.said_anew(&self.in_other(findings))?;
        self.say_all(findings, &said);
        Ok(())
    }

    /// The checks of these findings that were stored in the other language.
    fn in_other(&self, findings: &Frame) -> BTreeSet<String> {
        let Some([id, message, _]) = told_in(findings) else { return BTreeSet::new() };
        let is_in_other = |row: &&Vec<Value>| {
            let check = self.catalogue.checks.iter().find(|check| check.id == row[id].shown());
            check.is_some_and(|check| {
                let other = self.language.other().pick(&check.title_zh, &check.title_en);
                check.title_zh != check.title_en && row[message].shown().starts_with(other)
            })
        };
        findings.rows.iter().filter(is_in_other).map(|row| row[id].shown()).collect()
    }

    fn say_all(&self, findings: &mut Frame, said: &Said) {
        let Some([id, message, hint]) = told_in(findings) else { return };
        for row in &mut findings.rows {
            // Checks are called `W-14`, what reading says `extract.no_unit`.
            if row[id].shown().contains('.') {
                for text in [message, hint] {
                    row[text] = self.words.say(&row[text].shown()).as_str().into();
                }
            } else if let Some((message_said, hint_said)) = said.get(&(row[id].shown(), row[message].shown())) {
                row[message] = message_said.as_str().into();
                row[hint] = hint_said.as_str().into();
            }
        }
    }

    /// Of the SQL files only those of these checks are asked: each goes over the whole warehouse.
    fn said_anew(&self, ids: &BTreeSet<String>) -> Result<Said> {
        let mut said = Said::default();
        if ids.is_empty() {
            return Ok(said);
        }
        let mut asked = self.catalogue.clone();
        asked.checks.retain(|check| ids.contains(&check.id) && matches!(check.method, Method::Query { .. }));
        let family = self.warehouse.facts_of_family(&asked, &self.disclosure_key)?;
        let stored = self.language.other();
        reconcile::run(&self.catalogue, family, &Baseline::default(), |facts, report| {
            for record in report.evaluations.iter().filter(|_| facts.disclosure_key == self.disclosure_key) {
                let texts = (message(record, self.language), hint(record, self.language));
                said.insert((record.check.id.clone(), message(record, stored)), texts);
            }
            Ok(())
        })?;
        Ok(said)
    }
}

/// Where rows of findings hold the check, its message and its hint.
fn told_in(findings: &Frame) -> Option<[usize; 3]> {
    let columns = findings.column_names();
    let at = |name: &str| columns.iter().position(|column| column == name);
    Some([at("check_id")?, at("message")?, at("hint")?])
}
