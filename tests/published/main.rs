//! Disclosures as departments publish them: printed, written in Word, bundled.

mod asides;
#[path = "../common/mod.rs"]
mod common;
mod digits;
mod drawn;
mod edges;
mod folders;
mod headers;
mod lists;
mod lost;
mod nested;
mod notes;
mod one_file;
mod open_texts;
mod pdf;
mod pictures;
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
