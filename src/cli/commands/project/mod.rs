//! Commands about the project's files and the sources.

pub mod init;
pub mod inspect;
pub mod lint;
