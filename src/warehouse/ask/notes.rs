//! What the columns of an answer are called and mean, in Chinese and English.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::project::Project;

use crate::warehouse::build::header::{ColumnNote, Header};
use crate::warehouse::build::model::common_columns;
use crate::warehouse::{Warehouse, quoted};

/// Column notes: those of `sql/columns.csv`, with those of one SQL file or of one view's comments before them.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    notes: BTreeMap<String, ColumnNote>,
}

impl Notes {
    /// The notes every answer shares.
    pub fn common(project: &Project) -> Result<Self> {
        Ok(Self { notes: common_columns(project)? })
    }

    /// Puts the notes of a SQL file's header before the others.
    pub fn with_header(mut self, header: &Header) -> Self {
        self.notes.extend(header.columns.iter().map(|note| (note.column.clone(), note.clone())));
        self
    }

    /// Puts the comments on a relation's columns before the others; `schema.name`, as published.
    pub fn with_comments_of(mut self, warehouse: &Warehouse, relation: &str) -> Result<Self> {
        let (schema, name) = relation.split_once('.').unwrap_or(("main", relation));
        let frame = warehouse.query(
            &format!(
                "SELECT column_name, comment FROM duckdb_columns()
                 WHERE comment IS NOT NULL AND schema_name = {} AND table_name = {}",
                quoted(schema),
                quoted(name)
            ),
            &[],
        )?;
        for row in frame.rows {
            let (column, comment) = (row[0].shown(), row[1].shown());
            let (chinese, english) = comment.split_once(" | ").unwrap_or((&comment, &comment));
            let note = ColumnNote { column: column.clone(), chinese: chinese.to_owned(), english: english.to_owned() };
            self.notes.insert(column, note);
        }
        Ok(self)
    }

    /// The whole note, empty where nothing is known of the column.
    pub fn description(&self, column: &str, chinese: bool) -> &str {
        self.notes.get(column).map_or("", |note| if chinese { &note.chinese } else { &note.english })
    }

    /// Headings for these columns, all different: the note up to its first colon, comma or bracket, else the name.
    pub fn headings(&self, columns: &[String], chinese: bool) -> Vec<String> {
        let mut headings: Vec<String> = Vec::with_capacity(columns.len());
        for column in columns {
            let heading = self.heading(column, chinese);
            headings.push(if headings.contains(&heading) { format!("{heading} ({column})") } else { heading });
        }
        headings
    }

    fn heading(&self, column: &str, chinese: bool) -> String {
        let description = self.description(column, chinese);
        let short =
            description.split(['：', '（', '，', '；', '、', ':', ',', ';', '(']).next().unwrap_or_default().trim();
        if short.is_empty() { column.to_owned() } else { short.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_short_and_different() {
        let note = |column: &str, chinese: &str| ColumnNote {
            column: column.to_owned(),
            chinese: chinese.to_owned(),
            english: String::new(),
        };
        let header = Header {
            columns: vec![note("a", "级次：department 部门"), note("b", "级次（另一）")],
            ..Header::default()
        };
        let notes = Notes::default().with_header(&header);
        let columns = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(notes.headings(&columns, true), ["级次", "级次 (b)", "c"]);
        assert_eq!(notes.headings(&columns, false), ["a", "b", "c"]);
    }
}
