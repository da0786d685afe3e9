//! What each mart means, its columns, the questions it answers.

use serde::Serialize;

use super::templates::Speech;
use crate::error::Result;
use crate::project::Project;
use crate::warehouse::Script;

#[derive(Debug, Serialize)]
pub struct ViewShown {
    pub name: String,
    pub title: String,
    /// What it answers, in one line.
    pub question: String,
    /// Grain, formula, cautions ..: key and text.
    pub remarks: Vec<(String, String)>,
    pub columns: Vec<(String, String)>,
    /// Questions, each with the statement that asks it.
    pub examples: Vec<(String, String)>,
}

/// The views that have a page.
pub fn names(project: &Project) -> impl Iterator<Item = String> {
    project.under("sql/marts", "sql").map(|file| stem(&file.path).to_owned())
}

/// # Errors
/// A file of `sql/marts/` whose header is wrong.
pub fn shown(project: &Project, speech: &Speech) -> Result<Vec<ViewShown>> {
    project.under("sql/marts", "sql").map(|file| Ok(view(&Script::read(file)?, speech))).collect()
}

fn view(script: &Script, speech: &Speech) -> ViewShown {
    let header = &script.header;
    let of = |chinese: &str, english: &str| (if speech.is_chinese { chinese } else { english }).to_owned();
    let is_told = |key: &str| !["question", "example", "ask", "update", "unite"].contains(&key);
    let remarks = header.remarks.iter().filter(|(key, _, _)| is_told(key));
    ViewShown {
        name: stem(&script.path).to_owned(),
        title: speech.pick(&header.title).to_owned(),
        question: header.remark("question").map(|(chinese, english)| of(chinese, english)).unwrap_or_default(),
        remarks: remarks.map(|(key, chinese, english)| (speech.say(&capital(key)), of(chinese, english))).collect(),
        columns: header.columns.iter().map(|note| (note.column.clone(), of(&note.chinese, &note.english))).collect(),
        examples: header
            .examples()
            .iter()
            .map(|example| (of(example.chinese, example.english), example.sql.to_owned()))
            .collect(),
    }
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".sql")
}

fn capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
