//! What the columns of an answer are called and mean, in Chinese and English.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::project::Project;

use crate::warehouse::build::header::{ColumnNote, Header};
use crate::warehouse::build::model::common_columns;
use crate::warehouse::{Warehouse, quoted};

/// Columns and their comments, by the table or view that has them: `schema.name`.
pub type Comments = BTreeMap<String, Vec<(String, String)>>;

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
    pub fn with_comments_of(self, warehouse: &Warehouse, relation: &str) -> Result<Self> {
        Ok(self.with_comments(&warehouse.comments(Some(relation))?, relation))
    }

    /// Puts the comments on this relation's columns before the others.
    pub fn with_comments(mut self, comments: &Comments, relation: &str) -> Self {
        for (column, comment) in comments.get(relation).into_iter().flatten() {
            let (chinese, english) = comment.split_once(" | ").unwrap_or((comment, comment));
            let note = ColumnNote { column: column.clone(), chinese: chinese.to_owned(), english: english.to_owned() };
            self.notes.insert(column.clone(), note);
        }
        self
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

impl Warehouse {
    /// The comments on the columns of one relation, or of all.
    ///
    /// # Errors
    /// DuckDB cannot be asked.
    pub fn comments(&self, relation: Option<&str>) -> Result<Comments> {
        let only = relation.map_or_else(String::new, |relation| {
            let (schema, name) = relation.split_once('.').unwrap_or(("main", relation));
            format!("AND schema_name = {} AND table_name = {}", quoted(schema), quoted(name))
        });
        let mut comments = Comments::new();
        self.query_each(
            &format!(
                "SELECT schema_name || '.' || table_name, column_name, comment FROM duckdb_columns()
                 WHERE database_name = current_database() AND comment IS NOT NULL {only}"
            ),
            &[],
            |row| {
                comments.entry(row[0].shown()).or_default().push((row[1].shown(), row[2].shown()));
                Ok(())
            },
        )?;
        Ok(comments)
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
