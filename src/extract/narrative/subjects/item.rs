//! What a number is about.

/// Code in funds.csv of money whose origin nothing says.
const ALL_MONEY: &str = "all";

/// What a number is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    pub standard: String,
    pub printed: String,
    pub line: Option<String>,
    pub function: Option<String>,
    pub economic: Option<String>,
    /// Names from 类 down, joined by `/`.
    pub path: String,
    /// Only the beginning and the end of the name are known (接待…).
    pub is_open: bool,
    /// Its words are of this money, whatever the section is about. Empty: as its name or its section says.
    pub fund: String,
}

impl Item {
    /// The same, of all money.
    pub fn of_all_money(self) -> Self {
        Self { fund: ALL_MONEY.to_owned(), ..self }
    }

    /// A name of the code lists.
    pub fn is_listed(&self) -> bool {
        self.line.is_some() || self.function.is_some() || self.economic.is_some()
    }
}
