//! What a notice says: short, worst first, in the language of the pipeline.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::error::{Error, Result};
use crate::run::tell::summary::Summary;
use crate::words::Words;

/// Departments a notice names.
const NAMED: usize = 5;
/// Characters of one line: an error may repeat a whole document.
const LONGEST: usize = 300;

pub struct Notice {
    /// The first line, which is the subject of a mail.
    pub subject: String,
    /// The whole.
    pub text: String,
    /// For programs: what a hook gets, with the text.
    pub json: Json,
}

impl Notice {
    pub fn of(ended: &Result<Summary>, words: &Words) -> Self {
        let (outcome, lines, run) = match ended {
            Ok(summary) if summary.nothing_new => ("nothing_new", well(summary), json!(summary)),
            Ok(summary) => ("published", well(summary), json!(summary)),
            Err(error) => {
                let run = json!({ "error": error.what, "why": error.why, "hint": error.hint });
                ("failed", badly(error), run)
            }
        };
        let said: Vec<String> = lines.iter().map(|line| cut(&words.say(line))).collect();
        let text = said.join("\n");
        Self {
            subject: said.into_iter().next().unwrap_or_default(),
            json: json!({ "text": text, "outcome": outcome, "run": run }),
            text,
        }
    }
}

fn well(summary: &Summary) -> Vec<String> {
    let name = name_of(&summary.warehouse);
    if summary.nothing_new {
        return vec![format!("juesuan: nothing new, {name} stays as it is")];
    }
    let mut lines = vec![format!("juesuan: {name} is published")];
    match &summary.changes {
        Some(changes) => {
            lines.extend(changes.lines());
            lines.extend(Some(changes.first_departments(NAMED)).filter(|line| !line.is_empty()));
        }
        None => lines.push(format!("{} documents, {} figures", summary.counts.documents, summary.counts.figures)),
    }
    let counts = &summary.counts;
    lines.push(format!("findings in all: {} errors, {} warnings", counts.findings_error, counts.findings_warning));
    lines
}

fn badly(error: &Error) -> Vec<String> {
    let mut lines = vec![format!("juesuan: nothing was published: {}", one_line(&error.what))];
    lines.extend(error.why.as_deref().map(|why| format!("why: {}", one_line(why))));
    lines.extend(error.hint.as_deref().map(|hint| format!("hint: {}", one_line(hint))));
    lines
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
