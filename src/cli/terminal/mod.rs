//! What a person at a terminal sees: tables that fit, pages, the shell.

pub mod answer;
pub mod expanded;
pub mod pager;
pub mod say;
pub mod session;
pub mod shell;
pub mod shell_files;
pub mod table;
