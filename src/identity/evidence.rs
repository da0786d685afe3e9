//! What may say whose a document is.

use serde::{Deserialize, Serialize};

use super::several::Share;
use crate::discover::SourceFile;
use crate::vocabulary::Level;

/// A name a document prints as its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedName {
    pub text: String,
    /// How much speaks for it: title, headings, mentions.
    pub votes: u32,
    /// The title names a whole area (某县, 区本级) and speaks of no department.
    pub is_area: bool,
}

/// What a document says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitlePage {
    /// The most trusted first.
    pub names: Vec<PrintedName>,
    /// Words around the text (its source, the way to its page) that may name a place, never a publisher.
    pub places: Vec<String>,
    /// Fiscal years, the most trusted first.
    pub years: Vec<i32>,
    pub level: Level,
}

impl TitlePage {
    /// Names of tables, printed beside the words 部门 or 编制单位.
    pub fn take_names_of_tables(&mut self, names: Vec<String>) {
        const VOTES: u32 = 6;
        for text in names {
            match self.names.iter_mut().find(|known| known.text == text) {
                Some(known) => known.votes += VOTES,
                None => self.names.push(PrintedName { text, votes: VOTES, is_area: false }),
            }
        }
        self.names.sort_by_key(|name| std::cmp::Reverse(name.votes));
    }

    pub fn texts(&self) -> Vec<String> {
        self.names.iter().map(|name| name.text.clone()).collect()
    }
}

/// Everything that may say whose disclosure a file is, and of which year.
#[derive(Debug, Clone, Default)]
pub struct Evidence<'a> {
    /// From manifest.csv: believed before everything else. The region is a code or a name.
    pub manifest_department: Option<&'a str>,
    pub manifest_region: Option<&'a str>,
    pub manifest_year: Option<i32>,
    /// Folders between the source folder and the file, outermost first.
    pub folders: Vec<&'a str>,
    /// File name without extension.
    pub file_stem: &'a str,
    pub title_page: TitlePage,
    /// It is one publisher's part of a file: what is said of the whole file does not name it.
    pub share: Option<&'a Share>,
    /// What no other document shares: its path and its content.
    pub document: String,
}

impl<'a> Evidence<'a> {
    /// What is known of a file without opening it, and what its first lines say.
    pub fn of(source: &'a SourceFile, title_page: TitlePage) -> Self {
        let said = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let row = source.manifest.as_ref();
        Self {
            manifest_department: row.and_then(|row| said(&row.department)),
            manifest_region: row.and_then(|row| said(&row.region)),
            manifest_year: row.and_then(|row| row.fiscal_year),
            title_page,
            document: format!("{}/{} {}", source.source, source.file, source.sha256),
            ..Self::of_path(&source.file)
        }
    }

    /// What a path says, with `/` between folders.
    pub fn of_path(path: &'a str) -> Self {
        let mut folders: Vec<&str> = path.split('/').collect();
        let name = folders.pop().unwrap_or_default();
        let file_stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        Self { folders, file_stem, ..Self::default() }
    }

    /// The manifest's year, else the one the title lines print, else one in the path; and which of these it was.
    pub fn fiscal_year(&self) -> (Option<i32>, &'static str) {
        if let Some(year) = self.share.and_then(|share| share.fiscal_year) {
            return (Some(year), "content");
        }
        if self.manifest_year.is_some() {
            return (self.manifest_year, "manifest");
        }
        if let Some(year) = self.title_page.years.first() {
            return (Some(*year), "content");
        }
        let in_path = std::iter::once(self.file_stem).chain(self.folders.iter().rev().copied()).find_map(year_in);
        (in_path, if in_path.is_some() { "path" } else { "" })
    }
}

/// The last four digits that can be a year and do not belong to a longer number.
fn year_in(name: &str) -> Option<i32> {
    name.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .rfind(|year| (2000..2100).contains(year))
}
