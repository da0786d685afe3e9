//! What stands on top of a page: text that was written onto it, and the fields of a form as they are filled in.

mod fields;
mod fitted;

use std::rc::Rc;

use fields::{Field, Form};

use super::matrix::{Matrix, SAME, around, then};
use super::state::State;
use super::{Drawing, Exhausted};
use crate::decode::printed::page::Area;
use crate::decode::printed::pdf::file::File;
use crate::decode::printed::pdf::file::object::{Dict, Object, Stream};
use crate::decode::printed::pdf::sheet::{Sheet, area};

/// Those whose text is shown where they stand. Others are remarks, links and marks of reviewers.
const SHOWN: [&str; 2] = ["FreeText", "Widget"];
/// Neither on the screen nor on paper, or not on the screen.
const HIDDEN: u32 = 0b10_0010;
/// No page has more.
const MOST: usize = 10_000;

impl Drawing<'_, '_> {
    /// Draws what stands on top of the page.
    ///
    /// # Errors
    /// There are more instructions than any real document has.
    pub fn annotate(&mut self, sheet: &Sheet) -> Result<(), Exhausted> {
        let file = self.file;
        let list = file.entry(&sheet.dict, "Annots");
        let Some(annotations) = list.list().filter(|annotations| !annotations.is_empty()) else { return Ok(()) };
        let form = Form::of(file);
        for annotation in annotations.iter().take(MOST) {
            self.step(1)?;
            let annotation = file.resolved(annotation);
            let Some(dict) = annotation.dict().filter(|dict| is_shown(file, dict)) else { continue };
            if self.layers.hides_object(self.file, dict) {
                continue;
            }
            let field = Field { file, form: &form, dict };
            let before = (self.page.glyphs.len(), self.unseen());
            if !field.is_drawn_anew() {
                self.appearance(dict, sheet)?;
            }
            // What the file does not draw, a reader does.
            let is_blank = self.page.glyphs[before.0..].iter().all(|glyph| glyph.character.is_whitespace());
            if is_blank && self.unseen() == before.1 {
                self.page.glyphs.truncate(before.0);
                self.written(&field, sheet)?;
            }
        }
        Ok(())
    }

    /// Characters met so far that are not shown, or beside the paper.
    fn unseen(&self) -> (u32, u32) {
        (self.page.invisible, self.page.off_paper)
    }

    /// Draws it as the file says it looks.
    fn appearance(&mut self, dict: &Dict, sheet: &Sheet) -> Result<(), Exhausted> {
        let Some(stream) = appearance(self.file, dict) else { return Ok(()) };
        let Some(placed) = placed(self.file, dict, &stream.dict) else { return Ok(()) };
        self.begin(then(placed, sheet.matrix()));
        self.form(&stream, &sheet.resources, 0)
    }

    /// Sets its text as a reader does.
    fn written(&mut self, field: &Field<'_, '_>, sheet: &Sheet) -> Result<(), Exhausted> {
        let Some([left, bottom, right, top]) = area(self.file, field.dict, "Rect") else { return Ok(()) };
        let [more_left, more_top, more_right, more_bottom] = field.margins();
        let place =
            around(sheet.matrix(), (left + more_left, bottom + more_bottom), (right - more_right, top - more_top));
        if !place.is_sane() || right - more_right <= left + more_left || top - more_top <= bottom + more_bottom {
            return Ok(());
        }
        let Some(written) = field.written(sheet.turns) else { return Ok(()) };
        self.begin(SAME);
        self.set(&written, place)
    }

    fn begin(&mut self, matrix: Matrix) {
        let whole = Area { left: 0.0, top: 0.0, right: self.page.width, bottom: self.page.height };
        (self.state, self.saved) = (State::new(matrix, whole), Vec::new());
        self.marked.clear();
    }
}

fn is_shown(file: &File<'_>, dict: &Dict) -> bool {
    let flags = file.entry(dict, "F").number().unwrap_or(0.0) as u32;
    let kind = file.entry(dict, "Subtype");
    kind.name().is_some_and(|kind| SHOWN.contains(&kind)) && flags & HIDDEN == 0
}

/// How it looks, where the file says so.
fn appearance(file: &File<'_>, dict: &Dict) -> Option<Rc<Stream>> {
    let looks = file.entry(dict, "AP");
    match file.entry(looks.dict()?, "N") {
        Object::Stream(stream) => Some(stream),
        _ => None,
    }
}

/// Its own box, as its matrix turns it, fills its place on the page.
fn placed(file: &File<'_>, dict: &Dict, form: &Dict) -> Option<Matrix> {
    let [left, bottom, right, top] = area(file, dict, "Rect")?;
    let [own_left, own_bottom, own_right, own_top] = area(file, form, "BBox")?;
    let numbers: Vec<f64> =
        file.entry(form, "Matrix").list().unwrap_or_default().iter().filter_map(Object::number).collect();
    let matrix = numbers.try_into().unwrap_or(SAME);
    let own = around(matrix, (own_left, own_bottom), (own_right, own_top));
    if !own.is_sane() || own.width() <= 0.0 || own.height() <= 0.0 {
        return None;
    }
    let (x, y) = ((right - left) / own.width(), (top - bottom) / own.height());
    Some([x, 0.0, 0.0, y, left - own.left * x, bottom - own.top * y])
}
