//! Finding the numbers a term names: table figures by table, row and column; claims by item, measure and nearness.

use std::collections::{BTreeMap, BTreeSet};

use super::disclosure::DisclosureFacts;
use super::index::{ColumnPlace, Index};
use super::operands::{ClaimFact, FigureFact};
use super::text::Text;
use crate::reconcile::catalogue::term::{ClaimTerm, FigureTerm, RowChoice};
use crate::reconcile::evaluation::{Reason, Source, Whose};
use crate::reconcile::relation::Measured;

/// What the scope of a check fixes for its terms.
#[derive(Debug, Clone, Default)]
pub struct Binding<'a> {
    pub table: Option<&'a str>,
    pub sheet: Option<(usize, u32)>,
    pub row: Option<(u32, &'a str)>,
    pub key: Option<&'a str>,
    pub component: Option<&'a str>,
    pub phase: Option<&'a str>,
    pub fund: Option<&'a str>,
    pub flow: Option<&'a str>,
    pub measure: Option<&'a str>,
    /// Checks that find a table complete: what is missing there is zero.
    pub closed_by: &'a [String],
    /// The claim an evaluation starts from: its item is the item of terms without one, and nearness is to it.
    pub near: Option<usize>,
}

/// What a term names in one disclosure.
#[derive(Debug, Clone)]
pub enum Found {
    Numbers(Vec<(Source, Measured)>),
    /// The row and the column are printed, the cell is blank, or the table is declared empty.
    Blank(Source),
    Missing(String),
}

/// One disclosure, to be looked things up in.
pub struct Book<'a> {
    pub facts: &'a DisclosureFacts,
    pub whose: Whose,
    index: &'a Index,
}

/// Statements this many lines apart may speak of one thing; where lines are cut at the edge of the page, more.
const NEAR_LINES: u32 = 2;
const NEAR_LINES_WHEN_CUT: u32 = 10;

impl<'a> Book<'a> {
    /// Its index is made when the first book of a disclosure is opened: as its own, as a prior year, or as a unit.
    pub fn open(facts: &'a DisclosureFacts, whose: Whose) -> Self {
        Self { facts, whose, index: facts.index() }
    }

    /// Whether two lines of a document are so near that a statement in one may be about what the other says.
    pub fn are_near(&self, document: usize, one: u32, other: u32) -> bool {
        let reach = if self.index.wrapped.contains(&document) { NEAR_LINES_WHEN_CUT } else { NEAR_LINES };
        one.abs_diff(other) <= reach
    }

    /// data, declared_empty, empty; `None` when the table is not in the disclosure.
    pub fn state(&self, table: &str) -> Option<&str> {
        let state = self.index.states.get(table).map(Text::as_str);
        state.or_else(|| self.index.tables.contains_key(table).then_some("data"))
    }

    pub fn figures_of(&self, table: &str) -> impl Iterator<Item = (usize, &'a FigureFact)> + '_ {
        let figures = self.index.tables.get(table).map_or(&[][..], |table| &table.figures);
        figures.iter().map(|at| (*at, &self.facts.figures[*at]))
    }

    pub fn claims(&self) -> impl Iterator<Item = (usize, &'a ClaimFact)> + '_ {
        self.facts.claims.iter().enumerate()
    }

    /// Years before (negative) the disclosure's own that a claim speaks of.
    pub fn years_apart(&self, claim: &ClaimFact) -> i32 {
        claim.stated_year.zip(self.facts.fiscal_year).map_or(0, |(stated, own)| stated - own)
    }

    /// The claims of the paragraph this one stands in, itself among them.
    pub fn beside(&self, claim: &ClaimFact) -> impl Iterator<Item = (usize, &'a ClaimFact)> + '_ {
        let beside = self.index.by_paragraph.get(&(claim.document, claim.paragraph));
        beside.into_iter().flatten().map(|at| (*at, &self.facts.claims[*at]))
    }

    pub fn figure_number(&self, at: usize) -> (Source, Measured) {
        let figure = &self.facts.figures[at];
        let number = Measured { value: figure.base_value(), half: self.index.precision.of_figure(at) };
        (Source::Figure(self.whose, at), number)
    }

    pub fn claim_number(&self, at: usize) -> (Source, Measured) {
        let claim = &self.facts.claims[at];
        let number = Measured { value: claim.base_value(), half: self.index.precision.of_claim(at) };
        (Source::Claim(self.whose, at), number)
    }

    /// The figures a term names, one for each row it lists.
    pub fn figure(&self, term: &FigureTerm, bound: &Binding) -> Result<Found, Reason> {
        let table = if term.table.is_empty() { bound.table.unwrap_or_default() } else { &term.table };
        match self.state(table) {
            None => return Ok(Found::Missing(table.to_owned())),
            Some("declared_empty") => return Ok(Found::Blank(Source::Blank)),
            Some("empty") => return Ok(Found::Missing(table.to_owned())),
            Some(_) => {}
        }
        let keys: Vec<&str> = match &term.row {
            RowChoice::Keys(keys) => keys.iter().map(String::as_str).collect(),
            RowChoice::Level(digits) => self.level_keys(table, *digits),
            RowChoice::Detail => return self.detail_rows(table, term, bound),
            RowChoice::Bound => match (bound.row, bound.key) {
                (Some(row), _) => return self.bound_cell(table, row, term, bound),
                (None, Some(key)) => vec![key],
                (None, None) => vec!["total"],
            },
        };
        let mut numbers = Vec::new();
        let mut blank = None;
        for key in &keys {
            let named = self.index.tables.get(table).map_or(&[][..], |table| table.named(key));
            // A part shown under one row must not be added beside it.
            let is_part = |at: &usize| keys.len() > 1 && self.facts.figures[*at].row_role == "of_which";
            let candidates: Vec<usize> = named.iter().copied().filter(|at| !is_part(at)).collect();
            match self.pick(&candidates, term, bound)? {
                Some(at) => numbers.push(self.figure_number(at)),
                None => blank = blank.or_else(|| self.blank_cell(table, &candidates, term, bound)),
            }
        }
        Ok(match blank {
            _ if !numbers.is_empty() => Found::Numbers(numbers),
            Some(cell) => Found::Blank(cell),
            None => Found::Missing(format!("{table}[{}]", keys.join("|"))),
        })
    }

    /// The claim a term names. Without a section the whole text is looked through, the nearest claim first.
    pub fn claim(&self, term: &ClaimTerm, bound: &Binding) -> Found {
        let near = bound.near.map(|at| (at, &self.facts.claims[at]));
        let items: Vec<&str> = if term.items.is_empty() {
            near.map(|(_, found)| found.item_code.as_str()).into_iter().collect()
        } else {
            term.items.iter().map(String::as_str).collect()
        };
        let measure = term.measure.as_deref().or(bound.measure).unwrap_or("final_account");
        let mut numbers = Vec::new();
        for item in &items {
            let candidates = self.index.by_item.get(*item).into_iter().flatten().copied().filter(|at| {
                let claim = &self.facts.claims[*at];
                claim.is_usable()
                    && claim.measure == measure
                    && !self.is_part_of_its_own(claim)
                    && self.years_apart(claim) == near.map_or(0, |(_, near)| self.years_apart(near)) + term.year
                    && term.section.as_ref().is_none_or(|section| claim.section_group.as_str() == section)
                    && term.fund.as_ref().or_not(bound.fund).is_none_or(|fund| claim.money() == fund)
            });
            let own = term.items.is_empty();
            let best = candidates
                .filter(|at| near.is_none_or(|(near_at, ..)| !own || self.belong_together(near_at, *at)))
                .min_by_key(|at| near.map_or((0, *at), |(near_at, ..)| self.farness(near_at, *at)));
            if let Some(at) = best {
                numbers.push(self.claim_number(at));
            }
        }
        if numbers.is_empty() || term.needs_all && numbers.len() < items.len() {
            Found::Missing(format!("{}.{measure}", items.join("|")))
        } else {
            Found::Numbers(numbers)
        }
    }

    /// 车辆8辆，其中2辆为校车: what goes by the name of its whole is not what the text says of that.
    fn is_part_of_its_own(&self, claim: &ClaimFact) -> bool {
        let is_whole = |other: &ClaimFact| format!("{}:{}", other.line, other.char_start) == *claim.part_of;
        !claim.part_of.is_empty()
            && self.beside(claim).any(|(_, other)| other.item_code == claim.item_code && is_whole(other))
    }

    /// Whether two claims of one item speak of the same thing: same section, and money of the same kind.
    fn belong_together(&self, a: usize, b: usize) -> bool {
        let (left, right) = (&self.facts.claims[a], &self.facts.claims[b]);
        left.document == right.document
            && left.section == right.section
            && left.section_path == right.section_path
            && self.facts.claims[a].money() == self.facts.claims[b].money()
            && (left.item_path.is_empty() || right.item_path.is_empty() || left.item_path == right.item_path)
            && (left.paragraph == right.paragraph || self.are_near(left.document, left.line, right.line))
    }

    /// Smaller is nearer: same sentence, then same paragraph, then same section, then distance; earlier statements first.
    fn farness(&self, near: usize, other: usize) -> (u64, usize) {
        let (from, to) = (&self.facts.claims[near], &self.facts.claims[other]);
        let rank = if from.document != to.document {
            4
        } else if from.paragraph == to.paragraph && from.sentence == to.sentence {
            0
        } else if from.paragraph == to.paragraph {
            1
        } else if from.section == to.section && from.section_path == to.section_path {
            2
        } else {
            3
        };
        let characters =
            u64::from(from.line.abs_diff(to.line)) * 10_000 + u64::from(from.char_start.abs_diff(to.char_start));
        let behind = u64::from(to.line > from.line || (to.line == from.line && to.char_start > from.char_start));
        // What is stated before is what a later line speaks of.
        let characters = if to.line > from.line { characters * 2 } else { characters };
        (rank * 1_000_000_000_000 + characters * 2 + behind, other)
    }

    fn level_keys(&self, table: &str, digits: usize) -> Vec<&'a str> {
        let keys: BTreeSet<&str> = self
            .figures_of(table)
            .filter(|(_, figure)| figure.function_code.len() == digits)
            .map(|(_, figure)| figure.function_code.as_str())
            .collect();
        keys.into_iter().collect()
    }

    fn detail_rows(&self, table: &str, term: &FigureTerm, bound: &Binding) -> Result<Found, Reason> {
        let mut rows: BTreeMap<(usize, u32, u32), Vec<usize>> = BTreeMap::new();
        for (at, figure) in self.figures_of(table).filter(|(_, figure)| figure.row_role == "detail") {
            rows.entry((figure.document, figure.sheet_number, figure.row_number)).or_default().push(at);
        }
        let mut numbers = Vec::new();
        for candidates in rows.values() {
            numbers.extend(self.pick(candidates, term, bound)?.map(|at| self.figure_number(at)));
        }
        Ok(if numbers.is_empty() { Found::Missing(format!("{table}[detail]")) } else { Found::Numbers(numbers) })
    }

    fn bound_cell(&self, table: &str, row: (u32, &str), term: &FigureTerm, bound: &Binding) -> Result<Found, Reason> {
        let (row_number, side) = row;
        let on_row = self.index.tables.get(table).map_or(&[][..], |table| table.on_row(row_number));
        let figure = |at: &usize| &self.facts.figures[*at];
        let on_sheet =
            |at: &usize| bound.sheet.is_none_or(|sheet| sheet == (figure(at).document, figure(at).sheet_number));
        let is_row = |at: &usize| figure(at).side == side && on_sheet(at);
        let candidates: Vec<usize> = on_row.iter().copied().filter(is_row).collect();
        Ok(match self.pick(&candidates, term, bound)? {
            Some(at) => Found::Numbers(vec![self.figure_number(at)]),
            None => self.blank_cell(table, &candidates, term, bound).map_or_else(
                || Found::Missing(format!("{table}.{}", term.component.as_deref().unwrap_or("total"))),
                Found::Blank,
            ),
        })
    }

    /// The one candidate that fits; `None` when none does.
    fn pick(&self, candidates: &[usize], term: &FigureTerm, bound: &Binding) -> Result<Option<usize>, Reason> {
        let figure = |at: &usize| &self.facts.figures[*at];
        let mut fitting: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|at| {
                let figure = figure(at);
                fits(&term.component, bound.component, &figure.component)
                    && fits(&term.phase, bound.phase, &figure.phase)
                    && fits(&term.fund, bound.fund, &figure.fund)
                    && fits(&term.flow, bound.flow, &figure.flow)
                    && bound
                        .sheet
                        .is_none_or(|sheet| !term.table.is_empty() || sheet == (figure.document, figure.sheet_number))
            })
            .collect();
        prefer(&mut fitting, |at| figure(at).component == "total", term.component.is_none());
        prefer(&mut fitting, |at| figure(at).phase == "final_account", term.phase.is_none());
        for fund in ["all", "fiscal"] {
            prefer(&mut fitting, |at| figure(at).fund == fund, term.fund.is_none());
        }
        let Some(first) = fitting.first().copied() else { return Ok(None) };
        let value = figure(&first).base_value();
        if fitting.iter().all(|at| figure(at).base_value() == value) {
            Ok(Some(first))
        } else {
            let cells: Vec<String> =
                fitting.iter().map(|at| format!("{}!{}", figure(at).sheet, figure(at).cell)).collect();
            Err(Reason::Ambiguous(cells.join(", ")))
        }
    }

    /// The blank cell of a printed row under a column that other rows fill; `None` where no row does, or where the row
    /// prints something else in that column.
    fn blank_cell(&self, table: &str, row: &[usize], term: &FigureTerm, bound: &Binding) -> Option<Source> {
        let first = *row.first()?;
        let figure = &self.facts.figures[first];
        let places: Vec<&ColumnPlace> = self
            .index
            .tables
            .get(table)?
            .columns
            .iter()
            .filter(|((component, phase, fund, flow), _)| {
                fits(&term.component, bound.component, component)
                    && fits(&term.phase, bound.phase, phase)
                    && fits(&term.fund, bound.fund, fund)
                    && fits(&term.flow, bound.flow, flow)
            })
            .flat_map(|(_, places)| places)
            .collect();
        let same_list = (figure.document, figure.sheet_number, figure.side.as_str());
        let mut of_list = places
            .iter()
            .filter(|(document, sheet, side, _)| (*document, *sheet, side.as_str()) == same_list)
            .peekable();
        if of_list.peek().is_none() {
            return (!places.is_empty()).then_some(Source::Blank);
        }
        let is_free = |column: u32| row.iter().all(|at| self.facts.figures[*at].column_number != column);
        of_list.find(|(.., column)| is_free(*column)).map(|(.., column)| Source::Empty(self.whose, first, *column))
    }

    /// The blank cell of a row in the column of another figure of its list.
    pub fn blank_beside(&self, row: &FigureFact, like: usize) -> Source {
        let named =
            self.index.tables.get(row.report_table.as_str()).map_or(&[][..], |table| table.named(row.row_key()));
        let place = |figure: &FigureFact| (figure.document, figure.sheet_number, figure.row_number);
        let mut named = named.iter().filter(|at| place(&self.facts.figures[**at]) == place(row));
        named.next().map_or(Source::Blank, |at| Source::Empty(self.whose, *at, self.facts.figures[like].column_number))
    }
}

trait OrNot<'a> {
    fn or_not(self, other: Option<&'a str>) -> Option<&'a str>;
}

impl<'a> OrNot<'a> for Option<&'a String> {
    fn or_not(self, other: Option<&'a str>) -> Option<&'a str> {
        self.map(String::as_str).or(other)
    }
}

fn fits(named: &Option<String>, bound: Option<&str>, found: &str) -> bool {
    named.as_deref().or(bound).is_none_or(|wanted| wanted == found)
}

/// Keeps the preferred candidates where the term leaves the choice open and there are any.
fn prefer(candidates: &mut Vec<usize>, is_preferred: impl Fn(&usize) -> bool, is_open: bool) {
    if is_open && candidates.iter().any(&is_preferred) {
        candidates.retain(is_preferred);
    }
}
