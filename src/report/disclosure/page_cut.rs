//! The printed page around a number: its characters and rules drawn again where they stand, the number marked.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::decode::{Area, Glyph, Limits, Mark, PrintedPage, printed_pages};
use crate::discover::read_again;
use crate::report::places::anchor;

/// Points of the page shown above and below the numbers.
const AROUND: f64 = 46.0;
/// Characters around a number that must be the same on the page.
const LEAST_AROUND: usize = 6;

/// A number to be found on a page.
#[derive(Debug)]
pub struct Wanted {
    pub page: u32,
    /// Its cell, where that is known.
    pub area: Option<Area>,
    /// The line around it, where only that is known.
    pub before: String,
    pub printed: String,
    pub after: String,
    pub key: String,
}

/// A strip of a page; lengths in points.
#[derive(Debug, Serialize)]
pub struct PageCut {
    pub page: u32,
    pub view: String,
    pub width: String,
    pub texts: Vec<Text>,
    /// All rules as one path.
    pub rules: String,
    pub marks: Vec<Marked>,
}

#[derive(Debug, Serialize)]
pub struct Text {
    pub x: String,
    pub y: String,
    pub size: String,
    pub width: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct Marked {
    pub id: String,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
}

/// `left,top,right,bottom` as the warehouse stores it.
pub fn area(text: &str) -> Option<Area> {
    let numbers: Vec<f64> = text.split(',').filter_map(|number| number.parse().ok()).collect();
    let [left, top, right, bottom] = numbers[..] else { return None };
    Some(Area { left, top, right, bottom }).filter(|area| area.is_sane())
}

/// The strips of a file's pages that hold these numbers; none where the file is no printed document.
pub fn of_file(source: &str, file: &str, wanted: &[Wanted]) -> Vec<PageCut> {
    let limits = Limits::default();
    let Some(bytes) = read_again(source, file, limits.bytes) else { return Vec::new() };
    let Ok(pages) = printed_pages(&bytes, file, &limits) else { return Vec::new() };
    let mut by_page: BTreeMap<u32, Vec<&Wanted>> = BTreeMap::new();
    for number in wanted {
        by_page.entry(number.page).or_default().push(number);
    }
    let cut = |(number, wanted): (u32, Vec<&Wanted>)| strip(pages.iter().find(|page| page.number == number)?, &wanted);
    by_page.into_iter().filter_map(cut).collect()
}

fn strip(page: &PrintedPage, wanted: &[&Wanted]) -> Option<PageCut> {
    let runs = runs(&page.glyphs);
    let mut marks: Vec<(Area, String)> = Vec::new();
    for number in wanted {
        let Some(area) = number.area.or_else(|| said(&runs, number)) else { continue };
        // One cell may hold several meanings: its place is marked once.
        if !marks.iter().any(|(_, key)| *key == number.key) {
            marks.push((area, number.key.clone()));
        }
    }
    let top = marks.iter().map(|(area, _)| area.top).reduce(f64::min)? - AROUND;
    let bottom = marks.iter().map(|(area, _)| area.bottom).reduce(f64::max)? + AROUND;
    let (top, bottom) = (top.max(0.0), bottom.min(page.height.max(AROUND)));
    let is_inside = |area: &Area| area.bottom > top && area.top < bottom;
    let texts = runs.iter().filter(|run| is_inside(&run.area) && !run.text.trim().is_empty()).map(Run::drawn);
    Some(PageCut {
        page: page.number,
        view: format!("0 {} {} {}", short(top), short(page.width), short(bottom - top)),
        width: short(page.width),
        texts: texts.collect(),
        rules: rules(&page.marks, is_inside),
        marks: marks
            .into_iter()
            .map(|(area, key)| Marked {
                id: format!("{}-page", anchor(&key)),
                x: short(area.left),
                y: short(area.top),
                width: short(area.width()),
                height: short(area.height()),
            })
            .collect(),
    })
}

/// Characters on one writing line, without a gap.
struct Run {
    area: Area,
    baseline: f64,
    size: f64,
    text: String,
    glyphs: Vec<Glyph>,
}

impl Run {
    fn drawn(&self) -> Text {
        Text {
            x: short(self.area.left),
            y: short(self.baseline),
            size: short(self.size),
            width: short(self.area.width()),
            text: self.text.clone(),
        }
    }
}

fn runs(glyphs: &[Glyph]) -> Vec<Run> {
    let mut sorted: Vec<Glyph> = glyphs.to_vec();
    let line = |glyph: &Glyph| (glyph.baseline() * 2.0).round();
    sorted.sort_by(|one, other| {
        line(one).total_cmp(&line(other)).then_with(|| one.area.left.total_cmp(&other.area.left))
    });
    let mut runs: Vec<Run> = Vec::new();
    for glyph in sorted {
        match runs.last_mut() {
            Some(run)
                if (run.baseline - glyph.baseline()).abs() <= 0.5
                    && (run.size - glyph.size).abs() < 0.2
                    && (glyph.area.left - run.area.right).abs() < 0.35 * glyph.size =>
            {
                run.text.push(glyph.character);
                run.area = run.area.with(glyph.area);
                run.glyphs.push(glyph);
            }
            _ => runs.push(Run {
                area: glyph.area,
                baseline: glyph.baseline(),
                size: glyph.size,
                text: glyph.character.to_string(),
                glyphs: vec![glyph],
            }),
        }
    }
    runs
}

/// Where a number of a line is printed: the one place with most of the line around it.
fn said(runs: &[Run], number: &Wanted) -> Option<Area> {
    let glyphs: Vec<&Glyph> =
        runs.iter().flat_map(|run| &run.glyphs).filter(|glyph| !glyph.character.is_whitespace()).collect();
    let page: Vec<char> = glyphs.iter().map(|glyph| glyph.character).collect();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let (before, printed, after) = (bare(&number.before), bare(&number.printed), bare(&number.after));
    if printed.is_empty() {
        return None;
    }
    let around = |at: usize| {
        let backwards = page[..at].iter().rev().zip(before.iter().rev()).take_while(|(one, other)| one == other);
        let onwards = page[at + printed.len()..].iter().zip(&after).take_while(|(one, other)| one == other);
        backwards.count() + onwards.count()
    };
    let places = page.windows(printed.len()).enumerate().filter(|(_, window)| **window == printed[..]);
    let mut places: Vec<(usize, usize)> = places.map(|(at, _)| (around(at), at)).collect();
    places.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    let is_enough = |same: usize| same >= LEAST_AROUND.min(before.len() + after.len());
    let at = match places[..] {
        [(same, at)] if is_enough(same) => at,
        [(same, at), (next, _), ..] if is_enough(same) && same > next => at,
        _ => return None,
    };
    glyphs[at..at + printed.len()].iter().map(|glyph| glyph.area).reduce(Area::with)
}

fn rules(marks: &[Mark], is_inside: impl Fn(&Area) -> bool) -> String {
    let mut path = String::new();
    for mark in marks {
        let (from, to) = match *mark {
            Mark::Stroke(from, to) => (from, to),
            Mark::Fill(area) if area.width() < 3.2 => ((area.middle().0, area.top), (area.middle().0, area.bottom)),
            Mark::Fill(area) if area.height() < 3.2 => ((area.left, area.middle().1), (area.right, area.middle().1)),
            Mark::Fill(_) => continue,
        };
        let area = Area::around(from, to);
        if area.is_sane() && is_inside(&area) {
            let _ = write!(path, "M{} {}L{} {}", short(from.0), short(from.1), short(to.0), short(to.1));
        }
    }
    path
}

/// One decimal, as short as it goes.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> PrintedPage {
        let glyph = |(at, character): (usize, char)| {
            let left = 50.0 + 10.0 * at as f64;
            let area = Area { left, top: 100.0, right: left + 10.0, bottom: 110.0 };
            Glyph { character, area, origin: (left, 108.0), size: 10.0, angle: 0.0, score: None }
        };
        let glyphs = text.chars().enumerate().map(glyph).collect();
        PrintedPage { number: 1, width: 400.0, height: 600.0, glyphs, ..PrintedPage::default() }
    }

    fn wanted(before: &str, after: &str) -> Wanted {
        let (before, printed, after) = (before.to_owned(), "12".to_owned(), after.to_owned());
        Wanted { page: 1, area: None, before, printed, after, key: "doc_1/3:4".to_owned() }
    }

    #[test]
    fn a_number_is_marked_where_it_stands_once_and_nowhere_else() {
        let text = "收入为12万元，支出为12万元";
        let cut = strip(&page(text), &[&wanted("收入为12万元，支出为", "万元")]).unwrap();
        assert_eq!((cut.marks[0].id.as_str(), cut.marks[0].x.as_str()), ("doc_1-3-4-page", "160"));
        assert_eq!(cut.texts[0].text, text);
        let places = [("为", "万元"), ("其中项目支出", "万元"), ("", "")];
        assert!(places.iter().all(|(before, after)| strip(&page(text), &[&wanted(before, after)]).is_none()));
    }
}
