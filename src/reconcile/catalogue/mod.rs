//! The catalogue of identities: read from `pipelines/checks/*.toml`, strict about every name it uses.

pub mod check;
mod column_note;
mod form;
mod generated;
mod misreading;
pub mod names;
pub mod official_form;
mod raises;
pub mod term;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use check::{Check, LinkRule, Method};
pub use column_note::ColumnNote;
pub use generated::checks_page;
pub use misreading::Misreading;
pub use names::Names;
pub use official_form::OfficialForm;

use crate::error::{Error, Result};
use crate::project::Project;
use raises::Raises;

/// Every check and every naming rule, validated.
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub checks: Vec<Arc<Check>>,
    pub links: Vec<LinkRule>,
    pub column_notes: Vec<ColumnNote>,
    pub misreadings: Vec<Misreading>,
    pub forms: Vec<OfficialForm>,
    pub raises: Raises,
    pub names: Names,
}

impl Catalogue {
    /// Reads `pipelines/checks/` with the code lists of `pipelines/reference/`.
    ///
    /// # Errors
    /// The first mistake found, with file and line: an unknown key, table, line, component, phase, fund, item or section,
    /// a check id used twice, a link to a check that does not exist.
    pub fn load(project: &Project) -> Result<Self> {
        let names = Names::load(project)?;
        let mut checks: Vec<Arc<Check>> = Vec::new();
        let mut links = Vec::new();
        let mut column_notes = Vec::new();
        let mut misreadings = Vec::new();
        let mut forms: Vec<OfficialForm> = Vec::new();
        let mut raises = None;
        let mut ids = BTreeSet::new();
        for file in project.under("pipelines/checks", "toml") {
            let read = form::read(project, file, &names)?;
            for check in read.checks {
                if !ids.insert(check.id.clone()) {
                    return Err(Error::usage(format!("{}: the check {} is written twice", check.written_at, check.id))
                        .hint("give one of them another id, or remove it"));
                }
                checks.push(Arc::new(check));
            }
            links.extend(read.links);
            column_notes.extend(read.column_notes);
            misreadings.extend(read.misreadings);
            forms.extend(read.forms);
            if read.raises.is_some() && raises.is_some() {
                return Err(Error::usage(format!("{}: [raises] is written twice", file.shown_path))
                    .hint("one of the files in pipelines/checks/ holds it for all"));
            }
            raises = raises.or(read.raises);
        }
        let raises = raises.ok_or_else(|| {
            Error::usage("pipelines/checks/: no file has [raises]")
                .hint("[raises] says from which amount_yuan or percent on a difference is an error")
        })?;
        for check in &checks {
            for example in &check.examples {
                if !forms.iter().any(|form| form.code == example.official_form()) {
                    let known: Vec<&str> = forms.iter().map(|form| form.code.as_str()).collect();
                    let what = format!("{}: no [[form]] is called {}", check.written_at, example.official_form());
                    return Err(Error::usage(what).hint(format!("forms of examples: {}", known.join(", "))));
                }
            }
            for other in &check.gate.unless {
                let is_query = |found: &&Arc<Check>| &found.id == other && matches!(found.method, Method::Query { .. });
                checks.iter().find(is_query).ok_or_else(|| {
                    Error::usage(format!("{}: no check of method query has the id {other}", check.written_at))
                        .hint("gate.unless names checks that a SQL file answers")
                })?;
            }
        }
        for check in &checks {
            let is_known = |id: &&String| checks.iter().any(|other| &&other.id == id && other.method.adds_up_tables());
            if let Some(unknown) = check.closed_by.iter().find(|id| !is_known(id)) {
                return Err(Error::usage(format!(
                    "{}: no check of method sum or tree has the id {unknown}",
                    check.written_at
                ))
                .hint("closed_by names checks whose sums show that a table is complete"));
            }
        }
        for link in &mut links {
            let at = checks.iter().position(|check| check.id == link.check_id);
            link.check = at.ok_or_else(|| {
                Error::usage(format!("{}: no check has the id {}", link.written_at, link.check_id))
                    .hint("a [[link]] names the check whose title and severity its findings carry")
            })?;
        }
        Ok(Self { checks, links, column_notes, misreadings, forms, raises, names })
    }
}

/// Validates `pipelines/checks/`: how many checks and links there are, or the first mistake.
pub fn lint(project: &Project) -> Result<(usize, usize)> {
    let catalogue = Catalogue::load(project)?;
    Ok((catalogue.checks.len(), catalogue.links.len()))
}
