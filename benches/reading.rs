//! What each step of reading costs: `cargo bench --profile dev --no-default-features --bench reading` (docs/speed.md).
//!
//! One department's disclosures of three years, in the formats of the benchmark corpus. The rate printed beside a time
//! is in documents or rows a second.

use divan::Bencher;
use divan::counter::ItemsCount;

use juesuan::inner::decode::{Document, Limits, decode};
use juesuan::inner::extract::{narrative, table};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::normalise::{ClassNames, Figure, Units, UsualDecimals, normalise_figure};
use juesuan::inner::project::Project;
use juesuan::inner::stage::{Batch, LoadPackage};
use juesuan_corpus::disclosure::corpus::{Disclosure, department};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: u64 = 1;
/// Departments looked through for files of each format.
const DEPARTMENTS: usize = 12;

fn main() {
    divan::main();
}

#[divan::bench(args = ["xls", "xlsx", "docx", "txt"])]
fn decoding(bencher: Bencher, format: &str) {
    let files = files(format);
    bencher.counter(ItemsCount::new(files.len())).bench(|| files.iter().map(decoded).collect::<Vec<_>>());
}

#[divan::bench]
fn extracting_tables(bencher: Bencher) {
    let layouts = table::Layouts::load(&Project::built_in()).expect("the built-in layouts load");
    let documents: Vec<Document> = files("xls").iter().chain(&files("xlsx")).map(decoded).collect();
    bencher.counter(ItemsCount::new(documents.len())).bench(|| {
        let read = |document| table::read(document, &layouts, &PlaceHint::default());
        documents.iter().map(read).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn extracting_narrative(bencher: Bencher) {
    let rules = narrative::Rules::load(&Project::built_in()).expect("the built-in rules load");
    let documents: Vec<Document> = files("docx").iter().chain(&files("txt")).map(decoded).collect();
    bencher.counter(ItemsCount::new(documents.len())).bench(|| {
        let read = |document| narrative::read(document, &rules, &PlaceHint::default());
        documents.iter().map(read).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn writing_figures(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder for the load package");
    let package = LoadPackage::new(folder.path());
    let batch = Batch { figures: figures(), ..Batch::default() };
    bencher.counter(ItemsCount::new(batch.rows())).bench(|| package.write("part-00000", &batch));
}

/// Name and bytes.
type SourceBytes = (&'static str, Vec<u8>);

fn decoded((name, bytes): &SourceBytes) -> Document {
    decode(bytes, name, &Limits::default()).expect("files of the corpus can be decoded")
}

/// The workbooks or texts of the corpus that are of this format.
fn files(format: &str) -> Vec<SourceBytes> {
    let disclosures: Vec<Disclosure> = (0..DEPARTMENTS).flat_map(|index| department(SEED, index, false)).collect();
    let written = disclosures.iter().flat_map(|disclosure| [disclosure.book(), disclosure.prose()]);
    let all = written.map(|file| file.expect("the corpus writes its files"));
    all.filter(|(name, _)| name.ends_with(&format!(".{format}"))).collect()
}

fn figures() -> Vec<Figure> {
    let project = Project::built_in();
    let layouts = table::Layouts::load(&project).expect("the built-in layouts load");
    let classes = ClassNames::load(&project).expect("the built-in classes load");
    let units = Units::load(&project).expect("the built-in units load");
    files("xlsx")
        .iter()
        .map(decoded)
        .flat_map(|document| {
            let figures = table::read(&document, &layouts, &PlaceHint::default()).figures;
            let usual = UsualDecimals::of(&figures);
            let normal = |raw| normalise_figure("doc_0123456789abcdef", raw, &classes, &units, &usual).0;
            figures.into_iter().filter_map(normal).collect::<Vec<_>>()
        })
        .collect()
}
