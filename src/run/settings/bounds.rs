//! What a pipeline may ask for: numbers a machine can bear, and folders that do not lie in each other's way.

use std::path::{Path, PathBuf};

use super::pipeline::Pipeline;
use crate::error::{Error, Result};
use crate::run::read::ocr::PICTURE;

/// # Errors
/// No source, a number out of bounds, or places that overlap.
pub fn check(pipeline: &Pipeline) -> Result<()> {
    if pipeline.sources.is_empty() {
        return Err(Error::usage("the pipeline names no source")
            .hint("give the folder that holds the disclosures with --source, or set sources in the pipeline file"));
    }
    for (key, value, least, most) in [
        ("workers", pipeline.workers as u64, 0, 256),
        ("keep", pipeline.keep as u64, 0, 100_000),
        ("file_seconds", pipeline.file_seconds, 1, 86_400),
        ("ocr_seconds", pipeline.ocr_seconds, 1, 86_400),
        ("file_memory_mib", pipeline.file_memory_mib, 256, 1 << 20),
        ("memory_mib", pipeline.memory_mib, 0, 1 << 24),
        ("side_by_side_documents", pipeline.side_by_side_documents, 0, 1 << 24),
        ("rebuild_above_percent", u64::from(pipeline.rebuild_above_percent), 0, 100),
    ] {
        if !(least..=most).contains(&value) {
            return Err(Error::usage(format!("{key} = {value} is out of bounds"))
                .hint(format!("{key} lies between {least} and {most}; see pipelines/nightly.toml")));
        }
    }
    check_ocr(pipeline)?;
    check_places(pipeline)
}

/// What came with the disclosures is never run.
fn check_ocr(pipeline: &Pipeline) -> Result<()> {
    if pipeline.ocr.is_empty() {
        return Ok(());
    }
    if !pipeline.ocr.iter().skip(1).any(|word| word.contains(PICTURE)) {
        return Err(Error::usage(format!(
            "ocr does not say where the picture of a page goes: {}",
            pipeline.ocr.join(" ")
        ))
        .hint(format!("name the program, then its arguments, one of them {PICTURE}; see contrib/ocr")));
    }
    let is_foreign = |word: &&String| {
        Path::new(word.as_str()).exists()
            && pipeline.sources.iter().any(|source| absolute(Path::new(word.as_str())).starts_with(absolute(source)))
    };
    match pipeline.ocr.iter().find(is_foreign) {
        Some(word) => Err(Error::usage(format!("ocr names {word}, which lies among the sources"))
            .hint("keep the program outside of the folders that are read")),
        None => Ok(()),
    }
}

/// What a run writes must not be found by the next one as a source.
fn check_places(pipeline: &Pipeline) -> Result<()> {
    let extracts = absolute(&pipeline.extracts);
    let warehouse = absolute(&pipeline.warehouse);
    for source in pipeline.sources.iter().chain(&pipeline.root) {
        let folder = absolute(source);
        if extracts.starts_with(&folder) {
            return Err(overlap("the extracts", &pipeline.extracts, source, "--extracts"));
        }
        if let Some(report) = pipeline.report.folder.as_ref().filter(|report| absolute(report).starts_with(&folder)) {
            return Err(overlap("the report", report, source, "report.folder"));
        }
        if warehouse.starts_with(&folder) {
            return Err(overlap("the warehouse", &pipeline.warehouse, source, "--warehouse"));
        }
        if folder.is_dir() && folder.starts_with(&extracts) {
            return Err(overlap("the source", source, &pipeline.extracts, "--extracts"));
        }
    }
    Ok(())
}

fn overlap(what: &str, inner: &Path, outer: &Path, option: &str) -> Error {
    Error::usage(format!("{what} {} would lie in {}", inner.display(), outer.display()))
        .because("what a run writes would be read by the next one, or replaced with the folder around it")
        .hint(format!("choose another place with {option}"))
}

/// The path with links followed as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut there = whole.as_path();
    loop {
        if let Ok(found) = there.canonicalize() {
            return missing.iter().rev().fold(found, |path, part| path.join(part));
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name.to_owned());
                there = parent;
            }
            _ => return whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::settings::pipeline::Report;

    fn pipeline() -> (tempfile::TempDir, Pipeline) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("in")).unwrap();
        let pipeline = Pipeline {
            sources: vec![at("in")],
            warehouse: at("out/w.duckdb"),
            extracts: at("out/extracts"),
            file_seconds: 20,
            file_memory_mib: 1024,
            ocr_seconds: 120,
            ..Pipeline::default()
        };
        (folder, pipeline)
    }

    #[test]
    fn places_apart_and_numbers_in_bounds_pass() {
        let (_folder, pipeline) = pipeline();
        check(&pipeline).unwrap();
    }

    #[test]
    fn what_lies_in_each_others_way_is_refused() {
        let (folder, pipeline) = pipeline();
        let at = |name: &str| folder.path().join(name);
        let told = |change: Pipeline| check(&change).unwrap_err().to_string();
        assert!(told(Pipeline { extracts: at("in"), ..pipeline.clone() }).contains("--extracts"));
        assert!(told(Pipeline { extracts: at("in/x/../y"), ..pipeline.clone() }).contains("--extracts"));
        assert!(told(Pipeline { warehouse: at("in/w.duckdb"), ..pipeline.clone() }).contains("--warehouse"));
        assert!(told(Pipeline { extracts: folder.path().to_owned(), ..pipeline.clone() }).contains("the source"));
        let report = Report { folder: Some(at("in/pages")), ..Report::default() };
        assert!(told(Pipeline { report, ..pipeline.clone() }).contains("report.folder"));
        let ocr = |command: &[&str]| command.iter().map(|word| (*word).to_owned()).collect();
        assert!(told(Pipeline { ocr: ocr(&["read", "page"]), ..pipeline.clone() }).contains("{page.png}"));
        std::fs::write(at("in/read.py"), "").unwrap();
        let foreign = ocr(&["python3", &at("in/read.py").to_string_lossy(), "{page.png}"]);
        assert!(told(Pipeline { ocr: foreign, ..pipeline.clone() }).contains("among the sources"));
        check(&Pipeline { ocr: ocr(&["read", "{page.png}"]), ..pipeline.clone() }).unwrap();
        assert!(told(Pipeline { sources: Vec::new(), ..pipeline.clone() }).contains("no source"));
        assert!(told(Pipeline { workers: 100_000, ..pipeline.clone() }).contains("between 0 and 256"));
        assert!(told(Pipeline { file_seconds: 0, ..pipeline }).contains("file_seconds = 0"));
    }
}
