//! What is read from workbooks and texts, whose it is, and where it stands.

#[path = "../common/mod.rs"]
mod common;

mod adding_a_province;
mod corrections;
mod decode_formats;
mod every_format;
mod identity;
mod identity_pages;
mod locked_workbooks;
mod main_job;
mod mutants;
mod narrative_accuracy;
mod narrative_carried;
mod narrative_codes;
mod narrative_documents;
mod narrative_grammar;
mod narrative_silence;
mod narrative_words;
mod odd_workbooks;
mod place_hint;
mod several_publishers;
mod table_layouts;
mod table_real_workbooks;
mod table_shapes;
mod table_variants;
mod workbook_kinds;
