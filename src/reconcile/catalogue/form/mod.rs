//! The shape of `pipelines/checks/*.toml`, and its validation.

mod method;

use serde::Deserialize;
use toml::Spanned;

use crate::error::Result;
use crate::project::{Project, ProjectFile};
use crate::reconcile::catalogue::check::{Check, Example, Gate, LinkRule, Logic};
use crate::reconcile::catalogue::column_note::{ColumnNote, ColumnNoteForm};
use crate::reconcile::catalogue::misreading::{Misreading, MisreadingForm};
use crate::reconcile::catalogue::names::{KEYS, Names, known};
use crate::reconcile::catalogue::official_form::OfficialForm;
use crate::reconcile::catalogue::raises::Raises;
use crate::reconcile::catalogue::term::Term;
use crate::vocabulary::{Cause, Severity};

pub struct ReadFile {
    pub checks: Vec<Check>,
    pub links: Vec<LinkRule>,
    pub column_notes: Vec<ColumnNote>,
    pub misreadings: Vec<Misreading>,
    pub forms: Vec<OfficialForm>,
    pub raises: Option<Raises>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    #[serde(default)]
    check: Vec<Spanned<CheckForm>>,
    #[serde(default)]
    link: Vec<Spanned<LinkForm>>,
    #[serde(default)]
    column_note: Vec<Spanned<ColumnNoteForm>>,
    #[serde(default)]
    misreading: Vec<Spanned<MisreadingForm>>,
    #[serde(default)]
    form: Vec<OfficialForm>,
    raises: Option<Raises>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckForm {
    id: String,
    title_zh: String,
    title_en: String,
    severity: SeverityForm,
    #[serde(default)]
    cause: CauseForm,
    #[serde(default = "yes")]
    raises: bool,
    carried: Option<SeverityForm>,
    #[serde(default)]
    hint_zh: String,
    #[serde(default)]
    hint_en: String,
    #[serde(default)]
    gate: Gate,
    #[serde(default)]
    closed_by: Vec<String>,
    #[serde(default)]
    unless_stated: Vec<Spanned<String>>,
    method: MethodForm,
    #[serde(default)]
    tables: Vec<Spanned<String>>,
    each: Option<EachForm>,
    #[serde(default)]
    left: Vec<Spanned<String>>,
    #[serde(default)]
    or_left: Vec<Spanned<String>>,
    #[serde(default)]
    right: Vec<Spanned<String>>,
    #[serde(default)]
    relation: RelationForm,
    rate: Option<Spanned<String>>,
    #[serde(default = "hundred")]
    factor: i64,
    anchor: Option<Spanned<String>>,
    #[serde(default)]
    basis: Vec<String>,
    #[serde(default)]
    economic: bool,
    #[serde(default = "yes")]
    total: bool,
    total_item: Option<Spanned<String>>,
    #[serde(default)]
    sections: Vec<Spanned<String>>,
    #[serde(default)]
    measures: Vec<Spanned<String>>,
    #[serde(default)]
    items: Vec<Spanned<String>>,
    #[serde(default)]
    wholes: Vec<Spanned<String>>,
    #[serde(default)]
    cross_unit: bool,
    #[serde(default)]
    apart: Vec<Spanned<String>>,
    logic: Option<Logic>,
    #[serde(default)]
    words: Vec<String>,
    query: Option<Spanned<String>>,
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkForm {
    check: String,
    items: Vec<Spanned<String>>,
    #[serde(default)]
    sections: Vec<Spanned<String>>,
    #[serde(default)]
    funds: Vec<Spanned<String>>,
    measures: Vec<Spanned<String>>,
    figure: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityForm {
    Error,
    Warning,
    Info,
}

impl From<SeverityForm> for Severity {
    fn from(form: SeverityForm) -> Self {
        match form {
            SeverityForm::Error => Self::Error,
            SeverityForm::Warning => Self::Warning,
            SeverityForm::Info => Self::Info,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum CauseForm {
    #[default]
    Disclosure,
    Extraction,
    Reference,
    Warehouse,
}

#[derive(Deserialize, Default)]
enum RelationForm {
    #[default]
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = "<=")]
    AtMost,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodForm {
    Sum,
    Tree,
    Statement,
    Share,
    TextTree,
    Block,
    Repeat,
    Link,
    Logic,
    Query,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum EachForm {
    Row,
    Code,
    Class,
    Column,
    FlowColumn,
    Fund,
    Phase,
    Measure,
}

fn yes() -> bool {
    true
}

fn hundred() -> i64 {
    100
}

struct Reader<'a> {
    project: &'a Project,
    file: &'a ProjectFile,
    names: &'a Names,
}

pub fn read(project: &Project, file: &ProjectFile, names: &Names) -> Result<ReadFile> {
    let form: FileForm = file.parse(KEYS)?;
    let reader = Reader { project, file, names };
    let column_note = |note| ColumnNote::read(note, names, |offset| file.place_of(offset));
    let misreading = |form| Misreading::read(form, names, |offset| file.place_of(offset));
    Ok(ReadFile {
        checks: form.check.into_iter().map(|check| reader.check(check)).collect::<Result<_>>()?,
        links: form.link.into_iter().map(|link| reader.link(link)).collect::<Result<_>>()?,
        column_notes: form.column_note.into_iter().map(column_note).collect::<Result<_>>()?,
        misreadings: form.misreading.into_iter().map(misreading).collect::<Result<_>>()?,
        forms: form.form,
        raises: form.raises,
    })
}

impl Reader<'_> {
    fn place(&self, offset: usize) -> String {
        self.file.place_of(offset)
    }

    fn terms(&self, written: &[Spanned<String>]) -> Result<Vec<Term>> {
        written.iter().map(|text| self.term(text)).collect()
    }

    fn term(&self, text: &Spanned<String>) -> Result<Term> {
        Term::parse(text.get_ref(), self.names, &self.place(text.span().start))
    }

    fn tables(&self, written: &[Spanned<String>]) -> Result<Vec<String>> {
        self.listed(written, |name, place| known(&self.names.tables, name, "report table", place))
    }

    fn measures(&self, written: &[Spanned<String>]) -> Result<Vec<String>> {
        self.listed(written, |name, place| known(&self.names.measures, name, "measure", place))
    }

    fn sections(&self, written: &[Spanned<String>]) -> Result<Vec<String>> {
        self.listed(written, |name, place| known(&self.names.sections, name, "section", place))
    }

    fn items(&self, written: &[Spanned<String>]) -> Result<Vec<String>> {
        self.listed(written, |name, place| match name {
            "function" | "economic" => Ok(()),
            code if code.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
            item => known(&self.names.items, item, "item", place),
        })
    }

    fn listed(&self, written: &[Spanned<String>], check: impl Fn(&str, &str) -> Result<()>) -> Result<Vec<String>> {
        let mut names = Vec::with_capacity(written.len());
        for name in written {
            check(name.get_ref(), &self.place(name.span().start))?;
            names.push(name.get_ref().clone());
        }
        Ok(names)
    }

    fn check(&self, spanned: Spanned<CheckForm>) -> Result<Check> {
        let written_at = self.place(spanned.span().start);
        let form = spanned.into_inner();
        for table in &form.gate.tables {
            known(&self.names.tables, table, "report table", &written_at)?;
        }
        let method = self.method(&form, &written_at)?;
        let unless_stated = self.terms(&form.unless_stated)?;
        Ok(Check {
            severity: form.severity.into(),
            carried: form.carried.map(Severity::from),
            cause: match form.cause {
                CauseForm::Disclosure => Cause::Disclosure,
                CauseForm::Extraction => Cause::Extraction,
                CauseForm::Reference => Cause::Reference,
                CauseForm::Warehouse => Cause::Warehouse,
            },
            id: form.id,
            title_zh: form.title_zh,
            title_en: form.title_en,
            raises: form.raises,
            hint_zh: form.hint_zh,
            hint_en: form.hint_en,
            gate: form.gate,
            closed_by: form.closed_by,
            unless_stated,
            method,
            examples: form.example,
            written_at,
        })
    }

    fn link(&self, spanned: Spanned<LinkForm>) -> Result<LinkRule> {
        let written_at = self.place(spanned.span().start);
        let form = spanned.into_inner();
        Ok(LinkRule {
            check_id: form.check,
            check: 0,
            items: self.items(&form.items)?,
            sections: self.sections(&form.sections)?,
            funds: self.listed(&form.funds, |name, place| known(&self.names.funds, name, "fund", place))?,
            measures: self.measures(&form.measures)?,
            figures: self.terms(&form.figure)?,
            written_at,
        })
    }
}
