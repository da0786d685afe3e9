//! Explanatory texts: paragraphs and tables, and their plain-text form.

use super::{TextEncoding, WriteError};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(String),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextDocument {
    pub blocks: Vec<Block>,
}

impl TextDocument {
    /// One line a paragraph that holds text, table cells included.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => lines.push(text.clone()),
                Block::Table(rows) => lines.extend(rows.iter().flatten().cloned()),
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines
    }

    /// One line a paragraph; one line a table row, cells joined by tabs.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => lines.push(text.clone()),
                Block::Table(rows) => lines.extend(rows.iter().map(|row| row.join("\t"))),
            }
        }
        lines
    }
}

/// # Errors
/// A character that the encoding cannot hold.
pub fn write_text(document: &TextDocument, encoding: TextEncoding) -> Result<Vec<u8>, WriteError> {
    let mut text = document.lines().join("\n");
    text.push('\n');
    encoding.encode(&text)
}
