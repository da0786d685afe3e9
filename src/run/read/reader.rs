//! One file, read to the end: decode → extract → normalise.

use super::fate::Fate;
use super::reading::Reading;
use super::shares;
use crate::decode::{self, DecodeFailure, Document, Limits, Pages, Recogniser};
use crate::discover::SourceFile;
use crate::error::Result;
use crate::extract::narrative::{Kind, NarrativeReading, Nothing, Rules, Text};
use crate::extract::table::{self, LayoutKind, Layouts, TableReading};
use crate::identity::{Evidence, Identities, Share, Shares, TitlePage};
use crate::normalise::{
    Claim, ClassNames, Corrections, Figure, Indicator, ListedUnit, Paragraph, Reason, ReportTable, Units,
    UsualDecimals, normalise_claim, normalise_figure, number_meanings,
};
use crate::project::Project;
use crate::stage::Batch;
use crate::vocabulary::{Contents, Finding, Place, ReadAs, Severity};
use std::panic::resume_unwind;
use std::thread;

/// More numbers than one publisher's workbook, or one of its tables, holds: what is checked number by number, and number
/// against number, would keep all other files waiting.
const MOST_FIGURES: usize = 100_000;
const MOST_FIGURES_OF_A_TABLE: u32 = 20_000;
/// The same of a text, and of one of its lines: what a sentence says is compared with all else its line says.
const MOST_CLAIMS: usize = 50_000;
const MOST_CLAIMS_OF_A_LINE: usize = 1_000;

/// What reading needs, loaded once from `pipelines/`.
pub struct Reader {
    layouts: Layouts,
    rules: Rules,
    pub identities: Identities,
    classes: ClassNames,
    units: Units,
    corrections: Corrections,
    pub limits: Limits,
    read_hidden: bool,
}

impl Reader {
    /// # Errors
    /// A layout, rule or reference list that does not parse, with file and line.
    pub fn load(project: &Project) -> Result<Self> {
        // Half of it is compiling the patterns of the rules: a process that reads a file or two is ready sooner on two cores.
        thread::scope(|scope| {
            let rules = scope.spawn(|| Rules::load(project));
            let (layouts, identities) = (Layouts::load(project)?, Identities::load(project)?);
            Ok(Self {
                layouts,
                rules: rules.join().unwrap_or_else(|panic| resume_unwind(panic))?,
                identities,
                classes: ClassNames::load(project)?,
                units: Units::load(project)?,
                corrections: Corrections::load(project)?,
                limits: Limits::default(),
                read_hidden: false,
            })
        })
    }

    /// Reads hidden sheets, rows and columns like the others, or not.
    pub fn with_hidden(self, read_hidden: bool) -> Self {
        Self { read_hidden, ..self }
    }

    /// What is kept of a file that ended the process which read it.
    pub fn set_aside(source: &SourceFile, fate: &Fate) -> (Reading, Batch) {
        let reading = Reading { read_as: ReadAs::Failed, message: fate.shown(), ..Reading::of(source) };
        let finding = Finding::extraction(
            "decode.set_aside",
            Severity::Error,
            Place::File,
            fate.shown(),
            "nothing of it is loaded, and it is not tried again until the file, the rules or the program change; \
             the other files were read"
                .to_owned(),
        );
        let mut batch = Batch::default();
        note(&reading, &mut batch, Some(finding));
        (reading, batch)
    }

    /// Reads one file, its pages that are pictures with the help of a program. Whatever is wrong with it becomes a finding
    /// in the batch.
    pub fn read(&self, source: &SourceFile, recogniser: Option<&mut dyn Recogniser>) -> (Reading, Batch) {
        let mut reading = Reading::of(source);
        let mut batch = Batch::default();
        let bytes = match source.read(self.limits.bytes) {
            Ok(bytes) => bytes,
            Err(error) => {
                let hint = "check the file's permissions and size; the other files were read";
                fail(&mut reading, &mut batch, "decode.unreadable", &error.to_string(), hint);
                reading.try_again = error.kind() != std::io::ErrorKind::Other;
                return (reading, batch);
            }
        };
        match decode::decode_with(&bytes, &source.file, &self.limits, recogniser) {
            Ok(document) => self.read_document(source, document, &mut reading, &mut batch),
            Err(failure) => fail(&mut reading, &mut batch, &check_id(&failure), &failure.to_string(), failure.hint()),
        }
        (reading, batch)
    }

    fn read_document(&self, source: &SourceFile, mut document: Document, reading: &mut Reading, batch: &mut Batch) {
        reading.format = document.format.as_str().to_owned();
        reading.encoding = document.encoding.clone();
        reading.contents = contents(&document);
        if self.read_hidden {
            document.show_hidden();
        }
        let text = Text::open(&document, &self.rules);
        reading.title_page = title_page(text.title_page(), reading);
        let evidence = Evidence { share: reading.share.as_ref(), ..Evidence::of(source, reading.title_page.clone()) };
        let hint = self.identities.hint(&evidence);
        reading.read_as_region = hint.region_code.clone().unwrap_or_default();
        let tables = table::read(&document, &self.layouts, &hint);
        match shares::of(&document, &tables, &self.identities, reading) {
            Shares::Divided(shares) => return self.read_shares(source, &document, shares, reading, batch),
            Shares::Undivided { names, why } => {
                reading.stands_alone = true;
                note(reading, batch, Some(shares::undivided(&names, &why)));
            }
            Shares::OfOne { names } => note(reading, batch, shares::named_differently(&names)),
        }
        note(reading, batch, document.findings.iter().cloned());
        note(reading, batch, decode::hidden_findings(&document));
        let narrative = text.with_tables(has_final_table(&tables)).read(&hint);
        if let Some(why) = too_many(&tables, &narrative) {
            let hint = "split the file, or save only the sheets and pages that hold the disclosure";
            return fail(reading, batch, "extract.too_many_numbers", &why, hint);
        }
        reading.read_as = read_as(&tables, &narrative);
        if let Some(finding) = nothing_read(reading.read_as, &narrative) {
            reading.message.clone_from(&finding.message);
            note(reading, batch, Some(finding));
        }
        self.take_tables(tables, &document.pages, reading, batch);
        self.take_narrative(narrative, &document.pages, reading, batch);
    }

    /// Reads the sheets of each publisher as a document of its own.
    fn read_shares(
        &self,
        source: &SourceFile,
        document: &Document,
        shares: Vec<Share>,
        whole: &mut Reading,
        batch: &mut Batch,
    ) {
        let owners = shares::owners(document, &shares);
        for (at, share) in shares.into_iter().enumerate() {
            let mut reading = Reading::of_share(whole, share);
            let part = document.of_sheets(|sheet| owners.get(&sheet) == Some(&at));
            note(&reading, batch, shares::told(&reading, source));
            self.read_document(source, part, &mut reading, batch);
            whole.shares.push(reading);
        }
        let sum = |count: fn(&Reading) -> u32| whole.shares.iter().map(count).sum();
        (whole.figures, whole.claims) = (sum(|share| share.figures), sum(|share| share.claims));
        whole.read_as = ReadAs::Loaded;
    }

    fn take_tables(&self, mut tables: TableReading, pages: &Pages, reading: &mut Reading, batch: &mut Batch) {
        let (mut corrected, stale) = self.corrections.apply(&reading.sha256, &mut tables.figures);
        note(reading, batch, stale);
        let before = batch.figures.len();
        batch.figures.reserve(tables.figures.len());
        let usual = UsualDecimals::of(&tables.figures);
        for (at, raw) in tables.figures.into_iter().enumerate() {
            let printed_at = pages.of_cell(raw.sheet_number, raw.cell);
            let (figure, finding) = normalise_figure(&reading.document_key, raw, &self.classes, &self.units, &usual);
            batch.figures.extend(figure.map(|figure| Figure {
                correction: corrected.remove(&at),
                page: printed_at.map(|place| place.page),
                page_box: printed_at.map(|place| place.area.to_string()),
                reading_score: printed_at.and_then(|place| place.score).map(u32::from),
                ..figure
            }));
            note(reading, batch, finding);
        }
        // A line of a budget that cannot be read is no loss of final accounts; one that is read with a doubt blames nobody.
        let usual = UsualDecimals::of(&tables.budget_figures);
        for raw in tables.budget_figures {
            let (figure, doubt) = normalise_figure(&reading.document_key, raw, &self.classes, &self.units, &usual);
            let doubt = doubt.filter(|_| figure.is_some()).map(|doubt| Finding { severity: Severity::Info, ..doubt });
            note(reading, batch, doubt);
            batch.budget_figures.extend(figure);
        }
        reading.figures = (batch.figures.len() - before) as u32;
        reading.title_page.take_names_of_tables(tables.printed_departments);
        reading.title_page.years.extend(tables.printed_years);
        note(reading, batch, tables.findings);
        for found in tables.tables.iter().filter(|found| found.kind == LayoutKind::Final) {
            if !reading.report_tables.contains(&found.report_table) {
                reading.report_tables.push(found.report_table.clone());
            }
            batch.report_tables.push(ReportTable {
                document_key: reading.document_key.clone(),
                sheet_number: found.sheet_number,
                sheet: found.sheet.clone(),
                report_table: found.report_table.clone(),
                layout: found.layout.clone(),
                title: found.title.clone(),
                state: found.state.as_str().to_owned(),
                unit: found.unit.clone(),
                departments: found.departments.join("|"),
                notes: found.notes.clone(),
                is_hidden: found.is_hidden,
                figures: found.figures,
            });
        }
    }

    fn take_narrative(&self, narrative: NarrativeReading, pages: &Pages, reading: &mut Reading, batch: &mut Batch) {
        if !narrative.is_disclosure {
            return;
        }
        batch.claims.reserve(narrative.claims.len());
        for raw in narrative.claims {
            match normalise_claim(&reading.document_key, raw, &self.units) {
                Ok(claim) => {
                    batch.claims.push(Claim {
                        page: pages.of_line(claim.line, claim.char_start),
                        reading_score: pages.score_of_line(claim.line).map(u32::from),
                        ..claim
                    });
                }
                Err(finding) => note(reading, batch, Some(*finding)),
            }
        }
        number_meanings(&mut batch.claims);
        reading.claims = batch.claims.len() as u32;
        reading.unclaimed_numbers = narrative.unclaimed;
        let key = &reading.document_key;
        batch.indicators.extend(narrative.indicators.into_iter().map(|row| Indicator {
            document_key: key.clone(),
            line: row.line,
            row_number: row.row_number,
            section_path: row.section_path,
            name: row.name,
            nature: row.nature,
            target: row.target,
            actual: row.actual,
            unit: row.unit,
            weight: row.weight,
            score: row.score,
        }));
        batch.reasons.extend(narrative.reasons.into_iter().map(|row| Reason {
            document_key: key.clone(),
            line: row.line,
            section_path: row.section_path,
            item: row.item,
            text: row.text,
        }));
        batch.paragraphs.extend(narrative.paragraphs.into_iter().map(|row| Paragraph {
            document_key: key.clone(),
            line: row.line,
            section: row.section,
            section_path: row.section_path,
            heading_level: row.heading_level.into(),
            ordinal: row.ordinal.unwrap_or(0),
            has_body: row.has_body,
            has_table_below: row.has_table_below,
            text: row.text,
        }));
        batch.listed_units.extend(narrative.listed_units.into_iter().map(|row| ListedUnit {
            document_key: key.clone(),
            line: row.line,
            name: row.name,
            remark: row.remark,
        }));
        note(reading, batch, narrative.findings);
    }
}

/// What the document prints; one publisher's part keeps the name it was told apart by.
fn title_page(printed: &TitlePage, reading: &Reading) -> TitlePage {
    match reading.share {
        Some(_) => TitlePage { names: reading.title_page.names.clone(), ..printed.clone() },
        None => printed.clone(),
    }
}

fn too_many(tables: &TableReading, narrative: &NarrativeReading) -> Option<String> {
    let (figures, claims) = (tables.figures.len().max(tables.budget_figures.len()), narrative.claims.len());
    if figures > MOST_FIGURES {
        return Some(format!(
            "its tables hold {figures} figures, and the limit is {MOST_FIGURES}: nothing of it is loaded"
        ));
    }
    if let Some(table) = tables.tables.iter().find(|table| table.figures > MOST_FIGURES_OF_A_TABLE) {
        let (title, figures) = (&table.title, table.figures);
        return Some(format!(
            "“{title}” holds {figures} figures, and the limit is {MOST_FIGURES_OF_A_TABLE}: nothing of the file is loaded"
        ));
    }
    if claims > MOST_CLAIMS {
        return Some(format!(
            "its text holds {claims} figures, and the limit is {MOST_CLAIMS}: nothing of it is loaded"
        ));
    }
    let longest = narrative.claims.chunk_by(|one, next| one.line == next.line).max_by_key(|claims| claims.len())?;
    let (line, claims) = (longest.first()?.line, longest.len());
    (claims > MOST_CLAIMS_OF_A_LINE).then(|| {
        format!("line {line} holds {claims} figures, and the limit is {MOST_CLAIMS_OF_A_LINE}: nothing of the file is loaded")
    })
}

fn contents(document: &Document) -> Contents {
    match (document.lines.is_empty(), document.grids.is_empty()) {
        (true, _) => Contents::Workbook,
        (false, true) => Contents::Text,
        (false, false) => Contents::Mixed,
    }
}

fn has_final_table(tables: &TableReading) -> bool {
    tables.tables.iter().any(|found| found.kind == LayoutKind::Final)
}

fn read_as(tables: &TableReading, narrative: &NarrativeReading) -> ReadAs {
    if has_final_table(tables) || narrative.is_disclosure {
        ReadAs::Loaded
    } else if narrative.kind == Kind::Budget || tables.tables.iter().any(|found| found.kind == LayoutKind::Budget) {
        ReadAs::Budget
    } else {
        ReadAs::NotADisclosure
    }
}

/// Why a file that was read gives nothing, and what would help.
fn nothing_read(read_as: ReadAs, narrative: &NarrativeReading) -> Option<Finding> {
    if read_as == ReadAs::Loaded {
        return None;
    }
    let (severity, why, hint) = match narrative.nothing.as_ref()? {
        Nothing::Budget(line) => (
            Severity::Info,
            format!("it is a budget, by its own words: {line}"),
            "nothing to do: its figures are kept apart from final accounts",
        ),
        Nothing::NotOfAccounts => (
            Severity::Info,
            "none of its lines speaks of final accounts".to_owned(),
            "if it is one, add the words of its title to [titles] in pipelines/names/sections.toml; `juesuan inspect` shows what is read",
        ),
        Nothing::NoAmount => (
            Severity::Warning,
            "it speaks of final accounts, and no amount can be read from its sentences or tables".to_owned(),
            "`juesuan inspect` shows which numbers no rule claims: add a sentence to pipelines/narrative/, or a layout",
        ),
        Nothing::Untitled => (
            Severity::Warning,
            "it states amounts, and no title, heading or name says whose accounts they are".to_owned(),
            "if it is a disclosure, add its title to [titles] or its headings to the sections in pipelines/names/sections.toml",
        ),
        Nothing::NoText => (
            Severity::Warning,
            "no sheet of it has a title or columns that a layout knows".to_owned(),
            "`juesuan inspect` shows its titles and headers: add them to a layout, see docs/adding-a-province.md",
        ),
    };
    Some(Finding::extraction("extract.nothing_read", severity, Place::File, why, hint.to_owned()))
}

fn note(reading: &Reading, batch: &mut Batch, findings: impl IntoIterator<Item = Finding>) {
    batch.findings.extend(findings.into_iter().map(|finding| (reading.document_key.clone(), finding)));
}

fn check_id(failure: &DecodeFailure) -> String {
    format!("decode.{}", failure.kind())
}

fn fail(reading: &mut Reading, batch: &mut Batch, check: &str, why: &str, hint: &str) {
    // A format that is known and not read is listed with its reason; it is no failure to read.
    let is_foreign = check == "decode.unsupported";
    reading.read_as = if is_foreign { ReadAs::NotRead } else { ReadAs::Failed };
    reading.message = why.to_owned();
    let severity = if is_foreign { Severity::Info } else { Severity::Error };
    // Whether the publisher's copy is broken too is not known here.
    let finding = Finding::extraction(check, severity, Place::File, why.to_owned(), hint.to_owned());
    note(reading, batch, Some(finding));
}
