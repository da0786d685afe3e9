//! Straight rules of a scanned page: long, thin, and white on both sides.

use super::Raster;
use crate::decode::printed::page::Mark;

/// Points of the shortest rule across, and of the shortest one down: characters have shorter strokes.
const SHORTEST_ACROSS: f64 = 22.0;
const SHORTEST_DOWN: f64 = 11.0;
/// Points from a rule at which the paper is white again.
const BESIDE: f64 = 2.6;
/// Points of a hole in a rule that dust or a fold makes.
const HOLE: f64 = 1.0;

/// Greys below this are ink: between the paper, which most of a page is, and its darkest dots.
pub fn darkness(page: &Raster) -> u8 {
    let mut counts = [0_usize; 256];
    page.grey.iter().for_each(|grey| counts[usize::from(*grey)] += 1);
    let share = |part: f64| {
        let wanted = (page.grey.len() as f64 * part) as usize;
        let mut met = 0;
        (0..256).find(|grey| {
            met += counts[*grey];
            met > wanted
        })
    };
    let (ink, paper) = (share(0.005).unwrap_or(0) as f64, share(0.6).unwrap_or(255) as f64);
    (paper - ((paper - ink) * 0.35).max(30.0)).max(0.0) as u8
}

/// Which dots are ink, as it is seen row by row or column by column.
struct Ink<'r> {
    page: &'r Raster,
    dark: u8,
    /// Rows are the page's columns.
    is_turned: bool,
}

impl Ink<'_> {
    fn rows(&self) -> usize {
        if self.is_turned { self.page.width } else { self.page.height }
    }

    fn length(&self) -> usize {
        if self.is_turned { self.page.height } else { self.page.width }
    }

    fn is_at(&self, row: usize, place: usize) -> bool {
        let (x, y) = if self.is_turned { (row, place) } else { (place, row) };
        self.page.grey[y * self.page.width + x] < self.dark
    }

    /// Runs of ink within two neighbouring rows, so that a rule that leans a little is not cut at each step.
    fn runs(&self, row: usize, shortest: usize, hole: usize) -> Vec<(usize, usize)> {
        let next = (row + 1).min(self.rows() - 1);
        let mut runs = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        for place in 0..self.length() {
            if !self.is_at(row, place) && !self.is_at(next, place) {
                continue;
            }
            open = match open {
                Some((from, to)) if place - to <= hole + 1 => Some((from, place)),
                before => {
                    runs.extend(before);
                    Some((place, place))
                }
            };
        }
        runs.extend(open);
        runs.retain(|(from, to)| to - from >= shortest);
        runs
    }

    /// The paper is white at least on one half of the run, above and below it.
    fn is_thin(&self, row: usize, (from, to): (usize, usize), beside: usize) -> bool {
        let white = |other: Option<usize>| {
            let Some(other) = other.filter(|other| *other < self.rows()) else { return true };
            let inked = (from..=to).filter(|place| self.is_at(other, *place)).count();
            2 * inked <= to - from
        };
        white(row.checked_sub(beside)) && white(Some(row + 1 + beside))
    }
}

/// The rules of a page of so many dots in a point.
pub fn rules(page: &Raster, scale: f64) -> Vec<Mark> {
    let dark = darkness(page);
    let dots = |points: f64| (points * scale).round().max(1.0) as usize;
    let mut marks = Vec::new();
    for (is_turned, shortest) in [(false, SHORTEST_ACROSS), (true, SHORTEST_DOWN)] {
        let ink = Ink { page, dark, is_turned };
        for row in 0..ink.rows() {
            for run in ink.runs(row, dots(shortest), dots(HOLE)) {
                if ink.is_thin(row, run, dots(BESIDE)) {
                    let at = (row as f64 + 1.0) / scale;
                    let (from, to) = (run.0 as f64 / scale, (run.1 + 1) as f64 / scale);
                    let point = |along: f64| if is_turned { (at, along) } else { (along, at) };
                    marks.push(Mark::Stroke(point(from), point(to)));
                }
            }
        }
    }
    marks
}
