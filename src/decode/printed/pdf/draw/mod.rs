//! Follows the drawing instructions of a page: characters with their boxes, strokes and fills, pictures.

mod annotations;
mod layers;
mod matrix;
mod path;
mod state;
mod text;
mod words;

use std::collections::HashMap;
use std::rc::Rc;

pub use layers::Layers;
use matrix::{Matrix, SAME, around, then};
use path::Path;
use state::{Pen, State};
use words::Words;

use super::file::File;
use super::file::object::{Dict, Object, Stream};
use super::font::Font;
use super::sheet::Sheet;
use crate::decode::printed::page::{Area, PrintedPage};

/// Forms inside forms, states inside states: deeper ones are an attack.
const DEEPEST: usize = 24;
const MOST_STATES: usize = 512;
/// Steps that drawing a form costs beside its instructions: it is unpacked each time.
const FORM: usize = 500;

/// Fonts that were met, by the number of their object.
pub type Fonts = HashMap<u32, Rc<Font>>;

/// It draws more than any real document.
pub struct Exhausted;

/// A picture on a page, still packed; none where it stands among the instructions.
pub struct Pictured {
    pub matrix: Matrix,
    pub stream: Option<Rc<Stream>>,
}

/// Draws one page.
pub struct Drawing<'f, 'a> {
    file: &'f File<'a>,
    layers: &'f Layers,
    fonts: &'f mut Fonts,
    pub page: PrintedPage,
    pictured: Vec<Area>,
    pictures: Vec<Pictured>,
    pub steps_left: u64,
    state: State,
    saved: Vec<State>,
    pen: Pen,
    path: Path,
    /// For each open marked content, whether it is hidden.
    marked: Vec<bool>,
}

impl<'f, 'a> Drawing<'f, 'a> {
    pub fn new(
        file: &'f File<'a>,
        layers: &'f Layers,
        fonts: &'f mut Fonts,
        sheet: &Sheet,
        number: u32,
        steps_left: u64,
    ) -> Self {
        let (width, height) = (sheet.width(), sheet.height());
        let whole = Area { left: 0.0, top: 0.0, right: width, bottom: height };
        Self {
            file,
            layers,
            fonts,
            page: PrintedPage { number, width, height, ..PrintedPage::default() },
            pictured: Vec::new(),
            pictures: Vec::new(),
            steps_left,
            state: State::new(sheet.matrix(), whole),
            saved: Vec::new(),
            pen: Pen::default(),
            path: Path::default(),
            marked: Vec::new(),
        }
    }

    /// The page as drawn, and the pictures on it.
    pub fn finish(self) -> (PrintedPage, Vec<Pictured>) {
        (self.page.with_pictures(&self.pictured), self.pictures)
    }

    /// Follows instructions.
    ///
    /// # Errors
    /// There are more than any real document has.
    pub fn draw(&mut self, content: &[u8], resources: &Dict, depth: usize) -> Result<(), Exhausted> {
        for (operator, operands) in Words::new(content) {
            self.step(1 + operands.len())?;
            self.follow(&operator, &operands, resources, depth)?;
            if operator == "BI" {
                self.picture(None);
            }
        }
        Ok(())
    }

    fn step(&mut self, count: usize) -> Result<(), Exhausted> {
        self.steps_left = self.steps_left.checked_sub(count as u64).ok_or(Exhausted)?;
        if self.file.is_exhausted() { Err(Exhausted) } else { Ok(()) }
    }

    fn follow(&mut self, operator: &str, operands: &[Object], resources: &Dict, depth: usize) -> Result<(), Exhausted> {
        let n = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        let matrix = self.state.matrix;
        match operator {
            "q" if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            "Q" => {
                if let Some(saved) = self.saved.pop() {
                    self.state = saved;
                }
            }
            "cm" => self.state.matrix = then([n(0), n(1), n(2), n(3), n(4), n(5)], matrix),
            "m" => self.path.move_to(matrix, n(0), n(1)),
            "l" => self.path.line_to(matrix, n(0), n(1)),
            "c" => self.path.line_to(matrix, n(4), n(5)),
            "v" | "y" => self.path.line_to(matrix, n(2), n(3)),
            "h" => self.path.close(),
            "re" => self.path.rectangle(matrix, n(0), n(1), n(2), n(3)),
            "W" | "W*" => self.path.clips = true,
            "s" | "b" | "b*" => {
                self.path.close();
                self.paint(true, false);
            }
            "S" | "B" | "B*" => self.paint(true, false),
            "f" | "F" | "f*" => self.paint(false, true),
            "n" => self.paint(false, false),
            "Do" => self.object(operands, resources, depth)?,
            "BMC" => self.marked.push(false),
            "BDC" => self.marked.push(self.layers.hides(self.file, operands, resources)),
            "EMC" => {
                self.marked.pop();
            }
            "gs" => self.graphics_state(operands, resources),
            _ => self.write(operator, operands, resources)?,
        }
        Ok(())
    }

    fn is_hidden(&self) -> bool {
        self.marked.contains(&true)
    }

    fn paint(&mut self, is_stroked: bool, is_filled: bool) {
        let clip = self.path.area().filter(|_| std::mem::take(&mut self.path.clips));
        let is_seen = !self.is_hidden();
        self.path.paint(is_stroked && is_seen, is_filled && is_seen, self.state.clip, &mut self.page.marks);
        if let Some(area) = clip {
            self.state.clip = area.shared_with(self.state.clip);
        }
    }

    /// A font may be set here too.
    fn graphics_state(&mut self, operands: &[Object], resources: &Dict) {
        let named = self.resource("ExtGState", operands.first(), resources);
        let Some(Object::List(font)) = named.dict().map(|dict| self.file.entry(dict, "Font")) else { return };
        if let [font, size] = &font[..] {
            self.state.font = self.font(font);
            self.state.size = self.file.resolved(size).number().unwrap_or(1.0);
        }
    }

    fn resource(&self, kind: &str, name: Option<&Object>, resources: &Dict) -> Object {
        let Some(name) = name.and_then(Object::name) else { return Object::Null };
        self.file.entry(resources, kind).dict().map_or(Object::Null, |named| self.file.entry(named, name))
    }

    /// The font behind an object; those with a number are read once.
    fn font(&mut self, font: &Object) -> Option<Rc<Font>> {
        let number = if let Object::Reference(number) = font { Some(*number) } else { None };
        if let Some(known) = number.and_then(|number| self.fonts.get(&number)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::load(self.file, self.file.resolved(font).dict()?));
        if let Some(number) = number {
            self.fonts.insert(number, Rc::clone(&font));
        }
        Some(font)
    }

    fn object(&mut self, operands: &[Object], resources: &Dict, depth: usize) -> Result<(), Exhausted> {
        let Object::Stream(stream) = self.resource("XObject", operands.first(), resources) else { return Ok(()) };
        if self.is_hidden() || self.layers.hides_object(self.file, &stream.dict) {
            return Ok(());
        }
        match self.file.entry(&stream.dict, "Subtype").name() {
            Some("Image") => self.picture(Some(&stream)),
            Some("Form") if depth < DEEPEST => self.form(&stream, resources, depth)?,
            _ => {}
        }
        Ok(())
    }

    fn form(&mut self, stream: &Stream, resources: &Dict, depth: usize) -> Result<(), Exhausted> {
        self.step(FORM + stream.data.len() / 16)?;
        let numbers = |key: &str| -> Vec<f64> {
            let list = self.file.entry(&stream.dict, key);
            list.list().unwrap_or_default().iter().filter_map(|number| self.file.resolved(number).number()).collect()
        };
        let own = numbers("Matrix").try_into().unwrap_or(SAME);
        let before = (self.state.clone(), std::mem::take(&mut self.saved), self.pen, std::mem::take(&mut self.marked));
        self.state.matrix = then(own, self.state.matrix);
        if let [left, bottom, right, top] = numbers("BBox")[..] {
            let shown = around(self.state.matrix, (left, bottom), (right, top));
            self.state.clip = shown.shared_with(self.state.clip);
        }
        let inner = self.file.entry(&stream.dict, "Resources").dict().cloned();
        let drawn = self.draw(&self.file.unpacked(stream), inner.as_ref().unwrap_or(resources), depth + 1);
        (self.state, self.saved, self.pen, self.marked) = before;
        drawn
    }

    /// Pictures fill the unit square.
    fn picture(&mut self, stream: Option<&Rc<Stream>>) {
        let matrix = self.state.matrix;
        let shown = around(matrix, (0.0, 0.0), (1.0, 1.0)).shared_with(self.state.clip);
        if shown.is_sane() && shown.width() > 0.0 && shown.height() > 0.0 && !self.is_hidden() {
            self.pictured.push(shown);
            self.pictures.push(Pictured { matrix, stream: stream.cloned() });
        }
    }
}
