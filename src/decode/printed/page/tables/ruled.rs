//! Tables between rules: columns and rows are where rules stand; a rule that is missing between two cells merges them.

use super::rules::{Groups, Rule, Rules, SAME, clustered};
use super::sideways::laid_down;
use super::table::{Parting, Region, Span, Table, table_of};
use crate::decode::printed::page::geometry::{Area, Glyph};
use crate::decode::printed::page::lines::writing::{is_digit, parts_digits};
use crate::decode::printed::page::upright::runs;

/// Rules that run past the last one across leave a side open, unless by less than this.
const OPEN_SIDE: f64 = 12.0;
/// Digits of one number stand closer than this many ems.
const TOUCHING: f64 = 0.08;
/// Rules that make more cells than this are a drawing.
const MOST_CELLS: usize = 100_000;

/// The table within one group of rules that touch each other. `None` where they frame less than two cells, or nothing. Of
/// the characters that run otherwise, those a quarter turn off are taken where they are the text of a cell.
pub fn ruled_table(page: u32, rules: &Rules, glyphs: &[Glyph], aslant: &mut Vec<Glyph>) -> Option<Table> {
    let lattice = Lattice::of(rules)?;
    let mut regions = lattice.regions();
    if regions.len() < 2 {
        return None;
    }
    for token in tokens(glyphs) {
        let whole = token.iter().map(|glyph| glyph.area).reduce(Area::with);
        if let Some(region) = whole.and_then(|whole| lattice.region_at(whole.middle())) {
            regions[region].glyphs.extend_from_slice(token);
        }
    }
    let is_blank = |region: &Region| region.glyphs.iter().all(|glyph| glyph.character.is_whitespace());
    let blank: Vec<bool> = regions.iter().map(is_blank).collect();
    let cell_of = |glyph: &Glyph| {
        let is_sideways = runs(glyph, 1) || runs(glyph, 3);
        lattice.region_at(glyph.area.middle()).filter(|region| is_sideways && blank[*region])
    };
    let mut turned: Vec<Vec<Glyph>> = vec![Vec::new(); regions.len()];
    for glyph in aslant.iter() {
        if let Some(region) = cell_of(glyph) {
            turned[region].push(*glyph);
        }
    }
    for (region, turned) in regions.iter_mut().zip(turned) {
        region.glyphs.extend(laid_down(&turned, region.area));
    }
    if regions.iter().all(is_blank) {
        return None;
    }
    aslant.retain(|glyph| cell_of(glyph).is_none());
    let mut table = table_of(page, lattice.columns, &lattice.rows, regions, Parting::Rules);
    for row in &mut table.rows {
        let band = between(&lattice.rows, f64::midpoint(row.top, row.bottom));
        row.open = band.map_or((false, false), |band| lattice.open[band]);
    }
    Some(table)
}

/// Characters one by one, and numbers whole: one that is too wide for its cell runs over the rule.
fn tokens(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    let is_of_number = |glyph: &Glyph| is_digit(glyph.character) || parts_digits(glyph.character);
    glyphs.chunk_by(move |one, next| {
        is_of_number(one)
            && is_of_number(next)
            && (next.baseline() - one.baseline()).abs() < 0.1 * one.size
            && (next.area.left - one.area.right).abs() < TOUCHING * one.size
    })
}

/// Where the rules stand, and which region each cell between them belongs to.
struct Lattice {
    columns: Vec<f64>,
    rows: Vec<f64>,
    /// Row by row; regions are numbered in that order too.
    owners: Vec<usize>,
    /// For each row whether no rule is drawn at its left end, and at its right end.
    open: Vec<(bool, bool)>,
}

impl Lattice {
    fn of(rules: &Rules) -> Option<Self> {
        if rules.horizontal.len() < 2 || rules.vertical.len() < 2 {
            return None;
        }
        let mut columns = clustered(rules.vertical.iter().map(|rule| rule.at).collect(), SAME);
        let rows = clustered(rules.horizontal.iter().map(|rule| rule.at).collect(), SAME);
        let left = rules.horizontal.iter().map(|rule| rule.from).fold(f64::MAX, f64::min);
        let right = rules.horizontal.iter().map(|rule| rule.to).fold(f64::MIN, f64::max);
        if columns[0] - left > OPEN_SIDE {
            columns.insert(0, left);
        }
        if right - columns[columns.len() - 1] > OPEN_SIDE {
            columns.push(right);
        }
        let (across, down) = (columns.len() - 1, rows.len() - 1);
        if across == 0 || down == 0 || across * down > MOST_CELLS {
            return None;
        }
        let below = walls(&rules.horizontal, &rows, &columns);
        let beside = walls(&rules.vertical, &columns, &rows);
        let mut groups = Groups::new(across * down);
        for row in 0..down {
            for column in 0..across {
                let cell = row * across + column;
                if column + 1 < across && !beside[column + 1][row] {
                    groups.unite(cell, cell + 1);
                }
                if row + 1 < down && !below[row + 1][column] {
                    groups.unite(cell, cell + across);
                }
            }
        }
        let open = (0..down).map(|row| (!beside[0][row], !beside[across][row])).collect();
        Some(Self { columns, rows, owners: numbered(&mut groups, across * down), open })
    }

    fn across(&self) -> usize {
        self.columns.len() - 1
    }

    /// One for each group of cells, as the rectangle around them, in the order of their numbers.
    fn regions(&self) -> Vec<Region> {
        let mut spans: Vec<Option<Span>> = vec![None; self.owners.len()];
        for (cell, owner) in self.owners.iter().enumerate() {
            let (row, column) = (cell / self.across(), cell % self.across());
            let span = spans[*owner].get_or_insert(Span { first: (row, column), last: (row, column) });
            span.first = (span.first.0.min(row), span.first.1.min(column));
            span.last = (span.last.0.max(row), span.last.1.max(column));
        }
        let region = |span: Span| {
            let area = Area {
                left: self.columns[span.first.1],
                top: self.rows[span.first.0],
                right: self.columns[span.last.1 + 1],
                bottom: self.rows[span.last.0 + 1],
            };
            Region { span, area, glyphs: Vec::new() }
        };
        spans.into_iter().flatten().map(region).collect()
    }

    /// The region at a point on or between the outer rules.
    fn region_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let column = between(&self.columns, x)?;
        let row = between(&self.rows, y)?;
        Some(self.owners[row * self.across() + column])
    }
}

/// The group of each member, numbered from 0 in the order of their first members.
fn numbered(groups: &mut Groups, members: usize) -> Vec<usize> {
    let mut numbers = vec![None; members];
    let mut next = 0;
    (0..members)
        .map(|member| {
            *numbers[groups.root(member)].get_or_insert_with(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

/// For each coordinate, which of the gaps across it have a rule there.
fn walls(rules: &[Rule], at: &[f64], gaps: &[f64]) -> Vec<Vec<bool>> {
    let mut walls = vec![vec![false; gaps.len() - 1]; at.len()];
    for rule in rules {
        let near = |place: &&f64| (**place - rule.at).abs() <= SAME + 0.5;
        for (place, _) in at.iter().enumerate().filter(|(_, place)| near(place)) {
            for (gap, wall) in walls[place].iter_mut().enumerate() {
                let middle = f64::midpoint(gaps[gap], gaps[gap + 1]);
                *wall |= rule.from - SAME <= middle && middle <= rule.to + SAME;
            }
        }
    }
    walls
}

fn between(edges: &[f64], value: f64) -> Option<usize> {
    let (first, last) = (edges.first()?, edges.last()?);
    if value < first - SAME || value > last + SAME {
        return None;
    }
    Some(edges.partition_point(|edge| *edge <= value).clamp(1, edges.len() - 1) - 1)
}
