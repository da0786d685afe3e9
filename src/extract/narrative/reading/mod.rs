//! A paragraph, sentence by sentence, → claims, reasons and the numbers left over.

mod apart;
mod explained;
mod in_order;
pub mod paragraph;
pub mod record;
mod said;
mod sentence;
pub mod worded;
