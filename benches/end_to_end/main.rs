//! The whole program against the raw cost of its input, measured in the same run on the same files: `./dev speed`.
//!
//! The floor is calamine reading every cell of the workbooks and decoding the texts on all cores, plus DuckDB loading
//! as many fact rows from Parquet. Everything is a process of its own, so that each has its own peak memory.

mod floor;
mod process;
mod report;
mod scripts;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use juesuan_corpus::amount::Unit;
use juesuan_corpus::disclosure::corpus::{Plan, write};

use process::{Measure, Measured, program, this};
use report::{Size, print, regressed};

/// Measures `juesuan run` against the floor, at several sizes.
#[derive(Parser)]
struct Arguments {
    /// Disclosures, one size after another
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 3_000, 10_000])]
    counts: Vec<usize>,
    /// Where corpora and warehouses are kept between runs
    #[arg(long, default_value = "speed")]
    folder: PathBuf,
    /// Repetitions of each measurement; the fastest counts
    #[arg(long, default_value_t = 1)]
    repeat: usize,
    /// Also run the two Python scripts over so many workbooks (where Python has their packages)
    #[arg(long)]
    scripts: Option<usize>,
    /// Fail when a ratio is more than 30 % above the one in this file
    #[arg(long)]
    against: Option<PathBuf>,
    /// Print one JSON object instead of the table
    #[arg(long)]
    json: bool,
    /// Hidden: one part of the floor, in a process of its own
    #[arg(long, hide = true, num_args = 2, value_names = ["PART", "FOLDER"])]
    floor: Option<Vec<String>>,
    /// `cargo bench` gives this to every bench
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    if let Some([part, folder]) = arguments.floor.as_deref() {
        floor::run(part, Path::new(folder));
        return;
    }
    let sizes: Vec<Size> = arguments.counts.iter().map(|count| measure(*count, &arguments)).collect();
    let scripts = arguments.scripts.map(|workbooks| scripts::compare(workbooks, &arguments.folder));
    print(&sizes, scripts.as_ref(), arguments.json);
    if let Some(path) = &arguments.against
        && let Some(why) = regressed(&sizes, path)
    {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

/// One corpus: the floor, a full run, a run with nothing new, and a run with one in a hundred disclosures new.
fn measure(count: usize, arguments: &Arguments) -> Size {
    let folder = arguments.folder.join(count.to_string());
    let sources = corpus(count, &folder);
    let warehouse = folder.join("run/juesuan.duckdb");
    let extracts = folder.join("run/extracts");
    let run = |sources: &Path| {
        program()
            .args(["run", "--json", "--source"])
            .arg(sources)
            .arg("--warehouse")
            .arg(&warehouse)
            .arg("--extracts")
            .arg(&extracts)
            .measured()
    };
    let stage = folder.join("run/juesuan.duckdb.state/stage");
    // In turn, so that what else the machine does meets all three.
    let mut rounds = (0..arguments.repeat.max(1)).map(|_| {
        let _ = fs::remove_dir_all(folder.join("run"));
        let full = run(&sources);
        let reading = this().args(["--floor", "read"]).arg(&sources).measured();
        let loading = this().args(["--floor", "load"]).arg(&stage).measured();
        [full, reading, loading]
    });
    let first = rounds.next().unwrap_or_default();
    let [full, reading, loading] = rounds.fold(first, |[full, reading, loading], [f, r, l]| {
        [full.or_faster(f), reading.or_faster(r), loading.or_faster(l)]
    });
    let nothing_new = run(&sources);
    let little_new = night(count, &sources, arguments.repeat, &run);
    Size { count, full, reading, loading, nothing_new, little_new }
}

/// A run with one in a hundred disclosures new; between two repetitions, one that takes them away again.
fn night(count: usize, sources: &Path, repeat: usize, run: &impl Fn(&Path) -> Measured) -> Measured {
    let extra = sources.join("later");
    let few = plan(count.div_ceil(100), 7);
    let is_first = Cell::new(true);
    let fastest = fastest(repeat, || {
        if !is_first.replace(false) {
            remove(&extra);
            run(sources);
        }
        write(&few, &extra).unwrap_or_else(|error| panic!("{error}"));
        run(sources)
    });
    remove(&extra);
    fastest
}

fn remove(folder: &Path) {
    fs::remove_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}

fn plan(count: usize, seed: u64) -> Plan {
    Plan { count, seed, truth: false, plugged: false, ten_thousands: Unit::TenThousandYuan }
}

fn corpus(count: usize, folder: &Path) -> PathBuf {
    let sources = folder.join("disclosures");
    if !sources.is_dir() {
        let plan = plan(count, 1);
        write(&plan, folder).unwrap_or_else(|error| panic!("{error}"));
    }
    sources
}

fn fastest(repeat: usize, mut once: impl FnMut() -> Measured) -> Measured {
    let first = once();
    (1..repeat).fold(first, |best, _| best.or_faster(once()))
}
