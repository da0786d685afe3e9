//! The facts of one disclosure, as plain structs: what reconciliation reads.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::columns::facts;
use super::text::Text;
use crate::normalise::ValueKind;
use crate::vocabulary::{CellReference, ClaimKind, Level, Place};

/// Everything known about one disclosure (one department or unit, one fiscal year), current versions only.
#[derive(Debug, Clone, Default)]
pub struct DisclosureFacts {
    pub disclosure_key: String,
    pub department: String,
    pub department_key: String,
    pub region_code: String,
    pub fiscal_year: Option<i32>,
    /// department (部门) or unit (单位)
    pub level: Level,
    pub documents: Vec<DocumentFact>,
    pub figures: Vec<FigureFact>,
    pub claims: Vec<ClaimFact>,
    pub report_tables: Vec<ReportTableFact>,
    /// Cells whose reading is in doubt: what rests on them is no fault of the publisher.
    pub doubtful_cells: Vec<DoubtfulCell>,
    pub indicators: Vec<IndicatorFact>,
    pub reasons: Vec<ReasonFact>,
    /// The same department's disclosure of the year before.
    pub prior: Option<Arc<DisclosureFacts>>,
    /// The disclosures of the department's own units.
    pub units: Vec<Arc<DisclosureFacts>>,
    /// What the SQL files of checks of method `query` say about it.
    pub answers: Vec<Answer>,
}

/// One current document of the disclosure.
#[derive(Debug, Clone, Default)]
pub struct DocumentFact {
    pub document_key: Text,
    pub file: Text,
    /// workbook, text or mixed
    pub kind: String,
}

/// A cell that gave no figure, or one that may not be its own. Rows and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulCell {
    pub document: usize,
    pub sheet: String,
    pub row: u32,
    pub column: u32,
    /// Nothing further right in its row could be read either.
    pub is_row_from_here: bool,
    /// Nobody sees it: what its sheet adds up may lack it, or others with it.
    pub is_hidden: bool,
}

impl DoubtfulCell {
    pub fn cell(&self) -> CellReference {
        CellReference::new(self.row.saturating_sub(1), self.column.saturating_sub(1))
    }
}

/// One row of the SQL file that answers a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub check_id: String,
    /// Empty: the disclosure as a whole.
    pub document_key: String,
    pub place: Place,
    pub subject: String,
    pub says: Says,
    /// A cell it rests on whose reading is in doubt: then it blames nobody.
    pub doubt: Option<String>,
}

/// What a query says of one subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Says {
    Holds,
    /// What is wrong, in Chinese and in English.
    Broken {
        zh: String,
        en: String,
    },
    /// What is missing.
    Unknown(String),
    /// Two numbers to be compared, each with the half unit its printing leaves open.
    Compare {
        left: (Decimal, Decimal),
        right: (Decimal, Decimal),
    },
}

facts! {
    /// One printed table figure. Absent codes are empty.
    pub struct FigureFact {
        pub sheet_number: u32,
        pub sheet: Text,
        pub cell: Text,
        pub row_number: u32,
        pub column_number: u32,
        pub report_table: Text,
        pub side: Text,
        pub component: Text,
        pub phase: Text,
        pub fund: Text,
        pub flow: Text,
        pub row_role: Text,
        pub line: Text,
        pub function_code: Text,
        pub economic_code: Text,
        pub row_label: Text,
        pub row_name: Text,
        pub parent_label: Text,
        pub header_path: Text,
        pub printed: Text,
        pub value: Decimal,
        pub unit: Text,
        pub value_kind: ValueKind,
        pub amount_yuan: Option<Decimal>,
        /// Half of the last printed digit, in yuan for money, else in the printed unit.
        pub half_unit: Decimal,
        /// Set where a program recognised it on a picture: how sure it was, in percent.
        pub reading_score: Option<i32>,
    }

    /// One number stated in prose.
    pub struct ClaimFact {
        pub claim_key: Text,
        pub line: u32 = "line_number",
        pub char_start: u32,
        pub char_end: u32,
        pub printed: Text,
        /// Signed, in the printed unit.
        pub value: Decimal,
        pub unit: Text,
        pub value_kind: ValueKind,
        pub amount_yuan: Option<Decimal>,
        pub half_unit: Decimal,
        pub section: Text,
        pub section_path: Text,
        pub item: Text,
        pub item_printed: Text,
        pub line_code: Text = "line",
        pub function_code: Text,
        pub economic_code: Text,
        pub item_path: Text,
        pub measure: Text,
        pub basis: Text,
        pub fund: Text,
        pub stated_year: Option<i32>,
        pub kind: ClaimKind = "claim_kind",
        pub sentence: Text,
        pub reason: Text,
        /// The words that lead to the reason.
        pub reason_opening: Text,
        /// Code of what is counted, and of what the basis counts.
        pub item_code: Text,
        pub basis_code: Text,
        pub basis_fund: Text,
        pub section_group: Text,
        /// First line of the paragraph.
        pub paragraph: u32,
        /// Characters of the sentence before the number.
        pub sentence_offset: u32,
        /// Line and first character of the count it is a part of.
        pub part_of: Text,
        /// more, less, equal, about_equal
        pub said: Text,
        /// Names listed as what the amount is spent on.
        pub listed: Text,
        /// Set where a program recognised its paragraph on a picture: how sure it was, in percent.
        pub reading_score: Option<i32>,
    }

    /// One recognised report table.
    #[derive(Default)]
    pub struct ReportTableFact {
        pub sheet_number: u32,
        pub sheet: String,
        pub report_table: String,
        pub title: String,
        /// data, declared_empty, empty
        pub state: String,
        pub notes: String,
    }

    /// One row of a performance indicator table.
    #[derive(Default)]
    pub struct IndicatorFact {
        pub line: u32 = "line_number",
        pub name: String,
        /// ≥, ≤, ＝, 定性 ..
        pub nature: String,
        pub target: String,
        pub unit: String,
    }

    /// A stated reason that explains no number.
    #[derive(Default)]
    pub struct ReasonFact {
        pub line: u32 = "line_number",
        pub text: String,
    }
}

impl FigureFact {
    /// What names the row inside its table: the code, else the line.
    pub fn row_key(&self) -> &str {
        if !self.function_code.is_empty() {
            &self.function_code
        } else if !self.economic_code.is_empty() {
            &self.economic_code
        } else {
            &self.line
        }
    }

    /// The cell of this row in another column, counted from 1.
    pub fn cell_in(&self, column: u32) -> CellReference {
        CellReference::new(self.row_number.saturating_sub(1), column.saturating_sub(1))
    }

    pub fn place(&self) -> Place {
        match CellReference::parse(&self.cell) {
            Some(cell) => Place::Cell { sheet: self.sheet.to_string(), cell },
            None => Place::Sheet { sheet: self.sheet.to_string() },
        }
    }

    /// Yuan for money, the printed number otherwise.
    pub fn base_value(&self) -> Decimal {
        self.amount_yuan.unwrap_or(self.value)
    }
}

impl ClaimFact {
    pub fn place(&self) -> Place {
        Place::Span { line: self.line, start: self.char_start, end: self.char_end }
    }

    pub fn base_value(&self) -> Decimal {
        self.amount_yuan.unwrap_or(self.value)
    }

    /// Code in funds.csv; `all` where neither the claim nor its section says which money.
    pub fn money(&self) -> &str {
        if self.fund.is_empty() { "all" } else { &self.fund }
    }

    /// Whether it may enter arithmetic at all.
    pub fn is_usable(&self) -> bool {
        !self.is_doubtful() && self.base_value().abs() < Decimal::from(10_000_000_000_000_000u64)
    }

    /// Whether the reading itself is doubtful: such a claim can never make the publisher wrong.
    pub fn is_doubtful(&self) -> bool {
        matches!(self.kind, ClaimKind::TemplateRemnant | ClaimKind::Approximate)
    }
}

impl DisclosureFacts {
    pub fn file(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |found| &found.file)
    }

    pub fn document_key(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |found| &found.document_key)
    }
}

/// What a printed number leaves open, after dropped trailing zeros are put back.
///
/// Where a cell prints fewer decimals than its table (or than its document, for prose) mostly does, the trailing zeros
/// were dropped. Yuan to the fen is exact, and so is a count.
#[derive(Debug, Default)]
pub struct Precision {
    /// By position in `DisclosureFacts::figures`, in the base unit.
    figures: Vec<Decimal>,
    /// By position in `DisclosureFacts::claims`.
    claims: Vec<Decimal>,
}

impl Precision {
    pub fn of(facts: &DisclosureFacts) -> Self {
        let table_of = |figure: &'_ FigureFact| (figure.document, figure.sheet_number);
        let mut tables: HashMap<_, HalfUnits> = HashMap::new();
        for figure in facts.figures.iter().filter(|figure| !figure.value.is_zero()) {
            tables.entry((table_of(figure), figure.unit.as_str())).or_default().count(figure.half_unit);
        }
        let mut prose: HashMap<_, HalfUnits> = HashMap::new();
        let mut finest_amount: HashMap<usize, Decimal> = HashMap::new();
        for claim in facts.claims.iter().filter(|claim| !claim.value.is_zero()) {
            prose.entry((claim.document, claim.unit.as_str())).or_default().count(claim.half_unit);
            if claim.value_kind == ValueKind::Money {
                let half = finest_amount.entry(claim.document).or_insert(claim.half_unit);
                *half = claim.half_unit.min(*half);
            }
        }
        let (tables, prose) = (most_common(tables), most_common(prose));
        let rounded = rounded_by_size(facts, &prose);
        let of_figure = |figure: &FigureFact| {
            let usual = tables.get(&(table_of(figure), figure.unit.as_str())).copied();
            left_open(figure.half_unit, usual, figure.value_kind, &figure.unit)
        };
        let of_claim = |claim: &ClaimFact| match claim.kind {
            ClaimKind::Nil => Decimal::ZERO,
            // 持平 says "no change" as finely as amounts are printed around it.
            // 98% beside 71.65% is rounded to the whole percent: no trailing zeros are dropped from quotients.
            _ if claim.value_kind == ValueKind::Percent && claim.kind != ClaimKind::Flat => claim.half_unit,
            ClaimKind::Flat => finest_amount.get(&claim.document).copied().unwrap_or(Decimal::ONE_HUNDRED),
            _ => {
                let key = (claim.document, claim.unit.as_str());
                let usual = prose.get(&key).copied().filter(|_| !rounded.contains(&key));
                // An average is a rounded quotient, however finely it is printed.
                let kind = if claim.measure == "average" { ValueKind::Other } else { claim.value_kind };
                left_open(claim.half_unit, usual, kind, &claim.unit)
            }
        };
        Self {
            figures: facts.figures.iter().map(of_figure).collect(),
            claims: facts.claims.iter().map(of_claim).collect(),
        }
    }

    pub fn of_figure(&self, at: usize) -> Decimal {
        self.figures[at]
    }

    pub fn of_claim(&self, at: usize) -> Decimal {
        self.claims[at]
    }
}

/// As many coarse amounts as show that they were rounded.
const SOME: usize = 5;

/// 12387万元 beside 62.60万元: documents and units whose coarser amounts are larger than nearly all that are printed as finely
/// as most are. These were rounded for their size; no trailing zeros were dropped.
fn rounded_by_size<'a>(
    facts: &'a DisclosureFacts,
    usual: &HashMap<(usize, &'a str), Decimal>,
) -> HashSet<(usize, &'a str)> {
    /// Fine ones and coarse ones.
    type Sizes = (Vec<Decimal>, Vec<Decimal>);
    let mut sizes: HashMap<(usize, &str), Sizes> = HashMap::new();
    for claim in facts.claims.iter().filter(|claim| claim.value_kind == ValueKind::Money && !claim.value.is_zero()) {
        let key = (claim.document, claim.unit.as_str());
        let (fine, coarse) = sizes.entry(key).or_default();
        let is_coarse = usual.get(&key).is_some_and(|usual| claim.half_unit > *usual);
        if is_coarse { coarse.push(claim.value.abs()) } else { fine.push(claim.value.abs()) }
    }
    let is_rounded = |(fine, coarse): &Sizes| {
        let smallest = coarse.iter().min().copied().unwrap_or_default();
        let as_large = fine.iter().filter(|size| **size >= smallest).count();
        coarse.len() >= SOME && as_large * 4 <= fine.len()
    };
    sizes.into_iter().filter(|(_, sizes)| is_rounded(sizes)).map(|(key, _)| key).collect()
}

/// How often each half unit is printed.
#[derive(Default)]
struct HalfUnits(Vec<(Decimal, u32)>);

impl HalfUnits {
    fn count(&mut self, half: Decimal) {
        match self.0.iter_mut().find(|(known, _)| *known == half) {
            Some((_, times)) => *times += 1,
            None => self.0.push((half, 1)),
        }
    }

    /// Of equally common ones the finest.
    fn most_common(self) -> Option<Decimal> {
        let (half, _) = self.0.into_iter().max_by_key(|(half, times)| (*times, std::cmp::Reverse(*half)))?;
        Some(half)
    }
}

fn most_common<K: Eq + std::hash::Hash>(counted: HashMap<K, HalfUnits>) -> HashMap<K, Decimal> {
    counted.into_iter().filter_map(|(key, halves)| Some((key, halves.most_common()?))).collect()
}

fn left_open(own: Decimal, usual: Option<Decimal>, kind: ValueKind, unit: &str) -> Decimal {
    let half = usual.map_or(own, |usual| own.min(usual));
    let is_exact = match kind {
        ValueKind::Money => half <= Decimal::new(5, 3),
        ValueKind::Count => !unit.starts_with(['万', '亿']),
        ValueKind::Percent | ValueKind::Other => false,
    };
    if is_exact { Decimal::ZERO } else { half }
}
