//! Text, path and picture objects of a page → characters and marks.

use super::measure::{POINTS, numbers};
use super::tree::Node;

use crate::decode::failure::DecodeFailure;
use crate::decode::printed::page::{Area, Glyph, Mark, PrintedPage, is_unnamed};

/// How far an em reaches above and below the writing line.
const ABOVE: f64 = 0.88;
const BELOW: f64 = 0.12;

/// A picture on a page: the number of its resource, and where it stands.
pub struct Pictured {
    pub resource: String,
    pub matrix: [f64; 6],
}

pub struct Drawing {
    page: PrintedPage,
    pictured: Vec<Area>,
    pictures: Vec<Pictured>,
    steps_left: u64,
}

/// From an object's own coordinates to points on the page.
struct Placing {
    origin: (f64, f64),
    matrix: [f64; 6],
}

impl Placing {
    fn of(object: &Node) -> Self {
        let boundary = object.attribute("Boundary").map(numbers).unwrap_or_default();
        let matrix = object.attribute("CTM").map(numbers).unwrap_or_default();
        Self {
            origin: (boundary.first().copied().unwrap_or(0.0), boundary.get(1).copied().unwrap_or(0.0)),
            matrix: matrix.try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
        }
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.matrix;
        ((self.origin.0 + a * x + c * y + e) * POINTS, (self.origin.1 + b * x + d * y + f) * POINTS)
    }

    /// How many points a step down is long.
    fn scale(&self) -> f64 {
        self.matrix[2].hypot(self.matrix[3]) * POINTS
    }

    fn angle(&self) -> f64 {
        self.matrix[1].atan2(self.matrix[0]).to_degrees()
    }
}

impl Drawing {
    pub fn new(number: u32, (width, height): (f64, f64), steps_left: u64) -> Self {
        Self {
            page: PrintedPage { number, width, height, ..PrintedPage::default() },
            pictured: Vec::new(),
            pictures: Vec::new(),
            steps_left,
        }
    }

    pub fn steps_left(&self) -> u64 {
        self.steps_left
    }

    /// The page as drawn, and the pictures on it.
    pub fn finish(self) -> (PrintedPage, Vec<Pictured>) {
        (self.page.with_pictures(&self.pictured), self.pictures)
    }

    /// Draws the objects of a page or of a template; what is marked invisible is not drawn.
    pub fn take(&mut self, node: &Node) -> Result<(), DecodeFailure> {
        if node.attribute("Visible") == Some("false") {
            return Ok(());
        }
        match node.name.as_str() {
            "TextObject" => self.text(node),
            "PathObject" => self.path(node),
            "ImageObject" => self.picture(node),
            _ => node.children.iter().try_for_each(|child| self.take(child)),
        }
    }

    fn step(&mut self, count: usize) -> Result<(), DecodeFailure> {
        self.steps_left = self.steps_left.checked_sub(count as u64 + 1).ok_or_else(|| DecodeFailure::TooLarge {
            reason: format!("page {} never stops drawing", self.page.number),
        })?;
        Ok(())
    }

    fn text(&mut self, object: &Node) -> Result<(), DecodeFailure> {
        let placing = Placing::of(object);
        let number = |name: &str| object.attribute(name).and_then(|value| value.parse().ok());
        let size: f64 = number("Size").unwrap_or(3.5);
        let stretch: f64 = number("HScale").unwrap_or(1.0);
        let (mut x, mut y) = (0.0, 0.0);
        for code in object.children.iter().filter(|child| child.name == "TextCode") {
            let start = |name: &str| code.attribute(name).and_then(|value| value.trim().parse().ok());
            (x, y) = (start("X").unwrap_or(x), start("Y").unwrap_or(y));
            let count = code.text.chars().count();
            self.step(count)?;
            let across = steps(code.attribute("DeltaX"), count);
            let down = steps(code.attribute("DeltaY"), count);
            let (mut pen, mut line) = (x, y);
            for (at, character) in code.text.chars().enumerate() {
                let own = size * stretch * if character.is_ascii() { 0.5 } else { 1.0 };
                let goes_down = down.get(at).is_some_and(|step| *step != 0.0);
                let advance = across.get(at).copied().unwrap_or(if goes_down { 0.0 } else { own });
                let width = if advance > 0.0 { advance.min(own * 1.2) } else { own };
                self.glyph(character, &placing, (pen, line), width, size);
                pen += advance;
                line += down.get(at).copied().unwrap_or(0.0);
            }
        }
        Ok(())
    }

    fn glyph(&mut self, character: char, placing: &Placing, (x, y): (f64, f64), width: f64, size: f64) {
        let area = Area::around(placing.at(x, y - ABOVE * size), placing.at(x + width, y + BELOW * size));
        let character = if is_unnamed(character) {
            self.page.unmapped += 1;
            char::REPLACEMENT_CHARACTER
        } else {
            character
        };
        self.page.glyphs.push(Glyph {
            character,
            area,
            origin: placing.at(x, y),
            size: size * placing.scale(),
            angle: placing.angle(),
            score: None,
        });
    }

    fn path(&mut self, object: &Node) -> Result<(), DecodeFailure> {
        let placing = Placing::of(object);
        let is_stroked = object.attribute("Stroke") != Some("false");
        let is_filled = object.attribute("Fill") == Some("true");
        let Some(data) = object.all("AbbreviatedData").next() else { return Ok(()) };
        let mut words = data.text.split_whitespace();
        let mut shape: Vec<(f64, f64)> = Vec::new();
        let mut steps = 0;
        while let Some(operator) = words.next() {
            steps += 1;
            let count = match operator {
                "S" | "M" | "L" => 2,
                "Q" => 4,
                "B" => 6,
                "A" => 7,
                _ => 0,
            };
            let values: Vec<f64> = words.by_ref().take(count).filter_map(|word| word.parse().ok()).collect();
            match (operator, values.as_slice()) {
                ("S" | "M", [x, y]) => {
                    self.shape(&shape, is_stroked, is_filled);
                    shape = vec![placing.at(*x, *y)];
                }
                ("L" | "Q" | "B" | "A", [.., x, y]) => shape.push(placing.at(*x, *y)),
                ("C", _) => shape.extend(shape.first().copied()),
                _ => {}
            }
        }
        self.shape(&shape, is_stroked, is_filled);
        self.step(steps)
    }

    fn shape(&mut self, points: &[(f64, f64)], is_stroked: bool, is_filled: bool) {
        if points.len() < 2 {
            return;
        }
        if is_stroked {
            self.page.marks.extend(points.windows(2).map(|pair| Mark::Stroke(pair[0], pair[1])));
        } else if is_filled {
            let around = |area: Area, point: &(f64, f64)| area.with(Area::around(*point, *point));
            self.page.marks.push(Mark::Fill(points.iter().fold(Area::around(points[0], points[0]), around)));
        }
    }

    fn picture(&mut self, object: &Node) -> Result<(), DecodeFailure> {
        let boundary = object.attribute("Boundary").map(numbers).unwrap_or_default();
        if let [left, top, width, height] = boundary.as_slice() {
            let at = |x: f64, y: f64| (x * POINTS, y * POINTS);
            self.pictured.push(Area::around(at(*left, *top), at(left + width.max(0.0), top + height.max(0.0))));
        }
        let placing = Placing::of(object);
        let resource = object.attribute("ResourceID").unwrap_or_default().to_owned();
        self.pictures.push(Pictured { resource, matrix: matrix(object, |x, y| placing.at(x, y)) });
        self.step(0)
    }
}

/// The matrix that takes a picture's unit square, up being up, to points on the page.
fn matrix(object: &Node, at: impl Fn(f64, f64) -> (f64, f64)) -> [f64; 6] {
    // Without a matrix it fills its boundary.
    let boundary = object.attribute("Boundary").map(numbers).unwrap_or_default();
    let (wide, high) = match (object.attribute("CTM"), boundary.as_slice()) {
        (None, [_, _, width, height]) => (*width, *height),
        _ => (1.0, 1.0),
    };
    let (foot, right, top) = (at(0.0, high), at(wide, high), at(0.0, 0.0));
    [right.0 - foot.0, right.1 - foot.1, top.0 - foot.0, top.1 - foot.1, foot.0, foot.1]
}

/// The steps between characters; `g 3 4.2` says three times 4.2. The last one holds for what follows.
fn steps(written: Option<&str>, count: usize) -> Vec<f64> {
    let Some(written) = written else { return Vec::new() };
    let mut steps: Vec<f64> = Vec::new();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next().filter(|_| steps.len() < count) {
        if word == "g" {
            let times = words.next().and_then(|times| times.parse::<usize>().ok()).unwrap_or(0);
            let step = words.next().and_then(|step| step.parse().ok()).unwrap_or(0.0);
            steps.extend(std::iter::repeat_n(step, times.min(count - steps.len())));
        } else {
            steps.extend(word.parse::<f64>().ok());
        }
    }
    steps
}
