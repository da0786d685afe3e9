//! `juesuan lint`

use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::{Error, Result};
use crate::extract::{narrative, table};
use crate::lake::lint_unions;
use crate::normalise::Corrections;
use crate::project::Project;
use crate::reconcile;
use crate::report;
use crate::run::{Overrides, Pipeline};
use crate::warehouse::{Script, lint_exactness, lint_names, lint_queries, lint_updates};
use crate::words::Words;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan lint
  juesuan lint --project my-provinces")]
pub struct LintArguments {}

/// Prints every problem of the project's files; exit 2 when there is one.
pub fn lint(_: &LintArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let problems = problems(&project);
    let uncovered = uncovered(&project);
    if global.json {
        let files = project.files().count();
        say!("{}", serde_json::json!({ "problems": problems, "files": files, "uncovered": uncovered }));
    } else {
        for problem in &problems {
            say!("{}", global.say(problem));
        }
        if !global.quiet {
            for form in &uncovered {
                say!("{}", global.say(form));
            }
            let (files, found) = (project.files().count(), problems.len());
            say!("{}", global.say(&format!("{files} files, {found} problems")));
        }
    }
    Ok(ExitCode::from(if problems.is_empty() { 0 } else { 2 }))
}

/// What is wrong with the checks and with their examples.
fn checks(project: &Project) -> Result<Vec<Error>> {
    let catalogue = reconcile::Catalogue::load(project)?;
    let mut wrong = reconcile::examples::run(&catalogue);
    wrong.extend(lint_queries(project, &catalogue)?);
    Ok(wrong)
}

/// The forms in which checks have their operands and no example: no problem, but nothing shows that they work there.
fn uncovered(project: &Project) -> Vec<String> {
    let catalogue = reconcile::Catalogue::load(project);
    let forms = catalogue.map(|catalogue| reconcile::examples::uncovered(&catalogue)).unwrap_or_default();
    forms.into_iter().map(|(form, ids)| format!("no example in the form {form}: {}", ids.join(", "))).collect()
}

fn problems(project: &Project) -> Vec<String> {
    let mut problems: Vec<String> = table::lint(project).iter().map(ToString::to_string).collect();
    match narrative::lint(project) {
        Ok(found) => problems.extend(found.iter().map(|problem| {
            format!("{}: rule {}: {}\n  hint: {}", problem.place, problem.rule, problem.message, problem.hint)
        })),
        Err(error) => problems.push(error.to_string()),
    }
    match checks(project) {
        Ok(wrong) => problems.extend(wrong.iter().map(ToString::to_string)),
        Err(error) => problems.push(error.to_string()),
    }
    let mut failed = |error: Option<Error>| problems.extend(error.map(|error| error.to_string()));
    failed(lint_updates(project).err());
    failed(lint_unions(project).err());
    failed(lint_exactness(project).err());
    failed(lint_names(project).err());
    failed(Corrections::load(project).err());
    failed(Words::of(project).err());
    failed(report::lint(project).err());
    for file in project.files() {
        let pipeline = file.path.strip_prefix("pipelines/").and_then(|rest| rest.strip_suffix(".toml"));
        if let Some(name) = pipeline.filter(|name| !name.contains('/')) {
            failed(Pipeline::load(project, name, &Overrides::default()).err());
        }
        if file.path.starts_with("sql/") && file.path.ends_with(".sql") {
            failed(Script::read(file).err());
        }
    }
    problems
}
