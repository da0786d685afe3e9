//! Paths: what is stroked becomes strokes, what is filled becomes the box around it.

use super::matrix::{Matrix, at};
use crate::decode::printed::page::{Area, Mark};

/// The path that is being drawn, in points on the page.
#[derive(Default)]
pub struct Path {
    shapes: Vec<Vec<(f64, f64)>>,
    /// It becomes the clip once it is painted.
    pub clips: bool,
}

impl Path {
    pub fn move_to(&mut self, matrix: Matrix, x: f64, y: f64) {
        self.shapes.push(vec![at(matrix, x, y)]);
    }

    pub fn line_to(&mut self, matrix: Matrix, x: f64, y: f64) {
        let point = at(matrix, x, y);
        match self.shapes.last_mut() {
            Some(shape) => shape.push(point),
            None => self.shapes.push(vec![point]),
        }
    }

    pub fn close(&mut self) {
        if let Some(shape) = self.shapes.last_mut()
            && let Some(first) = shape.first().copied()
        {
            shape.push(first);
        }
    }

    pub fn rectangle(&mut self, matrix: Matrix, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(matrix, x, y);
        self.line_to(matrix, x + width, y);
        self.line_to(matrix, x + width, y + height);
        self.line_to(matrix, x, y + height);
        self.close();
    }

    /// The box around all of it.
    pub fn area(&self) -> Option<Area> {
        self.shapes.iter().filter_map(|shape| around(shape)).reduce(Area::with)
    }

    /// Paints and forgets the path.
    pub fn paint(&mut self, is_stroked: bool, is_filled: bool, clip: Area, marks: &mut Vec<Mark>) {
        for shape in self.shapes.drain(..).filter(|shape| shape.len() > 1) {
            if is_stroked {
                let strokes = shape.windows(2).map(|pair| Mark::Stroke(pair[0], pair[1]));
                marks.extend(strokes.filter(|stroke| is_seen(stroke, clip)));
            } else if is_filled {
                marks.extend(around(&shape).map(Mark::Fill).filter(|fill| is_seen(fill, clip)));
            }
        }
    }
}

fn around(shape: &[(f64, f64)]) -> Option<Area> {
    shape.iter().map(|point| Area::around(*point, *point)).reduce(Area::with)
}

fn is_seen(mark: &Mark, clip: Area) -> bool {
    let area = match mark {
        Mark::Stroke(from, to) => Area::around(*from, *to),
        Mark::Fill(area) => *area,
    };
    let clip = clip.grown(2.0);
    area.is_sane()
        && area.left <= clip.right
        && clip.left <= area.right
        && area.top <= clip.bottom
        && clip.top <= area.bottom
}
