//! `pipelines/layouts/` → layouts ready to bind.

pub mod codes;
pub mod layout;
pub mod lists;
pub mod load;
mod source;
pub mod words;
