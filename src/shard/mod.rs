//! One corpus in pieces that several machines can run by themselves: lists of files, each with all that belongs together.

mod families;
mod file_list;
mod plan;
mod whole_folder;

pub use plan::{By, Plan, plan, plan_of, write};
pub use whole_folder::WholeFolder;
