//! Pages of `docs/` that are made from the warehouse: the questions of each mart with their answers, and the diagram of the schema.

use std::fmt::Write;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::Warehouse;
use crate::warehouse::build::header::Example;
use crate::warehouse::build::script::Script;

/// Rows of an answer that the page shows.
const SHOWN_ROWS: usize = 5;

const FIRST_QUESTIONS: &str = "sql/questions.csv";

/// The first questions of an analyst and those in the headers of `sql/marts`, each with its statement and the first rows of
/// its answer, as Markdown.
///
/// # Errors
/// A statement that DuckDB refuses.
pub fn question_gallery(warehouse: &Warehouse, project: &Project) -> Result<String> {
    let mut text = String::from(
        "# Questions and answers 问与答\n\nGenerated from `sql/questions.csv` and from the `example` and `ask` lines of the headers under \
         `sql/marts`; the answers are those of a small invented world (`tests/marts/world`).\n\
         Amounts are in yuan; `_percent` is percent, and where measures stand together `unit` says theirs. `_key` and `_keys` name the numbers: \
         `juesuan explain KEY`.\n\
         由 `sql/questions.csv` 与 `sql/marts` 文件头的 example、ask 两行生成；答案取自虚构的小世界。\
         金额单位为元；`_percent` 为百分数，多种指标并列时见 `unit`；`_key`、`_keys` 为数字所在：`juesuan explain KEY`。\n\n\
         ## What analysts ask first 分析者先问的\n",
    );
    for (chinese, english, sql) in first_questions(project)? {
        write_question(&mut text, warehouse, &Example { chinese: &chinese, english: &english, sql: &sql })?;
    }
    for script in Script::in_order(project, "sql/marts")? {
        let Some((_, name)) = &script.creates else { continue };
        let _ = write!(text, "\n## `{name}`\n\n{} | {}\n", script.header.title.0, script.header.title.1);
        for example in script.header.examples() {
            write_question(&mut text, warehouse, &example)?;
        }
    }
    Ok(text)
}

/// What analysts ask first: the question in Chinese and in English, and the statement that answers it.
///
/// # Errors
/// A row of the list that cannot be read.
pub fn first_questions(project: &Project) -> Result<Vec<(String, String, String)>> {
    let file = project.require(FIRST_QUESTIONS)?;
    let rows = csv::Reader::from_reader(file.text.as_bytes()).into_deserialize();
    rows.map(|row| row.map_err(|error| Error::csv(&file.shown_path, error))).collect()
}

fn write_question(text: &mut String, warehouse: &Warehouse, question: &Example<'_>) -> Result<()> {
    let _ = write!(text, "\n**{}** | {}\n\n```sql\n{}\n```\n\n", question.chinese, question.english, question.sql);
    let frame = warehouse.query(question.sql, &[])?;
    let names: Vec<&str> = frame.columns.iter().map(|column| column.name.as_str()).collect();
    let _ = writeln!(text, "| {} |\n|{}", names.join(" | "), "---|".repeat(names.len()));
    for row in frame.rows.iter().take(SHOWN_ROWS) {
        let values: Vec<String> = row.iter().map(|value| value.shown().replace('|', "\\|")).collect();
        let _ = writeln!(text, "| {} |", values.join(" | "));
    }
    if frame.rows.len() > SHOWN_ROWS {
        let _ = writeln!(text, "\n{} rows in all.", frame.rows.len());
    }
    Ok(())
}

/// The tables of `core` and how they refer to each other, as a Mermaid diagram: a column named as the key of a dimension
/// refers to it.
///
/// # Errors
/// Those of asking the warehouse's own catalog.
pub fn entity_diagram(warehouse: &Warehouse) -> Result<String> {
    let mut text = String::from(
        "# The schema as a diagram 模式图\n\nGenerated from the primary keys of `core`: a column that bears the name of a dimension's key refers \
         to it.\n由 `core` 的主键生成：与某维度主键同名的列指向该维度。\n\n```mermaid\nerDiagram\n",
    );
    let references = warehouse.query(
        "WITH keys AS (
             SELECT table_name, constraint_column_names[1] AS key_column FROM duckdb_constraints()
             WHERE schema_name = 'core' AND constraint_type = 'PRIMARY KEY' AND len(constraint_column_names) = 1
               AND table_name LIKE 'dim_%')
         SELECT k.table_name, c.table_name, k.key_column FROM keys k
         JOIN duckdb_columns() c
           ON c.schema_name = 'core' AND c.column_name = k.key_column AND c.table_name <> k.table_name
          AND c.database_name = current_database()
         ORDER BY ALL",
        &[],
    )?;
    for row in &references.rows {
        let _ = writeln!(text, "    {} ||--o{{ {} : {}", row[0].shown(), row[1].shown(), row[2].shown());
    }
    text.push_str("```\n");
    Ok(text)
}
