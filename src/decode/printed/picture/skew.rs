//! How far a scanned page leans: along its lines of text and its rules, dots fall into few rows.

use super::Raster;
use super::rules::darkness;

/// Degrees that are tried to either side, and the steps between them.
const MOST: f64 = 3.0;
const STEP: f64 = 0.1;
/// Dots that are looked at.
const MOST_DOTS: usize = 200_000;

/// Degrees by which the lines of a page fall to the right; 0 where no direction is plain.
pub fn lean(page: &Raster) -> f64 {
    let dark = darkness(page);
    let mut dots: Vec<(f64, f64)> = Vec::new();
    for row in 0..page.height {
        let inked = page.row(row).iter().enumerate().filter(|(_, grey)| **grey < dark);
        dots.extend(inked.map(|(column, _)| (column as f64, row as f64)));
    }
    let every = dots.len().div_ceil(MOST_DOTS).max(1);
    let dots: Vec<(f64, f64)> = dots.into_iter().step_by(every).collect();
    let steps = (MOST / STEP).round() as i32;
    let tried = (-steps..=steps).map(|step| f64::from(step) * STEP);
    let best = tried.map(|degrees| (sharpness(&dots, degrees, page.height), degrees));
    let best = best.max_by(|one, other| one.0.cmp(&other.0).then(other.1.abs().total_cmp(&one.1.abs())));
    best.map_or(0.0, |(_, degrees)| degrees)
}

/// How unevenly dots fall into rows that lean by so much.
fn sharpness(dots: &[(f64, f64)], degrees: f64, height: usize) -> u64 {
    let slope = degrees.to_radians().tan();
    let mut rows = vec![0_u64; height * 2 + 1];
    let last = rows.len() - 1;
    for (x, y) in dots {
        let row = (y - slope * x + height as f64 / 2.0).max(0.0) as usize;
        rows[row.min(last)] += 1;
    }
    rows.iter().map(|count| count * count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_fall_to_the_right_lean_by_so_much() {
        let mut page = Raster::white(400, 300).unwrap();
        for line in 0..8 {
            for x in 0..400 {
                let y = 30 + 30 * line + (x as f64 * 0.8_f64.to_radians().tan()) as usize;
                page.grey[y * 400 + x] = 0;
            }
        }
        assert!((lean(&page) - 0.8).abs() < 0.15, "{}", lean(&page));
        assert_eq!(lean(&Raster::white(40, 30).unwrap()), 0.0);
    }
}
