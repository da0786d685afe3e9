//! `docs/data-dictionary.md`, generated from the headers that also become the warehouse's comments.

use std::fmt::Write;

use crate::error::Result;
use crate::project::Project;

use crate::warehouse::Warehouse;
use crate::warehouse::build::model::{common_columns, model_scripts};
use crate::warehouse::build::script::Script;

/// The data dictionary as Markdown: every table, view and column of the published warehouse, and every extract.
/// Columns are taken from the objects themselves, so `warehouse` must have been modelled with the same project.
pub fn data_dictionary(warehouse: &Warehouse, project: &Project) -> Result<String> {
    let common = common_columns(project)?;
    let mut text = String::from(
        "# Data dictionary 数据字典\n\nGenerated from the headers under `sql/` and `sql/columns.csv`; edit those.\n\
         由 `sql/` 各文件的文件头与 `sql/columns.csv` 生成，请修改原文件。\n",
    );
    for script in model_scripts(project)? {
        let Some((kind, name)) = script.creates.as_ref().filter(|(kind, _)| kind != "MACRO") else { continue };
        let _ = write!(
            text,
            "\n## `{name}`\n\n{} | {} ({})\n",
            script.header.title.0,
            script.header.title.1,
            kind.to_lowercase()
        );
        write_remarks(&mut text, &script);
        let _ = write!(text, "\n| column | type | 含义 | meaning |\n|---|---|---|---|\n");
        for row in warehouse.describe(&format!("SELECT * FROM {name}"))?.rows {
            let column = row[0].shown();
            let note = script.header.columns.iter().find(|note| note.column == column).or(common.get(&column));
            let (chinese, english) = note.map_or(("", ""), |note| (note.chinese.as_str(), note.english.as_str()));
            let _ = writeln!(text, "| `{column}` | {} | {chinese} | {english} |", row[1].shown());
        }
    }
    text.push_str("\n## Extracts 导出\n\n| name | 内容 | content |\n|---|---|---|\n");
    for script in Script::in_order(project, "sql/extracts")? {
        let _ = writeln!(text, "| `{}` | {} | {} |", script.name(), script.header.title.0, script.header.title.1);
    }
    Ok(text)
}

fn write_remarks(text: &mut String, script: &Script) {
    if !script.header.remarks.is_empty() {
        text.push('\n');
    }
    for (key, chinese, english) in &script.header.remarks {
        let _ = if key == "ask" {
            writeln!(text, "  `{english}`")
        } else if chinese == english {
            writeln!(text, "- {key}: {english}")
        } else {
            writeln!(text, "- {key}: {chinese} | {english}")
        };
    }
}
