//! Disclosures as departments publish them: printed, written in Word, bundled.

#[path = "../common/mod.rs"]
mod common;
mod digits;
mod drawn;
mod folders;
mod headers;
mod lists;
mod lost;
mod nested;
mod one_file;
mod open_texts;
mod pdf;
mod plain;
mod prints;
mod scans;
mod setting;
mod sheets;
mod styles;
mod texts;
mod truth;
mod turned;
mod word;
