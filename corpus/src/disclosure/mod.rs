//! Whole disclosures: the accounts of one department and year, their tables and their explanatory text.

pub mod accounts;
pub mod combine;
pub mod corpus;
pub mod generate;
mod narrative;

mod profile;
mod render;
mod tables;

pub use narrative::{Form, LineCount, Narrative, NarrativeStyle, Script, narrate};
pub use profile::{PROFILES, Profile};
pub(crate) use render::sheet_name;
pub use render::{Rendered, SheetNames, house_shape, render};
pub use tables::{Family, TableSet, table, tables};
