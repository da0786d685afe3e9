//! What reconciliation compares, as plain structs: table figures, statements in prose, the tables and indicators around them.

use rust_decimal::Decimal;

use super::columns::facts;
use super::text::Text;
use crate::normalise::ValueKind;
use crate::vocabulary::{CellReference, ClaimKind, Place};

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
    pub fn row_key(&self) -> &Text {
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
