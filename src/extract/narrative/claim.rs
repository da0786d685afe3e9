//! What the narrative room hands on.

use super::paragraphs::title::Kind;
use crate::vocabulary::{ClaimKind, Finding};

/// What was received or spent, in the words of contracts (measure of a claim).
pub const FINAL_ACCOUNT: &str = "final_account";
/// Measure of a part in hundredths of a whole.
pub const SHARE: &str = "share_percent";
/// How much of a budget was spent, in percent.
pub const COMPLETION: &str = "completion_percent";

/// One number (or a wording that states one, such as 持平) in prose. Offsets count characters of the decoded line.
#[derive(Debug, Clone)]
pub struct RawClaim {
    pub line: u32,
    pub start: u32,
    pub end: u32,
    /// The number's text, separators and spaces as printed, without its unit.
    pub printed: String,
    /// -1 where the verb says 减少, 下降, 压减 ..
    pub sign: i8,
    /// As printed (万元, %, 个, 台（套）..); inherited where two numbers share one.
    pub unit: String,
    /// Section code in `pipelines/narrative/` and the heading path as printed, joined by `/`.
    pub section: String,
    pub section_path: String,
    /// Standard name of what is counted, and the name as printed.
    pub item: String,
    pub item_printed: String,
    /// Code in lines.csv, where the item is one.
    pub line_code: Option<String>,
    pub function_code: Option<String>,
    pub economic_code: Option<String>,
    /// Names from 类 down to the item, joined by `/`.
    pub item_path: String,
    /// final_account, change_vs_prior_year, .. (design.md's vocabulary)
    pub measure: String,
    /// What a change, share or completion is against: 上年, 年初预算, 本年收入合计 ..
    pub basis: String,
    /// Code in funds.csv; empty where the sentence does not say.
    pub fund: String,
    /// The year the number is about, where it is not the document's own.
    pub year: Option<i32>,
    /// Code of what is counted: functional or economic code, a code of the dictionary, a line, else the name itself.
    pub item_code: String,
    /// The same of the basis, where the dictionary knows it.
    pub basis_code: String,
    pub basis_fund: String,
    /// The group of sections it stands in, as checks speak of them.
    pub section_group: String,
    /// First line of its paragraph.
    pub paragraph: u32,
    /// Characters of `sentence` before the number.
    pub sentence_offset: u32,
    /// Line and first character of the count that it is a part of (其中).
    pub part_of: Option<(u32, u32)>,
    /// An account against its budget, in words: more, less, equal, about_equal.
    pub said: String,
    /// The names the sentence lists as what the amount is spent on.
    pub listed: String,
    pub kind: ClaimKind,
    pub sentence: String,
    /// Text after 主要原因, on the claim it explains, and the words of its sentence that lead to it (决算数小于预算数的主要原因).
    pub reason: String,
    pub reason_opening: String,
    pub rule: String,
    /// What words without a number state (评价等级为“优”, 无此项支出): a code of `worded.csv`; empty for numbers.
    pub word_code: String,
}

/// One row of a performance indicator table.
#[derive(Debug, Clone)]
pub struct RawIndicator {
    /// Line of the row's first cell.
    pub line: u32,
    pub row_number: String,
    /// Heading path the table stands under.
    pub section_path: String,
    pub name: String,
    /// ≥, ≤, ＝, 定性 ..
    pub nature: String,
    pub target: String,
    pub actual: String,
    pub unit: String,
    pub weight: String,
    pub score: String,
}

/// A reason that explains no number (after 持平, or without one).
#[derive(Debug, Clone)]
pub struct RawReason {
    pub line: u32,
    pub section_path: String,
    pub item: String,
    pub text: String,
}

/// One paragraph and the heading it stands under: what is left of a text once its numbers are taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawParagraph {
    pub line: u32,
    /// Section code in `pipelines/narrative/` and the heading path as printed, joined by `/`.
    pub section: String,
    pub section_path: String,
    /// Rank of the heading the paragraph opens with (第一部分 1, 一、 2, （一） 3 ..); 0 where it opens with none.
    pub heading_level: u8,
    /// The heading's number.
    pub ordinal: Option<u32>,
    /// Words of the paragraph stand behind its heading, or it has none.
    pub has_body: bool,
    /// A table comes before the next paragraph.
    pub has_table_below: bool,
    /// In comparable form: half-width, without blanks inside words.
    pub text: String,
}

/// A unit listed under 部门决算单位构成.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawListedUnit {
    pub line: u32,
    pub name: String,
    /// The other cells of its row: 并入本级 ..
    pub remark: String,
}

/// Why a document's lines give nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nothing {
    /// It has none.
    NoText,
    /// It calls itself a budget, in this line.
    Budget(String),
    /// No title, heading or sentence speaks of final accounts.
    NotOfAccounts,
    /// It speaks of them and states no amount.
    NoAmount,
    /// It states amounts, and neither a title nor a name nor a heading makes them accounts of somebody.
    Untitled,
}

impl NarrativeReading {
    pub fn nothing(kind: Kind, why: Nothing) -> Self {
        Self { kind, nothing: Some(why), ..Self::default() }
    }
}

/// Everything read from a document's lines.
#[derive(Debug, Clone, Default)]
pub struct NarrativeReading {
    /// False where the text is not an explanation of final accounts: then nothing else is filled.
    pub is_disclosure: bool,
    pub claims: Vec<RawClaim>,
    pub indicators: Vec<RawIndicator>,
    pub reasons: Vec<RawReason>,
    /// Why it is none.
    pub nothing: Option<Nothing>,
    pub printed_years: Vec<i32>,
    pub kind: Kind,
    pub listed_units: Vec<RawListedUnit>,
    pub paragraphs: Vec<RawParagraph>,
    /// Numbers no rule claimed, and those recognised as not being figures (years, ordinals, thresholds ..).
    pub unclaimed: u32,
    pub not_figures: u32,
    pub findings: Vec<Finding>,
}
