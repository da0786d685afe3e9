//! What an evaluation came to, written down: records, diagnosis, repair.

pub mod diagnose;
pub mod operands;
pub mod record;
pub mod records;
pub mod repair;
pub mod shift;
pub mod stretch;
