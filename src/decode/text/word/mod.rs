//! Documents of word processors that are XML: Word's .docx, and OpenDocument text.

pub mod docx;
mod flow;
pub mod open_text;
