//! The rows of the load package: one struct per Parquet table of the stage room. Field names are column names.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::record::{ColumnKind, DocumentFinding, Field, Held, Holds, Record, records};
use crate::vocabulary::{ClaimKind, Contents, Level, ReadAs};

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    Money,
    Percent,
    /// 个, 人, 辆, 次 ..
    Count,
    /// Any other unit: 平方米, 分, 年 ..
    Other,
}

impl ValueKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ValueKind::Money => "money",
            ValueKind::Percent => "percent",
            ValueKind::Count => "count",
            ValueKind::Other => "other",
        }
    }

    /// The other way round; a word nobody wrote is [`ValueKind::Other`].
    pub fn parse(word: &str) -> Self {
        [Self::Money, Self::Percent, Self::Count].into_iter().find(|kind| kind.as_str() == word).unwrap_or(Self::Other)
    }
}

impl Holds for ValueKind {
    const KIND: ColumnKind = ColumnKind::Text;
    fn held(&self) -> Held<'_> {
        Held::Text(Cow::Borrowed(self.as_str()))
    }
}

/// Every table of the load package with its columns.
pub const TABLES: [(&str, &[Field]); 10] = [
    ("document", DocumentRecord::FIELDS),
    ("report_table", ReportTable::FIELDS),
    ("figure", Figure::FIELDS),
    ("budget_figure", Figure::FIELDS),
    ("claim", Claim::FIELDS),
    ("indicator", Indicator::FIELDS),
    ("paragraph", Paragraph::FIELDS),
    ("listed_unit", ListedUnit::FIELDS),
    ("reason", Reason::FIELDS),
    ("finding", DocumentFinding::FIELDS),
];

records! {
    /// Grain: one source file seen by a run.
    pub struct DocumentRecord {
        /// `doc_` and 16 hex digits of the SHA-256 of path and content.
        pub document_key: String,
        pub sha256: String,
        /// Path relative to its source folder, with `/`.
        pub file: String,
        pub source: String,
        pub bytes: u64,
        /// Found by content: xls, xlsx, text ..; empty when unreadable.
        pub format: String,
        pub encoding: String,
        pub document_kind: Contents,
        pub outcome: ReadAs,
        /// Standard name after cleaning and aliases, and as printed.
        pub department: String,
        pub department_printed: String,
        /// manifest, content, folder, path, or empty
        pub department_source: String,
        pub department_key: String,
        pub region_code: String,
        /// Unsaid where nobody is named.
        pub level: Level,
        pub fiscal_year: Option<i32>,
        pub year_source: String,
        /// department + fiscal year + level + final/budget: re-publications and the workbook and text of one disclosure share it.
        pub disclosure_key: String,
        /// From 1 within disclosure and document kind; the highest one is current.
        pub version: u32,
        /// Some table or the text of it is not replaced by a later version.
        pub is_current: bool,
        pub is_text_current: bool,
        /// Codes of the report tables that a later version replaces, joined by `|`.
        pub superseded_tables: String,
        pub published_date: Option<String>,
        pub approval_date: Option<String>,
        pub source_address: Option<String>,
        pub figures: u32,
        pub claims: u32,
        pub unclaimed_numbers: u32,
        pub message: String,
    }

    /// Grain: one recognised report table of one document.
    pub struct ReportTable {
        pub document_key: String,
        pub sheet_number: u32,
        pub sheet: String,
        pub report_table: String,
        pub layout: String,
        pub title: String,
        /// data, declared_empty, empty
        pub state: String,
        pub unit: String,
        /// Names printed beside 部门 or 编制单位 on this sheet, joined by `|`.
        pub departments: String,
        pub notes: String,
        pub is_hidden: bool,
        pub figures: u32,
    }

    /// Grain: one printed amount or count in one cell.
    pub struct Figure {
        pub document_key: String,
        pub sheet_number: u32,
        pub sheet: String,
        pub cell: String,
        /// From 1.
        pub row_number: u32,
        pub column_number: u32,
        pub report_table: String,
        pub layout: String,
        /// 收入, 支出 or empty
        pub side: String,
        pub component: String,
        pub phase: String,
        pub fund: String,
        pub flow: String,
        /// detail, subtotal, total, of_which
        pub row_role: String,
        pub line: Option<String>,
        /// As printed, digits only.
        pub code: Option<String>,
        /// From the printed code, or from the name where none is printed.
        pub function_code: Option<String>,
        pub economic_code: Option<String>,
        pub row_label: String,
        /// Label without numbering (一、 （一） 1. 其中：) and spaces.
        pub row_name: String,
        pub parent_label: Option<String>,
        /// Joined by `/`.
        pub header_path: String,
        pub printed: String,
        /// In the printed unit.
        pub value: Decimal,
        pub unit: String,
        pub unit_source: String,
        pub value_kind: ValueKind,
        pub amount_yuan: Option<Decimal>,
        /// Half of the last printed digit, in yuan for money, else in the printed unit.
        pub half_unit: Decimal,
        /// The entry under `pipelines/corrections/` that replaced the printed text.
        pub correction: Option<String>,
        /// The page it is printed on, from 1; none where the format has no pages.
        pub page: Option<u32>,
        /// Its cell on that page: left, top, right, bottom in points (1/72 inch) from the top left.
        pub page_box: Option<String>,
        /// How sure the program of `ocr` was of it, in percent; none where the file itself says what it prints.
        pub reading_score: Option<u32>,
    }

    /// Grain: one number (or wording that states one) in prose.
    pub struct Claim {
        pub document_key: String,
        pub line: u32,
        pub char_start: u32,
        pub char_end: u32,
        pub printed: String,
        /// Signed, in the printed unit; of what words state there is none: the warehouse holds NULL.
        pub value: Decimal,
        pub unit: String,
        pub value_kind: ValueKind,
        pub amount_yuan: Option<Decimal>,
        /// Half of the last printed digit, in yuan for money, else in the printed unit.
        pub half_unit: Decimal,
        /// What words state, a code of `worded.csv`; empty for numbers.
        pub word_code: String,
        pub section: String,
        pub section_path: String,
        pub item: String,
        pub item_printed: String,
        pub line_code: Option<String>,
        pub function_code: Option<String>,
        pub economic_code: Option<String>,
        pub item_path: String,
        pub measure: String,
        pub basis: String,
        pub fund: String,
        /// The year the number is about, where it is not the document's own.
        pub stated_year: Option<i32>,
        /// Code of what is counted, of what the basis counts and its money, and the group of sections it stands in.
        pub item_code: String,
        pub basis_code: String,
        pub basis_fund: String,
        pub section_group: String,
        /// First line of the paragraph.
        pub paragraph: u32,
        /// Characters of `sentence` before the number.
        pub sentence_offset: u32,
        /// Line and first character, joined by a colon, of the count this one is a part of; empty where it is none.
        pub part_of: String,
        /// more, less, equal, about_equal: an account against its budget, in words.
        pub said: String,
        /// Names listed as what the amount is spent on.
        pub listed: String,
        pub kind: ClaimKind,
        pub sentence: String,
        pub reason: String,
        /// The words that lead to the reason: 决算数小于预算数的主要原因 ..
        pub reason_opening: String,
        pub rule: String,
        /// Number among the claims that start at the same character, from 0.
        pub meaning: u32,
        /// The page it is printed on, from 1; none where the format has no pages.
        pub page: Option<u32>,
        /// As of a figure: of the least sure line of its paragraph.
        pub reading_score: Option<u32>,
    }

    /// Grain: one row of a performance indicator table.
    pub struct Indicator {
        pub document_key: String,
        pub line: u32,
        pub row_number: String,
        pub section_path: String,
        pub name: String,
        pub nature: String,
        pub target: String,
        pub actual: String,
        pub unit: String,
        pub weight: String,
        pub score: String,
    }

    /// Grain: one paragraph of a text.
    pub struct Paragraph {
        pub document_key: String,
        pub line: u32,
        pub section: String,
        pub section_path: String,
        /// Rank of the heading it opens with; 0 where it opens with none.
        pub heading_level: u32,
        /// The heading's number; 0 where it has none.
        pub ordinal: u32,
        pub has_body: bool,
        pub has_table_below: bool,
        pub text: String,
    }

    /// Grain: one unit listed under 部门决算单位构成.
    pub struct ListedUnit {
        pub document_key: String,
        pub line: u32,
        pub name: String,
        pub remark: String,
    }

    /// Grain: one stated reason that explains no number.
    pub struct Reason {
        pub document_key: String,
        pub line: u32,
        pub section_path: String,
        pub item: String,
        pub text: String,
    }
}
