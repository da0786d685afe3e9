//! All files of a run, read in parallel.

mod bounds;
pub mod crew;
mod fate;
pub mod identify;
pub mod ocr;
pub mod parallel;
mod parts;
pub mod reader;
pub mod reading;
mod shares;
mod task;
pub mod worker;
