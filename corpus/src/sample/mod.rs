//! The small world of `sample_data/`: a few departments over three years, consistent but for the listed faults.

mod expected;
mod faults;
mod mentougou;
mod world;

use std::path::Path;

use crate::random::Chance;
use crate::write::{
    Biff, CodePage, PdfStyle, TextEncoding, Workbook, WriteError, write_doc, write_docx, write_pdf, write_text,
    write_xls, write_xlsx,
};

use crate::disclosure::{Form, LineCount, Narrative, NarrativeStyle, Rendered, narrate, render, tables};

pub use faults::Fault;
pub use world::Published;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookFile {
    Xls,
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFile {
    Utf8,
    Gb18030,
    Docx,
    /// Word 97
    Doc,
    Pdf,
}

/// One disclosure as it is published, faults included.
pub struct Disclosure {
    pub published: Published,
    pub rendered: Rendered,
    pub narrative: Narrative,
}

/// Everything, with its faults planted.
pub fn build() -> (Vec<Disclosure>, Vec<Fault>) {
    let mut disclosures: Vec<Disclosure> = world::published().into_iter().map(lay_out).collect();
    let faults = faults::plant(&mut disclosures);
    (disclosures, faults)
}

fn lay_out(published: Published) -> Disclosure {
    let mut chance = Chance::new(0x5A11).fork(published.accounts.year as u64);
    let accounts = &published.accounts;
    let shape = crate::disclosure::house_shape(published.set, published.unit);
    let all = tables(accounts, published.set);
    let rendered = render(&all, &accounts.entity.name, accounts.year, &shape, published.names, &mut chance);
    let style = match published.form {
        Form::Beijing => NarrativeStyle::beijing(),
        _ => NarrativeStyle::shanghai(),
    };
    let mut narrative =
        narrate(accounts, published.form, &NarrativeStyle { unit: published.unit, ..style }, &mut chance);
    if published.is_correction {
        narrative.mark_correction();
    }
    Disclosure { published, rendered, narrative }
}

impl Disclosure {
    pub fn book_path(&self) -> String {
        let extension = match self.published.book {
            BookFile::Xls => "xls",
            BookFile::Xlsx => "xlsx",
        };
        format!("{}/决算报表.{extension}", self.published.folder)
    }

    pub fn text_path(&self) -> String {
        let extension = match self.published.text {
            TextFile::Utf8 | TextFile::Gb18030 => "txt",
            TextFile::Docx => "docx",
            TextFile::Doc => "doc",
            TextFile::Pdf => "pdf",
        };
        format!("{}/决算说明.{extension}", self.published.folder)
    }

    pub fn line_count(&self) -> LineCount {
        match self.published.text {
            TextFile::Utf8 | TextFile::Gb18030 => LineCount::PlainText,
            TextFile::Docx | TextFile::Doc | TextFile::Pdf => LineCount::Paragraphs,
        }
    }

    fn book_bytes(&self) -> Result<Vec<u8>, WriteError> {
        match self.published.book {
            BookFile::Xls => write_xls(&self.rendered.workbook, Biff::Eight, CodePage::Right),
            BookFile::Xlsx => write_xlsx(&self.rendered.workbook),
        }
    }

    fn text_bytes(&self) -> Result<Vec<u8>, WriteError> {
        match self.published.text {
            TextFile::Utf8 => write_text(&self.narrative.document, TextEncoding::Utf8),
            TextFile::Gb18030 => write_text(&self.narrative.document, TextEncoding::Gb18030),
            TextFile::Docx => write_docx(&self.narrative.document),
            TextFile::Doc => write_doc(&self.narrative.document, &Workbook::default()),
            TextFile::Pdf => Ok(write_pdf(&self.narrative.document, &Workbook::default(), PdfStyle::default())),
        }
    }
}

/// Writes `disclosures/`, `expected/` and `README.md` below a folder.
///
/// # Errors
/// Files that cannot be written.
pub fn write(out: &Path) -> Result<usize, WriteError> {
    let (disclosures, faults) = build();
    for disclosure in &disclosures {
        save(&out.join("disclosures").join(disclosure.book_path()), &disclosure.book_bytes()?)?;
        save(&out.join("disclosures").join(disclosure.text_path()), &disclosure.text_bytes()?)?;
    }
    for (name, bytes) in expected::files(&disclosures, &faults)? {
        save(&out.join(name), &bytes)?;
    }
    Ok(disclosures.len())
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, bytes)?)
}
