//! The conductor: plan, parallel reading, ledger, progress, gates. Has no domain rules.

mod clock;
mod gates;
mod hooks;
mod identify;
mod ledger;
mod log;
mod parallel;
mod pipeline;
mod plan;
mod progress;
mod publish;
mod reading;
mod stop;
mod summary;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

pub use ledger::StateFolder;
pub use pipeline::{Gates, Overrides, Pipeline};
pub use plan::{Plan, plan};
pub use progress::Progress;
pub use publish::{restore, versions};
pub use reading::{Reader, Reading, document_key};
pub use summary::{Comparison, Summary};

use sha2::{Digest, Sha256};

use crate::discover::{Discovery, SourceFile, discover};
use crate::error::{Error, Result};
use crate::export;
use crate::normalise::DocumentRecord;
use crate::normalise::identity::Identities;
use crate::project::Project;
use crate::reconcile::report::{Baseline, Language};
use crate::reconcile::{self, Catalogue};
use crate::stage::{DocumentFinding, LoadPackage};
use crate::warehouse::{Value, Warehouse};
use clock::Clock;
use ledger::Ledger;
use log::RunLog;
use stop::Stop;

/// The folders whose change makes every file be read again (`sql/staging/` names the columns of what was read).
const READING_FOLDERS: [&str; 5] =
    ["pipelines/layouts/", "pipelines/narrative/", "pipelines/reference/", "pipelines/corrections/", "sql/staging/"];

/// Runs a pipeline from the source folders to the published warehouse and its extracts.
///
/// # Errors
/// Wrong use (exit 2) before anything is written; a build that fails or is held back by a gate (exit 3). The published
/// warehouse is untouched in every one of these cases.
pub fn run(project: &Project, pipeline: &Pipeline, progress: &Progress) -> Result<Summary> {
    let log = RunLog::open(pipeline.log.as_deref())?;
    log.write("start", serde_json::json!({ "warehouse": pipeline.warehouse, "sources": pipeline.sources }));
    let result = build_and_publish(project, pipeline, progress, Clock::start(&log, progress));
    progress.finish();
    log.ended(&result);
    hooks::run_hook(&pipeline.hooks, &result)?;
    result
}

fn build_and_publish(
    project: &Project,
    pipeline: &Pipeline,
    progress: &Progress,
    mut clock: Clock<'_>,
) -> Result<Summary> {
    let stop = Stop::on_signals();
    let state = StateFolder::of(&pipeline.warehouse);
    check_target(&pipeline.warehouse)?;
    let reader = Reader::load(project)?;
    let identities = Identities::load(project)?;
    let catalogue = Catalogue::load(project)?;
    state.create()?;
    let _lock = state.lock()?;
    state.sweep();
    let reading_fingerprint = reading_fingerprint(project);
    let mut ledger = Ledger::open(&state, &reading_fingerprint);

    progress.stage("discover");
    let discovery = discover(&pipeline.sources, &mut ledger.fingerprints, reader.limits.bytes)?;
    forget_gone_files(&mut ledger, &discovery);
    clock.lap("discover");
    let build_fingerprint = build_fingerprint(project, pipeline, &discovery)?;
    let published = readable_published(&pipeline.warehouse, &state);
    if let Some(published) = published.as_deref().filter(|_| is_published(&state, pipeline, &build_fingerprint)) {
        // Only a speed-up for the next run: this one ends well without it.
        let _ = ledger.save_fingerprints(&state);
        return Ok(Summary::of(published, project, pipeline)?.unchanged(clock.laps));
    }
    if published.is_none() && pipeline.warehouse.is_file() {
        progress.warn(&format!(
            "{} cannot be read: it will be replaced, without the history it held",
            pipeline.warehouse.display()
        ));
    }

    let package = LoadPackage::new(&state.stage());
    read_changed(&reader, &discovery, &package, &mut ledger, pipeline.workers, progress, &stop)?;
    let (documents, run_findings) = identify_all(&identities, &discovery, &ledger);
    ledger.save(&state, &reading_fingerprint)?;
    clock.lap("read");

    stop.check()?;
    progress.stage("load");
    let build = state.building();
    remove_build(&build)?;
    package.write_documents(&documents).map_err(|error| Error::not_published(error.to_string()))?;
    package.write_run_findings(&run_findings).map_err(|error| Error::not_published(error.to_string()))?;
    let warehouse = Warehouse::create(&build)?;
    if pipeline.memory_mib > 0 {
        warehouse.limit(pipeline.memory_mib, rayon::current_num_threads())?;
    }
    warehouse.load(package.folder(), project)?;
    if let Some(published) = &published {
        warehouse.carry_history(published)?;
    }
    clock.lap("load");
    stop.check()?;
    progress.stage("model");
    warehouse.model(project)?;
    clock.lap("model");
    stop.check()?;
    progress.stage("reconcile");
    reconcile_all(project, &catalogue, &warehouse, pipeline.findings_language()?)?;
    clock.lap("reconcile");
    let breaches = warehouse.check(project)?;
    warehouse.record(&breaches)?;
    let run_id = record_run(&warehouse, project, &clock)?;
    warehouse.remember_findings(&run_id)?;
    clock.lap("check");
    warehouse.comment(project)?;
    warehouse.finish()?;
    clock.lap("finish");

    stop.check()?;
    progress.stage("publish");
    let summary = Summary::of(&build, project, pipeline)?;
    gates::check(&pipeline.gates, &summary, published.as_deref(), &state)?;
    publish::publish(&build, &pipeline.warehouse, &state, pipeline.keep)?;
    export::write_contract_extracts(&pipeline.warehouse, project, &pipeline.extracts)?;
    let complete = ledger.readings.values().all(|reading| !reading.try_again);
    if complete {
        state.remember_published(&build_fingerprint)?;
    } else {
        state.forget_published();
    }
    state.sweep();
    clock.lap("publish");
    let summary = summary.with_seconds(clock.laps);
    summary.append_to(&state.run_log())?;
    Ok(summary)
}

/// Changes when what reading a file gives could change: then every file is read again.
fn reading_fingerprint(project: &Project) -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), project.fingerprint(&READING_FOLDERS))
}

/// The published warehouse and its extracts are there and were built from just this.
fn is_published(state: &StateFolder, pipeline: &Pipeline, build_fingerprint: &str) -> bool {
    pipeline.warehouse.is_file()
        && pipeline.extracts.is_dir()
        && state.published_fingerprint().as_deref() == Some(build_fingerprint)
}

/// The published warehouse, or a copy of it while another program holds it open for writing. `None` when there is none
/// or it cannot be read.
fn readable_published(warehouse: &Path, state: &StateFolder) -> Option<PathBuf> {
    if !warehouse.is_file() {
        return None;
    }
    if Warehouse::open_read_only(warehouse).is_ok() {
        return Some(warehouse.to_owned());
    }
    let copy = state.copy_of_published();
    fs::copy(warehouse, &copy).ok()?;
    Warehouse::open_read_only(&copy).is_ok().then_some(copy)
}

/// Changes when a source file, a manifest row, any file of the project, a word of the pipeline that the warehouse shows
/// or the program does: then there is work to do.
fn build_fingerprint(project: &Project, pipeline: &Pipeline, discovery: &Discovery) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(&pipeline.language);
    hash.update(pipeline.extracts.as_os_str().as_encoded_bytes());
    // An acceptance that runs out lets its finding speak again, with no file changed.
    hash.update(baseline(project)?.expired.len().to_le_bytes());
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(project.fingerprint(&["pipelines/", "sql/"]));
    for source in &discovery.files {
        hash.update(document_key(source));
        hash.update(&source.source);
        hash.update(format!("{:?}", source.manifest));
    }
    for (file, finding) in &discovery.unreadable {
        hash.update(file);
        hash.update(&finding.message);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Fingerprints of files that are gone are not remembered.
fn forget_gone_files(ledger: &mut Ledger, discovery: &Discovery) {
    let present: HashSet<&Path> = discovery.files.iter().filter_map(SourceFile::path).collect();
    ledger.fingerprints.keep_only(|path| present.contains(path));
}

/// Reads the files that are new or changed; what was read before is kept.
fn read_changed(
    reader: &Reader,
    discovery: &Discovery,
    package: &LoadPackage,
    ledger: &mut Ledger,
    workers: usize,
    progress: &Progress,
    stop: &Stop,
) -> Result<()> {
    let damaged = ledger.forget_damaged(package);
    if damaged > 0 {
        progress
            .warn(&format!("the stored rows of {damaged} files are missing or damaged: these files are read again"));
    }
    let present: HashSet<String> = discovery.files.iter().map(document_key).collect();
    ledger.forget_failed_openings();
    ledger.retire_all_but(&present);
    ledger.tidy();
    package.keep_only(|part| ledger.parts.contains_key(part)).map_err(|error| {
        Error::not_published(format!("cannot write to {}", package.folder().display()))
            .because(error)
            .hint("the disk that holds the warehouse may be read-only; the published warehouse is untouched")
    })?;
    let new: Vec<&SourceFile> =
        discovery.files.iter().filter(|source| !ledger.readings.contains_key(&document_key(source))).collect();
    progress.start("read", new.len());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(workers)
        .build()
        .map_err(|error| Error::usage("cannot start the readers").because(error).hint("lower --workers"))?;
    let read = pool.install(|| parallel::read_all(reader, &new, package, ledger.next_part, progress, stop))?;
    ledger.next_part = read.next_part;
    ledger.parts.extend(read.parts);
    ledger.readings.extend(read.readings.into_iter().map(|reading| (reading.document_key.clone(), reading)));
    Ok(())
}

/// Says whose every file is, and which version is current: for all of them together, new or not.
fn identify_all(
    identities: &Identities,
    discovery: &Discovery,
    ledger: &Ledger,
) -> (Vec<DocumentRecord>, Vec<DocumentFinding>) {
    let files: Vec<(&SourceFile, &Reading)> = discovery
        .files
        .iter()
        .filter_map(|source| Some((source, ledger.readings.get(&document_key(source))?)))
        .collect();
    let (documents, mut findings) = identify::identify(&files, identities);
    findings.extend(discovery.unreadable.iter().map(|(file, finding)| (file.clone(), finding.clone())));
    (documents, findings)
}

/// Checks every disclosure, one after another, and enters what was found.
fn reconcile_all(project: &Project, catalogue: &Catalogue, warehouse: &Warehouse, language: Language) -> Result<()> {
    let baseline = baseline(project)?;
    warehouse.write_checks(catalogue)?;
    let mut writer = warehouse.findings_writer(language)?;
    reconcile::run(catalogue, warehouse.facts_and_answers(catalogue)?, &baseline, |report| writer.take(report))?;
    writer.finish()
}

/// Today's date (UTC), ISO.
pub fn today() -> String {
    jiff::Timestamp::now().to_string().chars().take(10).collect()
}

/// The accepted findings of `pipelines/baseline.toml`; none where there is no such file.
pub fn baseline(project: &Project) -> Result<Baseline> {
    let today = today();
    match project.get("pipelines/baseline.toml") {
        Some(file) => Baseline::read(&file.text, &file.shown_path, &today),
        None => Ok(Baseline::default()),
    }
}

/// Enters this run into the ledger inside the warehouse. Runs are numbered, because clocks go backwards.
fn record_run(warehouse: &Warehouse, project: &Project, clock: &Clock<'_>) -> Result<String> {
    let one = |sql: &str| -> Result<Value> {
        Ok(warehouse.query(sql, &[])?.rows.into_iter().flatten().next().unwrap_or(Value::Null))
    };
    let earlier = one("SELECT coalesce(max(try_cast(run_id AS BIGINT)), 0) FROM audit.run")?.as_integer().unwrap_or(0);
    let run_id = format!("{:08}", earlier + 1);
    let seconds = serde_json::to_string(&clock.laps).unwrap_or_default();
    let finding =
        |severity: &str| one(&format!("SELECT count(*) FROM core.fact_finding WHERE severity = '{severity}'"));
    let values = [
        ("run_id", Value::from(run_id.as_str())),
        ("started_at", Value::Timestamp(clock.started.strftime("%Y-%m-%dT%H:%M:%S").to_string())),
        ("finished_at", Value::Timestamp(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S").to_string())),
        ("tool_version", env!("CARGO_PKG_VERSION").into()),
        ("pipelines_fingerprint", project.fingerprint(&["pipelines/"]).as_str().into()),
        ("sql_fingerprint", project.fingerprint(&["sql/"]).as_str().into()),
        ("outcome", "published".into()),
        ("documents", one("SELECT count(*) FROM core.dim_document")?),
        ("figures", one("SELECT count(*) FROM core.fact_amount")?),
        ("claims", one("SELECT count(*) FROM core.fact_claim")?),
        ("findings_error", finding("error")?),
        ("findings_warning", finding("warning")?),
        ("findings_info", finding("info")?),
        ("seconds_by_stage", seconds.as_str().into()),
    ];
    let (columns, row): (Vec<&str>, Vec<Value>) = values.into_iter().unzip();
    warehouse.append("audit.run", &columns, [row])?;
    Ok(run_id)
}

/// A target that cannot be written is wrong use, told before any work is done.
fn check_target(warehouse: &Path) -> Result<()> {
    if warehouse.is_dir() {
        return Err(Error::usage(format!("the warehouse {} is a folder", warehouse.display()))
            .hint("name a file, for example --warehouse out/juesuan.duckdb"));
    }
    if let Some(folder) = warehouse.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| {
            Error::io("write to", folder, &error).hint("choose a folder you can write to with --warehouse")
        })?;
    }
    Ok(())
}

fn remove_build(build: &Path) -> Result<()> {
    for path in [build.to_owned(), build.with_extension("duckdb.wal")] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io("remove the unfinished build", &path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}
