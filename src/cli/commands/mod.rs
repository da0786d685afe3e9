//! One file per command: its arguments and what it prints.

pub mod check;
pub mod diff;
pub mod explain;
pub mod export;
pub mod init;
pub mod inspect;
pub mod lint;
pub mod plan;
pub mod query;
pub mod read_files;
pub mod restore;
pub mod run;
pub mod status;
