//! All files of a run, read in parallel.

pub mod identify;
pub mod parallel;
pub mod reading;
