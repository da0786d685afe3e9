//! Disclosures as departments publish them: printed, written in Word, bundled.

#[path = "../common/mod.rs"]
mod common;
mod drawn;
mod folders;
mod lost;
mod pdf;
mod plain;
mod prints;
mod scans;
mod sheets;
mod styles;
mod texts;
mod truth;
mod word;
