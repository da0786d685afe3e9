//! What `juesuan lint` asks of statements before any is run.

pub mod exact_sql;
pub mod one_name;
pub mod updates;
