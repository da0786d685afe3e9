use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use juesuan_corpus::amount::Unit;
use juesuan_corpus::truth::{TruthRow, to_csv};
use juesuan_corpus::workbook_variants::{odd_variant, variant};
use juesuan_corpus::write::WriteError;

/// Writes disclosures whose truth is known.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The small world of sample_data/, with its planted faults and expected results
    Sample {
        #[arg(long, default_value = "sample_data")]
        out: PathBuf,
    },
    /// Random consistent disclosures of many departments over three years, one folder each
    Disclosures {
        #[arg(long, default_value_t = 1000)]
        count: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
        /// Also write OUT/truth/, with the figures and claims of every disclosure
        #[arg(long)]
        truth: bool,
        /// Adjust one row of rounded summaries so that columns add up, as some offices do
        #[arg(long)]
        plugged: bool,
        /// Decimals of amounts in 万元
        #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=2))]
        decimals: u8,
    },
    /// Disclosures with one damaged figure each, and mutations.csv that tells which
    Mutants {
        #[arg(long, default_value_t = 120)]
        count: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Random explanatory texts, each with its truth beside it (FILE.truth.csv)
    Texts {
        #[arg(long, default_value_t = 100)]
        count: u64,
        /// Seed of the first text; the next ones follow
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Random workbooks that do not show what they store, each with what is seen of it beside it (FILE.truth.csv)
    Odd {
        #[arg(long, default_value_t = 100)]
        count: u64,
        /// Seed of the first workbook; the next ones follow
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Random workbooks, each with its truth beside it (FILE.truth.csv)
    Variants {
        #[arg(long, default_value_t = 100)]
        count: u64,
        /// Seed of the first workbook; the next ones follow
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Sample { out } => {
            juesuan_corpus::sample::write(&out).map(|count| format!("{count} disclosures in {}", out.display()))
        }
        Command::Disclosures { count, seed, out, truth, plugged, decimals } => {
            let ten_thousands = match decimals {
                0 => Unit::WholeTenThousandYuan,
                1 => Unit::TenThousandYuanTenths,
                _ => Unit::TenThousandYuan,
            };
            let plan = juesuan_corpus::disclosure::corpus::Plan { count, seed, truth, plugged, ten_thousands };
            juesuan_corpus::disclosure::corpus::write(&plan, &out)
                .map(|()| format!("{count} disclosures in {}/disclosures", out.display()))
        }
        Command::Mutants { count, seed, out } => {
            mutants(count, seed, &out).map(|()| format!("{count} damaged disclosures in {}", out.display()))
        }
        Command::Texts { count, seed, out } => texts(count, seed, &out),
        Command::Odd { count, seed, out } => {
            workbooks(count, seed, &out, |one| odd_variant(one).map(|made| (made.file_name, made.bytes, made.truth)))
        }
        Command::Variants { count, seed, out } => {
            workbooks(count, seed, &out, |one| variant(one).map(|made| (made.file_name, made.bytes, made.truth)))
        }
    };
    match done {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A file name, its bytes, and what is seen in it.
type Made = (String, Vec<u8>, Vec<TruthRow>);

/// Workbooks of these seeds, each with its truth beside it.
fn workbooks(
    count: u64,
    seed: u64,
    out: &Path,
    make: impl Fn(u64) -> Result<Made, WriteError>,
) -> Result<String, WriteError> {
    std::fs::create_dir_all(out)?;
    for one in seed..seed + count {
        let (file_name, bytes, truth) = make(one)?;
        std::fs::write(out.join(&file_name), bytes)?;
        let truth = to_csv(&truth).map_err(|error| WriteError(error.to_string()))?;
        std::fs::write(out.join(format!("{file_name}.truth.csv")), truth)?;
    }
    Ok(format!("{count} workbooks in {}", out.display()))
}

/// Tables and texts in turn, every kind of damage in turn; one disclosure a department.
fn mutants(count: usize, seed: u64, out: &Path) -> Result<(), WriteError> {
    use juesuan_corpus::mutate::{Damage, damage_table, damage_text};
    let mut chance = juesuan_corpus::random::Chance::new(seed);
    let mut done = Vec::new();
    for index in 0..count {
        let mut one = juesuan_corpus::disclosure::corpus::department(seed, index, false).swap_remove(0);
        let damage = Damage::ALL[index / 2 % Damage::ALL.len()];
        let act = if index % 2 == 0 { damage_table } else { damage_text };
        let Some(mutation) = act(&mut one, damage, &mut chance) else { continue };
        done.push(mutation);
        let folder = out.join("disclosures").join(one.folder());
        std::fs::create_dir_all(&folder)?;
        let ((book_name, book), (text_name, text)) = (one.book()?, one.prose()?);
        std::fs::write(folder.join(book_name), book)?;
        std::fs::write(folder.join(text_name), text)?;
    }
    let rows = to_csv(&done).map_err(|error| WriteError(error.to_string()))?;
    Ok(std::fs::write(out.join("mutations.csv"), rows)?)
}

fn texts(count: u64, seed: u64, out: &Path) -> Result<String, WriteError> {
    std::fs::create_dir_all(out)?;
    for one in seed..seed + count {
        let variant = juesuan_corpus::text_variants::text_variant(one)?;
        std::fs::write(out.join(&variant.file_name), &variant.bytes)?;
        let truth = to_csv(&variant.truth).map_err(|error| WriteError(error.to_string()))?;
        std::fs::write(out.join(format!("{}.truth.csv", variant.file_name)), truth)?;
    }
    Ok(format!("{count} texts in {}", out.display()))
}
