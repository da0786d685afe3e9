//! One way of writing findings each.

pub mod html;
pub mod sarif;
pub mod tabular;
pub mod text;
