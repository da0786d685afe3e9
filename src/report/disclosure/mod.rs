//! What the page of a disclosure shows beside its panels: findings, the cells and sentences they rest on, pages cut out.

pub mod evidence;
pub mod findings;
mod page_cut;
