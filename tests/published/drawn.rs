//! Pages drawn text by text and stroke by stroke, in ways that no writer of the corpus has.

use std::fmt::Write as _;

use juesuan::inner::decode::{Document, Limits, decode};
use juesuan::inner::extract::table::{Layouts, read};
use juesuan::inner::project::Project;

/// Points of the page, held upright.
pub const WIDTH: f64 = 842.0;
const HEIGHT: f64 = 595.0;
pub const SIZE: f64 = 8.0;

/// How the text of a cell is set.
#[derive(Debug, Clone, Copy)]
pub enum Set {
    Left,
    Middle,
    Right,
}

/// The pages of a PDF; y runs downwards.
#[derive(Default)]
pub struct Drawn {
    pages: Vec<String>,
    notes: Vec<Note>,
    /// What the catalogue says of all fields.
    pub form: String,
    /// What it says besides, the names by which pages call their layers, and further objects.
    pub catalogue: String,
    pub layers: String,
    pub objects: String,
    /// How its pages are turned, clockwise.
    turns: u32,
}

/// What stands on top of a page: the kind, flags, its place as the page holds it, and what draws it.
struct Note {
    page: usize,
    head: String,
    content: String,
}

/// How wide a text is: ASCII takes half an em.
pub fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 * SIZE } else { SIZE }).sum()
}

impl Drawn {
    /// Pages that are turned so far clockwise.
    pub fn held(turns: u32) -> Self {
        Self { turns, ..Self::default() }
    }

    pub fn page(&mut self) {
        self.pages.push(String::new());
    }

    fn draw(&mut self, operators: &str) {
        if self.pages.is_empty() {
            self.page();
        }
        self.pages.last_mut().unwrap().push_str(operators);
    }

    /// One line of text whose edge or middle is at `x`, standing on `y`.
    pub fn text(&mut self, x: f64, y: f64, set: Set, text: &str) {
        let left = match set {
            Set::Left => x,
            Set::Middle => x - width(text) / 2.0,
            Set::Right => x - width(text),
        };
        let mut codes = String::new();
        text.encode_utf16().for_each(|unit| write!(codes, "{unit:04x}").unwrap());
        self.draw(&format!("BT /F1 {SIZE} Tf {left:.2} {:.2} Td <{codes}> Tj ET\n", HEIGHT - y));
    }

    /// A text that leans by 45 degrees, as watermarks do.
    pub fn leaning(&mut self, x: f64, y: f64, text: &str) {
        let mut codes = String::new();
        text.encode_utf16().for_each(|unit| write!(codes, "{unit:04x}").unwrap());
        self.draw(&format!("BT /F1 {SIZE} Tf 0.7 0.7 -0.7 0.7 {x:.2} {:.2} Tm <{codes}> Tj ET\n", HEIGHT - y));
    }

    /// A text that runs upwards, a quarter turn off.
    pub fn upwards(&mut self, x: f64, y: f64, text: &str) {
        let mut codes = String::new();
        text.encode_utf16().for_each(|unit| write!(codes, "{unit:04x}").unwrap());
        self.draw(&format!("BT /F1 {SIZE} Tf 0 1 -1 0 {x:.2} {:.2} Tm <{codes}> Tj ET\n", HEIGHT - y));
    }

    /// What is drawn within is placed by a matrix, as the page holds it (y upwards).
    pub fn turned(&mut self, matrix: [f64; 6], draw: impl FnOnce(&mut Self)) {
        let matrix: Vec<String> = matrix.iter().map(|part| format!("{part:.2}")).collect();
        self.draw(&format!("q {} cm\n", matrix.join(" ")));
        draw(self);
        self.draw("Q\n");
    }

    /// What is drawn within belongs to this layer.
    pub fn within(&mut self, layer: &str, draw: impl FnOnce(&mut Self)) {
        self.draw(&format!("/OC /{layer} BDC\n"));
        draw(self);
        self.draw("EMC\n");
    }

    /// ASCII in a font that every reader has, its widths left out.
    pub fn times(&mut self, x: f64, y: f64, text: &str) {
        self.draw(&format!("BT /F2 {SIZE} Tf {x:.2} {:.2} Td ({text}) Tj ET\n", HEIGHT - y));
    }

    /// A text on top of the page, of this kind and with these flags; its own coordinates are twice as large.
    pub fn note(&mut self, x: f64, y: f64, kind: &str, flags: u32, text: &str) {
        self.note_of(x, y, &format!("/Subtype/{kind}/F {flags}"), text);
    }

    /// The same with its own entries.
    pub fn note_of(&mut self, x: f64, y: f64, entries: &str, text: &str) {
        self.draw("");
        let (width, bottom) = (width(text), HEIGHT - y - 2.0);
        let mut codes = String::new();
        text.encode_utf16().for_each(|unit| write!(codes, "{unit:04x}").unwrap());
        let head = format!("{entries}/Rect[{x:.2} {bottom:.2} {:.2} {:.2}]", x + width, bottom + SIZE + 4.0);
        let content = format!(
            "/BBox[100 50 {:.2} {:.2}]|BT /F1 {} Tf 100 54 Td <{codes}> Tj ET\n",
            100.0 + 2.0 * width,
            50.0 + 2.0 * (SIZE + 4.0),
            2.0 * SIZE
        );
        self.notes.push(Note { page: self.pages.len() - 1, head, content });
    }

    /// A picture that fills this box: left, top, right, bottom.
    pub fn picture(&mut self, [left, top, right, bottom]: [f64; 4]) {
        let (wide, high, y) = (right - left, bottom - top, HEIGHT - bottom);
        self.draw(&format!("q {wide:.2} 0 0 {high:.2} {left:.2} {y:.2} cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"));
    }

    /// What stands on top of the page in a box (left, top, right, bottom) and does not say how it looks.
    pub fn bare_note(&mut self, [left, top, right, bottom]: [f64; 4], entries: &str) {
        self.draw("");
        let head = format!("/Rect[{left:.2} {:.2} {right:.2} {:.2}]{entries}", HEIGHT - bottom, HEIGHT - top);
        self.notes.push(Note { page: self.pages.len() - 1, head, content: String::new() });
    }

    /// A text of several lines around the height `y`.
    pub fn lines(&mut self, x: f64, y: f64, set: Set, lines: &[&str]) {
        let step = 1.25 * SIZE;
        let first = y - step * (lines.len() as f64 - 1.0) / 2.0;
        for (at, line) in lines.iter().enumerate() {
            self.text(x, first + step * at as f64, set, line);
        }
    }

    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        let operators = format!("0.5 w {:.2} {:.2} m {:.2} {:.2} l S\n", from.0, HEIGHT - from.1, to.0, HEIGHT - to.1);
        self.draw(&operators);
    }

    /// The lines around a cell, drawn for it alone; without those at its sides.
    pub fn borders(&mut self, (left, right): (f64, f64), (top, bottom): (f64, f64)) {
        self.rule((left, top), (right, top));
        self.rule((left, bottom), (right, bottom));
    }

    /// All four lines around a cell.
    pub fn frame(&mut self, (left, right): (f64, f64), (top, bottom): (f64, f64)) {
        self.borders((left, right), (top, bottom));
        self.rule((left, top), (left, bottom));
        self.rule((right, top), (right, bottom));
    }

    pub fn document(&self) -> Document {
        decode(&self.bytes(), "决算.pdf", &Limits::default()).unwrap_or_else(|failure| panic!("{failure}"))
    }

    pub fn bytes(&self) -> Vec<u8> {
        let kids: Vec<String> = (0..self.pages.len()).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
        let mut file = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<<{}>>{}>>endobj\n2 0 obj<</Type/Pages/Kids[{}]/Count {}>>endobj\n\
             3 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>endobj\n\
             4 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/W[1 95 500]>>endobj\n\
             5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>endobj\n",
            self.form,
            self.catalogue,
            kids.join(" "),
            kids.len()
        );
        let first_note = 6 + 2 * self.pages.len();
        let notes: Vec<(usize, &Note)> = (first_note..).step_by(2).zip(&self.notes).collect();
        for (at, content) in self.pages.iter().enumerate() {
            let (page, stream) = (6 + 2 * at, 7 + 2 * at);
            let own = notes.iter().filter(|(_, note)| note.page == at);
            let annots: String = own.map(|(number, _)| format!("{number} 0 R ")).collect();
            write!(
                file,
                "{page} 0 obj<</Type/Page/Parent 2 0 R/Rotate {}/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {stream} 0 R/Annots[{annots}]\
                 /Resources<</Font<</F1 3 0 R/F2 5 0 R>>/Properties<<{}>>>>>>endobj\n\
                 {stream} 0 obj<</Length {}>>stream\n{content}endstream endobj\n",
                self.turns,
                self.layers,
                content.len()
            )
            .unwrap();
        }
        for (number, Note { head, content, .. }) in notes {
            let Some((shape, content)) = content.split_once('|') else {
                writeln!(file, "{number} 0 obj<</Type/Annot{head}>>endobj").unwrap();
                continue;
            };
            let stream = number + 1;
            write!(
                file,
                "{number} 0 obj<</Type/Annot{head}/AP<</N {stream} 0 R>>>>endobj\n\
                 {stream} 0 obj<</Type/XObject/Subtype/Form{shape}/Length {}>>stream\n{content}endstream endobj\n",
                content.len()
            )
            .unwrap();
        }
        file.push_str(&self.objects);
        file.push_str("trailer<</Root 1 0 R>>");
        file.into_bytes()
    }
}

/// The rows of a table: its texts, a bar between columns.
pub fn rows(document: &Document, table: usize) -> Vec<String> {
    assert!(table < document.grids.len(), "{:?}", document.lines);
    let grid = &document.grids[table];
    let mut rows = vec![vec![String::new(); grid.columns as usize]; grid.rows as usize];
    for cell in &grid.cells {
        rows[cell.at.row as usize][cell.at.column as usize] = cell.value.printed();
    }
    rows.iter().map(|row| row.join("|")).collect()
}

/// `table side label header value page` of the figures.
pub fn figures(document: &Document) -> Vec<String> {
    let layouts = Layouts::load(&Project::built_in()).unwrap();
    let of_page = |sheet: u32, at| {
        let cells = &document.pages.cells[sheet as usize - 1];
        cells.iter().find(|(place, _)| *place == at).map_or(0, |(_, printed)| printed.page)
    };
    let told = |figure: &juesuan::inner::extract::table::RawFigure| {
        format!(
            "{} {} {} {} {} p{}",
            figure.report_table,
            figure.side,
            figure.row_label,
            figure.header_path.join(" > "),
            figure.value.printed(),
            of_page(figure.sheet_number, figure.cell)
        )
    };
    read(document, &layouts, &Default::default()).figures.iter().map(told).collect()
}

/// `check: message` of what is told of the document and its tables.
pub fn told(document: &Document) -> Vec<String> {
    let layouts = Layouts::load(&Project::built_in()).unwrap();
    let reading = read(document, &layouts, &Default::default());
    let findings = document.findings.iter().chain(&reading.findings);
    findings.map(|finding| format!("{}: {}", finding.check_id, finding.message)).collect()
}
