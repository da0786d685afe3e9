//! Word documents → lines and grids.
//!
//! Paragraphs, list items and text boxes are lines in document order, footnotes stand behind them all. Fields (page
//! references, tables of contents), deleted and hidden text are dropped. The numbers of lists stand in front of their
//! paragraphs.

mod lists;
mod pictures;

use std::io::{Cursor, Read};

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use self::lists::{Listed, Lists};
use self::pictures::Pictures;
use super::flow::Flow;
use crate::decode::document::{Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::inside::{documents_inside, pictures_inside, workbooks_inside};
use crate::decode::limits::Limits;
use crate::decode::lists::numbered;
use crate::decode::xml::{self, Parts, attribute, number};
use crate::vocabulary::{Finding, Place, Severity};

/// Parts that say what the lists are.
const LISTS: [&str; 2] = ["word/styles.xml", "word/numbering.xml"];
/// Parts whose notes stand below the pages, or at the end.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];

/// Decodes a .docx.
///
/// # Errors
/// The container or its main part is broken, too large when unpacked, or holds no text.
pub fn decode_docx(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(DecodeFailure::damaged)?;
    let mut left = limits.unpacked_bytes;
    let main = part(&mut archive, "word/document.xml", &mut left)?;
    let mut word = Word::new(limits);
    for name in LISTS {
        if archive.by_name(name).is_ok() {
            let lists = part(&mut archive, name, &mut left);
            match lists.and_then(|lists| xml::read(xml::strict_reader(&lists), &mut word.lists)) {
                Ok(()) => {}
                Err(failure @ DecodeFailure::TooLarge { .. }) => return Err(failure),
                Err(_) => word.lose_lists(),
            }
        }
    }
    xml::read(xml::strict_reader(&main), &mut word)?;
    (word.fields, word.paragraphs) = (Vec::new(), Vec::new());
    for name in NOTES {
        if archive.by_name(name).is_ok() {
            let notes = part(&mut archive, name, &mut left)?;
            xml::read(xml::strict_reader(&notes), &mut word)?;
        }
    }
    let is_workbook = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with("word/embeddings/")
            && [".xls", ".xlsx", ".xlsb", ".xlsm"].iter().any(|end| name.ends_with(end))
    };
    let inside = archive.file_names().filter_map(Result::ok).filter(|name| is_workbook(name)).count();
    let inside = workbooks_inside(inside).into_iter().chain(pictures_inside(word.pictures.large));
    inside.chain(documents_inside(word.documents)).for_each(|finding| word.flow.tell(finding));
    word.flow.finish(Format::Docx)
}

/// A part as text; `left` is how much all of them may still unpack to.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, left: &mut u64) -> Result<String, DecodeFailure> {
    let part = archive
        .by_name(name)
        .map_err(|error| DecodeFailure::damaged(format!("its main part cannot be read: {error}")))?;
    // A zip bomb lies about its size: count what really comes out.
    let mut unpacked = Vec::new();
    part.take(*left + 1).read_to_end(&mut unpacked).map_err(DecodeFailure::damaged)?;
    *left = left
        .checked_sub(unpacked.len() as u64)
        .ok_or_else(|| DecodeFailure::TooLarge { reason: format!("more than {left} bytes unpacked") })?;
    String::from_utf8(unpacked).map_err(|_| DecodeFailure::damaged("its main part is not UTF-8"))
}

struct Word<'l> {
    flow: Flow<'l>,
    lists: Lists,
    pictures: Pictures,
    /// Other documents that are inserted as files.
    documents: usize,
    /// Paragraphs open at the same time: one inside a text box stands in another.
    paragraphs: Vec<Open>,
    /// Runs open at the same time, by whether they are hidden.
    runs: Vec<bool>,
    /// Field nesting: an open field is dropped up to its `separate` mark, and a contents field altogether.
    fields: Vec<Field>,
    /// Elements whose text is dropped (deleted text, field codes, fallback copies).
    dropped: usize,
    in_text: bool,
    is_contents: bool,
    /// Inside of what is said of a paragraph as a whole.
    in_properties: bool,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    text: String,
    listed: Listed,
    /// The mark that ends it is deleted or hidden: without text it is none.
    is_gone: bool,
}

#[derive(Default)]
struct Field {
    instruction: String,
    shows_result: bool,
}

impl Parts for Word<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.local_name();
        let name: &str = name.as_ref();
        match name {
            "del" | "moveFrom" | "Fallback" => {
                self.dropped += 1;
                self.open(|open, in_properties| open.is_gone |= in_properties);
            }
            // What was before a change of looks.
            _ if name.ends_with("Change") => self.dropped += 1,
            _ if self.dropped > 0 => {}
            "p" => {
                self.paragraphs.push(Open::default());
                self.is_contents = false;
            }
            "pPr" => self.in_properties = true,
            "pStyle" => {
                let style = attribute(element, "val");
                self.is_contents |= style.as_ref().is_some_and(|style| style.to_uppercase().starts_with("TOC"));
                self.open(|open, _| open.listed.style = style);
            }
            "numId" => {
                let list = attribute(element, "val");
                self.open(|open, _| open.listed.list = list);
            }
            "ilvl" => {
                let level = number(element, "val");
                self.open(|open, _| open.listed.level = level);
            }
            "t" => self.in_text = true,
            "instrText" => {
                self.in_text = false;
            }
            "fldChar" => self.field_mark(attribute(element, "fldCharType").as_deref()),
            "tab" if !self.paragraphs.is_empty() => self.push("\t"),
            "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "r" => self.runs.push(false),
            "vanish" => {
                let is_set = !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off"));
                if self.in_properties {
                    self.open(|open, _| open.is_gone |= is_set);
                } else if let Some(run) = self.runs.last_mut().filter(|_| is_set) {
                    *run = true;
                }
            }
            "tbl" => self.flow.open_table(false),
            "tr" => self.flow.start_row(),
            "gridBefore" => self.flow.skip_columns(number(element, "val").unwrap_or(0)),
            "tc" => self.flow.start_cell(),
            "gridSpan" => self.flow.span(number(element, "val").unwrap_or(1), 1),
            "vMerge" => self.flow.merge_down(attribute(element, "val").as_deref() == Some("restart")),
            "altChunk" => self.documents += 1,
            _ => self.pictures.start(name, element),
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        match name {
            "del" | "moveFrom" | "Fallback" => self.dropped = self.dropped.saturating_sub(1),
            _ if name.ends_with("Change") => self.dropped = self.dropped.saturating_sub(1),
            _ if self.dropped > 0 => {}
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            "p" => self.close_paragraph(),
            "r" => drop(self.runs.pop()),
            "tc" => self.flow.close_cell(1)?,
            "tr" => self.flow.end_row(1)?,
            "tbl" => self.flow.close_table()?,
            _ => self.pictures.end(name),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.dropped > 0 {
            return;
        }
        if self.in_text {
            self.push(text);
        } else if let Some(field) = self.fields.last_mut().filter(|field| !field.shows_result) {
            field.instruction.push_str(text);
        }
    }

    fn unfinished(&self) -> Option<DecodeFailure> {
        None
    }
}

impl<'l> Word<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            flow: Flow::new(limits, false),
            lists: Lists::default(),
            pictures: Pictures::default(),
            documents: 0,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            fields: Vec::new(),
            dropped: 0,
            in_text: false,
            is_contents: false,
            in_properties: false,
        }
    }

    /// Changes the paragraph that is being read, if there is one.
    fn open(&mut self, change: impl FnOnce(&mut Open, bool)) {
        if let Some(open) = self.paragraphs.last_mut() {
            change(open, self.in_properties);
        }
    }

    fn lose_lists(&mut self) {
        self.lists = Lists::default();
        self.flow.tell(Finding::disclosure(
            "decode.lists_not_read",
            Severity::Warning,
            Place::File,
            "its styles or lists cannot be read: numbers that Word gives to paragraphs by itself are missing"
                .to_owned(),
            "open it in Word and save it again".to_owned(),
        ));
    }

    fn push(&mut self, text: &str) {
        let hides = |field: &Field| !field.shows_result || is_dropped_field(&field.instruction);
        if self.fields.iter().any(hides) || self.runs.last() == Some(&true) {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn field_mark(&mut self, mark: Option<&str>) {
        match mark {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows_result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        if std::mem::take(&mut self.is_contents) {
            return;
        }
        let is_seen = !open.text.trim().is_empty() || !open.is_gone && !self.flow.is_covered();
        let number = if is_seen { self.lists.number(&open.listed) } else { String::new() };
        self.flow.paragraph(&numbered(&number, &open.text, self.flow.is_in_table()));
    }
}

/// Fields whose result is no text of the document.
pub fn is_dropped_field(instruction: &str) -> bool {
    let code = instruction.split_whitespace().next().unwrap_or("").to_uppercase();
    matches!(code.as_str(), "TOC" | "PAGEREF" | "PAGE" | "NUMPAGES" | "SECTIONPAGES")
}
