//! Every code a layout names must stand in pipelines/reference/.

use super::layout::{Block, LayoutFile};
use super::lists::Lists;
use super::source::at_value;
use crate::error::Result;
use crate::project::ProjectFile;

/// # Errors
/// The first code that its reference list does not know, with file and line.
pub fn check_codes(file: &LayoutFile, source: &ProjectFile, lists: &Lists) -> Result<()> {
    let known = |is_known: bool, value: &str, list: &str| {
        if value.is_empty() || is_known {
            return Ok(());
        }
        Err(at_value(source, value, format!("“{value}” is not in pipelines/reference/{list}.csv"))
            .hint("use a code of that list, or add a row to it"))
    };
    let table = file.report_table.as_deref().unwrap_or("");
    if table.is_empty() {
        return Err(at_value(source, &file.id, "it names no report_table".to_owned())
            .hint("add report_table = \"..\" with a code of report_tables.csv"));
    }
    known(lists.report_tables.contains_key(table), table, "report_tables")?;
    for fund in file.find.iter().flat_map(|find| find.fund_by_title.values()) {
        known(lists.funds.contains(fund), fund, "funds")?;
    }
    for block in &file.block {
        known(lists.components.contains(&block.component), &block.component, "components")?;
        for (component, fund, phase, flow) in facets(block) {
            known(lists.components.contains(component), component, "components")?;
            known(lists.funds.contains(fund), fund, "funds")?;
            known(lists.phases.contains(phase), phase, "phases")?;
            known(lists.flows.contains(flow), flow, "flows")?;
        }
        for line in lines(block) {
            known(lists.line_row(line).is_some(), line, "lines")?;
        }
    }
    Ok(())
}

fn facets(block: &Block) -> impl Iterator<Item = (&str, &str, &str, &str)> {
    let own = (block.component.as_str(), block.fund.as_str(), block.phase.as_str(), block.flow.as_str());
    let measures = block.measures.iter().map(|measure| {
        (measure.component.as_str(), measure.fund.as_str(), measure.phase.as_str(), measure.flow.as_str())
    });
    let components = block.component_by_code.values().chain(block.component_by_line.values());
    let others = components.map(|component| (component.as_str(), "", "", ""));
    let funds = block.fund_by_line.values().map(|fund| ("", fund.as_str(), "", ""));
    let flows = block.group.iter().map(|group| ("", "", "", group.flow.as_str()));
    std::iter::once(own).chain(measures).chain(others).chain(funds).chain(flows)
}

fn lines(block: &Block) -> impl Iterator<Item = &str> {
    let measures = block.measures.iter().filter_map(|measure| measure.line.as_deref());
    let groups = block.group.iter().flat_map(|group| std::iter::once(&group.after).chain(&group.members));
    let keyed = block.fund_by_line.keys().chain(block.component_by_line.keys());
    let rows = block.other_rows.as_deref().into_iter();
    measures.chain(groups.map(String::as_str)).chain(keyed.map(String::as_str)).chain(rows)
}
