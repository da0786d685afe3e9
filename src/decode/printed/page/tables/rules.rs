//! Strokes and thin fills → horizontal and vertical rules.

use crate::decode::printed::page::geometry::{Area, Mark};

/// A filled shape thinner than this is a rule.
const THIN: f64 = 3.2;
/// Coordinates closer than this are one.
pub const SAME: f64 = 2.0;
/// Pieces of a rule closer than this are joined: dashes, and corners drawn apart.
const GAP: f64 = 4.0;
/// Pieces with a wider gap are drawn apart, and may be meant so.
const DRAWN_APART: f64 = 1.0;
/// Shorter rules are dots, strokes of characters and bullets.
const SHORTEST: f64 = 4.0;
/// A page with more rules than this is a drawing.
const MOST_RULES: usize = 4_000;

/// A straight rule: where it stands across its direction, and from where to where it runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// `at` is y, they run in x; from top to bottom.
    pub horizontal: Vec<Rule>,
    /// `at` is x, they run in y; from left to right.
    pub vertical: Vec<Rule>,
    /// The horizontal ones as they are drawn: those with gaps between them are not one.
    pub pieces: Vec<Rule>,
    /// The horizontal ones piece by piece.
    pub drawn: Vec<Rule>,
}

impl Rules {
    /// The rules of a page. A drawing has none.
    pub fn of(marks: &[Mark]) -> Self {
        let mut rules = Self::default();
        for mark in marks {
            rules.take(*mark);
        }
        rules.drawn = rules.horizontal.clone();
        rules.pieces = joined(rules.horizontal.clone(), DRAWN_APART);
        rules.horizontal = joined(rules.horizontal, GAP);
        rules.vertical = joined(rules.vertical, GAP);
        if rules.horizontal.len() + rules.vertical.len() > MOST_RULES { Self::default() } else { rules }
    }

    fn take(&mut self, mark: Mark) {
        let (left, right, top, bottom, thin) = match mark {
            Mark::Stroke(from, to) => (from.0.min(to.0), from.0.max(to.0), from.1.min(to.1), from.1.max(to.1), 1.0),
            Mark::Fill(area) => (area.left, area.right, area.top, area.bottom, THIN),
        };
        if ![left, right, top, bottom].iter().all(|edge| edge.is_finite() && edge.abs() < 1e6) {
            return;
        }
        let (wide, high) = (right - left, bottom - top);
        let is_corner = matches!(mark, Mark::Fill(_)) && wide <= THIN && high <= THIN;
        if high <= thin && (wide > thin || is_corner) {
            self.horizontal.push(Rule { at: f64::midpoint(top, bottom), from: left, to: right });
        }
        if wide <= thin && (high > thin || is_corner) {
            self.vertical.push(Rule { at: f64::midpoint(left, right), from: top, to: bottom });
        }
    }

    /// From the first to the last of them; `None` where there are none.
    pub fn area(&self) -> Option<Area> {
        let across = self.horizontal.iter().map(|rule| Area::around((rule.from, rule.at), (rule.to, rule.at)));
        let down = self.vertical.iter().map(|rule| Area::around((rule.at, rule.from), (rule.at, rule.to)));
        across.chain(down).reduce(Area::with)
    }

    /// Groups of rules that touch each other: each may be one table.
    pub fn components(&self) -> Vec<Rules> {
        let mut groups = Groups::new(self.horizontal.len() + self.vertical.len());
        for (at, across) in self.horizontal.iter().enumerate() {
            for (below, down) in self.vertical.iter().enumerate() {
                let near = GAP - 1.0;
                let crosses = across.from - near <= down.at && down.at <= across.to + near;
                if crosses && down.from - near <= across.at && across.at <= down.to + near {
                    groups.unite(at, self.horizontal.len() + below);
                }
            }
        }
        let mut found: Vec<(usize, Rules)> = Vec::new();
        for at in 0..self.horizontal.len() + self.vertical.len() {
            let root = groups.root(at);
            let place = found.iter().position(|(known, _)| *known == root).unwrap_or_else(|| {
                found.push((root, Rules::default()));
                found.len() - 1
            });
            let component = &mut found[place].1;
            match at.checked_sub(self.horizontal.len()) {
                None => component.horizontal.push(self.horizontal[at]),
                Some(at) => component.vertical.push(self.vertical[at]),
            }
        }
        found.into_iter().map(|(_, component)| component).collect()
    }
}

/// Rules at one height, from the top down.
pub fn lines_of(mut pieces: Vec<Rule>) -> Vec<(f64, Vec<Rule>)> {
    pieces.sort_by(|one, other| one.at.total_cmp(&other.at));
    let mut lines: Vec<(f64, Vec<Rule>)> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some((at, line)) if piece.at - *at <= 1.2 => {
                line.push(piece);
                *at += (piece.at - *at) / line.len() as f64;
            }
            _ => lines.push((piece.at, vec![piece])),
        }
    }
    lines
}

/// Pieces on one line are one rule where they touch.
fn joined(pieces: Vec<Rule>, gap: f64) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (at, mut line) in lines_of(pieces) {
        line.sort_by(|one, other| one.from.total_cmp(&other.from));
        let mut open: Option<Rule> = None;
        for piece in line {
            match &mut open {
                Some(rule) if piece.from <= rule.to + gap => rule.to = rule.to.max(piece.to),
                _ => rules.extend(open.replace(Rule { at, ..piece })),
            }
        }
        rules.extend(open);
    }
    rules.retain(|rule| rule.to - rule.from > SHORTEST);
    rules
}

/// Coordinates that are one within `tolerance`, each as the mean of its group.
pub fn clustered(mut values: Vec<f64>, tolerance: f64) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let mut groups: Vec<Vec<f64>> = Vec::new();
    for value in values {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| value - last <= tolerance) => group.push(value),
            _ => groups.push(vec![value]),
        }
    }
    groups.into_iter().map(|group| group.iter().sum::<f64>() / group.len() as f64).collect()
}

/// Which members of a set belong together.
pub struct Groups(Vec<usize>);

impl Groups {
    pub fn new(members: usize) -> Self {
        Self((0..members).collect())
    }

    pub fn root(&mut self, mut member: usize) -> usize {
        while self.0[member] != member {
            self.0[member] = self.0[self.0[member]];
            member = self.0[member];
        }
        member
    }

    pub fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
