//! Pictures at their places on a page → the page as one picture.

use super::Raster;

/// A picture on a page: its unit square (up is up) turned, stretched and moved to points from the page's top left.
#[derive(Debug, Clone)]
pub struct Placed {
    pub matrix: [f64; 6],
    pub raster: Raster,
    /// How much of each place is covered, 255 is all of it; everything where there is none.
    pub cover: Option<Raster>,
}

/// The pictures of a page; or why one of them cannot be unpacked.
pub type Pictures = Result<Vec<Placed>, String>;

/// Finer scans are read at half their fineness: it takes longer and shows nothing more.
const FINEST: f64 = 450.0 / 72.0;
/// A page of many dots is drawn coarser.
const MOST_DOTS: f64 = 40e6;

impl Placed {
    /// Its dots in a point of the page.
    fn scale(&self) -> f64 {
        let wide = self.raster.width as f64 / self.matrix[0].hypot(self.matrix[1]).max(0.1);
        let high = self.raster.height as f64 / self.matrix[2].hypot(self.matrix[3]).max(0.1);
        wide.max(high)
    }

    /// The same, of no more dots than show something.
    pub fn not_too_fine(mut self) -> Self {
        while self.scale() > FINEST && self.raster.width > 1 && self.raster.height > 1 {
            self.raster = self.raster.halved();
        }
        self
    }

    /// Paints it on a page of so many dots in a point, which is turned by so many degrees.
    fn paint(&self, page: &mut Raster, scale: f64, turn: &Turn) {
        let [a, b, c, d, e, f] = self.matrix;
        let determinant = a * d - b * c;
        if determinant.abs() < 1e-9 || !determinant.is_finite() {
            return;
        }
        let pixel = |raster: &Raster, u: f64, v: f64| {
            let column = ((u * raster.width as f64) as usize).min(raster.width - 1);
            let row = (((1.0 - v) * raster.height as f64) as usize).min(raster.height - 1);
            raster.grey[row * raster.width + column]
        };
        let width = page.width;
        for (row, dots) in page.grey.chunks_exact_mut(width).enumerate() {
            let y = (row as f64 + 0.5) / scale;
            for (column, dot) in dots.iter_mut().enumerate() {
                let (x, y) = turn.back((column as f64 + 0.5) / scale, y);
                let (x, y) = (x - e, y - f);
                let (u, v) = ((d * x - c * y) / determinant, (a * y - b * x) / determinant);
                if !(0.0..1.0).contains(&u) || v <= 0.0 || v > 1.0 {
                    continue;
                }
                let own = pixel(&self.raster, u, v);
                *dot = match &self.cover {
                    None => own,
                    Some(cover) => {
                        let covered = u32::from(pixel(cover, u, v));
                        ((u32::from(own) * covered + u32::from(*dot) * (255 - covered)) / 255) as u8
                    }
                };
            }
        }
    }
}

/// A turn about the middle of the page.
struct Turn {
    sine: f64,
    cosine: f64,
    middle: (f64, f64),
}

impl Turn {
    /// Where a point stood before.
    fn back(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = (x - self.middle.0, y - self.middle.1);
        (self.middle.0 + self.cosine * x - self.sine * y, self.middle.1 + self.sine * x + self.cosine * y)
    }
}

/// The page (width and height in points) as its pictures show it, turned back by so many degrees clockwise, and its dots
/// in a point. `None` where it has no sane size.
pub fn page_of(size: (f64, f64), pictures: &[Placed], lean: f64) -> Option<(Raster, f64)> {
    let finest = pictures.iter().map(Placed::scale).fold(1.0, f64::max);
    let scale = finest.min((MOST_DOTS / (size.0 * size.1).max(1.0)).sqrt());
    let dots = |length: f64| if length.is_finite() { (length * scale).round().max(0.0) as usize } else { 0 };
    let mut page = Raster::white(dots(size.0), dots(size.1))?;
    let (sine, cosine) = lean.to_radians().sin_cos();
    let turn = Turn { sine, cosine, middle: (size.0 / 2.0, size.1 / 2.0) };
    for picture in pictures {
        picture.paint(&mut page, scale, &turn);
    }
    Some((page, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(rows: &[&[u8]]) -> Raster {
        Raster { width: rows[0].len(), height: rows.len(), grey: rows.concat() }
    }

    #[test]
    fn pictures_stand_where_they_are_placed() {
        let whole = raster(&[&[1, 2], &[3, 4]]);
        let upright = Placed { matrix: [2.0, 0.0, 0.0, -2.0, 0.0, 2.0], raster: whole.clone(), cover: None };
        let (page, scale) = page_of((2.0, 2.0), std::slice::from_ref(&upright), 0.0).unwrap();
        assert_eq!((page, scale), (whole.clone(), 1.0));
        let (turned, _) = page_of((2.0, 2.0), std::slice::from_ref(&upright), 180.0).unwrap();
        assert_eq!(turned, raster(&[&[4, 3], &[2, 1]]));
        let half = raster(&[&[0, 255], &[255, 0]]);
        let on_top = Placed { raster: raster(&[&[9]]), cover: Some(half), ..upright.clone() };
        assert_eq!(page_of((2.0, 2.0), &[upright, on_top], 0.0).unwrap().0, raster(&[&[1, 9], &[9, 4]]));
        let beside = Placed { matrix: [1.0, 0.0, 0.0, -1.0, 1.0, 1.0], raster: raster(&[&[7]]), cover: None };
        assert_eq!(page_of((2.0, 1.0), &[beside], 0.0).unwrap().0, raster(&[&[255, 7]]));
        assert!(page_of((f64::NAN, 1.0), &[], 0.0).is_none());
    }
}
