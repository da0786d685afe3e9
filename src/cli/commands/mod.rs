//! The commands, by what they are about.

pub mod desk;
pub mod night;
pub mod project;
