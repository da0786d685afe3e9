//! Findings as people and programs read them: text, CSV, JSON, SARIF, HTML, in Chinese or in English.

pub mod baseline;
mod formats;
mod ledger;
mod marks;
mod queue;
mod quoted;
mod wording;

use std::io::Write;

pub use baseline::Baseline;
pub use formats::html::Origin;
pub use wording::{Language, hint, message};

use super::Summary;
use crate::error::{Error, Result};
use crate::reconcile::write::records::DisclosureReport;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Csv,
    Json,
    Sarif,
    Html,
}

impl Format {
    /// Reads `text`, `csv`, `json`, `sarif` or `html`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Format::Text,
            "csv" => Format::Csv,
            "json" => Format::Json,
            "sarif" => Format::Sarif,
            "html" => Format::Html,
            _ => return None,
        })
    }
}

/// Writes a report, one disclosure after another; memory holds one. Text and page wait in a file until the worst is known.
pub struct ReportWriter<W: Write> {
    out: W,
    format: Format,
    page: formats::html::Page,
    /// Text of disclosures until the worst is known.
    queue: queue::Queue,
    /// What a page says it is of.
    pub origin: Origin,
    language: Language,
    /// Leaves findings of severity info out.
    pub hides_info: bool,
    written: usize,
}

impl<W: Write> ReportWriter<W> {
    /// # Errors
    /// Those of writing the beginning of the report.
    pub fn begin(out: W, format: Format, language: Language) -> Result<Self> {
        let (page, queue, origin) = (formats::html::Page::new(language), queue::Queue::default(), Origin::default());
        let mut writer = Self { out, format, page, queue, origin, language, hides_info: false, written: 0 };
        let head = match format {
            Format::Text | Format::Html => String::new(),
            Format::Csv => formats::tabular::csv_head(),
            Format::Json => "[".to_owned(),
            Format::Sarif => formats::sarif::HEAD.to_owned(),
        };
        writer.put(&head)?;
        Ok(writer)
    }

    pub fn disclosure(&mut self, report: &DisclosureReport) -> Result<()> {
        let by_document = self.format != Format::Html;
        let records: Vec<_> = wording::worst_first(report, self.hides_info, by_document);
        let body = match self.format {
            Format::Text => {
                let text = formats::text::disclosure(report, &records, self.language);
                self.queue.take(report, &records, &text).map_err(cannot_write)?;
                String::new()
            }
            Format::Csv => formats::tabular::csv_rows(&records, self.language)?,
            Format::Json => formats::tabular::json_rows(report, &records, self.language, self.written)?,
            Format::Sarif => formats::sarif::results(&records, self.language, self.written)?,
            Format::Html => {
                self.page.take(report, &records).map_err(cannot_write)?;
                String::new()
            }
        };
        self.written += records.len();
        self.put(&body)
    }

    /// # Errors
    /// Those of writing the end of the report.
    pub fn finish(mut self, summary: &Summary) -> Result<W> {
        let tail = match self.format {
            Format::Text => {
                std::mem::take(&mut self.queue).write(&mut self.out).map_err(cannot_write)?;
                formats::text::summary(summary, self.language)
            }
            Format::Csv => String::new(),
            Format::Json => "\n]\n".to_owned(),
            Format::Sarif => formats::sarif::TAIL.to_owned(),
            Format::Html => {
                self.page.write(&mut self.out, &self.origin, summary).map_err(cannot_write)?;
                self.out.flush().map_err(cannot_write)?;
                return Ok(self.out);
            }
        };
        self.put(&tail)?;
        self.out.flush().map_err(cannot_write)?;
        Ok(self.out)
    }

    fn put(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(cannot_write)
    }
}

fn cannot_write(error: std::io::Error) -> Error {
    Error::usage("cannot write the report").because(error)
}
