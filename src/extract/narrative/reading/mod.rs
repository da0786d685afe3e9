//! A paragraph, sentence by sentence, → claims, reasons and the numbers left over.

pub mod paragraph;
pub mod record;
mod said;
mod sentence;
mod statements;
pub mod worded;
