//! The table part of the same job, as an analyst would script it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use walkdir::WalkDir;

use super::process::{Measure, Measured, program};

pub struct Scripts {
    workbooks: usize,
    ours: Measured,
    /// Script and what it took; `None` where Python lacks its packages.
    theirs: Vec<(&'static str, Option<Measured>)>,
}

const SCRIPTS: [&str; 2] = ["openpyxl_pandas", "calamine_polars"];

/// Ours and both scripts over the same workbooks, texts left out.
pub fn compare(workbooks: usize, folder: &Path) -> Scripts {
    let sources = folder.join("workbooks");
    let _ = fs::remove_dir_all(&sources);
    let taken = take_workbooks(workbooks, folder, &sources);
    let run = folder.join("workbooks-run");
    let _ = fs::remove_dir_all(&run);
    let ours = program()
        .args(["run", "--json", "--source"])
        .arg(&sources)
        .arg("--warehouse")
        .arg(run.join("ours.duckdb"))
        .arg("--extracts")
        .arg(run.join("extracts"))
        .measured();
    let theirs = SCRIPTS.map(|name| (name, script(name, &sources, &run))).into();
    Scripts { workbooks: taken, ours, theirs }
}

/// Copies the first workbooks of the largest corpus there is, into folders of their own.
fn take_workbooks(wanted: usize, folder: &Path, sources: &Path) -> usize {
    let mut taken = 0;
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    for entry in files.filter(|entry| {
        entry.path().extension().is_some_and(|extension| extension == "xls" || extension == "xlsx")
            && entry.path().components().any(|part| part.as_os_str() == "disclosures")
    }) {
        if taken == wanted {
            break;
        }
        let target = sources.join(taken.to_string());
        fs::create_dir_all(&target).unwrap_or_else(|error| panic!("{error}"));
        fs::copy(entry.path(), target.join(entry.file_name())).unwrap_or_else(|error| panic!("{error}"));
        taken += 1;
    }
    taken
}

fn script(name: &str, sources: &Path, run: &Path) -> Option<Measured> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/python").join(format!("{name}.py"));
    let can_run = Command::new(&python).arg(&path).arg("--check").stderr(Stdio::null()).status();
    if !can_run.is_ok_and(|status| status.success()) {
        return None;
    }
    let _ = fs::create_dir_all(run);
    Some(Command::new(&python).arg(&path).arg(sources).arg(run.join(format!("{name}.duckdb"))).measured())
}

impl Scripts {
    pub fn print(&self) {
        println!("\ntable part alone, {} workbooks", self.workbooks);
        println!("  juesuan run: {:.2} s", self.ours.seconds);
        for (name, measured) in &self.theirs {
            match measured {
                Some(measured) => println!(
                    "  {name}: {:.2} s, {:.1} times ours",
                    measured.seconds,
                    measured.seconds / self.ours.seconds
                ),
                None => println!("  {name}: not run, Python lacks its packages"),
            }
        }
    }

    pub fn json(&self) -> serde_json::Value {
        let theirs: serde_json::Map<_, _> = self
            .theirs
            .iter()
            .map(|(name, measured)| ((*name).to_owned(), json!(measured.as_ref().map(|measured| measured.seconds))))
            .collect();
        json!({ "workbooks": self.workbooks, "juesuan": self.ours.seconds, "scripts": theirs })
    }
}
