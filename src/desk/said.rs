//! Findings of a run that spoke the other language, said in the one asked for: the checks of one department's family are
//! evaluated anew, as `juesuan check` does, and what they say now takes the place of what was stored.

use std::collections::HashMap;

use super::explain::Explanation;
use crate::error::Result;
use crate::project::Project;
use crate::reconcile::report::{Baseline, Language, hint, message};
use crate::reconcile::{self, Catalogue};
use crate::warehouse::Warehouse;
use crate::words::Words;

/// What an evaluation says, found by what it said in the other language.
#[derive(Default)]
struct Said {
    messages: HashMap<(String, String), (String, String)>,
    subjects: HashMap<(String, String), String>,
}

impl Explanation {
    /// Says messages, hints and subjects in Chinese or in English, where the run that stored them spoke the other. What a
    /// check of method `query` says, and what rests on other departments, stays in the language of the run.
    ///
    /// # Errors
    /// Those of reading the checks and the facts.
    pub fn say_in(&mut self, warehouse: &Warehouse, project: &Project, is_chinese: bool) -> Result<()> {
        self.say_reading(project, is_chinese)?;
        if !self.checks.iter().any(|check| check.is_in_other(is_chinese)) {
            return Ok(());
        }
        let disclosure_key = self.document.first("disclosure_key").shown();
        let said = said_anew(warehouse, project, &disclosure_key, is_chinese)?;
        for check in &mut self.checks {
            let key = |text: &str| (check.check_id.clone(), text.to_owned());
            if let Some((message, _)) = said.messages.get(&key(&check.message)) {
                check.message.clone_from(message);
            }
            if let Some(subject) = said.subjects.get(&key(&check.subject)) {
                check.subject.clone_from(subject);
            }
        }
        let columns = self.findings.frame.column_names();
        let at = |name: &str| columns.iter().position(|column| column == name);
        let (Some(id), Some(message), Some(hint)) = (at("check_id"), at("message"), at("hint")) else { return Ok(()) };
        for row in &mut self.findings.frame.rows {
            if let Some((message_said, hint_said)) = said.messages.get(&(row[id].shown(), row[message].shown())) {
                row[message] = message_said.as_str().into();
                row[hint] = hint_said.as_str().into();
            }
        }
        Ok(())
    }
}

impl Explanation {
    /// What reading found is looked up in the words of the project, whichever language it is stored in.
    fn say_reading(&mut self, project: &Project, is_chinese: bool) -> Result<()> {
        let words = Words::of(project)?;
        let words = if is_chinese { words } else { words.back() };
        let columns = self.findings.frame.column_names();
        let at = |name: &str| columns.iter().position(|column| column == name);
        let (Some(id), Some(message), Some(hint)) = (at("check_id"), at("message"), at("hint")) else { return Ok(()) };
        // Checks are called `W-14`, what reading says `extract.no_unit`.
        for row in self.findings.frame.rows.iter_mut().filter(|row| row[id].shown().contains('.')) {
            for text in [message, hint] {
                row[text] = words.say(&row[text].shown()).as_str().into();
            }
        }
        Ok(())
    }
}

fn said_anew(warehouse: &Warehouse, project: &Project, disclosure_key: &str, is_chinese: bool) -> Result<Said> {
    let language = Language::of(is_chinese);
    let stored = language.other();
    let catalogue = Catalogue::load(project)?;
    let mut said = Said::default();
    let family = warehouse.facts_of_family(disclosure_key)?;
    reconcile::run(&catalogue, family, &Baseline::default(), |facts, report| {
        for record in report.evaluations.iter().filter(|_| facts.disclosure_key == disclosure_key) {
            let key = |text: &str| (record.check.id.clone(), text.to_owned());
            let texts = (message(record, language), hint(record, language));
            said.messages.insert(key(&message(record, stored)), texts);
            let subject = language.pick(&record.subject_zh, &record.subject_en);
            said.subjects.insert(key(&record.subject), subject.to_owned());
        }
        Ok(())
    })?;
    Ok(said)
}
