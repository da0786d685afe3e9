//! OpenDocument text (.odt, or flat in one file) → lines and grids, as from Word's.
//!
//! Elements and attributes go by their local names: writers choose their own prefixes. Deleted and hidden text, lists of
//! contents, page numbers and remarks are dropped; footnotes stand behind all other lines. The numbers of lists and of
//! headings stand in front of their paragraphs.

mod hidden;
mod lists;

use quick_xml::events::BytesStart;

use self::hidden::{Deletions, HiddenStyles};
use self::lists::Lists;
use super::flow::Flow;
use crate::decode::document::{Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::inside::{LARGE_PICTURE, pictures_inside, points};
use crate::decode::limits::Limits;
use crate::decode::lists::numbered;
use crate::decode::xml::{self, Parts, attribute, is_set, number};

/// Elements that hold no text of the document, or text that no reader of it sees in its place.
const NO_TEXT: &[&str] = &[
    "annotation",
    "binary-data",
    "desc",
    "forms",
    "illustration-index",
    "note-citation",
    // What a list counts, as its writer counted it.
    "number",
    "object",
    "object-index",
    "object-ole",
    "page-continuation",
    "page-count",
    "page-number",
    "ruby-text",
    "script",
    "table-index",
    "table-of-content",
    "tracked-changes",
];
/// The most blanks written as one element.
const MOST_BLANKS: usize = 64;

/// Reads the `styles.xml` and the `content.xml` of an OpenDocument text; a flat one is all content.
///
/// # Errors
/// It is broken, holds more than the limits allow, or no text.
pub fn decode_open_text(styles: &str, content: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut text = OpenText {
        flow: Flow::new(limits, true),
        styles: HiddenStyles::default(),
        deletions: Deletions::default(),
        lists: Lists::default(),
        in_body: false,
        dropped: 0,
        paragraphs: Vec::new(),
        notes: Vec::new(),
        open_notes: 0,
        cells: Vec::new(),
        rows: Vec::new(),
        frame: 0.0,
        pictures: 0,
    };
    if !styles.is_empty() {
        xml::read(xml::reader(styles), &mut text)?;
    }
    xml::read(xml::reader(content), &mut text)?;
    for note in std::mem::take(&mut text.notes) {
        text.flow.paragraph(&note);
    }
    pictures_inside(text.pictures).into_iter().for_each(|finding| text.flow.tell(finding));
    text.flow.finish(Format::Odt)
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    number: String,
    text: String,
    is_hidden: bool,
    /// Spans open in it, by whether they are hidden.
    spans: Vec<bool>,
}

struct OpenText<'l> {
    flow: Flow<'l>,
    styles: HiddenStyles,
    deletions: Deletions,
    lists: Lists,
    in_body: bool,
    /// How deep inside of an element whose text is dropped.
    dropped: usize,
    /// Paragraphs open at the same time: one inside a text box or a note stands in another.
    paragraphs: Vec<Open>,
    notes: Vec<String>,
    open_notes: usize,
    /// How many times the open cells, and rows, stand there.
    cells: Vec<u32>,
    rows: Vec<u32>,
    /// What the frame that is open covers, in square points.
    frame: f64,
    /// Large ones so far.
    pictures: usize,
}

impl Parts for OpenText<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.local_name().into_inner();
        self.deletions.start(name, element);
        if self.dropped > 0 || self.in_body && drops(name, element) {
            self.dropped += 1;
            return Ok(());
        }
        if !self.in_body {
            self.in_body = name == "body";
            self.styles.start(name, element);
            self.lists.start_style(name, element);
            return Ok(());
        }
        let in_note = self.open_notes > 0;
        match name {
            "p" | "h" => {
                let is_hidden = self.is_hidden("paragraph", element);
                let is_counted = !is_hidden && !in_note;
                let number = if is_counted { self.lists.number(name, element) } else { String::new() };
                self.paragraphs.push(Open { number, is_hidden, ..Open::default() });
            }
            "span" => {
                let is_hidden = self.is_hidden("text", element);
                self.open().spans.push(is_hidden);
            }
            "hidden-paragraph" if says_hidden(element) => self.open().is_hidden = true,
            "s" => self.push(&" ".repeat(number(element, "c").unwrap_or(1).min(MOST_BLANKS))),
            "tab" => self.push("\t"),
            "line-break" => self.push(" "),
            "frame" => {
                let side = |name| attribute(element, name).map_or(0.0, |length| points(&length));
                self.frame = side("width") * side("height");
            }
            "image" => self.pictures += usize::from(std::mem::take(&mut self.frame) >= LARGE_PICTURE),
            "note" => self.open_notes += 1,
            // A cell of a note is a line of it, and so is an item.
            _ if in_note => {}
            "list" => self.lists.start_list(element),
            "list-item" | "list-header" => self.lists.start_item(element, name == "list-header"),
            "table" => self.flow.open_table(is_set(element, "is-sub-table")),
            "table-row" => {
                self.rows.push(count(element, "number-rows-repeated"));
                self.flow.start_row();
            }
            "table-cell" => {
                self.cells.push(count(element, "number-columns-repeated"));
                self.flow.start_cell();
                self.flow.span(count(element, "number-columns-spanned"), count(element, "number-rows-spanned"));
            }
            // Its text, if any, was left behind when cells were merged: nobody sees it.
            "covered-table-cell" => {
                self.flow.skip_columns(count(element, "number-columns-repeated"));
                self.dropped = 1;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        if self.dropped > 0 {
            self.dropped -= 1;
            return Ok(());
        }
        if !self.in_body {
            self.styles.end(name);
            self.lists.end_style(name);
            return Ok(());
        }
        let in_note = self.open_notes > 0;
        match name {
            "body" => self.in_body = false,
            "p" | "h" => self.close_paragraph(),
            "span" => drop(self.open().spans.pop()),
            "note" => self.open_notes = self.open_notes.saturating_sub(1),
            _ if in_note => {}
            "list" => self.lists.end_list(),
            "list-item" | "list-header" => self.lists.end_item(),
            "table-cell" => {
                let times = self.cells.pop().unwrap_or(1);
                self.flow.close_cell(times)?;
            }
            "table-row" => {
                let times = self.rows.pop().unwrap_or(1);
                self.flow.end_row(times)?;
            }
            "table" => self.flow.close_table()?,
            _ => {}
        }
        Ok(())
    }

    /// Blanks and line ends of the file are one blank.
    fn text(&mut self, text: &str) {
        if self.dropped > 0 || self.paragraphs.is_empty() {
            return;
        }
        let mut in_blank = false;
        let mut single = String::with_capacity(text.len());
        for character in text.chars() {
            let is_blank = matches!(character, ' ' | '\t' | '\r' | '\n');
            if !(is_blank && in_blank) {
                single.push(if is_blank { ' ' } else { character });
            }
            in_blank = is_blank;
        }
        self.push(&single);
    }

    fn unfinished(&self) -> Option<DecodeFailure> {
        self.in_body.then(|| DecodeFailure::damaged("it ends inside its text"))
    }
}

impl OpenText<'_> {
    fn push(&mut self, text: &str) {
        if self.deletions.hide() {
            return;
        }
        if let Some(open) = self.paragraphs.last_mut().filter(|open| !open.is_hidden && !open.spans.contains(&true)) {
            open.text.push_str(text);
        }
    }

    /// The paragraph that is being read.
    fn open(&mut self) -> &mut Open {
        if self.paragraphs.is_empty() {
            self.paragraphs.push(Open::default());
        }
        let last = self.paragraphs.len() - 1;
        &mut self.paragraphs[last]
    }

    fn is_hidden(&self, family: &str, element: &BytesStart<'_>) -> bool {
        attribute(element, "style-name").is_some_and(|style| self.styles.hides(family, &style))
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop().filter(|open| !open.is_hidden) else { return };
        if open.text.trim().is_empty() && self.deletions.hide() {
            return;
        }
        if self.open_notes > 0 {
            self.notes.push(open.text);
        } else {
            self.flow.paragraph(&numbered(&open.number, &open.text, self.flow.is_in_table()));
        }
    }
}

/// Whether a reader of the document sees nothing of an element in its place.
fn drops(name: &str, element: &BytesStart<'_>) -> bool {
    let is = |attributed: &str, value: &str| attribute(element, attributed).as_deref() == Some(value);
    match name {
        // A field that shows the title of the document, unlike the title of a picture.
        "title" => element.name().into_inner().starts_with("svg:"),
        "section" => is("display", "none") || is("display", "condition") && says_hidden(element),
        "hidden-text" => says_hidden(element),
        "bookmark-ref" | "reference-ref" | "note-ref" => is("reference-format", "page"),
        _ => NO_TEXT.contains(&name),
    }
}

fn says_hidden(element: &BytesStart<'_>) -> bool {
    is_set(element, "is-hidden")
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    number(element, name).unwrap_or(1).max(1)
}
