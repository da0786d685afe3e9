//! The comment block on top of every SQL file: title, grain, cautions and columns, in Chinese and English.

use crate::error::{Error, Result};
use crate::project::ProjectFile;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnNote {
    pub column: String,
    pub chinese: String,
    pub english: String,
}

/// A header comment. Lines have the form `-- key: 中文 | English`; only `title` must be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    pub title: (String, String),
    /// grain, question, formula, caution, note ..: key, Chinese, English, in file order.
    pub remarks: Vec<(String, String, String)>,
    pub columns: Vec<ColumnNote>,
}

/// A question in both languages and the statement that answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example<'a> {
    pub chinese: &'a str,
    pub english: &'a str,
    pub sql: &'a str,
}

impl Header {
    /// Reads the comment lines before the first statement.
    pub fn read(file: &ProjectFile) -> Result<Self> {
        let mut header = Header::default();
        for (number, line) in file.text.lines().enumerate() {
            let Some(comment) = line.trim().strip_prefix("--") else {
                if line.trim().is_empty() {
                    continue;
                }
                break;
            };
            let Some((key, text)) = comment.split_once(':') else {
                return Err(wrong(file, number, "a header line has no colon"));
            };
            header.take(key.trim(), text.trim()).map_err(|reason| wrong(file, number, reason))?;
        }
        if header.title.0.is_empty() {
            return Err(wrong(file, 0, "the header has no title"));
        }
        Ok(header)
    }

    fn take(&mut self, key: &str, text: &str) -> std::result::Result<(), &'static str> {
        if text.is_empty() {
            return Err("a header line is empty after its colon");
        }
        if key == "ask" {
            self.remarks.push((key.to_owned(), text.to_owned(), text.to_owned()));
            return Ok(());
        }
        let (chinese, english) =
            text.split_once('|').map_or((text, text), |(chinese, english)| (chinese.trim(), english.trim()));
        if key == "title" {
            self.title = (chinese.to_owned(), english.to_owned());
        } else if let Some(column) = key.strip_prefix("column ") {
            let column = column.trim().to_owned();
            self.columns.push(ColumnNote { column, chinese: chinese.to_owned(), english: english.to_owned() });
        } else {
            self.remarks.push((key.to_owned(), chinese.to_owned(), english.to_owned()));
        }
        Ok(())
    }

    /// The first remark under a key: its Chinese and English text.
    pub fn remark(&self, key: &str) -> Option<(&str, &str)> {
        self.remarks
            .iter()
            .find(|(found, _, _)| found == key)
            .map(|(_, chinese, english)| (chinese.as_str(), english.as_str()))
    }

    /// The questions a view answers, each with the statement that asks it: `example` lines, an `ask` line after each.
    pub fn examples(&self) -> Vec<Example<'_>> {
        let mut examples = Vec::new();
        for pair in self.remarks.windows(2) {
            if let [(example, chinese, english), (ask, sql, _)] = pair
                && example == "example"
                && ask == "ask"
            {
                examples.push(Example { chinese, english, sql });
            }
        }
        examples
    }

    /// The text of COMMENT ON: title, then every remark, Chinese first. How a table is brought up to date or united is no
    /// business of its readers, and examples stand in the documentation.
    pub fn comment(&self) -> String {
        let remarks =
            || self.remarks.iter().filter(|(key, _, _)| !["update", "unite", "example", "ask"].contains(&key.as_str()));
        let chinese = remarks().map(|(key, chinese, _)| format!("{}：{chinese}", chinese_key(key)));
        let english = remarks().map(|(key, _, english)| format!("{}: {english}", english_key(key)));
        let chinese: Vec<String> = std::iter::once(self.title.0.clone()).chain(chinese).collect();
        let english: Vec<String> = std::iter::once(self.title.1.clone()).chain(english).collect();
        format!("{}。\n{}.", chinese.join("。"), english.join(". "))
    }
}

/// The words a remark of this key begins with in a comment.
pub fn key_in_words(key: &str, chinese: bool) -> String {
    if chinese { format!("{}：", chinese_key(key)) } else { format!("{}: ", english_key(key)) }
}

fn chinese_key(key: &str) -> &str {
    match key {
        "grain" => "粒度",
        "question" => "回答",
        "formula" => "公式",
        "caution" => "注意",
        "note" => "说明",
        other => other,
    }
}

fn english_key(key: &str) -> &str {
    match key {
        "grain" => "Grain",
        "question" => "Answers",
        "formula" => "Formula",
        "caution" => "Caution",
        "note" => "Note",
        other => other,
    }
}

fn wrong(file: &ProjectFile, line: usize, reason: &str) -> Error {
    Error::usage(format!("{}:{}: {reason}", file.shown_path, line + 1)).hint(
        "a SQL file starts with lines like `-- title: 部门年度概览 | Department year at a glance` and `-- column name: 名称 | Name`",
    )
}
