//! A paragraph, sentence by sentence, → claims, reasons and the numbers left over.

mod explained;
pub mod paragraph;
mod reasons;
pub mod record;
mod said;
mod sentence;
mod taken_apart;
pub mod worded;
