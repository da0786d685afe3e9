//! Facts read back for reconciliation, disclosure by disclosure.

pub mod fact_rows;
pub mod read_facts;
