//! What every page prints beside its text: page numbers, running heads and feet.

use std::collections::{BTreeMap, BTreeSet};

use super::PageLine;
use super::writing::is_digit;
use crate::vocabulary::is_dash;

/// The parts of a page's height in which heads and feet stand.
const HEAD: f64 = 0.08;
const FOOT: f64 = 0.90;

/// Whether each line is furniture: a number alone at the edge of its page, words at the edge that differ from page to
/// page in a number only, or words that most pages print there.
pub fn is_furniture(lines: &[&PageLine], pages: usize) -> Vec<bool> {
    let mut printed: BTreeMap<String, (BTreeSet<u32>, BTreeSet<&str>)> = BTreeMap::new();
    for line in lines.iter().filter(|line| stands_at_the_edge(line)) {
        let (on, texts) = printed.entry(shape(line)).or_default();
        on.insert(line.page);
        texts.insert(&line.text);
    }
    let repeats = |line: &PageLine| {
        printed.get(&shape(line)).is_some_and(|(on, texts)| {
            (on.len() >= 3 && on.len() * 5 >= pages * 2) || (on.len() >= 2 && texts.len() == on.len())
        })
    };
    let may_be: Vec<bool> =
        lines.iter().map(|line| stands_at_the_edge(line) && (is_bare_number(&line.text) || repeats(line))).collect();
    // A running head is the first that a page prints: what repeats below a title of the page's own is said of its table.
    let mut first_own: BTreeMap<u32, f64> = BTreeMap::new();
    for (line, _) in lines.iter().zip(&may_be).filter(|(_, may_be)| !**may_be) {
        let top = first_own.entry(line.page).or_insert(f64::MAX);
        *top = top.min(line.area.bottom);
    }
    let is_below_own = |line: &PageLine| first_own.get(&line.page).is_some_and(|bottom| *bottom <= line.area.top);
    let stands_at_head = |line: &PageLine| line.area.middle().1 < line.paper.1 / 2.0;
    lines.iter().zip(&may_be).map(|(line, may_be)| *may_be && !(stands_at_head(line) && is_below_own(line))).collect()
}

fn stands_at_the_edge(line: &PageLine) -> bool {
    let (_, middle) = line.area.middle();
    middle < HEAD * line.paper.1 || middle > FOOT * line.paper.1
}

/// The text without its digits, and whether it stands at the head or at the foot.
fn shape(line: &PageLine) -> String {
    let edge = if line.area.middle().1 < line.paper.1 / 2.0 { '^' } else { '_' };
    let mut shape = String::from(edge);
    for c in line.text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            c if is_digit(c) && shape.ends_with('#') => {}
            c if is_digit(c) => shape.push('#'),
            c => shape.push(c),
        }
    }
    shape
}

fn is_bare_number(text: &str) -> bool {
    let digits = text.chars().filter(|c| is_digit(*c)).count();
    (1..=4).contains(&digits)
        && text.chars().all(|c| is_digit(c) || c.is_whitespace() || is_dash(c) || "·/".contains(c))
}
