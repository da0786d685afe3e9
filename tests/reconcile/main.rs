//! The catalogue of checks, on disclosures written for it, on the sample and on real ones.

mod blind;
mod checks;
#[path = "../common/mod.rs"]
mod common;
mod examples;
mod incomplete_lists;
mod misread;
mod mutants;
mod once_missed;
mod planted;
mod real;
mod sample;
mod shifts;
mod support;
mod unfinished_lists;
mod weakened;
