//! Everything reconciliation knows of one disclosure.

use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use super::index::Index;
use super::operands::{ClaimFact, FigureFact, IndicatorFact, ReasonFact, ReportTableFact};
use super::text::Text;
use crate::vocabulary::{CellReference, Level, Place};

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
    pub index: IndexOnce,
}

/// The index of one disclosure's facts, made when something is first looked up in them: for its own checks, those of the next
/// year or those of its department. A copy makes its own, since it may be changed before.
#[derive(Debug, Default)]
pub struct IndexOnce(OnceLock<Index>);

impl Clone for IndexOnce {
    fn clone(&self) -> Self {
        Self::default()
    }
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

impl DisclosureFacts {
    pub fn index(&self) -> &Index {
        self.index.0.get_or_init(|| Index::of(&self.figures, &self.claims, &self.report_tables))
    }

    pub fn file(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |found| &found.file)
    }

    pub fn document_key(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |found| &found.document_key)
    }
}
