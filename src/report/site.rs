//! All pages of a report, written aside: the answers are asked once, the pages filled in parallel.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use super::disclosure::evidence::{self, DocumentShown};
use super::disclosure::findings::{self, FindingShown};
use super::panels::panel::{Panel, PanelSource, keep_panels, with_gaps};
use super::places::{Places, page_file};
use super::said::keep_said;
use super::store::{ByPage, Rows, Store};
use super::templates::{Speech, Templates};
use super::views;
use crate::error::{Error, Result};
use crate::export::DraftFolder;
use crate::project::Project;
use crate::warehouse::Warehouse;
use crate::words::Words;

/// Pages whose rows are held at a time.
const PAGES_AT_ONCE: usize = 256;
/// The file that names the pages of a report.
const LIST: &str = "pages.txt";

/// What a report is about, and in which language.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// Region codes, with everything below them, or names; empty: all.
    pub regions: Vec<String>,
    /// Inclusive ranges; empty: all.
    pub years: Vec<(i32, i32)>,
    pub words: Words,
    pub is_chinese: bool,
}

impl ReportOptions {
    /// Everything, in the language `zh` or `en`.
    ///
    /// # Errors
    /// The project's catalogue of words cannot be read.
    pub fn of_all(project: &Project, is_chinese: bool) -> Result<Self> {
        let words = if is_chinese { Words::of(project)? } else { Words::default() };
        Ok(Self { regions: Vec::new(), years: Vec::new(), words, is_chinese })
    }
}

/// A report that waits beside its folder. Gone when dropped without being published.
#[derive(Debug)]
pub struct DraftReport {
    draft: DraftFolder,
    folder: PathBuf,
    pub written: Written,
}

impl DraftReport {
    /// Puts the report in its folder's place by one rename. Pages of the report before that are no more are removed;
    /// files of others stay.
    ///
    /// # Errors
    /// The folder cannot be replaced.
    pub fn publish(self) -> Result<Written> {
        let former = fs::read_to_string(self.folder.join(LIST)).unwrap_or_default();
        let present: HashSet<PathBuf> = self.draft.publish()?.into_iter().collect();
        // Only what a report writes: the list may have been edited.
        let is_page = |name: &Path| name.extension().is_some_and(|extension| extension == "html");
        for name in former.lines().map(PathBuf::from).filter(|name| is_page(name) && !present.contains(name)) {
            if name.components().all(|part| matches!(part, Component::Normal(_))) {
                // Already gone, or of no harm: no page leads there.
                let _ = fs::remove_file(self.folder.join(name));
            }
        }
        Ok(self.written)
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    pub pages: u64,
    pub bytes: u64,
}

/// Writes the report beside its folder; [`DraftReport::publish`] puts it in the place of the former one, all at once.
///
/// # Errors
/// Nothing matches what was asked for; a query or template of the project fails; the folder cannot be written.
pub fn draft_report(
    warehouse: &Warehouse,
    project: &Project,
    options: &ReportOptions,
    folder: &Path,
) -> Result<DraftReport> {
    let of_findings = Words::of(project)?;
    let of_findings = if options.is_chinese { of_findings } else { of_findings.back() };
    let speech = Speech { words: options.words.clone(), of_findings, is_chinese: options.is_chinese };
    let templates = Templates::load(project, &speech)?;
    let store = Store { warehouse, project };
    store.keep_wanted(&options.regions, &options.years)?;
    if store.ask("FROM wanted LIMIT 1")?.rows.is_empty() {
        return Err(Error::usage("there is nothing to report on")
            .because("no department and year of the warehouse matches --region and --year")
            .hint("`juesuan query v_coverage` lists the departments and years there are"));
    }
    let sources = Sources::keep(&store, options.is_chinese)?;
    let draft = DraftFolder::beside(folder)?;
    let site = Site {
        places: places(&store, project)?,
        run: last_run(&store)?,
        folder: draft.path().to_owned(),
        templates,
        speech,
        written: Mutex::default(),
    };
    for inner in ["region", "department", "disclosure", "view"] {
        let inner = site.folder.join(inner);
        fs::create_dir_all(&inner).map_err(|error| Error::io("write to", &inner, &error))?;
    }
    site.write("style.css", &site.templates.style)?;
    site.overview(&store, &sources)?;
    site.views(project)?;
    for kind in ["region", "department", "disclosure"] {
        site.pages_of(kind, &store, &sources)?;
    }
    let written = site.list()?;
    Ok(DraftReport { draft, folder: folder.to_owned(), written })
}

/// The panels of each kind of page.
struct Sources {
    panels: BTreeMap<&'static str, Vec<PanelSource>>,
}

impl Sources {
    /// Asks everything once. What is linked to decides which disclosures are shown, and which cells.
    fn keep(store: &Store<'_>, is_chinese: bool) -> Result<Self> {
        let mut panels = BTreeMap::new();
        store.keep("report_places", "sql/report/places.sql")?;
        store.keep("report_regions", "sql/report/regions.sql")?;
        store.keep("report_departments", "sql/report/departments.sql")?;
        store.keep("report_measures", "sql/report/measures.sql")?;
        for folder in ["overview", "region", "department"] {
            panels.insert(folder, keep_panels(store, folder)?);
        }
        keep_said(store, is_chinese)
            .map_err(|error| store.refused("the findings cannot be said in the language of the report", error))?;
        store.keep("report_findings", "sql/report/findings.sql")?;
        store.keep("report_operands", "sql/report/operands.sql")?;
        store.warehouse.execute("CREATE TEMP TABLE link (target VARCHAR)")?;
        for panel in panels.values().flatten() {
            take_links(store, &panel.table)?;
        }
        take_links(store, "report_operands")?;
        store.keep("linked", "sql/report/linked.sql")?;
        store.keep("report_disclosures", "sql/report/disclosures.sql")?;
        let disclosure = keep_panels(store, "disclosure")?;
        for panel in &disclosure {
            take_links(store, &panel.table)?;
        }
        panels.insert("disclosure", disclosure);
        store.keep("linked", "sql/report/linked.sql")?;
        store.keep("report_cells", "sql/report/cells.sql")?;
        store.keep("report_sentences", "sql/report/sentences.sql")?;
        Ok(Self { panels })
    }

    fn of(&self, kind: &str) -> &[PanelSource] {
        self.panels.get(kind).map_or(&[], Vec::as_slice)
    }
}

/// Remembers what the columns `.._to` of a kept table lead to.
fn take_links(store: &Store<'_>, table: &str) -> Result<()> {
    let columns = store.ask(&format!("FROM {table} LIMIT 0"))?.columns;
    for column in columns.iter().filter(|column| column.ends_with("_to")) {
        let insert =
            format!("INSERT INTO link SELECT \"{column}\" FROM {table} WHERE starts_with(\"{column}\", 'doc_')");
        store.warehouse.execute(&insert)?;
    }
    Ok(())
}

fn places(store: &Store<'_>, project: &Project) -> Result<Places> {
    let mut places = Places::default();
    let keys = |table: &str| -> Result<HashSet<String>> {
        let rows = store.ask(&format!("SELECT page_key FROM {table}"))?;
        Ok(rows.rows.iter().map(|row| rows.text(row, "page_key")).collect())
    };
    for (folder, table) in
        [("region", "report_regions"), ("department", "report_departments"), ("disclosure", "report_disclosures")]
    {
        places.pages.insert(folder, keys(table)?);
    }
    places.pages.insert("view", views::names(project).collect());
    let shown = &places.pages["disclosure"];
    let documents = store.all("report_places")?;
    let pairs = documents.rows.iter().map(|row| (documents.text(row, "document_key"), documents.text(row, "page_key")));
    places.documents = pairs.filter(|(_, page)| shown.contains(page)).collect();
    Ok(places)
}

/// The run that published what is reported, for the foot of every page.
fn last_run(store: &Store<'_>) -> Result<String> {
    let runs = store
        .ask("SELECT run_id, finished_at FROM audit.run WHERE outcome = 'published' ORDER BY run_id DESC LIMIT 1")?;
    let shown =
        |row: &Vec<_>| format!("{} · {}", runs.text(row, "run_id"), runs.text(row, "finished_at").replace('T', " "));
    Ok(runs.rows.first().map(shown).unwrap_or_default())
}

/// All that filling a page needs beside its rows.
struct Site {
    places: Places,
    templates: Templates,
    speech: Speech,
    folder: PathBuf,
    run: String,
    /// The names of the pages and their sizes.
    written: Mutex<BTreeMap<String, u64>>,
}

/// What a template is filled with.
#[derive(Serialize)]
struct Page<'a> {
    /// The way to the site's top folder.
    root: &'static str,
    run: &'a str,
    head: BTreeMap<String, String>,
    /// Addresses of the pages this one belongs to.
    region_link: String,
    department_link: String,
    former_columns: Vec<String>,
    caution_columns: Vec<String>,
    panels: Vec<Panel>,
    findings: Vec<FindingShown>,
    all_findings: String,
    documents: Vec<DocumentShown>,
}

/// The rows that some pages of one kind are filled from.
struct Batch {
    panels: Vec<ByPage>,
    findings: ByPage,
    operands: ByPage,
    cells: ByPage,
    sentences: ByPage,
}

impl Site {
    fn overview(&self, store: &Store<'_>, sources: &Sources) -> Result<()> {
        let mut panels = Vec::new();
        for source in sources.of("overview") {
            panels.push(source.panel(&store.all(&source.table)?, &[], &self.places, false, &self.speech));
        }
        let regions = store.all("report_regions")?;
        let total = |column: &str| {
            let counts = regions.rows.iter().filter_map(|row| regions.value(row, column).as_integer());
            counts.sum::<i128>().to_string()
        };
        let head = BTreeMap::from([
            ("regions".to_owned(), regions.rows.len().to_string()),
            ("departments".to_owned(), total("departments")),
        ]);
        let page = Page { root: "", panels, head, ..self.blank() };
        self.write("index.html", &self.templates.fill("overview.html", page)?)?;
        Ok(())
    }

    fn views(&self, project: &Project) -> Result<()> {
        let views = views::shown(project, &self.speech)?;
        #[derive(Serialize)]
        struct ViewPage<'a> {
            root: &'static str,
            run: &'a str,
            views: &'a [views::ViewShown],
            view: Option<&'a views::ViewShown>,
        }
        let list = ViewPage { root: "", run: &self.run, views: &views, view: None };
        self.write("views.html", &self.templates.fill("views.html", list)?)?;
        for view in &views {
            let page = ViewPage { root: "../", run: &self.run, views: &[], view: Some(view) };
            self.write(&page_file("view", &view.name), &self.templates.fill("view.html", page)?)?;
        }
        Ok(())
    }

    fn pages_of(&self, kind: &'static str, store: &Store<'_>, sources: &Sources) -> Result<()> {
        let heads = store.ask(&format!("FROM report_{kind}s ORDER BY page_key"))?;
        for chunk in heads.rows.chunks(PAGES_AT_ONCE) {
            let key = |row: Option<&Vec<_>>| row.map(|row| heads.text(row, "page_key")).unwrap_or_default();
            let batch = batch(store, kind, sources, &key(chunk.first()), &key(chunk.last()))?;
            chunk.par_iter().try_for_each(|row| {
                let head: BTreeMap<String, String> =
                    heads.columns.iter().map(|column| (column.clone(), heads.text(row, column))).collect();
                self.page(kind, head, sources, &batch)
            })?;
        }
        Ok(())
    }

    fn page(&self, kind: &'static str, head: BTreeMap<String, String>, sources: &Sources, batch: &Batch) -> Result<()> {
        let key = head.get("page_key").cloned().unwrap_or_default();
        let listed = |column: &str| -> Vec<String> {
            head.get(column)
                .map(|text| text.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect())
                .unwrap_or_default()
        };
        let columns = with_gaps(listed("cols"));
        let rows = |pages: &ByPage| pages.get(&key).cloned().unwrap_or_default();
        let panels = sources.of(kind).iter().zip(&batch.panels);
        let panels =
            panels.map(|(source, pages)| source.panel(&rows(pages), &columns, &self.places, true, &self.speech));
        let found = rows(&batch.findings);
        let link = |folder: &str, column: &str| {
            let target = format!("{folder} {}", head.get(column).map_or("", String::as_str));
            self.places.links(&target, true).into_iter().next().unwrap_or_default()
        };
        let page = Page {
            root: "../",
            panels: panels.filter(|panel| !panel.rows.is_empty()).collect(),
            region_link: link("region", "region_code"),
            department_link: link("department", "series_key"),
            former_columns: listed("former_cols"),
            caution_columns: listed("caution_cols"),
            findings: findings::shown(&found, &rows(&batch.operands), &self.places, &self.speech),
            all_findings: first_text(&found, "findings"),
            documents: evidence::of_page(&rows(&batch.cells), &rows(&batch.sentences)),
            head,
            ..self.blank()
        };
        self.write(&page_file(kind, &key), &self.templates.fill(&format!("{kind}.html"), page)?)
    }

    fn blank(&self) -> Page<'_> {
        Page {
            root: "",
            run: &self.run,
            head: BTreeMap::new(),
            region_link: String::new(),
            department_link: String::new(),
            former_columns: Vec::new(),
            caution_columns: Vec::new(),
            panels: Vec::new(),
            findings: Vec::new(),
            all_findings: String::new(),
            documents: Vec::new(),
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| Error::io("write", &path, &error))?;
        // A thread that panicked has left whole names behind.
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(name.to_owned(), text.len() as u64);
        Ok(())
    }

    /// Lists the pages in the draft, for the next report to know them.
    fn list(&self) -> Result<Written> {
        let (text, written) = {
            let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            let pages: Vec<&String> = written.keys().filter(|name| name.ends_with(".html")).collect();
            let text: String = pages.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
            (text, Written { pages: pages.len() as u64, bytes: written.values().sum() })
        };
        self.write(LIST, &text)?;
        Ok(written)
    }
}

fn batch(store: &Store<'_>, kind: &str, sources: &Sources, first: &str, last: &str) -> Result<Batch> {
    let of = |table: &str| store.of_pages(table, first, last);
    let evidence = |table: &str| if kind == "disclosure" { of(table) } else { Ok(ByPage::new()) };
    Ok(Batch {
        panels: sources.of(kind).iter().map(|source| of(&source.table)).collect::<Result<_>>()?,
        findings: evidence("report_findings")?,
        operands: evidence("report_operands")?,
        cells: evidence("report_cells")?,
        sentences: evidence("report_sentences")?,
    })
}

fn first_text(rows: &Rows, column: &str) -> String {
    rows.rows.first().map(|row| rows.text(row, column)).unwrap_or_default()
}
