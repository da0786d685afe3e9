//! One run from the source folders to the published warehouse and its extracts.

use super::attempt::Attempt;
use super::stop::Stop;
use crate::decode::Limits;
use crate::discover::{Discovery, SourceFile, discover};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::Identities;
use crate::normalise::{DocumentFinding, DocumentRecord};
use crate::project::Project;
use crate::reconcile::Catalogue;
use crate::run::read::parallel::read_all;
use crate::run::read::process::crew::Terms;
use crate::run::read::reader::Reader;
use crate::run::read::reading::{Reading, document_key, told};
use crate::run::release::begin::{Base, begin};
use crate::run::release::build::Build;
use crate::run::release::{gates, memory, publish};
use crate::run::settings::accepted::baseline;
use crate::run::settings::pipeline::Pipeline;
use crate::run::state::fingerprint::Fingerprint;
use crate::run::state::folder::StateFolder;
use crate::run::state::journal::RunOutcome;
use crate::run::state::ledger::Ledger;
use crate::run::tell::changes::Changes;
use crate::run::tell::log::RunLog;
use crate::run::tell::progress::Progress;
use crate::run::tell::summary::Summary;
use crate::stage::LoadPackage;
use crate::warehouse::Warehouse;
use crate::words::Words;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// Runs a pipeline from the source folders to the published warehouse and its extracts.
///
/// # Errors
/// Wrong use (exit 2) before anything is written; a build that fails or is held back by a gate (exit 3). The published
/// warehouse is untouched in every one of these cases.
pub fn run(project: &Project, pipeline: &Pipeline, progress: &Progress) -> Result<Summary> {
    let log = RunLog::open(pipeline.log.as_deref());
    let silent = RunLog::default();
    let mut attempt = Attempt::start(project, pipeline, log.as_ref().unwrap_or(&silent), progress);
    let result = match &log {
        Ok(_) => build_and_publish(&mut attempt),
        Err(error) => Err(error.clone()),
    };
    progress.finish();
    let may_tell = attempt.outcome != RunOutcome::Stopped;
    attempt.ended(&result);
    if may_tell {
        send_notices(project, pipeline, &result, progress, log.as_ref().unwrap_or(&silent));
    }
    super::tell::hooks::run_hook(&pipeline.hooks, &result)?;
    result
}

/// None of them changes how the run ended.
fn send_notices(project: &Project, pipeline: &Pipeline, ended: &Result<Summary>, progress: &Progress, log: &RunLog) {
    let told = |whom: &str, why: Option<String>| {
        if let Some(why) = &why {
            progress.warn(&format!("the notice to {whom} was not sent: {why}"));
        }
        log.write("notice", serde_json::json!({ "to": whom, "sent": why.is_none(), "why": why }));
    };
    let words = match pipeline.notify.language.as_str() {
        "en" => Words::default(),
        _ => Words::of(project).unwrap_or_default(),
    };
    super::tell::notify::send(&pipeline.notify, ended, &words, &told);
}

fn build_and_publish(attempt: &mut Attempt<'_>) -> Result<Summary> {
    let (project, pipeline, progress) = (attempt.project, attempt.pipeline, attempt.progress);
    let stop = Stop::on_signals();
    check_target(&pipeline.warehouse)?;
    let state = StateFolder::of(&pipeline.warehouse);
    // What is wrong with the project is told before anything is written. What is built in was tried before it was.
    if project.folder.is_some() && !was_published_by(&state, project, pipeline) {
        Reader::load(project)?;
        Catalogue::load(project)?;
    }
    state.create()?;
    attempt.take_lock(&state)?;
    state.sweep();
    let reading_fingerprint = Fingerprint::of_reading(project, pipeline);
    let mut ledger = Ledger::open(&state, &reading_fingerprint);

    progress.stage("discover");
    let discovery =
        discover(&pipeline.sources, pipeline.root.as_deref(), &mut ledger.fingerprints, Limits::default().bytes)?;
    forget_gone_files(&mut ledger, &discovery);
    attempt.clock.lap("discover");
    let build_fingerprint = build_fingerprint(project, pipeline, &discovery)?;
    let is_current = is_published(&state, pipeline, &build_fingerprint);
    // To open it takes a tenth of a run that finds nothing new: what is asked of it first shows that it can be read.
    let summary = if is_current { Summary::of(&pipeline.warehouse, project, pipeline).ok() } else { None };
    let published = match &summary {
        Some(_) => Some(pipeline.warehouse.clone()),
        None => readable_published(&pipeline.warehouse, &state),
    };
    attempt.note_a_killed_run(&state, published.as_deref())?;
    if let Some(published) = published.as_deref().filter(|_| is_current) {
        // Only a speed-up for the next run: this one ends well without it.
        let _ = ledger.save_fingerprints(&state);
        let summary = summary.map_or_else(|| Summary::of(published, project, pipeline), Ok)?;
        return Ok(summary.unchanged(attempt.clock.laps.clone()));
    }
    if let Some(published) = published.as_deref().filter(|published| !is_ours(published)) {
        return Err(Error::usage(format!("{} is a DuckDB file of another origin", published.display())).hint(
            "name another file with --warehouse, or move this one away: a run replaces only its own warehouses",
        ));
    }
    if published.is_none() && pipeline.warehouse.is_file() {
        attempt.warn(&format!(
            "{} cannot be read: it will be replaced, without the history it held",
            pipeline.warehouse.display()
        ));
    }

    let catalogue = Catalogue::load(project)?;
    let package = LoadPackage::new(&state.stage());
    let published_from = state.published(&pipeline.warehouse);
    let base = Base {
        published: published.as_deref(),
        can_be_updated: published_from.as_ref().is_some_and(|earlier| earlier.can_become(&build_fingerprint)),
    };
    let building = state.building();
    let (read, begun) = thread::scope(|scope| {
        let begun = scope.spawn(|| begin(project, pipeline.memory_mib, &building, base, discovery.files.len()));
        let read = read_changed(&discovery, &package, &mut ledger, attempt, &stop);
        (read, begun.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    read?;
    let (documents, run_findings) = identify_all(&Identities::load(project)?, &discovery, &ledger);
    ledger.save(&state, &reading_fingerprint)?;
    let is_complete = ledger.readings.values().all(|reading| !reading.try_again);
    attempt.clock.lap("read");

    stop.check().inspect_err(|_| attempt.outcome = RunOutcome::Stopped)?;
    package.write_documents(&documents).map_err(|error| Error::not_published(error.to_string()))?;
    package.write_run_findings(&run_findings).map_err(|error| Error::not_published(error.to_string()))?;
    // What reading needed is memory the build can use.
    drop((discovery, ledger, documents, run_findings));
    memory::give_back();
    let built =
        Build { attempt, catalogue: &catalogue, package: &package, state: &state, base, begun, stop: &stop }.run();
    let built = stop.unless_asked(built).inspect_err(|_| {
        if stop.is_asked() {
            attempt.outcome = RunOutcome::Stopped;
        }
    })?;

    progress.stage("publish");
    let changes = built.changes.and_then(|changes| told_or_warned(changes, attempt));
    let summary = Summary::of(&state.building(), project, pipeline)?;
    let summary = Summary { built_anew: built.is_anew, changes, ..summary };
    gates::check(&pipeline.gates, &summary, published.as_deref(), &state)
        .inspect_err(|_| attempt.held_back(&summary))?;
    publish::publish(&state.building(), &pipeline.warehouse, &state, pipeline.keep)?;
    let report = built.report.map_or(Ok(()), |report| report.publish().map(drop));
    let extracts = built.extracts.publish().and_then(|written| state.remember_extracts(&pipeline.extracts, &written));
    let followed = extracts.and(report).and_then(|()| {
        if is_complete {
            let updated = published_from.filter(|_| !built.is_anew);
            let run = attempt.number(&state, None).parse().ok();
            return state.remember_published(&pipeline.warehouse, &build_fingerprint, updated, run);
        }
        state.forget_published();
        Ok(())
    });
    followed.map_err(after_publishing)?;
    state.sweep();
    attempt.clock.lap("publish");
    Ok(summary.with_seconds(attempt.clock.laps.clone()))
}

/// What this run changes; a published warehouse that cannot be compared is said so and holds nothing up.
fn told_or_warned(changes: Result<Changes>, attempt: &Attempt<'_>) -> Option<Changes> {
    changes.inspect_err(|error| attempt.warn(&format!("what this run changed cannot be told: {error}"))).ok()
}

/// What fails after the rename does not change what is published: the words must not say that nothing was.
fn after_publishing(error: Error) -> Error {
    Error { kind: ErrorKind::Usage, what: format!("the warehouse is published, but {}", error.what), ..error }
        .hint("the warehouse is the new one; the next run writes what is missing")
}

/// The published warehouse is of this project and this program: every rule and check was loaded for it.
fn was_published_by(state: &StateFolder, project: &Project, pipeline: &Pipeline) -> bool {
    let without_documents = build_fingerprint(project, pipeline, &Discovery::default());
    let published = state.published(&pipeline.warehouse);
    published
        .zip(without_documents.ok())
        .is_some_and(|(published, ours)| ours.differs_in_documents_only(&published.built_from))
}

/// The published warehouse and its extracts are there and were built from just this.
pub fn is_published(state: &StateFolder, pipeline: &Pipeline, build_fingerprint: &Fingerprint) -> bool {
    state.holds_extracts(&pipeline.extracts)
        && state.holds_report(pipeline.report.folder.as_deref())
        && state.published(&pipeline.warehouse).is_some_and(|published| published.built_from == *build_fingerprint)
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

/// A run has written it: every one leaves a row there.
fn is_ours(warehouse: &Path) -> bool {
    Warehouse::open_read_only(warehouse).and_then(|warehouse| warehouse.query("FROM audit.run LIMIT 1", &[])).is_ok()
}

/// Changes when a source file, a manifest row, any file of the project, a word of the pipeline that the warehouse shows
/// or the program does: then there is work to do.
pub fn build_fingerprint(project: &Project, pipeline: &Pipeline, discovery: &Discovery) -> Result<Fingerprint> {
    Fingerprint::of_build(project, pipeline, discovery, baseline(project)?.expired.len())
}

/// Fingerprints of files that are gone are not remembered.
fn forget_gone_files(ledger: &mut Ledger, discovery: &Discovery) {
    let present: HashSet<PathBuf> = discovery.files.iter().map(SourceFile::remembered_as).collect();
    ledger.fingerprints.keep_only(|path| present.contains(path));
}

/// Reads the files that are new or changed; what was read before is kept.
fn read_changed(
    discovery: &Discovery,
    package: &LoadPackage,
    ledger: &mut Ledger,
    attempt: &Attempt<'_>,
    stop: &Stop,
) -> Result<()> {
    let progress = attempt.progress;
    let damaged = ledger.forget_damaged(package);
    if damaged > 0 {
        attempt.warn(&format!("the stored rows of {damaged} files are missing or damaged: these files are read again"));
    }
    ledger.forget_told_otherwise(&told_by_key(discovery));
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
    let pipeline = attempt.pipeline;
    let terms = Terms { project: attempt.project, pipeline };
    let read = read_all(&terms, &new, package, ledger.next_part, progress, stop)?;
    ledger.next_part = read.next_part;
    ledger.parts.extend(read.parts);
    ledger.readings.extend(read.readings.into_iter().map(|reading| (reading.document_key.clone(), reading)));
    Ok(())
}

/// Reads the files of a pipeline's sources and keeps what was read beside the warehouse; builds none. Gives the number of
/// files read now and of those kept from before.
///
/// # Errors
/// Wrong use, another run at work, a state folder that cannot be written.
pub fn stage(project: &Project, pipeline: &Pipeline, progress: &Progress) -> Result<(usize, usize)> {
    let log = RunLog::default();
    let mut attempt = Attempt::start(project, pipeline, &log, progress);
    let stop = Stop::on_signals();
    check_target(&pipeline.warehouse)?;
    let reader = Reader::load(project)?;
    let state = StateFolder::of(&pipeline.warehouse);
    state.create()?;
    attempt.take_lock(&state)?;
    state.sweep();
    let reading_fingerprint = Fingerprint::of_reading(project, pipeline);
    let mut ledger = Ledger::open(&state, &reading_fingerprint);
    progress.stage("discover");
    let root = pipeline.root.as_deref();
    let discovery = discover(&pipeline.sources, root, &mut ledger.fingerprints, reader.limits.bytes)?;
    forget_gone_files(&mut ledger, &discovery);
    let known: HashSet<String> = ledger.readings.keys().cloned().collect();
    read_changed(&discovery, &LoadPackage::new(&state.stage()), &mut ledger, &attempt, &stop)?;
    ledger.save(&state, &reading_fingerprint)?;
    progress.finish();
    stop.check()?;
    let kept = discovery.files.iter().filter(|source| known.contains(&document_key(source))).count();
    Ok((discovery.files.len() - kept, kept))
}

/// What the manifest says of every file, by document key.
pub fn told_by_key(discovery: &Discovery) -> HashMap<String, String> {
    discovery.files.iter().map(|source| (document_key(source), told(source))).collect()
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
        .flat_map(|(source, reading)| reading.documents().iter().map(move |document| (source, document)))
        .collect();
    let (documents, mut findings) = super::read::identify::identify(&files, identities);
    findings.extend(discovery.unreadable.iter().map(|(file, finding)| (file.clone(), finding.clone())));
    (documents, findings)
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
