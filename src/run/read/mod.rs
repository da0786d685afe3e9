//! All files of a run, read in parallel.

mod fate;
pub mod identify;
pub mod ocr;
pub mod parallel;
mod parts;
pub mod process;
pub mod reader;
pub mod reading;
mod shares;
