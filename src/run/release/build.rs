//! One build, aside: anew from the load package, or a copy of the published warehouse with the changed families replaced.

use std::panic::resume_unwind;
use std::thread;

use super::begin::{Base, bound, remove_build};
use super::memory;
use crate::error::Result;
use crate::export::{self, DraftFolder, ExtractsFolder, Since};
use crate::reconcile::report::Language;
use crate::reconcile::{self, Catalogue};
use crate::report::{DraftReport, ReportOptions, draft_report};
use crate::run::attempt::Attempt;
use crate::run::settings::accepted::baseline;
use crate::run::state::folder::StateFolder;
use crate::run::state::journal;
use crate::run::state::journal::{RunOutcome, RunRecord};
use crate::run::stop::Stop;
use crate::run::tell::changes::Changes;
use crate::run::tell::summary::Counts;
use crate::stage::LoadPackage;
use crate::warehouse::{Breach, Reach, Scope, UpdateBounds, Warehouse};
use crate::words::Words;

/// A load package of about thirty disclosures.
const FEW_BYTES: u64 = 4 << 20;

pub struct Build<'a, 'b> {
    pub attempt: &'a mut Attempt<'b>,
    pub catalogue: &'a Catalogue,
    pub package: &'a LoadPackage,
    pub state: &'a StateFolder,
    pub base: Base<'a>,
    /// What [`begin`](super::begin::begin) gave.
    pub begun: Option<Result<Warehouse>>,
    pub stop: &'a Stop,
}

/// The warehouse stands at [`StateFolder::building`]; its extracts wait beside the published ones.
pub struct Built {
    pub extracts: DraftFolder,
    /// Where the pipeline asks for pages.
    pub report: Option<DraftReport>,
    /// Since the published warehouse, where there is one.
    pub changes: Option<Result<Changes>>,
    /// Nothing of the published warehouse but its history was used.
    pub is_anew: bool,
}

/// The published warehouse brought up to date.
struct Updated {
    warehouse: Warehouse,
    /// The departments whose rows of an extract may have changed.
    changed: Vec<String>,
    /// What checks of the warehouse found in the families that changed.
    breaches: Vec<Breach>,
}

impl Build<'_, '_> {
    /// # Errors
    /// Nothing can be published: the disk, the memory, a signal, or SQL of the project that fails.
    pub fn run(mut self) -> Result<Built> {
        let changed = match self.updated()? {
            Some(Updated { warehouse, changed, breaches }) => {
                self.finish(warehouse, Reach::Whole, breaches)?;
                Some(changed)
            }
            None => {
                let warehouse = self.anew()?;
                self.finish(warehouse, Reach::Everything, Vec::new())?;
                None
            }
        };
        let (extracts, changes) = self.extracts_and_changes(changed.as_deref())?;
        Ok(Built { extracts, report: self.report()?, changes, is_anew: changed.is_none() })
    }

    /// After an update both look at few rows: at the same time.
    fn extracts_and_changes(&mut self, changed: Option<&[String]>) -> Result<(DraftFolder, Option<Result<Changes>>)> {
        let (project, memory) = (self.attempt.project, self.attempt.pipeline.memory_mib);
        let building = self.state.building();
        let compare = self.base.published.map(|published| {
            let building = &building;
            move || Changes::between((published, building), changed, project, memory)
        });
        if changed.is_none() {
            let extracts = self.extracts(changed)?;
            let changes = compare.map(|compare| compare());
            self.attempt.clock.lap("compare");
            return Ok((extracts, changes));
        }
        let both = thread::scope(|scope| {
            let compared = compare.map(|compare| scope.spawn(compare));
            let extracts = self.extracts(changed);
            let changes = compared.map(|compared| compared.join().unwrap_or_else(|panic| resume_unwind(panic)));
            Ok((extracts?, changes))
        });
        self.attempt.clock.lap("compare");
        both
    }

    /// `None` where it cannot be brought up to date, or not cheaply.
    fn updated(&mut self) -> Result<Option<Updated>> {
        if !self.base.can_be_updated {
            return Ok(None);
        }
        let Some(copy) = self.begun.take() else { return Ok(None) };
        let (project, pipeline) = (self.attempt.project, self.attempt.pipeline);
        self.attempt.progress.stage("load");
        let warehouse = self.bounded(copy?)?;
        let watch = self.stop.watch(&warehouse);
        self.attempt.clock.lap("load");
        self.attempt.progress.stage("model");
        let bounds = UpdateBounds {
            most_percent: pipeline.rebuild_above_percent,
            side_by_side_documents: pipeline.side_by_side_documents,
        };
        let begun = warehouse.begin_update(self.package.folder(), project, &self.words()?, bounds)?;
        let Some(families) = begun else { return Ok(None) };
        self.attempt.clock.lap("model");
        self.stop.check()?;
        self.attempt.progress.stage("reconcile");
        let watch_of_families = self.stop.watch(&families);
        self.reconcile(&families, Scope::Disclosures)?;
        self.attempt.clock.lap("reconcile");
        drop(watch_of_families);
        self.attempt.progress.stage("model");
        let breaches = warehouse.end_update(families, project)?;
        self.attempt.clock.lap("merge");
        self.reconcile(&warehouse, Scope::Governments)?;
        self.attempt.clock.lap("reconcile");
        drop(watch);
        let changed = warehouse.changed_departments(project)?;
        Ok(Some(Updated { warehouse, changed, breaches }))
    }

    fn anew(&mut self) -> Result<Warehouse> {
        let project = self.attempt.project;
        self.attempt.progress.stage("load");
        let created = match self.begun.take() {
            Some(begun) => begun,
            None => self.created(),
        };
        let warehouse = self.bounded(created?)?;
        warehouse.expect_few_rows(self.is_small());
        let watch = self.stop.watch(&warehouse);
        warehouse.load(self.package.folder(), project)?;
        warehouse.say_findings(&self.words()?)?;
        if let Some(published) = self.base.published {
            self.attempt.or_without_history(warehouse.carry_history(published), self.stop)?;
        }
        self.attempt.clock.lap("load");
        self.stop.check()?;
        self.attempt.progress.stage("model");
        warehouse.model(project)?;
        warehouse.put_down()?;
        self.attempt.clock.lap("model");
        self.stop.check()?;
        self.attempt.progress.stage("reconcile");
        self.reconcile(&warehouse, Scope::Disclosures)?;
        warehouse.put_down()?;
        self.attempt.clock.lap("reconcile");
        self.attempt.progress.stage("settle");
        warehouse.settle(project)?;
        warehouse.put_down()?;
        self.attempt.clock.lap("settle");
        self.reconcile(&warehouse, Scope::Governments)?;
        self.attempt.clock.lap("reconcile");
        drop(watch);
        Ok(warehouse)
    }

    fn created(&self) -> Result<Warehouse> {
        let building = self.state.building();
        remove_build(&building)?;
        if self.is_small() { Warehouse::create_small(&building) } else { Warehouse::create(&building) }
    }

    /// Asks the checks of the warehouse that were not asked yet, enters the run, explains every column, and closes the file.
    fn finish(&mut self, warehouse: Warehouse, unasked: Reach, mut breaches: Vec<Breach>) -> Result<()> {
        let project = self.attempt.project;
        let watch = self.stop.watch(&warehouse);
        self.stop.check()?;
        breaches.extend(warehouse.check(project, unasked)?);
        warehouse.record(&breaches)?;
        let run_id = self.attempt.number(self.state, self.base.published);
        if let Some(published) = self.base.published {
            self.attempt.or_without_history(warehouse.retire_gone(published, &run_id), self.stop)?;
        }
        let counts = Some(Counts::of(&warehouse)?);
        let record = RunRecord { outcome: Some(RunOutcome::Published), counts, ..self.attempt.record() };
        journal::enter(&warehouse, self.state, &record)?;
        warehouse.remember_findings(&run_id)?;
        self.attempt.clock.lap("check");
        warehouse.comment(project)?;
        drop(watch);
        warehouse.finish()?;
        self.attempt.clock.lap("finish");
        self.stop.check()
    }

    fn extracts(&mut self, changed: Option<&[String]>) -> Result<DraftFolder> {
        self.attempt.progress.stage("extracts");
        let finished = self.bounded(Warehouse::open_read_only(&self.state.building())?)?;
        let _watch = self.stop.watch(&finished);
        let (project, pipeline) = (self.attempt.project, self.attempt.pipeline);
        let former = self.state.extracts_in(&pipeline.extracts);
        let changed = changed.filter(|_| self.state.holds_extracts(&pipeline.extracts));
        finished.expect_few_rows(changed.is_some() || self.is_small());
        let since = changed.map(|departments| Since { departments, extracts: &former });
        let (folder, in_parts) = (&pipeline.extracts, pipeline.extract_parts);
        let target = ExtractsFolder { folder, in_parts, former: &former, since };
        let extracts = export::draft_contract_extracts(&finished, project, &target)?;
        self.attempt.clock.lap("extracts");
        Ok(extracts)
    }

    fn report(&mut self) -> Result<Option<DraftReport>> {
        let pipeline = self.attempt.pipeline;
        let Some(folder) = &pipeline.report.folder else { return Ok(None) };
        self.attempt.progress.stage("report");
        let finished = self.bounded(Warehouse::open_read_only(&self.state.building())?)?;
        let _watch = self.stop.watch(&finished);
        let is_chinese = pipeline.report_language()? == Language::Chinese;
        let options = ReportOptions::of_all(self.attempt.project, is_chinese)?;
        let report = draft_report(&finished, self.attempt.project, &options, folder)?;
        self.attempt.clock.lap("report");
        Ok(Some(report))
    }

    /// Those of the language findings are stored in.
    fn words(&self) -> Result<Words> {
        match self.attempt.pipeline.findings_language()? {
            Language::Chinese => Words::of(self.attempt.project),
            Language::English => Ok(Words::default()),
        }
    }

    fn bounded(&self, warehouse: Warehouse) -> Result<Warehouse> {
        bound(&warehouse, self.attempt.pipeline.memory_mib, self.threads())?;
        Ok(warehouse)
    }

    /// A few disclosures are built by one thread: to hand them out costs more than the others save.
    fn threads(&self) -> usize {
        if self.is_small() { 1 } else { rayon::current_num_threads() }
    }

    fn is_small(&self) -> bool {
        self.package.bytes() < FEW_BYTES
    }

    /// Checks disclosures one after another, and enters what was found.
    fn reconcile(&self, warehouse: &Warehouse, scope: Scope) -> Result<()> {
        let baseline = baseline(self.attempt.project)?;
        warehouse.write_checks(self.catalogue)?;
        let mut writer = warehouse.findings_writer(self.attempt.pipeline.findings_language()?)?;
        let facts = warehouse.facts_and_answers(self.catalogue, scope)?;
        warehouse.on_one_thread(|| {
            reconcile::run(self.catalogue, facts, &baseline, |facts, report| {
                self.stop.check()?;
                writer.take(facts, report)
            })
        })?;
        writer.finish()?;
        memory::give_back();
        Ok(())
    }
}
