//! What a page shows: characters in boxes, and strokes. Points (1/72 inch) from the top left, y downwards.

use std::fmt;

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The rectangle around two points, in whatever order.
    pub fn around(one: (f64, f64), other: (f64, f64)) -> Self {
        Self {
            left: one.0.min(other.0),
            top: one.1.min(other.1),
            right: one.0.max(other.0),
            bottom: one.1.max(other.1),
        }
    }

    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub fn middle(self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    pub fn holds(self, point: (f64, f64)) -> bool {
        self.left <= point.0 && point.0 <= self.right && self.top <= point.1 && point.1 <= self.bottom
    }

    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub fn shared_with(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn is_sane(self) -> bool {
        [self.left, self.top, self.right, self.bottom].iter().all(|edge| edge.is_finite() && edge.abs() < 1e6)
    }
}

/// `left,top,right,bottom` with one decimal.
impl fmt::Display for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.1},{:.1},{:.1},{:.1}", self.left, self.top, self.right, self.bottom)
    }
}

/// One character. Its box is one em high and as wide as the pen moves: the ink itself differs from font to font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub character: char,
    pub area: Area,
    /// Where the writing line stands.
    pub origin: (f64, f64),
    /// One em.
    pub size: f64,
    /// Direction of writing in degrees, clockwise; 0 is left to right.
    pub angle: f64,
    /// How sure the program is that recognised it on a picture, in percent; none where the file says which it is.
    pub score: Option<u8>,
}

impl Glyph {
    pub fn baseline(&self) -> f64 {
        self.origin.1
    }
}

/// A drawn line, or the box of a filled shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    Stroke((f64, f64), (f64, f64)),
    Fill(Area),
}

/// Pictures on a page that are looked at.
const MOST_PICTURES: usize = 200;
/// Pictures that cover less of a page hold no table, in percent.
const LARGE: u32 = 5;

/// One page as drawn.
#[derive(Debug, Clone, Default)]
pub struct PrintedPage {
    /// From 1.
    pub number: u32,
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    /// Of a page that is upright: characters that run otherwise, by their angle, as narrow columns set their labels.
    pub aslant: Vec<Glyph>,
    pub marks: Vec<Mark>,
    /// Drawn characters that the file does not name: never guessed.
    pub unmapped: u32,
    /// The part of the page that pictures cover, in percent.
    pub pictured: u32,
    /// The part that pictures cover on which no text stands, in percent.
    pub bare: u32,
    /// Characters that are in the file but not shown.
    pub invisible: u32,
    /// Characters drawn beside the paper, where no reader sees them, beside those of `glyphs`.
    pub off_paper: u32,
}

impl PrintedPage {
    /// The character stands on the paper.
    pub fn shows(&self, glyph: &Glyph) -> bool {
        let paper = Area { left: 0.0, top: 0.0, right: self.width, bottom: self.height };
        glyph.area.is_sane() && paper.holds(glyph.area.middle())
    }

    /// The page with these pictures on it, once all its characters are there.
    pub fn with_pictures(self, pictures: &[Area]) -> Self {
        let share = |areas: &mut dyn Iterator<Item = &Area>| {
            let covered: f64 = areas.map(|area| area.width().max(0.0) * area.height().max(0.0)).sum();
            (covered / (self.width * self.height).max(1.0) * 100.0).clamp(0.0, 100.0) as u32
        };
        let written: Vec<(f64, f64)> = self.glyphs.iter().map(|glyph| glyph.area.middle()).collect();
        let is_bare = |area: &&Area| !written.iter().any(|middle| area.holds(*middle));
        let (pictured, bare) =
            (share(&mut pictures.iter()), share(&mut pictures.iter().take(MOST_PICTURES).filter(is_bare)));
        Self { pictured, bare, ..self }
    }

    /// It shows pictures beside its text that may hold a table.
    pub fn shows_pictures(&self) -> bool {
        self.bare >= LARGE && !self.is_picture()
    }

    /// It shows pictures and hardly a character.
    pub fn is_picture(&self) -> bool {
        self.pictured >= 40 && self.glyphs.iter().filter(|glyph| !glyph.character.is_whitespace()).count() < 20
    }
}

/// Private-use and control codes say nothing about what is drawn.
pub fn is_unnamed(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..='\u{10ffff}')
        || (character.is_control() && !character.is_whitespace())
}
