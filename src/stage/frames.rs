//! One frame per table of the load package; the columns are the fields of `normalise`'s rows, in their order.

use polars::prelude::*;

use super::batch::DocumentFinding;
use super::column::{VALUE, YUAN, decimal, flag, number, optional_number, optional_text, text};
use crate::normalise::{Claim, DocumentRecord, Figure, Indicator, ListedUnit, Paragraph, Reason, ReportTable};

pub fn documents(rows: &[DocumentRecord]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            text("sha256", rows.iter().map(|row| row.sha256.as_str())),
            text("file", rows.iter().map(|row| row.file.as_str())),
            text("source", rows.iter().map(|row| row.source.as_str())),
            number("bytes", rows.iter().map(|row| u32::try_from(row.bytes).unwrap_or(u32::MAX))),
            text("format", rows.iter().map(|row| row.format.as_str())),
            text("encoding", rows.iter().map(|row| row.encoding.as_str())),
            text("document_kind", rows.iter().map(|row| row.document_kind.as_str())),
            text("outcome", rows.iter().map(|row| row.outcome.as_str())),
            text("department", rows.iter().map(|row| row.department.as_str())),
            text("department_printed", rows.iter().map(|row| row.department_printed.as_str())),
            text("department_source", rows.iter().map(|row| row.department_source.as_str())),
            text("department_key", rows.iter().map(|row| row.department_key.as_str())),
            text("region_code", rows.iter().map(|row| row.region_code.as_str())),
            text("level", rows.iter().map(|row| row.level.as_str())),
            optional_number("fiscal_year", rows.iter().map(|row| row.fiscal_year)),
            text("year_source", rows.iter().map(|row| row.year_source.as_str())),
            text("disclosure_key", rows.iter().map(|row| row.disclosure_key.as_str())),
            number("version", rows.iter().map(|row| row.version)),
            flag("is_current", rows.iter().map(|row| row.is_current)),
            flag("is_text_current", rows.iter().map(|row| row.is_text_current)),
            text("superseded_tables", rows.iter().map(|row| row.superseded_tables.as_str())),
            optional_text("published_date", rows.iter().map(|row| row.published_date.as_deref())),
            optional_text("approval_date", rows.iter().map(|row| row.approval_date.as_deref())),
            optional_text("source_address", rows.iter().map(|row| row.source_address.as_deref())),
            number("figures", rows.iter().map(|row| row.figures)),
            number("claims", rows.iter().map(|row| row.claims)),
            number("unclaimed_numbers", rows.iter().map(|row| row.unclaimed_numbers)),
            text("message", rows.iter().map(|row| row.message.as_str())),
        ],
    )
}

pub fn report_tables(rows: &[ReportTable]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("sheet_number", rows.iter().map(|row| row.sheet_number)),
            text("sheet", rows.iter().map(|row| row.sheet.as_str())),
            text("report_table", rows.iter().map(|row| row.report_table.as_str())),
            text("layout", rows.iter().map(|row| row.layout.as_str())),
            text("title", rows.iter().map(|row| row.title.as_str())),
            text("state", rows.iter().map(|row| row.state.as_str())),
            text("unit", rows.iter().map(|row| row.unit.as_str())),
            text("departments", rows.iter().map(|row| row.departments.as_str())),
            text("notes", rows.iter().map(|row| row.notes.as_str())),
            flag("is_hidden", rows.iter().map(|row| row.is_hidden)),
            number("figures", rows.iter().map(|row| row.figures)),
        ],
    )
}

pub fn figures(rows: &[Figure]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("sheet_number", rows.iter().map(|row| row.sheet_number)),
            text("sheet", rows.iter().map(|row| row.sheet.as_str())),
            text("cell", rows.iter().map(|row| row.cell.as_str())),
            number("row_number", rows.iter().map(|row| row.row_number)),
            number("column_number", rows.iter().map(|row| row.column_number)),
            text("report_table", rows.iter().map(|row| row.report_table.as_str())),
            text("layout", rows.iter().map(|row| row.layout.as_str())),
            text("side", rows.iter().map(|row| row.side.as_str())),
            text("component", rows.iter().map(|row| row.component.as_str())),
            text("phase", rows.iter().map(|row| row.phase.as_str())),
            text("fund", rows.iter().map(|row| row.fund.as_str())),
            text("flow", rows.iter().map(|row| row.flow.as_str())),
            text("row_role", rows.iter().map(|row| row.row_role.as_str())),
            optional_text("line", rows.iter().map(|row| row.line.as_deref())),
            optional_text("code", rows.iter().map(|row| row.code.as_deref())),
            optional_text("function_code", rows.iter().map(|row| row.function_code.as_deref())),
            optional_text("economic_code", rows.iter().map(|row| row.economic_code.as_deref())),
            text("row_label", rows.iter().map(|row| row.row_label.as_str())),
            text("row_name", rows.iter().map(|row| row.row_name.as_str())),
            optional_text("parent_label", rows.iter().map(|row| row.parent_label.as_deref())),
            text("header_path", rows.iter().map(|row| row.header_path.as_str())),
            text("printed", rows.iter().map(|row| row.printed.as_str())),
            decimal("value", VALUE, rows.iter().map(|row| Some(row.value)))?,
            text("unit", rows.iter().map(|row| row.unit.as_str())),
            text("unit_source", rows.iter().map(|row| row.unit_source.as_str())),
            text("value_kind", rows.iter().map(|row| row.value_kind.as_str())),
            decimal("amount_yuan", YUAN, rows.iter().map(|row| row.amount_yuan))?,
            decimal("half_unit", VALUE, rows.iter().map(|row| Some(row.half_unit)))?,
            optional_text("correction", rows.iter().map(|row| row.correction.as_deref())),
            optional_number("page", rows.iter().map(|row| row.page.and_then(|page| i32::try_from(page).ok()))),
            optional_text("page_box", rows.iter().map(|row| row.page_box.as_deref())),
        ],
    )
}

pub fn claims(rows: &[Claim]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("line", rows.iter().map(|row| row.line)),
            number("char_start", rows.iter().map(|row| row.char_start)),
            number("char_end", rows.iter().map(|row| row.char_end)),
            text("printed", rows.iter().map(|row| row.printed.as_str())),
            decimal("value", VALUE, rows.iter().map(|row| Some(row.value)))?,
            text("unit", rows.iter().map(|row| row.unit.as_str())),
            text("value_kind", rows.iter().map(|row| row.value_kind.as_str())),
            decimal("amount_yuan", YUAN, rows.iter().map(|row| row.amount_yuan))?,
            decimal("half_unit", VALUE, rows.iter().map(|row| Some(row.half_unit)))?,
            text("section", rows.iter().map(|row| row.section.as_str())),
            text("section_path", rows.iter().map(|row| row.section_path.as_str())),
            text("item", rows.iter().map(|row| row.item.as_str())),
            text("item_printed", rows.iter().map(|row| row.item_printed.as_str())),
            optional_text("line_code", rows.iter().map(|row| row.line_code.as_deref())),
            optional_text("function_code", rows.iter().map(|row| row.function_code.as_deref())),
            optional_text("economic_code", rows.iter().map(|row| row.economic_code.as_deref())),
            text("item_path", rows.iter().map(|row| row.item_path.as_str())),
            text("measure", rows.iter().map(|row| row.measure.as_str())),
            text("basis", rows.iter().map(|row| row.basis.as_str())),
            text("fund", rows.iter().map(|row| row.fund.as_str())),
            optional_number("stated_year", rows.iter().map(|row| row.stated_year)),
            text("item_code", rows.iter().map(|row| row.item_code.as_str())),
            text("basis_code", rows.iter().map(|row| row.basis_code.as_str())),
            text("basis_fund", rows.iter().map(|row| row.basis_fund.as_str())),
            text("section_group", rows.iter().map(|row| row.section_group.as_str())),
            number("paragraph", rows.iter().map(|row| row.paragraph)),
            number("sentence_offset", rows.iter().map(|row| row.sentence_offset)),
            text("part_of", rows.iter().map(|row| row.part_of.as_str())),
            text("said", rows.iter().map(|row| row.said.as_str())),
            text("listed", rows.iter().map(|row| row.listed.as_str())),
            text("kind", rows.iter().map(|row| row.kind.as_str())),
            text("sentence", rows.iter().map(|row| row.sentence.as_str())),
            text("reason", rows.iter().map(|row| row.reason.as_str())),
            text("reason_opening", rows.iter().map(|row| row.reason_opening.as_str())),
            text("rule", rows.iter().map(|row| row.rule.as_str())),
            number("meaning", rows.iter().map(|row| row.meaning)),
            optional_number("page", rows.iter().map(|row| row.page.and_then(|page| i32::try_from(page).ok()))),
        ],
    )
}

pub fn indicators(rows: &[Indicator]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("line", rows.iter().map(|row| row.line)),
            text("row_number", rows.iter().map(|row| row.row_number.as_str())),
            text("section_path", rows.iter().map(|row| row.section_path.as_str())),
            text("name", rows.iter().map(|row| row.name.as_str())),
            text("nature", rows.iter().map(|row| row.nature.as_str())),
            text("target", rows.iter().map(|row| row.target.as_str())),
            text("actual", rows.iter().map(|row| row.actual.as_str())),
            text("unit", rows.iter().map(|row| row.unit.as_str())),
            text("weight", rows.iter().map(|row| row.weight.as_str())),
            text("score", rows.iter().map(|row| row.score.as_str())),
        ],
    )
}

pub fn reasons(rows: &[Reason]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("line", rows.iter().map(|row| row.line)),
            text("section_path", rows.iter().map(|row| row.section_path.as_str())),
            text("item", rows.iter().map(|row| row.item.as_str())),
            text("text", rows.iter().map(|row| row.text.as_str())),
        ],
    )
}

pub fn paragraphs(rows: &[Paragraph]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("line", rows.iter().map(|row| row.line)),
            text("section", rows.iter().map(|row| row.section.as_str())),
            text("section_path", rows.iter().map(|row| row.section_path.as_str())),
            number("heading_level", rows.iter().map(|row| row.heading_level)),
            number("ordinal", rows.iter().map(|row| row.ordinal)),
            flag("has_body", rows.iter().map(|row| row.has_body)),
            flag("has_table_below", rows.iter().map(|row| row.has_table_below)),
            text("text", rows.iter().map(|row| row.text.as_str())),
        ],
    )
}

pub fn listed_units(rows: &[ListedUnit]) -> PolarsResult<DataFrame> {
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|row| row.document_key.as_str())),
            number("line", rows.iter().map(|row| row.line)),
            text("name", rows.iter().map(|row| row.name.as_str())),
            text("remark", rows.iter().map(|row| row.remark.as_str())),
        ],
    )
}

/// Findings of one document each: key and finding.
pub fn findings(rows: &[DocumentFinding]) -> PolarsResult<DataFrame> {
    let places: Vec<String> = rows.iter().map(|(_, finding)| finding.place.to_string()).collect();
    DataFrame::new(
        rows.len(),
        vec![
            text("document_key", rows.iter().map(|(key, _)| key.as_str())),
            text("check_id", rows.iter().map(|(_, finding)| finding.check_id.as_str())),
            text("severity", rows.iter().map(|(_, finding)| finding.severity.as_str())),
            text("outcome", rows.iter().map(|(_, finding)| finding.outcome.as_str())),
            text("cause", rows.iter().map(|(_, finding)| finding.cause.as_str())),
            text("place", places.iter().map(String::as_str)),
            decimal("left_value", VALUE, rows.iter().map(|(_, finding)| finding.left_value))?,
            decimal("right_value", VALUE, rows.iter().map(|(_, finding)| finding.right_value))?,
            decimal("difference", VALUE, rows.iter().map(|(_, finding)| finding.difference))?,
            decimal("allowed", VALUE, rows.iter().map(|(_, finding)| finding.allowed))?,
            text("hint", rows.iter().map(|(_, finding)| finding.hint.as_str())),
            text("message", rows.iter().map(|(_, finding)| finding.message.as_str())),
        ],
    )
}
