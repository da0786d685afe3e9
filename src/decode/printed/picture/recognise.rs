//! A page that is a picture, read by a program that recognises characters: its texts become characters in boxes, and the
//! rules are found on the picture itself.

use super::Raster;
use super::placed::{Placed, page_of};
use super::png::to_png;
use super::rules::rules;
use super::skew::lean;
use crate::decode::printed::page::{Area, Glyph, Mark, PrintedPage};

/// A page as a recogniser gets it.
#[derive(Debug)]
pub struct Scan {
    pub width: usize,
    pub height: usize,
    pub png: Vec<u8>,
}

/// A text on a page, as a recogniser sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub text: String,
    /// In dots from the top left.
    pub area: Area,
    /// How sure it is, in percent.
    pub score: u8,
}

/// A program that reads pictures of pages.
pub trait Recogniser {
    /// The texts of one page.
    ///
    /// # Errors
    /// Why it cannot be read: told to the analyst with the page's number.
    fn texts(&mut self, scan: &Scan) -> Result<Vec<Seen>, String>;
}

/// Degrees below which a page is left as it is.
const STRAIGHT: f64 = 0.1;
/// Percent: texts that are read upside down have lower scores in the mean.
const UNSURE: u64 = 90;
/// Recognised boxes reach beyond their characters by about this part of their height.
const MARGIN: f64 = 0.14;

/// A page with what is recognised on its pictures.
#[derive(Debug)]
pub struct Recognised {
    pub page: PrintedPage,
    /// Texts that stand across a rule: which of their characters belongs to which cell cannot be told, so none is named.
    pub across: Vec<String>,
}

/// Has the pictures of a page read.
///
/// # Errors
/// Why the page cannot be read.
pub fn recognised(
    page: &PrintedPage,
    pictures: &[Placed],
    recogniser: &mut dyn Recogniser,
) -> Result<Recognised, String> {
    let (raster, scale) = straight(page, pictures)?;
    let mut best = None;
    let mut texts = texts_of(&raster, scale, recogniser)?;
    for turns in other_ways_up(&texts) {
        let turned = raster.turned(*turns);
        let seen = texts_of(&turned, scale, recogniser)?;
        if !stand_on_end(&seen) && (stand_on_end(&texts) || sureness(&seen) > sureness(&texts)) {
            (best, texts) = (Some(turned), seen);
        }
    }
    let raster = best.unwrap_or(raster);
    let (width, height) = (raster.width as f64 / scale, raster.height as f64 / scale);
    let texts: Vec<Seen> =
        texts.into_iter().map(|seen| Seen { area: scaled(seen.area, 1.0 / scale), ..seen }).collect();
    let mut marks = rules(&raster, scale);
    marks.retain(|mark| !texts.iter().any(|seen| is_stroke_of(mark, seen)));
    let mut across = Vec::new();
    let mut glyphs = page.glyphs.clone();
    for seen in &texts {
        let is_across = marks.iter().any(|mark| parts(mark, seen));
        glyphs.extend(glyphs_of(seen).map(|glyph| match is_across {
            true => Glyph { character: char::REPLACEMENT_CHARACTER, ..glyph },
            false => glyph,
        }));
        if is_across {
            across.push(seen.text.clone());
        }
    }
    marks.extend_from_slice(&page.marks);
    Ok(Recognised { page: PrintedPage { width, height, glyphs, marks, ..page.clone() }, across })
}

/// The page as one picture whose lines run level.
fn straight(page: &PrintedPage, pictures: &[Placed]) -> Result<(Raster, f64), String> {
    let none = || "its pictures have no sane size".to_owned();
    let size = (page.width, page.height);
    let (raster, scale) = page_of(size, pictures, 0.0).ok_or_else(none)?;
    let degrees = lean(&raster);
    if degrees.abs() < STRAIGHT {
        return Ok((raster, scale));
    }
    page_of(size, pictures, degrees).ok_or_else(none)
}

fn texts_of(raster: &Raster, scale: f64, recogniser: &mut dyn Recogniser) -> Result<Vec<Seen>, String> {
    let png = to_png(raster, 72.0 * scale);
    recogniser.texts(&Scan { width: raster.width, height: raster.height, png })
}

/// Quarter turns that may bring the page upright, where it does not seem to be: it lies on its side, or on its head.
fn other_ways_up(texts: &[Seen]) -> &'static [usize] {
    if stand_on_end(texts) {
        &[1, 3]
    } else if sureness(texts) < UNSURE * texts.len() as u64 {
        &[2]
    } else {
        &[]
    }
}

fn sureness(texts: &[Seen]) -> u64 {
    texts.iter().map(|seen| u64::from(seen.score)).sum()
}

/// The page lies on its side: its texts are higher than wide.
fn stand_on_end(texts: &[Seen]) -> bool {
    let long = || texts.iter().filter(|seen| seen.text.chars().count() >= 3);
    let on_end = long().filter(|seen| seen.area.height() > 1.5 * seen.area.width()).count();
    2 * on_end > long().count()
}

fn scaled(area: Area, by: f64) -> Area {
    Area { left: area.left * by, top: area.top * by, right: area.right * by, bottom: area.bottom * by }
}

/// The box that holds the characters themselves.
fn ink(seen: &Seen) -> Area {
    let area = seen.area;
    let (high, wide) = (MARGIN * area.height(), (MARGIN * area.height()).min(0.25 * area.width()));
    Area { left: area.left + wide, top: area.top + high, right: area.right - wide, bottom: area.bottom - high }
}

/// A long stroke of a character is no rule.
fn is_stroke_of(mark: &Mark, seen: &Seen) -> bool {
    let Mark::Stroke(from, to) = *mark else { return false };
    let stroke = Area::around(from, to);
    let length = stroke.width().max(stroke.height());
    ink(seen).holds(stroke.middle()) && length <= 1.1 * seen.area.height()
}

/// A rule that runs down through the text.
fn parts(mark: &Mark, seen: &Seen) -> bool {
    let Mark::Stroke(from, to) = *mark else { return false };
    let (rule, ink) = (Area::around(from, to), ink(seen));
    let reach = 0.3 * ink.height();
    let is_down = rule.width() < rule.height();
    let middle = ink.middle().1;
    is_down
        && ink.left + reach < rule.left
        && rule.right < ink.right - reach
        && rule.top <= middle
        && middle <= rule.bottom
}

/// The characters of a text, each as wide as it usually is; blanks part what stands apart.
fn glyphs_of(seen: &Seen) -> impl Iterator<Item = Glyph> {
    let ems = |character: char| if character.is_ascii() { 0.5 } else { 1.0 };
    let ink = ink(seen);
    let whole: f64 = seen.text.chars().map(ems).sum::<f64>().max(0.5);
    let em = ink.width() / whole;
    let size = em.clamp(0.6 * ink.height(), 1.2 * ink.height());
    let middle = ink.middle().1;
    seen.text.chars().scan(ink.left, move |pen, character| {
        let left = *pen;
        *pen += em * ems(character);
        let area = Area { left, top: middle - size / 2.0, right: *pen, bottom: middle + size / 2.0 };
        let origin = (left, middle + 0.38 * size);
        Some(Glyph { character, area, origin, size, angle: 0.0, score: Some(seen.score) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Told(Vec<Seen>);

    impl Recogniser for Told {
        fn texts(&mut self, scan: &Scan) -> Result<Vec<Seen>, String> {
            assert_eq!((scan.width, scan.height), (400, 200));
            Ok(self.0.clone())
        }
    }

    fn seen(text: &str, left: f64, right: f64) -> Seen {
        let area = Area { left, top: 40.0, right, bottom: 60.0 };
        Seen { text: text.to_owned(), area, score: 93 }
    }

    /// A page of 100 × 50 points, four dots in a point, with a rule down its middle.
    fn read(texts: Vec<Seen>) -> (PrintedPage, Vec<String>) {
        let mut raster = Raster::white(400, 200).unwrap();
        for y in 10..190 {
            raster.grey[y * 400 + 200] = 0;
        }
        let picture = Placed { matrix: [100.0, 0.0, 0.0, -50.0, 0.0, 50.0], raster, cover: None };
        let page = PrintedPage { number: 1, width: 100.0, height: 50.0, ..PrintedPage::default() };
        let read = recognised(&page, &[picture], &mut Told(texts)).unwrap();
        (read.page, read.across)
    }

    #[test]
    fn texts_are_characters_in_boxes_and_rules_are_found() {
        let (page, across) = read(vec![seen("合计", 20.0, 60.0), seen("12.00", 220.0, 270.0)]);
        let text: String = page.glyphs.iter().map(|glyph| glyph.character).collect();
        assert_eq!((text.as_str(), across.len()), ("合计12.00", 0));
        assert!(page.glyphs.iter().all(|glyph| glyph.score == Some(93)));
        assert!(page.glyphs[0].area.left > 5.0 && page.glyphs[1].area.right < 15.0);
        let Mark::Stroke(from, to) = page.marks[0] else { panic!() };
        assert!((from.0 - 50.0).abs() < 1.0 && to.1 - from.1 > 40.0);
    }

    /// Answers one call after the other.
    struct InTurn(Vec<Vec<Seen>>);

    impl Recogniser for InTurn {
        fn texts(&mut self, _: &Scan) -> Result<Vec<Seen>, String> {
            Ok(self.0.remove(0))
        }
    }

    #[test]
    fn a_page_on_its_side_or_its_head_is_handed_over_the_other_way_up() {
        let raster = Raster::white(400, 200).unwrap();
        let picture = Placed { matrix: [100.0, 0.0, 0.0, -50.0, 0.0, 50.0], raster, cover: None };
        let page = PrintedPage { number: 1, width: 100.0, height: 50.0, ..PrintedPage::default() };
        let way = |text: &str, score: u8, is_tall: bool| {
            let area = Area { left: 20.0, top: 20.0, right: 60.0, bottom: 40.0 };
            let tall = Area { right: 40.0, bottom: 80.0, ..area };
            vec![Seen { text: text.to_owned(), area: if is_tall { tall } else { area }, score }]
        };
        let read = |ways: Vec<Vec<Seen>>| {
            let mut program = InTurn(ways);
            let page = recognised(&page, std::slice::from_ref(&picture), &mut program).unwrap().page;
            assert!(program.0.is_empty(), "no way is left out");
            (page.glyphs.iter().map(|glyph| glyph.character).collect::<String>(), page.width)
        };
        let level = |text: &str, score: u8| way(text, score, false);
        assert_eq!(read(vec![level("支出决算表", 97)]), ("支出决算表".to_owned(), 100.0));
        let on_its_side = vec![way("本出央算衣", 60, true), level("杀首出支本", 70), level("支出决算表", 97)];
        assert_eq!(read(on_its_side), ("支出决算表".to_owned(), 50.0));
        assert_eq!(read(vec![level("杀首出支", 70), level("支出决算", 97)]).0, "支出决算");
        assert_eq!(read(vec![level("支出决算", 85), level("杀首出支", 70)]).0, "支出决算");
    }

    #[test]
    fn a_text_across_a_rule_names_no_character() {
        let (page, across) = read(vec![seen("合计 12.00", 150.0, 260.0)]);
        assert_eq!(across, ["合计 12.00"]);
        assert!(page.glyphs.iter().all(|glyph| glyph.character == char::REPLACEMENT_CHARACTER));
    }
}
