//! What the program keeps for its user, whatever the project.

use std::fs;
use std::path::PathBuf;

/// The program's folder below the one that a variable of the XDG base directories names, else below this one at home; `None`
/// where none can be made.
pub fn user_folder(variable: &str, at_home: &str) -> Option<PathBuf> {
    let named = |variable| std::env::var_os(variable).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let folder = named(variable).or_else(|| Some(named("HOME")?.join(at_home)))?.join("juesuan");
    fs::create_dir_all(&folder).ok()?;
    Some(folder)
}
