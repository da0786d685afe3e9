//! What a file is, by its content, and the containers it may be packed in.

pub mod locked;
pub mod ole;
pub mod package;
pub mod sniff;
