//! What stands on top of a page: text that was written onto it, and the fields of a form as they are filled in.

use std::rc::Rc;

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
        for annotation in list.list().unwrap_or_default().iter().take(MOST) {
            self.step(1)?;
            let annotation = file.resolved(annotation);
            let Some((dict, stream)) = annotation.dict().and_then(|dict| Some((dict, appearance(file, dict)?))) else {
                continue;
            };
            if self.layers.hides_object(dict) {
                continue;
            }
            if let Some(placed) = placed(file, dict, &stream.dict) {
                let whole = Area { left: 0.0, top: 0.0, right: self.page.width, bottom: self.page.height };
                (self.state, self.saved) = (State::new(then(placed, sheet.matrix()), whole), Vec::new());
                self.marked.clear();
                self.form(&stream, &sheet.resources, 0)?;
            }
        }
        Ok(())
    }
}

/// How it looks, where it is shown and holds text.
fn appearance(file: &File<'_>, dict: &Dict) -> Option<Rc<Stream>> {
    let kind = file.entry(dict, "Subtype");
    let flags = file.entry(dict, "F").number().unwrap_or(0.0) as u32;
    if !SHOWN.contains(&kind.name()?) || flags & HIDDEN != 0 {
        return None;
    }
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
