//! What the pages of a document hold that is not read, or not read from its characters.

use super::geometry::PrintedPage;
use crate::decode::failure::DecodeFailure;
use crate::decode::inside::PICTURED_TABLE_HINT;
use crate::vocabulary::{Finding, Place, Severity};

/// Amounts quoted in one finding; the rest is counted.
const QUOTED: usize = 3;

/// What is told of the pages once all are taken.
#[derive(Default)]
pub struct Notes {
    pub pages: u32,
    unmapped: Vec<(u32, u32)>,
    pictured: Vec<u32>,
    beside_text: Vec<u32>,
    hidden: Vec<u32>,
    off_paper: Vec<(u32, u32)>,
    recognised: Vec<u32>,
    unread: Vec<(u32, String)>,
    across: Vec<(u32, String)>,
    aslant: Vec<(u32, Vec<String>)>,
}

impl Notes {
    pub(super) fn take(&mut self, page: &PrintedPage) {
        self.pages += 1;
        if page.unmapped > 0 {
            self.unmapped.push((page.number, page.unmapped));
        }
        if page.invisible > 0 {
            self.hidden.push(page.number);
        }
        let off = page.glyphs.iter().filter(|glyph| !glyph.character.is_whitespace() && !page.shows(glyph)).count();
        let off = off as u32 + page.off_paper;
        if off > 0 {
            self.off_paper.push((page.number, off));
        }
        if page.shows_pictures() {
            self.beside_text.push(page.number);
        }
        let is_told = |told: &[(u32, String)]| told.iter().any(|(number, _)| *number == page.number);
        if page.is_picture() && !self.recognised.contains(&page.number) && !is_told(&self.unread) {
            self.pictured.push(page.number);
        }
    }

    /// A page was read from its picture; these texts on it stand across a rule.
    pub fn recognised(&mut self, page: u32, across: Vec<String>) {
        self.recognised.push(page);
        self.across.extend(across.into_iter().map(|text| (page, text)));
    }

    /// Why a page that is a picture could not be read.
    pub fn unread(&mut self, page: u32, why: String) {
        self.unread.push((page, why));
    }

    /// Amounts on a page that run in another direction than its text, and stand in no table.
    pub(super) fn aslant(&mut self, page: u32, amounts: Vec<String>) {
        if !amounts.is_empty() {
            self.aslant.push((page, amounts));
        }
    }

    pub(super) fn nothing_written(&self) -> DecodeFailure {
        if let Some((page, why)) = self.unread.first() {
            return DecodeFailure::unsupported(
                &format!("a document whose pages are pictures (page {page}: {why})"),
                RECOGNISER_HINT,
            );
        }
        if self.pictured.is_empty() && self.hidden.is_empty() {
            return DecodeFailure::Empty;
        }
        DecodeFailure::unsupported("a document whose pages are pictures", PICTURE_HINT)
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.unmapped.is_empty() {
            let count: u32 = self.unmapped.iter().map(|(_, count)| count).sum();
            let pages: Vec<u32> = self.unmapped.iter().map(|(page, _)| *page).collect();
            findings.push(of_disclosure(
                "decode.unnamed_characters",
                format!("{count} characters are drawn without saying which they are (page {}); none of them is guessed", listed(&pages)),
                "the file's fonts lack their table of characters: look for the publisher's Excel attachment, or compare these pages by eye",
            ));
        }
        if !self.pictured.is_empty() {
            let message = format!(
                "{} of {} pages are pictures: what they show is not read (page {})",
                self.pictured.len(),
                self.pages,
                listed(&self.pictured)
            );
            findings.push(of_disclosure("decode.picture_pages", message, PICTURE_HINT));
        }
        if !self.beside_text.is_empty() {
            let message = format!(
                "{} of {} pages hold large pictures beside their text: what they show is not read (page {})",
                self.beside_text.len(),
                self.pages,
                listed(&self.beside_text)
            );
            findings.push(Finding::disclosure(
                "decode.pictures",
                Severity::Info,
                Place::File,
                message,
                PICTURED_TABLE_HINT.to_owned(),
            ));
        }
        if !self.hidden.is_empty() {
            let message = format!(
                "{} of {} pages hold text that is not shown: it is not read (page {})",
                self.hidden.len(),
                self.pages,
                listed(&self.hidden)
            );
            let hint = "compare these pages by eye: text behind a picture comes from a recognition nobody checked";
            findings.push(of_disclosure("decode.hidden_text", message, hint));
        }
        if !self.off_paper.is_empty() {
            let count: u32 = self.off_paper.iter().map(|(_, count)| count).sum();
            let pages: Vec<u32> = self.off_paper.iter().map(|(page, _)| *page).collect();
            findings.push(of_disclosure(
                "decode.off_paper",
                format!("{count} characters stand outside of the paper (page {}): they are not read", listed(&pages)),
                "a table may be cut off there: look for the publisher's Excel attachment",
            ));
        }
        findings.extend(self.aslant.iter().map(|(page, amounts)| aslant(*page, amounts)));
        findings.extend(self.of_recogniser());
        findings
    }

    /// What came of the pages that a program was asked to read.
    fn of_recogniser(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.recognised.is_empty() {
            findings.push(Finding::extraction(
                "decode.recognised",
                Severity::Info,
                Place::File,
                format!(
                    "{} of {} pages are pictures that the program named in `ocr` has read (page {})",
                    self.recognised.len(),
                    self.pages,
                    listed(&self.recognised)
                ),
                "their figures and claims carry reading = 'ocr' and a score: compare those of a low score by eye"
                    .to_owned(),
            ));
        }
        let mut reasons: Vec<&String> = self.unread.iter().map(|(_, why)| why).collect();
        reasons.sort();
        reasons.dedup();
        for why in reasons {
            let pages: Vec<u32> = self.unread.iter().filter(|(_, other)| other == why).map(|(page, _)| *page).collect();
            findings.push(Finding::extraction(
                "decode.recogniser_failed",
                Severity::Warning,
                Place::File,
                format!(
                    "{} of {} pages are pictures and were not read (page {}): {why}",
                    pages.len(),
                    self.pages,
                    listed(&pages)
                ),
                RECOGNISER_HINT.to_owned(),
            ));
        }
        findings.extend(self.across.iter().map(|(page, text)| {
            Finding::extraction(
                "decode.text_across_rule",
                Severity::Warning,
                Place::File,
                format!("page {page}: “{text}” was recognised across a rule: which cell its characters belong to cannot be told, and none of them is read"),
                "compare these cells by eye and add a correction".to_owned(),
            )
        }));
        findings
    }
}

const PICTURE_HINT: &str = "look for the publisher's Excel attachment, or a copy whose text can be selected; `ocr` in the pipeline names a program that reads pictures";
const RECOGNISER_HINT: &str =
    "try the program named in `ocr` by hand on such a page; they are tried again with the next run";

fn of_disclosure(check: &str, message: String, hint: &str) -> Finding {
    Finding::disclosure(check, Severity::Warning, Place::File, message, hint.to_owned())
}

fn aslant(page: u32, amounts: &[String]) -> Finding {
    let quoted: Vec<String> = amounts.iter().take(QUOTED).map(|amount| format!("“{amount}”")).collect();
    let (count, quoted) = (amounts.len(), quoted.join(", "));
    Finding::extraction(
        "decode.turned_amounts",
        Severity::Warning,
        Place::File,
        format!("page {page}: {count} amounts stand in text that runs in another direction than the page, and in no table: {quoted}"),
        "nothing is loaded from them: compare this page by eye and add a correction, or look for the publisher's Excel attachment"
            .to_owned(),
    )
}

/// The first pages by number.
pub fn listed(pages: &[u32]) -> String {
    let mut shown: Vec<String> = pages.iter().take(12).map(u32::to_string).collect();
    if pages.len() > shown.len() {
        shown.push("..".to_owned());
    }
    shown.join(", ")
}
