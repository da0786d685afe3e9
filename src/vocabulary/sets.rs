//! Closed sets, enums until they are written: whose accounts a document states, what it holds, what became of it, and
//! how its sentences state a value.

use serde::{Deserialize, Serialize};

/// Whose accounts a document states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 部门, with its units.
    Department,
    /// 单位, by itself.
    Unit,
    /// A whole area: 某县, 区本级.
    Government,
    /// Nothing says it.
    #[default]
    #[serde(rename = "")]
    Unsaid,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Department => "department",
            Level::Unit => "unit",
            Level::Government => "government",
            Level::Unsaid => "",
        }
    }

    /// The other way round; `None` for a word that is none of them.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Department, Self::Unit, Self::Government, Self::Unsaid].into_iter().find(|level| level.as_str() == word)
    }

    /// This one, or the other where nothing says it.
    pub fn or(self, other: Self) -> Self {
        if self == Level::Unsaid { other } else { self }
    }
}

/// What a document was found to hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contents {
    /// Tables alone.
    Workbook,
    /// Lines alone.
    Text,
    Mixed,
    /// It could not be read.
    #[default]
    #[serde(rename = "")]
    Unknown,
}

impl Contents {
    pub fn as_str(self) -> &'static str {
        match self {
            Contents::Workbook => "workbook",
            Contents::Text => "text",
            Contents::Mixed => "mixed",
            Contents::Unknown => "",
        }
    }
}

/// What became of a document when it was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// Final accounts: its figures are facts.
    Loaded,
    /// A budget: its figures are kept apart.
    Budget,
    NotADisclosure,
    /// Of a format that this program does not read.
    NotRead,
    /// Nothing, so far: it cannot be read, or costs too much.
    #[default]
    Failed,
}

impl ReadAs {
    pub fn as_str(self) -> &'static str {
        match self {
            ReadAs::Loaded => "loaded",
            ReadAs::Budget => "budget",
            ReadAs::NotADisclosure => "not_a_disclosure",
            ReadAs::NotRead => "not_read",
            ReadAs::Failed => "failed",
        }
    }

    /// Which accounts of a year it states: `final`, `budget`, or `None` where it states none.
    pub fn accounts(self) -> Option<&'static str> {
        match self {
            ReadAs::Loaded => Some("final"),
            ReadAs::Budget => Some("budget"),
            ReadAs::NotADisclosure | ReadAs::NotRead | ReadAs::Failed => None,
        }
    }
}

/// How a sentence states a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ClaimKind {
    #[default]
    Number,
    /// 三辆
    ChineseNumeral,
    /// 约, 余: such a number enters no arithmetic.
    Approximate,
    /// 持平
    Flat,
    /// 无此项支出
    Nil,
    /// A blank of the form that nobody filled in (XX 万元).
    TemplateRemnant,
    /// Words that state a code instead of a value (评价等级为“优”).
    Worded,
}

impl ClaimKind {
    const ALL: [Self; 7] = [
        Self::Number,
        Self::ChineseNumeral,
        Self::Approximate,
        Self::Flat,
        Self::Nil,
        Self::TemplateRemnant,
        Self::Worded,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ClaimKind::Number => "number",
            ClaimKind::ChineseNumeral => "chinese_numeral",
            ClaimKind::Approximate => "approximate",
            ClaimKind::Flat => "flat",
            ClaimKind::Nil => "nil",
            ClaimKind::TemplateRemnant => "template_remnant",
            ClaimKind::Worded => "worded",
        }
    }

    /// The other way round; `None` for a word that is none of them.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
